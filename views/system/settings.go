package system

import (
	"context"
	"io"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type settingsService interface {
	templateService
	desk.Permitter
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
	HoursRules(ctx context.Context) data.HoursRules
	SetHoursRules(ctx context.Context, rules data.HoursRules) error
	SubmissionRows(ctx context.Context) (int, error)
	SetSubmissionRows(ctx context.Context, most int) error
	AutoLock(ctx context.Context) int
	SetAutoLock(ctx context.Context, minutes int) error
	DatabasePath() string
	RenewRecoveryKey(ctx context.Context, password string) (recoveryKey string, err error)
	WriteRecoverySheet(ctx context.Context, w io.Writer, recoveryKey string) error
}

// Settings is 设置: appearance, rules that a unit may set, and where the data is.
type Settings struct {
	desk     *desk.Desk
	service  settingsService
	content  fyne.CanvasObject
	look     *ui.Segments
	hours    *ui.Field
	halfDay  *ui.Field
	rows     *ui.Field // of a package's sheet
	autolock *ui.Field // minutes
	recovery *ui.Button
	form     *ui.Form
	official *officialTemplates
}

// NewSettings makes the screen; setDark switches the window's colours.
func NewSettings(d *desk.Desk, s settingsService, setDark func(dark bool)) *Settings {
	t := &Settings{desk: d, service: s, look: ui.NewSegments("浅色", "深色"), hours: ui.NewField(""), halfDay: ui.NewField(""), rows: ui.NewField("0"), autolock: ui.NewField("15")}
	t.official = newOfficialTemplates(d, s, func() { t.content.Refresh() })
	t.look.OnChanged = func(index int) {
		setDark(index == 1)
		value := []string{"light", "dark"}[index]
		d.Do(func(ctx context.Context) error { return s.SetSetting(ctx, "window.theme", value) }, func() {})
	}
	t.hours.OnBlur, t.halfDay.OnBlur, t.rows.OnBlur = t.saveHours, t.saveHours, t.saveRows
	t.autolock.OnBlur = t.saveAutoLock
	t.recovery = ui.NewButton("重新生成", "key-round", t.renewRecoveryKey)
	t.form = ui.NewForm(
		ui.NewFormRow("look", "界面颜色", ui.Row(0, t.look)),
		ui.NewFormRow("hours", "每天学时上限", t.hours).WithHint("登记和导入线下学时时，一天最多算多少学时，默认 8.00。"),
		ui.NewFormRow("half_day", "半天折合学时", t.halfDay).WithHint("表里写“半天”“2天”的，按它折合成学时，默认 4.00。"),
		ui.NewFormRow("rows", "报盘每表行数", t.rows).WithHint("平台限制一次上传多少行时填写，超过的分成几个文件；0 不限制。"),
		ui.NewFormRow("autolock", "自动锁定", t.autolock).WithHint("多少分钟没有动键盘鼠标就锁定，1–60；0 不自动锁定。电脑休眠后总会锁定。"),
		ui.NewFormRow("data", "数据位置", ui.NewReadOnly(s.DatabasePath())),
		ui.NewFormRow("recovery", "恢复密钥", ui.Row(0, t.recovery)).WithHint("怀疑泄露或找不到打印件时用；生成后旧的作废。"))
	check := ui.NewButton("数据体检", "shield-check", func() { d.Go(desk.Checkup, nil) })
	head := ui.NewPageHead(ui.NewText("这台电脑上的设置；数据体检会逐项核对每一笔钱和每一条记录。", theme.Text), check)
	left := ui.NewTitledCard("设置", ui.Pad(0, 4, 0, 8, t.form))
	right := ui.NewTitledCard("官方模板", ui.Pad(0, 4, 0, 8, t.official.content))
	cards := ui.Pad(16, 12, 16, 16, ui.Row(16, ui.Grow(ui.Column(16, left, ui.Space())), ui.Grow(ui.Column(16, right, ui.Space()))))
	t.content = ui.Column(0, head, ui.Grow(cards))
	return t
}

// Content is part of desk.Screen.
func (t *Settings) Content() fyne.CanvasObject { return t.content }

// Enter is part of desk.Screen.
func (t *Settings) Enter(any) {
	ctx := context.Background()
	desk.Permit(t.service, data.RightWork, t.hours, t.halfDay, t.rows)
	t.recovery.Tip = desk.Permit(t.service, data.RightManage, t.recovery, t.autolock)
	if t.service.Setting(ctx, "window.theme", "light") == "dark" {
		t.look.SetSelected(1)
	}
	rules := t.service.HoursRules(ctx)
	t.hours.SetText(rules.PerDay.String())
	t.halfDay.SetText(rules.HalfDay.String())
	if rows, err := t.service.SubmissionRows(ctx); err == nil {
		t.rows.SetText(strconv.Itoa(rows))
	}
	t.autolock.SetText(strconv.Itoa(t.service.AutoLock(ctx)))
	t.official.load()
}

// Changed is part of desk.Screen.
func (t *Settings) Changed(app.Event) {}

// saveHours stores the settings of 学时 as soon as a field is left.
func (t *Settings) saveHours() {
	var rules data.HoursRules
	found := map[string]string{}
	for key, part := range map[string]struct {
		field *ui.Field
		into  *data.Hours
	}{"hours": {t.hours, &rules.PerDay}, "half_day": {t.halfDay, &rules.HalfDay}} {
		hours, err := data.ParseHours(part.field.Text())
		if problem, wrong := data.AsProblem(err); wrong {
			found[key] = problem.Error()
		}
		*part.into = hours
	}
	t.keep(found, func(ctx context.Context) error { return t.service.SetHoursRules(ctx, rules) })
}

// saveRows stores how many rows a package's sheet has at the most.
func (t *Settings) saveRows() {
	found := map[string]string{}
	most, err := strconv.Atoi(strings.TrimSpace(t.rows.Text()))
	if err != nil {
		found["rows"] = "请填写整数，例如 500；不限制请填 0。"
	}
	t.keep(found, func(ctx context.Context) error { return t.service.SetSubmissionRows(ctx, most) })
}

// saveAutoLock stores after how many minutes the window locks itself.
func (t *Settings) saveAutoLock() {
	minutes, err := strconv.Atoi(strings.TrimSpace(t.autolock.Text()))
	if err == nil && minutes == t.service.AutoLock(context.Background()) {
		return
	}
	found := map[string]string{}
	if err != nil {
		found["autolock"] = "请填写整数，例如 15；不自动锁定请填 0。"
	}
	t.keep(found, func(ctx context.Context) error { return t.service.SetAutoLock(ctx, minutes) })
}

// keep stores settings unless something is wrong; a refusal stands under its field.
func (t *Settings) keep(found map[string]string, store func(ctx context.Context) error) {
	t.form.SetProblems(found)
	if len(found) > 0 {
		return
	}
	var refused error
	t.desk.Do(func(ctx context.Context) error { refused = store(ctx); return nil }, func() {
		switch problem, known := data.AsProblem(refused); {
		case refused == nil:
		case known && t.form.Row(problem.Where.Field) != nil:
			t.form.SetProblems(map[string]string{problem.Where.Field: problem.Error()})
		default:
			t.desk.Fail(refused)
		}
	})
}

package system

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type settingsService interface {
	templateService
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
	HoursPerDay(ctx context.Context) data.Hours
	SetHoursPerDay(ctx context.Context, hours data.Hours) error
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
	form     *ui.Form
	official *officialTemplates
}

// NewSettings makes the screen; setDark switches the window's colours.
func NewSettings(d *desk.Desk, s settingsService, setDark func(dark bool)) *Settings {
	t := &Settings{desk: d, service: s, look: ui.NewSegments("浅色", "深色"), hours: ui.NewField("")}
	t.official = newOfficialTemplates(d, s, func() { t.content.Refresh() })
	t.look.OnChanged = func(index int) {
		setDark(index == 1)
		value := []string{"light", "dark"}[index]
		d.Do(func(ctx context.Context) error { return s.SetSetting(ctx, "window.theme", value) }, func() {})
	}
	t.hours.OnBlur = t.saveHours
	t.form = ui.NewForm(
		ui.NewFormRow("look", "界面颜色", ui.Row(0, t.look)),
		ui.NewFormRow("hours", "每天学时上限", t.hours).WithHint("导入线下学时时，一天最多算多少学时，默认 8.00。"),
		ui.NewFormRow("data", "数据位置", ui.NewReadOnly(s.DatabasePath())),
		ui.NewFormRow("recovery", "恢复密钥", ui.Row(0, ui.NewButton("重新生成", "key-round", t.renewRecoveryKey))).WithHint("怀疑泄露或找不到打印件时用；生成后旧的作废。"))
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
	if t.service.Setting(ctx, "window.theme", "light") == "dark" {
		t.look.SetSelected(1)
	}
	t.hours.SetText(t.service.HoursPerDay(ctx).String())
	t.official.load()
}

// Changed is part of desk.Screen.
func (t *Settings) Changed(app.Event) {}

func (t *Settings) saveHours() {
	hours, err := data.ParseHours(t.hours.Text())
	if problem, ok := data.AsProblem(err); ok {
		t.form.SetProblems(map[string]string{"hours": problem.Error()})
		return
	}
	t.form.SetProblems(nil)
	t.desk.Do(func(ctx context.Context) error { return t.service.SetHoursPerDay(ctx, hours) }, func() {})
}

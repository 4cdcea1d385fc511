package trainees

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The drawer's tabs.
const (
	tabOverview = iota
	tabHours
	tabMoney
	tabRecord
)

// eventsInOverview is how many lines of the record the first tab shows.
const eventsInOverview = 4

// details is the drawer: one trainee whole.
type details struct {
	screen   *Screen
	drawer   *ui.Drawer
	id       int64
	person   person
	revealed bool // whole numbers are shown, until another trainee is opened
	asking   desk.Sequence
}

// person is all that the drawer shows of one trainee.
type person struct {
	trainee data.Trainee
	row     data.TraineeRow
	hours   []data.OfflineHoursRow
	entries []data.RechargeEntry
	events  []data.TraineeEvent
	years   []data.LearningYear
	plan    data.Plan
}

func newDetails(s *Screen) *details {
	d := &details{screen: s, drawer: ui.NewDrawer("总览", "学时", "缴费充值", "记录")}
	d.drawer.OnStep = func(delta int) { s.table.OpenStep(delta) }
	d.drawer.OnClose = s.closeDrawer
	d.drawer.OnTab = func(int) { d.show() }
	return d
}

// load reads a trainee; the tab stays, and whole numbers are masked again for another one.
func (d *details) load(id int64) {
	if d.id != id {
		d.id, d.revealed = id, false
	}
	revealed := d.person.trainee
	plan := d.screen.desk.Plan()
	desk.Load(d.screen.desk, &d.asking, func(ctx context.Context) (person, error) { return d.read(ctx, id, plan) }, func(found person) {
		d.person = found
		if d.revealed {
			d.person.trainee.IDNumber, d.person.trainee.Mobile = revealed.IDNumber, revealed.Mobile
		}
		d.show()
	})
}

func (d *details) read(ctx context.Context, id int64, plan data.Plan) (person, error) {
	found := person{plan: plan}
	service := d.screen.service
	var err error
	if found.trainee, err = service.Trainee(ctx, id); err != nil {
		return found, err
	}
	rows, err := service.TraineeRows(ctx, []int64{id}, plan.ID)
	if err != nil {
		return found, err
	}
	found.row = rows[0]
	hours, err := service.HoursIDs(ctx, data.OfflineHoursQuery{TraineeID: id})
	if err != nil {
		return found, err
	}
	if found.hours, err = service.HoursRows(ctx, hours); err != nil {
		return found, err
	}
	entries, err := service.RechargeIDs(ctx, data.RechargeQuery{TraineeID: id})
	if err != nil {
		return found, err
	}
	if found.entries, err = service.RechargeEntries(ctx, entries); err != nil {
		return found, err
	}
	if found.events, err = service.TraineeHistory(ctx, id); err != nil {
		return found, err
	}
	file, err := service.LearningFile(ctx, id)
	found.years = file.Years
	return found, err
}

func (d *details) show() {
	word, tone := status(d.person.row.Status, d.person.row.Mobile)
	d.drawer.SetTitle(d.person.trainee.Name, ui.NewPill(word, tone))
	switch d.drawer.Tab() {
	case tabHours:
		d.drawer.SetBody(d.hoursTab())
	case tabMoney:
		d.drawer.SetBody(d.moneyTab())
	case tabRecord:
		d.drawer.SetBody(d.recordTab())
	default:
		d.drawer.SetBody(d.overview())
	}
	edit := ui.NewButton("编辑资料", "pencil", func() { d.screen.edit(d.id) })
	recharge := ui.NewButton("充值", "wallet", func() { d.screen.desk.Go(desk.Recharge, []int64{d.id}) })
	recharge.SetDisabled(d.person.row.Status != data.TraineeEnabled)
	d.drawer.SetFooter(ui.Wide(edit), ui.Wide(recharge), ui.NewMoreButton(d.moreItems))
}

func (d *details) moreItems() []ui.MenuItem {
	ids := []int64{d.id}
	next := data.TraineeDisabled
	if d.person.row.Status == data.TraineeDisabled {
		next = data.TraineeEnabled
	}
	return []ui.MenuItem{
		{Label: string(next), Icon: "power", Action: func() { d.screen.setStatus(ids, next) }},
		{Label: "调整组织机构", Icon: "arrow-right-left", Action: func() { d.screen.askMove(ids) }},
		{Label: "重置密码", Icon: "lock-open", Action: func() { d.screen.askReset(ids) }},
	}
}

// reveal shows the whole numbers; the program writes a line in 操作日志 each time.
func (d *details) reveal() {
	id := d.id
	var whole data.Trainee
	d.screen.desk.Do(func(ctx context.Context) error {
		var err error
		whole, err = d.screen.service.Reveal(ctx, id)
		return err
	}, func() {
		if d.id != id {
			return
		}
		d.revealed = true
		d.person.trainee.IDNumber, d.person.trainee.Mobile = whole.IDNumber, whole.Mobile
		d.load(id)
	})
}

// hide masks the numbers again.
func (d *details) hide() {
	d.revealed = false
	d.load(d.id)
}

func (d *details) overview() fyne.CanvasObject {
	column := ui.Column(12, d.facts(), ui.NewLine())
	if d.person.plan.ID != 0 {
		column.Add(d.hoursBar())
		column.Add(ui.NewLine())
	}
	head := ui.Row(8, ui.NewBold("经历"), ui.Space())
	events := d.person.events
	if len(events) > eventsInOverview {
		head.Add(ui.NewLink(fmt.Sprintf("全部 %d 条", len(events)), func() {
			d.drawer.SetTab(tabRecord)
			d.show()
		}))
		events = events[:eventsInOverview]
	}
	column.Add(ui.Column(4, head, ui.NewTimeline(d.lines(events)...)))
	return column
}

func (d *details) facts() fyne.CanvasObject {
	t, row := d.person.trainee, d.person.row
	icon, tip, tapped := "eye", "显示完整号码（会记入操作日志）", d.reveal
	if d.revealed {
		icon, tip, tapped = "eye-off", "隐藏号码", d.hide
	}
	eye := ui.NewSmallIconButton(icon, tip, theme.Primary, tapped)
	username := t.Username
	if row.Username == row.IDNumber {
		username = "同证件号"
	}
	mobile := ui.NewText(orUnfilled(t.Mobile), theme.Text)
	if t.Mobile == "" {
		mobile.Role = theme.TextDanger
	}
	facts := []fyne.CanvasObject{
		elided("用户名", username),
		ui.Fixed(factHeight, ui.NewKeyValue(documentLabel(t.DocumentType), t.IDNumber, eye)),
		elided("性别 / 出生", joined(" ・ ", t.Sex, string(t.Birth))),
		ui.Fixed(factHeight, ui.NewKeyObject("手机号", mobile)),
		elided("组织机构", d.wholePath(row.Organization)),
		elided("缴费机构", desk.ShownPath(row.Payer)),
		elided("人员类别", joined(" ・ ", t.Category, t.TitleName)),
		ui.Fixed(factHeight, ui.NewKeyObject("平台状态", platformPill(t.Platform), ui.NewCaption(t.PlatformReason, theme.Secondary))),
	}
	return ui.Column(0, facts...)
}

// factHeight is a fact's line in px (design: trainees.png).
const factHeight float32 = 26

// elided is a fact whose value is cut where it does not fit and shown whole under the pointer.
func elided(name, value string) fyne.CanvasObject {
	value = orUnfilled(value)
	return ui.Fixed(factHeight, ui.Row(0, ui.Fixed(keyWidth, ui.NewText(name, theme.Secondary)), ui.Wide(ui.NewElidedText(value, theme.Text))))
}

// keyWidth is the facts' name column in px, as ui.NewKeyValue has it.
const keyWidth float32 = 84

func orUnfilled(text string) string {
	if text == "" {
		return "未填写"
	}
	return text
}

func joined(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), separator)
}

func documentLabel(document data.DocumentType) string {
	if document == data.DocumentPassport {
		return "护照号码"
	}
	return "身份证号码"
}

// wholePath writes an organisation with the unit before it.
func (d *details) wholePath(path string) string {
	unit := d.screen.found.tree.Root().Name
	if path == unit {
		return unit
	}
	return unit + " › " + desk.ShownPath(path)
}

func platformPill(state data.PlatformState) fyne.CanvasObject {
	tone := ui.ToneNeutral
	switch state {
	case data.PlatformImported:
		tone = ui.ToneSuccess
	case data.PlatformFailed:
		tone = ui.ToneDanger
	case data.PlatformReported:
		tone = ui.TonePrimary
	}
	return ui.NewPill(string(state), tone)
}

// hoursBar shows how far the plan's 考核值 is reached by what this program knows: the offline hours.
func (d *details) hoursBar() fyne.CanvasObject {
	done, target := d.person.row.Hours, d.person.plan.Target
	fraction := 0.0
	if target > 0 {
		fraction = min(1, float64(done)/float64(target))
	}
	rest := "已达标"
	if done < target {
		rest = "还差 " + (target - done).String()
	}
	bar := ui.NewPartedBar(ui.BarPart{Fraction: fraction, Role: theme.Success})
	return ui.Column(8,
		ui.Row(8, ui.NewBold(fmt.Sprintf("%d年学时", d.person.plan.Year)), ui.Space(), ui.NewText(done.String()+" / "+target.String(), theme.Text)),
		bar,
		ui.Row(12, ui.Legend(theme.Success, "线下 "+done.String()), ui.NewCaption("线上以平台为准", theme.Secondary), ui.Space(), ui.NewCaption(rest, theme.Secondary)))
}

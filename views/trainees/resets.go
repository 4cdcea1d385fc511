package trainees

import (
	"context"
	"fmt"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// askReset notes that the platform shall reset the passwords of people: they live there, and this program is offline
// (manual, section 三).
func (s *Screen) askReset(ids []int64) {
	count := desk.Thousands(len(ids)) + " 人"
	dialog := ui.NewDialog(s.desk.Window, "重置密码")
	dialog.Text = "学员的登录密码在官方平台上，本程序不联网，也不保存密码。这里先登记 " + count + "，您在平台的“学员管理”里替他们点“重置密码”，再回来点“平台已重置”。" +
		"重置后的密码是 " + data.DefaultPassword + "，可以打印领取条发给本人。"
	dialog.Body = ui.NewParagraph("账号问题请拨打 "+data.HelpTelephones+"。", theme.Secondary)
	dialog.SetDefault("登记 "+count, func() bool {
		dialog.Hide()
		s.requestReset(ids)
		return true
	})
	dialog.Show()
}

func (s *Screen) requestReset(ids []int64) {
	var fresh []int64
	s.desk.Do(func(ctx context.Context) error {
		var err error
		fresh, err = s.service.RequestPasswordReset(ctx, ids)
		return err
	}, func() {
		s.showResets()
		switch {
		case len(fresh) == 0:
			s.desk.Toast("这些人都已经登记过了，还没有办完。")
			return
		case len(fresh) < len(ids):
			s.tellReset(fmt.Sprintf("新登记 %s 人，另外 %s 人已经登记过。", desk.Thousands(len(fresh)), desk.Thousands(len(ids)-len(fresh))), fresh, s.service.WithdrawPasswordResets)
		default:
			s.tellReset(fmt.Sprintf("已登记 %s 人重置密码。", desk.Thousands(len(fresh))), fresh, s.service.WithdrawPasswordResets)
		}
		s.resets.table.SetTicked(fresh...)
		s.resets.update()
	})
}

// tellReset tells of a step, and takes it back on request.
func (s *Screen) tellReset(text string, requests []int64, back func(context.Context, []int64) ([]int64, error)) {
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "撤销", OnAction: func() {
		s.desk.Do(func(ctx context.Context) error {
			_, err := back(ctx, requests)
			return err
		}, func() { s.desk.Toast("已撤销。") })
	}})
}

// resets is the page of the open requests.
type resets struct {
	screen        *Screen
	table         *ui.DataTable
	words, footer *ui.Text
	print, done   *ui.Button
	withdraw      *ui.Button
	open          []data.PasswordReset
	content       fyne.CanvasObject
	head          fyne.CanvasObject
	asking        desk.Sequence
}

// resetColumns are the page's.
var resetColumns = []ui.TableColumn{
	{Key: "name", Title: "姓名", Width: 120, Strong: true},
	{Key: "username", Title: "用户名", Width: 130},
	{Key: "id_number", Title: "身份证号码", Width: 190},
	{Key: "organization", Title: "组织机构"},
	{Key: "at", Title: "登记时间", Width: 160},
	{Key: "user", Title: "登记人", Width: 100},
}

// showResets puts the open requests in the list's place.
func (s *Screen) showResets() {
	r := &resets{screen: s, words: ui.NewText("", theme.Text), footer: ui.NewText("", theme.Secondary)}
	s.resets = r
	r.print = ui.NewButton("打印领取条", "printer", r.showSlips)
	r.done = ui.NewFilledButton("平台已重置", "check", r.finish)
	r.withdraw = ui.NewButton("撤回登记", "", r.takeBack)
	r.table = ui.NewDataTable(resetColumns...)
	r.table.Ticks = true
	r.table.Count = func() int { return len(r.open) }
	r.table.Key = func(row int) int64 { return r.open[row].ID }
	r.table.Cell = func(row, column int) ui.Cell { return resetCell(r.open[row], resetColumns[column].Key) }
	r.table.OnOpen = func(row int) { s.openPerson(r.open[row].TraineeID) }
	r.table.OnTick = r.update
	r.table.Empty = ui.NewEmptyState("lock-open", "没有等平台重置密码的人", "在学员列表里勾选学员，再点“重置密码”，就登记在这里。", []fyne.CanvasObject{s.backButton()}, nil, "")
	r.head = ui.NewPageHead(r.words, r.done, r.print, r.withdraw, s.backButton())
	r.content = ui.Ground(theme.Surface, ui.Column(0, r.head, ui.Grow(r.table), ui.NewFooter(r.footer)))
	r.load()
	s.showPage("重置密码", r.content, r.table, r.load)
}

func resetCell(r data.PasswordReset, key string) ui.Cell {
	switch key {
	case "name":
		return ui.Cell{Text: r.Name}
	case "username":
		return usernameCell(r.Username, r.IDNumber)
	case "id_number":
		return ui.Cell{Text: r.IDNumber}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(r.Organization)}
	case "at":
		return ui.Cell{Text: shortMinute(r.At)}
	}
	return ui.Cell{Text: r.User}
}

func (r *resets) load() {
	desk.Load(r.screen.desk, &r.asking, r.screen.service.PasswordResets, func(open []data.PasswordReset) {
		r.open = open
		r.table.Refresh()
		r.update()
	})
}

// chosen are the ticked requests, or all where none is ticked.
func (r *resets) chosen() []int64 {
	if ticked := r.table.Ticked(); len(ticked) > 0 {
		return ticked
	}
	all := make([]int64, len(r.open))
	for place, one := range r.open {
		all[place] = one.ID
	}
	return all
}

func (r *resets) update() {
	r.words.Content = "登记后还没有办完的重置密码申请。密码在平台上重置，重置后是 " + data.DefaultPassword + "。"
	count := len(r.chosen())
	r.footer.Content = fmt.Sprintf("共 %s 人，没有勾选时按钮对全部生效", desk.Thousands(len(r.open)))
	if ticked := r.table.TickedCount(); ticked > 0 {
		r.footer.Content = fmt.Sprintf("已选 %s 人，共 %s 人", desk.Thousands(ticked), desk.Thousands(len(r.open)))
	}
	r.done.SetLabel(fmt.Sprintf("%s 人平台已重置", desk.Thousands(count)))
	for _, button := range []*ui.Button{r.done, r.print, r.withdraw} {
		button.SetDisabled(count == 0)
	}
	r.head.Refresh()
	r.content.Refresh()
}

// showSlips shows the hand-out slips, to be printed or saved.
func (r *resets) showSlips() {
	s, ids := r.screen, r.chosen()
	preview.Show(s.desk, s.service, preview.Paper{
		Title: "密码领取条", Name: "密码领取条.pdf",
		Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			return s.service.WritePasswordSlips(ctx, w, ids)
		},
	})
}

func (r *resets) finish() {
	r.step(r.screen.service.FinishPasswordResets, "已记下平台重置了 %s 人的密码。", r.screen.service.ReopenPasswordResets)
}

// takeBack withdraws requests; registering anew is the way back, so there is nothing to undo.
func (r *resets) takeBack() {
	r.step(r.screen.service.WithdrawPasswordResets, "已撤回 %s 人的登记。", nil)
}

func (r *resets) step(take func(context.Context, []int64) ([]int64, error), words string, back func(context.Context, []int64) ([]int64, error)) {
	ids := r.chosen()
	var changed []int64
	r.screen.desk.Do(func(ctx context.Context) error {
		var err error
		changed, err = take(ctx, ids)
		return err
	}, func() {
		r.table.ClearTicks()
		text := fmt.Sprintf(words, desk.Thousands(len(changed)))
		if back == nil || len(changed) == 0 {
			r.screen.desk.Toast(text)
			return
		}
		r.screen.tellReset(text, changed, back)
	})
}

package system

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// successor finds who is to take the work over: the 管理员 beside whoever is logged in that was made last.
func (a *Accounts) successor() (found data.Administrator, ok bool) {
	current, _ := a.service.Session()
	for _, one := range data.EnabledAdministrators(a.list) {
		if one.ID != current.ID && one.Role == data.RoleManager && one.CreatedAt >= found.CreatedAt {
			found, ok = one, true
		}
	}
	return found, ok
}

// step is a line of the guide that hands the work over.
type step struct {
	done        bool
	title, text string
	action      string // "" where there is nothing to do here
	do          func()
	waits       bool // for the step before
}

// handOver leads through handing the work over to a successor. The last step is the successor's.
func (a *Accounts) handOver() {
	dialog := ui.NewDialog(a.desk.Window, "把工作交给接任者")
	dialog.Text = "按顺序做完四步，数据和记录都不动，离任者从此打不开。"
	dialog.Width = 620
	lines := ui.Column(14)
	for place, one := range a.handoverSteps(dialog.Hide) {
		lines.Add(stepLine(place+1, one))
	}
	dialog.Body = ui.Pad(0, 4, 0, 8, lines)
	dialog.CancelLabel = "以后再继续"
	dialog.Show()
}

func (a *Accounts) handoverSteps(leave func()) []step {
	next, there := a.successor()
	name := next.Name
	if !there {
		name = "接任者"
	}
	with := func(do func()) func() { return func() { leave(); do() } }
	return []step{
		{done: there, title: "添加接任者，权限选“管理员”", text: "设一个临时密码，当面告诉本人。", action: "添加账号…", do: with(func() { a.addAs(data.RoleManager) })},
		{done: there && !next.MustChange, waits: !there, title: name + "用自己的账号登录一次，改成自己的密码", text: "点右上角的锁，换人登录；改好密码再回来。"},
		{title: "打印交接清单，两个人签字", text: "还没办完的订单、发票、确认书，备份在哪里，谁能登录，都在上面。", action: "交接清单…", do: with(func() { a.saveDutySheet(name, there) })},
		{waits: !there || next.MustChange, title: "由" + name + "在这里移除离任者", text: "勾选“同时更换数据密钥”：离任者留着什么旧文件、旧密码都打不开；新的恢复密钥当场打印，归接任者保管。"},
	}
}

func stepLine(number int, one step) fyne.CanvasObject {
	icon, role, words := "circle", theme.Secondary, theme.Text
	switch {
	case one.done:
		icon, role = "circle-check", theme.Success
	case one.waits:
		words = theme.Secondary
	}
	title := ui.NewText(string(rune('0'+number))+". "+one.title, words)
	title.Bold = !one.waits
	text := ui.Column(2, title, ui.NewCaptionParagraph(one.text, theme.Secondary))
	line := []fyne.CanvasObject{ui.Top(ui.Pad(0, 2, 0, 0, ui.NewIcon(icon, role))), ui.Wide(text)}
	if one.action != "" && !one.done {
		line = append(line, ui.NewButton(one.action, "", one.do))
	}
	return ui.Row(10, line...)
}

func (a *Accounts) saveDutySheet(name string, there bool) {
	if !there {
		name = ""
	}
	request := ui.FileRequest{Title: "保存交接清单", Extensions: []string{".pdf"}, Save: true, Name: "交接清单.pdf"}
	ui.ChooseFile(a.desk.Window, request, func(path string) {
		a.desk.Do(func(ctx context.Context) error {
			return app.WriteFile(path, func(w io.Writer) error {
				_, err := a.service.WriteDutySheet(ctx, w, name)
				return err
			})
		}, func() { a.desk.Toast("交接清单已保存，请打印两份，双方签字。") })
	})
}

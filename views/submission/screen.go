// Package submission is 报盘回盘: what waits to be handed over becomes a package, and the platform's answers come back.
package submission

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what 报盘回盘 asks of the program.
type service interface {
	desk.WidthKeeper
	PlatformBoard(ctx context.Context, planID int64) ([]data.PlatformLine, error)
	PlanSubmission(ctx context.Context, request app.SubmissionRequest) (*app.SubmissionPlan, error)
	WriteSubmission(ctx context.Context, plan *app.SubmissionPlan, folder string, progress app.Progress) (app.MadeSubmission, error)
	Submissions(ctx context.Context) ([]data.Submission, error)
	SentRows(ctx context.Context, submissionID int64) ([]data.SentRow, error)
	WithdrawSubmission(ctx context.Context, id int64, reason string) error
	VerifySubmission(ctx context.Context, path string) (app.Manifest, error)
	PlanReply(ctx context.Context, path string, options app.ReplyOptions) (*app.ReplyPlan, error)
	PlanReplyText(ctx context.Context, text string, options app.ReplyOptions) (*app.ReplyPlan, error)
	CommitReply(ctx context.Context, plan *app.ReplyPlan) (app.ReplyResult, error)
	ReopenSent(ctx context.Context, rows []data.SentRow) error
	SaveTemplate(path string, form data.Form) error
}

// The tabs, in their order.
const (
	tabBoard = iota
	tabDue
	tabPackages
)

// drawerWidth is in px, the line before it included.
const drawerWidth float32 = 460

// Screen is 报盘回盘.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	sentence *ui.ElidedText
	tabs     *ui.Tabs
	board    *board
	due      *due
	packages *packages
	write    *ui.Button
	reply    *ui.Button

	shown bool
	loads desk.Sequence
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, sentence: ui.NewElidedText("把还没有报的内容做成一个包，照里面的填报清单交给平台；平台的结果也登记在这里。", theme.Text)}
	screen.board, screen.due, screen.packages = newBoard(screen), newDue(screen), newPackages(screen)
	screen.tabs = ui.NewTabs(ui.Tab{Label: "总览"}, ui.Tab{Label: "待上报"}, ui.Tab{Label: "报盘记录"})
	screen.tabs.OnChanged = func(int) { screen.showTab() }
	screen.reply = ui.NewButton("登记回盘", "inbox", screen.askReply)
	screen.write = ui.NewFilledButton("生成报盘包", "package-check", screen.askFolder)
	more := ui.NewMoreButton(func() []ui.MenuItem {
		return []ui.MenuItem{{Label: "核对一个报盘包…", Icon: "shield-check", Action: screen.askVerify}, {Label: "保存空白的回盘表…", Icon: "download", Action: screen.saveReplyForm}}
	})
	screen.content = ui.Ground(theme.Surface, ui.Column(0, ui.NewPageHead(screen.sentence, screen.reply, screen.write, more), screen.tabs, ui.NewLine(),
		ui.Grow(ui.Stack(screen.board.content, screen.due.content, screen.packages.content))))
	screen.showTab()
	return screen
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter shows the screen; an int64 is the key of a package to open.
func (s *Screen) Enter(argument any) {
	s.shown = true
	if id, ok := argument.(int64); ok {
		s.tabs.SetSelected(tabPackages)
		s.showTab()
		s.packages.wanted = id
	}
	ui.SetOnEscape(s.desk.Window.Canvas(), s.packages.close)
	s.reload()
}

// Leave is part of desk.Leaver: a page that nobody sees asks for nothing.
func (s *Screen) Leave(proceed func()) {
	s.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.SubmissionsChanged, app.TraineesChanged, app.OrdersChanged, app.LedgerChanged, app.HoursChanged, app.PlansChanged, app.ProfileChanged, app.SettingsChanged:
		if s.shown {
			s.reload()
		}
	}
}

// found is one look at the data.
type found struct {
	plan     *app.SubmissionPlan
	board    []data.PlatformLine
	packages []data.Submission
}

func (s *Screen) reload() {
	request := app.SubmissionRequest{PlanID: s.desk.Plan().ID, Everything: s.due.everything}
	desk.Load(s.desk, &s.loads, func(ctx context.Context) (f found, err error) {
		if f.plan, err = s.service.PlanSubmission(ctx, request); err != nil {
			return f, err
		}
		if f.board, err = s.service.PlatformBoard(ctx, request.PlanID); err != nil {
			return f, err
		}
		f.packages, err = s.service.Submissions(ctx)
		return f, err
	}, s.show)
}

func (s *Screen) show(f found) {
	s.board.show(f.board, f.plan.Gaps)
	s.due.show(f.plan)
	s.packages.show(f.packages)
	s.tabs.SetTabs(ui.Tab{Label: "总览"}, ui.Tab{Label: "待上报", Count: desk.Thousands(len(f.plan.Items)), Tone: ui.TonePrimary},
		ui.Tab{Label: "报盘记录", Count: desk.Thousands(len(f.packages)), Tone: ui.ToneNeutral})
	s.write.SetDisabled(len(f.plan.Items) == 0)
	s.reply.SetDisabled(s.packages.newest() == nil)
}

func (s *Screen) showTab() {
	for tab, content := range []fyne.CanvasObject{tabBoard: s.board.content, tabDue: s.due.content, tabPackages: s.packages.content} {
		if tab == s.tabs.Selected() {
			content.Show()
		} else {
			content.Hide()
		}
	}
}

// askFolder asks where the package shall go, and writes it there.
func (s *Screen) askFolder() {
	plan := s.due.plan
	if err := plan.Blocked(); err != nil {
		s.explainBlocked(plan, err)
		return
	}
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "报盘包 " + plan.Number + " 放在哪个文件夹", Folder: true, Verb: "生成到这里"}, func(folder string) {
		var made app.MadeSubmission
		s.desk.Work("正在生成报盘包", func(ctx context.Context, progress app.Progress) (err error) {
			made, err = s.service.WriteSubmission(ctx, plan, folder, progress)
			return err
		}, func() {
			s.tabs.SetSelected(tabPackages)
			s.showTab()
			s.packages.wanted = made.ID
			s.reload()
			ui.ShowToast(s.desk.Window, ui.Toast{Text: fmt.Sprintf("已生成 %s，共 %s 行。里面有完整证件号，请妥善保管。", made.File, desk.Thousands(made.Rows)),
				Action: "打开文件夹", OnAction: func() { s.open(folder) }})
		})
	})
}

func (s *Screen) open(path string) {
	open := s.desk.OpenFile
	if open == nil {
		open = desk.OpenFile
	}
	if err := open(path); err != nil {
		s.desk.Fail(err)
	}
}

// explainBlocked says why nothing can be written yet, with a way to the place to mend it.
func (s *Screen) explainBlocked(plan *app.SubmissionPlan, err error) {
	if len(plan.Gaps) == 0 {
		s.desk.Fail(err)
		return
	}
	dialog := ui.NewDialog(s.desk.Window, "还不能生成报盘包")
	dialog.Text = fmt.Sprintf("管理员信息还差 %d 项，第一项：%s", len(plan.Gaps), plan.Gaps[0].Error())
	dialog.SetDefault("去填写", func() bool {
		s.desk.Go(desk.Profile, nil)
		return true
	})
	dialog.Show()
}

// askVerify checks any package against its own manifest.
func (s *Screen) askVerify() {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择要核对的报盘包", Extensions: []string{".zip"}}, s.verify)
}

func (s *Screen) verify(path string) {
	var manifest app.Manifest
	s.desk.Do(func(ctx context.Context) (err error) {
		manifest, err = s.service.VerifySubmission(ctx, path)
		return err
	}, func() {
		dialog := ui.NewDialog(s.desk.Window, "报盘包 "+manifest.Number+" 完好")
		dialog.Text = fmt.Sprintf("里面的 %d 个文件与清单逐个一致，是本单位在 %s 做的，没有被改动。", len(manifest.Files), manifest.At)
		dialog.SetDefault("好", func() bool { return true })
		dialog.Show()
	})
}

// Dropped is part of ui.DropTarget: a package is checked, anything else is an answer.
func (s *Screen) Dropped(paths []string) {
	if len(paths) != 1 {
		s.desk.Toast("请一次拖进一个文件。")
		return
	}
	if bundleName(paths[0]) {
		s.verify(paths[0])
		return
	}
	s.replyTo(paths[0])
}

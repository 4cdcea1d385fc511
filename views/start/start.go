// Package start holds what comes before the screens: the first start, the recovery key, the login.
package start

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

type service interface {
	desk.Restorer
	desk.PasswordChanger
	LoginGuard(ctx context.Context, user string) (data.LoginGuard, error)
	Initialize(ctx context.Context, setup app.Setup) (recoveryKey string, err error)
	Administrators(ctx context.Context) ([]data.Administrator, error)
	Login(ctx context.Context, user, password string) error
	LoginWithRecoveryKey(ctx context.Context, user, recoveryKey, newPassword string) error
	WriteRecoverySheet(ctx context.Context, w io.Writer, recoveryKey string) error
}

// Page is what fills the window before anybody is logged in.
type Page interface {
	Content() fyne.CanvasObject
	// FocusFirst gives the keyboard to where one begins.
	FocusFirst()
}

// Measures in px.
const (
	panelWidth   float32 = 480
	panelPadding float32 = 32
	panelLabel   float32 = 122
)

// panel is a white card in the middle of the grey window, the program's name above it.
func panel(title, sentence string, content ...fyne.CanvasObject) *fyne.Container {
	mark := ui.Stack(ui.NewBox(theme.Primary, theme.None, 4), ui.Pad(6, 6, 6, 6, ui.NewSizedIcon("award", theme.OnPrimary, 20)))
	head := ui.Row(12, mark, ui.Column(0, ui.NewTitle("培训管理台"), ui.NewCaption("公共知识培训 · 单位管理", theme.Secondary)))
	body := ui.Column(0, ui.NewSection(title), ui.Gap(4), ui.NewParagraph(sentence, theme.Secondary), ui.Gap(20))
	for _, object := range content {
		body.Add(object)
	}
	card := ui.Stack(ui.NewBox(theme.Surface, theme.Border, 4), ui.Pad(panelPadding, 24, panelPadding, 24, body))
	phones := ui.NewCaption("管理员账号问题请拨打 84297523、84297213", theme.Secondary)
	column := ui.Column(0, head, ui.Gap(16), card, ui.Gap(16), ui.Centre(phones))
	return ui.Ground(theme.Background, ui.Row(0, ui.Space(), ui.FixedFill(panelWidth+2*panelPadding, ui.Column(0, ui.Space(), column, ui.Space())), ui.Space()))
}

// failure is a page that only tells something.
type failure struct{ content fyne.CanvasObject }

// Content is part of Page.
func (f *failure) Content() fyne.CanvasObject { return f.content }

// FocusFirst is part of Page.
func (f *failure) FocusFirst() {}

// NewFailure shows why the program cannot go on.
func NewFailure(err error) Page {
	problem, ok := data.AsProblem(err)
	if !ok {
		problem = data.Problem{What: "程序遇到了意外的问题。", Fix: "数据没有改动，请重新启动；如果仍然不行，请交给技术人员。"}
	}
	return &failure{panel("现在不能打开", "您的数据没有被改动。", ui.NewTroubleParts(problem.Where.String(), problem.What, problem.Fix))}
}

// showProblem puts a refusal at its field, or into a dialog where it has none. around is laid out again, as the form grows.
func showProblem(d *desk.Desk, form *ui.Form, around fyne.CanvasObject, err error) {
	problem, ok := data.AsProblem(err)
	if !ok || form.Row(problem.Where.Field) == nil {
		d.Fail(err)
		return
	}
	showAtField(form, around, problem.Where.Field, problem.Error())
}

func showAtField(form *ui.Form, around fyne.CanvasObject, key, text string) {
	form.SetProblems(map[string]string{key: text})
	around.Refresh()
	form.FocusFirstProblem()
}

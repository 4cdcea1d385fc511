// Package statement is 导入银行流水: a bank's file is chosen, looked at, and taken in; files that were taken in can be taken out again.
package statement

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the page asks of the program.
type service interface {
	desk.WidthKeeper
	PlanStatement(ctx context.Context, path string, options app.StatementOptions) (*app.StatementPlan, error)
	CommitStatement(ctx context.Context, plan *app.StatementPlan) (int64, error)
	Statements(ctx context.Context) ([]data.ImportedStatement, error)
	ClosedMonthsOfStatement(ctx context.Context, id int64) ([]data.Month, error)
	RemoveStatement(ctx context.Context, id int64, unmatch bool) error
	SheetsOf(ctx context.Context, path string, form data.Form) ([]data.SheetInfo, error)
	SheetHead(ctx context.Context, path, sheet string, rows int) ([]data.SheetRow, error)
}

// extensions are the files that banks write.
var extensions = []string{".xlsx", ".xls", ".csv", ".txt"}

// Screen is 导入银行流水.
type Screen struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	place   *fyne.Container
	choose  *choose
	preview *preview
	columns *columnsDialog // the one that was opened last

	path    string
	options app.StatementOptions
	plan    *app.StatementPlan
	loads   desk.Sequence
	asking  desk.Sequence
}

// New makes the page.
func New(d *desk.Desk, s service) *Screen {
	b := &Screen{desk: d, service: s, place: ui.Stack()}
	b.choose, b.preview = newChoose(b), newPreview(b)
	b.content = ui.Ground(theme.Surface, b.place)
	b.showChoose()
	return b
}

// Content is part of desk.Screen.
func (b *Screen) Content() fyne.CanvasObject { return b.content }

// Title is part of desk.Titled.
func (b *Screen) Title() (string, desk.Page) { return string(desk.BringIn), desk.Statements }

// Enter shows the page; a string is the path of a file to begin with.
func (b *Screen) Enter(argument any) {
	if path, ok := argument.(string); ok && path != "" {
		b.read(path)
		return
	}
	b.loadStatements()
}

// Changed is part of desk.Screen.
func (b *Screen) Changed(event app.Event) {
	if event == app.StatementsChanged {
		b.desk.OnScreen(b.loadStatements)
	}
}

// Dropped reads a file that was dropped on the page.
func (b *Screen) Dropped(paths []string) {
	if len(paths) > 1 {
		b.desk.Toast("一次导入一份流水，先读第一个文件。")
	}
	if len(paths) > 0 {
		b.read(paths[0])
	}
}

func (b *Screen) chooseFile() {
	ui.ChooseFile(b.desk.Window, ui.FileRequest{Title: "选择银行流水", Extensions: extensions, Verb: "预览"}, b.read)
}

// read looks at another file from the beginning.
func (b *Screen) read(path string) {
	b.path, b.options = path, app.StatementOptions{}
	b.readAgain()
}

// readAgain looks at the file with the options as they are now. A file whose columns are not understood leads to their dialog.
func (b *Screen) readAgain() {
	var plan *app.StatementPlan
	var failure error
	b.desk.Work("正在读取银行流水", func(ctx context.Context, progress app.Progress) error {
		options := b.options
		options.Progress = progress
		plan, failure = b.service.PlanStatement(ctx, b.path, options)
		return ctx.Err()
	}, func() {
		switch problem, known := data.AsProblem(failure); {
		case failure == nil:
			b.plan = plan
			b.preview.set(plan)
			b.place.Objects = []fyne.CanvasObject{b.preview.content}
			b.content.Refresh()
		case known && slices.Contains(unclear, problem.Code):
			b.askColumns(problem)
		default:
			b.desk.Fail(failure)
		}
	})
}

func (b *Screen) showChoose() {
	b.plan = nil
	b.place.Objects = []fyne.CanvasObject{b.choose.content}
	b.content.Refresh()
}

func (b *Screen) loadStatements() {
	desk.Load(b.desk, &b.loads, b.service.Statements, b.choose.set)
}

// commit takes the file in and leads to 银行流水核对; the message can take it out again.
func (b *Screen) commit() {
	if b.plan == nil || len(b.plan.New) == 0 {
		return
	}
	plan := b.plan
	var id int64
	b.desk.Work("正在导入银行流水", func(ctx context.Context, _ app.Progress) (err error) {
		id, err = b.service.CommitStatement(ctx, plan)
		return err
	}, func() {
		b.showChoose()
		b.loadStatements()
		b.desk.Go(desk.Statements, nil)
		ui.ShowToast(b.desk.Window, ui.Toast{Text: fmt.Sprintf("已导入 %s 笔流水。", desk.Thousands(len(plan.New))), Action: "撤销", OnAction: func() { b.remove(id, true) }})
	})
}

func (b *Screen) remove(id int64, unmatch bool) {
	b.desk.Do(func(ctx context.Context) error { return b.service.RemoveStatement(ctx, id, unmatch) }, func() {
		b.desk.Toast("已删除这份流水。")
	})
}

// askRemove says what taking a file out again takes with it.
func (b *Screen) askRemove(s data.ImportedStatement) {
	text := fmt.Sprintf("“%s”的 %s 笔流水会全部删除。原来的文件还在的话，可以再导入一次。", s.File, desk.Thousands(s.Added))
	verb := "删除流水"
	if s.Settled > 0 {
		text += fmt.Sprintf("其中 %s 笔已经和订单对上，这些对应也会取消，订单本身不受影响。", desk.Thousands(s.Settled))
		verb = "删除流水并取消对应"
	}
	desk.Load(b.desk, &desk.Sequence{}, func(ctx context.Context) ([]data.Month, error) { return b.service.ClosedMonthsOfStatement(ctx, s.ID) }, func(closed []data.Month) {
		ui.ConfirmDanger(b.desk.Window, "删除这份银行流水", text+desk.ClosedNote(closed), verb, func() { b.remove(s.ID, s.Settled > 0) })
	})
}

func baseName(path string) string { return filepath.Base(path) }

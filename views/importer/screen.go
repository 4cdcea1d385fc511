// Package importer is the wizard that brings a sheet in: choose a file, see what would happen, confirm, done.
// One wizard serves both forms, 学员 and 线下学时.
package importer

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what this screen asks of the program.
type service interface {
	PlanImport(ctx context.Context, path string, options app.ImportOptions) (*data.ImportPlan, error)
	CommitImport(ctx context.Context, plan *data.ImportPlan, progress app.Progress) (app.ImportResult, error)
	PlanHoursImport(ctx context.Context, path string, options app.ImportOptions) (*data.ImportPlan, error)
	CommitHoursImport(ctx context.Context, plan *data.ImportPlan, progress app.Progress) (app.ImportResult, error)
	MendImport(ctx context.Context, plan *data.ImportPlan, mend data.Mend) (*data.ImportPlan, error)
	UnmendImport(ctx context.Context, plan *data.ImportPlan) (*data.ImportPlan, error)
	RenewImport(ctx context.Context, plan *data.ImportPlan, options app.ImportOptions) (*data.ImportPlan, error)
	SheetsOf(ctx context.Context, path string, form data.Form) ([]data.SheetInfo, error)
	SheetHead(ctx context.Context, path, sheet string, rows int) ([]data.SheetRow, error)
	Unplaced(ctx context.Context, plan *data.ImportPlan) ([]data.Unplaced, error)
	Imports(ctx context.Context, limit int) ([]data.ImportRun, error)
	KeptByUndo(ctx context.Context, runID int64) ([]data.KeptRow, error)
	UndoImport(ctx context.Context, runID int64) (data.UndoResult, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	SaveTemplate(path string, form data.Form) error
	SaveReport(path string, plan *data.ImportPlan) error
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
	Now() data.Moment
}

// The wizard's steps.
const (
	stepChoose = iota
	stepPreview
	stepConfirm
	stepResult
)

// Screen is the page 导入学员 or 批量导入 (of offline hours).
type Screen struct {
	desk    *desk.Desk
	service service
	kind    kind

	stepper *ui.Stepper
	source  *sourceLine
	place   *fyne.Container // holds the step in hand
	footer  *fyne.Container
	content *fyne.Container
	wizard  *fyne.Container
	records *records
	choose  *choose
	preview *preview
	mapping *columnsDialog // the one that was opened last

	step    int
	path    string
	options app.ImportOptions
	plan    *data.ImportPlan
	tree    data.OrganizationTree
	stale   bool             // the store or an option changed after the plan was made
	mending bool             // a decision is being judged
	waiting []func()         // decisions that came meanwhile
	book    []data.SheetInfo // the sheets of the workbook in hand
	stored  []string         // the workbook's sheets that were imported
	result  app.ImportResult
	asking  desk.Sequence
	sheets  desk.Sequence
}

// NewRoster makes the page 导入学员.
func NewRoster(d *desk.Desk, s service) *Screen {
	return newScreen(d, s, rosterKind(s))
}

// NewHours makes the page 批量导入 of 线下档案管理.
func NewHours(d *desk.Desk, s service) *Screen {
	return newScreen(d, s, hoursKind(s))
}

func newScreen(d *desk.Desk, s service, k kind) *Screen {
	screen := &Screen{desk: d, service: s, kind: k, place: ui.Stack(), footer: ui.Stack()}
	screen.options.PlanID = d.Plan().ID
	screen.stepper = ui.NewStepper("选择文件", "预览", "确认导入", "结果")
	screen.stepper.OnStep = screen.stepBack
	screen.source = newSourceLine(screen.chooseFile)
	screen.choose = newChoose(screen)
	screen.preview = newPreview(screen)
	bar := ui.NewStepperBar(ui.Row(24, screen.stepper, ui.Wide(screen.source.content)))
	screen.wizard = ui.Column(0, bar, ui.Grow(screen.place), screen.footer)
	screen.records = newRecords(screen)
	screen.content = ui.Ground(theme.Surface, ui.Stack(screen.wizard, screen.records.content))
	screen.show(stepChoose)
	return screen
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Title is part of desk.Titled: a way back leads to the list that the import fills.
func (s *Screen) Title() (string, desk.Page) {
	switch {
	case s.records.content.Visible():
		return "导入记录", s.kind.list
	case s.kind.hours():
		return s.kind.title, s.kind.list
	}
	return s.kind.title, ""
}

// Enter is part of desk.Screen. A string is the path of a file to begin with, a data.ImportRun asks for 导入记录.
func (s *Screen) Enter(argument any) {
	s.watchUndo()
	desk.Load(s.desk, &s.asking, s.readChoices, s.choose.offer)
	if _, asked := argument.(data.ImportRun); asked {
		s.showRecords()
		return
	}
	s.showWizard()
	switch path, given := argument.(string); {
	case given && path != "":
		s.read(path)
	case s.step == stepResult:
		s.restart()
	case s.stale && (s.step == stepPreview || s.step == stepConfirm):
		s.readAgain()
	}
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.TraineesChanged, app.OrganizationsChanged, app.HoursChanged:
		s.stale = s.plan != nil
		if s.records.content.Visible() {
			s.records.load()
		}
	case app.PlansChanged:
		desk.Load(s.desk, &s.asking, s.readChoices, s.choose.offer)
	}
}

// Dropped is part of ui.DropTarget.
func (s *Screen) Dropped(paths []string) {
	if len(paths) > 0 {
		s.showWizard()
		s.read(paths[0])
	}
}

// choices are what the first step offers.
type choices struct {
	tree  data.OrganizationTree
	plans []data.Plan
}

func (s *Screen) readChoices(ctx context.Context) (choices, error) {
	tree, err := s.service.Organizations(ctx)
	if err != nil {
		return choices{}, err
	}
	plans, err := s.service.Plans(ctx)
	return choices{tree, plans}, err
}

func (s *Screen) chooseFile() {
	request := ui.FileRequest{Title: "选择" + s.kind.file, Extensions: []string{".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt"}}
	ui.ChooseFile(s.desk.Window, request, s.read)
}

// read judges a file and shows the preview. A file that cannot be read changes nothing: the preview before stays.
func (s *Screen) read(path string) {
	options := s.options
	if path != s.path {
		options = s.fileOptions()
	}
	s.readWith(path, options)
}

// readAgain judges the file anew and keeps what was decided; only for another training plan it has to be read again.
func (s *Screen) readAgain() {
	if s.kind.hours() && s.plan.PlanID != s.options.PlanID {
		s.readWith(s.path, s.options)
		return
	}
	s.show(stepPreview)
	s.renew(s.options)
}

// notThisForm is the code of a sheet whose headers are not the form's.
const notThisForm = "sheet-not-this-form"

func (s *Screen) readWith(path string, options app.ImportOptions) {
	var found judged
	var refusal *data.Problem
	book := s.book
	s.desk.Work("正在读取 "+filepath.Base(path), func(ctx context.Context, progress app.Progress) error {
		options.Progress = progress
		plan, err := s.kind.plan(ctx, path, options)
		if problem, ok := data.AsProblem(err); ok && problem.Code == notThisForm {
			refusal = &problem
			return nil
		}
		if err == nil {
			found, err = s.look(ctx, plan)
			go plan.Prepare() // the first decision shall be as quick as the next
		}
		if err == nil && (path != s.path || options.Sheet == "") {
			book, err = s.service.SheetsOf(ctx, path, s.kind.form)
		}
		return err
	}, func() {
		if refusal != nil {
			s.refused(path, options.Sheet, *refusal)
			return
		}
		options.Progress = nil
		sameFile := s.path == path
		if !sameFile {
			s.stored = nil
		}
		s.path, s.options, s.book = path, options, book
		s.take(found, sameFile)
		s.show(stepPreview)
	})
}

// stepBack goes to a step that is done; after the import there is no way back, only a new beginning.
func (s *Screen) stepBack(step int) {
	switch {
	case s.step == stepResult && step == stepChoose:
		s.restart()
	case s.step == stepResult:
	case step == stepPreview && s.stale:
		s.readAgain()
	default:
		s.show(step)
	}
}

// restart begins anew with no file.
func (s *Screen) restart() {
	plan := s.options.PlanID
	s.path, s.plan, s.stale, s.options = "", nil, false, app.ImportOptions{PlanID: plan}
	s.choose.clear()
	s.show(stepChoose)
}

func (s *Screen) cancel() {
	s.restart()
	s.desk.Go(s.kind.list, nil)
}

// show puts a step on the page.
func (s *Screen) show(step int) {
	s.step = step
	s.stepper.SetPresent(step)
	s.source.setVisible(step != stepChoose, step != stepResult)
	var body fyne.CanvasObject
	var buttons []fyne.CanvasObject
	switch step {
	case stepPreview:
		body, buttons = s.preview.content, s.preview.buttons()
	case stepConfirm:
		body, buttons = s.confirmation(), s.confirmButtons()
	case stepResult:
		body = s.report()
	default:
		s.choose.update()
		body = s.choose.content
	}
	s.place.Objects = []fyne.CanvasObject{body}
	s.footer.Objects = nil
	if len(buttons) > 0 {
		s.footer.Objects = []fyne.CanvasObject{ui.NewWizardFooter(buttons...)}
	}
	s.content.Refresh()
}

// commit stores the plan; it is done whole or not at all. A decision that is still being judged comes first.
func (s *Screen) commit() {
	if s.mending {
		return
	}
	ui.HideToasts(s.desk.Window)
	plan := s.plan
	counts := count(plan)
	var result app.ImportResult
	// Where the import fails, the way back reads the file again.
	s.stale = true
	s.desk.Work("正在导入 "+s.kind.counted(counts.stored()), func(ctx context.Context, progress app.Progress) error {
		var err error
		result, err = s.kind.commit(ctx, plan, progress)
		return err
	}, func() {
		s.result, s.stale, s.stored = result, false, append(s.stored, plan.Heading.Sheet)
		s.show(stepResult)
	})
}

func (s *Screen) saveTemplate() {
	form := s.kind.form
	request := ui.FileRequest{Title: "保存导入模板", Extensions: []string{".xlsx"}, Save: true, Name: form.Name + "导入模板.xlsx"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveTemplate(path, form) }, func() {
			s.desk.Toast("模板已保存到 " + path)
		})
	})
}

func (s *Screen) saveReport() {
	plan := s.plan
	name := s.kind.form.Name + "导入错误报告.xlsx"
	request := ui.FileRequest{Title: "保存错误报告", Extensions: []string{".xlsx"}, Save: true, Name: name}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveReport(path, plan) }, func() {
			s.desk.Toast("错误报告已保存到 " + path + "，改好后可以直接再导入它。")
		})
	})
}

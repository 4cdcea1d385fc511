package statement

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The tabs of the preview.
const (
	tabNew = iota
	tabAlready
	tabProblems
)

// notesShown is how many warnings about a file stand above its lines.
const notesShown = 3

// preview shows what taking a file in would do, before anything is written.
type preview struct {
	screen  *Screen
	content *fyne.Container
	file    *ui.ElidedText
	facts   *fyne.Container
	notes   *fyne.Container
	tabs    *ui.Segments
	table   *ui.DataTable
	faults  *ui.DataTable
	place   *fyne.Container
	commit  *ui.Button
	account *ui.Field

	plan    *app.StatementPlan
	already []data.BankStatementLine
}

func newPreview(b *Screen) *preview {
	p := &preview{screen: b, file: ui.NewElidedText("", theme.Text), facts: ui.Row(24), notes: ui.Column(8), place: ui.Stack()}
	p.file.Bold = true
	p.commit = ui.NewFilledButton("导入", "check", b.commit)
	p.account = ui.NewGroupedField("文件里没有，可以不填", ui.GroupsOfFour)
	p.account.Width = 220
	p.account.OnSubmitted = func(text string) {
		b.options.Account = text
		b.readAgain()
	}
	p.tabs = ui.NewSegments("新增", "已有", "问题")
	p.tabs.OnChanged = func(int) { p.show() }
	p.table = ui.NewDataTable(
		ui.TableColumn{Key: "row", Title: "行号", Width: 64, Right: true},
		ui.TableColumn{Key: "at", Title: "交易时间", Width: 152},
		ui.TableColumn{Key: "name", Title: "对方户名"},
		ui.TableColumn{Key: "note", Title: "摘要、用途", Width: 168, HideBelow: 900},
		ui.TableColumn{Key: "serial", Title: "流水号", Width: 148, HideBelow: 1100},
		ui.TableColumn{Key: "out", Title: "支出，元", Width: 108, Right: true},
		ui.TableColumn{Key: "in", Title: "收入，元", Width: 108, Right: true},
		ui.TableColumn{Key: "balance", Title: "余额，元", Width: 116, Right: true},
	)
	p.table.Count = func() int { return len(p.lines()) }
	p.table.Cell = func(row, column int) ui.Cell { return lineCell(p.lines()[row], p.table.Columns[column].Key) }
	p.faults = ui.NewDataTable(ui.TableColumn{Key: "row", Title: "行号", Width: 64, Right: true}, ui.TableColumn{Key: "what", Title: "是什么"}, ui.TableColumn{Key: "fix", Title: "怎么改", Width: 360, Narrow: 280})
	p.faults.Count = func() int { return len(p.plan.Statement.Problems) }
	p.faults.Cell = func(row, column int) ui.Cell {
		return faultCell(p.plan.Statement.Problems[row], p.faults.Columns[column].Key)
	}
	head := ui.NewPageHead(ui.Row(8, ui.NewIcon("file-spreadsheet", theme.Secondary), ui.Wide(p.file)), p.commit,
		ui.NewButton("列对应…", "columns-3", func() { b.askColumns(data.Problem{}) }), ui.NewButton("换文件…", "", b.chooseFile), ui.NewButton("取消", "", b.showChoose))
	p.content = ui.Column(0, head, ui.Pad(16, 12, 16, 12, p.facts), ui.NewLine(), p.notes, ui.NewFilterBar(p.tabs), ui.Grow(p.place))
	return p
}

func (p *preview) lines() []data.BankStatementLine {
	switch {
	case p.plan == nil:
		return nil
	case p.tabs.Selected() == tabAlready:
		return p.already
	}
	return p.plan.New
}

// set shows a plan.
func (p *preview) set(plan *app.StatementPlan) {
	p.plan = plan
	fresh := map[int]bool{}
	for _, line := range plan.New {
		fresh[line.Row] = true
	}
	p.already = slices.DeleteFunc(slices.Clone(plan.Statement.Lines), func(line data.BankStatementLine) bool { return fresh[line.Row] })
	p.file.SetText(plan.File)
	p.facts.Objects = p.factsOf(plan)
	p.notes.Objects = nil
	for _, note := range p.notesOf(plan) {
		p.notes.Add(ui.Pad(16, 8, 16, 0, note))
	}
	p.tabs.SetLabels(fmt.Sprintf("新增 %s", desk.Thousands(len(plan.New))), fmt.Sprintf("已有 %s", desk.Thousands(plan.Already)), fmt.Sprintf("问题 %d", len(plan.Statement.Problems)))
	p.tabs.SetSelected(tabNew)
	p.commit.SetLabel(fmt.Sprintf("导入 %s 笔", desk.Thousands(len(plan.New))))
	p.commit.SetDisabled(len(plan.New) == 0)
	p.show()
}

func (p *preview) show() {
	table := p.table
	if p.tabs.Selected() == tabProblems {
		table = p.faults
	}
	p.place.Objects = []fyne.CanvasObject{table}
	table.Refresh()
	p.content.Refresh()
}

// factsOf says whose file it is, of when, and what it adds up to.
func (p *preview) factsOf(plan *app.StatementPlan) []fyne.CanvasObject {
	fact := func(name string, value fyne.CanvasObject) fyne.CanvasObject {
		return ui.Column(2, ui.NewCaption(name, theme.Secondary), value)
	}
	out, in := plan.Statement.Sums()
	account := accountOf(plan)
	var own fyne.CanvasObject = ui.NewText("尾号 "+data.AccountTail(account), theme.Text)
	if plan.Origin.Account == "" && !ownColumn(plan) {
		p.account.SetText(account)
		own = p.account
	}
	bank := cmp.Or(plan.Origin.Bank, "未写明，按列名读取")
	return []fyne.CanvasObject{fact("银行", ui.NewText(bank, theme.Text)), fact("本单位账号", own), fact("期间", ui.NewText(period(plan.Statement.Days()), theme.Text)),
		fact("支出合计", ui.NewBold(out.String())), fact("收入合计", ui.NewBold(in.String())),
		fact("忽略的行", ui.NewText(fmt.Sprintf("合计、承前页等 %d 行", plan.Statement.Noise), theme.Text))}
}

func accountOf(plan *app.StatementPlan) string {
	if len(plan.Statement.Lines) == 0 {
		return ""
	}
	return plan.Statement.Lines[0].Account
}

// ownColumn tells whether the file has a column of its own for the unit's account.
func ownColumn(plan *app.StatementPlan) bool {
	return plan.Sheet.Heading.Columns[data.StatementForm.Column("account")] >= 0
}

// notesOf says what a person should know before the file goes in.
func (p *preview) notesOf(plan *app.StatementPlan) []fyne.CanvasObject {
	var notes []fyne.CanvasObject
	unread, gaps := 0, 0
	for _, problem := range plan.Statement.Problems {
		if problem.Code == data.CodeBalanceGap {
			gaps++
		} else {
			unread++
		}
	}
	switch {
	case len(plan.Statement.Lines) == 0:
		notes = append(notes, ui.NewNote(ui.ToneWarning, "", "这份文件里没有交易。请确认导出的日期范围。"))
	case len(plan.New) == 0:
		notes = append(notes, ui.NewNote(ui.TonePrimary, "", "这份文件里的流水以前都导入过，不用再导入。"))
	case plan.Already > 0:
		notes = append(notes, ui.NewNote(ui.TonePrimary, "", fmt.Sprintf("与以前导入的流水重叠 %s 笔，只导入新的 %s 笔。", desk.Thousands(plan.Already), desk.Thousands(len(plan.New)))))
	}
	if unread > 0 {
		notes = append(notes, ui.NewNote(ui.ToneDanger, "", fmt.Sprintf("%d 行看不懂，不会导入。请在“问题”里核对，或点“列对应…”改正列。", unread)))
	}
	if gaps > 0 {
		notes = append(notes, ui.NewNote(ui.ToneWarning, "", fmt.Sprintf("余额有 %d 处接不上，中间可能缺流水。可以先导入，补导完整的明细不会重复。", gaps)))
	}
	for _, warning := range plan.Warnings {
		notes = append(notes, ui.NewNote(ui.ToneWarning, "", warning.What+warning.Fix))
	}
	if plan.Sheet.Remembered {
		notes = append(notes, ui.NewNote(ui.TonePrimary, "", "列是按您上次指定的对应读的。"))
	}
	return notes[:min(len(notes), notesShown)]
}

func lineCell(line data.BankStatementLine, key string) ui.Cell {
	switch key {
	case "row":
		return ui.Cell{Text: fmt.Sprint(line.Row), Role: theme.Secondary}
	case "at":
		return ui.Cell{Text: line.Time()}
	case "name":
		return ui.Cell{Text: line.Name}
	case "note":
		if line.Purpose == "" || line.Purpose == line.Summary {
			return ui.Cell{Text: line.Summary}
		}
		return ui.Cell{Text: line.Summary + " " + line.Purpose}
	case "serial":
		return ui.Cell{Text: line.Serial}
	case "out":
		return moneyCell(line.Out, line.Out != 0)
	case "in":
		return moneyCell(line.In, line.In != 0)
	}
	return moneyCell(line.Balance, line.HasBalance)
}

func moneyCell(amount data.Money, shown bool) ui.Cell {
	if !shown {
		return ui.Cell{}
	}
	return ui.Cell{Text: amount.String()}
}

func faultCell(problem data.Problem, key string) ui.Cell {
	switch key {
	case "row":
		return ui.Cell{Text: fmt.Sprint(problem.Where.Row)}
	case "what":
		return ui.Cell{Text: problem.What}
	}
	return ui.Cell{Text: problem.Fix, Role: theme.Secondary}
}

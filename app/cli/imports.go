package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"peixun/app"
	"peixun/data"
)

// importReply counts what an import did, or with --dry-run would do, with a file's rows.
type importReply struct {
	Rows      int          `json:"rows" label:"行数"`
	New       int          `json:"new" label:"新增"`
	Updated   int          `json:"updated" label:"更新"`
	Unchanged int          `json:"unchanged" label:"不变"`
	Failed    int          `json:"failed" label:"错误"`
	Skipped   int          `json:"skipped" label:"忽略"`
	Fixed     int          `json:"fixed" label:"自动修正"`
	Warned    int          `json:"warned" label:"带提醒"`
	Written   bool         `json:"written" label:"已写入"`
	Problems  []rowProblem `json:"problems"`
}

// writeJSON writes the value that json.Encoder would, a problem at a time.
func (r importReply) writeJSON(w *bufio.Writer) error {
	problems := r.Problems
	r.Problems = []rowProblem{}
	head, err := json.Marshal(r)
	if err != nil {
		return err
	}
	w.Write(bytes.TrimSuffix(head, []byte("]}")))
	var one bytes.Buffer
	encoder := json.NewEncoder(&one)
	encoder.SetEscapeHTML(false)
	for place, problem := range problems {
		one.Reset()
		if err := encoder.Encode(problem); err != nil {
			return err
		}
		if place > 0 {
			w.WriteByte(',')
		}
		w.Write(bytes.TrimSuffix(one.Bytes(), []byte("\n")))
	}
	_, err = w.WriteString("]}\n")
	return err
}

type rowProblem struct {
	Sheet   string     `json:"sheet"`
	Row     int        `json:"row"`
	Column  string     `json:"column"`
	Level   data.Level `json:"level"`
	Code    string     `json:"code"`
	Message string     `json:"message"`
	Fix     string     `json:"fix"`
}

func rowItem(problem data.Problem, sheet string, row int) rowProblem {
	if problem.Where.Sheet != "" {
		sheet = problem.Where.Sheet
	}
	if problem.Where.Row != 0 {
		row = problem.Where.Row
	}
	return rowProblem{Sheet: sheet, Row: row, Column: problem.Where.Column, Level: problem.Level, Code: problem.Code, Message: problem.What, Fix: problem.Fix}
}

// importer is one import command with its flags.
type importer struct {
	sheet, report                            *string
	dryRun, allOrNothing, createOrganization *bool
	planNumber                               *string // nil for trainees

	plan   func(a *app.App, ctx context.Context, path string, options app.ImportOptions) (*data.ImportPlan, error)
	commit func(a *app.App, ctx context.Context, plan *data.ImportPlan, progress app.Progress) (app.ImportResult, error)
}

const importFlags = "[--sheet 工作表] [--dry-run] [--all-or-nothing] [--report 错误报告.xlsx]"

func declareImport(f *flags) *importer {
	return &importer{sheet: f.text("sheet"), report: f.text("report"), dryRun: f.flag("dry-run"), allOrNothing: f.flag("all-or-nothing")}
}

func importCommands() []command {
	return []command{
		{name: "import trainees", words: []string{"文件"}, flags: importFlags + " [--create-orgs]", summary: "导入学员：好的行写入，错的行进错误报告",
			prepare: func(f *flags) action {
				i := declareImport(f)
				i.createOrganization = f.flag("create-orgs")
				i.plan, i.commit = (*app.App).PlanImport, (*app.App).CommitImport
				return i.run
			}},
		{name: "import hours", words: []string{"文件"}, flags: "--plan 计划编号 " + importFlags, summary: "导入线下学时",
			prepare: func(f *flags) action {
				i := declareImport(f)
				i.planNumber = f.need("plan")
				i.plan, i.commit = (*app.App).PlanHoursImport, (*app.App).CommitHoursImport
				return i.run
			}},
		statementCommand(),
	}
}

func (i *importer) run(ctx context.Context, c *call) (reply, error) {
	path := c.words[0]
	if sameFile(path, *i.report) {
		return reply{}, wrongUse("错误报告会覆盖要导入的文件。", "请给 --report 另起一个文件名。")
	}
	options := app.ImportOptions{Sheet: *i.sheet}
	if i.createOrganization != nil {
		options.CreateOrganizations = *i.createOrganization
	}
	if i.planNumber != nil {
		plan, err := c.app.PlanByNumber(ctx, *i.planNumber)
		if err != nil {
			return reply{}, err
		}
		options.PlanID = plan.ID
	}
	plan, err := i.plan(c.app, ctx, path, options)
	if err != nil {
		return refusedFile(path, err)
	}
	result := countPlan(plan)
	if result.Problems, err = i.notes(ctx, c, plan, result.Problems); err != nil {
		return reply{}, err
	}
	if *i.report != "" && result.Failed > 0 {
		if err := c.app.SaveReport(*i.report, plan); err != nil {
			return reply{}, err
		}
	}
	return i.commitPlan(ctx, c, plan, result)
}

// notes puts what concerns the whole sheet before the rows' problems: other sheets with people, and rows that the sheet hides.
func (i *importer) notes(ctx context.Context, c *call, plan *data.ImportPlan, problems []rowProblem) ([]rowProblem, error) {
	notes := []rowProblem{}
	note := func(code, what, fix string) {
		notes = append(notes, rowItem(data.Warn(code, "", what, fix), plan.Heading.Sheet, 0))
	}
	if *i.sheet == "" {
		others, err := otherSheets(ctx, c.app, c.words[0], plan)
		if err != nil {
			return nil, err
		}
		if len(others) > 0 {
			note("sheets-left", fmt.Sprintf("文件里还有 %d 张工作表有名单：%s。这次只读取“%s”。", len(others), strings.Join(others, "、"), plan.Heading.Sheet),
				"请用 --sheet 指定工作表，再逐张导入。")
		}
	}
	if twice := plan.SecondBlock(); twice != "" {
		note("block-left", "表里左右并排有两组名单，只读取左边一组；"+twice+" 列起的那一组没有导入。", "请把右边的一组剪切到左边一组的下面，再导入。")
	}
	if plan.Hidden > 0 {
		note("rows-hidden", fmt.Sprintf("表里有 %d 行是隐藏或筛选掉的，和其他行一样处理。", plan.Hidden), "不要导入的话，请先在表格里删除这些行。")
	}
	return append(notes, problems...), nil
}

// otherSheets names the visible sheets beside the plan's that hold people too, each with its rows.
func otherSheets(ctx context.Context, a *app.App, path string, plan *data.ImportPlan) ([]string, error) {
	sheets, err := a.SheetsOf(ctx, path, plan.Form)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, sheet := range sheets {
		if sheet.Name != plan.Heading.Sheet && sheet.Fits && !sheet.Hidden && sheet.Rows > 0 {
			others = append(others, fmt.Sprintf("“%s”%d 行", sheet.Name, sheet.Rows))
		}
	}
	return others, nil
}

// commitPlan stores what the plan says unless the flags keep it from being stored.
func (i *importer) commitPlan(ctx context.Context, c *call, plan *data.ImportPlan, result importReply) (reply, error) {
	switch {
	case *i.dryRun:
	case *i.allOrNothing && result.Failed > 0:
		// What would have gone in did not.
		result.Skipped += result.New + result.Updated
		result.New, result.Updated, result.Warned = 0, 0, 0
	default:
		if _, err := i.commit(c.app, ctx, plan, nil); err != nil {
			return reply{}, err
		}
		result.Written = result.New+result.Updated > 0
	}
	return reply{value: result, refused: result.Failed > 0, text: result.write}, nil
}

func countPlan(plan *data.ImportPlan) importReply {
	result := importReply{Rows: len(plan.Rows), New: plan.Count(data.OutcomeNew), Updated: plan.Count(data.OutcomeUpdated),
		Unchanged: plan.Count(data.OutcomeUnchanged), Failed: plan.Count(data.OutcomeFailed), Skipped: plan.Count(data.OutcomeSkipped),
		Fixed: plan.Fixed(), Warned: plan.Warned()}
	problems := 0
	for _, row := range plan.Rows {
		problems += len(row.Problems)
	}
	result.Problems = make([]rowProblem, 0, problems)
	for _, row := range plan.Rows {
		for _, problem := range row.Problems {
			result.Problems = append(result.Problems, rowItem(problem, plan.Heading.Sheet, row.Source.Number))
		}
	}
	return result
}

// refusedFile answers for a file that lets nothing in. Errors of the database pass.
func refusedFile(path string, err error) (reply, error) {
	item, err := refusedByFile(path, err)
	if item == nil {
		return reply{}, err
	}
	return reply{value: importReply{Problems: []rowProblem{*item}}}, err
}

// refusedByFile gives what is wrong with a file, and the error that names the file besides; nil where the fault is not the file's.
func refusedByFile(path string, err error) (*rowProblem, error) {
	problem, ok := data.AsProblem(err)
	if !ok || exitOf(err) != exitFailed {
		return nil, err
	}
	item := rowItem(problem, "", 0)
	problem.What = fmt.Sprintf("“%s”：%s", filepath.Base(path), problem.What)
	return &item, problem
}

// place says for people where a problem stands; nothing where it concerns the whole sheet.
func (p rowProblem) place() string {
	switch {
	case p.Row == 0:
		return ""
	case p.Column == "":
		return fmt.Sprintf("第 %d 行：", p.Row)
	}
	return fmt.Sprintf("第 %d 行“%s”：", p.Row, p.Column)
}

// maxRowsTold keeps a screen readable; --report and --json have all.
const maxRowsTold = 20

// write tells people what an import did, with its first errors and warnings.
func (r importReply) write(w io.Writer) {
	writeTable(w, []importReply{r})
	told := 0
	for _, problem := range r.Problems {
		if problem.Level == data.LevelFixed {
			continue
		}
		if told++; told <= maxRowsTold {
			fmt.Fprintf(w, "%s%s%s\n", problem.place(), problem.Message, problem.Fix)
		}
	}
	if told > maxRowsTold {
		fmt.Fprintf(w, "…… 共 %d 条，--json 给出全部，--report 写出错误报告。\n", told)
	}
}

func sameFile(one, other string) bool {
	first, err := os.Stat(one)
	if err != nil {
		return false
	}
	second, err := os.Stat(other)
	return err == nil && os.SameFile(first, second)
}

type fileReply struct {
	File string `json:"file"`
}

func templateCommands() []command {
	var list []command
	for _, form := range data.Forms() {
		list = append(list, command{name: "template " + form.Key, flags: "--out 文件.xlsx", summary: "写出“" + form.Name + "”的导入模板", access: accessAny,
			prepare: func(f *flags) action {
				out := f.need("out")
				return func(_ context.Context, c *call) (reply, error) {
					from := c.app
					if from == nil {
						from = new(app.App) // without a database it is the program's own template
					}
					if err := from.SaveTemplate(*out, form); err != nil {
						return reply{}, err
					}
					return reply{value: fileReply{*out}, text: func(w io.Writer) { fmt.Fprintln(w, "已写出", *out) }}, nil
				}
			}})
	}
	return list
}

// Package plans is 培训管理: the list of training plans.
package plans

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type service interface {
	Plans(ctx context.Context) ([]data.Plan, error)
	SavePlan(ctx context.Context, plan data.Plan) (int64, error)
}

// Screen is the list of plans.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject
	table   *ui.DataTable
	plans   []data.Plan
	loading desk.Sequence
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	p := &Screen{desk: d, service: s}
	p.table = ui.NewDataTable(
		ui.TableColumn{Key: "number", Title: "计划编号", Width: 164, Strong: true},
		ui.TableColumn{Key: "name", Title: "培训计划名称", Width: 0},
		ui.TableColumn{Key: "publisher", Title: "发布单位", Width: 80, HideBelow: 1000},
		ui.TableColumn{Key: "measure", Title: "考核标准", Width: 80, HideBelow: 1100},
		ui.TableColumn{Key: "target", Title: "考核值", Width: 72, Right: true},
		ui.TableColumn{Key: "year", Title: "所属年份", Width: 80, Right: true},
		ui.TableColumn{Key: "starts", Title: "开始时间", Width: 104},
		ui.TableColumn{Key: "ends", Title: "结束时间", Width: 104},
		ui.TableColumn{Key: "modifiable", Title: "是否修改", Width: 80},
		ui.TableColumn{Key: "price", Title: "每人价格，元", Width: 108, Right: true},
	)
	p.table.Count = func() int { return len(p.plans) }
	p.table.Key = func(row int) int64 { return p.plans[row].ID }
	p.table.Cell = p.cell
	p.table.OnOpen = func(row int) { p.edit(p.plans[row]) }
	add := ui.NewFilledButton("添加培训计划", "plus", func() { p.edit(data.Plan{Publisher: "北京市", Measure: "学时", Target: 30_00}) })
	head := ui.NewPageHead(ui.NewText("平台上发布的培训计划。往年的计划仍可缴费；点一行可以修改，也可以填上每人价格。", theme.Text), add)
	p.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(p.table)))
	return p
}

// Content is part of desk.Screen.
func (p *Screen) Content() fyne.CanvasObject { return p.content }

// Enter is part of desk.Screen.
func (p *Screen) Enter(any) { p.load() }

// Changed is part of desk.Screen.
func (p *Screen) Changed(event app.Event) {
	if event == app.PlansChanged {
		p.load()
	}
}

func (p *Screen) load() {
	desk.Load(p.desk, &p.loading, p.service.Plans, func(plans []data.Plan) {
		p.plans = plans
		p.table.Refresh()
	})
}

func (p *Screen) cell(row, column int) ui.Cell {
	plan := p.plans[row]
	price := "未定"
	if plan.Price > 0 {
		price = plan.Price.String()
	}
	modifiable := "否"
	if plan.Modifiable {
		modifiable = "是"
	}
	texts := []string{plan.Number, plan.Name, plan.Publisher, plan.Measure, plan.Target.String(), strconv.Itoa(plan.Year),
		string(plan.StartsAt.Date()), string(plan.EndsAt.Date()), modifiable, price}
	cell := ui.Cell{Text: texts[column]}
	if price == "未定" && column == len(texts)-1 {
		cell.Role = theme.Secondary
	}
	return cell
}

// planForm holds the fields of a plan that is being edited.
type planForm struct {
	form                                         *ui.Form
	number, name, publisher, target, year, price *ui.Field
	starts, ends                                 *ui.DateField
	modifiable                                   *ui.Segments
}

func (p *Screen) edit(plan data.Plan) {
	f := newPlanForm(plan)
	title := "添加培训计划"
	if plan.ID != 0 {
		title = "修改培训计划"
	}
	dialog := ui.NewDialog(p.desk.Window, title)
	dialog.Width = 640
	dialog.Body = ui.Pad(10, 0, 0, 0, f.form)
	dialog.SetDefault("保存", func() bool {
		edited, problems := f.read(plan)
		f.form.SetProblems(problems)
		if f.form.FocusFirstProblem() {
			return false
		}
		var failure error
		p.desk.Do(func(ctx context.Context) error {
			_, failure = p.service.SavePlan(ctx, edited)
			return nil
		}, func() {
			problem, known := data.AsProblem(failure)
			switch {
			case failure == nil:
				dialog.Hide()
				p.desk.Toast("培训计划已保存。")
			case known && f.form.Row(problem.Where.Field) != nil:
				f.form.SetProblems(map[string]string{problem.Where.Field: problem.Error()})
				f.form.FocusFirstProblem()
			default:
				p.desk.Fail(failure)
			}
		})
		return false
	})
	dialog.Show()
}

func newPlanForm(plan data.Plan) *planForm {
	f := &planForm{number: ui.NewField("照平台填写，17 位数字"), name: ui.NewField(""), publisher: ui.NewField(""), target: ui.NewField("30.00"),
		year: ui.NewField("例如 2022"), price: ui.NewField("还不知道可以不填"), starts: ui.NewDateTimeField(""), ends: ui.NewDateTimeField(""), modifiable: ui.NewSegments("否", "是")}
	f.number.SetText(plan.Number)
	f.name.SetText(plan.Name)
	f.publisher.SetText(plan.Publisher)
	f.target.SetText(plan.Target.String())
	if plan.Year != 0 {
		f.year.SetText(strconv.Itoa(plan.Year))
	}
	if plan.Price > 0 {
		f.price.SetText(plan.Price.Plain())
	}
	f.starts.SetText(string(plan.StartsAt))
	f.ends.SetText(string(plan.EndsAt))
	if plan.Modifiable {
		f.modifiable.SetSelected(1)
	}
	f.form = ui.NewForm(
		ui.NewRequiredRow("number", "计划编号", f.number), ui.NewRequiredRow("name", "培训计划名称", f.name),
		ui.NewFormRow("publisher", "发布单位", f.publisher), ui.NewRequiredRow("target", "考核值", f.target),
		ui.NewRequiredRow("year", "所属年份", f.year), ui.NewRequiredRow("starts_at", "开始时间", f.starts), ui.NewRequiredRow("ends_at", "结束时间", f.ends),
		ui.NewFormRow("modifiable", "是否修改", ui.Row(0, f.modifiable)),
		ui.NewFormRow("price", "每人价格", f.price).WithHint("平台没有公布价格；填了以后，缴费和充值时会按人数核对金额。"))
	return f
}

// read gives the plan as typed and what is wrong with it, by field.
func (f *planForm) read(plan data.Plan) (data.Plan, map[string]string) {
	problems := map[string]string{}
	note := func(key string, err error) {
		if problem, ok := data.AsProblem(err); ok {
			problems[key] = problem.Error()
		}
	}
	var err error
	plan.Number, plan.Name, plan.Publisher = data.CleanText(f.number.Text()), data.CleanText(f.name.Text()), data.CleanText(f.publisher.Text())
	plan.Modifiable = f.modifiable.Selected() == 1
	plan.Target, err = data.ParseHours(f.target.Text())
	note("target", err)
	if plan.Year, err = strconv.Atoi(data.CleanText(f.year.Text())); err != nil || plan.Year < 2000 || plan.Year > 2100 {
		problems["year"] = fmt.Sprintf("“%s”不是年份，请填写四位数字，例如 2022。", f.year.Text())
	}
	plan.StartsAt, err = data.ParseMoment(f.starts.Text())
	note("starts_at", err)
	plan.EndsAt, err = data.ParseMoment(f.ends.Text())
	note("ends_at", err)
	plan.Price = 0
	if f.price.Text() != "" {
		plan.Price, err = data.ParseMoney(f.price.Text())
		note("price", err)
	}
	return plan, problems
}

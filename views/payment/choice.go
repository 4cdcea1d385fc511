package payment

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// choice is the first page: which plan is paid for, and the drafts to go on with.
type choice struct {
	screen   *Screen
	content  *fyne.Container
	sentence *ui.Text
	begin    *ui.Button
	name     *ui.Field
	year     *ui.Select
	table    *ui.SimpleTable
	drafts   *ui.DataTable
	below    *fyne.Container

	plans, shown []data.Plan
	rows         []data.OrderRow
	loads        desk.Sequence
}

func newChoice(s *Screen) *choice {
	c := &choice{screen: s, sentence: ui.NewText("", theme.Secondary)}
	c.sentence.Elide = true
	c.begin = ui.NewFilledButton("上传凭证", "upload", func() { s.start(desk.BeginPayment{Plan: c.planInForce(), Mode: data.PayFirst}) })
	c.name = ui.NewSearchField("培训计划名称或编号", 280)
	c.name.OnChanged = func(string) { c.filter() }
	c.name.OnSubmitted = func(string) { c.filter() }
	c.year = ui.NewSelect("所属年份")
	c.year.Width = 132
	c.year.OnChanged = func(string) { c.filter() }
	c.buildPlans()
	c.buildDrafts()
	title := ui.Fixed(48, ui.Pad(16, 8, 16, 0, ui.Row(8, ui.NewSection("还没有提交的订单"), ui.Space())))
	c.below = ui.Column(0, title, ui.NewLine(), ui.Grow(c.drafts))
	c.content = ui.Ground(theme.Surface, ui.Column(0,
		ui.NewPageHead(c.sentence, c.begin),
		ui.NewFilterBar(c.name, c.year, ui.NewButton("查询", "search", c.filter)),
		c.table, ui.NewLine(), ui.Grow(c.below)))
	return c
}

func (c *choice) buildPlans() {
	c.table = ui.NewSimpleTable(
		ui.TableColumn{Key: "number", Title: "计划编号", Width: 160}, ui.TableColumn{Key: "name", Title: "培训计划名称"},
		ui.TableColumn{Key: "publisher", Title: "发布单位", Width: 74}, ui.TableColumn{Key: "measure", Title: "考核标准", Width: 74},
		ui.TableColumn{Key: "target", Title: "考核值", Width: 60, Right: true}, ui.TableColumn{Key: "year", Title: "所属年份", Width: 74},
		ui.TableColumn{Key: "starts", Title: "开始时间", Width: 94}, ui.TableColumn{Key: "ends", Title: "结束时间", Width: 94},
		ui.TableColumn{Key: "modifiable", Title: "是否修改", Width: 74}, ui.TableColumn{Key: "upload", Title: "操作", Width: 84})
	c.table.Empty = ui.Pad(16, 24, 16, 24, ui.NewText("没有这样的培训计划。可以换个名称，或在“培训管理”里添加。", theme.Secondary))
	c.table.Count = func() int { return len(c.shown) }
	c.table.Key = func(row int) int64 { return c.shown[row].ID }
	c.table.Cell = func(row, column int) ui.Cell { return planCell(c.shown[row], c.table.Columns[column].Key) }
	c.table.OnOpen = func(row int) { c.screen.start(desk.BeginPayment{Plan: c.shown[row], Mode: data.PayFirst}) }
	c.table.OnCell = func(row int, _ string) { c.screen.start(desk.BeginPayment{Plan: c.shown[row], Mode: data.PayFirst}) }
}

func planCell(plan data.Plan, key string) ui.Cell {
	switch key {
	case "number":
		return ui.Cell{Text: plan.Number}
	case "name":
		return ui.Cell{Text: plan.Name, Middle: true}
	case "publisher":
		return ui.Cell{Text: plan.Publisher}
	case "measure":
		return ui.Cell{Text: plan.Measure}
	case "target":
		return ui.Cell{Text: plan.Target.String()}
	case "year":
		return ui.Cell{Text: strconv.Itoa(plan.Year)}
	case "starts":
		return ui.Cell{Text: shortMoment(plan.StartsAt)}
	case "ends":
		return ui.Cell{Text: shortMoment(plan.EndsAt)}
	case "modifiable":
		if plan.Modifiable {
			return ui.Cell{Text: "是"}
		}
		return ui.Cell{Text: "否"}
	}
	return ui.Cell{Text: "上传凭证", Link: true}
}

// shortMoment leaves out the time of a whole day's beginning or end.
func shortMoment(m data.Moment) string {
	if clock := clockOf(m); clock == "00:00:00" || clock == "23:59:59" {
		return string(m.Date())
	}
	return string(m)
}

func (c *choice) buildDrafts() {
	c.drafts = ui.NewDataTable(
		ui.TableColumn{Key: "number", Title: "订单号", Width: 140, Strong: true}, ui.TableColumn{Key: "organizations", Title: "缴费组织"},
		ui.TableColumn{Key: "plan", Title: "培训计划名称", Width: 260}, ui.TableColumn{Key: "total", Title: "缴费总金额", Width: 120, Right: true},
		ui.TableColumn{Key: "state", Title: "审核状态", Width: 92}, ui.TableColumn{Key: "created", Title: "新建时间", Width: 172},
		ui.TableColumn{Key: "go", Title: "操作", Width: 104})
	c.drafts.Count = func() int { return len(c.rows) }
	c.drafts.Key = func(row int) int64 { return c.rows[row].ID }
	c.drafts.Cell = func(row, column int) ui.Cell { return draftCell(c.rows[row], c.drafts.Columns[column].Key) }
	c.drafts.OnOpen = func(row int) { c.screen.open(c.rows[row].ID, lackingStep, "") }
	c.drafts.OnCell = func(row int, _ string) { c.screen.open(c.rows[row].ID, lackingStep, "") }
}

func draftCell(row data.OrderRow, key string) ui.Cell {
	switch key {
	case "number":
		return ui.Cell{Text: row.Number}
	case "organizations":
		if row.Organizations == "" {
			return ui.Cell{Text: "还没有选择", Role: theme.Secondary}
		}
		return ui.Cell{Text: row.Organizations}
	case "plan":
		return ui.Cell{Text: row.PlanName, Middle: true}
	case "total":
		return ui.Cell{Text: row.Total.String()}
	case "state":
		return ui.Cell{Text: string(row.Review), Tone: ui.ToneNeutral}
	case "created":
		return ui.Cell{Text: string(row.CreatedAt)}
	}
	return ui.Cell{Text: "继续填写", Link: true}
}

func (c *choice) planInForce() data.Plan {
	if c.screen.desk.Plan == nil {
		return data.Plan{}
	}
	return c.screen.desk.Plan()
}

// reload reads plans and drafts again.
func (c *choice) reload() {
	type found struct {
		plans []data.Plan
		rows  []data.OrderRow
	}
	desk.Load(c.screen.desk, &c.loads, func(ctx context.Context) (found, error) {
		var f found
		var err error
		if f.plans, err = c.screen.service.Plans(ctx); err != nil {
			return f, err
		}
		for _, state := range []data.ReviewState{data.ReviewDraft, data.ReviewReady} {
			ids, err := c.screen.service.OrderIDs(ctx, data.OrderQuery{Review: state})
			if err != nil {
				return f, err
			}
			rows, err := c.screen.service.OrderRows(ctx, ids)
			if err != nil {
				return f, err
			}
			f.rows = append(f.rows, rows...)
		}
		return f, nil
	}, func(f found) {
		c.plans, c.rows = f.plans, f.rows
		c.show()
	})
}

func (c *choice) show() {
	years := []ui.Option{{Key: "", Text: "全部年份"}}
	for _, plan := range c.plans {
		year := strconv.Itoa(plan.Year)
		if !slices.ContainsFunc(years, func(o ui.Option) bool { return o.Key == year }) {
			years = append(years, ui.Option{Key: year, Text: year + "年"})
		}
	}
	c.year.SetOptions(years...)
	c.below.Hidden = len(c.rows) == 0
	text := "选择培训计划，点“上传凭证”。"
	if len(c.rows) > 0 {
		text += fmt.Sprintf("还有 %d 个订单没有提交，可以继续填写。", len(c.rows))
	}
	c.sentence.SetText(text)
	plan := c.planInForce()
	c.begin.Hidden = plan.ID == 0
	c.begin.SetLabel(fmt.Sprintf("为%d年计划上传凭证", plan.Year))
	c.drafts.Refresh()
	c.filter()
}

func (c *choice) filter() {
	c.shown = nil
	text := strings.TrimSpace(c.name.Text())
	for _, plan := range c.plans {
		if c.year.Key() != "" && c.year.Key() != strconv.Itoa(plan.Year) {
			continue
		}
		if strings.Contains(plan.Name, text) || strings.Contains(plan.Number, text) {
			c.shown = append(c.shown, plan)
		}
	}
	c.table.Refresh()
	c.content.Refresh()
}

package reconcile

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

// differenceRow holds two lines: what disagrees, and what to do about it; in px.
const differenceRow float32 = 48

// The tabs of 对账差异.
const (
	tabOpen = iota
	tabKept
	tabEvery
)

// Differences is 对账差异: every place where the five books disagree, with the way to the place where it is mended.
type Differences struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	nothing *fyne.Container

	sentence *ui.Text
	tabs     *ui.Segments
	class    *ui.Select
	period   *ui.Select
	table    *ui.DataTable
	total    *ui.Text

	found app.Reconciliation
	rows  []data.Difference
	loads desk.Sequence
	shown bool
}

// NewDifferences makes the page.
func NewDifferences(d *desk.Desk, s service) *Differences {
	p := &Differences{desk: d, service: s, nothing: ui.Stack(), sentence: ui.NewText("", theme.Text), total: ui.NewText("", theme.Secondary)}
	p.sentence.Elide = true
	p.tabs = ui.NewSegments("待处理", "已保留", "全部")
	p.tabs.OnChanged = func(int) { p.show() }
	p.class, p.period = ui.NewSelect("全部种类"), ui.NewSelect("全部月份")
	p.class.Width, p.period.Width, p.period.Icon = 212, 136, "calendar"
	p.class.OnChanged = func(string) { p.show() }
	p.period.OnChanged = func(string) { p.show() }
	p.buildTable()
	head := ui.NewPageHead(p.sentence, ui.NewButton("打印对账单", "printer", func() { printPaper(d, s, data.Month(p.period.Key())) }),
		ui.NewButton("月结", "calendar", func() { d.Go(desk.MonthEnd, nil) }))
	p.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.NewFilterBar(p.tabs, p.class, p.period), ui.Grow(p.table), ui.NewFooter(ui.Wide(p.total))))
	return p
}

// Content is part of desk.Screen.
func (p *Differences) Content() fyne.CanvasObject { return p.content }

// Enter shows the page; a data.DifferenceClass or data.Month filters it.
func (p *Differences) Enter(argument any) {
	switch v := argument.(type) {
	case data.DifferenceClass:
		p.period.SetKey("")
		p.tabs.SetSelected(tabOpen)
		p.loadChoices()
		p.class.SetKey(string(v))
	case data.Month:
		p.class.SetKey("")
		p.tabs.SetSelected(tabEvery)
		p.period.SetOptions(ui.Option{Key: string(v), Text: v.Words()})
		p.period.SetKey(string(v))
	}
	p.shown = true
	p.reload()
}

// Leave is part of desk.Leaver.
func (p *Differences) Leave(proceed func()) {
	p.shown = false
	proceed()
}

// Changed is part of desk.Screen: nearly everything can make or mend a difference.
func (p *Differences) Changed(event app.Event) {
	if p.shown && (event == app.StatementsChanged || event == app.OrdersChanged || event == app.LedgerChanged || event == app.TraineesChanged) {
		p.desk.OnScreen(p.reload)
	}
}

func (p *Differences) reload() {
	desk.Load(p.desk, &p.loads, p.service.Reconcile, func(found app.Reconciliation) {
		p.found = found
		p.loadChoices()
		p.show()
	})
}

// loadChoices offers the classes and months that there are.
func (p *Differences) loadChoices() {
	class, period := p.class.Key(), p.period.Key()
	counts := map[data.DifferenceClass]int{}
	months := []ui.Option{{Key: "", Text: "全部月份"}}
	seen := map[data.Month]bool{}
	for _, d := range p.found.Differences {
		counts[d.Class]++
		if d.Month != "" && !seen[d.Month] {
			seen[d.Month] = true
			months = append(months, ui.Option{Key: string(d.Month), Text: d.Month.Words()})
		}
	}
	classes := []ui.Option{{Key: "", Text: "全部种类"}}
	for _, class := range data.DifferenceClasses {
		classes = append(classes, ui.Option{Key: string(class), Text: string(class), Note: desk.Thousands(counts[class])})
	}
	if period != "" && !seen[data.Month(period)] {
		months = append(months, ui.Option{Key: period, Text: data.Month(period).Words()})
	}
	p.class.SetOptions(classes...)
	p.class.SetKey(class)
	p.period.SetOptions(months...)
	p.period.SetKey(period)
}

// show applies the filters.
func (p *Differences) show() {
	open, kept := 0, 0
	p.rows = nil
	for _, d := range p.found.Differences {
		if class := p.class.Key(); class != "" && class != string(d.Class) {
			continue
		}
		if month := p.period.Key(); month != "" && month != string(d.Month) {
			continue
		}
		tab := tabKept
		if d.Accepted == "" {
			tab = tabOpen
			open++
		} else {
			kept++
		}
		if p.tabs.Selected() == tab || p.tabs.Selected() == tabEvery {
			p.rows = append(p.rows, d)
		}
	}
	p.tabs.SetLabels(fmt.Sprintf("待处理 %d", open), fmt.Sprintf("已保留 %d", kept), fmt.Sprintf("全部 %d", open+kept))
	p.sentence.SetText("银行流水、订单、学习卡批次、充值、发票五本账对不上的地方。逐项处理，或写明保留的原因。")
	p.total.SetText(fmt.Sprintf("共 %d 处差异，%d 处待处理，%d 处已写明原因", open+kept, open, kept))
	p.nothing.Objects = []fyne.CanvasObject{p.empty()}
	p.nothing.Refresh()
	p.table.Refresh()
	p.content.Refresh()
}

func (p *Differences) empty() fyne.CanvasObject {
	switch {
	case len(p.found.Books.Lines) == 0:
		return ui.NewEmptyState("scale", "还没有导入银行流水", "导入流水以后，这里列出五本账对不上的地方。", []fyne.CanvasObject{ui.NewButton("导入银行流水", "upload", func() { p.desk.Go(desk.BringIn, nil) })}, nil, "")
	case len(p.found.Differences) == 0:
		return ui.NewEmptyState("circle-check", "五本账都对得上", "银行流水、订单、批次、充值和发票之间没有差异。", nil, nil, "")
	}
	return ui.NewEmptyState("circle-check", "这里没有差异", "换一个种类或月份，或看“已保留”。", nil, nil, "")
}

func (p *Differences) buildTable() {
	p.table = ui.NewDataTable(
		ui.TableColumn{Key: "class", Title: "差异", Width: 196, Narrow: 164},
		ui.TableColumn{Key: "what", Title: "是什么，怎么办"},
		ui.TableColumn{Key: "one", Title: "一方", Width: 108, Narrow: 92, Right: true},
		ui.TableColumn{Key: "other", Title: "另一方", Width: 108, Narrow: 92, Right: true},
		ui.TableColumn{Key: "mend", Title: "处理", Width: 104},
		ui.TableColumn{Key: "accept", Title: "", Width: 96},
	)
	p.table.RowHeight, p.table.Empty = differenceRow, p.nothing
	p.table.Count = func() int { return len(p.rows) }
	p.table.Key = func(row int) int64 { return int64(row) }
	p.table.Cell = func(row, column int) ui.Cell { return p.cell(p.rows[row], p.table.Columns[column].Key) }
	p.table.OnOpen = func(row int) { p.explain(p.rows[row]) }
	p.table.OnCell = func(row int, key string) {
		if key == "mend" {
			p.mend(p.rows[row])
			return
		}
		p.decide(p.rows[row])
	}
	p.table.OnKey = func(row int, _ string, key fyne.KeyName) bool {
		if key != fyne.KeySpace || row < 0 || row >= len(p.rows) {
			return false
		}
		p.decide(p.rows[row])
		return true
	}
}

func (p *Differences) cell(d data.Difference, key string) ui.Cell {
	switch key {
	case "class":
		tone := classTone(d.Class)
		if d.Accepted != "" {
			tone = ui.ToneNeutral
		}
		return ui.Cell{Text: string(d.Class), Tone: tone}
	case "what":
		note := d.Fix
		if d.Accepted != "" {
			note = "保留，原因：" + d.Accepted
		}
		return ui.Cell{Text: d.Explanation, Note: note}
	case "one":
		return moneyCell(d.One)
	case "other":
		if d.Class.Compares() {
			return ui.Cell{Text: d.Other.String()}
		}
		return moneyCell(d.Other)
	case "mend":
		return ui.Cell{Text: p.placeOf(d).word, Link: true}
	}
	if d.Accepted != "" {
		return ui.Cell{Text: "取消保留", Link: true}
	}
	return ui.Cell{Text: "写明原因", Link: true}
}

func moneyCell(amount data.Money) ui.Cell {
	if amount == 0 {
		return ui.Cell{Text: "–", Role: theme.Secondary}
	}
	return ui.Cell{Text: amount.String()}
}

// place is where a difference is mended.
type place struct {
	word     string
	page     desk.Page
	argument any
}

// placeOf says where a difference is mended: at the bank's line, the order or the recharges.
func (p *Differences) placeOf(d data.Difference) place {
	switch d.Class {
	case data.PaidWithoutOrder, data.AmountDiffers:
		return place{"查看流水", desk.Statements, d.LineID}
	case data.RechargedTooMuch, data.RechargedDisabled:
		return place{"查看充值", desk.Ledger, data.RechargeQuery{BatchID: d.BatchID}}
	}
	if d.OrderID != 0 {
		return place{"查看订单", desk.OrderDetails, d.OrderID}
	}
	return place{"查看流水", desk.Statements, d.LineID}
}

func (p *Differences) mend(d data.Difference) {
	where := p.placeOf(d)
	p.desk.Go(where.page, where.argument)
}

// explain shows a difference whole.
func (p *Differences) explain(d data.Difference) {
	dialog := ui.NewDialog(p.desk.Window, string(d.Class))
	dialog.Text = d.Explanation + "\n" + d.Fix
	if d.Accepted != "" {
		dialog.Text += "\n保留的原因：" + d.Accepted
	}
	dialog.Width = 520
	word := "写明原因…"
	if d.Accepted != "" {
		word = "取消保留"
	}
	dialog.CancelLabel = "关闭"
	dialog.AddButton(word, func() { dialog.Hide(); p.decide(d) })
	dialog.SetDefault(p.placeOf(d).word, func() bool { p.mend(d); return true })
	dialog.Show()
}

// decide lets a difference stand for a reason, or takes that back.
func (p *Differences) decide(d data.Difference) {
	if d.Accepted != "" {
		p.desk.Do(func(ctx context.Context) error { return p.service.ReopenDifference(ctx, d) }, func() {
			ui.ShowToast(p.desk.Window, ui.Toast{Text: "已取消保留，这处差异重新等待处理。", Action: "撤销", OnAction: func() { p.accept(d, d.Accepted) }})
		})
		return
	}
	reason := ui.NewTextArea("例如：上年已付，本年不再付款", 3)
	form := ui.NewForm(ui.NewRequiredRow("reason", "原因", reason).WithHint("写进操作日志和对账单，不要写证件号。"))
	form.LabelWidth = 56
	var typed string
	p.desk.Ask(desk.Question{Title: "保留这处差异", Text: d.Explanation + "金额再有变化时，会重新列为待处理。", Verb: "保留", Form: form,
		Read: func() { typed = reason.Text() },
		Do:   func(ctx context.Context) error { return p.service.AcceptDifference(ctx, d, typed) },
		Done: func() { p.toldAccepted(d) }})
}

func (p *Differences) accept(d data.Difference, reason string) {
	p.desk.Do(func(ctx context.Context) error { return p.service.AcceptDifference(ctx, d, reason) }, func() { p.toldAccepted(d) })
}

func (p *Differences) toldAccepted(d data.Difference) {
	undo := func() {
		p.desk.Do(func(ctx context.Context) error { return p.service.ReopenDifference(ctx, d) }, func() { p.desk.Toast("已撤销。") })
	}
	ui.ShowToast(p.desk.Window, ui.Toast{Text: "已写明原因，保留这处差异。", Action: "撤销", OnAction: undo})
}

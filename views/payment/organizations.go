package payment

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the step 选择机构与金额, in px.
const (
	organizationsForm float32 = 720
	transferLabel     float32 = 102
	peopleColumn      float32 = 72
	priceColumn       float32 = 88
	amountColumn      float32 = 160
	hintColumn        float32 = 300
)

var modes = []data.PaymentMode{data.PayFirst, data.InvoiceFirst, data.PayOnline}

var modeHints = map[data.PaymentMode]string{
	data.PayFirst:     "先转账并上传凭证，审核通过后开票。",
	data.InvoiceFirst: "先填发票信息，连同金额发到 " + data.InvoiceRequestAddress + "，收到发票后再转账、上传凭证、提交。",
	data.PayOnline:    "在线支付不用上传凭证，只填交易号，提交后马上可以充值。",
}

// organizationsStep is the first step: who pays, how much, in which mode.
type organizationsStep struct {
	wizard *wizard
	page   fyne.CanvasObject
	form   *ui.Form
	plan   *ui.ReadOnly
	mode   *ui.Segments
	picker *ui.Picker
	byHead *ui.Button
	lines  *fyne.Container
	rows   []*amountRow
	count  *ui.ElidedText
	words  *ui.Text
	total  *ui.Text
	paper  *ui.Button

	tree   data.OrganizationTree
	people map[int64]int // whom each organisation pays for now
	price  data.Money
	loads  desk.Sequence
}

func newOrganizationsStep(w *wizard) *organizationsStep {
	o := &organizationsStep{wizard: w, plan: ui.NewReadOnly(""), lines: ui.Column(0)}
	o.mode = ui.NewSegments(modeWords()...)
	o.mode.OnChanged = func(index int) { w.setMode(modes[index]) }
	o.picker = ui.NewPicker("输入机构名称查找，可以选多个")
	o.picker.Multiple = true
	o.picker.OnChanged = o.choose
	o.form = ui.NewForm(ui.NewFormRow("plan", "培训计划名称", o.plan), ui.NewFormRow("mode", "缴费模式", ui.Row(0, o.mode)),
		ui.NewRequiredRow(fieldLines, "组织机构", o.picker))
	o.form.LabelWidth = transferLabel
	o.form.OnLeave = w.leave
	o.byHead = ui.NewSmallButton("都按人数 × 单价填写", "", o.fillByHead)
	o.paper = ui.NewButton("付款申请单", "printer", w.printRequest)
	o.paper.Tip = "打印给财务的付款申请：收款账户、金额大小写、转账附言"
	o.count, o.words, o.total = ui.NewElidedText("", theme.Secondary), ui.NewText("", theme.Secondary), ui.NewTitle("0.00")
	head := ui.Fixed(36, ui.Ground(theme.Header, ui.Pad(16, 0, 16, 0, o.columns(ui.NewBold("缴费组织"), rightBold("人数"), rightBold("单价"),
		rightBold("购买学习卡金额"), ui.Row(8, ui.Space(), o.byHead)))))
	sums := ui.Row(12, ui.NewBold("缴费总金额"), ui.Wide(o.count), o.words, o.total, ui.NewText("元", theme.Text), o.paper)
	foot := ui.Column(0, ui.NewLine(), ui.Fixed(48, ui.Pad(16, 0, 16, 0, sums)))
	o.page = ui.Column(0, ui.Pad(16, 12, 16, 16, ui.Row(0, ui.Fixed(organizationsForm, o.form))), ui.NewLine(), head, ui.Grow(ui.NewScroll(o.lines)), foot)
	return o
}

func modeWords() []string {
	words := make([]string, len(modes))
	for i, mode := range modes {
		words[i] = string(mode)
	}
	return words
}

func rightBold(text string) *ui.Text {
	t := ui.NewBold(text)
	t.Align = fyne.TextAlignTrailing
	return t
}

// columns lays one line of the list out; header and rows share it.
func (o *organizationsStep) columns(name, people, price, amount, rest fyne.CanvasObject) fyne.CanvasObject {
	return ui.Row(16, ui.Wide(name), ui.Fixed(peopleColumn, people), ui.Fixed(priceColumn, price), ui.Fixed(amountColumn, amount), ui.Fixed(hintColumn, rest))
}

func (o *organizationsStep) content() fyne.CanvasObject { return o.page }

// reload reads the organisations and the plan's price.
func (o *organizationsStep) reload() {
	type found struct {
		tree   data.OrganizationTree
		people map[int64]int
		price  data.Money
	}
	service, planID := o.wizard.screen.service, o.wizard.order().PlanID
	desk.Load(o.wizard.screen.desk, &o.loads, func(ctx context.Context) (found, error) {
		var f found
		plans, err := service.Plans(ctx)
		if err != nil {
			return f, err
		}
		for _, plan := range plans {
			if plan.ID == planID {
				f.price = plan.Price
			}
		}
		if f.tree, err = service.Organizations(ctx); err == nil {
			f.people, err = service.PaidPeople(ctx)
		}
		return f, err
	}, func(f found) {
		o.tree, o.people, o.price = f.tree, f.people, f.price
		o.picker.SetOptions(o.options()...)
		o.fill()
	})
}

func (o *organizationsStep) options() []ui.Option {
	var options []ui.Option
	for _, organization := range o.tree.List() {
		option := ui.Option{Key: strconv.FormatInt(organization.ID, 10), Text: organization.Name, Indent: organization.Depth, Search: []string{organization.Path}}
		if people := o.people[organization.ID]; people > 0 {
			option.Note = fmt.Sprintf("%s 人", desk.Thousands(people))
		}
		options = append(options, option)
	}
	return options
}

func (o *organizationsStep) fill() {
	order := o.wizard.order()
	o.plan.SetText(order.PlanName)
	for i, mode := range modes {
		if mode == order.Mode {
			o.mode.SetSelected(i)
		}
	}
	o.form.Row("mode").SetHint(modeHints[order.Mode])
	keys := make([]string, len(order.Lines))
	for i, line := range order.Lines {
		keys[i] = strconv.FormatInt(line.OrganizationID, 10)
	}
	o.picker.SetKeys(keys...)
	o.byHead.Hidden = o.price == 0
	o.showRows()
}

// choose takes what was ticked in the picker. An organisation that is ticked again gets its amount back.
func (o *organizationsStep) choose(keys []string) {
	order := o.wizard.order()
	known := map[int64]data.OrderLine{}
	for _, line := range order.Lines {
		known[line.OrganizationID] = line
	}
	order.Lines = nil
	for _, key := range keys {
		id, _ := strconv.ParseInt(key, 10, 64)
		line, chosen := known[id]
		if !chosen {
			organization, _ := o.tree.Get(id)
			line = data.OrderLine{OrganizationID: id, OrganizationPath: organization.Path, People: o.people[id]}
			line.Amount, _ = data.ParseMoney(o.wizard.typed[id])
		}
		order.Lines = append(order.Lines, line)
	}
	if paid := o.wizard.paid; paid > 0 && len(order.Lines) == 1 && o.wizard.typed[order.Lines[0].OrganizationID] == "" {
		order.Lines[0].Amount = paid // who paid for one organisation paid it all for that
		o.wizard.typed[order.Lines[0].OrganizationID] = paid.String()
	}
	o.showRows()
	o.wizard.changed()
}

func (o *organizationsStep) remove(id int64) {
	var keys []string
	for _, line := range o.wizard.order().Lines {
		if line.OrganizationID != id {
			keys = append(keys, strconv.FormatInt(line.OrganizationID, 10))
		}
	}
	o.picker.SetKeys(keys...)
	o.choose(keys)
}

// countPeople counts anew whom a line pays for.
func (o *organizationsStep) countPeople(id int64) {
	order := o.wizard.order()
	for i := range order.Lines {
		if order.Lines[i].OrganizationID == id {
			order.Lines[i].People = o.people[id]
		}
	}
	o.wizard.changed()
	o.showTotals()
}

// fillByHead fills every amount with people × price.
func (o *organizationsStep) fillByHead() {
	order := o.wizard.order()
	for i, line := range order.Lines {
		order.Lines[i].Amount = o.price * data.Money(line.People)
		o.wizard.typed[line.OrganizationID] = order.Lines[i].Amount.String()
	}
	o.wizard.changed()
	o.showRows()
}

func (o *organizationsStep) showTotals() {
	order := o.wizard.order()
	for _, row := range o.rows {
		row.show()
	}
	o.count.SetText(o.paidFirst(*order) + o.comparison(*order))
	o.words.SetText("")
	if total := order.Total(); total > 0 {
		o.words.SetText(total.Capitals())
	}
	o.total.SetText(order.Total().String())
}

// paidFirst says what the bank line took from which the order was begun, and how the order differs from it.
func (o *organizationsStep) paidFirst(order data.Order) string {
	paid := o.wizard.paid
	if paid == 0 {
		return ""
	}
	if order.Total() == 0 {
		return "银行流水付了 " + paid.String() + "。"
	}
	return "银行流水付了 " + paid.String() + difference(order.Total(), paid) + "。"
}

// comparison says whom the order pays for and what people × price would be.
func (o *organizationsStep) comparison(order data.Order) string {
	text := fmt.Sprintf("%d 个机构 %s 人", len(order.Lines), desk.Thousands(order.People()))
	if o.price == 0 || len(order.Lines) == 0 {
		return text
	}
	expected := o.price * data.Money(order.People())
	return text + fmt.Sprintf(" × %s = %s%s", o.price, expected, difference(order.Total(), expected))
}

// difference says how an amount differs from what was expected: "" where it does not.
func difference(amount, expected data.Money) string {
	switch {
	case amount > expected:
		return "，多 " + (amount - expected).String()
	case amount < expected:
		return "，少 " + (expected - amount).String()
	}
	return ""
}

func (o *organizationsStep) show(gaps []gap, problems map[string]string) {
	o.form.SetProblems(problems)
	for _, row := range o.rows {
		row.problem, row.doubt = problems[amountKey(row.id)], doubtOf(gaps, amountKey(row.id))
	}
	o.paper.SetDisabled(len(errorsIn(gaps, stepOrganizations)) > 0)
	o.showTotals()
	o.lines.Refresh()
}

// doubtOf gives the warning that a line's people are counted in another line too. That an amount differs stands beside it already.
func doubtOf(gaps []gap, key string) string {
	for _, one := range gaps {
		if one.key == key && one.code == data.LineInside {
			return one.text()
		}
	}
	return ""
}

func (o *organizationsStep) focus(key string) {
	for _, row := range o.rows {
		if amountKey(row.id) == key {
			row.field.Focus()
			return
		}
	}
	o.form.FocusField(key)
}

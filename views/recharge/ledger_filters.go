package recharge

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// ledgerMonths is how many months back the ledger can be filtered by.
const ledgerMonths = 24

// ledgerFilters are the conditions of 充值明细.
type ledgerFilters struct {
	content               fyne.CanvasObject
	text                  *ui.Field
	plan, state, month    *ui.Select
	organizations, payers *ui.Picker
	from, to              *ui.DateField
	changed               func()
	only                  data.RechargeQuery // an order, batch, run or trainee that another screen asked for
}

func newLedgerFilters(now data.Moment, changed func()) *ledgerFilters {
	f := &ledgerFilters{changed: changed}
	f.text = ui.NewSearchField("姓名、批次、订单", 176)
	f.text.OnChanged = func(string) { changed() }
	f.plan, f.state, f.month = f.choice("培训计划", 112), f.choice("状态", 112), f.choice("月份", 112)
	f.state.SetOptions(stateOptions()...)
	f.month.SetOptions(monthOptions(now)...)
	f.month.OnChanged = f.pickMonth
	f.organizations, f.payers = f.picker("组织机构", 152), f.picker("缴费机构", 120)
	f.from, f.to = f.day("开始日期"), f.day("结束日期")
	clear := ui.NewLink("清除条件", func() { f.clear(); changed() })
	days := ui.Row(8, f.month, f.from, ui.NewText("–", theme.Secondary), f.to, ui.Gap(4), clear)
	f.content = ui.Ground(theme.Surface, ui.Column(0, ui.Pad(16, 6, 16, 6, ui.WrapRow(8, 6, f.text, f.plan, f.state, f.organizations, f.payers, days)), ui.NewLine()))
	return f
}

func (f *ledgerFilters) choice(placeholder string, width float32) *ui.Select {
	choice := ui.NewSelect(placeholder)
	choice.Width = width
	choice.OnChanged = func(string) { f.changed() }
	return choice
}

func (f *ledgerFilters) picker(placeholder string, width float32) *ui.Picker {
	picker := ui.NewPicker(placeholder)
	picker.Multiple, picker.Clearable, picker.Width = true, true, width
	picker.OnChanged = func([]string) { f.changed() }
	return picker
}

func (f *ledgerFilters) day(placeholder string) *ui.DateField {
	field := ui.NewDateField(placeholder)
	field.Width = 128
	field.OnChanged = func(text string) {
		_, ok := readDay(text)
		field.SetBad(!ok)
		f.month.SetKey("")
		if ok {
			f.changed()
		}
	}
	return field
}

// readDay reads a filter's day: "" where there is none.
func readDay(text string) (day data.Date, ok bool) {
	if strings.TrimSpace(text) == "" {
		return "", true
	}
	day, err := data.ParseDate(data.SourceCell{Text: text, Kind: data.CellText}, false)
	return day, err == nil
}

func stateOptions() []ui.Option {
	options := []ui.Option{{Key: "", Text: "全部状态"}}
	for _, state := range data.EntryStates {
		options = append(options, ui.Option{Key: string(state), Text: string(state)})
	}
	return options
}

func monthOptions(now data.Moment) []ui.Option {
	options := []ui.Option{{Key: "", Text: "全部月份"}}
	at := now.Time()
	first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location())
	for back := range ledgerMonths {
		month := first.AddDate(0, -back, 0)
		options = append(options, ui.Option{Key: month.Format("2006-01"), Text: month.Format("2006年1月")})
	}
	return options
}

// pickMonth sets both days to a month's first and last.
func (f *ledgerFilters) pickMonth(month string) {
	first, err := time.Parse("2006-01", month)
	from, to := "", ""
	if err == nil {
		from, to = first.Format(time.DateOnly), first.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	f.from.SetText(from)
	f.to.SetText(to)
	f.month.SetKey(month)
	f.changed()
}

func (f *ledgerFilters) clear() {
	f.only = data.RechargeQuery{}
	f.text.SetText("")
	f.from.SetText("")
	f.to.SetText("")
	f.plan.SetKey("")
	f.state.SetKey("")
	f.month.SetKey("")
	f.organizations.SetKeys()
	f.payers.SetKeys()
}

func (f *ledgerFilters) query() data.RechargeQuery {
	q := f.only
	q.Text = strings.TrimSpace(f.text.Text())
	if key := f.plan.Key(); key != "" {
		q.PlanID, _ = strconv.ParseInt(key, 10, 64)
	}
	q.State = data.EntryState(f.state.Key())
	q.OrganizationIDs, q.PayerIDs = keys(f.organizations), keys(f.payers)
	q.From, _ = readDay(f.from.Text())
	q.To, _ = readDay(f.to.Text())
	return q
}

// limited tells whether another screen asked for one order, batch, run or trainee.
func (f *ledgerFilters) limited() bool {
	return f.only.OrderID+f.only.BatchID+f.only.TraineeID != 0 || f.only.RunID != ""
}

// filtered tells whether the list leaves anything out.
func (f *ledgerFilters) filtered() bool {
	q := f.query()
	return f.limited() || q.Text != "" || q.PlanID != 0 || q.State != "" || q.From != "" || q.To != "" || len(q.OrganizationIDs)+len(q.PayerIDs) > 0
}

// offer fills the choices.
func (f *ledgerFilters) offer(plans []data.Plan, tree data.OrganizationTree) {
	options := []ui.Option{{Key: "", Text: "全部计划"}}
	for _, plan := range plans {
		options = append(options, ui.Option{Key: fmt.Sprint(plan.ID), Text: yearName(plan.Year)})
	}
	f.plan.SetOptions(options...)
	organizations := desk.OrganizationOptions(tree)
	f.organizations.SetOptions(organizations...)
	f.payers.SetOptions(organizations...)
}

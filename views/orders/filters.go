package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// filtersSetting keeps the filters that were set last; a search text, which may be a name, is not kept.
const filtersSetting = "filters.orders"

// filterMonths is how many months back the list can be filtered by.
const filterMonths = 24

// filters are the list's conditions.
type filters struct {
	desk    *desk.Desk
	service service
	changed func()
	query   data.OrderQuery
	content fyne.CanvasObject

	text                               *ui.Field
	plan, review, invoice, mode, month *ui.Select
	organization                       *ui.Picker
	reset                              *ui.Button
	loads                              desk.Sequence
}

func newFilters(d *desk.Desk, s service, changed func()) *filters {
	f := &filters{desk: d, service: s, changed: changed}
	f.text = ui.NewSearchField("订单、机构、申请人", 176)
	f.text.OnChanged = func(text string) { f.query.Text = text; f.changed() }
	f.plan = f.choice("全部计划", 112, nil, func(key string) { f.query.PlanID, _ = strconv.ParseInt(key, 10, 64) })
	f.review = f.choice("审核状态", 124, choices("全部审核状态", data.ReviewDraft, data.ReviewReady, data.ReviewPacked, data.ReviewSubmitted, data.ReviewApproved,
		data.ReviewRejected, data.ReviewVoid), func(key string) { f.query.Review = data.ReviewState(key) })
	f.invoice = f.choice("发票状态", 124, choices("全部发票状态", data.InvoiceEmpty, data.InvoiceFilled, data.InvoiceIssued, data.InvoiceReversed),
		func(key string) { f.query.Invoice = data.InvoiceState(key) })
	f.mode = f.choice("缴费模式", 124, choices("全部缴费模式", data.PayFirst, data.InvoiceFirst, data.PayOnline), func(key string) { f.query.Mode = data.PaymentMode(key) })
	f.month = f.choice("申请月份", 112, f.months(), func(key string) { f.query.Month = key })
	f.organization = ui.NewPicker("组织机构")
	f.organization.Width, f.organization.Clearable = 128, true
	f.organization.OnChanged = func([]string) {
		f.query.OrganizationID, _ = strconv.ParseInt(f.organization.Key(), 10, 64)
		f.keep()
	}
	f.reset = ui.NewBareButton("清空", "", f.clear)
	f.content = ui.NewFilterBar(f.text, f.plan, f.review, f.invoice, f.mode, f.month, f.organization, f.reset)
	var kept data.OrderQuery
	if json.Unmarshal([]byte(s.Setting(context.Background(), filtersSetting, "{}")), &kept) == nil {
		f.set(kept)
	}
	return f
}

func (f *filters) choice(placeholder string, width float32, options []ui.Option, set func(key string)) *ui.Select {
	s := ui.NewSelect(placeholder, options...)
	s.Width = width
	s.OnChanged = func(key string) { set(key); f.keep() }
	return s
}

// choices makes the options of a filter; the first takes the filter away.
func choices[T ~string](all string, states ...T) []ui.Option {
	options := []ui.Option{{Key: "", Text: all}}
	for _, state := range states {
		options = append(options, ui.Option{Key: string(state), Text: string(state)})
	}
	return options
}

func (f *filters) months() []ui.Option {
	options := []ui.Option{{Key: "", Text: "全部月份"}}
	now := f.service.Now().Time()
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	for back := range filterMonths {
		month := first.AddDate(0, -back, 0)
		options = append(options, ui.Option{Key: month.Format("2006-01"), Text: month.Format("2006年1月")})
	}
	return options
}

// keep asks the list anew and keeps the filters for the next start.
func (f *filters) keep() {
	f.changed()
	kept := f.query
	kept.Text = ""
	text, err := json.Marshal(kept)
	if err != nil {
		return
	}
	f.desk.Do(func(ctx context.Context) error { return f.service.SetSetting(ctx, filtersSetting, string(text)) }, func() {})
}

// set shows conditions that come from elsewhere.
func (f *filters) set(q data.OrderQuery) {
	f.query = q
	f.text.SetText(q.Text)
	f.plan.SetKey(keyOf(q.PlanID))
	f.review.SetKey(string(q.Review))
	f.invoice.SetKey(string(q.Invoice))
	f.mode.SetKey(string(q.Mode))
	f.month.SetKey(q.Month)
	f.organization.SetKeys(keyOf(q.OrganizationID))
}

func keyOf(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// clear takes all filters away; the order stays.
func (f *filters) clear() {
	f.set(data.OrderQuery{Sort: f.query.Sort, Descending: f.query.Descending})
	f.keep()
}

// load reads what can be filtered by.
func (f *filters) load() {
	type found struct {
		plans []data.Plan
		tree  data.OrganizationTree
	}
	desk.Load(f.desk, &f.loads, func(ctx context.Context) (found found, err error) {
		if found.plans, err = f.service.Plans(ctx); err == nil {
			found.tree, err = f.service.Organizations(ctx)
		}
		return found, err
	}, func(found found) {
		plans := []ui.Option{{Key: "", Text: "全部计划"}}
		for _, plan := range found.plans {
			plans = append(plans, ui.Option{Key: keyOf(plan.ID), Text: fmt.Sprintf("%d年计划", plan.Year)})
		}
		f.plan.SetOptions(plans...)
		f.plan.SetKey(keyOf(f.query.PlanID))
		var organizations []ui.Option
		for _, o := range found.tree.List() {
			organizations = append(organizations, ui.Option{Key: keyOf(o.ID), Text: o.Name, Indent: o.Depth, Search: []string{o.Path}})
		}
		f.organization.SetOptions(organizations...)
		f.organization.SetKeys(keyOf(f.query.OrganizationID))
	})
}

func (f *filters) setDisabled(disabled bool) {
	for _, one := range []interface{ SetDisabled(bool) }{f.text, f.plan, f.review, f.invoice, f.mode, f.month, f.organization, f.reset} {
		one.SetDisabled(disabled)
	}
}

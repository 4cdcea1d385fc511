package trainees

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// filters are the conditions above the list.
type filters struct {
	content       *fyne.Container
	text          *ui.Field
	organizations *ui.Picker
	payers        *ui.Picker
	status        *ui.Select
	platform      *ui.Select // shown without the drawer only: beside it there is no room
	from, to      *ui.Field

	changed func()
	wide    bool
	silent  bool // while set fills the fields in
	offered []data.Organization
}

// The choices that do not filter.
const (
	anyStatus   = "全部状态"
	anyPlatform = "全部平台状态"
)

func newFilters(changed func()) *filters {
	f := &filters{changed: changed, text: ui.NewSearchField("姓名 / 拼音 / 证件", 0)}
	f.organizations, f.payers = newFilterPicker("组织机构"), newFilterPicker("缴费机构")
	f.status = ui.NewSelect("状态", ui.Words(anyStatus, string(data.TraineeEnabled), string(data.TraineeDisabled), waitingWord)...)
	f.platform = ui.NewSelect("平台状态", ui.Words(anyPlatform, string(data.PlatformPending), string(data.PlatformReported), string(data.PlatformImported), string(data.PlatformFailed))...)
	f.from, f.to = ui.NewMoneyField("0.00", 0), ui.NewMoneyField("不限", 0)
	tell := func() {
		if !f.silent {
			f.changed()
		}
	}
	f.text.OnChanged = func(string) { tell() }
	f.organizations.OnChanged = func([]string) { tell() }
	f.payers.OnChanged = func([]string) { tell() }
	f.status.OnChanged = func(key string) {
		if key == anyStatus {
			f.status.SetKey("")
		}
		tell()
	}
	f.platform.OnChanged = func(key string) {
		if key == anyPlatform {
			f.platform.SetKey("")
		}
		tell()
	}
	f.from.OnChanged = func(string) { tell() }
	f.to.OnChanged = func(string) { tell() }
	f.content = ui.Stack()
	f.widen(true)
	return f
}

// filterWidths are px: the search, a picker of organisations, the state, an amount.
type filterWidths struct{ text, picker, status, amount float32 }

// The widths of empty.png, and those of trainees.png beside the drawer.
var (
	wideFilters   = filterWidths{224, 144, 112, 72}
	narrowFilters = filterWidths{184, 112, 84, 56}
)

// widen gives the filters the room that they have without the drawer, or takes it away.
func (f *filters) widen(wide bool) {
	if f.wide == wide && len(f.content.Objects) > 0 {
		return
	}
	f.wide = wide
	width := narrowFilters
	if wide {
		width = wideFilters
	}
	balance := ui.Row(8, ui.NewText("余额", theme.Secondary), ui.Fixed(width.amount, f.from), ui.NewText("–", theme.Secondary), ui.Fixed(width.amount, f.to))
	bar := []fyne.CanvasObject{ui.Fixed(width.text, f.text), ui.Fixed(width.picker, f.organizations),
		ui.Fixed(width.picker, f.payers), ui.Fixed(width.status, f.status), balance}
	if wide || f.platform.Key() != "" {
		bar = append(bar, ui.Fixed(width.status, f.platform))
	}
	f.content.Objects = []fyne.CanvasObject{ui.NewFilterBar(bar...)}
	f.content.Refresh()
}

func newFilterPicker(placeholder string) *ui.Picker {
	picker := ui.NewPicker(placeholder)
	picker.Multiple, picker.Clearable = true, true
	return picker
}

// offer fills the pickers with the organisations, where those have changed.
func (f *filters) offer(tree data.OrganizationTree) {
	if sameOrganizations(f.offered, tree.List()) {
		return
	}
	f.offered = tree.List()
	f.organizations.SetOptions(desk.OrganizationOptions(tree)...)
	f.payers.SetOptions(payerOptions(tree)...)
}

func sameOrganizations(a, b []data.Organization) bool {
	if len(a) != len(b) {
		return false
	}
	for place := range a {
		if a[place] != b[place] {
			return false
		}
	}
	return true
}

// payerOptions lists the organisations that pay for somebody.
func payerOptions(tree data.OrganizationTree) []ui.Option {
	pays := map[int64]bool{}
	for _, o := range tree.List() {
		pays[tree.Payer(o.ID).ID] = true
	}
	var options []ui.Option
	for _, option := range desk.OrganizationOptions(tree) {
		if pays[keyOf(option.Key)] {
			option.Indent = 0
			options = append(options, option)
		}
	}
	return options
}

// keyOf reads an option's key; 0 is none.
func keyOf(text string) int64 {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return id
}

func keysOf(texts []string) []int64 {
	var ids []int64
	for _, text := range texts {
		ids = append(ids, keyOf(text))
	}
	return ids
}

// query gives the conditions; an amount that cannot be read is marked and does not filter.
func (f *filters) query() data.TraineeQuery {
	q := data.TraineeQuery{Text: strings.TrimSpace(f.text.Text()), OrganizationIDs: keysOf(f.organizations.Keys()), PayerIDs: keysOf(f.payers.Keys())}
	switch f.status.Key() {
	case waitingWord:
		q.Status, q.Incomplete = data.TraineeEnabled, true
	case anyStatus:
	default:
		q.Status = data.TraineeStatus(f.status.Key())
	}
	if key := f.platform.Key(); key != anyPlatform {
		q.Platform = data.PlatformState(key)
	}
	q.BalanceFrom, q.BalanceTo = amount(f.from), amount(f.to)
	return q
}

// amount reads a limit of the balance. Unlike a payment it may be 0.
func amount(field *ui.Field) *data.Money {
	text := strings.TrimSpace(field.Text())
	money, err := data.ParseMoney(text)
	if problem, ok := data.AsProblem(err); ok && problem.Code == "money-zero" && !strings.HasPrefix(text, "-") {
		money, err = 0, nil
	}
	field.SetBad(text != "" && err != nil)
	if text == "" || err != nil {
		return nil
	}
	return &money
}

// set fills the fields from a query and tells nobody.
func (f *filters) set(q data.TraineeQuery) {
	f.silent = true
	defer func() { f.silent = false }()
	f.text.SetText(q.Text)
	f.organizations.SetKeys(keyTexts(q.OrganizationIDs)...)
	f.payers.SetKeys(keyTexts(q.PayerIDs)...)
	f.status.SetKey(string(q.Status))
	if q.Incomplete {
		f.status.SetKey(waitingWord)
	}
	f.platform.SetKey(string(q.Platform))
	f.from.SetText(moneyText(q.BalanceFrom))
	f.to.SetText(moneyText(q.BalanceTo))
}

func keyTexts(ids []int64) []string {
	var texts []string
	for _, id := range ids {
		texts = append(texts, strconv.FormatInt(id, 10))
	}
	return texts
}

func moneyText(money *data.Money) string {
	if money == nil {
		return ""
	}
	return money.Plain()
}

// setDisabled greys the filters, which stay in their place.
func (f *filters) setDisabled(disabled bool) {
	for _, one := range []interface{ SetDisabled(bool) }{f.text, f.organizations, f.payers, f.status, f.platform, f.from, f.to} {
		one.SetDisabled(disabled)
	}
}

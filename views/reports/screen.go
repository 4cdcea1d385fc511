// Package reports is 对账报表 and 培训计划报表: figures by month, plan, organisation, payer, mode and state, each of which leads to the
// records that make it up.
package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the reports ask of the program.
type service interface {
	desk.WidthKeeper
	preview.Service
	recordService
	Now() data.Moment
	Today() data.Date
	Plans(ctx context.Context) ([]data.Plan, error)
	Report(ctx context.Context, q data.ReportQuery) (data.Report, error)
	SaveReportWorkbook(ctx context.Context, path string, report data.Report) error
	ReconciliationPaper(ctx context.Context, month data.Month, w io.Writer) (app.Written, error)
	WriteReportPDF(ctx context.Context, w io.Writer, report data.Report) (app.Written, error)
}

// kindWords are the choices between a page's reports.
var kindWords = map[data.ReportKind]string{data.ReportOrders: "缴费与充值", data.ReportRecharges: "充值明细", data.ReportPlan: "完成情况", data.ReportHours: "线下学时"}

// choices are what a page remembers.
type choices struct {
	Query  data.ReportQuery
	Period string // a key of periods; what it means moves on with the days
	Folded bool   // without the chart
	// Sort is the key of the column that groups stand by, "" for their own order.
	Sort       string
	Descending bool
}

// Screen is one of the two pages.
type Screen struct {
	desk    *desk.Desk
	service service
	setting string // what its choices are remembered under
	kinds   []data.ReportKind
	content *fyne.Container
	list    *fyne.Container // all but the drawer

	sentence *ui.ElidedText
	outputs  []*ui.Button
	filters  *filters
	overview *overview
	place    *fyne.Container // holds the table, or what to do while there is nothing
	table    *table
	host     *ui.DrawerHost
	records  *records

	choices choices
	report  data.Report
	shown   bool // on the window now
	loads   desk.Sequence
}

// NewAccounts makes 对账报表.
func NewAccounts(d *desk.Desk, s service) *Screen {
	return newScreen(d, s, "report.accounts", data.ReportOrders, data.ReportRecharges)
}

// NewPlans makes 培训计划报表.
func NewPlans(d *desk.Desk, s service) *Screen {
	return newScreen(d, s, "report.plans", data.ReportPlan, data.ReportHours)
}

func newScreen(d *desk.Desk, s service, setting string, kinds ...data.ReportKind) *Screen {
	r := &Screen{desk: d, service: s, setting: setting, kinds: kinds, sentence: ui.NewElidedText("", theme.Text)}
	r.choices = choices{Query: standard(kinds[0])}
	kept := r.choices
	if text := s.Setting(context.Background(), setting, ""); text != "" && json.Unmarshal([]byte(text), &kept) == nil && slices.Contains(kinds, kept.Query.Kind) {
		r.choices = kept
	}
	r.filters = newFilters(r)
	r.overview = newOverview(r)
	r.table = newTable(r)
	r.records = newRecords(r)
	r.place = ui.Stack(r.table.content)
	r.list = ui.Column(0, r.filters.content, r.overview.content, ui.Grow(r.place))
	r.host = ui.NewDrawerHost(r.list, r.records.content, recordsWidth)
	export := ui.NewButton("导出 Excel", "file-spreadsheet", r.export)
	print := ui.NewFilledButton("打印预览", "printer", r.print)
	r.outputs = []*ui.Button{export, print}
	head := ui.NewPageHead(r.sentence, export, print, ui.NewMoreButton(r.more))
	r.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(r.host)))
	return r
}

// standard is how a report is first shown: the one on plans counts the plan in force by organisation.
func standard(kind data.ReportKind) data.ReportQuery {
	if kind == data.ReportPlan {
		return data.ReportQuery{Kind: kind, By: data.ByOrganization}
	}
	return data.ReportQuery{Kind: kind, By: kind.Dimensions()[0]}
}

// Content is part of desk.Screen.
func (r *Screen) Content() fyne.CanvasObject { return r.content }

// Enter shows the page; a data.ReportQuery of one of its kinds is shown in place of the last one.
func (r *Screen) Enter(argument any) {
	if q, ok := argument.(data.ReportQuery); ok && slices.Contains(r.kinds, q.Kind) {
		if q.By == "" {
			q.By = q.Kind.Dimensions()[0]
		}
		r.choices.Query, r.choices.Period = q, ""
	}
	r.shown = true
	ui.SetOnEscape(r.desk.Window.Canvas(), r.closeRecords)
	r.reload()
}

// Leave is part of desk.Leaver: what is not seen need not be read again at every change.
func (r *Screen) Leave(proceed func()) {
	r.shown = false
	proceed()
}

// Changed is part of desk.Screen. Everything that is stored shows here somewhere.
func (r *Screen) Changed(app.Event) {
	if r.shown {
		r.reload()
	}
}

// ask shows the report anew after a choice, and remembers it.
func (r *Screen) ask() {
	r.closeRecords()
	r.reload()
	r.remember()
}

func (r *Screen) remember() {
	kept, err := json.Marshal(r.choices)
	if err == nil {
		err = r.service.SetSetting(context.Background(), r.setting, string(kept))
	}
	if err != nil {
		slog.Warn("report choices not kept", "cause", err)
	}
}

// sort shows the report by another column.
func (r *Screen) sort(key string, descending bool) {
	r.choices.Sort, r.choices.Descending = key, descending
	r.ask()
}

// found is one answer.
type found struct {
	report data.Report
	plans  []data.Plan
	tree   data.OrganizationTree
}

func (r *Screen) reload() {
	query := r.filters.dated(r.choices)
	desk.Load(r.desk, &r.loads, func(ctx context.Context) (f found, err error) {
		if f.plans, err = r.service.Plans(ctx); err != nil {
			return f, err
		}
		if f.tree, err = r.service.Organizations(ctx); err != nil {
			return f, err
		}
		f.report, err = r.service.Report(ctx, query)
		return f, err
	}, r.show)
}

func (r *Screen) show(f found) {
	r.report = f.report.Sorted(r.choices.Sort, r.choices.Descending)
	r.filters.offer(f.plans, f.tree)
	r.filters.set(r.choices, f.report.Query)
	r.records.tree = f.tree
	r.sentence.SetText(sentenceOf(f.report))
	for _, button := range r.outputs {
		button.SetDisabled(len(f.report.Facts) == 0)
	}
	r.overview.show(f.report, r.choices.Folded)
	r.table.show(r.report)
	r.place.Objects = []fyne.CanvasObject{r.table.content}
	if len(f.report.Facts) == 0 {
		r.place.Objects = []fyne.CanvasObject{r.nothing()}
	}
	r.records.renew()
	r.list.Refresh()
}

// sentenceOf says what the report counts.
func sentenceOf(report data.Report) string {
	if len(report.Facts) == 0 {
		return "这里还没有可以统计的数据。"
	}
	return fmt.Sprintf("共 %s 条记录。点任何一个数字，看它由哪些记录组成。", desk.Thousands(len(report.Facts)))
}

// nothing says what to do while there is nothing to count.
func (r *Screen) nothing() fyne.CanvasObject {
	if r.choices.Query.Filtered() || r.choices.Period != "" {
		clear := ui.NewFilledButton("清除条件", "x", r.filters.clear)
		return ui.NewEmptyState("filter", "没有符合条件的记录", "换一个条件，或者清除条件后再看。", []fyne.CanvasObject{clear}, nil, "")
	}
	words := map[data.ReportKind]struct {
		title, text, button string
		page                desk.Page
	}{
		data.ReportOrders:    {"还没有缴费订单", "上传缴费凭证以后，这里按月份、计划和机构汇总缴费、充值和开票。", "上传缴费凭证", desk.Payment},
		data.ReportRecharges: {"还没有充值", "给学员充值以后，这里按月份、计划和机构汇总。", "去充值", desk.Recharge},
		data.ReportPlan:      {"还没有启用的学员", "导入学员以后，这里统计每个计划、每个机构的应训、缴费、充值和达标。", "导入学员", desk.ImportRoster},
		data.ReportHours:     {"还没有线下学时", "导入线下学时以后，这里按月份、计划和机构汇总。", "导入线下学时", desk.ImportHours},
	}[r.report.Query.Kind]
	button := ui.NewFilledButton(words.button, "arrow-right", func() { r.desk.Go(words.page, nil) })
	return ui.NewEmptyState("chart-column", words.title, words.text, []fyne.CanvasObject{button}, nil, "")
}

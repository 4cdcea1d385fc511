// Package orders is 银行转账凭证, the list of payment orders, and 订单详情, the page of one of them.
package orders

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the list asks of the program.
type service interface {
	desk.WidthKeeper
	Now() data.Moment
	Today() data.Date
	Plans(ctx context.Context) ([]data.Plan, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	OrderTotals(ctx context.Context, q data.OrderQuery) (data.OrderTotals, error)
	ExportOrders(ctx context.Context, path string, q data.OrderQuery) (int, error)
}

// widthsSetting keeps the columns that a person dragged.
const widthsSetting = "columns.orders"

// Screen is 银行转账凭证.
type Screen struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	nothing *fyne.Container // what the table shows while it has no rows

	sentence *ui.Text
	export   *ui.Button
	filters  *filters
	table    *ui.DataTable
	sum      *ui.ElidedText
	count    *ui.Text

	rows  *desk.Rows[data.OrderRow]
	loads desk.Sequence
	shown bool
}

// New makes the list.
func New(d *desk.Desk, s service) *Screen {
	l := &Screen{desk: d, service: s, sentence: ui.NewText("", theme.Secondary), sum: ui.NewElidedText("", theme.Text), count: ui.NewText("", theme.Secondary)}
	l.sentence.Elide = true
	l.nothing = ui.Stack()
	l.filters = newFilters(d, s, l.reload)
	l.buildTable()
	l.export = ui.NewButton("导出", "download", l.askExport)
	upload := ui.NewFilledButton("上传缴费凭证", "upload", l.upload)
	l.content = ui.Ground(theme.Surface, ui.Column(0,
		ui.NewPageHead(l.sentence, l.export, upload), l.filters.content, ui.Grow(l.table),
		ui.NewFooter(ui.Wide(l.sum), l.count)))
	return l
}

// Content is part of desk.Screen.
func (l *Screen) Content() fyne.CanvasObject { return l.content }

// Enter shows the list; a data.ReviewState or data.OrderQuery filters it.
func (l *Screen) Enter(argument any) {
	switch v := argument.(type) {
	case data.ReviewState:
		l.filters.set(data.OrderQuery{Review: v})
	case data.OrderQuery:
		l.filters.set(v)
	}
	l.table.SetSort(l.filters.query.Sort, l.filters.query.Descending)
	l.shown = true
	l.filters.load()
	l.reload()
}

// Leave is part of desk.Leaver: a list that nobody sees asks for nothing.
func (l *Screen) Leave(proceed func()) {
	l.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (l *Screen) Changed(event app.Event) {
	switch {
	case !l.shown:
	case event == app.OrdersChanged, event == app.LedgerChanged:
		l.reload()
	case event == app.PlansChanged, event == app.OrganizationsChanged:
		l.filters.load()
	}
}

func (l *Screen) upload() { l.desk.Go(desk.Payment, nil) }

// askExport asks where to write what the filters find, as a workbook.
func (l *Screen) askExport() {
	query := l.filters.query
	name := "银行转账凭证_" + string(l.service.Today()) + ".xlsx"
	ui.ChooseFile(l.desk.Window, ui.FileRequest{Title: "导出银行转账凭证", Extensions: []string{".xlsx"}, Save: true, Name: name, Verb: "导出"}, func(path string) {
		count := 0
		l.desk.Work("正在导出订单", func(ctx context.Context, _ app.Progress) (err error) {
			count, err = l.service.ExportOrders(ctx, path, query)
			return err
		}, func() {
			l.desk.Toast(fmt.Sprintf("已导出 %s 个订单到“%s”。", desk.Thousands(count), filepath.Base(path)))
		})
	})
}

// found is one answer: the keys, the sums and what waits.
type found struct {
	ids               []int64
	totals            data.OrderTotals
	all               int
	waiting, rejected int
}

// reload asks for the list again; scroll and the marked row stay.
func (l *Screen) reload() {
	query := l.filters.query
	desk.Load(l.desk, &l.loads, func(ctx context.Context) (found, error) {
		var f found
		var err error
		if f.ids, err = l.service.OrderIDs(ctx, query); err != nil {
			return f, err
		}
		for _, one := range []struct {
			query data.OrderQuery
			into  *int
		}{{data.OrderQuery{}, &f.all}, {data.OrderQuery{Review: data.ReviewSubmitted}, &f.waiting}, {data.OrderQuery{Review: data.ReviewRejected}, &f.rejected}} {
			totals, err := l.service.OrderTotals(ctx, one.query)
			if err != nil {
				return f, err
			}
			*one.into = totals.Count
		}
		f.totals, err = l.service.OrderTotals(ctx, query)
		return f, err
	}, l.show)
}

func (l *Screen) show(f found) {
	l.rows = desk.NewRows(f.ids, l.service.OrderRows, l.desk.Fail)
	l.sentence.SetText(headSentence(f))
	l.sum.SetText(totalsSentence(f.totals))
	l.count.SetText("共 " + desk.Thousands(f.totals.Count) + " 个订单")
	l.nothing.Objects = []fyne.CanvasObject{l.empty(f)}
	l.nothing.Refresh()
	l.filters.setDisabled(f.all == 0)
	l.export.SetDisabled(f.totals.Count == 0)
	l.table.Refresh()
	l.content.Refresh()
}

// totalsSentence sums what the filters find, with what became of it.
func totalsSentence(t data.OrderTotals) string {
	return fmt.Sprintf("转账金额合计 %s 元　待审核 %s　审核通过 %s，已充值 %s", t.Total, t.Waiting, t.Approved, t.Used)
}

func headSentence(f found) string {
	if f.all == 0 {
		return "单位的缴费订单和审核结果。"
	}
	text := fmt.Sprintf("单位的缴费订单和审核结果。%s 个订单", desk.Thousands(f.all))
	if f.waiting > 0 {
		text += fmt.Sprintf("，%d 个等待审核", f.waiting)
	}
	if f.rejected > 0 {
		text += fmt.Sprintf("，%d 个被驳回要修订", f.rejected)
	}
	return text + "。"
}

func (l *Screen) empty(f found) fyne.CanvasObject {
	if f.all > 0 {
		return ui.NewEmptyState("search", "没有这样的订单", "换个条件再找，或清空全部条件。", []fyne.CanvasObject{ui.NewButton("清空条件", "", l.filters.clear)}, nil, "")
	}
	return ui.NewEmptyState("receipt-text", "还没有缴费订单", "单位转账以后，在这里上传缴费凭证，填写发票信息，提交审核。审核通过就可以给学员充值。",
		[]fyne.CanvasObject{ui.NewButton("上传缴费凭证", "upload", l.upload)}, nil, "缴费问题请拨打 "+data.HelpTelephones)
}

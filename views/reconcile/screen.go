// Package reconcile is 对账管理 beside the orders: 银行流水核对, 对账差异 and 月结.
package reconcile

import (
	"context"
	"fmt"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Screen is 银行流水核对: bank lines at the left, why they answer to an order in the middle, the orders at the right.
type Screen struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	nothing *fyne.Container // what the list shows while it has no rows

	sentence *fyne.Container
	settle   *ui.Button
	gaps     *gapNote
	filters  *filters
	head     *columnHead
	list     *ui.RowList
	strip    *strip
	hand     *handPanel
	left     *fyne.Container
	host     *ui.DrawerHost

	found  app.Reconciliation
	orders map[int64]data.BookOrder
	drafts map[int64]data.BookOrder // begun for a row and not submitted, by the row's key
	rows   []data.Pairing
	picked map[int64]int // which of several proposals is chosen, by the row's key
	undo   func()        // takes the last change back, or nil
	wanted int64         // the line to stand at once it is there
	loads  desk.Sequence
	shown  bool
	busy   bool
}

// New makes the page.
func New(d *desk.Desk, s service) *Screen {
	r := &Screen{desk: d, service: s, picked: map[int64]int{}, nothing: ui.Stack(), sentence: ui.Row(0)}
	r.settle = ui.NewFilledButton("没有可直接确认的", "check", r.settleCertain)
	bring := ui.NewButton("导入银行流水", "upload", func() { d.Go(desk.BringIn, nil) })
	sheet := ui.NewButton("核对表", "printer", r.print)
	more := ui.NewMoreButton(func() []ui.MenuItem { return r.menu(r.list.Current()) })
	r.filters, r.gaps, r.strip, r.head = newFilters(r.show), newGapNote(r), newStrip(r), newColumnHead(r)
	r.buildList()
	r.hand = newHandPanel(r)
	r.left = ui.Column(0, r.gaps.content, r.head.content, ui.Grow(r.list), r.strip.content)
	r.host = ui.NewDrawerHost(r.left, r.hand.content, handWidth)
	r.content = ui.Ground(theme.Surface, ui.Column(0, ui.NewPageHead(r.sentence, r.settle, bring, sheet, more), r.filters.content, ui.Grow(r.host)))
	return r
}

// Content is part of desk.Screen.
func (r *Screen) Content() fyne.CanvasObject { return r.content }

// Enter shows the page; an int64 is the key of a bank line to stand at, a data.Month shows that month.
func (r *Screen) Enter(argument any) {
	switch v := argument.(type) {
	case int64:
		r.wanted = v
		r.filters.clear()
	case data.Month:
		r.filters.clear()
		r.filters.setMonth(v)
	}
	r.shown = true
	r.desk.Window.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { r.takeBack() })
	r.reload()
}

// Leave is part of desk.Leaver: a page that nobody sees asks for nothing, and the shortcut belongs to the next one.
func (r *Screen) Leave(proceed func()) {
	r.shown, r.undo = false, nil
	r.desk.Window.Canvas().RemoveShortcut(&fyne.ShortcutUndo{})
	proceed()
}

// Changed is part of desk.Screen.
func (r *Screen) Changed(event app.Event) {
	if r.shown && (event == app.StatementsChanged || event == app.OrdersChanged || event == app.LedgerChanged) {
		r.desk.OnScreen(r.reload)
	}
}

func (r *Screen) reload() {
	desk.Load(r.desk, &r.loads, r.service.Reconcile, func(found app.Reconciliation) {
		r.found, r.orders = found, map[int64]data.BookOrder{}
		for _, order := range found.Books.Orders {
			r.orders[order.ID] = order
		}
		r.drafts = found.Books.DraftsFor(found.Pairings)
		r.filters.load(found)
		r.hand.load()
		r.show()
	})
}

// show applies the filters to what was read; the current row stays.
func (r *Screen) show() {
	if r.wanted != 0 {
		r.filters.reveal(r.found.Pairings, r.wanted)
	}
	r.rows = r.filters.apply(r.found.Pairings)
	r.showHead()
	r.nothing.Objects = []fyne.CanvasObject{r.empty()}
	r.gaps.set(data.BalanceGaps(r.found.Books.Lines))
	r.strip.set(r.found, r.filters.month())
	r.hand.update()
	r.left.Refresh()
	r.list.Refresh()
	r.content.Refresh()
	if r.wanted != 0 {
		r.list.SetCurrent(r.rowOf(r.wanted))
		r.list.Refresh()
		r.wanted = 0
	}
}

// rowOf gives the row that holds a bank line, or -1.
func (r *Screen) rowOf(line int64) int {
	return slices.IndexFunc(r.rows, func(row data.Pairing) bool {
		return slices.ContainsFunc(row.Lines, func(l data.BankStatementLine) bool { return l.ID == line })
	})
}

// showHead says how far the reconciliation is, and what one click settles.
func (r *Screen) showHead() {
	related, settled := r.found.Progress()
	words := []fyne.CanvasObject{ui.NewText(fmt.Sprintf("付给国培网的流水 %d 笔，已确认 %d 笔，", related, settled), theme.Text)}
	switch {
	case len(r.found.Books.Lines) == 0:
		words = []fyne.CanvasObject{ui.NewText("把银行流水和缴费订单逐笔核对。", theme.Text)}
	case related == settled:
		words = append(words, ui.NewText("都核对完了。", theme.Text))
	default:
		words = append(words, ui.NewText("还有 ", theme.Text), ui.NewBold(fmt.Sprintf("%d 笔", related-settled)), ui.NewText("等您核对。", theme.Text))
	}
	r.sentence.Objects = words
	r.sentence.Refresh()
	certain := len(r.found.Certain())
	r.settle.SetLabel("没有可直接确认的")
	if certain > 0 {
		r.settle.SetLabel(fmt.Sprintf("直接确认 %d 笔", certain))
	}
	r.settle.Tip = "只确认唯一对应、把握足够的；可以撤销"
	r.settle.SetDisabled(certain == 0)
}

func (r *Screen) empty() fyne.CanvasObject {
	if len(r.found.Books.Lines) > 0 {
		return ui.NewEmptyState("search", "没有这样的流水", "换个条件再找，或清空全部条件。", []fyne.CanvasObject{ui.NewButton("清空条件", "", func() { r.filters.clear(); r.show() })}, nil, "")
	}
	return ui.NewEmptyState("landmark", "还没有导入银行流水", "从网上银行导出单位账户的明细（Excel 或 CSV），导入以后程序自动找出每笔付款对应的订单，您只要确认。",
		[]fyne.CanvasObject{ui.NewButton("导入银行流水", "upload", func() { r.desk.Go(desk.BringIn, nil) })}, nil, "重复导入不会重复记，导错了可以整份删除。")
}

// print shows the 核对表 of the month that is shown, or of all.
func (r *Screen) print() { printPaper(r.desk, r.service, r.filters.month()) }

func printPaper(d *desk.Desk, s service, month data.Month) {
	title := "对账单"
	if month != "" {
		title += " " + string(month)
	}
	preview.Show(d, s, preview.Paper{Title: title, Name: title + ".pdf", Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
		return s.ReconciliationPaper(ctx, month, w)
	}})
}

package orders

import (
	"context"
	"fmt"
	"image"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of 订单详情, in px.
const (
	sideWidth float32 = 316
	cardGap   float32 = 12
	pageGap   float32 = 16
)

// Details is 订单详情: one order with all that became of it and the next thing to do.
type Details struct {
	desk    *desk.Desk
	service detailService
	content *fyne.Container
	head    *fyne.Container
	body    *fyne.Container
	width   *watch
	main    *fyne.Container
	side    *fyne.Container

	id int64
	facts
	picture  image.Image
	shownOf  string // the voucher that picture shows
	dialog   *ui.Dialog
	loads    desk.Sequence
	pictures desk.Sequence
	shown    bool
}

// NewDetails makes the page.
func NewDetails(d *desk.Desk, s detailService) *Details {
	p := &Details{desk: d, service: s, head: ui.Stack(), body: ui.Stack()}
	p.width = &watch{changed: p.arrange}
	page := ui.Ground(theme.Background, ui.Column(0, ui.Fixed(52, ui.Pad(8, 0, pageGap, 0, p.head)), ui.Grow(ui.NewScroll(ui.Pad(pageGap, 0, pageGap, pageGap, p.body)))))
	p.content = &fyne.Container{Layout: p.width, Objects: []fyne.CanvasObject{page}}
	return p
}

// Content is part of desk.Screen.
func (p *Details) Content() fyne.CanvasObject { return p.content }

// Title is part of desk.Titled: a crumb leads back to the list.
func (p *Details) Title() (string, desk.Page) { return string(desk.OrderDetails), desk.Orders }

// Enter shows the order whose key is argument, an int64; without one, the order that was shown last.
func (p *Details) Enter(argument any) {
	if id, ok := argument.(int64); ok && id != p.id {
		p.id, p.facts, p.picture, p.shownOf = id, facts{}, nil, ""
		p.main, p.side = nil, nil
		p.head.Objects, p.body.Objects = nil, nil
		p.content.Refresh()
	}
	if p.id == 0 {
		p.desk.Go(desk.Orders, nil)
		return
	}
	p.shown = true
	p.reload()
}

// Leave is part of desk.Leaver: a page that nobody sees asks for nothing.
func (p *Details) Leave(proceed func()) {
	p.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (p *Details) Changed(event app.Event) {
	if !p.shown {
		return
	}
	switch event {
	case app.OrdersChanged, app.LedgerChanged, app.PlansChanged, app.StatementsChanged:
		p.reload()
	}
}

// facts is all that the page shows, read at once.
type facts struct {
	order     data.Order
	bank      data.BankPayment
	events    []data.OrderEvent
	recharges []app.LineRecharge
	invoices  []data.InvoiceRecord
	revisions []revision
	gaps      []data.Problem // of an order that is not submitted yet
	price     data.Money
}

// revision is one version of the order and what it changed.
type revision struct {
	number  int
	at      data.Moment // when it was handed over, or "" while it is worked on
	user    string
	changes []data.OrderChange
}

func (p *Details) reload() {
	id := p.id
	desk.Load(p.desk, &p.loads, func(ctx context.Context) (facts, error) { return read(ctx, p.service, id) }, func(f facts) {
		p.facts = f
		p.show()
		p.loadPicture()
	})
}

func read(ctx context.Context, s detailService, id int64) (f facts, err error) {
	if f.order, err = s.Order(ctx, id); err != nil {
		return f, err
	}
	if f.bank, err = s.BankPayment(ctx, id); err != nil {
		return f, err
	}
	if f.events, err = s.OrderEvents(ctx, f.order.Number); err != nil {
		return f, err
	}
	if f.recharges, err = s.OrderRecharges(ctx, id); err != nil {
		return f, err
	}
	if f.invoices, err = s.Invoices(ctx, id); err != nil {
		return f, err
	}
	if f.revisions, err = readRevisions(ctx, s, f.order); err != nil {
		return f, err
	}
	if f.order.Editable() {
		if f.gaps, err = s.OrderGaps(ctx, f.order); err != nil {
			return f, err
		}
	}
	plans, err := s.Plans(ctx)
	for _, plan := range plans {
		if plan.ID == f.order.PlanID {
			f.price = plan.Price
		}
	}
	return f, err
}

// readRevisions lists the order's versions with what each changed, the newest first. One that was never revised has none.
func readRevisions(ctx context.Context, s detailService, order data.Order) ([]revision, error) {
	if order.Revision < 2 {
		return nil, nil
	}
	handed, err := s.OrderRevisions(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	known := map[int]data.OrderRevision{}
	for _, one := range handed {
		known[one.Revision] = one
	}
	var found []revision
	for number := order.Revision; number >= 1; number-- {
		one := revision{number: number, at: known[number].At, user: known[number].User}
		if number > 1 {
			if one.changes, err = s.OrderChanges(ctx, order.ID, number-1, number); err != nil {
				return nil, err
			}
		}
		found = append(found, one)
	}
	return found, nil
}

// loadPicture decodes the first voucher where it is not shown already.
func (p *Details) loadPicture() {
	if len(p.order.Vouchers) == 0 {
		return
	}
	voucher := p.order.Vouchers[0]
	key := fmt.Sprintf("%d/%d/%d", voucher.ID, voucher.Turned, voucher.Page)
	if key == p.shownOf {
		return
	}
	desk.Load(p.desk, &p.pictures, func(ctx context.Context) (image.Image, error) { return p.service.VoucherImage(ctx, voucher) }, func(picture image.Image) {
		p.picture, p.shownOf = picture, key
		p.show()
	})
}

// recharged sums people and money over the lines.
func (p *Details) recharged() (people int, amount data.Money) {
	for _, one := range p.recharges {
		people, amount = people+one.People, amount+one.Amount
	}
	return people, amount
}

// left counts the people whom the order pays for and who were not recharged yet.
func (p *Details) left() int {
	people, _ := p.recharged()
	return max(0, p.order.People()-people)
}

func (p *Details) show() {
	p.head.Objects = []fyne.CanvasObject{p.headRow()}
	p.main = ui.Column(cardGap, p.factsCard(), p.moneyCard(), p.linesCard())
	p.side = ui.Column(cardGap)
	for _, card := range []fyne.CanvasObject{p.gapsCard(), p.voucherCard(), p.invoiceCard(), p.revisionsCard(), p.historyCard()} {
		if card != nil {
			p.side.Add(card)
		}
	}
	p.arrange()
}

// arrange puts the side cards beside the others, or below them where the page is narrow.
func (p *Details) arrange() {
	switch {
	case p.main == nil:
		return
	case p.width.isNarrow:
		p.body.Objects = []fyne.CanvasObject{ui.Column(cardGap, p.main, p.side)}
	default:
		p.body.Objects = []fyne.CanvasObject{ui.Row(pageGap, ui.Grow(p.main), ui.FixedFill(sideWidth, p.side))}
	}
	p.content.Refresh()
}

func (p *Details) headRow() fyne.CanvasObject {
	back := ui.NewIconButton("chevron-left", "回到银行转账凭证", func() { p.desk.Go(desk.Orders, nil) })
	row := ui.Row(8, back, ui.NewSection(p.order.Number), ui.NewPill(string(p.order.Review), desk.ReviewTone(p.order.Review)),
		ui.NewPill(string(p.order.Invoice.State), invoiceTone(p.order.Invoice.State)))
	sentence := ui.NewElidedText(p.sentence(), theme.Secondary)
	row.Add(ui.Wide(sentence))
	for _, action := range p.actions() {
		row.Add(action)
	}
	return row
}

// sentence says in a few words what the order waits for.
func (p *Details) sentence() string {
	switch p.order.Review {
	case data.ReviewApproved:
		if left := p.left(); left > 0 {
			return fmt.Sprintf("还有 %d 人没有充值", left)
		}
		return "全部充值完毕"
	case data.ReviewRejected:
		return "驳回原因：" + p.order.ReviewNote
	case data.ReviewVoid:
		return "作废原因：" + p.order.ReviewNote
	case data.ReviewSubmitted:
		return "等业务人员在平台上审核"
	case data.ReviewReady:
		return "已检查，等下一个报盘包；修改后要重新检查"
	case data.ReviewPacked:
		return "已报盘，等填报到平台"
	}
	if p.order.Mode == data.InvoiceFirst && p.order.Invoice.State != data.InvoiceIssued {
		return p.invoiceFirst()
	}
	if count := len(errorsIn(p.gaps)); count > 0 {
		return fmt.Sprintf("还没有提交，还差 %d 项", count)
	}
	return "都填好了，还没有提交"
}

// invoiceFirst says where 先开票后缴费 stands while the invoice is not there.
func (p *Details) invoiceFirst() string {
	requested := p.order.InvoiceRequestedAt
	if requested == "" {
		return "先开票：还没有发邮件申请"
	}
	return fmt.Sprintf("先开票：已等 %d 天，收到发票后登记", max(0, requested.Date().DaysUntil(p.service.Today())))
}

func errorsIn(problems []data.Problem) []data.Problem {
	var found []data.Problem
	for _, one := range problems {
		if one.Level == data.LevelError {
			found = append(found, one)
		}
	}
	return found
}

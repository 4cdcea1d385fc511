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

	id        int64
	order     data.Order
	events    []data.OrderEvent
	recharges []app.LineRecharge
	price     data.Money
	picture   image.Image
	shownOf   string // the voucher that picture shows
	dialog    *ui.Dialog
	loads     desk.Sequence
	pictures  desk.Sequence
	shown     bool
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
		p.id, p.order, p.picture, p.shownOf = id, data.Order{}, nil, ""
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
	case app.OrdersChanged, app.LedgerChanged, app.PlansChanged:
		p.reload()
	}
}

// facts is all that the page shows, read at once.
type facts struct {
	order     data.Order
	events    []data.OrderEvent
	recharges []app.LineRecharge
	price     data.Money
}

func (p *Details) reload() {
	id := p.id
	desk.Load(p.desk, &p.loads, func(ctx context.Context) (facts, error) {
		var f facts
		var err error
		if f.order, err = p.service.Order(ctx, id); err != nil {
			return f, err
		}
		if f.events, err = p.service.OrderEvents(ctx, f.order.Number); err != nil {
			return f, err
		}
		if f.recharges, err = p.service.OrderRecharges(ctx, id); err != nil {
			return f, err
		}
		plans, err := p.service.Plans(ctx)
		for _, plan := range plans {
			if plan.ID == f.order.PlanID {
				f.price = plan.Price
			}
		}
		return f, err
	}, func(f facts) {
		p.order, p.events, p.recharges, p.price = f.order, f.events, f.recharges, f.price
		p.show()
		p.loadPicture()
	})
}

// loadPicture decodes the first voucher where it is not shown already.
func (p *Details) loadPicture() {
	if len(p.order.Vouchers) == 0 {
		return
	}
	voucher := p.order.Vouchers[0]
	key := fmt.Sprintf("%d/%d", voucher.ID, voucher.Turned)
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
	p.side = ui.Column(cardGap, p.voucherCard(), p.invoiceCard(), p.historyCard())
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
	row := ui.Row(8, back, ui.NewSection(p.order.Number), ui.NewPill(string(p.order.Review), reviewTone(p.order.Review)),
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
	case data.ReviewPacked:
		return "已报盘，等填报到平台"
	}
	if p.order.Mode == data.InvoiceFirst && p.order.Invoice.State != data.InvoiceIssued {
		return "先开票：收到发票后登记"
	}
	return "还没有提交"
}

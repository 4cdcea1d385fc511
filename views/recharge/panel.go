package recharge

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Panel measures in px.
const (
	panelHead  float32 = 48
	panelLabel float32 = 84
)

// fullCards is how many batches show all of their figures; among more only the chosen one does, so that the sum below stays in sight.
const fullCards = 2

// panel is the right side: from which batch, how much each, what comes of it, and the button.
type panel struct {
	screen  *Screen
	content fyne.CanvasObject

	batches   *fyne.Container
	amount    *ui.Field
	unit      *ui.ElidedText
	problem   *ui.Paragraph
	complaint fyne.CanvasObject // problem in its place
	sum       *fyne.Container
	excluded  *fyne.Container
	button    *ui.Button
	reason    *ui.Text
	ways      *ui.Segments
	sheet     *fyne.Container // stands where amounts come from a sheet
	platform  *ui.Checkbox
	price     data.Money           // of the chosen batch's plan; 0: not set
	cards     map[int64]*batchCard // by batch
	body      fyne.CanvasObject
	empty     fyne.CanvasObject
}

func newPanel(s *Screen) *panel {
	p := &panel{screen: s, batches: ui.Column(12), sum: ui.Stack(), excluded: ui.Column(0), cards: map[int64]*batchCard{}}
	p.amount = ui.NewMoneyField("0.00", 112)
	p.amount.OnChanged = func(string) { p.showAmount(); s.prepare() }
	// Enter goes on to the button: what was typed changes the sum, which wants a look before it is charged.
	p.amount.OnSubmitted = func(string) { s.desk.Window.Canvas().Focus(p.button) }
	p.amount.OnFocus = p.amount.SelectAll // what is typed takes the place of the plan's price
	p.unit = ui.NewElidedText("", theme.Secondary)
	p.problem = ui.NewCaptionParagraph("", theme.TextDanger)
	p.complaint = ui.Pad(panelLabel, 0, 0, 0, p.problem)
	p.button = ui.NewFilledButton("充值", "", s.charge)
	p.reason = ui.NewCaption("", theme.Secondary)
	p.reason.Align = fyne.TextAlignCenter
	p.ways = ui.NewSegments("学习卡充值", "在线充值")
	p.ways.OnChanged = p.chooseWay
	p.sheet, p.platform = ui.Column(0), s.unreportedBox()
	way := ui.Row(0, ui.Fixed(panelLabel, ui.NewText("充值方式", theme.Text)), p.ways)
	each := ui.Column(4, ui.Row(0, ui.Fixed(panelLabel, ui.NewText("每人金额", theme.Text)), p.amount, ui.Gap(8), ui.Wide(p.unit)), p.complaint)
	p.body = ui.NewScroll(ui.Pad(16, 12, 16, 12, ui.Column(12, way, p.batches, ui.Column(8, each, p.sheet), p.sum, p.platform, p.excluded)))
	p.empty = p.nothing()
	close := ui.NewIconButton("x", "关闭", func() { s.host.SetOpen(false) })
	close.IconRole = theme.Secondary
	head := ui.Fixed(panelHead, ui.Pad(16, 0, 8, 0, ui.Row(0, ui.NewSection("充值"), ui.Space(), close)))
	foot := ui.Pad(16, 12, 16, 12, ui.Column(8, p.button, p.reason))
	p.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.NewLine(), ui.Grow(ui.Stack(p.body, p.empty)), ui.NewLine(), foot))
	return p
}

// chooseWay leads to the online payments, which are registered on a page of their own.
func (p *panel) chooseWay(way int) {
	if way == 0 {
		return
	}
	p.ways.SetSelected(0)
	p.screen.desk.Go(desk.Online, nil)
}

// nothing is what the panel shows while there is no batch with money: where it comes from.
func (p *panel) nothing() fyne.CanvasObject {
	pay := ui.NewButton("上传缴费凭证", "landmark", func() { p.screen.desk.Go(desk.Payment, nil) })
	orders := ui.NewButton("查看订单", "clipboard-check", func() { p.screen.desk.Go(desk.Orders, nil) })
	return ui.NewEmptyState("wallet", "没有可用的学习卡批次", "缴费订单审核通过后，会自动生成学习卡批次，就可以在这里给学员充值。", []fyne.CanvasObject{pay, orders}, nil, "")
}

// setBatch takes over the batch that was chosen, or none, and proposes its plan's price.
func (p *panel) setBatch(batch data.CardBatch) {
	s := p.screen
	before, price := p.price, data.Money(0)
	for _, plan := range s.found.plans {
		if plan.ID == batch.PlanID {
			price = plan.Price
		}
	}
	s.batch, p.price = batch, price
	entered, ok := p.enteredAmount()
	if untouched := p.amount.Text() == "" || ok && entered == before; untouched && before != price {
		text := ""
		if price > 0 {
			text = price.Plain()
		}
		// The callback would ask for a preview that show asks for anyway.
		changed := p.amount.OnChanged
		p.amount.OnChanged = nil
		p.amount.SetText(text)
		p.amount.OnChanged = changed
	}
	p.showAmount()
}

// enteredAmount reads the amount for each; ok is false where there is none or a wrong one.
func (p *panel) enteredAmount() (amount data.Money, ok bool) {
	amount, err := data.ParseMoney(p.amount.Text())
	return amount, err == nil
}

// showAmount says where the amount comes from or what is wrong with it.
func (p *panel) showAmount() {
	amount, err := data.ParseMoney(p.amount.Text())
	wrong := err != nil && p.amount.Text() != ""
	p.amount.SetBad(wrong)
	setShown(p.complaint, wrong)
	if problem, ok := data.AsProblem(err); wrong && ok {
		p.problem.SetText(problem.Error())
	}
	p.showSheet()
	switch {
	case p.screen.batch.ID == 0:
		p.unit.SetText("元")
	case p.price == 0:
		p.unit.SetText("元，计划没有单价")
	case err == nil && amount == p.price:
		p.unit.SetText("元，来自计划单价")
	default:
		p.unit.SetText("元，单价 " + p.price.String())
	}
	p.relayout()
}

// showSheet says whose amounts come from a sheet.
func (p *panel) showSheet() {
	s := p.screen
	p.sheet.Objects = nil
	setShown(p.sheet, s.amounts != nil)
	if s.amounts == nil {
		return
	}
	forget := ui.NewLink("改回统一金额", s.forgetAmounts)
	forget.Small = true
	p.sheet.Add(ui.NewNote(ui.TonePrimary, "按表格：", fmt.Sprintf("%s 人各有自己的金额，上面的金额只用于表格以外的人。", desk.Thousands(len(s.amounts))), forget))
}

// showPrepared shows what the run would do.
func (p *panel) showPrepared() {
	p.showBatches()
	p.showSum()
	p.showExcluded()
	p.setButton()
	p.relayout()
}

func (p *panel) relayout() {
	p.body.Refresh()
	if p.screen.content != nil {
		p.content.Refresh()
	}
}

// showBatches lists the batches that have money left, those of the plan in force first.
func (p *panel) showBatches() {
	s := p.screen
	var own, others, used []data.CardBatch
	for _, batch := range s.found.batches {
		switch {
		case batch.Left() <= 0:
			used = append(used, batch)
		case batch.PlanID == s.found.home.Plan.ID:
			own = append(own, batch)
		default:
			others = append(others, batch)
		}
	}
	head := ui.Row(8, ui.NewBold("单位学习卡批次"), ui.Space())
	if len(used) > 0 {
		word := "显示"
		if s.showUsed {
			word = "隐藏"
		}
		toggle := ui.NewLink(word, func() { s.showUsed = !s.showUsed; p.showPrepared() })
		toggle.Small = true
		head.Add(ui.Row(2, ui.NewCaption(fmt.Sprintf("已用完 %d 个", len(used)), theme.Secondary), toggle))
	}
	p.batches.Objects = []fyne.CanvasObject{head}
	shown := append(own, others...)
	if s.showUsed {
		shown = append(shown, used...)
	}
	for _, batch := range shown {
		p.batches.Add(p.card(batch, len(shown) > fullCards).content)
	}
	nothing := len(shown)+len(used) == 0
	setShown(p.empty, nothing)
	setShown(p.body, !nothing)
}

// card gives the batch's card with what it shows now.
func (p *panel) card(batch data.CardBatch, among bool) *batchCard {
	s := p.screen
	card := p.cards[batch.ID]
	if card == nil {
		card = newBatchCard(func() { s.chooseBatch(batch.Number) })
		p.cards[batch.ID] = card
	}
	chosen := batch.ID == s.batch.ID
	var ready *prepared
	if chosen {
		ready = s.ready
	}
	card.set(batch, s.found.home.Plan.ID, chosen, among, s.service.Now(), ready)
	return card
}

// showSum shows the run's calculation and what it leaves of the batch.
func (p *panel) showSum() {
	s := p.screen
	if s.batch.ID == 0 || s.ready == nil {
		p.sum.Objects = []fyne.CanvasObject{p.noBatch()}
		return
	}
	preview := s.ready.preview
	tint, words := theme.TintPrimary, theme.Text
	state := ui.Row(6)
	switch {
	case preview.Left < 0:
		tint = theme.TintDanger
		state.Objects = []fyne.CanvasObject{ui.NewIcon("circle-alert", theme.TextDanger), ui.NewText("还差 "+(-preview.Left).String()+" 元", theme.TextDanger)}
	case preview.Left == 0:
		state.Objects = []fyne.CanvasObject{ui.NewIcon("circle-check", theme.Success), ui.NewText("正好用完", theme.TextSuccess)}
	}
	factors := fmt.Sprintf("%s 人 × %s =", desk.Thousands(preview.Count), s.ready.run.Amount)
	if len(s.ready.run.Amounts) > 0 {
		factors = fmt.Sprintf("%s 人，按表格 =", desk.Thousands(preview.Count))
	}
	sum := ui.Row(8, ui.NewText(factors, words), ui.NewTitle(preview.Total.String()), ui.NewText("元", words))
	left := ui.Row(0, ui.NewText("批次剩余 "+s.batch.Left().String()+" → ", words), ui.NewBold(preview.Left.String()))
	lines := ui.Column(8, sum, ui.Row(0, left, ui.Space(), state))
	if preview.Left < 0 {
		lines = ui.Column(8, sum, ui.Row(0, left), ui.Row(0, state))
		if first := len(s.affordable()); first > 0 {
			lines.Add(ui.Row(0, ui.NewLink(fmt.Sprintf("先充 %s 人，其余的换下一个批次", desk.Thousands(first)), s.chargeFirst)))
		}
	}
	p.sum.Objects = []fyne.CanvasObject{ui.NewBox(tint, theme.None, 4), ui.Pad(12, 10, 12, 10, lines)}
}

// noBatch says why there is nothing to charge from.
func (p *panel) noBatch() fyne.CanvasObject {
	if !p.screen.found.spent() {
		return ui.NewNote(ui.ToneNeutral, "", "请先选择学习卡批次。")
	}
	return p.allSpent()
}

// allSpent says that nobody can be charged now, what that leaves, and what to do for another batch: the nearest to one comes first.
func (p *panel) allSpent() fyne.CanvasObject {
	s, home := p.screen, p.screen.found.home
	text := "批次都已用完，现在不能充值。"
	if home.Uncharged > 0 {
		text += fmt.Sprintf("还有 %s 人没有充值", desk.Thousands(home.Uncharged))
		if price := home.Plan.Price; price > 0 {
			text += fmt.Sprintf("，按单价 %s 元要 %s 元", price, price*data.Money(home.Uncharged))
		}
		text += "。"
	}
	steps := ui.Column(8, ui.NewNote(ui.ToneWarning, "", text+"新的缴费订单审核通过后，会有新的批次。"))
	if home.Waiting > 0 {
		words := fmt.Sprintf("登记审核结果：%s 个订单待审核，共 %s 元", desk.Thousands(home.Waiting), home.WaitingSum)
		steps.Add(ui.Row(0, ui.NewLink(words, func() { s.desk.Go(desk.Orders, data.OrderQuery{PlanID: home.Plan.ID, Review: data.ReviewSubmitted}) })))
	}
	if home.Drafts > 0 {
		steps.Add(ui.Row(0, ui.NewLink(fmt.Sprintf("继续填写 %s 个订单草稿", desk.Thousands(home.Drafts)), func() { s.desk.Go(desk.Orders, data.OrderQuery{PlanID: home.Plan.ID, Review: data.ReviewDraft}) })))
	}
	steps.Add(ui.Row(0, ui.NewLink("上传缴费凭证", func() { s.desk.Go(desk.Payment, nil) })))
	return steps
}

// setButton names the button by what it does, or greys it and says why below.
func (p *panel) setButton() {
	s := p.screen
	label, reason := "充值", "全部成功或全部不变；充错用冲正更正。"
	switch {
	case s.running:
		label = "正在充值…"
	case s.ready == nil:
		// The answer comes in a moment; the words stay so that nothing flickers.
		label = p.button.Label
	case s.found.spent():
		reason = "批次都已用完，没有可以充的钱。"
	case s.batch.ID == 0:
		reason = "没有选择学习卡批次。"
	case s.ready.preview.Count == 0:
		reason = "请先在左边勾选学员。"
	case !s.ready.priced():
		label, reason = fmt.Sprintf("充值 %s 人", desk.Thousands(s.ready.preview.Count)), "请填写每人金额。"
	default:
		label = fmt.Sprintf("充值 %s 人，共 %s 元", desk.Thousands(s.ready.preview.Count), s.ready.preview.Total)
		if s.ready.preview.Left < 0 {
			reason = "批次剩余不够，请减少人数，或换一个批次。"
		}
	}
	p.button.SetLabel(label)
	p.button.SetDisabled(s.running || s.ready != nil && !s.ready.chargeable())
	p.reason.SetText(reason)
}

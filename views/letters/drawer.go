package letters

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// showDrawer shows what is chosen in the list of the chosen tab; without a choice the newest order.
func (s *Screen) showDrawer() {
	if s.tabs.Selected() == tabRegister {
		s.loadLetter()
		return
	}
	row := slices.IndexFunc(s.found.orders, func(order data.OrderRow) bool { return order.ID == s.order })
	if row < 0 && len(s.found.orders) > 0 && s.order == 0 && !s.host.IsOpen() && !s.looked {
		row = 0
	}
	s.looked = true
	if row < 0 {
		s.orders.CloseRow()
		s.host.SetOpen(false)
		return
	}
	order := s.found.orders[row]
	s.order = order.ID
	s.orders.Mark(row)
	s.drawer.OnStep = s.orders.OpenStep
	s.drawer.SetTitle(order.Number, ui.NewPill(string(order.Review), desk.ReviewTone(order.Review)))
	amount := ui.Row(6, ui.NewTitle(order.Total.String()), ui.NewText("元", theme.Text))
	facts := ui.Column(6, keyParagraph("培训计划", order.PlanName), keyParagraph("申请单位", order.ApplicantUnit), keyParagraph("缴费组织", order.Organizations),
		ui.NewKeyValue("转账时间", string(order.PaidAt)), ui.NewKeyObject("订单", ui.NewLink("查看订单详情", func() { s.desk.Go(desk.OrderDetails, order.ID) })))
	s.drawer.SetBody(ui.Column(12, amount, ui.NewLine(), facts, ui.NewLine(), s.letterPart(order)))
	s.setFooter(order)
	s.host.SetOpen(true)
}

// letterPart tells whether the order has a letter and what to do with it.
func (s *Screen) letterPart(order data.OrderRow) fyne.CanvasObject {
	part := ui.Column(6, ui.NewSection("确认书"))
	letter, made := s.found.live[order.ID]
	if !made {
		part.Add(ui.NewParagraph("还没有生成。生成时会取一个编号，并登记在“确认书登记”里。", theme.Secondary))
	} else {
		part.Add(ui.NewKeyObject("编号", ui.NewLink(letter.Number, func() { s.openLetter(letter.ID) }), ui.NewPill(string(letter.State), letterTone(letter.State))))
		part.Add(ui.NewKeyValue("生成时间", string(letter.CreatedAt)))
		if len(letter.OrderIDs) > 1 {
			part.Add(keyParagraph("包括订单", letter.Content.OrderNumbers()))
		}
		part.Add(ui.NewCaptionParagraph("订单没有改动时，再次生成得到同一份；改动以后会作废旧的，换新编号。", theme.Secondary))
	}
	part.Add(ui.Gap(4))
	part.Add(ui.NewBold("接下来"))
	for place, step := range []string{"预览，打印或保存为 PDF", "加盖公章，登记“已盖章”", "打印邮寄标签，寄出后登记运单号", "平台寄回以后登记“已回签”"} {
		part.Add(ui.Row(8, ui.NewCountBadge(fmt.Sprint(place+1), ui.TonePrimary), ui.NewText(step, theme.Text)))
	}
	return part
}

// setFooter gives the drawer the buttons for an order's letter.
func (s *Screen) setFooter(order data.OrderRow) {
	label := "生成并预览"
	if _, made := s.found.live[order.ID]; made {
		label = "预览和打印"
	}
	options := ui.NewButton("附名单…", "list", func() { s.askMake([]data.OrderRow{order}) })
	s.drawer.SetFooter(ui.Wide(ui.NewFilledButton(label, "printer", func() { s.makeOne(order) })), options)
}

// openLetter shows a letter in the register, whatever its filters hide.
func (s *Screen) openLetter(id int64) {
	s.filters.set(data.LetterQuery{})
	s.letter = id
	s.tabs.SetSelected(tabRegister)
	s.reload()
}

// keyParagraph is a fact whose value wraps beside a name of the other facts' width.
func keyParagraph(name, value string) fyne.CanvasObject {
	const nameWidth = 84
	return ui.Row(0, ui.FixedFill(nameWidth, ui.Column(0, ui.NewText(name, theme.Secondary))), ui.Grow(ui.NewParagraph(value, theme.Text)))
}

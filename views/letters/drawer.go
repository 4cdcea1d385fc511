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
		s.showLetter()
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
	s.drawer.SetTitle(order.Number, ui.NewPill(string(order.Review), reviewTone(order.Review)))
	amount := ui.Row(6, ui.NewTitle(order.Total.String()), ui.NewText("元", theme.Text))
	facts := ui.Column(6, keyParagraph("培训计划", order.PlanName), keyParagraph("申请单位", order.ApplicantUnit), keyParagraph("缴费组织", order.Organizations),
		ui.NewKeyValue("转账时间", string(order.PaidAt)), ui.NewKeyObject("订单", ui.NewLink("查看订单详情", func() { s.desk.Go(desk.OrderDetails, order.ID) })))
	body := ui.Column(12, amount, ui.NewLine(), facts, ui.NewLine(), s.letterPart(order))
	s.drawer.SetBody(body)
	s.setFooter(order.ID, order.Number)
	s.host.SetOpen(true)
}

// letterPart tells whether the order has a letter, where it was saved and what to do with it.
func (s *Screen) letterPart(order data.OrderRow) fyne.CanvasObject {
	part := ui.Column(6, ui.NewSection("确认书"))
	letter, made := s.found.live(order.ID)
	if !made {
		part.Add(ui.NewParagraph("还没有生成。生成时会取一个编号，并登记在“确认书登记”里。", theme.Secondary))
	} else {
		part.Add(ui.NewKeyObject("编号", ui.NewText(letter.Number, theme.Text), ui.NewPill(string(letter.State), letterTone(letter.State))))
		part.Add(ui.NewKeyValue("生成时间", string(letter.CreatedAt)))
		if file := s.saved[order.ID]; file.number == letter.Number {
			part.Add(keyParagraph("已保存到", file.path))
		}
		part.Add(ui.NewCaptionParagraph("订单没有改动时，再次保存得到同一份；改动以后会作废旧的，换新编号。", theme.Secondary))
	}
	part.Add(ui.Gap(4))
	part.Add(ui.NewBold("接下来"))
	for place, step := range []string{"保存 PDF，打开后打印", "填写相关信息，加盖公章", "打印邮寄标签，按上面的地址寄出"} {
		part.Add(ui.Row(8, ui.NewCountBadge(fmt.Sprint(place+1), ui.TonePrimary), ui.NewText(step, theme.Text)))
	}
	return part
}

// setFooter gives the drawer the buttons for an order's letter.
func (s *Screen) setFooter(orderID int64, number string) {
	label := "生成并保存 PDF"
	if _, made := s.found.live(orderID); made {
		label = "保存 PDF"
	}
	save := ui.NewFilledButton(label, "download", func() { s.save(orderID, number, false) })
	show := ui.NewButton("打开", "external-link", func() { s.openLetter(orderID, number) })
	save.SetDisabled(s.making)
	show.SetDisabled(s.making)
	s.drawer.SetFooter(ui.Wide(save), show)
}

// showLetter shows the chosen letter of the register.
func (s *Screen) showLetter() {
	row := slices.IndexFunc(s.found.letters, func(letter data.ConfirmationLetter) bool { return letter.ID == s.letter })
	if row < 0 {
		s.register.CloseRow()
		s.host.SetOpen(false)
		return
	}
	letter := s.found.letters[row]
	content := letter.Content
	s.register.Mark(row)
	s.drawer.OnStep = s.register.OpenStep
	s.drawer.SetTitle(letter.Number, ui.NewPill(string(letter.State), letterTone(letter.State)))
	amount := ui.Row(6, ui.NewTitle(content.Total().String()), ui.NewText("元", theme.Text), ui.Gap(6), ui.NewCaption(fmt.Sprintf("%d 人", content.People()), theme.Secondary))
	facts := ui.Column(6, ui.NewKeyValue("生成时间", string(letter.CreatedAt)), keyParagraph("培训计划", content.PlanName), keyParagraph("单位", content.Unit),
		keyParagraph("发票抬头", content.InvoiceTitle), ui.NewKeyObject("订单", ui.NewLink(orderNumber(letter), func() { s.desk.Go(desk.OrderDetails, letter.OrderIDs[0]) })))
	if len(letter.SHA256) > fingerprint {
		facts.Add(ui.NewKeyValue("文件指纹", letter.SHA256[:fingerprint]))
	}
	body := ui.Column(12, amount, ui.NewLine(), facts)
	s.drawer.SetFooter()
	if letter.State == data.LetterVoid {
		body.Add(ui.NewNote(ui.ToneNeutral, "", "订单后来有改动，这一份已作废，不要再寄出。编号不会再用。"))
	} else {
		s.setFooter(letter.OrderIDs[0], orderNumber(letter))
	}
	s.drawer.SetBody(body)
	s.host.SetOpen(true)
}

// fingerprint is how many characters of a file's SHA-256 tell copies apart well enough on paper.
const fingerprint = 16

// keyParagraph is a fact whose value wraps beside a name of the other facts' width.
func keyParagraph(name, value string) fyne.CanvasObject {
	const nameWidth = 84
	return ui.Row(0, ui.FixedFill(nameWidth, ui.Column(0, ui.NewText(name, theme.Secondary))), ui.Grow(ui.NewParagraph(value, theme.Text)))
}

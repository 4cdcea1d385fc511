package payment

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// lineHeight is that of an organisation's line in the list of amounts, in px.
const lineHeight float32 = 48

// amountRow is one organisation with its amount.
type amountRow struct {
	step    *organizationsStep
	id      int64
	field   *ui.Field
	people  *ui.Text
	price   *ui.Text
	sign    *ui.Icon
	hint    *ui.ElidedText
	below   *fyne.Container // the problem or the doubt, under the amount and as wide as it needs
	mark    *ui.Icon
	said    *ui.Paragraph
	problem string
	doubt   string // why the whole line should perhaps not be there
}

// showRows makes the list anew where other organisations are chosen than it shows.
func (o *organizationsStep) showRows() {
	lines := o.wizard.order().Lines
	same := len(lines) == len(o.rows) && len(lines) > 0
	for i := 0; same && i < len(lines); i++ {
		same = lines[i].OrganizationID == o.rows[i].id
	}
	if !same {
		o.rows, o.lines.Objects = nil, nil
		for _, line := range lines {
			row := newAmountRow(o, line)
			o.rows = append(o.rows, row)
			o.lines.Add(ui.Fixed(lineHeight-1, row.content(line.OrganizationPath)))
			o.lines.Add(row.below)
			o.lines.Add(ui.NewLine())
		}
		if len(lines) == 0 {
			o.lines.Add(ui.Pad(16, 32, 16, 32, ui.Centre(ui.NewText("还没有选择缴费组织。在上面输入机构名称，或点开列表勾选。", theme.Secondary))))
		}
		o.lines.Refresh()
	}
	was := o.wizard.filling
	o.wizard.filling = true
	for _, row := range o.rows {
		row.field.SetText(o.wizard.typed[row.id])
	}
	o.wizard.filling = was
	o.showTotals()
}

func newAmountRow(o *organizationsStep, line data.OrderLine) *amountRow {
	r := &amountRow{step: o, id: line.OrganizationID, field: ui.NewMoneyField("0.00", amountColumn)}
	r.people, r.price, r.hint = ui.NewText("", theme.Text), ui.NewText("", theme.Text), ui.NewElidedText("", theme.Secondary)
	r.people.Align, r.price.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	r.hint.TextSize = theme.SizeCaption
	r.sign = ui.NewSizedIcon("", theme.Danger, 14)
	r.mark, r.said = ui.NewSizedIcon("", theme.Danger, 14), ui.NewCaptionParagraph("", theme.TextDanger)
	words := ui.Row(6, ui.Top(r.mark), ui.Grow(r.said))
	r.below = ui.Pad(16, 0, 16, 8, ui.Row(16, ui.Space(), ui.Fixed(amountColumn+16+hintColumn, words)))
	r.below.Hide()
	r.field.OnChanged = func(text string) {
		if !o.wizard.filling {
			r.typed(text)
		}
	}
	r.field.OnBlur = r.left
	r.field.OnSubmitted = func(string) { o.goOn(r) }
	return r
}

func (r *amountRow) content(path string) fyne.CanvasObject {
	remove := ui.NewSmallIconButton("x", "去掉"+path, theme.Secondary, func() { r.step.remove(r.id) })
	count := ui.NewSmallIconButton("refresh-cw", "按现在的学员名单重新数人数", theme.Secondary, func() { r.step.countPeople(r.id) })
	rest := ui.Row(6, r.sign, ui.Wide(r.hint), count, remove)
	return ui.Pad(16, 0, 16, 0, r.step.columns(ui.NewElidedText(path, theme.Text), r.people, r.price, r.field, rest))
}

// line gives the row's line in the order, or nil.
func (r *amountRow) line() *data.OrderLine {
	lines := r.step.wizard.order().Lines
	for i := range lines {
		if lines[i].OrganizationID == r.id {
			return &lines[i]
		}
	}
	return nil
}

// typed takes an amount; what is none keeps standing in the field and counts as nothing.
func (r *amountRow) typed(text string) {
	line := r.line()
	if line == nil {
		return
	}
	r.step.wizard.typed[r.id] = text
	line.Amount, _ = data.ParseMoney(text)
	r.step.wizard.changed()
	r.step.showTotals()
}

// left writes an amount the usual way once the field is left.
func (r *amountRow) left() {
	if amount, err := data.ParseMoney(r.field.Text()); err == nil {
		r.step.wizard.typed[r.id] = amount.String()
		r.step.wizard.filling = true
		r.field.SetText(amount.String())
		r.step.wizard.filling = false
	}
	r.step.wizard.leave(amountKey(r.id))
}

// show tells what the amount should be and what is wrong with it.
func (r *amountRow) show() {
	line := r.line()
	if line == nil {
		return
	}
	price := r.step.price
	r.people.SetText(fmt.Sprint(line.People))
	r.price.SetText("未设置")
	r.price.SetRole(theme.Secondary)
	if price > 0 {
		r.price.SetText(price.String())
		r.price.SetRole(theme.Text)
	}
	r.field.SetBad(r.problem != "")
	r.showBelow()
	hint, role, sign, signRole := "", theme.Secondary, "", theme.None
	if expected := price * data.Money(line.People); price > 0 {
		hint = fmt.Sprintf("%d 人 × %s = %s", line.People, price, expected)
		switch {
		case line.Amount == expected && line.Amount > 0:
			sign, signRole = "circle-check", theme.Success
		case line.Amount > 0:
			hint, role, sign, signRole = hint+difference(line.Amount, expected), theme.TextWarning, "triangle-alert", theme.Warning
		}
	}
	r.sign.SetIcon(sign, signRole)
	r.hint.SetRole(role)
	r.hint.SetText(hint)
}

// showBelow says what is wrong with the line, or doubtful where nothing is.
func (r *amountRow) showBelow() {
	words, icon, role, textRole := r.problem, "circle-alert", theme.Danger, theme.TextDanger
	if words == "" {
		words, icon, role, textRole = r.doubt, "triangle-alert", theme.Warning, theme.TextWarning
	}
	r.below.Hidden = words == ""
	r.mark.SetIcon(icon, role)
	r.said.Role = textRole
	r.said.SetText(strings.TrimSpace(words))
}

// goOn moves from one amount to the next, and from the last to 下一步.
func (o *organizationsStep) goOn(row *amountRow) {
	for i, one := range o.rows {
		if one == row && i+1 < len(o.rows) {
			o.rows[i+1].field.Focus()
			return
		}
	}
	o.wizard.goOn()
}

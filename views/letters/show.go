package letters

import (
	"fmt"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

func (s *Screen) show(found listed) {
	s.found = found
	total := 0
	for _, count := range found.counts {
		total += count
	}
	s.tabs.SetTabs(ui.Tab{Label: "可以生成的订单", Count: fmt.Sprint(len(found.orders)), Tone: ui.TonePrimary},
		ui.Tab{Label: "确认书登记", Count: fmt.Sprint(total), Tone: ui.ToneNeutral})
	s.sentence.SetText("打印《确认书》，盖章后邮寄给平台。" + s.whatWaits())
	s.note.Set(ui.TonePrimary, "邮寄地址　", addressOf(found.mailing))
	s.filters.show(found.plans, found.counts)
	s.orders.Refresh()
	s.register.Refresh()
	s.showTab()
}

// whatWaits counts orders without a letter and letters that are still on their way out.
func (s *Screen) whatWaits() string {
	without, text := 0, ""
	for _, order := range s.found.orders {
		if _, made := s.found.live[order.ID]; !made {
			without++
		}
	}
	if without > 0 {
		text = fmt.Sprintf("%d 个订单还没有确认书。", without)
	}
	if waiting := s.found.counts[data.LetterMade] + s.found.counts[data.LetterPrinted] + s.found.counts[data.LetterStamped]; waiting > 0 {
		text += fmt.Sprintf("%d 份还没有寄出。", waiting)
	}
	return text
}

// showTab shows the list of the chosen tab and the drawer of what is chosen in it.
func (s *Screen) showTab() {
	register := s.tabs.Selected() == tabRegister
	s.orders.Hidden, s.register.Hidden, s.filters.content.Hidden = register, !register, !register
	s.batch.Hidden, s.print.Hidden, s.step.Hidden, s.scans.Hidden = register, !register, !register, !register
	s.list.Refresh()
	s.content.Refresh()
	s.showTicks()
	s.showDrawer()
}

// showTicks says what is ticked, and what can be done with all of it.
func (s *Screen) showTicks() {
	if s.tabs.Selected() == tabRegister {
		s.showLetterTicks()
		return
	}
	s.count.SetText(fmt.Sprintf("共 %d 个订单", len(s.found.orders)))
	ticked := s.tickedOrders()
	var sum data.Money
	for _, order := range ticked {
		sum += order.Total
	}
	s.sum.SetText(tickedWords(len(ticked), "个订单", sum))
	s.batch.SetLabel("批量生成")
	if len(ticked) > 0 {
		s.batch.SetLabel(fmt.Sprintf("为 %d 个订单生成", len(ticked)))
	}
	s.batch.SetDisabled(len(ticked) == 0)
	s.head.Refresh()
	s.footer.Refresh()
}

func tickedWords(count int, what string, sum data.Money) string {
	if count == 0 {
		return ""
	}
	return fmt.Sprintf("已选 %d %s · 合计 %s 元", count, what, sum)
}

func (s *Screen) showLetterTicks() {
	s.count.SetText(fmt.Sprintf("共 %s 份", desk.Thousands(s.found.letters.Len())))
	ticked := s.tickedLetters()
	var sum data.Money
	for _, letter := range ticked {
		sum += letter.Content.Total()
	}
	s.sum.SetText(tickedWords(len(ticked), "份", sum))
	next, same := commonStep(ticked)
	s.step.SetLabel("登记")
	if same {
		s.step.SetLabel(fmt.Sprintf("%d 份登记为%s", len(ticked), next))
	}
	s.step.Tip = ""
	if len(ticked) > 0 && !same {
		s.step.Tip = "勾选的确认书状态不同，请勾选状态相同的。"
	}
	s.step.SetDisabled(!same)
	s.print.SetLabel("打印")
	if len(ticked) > 0 {
		s.print.SetLabel(fmt.Sprintf("打印 %d 份", len(ticked)))
	}
	s.print.SetDisabled(len(ticked) == 0)
	s.head.Refresh()
	s.footer.Refresh()
}

// commonStep is the step that all letters can take together.
func commonStep(letters []data.LetterRow) (next data.LetterState, same bool) {
	for at, letter := range letters {
		step, ok := letter.State.Next()
		if !ok || at > 0 && step != next {
			return "", false
		}
		next = step
	}
	return next, len(letters) > 0
}

func (s *Screen) closeDrawer() {
	s.order, s.letter = 0, 0
	s.orders.CloseRow()
	s.register.CloseRow()
	s.host.SetOpen(false)
}

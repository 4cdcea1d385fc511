package letters

import (
	"context"
	"fmt"
	"time"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// stepTicked asks for the next step of all letters that are ticked.
func (s *Screen) stepTicked() {
	ticked := s.tickedLetters()
	if next, same := commonStep(ticked); same {
		s.askStep(ticked, next)
	}
}

// stepHelp says what a step stands for.
var stepHelp = map[data.LetterState]string{
	data.LetterPrinted:  "纸质确认书已经打印出来。",
	data.LetterStamped:  "已经在确认书上加盖单位公章。",
	data.LetterSent:     "已经交给快递或邮局。一个信封里的几份一起登记，共用一个运单号。",
	data.LetterReturned: "平台已经盖章寄回，或者电话确认收到。可以再添加扫描件。",
}

// askStep asks for the day of a step, and of a sending for the carrier and the number.
func (s *Screen) askStep(letters []data.LetterRow, next data.LetterState) {
	day, carrier, tracking := ui.NewDateField(""), ui.NewSelect("请选择", ui.Words(data.LetterCarriers...)...), ui.NewField("照面单填写，没有可以不填")
	day.Now = func() time.Time { return s.service.Now().Time() }
	day.SetText(string(s.service.Today()))
	form := ui.NewForm(ui.NewRequiredRow("on", "日期", day))
	if next == data.LetterSent {
		form.Add(ui.NewRequiredRow("carrier", "寄送方式", carrier))
		form.Add(ui.NewFormRow("tracking", "运单号", tracking))
	}
	ids := make([]int64, len(letters))
	for at, letter := range letters {
		ids[at] = letter.ID
	}
	what := "确认书 " + letters[0].Number + " "
	if len(letters) > 1 {
		what = fmt.Sprintf("%d 份确认书", len(letters))
	}
	move := data.LetterMove{To: next}
	s.desk.Ask(desk.Question{
		Title: what + "登记为“" + string(next) + "”", Text: stepHelp[next], Verb: "登记" + string(next), Form: form,
		Read: func() { move.On, move.Carrier, move.Tracking = data.Date(day.Text()), carrier.Key(), tracking.Text() },
		Do:   func(ctx context.Context) error { return s.service.MoveLetters(ctx, ids, move) },
		Done: func() { s.moved(what, ids, next) },
	})
}

// moved tells of a step and offers to take it back.
func (s *Screen) moved(what string, ids []int64, next data.LetterState) {
	s.register.ClearTicks()
	s.showTicks()
	ui.ShowToast(s.desk.Window, ui.Toast{Text: what + "已登记为“" + string(next) + "”。", Action: "撤销", OnAction: func() {
		s.desk.Do(func(ctx context.Context) error { return s.service.UndoLetterMove(ctx, ids, next) }, func() { s.desk.Toast("已撤销。") })
	}})
}

// askReason asks why before something is done to a letter.
func (s *Screen) askReason(title, text, verb, told string, do func(ctx context.Context, reason string) error) {
	why := ui.NewTextArea("", 2)
	form := ui.NewForm(ui.NewRequiredRow("reason", "原因", why))
	reason := ""
	s.desk.Ask(desk.Question{Title: title, Text: text, Verb: verb, Form: form, Read: func() { reason = why.Text() },
		Do: func(ctx context.Context) error { return do(ctx, reason) }, Done: func() { s.desk.Toast(told) }})
}

func (s *Screen) askBack(letter data.LetterRow) {
	previous, _ := letter.State.Previous()
	s.askReason("退回到“"+string(previous)+"”", "确认书 "+letter.Number+" 现在是“"+string(letter.State)+"”。原来的记录和这次的原因都会留在经过里。", "退回",
		"确认书 "+letter.Number+" 已退回到“"+string(previous)+"”。", func(ctx context.Context, reason string) error { return s.service.BackLetter(ctx, letter.ID, reason) })
}

func (s *Screen) askVoid(letter data.LetterRow) {
	s.askReason("作废确认书 "+letter.Number, "作废以后不能恢复，编号也不会再用；订单可以再生成一份新的。已经寄出的，请电话告诉平台。", "作废",
		"确认书 "+letter.Number+" 已作废。", func(ctx context.Context, reason string) error { return s.service.VoidLetter(ctx, letter.ID, reason) })
}

// renew makes the letter that takes the place of one which its orders contradict.
func (s *Screen) renew(letter data.LetterRow) {
	again := func(ctx context.Context, reason string) error {
		made, err := s.service.RenewLetter(ctx, letter.ID, reason)
		if err == nil {
			s.letter = made.ID
		}
		return err
	}
	told := "旧的 " + letter.Number + " 已作废，新的一份已生成。"
	if letter.Content.ListKind() == data.ListWhole {
		s.askReason("作废并生成新的", "新的一份也列出完整证件号，请写明原因，会记入操作日志。", "生成", told, again)
		return
	}
	s.desk.Do(func(ctx context.Context) error { return again(ctx, "") }, func() {
		s.desk.Toast(told)
		s.reload()
	})
}

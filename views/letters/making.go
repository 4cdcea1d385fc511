package letters

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/ui"
)

// makeOne makes the letter of an order, or takes the one that there is, and shows it.
func (s *Screen) makeOne(order data.OrderRow) {
	before, had := s.found.live[order.ID]
	var made app.MadeLetter
	s.desk.Do(func(ctx context.Context) (err error) {
		made, err = s.service.MakeLetter(ctx, order.ID)
		return err
	}, func() {
		note := ""
		if had && before.Number != made.Number {
			note = fmt.Sprintf("订单有改动：%s 已作废，这是新的 %s。", before.Number, made.Number)
		}
		s.showPDF([]data.ConfirmationLetter{made.ConfirmationLetter}, note, func(_ context.Context, w io.Writer) (app.Written, error) { return written(w, made, nil) })
	})
}

// written gives a letter's bytes as they were made.
func written(w io.Writer, made app.MadeLetter, err error) (app.Written, error) {
	if err == nil {
		_, err = w.Write(made.PDF)
	}
	return made.Written, err
}

// preview shows letters of the register as they were made.
func (s *Screen) preview(letters []data.LetterRow) {
	var plain []data.ConfirmationLetter
	var ids []int64
	for _, letter := range letters {
		plain, ids = append(plain, letter.ConfirmationLetter), append(ids, letter.ID)
	}
	note := ""
	if len(letters) == 1 && letters[0].State == data.LetterVoid {
		note = "这一份已作废，不要再打印寄出。"
	}
	s.showPDF(plain, note, func(ctx context.Context, w io.Writer) (app.Written, error) {
		if len(ids) == 1 { // byte for byte as it is registered
			made, err := s.service.PrintLetter(ctx, ids[0])
			return written(w, made, err)
		}
		return s.service.WriteLetters(ctx, w, ids)
	})
}

func (s *Screen) printTicked() {
	if ticked := s.tickedLetters(); len(ticked) > 0 {
		s.preview(ticked)
	}
}

// showPDF previews letters; those that go to the printer for the first time are registered as printed.
func (s *Screen) showPDF(letters []data.ConfirmationLetter, note string, write func(ctx context.Context, w io.Writer) (app.Written, error)) {
	title, name := "确认书 "+letters[0].Number, "确认书_"+letters[0].Number+".pdf"
	if len(letters) > 1 {
		title, name = fmt.Sprintf("%d 份确认书", len(letters)), fmt.Sprintf("确认书_%d份_%s.pdf", len(letters), s.service.Today())
	}
	var fresh []int64
	for _, letter := range letters {
		if letter.State == data.LetterMade {
			fresh = append(fresh, letter.ID)
		}
	}
	told := func() {}
	preview.Show(s.desk, s.service, preview.Paper{Title: title, Name: name, Note: note, Write: write,
		OnPrinted: func(printed app.Printed) {
			if !printed.Sent || len(fresh) == 0 {
				return
			}
			ids := fresh
			fresh = nil
			s.desk.Do(func(ctx context.Context) error {
				return s.service.MoveLetters(ctx, ids, data.LetterMove{To: data.LetterPrinted})
			}, func() { told = func() { s.moved(title+" ", ids, data.LetterPrinted) } })
		},
		OnClose: func() { told(); s.reload() },
	})
}

// askBatch asks how to make letters for the orders that are ticked.
func (s *Screen) askBatch() {
	if ticked := s.tickedOrders(); len(ticked) > 0 {
		s.askMake(ticked)
	}
}

// The ways of making letters for several orders.
const (
	oneEach = iota
	oneForAll
)

// askMake asks whether every order gets its own letter and which list of people stands on them.
func (s *Screen) askMake(orders []data.OrderRow) {
	ways := ui.NewSegments("每个订单一份", "合成一份")
	lists := []data.LetterList{data.ListNone, data.ListMasked, data.ListWhole}
	list := ui.NewSegments("不附", "隐藏部分证件号", "完整证件号")
	reason := ui.NewField("例如：平台要求附名单")
	form := ui.NewForm(ui.NewFormRow("ways", "份数", ui.Row(0, ways)).WithHint("合成一份：同一个培训计划的几个订单写在一份确认书里。"),
		ui.NewFormRow("list", "人员名单", ui.Row(0, list)), ui.NewRequiredRow("reason", "原因", reason).WithHint("打印完整证件号的原因会记入操作日志。"))
	form.SetRowVisible("ways", len(orders) > 1)
	form.SetRowVisible("reason", false)
	var dialog *ui.Dialog
	list.OnChanged = func(index int) {
		form.SetRowVisible("reason", lists[index] == data.ListWhole)
		dialog.Relayout()
	}
	var requests []data.LetterRequest
	var ids []int64
	title := fmt.Sprintf("为 %d 个订单生成确认书", len(orders))
	if len(orders) == 1 {
		title = "生成订单 " + orders[0].Number + " 的确认书"
	}
	dialog = s.desk.Ask(desk.Question{
		Title: title, Text: "没有改动的订单得到原来的那一份；改动过的，旧的作废，换新编号。", Verb: "生成并预览", Form: form,
		Read: func() {
			requests = requestsFor(orders, ways.Selected() == oneForAll, lists[list.Selected()], reason.Text())
		},
		Do: func(ctx context.Context) (err error) {
			if len(requests) == 1 {
				ids, err = s.service.MakeLetters(ctx, requests, nil)
			}
			return err
		},
		Done: func() {
			if len(requests) == 1 {
				s.showMade(ids)
				return
			}
			s.desk.Work("正在生成确认书", func(ctx context.Context, progress app.Progress) (err error) {
				ids, err = s.service.MakeLetters(ctx, requests, progress)
				return err
			}, func() { s.showMade(ids) })
		},
	})
}

func requestsFor(orders []data.OrderRow, together bool, list data.LetterList, reason string) []data.LetterRequest {
	all := data.LetterRequest{List: list, Reason: reason}
	var requests []data.LetterRequest
	for _, order := range orders {
		all.OrderIDs = append(all.OrderIDs, order.ID)
		requests = append(requests, data.LetterRequest{OrderIDs: []int64{order.ID}, List: list, Reason: reason})
	}
	if together {
		return []data.LetterRequest{all}
	}
	return requests
}

// showMade previews letters that were just made.
func (s *Screen) showMade(ids []int64) {
	s.orders.ClearTicks()
	var rows []data.LetterRow
	s.desk.Do(func(ctx context.Context) (err error) {
		rows, err = s.service.LetterRows(ctx, ids)
		return err
	}, func() { s.preview(rows) })
}

// askLabels asks on what mailing labels are printed and how many.
func (s *Screen) askLabels() {
	var sizes []ui.Option
	for _, size := range data.LabelSizes {
		sizes = append(sizes, ui.Option{Key: string(size), Text: string(size)})
	}
	size, count, skip := ui.NewSelect("", sizes...), ui.NewField(""), ui.NewField("")
	size.SetKey(string(data.LabelSizes[0]))
	count.SetText(fmt.Sprint(max(1, len(s.tickedLetters()))))
	skip.SetText("0")
	form := ui.NewForm(ui.NewFormRow("size", "打印在", size), ui.NewRequiredRow("count", "枚数", count).WithHint("勾选了几份确认书，就先填几枚。"),
		ui.NewFormRow("skip", "已用掉", skip).WithHint("这张标签纸左上角起已经撕掉几枚。"))
	only := func() {
		sheet := data.LabelSize(size.Key()) == data.LabelSheet
		form.SetRowVisible("count", sheet)
		form.SetRowVisible("skip", sheet)
	}
	only()
	var request data.LabelRequest
	var pdf bytes.Buffer
	var made app.Written
	dialog := s.desk.Ask(desk.Question{
		Title: "打印邮寄标签", Text: "收件人：" + addressOf(s.found.mailing), Verb: "预览", Form: form,
		Read: func() {
			request = data.LabelRequest{Size: data.LabelSize(size.Key()), Count: number(count.Text()), Skip: number(skip.Text())}
			pdf.Reset()
		},
		Do: func(ctx context.Context) (err error) {
			made, err = s.service.WriteLabels(ctx, &pdf, request)
			return err
		},
		Done: func() {
			preview.Show(s.desk, s.service, preview.Paper{Title: "邮寄标签", Name: "邮寄标签.pdf",
				Write: func(_ context.Context, w io.Writer) (app.Written, error) {
					_, err := w.Write(pdf.Bytes())
					return made, err
				}})
		},
	})
	size.OnChanged = func(string) { only(); dialog.Relayout() }
}

// number reads a count; what is none is -1, which the program refuses.
func number(text string) int {
	var count int
	if _, err := fmt.Sscanf(data.CleanText(text), "%d", &count); err != nil {
		return -1
	}
	return count
}

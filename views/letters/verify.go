package letters

import (
	"context"
	"fmt"
	"regexp"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// askVerify compares a letter on paper or in a file with the register; the answer stands in the dialog.
func (s *Screen) askVerify() {
	code := ui.NewField("用扫码枪扫二维码，或粘贴、输入编号")
	answer := ui.Column(8)
	dialog := ui.NewDialog(s.desk.Window, "核对确认书真伪")
	dialog.Text = "确认书右上角的二维码里有编号、金额和校验码。扫描、粘贴它，或选择 PDF、扫描件、照片，看它和登记的是不是同一份。"
	dialog.Width, dialog.CancelLabel = 520, "关闭"
	form := ui.NewForm(ui.NewFormRow("text", "二维码或编号", code))
	dialog.Body = ui.Column(12, form, answer)
	show := func(ask func(ctx context.Context) (app.Verified, error)) {
		var verified app.Verified
		var failure error
		s.desk.Do(func(ctx context.Context) error { verified, failure = ask(ctx); return nil }, func() {
			answer.Objects = []fyne.CanvasObject{verdict(verified, failure)}
			answer.Refresh()
			dialog.Relayout()
		})
	}
	check := func() bool {
		text := code.Text()
		show(func(ctx context.Context) (app.Verified, error) { return s.service.VerifyLetter(ctx, text) })
		return false
	}
	// The dialog stays: the answer stands in it.
	dialog.AddButton("选择文件…", nil).OnTapped = func() {
		ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择确认书的 PDF、扫描件或照片", Extensions: scanTypes}, func(path string) {
			show(func(ctx context.Context) (app.Verified, error) { return s.service.VerifyLetterFile(ctx, path) })
		})
	}
	dialog.SetDefault("核对", check)
	dialog.Show()
	form.FocusField("text")
}

var wholeCode = regexp.MustCompile(`^([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})[0-9a-f]{52}$`)

// shownCheck writes a whole 校验码 as the paper's foot does, which has twelve of its digits.
func shownCheck(text string) string { return wholeCode.ReplaceAllString(text, "$1 $2 $3") }

// verdict says whether a letter is the registered one, and compares what it says line by line.
func verdict(v app.Verified, failure error) fyne.CanvasObject {
	if failure != nil {
		text := "核对没有完成，请再试一次。"
		if problem, ok := data.AsProblem(failure); ok {
			text = problem.Error()
		}
		return ui.NewNote(ui.ToneDanger, "", text)
	}
	column := ui.Column(8)
	switch {
	case v.Letter.State == data.LetterVoid:
		text := "编号 " + v.Letter.Number + " 登记过，但已经作废。"
		if v.Letter.ReplacedBy != "" {
			text += "新的一份是 " + v.Letter.ReplacedBy + "。"
		}
		column.Add(ui.NewNote(ui.ToneDanger, "已作废　", text))
	case !v.Genuine():
		column.Add(ui.NewNote(ui.ToneDanger, "不一致　", "下面标出的内容和登记的不同，这不是登记的那一份。"))
	case len(v.Checks) == 1:
		column.Add(ui.NewNote(ui.ToneWarning, "有这个编号　", "只核对了编号。请再核对下面的金额，或扫描二维码核对全部内容。"))
	case v.Judged && !v.SameFile:
		column.Add(ui.NewNote(ui.ToneSuccess, "内容一致　", "编号、金额和校验码都与登记的一致。文件重新保存过，不是逐字节的原件。"))
	default:
		column.Add(ui.NewNote(ui.ToneSuccess, "一致　", "编号、金额和校验码都与登记的一致。"))
	}
	for _, check := range v.Checks {
		if check.Agrees {
			column.Add(ui.NewKeyObject(check.Name, ui.NewText(shownCheck(check.Said), theme.Text), ui.NewIcon("circle-check", theme.Success)))
			continue
		}
		column.Add(ui.NewKeyObject(check.Name, ui.NewText(fmt.Sprintf("纸上 %s，登记 %s", shownCheck(check.Said), shownCheck(check.Known)), theme.TextDanger), ui.NewIcon("circle-x", theme.Danger)))
	}
	content := v.Letter.Content
	column.Add(ui.NewLine())
	column.Add(ui.NewKeyObject("登记", ui.NewText(fmt.Sprintf("%s · %s 元 · %d 人", v.Letter.Number, content.Total(), content.People()), theme.Text),
		ui.NewPill(string(v.Letter.State), letterTone(v.Letter.State))))
	return column
}

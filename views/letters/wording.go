package letters

import (
	"bytes"
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the editor in px.
const (
	wordingForm float32 = 440
	wordingHead float32 = 52
)

// wording edits the letter's text and recipient beside the page that comes of it.
type wording struct {
	screen                              *Screen
	stored                              data.LetterSettings
	title                               *ui.Field
	opening, declaration, closing       *ui.TextArea
	recipient, sendWithin, returnWithin *ui.Field
	form                                *ui.Form
	pages                               *ui.PageView
	note                                *ui.Note
	notes, side                         *fyne.Container
	cover                               *ui.Cover
	drafts                              desk.Sequence
	drawer                              *preview.Pages
}

// editWording opens the editor with what is stored.
func (s *Screen) editWording() {
	var settings data.LetterSettings
	s.desk.Do(func(ctx context.Context) (err error) {
		settings, err = s.service.LetterSettings(ctx)
		return err
	}, func() { newWording(s, settings) })
}

func newWording(s *Screen, settings data.LetterSettings) *wording {
	w := &wording{screen: s, stored: settings, pages: ui.NewPageView()}
	w.pages.Placeholder = "正在准备预览……"
	w.drawer = preview.NewPages(s.desk, s.desk.Fail, w.pages)
	w.title = ui.NewField("默认：确认书")
	w.opening, w.declaration, w.closing = ui.NewTextArea("默认文字见右边", 4), ui.NewTextArea("默认文字见右边", 4), ui.NewTextArea("默认：特此确认。", 2)
	w.recipient, w.sendWithin, w.returnWithin = ui.NewField(""), ui.NewField(""), ui.NewField("")
	picks := ui.Row(8)
	for _, name := range data.LetterRecipients {
		picks.Add(ui.NewSmallButton(name, "", func() { w.recipient.SetText(name); w.draft() }))
	}
	w.form = ui.NewForm(ui.NewFormRow("recipient", "收件人", ui.Row(8, ui.Wide(w.recipient), picks)).WithHint("手册里两处写法不同，请按平台电话里说的选。"), ui.NewLine(),
		ui.NewFormRow("title", "标题", w.title), ui.NewFormRow("opening", "正文开头", w.opening), ui.NewFormRow("declaration", "声明", w.declaration),
		ui.NewFormRow("closing", "结尾", w.closing).WithHint("空着就用默认文字。可以写 {单位} {培训计划} {计划编号} {年份} {人数} {金额} {金额大写} {订单}，生成时代入。"), ui.NewLine(),
		ui.NewFormRow("days", "没寄出提醒", days(w.sendWithin, "天，从生成那天算起")),
		ui.NewFormRow("return_days", "没回签提醒", days(w.returnWithin, "天，从寄出那天算起")).WithHint("到时在首页的“等谁办”里提醒。"))
	w.form.OnLeave = func(string) { w.draft() }
	w.set(settings)
	s.showWording(w)
	w.draft()
	return w
}

func days(field *ui.Field, words string) fyne.CanvasObject {
	return ui.Row(8, ui.Fixed(64, field), ui.NewText(words, theme.Secondary))
}

func (s *Screen) showWording(w *wording) {
	head := ui.Row(8, ui.NewSection("确认书的文字与收件人"), ui.Space(), ui.NewButton("恢复默认文字", "rotate-ccw", w.reset),
		ui.NewButton("取消", "", w.cancel), ui.NewFilledButton("保存", "check", w.save))
	w.note = ui.NewNote(ui.ToneWarning, "", "")
	w.notes = ui.Pad(16, 8, 16, 8, w.note)
	w.notes.Hide()
	w.side = ui.Column(0, w.notes, ui.Grow(w.pages))
	body := ui.Row(0, ui.FixedFill(wordingForm, ui.NewScroll(ui.Pad(26, 16, 16, 16, w.form))), ui.FixedFill(1, ui.NewLine()), ui.Grow(w.side))
	panel := ui.Ground(theme.Surface, ui.Column(0, ui.Fixed(wordingHead-1, ui.Pad(16, 0, 16, 0, head)), ui.NewLine(), ui.Grow(body)))
	w.cover = ui.ShowCover(s.desk.Window, panel, w.cancel)
	w.form.FocusField("opening")
}

func (w *wording) set(settings data.LetterSettings) {
	w.recipient.SetText(settings.Recipient)
	w.title.SetText(settings.Text.Title)
	w.opening.SetText(settings.Text.Opening)
	w.declaration.SetText(settings.Text.Declaration)
	w.closing.SetText(settings.Text.Closing)
	w.sendWithin.SetText(fmt.Sprint(settings.SendWithin))
	w.returnWithin.SetText(fmt.Sprint(settings.ReturnWithin))
}

// read gives what is typed.
func (w *wording) read() data.LetterSettings {
	return data.LetterSettings{Recipient: w.recipient.Text(), SendWithin: number(w.sendWithin.Text()), ReturnWithin: number(w.returnWithin.Text()),
		Text: data.LetterText{Title: w.title.Text(), Opening: w.opening.Text(), Declaration: w.declaration.Text(), Closing: w.closing.Text()}}
}

// reset empties the blocks, which stands for the default wording; nothing is stored before 保存.
func (w *wording) reset() {
	settings := w.read()
	settings.Text = data.LetterText{}
	w.set(settings)
	w.draft()
}

// draft shows the page that comes of what is typed; a problem shows under its field.
func (w *wording) draft() {
	settings := w.read()
	type drafted struct {
		paper    *app.Paper
		warnings []data.Problem
		err      error
	}
	desk.Load(w.screen.desk, &w.drafts, func(ctx context.Context) (drafted, error) {
		var pdf bytes.Buffer
		written, err := w.screen.service.DraftLetter(ctx, &pdf, settings)
		if err != nil {
			return drafted{err: err}, nil
		}
		paper, err := w.screen.service.OpenPaper(ctx, pdf.Bytes())
		return drafted{paper, written.Warnings, err}, nil
	}, func(d drafted) {
		w.form.SetProblems(nil)
		switch {
		case w.cover == nil:
			if d.paper != nil {
				d.paper.Close()
			}
		case d.err != nil:
			w.tell(d.err)
		default:
			w.warn(d.warnings)
			w.drawer.Show(d.paper)
		}
	})
}

// warn says above the page which of the characters no font has.
func (w *wording) warn(warnings []data.Problem) {
	if w.notes.Hidden = len(warnings) == 0; !w.notes.Hidden {
		w.note.Set(ui.ToneWarning, "", preview.Warnings(warnings))
	}
	w.side.Refresh()
}

// tell shows a problem under its field, or in the page's place.
func (w *wording) tell(err error) {
	problem, known := data.AsProblem(err)
	if known && w.form.Row(problem.Where.Field) != nil {
		w.form.SetProblems(map[string]string{problem.Where.Field: problem.Error()})
		return
	}
	w.screen.desk.Fail(err)
}

func (w *wording) save() {
	settings := w.read()
	var failure error
	w.screen.desk.Do(func(ctx context.Context) error {
		failure = w.screen.service.SaveLetterSettings(ctx, settings)
		return nil
	}, func() {
		if failure != nil {
			w.tell(failure)
			return
		}
		w.close()
		w.screen.desk.Toast("已保存，以后生成的确认书用新的文字和收件人。")
	})
}

// cancel asks before it throws away what was typed.
func (w *wording) cancel() {
	if w.read() == w.stored {
		w.close()
		return
	}
	ui.ConfirmDanger(w.screen.desk.Window, "不保存就关闭？", "改过的文字、收件人或提醒天数还没有保存，关闭后就没有了。", "不保存，关闭", w.close)
}

func (w *wording) close() {
	if w.cover == nil {
		return
	}
	w.cover.Hide()
	w.cover = nil
	w.drawer.Close()
}

package submission

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// replyFiles are the files that a 回盘 may come in.
var replyFiles = []string{".xlsx", ".xls", ".csv", ".txt"}

func bundleName(path string) bool { return strings.EqualFold(filepath.Ext(path), ".zip") }

// askReply asks for the platform's answer: a file, or a text that was copied from its page.
func (s *Screen) askReply() {
	target := s.target()
	if target == nil {
		s.desk.Toast("还没有报过盘。")
		return
	}
	text := ui.NewTextArea("第 14 行：身份证号不正确", 5)
	form := ui.NewForm(ui.NewFormRow("text", "平台的提示", text).WithHint("平台把错误写在网页上时，整段复制粘贴到这里；有文件的不用粘贴。"))
	dialog := ui.NewDialog(s.desk.Window, "登记回盘："+target.Number)
	dialog.Text = "平台的结果表、错误报告，或者它导出的名单都可以：按本地编号、证件号或行号认人，重新排过序也不要紧。下一步先看一遍，不会马上登记。"
	dialog.Body, dialog.Width = ui.Pad(10, 10, 0, 0, form), 560
	dialog.First = text.FocusTarget()
	dialog.AddButton("选择文件…", func() {
		dialog.Hide()
		ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择平台给的结果", Extensions: replyFiles}, s.replyTo)
	})
	dialog.SetDefault("看看粘贴的内容", func() bool {
		if strings.TrimSpace(text.Text()) == "" {
			form.SetProblems(map[string]string{"text": "请粘贴平台的提示，或点“选择文件…”。"})
			form.FocusField("text")
			dialog.Relayout()
			return false
		}
		dialog.Hide()
		pasted := text.Text()
		s.plan(func(ctx context.Context, options app.ReplyOptions) (*app.ReplyPlan, error) {
			return s.service.PlanReplyText(ctx, pasted, options)
		})
		return false
	})
	dialog.Show()
}

// target is the package that an answer is to: the one that is open, else the newest that stands.
func (s *Screen) target() *data.Submission {
	if s.packages.chosen.ID != 0 && s.packages.chosen.WithdrawnAt == "" {
		chosen := s.packages.chosen
		return &chosen
	}
	return s.packages.newest()
}

func (s *Screen) replyTo(path string) {
	s.plan(func(ctx context.Context, options app.ReplyOptions) (*app.ReplyPlan, error) {
		return s.service.PlanReply(ctx, path, options)
	})
}

// planner reads an answer under options.
type planner func(ctx context.Context, options app.ReplyOptions) (*app.ReplyPlan, error)

// plan reads an answer and shows what it would record.
func (s *Screen) plan(read planner) {
	target := s.target()
	if target == nil {
		s.desk.Toast("还没有报过盘。")
		return
	}
	preview := &replyPreview{screen: s, read: read, options: app.ReplyOptions{SubmissionID: target.ID}}
	preview.load(preview.options, preview.open)
}

// replyPreview shows an answer before it is recorded.
type replyPreview struct {
	screen  *Screen
	read    planner
	options app.ReplyOptions
	plan    *app.ReplyPlan
	dialog  *ui.Dialog
	table   *ui.DataTable
	sum     *ui.Paragraph
	kind    *ui.Select
	rest    *ui.Checkbox
	sorted  *ui.Button
	button  *ui.Button
}

// load reads the answer under options; what stood before stays where it cannot be read.
func (p *replyPreview) load(options app.ReplyOptions, show func()) {
	var plan *app.ReplyPlan
	p.screen.desk.Do(func(ctx context.Context) (err error) {
		plan, err = p.read(ctx, options)
		return err
	}, func() {
		p.plan, p.options = plan, options
		show()
	})
}

// Sizes of the preview, in px.
const (
	previewWidth  float32 = 860
	previewHeight float32 = 380
)

func (p *replyPreview) open() {
	p.table = ui.NewDataTable(ui.TableColumn{Key: "row", Title: "行", Width: 56, Right: true}, ui.TableColumn{Key: "label", Title: "报盘的内容", Width: 240, Strong: true},
		ui.TableColumn{Key: "answer", Title: "平台结果", Width: 96}, ui.TableColumn{Key: "note", Title: "原因和提醒"})
	p.table.RowHeight = rowHeight
	p.table.Count = func() int { return len(p.plan.Rows) }
	p.table.Key = func(row int) int64 { return int64(row) }
	p.table.Cell = func(row, column int) ui.Cell { return replyCell(p.plan.Rows[row], p.table.Columns[column].Key) }
	p.sum = ui.NewParagraph("", theme.Text)
	kinds := []ui.Option{{Key: "", Text: "哪一类都认"}}
	for _, one := range data.SubjectKinds {
		kinds = append(kinds, ui.Option{Key: string(one), Text: "只认" + string(one)})
	}
	p.kind = ui.NewSelect("哪一类都认", kinds...)
	p.kind.Width = 160
	p.kind.OnChanged = func(key string) {
		options := p.options
		options.Kind = data.SubjectKind(key)
		p.load(options, p.refresh)
	}
	p.sorted = ui.NewLink("上传前排过序？选择上传的文件…", p.askUploaded)
	p.rest = ui.NewCheckbox("没有列出的都算平台已接收", func(checked bool) {
		options := p.options
		options.RestAccepted = checked
		p.load(options, p.refresh)
	})
	p.dialog = ui.NewDialog(p.screen.desk.Window, "回盘 "+p.plan.Submission.Number)
	p.dialog.Width = previewWidth
	p.dialog.Body = ui.Column(10, ui.Row(16, p.kind, p.rest, p.sorted), p.sum, ui.Fixed(previewHeight, p.table))
	p.button = p.dialog.SetDefault("登记", func() bool {
		p.dialog.Hide()
		p.commit()
		return false
	})
	p.refresh()
	p.dialog.Show()
}

// askUploaded asks for the sheet that was really handed over: the platform's row numbers are those of that sheet.
func (p *replyPreview) askUploaded() {
	ui.ChooseFile(p.screen.desk.Window, ui.FileRequest{Title: "选择实际上传到平台的文件", Extensions: []string{".xlsx", ".xls", ".csv"}}, func(path string) {
		options := p.options
		options.Uploaded, options.Kind = path, ""
		p.load(options, p.refresh)
	})
}

func replyCell(row data.ReplyRow, column string) ui.Cell {
	switch column {
	case "row":
		return ui.Cell{Text: fmt.Sprint(row.Row), Role: theme.Secondary}
	case "label":
		cell := ui.Cell{Text: row.Label()}
		if row.Sent != nil {
			cell.Note = fmt.Sprintf("%s 第 %d 行", row.Sent.Item.File, row.Sent.Item.Row)
		}
		return cell
	case "answer":
		switch {
		case !row.Counts():
			return ui.Cell{Text: "不登记", Tone: ui.ToneNeutral}
		case row.Answer == data.AnswerFailed:
			return ui.Cell{Text: "退回", Tone: ui.ToneDanger}
		case row.Answer == data.AnswerSucceeded:
			return ui.Cell{Text: "接收", Tone: ui.ToneSuccess}
		}
		return ui.Cell{Text: "没有结果", Role: theme.Secondary}
	}
	if row.Problem != nil {
		return ui.Cell{Text: row.Problem.What, Note: row.Problem.Fix, Bad: row.Problem.Level == data.LevelError}
	}
	return ui.Cell{Text: row.Reason}
}

// refresh counts the rows and names the button.
func (p *replyPreview) refresh() {
	accepted, refused, unclear := p.plan.Count()
	text := fmt.Sprintf("看起来是%s，%s 行：接收 %s，退回 %s", p.plan.Kind, desk.Thousands(len(p.plan.Rows)), desk.Thousands(accepted), desk.Thousands(refused))
	if rest := len(p.plan.Rest); rest > 0 {
		text += fmt.Sprintf("（其中 %s 行没有列出，按接收登记）", desk.Thousands(rest))
	}
	if unclear > 0 {
		text += fmt.Sprintf("；有 %s 行认不出来，不登记，表里写着怎么办", desk.Thousands(unclear))
	}
	p.sum.SetText(text + "。退回的会回到待上报。")
	p.kind.SetKey(string(p.plan.Subject))
	if p.options.Uploaded != "" {
		p.sorted.SetLabel("行号按上传的文件，换一份…")
	}
	p.button.SetLabel(fmt.Sprintf("登记 %s 行", desk.Thousands(accepted+refused)))
	p.button.SetDisabled(accepted+refused == 0)
	p.table.Refresh()
	p.dialog.Relayout()
}

func (p *replyPreview) commit() {
	s := p.screen
	var result app.ReplyResult
	s.desk.Do(func(ctx context.Context) (err error) {
		result, err = s.service.CommitReply(ctx, p.plan)
		return err
	}, func() {
		s.tabs.SetSelected(tabPackages)
		s.showTab()
		s.packages.wanted = p.plan.Submission.ID
		s.reload()
		if len(result.Orders) > 0 {
			s.desk.Fail(*result.Orders[0].Problem)
			return
		}
		s.told(p.plan, result)
	})
}

// told tells what was recorded; what concerns people and hours alone can be taken back at once.
func (s *Screen) told(plan *app.ReplyPlan, result app.ReplyResult) {
	toast := ui.Toast{Text: fmt.Sprintf("已登记回盘：接收 %s 行，退回 %s 行。", desk.Thousands(result.Accepted), desk.Thousands(result.Refused))}
	if rows := reopenable(plan); len(rows) > 0 {
		toast.Action = "撤销"
		toast.OnAction = func() {
			s.desk.Do(func(ctx context.Context) error { return s.service.ReopenSent(ctx, rows) }, func() { s.desk.Toast("已撤销，重新等平台结果。") })
		}
	}
	ui.ShowToast(s.desk.Window, toast)
}

// reopenable gives the rows that an answer recorded first, if all of them can be opened again.
func reopenable(plan *app.ReplyPlan) []data.SentRow {
	rows := plan.Rest
	for _, row := range plan.Rows {
		if row.Counts() && row.Sent != nil && row.Answer != data.AnswerNone && row.Sent.Answer == data.AnswerNone {
			rows = append(rows, *row.Sent)
		}
	}
	for _, row := range rows {
		if row.Item.Kind != data.SubjectTrainee && row.Item.Kind != data.SubjectHours {
			return nil
		}
	}
	return rows
}

// saveReplyForm writes an empty sheet for answers that only stand on the platform's pages.
func (s *Screen) saveReplyForm() {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "保存空白的回盘表", Extensions: []string{".xlsx"}, Save: true, Name: "回盘.xlsx"}, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveTemplate(path, data.ReplyForm) }, func() { s.desk.Toast("已保存到 " + path) })
	})
}

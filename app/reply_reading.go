package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
)

// PlanReply reads the platform's answer to a package from a sheet, or from a text file that holds its error messages, and finds whose
// rows it is about.
func (a *App) PlanReply(ctx context.Context, path string, options ReplyOptions) (*ReplyPlan, error) {
	plan := &ReplyPlan{File: filepath.Base(path)}
	book, err := excel.Open(path)
	if err != nil {
		return nil, explain(err)
	}
	defer book.Close()
	heading, found, err := findHeading(ctx, book, data.ReplyForm, answers)
	if err != nil {
		return nil, explain(err)
	}
	if !found {
		return a.planReplyLines(ctx, book, plan, options)
	}
	plan.Kind = data.KindOfReply(heading)
	err = eachListed(ctx, book, heading, func(source data.SourceRow) {
		plan.Rows = append(plan.Rows, data.ReadReplyRow(heading, plan.Kind, source))
	})
	if err != nil {
		return nil, explain(err)
	}
	return plan, a.findSent(ctx, plan, options)
}

// eachListed gives the rows of a table that lists people or rows, and refuses more of them than any list has.
func eachListed(ctx context.Context, book excel.Book, heading data.Heading, take func(data.SourceRow)) error {
	table, err := book.TableAt(ctx, heading)
	if err != nil {
		return err
	}
	rows := 0
	return table.Each(ctx, func(source data.SourceRow) error {
		if rows++; rows > mostListed {
			return tooManyListed()
		}
		take(source)
		return nil
	})
}

// planReplyLines reads a file without headings as lines of text that name rows, as somebody has saved them from the platform's page.
func (a *App) planReplyLines(ctx context.Context, book excel.Book, plan *ReplyPlan, options ReplyOptions) (*ReplyPlan, error) {
	for _, sheet := range book.Sheets() {
		lines, err := book.Head(ctx, sheet.Name, mostListed)
		if err != nil {
			return nil, explain(err)
		}
		for _, line := range lines {
			for _, row := range data.ReadReplyText(strings.Join(line.Texts, ",")) {
				row.Row = line.Number
				plan.Rows = append(plan.Rows, row)
			}
		}
	}
	if len(plan.Rows) == 0 {
		return nil, data.Refuse("reply-headers", "", "没有找到回盘的表头。", "表里要有一行写着本地编号、行号、身份证号或订单号，最好还有结果和原因。平台给的是网页或文字时，请复制粘贴。")
	}
	plan.Kind = data.ReplyErrors
	return plan, a.findSent(ctx, plan, options)
}

// PlanReplyText is PlanReply for an error report that was pasted as text, such as “第 14 行：身份证号不正确”.
func (a *App) PlanReplyText(ctx context.Context, text string, options ReplyOptions) (*ReplyPlan, error) {
	plan := &ReplyPlan{Kind: data.ReplyErrors, Rows: data.ReadReplyText(text)}
	if len(plan.Rows) == 0 {
		return nil, data.Refuse("reply-text", "", "没有看到“第几行”。", "请粘贴平台的错误提示，例如“第 14 行：身份证号不正确”。")
	}
	return plan, a.findSent(ctx, plan, options)
}

// uploadedRows reads the 本地编号 of the sheet that was really handed over.
func uploadedRows(ctx context.Context, path string) (data.UploadedRows, error) {
	book, err := excel.Open(path)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	place := data.ReplyForm.Column("local_id")
	heading, found, err := findHeading(ctx, book, data.ReplyForm, func(_ data.Form, heading data.Heading) int {
		if heading.Columns[place] < 0 {
			return 0
		}
		return 1
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, data.Refuse("uploaded-ids", data.LocalIDHeader, "上传的文件里没有“"+data.LocalIDHeader+"”一列，认不出每一行是谁。", "请选择保留了这一列的文件；已经删掉时，请在回盘里写上证件号。")
	}
	uploaded := data.UploadedRows{}
	err = eachListed(ctx, book, heading, func(source data.SourceRow) {
		// A row without an id was added by hand: nobody of the package stands there.
		if place < len(source.Cells) && strings.TrimSpace(source.Cells[place].Text) != "" {
			uploaded[source.Number] = strings.TrimSpace(source.Cells[place].Text)
		}
	})
	return uploaded, err
}

// answers counts the columns of an answer that a heading has; 0 where no row could be told from another.
func answers(form data.Form, heading data.Heading) int {
	known, names := 0, false
	for place, column := range form.Columns {
		if heading.Columns[place] < 0 {
			continue
		}
		known++
		switch column.Key {
		case "local_id", "row", "id_number", "order", "name":
			names = true
		}
	}
	if !names {
		return 0
	}
	return known
}

// findSent ties the answer's rows to the package's.
func (a *App) findSent(ctx context.Context, plan *ReplyPlan, options ReplyOptions) error {
	var uploaded data.UploadedRows
	if options.Uploaded != "" {
		var err error
		if uploaded, err = uploadedRows(ctx, options.Uploaded); err != nil {
			return explain(err)
		}
	}
	return a.read(ctx, func(tx *sqlite.Tx) error {
		var err error
		if plan.Submission, err = tx.Submission(options.SubmissionID); err != nil {
			return err
		}
		if plan.Submission.WithdrawnAt != "" {
			return data.Refuse("package-withdrawn", "", "报盘包 "+plan.Submission.Number+" 已经撤销。", "请选择平台收到的那一个报盘包。").Because(data.ErrWrongState)
		}
		sent, err := tx.SentRows(plan.Submission.ID)
		if err != nil {
			return err
		}
		number := plan.Submission.Number
		places, kind, err := uploaded.Find(number, sent)
		if err != nil {
			return err
		}
		switch {
		case options.Kind != "":
			plan.Subject = options.Kind
		case uploaded != nil:
			plan.Subject = kind
		default:
			plan.Subject = data.KindAnswered(number, sent, plan.Rows)
		}
		book := data.NewReplyBook(number, sent, plan.Subject)
		if uploaded != nil {
			book.UseRows(places)
		}
		named := map[int64]int{}
		for place := range plan.Rows {
			row := &plan.Rows[place]
			book.Find(row)
			if row.Sent == nil {
				continue
			}
			if first, twice := named[row.Sent.ID]; twice {
				again := data.Refuse("sent-twice", "", fmt.Sprintf("和第 %d 行说的是同一行报盘。", first), "请只留一行。")
				row.Problem = &again
				continue
			}
			named[row.Sent.ID] = row.Row
		}
		for _, row := range sent {
			_, told := named[row.ID]
			if options.RestAccepted && !told && row.Answer == data.AnswerNone && (plan.Subject == "" || row.Item.Kind == plan.Subject) {
				plan.Rest = append(plan.Rest, row)
			}
		}
		return nil
	})
}

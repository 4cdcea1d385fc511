package app

import (
	"context"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// MatchPeople finds who is named in a pasted list of names, identity numbers or usernames. Numbers come back masked.
func (a *App) MatchPeople(ctx context.Context, text string) ([]data.PersonRow, error) {
	return a.matched(ctx, data.ReadPeople(text))
}

// ReadPeople finds who is named in a file: a sheet with a column of names, identity numbers or usernames, or a bare list.
func (a *App) ReadPeople(ctx context.Context, path string) ([]data.PersonRow, error) {
	return a.readPeople(ctx, path, data.PeopleForm)
}

// ReadAmounts reads a sheet with an amount for each person.
func (a *App) ReadAmounts(ctx context.Context, path string) ([]data.PersonRow, error) {
	return a.readPeople(ctx, path, data.AmountForm)
}

// ReadAnswers reads a sheet with the platform's answer for each person and finds the entry of 充值明细 that it is about among those
// that q finds.
func (a *App) ReadAnswers(ctx context.Context, path string, q data.RechargeQuery) ([]data.PersonRow, error) {
	rows, err := a.readPeople(ctx, path, data.AnswerForm)
	if err != nil {
		return nil, err
	}
	return rows, a.TieAnswers(ctx, rows, q)
}

// TieAnswers finds for each row that counts the entry that it is about, among those that q finds, or says in the row why there is none.
func (a *App) TieAnswers(ctx context.Context, rows []data.PersonRow, q data.RechargeQuery) error {
	return a.read(ctx, func(tx *sqlite.Tx) error {
		ids, err := tx.RechargeIDs(q)
		if err != nil {
			return err
		}
		entries, err := tx.RechargeEntries(ids)
		if err != nil {
			return err
		}
		answerable := map[int64]data.RechargeEntry{}
		for _, entry := range entries {
			known, taken := answerable[entry.TraineeID]
			if entry.Amount > 0 && (entry.ReversedBy == 0 || entry.Answer == data.AnswerFailed) && (!taken || entry.ID > known.ID) {
				answerable[entry.TraineeID] = entry
			}
		}
		for place := range rows {
			answerRow(&rows[place], answerable)
		}
		return nil
	})
}

// answerRow ties a row to the entry that it is about, or says why it cannot be.
func answerRow(row *data.PersonRow, answerable map[int64]data.RechargeEntry) {
	if !row.Counts() {
		return
	}
	entry, known := answerable[row.TraineeID]
	var problem data.Problem
	switch {
	case !known:
		problem = data.Refuse("entry-unknown", "name", "这里没有他还有效的充值。", "请核对是不是这一次充值；已冲正的不用记结果。")
	case entry.Answer == row.Answer:
		problem = data.Warn("answer-known", "answer", "已经记过这个结果。", "不用处理。")
	case entry.Answer == data.AnswerFailed:
		problem = data.Refuse("entry-failed", "answer", "已经记为失败，钱已退回批次。", "如果记错了，请先撤销平台结果，再记成功。")
	default:
		row.EntryID, row.Amount = entry.ID, entry.Amount
		return
	}
	row.Problem = &problem
}

// readPeople reads a file under one of the forms that name people.
func (a *App) readPeople(ctx context.Context, path string, form data.Form) ([]data.PersonRow, error) {
	if _, in := a.Session(); !in {
		return nil, locked()
	}
	book, err := excel.Open(path)
	if err != nil {
		return nil, data.OfFile(err, path)
	}
	defer book.Close()
	heading, found, err := findPeople(ctx, book, form)
	if err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	if !found {
		rows, err := bareList(ctx, book, form)
		if err != nil {
			return nil, explain(data.OfFile(err, path))
		}
		return a.matched(ctx, rows)
	}
	table, err := book.TableAt(ctx, heading)
	if err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	var rows []data.PersonRow
	err = table.Each(ctx, func(source data.SourceRow) error {
		rows = append(rows, data.ReadPersonRow(form, heading, source))
		if len(rows) > mostListed {
			return tooManyListed()
		}
		return nil
	})
	if err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	if len(rows) == 0 {
		return nil, data.Refuse("list-empty", "", "表头下面没有人。", "请选择填好的名单。")
	}
	return a.matched(ctx, rows)
}

// mostListed is how many people a list may name: more than any unit has.
const mostListed = 100_000

func tooManyListed() error {
	return data.Refuse("list-long", "", fmt.Sprintf("名单超过 %d 行。", mostListed), "请检查是不是选错了文件，或分成几份。")
}

// findPeople finds the row of headers that names the most of the form's columns. Sheets of other kinds do: a roster is a list of people too.
func findPeople(ctx context.Context, book excel.Book, form data.Form) (best data.Heading, found bool, err error) {
	return findHeading(ctx, book, form, namesPeople)
}

// findHeading finds the row of headers of which known counts the most columns, among the first rows of every sheet.
func findHeading(ctx context.Context, book excel.Book, form data.Form, known func(data.Form, data.Heading) int) (best data.Heading, found bool, err error) {
	most := 0
	for _, sheet := range book.Sheets() {
		head, err := book.Head(ctx, sheet.Name, headRows)
		if err != nil {
			return best, false, err
		}
		for _, row := range head {
			heading := headingOf(form, sheet.Name, row)
			if count := known(form, heading); count > most {
				best, most = heading, count
			}
		}
	}
	return best, most > 0, nil
}

// namesPeople counts the form's columns that a heading has; 0 where it has nobody's name or lacks one that the form needs.
func namesPeople(form data.Form, heading data.Heading) int {
	has := func(key string) bool { return heading.Columns[form.Column(key)] >= 0 }
	if !has("name") && !has("id_number") && !has("username") {
		return 0
	}
	known := 0
	for _, column := range form.Columns {
		if has(column.Key) {
			known++
		}
	}
	for _, key := range form.Identity {
		if !has(key) {
			return 0
		}
	}
	return known
}

// bareList reads a file without headers as if it had been pasted. A form that needs more than people cannot do without headers.
func bareList(ctx context.Context, book excel.Book, form data.Form) ([]data.PersonRow, error) {
	if len(form.Identity) > 0 || len(book.Sheets()) == 0 {
		headers := make([]string, len(form.Columns))
		for place, column := range form.Columns {
			headers[place] = column.Header
		}
		return nil, data.Refuse("list-headers", "", "没有找到需要的表头。", "表里要有一行写着："+strings.Join(headers, "、")+"（姓名、身份证号、用户名写一样就够）。")
	}
	head, err := book.Head(ctx, book.Sheets()[0].Name, mostListed+1)
	if err != nil {
		return nil, err
	}
	if len(head) > mostListed {
		return nil, tooManyListed()
	}
	var rows []data.PersonRow
	for _, line := range head {
		for _, row := range data.ReadPeople(strings.ReplaceAll(strings.Join(line.Texts, "\t"), "\n", " ")) {
			row.Row = line.Number
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// matched finds who the rows mean and masks every number in them.
func (a *App) matched(ctx context.Context, rows []data.PersonRow) ([]data.PersonRow, error) {
	if len(rows) > mostListed {
		return nil, tooManyListed()
	}
	err := a.read(ctx, func(tx *sqlite.Tx) error {
		known := &data.Known{}
		var err error
		if known.Tree, err = tree(tx); err != nil {
			return err
		}
		if err := a.knowPeople(ctx, tx, known); err != nil {
			return err
		}
		known.People.Match(rows, known.Tree, a.Today())
		return nil
	})
	for place := range rows {
		maskRow(&rows[place])
	}
	return rows, err
}

func maskRow(row *data.PersonRow) {
	if row.IDNumber != "" {
		row.Written = strings.ReplaceAll(row.Written, row.IDNumber, vault.MaskIDNumber(row.IDNumber))
		row.IDNumber = vault.MaskIDNumber(row.IDNumber)
	}
	row.Found.IDNumber = vault.MaskIDNumber(row.Found.IDNumber)
	for place := range row.Candidates {
		row.Candidates[place].IDNumber = vault.MaskIDNumber(row.Candidates[place].IDNumber)
	}
}

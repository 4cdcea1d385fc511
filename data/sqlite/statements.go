package sqlite

import (
	"database/sql"

	"peixun/data"
)

// AddStatement stores the record of a bank file and its new lines, and gives its key.
func (t *Tx) AddStatement(s data.ImportedStatement, lines []data.BankStatementLine) (int64, error) {
	id, err := t.Next("bank_statement")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO bank_statement (id, file, bank, at, user, first_day, last_day, added, already, noise, gaps) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, s.File, s.Bank, string(s.At), s.User, string(s.First), string(s.Last), s.Added, s.Already, s.Noise, s.Gaps)
	if err != nil {
		return 0, err
	}
	for _, line := range lines {
		if err := t.addStatementLine(id, line); err != nil {
			return 0, err
		}
	}
	return id, nil
}

const statementRow = `SELECT s.id, s.file, s.bank, s.at, s.user, s.first_day, s.last_day, s.added, s.already, s.noise, s.gaps,
	(SELECT count(*) FROM statement_line l JOIN statement_match_line m ON m.line_id = l.id WHERE l.statement_id = s.id) FROM bank_statement s `

func scanStatement(scan func(...any) error) (data.ImportedStatement, error) {
	var s data.ImportedStatement
	return s, scan(&s.ID, &s.File, &s.Bank, &s.At, &s.User, &s.First, &s.Last, &s.Added, &s.Already, &s.Noise, &s.Gaps, &s.Settled)
}

// Statements lists the bank's files, the newest first.
func (t *Tx) Statements() ([]data.ImportedStatement, error) {
	var found []data.ImportedStatement
	err := t.each(statementRow+"ORDER BY s.id DESC", nil, func(scan func(...any) error) error {
		s, err := scanStatement(scan)
		found = append(found, s)
		return err
	})
	return found, err
}

// Statement reads one of the bank's files, or fails with data.ErrNotFound.
func (t *Tx) Statement(id int64) (data.ImportedStatement, error) {
	return scanStatement(func(into ...any) error { return t.one(statementRow+"WHERE s.id = ?", []any{id}, into...) })
}

// StatementMonths lists the months that one of the bank's files has lines in.
func (t *Tx) StatementMonths(id int64) ([]data.Month, error) {
	var months []data.Month
	err := t.each("SELECT DISTINCT substr(at, 1, 7) FROM statement_line WHERE statement_id = ? ORDER BY 1", []any{id}, func(scan func(...any) error) error {
		var month data.Month
		err := scan(&month)
		months = append(months, month)
		return err
	})
	return months, err
}

// RemoveStatement removes a bank's file with its lines, of which no match may hold one.
func (t *Tx) RemoveStatement(id int64) error {
	for _, remove := range []string{"DELETE FROM statement_line_aside WHERE line_id IN (SELECT id FROM statement_line WHERE statement_id = ?)", "DELETE FROM statement_line WHERE statement_id = ?"} {
		if _, err := t.exec(remove, id); err != nil {
			return err
		}
	}
	return t.change("DELETE FROM bank_statement WHERE id = ?", id)
}

func (t *Tx) addStatementLine(statementID int64, line data.BankStatementLine) error {
	id, err := t.Next("statement_line")
	if err != nil {
		return err
	}
	detail, err := t.sealJSON(statementDetail(&line).filled(), "statement_line", id, "detail")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO statement_line (id, statement_id, source_row, at, paid, received, balance, sealed_detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, statementID, line.Row, string(line.At), int64(line.Out), int64(line.In), sql.NullInt64{Int64: int64(line.Balance), Valid: line.HasBalance}, detail)
	return err
}

// StatementLines lists the lines from one day to another, both counted, by time; "" leaves an end open.
func (t *Tx) StatementLines(from, to data.Date) ([]data.BankStatementLine, error) {
	if to == "" {
		to = "9999-12-31"
	}
	var found []data.BankStatementLine
	err := t.each("SELECT id, statement_id, source_row, at, paid, received, balance, sealed_detail FROM statement_line WHERE at >= ? AND at <= ? ORDER BY at, id",
		[]any{string(from), string(to) + " 23:59:59"}, func(scan func(...any) error) error {
			line, err := t.scanStatementLine(scan)
			found = append(found, line)
			return err
		})
	return found, err
}

func (t *Tx) scanStatementLine(scan func(...any) error) (data.BankStatementLine, error) {
	var line data.BankStatementLine
	var balance sql.NullInt64
	var sealed []byte
	if err := scan(&line.ID, &line.StatementID, &line.Row, &line.At, &line.Out, &line.In, &balance, &sealed); err != nil {
		return line, err
	}
	line.Balance, line.HasBalance = data.Money(balance.Int64), balance.Valid
	detail, err := t.openJSON(sealed, "statement_line", line.ID, "detail")
	for key, into := range statementDetail(&line) {
		*into = detail[key]
	}
	return line, err
}

// details are the texts of a line that are sealed together, by name.
type details map[string]*string

func statementDetail(line *data.BankStatementLine) details {
	return details{"account": &line.Account, "name": &line.Name, "number": &line.Number, "bank": &line.Bank,
		"summary": &line.Summary, "purpose": &line.Purpose, "serial": &line.Serial}
}

func (d details) filled() map[string]string {
	filled := map[string]string{}
	for key, text := range d {
		if *text != "" {
			filled[key] = *text
		}
	}
	return filled
}

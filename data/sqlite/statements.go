package sqlite

import (
	"database/sql"

	"peixun/data"
)

// StatementImport is the record of one bank file: what it added.
type StatementImport struct {
	File, User            string
	At                    data.Moment
	Added, Already, Noise int
}

// AddStatement stores the record of a bank file and its new lines.
func (t *Tx) AddStatement(s StatementImport, lines []data.BankStatementLine) error {
	id, err := t.Next("bank_statement")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO bank_statement (id, file, at, user, added, already, noise) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, s.File, string(s.At), s.User, s.Added, s.Already, s.Noise)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if err := t.addStatementLine(id, line); err != nil {
			return err
		}
	}
	return nil
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
	err := t.each("SELECT id, source_row, at, paid, received, balance, sealed_detail FROM statement_line WHERE at >= ? AND at <= ? ORDER BY at, id",
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
	if err := scan(&line.ID, &line.Row, &line.At, &line.Out, &line.In, &balance, &sealed); err != nil {
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

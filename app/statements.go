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

// StatementPlan is what the import of a bank's file would do. Making one writes nothing.
type StatementPlan struct {
	File      string // without its folder
	Statement data.BankStatement
	New       []data.BankStatementLine
	Already   int // lines that are stored
}

// PlanStatement reads a bank's file and finds which of its lines are new. Account is the unit's own, for files that do not name it.
// It fails with a data.Problem where the file cannot be read whole or is no statement.
func (a *App) PlanStatement(ctx context.Context, path, account string, progress Progress) (*StatementPlan, error) {
	plan := &StatementPlan{File: filepath.Base(path)}
	if err := readStatement(ctx, path, plan, progress); err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	for place := range plan.Statement.Lines {
		line := &plan.Statement.Lines[place]
		if line.Account == "" {
			line.Account = strings.ReplaceAll(account, " ", "")
		}
	}
	_, err := query(a, ctx, func(tx *sqlite.Tx) (struct{}, error) { return struct{}{}, plan.compare(tx) })
	return plan, err
}

// readStatement reads the rows under the headers that the file has.
func readStatement(ctx context.Context, path string, plan *StatementPlan, progress Progress) error {
	book, err := excel.Open(path)
	if err != nil {
		return err
	}
	defer book.Close()
	table, err := book.Table(ctx, "", data.StatementForm)
	if err != nil {
		return err
	}
	var rows []data.SourceRow
	err = table.Each(ctx, func(row data.SourceRow) error {
		rows = append(rows, row)
		return step(ctx, progress, len(rows), 0)
	})
	if err != nil {
		return err
	}
	plan.Statement, err = data.ReadBankStatement(rows, table.Heading)
	return err
}

// compare parts the file's lines into new and stored ones.
func (p *StatementPlan) compare(tx *sqlite.Tx) error {
	if len(p.Statement.Lines) == 0 {
		return nil
	}
	from, to := p.Statement.Lines[0].At.Date(), p.Statement.Lines[0].At.Date()
	for _, line := range p.Statement.Lines {
		from, to = min(from, line.At.Date()), max(to, line.At.Date())
	}
	stored, err := tx.StatementLines(from, to)
	if err != nil {
		return err
	}
	p.New, p.Already = data.FreshLines(stored, p.Statement.Lines)
	return nil
}

// CommitStatement stores the new lines of a plan, all or none.
func (a *App) CommitStatement(ctx context.Context, plan *StatementPlan) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		// Another window may have read the same file meanwhile.
		if err := plan.compare(tx); err != nil {
			return err
		}
		record := sqlite.StatementImport{File: recordedName(plan.File), User: user, At: a.Now(), Added: len(plan.New), Already: plan.Already, Noise: plan.Statement.Noise}
		if err := tx.AddStatement(record, plan.New); err != nil {
			return err
		}
		return a.log(tx, user, "import.statement", record.File, fmt.Sprintf("导入银行流水：新增 %d，已有 %d", record.Added, record.Already))
	}, StatementsChanged)
}

// StatementLines lists the bank's lines from one day to another, both counted, by time; "" leaves an end open.
func (a *App) StatementLines(ctx context.Context, from, to data.Date) ([]data.BankStatementLine, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.BankStatementLine, error) { return tx.StatementLines(from, to) })
}

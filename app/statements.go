package app

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// StatementOptions say how a bank's file is read.
type StatementOptions struct {
	// Account is the unit's own, for files that do not name it; any spaces in it do not count.
	Account   string
	Sheet     string         // "": the sheet that fits best
	HeaderRow int            // the row that holds the headers, from 1; 0: found automatically
	Columns   map[int]string // as in ImportOptions, of data.StatementForm
	Progress  Progress
}

// StatementPlan is what the import of a bank's file would do. Making one writes nothing.
type StatementPlan struct {
	File      string // without its folder
	Origin    data.StatementOrigin
	Sheet     *data.ImportPlan // its columns and what became of them; it holds no rows
	Statement data.BankStatement
	New       []data.BankStatementLine
	Already   int // lines that are stored
	// Warnings are about the file as a whole: another account than before, months that are closed.
	Warnings []data.Problem
}

// PlanStatement reads a bank's file and finds which of its lines are new.
// It fails with a data.Problem where the file cannot be read whole or is no statement.
func (a *App) PlanStatement(ctx context.Context, path string, options StatementOptions) (*StatementPlan, error) {
	plan := &StatementPlan{File: filepath.Base(path), Sheet: &data.ImportPlan{Form: data.StatementForm, File: filepath.Base(path)}}
	if err := a.readStatement(ctx, path, options, plan); err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	account := plan.Origin.Account
	if account == "" {
		account = strings.ReplaceAll(options.Account, " ", "")
	}
	for place := range plan.Statement.Lines {
		if line := &plan.Statement.Lines[place]; line.Account == "" {
			line.Account = account
		}
	}
	_, err := query(a, ctx, func(tx *sqlite.Tx) (struct{}, error) {
		if err := plan.compare(tx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, plan.warn(tx)
	})
	return plan, err
}

// readStatement reads the rows under the columns that were chosen, remembered or found.
func (a *App) readStatement(ctx context.Context, path string, options StatementOptions, plan *StatementPlan) error {
	sheet := plan.Sheet
	how := ImportOptions{Sheet: options.Sheet, HeaderRow: options.HeaderRow, Columns: options.Columns, Progress: options.Progress}
	if err := a.readPlan(ctx, path, how, sheet); err != nil {
		return err
	}
	var err error
	plan.Statement, err = data.ReadBankStatement(sheet.Sources, sheet.ReadHeading())
	sheet.Sources = nil
	if err != nil {
		return err
	}
	if plan.Origin, err = originOf(ctx, path, sheet); err != nil {
		return err
	}
	if currency := plan.Origin.Currency; currency != "" {
		return data.Refuse("statement-currency", "", "这份流水是"+currency+"账户的，不是人民币。", "培训费用人民币支付，请导出人民币账户的明细。")
	}
	return nil
}

// originOf looks at what stands above the headers.
func originOf(ctx context.Context, path string, sheet *data.ImportPlan) (data.StatementOrigin, error) {
	book, err := excel.Open(path)
	if err != nil {
		return data.StatementOrigin{}, err
	}
	defer book.Close()
	head, err := book.Head(ctx, sheet.Found.Sheet, headRows)
	if err != nil {
		return data.StatementOrigin{}, err
	}
	titles := []string{sheet.Found.Sheet}
	for _, row := range head {
		if row.Number < sheet.Found.Row {
			titles = append(titles, strings.Join(row.Texts, " "))
		}
	}
	var headers []string
	for _, column := range sheet.Columns {
		headers = append(headers, column.Header)
	}
	return data.RecogniseStatement(filepath.Base(path), titles, headers), nil
}

// compare parts the file's lines into new and stored ones.
func (p *StatementPlan) compare(tx *sqlite.Tx) error {
	if len(p.Statement.Lines) == 0 {
		return nil
	}
	stored, err := tx.StatementLines(p.Statement.Days())
	if err != nil {
		return err
	}
	p.New, p.Already = data.FreshLines(stored, p.Statement.Lines)
	return nil
}

// warn looks for what a person should know before the file goes in.
func (p *StatementPlan) warn(tx *sqlite.Tx) error {
	p.Warnings = nil
	stored, err := tx.StatementLines("", "")
	if err != nil {
		return err
	}
	known, accounts := accountsOf(stored), accountsOf(p.Statement.Lines)
	for _, account := range slices.Sorted(maps.Keys(accounts)) {
		if len(known) > 0 && !known[account] {
			p.Warnings = append(p.Warnings, data.Warn("statement-account", "", fmt.Sprintf("这份流水是尾号 %s 的账号，以前导入的是%s。", data.AccountTail(account), tailsOf(known)),
				"请确认是本单位的另一个账号，而不是选错了文件。"))
		}
	}
	closed, err := closedMonths(tx, monthsOf(p.New)...)
	if err != nil {
		return err
	}
	for _, month := range closed {
		p.Warnings = append(p.Warnings, data.Warn("month-closed", "", month.Words()+"已经月结，这份文件还要给它添上流水。", "导入以后，月结页会提示这个月有变动。"))
	}
	return nil
}

func accountsOf(lines []data.BankStatementLine) map[string]bool {
	found := map[string]bool{}
	for _, line := range lines {
		if line.Account != "" {
			found[line.Account] = true
		}
	}
	return found
}

func tailsOf(accounts map[string]bool) string {
	var tails []string
	for _, account := range slices.Sorted(maps.Keys(accounts)) {
		tails = append(tails, "尾号 "+data.AccountTail(account))
	}
	return strings.Join(tails, "、")
}

// CommitStatement stores the new lines of a plan, all or none, and what was made of the file's columns. It gives the key by which
// the file can be taken out again.
func (a *App) CommitStatement(ctx context.Context, plan *StatementPlan) (id int64, err error) {
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		// Another window may have read the same file meanwhile.
		if err := plan.compare(tx); err != nil {
			return err
		}
		lines := slices.Clone(plan.New)
		if plan.Statement.Descending {
			slices.Reverse(lines)
		}
		record := data.ImportedStatement{File: recordedName(plan.File), Bank: plan.Origin.Bank, User: user, At: a.Now(),
			Added: len(lines), Already: plan.Already, Noise: plan.Statement.Noise}
		record.First, record.Last = plan.Statement.Days()
		for _, problem := range plan.Statement.Problems {
			if problem.Code == data.CodeBalanceGap {
				record.Gaps++
			}
		}
		if id, err = tx.AddStatement(record, lines); err != nil {
			return err
		}
		if err := a.rememberColumns(tx, plan.Sheet); err != nil {
			return err
		}
		return a.log(tx, user, "import.statement", record.File, fmt.Sprintf("导入银行流水：新增 %d，已有 %d", record.Added, record.Already))
	}, StatementsChanged)
	return id, err
}

// StatementLines lists the bank's lines from one day to another, both counted, by time; "" leaves an end open.
func (a *App) StatementLines(ctx context.Context, from, to data.Date) ([]data.BankStatementLine, error) {
	lines, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.BankStatementLine, error) { return tx.StatementLines(from, to) })
	if !a.seesWhole() {
		for place := range lines {
			lines[place].Number, lines[place].Account = vault.MaskAccount(lines[place].Number), vault.MaskAccount(lines[place].Account)
		}
	}
	return lines, err
}

// Statements lists the bank's files that were taken in, the newest first.
func (a *App) Statements(ctx context.Context) ([]data.ImportedStatement, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.ImportedStatement, error) { return tx.Statements() })
}

// RemoveStatement takes a bank's file out again with all its lines. Matches that hold one of them are taken back where unmatch says so;
// else it fails with data.ErrWrongState, and the problem tells how many there are.
func (a *App) RemoveStatement(ctx context.Context, id int64, unmatch bool) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		statement, err := tx.Statement(id)
		if err != nil {
			return err
		}
		matches, err := tx.StatementMatches(id)
		if err != nil {
			return err
		}
		if len(matches) > 0 && !unmatch {
			return data.Refuse("statement-matched", "", fmt.Sprintf("这份流水里有 %d 笔已经和订单对上。", statement.Settled), "请先取消这些对应，或者连同对应一起删除。").Because(data.ErrWrongState)
		}
		months, err := tx.StatementMonths(id)
		if err != nil {
			return err
		}
		closed, err := closedWords(tx, months...)
		if err != nil {
			return err
		}
		for _, match := range matches {
			if err := tx.RemoveMatch(match); err != nil {
				return err
			}
		}
		if err := tx.RemoveStatement(id); err != nil {
			return err
		}
		return a.log(tx, user, "statement.remove", statement.File, fmt.Sprintf("删除银行流水 %d 笔，取消对应 %d 个", statement.Added, len(matches))+closed)
	}, StatementsChanged)
}

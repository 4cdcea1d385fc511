package data

import (
	"slices"
	"strings"
)

// ReadBankStatement makes of a bank's rows the movements that they tell. Every row is a movement, noise, or a problem; none is
// dropped in silence. Afterwards the balances are followed from line to line. It fails where nothing tells payments from receipts.
func ReadBankStatement(rows []SourceRow, heading Heading) (BankStatement, error) {
	if err := JudgeStatementColumns(heading); err != nil {
		return BankStatement{}, err
	}
	reader := statementReader{heading: heading, times: otherTimes(heading)}
	for place := range rows {
		reader.learn(&rows[place])
	}
	if reader.single && !reader.words && !reader.signs {
		return BankStatement{}, Refuse("statement-direction", "amount", "金额只有一列，没有正负号，也没有借贷标志，看不出是收入还是支出。",
			"请在网上银行导出带“借贷标志”或“收入、支出”两列的明细。").In(Place{Sheet: heading.Sheet, Row: heading.Row})
	}
	statement := reader.read(rows)
	if reader.minusOut == 0 {
		return statement, nil
	}
	// A minus among what was paid is a payment taken back, or a way to write all payments: the balances tell, else how they are written.
	reader.signedOut, reader.account = true, ""
	other := reader.read(rows)
	if gaps, others := statement.gaps(), other.gaps(); others < gaps || others == gaps && reader.minusIsDress() {
		return other, nil
	}
	return statement, nil
}

func (r *statementReader) read(rows []SourceRow) BankStatement {
	var statement BankStatement
	r.problems = nil
	for place := range rows {
		line, kind := r.line(&rows[place])
		switch kind {
		case rowMovement:
			statement.Lines = append(statement.Lines, line)
		case rowNoise:
			statement.Noise++
		}
	}
	statement.Problems = r.problems
	statement.followBalances(r.heading)
	return statement
}

// gaps counts the places where the balance does not follow.
func (s BankStatement) gaps() int {
	count := 0
	for _, problem := range s.Problems {
		if problem.Code == CodeBalanceGap {
			count++
		}
	}
	return count
}

// rowKind is what a row of a statement turns out to be.
type rowKind uint8

const (
	rowMovement rowKind = iota
	rowNoise
	rowUnreadable
)

// statementReader reads the rows of one sheet. What learn finds out of all of them tells how a single column of amounts is meant.
type statementReader struct {
	heading  Heading
	problems []Problem
	single   bool  // amounts stand in one column
	words    bool  // a word beside them tells the direction
	signs    bool  // payments are negative
	times    []int // places in Extra of further columns that tell the day or the time of day
	// minusOut and plusOut count the amounts below and above zero that are said to be paid; signedOut takes the sign there for the way in
	// which payments are written.
	minusOut, plusOut int
	signedOut         bool
	account           string // as the last row between the movements names it
}

// minusIsDress tells whether the payments' minus is how they are written, where no balance tells: no payment is without it, and the
// column's name is not that of a book, in which a minus is a red entry.
func (r *statementReader) minusIsDress() bool {
	return r.plusOut == 0 && (r.minusOut > 1 || !strings.Contains(r.heading.Headers[statementColumns.out], "借"))
}

func (r *statementReader) learn(row *SourceRow) {
	columns := &statementColumns
	total, _ := r.noisy(row)
	if out, ok := parseBankAmount(r.text(row, columns.out)); ok && !total {
		r.learnSign(out.Money)
	}
	amount, ok := parseBankAmount(r.text(row, columns.amount))
	if !ok || total || r.text(row, columns.out) != "" || r.text(row, columns.in) != "" {
		return
	}
	r.single = true
	way := directionOf(r.text(row, columns.direction))
	if way == directionUnknown {
		way = amount.direction
	}
	if way == directionOut {
		r.learnSign(amount.Money)
	}
	r.words = r.words || way != directionUnknown
	r.signs = r.signs || amount.Money < 0
}

// learnSign counts an amount that was paid by its sign.
func (r *statementReader) learnSign(paid Money) {
	switch {
	case paid < 0:
		r.minusOut++
	case paid > 0:
		r.plusOut++
	}
}

func (r *statementReader) text(row *SourceRow, column int) string {
	if column >= len(row.Cells) {
		return ""
	}
	return shownIn(row.Cells[column])
}

func shownIn(cell SourceCell) string {
	if cell.Kind == CellBlank || cell.Kind == CellError {
		return ""
	}
	return strings.TrimSpace(CleanText(strings.TrimPrefix(ShownText(cell), "'")))
}

func (r *statementReader) refuse(row *SourceRow, key string, problem Problem) rowKind {
	r.problems = append(r.problems, problem.In(r.heading.Place(StatementForm, row.Number, key)))
	return rowUnreadable
}

// line reads one row.
func (r *statementReader) line(row *SourceRow) (BankStatementLine, rowKind) {
	columns := &statementColumns
	line := BankStatementLine{Row: row.Number}
	moved, has, problem := r.moved(row)
	at, err := r.moment(row)
	total, note := r.noisy(row)
	switch {
	case r.repeatsHeaders(row), total, note && (err != nil || !has), !has && problem == nil && (err != nil && !wrongDay(err) || r.text(row, columns.at) == ""), has && moved == 0:
		r.learnAccount(row)
		return line, rowNoise
	case problem != nil:
		return line, r.refuse(row, "amount", *problem)
	case err != nil:
		problem, _ := AsProblem(err)
		return line, r.refuse(row, "at", problem)
	case !has:
		return line, r.refuse(row, "amount", Refuse("statement-amount", "", "这一行有日期，没有金额。", "请对照银行回单核对这一行。"))
	}
	if foreign := foreignCurrency(r.text(row, columns.currency)); foreign != "" {
		return line, r.refuse(row, "currency", Refuse("statement-currency", "", "这一笔是"+foreign+"，不是人民币。", "培训费用人民币支付，这一笔不会导入；确实要核对的，请折成人民币另记。"))
	}
	line.At = at
	if moved < 0 {
		line.Out = -moved
	} else {
		line.In = moved
	}
	if text := r.text(row, columns.balance); text != "" {
		if balance, ok := parseBalance(text); ok {
			line.Balance, line.HasBalance = balance, true
		} else {
			r.refuse(row, "balance", Warn("statement-balance", "", "余额"+quoted(text)+"不是金额。", "这一笔照常导入，只是不能用余额检查前后有没有缺流水。"))
		}
	}
	line.Bank, line.Account = r.text(row, columns.bank), bareAccount(r.text(row, columns.account))
	line.Summary, line.Purpose, line.Serial = r.text(row, columns.summary), r.text(row, columns.purpose), compact(r.text(row, columns.serial))
	r.sides(row, &line)
	if line.Account == "" {
		line.Account = r.account
	}
	return line, rowMovement
}

// wrongDay tells of a text that means a day and is none; anything else in the column of days is words.
func wrongDay(err error) bool {
	problem, _ := AsProblem(err)
	return problem.Code != "date-format" && problem.Code != "date-missing"
}

// repeatsHeaders tells whether a row is the headers again, as at the top of every printed page.
func (r *statementReader) repeatsHeaders(row *SourceRow) bool {
	const alike = 2
	count := 0
	for column, header := range r.heading.Headers {
		if text := r.text(row, column); text != "" && header != "" && foldHeader(text) == foldHeader(header) {
			count++
		}
	}
	return count >= alike
}

// learnAccount takes over the account that a row between the movements names: those below are on that one.
func (r *statementReader) learnAccount(row *SourceRow) {
	var texts []string
	for _, cell := range slices.Concat(row.Cells, row.Extra) {
		if text := shownIn(cell); text != "" {
			texts = append(texts, text)
		}
	}
	if account := accountIn(strings.Join(texts, " ")); account != "" {
		r.account = account
	}
}

// sides finds whose account the money went to or came from; where the bank writes payer and payee, one of them is the unit itself.
func (r *statementReader) sides(row *SourceRow, line *BankStatementLine) {
	columns := &statementColumns
	line.Name, line.Number = r.text(row, columns.name), bareAccount(r.text(row, columns.number))
	payer, payerNumber := r.text(row, columns.payerName), bareAccount(r.text(row, columns.payerNumber))
	own := payerNumber
	if line.In > 0 && (payer != "" || payerNumber != "") {
		own, line.Name, line.Number = line.Number, payer, payerNumber
	}
	if line.Account == "" && r.heading.Columns[columns.payerNumber] >= 0 {
		line.Account = own
	}
}

// noisy tells whether a row says of itself that it sums up others, or in its first words that it is no movement.
func (r *statementReader) noisy(row *SourceRow) (total, note bool) {
	if isStatementTotal(r.text(row, statementColumns.summary)) {
		return true, true
	}
	first, at := "", -1
	for column, place := range r.heading.Columns {
		if text := r.text(row, column); text != "" && (at < 0 || place < at) {
			first, at = text, place
		}
	}
	for extra, place := range r.heading.Unknown[:min(len(r.heading.Unknown), len(row.Extra))] {
		if cell := row.Extra[extra]; !isBlank(cell.Text) && (at < 0 || place < at) {
			first, at = cell.Text, place
		}
	}
	return isStatementTotal(first), isStatementNote(first)
}

package data

import (
	"fmt"
	"regexp"
	"strings"
)

// ReadBankStatement makes of a bank's rows the movements that they tell. Every row is a movement, noise, or a problem; none is
// dropped in silence. Afterwards the balances are followed from line to line. It fails where nothing tells payments from receipts.
func ReadBankStatement(rows []SourceRow, heading Heading) (BankStatement, error) {
	if err := JudgeStatementColumns(heading); err != nil {
		return BankStatement{}, err
	}
	var statement BankStatement
	reader := statementReader{heading: heading, times: otherTimes(heading)}
	for place := range rows {
		reader.learn(&rows[place])
	}
	if reader.single && !reader.words && !reader.signs {
		return BankStatement{}, Refuse("statement-direction", "amount", "金额只有一列，没有正负号，也没有借贷标志，看不出是收入还是支出。",
			"请在网上银行导出带“借贷标志”或“收入、支出”两列的明细。").In(Place{Sheet: heading.Sheet, Row: heading.Row})
	}
	for place := range rows {
		line, kind := reader.line(&rows[place])
		switch kind {
		case rowMovement:
			statement.Lines = append(statement.Lines, line)
		case rowNoise:
			statement.Noise++
		}
	}
	statement.Problems = reader.problems
	statement.followBalances(heading)
	return statement, nil
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
}

func (r *statementReader) learn(row *SourceRow) {
	columns := &statementColumns
	amount, ok := parseSignedMoney(r.text(row, columns.amount))
	total, _ := r.noisy(row)
	if !ok || total || r.text(row, columns.out) != "" || r.text(row, columns.in) != "" {
		return
	}
	r.single = true
	r.words = r.words || directionOf(r.text(row, columns.direction)) != directionUnknown
	r.signs = r.signs || amount < 0
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
	case total, note && (err != nil || !has), !has && problem == nil && r.text(row, columns.at) == "", has && moved == 0:
		return line, rowNoise
	case problem != nil:
		return line, r.refuse(row, "amount", *problem)
	case err != nil:
		problem, _ := AsProblem(err)
		return line, r.refuse(row, "at", problem)
	case !has:
		return line, r.refuse(row, "amount", Refuse("statement-amount", "", "这一行有日期，没有金额。", "请对照银行回单核对这一行。"))
	}
	line.At = at
	if moved < 0 {
		line.Out = -moved
	} else {
		line.In = moved
	}
	if text := r.text(row, columns.balance); text != "" {
		if balance, ok := parseSignedMoney(text); ok {
			line.Balance, line.HasBalance = balance, true
		} else {
			return line, r.refuse(row, "balance", Refuse("statement-balance", "", "余额"+quoted(text)+"不是金额。", "请对照银行回单核对这一行。"))
		}
	}
	line.Bank, line.Account = r.text(row, columns.bank), compact(r.text(row, columns.account))
	line.Summary, line.Purpose, line.Serial = r.text(row, columns.summary), r.text(row, columns.purpose), compact(r.text(row, columns.serial))
	r.sides(row, &line)
	return line, rowMovement
}

// sides finds whose account the money went to or came from; where the bank writes payer and payee, one of them is the unit itself.
func (r *statementReader) sides(row *SourceRow, line *BankStatementLine) {
	columns := &statementColumns
	line.Name, line.Number = r.text(row, columns.name), compact(r.text(row, columns.number))
	payer, payerNumber := r.text(row, columns.payerName), compact(r.text(row, columns.payerNumber))
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

// moment reads day and time, which may stand in two columns, of which either may be called 交易时间.
func (r *statementReader) moment(row *SourceRow) (Moment, error) {
	cells := []SourceCell{row.Cells[statementColumns.at]}
	for _, place := range r.times {
		if place < len(row.Extra) {
			cells = append(cells, row.Extra[place])
		}
	}
	var day Date
	var first error
	clock := r.text(row, statementColumns.time)
	for _, cell := range cells {
		text := shownIn(cell)
		if isClock(text) {
			clock = text
			continue
		}
		at, err := momentIn(cell, text, r.heading.Date1904)
		switch {
		case err != nil && first == nil:
			first = err
		case err == nil && day == "" && at.Time().Hour()+at.Time().Minute()+at.Time().Second() > 0:
			return at, nil
		case err == nil && day == "":
			day = at.Date()
		}
	}
	switch {
	case day != "":
		return momentAt(day, clock), nil
	case first != nil:
		return "", first
	}
	_, err := ParseMoment("")
	return "", err
}

// otherTimes gives the places in Extra of columns whose headers stand for a day or time beside the one that was taken for it.
func otherTimes(heading Heading) []int {
	matcher := StatementForm.Matcher()
	var places []int
	for extra, header := range heading.Strange {
		if match := matcher.Match(header); match == statementColumns.at || match == statementColumns.time {
			places = append(places, extra)
		}
	}
	return places
}

// clockShape is a time of day alone.
var clockShape = regexp.MustCompile(`^([01]?\d|2[0-3])[:：][0-5]\d([:：][0-5]\d)?$|^([01]\d|2[0-3])[0-5]\d[0-5]\d$`)

func isClock(text string) bool { return clockShape.MatchString(text) }

// serialDigits is the length of the days since 1900 by which spreadsheets count, for the years from 1927 to 2173.
const serialDigits = 5

func momentIn(cell SourceCell, text string, from1904 bool) (Moment, error) {
	if cell.Kind == CellText && len(text) == serialDigits && onlyDigits(text) {
		cell = SourceCell{Text: text, Kind: CellNumber} // a spreadsheet saved as text
	}
	if cell.Kind == CellNumber || cell.Kind == CellDate && len(cell.Text) == len("2006-01-02") {
		day, err := ParseDate(cell, from1904)
		return Moment(string(day) + " 00:00:00"), err
	}
	return ParseMoment(text)
}

// momentAt puts a time of day such as 10:26:03, 10:26 or 102603 behind a day; anything else is left out.
func momentAt(day Date, clock string) Moment {
	if onlyDigits(clock) && len(clock) == 6 {
		clock = clock[:2] + ":" + clock[2:4] + ":" + clock[4:]
	}
	if at, err := ParseMoment(string(day) + " " + clock); err == nil {
		return at
	}
	return Moment(string(day) + " 00:00:00")
}

// moved gives what the row adds to the account, negative for what it takes, and whether it names an amount at all.
func (r *statementReader) moved(row *SourceRow) (moved Money, has bool, problem *Problem) {
	columns := &statementColumns
	amounts := map[int]Money{}
	for _, column := range []int{columns.out, columns.in, columns.amount} {
		text := r.text(row, column)
		if text == "" || strings.Trim(text, "-—/") == "" {
			continue
		}
		amount, ok := parseSignedMoney(text)
		if !ok {
			bad := Refuse("statement-amount", "", "金额"+quoted(text)+"看不懂。", "请对照银行回单核对这一行。")
			return 0, false, &bad
		}
		amounts[column] = amount
	}
	out, in := amounts[columns.out], amounts[columns.in]
	amount, single := amounts[columns.amount]
	_, hasOut := amounts[columns.out]
	_, hasIn := amounts[columns.in]
	switch {
	case out != 0 && in != 0:
		bad := Refuse("statement-both", "", fmt.Sprintf("借方 %s 和贷方 %s 都有金额。", out, in), "一笔交易只能有一个方向，请对照银行回单核对这一行。")
		return 0, false, &bad
	case hasOut || hasIn:
		return in - out, true, nil
	case !single:
		return 0, false, nil
	}
	switch word := r.text(row, columns.direction); {
	case directionOf(word) == directionOut:
		// Some banks write a payment with its sign and the word besides.
		return -max(amount, -amount), true, nil
	case directionOf(word) == directionIn, r.signs:
		return amount, true, nil
	default:
		bad := Refuse("statement-direction", "", "看不出这一笔是收入还是支出："+quoted(word)+"。", "请对照银行回单核对这一行。")
		return 0, false, &bad
	}
}

// parseSignedMoney reads an amount as banks write it: with a sign before or behind, in brackets for a minus, or zero.
func parseSignedMoney(text string) (Money, bool) {
	bare := strings.ReplaceAll(bareAmount(text), " ", "")
	negative := false
	for _, minus := range []string{"-", "−", "－"} {
		if strings.HasPrefix(bare, minus) || strings.HasSuffix(bare, minus) && len(bare) > len(minus) {
			bare, negative = strings.TrimSuffix(strings.TrimPrefix(bare, minus), minus), true
			break
		}
	}
	if strings.HasPrefix(bare, "(") && strings.HasSuffix(bare, ")") && len(bare) > 2 {
		bare, negative = bare[1:len(bare)-1], true
	}
	bare = bareAmount(strings.TrimPrefix(bare, "+"))
	if strings.HasPrefix(bare, ".") {
		bare = "0" + bare // ABC writes .50
	}
	hundredths, fault := parseHundredths(bare)
	if fault != decimalFine {
		return 0, false
	}
	if negative {
		hundredths = -hundredths
	}
	return Money(hundredths), true
}

// followBalances finds which way the file runs, and warns where a balance is not the one before plus what moved: lines are missing there.
func (s *BankStatement) followBalances(heading Heading) {
	if len(s.Lines) < 2 {
		return
	}
	for _, line := range s.Lines {
		if !line.HasBalance {
			return
		}
	}
	rising, falling := 0, 0
	for place := 1; place < len(s.Lines); place++ {
		if follows(s.Lines[place-1], s.Lines[place]) {
			rising++
		}
		if follows(s.Lines[place], s.Lines[place-1]) {
			falling++
		}
	}
	s.Descending = falling > rising || falling == rising && s.Lines[0].At > s.Lines[len(s.Lines)-1].At
	for place := 1; place < len(s.Lines); place++ {
		before, after := s.Lines[place-1], s.Lines[place]
		if s.Descending {
			before, after = after, before
		}
		if !follows(before, after) {
			s.Problems = append(s.Problems, gap(before, after).In(heading.Place(StatementForm, s.Lines[place].Row, "balance")))
		}
	}
}

func follows(before, after BankStatementLine) bool {
	return after.Account != before.Account || before.Balance-after.Out+after.In == after.Balance
}

// CodeBalanceGap is the warning that a balance does not follow from the one before.
const CodeBalanceGap = "balance-gap"

func gap(before, after BankStatementLine) Problem {
	expected := before.Balance - after.Out + after.In
	return Warn(CodeBalanceGap, "", fmt.Sprintf("余额接不上：上一笔之后余额 %s，这一笔之后应为 %s，银行写的是 %s，差 %s。",
		before.Balance, expected, after.Balance, after.Balance-expected), "中间可能缺了几笔，请重新导出完整的明细；已经读到的照常导入。")
}

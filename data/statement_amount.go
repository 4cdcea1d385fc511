package data

import (
	"fmt"
	"regexp"
	"strings"
)

// bankAmount is an amount as a bank writes it.
type bankAmount struct {
	Money
	direction direction // by a DR or CR, 借 or 贷 beside the figures
}

// moved gives what the row adds to the account, negative for what it takes, and whether it names an amount at all.
func (r *statementReader) moved(row *SourceRow) (moved Money, has bool, problem *Problem) {
	columns := &statementColumns
	amounts := map[int]bankAmount{}
	for _, column := range []int{columns.out, columns.in, columns.amount} {
		text := r.text(row, column)
		if text == "" || strings.Trim(text, "-—/") == "" {
			continue
		}
		amount, ok := parseBankAmount(text)
		if !ok {
			bad := Refuse("statement-amount", "", "金额"+quoted(text)+"看不懂。", "请对照银行回单核对这一行。")
			return 0, false, &bad
		}
		amounts[column] = amount
	}
	out, in := amounts[columns.out].Money, amounts[columns.in].Money
	if r.signedOut {
		out = max(out, -out)
	}
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
	word := r.text(row, columns.direction)
	way := directionOf(word)
	if way == directionUnknown {
		way = amount.direction
	}
	switch {
	case way == directionOut && r.signedOut:
		return -max(amount.Money, -amount.Money), true, nil
	case way == directionOut:
		return -amount.Money, true, nil
	case way == directionIn, r.signs:
		return amount.Money, true, nil
	default:
		bad := Refuse("statement-direction", "", "看不出这一笔是收入还是支出："+quoted(word)+"。", "请对照银行回单核对这一行。")
		return 0, false, &bad
	}
}

// flagged is an amount with a DR or CR, 借 or 贷 before or behind it.
var flagged = regexp.MustCompile(`(?i)^(dr|cr|借|贷)[.: ]*([-+(¥0-9].*)$|^(.*[0-9)元-]) *(dr|cr|d|c|借|贷)\.?$`)

// parseBankAmount reads an amount with or without a flag.
func parseBankAmount(text string) (bankAmount, bool) {
	var amount bankAmount
	text = strings.TrimSpace(halfWidthText(text))
	if found := flagged.FindStringSubmatch(text); found != nil {
		amount.direction, text = directionOf(found[1]+found[4]), found[2]+found[3]
	}
	var ok bool
	amount.Money, ok = parseSignedMoney(text)
	return amount, ok
}

// parseBalance reads a balance; one that is 借 (DR) is owed to the bank.
func parseBalance(text string) (Money, bool) {
	amount, ok := parseBankAmount(text)
	if amount.direction == directionOut && amount.Money > 0 {
		return -amount.Money, ok
	}
	return amount.Money, ok
}

// moreThanFen are zeros behind the 分, which some programs write.
var moreThanFen = regexp.MustCompile(`(\.\d\d)0+$`)

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
	hundredths, fault := parseHundredths(moreThanFen.ReplaceAllString(bare, "$1"))
	if fault != decimalFine {
		return 0, false
	}
	if negative {
		hundredths = -hundredths
	}
	return Money(hundredths), true
}

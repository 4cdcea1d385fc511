// Package receipt reads what a bank's PDF receipt says from its words and their places. Banks print the same things under the same
// few labels, in tables that differ: a label stands left of its value or above it, and payer and payee stand side by side or below
// each other under a heading.
package receipt

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"peixun/data"
)

// Word is text without white space and its place on the page, in points from the top left corner.
type Word struct {
	Text                     string
	Left, Top, Right, Bottom float64
}

// maxWords is how many words a page may have to be taken for a receipt; the fullest of banks' receipts has 150.
const maxWords = 600

// Read gives what the words of a page say. What is not found, or contradicts itself, stays empty; a page of more words than any
// receipt has says nothing.
func Read(words []Word) data.Receipt {
	if len(words) > maxWords {
		return data.Receipt{}
	}
	p := newPage(words)
	var receipt data.Receipt
	receipt.Bank = p.bank()
	receipt.Serial = p.value(labels.serial, isSerial)
	receipt.Amount = p.amount()
	receipt.PaidAt = p.moment()
	receipt.PayerName = p.party(payer, labels.name, isName)
	receipt.PayeeName = p.party(payee, labels.name, isName)
	receipt.PayerAccount = p.account(payer)
	receipt.PayeeAccount = p.account(payee)
	return receipt
}

// labels are what banks call things; the first that is found counts. Spaces and colons are left out of both sides.
var labels = struct {
	serial, figures, capitals, moment, date, booked, clock, name, account []string
}{
	serial:   []string{"回单编号", "电子回单号码", "电子回单号", "回单号码", "回单号", "交易流水号", "流水号", "业务流水号", "凭证号码", "凭证号", "交易编号", "记账流水号"},
	figures:  []string{"小写", "金额（小写）", "金额(小写)", "小写金额", "交易金额（小写）", "交易金额(小写)", "转账金额（小写）", "转账金额(小写)", "交易金额", "转账金额", "付款金额", "金额"},
	capitals: []string{"大写", "金额（大写）", "金额(大写)", "大写金额", "交易金额（大写）", "交易金额(大写)", "转账金额（大写）", "转账金额(大写)", "人民币大写", "人民币（大写）", "人民币(大写)"},
	moment:   []string{"交易时间", "交易日期时间", "转账时间", "付款时间", "时间戳"},
	date:     []string{"交易日期", "转账日期", "付款日期", "日期"},
	booked:   []string{"记账日期", "入账日期"}, // the bank's day, often the one after the payment's
	clock:    []string{"交易时间", "时间"},
	name:     []string{"户名", "全称", "名称", "账户名称", "单位名称"},
	account:  []string{"账号", "帐号", "卡号", "账户", "账号/卡号"},
}

// side is whose account it is: what banks call the two, alone as a heading or before a label.
type side []string

var (
	payer = side{"付款人", "付款方", "付款单位", "汇款人", "付款", "转出"}
	payee = side{"收款人", "收款方", "收款单位", "收款", "转入"}
)

// banks are the names by which a receipt is signed.
var banks = []string{"中国工商银行", "中国建设银行", "中国银行", "交通银行", "中国农业银行", "招商银行", "中国邮政储蓄银行", "北京银行", "中信银行", "中国民生银行", "光大银行", "华夏银行", "浦发银行", "兴业银行"}

// page is a receipt's words by lines, and where payer and payee are named as headings.
type page struct {
	lines            [][]Word
	ofPayer, ofPayee []Word
}

// newPage puts words into lines from top to bottom, each from left to right. Words that share half of their height are on one line.
func newPage(words []Word) page {
	sorted := slices.Clone(words)
	slices.SortStableFunc(sorted, func(a, b Word) int { return cmp.Compare(a.Top+a.Bottom, b.Top+b.Bottom) })
	var p page
	for _, word := range sorted {
		if last := len(p.lines) - 1; last >= 0 && sameLine(p.lines[last][0], word) {
			p.lines[last] = append(p.lines[last], word)
			continue
		}
		p.lines = append(p.lines, []Word{word})
	}
	for _, line := range p.lines {
		slices.SortStableFunc(line, func(a, b Word) int { return cmp.Compare(a.Left, b.Left) })
	}
	p.ofPayer, p.ofPayee = p.headings(payer), p.headings(payee)
	return p
}

func sameLine(a, b Word) bool {
	shared := min(a.Bottom, b.Bottom) - max(a.Top, b.Top)
	return shared > min(a.Bottom-a.Top, b.Bottom-b.Top)/2
}

// bank names the bank whose name stands highest on the page; names in the table belong to accounts.
func (p page) bank() string {
	for _, line := range p.lines {
		text := bare(textOf(line))
		for _, word := range []string{"开户", "账号", "户名", "全称"} {
			if strings.Contains(text, word) {
				return ""
			}
		}
		for _, bank := range banks {
			if strings.Contains(text, bank) {
				return bank
			}
		}
	}
	return ""
}

func textOf(line []Word) string {
	var text strings.Builder
	for _, word := range line {
		text.WriteString(word.Text)
	}
	return text.String()
}

// bare leaves out what separates labels and values; a clock's colons stay.
func bare(text string) string {
	characters := []rune(text)
	var kept strings.Builder
	for n, r := range characters {
		clock := n > 0 && n+1 < len(characters) && unicode.IsDigit(characters[n-1]) && unicode.IsDigit(characters[n+1])
		if unicode.IsSpace(r) || (r == ':' || r == '：') && !clock {
			continue
		}
		kept.WriteRune(r)
	}
	return kept.String()
}

// found is a label's place and what follows it in its own word.
type found struct {
	line, first, last int // words
	rest              string
}

// find lists where a label stands at the beginning of a word or of several that follow each other, such as 户 名.
func (p page) find(label string) []found {
	var all []found
	for number, line := range p.lines {
		for first := range line {
			if at, ok := labelAt(line, first, label); ok {
				at.line = number
				all = append(all, at)
			}
		}
	}
	return all
}

// labelAt tells whether a label begins at a word. A longer word that merely begins with it, such as 账号类型, is another label, unless a
// colon follows or what follows cannot be one.
func labelAt(line []Word, first int, label string) (found, bool) {
	gathered := ""
	for last := first; last < len(line); last++ {
		raw := line[last].Text
		gathered += bare(raw)
		switch {
		case gathered == label:
			return found{first: first, last: last}, true
		case strings.HasPrefix(gathered, label):
			rest := strings.TrimPrefix(gathered, label)
			closed := strings.ContainsAny(raw, ":：") || !unicode.Is(unicode.Han, []rune(rest)[0]) && !strings.ContainsAny(rest[:1], "(/（") && !strings.HasPrefix(rest, "（")
			return found{first: first, last: last, rest: rest}, closed
		case !strings.HasPrefix(label, gathered):
			return found{}, false
		}
	}
	return found{}, false
}

// value gives what fits behind a label: on its line to the right, or below it.
func (p page) value(names []string, fits func(string) bool) string {
	for _, name := range names {
		for _, at := range p.find(name) {
			if value := p.beside(at, 0, fits); value != "" {
				return value
			}
		}
	}
	return ""
}

// beside gives the first fitting text to the right of a label, up to a border where it is not 0, else the nearest below it.
func (p page) beside(at found, border float64, fits func(string) bool) string {
	line := p.lines[at.line]
	if fits(at.rest) {
		return p.longest(line, at.last+1, at.rest, border, fits)
	}
	joined := at.rest
	for n := at.last + 1; n < len(line); n++ {
		if border > 0 && line[n].Left >= border {
			break
		}
		if joined != "" && fits(joined+line[n].Text) && adjoin(line[n-1], line[n]) {
			return p.whole(line, n, joined, border, fits)
		}
		if fits(bare(line[n].Text)) {
			return p.whole(line, n, "", border, fits)
		}
		if isLabel(line[n].Text) {
			return p.below(at, border, fits)
		}
		joined += bare(line[n].Text)
	}
	if fits(joined) {
		return joined
	}
	return p.below(at, border, fits)
}

// whole takes the words into a value that stand close behind its first, such as an account's groups of four.
func (p page) whole(line []Word, n int, before string, border float64, fits func(string) bool) string {
	return p.longest(line, n+1, before+bare(line[n].Text), border, fits)
}

// longest lengthens a value by the words from a place on, as long as it fits.
func (p page) longest(line []Word, from int, value string, border float64, fits func(string) bool) string {
	for next := from; next < len(line); next++ {
		longer := value + bare(line[next].Text)
		if border > 0 && line[next].Left >= border || !adjoin(line[next-1], line[next]) || isLabel(line[next].Text) || !fits(longer) {
			break
		}
		value = longer
	}
	return value
}

// adjoin tells whether one word follows another as closely as parts of one value do.
func adjoin(one, next Word) bool { return next.Left-one.Right < (next.Bottom-next.Top)*0.9 }

// belowReach is how many lines under a label its value may stand.
const belowReach = 2

func (p page) below(at found, border float64, fits func(string) bool) string {
	line := p.lines[at.line]
	left, right := line[at.first].Left, line[at.last].Right
	height := line[at.first].Bottom - line[at.first].Top
	for number := at.line + 1; number <= min(at.line+belowReach, len(p.lines)-1); number++ {
		for n, word := range p.lines[number] {
			if word.Right > left-height && word.Left < right+height && fits(bare(word.Text)) && (border == 0 || word.Left < border) {
				return p.whole(p.lines[number], n, "", border, fits)
			}
		}
	}
	return ""
}

// isLabel tells whether a word is one of the labels, so that it is no value of another.
func isLabel(text string) bool {
	text = bare(text)
	for _, names := range [][]string{labels.serial, labels.figures, labels.capitals, labels.moment, labels.date, labels.booked, labels.name, labels.account} {
		if slices.Contains(names, text) {
			return true
		}
	}
	for _, who := range []side{payer, payee} {
		for _, name := range who {
			if text == name || strings.HasPrefix(text, name) && isLabel(strings.TrimPrefix(text, name)) {
				return true
			}
		}
	}
	return strings.HasPrefix(text, "开户") || strings.HasSuffix(text, "开户行") || slices.Contains([]string{"币种", "用途", "附言", "摘要", "备注", "户", "名"}, text)
}

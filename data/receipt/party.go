package receipt

import (
	"strings"
	"unicode"

	"peixun/data"
)

// party gives the name or account of one side: behind a label that names the side, such as 付款人账号, else behind a bare label, such as
// 账号, in the part of the table that is the side's.
func (p page) party(who side, names []string, fits func(string) bool) string {
	for _, owner := range who {
		for _, name := range names {
			for _, full := range []string{owner + name, owner + "的" + name} {
				for _, at := range p.find(full) {
					if value := p.beside(at, p.border(who, at), fits); value != "" {
						return value
					}
				}
			}
		}
	}
	for _, name := range names {
		for _, at := range p.find(name) {
			if !p.belongs(at, who) {
				continue
			}
			if value := p.beside(at, p.border(who, at), fits); value != "" {
				return value
			}
		}
	}
	if name := p.alone(who, fits); name != "" {
		return name
	}
	return ""
}

func (s side) isPayee() bool { return s[0] == payee[0] }

// alone gives what stands behind the side's own word, such as 付款人：北京市第九实验医院.
func (p page) alone(who side, fits func(string) bool) string {
	for _, owner := range who {
		for _, at := range p.find(owner) {
			line := p.lines[at.line]
			if colon := strings.ContainsAny(line[at.last].Text, ":：") || at.last+1 < len(line) && strings.ContainsAny(line[at.last+1].Text, ":："); colon && fits(at.rest) {
				return at.rest
			}
		}
	}
	return ""
}

// headings lists where a side's word stands alone: at a table's edge, often one character above the other.
func (p page) headings(who side) []Word {
	var all []Word
	for _, owner := range who {
		for _, at := range p.find(owner) {
			if at.rest == "" {
				line := p.lines[at.line]
				all = append(all, Word{owner, line[at.first].Left, line[at.first].Top, line[at.last].Right, line[at.last].Bottom})
			}
		}
		all = append(all, p.upright(owner)...)
	}
	return all
}

// upright finds a word whose characters stand below each other.
func (p page) upright(text string) []Word {
	characters := []rune(text)
	var all []Word
	if len(characters) < 2 {
		return nil
	}
	for number, line := range p.lines {
		for _, word := range line {
			if word.Text != string(characters[0]) {
				continue
			}
			last, place := word, 1
			for below := number + 1; below < len(p.lines) && place < len(characters); below++ {
				for _, next := range p.lines[below] {
					if place < len(characters) && next.Text == string(characters[place]) && next.Left < word.Right && next.Right > word.Left {
						last, place = next, place+1
						break
					}
				}
			}
			if place == len(characters) {
				all = append(all, Word{text, word.Left, word.Top, word.Right, last.Bottom})
			}
		}
	}
	return all
}

// belongs tells whether a bare label is in the side's part: the nearest heading to its left on about the same height, or above it.
func (p page) belongs(at found, who side) bool {
	label := p.lines[at.line][at.first]
	payers, payees := nearest(label, p.ofPayer), nearest(label, p.ofPayee)
	if who.isPayee() {
		return payees < payers
	}
	return payers < payees
}

// nearest measures how far a label is from the closest heading that may govern it; farther than any page where there is none.
func nearest(label Word, headings []Word) float64 {
	const never = 1e9
	best := never
	middle := (label.Top + label.Bottom) / 2
	height := label.Bottom - label.Top
	for _, heading := range headings {
		beside := heading.Left <= label.Left && middle > heading.Top-2*height && middle < heading.Bottom+3*height
		above := heading.Bottom <= middle && label.Right > heading.Left-height
		switch {
		case beside:
			best = min(best, label.Left-heading.Left)
		case above:
			distance := label.Left - heading.Left
			if distance < 0 {
				distance = -distance
			}
			best = min(best, distance+(middle-heading.Bottom)*4)
		}
	}
	return best
}

// border is where the other side's part begins to the right of a label, 0 where it does not stand there.
func (p page) border(who side, at found) float64 {
	other, headings := payee, p.ofPayee
	if who.isPayee() {
		other, headings = payer, p.ofPayer
	}
	label := p.lines[at.line][at.last]
	best := 0.0
	for _, heading := range headings {
		if heading.Left > label.Right && (best == 0 || heading.Left < best) {
			best = heading.Left
		}
	}
	for _, word := range p.lines[at.line][at.last+1:] {
		for _, name := range other {
			if strings.HasPrefix(bare(word.Text), name) && isLabel(word.Text) && (best == 0 || word.Left < best) {
				best = word.Left
			}
		}
	}
	return best
}

// amount reads the figures, else the capitals. Where both are there and disagree, neither counts.
func (p page) amount() data.Money {
	figures := money(p.value(labels.figures, isMoney))
	capitals := data.ReadCapitals(p.value(labels.capitals, isCapitals))
	if figures != 0 && capitals != 0 && figures != capitals || capitals == 0 && p.isList() {
		return 0
	}
	return max(figures, capitals)
}

// isList tells whether several amounts stand below one label, as in a list of transfers: the first is only one of them.
func (p page) isList() bool {
	for _, name := range labels.figures {
		for _, at := range p.find(name) {
			label, below := p.lines[at.line][at.last], 0
			for _, line := range p.lines[at.line+1:] {
				for _, word := range line {
					if word.Right > label.Left && word.Left < label.Right && isMoney(bare(word.Text)) {
						below++
					}
				}
			}
			if below > 1 {
				return true
			}
		}
	}
	return false
}

// account reads one side's account, bare. One that goes on in the line below, in a narrow cell, is not read: half of it would be
// another account.
func (p page) account(who side) string {
	const reach = 0.9 // of a line's height, between the lines of a cell
	value := bareAccount(p.party(who, labels.account, isAccount))
	for number := range max(0, len(p.lines)-1) {
		for _, word := range p.lines[number] {
			if value == "" || !strings.HasSuffix(value, bareAccount(word.Text)) {
				continue
			}
			for _, next := range p.lines[number+1] {
				near := next.Top-word.Bottom < (word.Bottom-word.Top)*reach && next.Right > word.Left && next.Left < word.Right
				if near && strings.Trim(bare(next.Text), "0123456789") == "" && !isAccount(next.Text) {
					return ""
				}
			}
		}
	}
	return value
}

func bareMoney(text string) string {
	text = strings.TrimPrefix(bare(text), "人民币")
	for _, sign := range []string{"CNY", "RMB", "￥", "¥"} {
		text = strings.TrimPrefix(text, sign)
	}
	return strings.TrimSuffix(strings.TrimSuffix(text, "整"), "元")
}

func money(text string) data.Money {
	amount, err := data.ParseMoney(bareMoney(text))
	if err != nil {
		return 0
	}
	return amount
}

// isMoney wants a decimal point or a currency's sign, so that no number of another kind passes.
func isMoney(text string) bool {
	return money(text) > 0 && (strings.Contains(text, ".") || bareMoney(text) != bare(text))
}

func isCapitals(text string) bool { return data.ReadCapitals(text) > 0 }

// moment reads the time of the payment, or its day where the receipt tells no time.
func (p page) moment() data.Moment {
	if whole, ok := readMoment(p.value(labels.moment, isMoment)); ok {
		return whole
	}
	clock := p.value(labels.clock, isClock)
	day, ok := readMoment(p.value(labels.date, isMoment))
	if !ok {
		booked, _ := readMoment(p.value(labels.booked, isMoment))
		if clock != "" { // of another day, it may be: one that could not be read
			return ""
		}
		return booked
	}
	if clock != "" {
		if whole, ok := readMoment(string(day.Date()) + " " + clock); ok {
			return whole
		}
	}
	return day
}

// readMoment reads a time as banks write it; date and time may have lost the space between them.
func readMoment(text string) (data.Moment, bool) {
	const dayLength = len("2006-01-02")
	if len(text) > dayLength && strings.Count(text, ":") > 0 && text[dayLength] != ' ' && isDigit(text[dayLength]) {
		text = text[:dayLength] + " " + text[dayLength:]
	}
	if len(text) > dayLength && text[dayLength] == '-' { // a time stamp: 2022-06-14-10.26.08.123456
		clock := strings.Split(text[dayLength+1:], ".")
		text = text[:dayLength] + " " + strings.Join(clock[:min(len(clock), 3)], ":")
	}
	text = strings.NewReplacer("时", ":", "分", ":", "秒", "").Replace(text)
	if day, clock, ok := strings.Cut(text, "日"); ok && clock != "" {
		text = day + "日 " + strings.TrimSpace(clock)
	}
	moment, err := data.ParseMoment(text)
	return moment, err == nil
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isMoment(text string) bool { _, ok := readMoment(text); return ok }

func isClock(text string) bool {
	return strings.Count(text, ":") == 2 && len(text) <= len("15:04:05") && strings.Trim(text, "0123456789:") == ""
}

// isSerial wants a number with digits enough for a bank's.
func isSerial(text string) bool {
	const least, most = 6, 60
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '-' || r < unicode.MaxASCII && unicode.IsLetter(r):
		default:
			return false
		}
	}
	return digits >= least && len(text) <= most
}

// isAccount wants a bank account, whose middle some banks hide.
func isAccount(text string) bool {
	const least, most = 8, 40
	bareText := bareAccount(text)
	return len(bareText) >= least && len(bareText) <= most && strings.Trim(bareText, "0123456789*") == "" && strings.Trim(bareText, "*") != ""
}

func bareAccount(text string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(bare(text))
}

// isName wants words in Chinese that are no label.
func isName(text string) bool {
	const least = 2
	characters := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			characters++
		}
	}
	return characters >= least && !isLabel(text)
}

package data

import "strings"

// The characters of amounts in capitals, with those that banks write instead.
var readDigits = map[rune]int64{'零': 0, '〇': 0, '壹': 1, '贰': 2, '貳': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}

var readUnits = map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}

// ReadCapitals reads an amount in Chinese capitals, 人民币壹仟陆佰元整, in 分; 0 where it is none. It reads all that Money.Capitals
// writes.
func ReadCapitals(text string) Money {
	text = strings.TrimPrefix(compact(text), "人民币")
	text = strings.TrimRight(text, "整正")
	whole, part := "", text
	for _, sign := range []string{"元", "圆"} {
		if before, after, ok := strings.Cut(text, sign); ok {
			whole, part = before, after
		}
	}
	amount, ok := capitalAmount(whole)
	if !ok || whole == "" && part == "" {
		return 0
	}
	total := Money(amount) * 100
	for _, piece := range []struct {
		sign  string
		worth Money
	}{{"角", 10}, {"分", 1}} {
		before, after, found := strings.Cut(part, piece.sign)
		if !found {
			continue
		}
		digit := []rune(strings.TrimLeft(before, "零"))
		if len(digit) != 1 {
			return 0
		}
		value, known := readDigits[digit[0]]
		if !known {
			return 0
		}
		total, part = total+Money(value)*piece.worth, after
	}
	if part != "" && part != "零" || total > MaxMoney {
		return 0
	}
	return total
}

// capitalAmount reads the yuan of an amount; "" are none.
func capitalAmount(text string) (int64, bool) {
	var total, section, digit int64
	for _, r := range text {
		switch value, isDigit := readDigits[r]; {
		case isDigit:
			digit = value
		case readUnits[r] > 0:
			section += max(digit, 1) * readUnits[r]
			digit = 0
		case r == '万' || r == '萬':
			total += (section + digit) * 10_000
			section, digit = 0, 0
		case r == '亿' || r == '億':
			total = (total + section + digit) * 100_000_000
			section, digit = 0, 0
		default:
			return 0, false
		}
		if total > int64(MaxMoney) || section > int64(MaxMoney) {
			return 0, false
		}
	}
	return total + section + digit, true
}

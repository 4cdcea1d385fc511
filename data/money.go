package data

import (
	"strconv"
	"strings"
)

// Money is an amount in 分, the hundredth of a yuan.
type Money int64

// MaxMoney is the largest amount that a form takes: 99,999,999.99 元.
const MaxMoney Money = 99_999_999_99

// ParseMoney reads an amount of yuan as people write it: 3200, 3,200.00, ３２００, ¥3200, 3200元. The error is a Problem
// without a field: anything but 0.01 to 99,999,999.99 with at most two decimals is refused, never rounded.
func ParseMoney(text string) (Money, error) {
	hundredths, fault := parseHundredths(bareAmount(text))
	if fault == decimalFine {
		switch {
		case hundredths == 0:
			return 0, Refuse("money-zero", "", "金额不能是 0。", "请填写 0.01 到 99,999,999.99 之间的金额。")
		case hundredths > int64(MaxMoney):
			fault = decimalLarge
		default:
			return Money(hundredths), nil
		}
	}
	return 0, moneyProblem(text, fault)
}

// bareAmount drops the signs and words around an amount's figures.
func bareAmount(text string) string {
	bare := halfWidthText(text)
	for _, sign := range []string{"人民币", "¥", "RMB", "CNY"} {
		bare = strings.TrimSpace(strings.TrimPrefix(bare, sign))
	}
	for _, word := range []string{"整", "正", "圆", "元"} {
		bare = strings.TrimSpace(strings.TrimSuffix(bare, word))
	}
	return bare
}

func moneyProblem(text string, fault decimalFault) Problem {
	const example = "请只写数字，例如 3200 或 3,200.00。"
	shown := quoted(text)
	switch fault {
	case decimalBlank:
		return Refuse("money-missing", "", "没有填写金额。", example)
	case decimalNegative:
		return Refuse("money-negative", "", "金额"+shown+"是负数。", "请填写大于 0 的金额。")
	case decimalScientific:
		return Refuse("money-scientific", "", "金额"+shown+"是科学计数法。", example)
	case decimalCommas:
		return Refuse("money-commas", "", "金额"+shown+"的逗号位置不对。", "逗号只能隔开千位，例如 3,200.00；也可以不写逗号。")
	case decimalPlaces:
		return Refuse("money-decimals", "", "金额"+shown+"的小数超过两位。", "金额最多写到分，例如 3200.50。")
	case decimalLarge:
		return Refuse("money-large", "", "金额"+shown+"太大。", "金额最多 99,999,999.99 元，请核对位数。")
	case decimalTenThousands:
		return Refuse("money-unit", "", "金额"+shown+"用了“万”作单位。", "请用元作单位，例如 3200。")
	}
	return Refuse("money-format", "", "金额"+shown+"不是数字。", example)
}

// decimalFault says why a decimal could not be read.
type decimalFault uint8

const (
	decimalFine decimalFault = iota
	decimalBlank
	decimalNegative
	decimalScientific
	decimalCommas
	decimalPlaces
	decimalLarge
	decimalTenThousands
	decimalStrange
)

// maxWholeDigits keeps hundredths well inside an int64.
const maxWholeDigits = 15

// parseHundredths reads a half-width decimal with at most two places into hundredths, without a float on the way.
func parseHundredths(text string) (int64, decimalFault) {
	switch {
	case text == "":
		return 0, decimalBlank
	case text[0] == '-' || (text[0] == '(' && text[len(text)-1] == ')'):
		return 0, decimalNegative
	case strings.HasSuffix(text, "万"):
		return 0, decimalTenThousands
	case isScientific(text):
		return 0, decimalScientific
	}
	whole, places, pointed := strings.Cut(text, ".")
	if whole == "" || (pointed && places == "") || strings.Trim(whole, "0123456789,") != "" || strings.Trim(places, "0123456789") != "" {
		return 0, decimalStrange
	}
	if !commasFit(whole) {
		return 0, decimalCommas
	}
	if len(places) > 2 {
		return 0, decimalPlaces
	}
	whole = strings.TrimLeft(strings.ReplaceAll(whole, ",", ""), "0")
	if len(whole) > maxWholeDigits {
		return 0, decimalLarge
	}
	hundredths, err := strconv.ParseInt(whole+(places + "00")[:2], 10, 64)
	if err != nil {
		return 0, decimalStrange
	}
	return hundredths, decimalFine
}

// commasFit tells whether commas, where there are any, stand at every thousand; 0,100 is refused, since it may mean 0.1.
func commasFit(whole string) bool {
	groups := strings.Split(whole, ",")
	if len(groups) == 1 {
		return true
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return false
		}
	}
	return len(groups[0]) >= 1 && len(groups[0]) <= 3 && groups[0][0] != '0'
}

// formatHundredths writes 123456 as 1234.56; what is written holds for every int64.
func formatHundredths(value int64) string {
	sign, size := "", uint64(value)
	if value < 0 {
		sign, size = "-", -uint64(value)
	}
	cents := size % 100
	return sign + strconv.FormatUint(size/100, 10) + "." + string([]byte{byte('0' + cents/10), byte('0' + cents%10)})
}

// Plain writes the amount in yuan for files and input fields: 3200.00.
func (m Money) Plain() string { return formatHundredths(int64(m)) }

// String writes the amount in yuan for reading: 3,200.00.
func (m Money) String() string {
	plain := m.Plain()
	start := len(plain) % 3
	if m < 0 {
		start = 1 + (len(plain)-1)%3
	}
	var out strings.Builder
	out.WriteString(plain[:start])
	for ; start < len(plain)-3; start += 3 {
		if out.Len() > 0 && out.String() != "-" {
			out.WriteByte(',')
		}
		out.WriteString(plain[start : start+3])
	}
	out.WriteString(plain[start:])
	return out.String()
}

var (
	capitalDigits = [10]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	capitalUnits  = [4]string{"", "拾", "佰", "仟"}
)

// Capitals writes the amount in the capital figures of 《支付结算办法》附一, without 人民币 before it:
// 3200.00 is 叁仟贰佰元整, 325.04 is 叁佰贰拾伍元零肆分.
func (m Money) Capitals() string {
	sign, size := "", uint64(m)
	if m < 0 {
		sign, size = "负", -uint64(m)
	}
	yuan, jiao, fen := size/100, size/10%10, size%10
	out := sign
	if yuan > 0 || (jiao == 0 && fen == 0) {
		out += capitalWhole(yuan) + "元"
	}
	if jiao > 0 {
		out += capitalDigits[jiao] + "角"
	} else if fen > 0 && yuan > 0 {
		out += "零"
	}
	if fen > 0 {
		return out + capitalDigits[fen] + "分"
	}
	return out + "整"
}

// capitalWhole writes a whole number; 亿 and 万 split it, and one 零 stands for a gap after either.
func capitalWhole(number uint64) string {
	for _, split := range []struct {
		size uint64
		word string
	}{{1_0000_0000, "亿"}, {1_0000, "万"}} {
		if number < split.size {
			continue
		}
		out := capitalWhole(number/split.size) + split.word
		rest := number % split.size
		if rest == 0 {
			return out
		}
		if rest < split.size/10 {
			out += capitalDigits[0]
		}
		return out + capitalWhole(rest)
	}
	return capitalThousands(int(number))
}

func capitalThousands(number int) string {
	if number == 0 {
		return capitalDigits[0]
	}
	out, gap := "", false
	for place, size := 3, 1000; place >= 0; place, size = place-1, size/10 {
		digit := number / size % 10
		if digit == 0 {
			gap = out != ""
			continue
		}
		if gap {
			out += capitalDigits[0]
			gap = false
		}
		out += capitalDigits[digit] + capitalUnits[place]
	}
	return out
}

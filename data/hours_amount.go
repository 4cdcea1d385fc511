package data

import "strings"

// Hours is a number of 学时 in hundredths: 30.00 学时 is 3000.
type Hours int64

// MaxHours is the most 学时 that one record takes, a limit against slips of the keyboard.
const MaxHours Hours = 9_999_99

// ParseHours reads a number of 学时 with at most two decimals, such as 30, 7.5 or 16学时. The error is a Problem
// without a field: nothing is ever rounded, since 29.995 has not reached 30.
func ParseHours(text string) (Hours, error) {
	const example = "请只写数字，例如 8 或 7.5。"
	bare := strings.TrimSpace(strings.TrimSuffix(halfWidthText(text), "学时"))
	hundredths, fault := parseHundredths(bare)
	shown := quoted(text)
	switch {
	case fault == decimalBlank:
		return 0, Refuse("hours-missing", "", "没有填写学时。", example)
	case fault == decimalNegative || (fault == decimalFine && hundredths == 0):
		return 0, Refuse("hours-zero", "", "学时"+shown+"不大于 0。", "请填写大于 0 的学时，例如 8。")
	case fault == decimalPlaces:
		return 0, Refuse("hours-decimals", "", "学时"+shown+"的小数超过两位。", "学时最多写两位小数，例如 7.50。")
	case fault == decimalLarge || (fault == decimalFine && hundredths > int64(MaxHours)):
		return 0, Refuse("hours-large", "", "学时"+shown+"太大。", "请核对学时，一条记录最多 9999.99 学时。")
	case fault != decimalFine:
		return 0, Refuse("hours-format", "", "学时"+shown+"不是数字。", example)
	}
	return Hours(hundredths), nil
}

// String writes the 学时 with two decimals: 30.00.
func (h Hours) String() string { return formatHundredths(int64(h)) }

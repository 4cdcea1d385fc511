package vault

import "strings"

// MaskIDNumber shows the first six and the last four of an identity number: 110101********0011.
// Shorter documents, such as passports, show the first and the last two.
func MaskIDNumber(number string) string {
	switch length := len(number); {
	case length >= 15:
		return mask(number, 6, 4)
	case length > 4:
		return mask(number, 2, 2)
	default:
		return strings.Repeat("*", length)
	}
}

// MaskMobile shows the first three and the last four: 138****0417.
func MaskMobile(mobile string) string {
	if len(mobile) < 8 {
		return strings.Repeat("*", len(mobile))
	}
	return mask(mobile, 3, 4)
}

// MaskAccount shows the last four of a bank account.
func MaskAccount(account string) string {
	if len(account) <= 4 {
		return strings.Repeat("*", len(account))
	}
	return mask(account, 0, 4)
}

func mask(text string, head, tail int) string {
	return text[:head] + strings.Repeat("*", len(text)-head-tail) + text[len(text)-tail:]
}

package vault

import "strings"

// MaskIDNumber shows the first six and the last four of an identity number: 110101********0011.
// Shorter documents, such as passports, show the first and the last two.
func MaskIDNumber(number string) string {
	if len([]rune(number)) >= 15 {
		return mask(number, 6, 4, 0)
	}
	return mask(number, 2, 2, 4)
}

// MaskMobile shows the first three and the last four: 138****0417.
func MaskMobile(mobile string) string { return mask(mobile, 3, 4, 7) }

// MaskAccount shows the last four of a bank account.
func MaskAccount(account string) string { return mask(account, 0, 4, 4) }

// mask hides what stands between head and tail characters; a text of at most least characters is hidden whole.
func mask(text string, head, tail, least int) string {
	characters := []rune(text)
	if len(characters) <= least {
		return strings.Repeat("*", len(characters))
	}
	for place := head; place < len(characters)-tail; place++ {
		characters[place] = '*'
	}
	return string(characters)
}

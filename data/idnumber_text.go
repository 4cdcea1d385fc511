package data

import "unicode"

// LooksLikeIDNumber tells whether a text holds what reads as a resident ID (eighteen places with a birth date in them),
// which must not stand where text is stored openly. Full-width digits count, and spaces and hyphens do not part digits.
func LooksLikeIDNumber(text string) bool {
	const places, birth = 18, 6
	var run []byte
	for _, character := range text {
		if character >= '！' && character <= '～' {
			character -= '！' - '!'
		}
		switch {
		case unicode.IsSpace(character) || character == '-':
			continue
		case character >= '0' && character <= '9', (character == 'X' || character == 'x') && len(run) >= places-1:
			run = append(run, byte(character))
		default:
			run = run[:0]
		}
		if len(run) >= places && readsAsBirth(run[len(run)-places+birth:]) {
			return true
		}
	}
	return false
}

// readsAsBirth tells whether eight digits are a date of somebody alive: 19 or 20, a month, a day.
func readsAsBirth(digits []byte) bool {
	century, month, day := string(digits[:2]), string(digits[4:6]), string(digits[6:8])
	return (century == "19" || century == "20") && month >= "01" && month <= "12" && day >= "01" && day <= "31"
}

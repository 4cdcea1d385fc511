package data

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// MinPassword is the least number of characters of a password; the platform's reset password abc123 is refused by it alone.
const MinPassword = 8

// The strength of a password is told in bits: how often the tries of somebody who begins with what people usually choose must be
// doubled. What is weaker than leastBits is found in hours, even at the cost of a try that the vault sets.
const (
	leastBits  = 28.0
	fairBits   = 40.0
	strongBits = 55.0
)

// PasswordOwner is what a password must not be made of: names that everybody in the house knows.
type PasswordOwner struct{ User, Name, Unit string }

// JudgePassword tells what is wrong with a new password; nil where nothing is. A refusal's field is password.
func JudgePassword(password string, owner PasswordOwner) error {
	refuse := func(code, what, fix string) error { return Refuse(code, "password", what, fix) }
	lower := strings.ToLower(password)
	switch {
	case len([]rune(password)) < MinPassword:
		return refuse("password-short", "密码太短。", fmt.Sprintf("请至少用 %d 个字符。", MinPassword))
	case strings.TrimSpace(password) != password:
		return refuse("password-spaces", "密码的开头或末尾有空格。", "请去掉它，登录时容易漏打。")
	case LooksLikeIDNumber(password):
		return refuse("password-is-id", "密码里有身份证号。", "请换一个，身份证号别人也知道。")
	case owner.User != "" && lower == strings.ToLower(owner.User):
		return refuse("password-is-user", "密码和用户名一样。", "请换一个别人猜不到的。")
	case len([]rune(owner.Unit)) > 1 && strings.Contains(password, owner.Unit):
		return refuse("password-is-unit", "密码里有单位名称。", "请换一个别人猜不到的。")
	}
	bits, without := passwordBits(password, owner.words()), passwordBits(password, nil)
	switch {
	case bits < leastBits && bits < without:
		return refuse("password-is-user", "密码差不多就是用户名或姓名。", "请换一个别人猜不到的。")
	case bits < leastBits:
		return refuse("password-common", "这个密码太常见，很快会被猜到。", "请不要只用常见词、日期、连续或重复的字符、键盘上相邻的键；可以用几个不相干的词连起来。")
	}
	return nil
}

// PasswordStrength says in a word how hard a password is to guess, and as a fraction for a bar. It is "" for one that is refused.
func PasswordStrength(password string, owner PasswordOwner) (word string, fraction float64) {
	if JudgePassword(password, owner) != nil {
		return "", 0
	}
	bits := passwordBits(password, owner.words())
	switch fraction = min(1, bits/strongBits/1.2); {
	case bits < fairBits:
		return "一般", fraction
	case bits < strongBits:
		return "较好", fraction
	}
	return "很好", fraction
}

// words are the owner's names as they are typed.
func (o PasswordOwner) words() []string {
	var words []string
	for _, name := range []string{o.User, o.Name} {
		if name = strings.ToLower(name); len([]rune(name)) > 1 {
			words = append(words, name)
		}
	}
	return words
}

// What the pieces of a password cost who guesses, in bits.
const (
	knownWordBits = 1.0 // the owner's own names
	wordBits      = 8.0 // one of some two hundred
	surnameBits   = 7.0
	luckyBits     = 5.0
	runBits       = 6.0 // 12345, aaaa, qwer: where it begins and how long it is
	yearBits      = 6.0
	dateBits      = 13.0 // of the last sixty years
	mobileBits    = 20.0
	caseBits      = 1.0 // a capital somewhere
	digitBits     = 3.3
	letterBits    = 4.7
	signBits      = 5.0
	hanBits       = 11.0
)

// leet undoes what people put for letters.
var leet = strings.NewReplacer("@", "a", "$", "s", "0", "o", "3", "e", "1", "l", "!", "i")

// passwordBits estimates a password's strength: the cheapest way of putting it together from what people usually choose, and from
// single characters where they choose nothing usual.
func passwordBits(password string, known []string) float64 {
	characters := []rune(strings.ToLower(password))
	plain := []rune(leet.Replace(string(characters)))
	best := make([]float64, len(characters)+1)
	for end := 1; end <= len(characters); end++ {
		best[end] = best[end-1] + characterBits(characters[end-1])
		for begin := end - 2; begin >= 0; begin-- {
			cost, ok := pieceBits(string(characters[begin:end]), known)
			if other, found := wordPiece(string(plain[begin:end]), known); found && (!ok || other+caseBits < cost) {
				cost, ok = other+caseBits, true
			}
			if ok {
				best[end] = min(best[end], best[begin]+cost)
			}
		}
	}
	if strings.ToLower(password) != password {
		best[len(characters)] += caseBits
	}
	return best[len(characters)]
}

func characterBits(character rune) float64 {
	switch {
	case character >= '0' && character <= '9':
		return digitBits
	case character >= 'a' && character <= 'z':
		return letterBits
	case unicode.Is(unicode.Han, character):
		return hanBits
	}
	return signBits
}

// pieceBits gives the cost of a piece that people usually choose; ok is false where it is none.
func pieceBits(piece string, known []string) (bits float64, ok bool) {
	if bits, ok = wordPiece(piece, known); ok {
		return bits, true
	}
	switch {
	case isRun(piece):
		return runBits, true
	case isYear(piece):
		return yearBits, true
	case isDay(piece):
		return dateBits, true
	case len(piece) == 11 && isDigits(piece) && piece[0] == '1' && piece[1] >= '3':
		return mobileBits, true
	}
	return 0, false
}

func wordPiece(piece string, known []string) (bits float64, ok bool) {
	for _, word := range known {
		if piece == word {
			return knownWordBits, true
		}
	}
	switch {
	case commonWords[piece]:
		return wordBits, true
	case luckyNumbers[piece]:
		return luckyBits, true
	case commonSurnames[piece]:
		return surnameBits, true
	}
	return 0, false
}

func isDigits(piece string) bool {
	for _, character := range piece {
		if character < '0' || character > '9' {
			return false
		}
	}
	return piece != ""
}

// isRun finds equal characters, characters that follow one another (either way), a short piece repeated, and neighbours on the keyboard.
func isRun(piece string) bool {
	const least = 3
	if len(piece) < least {
		return false
	}
	return isSteps(piece) || isRepeated(piece) || isWalk(piece)
}

// isSteps finds aaaa, 1234 and 9876, also 90 as a step.
func isSteps(piece string) bool {
	step := int(piece[1]) - int(piece[0])
	if step < -1 || step > 1 {
		return false
	}
	for place := 1; place < len(piece); place++ {
		difference := int(piece[place]) - int(piece[place-1])
		around := step == 1 && piece[place-1] == '9' && piece[place] == '0' || step == -1 && piece[place-1] == '0' && piece[place] == '9'
		if difference != step && !around {
			return false
		}
	}
	return true
}

// isRepeated finds a piece of up to three characters that is repeated: 121212, abcabc, 112233 is none.
func isRepeated(piece string) bool {
	for length := 1; length <= 3 && 2*length <= len(piece); length++ {
		if len(piece)%length == 0 && strings.Repeat(piece[:length], len(piece)/length) == piece {
			return len(piece) > length+1
		}
	}
	return false
}

// keyboardLines are the keys as the hand runs over them: rows, columns, and the columns of the number pad.
var keyboardLines = []string{"`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+",
	"1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "147", "258", "369", "159", "357", "qazwsxedcrfvtgbyhnujm", "147258369", "1q2w3e4r5t6y7u8i9o0p"}

func isWalk(piece string) bool {
	for _, line := range keyboardLines {
		if strings.Contains(line, piece) || strings.Contains(reversed(line), piece) {
			return true
		}
	}
	return false
}

func reversed(text string) string {
	bytes := []byte(text)
	for low, high := 0, len(bytes)-1; low < high; low, high = low+1, high-1 {
		bytes[low], bytes[high] = bytes[high], bytes[low]
	}
	return string(bytes)
}

func isYear(piece string) bool {
	return len(piece) == 4 && piece >= "1940" && piece <= "2039" && isDigits(piece)
}

// isDay finds a day written in six or eight digits.
func isDay(piece string) bool {
	if !isDigits(piece) {
		return false
	}
	layout := map[int]string{6: "060102", 8: "20060102"}[len(piece)]
	day, err := time.Parse(layout, piece)
	return layout != "" && err == nil && (len(piece) == 6 || isYear(day.Format("2006")))
}

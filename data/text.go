package data

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest texts that a field takes, in runes, so that a damaged file cannot put a novel into the store.
const (
	MaxShortText = 100 // a title, an address, an organisation's name
	MaxPathText  = 200 // an organisation's path
	MaxLongText  = 500 // a remark
)

// CleanText gives one line of text as a person meant it: spaces of every kind trimmed, runs of them and line
// breaks inside made one plain space, control, zero-width and bidi characters dropped. All else keeps its code points.
// Bytes that are no UTF-8 are dropped too; JudgeText reports them.
func CleanText(text string) string { return cleanText(text, false) }

// CleanLines is CleanText for fields of several lines, such as a remark: line breaks stay, as "\n".
func CleanLines(text string) string { return cleanText(text, true) }

// JudgeText cleans a one-line text and refuses one that is damaged or longer than limit runes;
// the text is then "".
func JudgeText(text string, limit int) (string, []Problem) { return judgeText(text, limit, false) }

// JudgeLines is JudgeText for fields of several lines.
func JudgeLines(text string, limit int) (string, []Problem) { return judgeText(text, limit, true) }

func judgeText(text string, limit int, lines bool) (string, []Problem) {
	if isDamaged(text) {
		return "", []Problem{Refuse("text-damaged", "", "这里有已经损坏的字（显示为“�”）。", "请打开原来的表格，重新输入这一项。")}
	}
	cleaned := cleanText(text, lines)
	if length := utf8.RuneCountInString(cleaned); length > limit {
		return "", []Problem{Refuse("text-long", "", fmt.Sprintf("这里有 %d 个字，太长了。", length), fmt.Sprintf("请缩短到 %d 个字以内。", limit))}
	}
	return cleaned, nil
}

// isDamaged tells whether text holds bytes that are no UTF-8, or the mark that a lossy conversion leaves.
func isDamaged(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError)
}

func cleanText(text string, lines bool) string {
	if isPlain(text) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	gap, breaks := false, 0
	for _, r := range strings.ReplaceAll(text, "\r\n", "\n") {
		switch {
		case lines && (r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029'):
			breaks++
		case unicode.IsSpace(r):
			gap = true
		case isInvisible(r) || r == utf8.RuneError:
		default:
			if out.Len() > 0 && breaks > 0 {
				out.WriteString(strings.Repeat("\n", min(breaks, 2)))
			} else if out.Len() > 0 && gap {
				out.WriteByte(' ')
			}
			gap, breaks = false, 0
			out.WriteRune(r)
		}
	}
	return out.String()
}

// isPlain tells whether text holds nothing but common hanzi and visible ASCII, and thus nothing to clean.
func isPlain(text string) bool {
	for _, r := range text {
		if (r <= ' ' || r > '~') && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}

// isInvisible tells of characters that show nothing and are no space: control, zero-width and bidi characters,
// fillers, emoji selectors and noncharacters. Ideographic variation selectors are left alone: they belong to a name's hanzi.
func isInvisible(r rune) bool {
	switch {
	case r >= 0x20 && r < 0x7F, r >= 0x3400 && r <= 0x9FFF:
		return false
	case r == 0x115F, r == 0x1160, r == 0x2800, r == 0x3164, r == 0xFFA0, r == 0xFE0E, r == 0xFE0F, r&0xFFFE == 0xFFFE:
		return true
	}
	return (unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r)) || unicode.Is(unicode.Cf, r)
}

// halfWidth gives the half-width form of a full-width ASCII character, the plain space for U+3000, the plain hyphen
// for the dashes that an input method offers, and any other character as it is.
func halfWidth(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	}
	switch r {
	case 0x3000:
		return ' '
	case '￥':
		return '¥'
	case '‐', '‑', '‒', '–', '—', '−', '﹣':
		return '-'
	}
	return r
}

// compact is for codes and numbers, never for names: half-width, every space and invisible character dropped.
func compact(text string) string {
	visible := true
	for position := 0; position < len(text) && visible; position++ {
		visible = text[position] > ' ' && text[position] < 0x7F
	}
	if visible {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isInvisible(r) {
			return -1
		}
		return halfWidth(r)
	}, text)
}

// halfWidthText folds width as compact does, yet keeps single spaces between words. A damaged text, which must not be
// taken for what is left of it, gives the mark of damage alone.
func halfWidthText(text string) string {
	if isDamaged(text) {
		return string(utf8.RuneError)
	}
	return strings.Map(halfWidth, CleanText(text))
}

// maxQuote is how much of a wrong text a message repeats, in runes.
const maxQuote = 20

// quoted repeats a wrong text inside a message, short, and without showing what may be somebody's number:
// a text of 11 digits or more, which a mobile or an ID number has, is cut after three characters.
func quoted(text string) string {
	runes := []rune(CleanText(text))
	digits := 0
	for _, r := range runes {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	switch {
	case digits >= 11:
		return "“" + string(runes[:min(3, len(runes))]) + "…”"
	case len(runes) > maxQuote:
		return "“" + string(runes[:maxQuote]) + "…”"
	}
	return "“" + string(runes) + "”"
}

// excelDigits is how many digits of a number Excel keeps.
const excelDigits = 15

// ShownText gives what a cell holds as Excel itself would show it: numbers with 15 significant digits and without an
// exponent, since a file writes 7.1 as 7.0999999999999996. Numbers that Excel has destroyed (16 digits and more) stay as they are.
func ShownText(cell SourceCell) string {
	if cell.Kind != CellNumber || isShortNumber(cell.Text) || cellDestroyed(cell) {
		return cell.Text
	}
	number, err := strconv.ParseFloat(cell.Text, 64)
	if err != nil {
		return cell.Text
	}
	shown, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', excelDigits, 64), 64)
	if err != nil {
		return cell.Text
	}
	return strconv.FormatFloat(shown, 'f', -1, 64)
}

// isShortNumber tells whether text is a number of at most 15 digits that needs no rounding: nothing but digits and a point.
func isShortNumber(text string) bool {
	for position := 0; position < len(text); position++ {
		if (text[position] < '0' || text[position] > '9') && text[position] != '.' {
			return false
		}
	}
	return len(text) > 0 && len(text) <= excelDigits
}

// cellDestroyed tells whether a numeric cell held more digits before its point than Excel keeps, so that the last are lost.
func cellDestroyed(cell SourceCell) bool {
	if cell.Kind != CellNumber || isShortNumber(cell.Text) {
		return false
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(cell.Text), 64)
	return err == nil && (number >= 1e15 || number <= -1e15)
}

// isScientific tells whether text is written like 1.1010119900307E+17, which is what is left of a long number that Excel has destroyed.
func isScientific(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(text), "E")
	if !found || mantissa == "" || exponent == "" || strings.Trim(mantissa, "0123456789.-+") != "" {
		return false
	}
	exponent = strings.TrimLeft(exponent, "+-")
	return strings.ContainsAny(mantissa, "0123456789") && exponent != "" && strings.Trim(exponent, "0123456789") == ""
}

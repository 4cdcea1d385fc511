package excel

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// builtinDates are the number formats below 164 that show a day (ECMA-376 part 1, 18.8.30, with the Chinese ones);
// formats of a time alone are left out: half a day is no date.
var builtinDates = []int{14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}

// builtinText is the number format @, 文本.
const builtinText = 49

// readStyles learns which cell formats show numbers as dates, and which are for texts.
func (w *workbook) readStyles(ctx context.Context) error {
	custom := map[int]bool{}
	var formats []int
	err := w.elements(ctx, w.styles, "styleSheet", spreadsheetSpaces, func(s *xmlScanner) error {
		switch {
		case string(s.local) == "numFmt" && s.parent() == "numFmts":
			id, err := strconv.Atoi(s.attribute("numFmtId"))
			if err != nil {
				return s.malformed("number format %q", s.attribute("numFmtId"))
			}
			custom[id] = isDateFormat(s.attribute("formatCode"))
		case string(s.local) == "xf" && s.parent() == "cellXfs":
			id, err := strconv.Atoi(cmpOr(s.attribute("numFmtId"), "0"))
			if err != nil {
				return s.malformed("number format %q", s.attribute("numFmtId"))
			}
			if formats = append(formats, id); len(formats) > maxStyles {
				return fmt.Errorf("%w: cell formats", errTooLarge)
			}
		}
		return nil
	})
	w.dates, w.asText = make([]bool, len(formats)), make([]bool, len(formats))
	for i, id := range formats {
		w.asText[i] = id == builtinText
		date, known := custom[id]
		w.dates[i] = date || !known && slices.Contains(builtinDates, id)
	}
	return err
}

func cmpOr(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// isDateFormat tells whether a number format shows a day: its first section has a year, a day, a weekday, or a
// month that is no minute. Elapsed time such as [h]:mm and times alone are numbers to us.
func isDateFormat(code string) bool {
	letters := formatLetters(code)
	if strings.HasPrefix(letters, "general") {
		return false
	}
	if strings.ContainsAny(letters, "yd") || strings.Contains(letters, "aaa") {
		return true
	}
	for at := 0; at < len(letters); at++ {
		switch {
		case letters[at] == 'e' && !strings.ContainsAny(letters, "0#?"): // 1.5E+17 is no year
			return true
		case letters[at] == 'm' && !strings.ContainsAny(letters, "hs"): // a month, since no time stands beside it
			return true
		}
	}
	return false
}

// formatLetters gives the first section of a number format in lower case without its quoted, escaped and bracketed parts.
func formatLetters(code string) string {
	var letters strings.Builder
	for at := 0; at < len(code); at++ {
		switch code[at] {
		case ';':
			return letters.String()
		case '\\', '_', '*':
			at++
		case '"', '[':
			closing := byte('"')
			if code[at] == '[' {
				closing = ']'
			}
			end := strings.IndexByte(code[at+1:], closing)
			if end < 0 {
				return letters.String()
			}
			inside := strings.ToLower(code[at+1 : at+1+end])
			if closing == ']' && inside != "" && strings.Trim(inside, "h") == "" {
				letters.WriteByte('h')
			}
			at += end + 1
		default:
			letters.WriteByte(lower(code[at]))
		}
	}
	return letters.String()
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// Excel counts days from 1900-01-01 as day 1 and believes in 1900-02-29 as day 60, or from 1904-01-01 as day 0.
const (
	leapDay1900   = 60
	maxSerial1900 = 2_958_465 // 9999-12-31
	maxSerial1904 = 2_957_003
	secondsPerDay = 86_400
)

// serialDate writes Excel's day number as 2006-01-02, with 15:04:05 behind it where it has a part of a day, rounded to
// the second. It reports false where the number is no day.
func serialDate(serial float64, from1904 bool) (string, bool) {
	last := float64(maxSerial1900)
	if from1904 {
		last = maxSerial1904
	}
	if !(serial >= 0 && serial < last+1) {
		return "", false
	}
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * secondsPerDay)
	if seconds == secondsPerDay {
		days, seconds = days+1, 0
	}
	epoch := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	if !from1904 {
		switch {
		case days < 1 || days == leapDay1900:
			return "", false
		case days < leapDay1900:
			epoch = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
		default:
			epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		}
	}
	if days > last {
		return "", false
	}
	moment := epoch.AddDate(0, 0, int(days))
	if seconds == 0 {
		return moment.Format("2006-01-02"), true
	}
	return moment.Add(time.Duration(seconds) * time.Second).Format("2006-01-02 15:04:05"), true
}

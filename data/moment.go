package data

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Shanghai is the zone of every wall-clock time in the program. It is fixed, because mainland China has
// had no summer time since 1991 and a machine may lack the zone's table.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a calendar day as text, 2006-01-02, or "". Text neither shifts with a machine's zone nor loses its order.
type Date string

// Moment is a wall-clock time in Shanghai as text, 2006-01-02 15:04:05, or "".
type Moment string

const (
	dateLayout   = "2006-01-02"
	momentLayout = "2006-01-02 15:04:05"
)

// MomentOf gives the wall-clock time in Shanghai.
func MomentOf(t time.Time) Moment { return Moment(t.In(Shanghai).Format(momentLayout)) }

// DateOf gives the day in Shanghai.
func DateOf(t time.Time) Date { return Date(t.In(Shanghai).Format(dateLayout)) }

// Date gives the moment's day.
func (m Moment) Date() Date {
	if len(m) < len(dateLayout) {
		return ""
	}
	return Date(m[:len(dateLayout)])
}

// Time gives the moment as a time in Shanghai; the zero time where it is empty or malformed.
func (m Moment) Time() time.Time {
	t, err := time.ParseInLocation(momentLayout, string(m), Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Time gives the day's beginning in Shanghai; the zero time where it is empty or malformed.
func (d Date) Time() time.Time {
	t, err := time.ParseInLocation(dateLayout, string(d), Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// DaysUntil counts the days from d to other; negative where other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}

// Years outside these are slips of the keyboard.
const (
	firstYear = 1900
	lastYear  = 2100
)

// ParseDate reads a day from a cell: 2022-03-09, 2022/3/9, 2022.3.9, 20220309, 2022年3月9日, each with or without a
// time, which is left out, and Excel's own dates. A plain number is a serial, counted from 1904 where date1904 says so and
// else from 1900 with Excel's 29 February 1900 left out. The error is a Problem without a field.
func ParseDate(cell SourceCell, date1904 bool) (Date, error) {
	text := strings.TrimPrefix(halfWidthText(ShownText(cell)), "'")
	const example = "2022-03-09"
	if cell.Kind == CellNumber {
		if serial, err := strconv.ParseFloat(text, 64); err == nil && !readsAsDigits(serial) {
			return dateOfSerial(text, serial, date1904)
		}
	}
	parts, fault := scanDate(text)
	if fault != dateFine {
		return "", dateProblem(text, fault, example)
	}
	return parts.date(), nil
}

// ParseMoment reads a wall-clock time in Shanghai in the forms of ParseDate; without a time of day it is the
// day's beginning, as the manual's own 转账时间. Fractions of a second are left out. The error is a Problem without a field.
func ParseMoment(text string) (Moment, error) {
	text = strings.TrimPrefix(halfWidthText(text), "'")
	parts, fault := scanDate(text)
	if fault != dateFine {
		return "", dateProblem(text, fault, "2022-06-14 10:26")
	}
	return parts.moment(), nil
}

// readsAsDigits tells of numbers that are a year, a year and month, or a written-out day rather than a serial:
// 2022, 2022.3, 202203, 20220309, 20220309152116. As serials the first two would be days of 1905.
func readsAsDigits(number float64) bool {
	return (number >= firstYear && number < lastYear+1) || number >= 190000
}

// dateOfSerial gives the day of an Excel serial.
func dateOfSerial(text string, serial float64, date1904 bool) (Date, error) {
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, Shanghai)
	switch {
	case date1904 && serial >= 0:
		first = time.Date(1904, time.January, 1, 0, 0, 0, 0, Shanghai)
	case serial < 1 || serial != serial: // the second is how NaN shows itself
		return "", dateProblem(text, dateStrange, "2022-03-09")
	case serial < 60:
		first = first.AddDate(0, 0, 1)
	case serial < 61:
		return "", dateProblem("1900-02-29", dateUnreal, "2022-03-09")
	}
	day := first.AddDate(0, 0, int(serial))
	if day.Year() > lastYear {
		return "", dateProblem(text, dateRange, "2022-03-09")
	}
	return DateOf(day), nil
}

// dateParts are the numbers of a date and time.
type dateParts struct {
	year, month, day, hour, minute, second int
}

func (p dateParts) date() Date { return dateOf(p.year, p.month, p.day) }

func (p dateParts) moment() Moment {
	return Moment(fmt.Sprintf("%s %02d:%02d:%02d", p.date(), p.hour, p.minute, p.second))
}

// dateOf writes a day without the cost of a time.Time.
func dateOf(year, month, day int) Date {
	return Date([]byte{
		byte('0' + year/1000%10), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10), '-',
		byte('0' + month/10), byte('0' + month%10), '-', byte('0' + day/10), byte('0' + day%10),
	})
}

// isRealDay tells whether the calendar has this day.
func isRealDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	days := [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days = 29
	}
	return day <= days
}

// dateFault says why a date could not be read.
type dateFault uint8

const (
	dateFine dateFault = iota
	dateBlank
	dateTwoDigits
	dateYearLast
	dateNoDay
	dateYearOnly
	dateUnreal
	dateRange
	dateBadTime
	dateStrange
)

func dateProblem(text string, fault dateFault, example string) Problem {
	shown, fix := quoted(text), "请写成 "+example+" 的样子。"
	switch fault {
	case dateBlank:
		return Refuse("date-missing", "", "没有填写日期。", fix)
	case dateTwoDigits:
		return Refuse("date-two-digit-year", "", shown+"的年份没有写全。", "年份要写四位，例如 "+example+"。")
	case dateYearLast:
		return Refuse("date-year-last", "", shown+"把年份写在了最后，分不清哪个是月、哪个是日。", "年份要写在最前面，例如 "+example+"。")
	case dateNoDay:
		return Refuse("date-no-day", "", shown+"只有年和月，没有日。", fix)
	case dateYearOnly:
		return Refuse("date-year-only", "", shown+"只有年份，没有月和日。", fix)
	case dateUnreal:
		return Refuse("date-unreal", "", "日历上没有"+shown+"这一天。", "请核对年、月、日。")
	case dateRange:
		return Refuse("date-range", "", shown+"的年份不在 1900 到 2100 之间。", "请核对年份，例如 "+example+"。")
	case dateBadTime:
		return Refuse("date-time", "", shown+"里的时间不对。", "时间写成 10:26 或 10:26:05，小时从 0 到 23；也可以只写日期。")
	}
	return Refuse("date-format", "", shown+"不是日期。", fix)
}

// dateToken is a run of digits and what stands between it and the next one, "" at the end and " " for mere spaces.
type dateToken struct {
	digits, after string
}

// maxDateTokens is year to second and a fraction.
const maxDateTokens = 7

func scanDate(text string) (dateParts, dateFault) {
	if text == "" {
		return dateParts{}, dateBlank
	}
	var space [maxDateTokens]dateToken
	tokens, ok := dateTokens(text, space[:0])
	if !ok {
		return dateParts{}, dateStrange
	}
	if len(tokens[0].digits) >= 5 {
		tokens, ok = splitDigits(tokens)
		if !ok {
			return dateParts{}, dateStrange
		}
	}
	if fault := dateShape(tokens); fault != dateFine {
		return dateParts{}, fault
	}
	parts := dateParts{year: number(tokens[0]), month: number(tokens[1]), day: number(tokens[2])}
	switch {
	case parts.year < firstYear || parts.year > lastYear:
		return parts, dateRange
	case !isRealDay(parts.year, parts.month, parts.day):
		return parts, dateUnreal
	}
	return scanTime(parts, tokens[3:])
}

func number(token dateToken) int {
	value, _ := strconv.Atoi(token.digits)
	return value
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// dateTokens cuts text into runs of digits; it must begin with one.
func dateTokens(text string, tokens []dateToken) ([]dateToken, bool) {
	for position := 0; position < len(text); {
		start := position
		for position < len(text) && isDigit(text[position]) {
			position++
		}
		end := position
		for position < len(text) && !isDigit(text[position]) {
			position++
		}
		after := strings.TrimSpace(text[end:position])
		if after == "" && position > end {
			after = " "
		}
		if start == end || len(tokens) == maxDateTokens {
			return nil, false
		}
		tokens = append(tokens, dateToken{text[start:end], after})
	}
	return tokens, true
}

// splitDigits turns 20220309, with 1521 or 152116 behind it or not, into tokens like those of 2022-03-09 15:21:16.
// Six digits are a year and month, or a date with a two-digit year.
func splitDigits(tokens []dateToken) ([]dateToken, bool) {
	digits, after := tokens[0].digits, tokens[0].after
	switch {
	case len(digits) == 6 && len(tokens) == 1 && (digits[:2] == "19" || digits[:2] == "20"):
		return []dateToken{{digits[:4], "-"}, {digits[4:], after}}, true
	case len(digits) == 6:
		return append([]dateToken{{digits[:2], "-"}, {digits[2:4], "-"}, {digits[4:], after}}, tokens[1:]...), true
	case len(digits) == 8:
		return append([]dateToken{{digits[:4], "-"}, {digits[4:6], "-"}, {digits[6:], after}}, tokens[1:]...), true
	case (len(digits) == 12 || len(digits) == 14) && len(tokens) == 1 && after == "":
		split := []dateToken{{digits[:4], "-"}, {digits[4:6], "-"}, {digits[6:8], " "}, {digits[8:10], ":"}, {digits[10:12], ""}}
		if len(digits) == 14 {
			split[4].after = ":"
			split = append(split, dateToken{digits[12:], ""})
		}
		return split, true
	}
	return nil, false
}

// dateShape judges the lengths of the first three numbers and what stands between them.
func dateShape(tokens []dateToken) dateFault {
	year := tokens[0]
	if len(tokens) < 3 {
		switch {
		case len(year.digits) != 4:
		case len(tokens) == 1 && (year.after == "" || year.after == "年"):
			return dateYearOnly
		case len(tokens) == 2 && len(tokens[1].digits) <= 2 && strings.Contains("- / . 年", year.after) && strings.Contains("月", tokens[1].after):
			return dateNoDay
		}
		return dateStrange
	}
	month, day := tokens[1], tokens[2]
	switch year.after + month.after {
	case "--", "//", "..", "年月":
	default:
		return dateStrange
	}
	switch {
	case len(month.digits) > 2:
		return dateStrange
	case len(year.digits) <= 2 && len(day.digits) == 4:
		return dateYearLast
	case len(year.digits) <= 2 && len(day.digits) <= 2:
		return dateTwoDigits
	case len(year.digits) != 4 || len(day.digits) > 2:
		return dateStrange
	}
	after := day.after
	if year.after == "年" {
		after = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(after, "日"), "号"))
	}
	if after == "" || (len(tokens) > 3 && (after == " " || after == "T")) {
		return dateFine
	}
	return dateStrange
}

// scanTime reads hour and minute, and a second with its fraction, where there are any.
func scanTime(parts dateParts, tokens []dateToken) (dateParts, dateFault) {
	if len(tokens) == 0 {
		return parts, dateFine
	}
	if len(tokens) == 1 || len(tokens[0].digits) > 2 || len(tokens[1].digits) > 2 || (tokens[0].after == ":" && len(tokens[1].digits) != 2) {
		return parts, dateBadTime
	}
	between := ""
	for _, token := range tokens {
		between += token.after
	}
	fits := false
	switch len(tokens) {
	case 2:
		fits = between == ":" || between == "时分" || between == "时" || between == "点分" || between == "点"
	case 3:
		fits = len(tokens[2].digits) == 2 && (between == "::" || between == "时分秒" || between == "点分秒")
		parts.second = number(tokens[2])
	case 4:
		fits = len(tokens[2].digits) == 2 && between == "::."
		parts.second = number(tokens[2])
	}
	parts.hour, parts.minute = number(tokens[0]), number(tokens[1])
	if !fits || parts.hour > 23 || parts.minute > 59 || parts.second > 59 {
		return parts, dateBadTime
	}
	return parts, dateFine
}

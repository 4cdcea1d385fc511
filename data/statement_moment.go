package data

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// moment reads day and time, which may stand in two columns, of which either may be called 交易时间.
func (r *statementReader) moment(row *SourceRow) (Moment, error) {
	cells := []SourceCell{row.Cells[statementColumns.at]}
	for _, place := range r.times {
		if place < len(row.Extra) {
			cells = append(cells, row.Extra[place])
		}
	}
	var day Date
	var first error
	clock := r.text(row, statementColumns.time)
	// Days that anybody can read come before bare numbers, which may be a day or a time of day.
	slices.SortStableFunc(cells, func(a, b SourceCell) int { return cmp.Compare(len(bareDigits(a)), len(bareDigits(b))) })
	for _, cell := range cells {
		text := shownIn(cell)
		if at := clockIn(cell, text, day != ""); at != "" {
			clock = at
			continue
		}
		at, err := momentIn(cell, text, r.heading.Date1904)
		switch {
		case err != nil && first == nil:
			first = err
		case err == nil && day == "" && at.Time().Hour()+at.Time().Minute()+at.Time().Second() > 0:
			return at, nil
		case err == nil && day == "":
			day = at.Date()
		}
	}
	switch {
	case day != "":
		return momentAt(day, clock), nil
	case first != nil:
		return "", first
	}
	_, err := ParseMoment("")
	return "", err
}

// otherTimes gives the places in Extra of columns whose headers stand for a day or time beside the one that was taken for it.
func otherTimes(heading Heading) []int {
	matcher := StatementForm.Matcher()
	var places []int
	for extra, header := range heading.Strange {
		if match := matcher.Match(header); match == statementColumns.at || match == statementColumns.time {
			places = append(places, extra)
		}
	}
	return places
}

// clockShape is a time of day alone.
var clockShape = regexp.MustCompile(`^([01]?\d|2[0-3])[:：][0-5]\d([:：][0-5]\d)?$|^([01]\d|2[0-3])[0-5]\d[0-5]\d$`)

// bareDigits gives the digits of a cell that holds nothing else and too few for a day that is written out, else "".
func bareDigits(cell SourceCell) string {
	const shortest = len("20220308")
	if text := shownIn(cell); len(text) < shortest && onlyDigits(text) {
		return text
	}
	return ""
}

// partOfDay is a time of day as spreadsheets keep it.
var partOfDay = regexp.MustCompile(`^0(\.\d+)?$`)

// clockIn gives the time of day that a cell tells, or "". Once the day is known, a number is a time whose zeros in front are lost.
func clockIn(cell SourceCell, text string, dayKnown bool) string {
	digits := bareDigits(cell)
	switch {
	case isClock(text):
		return text
	case cell.Kind == CellNumber && partOfDay.MatchString(text):
		return clockOfPart(strings.TrimPrefix(text, "0"))
	case dayKnown && digits != "" && isClock(strings.Repeat("0", max(0, clockDigits-len(digits)))+digits):
		return strings.Repeat("0", clockDigits-len(digits)) + digits
	}
	return ""
}

// clockDigits is the length of 102603.
const clockDigits = 6

func isClock(text string) bool { return clockShape.MatchString(text) }

func momentIn(cell SourceCell, text string, from1904 bool) (Moment, error) {
	if serial := serialShape.FindStringSubmatch(text); serial != nil && (cell.Kind == CellText || cell.Kind == CellNumber) {
		// A spreadsheet's own day, which may have been saved as text, and behind the point the part of it that has gone by.
		day, err := ParseDate(SourceCell{Text: serial[1], Kind: CellNumber}, from1904)
		return momentAt(day, clockOfPart(serial[2])), err
	}
	const withTime = len("202203081026")
	if cell.Kind == CellNumber && len(text) < withTime || cell.Kind == CellDate && len(cell.Text) == len("2006-01-02") {
		day, err := ParseDate(cell, from1904)
		return Moment(string(day) + " 00:00:00"), err
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return MomentOf(at), nil
	}
	text = dottedClock.ReplaceAllString(text, "$1 $2:$3:$4")
	at, err := ParseMoment(text)
	if day, clock, two := strings.Cut(text, " "); err != nil && two && (isClock(clock) || endOfDay.MatchString(clock)) {
		if alone, err := ParseDate(SourceCell{Text: day, Kind: CellText}, from1904); err == nil {
			return momentAt(alone, clock), nil
		}
	}
	return at, err
}

// serialShape is a spreadsheet's day with or without a time; its five digits are the years from 1927 to 2173.
var serialShape = regexp.MustCompile(`^(\d{5})(\.\d+)?$`)

// endOfDay is the midnight that ends a day, which no clock shows.
var endOfDay = regexp.MustCompile(`^24[:：]00([:：]00)?$`)

// clockOfPart writes a part of a day as a time of day, rounded to the second.
func clockOfPart(part string) string {
	const secondsOfDay = 24 * 60 * 60
	share, err := strconv.ParseFloat("0"+part, 64)
	if err != nil || part == "" {
		return ""
	}
	second := min(int(share*secondsOfDay+0.5), secondsOfDay-1)
	return time.Unix(int64(second), 0).UTC().Format(time.TimeOnly)
}

// dottedClock is ICBC's 2022-03-09-10.26.03.123456.
var dottedClock = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[- ](\d{2})\.(\d{2})\.(\d{2})(\.\d+)?$`)

// momentAt puts a time of day such as 10:26:03, 10:26 or 102603 behind a day; anything else is left out.
func momentAt(day Date, clock string) Moment {
	if onlyDigits(clock) && len(clock) == clockDigits {
		clock = clock[:2] + ":" + clock[2:4] + ":" + clock[4:]
	}
	if at, err := ParseMoment(string(day) + " " + clock); err == nil {
		return at
	}
	return Moment(string(day) + " 00:00:00")
}

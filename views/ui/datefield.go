package ui

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// The texts that a DateField holds.
const (
	DateLayout     = "2006-01-02"
	DateTimeLayout = "2006-01-02 15:04:05"
)

// DateField is a day, or a day with a time, typed or picked from a month. Its value is the text
// itself: 2006-01-02 or 2006-01-02 15:04:05. What cannot be read stays as it was typed; whether
// that is an error is the caller's to say.
type DateField struct {
	Field
	// WithTime adds hours, minutes and seconds.
	WithTime bool
	// Now gives the day that the month opens at and that is marked; time.Now unless set.
	Now func() time.Time
}

// NewDateField makes a day's field.
func NewDateField(placeholder string) *DateField { return newDateField(placeholder, false) }

// NewDateTimeField makes a field for a day with a time.
func NewDateTimeField(placeholder string) *DateField { return newDateField(placeholder, true) }

func newDateField(placeholder string, withTime bool) *DateField {
	d := &DateField{WithTime: withTime, Now: time.Now}
	d.Width = 136
	if withTime {
		d.Width = 196
	}
	d.Field.build(d, placeholder)
	d.Trailing = NewSmallIconButton("calendar", "选择日期", theme.Secondary, d.open)
	d.addBlur(d.normalize)
	return d
}

// Layout gives the layout of the field's value.
func (d *DateField) Layout() string {
	if d.WithTime {
		return DateTimeLayout
	}
	return DateLayout
}

// Time gives the value, and whether it can be read.
func (d *DateField) Time() (time.Time, bool) {
	value, err := time.ParseInLocation(d.Layout(), NormalizeDate(d.Text(), d.WithTime), time.Local)
	return value, err == nil
}

// Inspect describes the field for end-to-end tests.
func (d *DateField) Inspect() Inspection {
	out := d.Field.Inspect()
	out.Kind = "date"
	return out
}

// normalize writes a readable day the usual way once the field is left.
func (d *DateField) normalize() {
	if text := NormalizeDate(d.Text(), d.WithTime); text != d.Text() {
		d.SetText(text)
	}
}

func (d *DateField) open() {
	c := canvasOf(d)
	if c == nil || d.disabled {
		return
	}
	start, known := d.Time()
	if !known {
		start = d.Now()
	}
	month := newMonthPicker(start, d.Now(), d.WithTime)
	over := newOverlay(c, month)
	finish := func(text string) {
		over.hide()
		d.SetText(text)
		d.SetBad(false)
		d.focusChanged(false)
		d.Focus()
	}
	month.picked = func(value time.Time) { finish(value.Format(d.Layout())) }
	month.cleared = func() { finish("") }
	over.cancel = over.hide
	over.tapOutside = over.hideByMouse
	over.submit = month.accept
	over.arrange = func(window fyne.Size) { placeBelow(d, month, month.MinSize(), window) }
	over.show()
	c.Focus(month.grid)
}

var (
	dateNumbers = regexp.MustCompile(`\d+`)
	plainDate   = regexp.MustCompile(`^\d{8}(\d{4}|\d{6})?$`)
)

// NormalizeDate writes a day (and time) as people type them the usual way: 2022/6/14, 2022.6.14,
// 20220614, 2022年6月14日 and 2022-6-14 10:26 are understood. Anything else is given back trimmed.
func NormalizeDate(text string, withTime bool) string {
	text = strings.TrimSpace(text)
	plain := compactKeepingSpace(text)
	if plainDate.MatchString(strings.ReplaceAll(plain, " ", "")) {
		plain = spreadDigits(strings.ReplaceAll(plain, " ", ""))
	}
	numbers := dateNumbers.FindAllString(plain, -1)
	if len(numbers) < 3 || len(numbers) > 6 || len(numbers[0]) != 4 {
		return text
	}
	values := [6]int{}
	for i, number := range numbers {
		values[i], _ = strconv.Atoi(number)
	}
	year, month, day := values[0], values[1], values[2]
	value := time.Date(year, time.Month(month), day, values[3], values[4], values[5], 0, time.Local)
	if value.Year() != year || int(value.Month()) != month ||
		values[3] > 23 || values[4] > 59 || values[5] > 59 {
		return text
	}
	if withTime {
		return value.Format(DateTimeLayout)
	}
	if len(numbers) > 3 {
		return text
	}
	return value.Format(DateLayout)
}

// compactKeepingSpace turns full-width characters into plain ones.
func compactKeepingSpace(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '　':
			return ' '
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, text)
}

// spreadDigits separates 20220614102600 into its numbers.
func spreadDigits(digits string) string {
	out := fmt.Sprintf("%s %s %s", digits[:4], digits[4:6], digits[6:8])
	for rest := digits[8:]; len(rest) >= 2; rest = rest[2:] {
		out += " " + rest[:2]
	}
	return out
}

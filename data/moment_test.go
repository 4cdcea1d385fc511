package data

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func textCell(text string) SourceCell   { return SourceCell{Text: text, Kind: CellText} }
func numberCell(text string) SourceCell { return SourceCell{Text: text, Kind: CellNumber} }

func TestParseDateAndMomentReadText(t *testing.T) {
	tests := []struct {
		name, text string
		want       Moment
	}{
		{"dashes", "2022-03-09", "2022-03-09 00:00:00"},
		{"slashes, one digit", "2022/3/9", "2022-03-09 00:00:00"},
		{"points", "2022.3.9", "2022-03-09 00:00:00"},
		{"compact", "20220309", "2022-03-09 00:00:00"},
		{"words", "2022年3月9日", "2022-03-09 00:00:00"},
		{"words with spaces", "2022 年 3 月 9 日", "2022-03-09 00:00:00"},
		{"words, spoken", "2022年03月09号", "2022-03-09 00:00:00"},
		{"full width", "２０２２－０３－０９", "2022-03-09 00:00:00"},
		{"full width words", "２０２２年３月９日", "2022-03-09 00:00:00"},
		{"dashes of an input method", "2022—03—09", "2022-03-09 00:00:00"},
		{"spaces around", "\u3000 2022-03-09\u00a0", "2022-03-09 00:00:00"},
		{"zero width", "\ufeff2022-03-09\u200b", "2022-03-09 00:00:00"},
		{"Excel's apostrophe", "'2022-03-09", "2022-03-09 00:00:00"},
		{"with time", "2022-03-09 15:21:16", "2022-03-09 15:21:16"},
		{"with minutes", "2022-06-14 10:26", "2022-06-14 10:26:00"},
		{"with full width time", "２０２２-０６-１４　１０：２６", "2022-06-14 10:26:00"},
		{"with fraction", "2022-03-09 15:21:16.0", "2022-03-09 15:21:16"},
		{"with T", "2022-03-09T15:21:16", "2022-03-09 15:21:16"},
		{"slashes with time", "2022/3/9 9:05", "2022-03-09 09:05:00"},
		{"words with time", "2022年3月9日 15:21:16", "2022-03-09 15:21:16"},
		{"words with words", "2022年3月9日15时21分16秒", "2022-03-09 15:21:16"},
		{"words with hour and minute", "2022年3月9日9时5分", "2022-03-09 09:05:00"},
		{"compact with time", "20220309152116", "2022-03-09 15:21:16"},
		{"compact with minutes", "202203091521", "2022-03-09 15:21:00"},
		{"compact, then time", "20220309 15:21", "2022-03-09 15:21:00"},
		{"leap day", "2024-02-29", "2024-02-29 00:00:00"},
		{"first year", "1900-01-01", "1900-01-01 00:00:00"},
		{"last year", "2100-12-31", "2100-12-31 00:00:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := ParseMoment(test.text); err != nil || got != test.want {
				t.Errorf("ParseMoment(%q) = %s, %v; want %s", test.text, got, err, test.want)
			}
			if got, err := ParseDate(textCell(test.text), false); err != nil || got != test.want.Date() {
				t.Errorf("ParseDate(%q) = %s, %v; want %s", test.text, got, err, test.want.Date())
			}
		})
	}
}

func TestParseDateAndMomentRefuseText(t *testing.T) {
	tests := []struct{ name, text, code string }{
		{"nothing", " ", "date-missing"},
		{"two-digit year", "22-06-14", "date-two-digit-year"},
		{"two-digit year with time", "22/6/14 10:26", "date-two-digit-year"},
		{"two-digit year in words", "22年6月14日", "date-two-digit-year"},
		{"two-digit year, compact", "220614", "date-two-digit-year"},
		{"year last", "14/06/2022", "date-year-last"},
		{"no day", "2022-03", "date-no-day"},
		{"no day in words", "2022年3月", "date-no-day"},
		{"no day, compact", "202203", "date-no-day"},
		{"only a year", "2022年", "date-year-only"},
		{"no such day", "2022-02-29", "date-unreal"},
		{"no leap day in 1900", "1900-02-29", "date-unreal"},
		{"no such month", "2022-13-01", "date-unreal"},
		{"zero", "2022-00-00", "date-unreal"},
		{"too early", "1899-12-31", "date-range"},
		{"too late", "2101-01-01", "date-range"},
		{"hour 24", "2022-03-09 24:00", "date-time"},
		{"minute 60", "2022-03-09 10:60", "date-time"},
		{"hour alone", "2022-03-09 10", "date-time"},
		{"one-digit minute", "2022-03-09 10:5", "date-time"},
		{"a zone", "2022-03-09 10:26+08:00", "date-time"},
		{"mixed signs", "2022-03/09", "date-format"},
		{"words", "三月九日", "date-format"},
		{"a serial as text", "44629", "date-format"},
		{"an ID number", "11010519491231002X", "date-format"},
		{"three-digit year", "202-03-09", "date-format"},
		{"rubbish behind", "2022-03-09 左右", "date-format"},
		{"two dates", "2022-03-09至2022-03-10", "date-format"},
		{"Arabic digits", "٢٠٢٢-٠٣-٠٩", "date-format"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			moment, err := ParseMoment(test.text)
			wantProblem(t, err, test.code)
			date, err := ParseDate(textCell(test.text), false)
			wantProblem(t, err, test.code)
			if moment != "" || date != "" {
				t.Errorf("got %q and %q beside an error", moment, date)
			}
		})
	}
	_, err := ParseMoment("22-06-14 10:26")
	if problem, _ := AsProblem(err); problem.Fix != "年份要写四位，例如 2022-06-14 10:26。" {
		t.Errorf("the fix says %s", problem.Fix)
	}
}

func TestParseDateReadsSerials(t *testing.T) {
	tests := []struct {
		name, text string
		date1904   bool
		want       Date
		code       string
	}{
		{"first day of 1900", "1", false, "1900-01-01", ""},
		{"before the day that never was", "59", false, "1900-02-28", ""},
		{"the day that never was", "60", false, "", "date-unreal"},
		{"after it", "61", false, "1900-03-01", ""},
		{"2022", "44629", false, "2022-03-09", ""},
		{"with a time", "44629.640462962963", false, "2022-03-09", ""},
		{"with float noise", "44628.999999999999", false, "2022-03-09", ""},
		{"scientific", "4.4629E4", false, "2022-03-09", ""},
		{"1904: first day", "0", true, "1904-01-01", ""},
		{"1904: day 60", "60", true, "1904-03-01", ""},
		{"1904: 2022", "43167", true, "2022-03-09", ""},
		{"last day", "73415", false, "2100-12-31", ""},
		{"beyond", "73416", false, "", "date-range"},
		{"zero", "0", false, "", "date-format"},
		{"negative", "-1", true, "", "date-format"},
		{"not a number", "NaN", false, "", "date-format"},
		{"endless", "+Inf", false, "", "date-format"},
		{"written-out day", "20220309", false, "2022-03-09", ""},
		{"written-out day, 1904", "20220309", true, "2022-03-09", ""},
		{"written-out moment", "20220309152116", false, "2022-03-09", ""},
		{"a year is no serial", "2022", false, "", "date-year-only"},
		{"a year and month are no serial", "2022.3", false, "", "date-no-day"},
		{"a year and month", "202203", false, "", "date-no-day"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseDate(numberCell(test.text), test.date1904)
			if got != test.want {
				t.Errorf("ParseDate(%s) = %q, want %q", test.text, got, test.want)
			}
			if test.code != "" {
				wantProblem(t, err, test.code)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	if got, err := ParseDate(SourceCell{Text: "2022-03-09 15:21:16", Kind: CellDate}, true); err != nil || got != "2022-03-09" {
		t.Errorf("a date cell gives %q, %v", got, err)
	}
	_, err := ParseDate(SourceCell{Text: "#N/A", Kind: CellError}, false)
	wantProblem(t, err, "date-format")
}

func anyDay(t *rapid.T) time.Time {
	first := time.Date(firstYear, 1, 1, 0, 0, 0, 0, Shanghai)
	last := time.Date(lastYear, 12, 31, 0, 0, 0, 0, Shanghai)
	return first.AddDate(0, 0, rapid.IntRange(0, int(last.Sub(first).Hours()/24)).Draw(t, "day"))
}

func TestEveryDayIsReadInEveryForm(t *testing.T) {
	layouts := []string{"2006-01-02", "2006/1/2", "2006.1.2", "20060102", "2006年1月2日", "2006年01月02日 15:04", "20060102150405", "2006-01-02T15:04:05"}
	rapid.Check(t, func(t *rapid.T) {
		day := anyDay(t)
		text := day.Format(rapid.SampledFrom(layouts).Draw(t, "layout"))
		if got, err := ParseDate(textCell(text), false); err != nil || got != DateOf(day) {
			t.Fatalf("ParseDate(%q) = %s, %v", text, got, err)
		}
	})
}

func TestEverySerialIsItsDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := anyDay(t)
		// Counting from 30 December 1899 is right from 1 March 1900 on, where Excel's missing day is behind.
		serial := int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, Shanghai)).Hours() / 24)
		if serial < 61 || readsAsDigits(float64(serial)) {
			t.Skip("days that a serial cannot tell")
		}
		if got, err := ParseDate(numberCell(strconv.Itoa(serial)), false); err != nil || got != DateOf(day) {
			t.Fatalf("serial %d = %s, %v; want %s", serial, got, err, DateOf(day))
		}
	})
}

func TestMomentRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment := MomentOf(anyDay(t).Add(time.Duration(rapid.IntRange(0, 86399).Draw(t, "second")) * time.Second))
		if got, err := ParseMoment(string(moment)); err != nil || got != moment {
			t.Fatalf("ParseMoment(%s) = %s, %v", moment, got, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2022-03-09", "2022年3月9日15时21分", "20220309152116", "44629.5", "60", "\xff1", "9/3/22"} {
		f.Add(seed, uint8(CellText), false)
		f.Add(seed, uint8(CellNumber), true)
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8, date1904 bool) {
		date, err := ParseDate(SourceCell{Text: text, Kind: CellKind(kind)}, date1904)
		if err != nil {
			problem, ok := AsProblem(err)
			if !ok || date != "" || !strings.HasSuffix(problem.Fix, "。") {
				t.Fatalf("ParseDate(%q) = %q, %v", text, date, err)
			}
			return
		}
		if day := date.Time(); day.IsZero() || day.Year() < firstYear || day.Year() > lastYear || DateOf(day) != date {
			t.Fatalf("ParseDate(%q) = %q, which is no day", text, date)
		}
	})
}

func TestTimesAreShanghaisWhateverTheMachineSays(t *testing.T) {
	instant := time.Date(2022, 6, 17, 23, 30, 0, 0, time.FixedZone("New York", -4*3600))
	if got := MomentOf(instant); got != "2022-06-18 11:30:00" {
		t.Errorf("MomentOf = %s", got)
	}
	if got := DateOf(instant); got != "2022-06-18" {
		t.Errorf("DateOf = %s", got)
	}
	if !MomentOf(instant).Time().Equal(instant) {
		t.Error("the moment's time is another instant")
	}
}

func TestPartsOfDaysAndMoments(t *testing.T) {
	for moment, want := range map[Moment]Date{"2022-06-17 13:02:11": "2022-06-17", "2022-06-17": "2022-06-17", "2022": "", "": ""} {
		if got := moment.Date(); got != want {
			t.Errorf("%q.Date() = %q", moment, got)
		}
	}
	if !Moment("2022-06-31 00:00:00").Time().IsZero() || !Date("2022-02-30").Time().IsZero() || !Date("").Time().IsZero() {
		t.Error("a day that is none has a time")
	}
	for _, c := range []struct {
		from, to Date
		want     int
	}{{"2022-06-17", "2022-06-17", 0}, {"2022-06-17", "2022-06-18", 1}, {"2022-06-18", "2022-06-17", -1}, {"2020-02-28", "2020-03-01", 2}, {"1986-05-03", "1986-05-05", 2}} {
		if got := c.from.DaysUntil(c.to); got != c.want {
			t.Errorf("%s to %s is %d days, want %d", c.from, c.to, got, c.want)
		}
	}
}

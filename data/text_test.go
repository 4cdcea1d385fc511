package data

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanText(t *testing.T) {
	tests := []struct{ name, text, oneLine, lines string }{
		{"plain", "信息中心", "信息中心", "信息中心"},
		{"spaces of every kind around", " \t\u00a0\u3000\u2003信息\u3000", "信息", "信息"},
		{"spaces inside", "a  \u00a0b", "a b", "a b"},
		{"zero width and bidi", "\ufeff信\u200b息\u202e", "信息", "信息"},
		{"control", "信\x00息\x07", "信息", "信息"},
		{"line break", "一\r\n二\n\n\n\n三", "一 二 三", "一\n二\n\n三"},
		{"breaks around", "\n一\n", "一", "一"},
		{"spaces at line ends", "一 \n 二", "一 二", "一\n二"},
		{"rare and compatibility hanzi", "𫰡䶮\uf90a", "𫰡䶮\uf90a", "𫰡䶮\uf90a"},
		{"decomposed letters stay", "e\u0301", "e\u0301", "e\u0301"},
		{"broken bytes", "a\xffb\ufffd", "ab", "ab"},
		{"nothing but space", "\u3000\u200b", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := CleanText(test.text); got != test.oneLine {
				t.Errorf("CleanText(%q) = %q, want %q", test.text, got, test.oneLine)
			}
			if got := CleanLines(test.text); got != test.lines {
				t.Errorf("CleanLines(%q) = %q, want %q", test.text, got, test.lines)
			}
		})
	}
}

func TestCleaningTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if once := CleanText(text); CleanText(once) != once || strings.TrimFunc(once, unicode.IsSpace) != once || strings.ContainsAny(once, "\r\n\t\x00\u200b\u202e") {
			t.Fatalf("CleanText(%q) = %q", text, once)
		}
		if once := CleanLines(text); CleanLines(once) != once {
			t.Fatalf("CleanLines(%q) = %q", text, once)
		}
	})
}

func TestJudgeTextKeepsOutWhatIsTooLongOrDamaged(t *testing.T) {
	if got, problems := JudgeText(strings.Repeat("长", 10)+" ", 10); len(problems) > 0 || utf8.RuneCountInString(got) != 10 {
		t.Errorf("ten runes: %q, %v", got, problems)
	}
	for code, text := range map[string]string{"text-long": strings.Repeat("长", 11), "text-damaged": "张\ufffd"} {
		got, problems := JudgeText(text, 10)
		if got != "" || len(problems) != 1 {
			t.Fatalf("%s: %q, %v", code, got, problems)
		}
		wantProblem(t, problems[0], code)
	}
}

func TestShownText(t *testing.T) {
	tests := []struct {
		name string
		cell SourceCell
		want string
	}{
		{"text stays", textCell("007.10"), "007.10"},
		{"short number", numberCell("13800000417"), "13800000417"},
		{"float noise", numberCell("7.0999999999999996"), "7.1"},
		{"29.995 is not rounded", numberCell("29.995000000000001"), "29.995"},
		{"exponent", numberCell("1.3800000417E+10"), "13800000417"},
		{"fifteen digits", numberCell("1.10101491231002E+14"), "110101491231002"},
		{"destroyed stays", numberCell("1.1010119900307E+17"), "1.1010119900307E+17"},
		{"no number", numberCell("abc"), "abc"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := ShownText(test.cell); got != test.want {
				t.Errorf("ShownText(%v) = %s, want %s", test.cell, got, test.want)
			}
		})
	}
}

func TestQuotedHidesNumbersOfPeople(t *testing.T) {
	for _, number := range []string{"11010519491231002X", "138 0000 0417", "１３８００００００００", "6222 0210 0111 6245 702"} {
		if got := quoted(number); utf8.RuneCountInString(got) > 6 {
			t.Errorf("quoted(%q) = %s", number, got)
		}
	}
	if got := quoted("22-06-14 10:26"); got != "“22-06-14 10:26”" {
		t.Errorf("a date is shown as %s", got)
	}
}

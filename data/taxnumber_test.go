package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// judged is a case for the judges that take a text and give it back cleaned.
type judged struct{ name, text, want, codes string }

func checkJudge(t *testing.T, judge func(string) (string, []Problem), tests []judged) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, problems := judge(test.text)
			if got != test.want {
				t.Errorf("%q gives %q, want %q", test.text, got, test.want)
			}
			if codes := codesOf(problems); codes != test.codes {
				t.Errorf("problems %q, want %q", codes, test.codes)
			}
			checkSentences(t, problems)
			if again, more := judge(got); again != got || HasErrors(more) && got != "" {
				t.Errorf("judged again, %q gives %q, %s", got, again, codesOf(more))
			}
		})
	}
}

func TestJudgeTaxNumber(t *testing.T) {
	checkJudge(t, JudgeTaxNumber, []judged{
		{"public institution", "12110000400686910X", "12110000400686910X", ""},
		{"real, fails its check", "91350203M0001QKT19", "91350203M0001QKT19", "warning:tax-check"},
		{"nothing", "\u3000", "", ""},
		{"small letters and spaces", " 12110000 400686910x", "12110000400686910X", "fixed:tax-cleaned"},
		{"full width", "１２１１００００４００６８６９１０Ｘ", "12110000400686910X", "fixed:tax-cleaned"},
		{"one character wrong", "12110000400686911X", "12110000400686911X", "warning:tax-check"},
		{"letter O", "1211000O400686910X", "", "error:tax-character"},
		{"letter I", "I2110000400686910X", "", "error:tax-character"},
		{"a hyphen", "12110000-400686910X", "", "error:tax-character"},
		{"hanzi", "统一社会信用代码", "", "error:tax-character"},
		{"letters where the place stands", "12A10000400686910X", "", "error:tax-shape"},
		{"17 characters", "12110000400686910", "12110000400686910", "warning:tax-old"},
		{"15 characters", "110101400686910", "110101400686910", "warning:tax-old"},
		{"20 characters", "11010119900307001101", "11010119900307001101", "warning:tax-old"},
		{"16 characters", "1211000040068691", "", "error:tax-length"},
		{"resident ID", "11010519491231002X", "", "error:tax-resident"},
		{"unit that looks like somebody born in 1800", withCheck("12110118000101001"), withCheck("12110118000101001"), "warning:tax-check"},
		{"resident ID, small x", "11010519491231002x", "", "error:tax-resident"},
		{"destroyed by Excel", "1.2110000400687E+17", "", "error:tax-destroyed"},
		{"destroyed, without a point", "1E+17", "", "error:tax-destroyed"},
		{"digits, an E and a digit", "9110010120000320E1", "9110010120000320E1", ""},
	})
}

// TestResidentIDThatPassesTheTaxCheckIsStillRefused guards the trap that one ID in 31 satisfies both sums.
func TestResidentIDThatPassesTheTaxCheckIsStillRefused(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		number, _ := anyResident(t)
		if creditCheck(number) == number[17] {
			found++
		}
		if got, problems := JudgeTaxNumber(number); got != "" || codesOf(problems) != "error:tax-resident" {
			t.Fatalf("%s gives %q, %s", number, got, codesOf(problems))
		}
	})
	for serial := range 1000 {
		number := withCheck("11010119900307" + string([]byte{byte('0' + serial/100), byte('0' + serial/10%10), byte('0' + serial%10)}))
		if creditCheck(number) == number[17] {
			found++
			if got, _ := JudgeTaxNumber(number); got != "" {
				t.Errorf("%s passes as a tax number", number)
			}
		}
	}
	if found == 0 {
		t.Error("no ID was found that passes the other sum too")
	}
}

func TestCreditCodeWithItsOwnCheckPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tail := rapid.StringOfN(rapid.SampledFrom([]rune(creditAlphabet)), 9, 9, 9).Draw(t, "organisation")
		number := "91" + rapid.StringMatching(`[1-6][0-9]{5}`).Draw(t, "place") + tail
		number += string(creditCheck(number))
		if got, problems := JudgeTaxNumber(strings.ToLower(number)); got != number || HasErrors(problems) || strings.Contains(codesOf(problems), "warning") {
			t.Fatalf("%s gives %q, %s", number, got, codesOf(problems))
		}
	})
}

func FuzzJudgeTaxNumber(f *testing.F) {
	f.Add("12110000400686910X")
	f.Add("91350203m0001QKT19")
	f.Fuzz(func(t *testing.T, text string) {
		got, problems := JudgeTaxNumber(text)
		if HasErrors(problems) && got != "" {
			t.Fatalf("%q gives %q beside an error", text, got)
		}
		if again, more := JudgeTaxNumber(got); again != got || HasErrors(more) {
			t.Fatalf("%q gives %q, then %q, %s", text, got, again, codesOf(more))
		}
	})
}

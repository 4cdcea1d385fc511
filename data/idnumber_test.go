package data

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const testToday Date = "2022-03-09"

// codesOf lists problems as level:code, so that tables can name them.
func codesOf(problems []Problem) string {
	var codes []string
	for _, problem := range problems {
		codes = append(codes, string(problem.Level)+":"+problem.Code)
	}
	return strings.Join(codes, " ")
}

// checkSentences checks what every message must keep to.
func checkSentences(t interface {
	Helper()
	Errorf(string, ...any)
}, problems []Problem) {
	t.Helper()
	for _, problem := range problems {
		if problem.Code == "" || !strings.HasSuffix(problem.What, "。") || (problem.Level != LevelFixed && !strings.HasSuffix(problem.Fix, "。")) {
			t.Errorf("%s: %q %q", problem.Code, problem.What, problem.Fix)
		}
	}
}

var idNumberCases = []struct {
	name     string
	cell     SourceCell
	document DocumentType
	want     Identity
	codes    string
}{
	{"standard's example", textCell("11010519491231002X"), DocumentResidentID, Identity{"11010519491231002X", DocumentResidentID, "女", "1949-12-31"}, ""},
	{"standard's other example, long dead", textCell("440524188001010014"), "", Identity{"440524188001010014", DocumentResidentID, "男", "1880-01-01"}, "warning:id-age"},
	{"year 1799", textCell(withCheck("44052417991231001")), "", Identity{}, "error:id-date"},
	{"man", textCell("34052419800101001X"), DocumentResidentID, Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, ""},
	{"residence permit named so", textCell("810000199003071536"), DocumentResidencePermit, Identity{"810000199003071536", DocumentResidencePermit, "男", "1990-03-07"}, ""},
	{"residence permit by its number", textCell("810000199003071536"), "", Identity{"810000199003071536", DocumentResidencePermit, "男", "1990-03-07"}, "fixed:document-changed"},
	{"residence permit called resident ID", textCell("810000199003071536"), DocumentResidentID, Identity{"810000199003071536", DocumentResidencePermit, "男", "1990-03-07"}, "fixed:document-changed"},
	{"resident ID called residence permit", textCell("34052419800101001X"), DocumentResidencePermit, Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:document-changed"},

	{"small x", textCell("34052419800101001x"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"full width", textCell("３４０５２４１９８００１０１００１Ｘ"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"spaces of all kinds", textCell("\u3000340524 1980\u00a00101\t001X\u200b\u202c "), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"Excel's apostrophe", textCell("'34052419800101001X"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"Cyrillic Х", textCell("34052419800101001Х"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-lookalike"},
	{"Cyrillic х", textCell("34052419800101001х"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-lookalike"},
	{"Greek Χ", textCell("34052419800101001Χ"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-lookalike"},
	{"sign of multiplication", textCell("34052419800101001×"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-lookalike"},
	{"hyphens", textCell("340524-19800101-001X"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"long hyphens", textCell("340524—19800101–001X"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"quotes", textCell("“34052419800101001X”"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"a full stop", textCell("34052419800101001X。"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "fixed:id-cleaned"},
	{"a word", textCell("待补"), "", Identity{}, "error:id-format"},
	{"a slash", textCell("/"), "", Identity{}, "error:id-format"},
	{"a number with its commas", textCell("110,101,199,003,070,000"), "", Identity{}, "error:id-destroyed"},
	{"Greek χ", textCell("34052419800101001χ"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-lookalike"},

	{"15 digits", textCell("340524800101001"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-15-digits"},
	{"15 digits in a numeric cell", numberCell("340524800101001"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-15-digits"},
	{"15 digits with an exponent", numberCell("3.40524800101001E+14"), "", Identity{"34052419800101001X", DocumentResidentID, "男", "1980-01-01"}, "warning:id-15-digits"},
	{"15 digits without such a day", textCell("340524800230001"), "", Identity{}, "error:id-date"},

	{"nothing", textCell(" \u200b"), "", Identity{}, "error:id-missing"},
	{"numeric cell", numberCell("1.1010119900307E+17"), "", Identity{}, "error:id-destroyed"},
	{"numeric cell written out", numberCell("110101199003070000"), "", Identity{}, "error:id-destroyed"},
	{"scientific text", textCell("1.1010119900307E+17"), "", Identity{}, "error:id-destroyed"},
	{"scientific text, short", textCell("1.10101e17"), "", Identity{}, "error:id-destroyed"},
	{"scientific passport", textCell("1.1010119900307E+17"), DocumentPassport, Identity{}, "error:id-destroyed"},
	{"valid, ends in 000", textCell("110101199003070000"), "", Identity{}, "error:id-checksum"},
	{"no 29 Feb 1900", textCell("110108190002290016"), "", Identity{}, "error:id-date"},
	{"future", textCell("11010820991231001X"), "", Identity{}, "error:id-future"},
	{"province", textCell("000101198001010015"), "", Identity{}, "error:id-province"},
	{"check character", textCell("340524198001010011"), "", Identity{}, "error:id-checksum"},
	{"two digits swapped", textCell("34052419080101001X"), "", Identity{}, "error:id-checksum"},
	{"17 characters", textCell("34052419800101001"), "", Identity{}, "error:id-length"},
	{"letter O", textCell("34O52419800101001X"), "", Identity{}, "error:id-format"},
	{"X in the middle", textCell("3405241980010100X1"), "", Identity{}, "error:id-format"},
	{"masked", textCell("340524********001X"), "", Identity{}, "error:id-masked"},
	{"damaged", textCell("34052419800101001\ufffd"), "", Identity{}, "error:id-damaged"},
	{"words", textCell("无"), "", Identity{}, "error:id-format"},

	{"too young", textCell(withCheck("11010120100101001")), "", Identity{withCheck("11010120100101001"), DocumentResidentID, "男", "2010-01-01"}, "warning:id-age"},
	{"too old", textCell(withCheck("11010119450101002")), "", Identity{withCheck("11010119450101002"), DocumentResidentID, "女", "1945-01-01"}, "warning:id-age"},
	{"sixteen today", textCell(withCheck("11010120060309001")), "", Identity{withCheck("11010120060309001"), DocumentResidentID, "男", "2006-03-09"}, ""},
	{"sixteen tomorrow", textCell(withCheck("11010120060310001")), "", Identity{withCheck("11010120060310001"), DocumentResidentID, "男", "2006-03-10"}, "warning:id-age"},
	{"born today", textCell(withCheck("11010120220309001")), "", Identity{withCheck("11010120220309001"), DocumentResidentID, "男", "2022-03-09"}, "warning:id-age"},
	{"born tomorrow", textCell(withCheck("11010120220310001")), "", Identity{}, "error:id-future"},
	{"unknown county", textCell(withCheck("11999919800101001")), "", Identity{withCheck("11999919800101001"), DocumentResidentID, "男", "1980-01-01"}, ""},

	{"foreigner, new", textCell(withCheck("91115619800101002")), DocumentForeigner, Identity{withCheck("91115619800101002"), DocumentForeigner, "女", "1980-01-01"}, ""},
	{"foreigner, new, by its number", textCell(withCheck("91115619800101002")), "", Identity{withCheck("91115619800101002"), DocumentForeigner, "女", "1980-01-01"}, "fixed:document-changed"},
	{"foreigner, new, check character", textCell(withWrongCheck("91115619800101002")), DocumentForeigner, Identity{}, "error:id-checksum"},
	{"foreigner, old", textCell("USA110080010112"), DocumentForeigner, Identity{"USA110080010112", DocumentForeigner, "", ""}, ""},
	{"foreigner, old, small letters", textCell("usa110080010112"), "", Identity{"USA110080010112", DocumentForeigner, "", ""}, "fixed:id-cleaned fixed:document-changed"},
	{"foreigner, old, no such day", textCell("USA110080023012"), DocumentForeigner, Identity{}, "error:id-date"},
	{"foreigner with a resident's number", textCell("34052419800101001X"), DocumentForeigner, Identity{}, "error:id-foreigner"},
	{"passport", textCell("E12345678"), DocumentPassport, Identity{"E12345678", DocumentPassport, "", ""}, ""},
	{"passport, like scientific", textCell("12E45678"), DocumentPassport, Identity{"12E45678", DocumentPassport, "", ""}, ""},
	{"passport, small letter and space", textCell("e1234 5678"), DocumentPassport, Identity{"E12345678", DocumentPassport, "", ""}, "fixed:id-cleaned"},
	{"passport of digits in a numeric cell", numberCell("512345678"), DocumentPassport, Identity{"512345678", DocumentPassport, "", ""}, ""},
	{"passport, short", textCell("E123"), DocumentPassport, Identity{}, "error:passport-length"},
	{"passport, long", textCell("E12345678901234567890"), DocumentPassport, Identity{}, "error:passport-length"},
	{"passport, sign", textCell("E123:5678"), DocumentPassport, Identity{}, "error:passport-format"},
	{"passport, hanzi", textCell("护照12345"), DocumentPassport, Identity{}, "error:passport-format"},
	{"passport, in fact a resident", textCell("34052419800101001X"), DocumentPassport, Identity{"34052419800101001X", DocumentPassport, "", ""}, "warning:document-mismatch"},
	{"passport without its kind", textCell("E12345678"), "", Identity{}, "error:id-format"},
}

func TestJudgeIDNumber(t *testing.T) {
	for _, test := range idNumberCases {
		t.Run(test.name, func(t *testing.T) {
			got, problems := JudgeIDNumber(test.cell, test.document, testToday)
			if codes := codesOf(problems); codes != test.codes {
				t.Errorf("problems %q, want %q", codes, test.codes)
			}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			checkSentences(t, problems)
		})
	}
}

func withCheck(seventeen string) string { return seventeen + string(residentCheck(seventeen)) }

func withWrongCheck(seventeen string) string {
	right := residentCheck(seventeen)
	if right == '7' {
		return seventeen + "8"
	}
	return seventeen + "7"
}

func TestValidNumberEndingInZerosIsOnlyAWarning(t *testing.T) {
	for county := 101; county < 200; county++ {
		number := fmt.Sprintf("110%d1990030700", county)
		if residentCheck(number+"0") != '0' {
			continue
		}
		_, problems := JudgeIDNumber(textCell(number+"00"), "", testToday)
		if codesOf(problems) != "warning:id-zeros" {
			t.Errorf("%s gives %s", number, codesOf(problems))
		}
		return
	}
	t.Error("no number found to try")
}

func TestDomainsValidNumbers(t *testing.T) {
	for _, number := range []string{"11010519491231002X", "440524188001010014", "34052419800101001X", "810000199003071536"} {
		if _, problems := JudgeIDNumber(textCell(number), "", testToday); HasErrors(problems) {
			t.Errorf("%s gives %s", number, codesOf(problems))
		}
	}
}

// anyResident draws a valid number of somebody who is of age at testToday.
func anyResident(t *rapid.T) (number string, birth time.Time) {
	birth = time.Date(1950, 1, 1, 0, 0, 0, 0, Shanghai).AddDate(0, 0, rapid.IntRange(0, 55*365).Draw(t, "birth"))
	province := rapid.SampledFrom([]string{"11", "37", "46", "50", "65", "71", "82"}).Draw(t, "province")
	serial := rapid.IntRange(0, 999).Draw(t, "serial")
	county := rapid.IntRange(0, 9999).Draw(t, "county")
	return withCheck(fmt.Sprintf("%s%04d%s%03d", province, county, birth.Format("20060102"), serial)), birth
}

func TestValidNumbersTellBirthAndSex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number, birth := anyResident(t)
		got, problems := JudgeIDNumber(textCell(number), "", testToday)
		if HasErrors(problems) || got.Number != number || got.Birth != DateOf(birth) || (got.Sex == "男") != (number[16]%2 == 1) {
			t.Fatalf("%s gives %+v, %s", number, got, codesOf(problems))
		}
	})
}

func TestOneWrongDigitIsAlwaysFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number, _ := anyResident(t)
		place := rapid.IntRange(0, 17).Draw(t, "place")
		digit := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		wrong := number[:place] + string(digit) + number[place+1:]
		if wrong == number {
			t.Skip("the same digit")
		}
		if got, problems := JudgeIDNumber(textCell(wrong), DocumentResidentID, testToday); !HasErrors(problems) || got != (Identity{}) {
			t.Fatalf("%s passes for %s: %s", wrong, number, codesOf(problems))
		}
	})
}

func FuzzJudgeIDNumber(f *testing.F) {
	for _, seed := range []string{"34052419800101001X", "340524800101001", "1.1010119900307E+17", "USA110080010112", "E12345678", "34052419800101001х", "\xff"} {
		for document := range 5 {
			f.Add(seed, uint8(CellText), uint8(document))
		}
		f.Add(seed, uint8(CellNumber), uint8(0))
	}
	documents := append([]string{""}, DocumentTypes...)
	f.Fuzz(func(t *testing.T, text string, kind, document uint8) {
		got, problems := JudgeIDNumber(SourceCell{Text: text, Kind: CellKind(kind)}, DocumentType(documents[int(document)%len(documents)]), testToday)
		if HasErrors(problems) != (got == Identity{}) {
			t.Fatalf("%q gives %+v beside %s", text, got, codesOf(problems))
		}
		checkSentences(t, problems)
		for _, problem := range problems {
			if len(got.Number) > 5 && strings.Contains(problem.Error(), got.Number) || len(text) > 10 && strings.Contains(problem.Error(), text) {
				t.Fatalf("the message shows the number: %s", problem.Error())
			}
		}
		if got.Number == "" {
			return
		}
		if again, more := JudgeIDNumber(textCell(got.Number), got.Document, testToday); again != got || HasErrors(more) {
			t.Fatalf("%q is cleaned to %+v, which then gives %+v, %s", text, got, again, codesOf(more))
		}
	})
}

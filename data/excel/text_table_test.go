package excel

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"peixun/data"
)

const csvRoster = "姓名,身份证号,手机号,籍贯\r\n张晓明,34052419800101001X,13800000417,北京\r\n"

func gb18030(t testing.TB, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	check(t, err)
	return encoded
}

func utf16Text(text string, bigEndian bool) string {
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		low, high := byte(unit), byte(unit>>8)
		if bigEndian {
			low, high = high, low
		}
		out.WriteByte(low)
		out.WriteByte(high)
	}
	return out.String()
}

func TestTextEncodings(t *testing.T) {
	rare := strings.Replace(csvRoster, "张晓明", "𫰡䶮", 1)
	for name, content := range map[string]string{
		"UTF-8":                 csvRoster,
		"UTF-8 with mark":       "\uFEFF" + csvRoster,
		"GB18030":               gb18030(t, csvRoster),
		"GB18030, rare":         gb18030(t, rare),
		"UTF-16 little endian":  utf16Text(csvRoster, false),
		"UTF-16 big endian":     utf16Text(csvRoster, true),
		"UTF-16, rare and tabs": utf16Text(strings.ReplaceAll(rare, ",", "\t"), false),
	} {
		t.Run(name, func(t *testing.T) {
			heading, rows := mustRead(t, []byte(content), "名单.csv", data.TraineeForm)
			want := "张晓明"
			if strings.Contains(name, "rare") {
				want = "𫰡䶮"
			}
			if len(rows) != 1 || heading.Sheet != "名单" || rows[0].Cells[0] != (data.SourceCell{Text: want, Kind: data.CellText}) || rows[0].Extra[0].Text != "北京" {
				t.Errorf("heading %+v, rows %+v", heading, rows)
			}
		})
	}
}

func TestTextThatIsNoTextIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		line    int
	}{
		"a bad byte in UTF-8":           {"姓名,身份证号\n张晓明,1\n李\xFF四,2\n", 3},
		"a cut character at the end":    {"姓名,身份证号\n张晓明,1\n李四,2\xE5\xBC", 3},
		"a bad byte behind the mark":    {"\uFEFFname,id number\na,1\xFF\n", 2},
		"a bad byte in GB18030":         {gb18030(t, "姓名,身份证号\n张晓明,1\n") + "\xFF\xFF,2\n", 3},
		"a cut character in GB18030":    {gb18030(t, "姓名,身份证号\n") + "\xC0", 2},
		"a lost character in UTF-8":     {"姓名,身份证号\n张\uFFFD明,1\n", 2},
		"a lost character in GB18030":   {gb18030(t, "姓名,身份证号\n") + "\x84\x31\xA4\x37,1\n", 2},
		"half a surrogate":              {utf16Text("姓名,身份证号\n张", false) + "\x00\xD8a\x00", 2},
		"an odd byte in UTF-16":         {utf16Text("姓名,身份证号\n张", false) + "\x00", 2},
		"a control character":           {"姓名,身份证号\n张\x07,1\n", 2},
		"a lost character in UTF-16":    {utf16Text("姓名,身份证号\n\uFFFD,1", true), 2},
		"a lone surrogate behind a cut": {utf16Text("姓名,身份证号\n", false) + "\x00\xDC", 2},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readTable([]byte(c.content), "a.csv", "", data.TraineeForm)
			if problem := wantProblem(t, err, CodeEncoding); problem.Where.Row != c.line {
				t.Errorf("says line %d, want %d", problem.Where.Row, c.line)
			}
		})
	}
}

func TestRecords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "a,b\nc,d\n", "1:a|b 3?"},
		{"", "", ""},
		{"no line break at the end", "a,b\nc,", "1:a|b 2:c|"},
		{"line ends of all systems", "a\r\nb\rc\nd", "1:a 2:b 3:c 4:d"},
		{"quotes", `"a,""b""",c` + "\n", `1:a,"b"|c`},
		{"line breaks in quotes", "\"a\r\nb\nc\",d\ne", "1:a\r\nb\nc|d 4:e"},
		{"quote inside a field", `a"b"c,d`, `1:a"b"c|d`},
		{"formula quotes", `="0127",="1,2"`, "1:0127|1,2"},
		{"formula quotes in quotes", `"=""0127""",x`, "1:0127|x"},
		{"tabs beside numbers", "\t0127\t,\"0128\"\t,0129\t\t\n", "1:0127|0128|0129"},
		{"blanks before quotes", `a, "b"`, "1:a|b"},
		{"empty fields", ",,\n", "1:||"},
		{"blank lines", "a\n\n\nb", "1:a 2: 3: 4:b"},
		{"a formula that is none", `=1+1,="`[:4] + `,x`, "1:=1+1|x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records := recordReader{text: c.text, delimiter: ',', line: 1}
			var got []string
			for {
				fields, line, err := records.next()
				if err != nil {
					break
				}
				got = append(got, fmt.Sprintf("%d:%s", line, strings.Join(fields, "|")))
			}
			want := strings.Replace(c.want, " 3?", " 2:c|d", 1)
			if strings.Join(got, " ") != want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), want)
			}
		})
	}
}

func TestQuotesThatGoWrongAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		line    int
	}{
		"quote without end":      {"姓名,身份证号\n张晓明,1\n\"李四,2\n王五,3\n", 3},
		"text behind a quote":    {"姓名,身份证号\n张晓明,1\n\"李\"四,2\n", 3},
		"formula without end":    {"姓名,身份证号\n张晓明,=\"1\n", 2},
		"behind a quoted record": {"姓名,身份证号\n\"张\n晓明\",1\n\"李四,2\n", 4},
	} {
		t.Run(name, func(t *testing.T) {
			_, rows, err := readTable([]byte(c.content), "a.csv", "", data.TraineeForm)
			if problem := wantProblem(t, err, CodeQuotes); problem.Where.Row != c.line || len(rows) > 0 {
				t.Errorf("line %d, want %d; %d rows told", problem.Where.Row, c.line, len(rows))
			}
		})
	}
}

func TestDelimiters(t *testing.T) {
	for name, content := range map[string]string{
		"comma":              csvRoster,
		"tab":                strings.ReplaceAll(csvRoster, ",", "\t"),
		"semicolon":          strings.ReplaceAll(csvRoster, ",", ";"),
		"declared":           "sep=;\r\n" + strings.ReplaceAll(csvRoster, ",", ";"),
		"declared tab":       "SEP=\t\n" + strings.ReplaceAll(csvRoster, ",", "\t"),
		"title above":        "信息中心2022年,名单\n\n" + strings.ReplaceAll(csvRoster, ",", "\t"),
		"commas in the text": strings.ReplaceAll(strings.ReplaceAll(csvRoster, ",", "\t"), "北京", "北京,朝阳,育慧里,5号,1层,101"),
	} {
		t.Run(name, func(t *testing.T) {
			_, rows := mustRead(t, []byte(content), "a.txt", data.TraineeForm)
			if len(rows) != 1 || rows[0].Cells[data.TraineeForm.Column("mobile")].Text != "13800000417" || !strings.HasPrefix(rows[0].Extra[0].Text, "北京") {
				t.Errorf("rows %+v", rows)
			}
			wantLine := 2 + strings.Count(content[:strings.Index(content, "姓名")], "\n")
			if rows[0].Number != wantLine {
				t.Errorf("row number %d, want the line %d", rows[0].Number, wantLine)
			}
		})
	}
}

func TestTextLimits(t *testing.T) {
	_, _, err := readTable([]byte(csvRoster+strings.Repeat("长", maxCellRunes+1)), "a.csv", "", data.TraineeForm)
	wantProblem(t, err, CodeCellLong)
	_, _, err = readTable([]byte(csvRoster+strings.Repeat(",", maxColumns)), "a.csv", "", data.TraineeForm)
	wantProblem(t, err, CodeTooLarge)
	_, _, err = readTable([]byte(csvRoster+strings.Repeat("\n", maxRows)+"张,1"), "a.csv", "", data.TraineeForm)
	wantProblem(t, err, CodeTooLarge)
}

// TestRecordsRoundTrip quotes random fields as RFC 4180 says and reads them back.
func TestRecordsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom(delimiters).Draw(t, "delimiter")
		fields := rapid.SliceOfN(rapid.StringMatching(`[a-z,;"\n张 ]{0,6}`), 1, 5).Draw(t, "fields")
		var text strings.Builder
		for i, field := range fields {
			if i > 0 {
				text.WriteByte(delimiter)
			}
			text.WriteString(`"` + strings.ReplaceAll(field, `"`, `""`) + `"`)
		}
		text.WriteString("\nend")
		records := recordReader{text: text.String(), delimiter: delimiter, line: 1}
		got, line, err := records.next()
		if err != nil || line != 1 || strings.Join(got, "\x00") != strings.Join(fields, "\x00") {
			t.Fatalf("got %q, %v, want %q", got, err, fields)
		}
		if next, line, err := records.next(); err != nil || next[0] != "end" || line != 2+strings.Count(strings.Join(fields, ""), "\n") {
			t.Fatalf("then %q in line %d, %v", next, line, err)
		}
	})
}

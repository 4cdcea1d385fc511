package excel

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"peixun/data"
)

// tryReading opens anything: it must give rows or a problem for people, soon, and never panic. What is told twice must be the same.
func tryReading(t *testing.T, content []byte, name string) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), name)
	if err == nil {
		var table *Table
		if table, err = opened.Table(ctx, "", data.TraineeForm); err == nil {
			counts := [2]int{}
			for i := range counts {
				err = table.Each(ctx, func(row data.SourceRow) error {
					counts[i]++
					if row.Number <= table.Heading.Row || len(row.Cells) != len(data.TraineeForm.Columns) || len(row.Extra) != len(table.Heading.Unknown) {
						t.Fatalf("row %+v under heading %+v", row, table.Heading)
					}
					return nil
				})
			}
			if err == nil && counts[0] != counts[1] {
				t.Fatalf("%d rows, then %d", counts[0], counts[1])
			}
		}
	}
	if err == nil {
		return
	}
	if problem, ok := data.AsProblem(err); !ok || problem.What == "" || problem.Fix == "" {
		t.Fatalf("%v is no problem for people", err)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(sampleRoster(f, 2).bytes(f))
	office, err := os.ReadFile("testdata/libreoffice.xlsx")
	check(f, err)
	f.Add(office)
	f.Add([]byte(zipOf(f, "word/document.xml")))
	f.Fuzz(func(t *testing.T, content []byte) { tryReading(t, content, "a.xlsx") })
}

// FuzzWorksheet changes the XML inside a sound zip, which FuzzXLSX seldom gets past.
func FuzzWorksheet(f *testing.F) {
	book := sampleRoster(f, 2)
	f.Add(book["xl/worksheets/sheet1.xml"], book["xl/sharedStrings.xml"], book["xl/styles.xml"], book["xl/workbook.xml"])
	f.Add(worksheetOf(headerRow()+personNamed(`<c r="A2" t="str"><f>1</f><v><![CDATA[x]]>&#x41;<!-- a --></v></c>`)), "", "", "")
	f.Add("\xFF\xFE<\x00a\x00/\x00>\x00", "", "", "")
	f.Fuzz(func(t *testing.T, sheet, shared, styles, workbook string) {
		book := newHandMade("")
		for part, content := range map[string]string{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared, "xl/styles.xml": styles, "xl/workbook.xml": workbook} {
			if content != "" {
				book[part] = content
			}
		}
		tryReading(t, book.bytes(t), "a.xlsx")
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(csvRoster))
	f.Add([]byte(gb18030(f, csvRoster)))
	f.Add([]byte(utf16Text(csvRoster, true)))
	f.Add([]byte("sep=;\n姓名;身份证号\n\"a\n\"\"b\";=\"1\"\t\n"))
	f.Fuzz(func(t *testing.T, content []byte) { tryReading(t, content, "a.csv") })
}

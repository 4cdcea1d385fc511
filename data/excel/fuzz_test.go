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

// FuzzSharedTexts changes the table of texts behind a sound sheet.
func FuzzSharedTexts(f *testing.F) {
	f.Add(`<si><t>张三</t></si><si><r><t>李</t></r><r><t xml:space="preserve"> 四 </t></r><rPh sb="0" eb="1"><t>リ</t></rPh></si>`)
	f.Add(`<si><t>_x000D_&#x1F600;_xD83D__xDE00_</t></si><si/><extLst><ext/></extLst>`)
	f.Fuzz(func(t *testing.T, texts string) {
		book := newHandMade(headerRow() + personNamed(`<c r="A2" t="s"><v>0</v></c>`) + `<row r="3"><c r="A3" t="s"><v>1</v></c></row>`)
		book["xl/sharedStrings.xml"] = xmlHead + `<sst xmlns="` + mainSpace + `">` + texts + `</sst>`
		tryReading(t, book.bytes(t), "a.xlsx")
	})
}

// FuzzStyles changes what tells dates from numbers, and the numbers.
func FuzzStyles(f *testing.F) {
	f.Add(`yyyy\-mm\-dd hh:mm`, "164", "44629.5")
	f.Add(`[$-804]e"年"m"月";@`, "165", "-1")
	f.Add("General", "14", "1.1010119900307E+17")
	f.Fuzz(func(t *testing.T, code, id, number string) {
		book := newHandMade(headerRow("出生日期") + personNamed(`<c r="A2" t="str"><v>张三</v></c>`) + `<row r="3"><c r="C3" s="1"><v>` + number + `</v></c></row>`)
		book["xl/styles.xml"] = xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts><numFmt numFmtId="` + id + `" formatCode="` + code +
			`"/></numFmts><cellXfs><xf/><xf numFmtId="` + id + `"/></cellXfs></styleSheet>`
		tryReading(t, book.bytes(t), "a.xlsx")
	})
}

// FuzzTemplate fills a changed official template: what is written must read back with the person in it.
func FuzzTemplate(f *testing.F) {
	f.Add(worksheetOf(headerRow("性别") + personNamed(`<c r="A2" t="str"><v>示例</v></c>`)))
	f.Add(`<x:worksheet xmlns:x="` + mainSpace + `"><x:dimension ref="A1:B3"/><x:cols><x:col min="1" max="2" style="4"/></x:cols><x:sheetData><x:row r="1" spans="1:2">` +
		`<x:c r="A1" t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>身份证号</x:t></x:is></x:c></x:row>` +
		`<x:row r="2"><x:c r="C2"><x:f>A2</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		book := newHandMade("")
		book[sheetPart] = sheet
		tryFilling(t, book.bytes(t))
	})
}

// tryFilling reads a template and fills it with one person, who must then stand in it.
func tryFilling(t *testing.T, content []byte) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	const name, number = "张晓明", "11010519491231002X"
	err := func() error {
		opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), "模板.xlsx")
		if err != nil {
			return err
		}
		defer opened.Close()
		template, err := ReadTemplate(ctx, opened, data.TraineeForm)
		if err != nil {
			return err
		}
		columns := []int{template.Columns[data.TraineeForm.Column("name")], template.Columns[data.TraineeForm.Column("id_number")]}
		var out bytes.Buffer
		err = FillTemplate(&out, content, template.Sheet, template.HeaderRow, columns, func(yield func([]any, error) bool) { yield([]any{name, number}, nil) })
		if err != nil {
			return err
		}
		_, rows, err := readTable(out.Bytes(), "a.xlsx", template.Sheet, data.TraineeForm)
		for _, row := range rows {
			if row.Cells[data.TraineeForm.Column("id_number")].Text == number {
				return err
			}
		}
		t.Fatalf("the person is not in the filled template: %d rows, %v\n%s", len(rows), err, partOf(t, out.Bytes(), sheetPart))
		return nil
	}()
	if err == nil {
		return
	}
	if problem, ok := data.AsProblem(err); !ok || problem.What == "" || problem.Fix == "" {
		t.Fatalf("%v is no problem for people", err)
	}
}

package excel

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"peixun/data"
)

// oddTexts are what people's cells really hold; none begins or ends with a plain blank, which the forms trim.
var oddTexts = []string{"张晓明", "=1+1", "-5", "+86", "@a", "'0127", "_x000D_", "_x005F_", "&amp;<b>", "𫰡䶮", "第一行\n第二行", "a\tb", "　全角　",
	"0127", "1E5", "#N/A", "TRUE", "2022-03-09", `他说"好"`, "]]>", "👍", "\u200b零宽", "a\u00a0b"}

func randomCell(t *rapid.T) data.SourceCell {
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return data.SourceCell{}
	case 1:
		return data.SourceCell{Text: fmt.Sprint(rapid.Int64Range(-1e14, 1e14).Draw(t, "number")), Kind: data.CellNumber}
	case 2:
		date, _ := serialDate(float64(rapid.IntRange(61, 80_000).Draw(t, "day")), false)
		return data.SourceCell{Text: date, Kind: data.CellDate}
	case 3:
		seconds := rapid.IntRange(61*secondsPerDay, 80_000*secondsPerDay).Draw(t, "second")
		date, _ := serialDate(float64(seconds)/secondsPerDay, false)
		return data.SourceCell{Text: date, Kind: data.CellDate}
	case 4:
		return data.SourceCell{Text: rapid.SampledFrom([]string{"TRUE", "FALSE"}).Draw(t, "bool"), Kind: data.CellBool}
	case 5:
		text := rapid.StringMatching(`[ -~一-龥\n]{1,12}`).Draw(t, "text")
		return data.SourceCell{Text: text, Kind: data.CellText}
	}
	return data.SourceCell{Text: rapid.SampledFrom(oddTexts).Draw(t, "odd"), Kind: data.CellText}
}

func TestReportReadsBackAsTheClerkWroteIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(data.Forms()).Draw(t, "form")
		heading, order := data.Heading{Row: 1}, 0
		for _, column := range form.Columns {
			place := -1
			if column.Required || rapid.Bool().Draw(t, "has "+column.Key) {
				place, order = order, order+1
			}
			heading.Columns = append(heading.Columns, place)
			heading.Headers = append(heading.Headers, rapid.SampledFrom(append(column.Aliases, column.Header)).Draw(t, "header"))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "strangers") {
			heading.Unknown, heading.Strange = append(heading.Unknown, order+i), append(heading.Strange, fmt.Sprintf("自己的列%d", i))
		}
		var rows []ReportRow
		for number := range rapid.IntRange(1, 6).Draw(t, "rows") {
			row := data.SourceRow{Number: number + 2, Cells: make([]data.SourceCell, len(form.Columns)), Extra: make([]data.SourceCell, len(heading.Unknown))}
			for i := range row.Cells {
				if heading.Columns[i] >= 0 {
					row.Cells[i] = randomCell(t)
				}
			}
			for i := range row.Extra {
				row.Extra[i] = randomCell(t)
			}
			row.Cells[form.Column("name")] = data.SourceCell{Text: "张晓明", Kind: data.CellText}
			rows = append(rows, ReportRow{Row: row, Problems: []data.Problem{data.Refuse("x", "id_number", "证号不对。", "请改正。")}})
		}
		var out bytes.Buffer
		if err := WriteReport(&out, form, heading, rows); err != nil {
			t.Fatal(err)
		}
		got, read, err := readTable(out.Bytes(), "报告.xlsx", "", form)
		if err != nil {
			t.Fatalf("%v: %v", err, causeOf(err))
		}
		if len(read) != len(rows) || !slices.Equal(got.Strange, heading.Strange) || !slices.Equal(got.Columns, heading.Columns) {
			t.Fatalf("%d rows of %d, heading %+v, want %+v", len(read), len(rows), got, heading)
		}
		for i, row := range read {
			if !slices.Equal(row.Cells, asWritten(rows[i].Row.Cells)) || !slices.Equal(row.Extra, asWritten(rows[i].Row.Extra)) {
				t.Fatalf("row %d\n got %+v %+v\nwant %+v %+v", i, row.Cells, row.Extra, rows[i].Row.Cells, rows[i].Row.Extra)
			}
		}
	})
}

// asWritten allows for what a report must change: error values become texts.
func asWritten(cells []data.SourceCell) []data.SourceCell {
	cells = slices.Clone(cells)
	for i := range cells {
		if cells[i].Kind == data.CellError {
			cells[i].Kind = data.CellText
		}
	}
	return cells
}

func TestReportMarksTheOffendingCells(t *testing.T) {
	form := data.TraineeForm
	source := newHandMade(headerRow("联系电话", "籍贯") +
		`<row r="7"><c r="A7" t="inlineStr"><is><t>张晓明</t></is></c><c r="B7"><v>1.1E+17</v></c><c r="D7" t="inlineStr"><is><t>北京</t></is></c></row>`)
	heading, rows := mustRead(t, source.bytes(t), "a.xlsx", form)
	idProblem := data.Refuse("id-destroyed", "id_number", "证号被 Excel 改成了数字。", "请按文本重新填写。").In(heading.Place(form, 7, "id_number"))
	var out bytes.Buffer
	check(t, WriteReport(&out, form, heading, []ReportRow{{rows[0], []data.Problem{idProblem,
		data.Warn("mobile-missing", "mobile", "没有手机号。", "请补填。"), data.Fixed("trimmed", "name", "去掉了空格。")}}}))

	file, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	check(t, err)
	defer file.Close()
	for address, want := range map[string]string{"A2": "", "B2": colourDangerTint, "C2": colourWarningTint, "D2": ""} {
		id, err := file.GetCellStyle(form.Name, address)
		check(t, err)
		style, err := file.GetStyle(id)
		check(t, err)
		if got := strings.Join(style.Fill.Color, ""); got != want {
			t.Errorf("%s is filled with %q, want %q", address, got, want)
		}
	}
	line, err := file.GetRows(form.Name)
	check(t, err)
	if got := line[0]; !slices.Equal(got, []string{"姓名", "身份证号", "联系电话", "籍贯", "原行号", "错误原因", "修改办法"}) {
		t.Errorf("headers %q", got)
	}
	if got := line[1][4:]; got[0] != "7" || !strings.Contains(got[1], "1. 身份证号：证号被") || !strings.Contains(got[1], "2. （提醒）没有手机号") ||
		strings.Contains(got[1], "空格") || got[2] != "1. 请按文本重新填写。\n2. 请补填。" {
		t.Errorf("explanation %q", got)
	}
}

func TestReportOffersRequiredColumnsThatTheFileLacks(t *testing.T) {
	form := data.HoursForm
	heading := data.Heading{Columns: form.Matcher().Map([]string{"姓名", "身份证号", "培训名称", "学时"}), Headers: make([]string, len(form.Columns))}
	var out bytes.Buffer
	row := data.SourceRow{Number: 2, Cells: make([]data.SourceCell, len(form.Columns))}
	row.Cells[0] = data.SourceCell{Text: "张晓明", Kind: data.CellText}
	check(t, WriteReport(&out, form, heading, []ReportRow{{Row: row}}))
	got, _ := mustRead(t, out.Bytes(), "a.xlsx", form)
	if missing := form.Missing(got); len(missing) != 0 {
		t.Errorf("the report lacks %v", missing)
	}
}

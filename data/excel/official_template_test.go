package excel

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

func rowsOf(rows ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// rawParts gives every entry's bytes as they lie in the zip.
func rawParts(t *testing.T, content []byte) (names []string, raw map[string]string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	check(t, err)
	raw = map[string]string{}
	for _, file := range archive.File {
		stream, err := file.OpenRaw()
		check(t, err)
		bytes, err := io.ReadAll(stream)
		check(t, err)
		names, raw[file.Name] = append(names, file.Name), string(bytes)
	}
	return names, raw
}

func partOf(t *testing.T, content []byte, name string) string {
	t.Helper()
	c, err := openContainer(bytes.NewReader(content), int64(len(content)))
	check(t, err)
	var part []byte
	check(t, c.read(t.Context(), name, func(r io.Reader) error { part, err = io.ReadAll(r); return err }))
	return string(part)
}

// fill reads the template's headers, writes the rows by the form's keys, and gives the result, checked to differ in one part alone.
func fill(t *testing.T, template []byte, keys []string, rows ...[]any) []byte {
	t.Helper()
	opened, err := OpenReader(bytes.NewReader(template), int64(len(template)), "模板.xlsx")
	check(t, err)
	defer opened.Close()
	known, err := ReadTemplate(t.Context(), opened, data.TraineeForm)
	check(t, err)
	var columns []int
	for _, key := range keys {
		columns = append(columns, known.Columns[data.TraineeForm.Column(key)])
	}
	var out bytes.Buffer
	check(t, FillTemplate(&out, template, known.Sheet, known.HeaderRow, columns, rowsOf(rows...)))
	names, before := rawParts(t, template)
	namesAfter, after := rawParts(t, out.Bytes())
	if !slices.Equal(names, namesAfter) {
		t.Fatalf("parts %v became %v", names, namesAfter)
	}
	changed := 0
	for name := range before {
		if before[name] != after[name] {
			changed++
			if !strings.Contains(name, "worksheets/") {
				t.Errorf("%s changed", name)
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d parts changed", changed)
	}
	return out.Bytes()
}

func TestFillOurOwnTemplate(t *testing.T) {
	var template bytes.Buffer
	check(t, WriteTemplate(&template, data.TraineeForm))
	keys := []string{"id_number", "name", "birth", "staff_number", "remark"}
	var rows [][]any
	for range 500 {
		rows = append(rows, []any{"34052419800101001X", "=张<晓>&明 ", data.Date("1980-01-01"), 127, nil})
	}
	filled := fill(t, template.Bytes(), keys, rows...)
	_, read := mustRead(t, filled, "a.xlsx", data.TraineeForm)
	if len(read) != 500 {
		t.Fatalf("%d rows", len(read))
	}
	// The birth column shows dates; the staff number's is for texts, so that the number goes as one.
	for key, want := range map[string]data.SourceCell{"name": {Text: "=张<晓>&明 ", Kind: data.CellText}, "id_number": {Text: "34052419800101001X", Kind: data.CellText},
		"birth": {Text: "1980-01-01", Kind: data.CellDate}, "staff_number": {Text: "127", Kind: data.CellText}, "remark": {}} {
		if got := cell(data.TraineeForm, read[499], key); got != want {
			t.Errorf("%s: %+v, want %+v", key, got, want)
		}
	}
	file, err := excelize.OpenReader(bytes.NewReader(filled))
	check(t, err)
	defer file.Close()
	rules, err := file.GetDataValidations("学员")
	check(t, err)
	dimension, err := file.GetSheetDimension("学员")
	check(t, err)
	visible, err := file.GetSheetVisible(dictionarySheet)
	check(t, err)
	style, err := file.GetCellStyle("学员", "C501")
	check(t, err)
	if len(rules) == 0 || dimension != "A1:Q501" || visible || style == 0 {
		t.Errorf("%d rules, dimension %s, dictionary visible %v, style %d", len(rules), dimension, visible, style)
	}
	// The rest of the sheet is the template's, letter by letter.
	before, after := partOf(t, template.Bytes(), "xl/worksheets/sheet1.xml"), partOf(t, filled, "xl/worksheets/sheet1.xml")
	if _, tail, _ := strings.Cut(before, "</sheetData>"); tail == "" || !strings.HasSuffix(after, "</sheetData>"+tail) {
		t.Error("what stands behind the rows changed")
	}
	if path := os.Getenv("PEIXUN_LOOK"); path != "" {
		check(t, os.WriteFile(path, filled, 0o600))
	}
}

// foreignTemplate is as a platform may make one: prefixed elements, a title, headers in row 3, an example, styled empty rows, a
// column that calculates, and rules behind the rows.
func foreignTemplate() handMade {
	book := newHandMade("")
	sheet := `<dimension ref="A1:E6"></dimension><cols><col min="4" max="5" width="20" style="4"/></cols><sheetData>` +
		`<row r="1" ht="30"><c r="A1" t="inlineStr"><is><t>学员导入模板</t></is></c></row>` +
		`<row r="3"><c r="A3" t="inlineStr"><is><t>身份证号*</t></is></c><c r="B3" t="inlineStr"><is><t>姓名*</t></is></c><c r="C3" t="inlineStr"><is><t>性别</t></is></c>` +
		`<c r="D3" t="inlineStr"><is><t>出生日期</t></is></c><c r="E3" t="inlineStr"><is><t>工号</t></is></c></row>` +
		`<row r="4" spans="1:5" ht="22" customHeight="1"><c r="A4" s="4" t="inlineStr"><is><t>示例</t></is></c><c r="B4" s="1"><v>1</v></c><c r="C4"><f>IF(MOD(A4,2),"男","女")</f><v>3</v></c></row>` +
		`<row r="5" hidden="1"><c r="A5" s="4"/><c r="C5"><f>A5</f><v>0</v></c></row>` +
		`<row r="8"><c r="A8" s="4"/><c r="B8"><v>7</v></c></row></sheetData><dataValidations count="1"><dataValidation type="list" sqref="C4:C99"><formula1>"男,女"</formula1></dataValidation></dataValidations>`
	sheet = strings.NewReplacer("</", "</x:", "<", "<x:").Replace(sheet)
	book["xl/worksheets/sheet1.xml"] = xmlHead + `<x:worksheet xmlns:x="` + mainSpace + `">` + sheet + `</x:worksheet>`
	return book
}

func TestFillAForeignTemplate(t *testing.T) {
	template := foreignTemplate().bytes(t)
	filled := fill(t, template, []string{"name", "id_number", "staff_number", "mobile"},
		[]any{"甲", "1", 127, "left out"}, []any{"乙", "2", data.Hours(1250), nil})
	got := partOf(t, filled, "xl/worksheets/sheet1.xml")
	want := `<x:row r="4" ht="22" customHeight="1"><x:c r="A4" s="4" t="inlineStr"><x:is><x:t>1</x:t></x:is></x:c><x:c r="B4" s="1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c>` +
		`<x:c r="C4"><x:f>IF(MOD(A4,2),"男","女")</x:f><x:v>3</x:v></x:c><x:c r="E4" s="4" t="inlineStr"><x:is><x:t>127</x:t></x:is></x:c></x:row>` +
		`<x:row r="5"><x:c r="A5" s="4" t="inlineStr"><x:is><x:t>2</x:t></x:is></x:c><x:c r="B5" s="1" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c>` +
		`<x:c r="C5"><x:f>A5</x:f><x:v>0</x:v></x:c><x:c r="E5" s="4" t="inlineStr"><x:is><x:t>12.50</x:t></x:is></x:c></x:row>` +
		`<x:row r="8"><x:c r="A8" s="4"/><x:c r="B8"/></x:row></x:sheetData><x:dataValidations`
	if !strings.Contains(got, want) {
		t.Errorf("got  %s\nwant %s", got[strings.Index(got, `<x:row r="4"`):], want)
	}
	if !strings.Contains(got, `<x:dimension ref="A1:E8"/>`) || !strings.Contains(got, `<x:row r="1" ht="30">`) {
		t.Errorf("dimension or title: %.400s", got)
	}
	_, rows := mustRead(t, filled, "a.xlsx", data.TraineeForm)
	if len(rows) != 2 {
		t.Errorf("%d rows: the examples must be gone", len(rows))
	}
	// Nobody: the template emptied.
	if _, rows := mustRead(t, fill(t, template, []string{"name"}), "a.xlsx", data.TraineeForm); len(rows) != 2 || cell(data.TraineeForm, rows[0], "sex").Text != "3" {
		t.Errorf("rows %+v", rows)
	}
}

func TestFillingRefuses(t *testing.T) {
	template := foreignTemplate().bytes(t)
	var out bytes.Buffer
	err := FillTemplate(&out, template, "学员", 3, []int{2}, rowsOf([]any{"男"}))
	if problem := wantProblem(t, err, CodeFormula); problem.Where.Cell != "C4" {
		t.Errorf("place %+v", problem.Where)
	}
	wantProblem(t, FillTemplate(&out, template, "没有", 3, []int{0}, rowsOf()), CodeNoSheet)
	wantProblem(t, FillTemplate(&out, []byte(csvRoster), "学员", 3, []int{0}, rowsOf()), CodeNotTable)
	wantProblem(t, FillTemplate(&out, template[:len(template)/2], "学员", 3, []int{0}, rowsOf()), CodeDamaged)
	wantProblem(t, FillTemplate(&out, template, "学员", 3, []int{0}, rowsOf([]any{strings.Repeat("长", maxCellRunes+1)})), CodeCellLong)
	wantProblem(t, FillTemplate(&out, template, "学员", maxRows-1, []int{0}, rowsOf([]any{"1"}, []any{"2"})), CodeSheetFull)
	broken := errors.New("broken")
	if err := FillTemplate(&out, template, "", 3, []int{0}, func(yield func([]any, error) bool) { yield(nil, broken) }); !errors.Is(err, broken) {
		t.Errorf("the rows' own error became %v", err)
	}
	opened, err := Open("testdata/libreoffice.xls")
	check(t, err)
	_, err = ReadTemplate(t.Context(), opened, data.TraineeForm)
	wantProblem(t, err, CodeNotTable)
}

func TestReadTemplateTellsItsHeaders(t *testing.T) {
	opened, err := Open("testdata/awkward.xlsx")
	check(t, err)
	defer opened.Close()
	known, err := ReadTemplate(t.Context(), opened, data.TraineeForm)
	check(t, err)
	want := []string{"序号", "姓名", "身份证号", "所属单位", "岗位类别", "手机号", "电子邮箱"}
	if known.Sheet != "名单" || known.HeaderRow != 3 || !slices.Equal(known.Headers, want) || known.Columns[data.TraineeForm.Column("name")] != 1 {
		t.Errorf("%+v", known)
	}
}

package excel

import (
	"testing"

	"peixun/data"
)

func TestReadTellsTrueTypes(t *testing.T) {
	book := newHandMade(
		headerRow("手机号", "出生日期", "籍贯")+
			`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>1.1010119900307E+17</v></c><c r="C2"><v>13800000417</v></c>`+
			`<c r="D2" s="1"><v>29221</v></c><c r="E2" t="str"><f>"A"&amp;"B"</f><v>北京</v></c></row>`+
			`<row r="3"/><row r="5" hidden="1"><c r="A5" t="inlineStr"><is><r><t>李</t></r><r><t xml:space="preserve"> 四</t></r><rPh sb="0" eb="1"><t>li</t></rPh></is></c>`+
			`<c r="B5" t="e"><v>#N/A</v></c><c r="C5" t="b"><v>1</v></c><c r="D5" s="2"><v>44629.354166667</v></c></row>`,
		`<t>张晓明</t>`)
	heading, rows := mustRead(t, book.bytes(t), "a.xlsx", data.TraineeForm)
	if heading.Row != 1 || heading.Sheet != "学员" || len(heading.Strange) != 1 || heading.Strange[0] != "籍贯" {
		t.Errorf("heading %+v", heading)
	}
	if len(rows) != 2 || rows[0].Number != 2 || rows[1].Number != 5 || rows[0].Hidden || !rows[1].Hidden {
		t.Fatalf("rows %+v", rows)
	}
	for _, c := range []struct {
		row  int
		key  string
		want data.SourceCell
	}{
		{0, "name", data.SourceCell{Text: "张晓明", Kind: data.CellText}},
		{0, "id_number", data.SourceCell{Text: "1.1010119900307E+17", Kind: data.CellNumber}},
		{0, "mobile", data.SourceCell{Text: "13800000417", Kind: data.CellNumber}},
		{0, "birth", data.SourceCell{Text: "1980-01-01", Kind: data.CellDate}},
		{0, "payer", data.SourceCell{}},
		{1, "name", data.SourceCell{Text: "李 四", Kind: data.CellText}},
		{1, "id_number", data.SourceCell{Text: "#N/A", Kind: data.CellError}},
		{1, "mobile", data.SourceCell{Text: "TRUE", Kind: data.CellBool}},
		{1, "birth", data.SourceCell{Text: "2022-03-09 08:30:00", Kind: data.CellDate}},
	} {
		if got := cell(data.TraineeForm, rows[c.row], c.key); got != c.want {
			t.Errorf("row %d %s: %+v, want %+v", c.row, c.key, got, c.want)
		}
	}
	if rows[0].Extra[0] != (data.SourceCell{Text: "北京", Kind: data.CellText}) || rows[1].Extra[0] != (data.SourceCell{}) {
		t.Errorf("extra cells %+v and %+v", rows[0].Extra, rows[1].Extra)
	}
}

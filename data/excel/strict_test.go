package excel

import (
	"regexp"
	"strings"
	"testing"

	"peixun/data"
)

const person = `<row r="2"><c r="A2" t="inlineStr"><is><t>张晓明</t></is></c><c r="B2"><v>1</v></c></row>`

// personNamed makes a row whose name cell is given.
func personNamed(cell string) string {
	return `<row r="2">` + cell + `<c r="B2"><v>1</v></c></row>`
}

func TestReaderTakesWhatProgramsWrite(t *testing.T) {
	wide := func(text string, bigEndian bool) string {
		var out strings.Builder
		for _, unit := range append([]rune{0xFEFF}, []rune(text)...) {
			high, low := byte(unit>>8), byte(unit)
			if !bigEndian {
				high, low = low, high
			}
			out.WriteByte(high)
			out.WriteByte(low)
		}
		return out.String()
	}
	named := func(cell string) string { return worksheetOf(headerRow() + personNamed(cell)) }
	text := func(t string) string { return named(`<c r="A2" t="inlineStr"><is>` + t + `</is></c>`) }
	for _, c := range []struct{ name, sheet, want string }{
		{"entities", text(`<t>&lt;a&gt; &amp;amp; &quot;&apos; &#x2BC21; &#24352;</t>`), `<a> &amp; "' 𫰡 张`},
		{"CDATA", text(`<t><![CDATA[<b>&amp;]] x]]></t>`), `<b>&amp;]] x`},
		{"comment inside a text", text(`<t>张<!-- 晓 -->明</t>`), "张明"},
		{"instruction inside a text", text(`<t>张<?excel now?>明</t>`), "张明"},
		{"runs without phonetic guides", text(`<r><rPr><b/></rPr><t>张</t></r><r><t>晓明</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh><phoneticPr fontId="1"/>`), "张晓明"},
		{"blanks kept", text(`<t xml:space="preserve"> 张 </t>`), " 张 "},
		{"blanks dropped", text("<t>\n  张\t</t>"), "张"},
		{"ideographic blank is data", text("<t>　张　</t>"), "　张　"},
		{"escaped characters", text(`<t>a_x000A_b_x005F_x000D__xD83D__xDC4D_</t>`), "a\nb_x000D_👍"},
		{"escapes that stand for nothing", text(`<t>_x0000__xD83D__x00ZZ__x12_</t>`), "_x0000__xD83D__x00ZZ__x12_"},
		{"line ends", text("<t>a\r\nb\rc</t>"), "a\nb\nc"},
		{"prefixed elements", strings.Replace(regexp.MustCompile(`<(/?)(\w)`).ReplaceAllString(text(`<t>张</t>`), "<${1}x:$2"), "xmlns", "xmlns:x", 1), "张"},
		{"foreign elements around and inside", strings.Replace(text(`<t>张</t>`), `<sheetData>`, `<y:a xmlns:y="urn:y"><y:sheetData/><y:row/></y:a><sheetData>`, 1), "张"},
		{"default namespace changed inside", strings.Replace(text(`<t>张</t>`), `<sheetData>`, `<ext xmlns="urn:y"><sheetData><row r="9"/></sheetData></ext><sheetData>`, 1), "张"},
		{"formula's text", named(`<c r="A2" t="str"><f aca="false">A1&amp;"x"</f><v>张x</v></c>`), "张x"},
		{"formula never calculated", named(`<c r="A2"><f>A1</f><v/></c>`), data.UncalculatedFormula},
		{"number of a formula", named(`<c r="A2"><f>1+1</f><v>2</v></c>`), "2"},
		{"no addresses", worksheetOf(`<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>身份证号</t></is></c></row><row><c><v>5</v></c><c><v>6</v></c></row>`), "5"},
		{"a > inside an attribute", strings.Replace(text(`<t>张</t>`), `<sheetData>`, `<sheetPr codeName="a/>b" title='>"'/><sheetData>`, 1), "张"},
		{"spaces in tags", named(`<c  r = "A2"	t='inlineStr' ><is ><t >张</t ></is></c >`), "张"},
		{"single-digit precision of a file's number", named(`<c r="A2"><v>1.1010119900307E+17</v></c>`), "1.1010119900307E+17"},
		{"UTF-8 mark", "\uFEFF" + text(`<t>张</t>`), "张"},
		{"UTF-16 little endian", wide(strings.Replace(text(`<t>张</t>`), "UTF-8", "UTF-16", 1), false), "张"},
		{"UTF-16 big endian", wide(strings.Replace(text(`<t>张</t>`), "UTF-8", "utf-16", 1), true), "张"},
		{"no XML declaration", strings.TrimPrefix(text(`<t>张</t>`), xmlHead), "张"},
		{"comment and instruction around the root", strings.Replace(text(`<t>张</t>`), xmlHead, xmlHead+"<!-- a --><?b c?>\n", 1) + "\n<!-- end -->\n", "张"},
		{"strict namespace", strings.Replace(text(`<t>张</t>`), mainSpace, spreadsheetSpaces[1], 1), "张"},
		{"strict date", named(`<c r="A2" t="d"><v>2022-03-09T08:30:00.000Z</v></c>`), "2022-03-09 08:30:00"},
		{"strict day", named(`<c r="A2" t="d"><v>2022-03-09</v></c>`), "2022-03-09"},
		{"a value beside t=inlineStr", named(`<c r="A2" t="inlineStr"><v>张</v></c>`), "张"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := newHandMade("")
			book["xl/worksheets/sheet1.xml"] = c.sheet
			_, rows := mustRead(t, book.bytes(t), "a.xlsx", data.TraineeForm)
			if len(rows) != 1 || rows[0].Cells[0].Text != c.want {
				t.Errorf("got %+v, want one row with %q", rows, c.want)
			}
		})
	}
}

// wholeSheet is a sound sheet with one person.
var wholeSheet = worksheetOf(headerRow() + person)

// swap changes one place of wholeSheet.
func swap(old, new string) string {
	if !strings.Contains(wholeSheet, old) {
		panic("the sheet has no " + old)
	}
	return strings.Replace(wholeSheet, old, new, 1)
}

func refuseSheets(t *testing.T, sheets map[string]string) {
	for name, sheet := range sheets {
		t.Run(name, func(t *testing.T) {
			book := newHandMade("", "<t>x</t>")
			book["xl/worksheets/sheet1.xml"] = sheet
			_, _, err := readTable(book.bytes(t), "a.xlsx", "", data.TraineeForm)
			wantProblem(t, err, CodeDamaged)
		})
	}
}

func TestReaderRefusesMalformedXML(t *testing.T) {
	whole := wholeSheet
	refuseSheets(t, map[string]string{
		"empty part":               "",
		"only a declaration":       xmlHead,
		"cut in the middle":        whole[:len(whole)/2],
		"cut in a tag":             strings.TrimSuffix(whole, "sheet>"),
		"end tag missing":          strings.TrimSuffix(whole, "</worksheet>"),
		"rows' end missing":        swap("</sheetData>", ""),
		"wrong end tag":            swap("</is></c><c r=\"B2\">", "</c></is><c r=\"B2\">"),
		"row missing its end":      swap("</row></sheetData>", "</sheetData>"),
		"second root":              whole + "<a/>",
		"text behind the root":     whole + "x",
		"text before the root":     "x" + whole,
		"another root":             strings.ReplaceAll(whole, "worksheet", "worksheets"),
		"another namespace":        swap(mainSpace, "urn:x"),
		"undeclared prefix":        swap("<row r=\"2\">", "<z:a/><row r=\"2\">"),
		"no rows element":          strings.ReplaceAll(whole, "sheetData", "sheetDatas"),
		"two rows elements":        swap("</sheetData>", "</sheetData><sheetData/>"),
		"document type":            swap("<worksheet", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet"),
		"unknown entity":           swap("张晓明", "&nbsp;"),
		"entity without end":       swap("张晓明", "a & b"),
		"entity of a surrogate":    swap("张晓明", "&#xD800;"),
		"entity of a control":      swap("张晓明", "&#1;"),
		"entity beyond Unicode":    swap("张晓明", "&#x110000;"),
		"control character":        swap("张晓明", "a\x01"),
		"control in an attribute":  swap(`r="2"`, "r=\"2\x02\""),
		"invalid UTF-8":            swap("张晓明", "\xE5\xBC"),
		"UTF-8 of a surrogate":     swap("张晓明", "\xED\xA0\x80"),
		"]]> in text":              swap("张晓明", "a]]>b"),
		"-- in a comment":          swap("张晓明", "<!-- a -- b -->"),
		"comment without end":      swap("张晓明", "<!-- a "),
		"CDATA without end":        swap("张晓明", "<![CDATA[a"),
		"unknown declaration":      swap("张晓明", "<!ELEMENT a>"),
		"XML declaration inside":   swap("张晓明", "<?xml version='1.0'?>"),
		"instruction without end":  swap("张晓明", "<?a "),
		"attribute twice":          swap(`<row r="2">`, `<row r="2" r="2">`),
		"attribute without quotes": swap(`r="2"`, `r=2`),
		"attribute without value":  swap(`r="2"`, `r`),
		"attributes run together":  swap(`<c r="A2" t=`, `<c r="A2"t=`),
		"quote without end":        swap(`r="2"`, `r="2`),
		"< in an attribute":        swap(`r="2"`, `r="2" a="<"`),
		"tag without name":         swap(`<row r="2">`, `<row r="2">< a/>`),
		"another encoding":         swap("UTF-8", "GBK"),
		"deep nesting":             swap(`<sheetData>`, strings.Repeat("<a>", maxXMLDepth)+strings.Repeat("</a>", maxXMLDepth)+"<sheetData>"),
		"a huge tag":               swap(`<sheetData>`, "<a b=\""+strings.Repeat("x", maxXMLPiece)+"\"/><sheetData>"),
	})
}

func TestReaderRefusesWrongCells(t *testing.T) {
	refuseSheets(t, map[string]string{
		"rows out of order":         swap(`<row r="2">`, `<row r="5"/><row r="2">`),
		"row twice":                 swap(`<row r="2">`, `<row r="2"/><row r="2">`),
		"row 0":                     swap(`<row r="2">`, `<row r="0">`),
		"row beyond the last":       swap(`<row r="2">`, `<row r="1048577">`),
		"row that is no number":     swap(`<row r="2">`, `<row r="2x">`),
		"cells out of order":        swap(`r="B2"`, `r="A2"`),
		"cell of another row":       swap(`r="B2"`, `r="B3"`),
		"cell beyond XFD":           swap(`r="B2"`, `r="XFE2"`),
		"cell without column":       swap(`r="B2"`, `r="2"`),
		"cell without row":          swap(`r="B2"`, `r="B"`),
		"lower-case address":        swap(`r="B2"`, `r="b2"`),
		"unknown cell type":         swap(`t="inlineStr"><is><t>张`, `t="x"><is><t>张`),
		"shared string missing":     swap(`<c r="B2">`, `<c r="B2" t="s">`),
		"negative shared string":    swap(`<c r="B2"><v>1`, `<c r="B2" t="s"><v>-1`),
		"cell format missing":       swap(`<c r="B2">`, `<c r="B2" s="5">`),
		"number that is none":       swap(`<v>1</v>`, `<v>一</v>`),
		"number NaN":                swap(`<v>1</v>`, `<v>NaN</v>`),
		"number with two points":    swap(`<v>1</v>`, `<v>1.2.3</v>`),
		"number without exponent":   swap(`<v>1</v>`, `<v>1E</v>`),
		"truth value that is none":  swap(`<c r="B2"><v>1`, `<c r="B2" t="b"><v>2`),
		"strict date that is none":  swap(`<c r="B2"><v>1`, `<c r="B2" t="d"><v>2022-02-30`),
		"two values":                swap(`<v>1</v>`, `<v>1</v><v>2</v>`),
		"an element inside a value": swap(`<v>1</v>`, `<v><b/>1</v>`),
		"text between cells":        swap(`</c><c r="B2">`, `</c>x<c r="B2">`),
		"text beside a value":       swap(`<v>1</v>`, `x<v>1</v>`),
		"text beside a run":         swap(`<is><t>张`, `<is>x<t>张`),
	})
}

func TestReaderRefusesBrokenParts(t *testing.T) {
	for name, change := range map[string]func(handMade){
		"sheet missing":            func(b handMade) { delete(b, "xl/worksheets/sheet1.xml") },
		"shared strings missing":   func(b handMade) { delete(b, "xl/sharedStrings.xml") },
		"styles missing":           func(b handMade) { delete(b, "xl/styles.xml") },
		"relationships missing":    func(b handMade) { delete(b, "xl/_rels/workbook.xml.rels") },
		"workbook missing":         func(b handMade) { delete(b, "xl/workbook.xml") },
		"workbook cut":             func(b handMade) { b["xl/workbook.xml"] = b["xl/workbook.xml"][:200] },
		"workbook of another kind": func(b handMade) { b["xl/workbook.xml"] = strings.ReplaceAll(b["xl/workbook.xml"], "workbook", "book") },
		"sheet points nowhere":     func(b handMade) { b["xl/workbook.xml"] = strings.Replace(b["xl/workbook.xml"], "rId1", "rId9", 1) },
		"shared strings cut":       func(b handMade) { b["xl/sharedStrings.xml"] = strings.TrimSuffix(b["xl/sharedStrings.xml"], "</sst>") },
		"shared strings of another kind": func(b handMade) {
			b["xl/sharedStrings.xml"] = strings.ReplaceAll(b["xl/sharedStrings.xml"], "sst", "st")
		},
		"styles cut":              func(b handMade) { b["xl/styles.xml"] = strings.TrimSuffix(b["xl/styles.xml"], ">") },
		"style that is no number": func(b handMade) { b["xl/styles.xml"] = strings.Replace(b["xl/styles.xml"], `"14"`, `"x"`, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			book := newHandMade(headerRow()+person, "<t>x</t>")
			change(book)
			_, _, err := readTable(book.bytes(t), "a.xlsx", "", data.TraineeForm)
			wantProblem(t, err, CodeDamaged)
		})
	}
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "G/通用格式": false, "0.00": false, "#,##0.00_);[Red](#,##0.00)": false, "@": false, "0.00E+00": false, "[h]:mm": false, "h:mm": false,
		"mm:ss": false, "[h]:mm:ss": false, `"年"0`: false, `0"d"`: false, `\y0`: false, "[Red]0": false, "[$-804]0": false, "[mm]:ss": false, "0%": false,
		`_("y"* #,##0_)`: false, `[DBNum2][$-804]General`: false, `0;yyyy`: false,
		"yyyy-mm-dd": true, `yyyy"年"m"月"d"日";@`: true, "m/d/yy": true, "[$-F800]dddd, mmmm dd, yyyy": true, "mmm-yy": true, "d": true, "mm": true, "yyyy/m/d h:mm": true,
		`[$-804]aaaa;@`: true, `[DBNum1][$-804]yyyy"年"m"月"`: true, "e年m月": true, `YYYY\-MM\-DD`: true,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("isDateFormat(%q) = %v, want %v", code, got, want)
		}
	}
}

func TestSerialDates(t *testing.T) {
	for _, c := range []struct {
		serial float64
		from04 bool
		want   string // "": no day
	}{
		{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {60, false, ""}, {61, false, "1900-03-01"}, {44629, false, "2022-03-09"},
		{44629.5, false, "2022-03-09 12:00:00"}, {44629.354166666664, false, "2022-03-09 08:30:00"}, {44629.9999999, false, "2022-03-10"},
		{44629.99998842592, false, "2022-03-09 23:59:59"}, {0.5, false, ""}, {-1, false, ""}, {2958465, false, "9999-12-31"}, {2958465.99999999, false, ""},
		{2958466, false, ""}, {0, true, "1904-01-01"}, {43167, true, "2022-03-09"}, {2957003, true, "9999-12-31"}, {2957004, true, ""}, {1e300, false, ""},
	} {
		got, ok := serialDate(c.serial, c.from04)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("serialDate(%v, %v) = %q, %v; want %q", c.serial, c.from04, got, ok, c.want)
		}
	}
}

func TestWorkbookFrom1904(t *testing.T) {
	book := newHandMade(headerRow("出生日期") + `<row r="2"><c r="A2"><v>1</v></c><c r="C2" s="1"><v>43167</v></c></row>`)
	book["xl/workbook.xml"] = strings.Replace(book["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	heading, rows := mustRead(t, book.bytes(t), "a.xlsx", data.TraineeForm)
	if got := cell(data.TraineeForm, rows[0], "birth"); !heading.Date1904 || got.Text != "2022-03-09" || got.Kind != data.CellDate {
		t.Errorf("%+v, 1904: %v", got, heading.Date1904)
	}
}

func TestAddresses(t *testing.T) {
	for column, want := range map[int]string{0: "A1", 25: "Z1", 26: "AA1", 701: "ZZ1", 702: "AAA1", maxColumns - 1: "XFD1"} {
		if got := cellAddress(column, 1); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
		if got, row, ok := parseAddress([]byte(want)); got != column || row != 1 || !ok {
			t.Errorf("%s is column %d row %d %v", want, got, row, ok)
		}
	}
	for _, bad := range []string{"", "A", "1", "A0", "XFE1", "AAAA1", "A1048577", "A-1", "A1B", "A99999999999999999999", "é1"} {
		if _, _, ok := parseAddress([]byte(bad)); ok {
			t.Errorf("%q passes for an address", bad)
		}
	}
}

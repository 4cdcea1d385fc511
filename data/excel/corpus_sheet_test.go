package excel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// sheetCorpus are sheets whose rows or headers are odd.
func sheetCorpus() []awkward {
	person := func(cell string) string { return `<row r="2">` + cell + `<c r="B2" t="str"><v>a1</v></c></row>` }
	return []awkward{
		{name: "title, notes and an empty row above", make: gridOf("2022年参训人员名单\n填表人：|张|电话：|84297523\n\n姓名|身份证号|部门\n甲|a1|财务处"), want: "甲|a1|财务处"},
		{name: "a note after the rows", make: gridOf("姓名|身份证号|部门\n甲|a1|财务处\n\n制表人：王|审核人："), want: "甲|a1|财务处\n制表人：王|审核人："},
		{name: "a total below the rows", make: gridOf("序号|姓名|身份证号\n1|甲|a1\n合计|1人"), want: "甲|a1\n1人"},
		{name: "headers with stars, notes and line breaks", make: gridOf("* 姓 名|身份证号码&#10;（必填）|手机号【选填】|（必填）部门\n甲|a1|138|财务处"), want: "甲|a1|138|财务处"},
		{name: "full-width headers", make: gridOf("ＮＡＭＥ|身份证号：|ｅ－ｍａｉｌ\n甲|a1|a@b.cn"), want: "甲|a1|a@b.cn"},
		{name: "columns in another order", make: gridOf("备注|手机|证件号码|人员姓名\nx|138|a1|甲"), want: "甲|a1|138|x"},
		{name: "a column twice", make: gridOf("姓名|身份证号|手机号|手机号\n甲|a1|138|139"), want: "甲|a1|138|+139"},
		{name: "two headers for one column", make: gridOf("姓名|身份证号|部门|工作单位\n甲|a1|科|局"), want: "甲|a1|局|+科"},
		{name: "unknown columns", make: gridOf("民族|姓名|籍贯|身份证号\n汉|甲|北京|a1"), want: "甲|a1|+汉|+北京"},
		{name: "columns without header", make: gridOf("姓名|身份证号||\n甲|a1||x\n乙|a2|y|"), want: "甲|a1|+x\n乙|a2|+y"},
		{name: "a counter without header", make: gridOf("|姓名|身份证号\n1|甲|a1\n2|乙|a2"), want: "甲|a1\n乙|a2"},
		{name: "headers in two rows", make: gridOf("姓名|身份证号|单位|\n||所属单位|岗位类别\n甲|a1|局|工勤", "A1:A2", "B1:B2", "C1:D1"), want: "甲|a1|局|工勤"},
		{name: "headers in two rows under a title", make: gridOf("名单\n姓名|身份证号|联系|\n||手机|邮箱\n甲|a1|138|a@b.cn", "A1:D1", "A2:A3", "B2:B3", "C2:D2"), want: "甲|a1|138|a@b.cn"},
		{name: "a unit merged over its people", make: gridOf("姓名|身份证号|单位\n甲|a1|局\n乙|a2|\n丙|a3|处", "C2:C3"), want: "甲|a1|局\n乙|a2|局\n丙|a3|处"},
		{name: "a unit merged over the sheet's rest", make: gridOf("姓名|身份证号|单位\n甲|a1|局\n乙|a2\n\n丁|a4", "C2:C1048576"), want: "甲|a1|局\n乙|a2|局\n丁|a4|局"},
		{name: "a merged title in the middle", make: gridOf("姓名|身份证号|单位\n第一组\n甲|a1|局", "A2:C2"), want: "第一组\n甲|a1|局"},
		{name: "only blanks in rows", make: gridOf("姓名|身份证号\n \u3000|\u200b\n甲|a1"), want: "甲|a1"},
		{name: "hidden by hand", make: sheetOf(strings.Replace(twoPeople, `<row r="3"`, `<row r="3" hidden="1"`, 1), "<t>张晓明</t>", "<t>北京</t>"), want: strings.Replace(twoTold, "李", "~李", 1)},
		{name: "of no height", make: sheetOf(strings.Replace(twoPeople, `<row r="3"`, `<row r="3" ht="0" customHeight="1"`, 1), "<t>张晓明</t>", "<t>北京</t>"), want: strings.Replace(twoTold, "李", "~李", 1)},
		{name: "hidden by a filter", make: func(t testing.TB) []byte {
			book := newHandMade(headerRow()+`<row r="2" hidden="1"><c r="A2" t="str"><v>甲</v></c></row><row r="3"><c r="A3" t="str"><v>乙</v></c></row>`, "<t/>")
			replace(book, sheetPart, "</sheetData>", `</sheetData><autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="乙"/></filters></filterColumn></autoFilter>`)
			return book.bytes(t)
		}, want: "~甲\n乙"},
		{name: "folded away in an outline", make: sheetOf(strings.Replace(twoPeople, `<row r="3"`, `<row r="3" outlineLevel="1" hidden="true"`, 1), "<t>张晓明</t>", "<t>北京</t>"), want: strings.Replace(twoTold, "李", "~李", 1)},
		{name: "a formula's text", make: sheetOf(person(`<c r="A2" t="str"><f>"张"&amp;"三"</f><v>张三</v></c>`)), want: "张三|a1"},
		{name: "a formula's number and date", make: sheetOf(person(`<c r="A2"><f>1+1</f><v>2</v></c>`) + `<row r="3"><c r="D3" s="1"><f>TODAY()</f><v>44629</v></c></row>`), want: "2#|a1\n2022-03-09@"},
		{name: "a formula's error", make: sheetOf(person(`<c r="A2" t="e"><f>VLOOKUP(1,2,3,0)</f><v>#N/A</v></c>`)), want: "#N/A!|a1"},
		{name: "a formula never calculated", make: sheetOf(person(`<c r="A2"><f>X1</f></c>`)), want: data.UncalculatedFormula + "!|a1"},
		{name: "a formula that gives nothing", make: sheetOf(person(`<c r="A2" t="str"><f>""</f><v></v></c>`)), want: "a1"},
		{name: "an ID that Excel destroyed", make: sheetOf(`<row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2"><v>1.1010119900307E+17</v></c></row>`), want: "甲|1.1010119900307E+17#"},
		{name: "an ID as a long number", make: sheetOf(`<row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2"><v>110101199003070000</v></c></row>`), want: "甲|110101199003070000#"},
		{name: "truth and errors", make: sheetOf(person(`<c r="A2" t="b"><v>1</v></c>`) + `<row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>`), want: "TRUE?|a1\n#REF!!"},
		{name: "dates at the edges", make: sheetOf(person(`<c r="A2" s="1"><v>60</v></c>`) + `<row r="3"><c r="A3" s="1"><v>1</v></c><c r="B3" s="1"><v>2958465</v></c><c r="C3" s="1"><v>-1</v></c><c r="D3" s="3"><v>1.5</v></c></row>`),
			want: "60#|a1\n1900-01-01@|9999-12-31@|1.5#|-1#"},
		{name: "rare characters", make: sheetOf(person(`<c r="A2" t="str"><v>𫰡䶮&#x2BC21;·</v></c>`)), want: `𫰡䶮𫰡·|a1`},
		{name: "CDATA, comments, entities", make: sheetOf(person(`<c r="A2" t="str"><v><![CDATA[<甲>]]><!-- x -->&amp;乙</v></c>`)), want: "<甲>&乙|a1"},
		{name: "escaped characters", make: sheetOf(person(`<c r="A2" t="str"><v>a_x000D__x000a_b</v></c>`)), want: "a\r\nb|a1"},
		{name: "ten thousand styled blank rows", make: func(t testing.TB) []byte {
			var rows strings.Builder
			for row := 3; row < 10_000; row++ {
				fmt.Fprintf(&rows, `<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>`, row, row, row)
			}
			return newHandMade(headerRow()+person(`<c r="A2" t="str"><v>甲</v></c>`)+rows.String()+`<row r="1048576"><c r="A1048576" t="str"><v>乙</v></c></row>`, "<t/>").bytes(t)
		}, want: "甲|a1\n乙"},
		{name: "a cell in column XFD", make: sheetOf(person(`<c r="A2" t="str"><v>甲</v></c>`) + `<row r="3"><c r="A3" t="str"><v>乙</v></c><c r="XFD3" t="str"><v>远</v></c></row>`), want: "甲|a1\n乙|+远"},
		{name: "a second sheet that fits better", make: func(t testing.TB) []byte {
			return sheets(t, "甲", [][]string{{"姓名", "手机号", "性别"}}, "乙", [][]string{{"姓名", "身份证号"}, {"甲", "a1"}})
		}, want: "甲|a1"},
		{name: "the template's own instructions", make: func(t testing.TB) []byte {
			return sheets(t, "填写说明", [][]string{{"列名", "必填"}, {"姓名", "必填"}, {"身份证号", "必填"}}, "学员", [][]string{{"姓名*", "身份证号*"}, {"甲", "a1"}})
		}, want: "甲|a1"},
		{name: "written as a stream by excelize", make: func(t testing.TB) []byte {
			file := excelize.NewFile()
			stream, err := file.NewStreamWriter("Sheet1")
			check(t, err)
			check(t, stream.SetRow("A1", []any{"姓名", "身份证号"}))
			check(t, stream.SetRow("A2", []any{[]excelize.RichTextRun{{Text: "张"}, {Text: "三"}}, "a1"}, excelize.RowOpts{Hidden: true}))
			check(t, stream.Flush())
			var out bytes.Buffer
			check(t, file.Write(&out))
			return out.Bytes()
		}, want: "~张三|a1"},
		{name: "protected against changes", make: func(t testing.TB) []byte {
			file := excelize.NewFile()
			check(t, file.SetSheetRow("Sheet1", "A1", &[]any{"姓名", "身份证号"}))
			check(t, file.SetSheetRow("Sheet1", "A2", &[]any{"甲", "a1"}))
			check(t, file.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{Password: "1"}))
			var out bytes.Buffer
			check(t, file.Write(&out))
			return out.Bytes()
		}, want: "甲|a1"},
	}
}

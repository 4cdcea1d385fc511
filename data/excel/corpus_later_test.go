package excel

import (
	"fmt"
	"strings"
	"testing"
)

// laterCorpus are files of kinds that people were seen with: other programs' ways of writing, marks and line ends in odd places.
func laterCorpus() []awkward {
	person := func(cells string) string { return `<row r="2">` + cells + `<c r="B2" t="str"><v>a1</v></c></row>` }
	inline := func(body string) string { return `<c r="A2" t="inlineStr"><is>` + body + `</is></c>` }
	two := "甲|a1\n乙|a2"
	corpus := []awkward{
		{name: "inline rich text that keeps its spaces", make: sheetOf(person(inline(`<r><t xml:space="preserve">欧阳 </t></r><r><rPr><b/></rPr><t xml:space="preserve"> 修</t></r>`))), want: "欧阳  修|a1"},
		{name: "inline text with phonetic runs", make: sheetOf(person(inline(`<t>东条</t><rPh sb="0" eb="2"><t>トウジョウ</t></rPh><phoneticPr fontId="1"/>`))), want: "东条|a1"},
		{name: "a comment and a line break inside an inline text", make: sheetOf(person(inline("<t>甲<!-- 备 -->乙</t>"))), want: "甲乙|a1"},
		{name: "a table's title above, as Numbers exports", make: gridOf("表格 1\n姓名|身份证号|部门\n甲|a1|财务处\n乙|a2|总务处"), want: "甲|a1|财务处\n乙|a2|总务处"},
		{name: "Numbers' summary sheet before the tables", make: func(t testing.TB) []byte {
			return sheets(t, "导出摘要", [][]string{{"本文稿是从 Numbers 表格导出的"}, {"Numbers 表格工作表名称", "Excel 工作表名称"}, {"工作表 1", "名单"}}, "名单", [][]string{{"姓名", "身份证号"}, {"甲", "a1"}, {"乙", "a2"}})
		}, want: two},
		{name: "hidden columns", make: func(t testing.TB) []byte {
			book := gridBook([][]string{{"姓名", "身份证号", "部门"}, {"甲", "a1", "财务处"}})
			replace(book, sheetPart, "<sheetData>", `<cols><col min="2" max="3" width="0" hidden="1" customWidth="1"/></cols><sheetData>`)
			return book.bytes(t)
		}, want: "甲|a1|财务处"},
		{name: "a header alone in XFD", make: sheetOf(strings.Replace(person(`<c r="A2" t="str"><v>甲</v></c>`), "</row>", `<c r="XFD2" t="str"><v></v></c></row>`, 1)), want: "甲|a1"},
		{name: "two thousand styled columns without anything", make: func(t testing.TB) []byte {
			var cells strings.Builder
			for column := 5; column < 2000; column++ {
				fmt.Fprintf(&cells, `<c r="%s" s="4"/>`, cellAddress(column, 2))
			}
			return newHandMade(headerRow() + `<row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2" t="str"><v>a1</v></c>` + cells.String() + `</row>`).bytes(t)
		}, want: "甲|a1"},
		{name: "an ID behind an apostrophe", make: sheetOf(person(`<c r="A2" t="str"><v>甲</v></c>`) + `<row r="3"><c r="A3" t="str"><v>乙</v></c><c r="B3" t="str"><v>'110101199003070011</v></c></row>`), want: "甲|a1\n乙|'110101199003070011"},
		{name: "headers in two rows under groups, a group named like a column", make: gridOf("2022年花名册\n填报单位：|医务处\n基本信息|||所属信息||联系方式|\n姓名|身份||单位||手机|邮箱\n|证件类型|证件号码|一级部门|二级部门\n甲|居民身份证|a1|内科|护理组|138|a@b.cn",
			"A3:C3", "D3:E3", "F3:G3", "B4:C4", "D4:E4", "A4:A5", "F4:F5", "G4:G5"), want: "甲|居民身份证|a1|138|a@b.cn|+内科|+护理组"},
		{name: "headers under forty lines of instructions", make: gridOf(strings.Repeat("请如实填写\n", 40) + "姓名|身份证号\n甲|a1"), want: "甲|a1"},
		{name: "headers far to the right", make: func(t testing.TB) []byte {
			far := strings.Repeat("|", 51)
			return gridOf("\n\n" + far + "姓名|身份证号\n" + far + "甲|a1")(t)
		}, want: "甲|a1"},
		{name: "the same column three times", make: gridOf("姓名|身份证号|姓名|姓名\n甲|a1|甲|甲"), want: "甲|a1|+甲|+甲"},
		{name: "a sheet whose name is blank but for spaces", make: changed(func(b handMade) { replace(b, workbookPart, `name="学员"`, `name="  "`) }), want: twoTold},
		{name: "WPS's own extension of styles", make: changed(func(b handMade) {
			replace(b, "xl/styles.xml", "</styleSheet>", `<extLst><ext uri="{0417FA29-78FA-4A13-93AC-8FF0FAFDF519}" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:rowStyles><etc:rowStyle/></etc:rowStyles></ext></extLst></styleSheet>`)
		}), want: twoTold},
		{name: "WPS's custom data and comments beside the sheet", make: changed(func(b handMade) {
			b["customXml/item1.xml"], b["xl/comments1.xml"], b["xl/woinfos.xml"] = "<x/>", "<comments/>", "<woinfos/>"
		}), want: twoTold},
	}
	return append(corpus, laterTexts()...)
}

// laterTexts are text files with marks and line ends where few expect them.
func laterTexts() []awkward {
	two := "甲|a1\n乙|a2"
	return []awkward{
		{name: "line ends of three kinds", file: "a.csv", make: literal("姓名,身份证号\r\n甲,a1\n乙,a2\r丙,a3\r\n"), want: two + "\n丙|a3"},
		{name: "a byte order mark in the middle", file: "a.csv", make: literal("姓名,身份证号\n甲,a1\n\uFEFF乙,a2\n"), want: "甲|a1\n\uFEFF乙|a2"},
		{name: "two byte order marks", file: "a.csv", make: literal("\uFEFF\uFEFF姓名,身份证号\n甲,a1\n乙,a2\n"), want: two},
		{name: "files joined with their headers", file: "a.csv", make: literal("姓名,身份证号\n甲,a1\n\n\uFEFF姓名,身份证号\n乙,a2\n"), want: "甲|a1\n\uFEFF姓名|身份证号\n乙|a2"},
		{name: "numbers kept by =\"…\" and tabs", file: "a.csv", make: literal("姓名,身份证号,手机号\n甲,=\"110101199003070011\"\t,\t13800000417\n"), want: "甲|110101199003070011|13800000417"},
		{name: "NUL bytes behind a text", file: "a.csv", make: literal("姓名,身份证号\n甲,a1\n" + strings.Repeat("\x00", 512)), code: CodeNotTable},
		{name: "blanks before the header", file: "a.csv", make: literal("\n\n   \n姓名 , 身份证号\n甲,a1\n乙,a2\n"), want: two},
		{name: "pipes between the cells", file: "a.txt", make: literal("姓名|身份证号\n甲|a1\n乙|a2\n"), want: two},
		{name: "a mark of the end of a DOS file", file: "a.csv", make: literal("姓名,身份证号\r\n甲,a1\r\n乙,a2\r\n\x1A"), want: two},
		{name: "full-width commas", file: "a.txt", make: literal("姓名，身份证号\n甲，a1\n乙，a2\n"), want: two},
		{name: "full-width commas in a text with tabs", file: "a.txt", make: literal("姓名\t身份证号\t备注\n甲\ta1\t一，二\n"), want: "甲|a1|一，二"},
		{name: "nothing but a byte order mark", file: "a.csv", make: literal("\uFEFF"), code: CodeEmpty},
		{name: "nothing but blanks and line ends", file: "a.csv", make: literal("  \r\n\u3000\r\n"), code: CodeEmpty},
		{name: "SYLK", file: "a.slk", make: literal("ID;PWXL;N;E\r\nC;Y1;X1;K\"姓名\"\r\nE\r\n"), code: CodeOldExcel},
		{name: "DIF", file: "a.dif", make: literal("TABLE\r\n0,1\r\n\"EXCEL\"\r\n"), code: CodeOldExcel},
		{name: "a line end too many in each line", file: "a.csv", make: literal("姓名,身份证号\r\r\n甲,a1\r\r\n乙,a2\r\r\n"), want: two},
		{name: "two thousand lines of commas behind the people", file: "a.csv", make: literal("姓名,身份证号\n甲,a1\n乙,a2\n" + strings.Repeat(",,,\n", 2000)), want: two},
		{name: "UTF-32", file: "a.csv", make: literal("\xFF\xFE\x00\x00\xD3\x59\x00\x00"), code: CodeEncoding},
		{name: "Big5", file: "a.csv", make: literal("\xA9\x6D\xA6\x57,\xA8\xAD\xA5\xF7\xC3\xD2\xB8\xB9\r\n\xB3\xAF,a1\r\n"), code: CodeEncoding},
		{name: "UTF-16, big end first, with rare characters", file: "a.txt", make: literal(utf16Text("姓名\t身份证号\r\n𫰡䶮\ta1\r\n", true)), want: "𫰡䶮|a1"},
	}
}

package excel

import (
	"strings"
	"testing"
)

// textCorpus are text files under any name.
func textCorpus() []awkward {
	const want = "张晓明|34052419800101001X|13800000417|+北京"
	gb := func(t testing.TB) []byte { return []byte(gb18030(t, csvRoster)) }
	tabs := strings.ReplaceAll(csvRoster, ",", "\t")
	return []awkward{
		{name: "CSV in UTF-8", file: "a.csv", make: literal(csvRoster), want: want},
		{name: "CSV with a mark", file: "a.csv", make: literal("\uFEFF" + csvRoster), want: want},
		{name: "CSV in GB18030", file: "a.csv", make: gb, want: want},
		{name: "CSV renamed .xls", file: "a.xls", make: gb, want: want},
		{name: "CSV renamed .xlsx", file: "a.xlsx", make: literal(csvRoster), want: want},
		{name: "tabs renamed .xls", file: "a.xls", make: literal(tabs), want: want},
		{name: "Unicode text of Excel", file: "a.txt", make: literal(utf16Text(tabs, false)), want: want},
		{name: "Unicode text, big end first", file: "a.txt", make: literal(utf16Text(tabs, true)), want: want},
		{name: "CSV in UTF-16", file: "a.csv", make: literal(utf16Text(csvRoster, false)), want: want},
		{name: "UTF-16 without its mark", file: "a.csv", make: literal(utf16Text(csvRoster, false)[2:]), want: want},
		{name: "UTF-16, big end first, without its mark", file: "a.txt", make: literal(utf16Text(tabs, true)[2:]), want: want},
		{name: "semicolons", file: "a.csv", make: literal(strings.ReplaceAll(csvRoster, ",", ";")), want: want},
		{name: "a line sep=;", file: "a.csv", make: literal("sep=;\r\n" + strings.ReplaceAll(csvRoster, ",", ";")), want: want},
		{name: "old Macintosh line ends", file: "a.csv", make: literal(strings.ReplaceAll(csvRoster, "\r\n", "\r")), want: want},
		{name: "no end of the last line", file: "a.csv", make: literal(strings.TrimSpace(csvRoster)), want: want},
		{name: "quotes, commas and line breaks", file: "a.csv", make: literal("姓名,\"身份证号\n（必填）\",备注\n甲,a1,\"一,\"\"二\"\"\n三\"\n"), want: "甲|a1|一,\"二\"\n三"},
		{name: "a bank's protected numbers", file: "a.csv", make: literal("姓名,身份证号,手机号\n甲,=\"34052419800101001X\",13800000417\t\n"), want: "甲|34052419800101001X|13800000417"},
		{name: "titles above in CSV", file: "a.csv", make: literal("名单,,\n,,\n姓名,身份证号,部门\n甲,a1,局\n"), want: "甲|a1|局"},
		{name: "headers in two rows of CSV", file: "a.csv", make: literal("姓名,身份证号,单位,\n,,所属单位,岗位类别\n甲,a1,局,工勤\n"), want: "甲|a1|局|工勤"},
		{name: "lines of many lengths", file: "a.csv", make: literal("姓名,身份证号\n甲\n乙,a2,多的\n\n,,,\n"), want: "甲\n乙|a2|+多的"},
		{name: "rare characters in GB18030", file: "a.csv", make: func(t testing.TB) []byte { return []byte(gb18030(t, "姓名,身份证号\n𫰡䶮,a1\n")) }, want: "𫰡䶮|a1"},
		{name: "a quote that never ends", file: "a.csv", make: literal("姓名,身份证号\n\"甲,a1\n乙,a2\n"), code: CodeQuotes},
		{name: "words behind a quote", file: "a.csv", make: literal("姓名,身份证号\n\"甲\"x,a1\n"), code: CodeQuotes},
		{name: "bytes that are no text", file: "a.csv", make: literal("姓名,身份证号\n甲\xFF\xFF,a1\n"), code: CodeEncoding},
		{name: "something lost already", file: "a.csv", make: literal("姓名,身份证号\n\uFFFD,a1\n"), code: CodeEncoding},
		{name: "half a UTF-16 character", file: "a.txt", make: literal(utf16Text(tabs, false) + "\x00"), code: CodeEncoding},
		{name: "a NUL in a text", file: "a.csv", make: literal("姓名,身份证号\n甲,\x00\n"), code: CodeNotTable},
		{name: "a text that is no roster", file: "a.txt", make: literal("你好\n"), code: CodeWrongSheet},
	}
}

// officeCorpus is what LibreOffice wrote, see testdata/make.sh.
func officeCorpus() []awkward {
	const roster = "张晓明|34052419800101001X|1980-01-01@|13800000417#|信息中心>运维科|+TRUE?|+2022-03-09 08:30:00@|+30#\n𫰡䶮|ID|第一行\n第二行|+#N/A!|+0.5#\n~隐藏|1"
	awk := "张晓明|34052419800101001X|13800000417#|信息中心|管理岗|a@b.cn|+补充\n李四|440524188001010014|13800000418|信息中心|工勤|1980-01-01@\n" +
		"~王五|11010519491231002X|3#|信息中心|工勤|#N/A!|+" + strings.Repeat("长", 9000) + "\n~赵六|810000199003071536|财务处"
	return []awkward{
		{name: "LibreOffice .xlsx", make: ofFixture("libreoffice.xlsx"), want: strings.Replace(roster, "ID", "1.1010119900307E+017#", 1)},
		{name: "LibreOffice .xls", file: "a.xls", make: ofFixture("libreoffice.xls"), want: strings.Replace(roster, "ID", "1.1010119900307E+17#", 1)},
		{name: "LibreOffice .xls renamed .xlsx", file: "a.xlsx", make: ofFixture("libreoffice.xls"), want: strings.Replace(roster, "ID", "1.1010119900307E+17#", 1)},
		{name: "LibreOffice, everything at once, .xlsx", make: ofFixture("awkward.xlsx"), want: awk},
		{name: "LibreOffice, everything at once, .xls", file: "a.xls", make: ofFixture("awkward.xls"), want: awk},
		{name: "LibreOffice .ods", file: "a.ods", make: ofFixture("libreoffice.ods"), code: CodeNotTable},
		{name: "LibreOffice .ods renamed .xlsx", make: ofFixture("libreoffice.ods"), code: CodeNotTable},
		{name: "LibreOffice flat .fods", file: "a.fods", make: ofFixture("roster.fods"), code: CodeOldExcel},
	}
}

// refusedCorpus are files that are refused, each with its own words.
func refusedCorpus() []awkward {
	cut := func(share float64) func(testing.TB) []byte {
		return func(t testing.TB) []byte {
			whole := sampleRoster(t, 30).bytes(t)
			return whole[:int(float64(len(whole))*share)]
		}
	}
	return []awkward{
		{name: "nothing", make: literal(""), code: CodeEmpty},
		{name: "Excel's lock file", file: "~$名单.xlsx", make: literal("\x05admin"), code: CodeNotTable},
		{name: "cut in the middle", make: cut(0.5), code: CodeDamaged},
		{name: "cut near the end", make: cut(0.99), code: CodeDamaged},
		{name: "a flipped bit in the rows", make: func(t testing.TB) []byte {
			whole := sampleRoster(t, 300).bytes(t)
			whole[len(whole)*2/3] ^= 4
			return whole
		}, code: CodeDamaged},
		{name: "a password", make: literal(oleOf("EncryptedPackage")), code: CodeEncrypted},
		{name: "a web page as .xls", file: "a.xls", make: literal("<html><table><tr><td>姓名</td></tr></table></html>"), code: CodeOldExcel},
		{name: "Excel 2003 XML as .xls", file: "a.xls", make: literal(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), code: CodeOldExcel},
		{name: "WPS .et", file: "a.et", make: ofFixture("libreoffice.xls"), code: CodeOldExcel},
		{name: "a picture as .xlsx", make: literal("\x89PNG\r\n\x1a\n\x00"), code: CodeNotTable},
		{name: "a PDF as .xlsx", make: literal("%PDF-1.7\n"), code: CodeNotTable},
		{name: "a Word document", file: "a.docx", make: func(t testing.TB) []byte { return []byte(zipOf(t, "word/document.xml")) }, code: CodeNotTable},
		{name: "a binary workbook", file: "a.xlsb", make: func(t testing.TB) []byte { return []byte(zipOf(t, "xl/workbook.bin")) }, code: CodeNotTable},
		{name: "a zip of zips", file: "a.zip", make: func(t testing.TB) []byte { return []byte(zipOf(t, "名单.xlsx")) }, code: CodeNotTable},
		{name: "XML cut within sound CRCs", make: changed(func(b handMade) { b[sheetPart] = b[sheetPart][:len(b[sheetPart])-90] }), code: CodeDamaged},
		{name: "a shared string that is not there", make: changed(func(b handMade) { replace(b, sheetPart, "<v>1</v></c></row>", "<v>7</v></c></row>") }), code: CodeDamaged},
		{name: "rows out of order", make: changed(func(b handMade) { replace(b, sheetPart, `<row r="2">`, `<row r="9">`) }), code: CodeDamaged},
		{name: "a sheet that is missing", make: changed(func(b handMade) { delete(b, sheetPart) }), code: CodeDamaged},
		{name: "a cell too long", make: sheetOf(`<row r="2"><c r="A2" t="str"><v>` + strings.Repeat("长", maxCellRunes+1) + `</v></c></row>`), code: CodeCellLong},
		{name: "another form", make: gridOf("姓名|身份证号|培训计划编号|培训名称|开始日期|结束日期|学时"), code: CodeWrongSheet},
		{name: "no headers at all", make: gridOf("甲|a1\n乙|a2"), code: CodeWrongSheet},
		{name: "no sheet", make: changed(func(b handMade) {
			replace(b, workbookPart, `<sheet name="学员" sheetId="1" r:id="rId1"/>`, "")
		}), code: CodeNoSheet},
	}
}

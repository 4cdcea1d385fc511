package excel

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// The head and the tail of the platform's data sheet: all that Excel writes around the rows, Excel 2010's own rules among it.
const (
	platformHead = `<sheetPr codeName="Sheet1"><tabColor rgb="FF00B050"/></sheetPr>`
	platformView = `<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultRowHeight="14.25"/><cols><col min="1" max="5" width="20" style="4" customWidth="1"/></cols>`
	platformTail = `<sheetProtection sheet="1" objects="1"/><autoFilter ref="A2:E2"/><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>` +
		`<conditionalFormatting sqref="A3:A5000"><cfRule type="duplicateValues" dxfId="0" priority="1"/></conditionalFormatting>` +
		`<conditionalFormatting sqref="B3:B5000"><cfRule type="expression" dxfId="0" priority="2"><formula>LEN($B3)&lt;&gt;18</formula></cfRule></conditionalFormatting>` +
		`<dataValidations count="2"><dataValidation type="textLength" operator="equal" allowBlank="1" showErrorMessage="1" errorTitle="证件号" error="应为18位" sqref="B3:B5000"><formula1>18</formula1></dataValidation>` +
		`<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="C3:C5000"><formula1>性别</formula1></dataValidation></dataValidations>` +
		`<hyperlinks><hyperlink ref="A1" location="字典!A1" display="说明"/></hyperlinks><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><legacyDrawing r:id="rId1"/>` +
		`<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">` +
		`<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1" showErrorMessage="1">` +
		`<x14:formula1><xm:f>字典!$B$1:$B$3</xm:f></x14:formula1><xm:sqref>D3:D5000</xm:sqref></x14:dataValidation></x14:dataValidations></ext>` +
		`<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings/></ext></extLst>`
	platformTitles = `<row r="1" spans="1:5" ht="40" customHeight="1"><c r="A1" s="4" t="s"><v>0</v></c></row>` +
		`<row r="2" spans="1:5"><c r="A2" s="4" t="s"><v>1</v></c><c r="B2" s="4" t="s"><v>2</v></c><c r="C2" s="4" t="s"><v>3</v></c><c r="D2" s="4" t="s"><v>4</v></c><c r="E2" s="4" t="s"><v>5</v></c></row>`
)

// platformTemplate is as the platform gives one out, part by part: dropdowns of both kinds, a hidden dictionary, names, rules for
// colours, a comment with its drawing, printer settings and properties.
func platformTemplate() handMade {
	texts := []string{"人员导入模板", "*姓名", "*证件号码", "性别", "证件类型", "工号", "张三（示例）"}
	for place, text := range texts {
		texts[place] = "<t>" + text + "</t>"
	}
	book := newHandMade("", texts...)
	book["xl/worksheets/sheet1.xml"] = xmlHead + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `">` + platformHead + `<dimension ref="A1:E3"/>` + platformView +
		`<sheetData>` + platformTitles + `<row r="3" spans="1:5"><c r="A3" s="4" t="s"><v>6</v></c><c r="B3" s="4"/></row></sheetData>` + platformTail + `</worksheet>`
	book["xl/worksheets/sheet2.xml"] = worksheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>男</t></is></c><c r="B1" t="inlineStr"><is><t>居民身份证</t></is></c></row>` +
		`<row r="2"><c r="A2" t="inlineStr"><is><t>女</t></is></c><c r="B2" t="inlineStr"><is><t>护照</t></is></c></row>`)
	replace(book, "xl/workbook.xml", `r:id="rId1"/></sheets>`, `r:id="rId1"/><sheet name="字典" sheetId="2" state="hidden" r:id="rId4"/></sheets>`+
		`<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">学员!$A$2:$E$2</definedName>`+
		`<definedName name="_xlnm.Print_Titles" localSheetId="0">学员!$1:$2</definedName><definedName name="性别">字典!$A$1:$A$2</definedName></definedNames><calcPr calcId="191029"/>`)
	replace(book, "xl/_rels/workbook.xml.rels", `</Relationships>`, `<Relationship Id="rId4" Type="`+relSpace+`/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`)
	replace(book, "xl/styles.xml", `</styleSheet>`, `<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>`)
	book["xl/worksheets/_rels/sheet1.xml.rels"] = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relSpace + `/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="` + relSpace + `/comments" Target="../comments1.xml"/></Relationships>`
	book["[Content_Types].xml"] = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>` +
		contentType("/docProps/custom.xml", "custom-properties", "officedocument") + contentType("/xl/workbook.xml", "sheet.main", spreadsheetKind) + contentType("/xl/worksheets/sheet1.xml", "worksheet", spreadsheetKind) +
		contentType("/xl/worksheets/sheet2.xml", "worksheet", spreadsheetKind) + contentType("/xl/styles.xml", "styles", spreadsheetKind) +
		contentType("/xl/sharedStrings.xml", "sharedStrings", spreadsheetKind) + contentType("/xl/comments1.xml", "comments", spreadsheetKind) + `</Types>`
	book["xl/comments1.xml"] = xmlHead + `<comments xmlns="` + mainSpace + `"><authors><author>平台</author></authors><commentList><comment ref="B2" authorId="0"><text><t>18位</t></text></comment></commentList></comments>`
	book["xl/drawings/vmlDrawing1.vml"] = `<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025"/></xml>`
	book["xl/printerSettings/printerSettings1.bin"] = "\x00\x01\xFF binary"
	book["docProps/custom.xml"] = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`
	return book
}

const spreadsheetKind = "officedocument.spreadsheetml"

func contentType(part, kind, family string) string {
	return `<Override PartName="` + part + `" ContentType="application/vnd.openxmlformats-` + family + "." + kind + `+xml"/>`
}

var platformKeys = []string{"name", "id_number", "sex", "document_type", "staff_number"}

var platformPeople = [][]any{{"张晓明", "34052419800101001X", "男", "居民身份证", "00127"}, {"𫰡䶮", "11010519491231002X", "女", "居民身份证", "1E5"}, {"LI & <SON>", "E12345678", "男", "护照", ""}}

func TestFillingKeepsAllButTheRowsOfAPlatformsTemplate(t *testing.T) {
	filled := fill(t, platformTemplate().bytes(t), platformKeys, platformPeople...)
	sheet := partOf(t, filled, "xl/worksheets/sheet1.xml")
	before, rest, _ := strings.Cut(sheet, "<sheetData>")
	rows, after, _ := strings.Cut(rest, "</sheetData>")
	if want := xmlHead + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `">` + platformHead + `<dimension ref="A1:E5"/>` + platformView; before != want {
		t.Errorf("before the rows\n got %s\nwant %s", before, want)
	}
	if after != platformTail+`</worksheet>` {
		t.Errorf("behind the rows\n got %s\nwant %s", after, platformTail)
	}
	if !strings.HasPrefix(rows, platformTitles) {
		t.Errorf("title and headers changed: %.600s", rows)
	}
	readsPlatformPeople(t, filled)
}

// What an office program makes of the template has other parts and prefixes, and keeps them as well.
func TestFillingKeepsATemplateThatLibreOfficeSaved(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "template.xlsx")
	check(t, os.WriteFile(path, platformTemplate().bytes(t), 0o600))
	saved := filepath.Join(folder, "saved")
	command := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", saved, path)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	template, err := os.ReadFile(filepath.Join(saved, "template.xlsx"))
	check(t, err)
	filled := fill(t, template, platformKeys, platformPeople...)
	dimension, data := regexp.MustCompile(`<dimension[^>]*>`), regexp.MustCompile(`(?s)<sheetData>.*</sheetData>`)
	bare := func(content []byte) string {
		sheet := partOf(t, content, "xl/worksheets/sheet1.xml")
		return data.ReplaceAllString(dimension.ReplaceAllString(sheet, ""), "")
	}
	if got, want := bare(filled), bare(template); got != want || !strings.Contains(want, "<dataValidation ") || !strings.Contains(want, "<conditionalFormatting ") {
		t.Errorf("around the rows\n got %s\nwant %s", got, want)
	}
	readsPlatformPeople(t, filled)
}

// readsPlatformPeople checks that exactly these people stand in the file, for us and for another reader, which finds the rules too.
func readsPlatformPeople(t *testing.T, filled []byte) {
	t.Helper()
	_, rows := mustRead(t, filled, "a.xlsx", data.TraineeForm)
	if len(rows) != len(platformPeople) {
		t.Fatalf("%d rows", len(rows))
	}
	for place, person := range platformPeople {
		for column, key := range platformKeys {
			if got := cell(data.TraineeForm, rows[place], key).Text; got != person[column] {
				t.Errorf("row %d, %s: %q, want %q", place, key, got, person[column])
			}
		}
	}
	file, err := excelize.OpenReader(strings.NewReader(string(filled)))
	check(t, err)
	defer file.Close()
	rules, err := file.GetDataValidations("学员")
	check(t, err)
	visible, err := file.GetSheetVisible("字典")
	check(t, err)
	if sex := file.GetDefinedName(); len(rules) < 2 || visible || len(sex) == 0 {
		t.Errorf("%d rules, dictionary visible: %v, names %v", len(rules), visible, sex)
	}
}

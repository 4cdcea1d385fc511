package excel

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

const (
	sheetPart    = "xl/worksheets/sheet1.xml"
	workbookPart = "xl/workbook.xml"
	workbookRels = "xl/_rels/workbook.xml.rels"
	strictRels   = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

func replace(book handMade, part, old, new string) {
	if !strings.Contains(book[part], old) {
		panic(part + " has no " + old)
	}
	book[part] = strings.ReplaceAll(book[part], old, new)
}

// strict turns a workbook into one of ISO 29500 strict.
func strict(book handMade) {
	for part := range book {
		book[part] = strings.NewReplacer(mainSpace, spreadsheetSpaces[1], relSpace, strictRels).Replace(book[part])
	}
	replace(book, sheetPart, `<c r="D2" s="1"><v>29221</v></c>`, `<c r="D2" s="1" t="d"><v>1980-01-01T00:00:00Z</v></c>`)
	replace(book, workbookPart, `<workbook `, `<workbook conformance="strict" `)
}

// rezipped packs a sound workbook in another way.
func rezipped(pack func(archive *zip.Writer, name, content string) error) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		book := newHandMade(headerRow("手机号", "出生日期", "籍贯")+twoPeople, "<t>张晓明</t>", "<t>北京</t>")
		var out bytes.Buffer
		archive := zip.NewWriter(&out)
		for name, content := range book {
			check(t, pack(archive, name, content))
		}
		check(t, archive.Close())
		return out.Bytes()
	}
}

func put(archive *zip.Writer, name, content string) error {
	entry, err := archive.Create(name)
	if err == nil {
		_, err = entry.Write([]byte(content))
	}
	return err
}

func rename(book handMade, from, to string) {
	book[to] = book[from]
	delete(book, from)
}

// workbookCorpus are workbooks whose package is odd and whose rows are always the same two.
func workbookCorpus() []awkward {
	same := []struct {
		name   string
		change func(handMade)
	}{
		{"as Excel writes it", func(handMade) {}},
		{"strict OOXML", strict},
		{"no styles", func(b handMade) {
			delete(b, "xl/styles.xml")
			replace(b, workbookRels, `<Relationship Id="rId3" Type="`+relSpace+`/styles" Target="styles.xml"/>`, "")
			replace(b, sheetPart, `s="1"><v>29221</v>`, `t="d"><v>1980-01-01</v>`)
		}},
		{"no shared strings", func(b handMade) {
			delete(b, "xl/sharedStrings.xml")
			replace(b, workbookRels, `<Relationship Id="rId2" Type="`+relSpace+`/sharedStrings" Target="sharedStrings.xml"/>`, "")
			replace(b, sheetPart, `t="s"><v>0</v>`, `t="str"><v>张晓明</v>`)
			replace(b, sheetPart, `t="s"><v>1</v>`, `t="str"><v>北京</v>`)
		}},
		{"absolute targets", func(b handMade) { replace(b, workbookRels, `Target="`, `Target="/xl/`) }},
		{"targets with escapes", func(b handMade) {
			replace(b, workbookRels, "worksheets/sheet1.xml", "worksheets/%E8%A1%A8%201.xml")
			rename(b, sheetPart, "xl/worksheets/表 1.xml")
		}},
		{"targets that go up", func(b handMade) { replace(b, workbookRels, "worksheets/", "../xl/./worksheets/") }},
		{"parts in other letters", func(b handMade) { rename(b, sheetPart, "xl/Worksheets/Sheet1.XML") }},
		{"another main part", func(b handMade) {
			replace(b, "_rels/.rels", "xl/workbook.xml", "buch/mappe.xml")
			replace(b, workbookRels, `Target="`, `Target="../xl/`)
			rename(b, workbookPart, "buch/mappe.xml")
			rename(b, workbookRels, "buch/_rels/mappe.xml.rels")
		}},
		{"relationships in any order", func(b handMade) {
			replace(b, workbookRels, `<Relationship Id="rId1" Type="`+relSpace+`/worksheet" Target="worksheets/sheet1.xml"/>`, "")
			replace(b, workbookRels, `</Relationships>`, `<Relationship Target="worksheets/sheet1.xml" Type="`+relSpace+`/worksheet" Id="rId1"/></Relationships>`)
		}},
		{"an external link", func(b handMade) {
			replace(b, workbookRels, `</Relationships>`, `<Relationship Id="rId9" Type="x/styles" Target="http://example.com/" TargetMode="External"/></Relationships>`)
		}},
		{"another prefix for relationships", func(b handMade) {
			replace(b, workbookPart, "xmlns:r=", "xmlns:关系=")
			replace(b, workbookPart, "r:id", "关系:id")
		}},
		{"prefixed sheet", func(b handMade) {
			b[sheetPart] = xmlHead + strings.NewReplacer("</", "</x:", "<", "<x:").Replace(strings.TrimPrefix(b[sheetPart], xmlHead))
			replace(b, sheetPart, `xmlns=`, `xmlns:x=`)
		}},
		{"UTF-16 sheet", func(b handMade) { b[sheetPart] = utf16Text(strings.Replace(b[sheetPart], "UTF-8", "UTF-16", 1), false) }},
		{"UTF-16 texts, big end first", func(b handMade) {
			b["xl/sharedStrings.xml"] = utf16Text(strings.Replace(b["xl/sharedStrings.xml"], "UTF-8", "UTF-16", 1), true)
		}},
		{"byte order mark", func(b handMade) { b[sheetPart] = "\uFEFF" + b[sheetPart] }},
		{"extensions around the rows", func(b handMade) {
			replace(b, sheetPart, `<sheetData>`, `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14"><sheetData/></mc:Choice></mc:AlternateContent><sheetData>`)
			replace(b, sheetPart, `</sheetData>`, `</sheetData><extLst><ext uri="{0}"><x:y xmlns:x="urn:x"><x:row r="1"/></x:y></ext></extLst>`)
		}},
		{"no row and cell addresses", func(b handMade) {
			for _, address := range []string{"A1", "B1", "C1", "D1", "E1", "A2", "B2", "C2", "D2", "E2", "A3", "B3"} {
				replace(b, sheetPart, ` r="`+address+`"`, "")
			}
			for _, row := range []string{"1", "2", "3"} {
				replace(b, sheetPart, `<row r="`+row+`"`, "<row")
			}
		}},
		{"a sheet without rows before it", func(b handMade) {
			b["xl/worksheets/sheet0.xml"] = xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetData/></worksheet>`
			replace(b, workbookPart, `<sheets>`, `<sheets><sheet name="空" sheetId="2" r:id="rId9"/>`)
			replace(b, workbookRels, `</Relationships>`, `<Relationship Id="rId9" Type="`+relSpace+`/worksheet" Target="worksheets/sheet0.xml"/></Relationships>`)
		}},
		{"a chart sheet before it", func(b handMade) {
			b["xl/chartsheets/sheet1.xml"] = xmlHead + `<chartsheet xmlns="` + mainSpace + `"/>`
			replace(b, workbookPart, `<sheets>`, `<sheets><sheet name="图" sheetId="2" r:id="rId9"/>`)
			replace(b, workbookRels, `</Relationships>`, `<Relationship Id="rId9" Type="`+relSpace+`/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`)
		}},
		{"very hidden", func(b handMade) { replace(b, workbookPart, `sheetId="1"`, `sheetId="1" state="veryHidden"`) }},
		{"phonetic guides and rich text", func(b handMade) {
			replace(b, "xl/sharedStrings.xml", "<t>张晓明</t>", `<r><t>张</t></r><r><rPr><b/><rFont val="宋体"/></rPr><t>晓明</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh><phoneticPr fontId="1"/>`)
		}},
		{"dates from 1904", func(b handMade) {
			replace(b, workbookPart, "<workbookPr/>", `<workbookPr date1904="true"/>`)
			replace(b, sheetPart, "29221", "27759")
		}},
		{"a Chinese date format", func(b handMade) {
			replace(b, "xl/styles.xml", `yyyy\-mm\-dd hh:mm`, `[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@`)
			replace(b, sheetPart, `s="1"`, `s="2"`)
		}},
	}
	var corpus []awkward
	for _, c := range same {
		corpus = append(corpus, awkward{name: c.name, make: changed(c.change), want: twoTold})
	}
	for name, pack := range map[string]func(*zip.Writer, string, string) error{
		"stored, not packed": func(a *zip.Writer, name, content string) error {
			entry, err := a.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
			if err == nil {
				_, err = entry.Write([]byte(content))
			}
			return err
		},
		"backslashes in the zip": func(a *zip.Writer, name, content string) error {
			return put(a, strings.ReplaceAll(name, "/", `\`), content)
		},
		"folders in the zip": func(a *zip.Writer, name, content string) error {
			if name == sheetPart {
				if _, err := a.Create("xl/worksheets/"); err != nil {
					return err
				}
			}
			return put(a, name, content)
		},
		"a leading slash in the zip": func(a *zip.Writer, name, content string) error { return put(a, "/"+name, content) },
	} {
		corpus = append(corpus, awkward{name: name, make: rezipped(pack), want: twoTold})
	}
	return append(corpus, awkward{name: "macros", file: "名单.xlsm", make: changed(func(b handMade) { b["xl/vbaProject.bin"] = "\xD0\xCF" }), want: twoTold})
}

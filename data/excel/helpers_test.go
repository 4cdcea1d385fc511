package excel

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"peixun/data"
)

// Shortcuts for hand-made workbooks.
const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relSpace  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
)

// handMade is a workbook's parts; change them before bytes.
type handMade map[string]string

// newHandMade makes a workbook with one sheet whose sheetData holds the rows.
func newHandMade(rows string, shared ...string) handMade {
	parts := handMade{
		"[Content_Types].xml": xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels": xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relSpace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relSpace + `/sharedStrings" Target="sharedStrings.xml"/>` +
			`<Relationship Id="rId3" Type="` + relSpace + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/workbook.xml": xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><workbookPr/><sheets>` +
			`<sheet name="学员" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/styles.xml": xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/>` +
			`<numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>` +
			`<xf numFmtId="165"/><xf numFmtId="49"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": worksheetOf(rows),
	}
	parts["xl/sharedStrings.xml"] = xmlHead + `<sst xmlns="` + mainSpace + `">`
	if len(shared) > 0 {
		parts["xl/sharedStrings.xml"] += "<si>" + strings.Join(shared, "</si><si>") + "</si>"
	}
	parts["xl/sharedStrings.xml"] += "</sst>"
	return parts
}

func worksheetOf(rows string) string {
	return xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

func (h handMade) bytes(t testing.TB) []byte {
	t.Helper()
	var names []string
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(h[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// headerRow is the first row of a hand-made sheet with the columns that make it a roster.
func headerRow(headers ...string) string {
	row := `<row r="1">`
	for i, header := range append([]string{"姓名", "身份证号"}, headers...) {
		row += fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, cellAddress(i, 1), header)
	}
	return row + `</row>`
}

// readTable opens bytes and gives the heading and all rows, or the first error.
func readTable(content []byte, name, sheet string, form data.Form) (data.Heading, []data.SourceRow, error) {
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), name)
	if err != nil {
		return data.Heading{}, nil, err
	}
	defer opened.Close()
	table, err := opened.Table(context.Background(), sheet, form)
	if err != nil {
		return data.Heading{}, nil, err
	}
	var rows []data.SourceRow
	err = table.Each(context.Background(), func(row data.SourceRow) error {
		rows = append(rows, row)
		return nil
	})
	return table.Heading, rows, err
}

func mustRead(t testing.TB, content []byte, name string, form data.Form) (data.Heading, []data.SourceRow) {
	t.Helper()
	heading, rows, err := readTable(content, name, "", form)
	if err != nil {
		t.Fatalf("cannot read: %v (cause: %v)", err, causeOf(err))
	}
	return heading, rows
}

func causeOf(err error) error {
	problem, _ := data.AsProblem(err)
	return problem.Cause
}

// wantProblem checks that err is a problem with the code, and that it tells people something in Chinese.
func wantProblem(t testing.TB, err error, code string) data.Problem {
	t.Helper()
	problem, ok := data.AsProblem(err)
	if !ok {
		t.Fatalf("got %v, want a problem with code %s", err, code)
	}
	if problem.Code != code {
		t.Fatalf("got code %s (%v, cause %v), want %s", problem.Code, problem, problem.Cause, code)
	}
	if problem.What == "" || problem.Fix == "" || problem.Level != data.LevelError || strings.Contains(problem.Error(), "xml") {
		t.Errorf("problem is not for people: %q", problem.Error())
	}
	return problem
}

// cell gives a row's cell by the column's key.
func cell(form data.Form, row data.SourceRow, key string) data.SourceCell {
	return row.Cells[form.Column(key)]
}

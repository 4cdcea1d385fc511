package excel

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"peixun/data"
)

// OfficialTemplate is what a template of the platform's own tells: where its headers stand, and which of them are whose.
type OfficialTemplate struct {
	Sheet     string
	HeaderRow int      // from 1; the lower one of two
	Headers   []string // by the sheet's column, from 0, as the file writes them
	Columns   []int    // for each column of the form the sheet's column, or -1
	Heading   data.Heading
}

// ReadTemplate finds a form's headers in an official template. It fails with a Problem as Book.Table does, and for what is no .xlsx,
// because nothing else can be filled.
func ReadTemplate(ctx context.Context, from Book, form data.Form) (OfficialTemplate, error) {
	opened, ok := from.(*book)
	if !ok {
		return OfficialTemplate{}, fmt.Errorf("no book of this package: %T", from)
	}
	if _, ok := opened.source.(*workbook); !ok {
		return OfficialTemplate{}, noTemplate()
	}
	table, err := from.Table(ctx, "", form)
	if err != nil {
		return OfficialTemplate{}, err
	}
	h := table.Heading
	t := OfficialTemplate{Sheet: h.Sheet, HeaderRow: h.Row, Columns: h.Columns, Heading: h}
	head, err := from.Head(ctx, h.Sheet, headerSearch)
	if err != nil {
		return t, err
	}
	for _, row := range head {
		if row.Number <= h.Row && row.Number > h.Row-h.Rows {
			for column, text := range row.Texts {
				for len(t.Headers) <= column {
					t.Headers = append(t.Headers, "")
				}
				if !isInvisible(text) {
					t.Headers[column] = text
				}
			}
		}
	}
	return t, nil
}

func noTemplate() data.Problem {
	return refuse(CodeNotTable, "官方模板须是 .xlsx 文件，这个文件不是。", "请用 Excel 或 WPS 打开模板，另存为“Excel 工作簿（.xlsx）”，再载入一次。")
}

// FillTemplate writes rows below the headers of an official template, into that very file: every other part of it (styles,
// dictionaries, other sheets) is copied byte for byte, and in the sheet only the rows below headerRow and the dimension change, so
// that dropdowns, widths and rules stay as the platform made them. Example values below the headers are cleared; formulas
// in columns that are not filled stay.
//
// A row's values are those of WriteTable; columns says for each of them the sheet's column from 0, or -1 to leave it out. Cells
// keep the template's formats; a date or a number goes as text where the template's cell wants none.
// It fails with a Problem where template is no such workbook, has no such sheet, or calculates one of the columns itself, and
// with the rows' own error; then what out holds must be thrown away.
func FillTemplate(out io.Writer, template []byte, sheet string, headerRow int, columns []int, rows iter.Seq2[[]any, error]) error {
	ctx := context.Background()
	if !bytes.HasPrefix(template, []byte("PK")) {
		return noTemplate()
	}
	c, err := openContainer(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return forPeople(err)
	}
	w, err := openWorkbook(ctx, c)
	if err != nil {
		return forPeople(err)
	}
	if err := w.prepare(ctx); err != nil {
		return forPeople(err)
	}
	places, err := (&book{source: w}).named(sheet)
	if err != nil {
		return err
	}
	part := w.sheets[places[0]].part
	var content []byte
	if err := c.read(ctx, part, func(r io.Reader) error { content, err = io.ReadAll(r); return err }); err != nil {
		return forPeople(err)
	}
	filler, err := newTemplateFiller(w, content, headerRow, columns)
	if err != nil {
		return forPeople(err)
	}
	filler.sheet = w.sheets[places[0]].Name
	return filler.copyAll(out, c, partName(part), rows)
}

// copyAll writes the workbook: the sheet filled, all other entries as they lie in the zip.
func (f *templateFiller) copyAll(out io.Writer, c *container, part string, rows iter.Seq2[[]any, error]) error {
	archive := zip.NewWriter(out)
	for _, file := range c.files {
		if partName(file.Name) != part {
			if err := archive.Copy(file); err != nil {
				return err
			}
			continue
		}
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: file.Name, Method: zip.Deflate, Modified: file.Modified})
		if err != nil {
			return err
		}
		if err := f.write(entry, rows); err != nil {
			return err
		}
	}
	return archive.Close()
}

// write writes the sheet. The dimension stands before the rows and depends on them, so they wait, packed, in memory.
func (f *templateFiller) write(out io.Writer, rows iter.Seq2[[]any, error]) error {
	var waiting bytes.Buffer
	packed, err := flate.NewWriter(&waiting, flate.BestSpeed)
	if err != nil {
		return err
	}
	if err := errors.Join(f.writeRows(packed, rows), packed.Close()); err != nil {
		return err
	}
	before, after := f.content[:f.dataFrom], f.content[f.dataTo:]
	if f.dimensionTo > 0 {
		dimension := fmt.Sprintf(`<%sdimension ref="%s:%s"/>`, f.prefix, cellAddress(f.left, f.top), cellAddress(f.right, f.bottom))
		before = bytes.Join([][]byte{before[:f.dimensionFrom], []byte(dimension), before[f.dimensionTo:]}, nil)
	}
	begin, end := "<"+f.prefix+"sheetData>", "</"+f.prefix+"sheetData>"
	_, err = io.Copy(out, io.MultiReader(bytes.NewReader(before), bytes.NewReader([]byte(begin)), bytes.NewReader(f.content[f.headFrom:f.headTo]),
		flate.NewReader(&waiting), bytes.NewReader([]byte(end)), bytes.NewReader(after)))
	return err
}

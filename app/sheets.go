package app

import (
	"context"

	"peixun/data"
	"peixun/data/excel"
)

// SheetsOf lists the sheets of a file that have cells, in its order. Where there are several to choose from, it counts the rows of
// those that answer to the form. A sheet that cannot be read answers to none: what is wrong with it is told when somebody chooses it.
func (a *App) SheetsOf(ctx context.Context, path string, form data.Form) ([]data.SheetInfo, error) {
	book, err := excel.Open(path)
	if err != nil {
		return nil, data.OfFile(err, path)
	}
	defer book.Close()
	var sheets []data.SheetInfo
	for _, sheet := range book.Sheets() {
		info := data.SheetInfo{Name: sheet.Name, Hidden: sheet.Hidden}
		if table, err := book.Table(ctx, sheet.Name, form); err == nil && len(book.Sheets()) > 1 {
			info.Fits = nil == table.Each(ctx, func(data.SourceRow) error { info.Rows++; return nil })
		}
		if ctx.Err() != nil {
			return nil, explain(ctx.Err())
		}
		sheets = append(sheets, info)
	}
	return sheets, nil
}

// SheetHead gives the first rows of a sheet that hold anything, at most so many, for a person who shows the program where the
// headers stand (ImportOptions.HeaderRow and Columns).
func (a *App) SheetHead(ctx context.Context, path, sheet string, rows int) ([]data.SheetRow, error) {
	book, err := excel.Open(path)
	if err != nil {
		return nil, data.OfFile(err, path)
	}
	defer book.Close()
	head, err := book.Head(ctx, sheet, rows)
	if err != nil {
		return nil, data.OfFile(err, path)
	}
	var found []data.SheetRow
	for _, row := range head {
		found = append(found, data.SheetRow{Number: row.Number, Texts: row.Texts})
	}
	return found, nil
}

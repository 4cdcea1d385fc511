package app

import (
	"context"

	"peixun/data"
	"peixun/data/excel"
)

// SheetsOf lists the sheets of a file that have cells, in its order.
func (a *App) SheetsOf(ctx context.Context, path string) ([]data.SheetInfo, error) {
	book, err := excel.Open(path)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var sheets []data.SheetInfo
	for _, sheet := range book.Sheets() {
		sheets = append(sheets, data.SheetInfo{Name: sheet.Name, Hidden: sheet.Hidden})
	}
	return sheets, nil
}

// SheetHead gives the first rows of a sheet that hold anything, at most so many, for a person who shows the program where the
// headers stand (ImportOptions.HeaderRow and Columns).
func (a *App) SheetHead(ctx context.Context, path, sheet string, rows int) ([]data.SheetRow, error) {
	book, err := excel.Open(path)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	head, err := book.Head(ctx, sheet, rows)
	if err != nil {
		return nil, err
	}
	var found []data.SheetRow
	for _, row := range head {
		found = append(found, data.SheetRow{Number: row.Number, Texts: row.Texts})
	}
	return found, nil
}

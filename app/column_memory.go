package app

import (
	"context"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
)

// rememberColumns stores what was made of a sheet's columns where that is not what their headers say, for the next sheet with
// these headers, and forgets an earlier word where it is.
func (a *App) rememberColumns(tx *sqlite.Tx, plan *data.ImportPlan) error {
	signature := plan.Form.Signature(plan.Columns)
	keys, chosen := plan.Mapping()
	if !chosen && !plan.HeaderChosen {
		keys = nil
	}
	return tx.SetColumnMapping(plan.Form.Key, signature, keys, a.Now())
}

// recall gives what an earlier import made of columns with these headers, or nil.
func (a *App) recall(ctx context.Context, form data.Form, columns []data.SheetColumn) (map[int]string, error) {
	keys, err := query(a, ctx, func(tx *sqlite.Tx) ([]string, error) { return tx.ColumnMapping(form.Key, form.Signature(columns)) })
	if err != nil || keys == nil {
		return nil, err
	}
	return form.Recall(columns, keys), nil
}

// recallHeading looks in a file that was not recognised for headers that an earlier import was shown, in the named sheet or in all.
// It tells whether there were any; the plan then has them.
func (a *App) recallHeading(ctx context.Context, book excel.Book, options ImportOptions, plan *data.ImportPlan) (bool, error) {
	for _, sheet := range book.Sheets() {
		if options.Sheet != "" && options.Sheet != sheet.Name {
			continue
		}
		head, err := book.Head(ctx, sheet.Name, headRows)
		if err != nil {
			return false, err
		}
		for _, row := range head {
			found := headingOf(plan.Form, sheet.Name, row)
			columns := columnsOf(found, head)
			chosen, err := a.recall(ctx, plan.Form, columns)
			if err != nil {
				return false, err
			}
			if chosen == nil {
				continue
			}
			plan.Found, plan.Columns, plan.HeaderChosen = found, columns, true
			return true, a.arrange(ctx, plan, nil)
		}
	}
	return false, nil
}

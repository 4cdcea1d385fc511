// Package excel reads people's tables and writes ours: .xlsx, .csv and .tsv in, .xlsx out.
//
// Reading is strict and of our own making, because a library that gives part of a damaged file without an error would
// import part of the people. Whatever goes wrong, the answer is a data.Problem in plain Chinese and no row counts.
package excel

import (
	"context"
	"io"
	"slices"

	"peixun/data"
)

// SheetInfo is a sheet as a book lists it.
type SheetInfo struct {
	Name   string
	Hidden bool
}

// Book is an opened file with tables. It is for one goroutine at a time.
type Book interface {
	// Sheets lists the sheets with cells, in the file's order.
	Sheets() []SheetInfo
	// Table finds the form's headers in the named sheet, or for "" in the sheet that answers best to the form.
	// It fails with a Problem where the sheet is missing or is not this form (CodeWrongSheet), or the file is damaged.
	Table(ctx context.Context, sheet string, form data.Form) (*Table, error)
	// Close gives the file free.
	Close() error
}

// source is a file format: it tells the rows of its sheets.
type source interface {
	infos() []SheetInfo
	countsFrom1904() bool
	// prepare checks the whole file before the first row is told; a second call costs nothing.
	prepare(ctx context.Context) error
	// scan tells every row that has a cell; an error from visit ends it and comes back in a visitError.
	scan(ctx context.Context, sheet int, visit func(*sheetRow) error) error
}

// book makes a Book of any format.
type book struct {
	source
	file io.Closer
}

// Sheets implements Book.
func (b *book) Sheets() []SheetInfo { return b.infos() }

// Close implements Book.
func (b *book) Close() error {
	if b.file == nil {
		return nil
	}
	return b.file.Close()
}

// Table implements Book.
func (b *book) Table(ctx context.Context, sheet string, form data.Form) (*Table, error) {
	if err := b.prepare(ctx); err != nil {
		return nil, forPeople(err)
	}
	infos := b.infos()
	sheets := make([]int, 0, len(infos))
	for i, info := range infos {
		if sheet == "" || info.Name == sheet {
			sheets = append(sheets, i)
		}
	}
	if len(sheets) == 0 {
		what := "文件里没有工作表“" + sheet + "”。"
		if sheet == "" {
			what = "文件里没有工作表。"
		}
		return nil, refuse(CodeNoSheet, what, "请打开文件检查工作表的名字，或重新选择文件。")
	}
	// Hidden sheets come last, so that at equal merit the clerk gets what the clerk sees.
	slices.SortStableFunc(sheets, func(a, b int) int { return hiddenLast(infos[a]) - hiddenLast(infos[b]) })
	var best candidate
	for _, i := range sheets {
		found, err := b.findHeading(ctx, i, form)
		if err != nil {
			return nil, forPeople(err)
		}
		if best.headers == nil || found.betterThan(best) {
			best = found
		}
	}
	if other := best.looksLike(form); !best.identified || other != "" {
		return nil, wrongSheet(form, best, other)
	}
	return newTable(b.source, best, form), nil
}

func hiddenLast(info SheetInfo) int {
	if info.Hidden {
		return 1
	}
	return 0
}

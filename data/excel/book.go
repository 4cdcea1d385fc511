// Package excel reads people's tables and writes ours: .xlsx, .xls, .csv and .tsv in, .xlsx out.
//
// Reading is strict and of our own making, because a library that gives part of a damaged file without an error would
// import part of the people. Whatever goes wrong, the answer is a data.Problem in plain Chinese and no row counts.
package excel

import (
	"context"
	"errors"
	"io"

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
	// TableAt takes the headers where the caller says they are, for columns that a person mapped by hand: Sheet, Row, Columns
	// and Unknown tell the places; Headers and Strange only go along. It fails with a Problem where the sheet is missing.
	TableAt(ctx context.Context, heading data.Heading) (*Table, error)
	// Head gives the first rows of a sheet that hold anything, at most so many, all columns, for a person to map by hand.
	Head(ctx context.Context, sheet string, rows int) ([]HeadRow, error)
	// Close gives the file free.
	Close() error
}

// HeadRow is a row as the sheet has it. Its texts stand by column, up to the last that is not blank.
type HeadRow struct {
	Number int // from 1
	Texts  []string
}

// source is a file format: it tells the rows of its sheets.
type source interface {
	infos() []SheetInfo
	countsFrom1904() bool
	// prepare checks the whole file before the first row is told; a second call costs nothing.
	prepare(ctx context.Context) error
	// merges gives a sheet's merged cells; call prepare before.
	merges(ctx context.Context, sheet int) ([]mergedRange, error)
	// scan tells every row that has a cell; an error from visit ends it and comes back in a visitError.
	scan(ctx context.Context, sheet int, visit func(*sheetRow) error) error
}

// book makes a Book of any format.
type book struct {
	source
	file   io.Closer
	closed bool
}

// Sheets implements Book.
func (b *book) Sheets() []SheetInfo { return b.infos() }

// Close implements Book.
func (b *book) Close() error {
	b.closed = true
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
	sheets, err := b.named(sheet)
	if err != nil {
		return nil, err
	}
	var best candidate
	for _, i := range sheets {
		found, err := b.findHeading(ctx, i, form)
		if err != nil {
			return nil, forPeople(err)
		}
		if best.headers == nil || found.betterSheetThan(best) {
			best = found
		}
	}
	if other := best.looksLike(form); !best.identified || other != "" {
		return nil, wrongSheet(form, best, other)
	}
	kept := b.keeper()
	bare, err := b.bareColumns(ctx, best, kept)
	if err != nil {
		return nil, forPeople(err)
	}
	heading, err := best.heading(form, b.countsFrom1904(), bare)
	if err != nil {
		return nil, err
	}
	return &Table{Heading: heading, book: b, index: best.index, kept: kept, keptBelow: heading.Row}, nil
}

// keeper makes what keeps a sheet's rows. Only a workbook's XML is worth it; other formats lie in memory anyway.
func (b *book) keeper() *keptRows {
	w, ok := b.source.(*workbook)
	if !ok {
		return &keptRows{over: true}
	}
	return &keptRows{budget: keepBudget - 2*w.shared.bytes}
}

// named gives the places of the sheets with the name, of all for "".
func (b *book) named(sheet string) ([]int, error) {
	var places []int
	for i, info := range b.infos() {
		if sheet == "" || info.Name == sheet {
			places = append(places, i)
		}
	}
	if len(places) > 0 {
		return places, nil
	}
	what := "文件里没有工作表“" + sheet + "”。"
	if sheet == "" {
		what = "文件里没有工作表。"
	}
	return nil, refuse(CodeNoSheet, what, "请打开文件检查工作表的名字，或重新选择文件。")
}

// TableAt implements Book.
func (b *book) TableAt(ctx context.Context, heading data.Heading) (*Table, error) {
	if err := b.prepare(ctx); err != nil {
		return nil, forPeople(err)
	}
	places, err := b.named(heading.Sheet)
	if err != nil {
		return nil, err
	}
	heading.Sheet = b.infos()[places[0]].Name
	heading.Date1904 = b.countsFrom1904()
	return &Table{Heading: heading, book: b, index: places[0]}, nil
}

// Head implements Book.
func (b *book) Head(ctx context.Context, sheet string, rows int) ([]HeadRow, error) {
	if err := b.prepare(ctx); err != nil {
		return nil, forPeople(err)
	}
	places, err := b.named(sheet)
	if err != nil {
		return nil, err
	}
	var head []HeadRow
	err = b.scan(ctx, places[0], func(row *sheetRow) error {
		if texts := rowTexts(row); len(texts) > 0 {
			head = append(head, HeadRow{row.number, texts})
		}
		if len(head) >= rows {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return head, forPeople(err)
}

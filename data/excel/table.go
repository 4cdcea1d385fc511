package excel

import (
	"context"
	"strings"
	"unicode"

	"peixun/data"
)

// Table is a sheet under a form's declaration.
type Table struct {
	// Heading tells where the form's columns stand in the sheet. Change it before Each to map columns by hand.
	Heading data.Heading
	// Rows and Hidden count what the last whole Each has told: all rows, and those that the sheet hides, by hand or by a filter.
	Rows, Hidden int

	book      *book
	index     int
	kept      *keptRows // nil: read the file
	keptBelow int       // the row above the kept ones
}

// cellBlock is how many rows' cells are allocated at once.
const cellBlock = 128

// Each tells the rows below the header, in the file's order; rows without a visible character in the heading's columns
// are passed over. A vertical merge's words and dates count for all of its rows that hold something of their own. What it tells may be kept: nothing is used again.
//
// It fails with a Problem where the file is damaged, with ctx's error, or with visit's own. Then the rows told
// so far must be thrown away: they are part of a file, and nobody knows which part.
// It may be called again and begins anew.
func (t *Table) Each(ctx context.Context, visit func(data.SourceRow) error) error {
	if err := t.book.prepare(ctx); err != nil {
		return forPeople(err)
	}
	known, unknown := len(t.Heading.Columns), len(t.Heading.Unknown)
	targets := t.targets()
	merged, err := t.book.merges(ctx, t.index)
	if err != nil {
		return forPeople(err)
	}
	filler := newMergeFiller(merged, t.Heading.Row, targets)
	rows, hidden := 0, 0
	var block []data.SourceCell
	err = t.scan(ctx, func(row *sheetRow) error {
		if row.number <= t.Heading.Row {
			return nil
		}
		filler.fill(row)
		width := known + unknown
		if len(block) < width {
			block = make([]data.SourceCell, cellBlock*width)
		}
		cells, visible := block[:width:width], false
		for _, cell := range row.cells {
			if cell.column >= len(targets) || targets[cell.column] == 0 {
				continue
			}
			cells[targets[cell.column]-1] = data.SourceCell{Text: cell.text, Kind: cell.kind}
			visible = visible || !cell.filled && !isInvisible(cell.text)
		}
		if !visible {
			clear(cells)
			return nil
		}
		block = block[width:]
		if rows++; row.hidden {
			hidden++
		}
		return visit(data.SourceRow{Number: row.number, Cells: cells[:known:known], Extra: cells[known:], Hidden: row.hidden})
	})
	if err == nil {
		t.Rows, t.Hidden = rows, hidden
	}
	return forPeople(err)
}

// scan tells the sheet's rows below the header, from memory where they were kept.
func (t *Table) scan(ctx context.Context, visit func(*sheetRow) error) error {
	if t.kept == nil || t.kept.over || t.book.closed || t.Heading.Row < t.keptBelow {
		return t.book.scan(ctx, t.index, visit)
	}
	return t.kept.scan(ctx, visit)
}

// targets gives for each of the sheet's columns its place among the row's known and unknown cells, from 1; 0 is none.
func (t *Table) targets() []int {
	var targets []int
	place := 0
	for _, columns := range [][]int{t.Heading.Columns, t.Heading.Unknown} {
		for _, column := range columns {
			place++
			if column < 0 || column >= maxColumns {
				continue
			}
			for len(targets) <= column {
				targets = append(targets, 0)
			}
			targets[column] = place
		}
	}
	return targets
}

// isInvisible tells whether a text shows nothing: blanks of any kind and zero-width characters.
func isInvisible(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }) < 0
}

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

	source source
	index  int
}

// cellBlock is how many rows' cells are allocated at once.
const cellBlock = 128

func newTable(from source, c candidate, form data.Form) *Table {
	return &Table{Heading: c.heading(form, from.countsFrom1904()), source: from, index: c.index}
}

// Each tells the rows below the header, in the file's order; rows without a visible character in the heading's columns
// are passed over. What it tells may be kept: nothing is used again.
//
// It fails with a Problem where the file is damaged, with ctx's error, or with visit's own. Then the rows told
// so far must be thrown away: they are part of a file, and nobody knows which part.
// It may be called again and begins anew.
func (t *Table) Each(ctx context.Context, visit func(data.SourceRow) error) error {
	if err := t.source.prepare(ctx); err != nil {
		return forPeople(err)
	}
	known, unknown := len(t.Heading.Columns), len(t.Heading.Unknown)
	targets := t.targets()
	var block []data.SourceCell
	return forPeople(t.source.scan(ctx, t.index, func(row *sheetRow) error {
		if row.number <= t.Heading.Row {
			return nil
		}
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
			visible = visible || !isInvisible(cell.text)
		}
		if !visible {
			clear(cells)
			return nil
		}
		block = block[width:]
		return visit(data.SourceRow{Number: row.number, Cells: cells[:known:known], Extra: cells[known:], Hidden: row.hidden})
	}))
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

package excel

import (
	"context"

	"peixun/data"
)

// keepBudget bounds in bytes what keptRows may hold, together with the workbook's shared texts.
const keepBudget = 64 << 20

// keptRows keeps the rows of a sheet that was read through once for its columns, so that telling them needs no second reading.
// A large sheet is read again instead: its rows would take too much memory.
type keptRows struct {
	budget int
	rows   []keptRow
	cells  []keptCell // the rest of a block
	over   bool
}

type keptRow struct {
	number int
	hidden bool
	cells  []keptCell
}

type keptCell struct {
	text   string
	column int32
	kind   data.CellKind
}

const (
	keptRowBytes  = 48
	keptCellBytes = 24
	keptBlock     = 4096
)

// keep takes in a row, unless there are too many already.
func (k *keptRows) keep(row *sheetRow) {
	if k.over {
		return
	}
	k.budget -= keptRowBytes + keptCellBytes*len(row.cells)
	for i := range row.cells {
		k.budget -= len(row.cells[i].text)
	}
	if k.budget < 0 {
		k.rows, k.cells, k.over = nil, nil, true
		return
	}
	if len(k.cells) < len(row.cells) {
		k.cells = make([]keptCell, max(keptBlock, len(row.cells)))
	}
	cells := k.cells[:len(row.cells):len(row.cells)]
	k.cells = k.cells[len(row.cells):]
	for i := range row.cells {
		cell := &row.cells[i]
		cells[i] = keptCell{cell.text, int32(cell.column), cell.kind}
	}
	k.rows = append(k.rows, keptRow{row.number, row.hidden, cells})
}

// scan tells the rows as a source would.
func (k *keptRows) scan(ctx context.Context, visit func(*sheetRow) error) error {
	row := &sheetRow{}
	for i, kept := range k.rows {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		row.number, row.hidden, row.cells = kept.number, kept.hidden, row.cells[:0]
		for _, cell := range kept.cells {
			row.cells = append(row.cells, sheetCell{column: int(cell.column), kind: cell.kind, text: cell.text})
		}
		if err := visit(row); err != nil {
			return visitError{err}
		}
	}
	return nil
}

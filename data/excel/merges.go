package excel

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"peixun/data"
)

// mergedRange is a rectangle of merged cells: rows from 1, columns from 0, both ends included.
type mergedRange struct {
	top, bottom, left, right int
}

// merges implements source. They stand behind the rows, so that a sheet with any is read through for them alone; verify has seen
// whether there are any.
func (w *workbook) merges(ctx context.Context, sheet int) ([]mergedRange, error) {
	s := &w.sheets[sheet]
	if s.merged != nil || !w.zip.mergedParts[partName(s.part)] {
		return s.merged, nil
	}
	found := []mergedRange{}
	err := w.elements(ctx, s.part, "worksheet", spreadsheetSpaces, func(x *xmlScanner) error {
		switch string(x.local) {
		case "sheetData":
			return x.skip()
		case "mergeCell":
			if x.parent() != "mergeCells" {
				return nil
			}
			if len(found) == maxMerges {
				return fmt.Errorf("%w: merged cells", errTooLarge)
			}
			merged, ok := parseRange(x.attribute("ref"))
			if !ok {
				return x.malformed("merged cells %q", x.attribute("ref"))
			}
			found = append(found, merged)
		}
		return nil
	})
	s.merged = found
	return found, err
}

// parseRange reads a range such as A1:B2; a single address is a range too.
func parseRange(ref string) (mergedRange, bool) {
	from, to, several := bytes.Cut([]byte(ref), []byte(":"))
	if !several {
		to = from
	}
	left, top, ok := parseAddress(from)
	right, bottom, okToo := parseAddress(to)
	return mergedRange{top, bottom, left, right}, ok && okToo && left <= right && top <= bottom
}

// mergeWatch tells in a stream of bytes whether the word mergeCell occurs: a sheet without it has no merged cells. In UTF-16,
// whose bytes say it otherwise, it assumes so.
type mergeWatch struct {
	found bool
	tail  []byte
	begun bool
}

var mergeWord = []byte("mergeCell")

func (m *mergeWatch) Write(p []byte) (int, error) {
	if m.found || len(p) == 0 {
		return len(p), nil
	}
	if !m.begun {
		m.begun = true
		if m.found, _ = sniffUTF16(p[:min(4, len(p))]); m.found {
			return len(p), nil
		}
	}
	edge := append(m.tail, p[:min(len(mergeWord), len(p))]...)
	m.found = bytes.Contains(edge, mergeWord) || bytes.Contains(p, mergeWord)
	m.tail = append(m.tail[:0], p[max(0, len(p)-len(mergeWord)+1):]...)
	return len(p), nil
}

var _ io.Writer = (*mergeWatch)(nil)

// mergeFiller gives the rows of a vertical merge the value that stands in its first row, as the clerk sees it: one 所属单位 for
// ten people. Only words and dates are taken down, and identifiers (numbers typed as text of 15 digits and more): an amount of
// hours in merged cells may mean the sum, and nobody knows.
type mergeFiller struct {
	waiting []mergedRange // by top
	active  []activeMerge
}

type activeMerge struct {
	mergedRange
	cell sheetCell
}

// newMergeFiller takes the vertical merges below the header that begin in a column which is read.
func newMergeFiller(all []mergedRange, header int, targets []int) *mergeFiller {
	f := &mergeFiller{}
	for _, merged := range all {
		if merged.bottom > merged.top && merged.top > header && merged.left < len(targets) && targets[merged.left] > 0 {
			f.waiting = append(f.waiting, merged)
		}
	}
	slices.SortFunc(f.waiting, func(a, b mergedRange) int { return cmp.Compare(a.top, b.top) })
	return f
}

const identifierLength = 15

func canFillDown(cell sheetCell) bool {
	switch cell.kind {
	case data.CellDate:
		return true
	case data.CellText:
		return !isInvisible(cell.text) && (len(cell.text) >= identifierLength || !isNumber([]byte(cell.text)))
	}
	return false
}

// fill adds to a row what the merges above give it. Rows must come in order.
func (f *mergeFiller) fill(row *sheetRow) {
	if len(f.waiting) == 0 && len(f.active) == 0 {
		return
	}
	f.active = slices.DeleteFunc(f.active, func(m activeMerge) bool { return m.bottom < row.number })
	for i := range f.active {
		f.active[i].give(row)
	}
	for len(f.waiting) > 0 && f.waiting[0].top <= row.number {
		merged := f.waiting[0]
		f.waiting = f.waiting[1:]
		if merged.top < row.number { // its first row holds nothing
			continue
		}
		at := slices.IndexFunc(row.cells, func(c sheetCell) bool { return c.column == merged.left })
		if at >= 0 && canFillDown(row.cells[at]) {
			given := row.cells[at]
			given.filled = true
			f.active = append(f.active, activeMerge{merged, given})
		}
	}
}

// give puts the merge's value into its column, unless the row has one of its own there.
func (m activeMerge) give(row *sheetRow) {
	at, taken := slices.BinarySearchFunc(row.cells, m.left, func(c sheetCell, column int) int { return cmp.Compare(c.column, column) })
	switch {
	case !taken:
		row.cells = slices.Insert(row.cells, at, m.cell)
	case isInvisible(row.cells[at].text):
		row.cells[at] = m.cell
	}
}

package data

import (
	"fmt"
	"slices"
	"strings"
)

// Arrange says what becomes of a sheet's columns. found is how their headers alone would have it; columns are all of the sheet's,
// of which only Index, Header and Sample are looked at; chosen says by a column's index what a person made of it: a key of the
// form, ColumnExtra or ColumnLeft. It gives the heading to read by and the columns with their keys, or a Problem.
func (f Form) Arrange(found Heading, columns []SheetColumn, chosen map[int]string) (Heading, []SheetColumn, error) {
	keys := f.keysFound(found)
	taken := map[string]int{}
	for _, column := range columns {
		key, ok := chosen[column.Index]
		if !ok {
			continue
		}
		if key != ColumnExtra && key != ColumnLeft && f.Column(key) < 0 {
			return found, nil, fmt.Errorf("arrange: the form %s has no column %q", f.Key, key)
		}
		if other, twice := taken[key]; twice && key != ColumnExtra && key != ColumnLeft {
			return found, nil, Refuse("column-twice", key, fmt.Sprintf("%s 列和 %s 列都对应“%s”。", ColumnLetters(other), ColumnLetters(column.Index),
				f.Columns[f.Column(key)].Header), "请只留一列，另一列改为“照原样保留”或“不导入”。")
		}
		taken[key] = column.Index
	}
	arranged := slices.Clone(columns)
	for place := range arranged {
		column := &arranged[place]
		key, ok := chosen[column.Index]
		if !ok {
			key = keys[column.Index]
			if _, gone := taken[key]; gone && key != ColumnLeft {
				key = ColumnExtra
			}
		}
		column.Key = key
	}
	heading := f.headingOf(found, arranged)
	for _, key := range f.Identity {
		if heading.Columns[f.Column(key)] < 0 {
			return found, nil, Refuse("columns-missing", key, fmt.Sprintf("还没有指明哪一列是“%s”。", f.Columns[f.Column(key)].Header), "请在列对应里选定这一列。")
		}
	}
	return heading, arranged, nil
}

// keysFound gives by the sheet's column what the headers alone make of it.
func (f Form) keysFound(found Heading) map[int]string {
	keys := map[int]string{}
	for place, column := range found.Columns {
		if column >= 0 {
			keys[column] = f.Columns[place].Key
		}
	}
	for _, column := range found.Unknown {
		keys[column] = ColumnExtra
	}
	return keys
}

func (f Form) headingOf(found Heading, columns []SheetColumn) Heading {
	heading := Heading{Sheet: found.Sheet, Row: found.Row, Date1904: found.Date1904, Columns: make([]int, len(f.Columns)), Headers: make([]string, len(f.Columns))}
	for place := range heading.Columns {
		heading.Columns[place] = -1
	}
	for _, column := range columns {
		switch place := f.Column(column.Key); {
		case place >= 0:
			heading.Columns[place], heading.Headers[place] = column.Index, column.Header
		case column.Key == ColumnExtra:
			heading.Unknown, heading.Strange = append(heading.Unknown, column.Index), append(heading.Strange, column.Header)
		}
	}
	return heading
}

// Rearrange gives the plan with its columns as chosen says, without reading the file again; its rows are to be judged anew.
// Chosen nil leaves the columns as they are.
func (p *ImportPlan) Rearrange(chosen map[int]string) (*ImportPlan, error) {
	next := *p
	if chosen == nil {
		return &next, nil
	}
	var err error
	if next.Heading, next.Columns, err = p.Form.Arrange(p.Found, p.Columns, chosen); err != nil {
		return nil, err
	}
	next.Remembered = false
	from, places := map[int]int{}, next.layout()
	for slot, column := range p.layout() {
		from[column] = slot
	}
	known := len(p.Form.Columns)
	next.Sources = make([]SourceRow, len(p.Sources))
	for place, row := range p.Sources {
		cells := make([]SourceCell, len(places))
		for slot, column := range places {
			if at, ok := from[column]; ok && column >= 0 {
				cells[slot] = row.at(at, known)
			}
		}
		row.Cells, row.Extra = cells[:known:known], cells[known:]
		next.Sources[place] = row
	}
	return &next, nil
}

// layout gives for each place of a row's Cells and Extra the sheet's column, or -1. Columns that are left out stand last, so that
// they can be brought back.
func (p *ImportPlan) layout() []int {
	return slices.Concat(p.Heading.Columns, p.Heading.Unknown, p.leftColumns())
}

// ReadHeading is the heading under which the file's rows are read, with the columns that are left out among the unknown ones.
func (p *ImportPlan) ReadHeading() Heading {
	heading := p.Heading
	heading.Unknown = slices.Concat(heading.Unknown, p.leftColumns())
	return heading
}

func (r *SourceRow) at(slot, known int) SourceCell {
	switch {
	case slot < known && slot < len(r.Cells):
		return r.Cells[slot]
	case slot >= known && slot-known < len(r.Extra):
		return r.Extra[slot-known]
	}
	return SourceCell{}
}

// sampleRows is how many rows are looked at for what stands in a column.
const sampleRows = 50

// TakeSamples fills in what stands first below each header.
func (p *ImportPlan) TakeSamples() {
	slots := map[int]int{}
	for slot, column := range p.layout() {
		slots[column] = slot
	}
	for place := range p.Columns {
		column := &p.Columns[place]
		slot, ok := slots[column.Index]
		for _, row := range p.Sources[:min(len(p.Sources), sampleRows)] {
			if cell := row.at(slot, len(p.Form.Columns)); ok && column.Sample == "" && cell.Kind != CellBlank {
				column.Sample = CleanText(ShownText(cell))
			}
		}
	}
}

// Signature names the kind of sheet by its headers, whatever their order and spelling: sheets with equal signatures are mapped alike.
// It is "" for a sheet without headers.
func (f Form) Signature(columns []SheetColumn) string {
	var headers []string
	for _, place := range signed(columns) {
		headers = append(headers, foldHeader(columns[place].Header))
	}
	return strings.Join(headers, "\x1f")
}

// signed gives the places of the columns with headers, in the order of a signature.
func signed(columns []SheetColumn) []int {
	var places []int
	for place, column := range columns {
		if foldHeader(column.Header) != "" {
			places = append(places, place)
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return strings.Compare(foldHeader(columns[a].Header), foldHeader(columns[b].Header))
	})
	return places
}

// Mapping gives what became of the columns with headers, in the order of a signature, to be remembered; ok is false where that is
// what their headers alone would have made of them.
func (p *ImportPlan) Mapping() (keys []string, ok bool) {
	found := p.Form.keysFound(p.Found)
	for _, column := range p.Columns {
		ok = ok || foldHeader(column.Header) != "" && column.Key != found[column.Index]
	}
	return p.Form.Keys(p.Columns), ok
}

// Keys gives the columns' keys in the order of a signature, to be remembered.
func (f Form) Keys(columns []SheetColumn) []string {
	var keys []string
	for _, place := range signed(columns) {
		keys = append(keys, columns[place].Key)
	}
	return keys
}

// Recall gives what a remembered mapping makes of columns with the same signature, or nil.
func (f Form) Recall(columns []SheetColumn, keys []string) map[int]string {
	places := signed(columns)
	if len(places) != len(keys) {
		return nil
	}
	chosen := map[int]string{}
	for at, place := range places {
		if keys[at] != ColumnExtra && keys[at] != ColumnLeft && f.Column(keys[at]) < 0 {
			return nil
		}
		chosen[columns[place].Index] = keys[at]
	}
	return chosen
}

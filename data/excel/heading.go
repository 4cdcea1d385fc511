package excel

import (
	"context"
	"errors"
	"strings"

	"peixun/data"
)

// errEnough ends a scan that has seen what it wanted.
var errEnough = errors.New("seen enough")

// candidate is a row that may hold the headers.
type candidate struct {
	index      int // the sheet's place in the book
	sheet      string
	row        int
	headers    []string // by the sheet's column, up to the last header
	columns    []int    // as data.Heading.Columns
	known      int      // how many of the form's columns it has
	identified bool     // it has all that the form cannot be without
}

func (c candidate) betterThan(other candidate) bool {
	if c.identified != other.identified {
		return c.identified
	}
	return c.known > other.known
}

// findHeading looks for the headers among a sheet's first rows with content: titles and notes may stand above them.
func (b *book) findHeading(ctx context.Context, index int, form data.Form) (candidate, error) {
	matcher := form.Matcher()
	best := candidate{index: index, sheet: b.infos()[index].Name, headers: []string{}}
	seen := 0
	err := b.scan(ctx, index, func(row *sheetRow) error {
		if found := judgeHeading(row, matcher, form); found.betterThan(best) {
			found.index, found.sheet = best.index, best.sheet
			best = found
		}
		if seen++; seen == headerSearch {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return best, err
}

func judgeHeading(row *sheetRow, matcher data.Matcher, form data.Form) candidate {
	c := candidate{row: row.number, headers: rowTexts(row)}
	c.columns = matcher.Map(c.headers)
	for _, place := range c.columns {
		if place >= 0 {
			c.known++
		}
	}
	c.identified = true
	for _, key := range form.Identity {
		c.identified = c.identified && c.columns[form.Column(key)] >= 0
	}
	return c
}

// rowTexts gives a row's texts by column, up to the last that is not blank, which is all that its length follows.
func rowTexts(row *sheetRow) []string {
	last := len(row.cells) - 1
	for last >= 0 && isInvisible(row.cells[last].text) {
		last--
	}
	if last < 0 {
		return []string{}
	}
	texts := make([]string, row.cells[last].column+1)
	for _, cell := range row.cells[:last+1] {
		texts[cell.column] = cell.text
	}
	return texts
}

// looksLike names another form of ours that the sheet answers to far better, or "".
func (c candidate) looksLike(form data.Form) string {
	for _, other := range data.Forms() {
		if other.Key == form.Key {
			continue
		}
		columns := other.Matcher().Map(c.headers)
		known := 0
		for _, place := range columns {
			if place >= 0 {
				known++
			}
		}
		identified := true
		for _, key := range other.Identity {
			identified = identified && columns[other.Column(key)] >= 0
		}
		if identified && known > c.known {
			return other.Name
		}
	}
	return ""
}

// heading writes the candidate as the form's heading.
func (c candidate) heading(form data.Form, from1904 bool) data.Heading {
	h := data.Heading{Sheet: c.sheet, Row: c.row, Columns: c.columns, Headers: make([]string, len(form.Columns)), Date1904: from1904}
	taken := make([]bool, len(c.headers))
	for i, place := range c.columns {
		if place >= 0 {
			h.Headers[i] = oneLine(c.headers[place])
			taken[place] = true
		}
	}
	for place, header := range c.headers {
		if !taken[place] && !isInvisible(header) && !data.IsBookkeeping(header) {
			h.Unknown = append(h.Unknown, place)
			h.Strange = append(h.Strange, oneLine(header))
		}
	}
	return h
}

func oneLine(header string) string { return strings.Join(strings.Fields(header), " ") }

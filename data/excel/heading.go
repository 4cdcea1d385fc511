package excel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"peixun/data"
)

// errEnough ends a scan that has seen what it wanted.
var errEnough = errors.New("seen enough")

// candidate is a row, or two of them one below the other, that may hold the headers.
type candidate struct {
	index      int // the sheet's place in the book
	sheet      string
	row        int // the lower one
	rows       int
	headers    []string // by the sheet's column, up to the last header: what the form's headers are compared with
	shown      []string // the same for people: an unknown header with its group's title before it
	columns    []int    // as data.Heading.Columns
	known      int      // how many of the form's columns it has
	identified bool     // it has all that the form cannot be without
	filled     bool     // something stands below it
	hidden     bool
}

func (c candidate) betterThan(other candidate) bool {
	if c.identified != other.identified {
		return c.identified
	}
	return c.known > other.known
}

// betterSheetThan compares the best of two sheets: one that the clerk sees before a hidden one, then the one that knows
// more of the form, then the one with rows below its headers.
func (c candidate) betterSheetThan(other candidate) bool {
	switch {
	case c.identified != other.identified:
		return c.identified
	case c.hidden != other.hidden:
		return other.hidden
	case c.known != other.known:
		return c.known > other.known
	}
	return c.filled && !other.filled
}

// headingSearch looks for a form's headers among a sheet's first rows.
type headingSearch struct {
	form    data.Form
	matcher data.Matcher
	merged  []mergedRange
	best    candidate
	above   headRow // the row before, where it stands right above
	last    int     // the last row that holds anything
}

type headRow struct {
	number int
	texts  []string
}

// findHeading looks for the headers among a sheet's first rows with content: titles and notes may stand above them.
func (b *book) findHeading(ctx context.Context, index int, form data.Form) (candidate, error) {
	merged, err := b.merges(ctx, index)
	if err != nil {
		return candidate{}, err
	}
	search := headingSearch{form: form, matcher: form.Matcher(), merged: merged, best: candidate{headers: []string{}}}
	seen := 0
	err = b.scan(ctx, index, func(row *sheetRow) error {
		search.judge(headRow{row.number, rowTexts(row)})
		if seen++; seen == headerSearch || seen >= headerSure && search.best.identified {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	best := search.best
	info := b.infos()[index]
	best.index, best.sheet, best.hidden, best.filled = index, info.Name, info.Hidden, search.last > best.row
	return best, err
}

func (h *headingSearch) judge(row headRow) {
	if len(row.texts) > 0 {
		h.last = row.number
	}
	alone := h.candidate(row.number, 1, row.texts, row.texts)
	if alone.betterThan(h.best) {
		h.best = alone
	}
	if h.above.number == row.number-1 && len(h.above.texts) > 0 && len(row.texts) > 0 {
		if pair, ok := h.pair(h.above, row); ok {
			h.best = pair
		}
	}
	h.above = row
}

func (h *headingSearch) candidate(row, rows int, headers, shown []string) candidate {
	c := candidate{row: row, rows: rows, headers: headers, shown: shown, columns: h.matcher.Map(headers), identified: true}
	for _, place := range c.columns {
		if place >= 0 {
			c.known++
		}
	}
	for _, key := range h.form.Identity {
		c.identified = c.identified && c.columns[h.form.Column(key)] >= 0
	}
	return c
}

// pair takes two rows for one heading: group titles above, headers below. It reports false unless that finds more of the form
// than either row alone or other columns (缴费 above 单位), or the sheet itself says so by merging the two rows in a column that the form cannot be without.
func (h *headingSearch) pair(above, below headRow) (candidate, bool) {
	width := max(len(above.texts), len(below.texts))
	if width > maxPairWidth {
		return candidate{}, false
	}
	headers, shown := make([]string, width), make([]string, width)
	groups, renamed := h.groups(above, width), false
	for column := range width {
		upper, lower := at(above.texts, column), at(below.texts, column)
		switch {
		case isInvisible(lower):
			headers[column], shown[column] = upper, upper
		case groups[column] == "":
			headers[column], shown[column] = lower, lower
		case h.says(groups[column], lower):
			headers[column] = groups[column] + lower
			shown[column] = headers[column]
			renamed = renamed || h.matcher.Match(headers[column]) != h.matcher.Match(lower)
		case h.matcher.Match(lower) >= 0:
			headers[column], shown[column] = lower, lower
		case h.matcher.Match(upper) >= 0 && !h.mergedAcross(above.number, column): // the lower row holds somebody's data
			return candidate{}, false
		default:
			headers[column], shown[column] = lower, groups[column]+" "+lower
		}
		if len(lower) >= identifierLength && isNumber([]byte(lower)) {
			return candidate{}, false
		}
	}
	c := h.candidate(below.number, 2, headers, shown)
	if h.best.betterThan(c) {
		return c, false
	}
	return c, c.betterThan(h.best) || renamed || h.best.row == above.number && c.identified && h.mergedDown(c, above.number)
}

// says tells whether a title and the header below it name a column together (缴费 and 单位), and the title alone another or none.
func (h *headingSearch) says(title, lower string) bool {
	together := h.matcher.Match(title + lower)
	return together >= 0 && together != h.matcher.Match(title)
}

// groups gives for each column the title that stands over it in a row: its own, or that of the merge or the gap it lies in.
func (h *headingSearch) groups(above headRow, width int) []string {
	groups := make([]string, width)
	title := ""
	for column := range width {
		if text := at(above.texts, column); !isInvisible(text) {
			title = text
		}
		groups[column] = title
	}
	for _, merged := range h.merged {
		if merged.top == above.number && merged.left < width && merged.right > merged.left {
			for column := merged.right + 1; column < width && isInvisible(at(above.texts, column)); column++ {
				groups[column] = "" // the sheet says where the group ends
			}
		}
	}
	return groups
}

// mergedAcross tells of a title that stands over several columns.
func (h *headingSearch) mergedAcross(row, column int) bool {
	return slices.ContainsFunc(h.merged, func(m mergedRange) bool { return m.top == row && m.left == column && m.right > column })
}

func (h *headingSearch) mergedDown(c candidate, row int) bool {
	for _, key := range h.form.Identity {
		column := c.columns[h.form.Column(key)]
		if slices.ContainsFunc(h.merged, func(m mergedRange) bool { return m.top <= row && m.bottom == row+1 && m.left == column }) {
			return true
		}
	}
	return false
}

func at(texts []string, column int) string {
	if column < len(texts) {
		return texts[column]
	}
	return ""
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
		search := headingSearch{form: other, matcher: other.Matcher()}
		if found := search.candidate(c.row, c.rows, c.headers, c.shown); found.identified && found.known > c.known {
			return other.Name
		}
	}
	return ""
}

// heading writes the candidate as the form's heading. bare are the columns that hold something and have no header.
func (c candidate) heading(form data.Form, from1904 bool, bare []int) (data.Heading, error) {
	h := data.Heading{Sheet: c.sheet, Row: c.row, Rows: c.rows, Columns: c.columns, Headers: make([]string, len(form.Columns)), Date1904: from1904}
	taken := make([]bool, len(c.headers))
	for i, place := range c.columns {
		if place >= 0 {
			h.Headers[i] = oneLine(c.shown[place])
			taken[place] = true
		}
	}
	for place, header := range c.shown {
		if !taken[place] && !isInvisible(header) && !data.IsBookkeeping(header) {
			h.Unknown = append(h.Unknown, place)
			h.Strange = append(h.Strange, oneLine(header))
		}
	}
	for _, place := range bare {
		before, _ := slices.BinarySearch(h.Unknown, place)
		h.Unknown = slices.Insert(h.Unknown, before, place)
		h.Strange = slices.Insert(h.Strange, before, "（无标题，"+data.ColumnLetters(place)+" 列）")
	}
	if len(h.Unknown) > maxStrange {
		return h, refuse(CodeTooWide, fmt.Sprintf("这张表有 %d 列是程序不认识的，超过了 %d 列。", len(h.Unknown), maxStrange),
			"请删除不要的列（包括右边远处零星的内容）后再导入。").In(data.Place{Sheet: c.sheet})
	}
	return h, nil
}

func oneLine(header string) string { return strings.Join(strings.Fields(header), " ") }

// bareColumns finds the columns that hold something below the headers but have none, so that nothing is dropped silently.
// A mere row counter (1, 2, 3 …) is left out. It keeps the rows below the headers where they are few enough.
func (b *book) bareColumns(ctx context.Context, c candidate, kept *keptRows) ([]int, error) {
	headed := make([]bool, len(c.headers))
	for i, header := range c.headers {
		headed[i] = !isInvisible(header)
	}
	counters := map[int]*counter{}
	err := b.scan(ctx, c.index, func(row *sheetRow) error {
		if row.number <= c.row {
			return nil
		}
		kept.keep(row)
		for i := range row.cells {
			cell := &row.cells[i]
			if cell.column < len(headed) && headed[cell.column] || isInvisible(cell.text) {
				continue
			}
			if counters[cell.column] == nil {
				counters[cell.column] = &counter{}
			}
			counters[cell.column].see(cell.text)
		}
		return nil
	})
	var bare []int
	for column, seen := range counters {
		if seen.broken || seen.count < 2 {
			bare = append(bare, column)
		}
	}
	slices.Sort(bare)
	return bare, err
}

// counter watches whether a column's texts are 1, 2, 3 …
type counter struct {
	count  int
	broken bool
}

func (c *counter) see(text string) {
	if c.broken {
		return
	}
	c.count++
	c.broken = strings.TrimSpace(text) != strconv.Itoa(c.count)
}

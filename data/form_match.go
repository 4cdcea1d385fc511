package data

import (
	"strings"
	"unicode"
)

// ReportHeaders are the columns that an error report adds to the clerk's own: the row's number in the file
// that failed, why it failed, and how to mend it. They are no data: reading a mended report leaves them out.
var ReportHeaders = []string{"原行号", "错误原因", "修改办法"}

// rowCounters number the rows of a sheet and tell nothing of the person, so a re-sorted sheet is no changed sheet.
var rowCounters = []string{"序号", "行号", "no", "no.", "#"}

// Matcher recognises the headers of one form. It is ready to be used for many headers, from many goroutines.
type Matcher struct {
	places map[string]headerMatch
	width  int
}

// headerMatch is the column that a header stands for, and how closely: 0 is the template's own header,
// 1 the first alias, and so on.
type headerMatch struct {
	column, rank int
}

// Matcher prepares the form's headers and aliases for matching.
func (f Form) Matcher() Matcher {
	m := Matcher{places: map[string]headerMatch{}, width: len(f.Columns)}
	for column, declared := range f.Columns {
		for rank, header := range append([]string{declared.Header}, declared.Aliases...) {
			key := foldHeader(header)
			if _, taken := m.places[key]; !taken {
				m.places[key] = headerMatch{column, rank}
			}
		}
	}
	return m
}

// Match gives the form's column that a file's header stands for, or -1. It overlooks spaces, line breaks,
// full-width forms, case, stars and notes such as （必填） or a second line of explanation.
func (f Form) Match(header string) int {
	return f.Matcher().Match(header)
}

// Match gives the form's column that a file's header stands for, or -1, as Form.Match does.
func (m Matcher) Match(header string) int {
	if match, ok := m.find(header); ok {
		return match.column
	}
	return -1
}

// Map gives for each column of the form the place of its header, or -1. Where several headers stand for one
// column, the one nearest to the template's own wins (单位名称 before 部门), then the first.
func (m Matcher) Map(headers []string) []int {
	columns := make([]int, m.width)
	ranks := make([]int, m.width)
	for i := range columns {
		columns[i] = -1
	}
	for place, header := range headers {
		match, ok := m.find(header)
		if !ok || columns[match.column] >= 0 && ranks[match.column] <= match.rank {
			continue
		}
		columns[match.column], ranks[match.column] = place, match.rank
	}
	return columns
}

func (m Matcher) find(header string) (headerMatch, bool) {
	if header == "" {
		return headerMatch{}, false
	}
	for _, key := range headerKeys(header) {
		if match, ok := m.places[key]; ok {
			return match, true
		}
	}
	return headerMatch{}, false
}

// Missing gives the required columns that the sheet lacks, in the form's order.
func (f Form) Missing(heading Heading) []Column {
	var missing []Column
	for place, column := range f.Columns {
		if column.Required && (place >= len(heading.Columns) || heading.Columns[place] < 0) {
			missing = append(missing, column)
		}
	}
	return missing
}

// IsBookkeeping tells whether a header stands over something that is no data of a person: a row counter (序号) or
// a column that an error report added.
func IsBookkeeping(header string) bool {
	for _, key := range headerKeys(header) {
		for _, list := range [][]string{ReportHeaders, rowCounters} {
			for _, known := range list {
				if key == known {
					return true
				}
			}
		}
	}
	return false
}

// headerKeys gives the forms under which a header may be known, the most literal first: the whole, the whole
// without notes in brackets, and both for its first line alone.
func headerKeys(header string) []string {
	whole := foldHeader(header)
	keys := []string{whole, dropNotes(whole)}
	if line, _, several := strings.Cut(strings.TrimSpace(strings.ReplaceAll(header, "\r", "\n")), "\n"); several {
		first := foldHeader(line)
		keys = append(keys, first, dropNotes(first))
	}
	return keys
}

// foldHeader drops what does not tell headers apart: spaces, invisible characters, stars and colons, full-width forms, case.
func foldHeader(header string) string {
	var folded strings.Builder
	for _, r := range header {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '【' || r == '〔':
			r = '['
		case r == '】' || r == '〕':
			r = ']'
		}
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || strings.ContainsRune("*★※:_'\"", r) {
			continue
		}
		folded.WriteRune(unicode.ToLower(r))
	}
	return folded.String()
}

// dropNotes takes the notes off a folded header: brackets before and after it, and the bare words 必填 and 选填.
func dropNotes(folded string) string {
	for {
		shorter := dropNote(folded)
		if shorter == folded || shorter == "" {
			return folded
		}
		folded = shorter
	}
}

func dropNote(folded string) string {
	for _, pair := range []string{"()", "[]"} {
		if strings.HasSuffix(folded, pair[1:]) {
			if open := strings.LastIndex(folded, pair[:1]); open >= 0 {
				return folded[:open]
			}
		}
		if strings.HasPrefix(folded, pair[:1]) {
			if end := strings.Index(folded, pair[1:]); end >= 0 {
				return folded[end+1:]
			}
		}
	}
	for _, note := range []string{"必填项", "选填项", "必填", "选填"} {
		folded = strings.TrimPrefix(strings.TrimSuffix(folded, note), note)
	}
	return folded
}

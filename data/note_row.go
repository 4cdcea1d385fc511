package data

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// noteReader finds the rows of a sheet that stand for no person: totals, signatures, notes, examples, repeated headers.
type noteReader struct {
	form     Form
	heading  Heading
	matcher  Matcher
	order    []int // places among a row's cells and extras, in the sheet's order
	identity []int // the form's columns that tell who it is
	known    *Known
}

func newNoteReader(p *ImportPlan, known *Known) *noteReader {
	r := &noteReader{known: known, form: p.Form, heading: p.Heading, matcher: p.Form.Matcher(), identity: []int{p.Form.Column(fieldID), p.Form.Column(fieldName)}}
	columns := map[int]int{}
	for place, column := range p.Heading.Columns {
		if column >= 0 {
			columns[place] = column
			r.order = append(r.order, place)
		}
	}
	place := len(p.Form.Columns)
	for _, column := range append(slices.Clone(p.Heading.Unknown), p.leftColumns()...) {
		columns[place] = column
		r.order = append(r.order, place)
		place++
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return columns[a] - columns[b] })
	return r
}

// leftColumns gives the sheet's columns that are left out; their cells stand behind those of Heading.Unknown.
func (p *ImportPlan) leftColumns() []int {
	var left []int
	for _, column := range p.Columns {
		if column.Key == ColumnLeft {
			left = append(left, column.Index)
		}
	}
	return left
}

func (r *noteReader) place(row int) Place { return Place{Sheet: r.heading.Sheet, Row: row} }

func (r *noteReader) cell(row SourceRow, place int) string {
	known := len(r.form.Columns)
	switch {
	case place < known && place < len(row.Cells):
		return row.Cells[place].Text
	case place >= known && place-known < len(row.Extra):
		return row.Extra[place-known].Text
	}
	return ""
}

// noteWords begin rows that are no person; none of them begins a name. A word that is not free must end there or be followed by a
// sign or a digit: 审核人：王红 is a signature, 审核部 is somebody's department.
var noteWords = []struct {
	code, kind string
	free       bool
	words      []string
}{
	{"row-total", "合计", true, []string{"合计", "总计", "小计", "共计", "累计", "汇总", "本页小计", "本页合计", "总人数", "人数合计"}},
	{"row-signature", "落款", false, []string{"制表", "制表人", "制表日期", "制表时间", "填表人", "填表日期", "填表时间", "填表单位", "填报人", "填报单位", "填报日期", "填报时间",
		"审核", "审核人", "审批", "审批人", "复核", "复核人", "经办人", "负责人", "单位负责人", "部门负责人", "联系人", "联系电话", "单位盖章", "单位", "盖章", "公章", "签字", "签章", "日期"}},
	{"row-note", "说明", false, []string{"说明", "填表说明", "填写说明", "填报说明", "注意", "注", "注意事项", "备注", "附注", "附件", "以下空白", "以下无正文", "续表", "接上页", "接下页", "转下页", "承前页", "过次页"}},
	{"row-example", "示例", false, []string{"示例", "样例", "填写示例", "填写样例", "范例", "例", "例如"}},
}

// noteSigns follow a word of noteWords that is not free.
const noteSigns = ":(),.;、。-_0123456789"

func startsWithSign(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(noteSigns, first)
}

// exampleMarks fill the first cell of a row that shows how to fill in the sheet, though it has a number.
var exampleMarks = []string{"例", "示例", "样例", "范例", "填写示例", "填写样例", "例)", "示例)", "样例)"}

// note tells whether a row is no person, and what it is. A row with an identity number is one, unless it is marked as the
// example, repeats the headers, or is the template's own example.
func (r *noteReader) note(row SourceRow) (Problem, bool) {
	first := r.first(row)
	name, number := row.Cells[r.identity[1]].Text, row.Cells[r.identity[0]].Text
	switch {
	case number != "" && slices.Contains(exampleMarks, first), r.isTemplateExample(row), isExampleName(name):
		return r.noted("row-example", "示例", row), true
	case number != "" && !holdsDigit(number) && r.matcher.Match(number) == r.identity[0] && r.matcher.Match(name) == r.identity[1]:
		return Warn("row-header", "", "这一行是重复的表头，不是学员。", "不会导入，文件里可以留着。").In(r.place(row.Number)), true
	case r.isOtherHeader(row):
		return Warn("row-header", "", "这一行是另一组表头，列的顺序和上面不同，下面的行会读错列。", "请把下面这一组的列调成和上面一样的顺序，再导入。").In(r.place(row.Number)), true
	case mayBeNumber(number):
		return Problem{}, false
	case isGroupTitle(r.lone(row)):
		return r.noted("row-note", "分组的标题", row), true
	}
	for _, known := range noteWords {
		for _, word := range known.words {
			rest, begins := strings.CutPrefix(first, word)
			if begins && (known.free || rest == "" || startsWithSign(rest)) || compact(name) == word {
				return r.noted(known.code, known.kind, row), true
			}
		}
	}
	if strings.Contains(first, "签字") || strings.Contains(first, "签章") || strings.Contains(first, "盖章") {
		return r.noted("row-signature", "落款", row), true
	}
	return Problem{}, false
}

// isExampleName tells of a name that says that it shows how to fill in the sheet: 张三（示例）, 例：李四.
func isExampleName(name string) bool {
	bare := compact(name)
	return strings.Contains(bare, "示例") || strings.Contains(bare, "样例") || strings.Contains(bare, "范例") || strings.HasPrefix(bare, "例:")
}

// isOtherHeader tells of headers in another order than the sheet's: what says who it is, each in another's column.
func (r *noteReader) isOtherHeader(row SourceRow) bool {
	found := map[int]bool{}
	for _, place := range r.order {
		text := r.cell(row, place)
		if text == "" {
			continue
		}
		if holdsDigit(text) {
			return false
		}
		found[r.matcher.Match(text)] = true
	}
	return found[r.identity[0]] && found[r.identity[1]]
}

// lone gives the only text of a row, or "".
func (r *noteReader) lone(row SourceRow) string {
	only := ""
	for _, place := range r.order {
		switch text := r.cell(row, place); {
		case isBlank(text):
		case only != "":
			return ""
		default:
			only = text
		}
	}
	return only
}

// groupTitle is how the titles of groups and the feet of pages begin: 【第一组】, 一、在编人员, （二）编外, 第1页 共2页.
var groupTitle = regexp.MustCompile(`^(【.*】$|\[.*\]$|[（(]?[一二三四五六七八九十]+[、.．)）]|第[0-9一二三四五六七八九十]+[组批页部章节期班类])`)

func isGroupTitle(text string) bool { return text != "" && groupTitle.MatchString(compact(text)) }

// first gives what stands first in a row, half-width, without spaces, numbering and brackets before it.
func (r *noteReader) first(row SourceRow) string {
	for _, place := range r.order {
		if text := r.cell(row, place); text != "" {
			if bare := strings.TrimLeft(compact(text), "0123456789.、,([【※*'"); bare != "" {
				return bare
			}
		}
	}
	return ""
}

func (r *noteReader) noted(code, kind string, row SourceRow) Problem {
	return Warn(code, "", "这一行是"+kind+"，不是学员。", "不会导入；如果是学员，请选择“导入”。").In(r.place(row.Number))
}

// isTemplateExample tells of the person who stands in our own template's instructions, whom a clerk may have copied. Somebody who is
// stored is no example.
func (r *noteReader) isTemplateExample(row SourceRow) bool {
	for _, column := range r.identity {
		if compact(row.Cells[column].Text) != r.form.Columns[column].Example {
			return false
		}
	}
	_, stored := r.known.People.ByNumber(r.form.Columns[r.identity[0]].Example)
	return !stored
}

// leastNumber is the length of the shortest identity number, a passport's.
const leastNumber = 5

// mayBeNumber tells an identity number, however wrong, from what notes have in its column: 218人, 审核人：李立, 2022年3月1日.
func mayBeNumber(text string) bool {
	signs := 0
	for _, r := range compact(text) {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '*':
			signs++
		case unicode.Is(unicode.Han, r):
			signs = 0
		}
		if signs >= leastNumber {
			return true
		}
	}
	return false
}

func holdsDigit(text string) bool {
	return strings.ContainsAny(text, "0123456789０１２３４５６７８９")
}

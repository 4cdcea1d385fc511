package data

import (
	"strings"
	"unicode/utf8"
)

// rowJudge reads a row's cells under a form and gathers the problems with their places.
type rowJudge struct {
	form     *Form
	row      *SourceRow
	heading  *Heading
	problems []Problem
}

// cell gives the cell of a form's column, blank where the sheet has no such column.
func (j *rowJudge) cell(column int) SourceCell {
	if column < 0 || column >= len(j.row.Cells) {
		return SourceCell{}
	}
	return j.row.Cells[column]
}

// add notes problems of a column's cell. A problem that names another column of the form is placed there.
func (j *rowJudge) add(column int, problems ...Problem) {
	for _, problem := range problems {
		key := ""
		if column >= 0 {
			key = j.form.Columns[column].Key
		}
		if field := problem.Where.Field; field != "" && j.form.Column(field) >= 0 {
			key = field
		}
		j.problems = append(j.problems, problem.In(j.heading.Place(*j.form, j.row.Number, key)))
	}
}

// usable gives a column's cell and whether there is something in it to judge. It tells of a required cell that is blank, and of
// a failed formula: that is an error where the column is required, and else counts as blank.
func (j *rowJudge) usable(column int) (SourceCell, bool) {
	cell := j.cell(column)
	switch {
	case column < 0:
		return cell, false
	case cell.Kind == CellError || isExcelError(cell.Text):
		j.add(column, failedFormula(cell.Text, j.form.Columns[column].Required))
		return cell, false
	case cell.Kind != CellBlank && !isBlank(cell.Text):
		return cell, !j.form.Columns[column].saysNothing(cell.Text)
	}
	if declared := j.form.Columns[column]; declared.Required {
		j.add(column, Refuse(strings.ReplaceAll(declared.Key, "_", "-")+"-missing", declared.Key, "没有填写“"+declared.Header+"”。", "这一列必须填写，请补上。"))
	}
	return cell, false
}

// placeholders are what people write where there is nothing to write.
var placeholders = map[string]bool{"无": true, "暂无": true, "没有": true, "未知": true, "不详": true, "待定": true, "待补": true, "待填": true, "空": true, "空缺": true,
	"/": true, "\\": true, "-": true, "--": true, "—": true, "——": true, "N/A": true, "NA": true, "NULL": true, "NONE": true}

func isPlaceholder(text string) bool {
	const longest = 6 // bytes
	return len(text) <= longest && placeholders[strings.ToUpper(compact(text))]
}

// saysNothing tells of a placeholder in a column where it can be nothing else. Elsewhere it may be an answer: 职称 无.
func (c *Column) saysNothing(text string) bool {
	switch {
	case c.Required:
		return false
	case c.Kind == KindMobile, c.Kind == KindEmail, c.Kind == KindOrganization, c.Kind == KindDate, c.Key == fieldUsername:
		return isPlaceholder(text)
	}
	return false
}

// UncalculatedFormula is what a cell says whose formula was never calculated: a program wrote the file, and Excel has not
// opened it yet. It must not pass for an empty cell.
const UncalculatedFormula = "#公式未计算"

func failedFormula(text string, required bool) Problem {
	what, fix := "这一格是 Excel 的错误值 "+CleanText(text[:min(len(text), maxQuote)]), "请修正公式，或直接填写内容。"
	if text == UncalculatedFormula {
		what, fix = "这一格是公式，文件里没有保存它的结果", "请用 Excel 或 WPS 打开这个文件，保存一次再导入；或直接填写内容。"
	}
	if required {
		return Refuse("cell-error", "", what+"。", fix)
	}
	return Warn("cell-error", "", what+"，按没有填写处理。", fix)
}

// isBlank tells whether nothing would be left of text after cleaning.
func isBlank(text string) bool {
	if text == "" {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(text); first > ' ' && first <= 0x9FFF && (first < 0x7F || first >= 0x4E00) {
		return false
	}
	return CleanText(text) == ""
}

// text gives a column's cleaned text of at most limit runes, on one line.
func (j *rowJudge) text(column, limit int) string {
	cell, ok := j.usable(column)
	if !ok {
		return ""
	}
	if cellDestroyed(cell) || (strings.ContainsRune(cell.Text, '+') && isScientific(compact(cell.Text))) {
		j.add(column, digitsDestroyed())
		return ""
	}
	text, problems := JudgeText(ShownText(cell), limit)
	j.add(column, problems...)
	return text
}

// lines is text for a remark, whose line breaks stay.
func (j *rowJudge) lines(column int) string {
	cell, ok := j.usable(column)
	if !ok {
		return ""
	}
	text, problems := JudgeLines(ShownText(cell), MaxLongText)
	j.add(column, problems...)
	return text
}

func digitsDestroyed() Problem {
	return Refuse("digits-destroyed", "", "Excel 把这个号码当成了数字，15 位以后的数字已经丢失。", "请把这一格设为“文本”格式，再重新输入全部数字。")
}

// name gives the judged name.
func (j *rowJudge) name(column int) string {
	cell, ok := j.usable(column)
	if !ok {
		return ""
	}
	name, problems := JudgeName(ShownText(cell))
	j.add(column, problems...)
	return name
}

// choice gives one of a column's choices, or the text as written with a warning: the platform's own lists are not public,
// so that an unknown word may well be right. other gives the choice that another word stands for.
func (j *rowJudge) choice(column int, other map[string]string) string {
	text := j.text(column, MaxShortText)
	if text == "" {
		return ""
	}
	declared := &j.form.Columns[column]
	for _, choice := range declared.Choices {
		if text == choice {
			return text
		}
	}
	if choice, known := other[compact(text)]; known {
		j.add(column, Fixed("choice-fixed", "", "已把"+quoted(text)+"改为“"+choice+"”。"))
		return choice
	}
	j.add(column, Warn(declared.Key+"-unknown", "", quoted(text)+"不在“"+declared.Header+"”的选项里，会照原样保存。",
		"请核对；选项有 "+strings.Join(declared.Choices, "、")+"。"))
	return text
}

// date gives the judged day.
func (j *rowJudge) date(column int) Date {
	cell, ok := j.usable(column)
	if !ok {
		return ""
	}
	date, err := ParseDate(cell, j.heading.Date1904)
	j.addError(column, err)
	return date
}

// addError notes the Problem that err carries.
func (j *rowJudge) addError(column int, err error) {
	if problem, ok := AsProblem(err); ok {
		j.add(column, problem)
	}
}

// extra gives the filled cells of the columns that the form does not know, by their headers.
func (j *rowJudge) extra() map[string]string {
	var extra map[string]string
	for place, cell := range j.row.Extra {
		if cell.Kind == CellBlank || place >= len(j.heading.Strange) || isBlank(cell.Text) {
			continue
		}
		header := j.extraHeader(place)
		text, problems := JudgeLines(ShownText(cell), MaxLongText)
		if len(problems) > 0 {
			where := Place{Sheet: j.heading.Sheet, Row: j.row.Number, Column: header, Field: "extra"}
			j.problems = append(j.problems, Warn("extra-dropped", "extra", "这一列的内容太长或已损坏，不会保存。", "需要保存的话，请缩短后重新导入。").In(where))
			continue
		}
		if extra == nil {
			extra = make(map[string]string, len(j.row.Extra))
		}
		extra[header] = text
	}
	return extra
}

// extraHeader names an unknown column; without a header of its own, or with one that stands twice, it is told apart by its letters.
func (j *rowJudge) extraHeader(place int) string {
	header := CleanText(j.heading.Strange[place])
	letters := ""
	if place < len(j.heading.Unknown) {
		letters = ColumnLetters(j.heading.Unknown[place])
	}
	if header == "" {
		return letters + " 列"
	}
	for _, earlier := range j.heading.Strange[:place] {
		if CleanText(earlier) == header {
			return header + "（" + letters + " 列）"
		}
	}
	return header
}

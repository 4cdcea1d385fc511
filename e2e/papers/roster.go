package papers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// RosterRows is how many people stand under the roster's header; BadRows of them cannot be imported. A line with the total follows.
const (
	RosterRows = 300
	BadRows    = 12
)

// Roster is what a roster's file holds.
type Roster struct {
	// Good are the people of the rows that can be imported, in the file's order.
	Good []Person
	// Bad says which problem's code the program must give for each bad row, by the sheet's row number.
	Bad map[int]string
	// Fresh counts the good rows whose organisation is not known before the import.
	Fresh int
	// NoMobile counts the good rows without a mobile, which the program warns of.
	NoMobile int
}

// rosterHeaders are as a hospital's own sheet has them, not as our template: aliases, a column that the form does not know.
var rosterHeaders = []string{"序号", "姓名 *", "身份证号码", "性别", "手机号码", "所在部门", "缴费单位", "岗位类别", "职称", "学历", "备注"}

const (
	rosterSheet  = "参训人员"
	rosterHeader = 3 // the header's row: a title and a note stand above
)

// badRow spoils a row in one way.
type badRow struct {
	code  string
	spoil func(cells []any, before Person)
}

// The roster's columns that are spoilt.
const (
	columnName   = 1
	columnID     = 2
	columnMobile = 4
	columnUnit   = 5
)

// badRows are twelve ways in which rosters are wrong; every 25th person is one of them.
var badRows = []badRow{
	{"id-destroyed", func(cells []any, _ Person) { cells[columnID] = 110105199003070000.0 }},
	{"id-destroyed", func(cells []any, _ Person) { cells[columnID] = "1.10105199003071E+17" }},
	{"id-checksum", func(cells []any, _ Person) { cells[columnID] = withOtherCheckDigit(cells[columnID].(string)) }},
	{"id-date", func(cells []any, _ Person) { cells[columnID] = withCheckDigit("11010519900230101") }},
	{"id-future", func(cells []any, _ Person) { cells[columnID] = withCheckDigit("11010520991231101") }},
	{"name-missing", func(cells []any, _ Person) { cells[columnName] = "" }},
	{"mobile-length", func(cells []any, _ Person) { cells[columnMobile] = "1380000041" }},
	{"id-other-name", func(cells []any, before Person) { cells[columnID] = before.IDNumber }},
	{"organization-ambiguous", func(cells []any, _ Person) { cells[columnUnit] = "护理组" }},
	{"name-digit", func(cells []any, _ Person) { cells[columnName] = "王伟2" }},
	{"id-number-missing", func(cells []any, _ Person) { cells[columnID] = "" }},
	{"id-masked", func(cells []any, _ Person) {
		cells[columnID] = cells[columnID].(string)[:6] + "********" + cells[columnID].(string)[14:]
	}},
}

// WriteRoster writes a roster of 300 people, 12 of them wrong.
func WriteRoster(path string) (Roster, error) {
	roster := Roster{Bad: map[int]string{}}
	book := newBook(rosterSheet)
	book.row(1, Unit+"2022年公共知识培训人员名单")
	book.row(2, "填表人：赵晓岚　联系电话：84297523")
	book.strings(rosterHeader, rosterHeaders)
	for n := range RosterRows {
		number := rosterHeader + 1 + n
		one := rosterPerson(n)
		cells := rosterCells(n, one)
		if bad := (n + 1) / (RosterRows / BadRows); (n+1)%(RosterRows/BadRows) == 0 {
			badRows[bad-1].spoil(cells, roster.Good[len(roster.Good)-1])
			roster.Bad[number] = badRows[bad-1].code
		} else {
			roster.count(one)
			sloppy(cells, n)
		}
		book.row(number, cells...)
	}
	book.row(rosterHeader+1+RosterRows, "", "合计", "", "", "", fmt.Sprintf("共 %d 人", RosterRows))
	book.widths(map[string]float64{"B": 18, "C": 22, "E": 16, "F": 20, "G": 14, "H": 16, "I": 14, "J": 12, "K": 20})
	return roster, book.save(path)
}

func (r *Roster) count(one Person) {
	r.Good = append(r.Good, one)
	if one.Mobile == "" {
		r.NoMobile++
	}
	if slices.Index(organizations, one.Organization) >= 4 && one.Organization != "" {
		r.Fresh++
	}
}

// rosterPerson is the nth person with what makes some of them special: rare characters, a name with a dot, no mobile.
func rosterPerson(n int) Person {
	one := person(n)
	switch n {
	case 6:
		one.Name = "李𫰡"
	case 11:
		one.Name = "王䶮"
	case 16:
		one.Name = "阿依古丽·买买提"
	case 80:
		one.Name = "张三丰"
	case 30, 130, 230:
		one.Mobile = ""
	}
	return one
}

func rosterCells(n int, one Person) []any {
	return []any{n + 1, one.Name, one.IDNumber, one.Sex, one.Mobile, strings.ReplaceAll(one.Organization, "/", ">"), one.Payer,
		[]string{"专业技术人员", "管理岗", "工勤"}[n%3], []string{"主治医师", "主管护师", "工程师", ""}[n%4], []string{"大学本科", "硕士研究生", "大学专科"}[n%3], ""}
}

// sloppy writes some cells as people do; the program mends them by itself.
func sloppy(cells []any, n int) {
	number := cells[columnID].(string)
	switch n {
	case 16:
		cells[columnName] = "阿依古丽•买买提"
	case 40:
		cells[columnID] = number[:6] + " " + number[6:14] + " " + number[14:]
	case 60:
		cells[columnMobile] = "+86 " + cells[columnMobile].(string)
	case 80:
		cells[columnName] = "张　三丰"
	}
	if strings.HasSuffix(number, "X") {
		cells[columnID] = strings.ToLower(cells[columnID].(string))
	}
}

// book is a workbook in the making that keeps its first error.
type book struct {
	file  *excelize.File
	sheet string
	text  int // style of a text cell
	err   error
}

func newBook(sheet string) *book {
	b := &book{file: excelize.NewFile(), sheet: sheet}
	b.keep(b.file.SetSheetName("Sheet1", sheet))
	style, err := b.file.NewStyle(&excelize.Style{NumFmt: 49})
	b.text = style
	b.keep(err)
	return b
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// row writes cells; texts become text cells, so that nothing is read as a number.
func (b *book) row(number int, cells ...any) {
	for column, cell := range cells {
		if cell == nil || cell == "" {
			continue
		}
		address, err := excelize.CoordinatesToCellName(column+1, number)
		b.keep(err)
		b.keep(b.file.SetCellValue(b.sheet, address, cell))
		if _, isText := cell.(string); isText {
			b.keep(b.file.SetCellStyle(b.sheet, address, address, b.text))
		}
	}
}

func (b *book) strings(number int, cells []string) {
	texts := make([]any, len(cells))
	for i, cell := range cells {
		texts[i] = cell
	}
	b.row(number, texts...)
}

func (b *book) widths(widths map[string]float64) {
	for column, width := range widths {
		b.keep(b.file.SetColWidth(b.sheet, column, column, width))
	}
}

func (b *book) save(path string) error {
	b.keep(b.file.SaveAs(path))
	if b.err != nil {
		return fmt.Errorf("write %s: %w", path, b.err)
	}
	return b.file.Close()
}

package excel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/data"
)

// awkward is one file of the corpus: how it is made and what must come of it, rows or a problem.
type awkward struct {
	name string
	file string // its name, .xlsx where it is empty
	make func(t testing.TB) []byte
	want string // the rows as tell writes them
	code string // or the problem's code
}

// tell writes rows shortly: cells that hold something with | between them, unknown columns after a +, a mark for what is no text (#
// number, @ date, ? truth value, ! error), ~ before a hidden row, a line for each.
func tell(rows []data.SourceRow) string {
	var lines []string
	for _, row := range rows {
		line := ""
		for i, cell := range append(row.Cells[:len(row.Cells):len(row.Cells)], row.Extra...) {
			if cell.Kind == data.CellBlank {
				continue
			}
			if line != "" {
				line += "|"
			}
			if i >= len(row.Cells) {
				line += "+"
			}
			line += cell.Text + [...]string{"", "", "#", "@", "?", "!"}[cell.Kind]
		}
		if row.Hidden {
			line = "~" + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// minCorpus is how many awkward files the corpus must hold.
const minCorpus = 80

// TestCorpus reads every awkward file as a clerk would, from the disk.
func TestCorpus(t *testing.T) {
	var corpus []awkward
	for _, part := range [][]awkward{workbookCorpus(), sheetCorpus(), textCorpus(), oldExcelCorpus(), officeCorpus(), refusedCorpus(), laterCorpus()} {
		corpus = append(corpus, part...)
	}
	names := map[string]bool{}
	for _, c := range corpus {
		if names[c.name] {
			t.Errorf("two files are called %s", c.name)
		}
		names[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			if c.file == "" {
				c.file = "名单.xlsx"
			}
			path := filepath.Join(t.TempDir(), c.file)
			check(t, os.WriteFile(path, c.make(t), 0o600))
			rows, err := readPath(t, path)
			if c.code != "" {
				wantProblem(t, err, c.code)
				return
			}
			if err != nil {
				t.Fatalf("%v (cause: %v)", err, causeOf(err))
			}
			if got := tell(rows); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
	if len(corpus) < minCorpus {
		t.Errorf("%d files", len(corpus))
	}
	t.Logf("%d awkward files", len(corpus))
}

func readPath(t *testing.T, path string) ([]data.SourceRow, error) {
	opened, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	table, err := opened.Table(t.Context(), "", data.TraineeForm)
	if err != nil {
		return nil, err
	}
	var rows []data.SourceRow
	err = table.Each(t.Context(), func(row data.SourceRow) error { rows = append(rows, row); return nil })
	if err == nil && table.Rows != len(rows) {
		t.Errorf("the table counts %d rows of %d", table.Rows, len(rows))
	}
	return rows, err
}

func literal(content string) func(testing.TB) []byte {
	return func(testing.TB) []byte { return []byte(content) }
}

func ofFixture(name string) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return fixture(t, name) }
}

// changed makes a sound workbook of two people and changes it.
func changed(change func(handMade)) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		book := newHandMade(headerRow("手机号", "出生日期", "籍贯")+twoPeople, "<t>张晓明</t>", "<t>北京</t>")
		change(book)
		return book.bytes(t)
	}
}

const (
	twoPeople = `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><v>a1</v></c><c r="C2"><v>13800000417</v></c><c r="D2" s="1"><v>29221</v></c><c r="E2" t="s"><v>1</v></c></row>` +
		`<row r="3"><c r="A3" t="inlineStr"><is><t>李四</t></is></c><c r="B3" t="str"><v>a2</v></c></row>`
	twoTold = "张晓明|a1|1980-01-01@|13800000417#|+北京\n李四|a2"
)

// sheetOf makes a workbook whose rows below the headers 姓名 身份证号 手机号 出生日期 籍贯 are given.
func sheetOf(rows string, shared ...string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		return newHandMade(headerRow("手机号", "出生日期", "籍贯")+rows, shared...).bytes(t)
	}
}

// gridOf makes a workbook of texts: rows parted by line ends, cells by |.
func gridOf(text string, merged ...string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		var rows [][]string
		for line := range strings.SplitSeq(text, "\n") {
			rows = append(rows, strings.Split(line, "|"))
		}
		return gridBook(rows, merged...).bytes(t)
	}
}

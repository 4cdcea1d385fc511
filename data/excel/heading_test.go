package excel

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// sheets makes a workbook of named sheets, each a slice of rows; a name that begins with - is hidden.
func sheets(t testing.TB, content ...any) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i := 0; i < len(content); i += 2 {
		name := strings.TrimPrefix(content[i].(string), "-")
		_, err := file.NewSheet(name)
		check(t, err)
		for j, row := range content[i+1].([][]string) {
			check(t, file.SetSheetRow(name, cellAddress(0, j+1), &row))
		}
	}
	check(t, file.DeleteSheet("Sheet1"))
	file.SetActiveSheet(len(content)/2 - 1) // the active sheet cannot be hidden
	for i := 0; i < len(content); i += 2 {
		if name := content[i].(string); strings.HasPrefix(name, "-") {
			check(t, file.SetSheetVisible(name[1:], false))
		}
	}
	var out bytes.Buffer
	check(t, file.Write(&out))
	return out.Bytes()
}

func TestHeadersAreFoundUnderTitles(t *testing.T) {
	rows := [][]string{{"XX单位参训人员名单"}, {"填表人：", "张", "电话：", "84297523"}, {}, {"序号", "姓 名*", "身份证号（必填）", "部门"}, {"1", "张晓明", "x", "运维科"}, {"合计", "", "", ""}}
	heading, read := mustRead(t, sheets(t, "名单", rows), "a.xlsx", data.TraineeForm)
	if heading.Row != 4 || heading.Columns[0] != 1 || heading.Headers[0] != "姓 名*" || len(heading.Unknown) != 0 {
		t.Errorf("heading %+v", heading)
	}
	// A row that has only a row counter's text is none: it holds nothing of the form.
	if len(read) != 1 || read[0].Number != 5 {
		t.Errorf("rows %+v", read)
	}
}

func TestTheBestSheetIsTaken(t *testing.T) {
	roster := [][]string{{"姓名", "身份证号"}, {"张晓明", "x"}}
	richer := [][]string{{"姓名", "身份证号", "手机号"}, {"李四", "x", "1"}}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"more columns win":           {sheets(t, "甲", roster, "乙", richer), "乙"},
		"first of equals":            {sheets(t, "甲", roster, "乙", roster), "甲"},
		"visible before hidden":      {sheets(t, "-甲", roster, "乙", roster), "乙"},
		"hidden where nothing else":  {sheets(t, "-甲", roster, "乙", [][]string{{"说明"}}), "甲"},
		"identified before many":     {sheets(t, "甲", [][]string{{"姓名", "手机号", "性别", "学历"}}, "乙", roster), "乙"},
		"empty sheets are no matter": {sheets(t, "甲", [][]string{}, "乙", roster), "乙"},
	} {
		t.Run(name, func(t *testing.T) {
			heading, rows := mustRead(t, c.content, "a.xlsx", data.TraineeForm)
			if heading.Sheet != c.want || len(rows) != 1 {
				t.Errorf("took %s with %d rows, want %s", heading.Sheet, len(rows), c.want)
			}
		})
	}
	heading, _, err := readTable(sheets(t, "甲", roster, "乙", richer), "a.xlsx", "甲", data.TraineeForm)
	if err != nil || heading.Sheet != "甲" {
		t.Errorf("asked for 甲, got %s, %v", heading.Sheet, err)
	}
	_, _, err = readTable(sheets(t, "甲", roster), "a.xlsx", "丙", data.TraineeForm)
	wantProblem(t, err, CodeNoSheet)
}

func TestWrongSheetsAreRefused(t *testing.T) {
	hours := []string{}
	for _, column := range data.HoursForm.Columns {
		hours = append(hours, column.Header)
	}
	for name, c := range map[string]struct {
		rows [][]string
		form data.Form
		says []string
	}{
		"no ID column":      {[][]string{{"姓名", "手机号"}, {"张", "1"}}, data.TraineeForm, []string{"学员", "缺少“身份证号”列"}},
		"nothing fits":      {[][]string{{"a", "b"}}, data.TraineeForm, []string{"“姓名”、“身份证号”"}},
		"empty":             {[][]string{}, data.TraineeForm, []string{"“姓名”、“身份证号”"}},
		"hours as trainees": {[][]string{hours}, data.TraineeForm, []string{"这张表是“线下学时”，不是“学员”"}},
		"trainees as hours": {[][]string{{"姓名", "身份证号", "手机号"}}, data.HoursForm, []string{"这张表是“学员”", "不是“线下学时”"}},
		"headers too deep":  {append(make([][]string, 0), deepHeader()...), data.TraineeForm, []string{"缺少"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readTable(sheets(t, "表", c.rows), "a.xlsx", "", c.form)
			problem := wantProblem(t, err, CodeWrongSheet)
			for _, words := range c.says {
				if !strings.Contains(problem.What, words) {
					t.Errorf("%q does not say %q", problem.What, words)
				}
			}
		})
	}
}

func deepHeader() [][]string {
	var rows [][]string
	for range headerSearch {
		rows = append(rows, []string{"说明"})
	}
	return append(rows, []string{"姓名", "身份证号"})
}

func TestColumnsMayBeMappedByHand(t *testing.T) {
	content := sheets(t, "表", [][]string{{"姓名", "身份证号", "代码"}, {"张晓明", "x", "0127"}})
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), "a.xlsx")
	check(t, err)
	table, err := opened.Table(t.Context(), "", data.TraineeForm)
	check(t, err)
	table.Heading.Columns[data.TraineeForm.Column("staff_number")] = 2
	table.Heading.Unknown, table.Heading.Strange = nil, nil
	check(t, table.Each(t.Context(), func(row data.SourceRow) error {
		if got := cell(data.TraineeForm, row, "staff_number").Text; got != "0127" || len(row.Extra) != 0 {
			t.Errorf("got %q and %v", got, row.Extra)
		}
		return nil
	}))
}

func TestHeadersThatNobodyKnowsAreMappedByHand(t *testing.T) {
	content := sheets(t, "说明", [][]string{{"x"}}, "表", [][]string{{"名单"}, {}, {"谁", "码", "乡"}, {"张晓明", "x", "北京"}})
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), "a.xlsx")
	check(t, err)
	_, err = opened.Table(t.Context(), "表", data.TraineeForm)
	wantProblem(t, err, CodeWrongSheet)
	head, err := opened.Head(t.Context(), "表", 2)
	check(t, err)
	if len(head) != 2 || head[1].Number != 3 || !slices.Equal(head[1].Texts, []string{"谁", "码", "乡"}) {
		t.Fatalf("head %+v", head)
	}
	heading := data.Heading{Sheet: "表", Row: 3, Columns: data.TraineeForm.Matcher().Map(nil), Unknown: []int{2}, Strange: []string{"乡"}}
	heading.Columns[data.TraineeForm.Column("name")], heading.Columns[data.TraineeForm.Column("id_number")] = 0, 1
	table, err := opened.TableAt(t.Context(), heading)
	check(t, err)
	count := 0
	check(t, table.Each(t.Context(), func(row data.SourceRow) error {
		count++
		if cell(data.TraineeForm, row, "name").Text != "张晓明" || row.Extra[0].Text != "北京" || row.Number != 4 {
			t.Errorf("row %+v", row)
		}
		return nil
	}))
	if count != 1 {
		t.Errorf("%d rows", count)
	}
	_, err = opened.TableAt(t.Context(), data.Heading{Sheet: "没有"})
	wantProblem(t, err, CodeNoSheet)
	_, err = opened.Head(t.Context(), "没有", 1)
	wantProblem(t, err, CodeNoSheet)
}

func TestRowsThatShowNothingArePassedOver(t *testing.T) {
	rows := [][]string{{"姓名", "身份证号", "手机号"}, {" ", "\u3000", "\u200b"}, {"张晓明", "x", ""}, {"", "", "\u00a0"}, {"李四", "", ""}}
	_, read := mustRead(t, sheets(t, "表", rows), "a.xlsx", data.TraineeForm)
	if len(read) != 2 || read[0].Number != 3 || read[1].Number != 5 {
		t.Fatalf("rows %+v", read)
	}
	for _, row := range read {
		if got := cell(data.TraineeForm, row, "mobile"); got != (data.SourceCell{}) {
			t.Errorf("row %d holds %q of the row above", row.Number, got.Text)
		}
	}
}

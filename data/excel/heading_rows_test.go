package excel

import (
	"slices"
	"strings"
	"testing"

	"peixun/data"
)

// told writes rows shortly: number, the wanted cells, the extra ones.
func told(form data.Form, rows []data.SourceRow, keys ...string) string {
	var lines []string
	for _, row := range rows {
		var texts []string
		for _, key := range keys {
			texts = append(texts, cell(form, row, key).Text)
		}
		for _, extra := range row.Extra {
			texts = append(texts, "+"+extra.Text)
		}
		lines = append(lines, strings.Join(texts, "|"))
	}
	return strings.Join(lines, "\n")
}

// TestLibreOfficeAwkward reads a sheet with headers in two rows under a title, a merged unit, hidden and filtered rows, formulas, a
// long text, dates from 1904 and a column without header, beside a hidden sheet.
func TestLibreOfficeAwkward(t *testing.T) {
	for _, file := range []string{"awkward.xlsx", "awkward.xls"} {
		t.Run(file, func(t *testing.T) {
			opened, err := Open("testdata/" + file)
			check(t, err)
			defer opened.Close()
			table, err := opened.Table(t.Context(), "", data.TraineeForm)
			check(t, err)
			var rows []data.SourceRow
			check(t, table.Each(t.Context(), func(row data.SourceRow) error { rows = append(rows, row); return nil }))
			heading := table.Heading
			if heading.Sheet != "名单" || heading.Row != 3 || heading.Rows != 2 || !heading.Date1904 || !slices.Equal(heading.Strange, []string{"（无标题，H 列）"}) {
				t.Errorf("heading %+v", heading)
			}
			got := told(data.TraineeForm, rows, "name", "organization", "category", "mobile", "email")
			want := "张晓明|信息中心|管理岗|13800000417|a@b.cn|+补充\n李四|信息中心|工勤|13800000418|1980-01-01|+\n" +
				"王五|信息中心|工勤|3|#N/A|+" + strings.Repeat("长", 9000) + "\n赵六|财务处||||+"
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if table.Rows != 4 || table.Hidden != 2 || !rows[2].Hidden || !rows[3].Hidden {
				t.Errorf("%d rows, %d hidden", table.Rows, table.Hidden)
			}
		})
	}
}

// gridBook makes a workbook of one sheet from texts, with merged cells.
func gridBook(rows [][]string, merged ...string) handMade {
	var cells strings.Builder
	for i, row := range rows {
		cells.WriteString(`<row>`)
		for column, text := range row {
			if text != "" {
				cells.WriteString(`<c r="` + cellAddress(column, i+1) + `" t="str"><v>` + text + `</v></c>`)
			}
		}
		cells.WriteString(`</row>`)
	}
	book := newHandMade(cells.String())
	if len(merged) > 0 {
		refs := `<mergeCells><mergeCell ref="` + strings.Join(merged, `"/><mergeCell ref="`) + `"/></mergeCells>`
		book["xl/worksheets/sheet1.xml"] = strings.Replace(book["xl/worksheets/sheet1.xml"], "</sheetData>", "</sheetData>"+refs, 1)
	}
	return book
}

func TestHeadersInTwoRows(t *testing.T) {
	for _, c := range []struct {
		name    string
		rows    [][]string
		merged  []string
		row     int
		headers string // of the keys below
		strange string
		first   string // the first row's cells
	}{
		{"groups above, merged", [][]string{{"姓名", "身份证号", "单位信息", "", "家庭情况"}, {"", "", "所属单位", "岗位类别", "籍贯"}, {"甲", "1", "财务处", "工勤", "北京"}},
			[]string{"A1:A2", "B1:B2", "C1:D1"}, 2, "姓名|身份证号||所属单位|", "家庭情况 籍贯", "甲|1||财务处||+北京"},
		{"groups above, not merged (CSV)", [][]string{{"姓名", "身份证号", "单位信息", ""}, {"", "", "所属单位", "缴费单位"}, {"甲", "1", "财务处", "局"}},
			nil, 2, "姓名|身份证号||所属单位|缴费单位", "", "甲|1||财务处|局"},
		{"the group's title says which", [][]string{{"姓名", "身份证号", "缴费", "组织"}, {"", "", "单位", "机构"}, {"甲", "1", "局", "处"}},
			nil, 2, "姓名|身份证号||组织机构|缴费单位", "", "甲|1||处|局"},
		{"all below a group", [][]string{{"基本情况", "", "缴费", ""}, {"姓名", "身份证号", "单位", "其他"}, {"甲", "1", "局", "x"}},
			nil, 2, "姓名|身份证号|||缴费单位", "缴费 其他", "甲|1|||局|+x"},
		{"nothing but the merge tells", [][]string{{"姓名", "身份证号", "家庭", ""}, {"", "", "籍贯", "民族"}, {"甲", "1", "北京", "汉"}},
			[]string{"A1:A2", "B1:B2", "C1:D1"}, 2, "姓名|身份证号|||", "家庭 籍贯|家庭 民族", "甲|1||||+北京|+汉"},
		{"a row of data is no header", [][]string{{"姓名", "身份证号", "栏目"}, {"甲", "1", "部门"}},
			nil, 1, "姓名|身份证号|||", "栏目", "甲|1||||+部门"},
		{"a title above changes nothing", [][]string{{"2022年名单"}, {"姓名", "身份证号", "手机"}, {"甲", "1", "2"}},
			[]string{"A1:C1"}, 2, "姓名|身份证号|手机||", "", "甲|1|2||"},
		{"a row of hints below is data", [][]string{{"姓名", "身份证号", "单位"}, {"必填", "18位", "从下拉框选择"}},
			nil, 1, "姓名|身份证号||单位|", "", "必填|18位||从下拉框选择|"},
		{"notes are no headers", [][]string{{"姓名", "身份证号"}, {"（空）", "_"}},
			nil, 1, "姓名|身份证号|||", "", "（空）|_|||"},
		{"an empty row parts them", [][]string{{"姓名", "身份证号", "联系方式"}, {}, {"甲", "1", "2"}},
			nil, 1, "姓名|身份证号|联系方式||", "", "甲|1|2||"},
	} {
		t.Run(c.name, func(t *testing.T) {
			heading, rows := mustRead(t, gridBook(c.rows, c.merged...).bytes(t), "a.xlsx", data.TraineeForm)
			var headers []string
			keys := []string{"name", "id_number", "mobile", "organization", "payer"}
			for _, key := range keys {
				headers = append(headers, heading.Headers[data.TraineeForm.Column(key)])
			}
			if heading.Row != c.row || strings.Join(headers, "|") != c.headers || strings.Join(heading.Strange, "|") != c.strange {
				t.Errorf("row %d, headers %q, strange %q", heading.Row, headers, heading.Strange)
			}
			if first := told(data.TraineeForm, rows[:1], keys...); first != c.first {
				t.Errorf("first row %s, want %s", first, c.first)
			}
		})
	}
}

func TestMergedCellsCountForAllRows(t *testing.T) {
	rows := [][]string{{"姓名", "身份证号", "单位", "工号", "民族"}, {"甲", "110101199003070011", "财务处", "7", "汉"}, {"乙", "2"}, {"", "3", "自己的"},
		{}, {"丁", "5"}, {"戊", "6"}, {"", "", "", "", ""}, {"", "", "无主", ""}}
	book := gridBook(rows, "C2:C6", "D2:D3", "B2:B3", "E2:E3", "A8:A9", "C8:D9")
	_, read := mustRead(t, book.bytes(t), "a.xlsx", data.TraineeForm)
	got := told(data.TraineeForm, read, "name", "id_number", "organization", "staff_number")
	want := "甲|110101199003070011|财务处|7|+汉\n乙|2|财务处||+汉\n|3|自己的||+\n丁|5|财务处||+\n戊|6|||+\n||无主||+"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// A row of which only merged cells remain is no row.
	_, read = mustRead(t, gridBook([][]string{{"姓名", "身份证号", "单位"}, {"甲", "x", "处"}, {" "}}, "A2:A3", "B2:B3", "C2:C3").bytes(t), "a.xlsx", data.TraineeForm)
	if len(read) != 1 {
		t.Errorf("%d rows of one merged one", len(read))
	}
	for _, ref := range []string{"", "C2", "B2:A1", "A0:A2", "A1:XFE2", "x"} {
		_, _, err := readTable(gridBook(rows, ref).bytes(t), "a.xlsx", "", data.TraineeForm)
		if ref == "C2" {
			check(t, err)
			continue
		}
		wantProblem(t, err, CodeDamaged)
	}
}

func TestColumnsWithoutHeaderAreKept(t *testing.T) {
	rows := [][]string{{"", "姓名", "身份证号", "", "手机号", "手机号"}, {"1", "甲", "1", "", "138", "139", "", "远处"}, {"2", "乙", "2", "甲乙", "", "", " "}}
	heading, read := mustRead(t, gridBook(rows).bytes(t), "a.xlsx", data.TraineeForm)
	if strings.Join(heading.Strange, "|") != "（无标题，D 列）|手机号|（无标题，H 列）" || !slices.Equal(heading.Unknown, []int{3, 5, 7}) {
		t.Errorf("unknown %v %q", heading.Unknown, heading.Strange)
	}
	if got := told(data.TraineeForm, read, "name", "mobile"); got != "甲|138|+|+139|+远处\n乙||+甲乙|+|+" {
		t.Errorf("got %s", got)
	}
	wide := make([]string, maxStrange+3)
	wide[0], wide[1] = "姓名", "身份证号"
	for i := 2; i < len(wide); i++ {
		wide[i] = "列" + data.ColumnLetters(i)
	}
	_, _, err := readTable(gridBook([][]string{wide}).bytes(t), "a.xlsx", "", data.TraineeForm)
	wantProblem(t, err, CodeTooWide)
}

func TestSheetsWithRowsWinOverHeadersAlone(t *testing.T) {
	head := []string{"姓名", "身份证号"}
	heading, rows := mustRead(t, sheets(t, "模板", [][]string{head}, "名单", [][]string{{"标题"}, head, {"甲", "1"}}), "a.xlsx", data.TraineeForm)
	if heading.Sheet != "名单" || len(rows) != 1 {
		t.Errorf("took %s", heading.Sheet)
	}
	heading, _ = mustRead(t, sheets(t, "-旧", [][]string{append(head, "手机号"), {"甲", "1"}}, "名单", [][]string{head}), "a.xlsx", data.TraineeForm)
	if heading.Sheet != "名单" {
		t.Error("a hidden sheet was taken before one that the clerk sees")
	}
}

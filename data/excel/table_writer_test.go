package excel

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"peixun/data"
)

// pairs makes an export's rows of a slice.
func pairs(rows [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// exportForm reads back what exports write: a form whose columns have the export's headers.
func exportForm(headers ...string) data.Form {
	form := data.Form{Key: "export", Name: "导出", Identity: []string{headers[0]}}
	for _, header := range headers {
		form.Columns = append(form.Columns, data.Column{Key: header, Header: header})
	}
	return form
}

func TestTableWritesTypesThatExcelUnderstands(t *testing.T) {
	columns := []OutColumn{{"用户名", 0, OutText}, {"余额", 0, OutMoney}, {"人数", 0, OutInteger}, {"学时", 0, OutHours}, {"日期", 0, OutDate}, {"时间", 0, OutDate}}
	var out bytes.Buffer
	check(t, WriteTable(&out, "学员/导出", columns, pairs([][]any{
		{"20220301161802103", data.Money(-1), 42, data.Hours(2995), data.Date("2022-03-09"), data.Moment("2022-03-09 08:30:01")},
		{data.TraineeEnabled, data.MaxMoney, int64(math.MaxInt64), data.Hours(0), data.Date("不详"), data.Moment("")},
		{"=HYPERLINK(1)", data.Money(math.MinInt64), nil, nil, data.Date("1900-01-01"), nil},
	})))
	_, rows := mustRead(t, out.Bytes(), "a.xlsx", exportForm("用户名", "余额", "人数", "学时", "日期", "时间"))
	want := [][]data.SourceCell{
		{{Text: "20220301161802103", Kind: data.CellText}, {Text: "-0.01", Kind: data.CellNumber}, {Text: "42", Kind: data.CellNumber},
			{Text: "29.95", Kind: data.CellNumber}, {Text: "2022-03-09", Kind: data.CellDate}, {Text: "2022-03-09 08:30:01", Kind: data.CellDate}},
		{{Text: "启用", Kind: data.CellText}, {Text: "99999999.99", Kind: data.CellNumber}, {Text: "9223372036854775807", Kind: data.CellText},
			{Text: "0.00", Kind: data.CellNumber}, {Text: "不详", Kind: data.CellText}, {}},
		{{Text: "=HYPERLINK(1)", Kind: data.CellText}, {Text: "-92233720368547758.08", Kind: data.CellText}, {}, {}, {Text: "1900-01-01", Kind: data.CellText}, {}},
	}
	for i, row := range rows {
		for j, got := range row.Cells {
			if got != want[i][j] {
				t.Errorf("row %d column %d: %+v, want %+v", i, j, got, want[i][j])
			}
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows, want %d", len(rows), len(want))
	}
	file, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	check(t, err)
	defer file.Close()
	if formula, err := file.GetCellFormula("学员 导出", "A4"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q (%v)", formula, err)
	}
}

func TestTableKeepsMoneyToTheCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		money := data.Money(rapid.Int64Range(-maxExactNumber+1, maxExactNumber-1).Draw(t, "money"))
		var out bytes.Buffer
		if err := WriteTable(&out, "a", []OutColumn{{"金额", 0, OutMoney}}, pairs([][]any{{money}})); err != nil {
			t.Fatal(err)
		}
		_, rows, err := readTable(out.Bytes(), "a.xlsx", "", exportForm("金额"))
		if err != nil || rows[0].Cells[0].Kind != data.CellNumber {
			t.Fatalf("%v %+v", err, rows)
		}
		whole, cents, _ := strings.Cut(rows[0].Cells[0].Text, ".")
		digits := strings.TrimLeft(strings.TrimPrefix(whole, "-")+(cents + "00")[:2], "0")
		want := strings.TrimPrefix(data.Money(money).String(), "-")
		want = strings.TrimLeft(strings.NewReplacer(",", "", ".", "").Replace(want), "0")
		if digits != want || len(cents) > 2 || strings.HasPrefix(whole, "-") != (money < 0) {
			t.Fatalf("%d 分 reads back as %s", money, rows[0].Cells[0].Text)
		}
	})
}

func TestRowsThatFailLeaveNoWorkbook(t *testing.T) {
	broken := errors.New("database gone")
	for _, count := range []int{0, 1, 50_000} {
		var out bytes.Buffer
		err := WriteTable(&out, "a", []OutColumn{{"姓名", 0, OutText}}, func(yield func([]any, error) bool) {
			for range count {
				if !yield([]any{"张晓明"}, nil) {
					return
				}
			}
			yield(nil, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if _, _, err := readTable(out.Bytes(), "a.xlsx", "", exportForm("姓名")); err == nil {
			t.Errorf("%d rows and an error leave a workbook", count)
		}
	}
}

func TestTableRefusesRowsThatDoNotFit(t *testing.T) {
	columns := []OutColumn{{"姓名", 0, OutText}}
	if err := WriteTable(io.Discard, "a", columns, pairs([][]any{{"a", "b"}})); err == nil {
		t.Error("a row of two values fits one column")
	}
	if err := WriteTable(io.Discard, "a", columns, pairs([][]any{{3.5}})); err == nil || !strings.Contains(err.Error(), "float64") {
		t.Errorf("a float64 gives %v", err)
	}
	err := WriteTable(io.Discard, "a", columns, func(yield func([]any, error) bool) {
		for range maxRows {
			if !yield([]any{nil}, nil) {
				return
			}
		}
	})
	wantProblem(t, err, CodeSheetFull)
}

func TestTableRefusesWhatExcelWouldCutOff(t *testing.T) {
	var out bytes.Buffer
	err := WriteTable(&out, "a", []OutColumn{{"备注", 0, OutText}}, pairs([][]any{{strings.Repeat("长", maxCellRunes+1)}}))
	wantProblem(t, err, CodeCellLong)
	check(t, WriteTable(&out, "a", []OutColumn{{"备注", 0, OutText}}, pairs([][]any{{strings.Repeat("长", maxCellRunes)}, {"a\x01b"}})))
	_, rows := mustRead(t, out.Bytes(), "a.xlsx", exportForm("备注"))
	if len(rows) != 2 || len([]rune(rows[0].Cells[0].Text)) != maxCellRunes || rows[1].Cells[0].Text != "ab" {
		t.Errorf("%d rows; the longest text has %d characters", len(rows), len([]rune(rows[0].Cells[0].Text)))
	}
}

// TestTableLeavesNoTemporaryFiles: personal data must not lie about in a temporary folder, as excelize would leave it when killed.
func TestTableLeavesNoTemporaryFiles(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	long := strings.Repeat("长", 5000)
	var out bytes.Buffer
	check(t, WriteTable(&out, "a", []OutColumn{{"备注", 0, OutText}}, func(yield func([]any, error) bool) {
		for range 2000 { // 30 MB: past what excelize keeps in memory
			if !yield([]any{long}, nil) {
				return
			}
		}
		if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
			t.Errorf("%d temporary files (%v)", len(files), err)
		}
	}))
	opened, err := OpenReader(bytes.NewReader(out.Bytes()), int64(out.Len()), "a.xlsx")
	check(t, err)
	table, err := opened.Table(context.Background(), "", exportForm("备注"))
	check(t, err)
	count := 0
	check(t, table.Each(context.Background(), func(data.SourceRow) error { count++; return nil }))
	if count != 2000 {
		t.Errorf("%d rows, want 2000", count)
	}
}

func TestSumsAreFormulas(t *testing.T) {
	columns := []OutColumn{{"机构", 0, OutText}, {"金额", 0, OutMoney}}
	var out bytes.Buffer
	check(t, WriteTable(&out, "报表", columns, pairs([][]any{
		{"甲", data.Money(1_00)}, {"乙", data.Money(2_50)}, {"丙", data.Money(7)}, {"丁", data.Money(3_00)},
		{"合计", Sum{Rows: []int{2, 3, 5}, Value: data.Money(6_50)}}, {"空", Sum{Value: data.Money(0)}},
	})))
	book, err := excelize.OpenReader(&out)
	check(t, err)
	defer book.Close()
	formula, err := book.GetCellFormula("报表", "B6")
	check(t, err)
	calculated, err := book.CalcCellValue("报表", "B6", excelize.Options{RawCellValue: true})
	check(t, err)
	stored, err := book.GetCellValue("报表", "B6", excelize.Options{RawCellValue: true})
	check(t, err)
	if formula != "SUM(B2:B3,B5)" || calculated != "6.5" || stored != "6.50" {
		t.Errorf("formula %s gives %s, stored %s", formula, calculated, stored)
	}
	if none, err := book.GetCellFormula("报表", "B7"); err != nil || none != "" {
		t.Errorf("formula of nothing: %q %v", none, err)
	}
}

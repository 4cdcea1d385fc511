package excel

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// rosterFile makes a workbook with shared strings, as Excel itself writes them.
func rosterFile(t testing.TB, rows int) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	headers := []any{"姓名", "证件类型", "身份证号", "性别", "出生日期", "手机号", "组织机构", "人员类别", "工号", "备注"}
	check(t, file.SetSheetRow("Sheet1", "A1", &headers))
	for i := 2; i <= rows+1; i++ {
		check(t, file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i), &[]any{fmt.Sprintf("张晓%d", i%5000), "居民身份证", fmt.Sprintf("110101199003%06d", i),
			"男", 32874 + i%9000, fmt.Sprintf("138%08d", i), fmt.Sprintf("信息中心>运维%d科", i%40), "专业技术人员", i, ""}))
	}
	var out bytes.Buffer
	check(t, file.Write(&out))
	return out.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkReading compares our reading (open, verify, find the headers, tell all rows) with bare excelize Rows(), in turns
// on the same file, and reports ours as a share of it:
//
//	go test ./data/excel -run '^$' -bench Reading -benchtime 3x
func BenchmarkReading(b *testing.B) {
	for _, rows := range []int{20_000, 100_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			content := rosterFile(b, rows)
			var ours, theirs time.Duration
			b.ResetTimer()
			for range b.N {
				start := time.Now()
				if _, got := readAll(b, content); got != rows {
					b.Fatalf("%d rows", got)
				}
				ours += time.Since(start)
				start = time.Now()
				if got := readWithExcelize(b, content); got != rows+1 {
					b.Fatalf("excelize gives %d rows", got)
				}
				theirs += time.Since(start)
			}
			b.ReportMetric(float64(ours)/float64(theirs), "share-of-excelize")
			b.ReportMetric(float64(ours.Milliseconds())/float64(b.N), "ms/ours")
			b.ReportMetric(float64(theirs.Milliseconds())/float64(b.N), "ms/excelize")
		})
	}
}

func readAll(b testing.TB, content []byte) (data.Heading, int) {
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), "a.xlsx")
	check(b, err)
	defer opened.Close()
	table, err := opened.Table(context.Background(), "", data.TraineeForm)
	check(b, err)
	count := 0
	check(b, table.Each(context.Background(), func(data.SourceRow) error { count++; return nil }))
	return table.Heading, count
}

func readWithExcelize(b testing.TB, content []byte) int {
	file, err := excelize.OpenReader(bytes.NewReader(content))
	check(b, err)
	defer file.Close()
	rows, err := file.Rows("Sheet1")
	check(b, err)
	defer rows.Close()
	count := 0
	for rows.Next() {
		_, err := rows.Columns(excelize.Options{RawCellValue: true})
		check(b, err)
		count++
	}
	check(b, rows.Error())
	return count
}

// BenchmarkOurs is for profiles.
func BenchmarkOurs(b *testing.B) {
	content := rosterFile(b, 20_000)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		readAll(b, content)
	}
}

// BenchmarkWriting writes an export of 100,000 rows and 10 columns.
func BenchmarkWriting(b *testing.B) {
	columns := []OutColumn{{"余额", 0, OutMoney}, {"日期", 0, OutDate}}
	row := []any{data.Money(12345), data.Date("2022-03-09")}
	for i := range 8 {
		columns, row = append(columns, OutColumn{fmt.Sprintf("列%d", i), 0, OutText}), append(row, "11010119900307001X")
	}
	b.ReportAllocs()
	for range b.N {
		var out bytes.Buffer
		check(b, WriteTable(&out, "导出", columns, func(yield func([]any, error) bool) {
			for range 100_000 {
				if !yield(row, nil) {
					return
				}
			}
		}))
	}
}

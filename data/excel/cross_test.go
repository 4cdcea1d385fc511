package excel

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"peixun/data"
)

// TestExcelizeAgrees writes random workbooks with excelize, cell by cell or as a stream, and compares what we read with what excelize
// itself reads raw.
func TestExcelizeAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns, rows := rapid.IntRange(1, 6).Draw(t, "columns"), rapid.IntRange(0, 8).Draw(t, "rows")
		var headers []string
		for i := range columns {
			headers = append(headers, fmt.Sprintf("列%d", i))
		}
		values := make([][]any, rows)
		for i := range values {
			for range columns {
				values[i] = append(values[i], randomValue(t))
			}
		}
		content := writeWithExcelize(t, headers, values, rapid.Bool().Draw(t, "stream"))
		_, read, err := readTable(content, "a.xlsx", "", exportForm(headers...))
		if err != nil {
			t.Fatalf("%v: %v", err, causeOf(err))
		}
		theirs := rawRows(t, content, columns)
		at := 0
		for number := 2; number <= len(theirs); number++ {
			line := theirs[number-1]
			if isInvisible(strings.Join(line, "")) {
				continue
			}
			if at == len(read) || read[at].Number != number {
				t.Fatalf("row %d is missing", number)
			}
			for i, want := range line {
				compareCell(t, number, read[at].Cells[i], values[number-2][i], want)
			}
			at++
		}
		if at != len(read) {
			t.Fatalf("%d rows too many", len(read)-at)
		}
	})
}

func randomValue(t *rapid.T) any {
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Int64Range(-1e15, 1e15).Draw(t, "int")
	case 2:
		return rapid.Float64Range(-1e9, 1e9).Draw(t, "float")
	case 3:
		return rapid.Bool().Draw(t, "bool")
	case 4:
		return time.Unix(rapid.Int64Range(-2_000_000_000, 4_000_000_000).Draw(t, "moment"), 0).UTC()
	case 5:
		return rapid.SampledFrom(oddTexts).Draw(t, "odd")
	}
	return rapid.StringMatching(`[ -~一-龥]{0,12}`).Draw(t, "text")
}

func writeWithExcelize(t *rapid.T, headers []string, values [][]any, asStream bool) []byte {
	file := excelize.NewFile()
	defer file.Close()
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	top := make([]any, len(headers))
	for i, header := range headers {
		top[i] = header
	}
	lines := append([][]any{top}, values...)
	if asStream {
		stream, err := file.NewStreamWriter("Sheet1")
		fail(err)
		for i, line := range lines {
			fail(stream.SetRow(cellAddress(0, i+1), line))
		}
		fail(stream.Flush())
	} else {
		for i, line := range lines {
			fail(file.SetSheetRow("Sheet1", cellAddress(0, i+1), &line))
		}
	}
	var out bytes.Buffer
	fail(file.Write(&out))
	return out.Bytes()
}

// rawRows reads with excelize; every row is as long as the header.
func rawRows(t *rapid.T, content []byte, columns int) [][]string {
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := file.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		for len(rows[i]) < columns {
			rows[i] = append(rows[i], "")
		}
	}
	return rows
}

// compareCell allows for what we tell better: dates as dates and truth as words.
func compareCell(t *rapid.T, number int, got data.SourceCell, written any, raw string) {
	want := data.SourceCell{Text: raw, Kind: data.CellNumber}
	switch value := written.(type) {
	case nil:
		want = data.SourceCell{}
	case string:
		want.Kind = data.CellText
		if value == "" {
			want = data.SourceCell{}
		}
		if got.Text == value { // excelize does not always escape _x000D_ and its like, nor read back what it escaped
			want.Text = value
		}
	case bool:
		want = data.SourceCell{Text: strings.ToUpper(strconv.FormatBool(value)), Kind: data.CellBool}
	case time.Time:
		if value.Year() >= 1900 && value.After(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)) {
			want = data.SourceCell{Text: strings.TrimSuffix(value.Format("2006-01-02 15:04:05"), " 00:00:00"), Kind: data.CellDate}
		}
	}
	if got != want {
		t.Fatalf("row %d: %#v was written, excelize reads %q, we read %+v, want %+v", number, written, raw, got, want)
	}
}

package excel

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
)

// TestExportReadsBackTheSame writes random rows as an export and reads them: every text, amount and date must come back.
func TestExportReadsBackTheSame(t *testing.T) {
	columns := []OutColumn{{"姓名", 0, OutText}, {"金额", 0, OutMoney}, {"日期", 0, OutDate}, {"备注", 0, OutText}}
	form := exportForm("姓名", "金额", "日期", "备注")
	rapid.Check(t, func(t *rapid.T) {
		var rows [][]any
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			rows = append(rows, []any{"名" + rapid.SampledFrom(oddTexts).Draw(t, "odd"), data.Money(rapid.Int64Range(-1e14, 1e14).Draw(t, "money")),
				data.Date(rapid.SampledFrom([]string{"1900-03-01", "1980-02-29", "2022-12-31", "9999-12-31"}).Draw(t, "date")), "注" + rapid.StringMatching(`[ -~一-龥𫰡䶮]{0,12}`).Draw(t, "text")})
		}
		var out bytes.Buffer
		if err := WriteTable(&out, "导出", columns, rowsOf(rows...)); err != nil {
			t.Fatal(err)
		}
		_, read, err := readTable(out.Bytes(), "a.xlsx", "", form)
		if err != nil || len(read) != len(rows) {
			t.Fatalf("%d of %d rows, %v", len(read), len(rows), err)
		}
		for i, row := range rows {
			want := []data.SourceCell{{Text: row[0].(string), Kind: data.CellText}, {Text: hundredths(int64(row[1].(data.Money))).text, Kind: data.CellNumber},
				{Text: string(row[2].(data.Date)), Kind: data.CellDate}, {Text: row[3].(string), Kind: data.CellText}}
			for column := range want {
				if read[i].Cells[column] != want[column] {
					t.Fatalf("row %d: %+v, want %+v", i, read[i].Cells[column], want[column])
				}
			}
		}
	})
}

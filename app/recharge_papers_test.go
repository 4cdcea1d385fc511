package app_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
)

// cellsOf reads every cell of a workbook's first sheet.
func cellsOf(t testing.TB, path string) [][]string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	must(t, err)
	defer book.Close()
	return got[[][]string](t)(book.GetRows(book.GetSheetName(0)))
}

func TestExportedLedgerIsMaskedAndAgreesWithItsTotals(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	h.Charge("2022-05-01 09:00:00", batch.Number, people[:3]...)
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 2, "=1+1 充错了"))
	path := filepath.Join(t.TempDir(), "充值明细.xlsx")
	query := data.RechargeQuery{BatchID: batch.ID, Sort: "at"}
	if count := got[int](t)(h.ExportRecharges(ctx, path, query, app.Disclosure{})); count != 4 {
		t.Errorf("%d lines", count)
	}
	rows := cellsOf(t, path)
	text := ""
	for _, row := range rows {
		text += strings.Join(row, "|") + "\n"
	}
	if strings.Contains(text, datatest.IDNumber(0)) || !strings.Contains(text, app.MaskIDNumber(datatest.IDNumber(0))) || !strings.Contains(text, "=1+1 充错了") || !strings.Contains(text, "-40.00") {
		t.Errorf("sheet:\n%s", text)
	}
	book, err := excelize.OpenFile(path)
	must(t, err)
	defer book.Close()
	for row := range rows {
		for column := range rows[row] {
			cell, _ := excelize.CoordinatesToCellName(column+1, row+1)
			want := map[string]string{"L6": "SUM(L2:L5)"}[cell]
			if formula := got[string](t)(book.GetCellFormula(book.GetSheetName(0), cell)); formula != want {
				t.Errorf("%s holds the formula %q, want %q", cell, formula, want)
			}
		}
	}
	if last := rows[len(rows)-1]; last[2] != "合计" || last[11] != "80.00" {
		t.Errorf("the last row sums %q", last)
	}
	for reason, code := range map[string]string{"": "reason-missing", "34052419800101001X": "id-in-wrong-column"} {
		refused(t, second(h.ExportRecharges(ctx, path, query, app.Disclosure{Full: true, Reason: reason})), code)
	}
	got[int](t)(h.ExportRecharges(ctx, path, query, app.Disclosure{Full: true, Reason: "平台核对"}))
	if rows := cellsOf(t, path); rows[1][5] != datatest.IDNumber(0) && rows[2][5] != datatest.IDNumber(0) && rows[3][5] != datatest.IDNumber(0) {
		t.Errorf("with a reason: %v", rows[1])
	}
	if log := got[[]data.AuditEntry](t)(h.Audit(ctx, "平台核对", 5)); len(log) != 1 || log[0].Action != "recharge.reveal" {
		t.Errorf("log %+v", log)
	}
}

func TestRechargeSheetHoldsWhatStands(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	h.Charge("2022-05-01 09:00:00", batch.Number, people[:3]...)
	h.Charge("2022-05-02 09:00:00", batch.Number, people[3])
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 2, "充错了"))
	run := got[[]data.RechargeRunRow](t)(h.RechargeRuns(ctx, batch.ID))[2]
	sheet := got[data.RechargeSheet](t)(h.RechargeSheet(ctx, data.RechargeQuery{RunID: run.ID}, app.Disclosure{}))
	if len(sheet.Rows) != 2 || sheet.Total != 80_00 || sheet.Capitals != "捌拾元整" || sheet.ChargedAt != "2022-05-01 09:00:00" || sheet.BatchNumber != batch.Number || sheet.OrderNumber != batch.OrderNumber ||
		sheet.PlanNumber != h.Plan.Number || sheet.PreparedBy != "赵晓岚" || sheet.Rows[1].Number != 2 || strings.Contains(sheet.Rows[0].IDNumber, datatest.IDNumber(0)) {
		t.Errorf("sheet %+v", sheet)
	}
	whole := got[data.RechargeSheet](t)(h.RechargeSheet(ctx, data.RechargeQuery{BatchID: batch.ID}, app.Disclosure{}))
	if len(whole.Rows) != 3 || whole.ChargedAt != "" || whole.BatchNumber == "" {
		t.Errorf("of the batch: %+v", whole)
	}
	refused(t, second(h.RechargeSheet(ctx, data.RechargeQuery{Text: "没有这个人"}, app.Disclosure{})), "sheet-empty")
	var pdf bytes.Buffer
	if made := got[app.Written](t)(h.WriteRechargeSheet(ctx, &pdf, data.RechargeQuery{RunID: run.ID}, app.Disclosure{})); made.Pages != 1 || len(made.Warnings) > 0 {
		t.Errorf("made %+v", made)
	}
}

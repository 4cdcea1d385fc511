package data_test

import (
	"testing"

	"peixun/data"
)

func TestRechargeSheetNumbersAndSumsItsRows(t *testing.T) {
	sheet := data.NewRechargeSheet(data.RechargeSheet{Rows: []data.RechargeSheetRow{{Amount: 40_00}, {Amount: 12_34}, {Amount: -12_34}}})
	if sheet.Total != 40_00 || sheet.Capitals != "肆拾元整" || sheet.Rows[0].Number != 1 || sheet.Rows[2].Number != 3 {
		t.Errorf("sheet = %+v", sheet)
	}
}

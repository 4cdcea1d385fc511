package data

import "testing"

func TestRechargeSheetNumbersAndSumsItsRows(t *testing.T) {
	sheet := NewRechargeSheet(RechargeSheet{Rows: []RechargeSheetRow{{Amount: 40_00}, {Amount: 12_34}, {Amount: -12_34}}})
	if sheet.Total != 40_00 || sheet.Capitals != "肆拾元整" || sheet.Rows[0].Number != 1 || sheet.Rows[2].Number != 3 {
		t.Errorf("sheet = %+v", sheet)
	}
}

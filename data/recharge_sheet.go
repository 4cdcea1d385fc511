package data

// RechargeSheet is what a 充值确认表 says: who was recharged from one batch, for the unit to sign.
// Personal numbers stand in it as they are printed: masked, or whole where a reason was given.
type RechargeSheet struct {
	Unit        string
	PlanName    string
	PlanNumber  string
	BatchNumber string
	OrderNumber string
	ChargedAt   Moment // when the batch was charged to; "" where the sheet is of a selection that is not one run
	Rows        []RechargeSheetRow
	Total       Money  // of Rows, reversals counted
	Capitals    string // Total in the capital figures of 《支付结算办法》
	PreparedBy  string // the administrator's name
	At          Moment // when the sheet was made
}

// RechargeSheetRow is one person of a 充值确认表.
type RechargeSheetRow struct {
	Number       int // from 1
	Name         string
	IDNumber     string // masked: 110101********0011
	Organization string // the path below the root
	Amount       Money  // negative for a reversal
}

// NewRechargeSheet numbers the rows and sums them in figures and in capitals.
func NewRechargeSheet(sheet RechargeSheet) RechargeSheet {
	sheet.Total = 0
	for place := range sheet.Rows {
		sheet.Rows[place].Number = place + 1
		sheet.Total += sheet.Rows[place].Amount
	}
	sheet.Capitals = sheet.Total.Capitals()
	return sheet
}

//go:build ci

package reports

import (
	"testing"

	"peixun/data"
	"peixun/views/desk/desktest"
)

// TestLook draws both pages. Set PEIXUN_LOOK to a folder to keep the pictures.
func TestLook(t *testing.T) {
	for _, look := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"light", desktest.Width, desktest.Height, false}, {"dark", desktest.Width, desktest.Height, true}, {"wide", 1720, 1000, false}, {"small", 824, 600, false}} {
		t.Run(look.name, func(t *testing.T) {
			f := newFixture(t, look.width, look.height, look.dark)
			f.page(NewAccounts, nil)
			f.Picture("accounts-empty-" + look.name)
			f.year()
			accounts := f.page(NewAccounts, nil)
			f.Picture("accounts-month-" + look.name)
			accounts.showRecords(accounts.table.all[0], accounts.table.columns[2])
			f.Picture("accounts-records-" + look.name)
			f.page(NewAccounts, data.ReportQuery{Kind: data.ReportOrders, By: data.ByOrganization, From: "2022-04-01"})
			f.Picture("accounts-organization-" + look.name)
			f.page(NewAccounts, data.ReportQuery{Kind: data.ReportRecharges, By: data.ByMonth, Then: data.ByState})
			f.Picture("recharges-" + look.name)
			f.page(NewPlans, nil)
			f.Picture("plans-" + look.name)
			plans := f.page(NewPlans, data.ReportQuery{Kind: data.ReportPlan, By: data.ByOrganization})
			f.Picture("plans-organization-" + look.name)
			plans.showRecords(plans.table.all[0], plans.table.columns[6])
			f.Picture("plans-records-" + look.name)
			f.page(NewPlans, data.ReportQuery{Kind: data.ReportHours})
			f.Picture("hours-" + look.name)
			f.page(NewPlans, data.ReportQuery{Kind: data.ReportHours, State: "没有"})
			f.Picture("hours-nothing-" + look.name)
		})
	}
}

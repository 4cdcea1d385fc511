package app_test

import (
	"slices"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
)

// TestReportsAddUpWhateverHappens: every report, in every grouping and every second grouping, comes to the same total as its rows, while
// organisations are renamed, moved and merged, people change places, orders are refused and voided, invoices reversed, recharges made in
// parts and taken back.
func TestReportsAddUpWhateverHappens(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	organization := func(name string) data.Organization {
		for _, one := range got[data.OrganizationTree](t)(h.Organizations(ctx)).List() {
			if one.Name == name {
				return one
			}
		}
		t.Fatalf("no organisation %s", name)
		return data.Organization{}
	}
	people := h.People("")
	var first, second data.Order
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"nothing yet", func() {}},
		{"orders", func() {
			first = h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 12)
			second = h.Approved("2022-04-10 09:00:00", "2022-05-13 10:00:00", 12)
			h.Draft("2022-06-10 09:00:00", 3)
		}},
		{"a part recharged", func() { h.Charge("2022-04-14 09:00:00", first.BatchNumber, people[:5]...) }},
		{"the rest recharged", func() { h.Charge("2022-05-14 09:00:00", second.BatchNumber, people[5:14]...) }},
		{"one taken back", func() { got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 2, "充错了")) }},
		{"invoiced", func() { got[data.Order](t)(h.InvoiceOrder(ctx, first.ID, "044002100111", "2022-06-01")) }},
		{"the invoice reversed", func() { got[data.Order](t)(h.ReverseInvoice(ctx, first.ID, "2022-06-02", "抬头写错")) }},
		{"an order refused", func() {
			got[data.Order](t)(h.RejectOrder(ctx, h.Submitted("2022-06-03 09:00:00", 2).ID, "凭证不清", ""))
		}},
		{"an order void", func() { got[data.Order](t)(h.VoidOrder(ctx, h.Draft("2022-06-04 09:00:00", 2).ID, "重复")) }},
		{"an organisation renamed", func() {
			renamed := organization("骨科")
			renamed.Name = "骨一科"
			got[int64](t)(h.SaveOrganization(ctx, renamed))
		}},
		{"moved", func() {
			got[data.OrganizationChange](t)(h.MoveOrganization(ctx, organization("急诊科").ID, organization("护理部").ID))
		}},
		{"merged", func() {
			got[data.OrganizationChange](t)(h.MergeOrganizations(ctx, organization("骨一科").ID, organization("信息中心").ID))
		}},
		{"people moved", func() { got[data.TraineeChange](t)(h.MoveTrainees(ctx, people[3:6], organization("后勤保障部"))) }},
		{"people merged", func() {
			got[data.MergeResult](t)(h.MergeTrainees(ctx, data.MergeRequest{Keep: people[0], Drop: people[20:21]}))
		}},
		{"people disabled", func() { got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[6:8], data.TraineeDisabled)) }},
	} {
		step.do()
		for _, kind := range data.ReportKinds {
			reportsAddUp(t, h, kind, step.name)
		}
		healthy(t, h.App)
	}
	orders := got[data.Report](t)(h.Report(ctx, data.ReportQuery{Kind: data.ReportOrders, By: data.ByState}))
	figure := func(key string) data.Money { return data.Money(orders.Total[data.ReportOrders.Place(key)]) }
	if figure("approved") != 960_00 || figure("recharged") != 520_00 || figure("invoiced") != 0 || figure("amount") != 1160_00 || figure("submitted") != 960_00 {
		t.Errorf("the year comes to %v", orders.Total)
	}
}

func reportsAddUp(t *testing.T, h *apptest.Hospital, kind data.ReportKind, after string) {
	t.Helper()
	var total []int64
	for _, by := range kind.Dimensions() {
		for _, then := range append([]data.Dimension{""}, kind.Dimensions()...) {
			if kind == data.ReportPlan && by != data.ByPlan && then != data.ByPlan {
				continue // counts the plan in force alone
			}
			report := got[data.Report](t)(h.Report(ctx, data.ReportQuery{Kind: kind, By: by, Then: then}))
			if total == nil {
				total = report.Total
			}
			groups, rows, top := make([]int64, len(total)), make([]int64, len(total)), make([]int64, len(total))
			for place := range total {
				for _, group := range report.Groups {
					groups[place] += group.Own[place]
					if group.Depth == 0 {
						top[place] += group.Sum[place]
					}
				}
				for _, fact := range report.Facts {
					rows[place] += fact.Figures[place]
				}
			}
			if !slices.Equal(report.Total, total) || !slices.Equal(groups, total) || !slices.Equal(rows, total) || !slices.Equal(top, total) {
				t.Errorf("after %s, %s by %s then %s: total %v, groups %v, rows %v, top %v, other groupings %v", after, kind, by, then, report.Total, groups, rows, top, total)
			}
		}
	}
}

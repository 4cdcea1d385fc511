package app_test

import (
	"context"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// TestPeoplePaidFor has three departments of which one pays for itself; the root pays for the others.
func TestPeoplePaidFor(t *testing.T) {
	a, ctx := apptest.New(t), context.Background()
	tree, err := a.Organizations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	root := tree.Root().ID
	ids := map[string]int64{"本院": root}
	for _, name := range []string{"骨科", "急诊科", "药房"} {
		if ids[name], err = a.SaveOrganization(ctx, data.Organization{Name: name, ParentID: root}); err != nil {
			t.Fatal(err)
		}
	}
	pharmacy := data.Organization{ID: ids["药房"], Name: "药房", ParentID: root, PayerID: ids["药房"]}
	if _, err := a.SaveOrganization(ctx, pharmacy); err != nil {
		t.Fatal(err)
	}
	for n, organization := range []string{"骨科", "骨科", "急诊科", "药房", "药房", "药房"} {
		cells := map[string]string{"name": datatest.Name(n), "id_number": datatest.IDNumber(n + 1), "mobile": datatest.Mobile(n), "organization": organization}
		if row, err := a.AddTrainee(ctx, cells); err != nil || row.Outcome != data.OutcomeNew {
			t.Fatalf("trainee %d: %v %v", n, row.Problems, err)
		}
	}
	// A sub-ward of the pharmacy pays through it; of two people in 急诊科 one has the pharmacy for a payer of his own, one is disabled.
	if ids["制剂室"], err = a.SaveOrganization(ctx, data.Organization{Name: "制剂室", ParentID: ids["药房"]}); err != nil {
		t.Fatal(err)
	}
	// The people of 服务站 have it for their payer, which lies below 本院.
	if ids["服务站"], err = a.SaveOrganization(ctx, data.Organization{Name: "服务站", ParentID: ids["本院"]}); err != nil {
		t.Fatal(err)
	}
	for n, cells := range map[int]map[string]string{23: {"organization": "服务站", "payer": "服务站"}, 20: {"organization": "药房/制剂室"}, 21: {"organization": "急诊科", "payer": "药房"}, 22: {"organization": "急诊科"}} {
		cells["name"], cells["id_number"], cells["mobile"] = datatest.Name(n), datatest.IDNumber(n+1), datatest.Mobile(n)
		if row, err := a.AddTrainee(ctx, cells); err != nil || row.Outcome != data.OutcomeNew {
			t.Fatalf("trainee %d: %v %v", n, row.Problems, err)
		}
	}
	disabled, err := a.TraineeIDs(ctx, data.TraineeQuery{Name: datatest.Name(22)})
	if err != nil || len(disabled) != 1 {
		t.Fatalf("%v, %v", disabled, err)
	}
	if _, err := a.SetTraineeStatus(ctx, disabled, data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"本院": 3, "骨科": 2, "急诊科": 1, "药房": 5, "制剂室": 1, "服务站": 1} {
		if got, err := a.PeoplePaidFor(ctx, ids[name]); err != nil || got != want {
			t.Errorf("%s pays for %d (%v), want %d", name, got, err, want)
		}
		if all, err := a.PaidPeople(ctx); err != nil || all[ids[name]] != want {
			t.Errorf("of all, %s pays for %d (%v), want %d", name, all[ids[name]], err, want)
		}
	}
	for _, c := range []struct {
		lines string
		want  string
	}{
		{"骨科 急诊科", ""}, {"本院 药房", ""}, {"本院 制剂室", ""}, {"本院 服务站", ""}, // who has another payer is counted once
		{"本院 骨科", "“骨科”已经包含在“本院”里，2 人算了两遍。"},
		{"急诊科 骨科 本院", "“急诊科”已经包含在“本院”里，1 人算了两遍。“骨科”已经包含在“本院”里，2 人算了两遍。"},
		{"制剂室 药房", "“制剂室”已经包含在“药房”里，1 人算了两遍。"},
	} {
		if got := overlaps(t, a, ids, strings.Fields(c.lines)); got != c.want {
			t.Errorf("%s: %s, want %s", c.lines, got, c.want)
		}
	}
}

// overlaps gives the warnings that people are counted in several lines of an order.
func overlaps(t *testing.T, a *app.App, ids map[string]int64, names []string) string {
	t.Helper()
	order := data.Order{Mode: data.PayFirst}
	for _, name := range names {
		order.Lines = append(order.Lines, data.OrderLine{OrganizationID: ids[name], OrganizationPath: name, Amount: 1})
	}
	gaps, err := a.OrderGaps(context.Background(), order)
	if err != nil {
		t.Fatal(err)
	}
	found := ""
	for _, gap := range gaps {
		if gap.Code == data.LineInside {
			found += gap.What
		}
	}
	return found
}

// TestInvoiceDetails offers each different set once, the latest first, without what became of its invoice.
func TestInvoiceDetails(t *testing.T) {
	a, ctx := apptest.New(t), context.Background()
	plan, err := a.CurrentPlan(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"甲单位", "甲单位", "乙单位"} {
		order, err := a.NewOrder(ctx, plan, data.PayFirst)
		if err != nil {
			t.Fatal(err)
		}
		order.Invoice.Title, order.Invoice.Remark = title, "只用一次"
		if _, err := a.SaveOrder(ctx, order); err != nil {
			t.Fatal(err)
		}
	}
	found, err := a.InvoiceDetails(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, one := range found {
		titles = append(titles, one.Invoice.Title)
		if one.Invoice.Remark != "" || one.Invoice.State != "" {
			t.Errorf("%s carries %q and %q", one.Source, one.Invoice.Remark, one.Invoice.State)
		}
	}
	if len(titles) != 3 || titles[0] != "乙单位" || titles[1] != "甲单位" || titles[2] != apptest.Unit {
		t.Errorf("offers %q", titles)
	}
}

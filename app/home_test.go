package app_test

import (
	"fmt"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestHomeSumsTheYear(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	approved := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 10)
	h.Submitted("2022-06-02 09:00:00", 4)
	h.Submitted("2022-06-05 09:00:00", 5)
	h.Draft("2022-06-16 09:00:00", 2)
	rejected := h.Submitted("2022-05-10 09:00:00", 3)
	got[data.Order](t)(h.RejectOrder(ctx, rejected.ID, "看不清", ""))
	void := h.Draft("2022-06-16 10:00:00", 7)
	got[data.Order](t)(h.VoidOrder(ctx, void.ID, "重复"))
	people := h.People("")
	h.Charge("2022-04-14 09:00:00", approved.BatchNumber, people[:2]...)
	h.Charge("2022-05-14 09:00:00", approved.BatchNumber, people[2])
	h.At("2022-06-01 09:00:00")
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	h.At("2022-06-17 13:02:11")
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[20:22], data.TraineeDisabled))
	got[app.MadeLetter](t)(h.MakeLetter(ctx, approved.ID))
	var lines []string
	people = h.People("")
	disabled := 0 // as its factory numbers them
	for n := 1; n <= 24; n++ {
		if found := got[data.Trainee](t)(h.Trainee(ctx, people[20])); found.Name == datatest.Name(n) {
			disabled = n
		}
	}
	for n, hours := range map[int]string{1: "30", 2: "29.99", 3: "15", disabled: "30"} {
		days := "2022-05-09,2022-05-12"
		lines = append(lines, fmt.Sprintf("%s,%s,集训,%s,%s", datatest.Name(n), datatest.IDNumber(n), days, hours))
	}
	lines = append(lines, fmt.Sprintf("%s,%s,补课,2022-06-01,2022-06-02,15", datatest.Name(3), datatest.IDNumber(3)))
	plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, append([]string{"姓名,身份证号,培训名称,开始日期,结束日期,学时"}, lines...)...), app.ImportOptions{PlanID: h.Plan.ID}))
	if outcomes(plan) != "新增 5" {
		t.Fatalf("%s %+v", outcomes(plan), plan.Rows)
	}
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))

	home := got[data.Home](t)(h.Home(ctx))
	incomplete := got[data.TraineeTotals](t)(h.TraineeTotals(ctx, data.TraineeQuery{Incomplete: true, Status: data.TraineeEnabled})).Count
	want := data.Home{
		Plan: home.Plan, Trainees: 24, Enabled: 22, Incomplete: incomplete, Uncharged: 20,
		Orders: 5, Paid: 19 * 40_00, Unpaid: 22 - 19, Drafts: 1, Waiting: 2, WaitingSum: 9 * 40_00, WaitingFrom: "2022-06-02 09:00:00",
		Approved: 400_00, Recharged: 80_00, RechargedTo: 2, Left: 320_00, Uninvoiced: 1, UninvoicedSum: 400_00, UninvoicedFrom: "2022-04-13 10:00:00",
		WithHours: 3, Reached: 2, Letters: 1,
	}
	months := home.Months
	home.Months = nil
	if fmt.Sprint(home) != fmt.Sprint(want) {
		t.Errorf("home\n got %+v\nwant %+v", home, want)
	}
	if incomplete == 0 || home.Plan.Number != h.Plan.Number {
		t.Errorf("%d without a mobile, plan %s", incomplete, home.Plan.Number)
	}
	shown := map[string]data.HomeMonth{}
	var paid, recharged data.Money
	for _, month := range months {
		shown[month.Month] = month
		paid, recharged = paid+month.Paid, recharged+month.Recharged
	}
	for month, want := range map[string]data.HomeMonth{
		"2022-03": {Month: "2022-03", Paid: 400_00}, "2022-04": {Month: "2022-04", Recharged: 80_00}, "2022-05": {Month: "2022-05", Recharged: 40_00, Reached: 1},
		"2022-06": {Month: "2022-06", Paid: 360_00, Recharged: -40_00, Reached: 1}, "2022-12": {Month: "2022-12"},
	} {
		if shown[month] != want {
			t.Errorf("%s: %+v, want %+v", month, shown[month], want)
		}
	}
	if len(months) != 12 || paid != home.Paid || recharged != home.Recharged {
		t.Errorf("the months sum to %s and %s, the year to %s and %s", paid, recharged, home.Paid, home.Recharged)
	}
	other := got[data.Plan](t)(h.PlanByNumber(ctx, "20210420151309274"))
	must(t, h.ChoosePlan(ctx, other))
	if home := got[data.Home](t)(h.Home(ctx)); home.Orders != 0 || home.Paid != 0 || home.Recharged != 0 || home.Uncharged != 22 || home.Plan.Number != other.Number {
		t.Errorf("of another plan: %+v", home)
	}
}

func TestRecentActionsLeaveLoginsOut(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	h.Draft("2022-06-16 09:00:00", 2)
	h.Lock()
	if err := h.Login(ctx, apptest.User, apptest.Password); err != nil {
		t.Fatal(err)
	}
	recent := got[[]data.AuditEntry](t)(h.RecentActions(ctx, 2))
	if len(recent) != 2 || !strings.HasPrefix(recent[0].Action, "order.") {
		t.Errorf("%+v", recent)
	}
}

func TestHomeOfAnEmptyUnit(t *testing.T) {
	a := apptest.New(t)
	home := got[data.Home](t)(a.Home(ctx))
	months := home.Months
	home.Months = nil
	if fmt.Sprint(home) != fmt.Sprint(data.Home{Plan: home.Plan}) || len(months) != 12 || home.Plan.Year != 2022 {
		t.Errorf("home = %+v", home)
	}
}

func TestUnitAndPlansAreJudged(t *testing.T) {
	a := newUnit(t)
	root := got[data.OrganizationTree](t)(a.Organizations(ctx)).Root().ID
	for name, organization := range map[string]data.Organization{
		"organization-name": {ParentID: root, Name: " "}, "organization-exists": {ParentID: root, Name: " 骨科 "},
	} {
		unchanged(t, a, func() {
			_, err := a.SaveOrganization(ctx, organization)
			refused(t, err, name)
		})
	}
	for _, wrong := range []string{"甲/乙", "甲>乙", datatest.IDNumber(1)} {
		if _, err := a.SaveOrganization(ctx, data.Organization{ParentID: root, Name: wrong}); err == nil {
			t.Errorf("an organisation is named %q", wrong)
		}
	}
	unchanged(t, a, func() {
		refused(t, a.RemoveOrganization(ctx, data.Organization{ID: 2, Name: "院本部"}), "organization-used")
	})
	plan := got[data.Plan](t)(a.CurrentPlan(ctx))
	for name, change := range map[string]struct {
		code   string
		change func(*data.Plan)
	}{
		"letters in the number": {"plan-number", func(p *data.Plan) { p.Number = "2022A" }}, "no number": {"plan-number", func(p *data.Plan) { p.Number = "" }},
		"no name": {"plan-name", func(p *data.Plan) { p.Name = "" }}, "ends before it starts": {"plan-end", func(p *data.Plan) { p.EndsAt = "2000-01-01 00:00:00" }},
		"another plan's number":  {"plan-exists", func(p *data.Plan) { p.ID, p.Number = 0, "20210420151309274" }},
		"a year that is none":    {"plan-year", func(p *data.Plan) { p.Year = 22 }},
		"a price below nothing":  {"plan-price", func(p *data.Plan) { p.Price = -1 }},
		"a target below nothing": {"plan-target", func(p *data.Plan) { p.Target = -1 }},
	} {
		wrong := plan
		change.change(&wrong)
		unchanged(t, a, func() {
			_, err := a.SavePlan(ctx, wrong)
			if problem, ok := data.AsProblem(err); !ok || problem.Code != change.code {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	fresh := got[int64](t)(a.SavePlan(ctx, data.Plan{Number: "20230301161802103", Name: "2023年", Year: 2023, StartsAt: "2023-03-01 00:00:00", EndsAt: "2023-12-31 23:59:59"}))
	if current := got[data.Plan](t)(a.CurrentPlan(ctx)); current.ID != fresh {
		t.Errorf("the newest plan is not the one in force: %+v", current)
	}
	must(t, a.ChoosePlan(ctx, plan))
	if current := got[data.Plan](t)(a.CurrentPlan(ctx)); current.ID != plan.ID {
		t.Errorf("the chosen plan is not the one in force: %+v", current)
	}
	refused(t, a.SaveProfile(ctx, data.Profile{Name: "赵晓岚", Address: datatest.IDNumber(1)}), "id-in-wrong-column")
}

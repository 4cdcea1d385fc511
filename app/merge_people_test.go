package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// standing writes out what a merge must keep or give back of people: their data, money, hours and open requests.
func standing(t testing.TB, a *app.App, ids ...int64) string {
	t.Helper()
	var all strings.Builder
	for _, id := range ids {
		trainee, err := a.Trainee(ctx, id)
		if err != nil {
			fmt.Fprintln(&all, id, "nowhere")
			continue
		}
		trainee.UpdatedAt = ""
		hours := got[[]int64](t)(a.HoursIDs(ctx, data.OfflineHoursQuery{TraineeID: id}))
		rows := got[[]data.OfflineHoursRow](t)(a.HoursRows(ctx, hours))
		var titles []string
		for _, row := range rows {
			titles = append(titles, row.Title+row.Hours.String())
		}
		slices.Sort(titles)
		fmt.Fprintln(&all, id, trainee, got[data.Money](t)(a.Balances(ctx, []int64{id})), titles)
	}
	for _, request := range got[[]data.PasswordReset](t)(a.PasswordResets(ctx)) {
		fmt.Fprintln(&all, "open", request.TraineeID)
	}
	return all.String()
}

func importHours(t testing.TB, h *apptest.Hospital, lines ...string) *data.ImportPlan {
	t.Helper()
	lines = append([]string{"姓名,身份证号,培训名称,开始日期,结束日期,学时"}, lines...)
	plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, lines...), app.ImportOptions{PlanID: h.Plan.ID}))
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))
	return plan
}

func who(n int) string { return datatest.Name(n) + "," + datatest.IDNumber(n) }

// twins are four people of whom the first three turn out to be one: two were recharged, two attended the same lecture.
func twins(t testing.TB) (*apptest.Hospital, []int64) {
	h := apptest.NewHospital(t, 4)
	ids := h.People("")
	order := h.Approved("2022-06-14 10:26:00", "2022-06-16 09:00:00", 10)
	h.Charge("2022-06-17 09:00:00", order.BatchNumber, ids[0], ids[1])
	importHours(t, h, who(0)+",讲座,2022-05-09,2022-05-09,4", who(1)+",讲座,2022-05-09,2022-05-09,6", who(1)+",论坛,2022-05-10,2022-05-10,2", who(2)+",参观,2022-05-11,2022-05-11,3")
	got[[]int64](t)(h.RequestPasswordReset(ctx, []int64{ids[1], ids[3]}))
	return h, ids
}

func TestMergedPeopleAreOneAndAnUndoMakesThemSeveralAgain(t *testing.T) {
	h, ids := twins(t)
	before := standing(t, h.App, ids...)
	request := data.MergeRequest{Keep: ids[0], Drop: []int64{ids[1], ids[2]}, Take: map[string]int64{"id_number": ids[1], "mobile": ids[2], "username": ids[2], "organization": ids[1]}}
	preview := got[data.MergePreview](t)(h.PreviewMerge(ctx, request))
	if preview.Balance != 80_00 || preview.Moved != 40_00 || preview.Hours != 2 || !slices.Equal(preview.Twice, []string{"讲座"}) || len(preview.Paid) != 1 || preview.Paid[0].Times != 2 {
		t.Errorf("preview %+v", preview)
	}
	result := got[data.MergeResult](t)(h.MergeTrainees(ctx, request))
	merged := got[data.Trainee](t)(h.Reveal(ctx, ids[0]))
	if merged.Name != datatest.Name(0) || merged.IDNumber != datatest.IDNumber(1) || merged.Mobile != datatest.Mobile(2+417) || merged.Username != "jy0339" ||
		merged.OrganizationID != h.Departments["后勤保障部"] || merged.Status != data.TraineeEnabled {
		t.Errorf("merged %+v", merged)
	}
	if got := standing(t, h.App, ids[0]); !strings.Contains(got, "80.00 [参观3.00 讲座4.00 论坛2.00]") || !strings.Contains(got, fmt.Sprint("open ", ids[0])) {
		t.Errorf("after the merge %s", got)
	}
	if left := h.People(""); !slices.Equal(left, []int64{ids[0], ids[3]}) && !slices.Equal(left, []int64{ids[3], ids[0]}) {
		t.Errorf("listed %v", left)
	}
	if home := got[data.Home](t)(h.Home(ctx)); home.Trainees != 2 {
		t.Errorf("the home page counts %d", home.Trainees)
	}
	if lines := got[[]data.AuditEntry](t)(h.Audit(ctx, fmt.Sprintf("学员 %d", ids[2]), 10)); len(lines) == 0 {
		t.Error("who was merged is not found in the log")
	}
	healthy(t, h.App)
	undone := got[data.UndoResult](t)(h.UndoTraineeChange(ctx, result.ChangeID))
	if len(undone.Kept) > 0 {
		t.Errorf("undo %+v", undone)
	}
	if after := standing(t, h.App, ids...); after != before {
		t.Errorf("an undo gave\n%s\nwant\n%s", after, before)
	}
	healthy(t, h.App)
	refused(t, second(h.UndoTraineeChange(ctx, result.ChangeID)), "change-undone")
}

func TestAMergeIsNotUndoneOverMoneyOrALaterMerge(t *testing.T) {
	h, ids := twins(t)
	first := got[data.MergeResult](t)(h.MergeTrainees(ctx, data.MergeRequest{Keep: ids[0], Drop: []int64{ids[1]}}))
	later := got[data.MergeResult](t)(h.MergeTrainees(ctx, data.MergeRequest{Keep: ids[3], Drop: []int64{ids[0]}}))
	unchanged(t, h.App, func() { refused(t, second(h.UndoTraineeChange(ctx, first.ChangeID)), "merged-again") })
	got[data.UndoResult](t)(h.UndoTraineeChange(ctx, later.ChangeID))
	lines := got[[]int64](t)(h.RechargeIDs(ctx, data.RechargeQuery{TraineeID: ids[0]}))
	entries := got[[]data.RechargeEntry](t)(h.RechargeEntries(ctx, lines))
	for _, entry := range entries {
		if entry.Amount > 0 && entry.ReversedBy == 0 {
			got[data.RechargeResult](t)(h.ReverseRecharge(ctx, entry.ID, "充错"))
			break
		}
	}
	unchanged(t, h.App, func() { refused(t, second(h.UndoTraineeChange(ctx, first.ChangeID)), "money-since-merge") })
	healthy(t, h.App)
}

func TestASheetWithAMergedNumberIsAboutWhoItIsNow(t *testing.T) {
	h, ids := twins(t)
	got[data.MergeResult](t)(h.MergeTrainees(ctx, data.MergeRequest{Keep: ids[0], Drop: []int64{ids[1]}}))
	path := csv(t, "姓名,身份证号,手机号,学历", who(0)+","+datatest.Mobile(417)+",本科", datatest.Name(0)+","+datatest.IDNumber(1)+",13911112222,硕士研究生")
	plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, path, app.ImportOptions{}))
	if outcomes(plan) != "更新 1 忽略 1" {
		t.Fatalf("both numbers are one person's: %s", outcomes(plan))
	}
	path = csv(t, "姓名,身份证号,手机号", datatest.Name(0)+","+datatest.IDNumber(1)+",13911112222")
	importFile(t, h.App, path, app.ImportOptions{})
	now := got[data.Trainee](t)(h.Reveal(ctx, ids[0]))
	if now.Mobile != "13911112222" || now.IDNumber != datatest.IDNumber(0) {
		t.Errorf("%+v", now)
	}
	if row := got[data.ImportRow](t)(h.AddTrainee(ctx, map[string]string{"name": datatest.Name(0), "id_number": datatest.IDNumber(1)})); row.Outcome != data.OutcomeFailed {
		t.Errorf("somebody was added with a merged number: %+v", row)
	}
	importHours(t, h, datatest.Name(0)+","+datatest.IDNumber(1)+",研讨,2022-05-12,2022-05-12,1")
	if got := standing(t, h.App, ids[0]); !strings.Contains(got, "研讨1.00") {
		t.Errorf("hours under the merged number: %s", got)
	}
}

func TestMergeRefusesWhatIsNoGroup(t *testing.T) {
	h, ids := twins(t)
	for code, request := range map[string]data.MergeRequest{
		"merge-self": {Keep: ids[0], Drop: []int64{ids[1], ids[0]}}, "merge-one": {Keep: ids[0]}, "not-found": {Keep: ids[0], Drop: []int64{9999}},
	} {
		unchanged(t, h.App, func() { refused(t, second(h.MergeTrainees(ctx, request)), code) })
	}
}

// Whatever is merged, recharged, reversed and taken back in any order: the invariants hold and no money appears or vanishes.
func TestMergesKeepTheMoney(t *testing.T) {
	first := apptest.NewHospital(t, 5)
	batch := first.Approved("2022-06-14 10:26:00", "2022-06-16 09:00:00", 10).BatchNumber
	stock := got[data.CardBatch](t)(first.BatchByNumber(ctx, batch))
	copied := copies(t, first.App)
	rapid.Check(t, func(r *rapid.T) {
		h := *first
		h.App = opened(r, copied(r))
		defer h.Close()
		var merges []int64
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			listed := h.People("")
			one := rapid.SampledFrom(listed).Draw(r, "one")
			switch rapid.IntRange(0, 3).Draw(r, "step") {
			case 0:
				other := rapid.SampledFrom(listed).Draw(r, "other")
				if result, err := h.MergeTrainees(ctx, data.MergeRequest{Keep: one, Drop: []int64{other}, Take: map[string]int64{"id_number": other}}); err == nil {
					merges = append(merges, result.ChangeID)
				}
			case 1:
				h.Recharge(ctx, data.RechargeRun{BatchID: stock.ID, Amount: 40_00, Trainees: []int64{one}}, true, nil)
			case 2:
				if lines := got[[]int64](t)(h.RechargeIDs(ctx, data.RechargeQuery{TraineeID: one})); len(lines) > 0 {
					h.ReverseRecharge(ctx, rapid.SampledFrom(lines).Draw(r, "line"), "充错")
				}
			case 3:
				if len(merges) > 0 {
					h.UndoTraineeChange(ctx, rapid.SampledFrom(merges).Draw(r, "merge"))
				}
			}
			used := got[data.CardBatch](t)(h.BatchByNumber(ctx, batch)).Used
			if sum := got[data.Money](t)(h.Balances(ctx, h.People(""))); sum != used {
				r.Fatalf("listed people have %s, the batch gave %s", sum, used)
			}
			healthy(t, h.App)
		}
	})
}

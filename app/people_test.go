package app_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// told writes a history as "title: field old→new", the newest first.
func told(t testing.TB, a *app.App, id int64) string {
	t.Helper()
	var lines []string
	for _, event := range got[[]data.TraineeEvent](t)(a.TraineeHistory(ctx, id)) {
		line := event.Title
		for _, change := range event.Changes {
			line += fmt.Sprintf(" %s %s→%s", change.Label, change.Old, change.New)
		}
		if event.At == "" || event.User == "" && event.Kind != data.EventHours {
			line += " WITHOUT time or user"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestHistoryTellsWhoChangedWhat(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	a, id := h.App, h.People("")[0]
	tree := got[data.OrganizationTree](t)(a.Organizations(ctx))
	pass := func() { h.Clock.Pass(time.Minute) }
	got[data.Trainee](t)(a.Reveal(ctx, id))
	pass()
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "姓名,身份证号,手机号", who(0)+",13811110000"), app.ImportOptions{}))
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	pass()
	bone, _ := tree.Get(h.Departments["骨科"])
	moved := got[data.TraineeChange](t)(a.MoveTrainees(ctx, []int64{id}, bone))
	pass()
	got[data.UndoResult](t)(a.UndoTraineeChange(ctx, moved.ID))
	pass()
	edited := got[data.ImportRow](t)(a.EditTrainee(ctx, id, map[string]string{"name": datatest.Name(0), "id_number": datatest.IDNumber(0), "mobile": "13811111111", "username": "jy0333", "education": "本科", "organization": "信息中心"}))
	if edited.ChangeID == 0 {
		t.Errorf("%+v", edited)
	}
	pass()
	requests := got[[]int64](t)(a.RequestPasswordReset(ctx, []int64{id}))
	pass()
	got[[]int64](t)(a.FinishPasswordResets(ctx, requests))
	pass()
	got[data.TraineeChange](t)(a.SetTraineeStatus(ctx, []int64{id}, data.TraineeDisabled))
	pass()
	got[data.UndoResult](t)(a.UndoImport(ctx, plan.RunID))
	want := `撤销导入
停用 状态 启用→停用
平台已重置密码
登记重置密码
修改资料 手机号 138****0000→138****1111 学历 →本科
撤销：调整组织机构
调整组织机构 组织机构 信息中心→骨科
导入更新 手机号 138****0417→138****0000
查看完整证件号和手机号
导入新增`
	if got := told(t, a, id); got != want {
		t.Errorf("history\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(contents(t, a, "trainee_change_row", "import_row"), "13811111111") {
		t.Error("an old or new value stands in the clear")
	}
	healthy(t, a)
}

func TestHistoryOfAMergeHasBothRecords(t *testing.T) {
	h, ids := twins(t)
	got[data.MergeResult](t)(h.MergeTrainees(ctx, data.MergeRequest{Keep: ids[0], Drop: []int64{ids[1]}, Take: map[string]int64{"id_number": ids[1]}}))
	got := told(t, h.App, ids[0])
	for _, want := range []string{"合并学员 身份证号 110101********1008→110101********100X", "充值 40.00 元\n", "冲正 -40.00 元", "登记重置密码", "线下学时 2.00"} {
		if !strings.Contains(got+"\n", want) && !strings.Contains(want, "身份证号") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if !strings.Contains(got, "合并学员 身份证号 ") {
		t.Errorf("the exchange of numbers is not told:\n%s", got)
	}
}

func TestChangesInAGroupAreTakenBack(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	ids := h.People("")
	before := standing(t, h.App, ids...)
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, ids[:1], data.TraineeDisabled))
	disabled := got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, ids, data.TraineeDisabled))
	if disabled.People != 5 {
		t.Errorf("%d were disabled, one was before", disabled.People)
	}
	if none := got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, ids, data.TraineeDisabled)); none.ID != 0 || none.People != 0 {
		t.Errorf("a change of nobody: %+v", none)
	}
	got[data.UndoResult](t)(h.UndoTraineeChange(ctx, disabled.ID))
	if left := got[[]int64](t)(h.TraineeIDs(ctx, data.TraineeQuery{Status: data.TraineeDisabled})); !slices.Equal(left, ids[:1]) {
		t.Errorf("disabled after the undo: %v", left)
	}
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, ids[:1], data.TraineeEnabled))
	tree := got[data.OrganizationTree](t)(h.Organizations(ctx))
	bone, _ := tree.Get(h.Departments["骨科"])
	night, _ := tree.Get(h.Departments["急诊科"])
	moved := got[data.TraineeChange](t)(h.MoveTrainees(ctx, ids, bone))
	got[data.TraineeChange](t)(h.MoveTrainees(ctx, ids[:1], night))
	result := got[data.UndoResult](t)(h.UndoTraineeChange(ctx, moved.ID))
	if len(result.Kept) != 1 || result.Kept[0].TraineeID != ids[0] {
		t.Errorf("who was moved again since stays: %+v", result)
	}
	got[data.TraineeChange](t)(h.MoveTrainees(ctx, ids[:1], mustGet(tree, h.Departments["信息中心"])))
	if after := standing(t, h.App, ids...); after != before {
		t.Errorf("after all undos\n%s\nwant\n%s", after, before)
	}
	healthy(t, h.App)
}

func mustGet(tree data.OrganizationTree, id int64) data.Organization {
	o, _ := tree.Get(id)
	return o
}

func TestPasswordResetsAreNotedOnceAndPrinted(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	ids := h.People("")
	first := got[[]int64](t)(h.RequestPasswordReset(ctx, ids[:2]))
	if again := got[[]int64](t)(h.RequestPasswordReset(ctx, ids)); len(first) != 2 || len(again) != 1 {
		t.Errorf("%v then %v", first, again)
	}
	open := got[[]data.PasswordReset](t)(h.PasswordResets(ctx))
	if len(open) != 3 || open[0].User != "赵晓岚" || open[0].At != "2022-06-17 13:02:11" || !strings.Contains(open[0].IDNumber, "********") {
		t.Fatalf("open %+v", open)
	}
	var slips bytes.Buffer
	if made, err := h.WritePasswordSlips(ctx, &slips, first); err != nil || made.Pages != 1 || !bytes.HasPrefix(slips.Bytes(), []byte("%PDF")) {
		t.Errorf("%+v, %v", made, err)
	}
	got[[]int64](t)(h.FinishPasswordResets(ctx, first))
	if done := got[[]int64](t)(h.FinishPasswordResets(ctx, first)); len(done) != 0 {
		t.Errorf("done twice: %v", done)
	}
	refused(t, second(h.WritePasswordSlips(ctx, &slips, first)), "no-open-resets")
	fresh := got[[]int64](t)(h.RequestPasswordReset(ctx, ids[:1]))
	if reopened := got[[]int64](t)(h.ReopenPasswordResets(ctx, first)); !slices.Equal(reopened, first[1:]) {
		t.Errorf("reopened %v of %v, the first has a new request", reopened, first)
	}
	got[[]int64](t)(h.WithdrawPasswordResets(ctx, append(fresh, first...)))
	if open := got[[]data.PasswordReset](t)(h.PasswordResets(ctx)); len(open) != 1 || open[0].TraineeID != ids[2] {
		t.Errorf("left open %+v", open)
	}
	healthy(t, h.App)
}

func TestDuplicatesAreFoundUntilSomebodySaysOtherwise(t *testing.T) {
	a := newUnit(t)
	importFile(t, a, csv(t, "姓名,身份证号,手机号", person(1), datatest.Name(1)+","+datatest.IDNumber(2)+","+datatest.Mobile(1), person(3)), app.ImportOptions{})
	groups := got[[]data.DuplicateGroup](t)(a.Duplicates(ctx, nil))
	if len(groups) != 1 || len(groups[0].People) != 2 || !slices.Contains(groups[0].Reasons, data.LikeMobile) {
		t.Fatalf("%v", groups)
	}
	must(t, a.MarkDistinct(ctx, groups[0].People))
	if left := got[[]data.DuplicateGroup](t)(a.Duplicates(ctx, nil)); len(left) != 0 {
		t.Errorf("said to be two, they still come: %v", left)
	}
	must(t, a.ForgetDistinct(ctx, groups[0].People))
	got[data.MergeResult](t)(a.MergeTrainees(ctx, data.MergeRequest{Keep: groups[0].People[0], Drop: groups[0].People[1:]}))
	if left := got[[]data.DuplicateGroup](t)(a.Duplicates(ctx, nil)); len(left) != 0 {
		t.Errorf("merged, they still come: %v", left)
	}
}

package app_test

import (
	"errors"
	"fmt"
	"testing"

	"peixun/app"
	"peixun/data"
)

// entryStates writes where each entry of the ledger stands, in its order.
func entryStates(t testing.TB, a *app.App) string {
	t.Helper()
	ids := got[[]int64](t)(a.RechargeIDs(ctx, data.RechargeQuery{}))
	text := ""
	for place := range ids {
		entry := got[[]data.RechargeEntry](t)(a.RechargeEntries(ctx, ids[len(ids)-1-place:][:1]))[0]
		text += fmt.Sprintf("%d %s ", entry.ID, entry.State())
	}
	return text
}

func TestAnswersOfThePlatform(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")[:3]
	h.Charge("2022-05-01 09:00:00", batch.Number, people...)
	run := got[[]data.RechargeRunRow](t)(h.RechargeRuns(ctx, batch.ID))[0]
	if run.Answer() != data.RunWaits || run.Open() != 3 {
		t.Errorf("before any answer: %+v", run)
	}
	result := got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 1, Answer: data.AnswerSucceeded}, {EntryID: 2, Answer: data.AnswerFailed, Reason: "身份信息不一致"}}))
	if result != (data.AnswerResult{Succeeded: 1, Failed: 1, Released: 40_00}) {
		t.Errorf("result = %+v", result)
	}
	if states := entryStates(t, h.App); states != "1 成功 2 失败已退回 3 平台未回 4 平台退回 " {
		t.Errorf("states = %s", states)
	}
	if sums := balances(t, h.App, people...); fmt.Sprint(sums) != "[40.00 0.00 40.00]" {
		t.Errorf("balances %v", sums)
	}
	runs := got[[]data.RechargeRunRow](t)(h.RechargeRuns(ctx, batch.ID))
	if runs[1].Answer() != data.RunPartlyAnswered || runs[0].Kind != data.RunReturned || runs[0].Total != -40_00 || runs[0].Reason != "平台充值失败：身份信息不一致" {
		t.Errorf("runs = %+v", runs)
	}
	again := got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 1, Answer: data.AnswerSucceeded}, {EntryID: 2, Answer: data.AnswerFailed, Reason: "身份信息不一致"}}))
	if again != (data.AnswerResult{Unchanged: 2}) {
		t.Errorf("the same answers again: %+v", again)
	}
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerSucceeded}}))
	if runs := got[[]data.RechargeRunRow](t)(h.RechargeRuns(ctx, batch.ID)); runs[1].Answer() != data.RunPartly {
		t.Errorf("all answered: %+v", runs[1])
	}
	for state, want := range map[data.EntryState]int{data.EntryWaits: 0, data.EntrySucceeded: 2, data.EntryFailed: 1, data.EntryReturn: 1, data.EntryReversed: 0, data.EntryReversal: 0} {
		if ids := got[[]int64](t)(h.RechargeIDs(ctx, data.RechargeQuery{State: state})); len(ids) != want {
			t.Errorf("%s finds %d entries, want %d", state, len(ids), want)
		}
	}
	h.Charge("2022-05-02 09:00:00", batch.Number, people[1]) // the failure released the person too
	healthy(t, h.App)
}

func TestAnswersThatCannotBe(t *testing.T) {
	h, batch := charged(t, 10)
	h.Charge("2022-05-01 09:00:00", batch.Number, h.People("")[:3]...)
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 2, Answer: data.AnswerFailed, Reason: "学员不存在"}}))
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerSucceeded}}))
	for _, c := range []struct {
		code    string
		answers []data.EntryAnswer
	}{
		{"entry-reversed", []data.EntryAnswer{{EntryID: 1, Answer: data.AnswerSucceeded}}},
		{"entry-failed", []data.EntryAnswer{{EntryID: 2, Answer: data.AnswerSucceeded}}},
		{"entry-is-reversal", []data.EntryAnswer{{EntryID: 4, Answer: data.AnswerSucceeded}}},
		{"entry-unknown", []data.EntryAnswer{{EntryID: 99, Answer: data.AnswerSucceeded}}},
		{"entry-none", nil},
		{"answer-twice", []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerSucceeded}, {EntryID: 3, Answer: data.AnswerFailed, Reason: "x"}}},
		{"answer-unknown", []data.EntryAnswer{{EntryID: 3, Answer: "可能"}}},
		{"reason-missing", []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerFailed}}},
		{"id-in-wrong-column", []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerFailed, Reason: "34052419800101001X 不存在"}}},
		// One wrong answer keeps the right ones out too.
		{"entry-reversed", []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerFailed, Reason: "x"}, {EntryID: 1, Answer: data.AnswerSucceeded}}},
	} {
		unchanged(t, h.App, func() {
			_, err := h.RecordAnswers(ctx, c.answers)
			refused(t, err, c.code)
		})
	}
	unchanged(t, h.App, func() {
		_, err := h.ReverseRecharge(ctx, 3, "充错了")
		refused(t, err, "entry-confirmed")
	})
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerFailed, Reason: "平台后来退回"}})) // a success may turn out a failure
	healthy(t, h.App)
}

func TestUndoneAnswers(t *testing.T) {
	h, batch := charged(t, 3)
	people := h.People("")[:3]
	h.Charge("2022-05-01 09:00:00", batch.Number, people...)
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 1, Answer: data.AnswerSucceeded}, {EntryID: 2, Answer: data.AnswerFailed, Reason: "看错行"}}))
	unchanged(t, h.App, func() {
		refused(t, second(h.UndoAnswers(ctx, []int64{3}, "记错了")), "answer-none")
		refused(t, second(h.UndoAnswers(ctx, []int64{1}, " ")), "reason-missing")
	})
	result := got[data.RechargeResult](t)(h.UndoAnswers(ctx, []int64{1, 2}, "记错了"))
	if result.Count != 2 || result.Total != 40_00 || result.Left != 0 {
		t.Errorf("result = %+v", result)
	}
	if states := entryStates(t, h.App); states != "1 平台未回 2 已冲正 3 平台未回 4 平台退回 5 平台未回 " {
		t.Errorf("states = %s", states)
	}
	if sums := balances(t, h.App, people...); fmt.Sprint(sums) != "[40.00 40.00 40.00]" {
		t.Errorf("balances %v", sums)
	}
	if runs := got[[]data.RechargeRunRow](t)(h.RechargeRuns(ctx, batch.ID)); runs[0].Kind != data.RunRestored {
		t.Errorf("runs = %+v", runs)
	}
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 5, Answer: data.AnswerFailed, Reason: "停机"}}))
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[1:2], data.TraineeDisabled))
	unchanged(t, h.App, func() {
		if err := second(h.UndoAnswers(ctx, []int64{5}, "记错了")); !errors.Is(err, data.ErrTraineeDisabled) {
			t.Errorf("undone for somebody disabled: %v", err)
		}
	})
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[1:2], data.TraineeEnabled))
	h.Charge("2022-05-03 09:00:00", batch.Number, people[1])
	unchanged(t, h.App, func() {
		if err := second(h.UndoAnswers(ctx, []int64{5}, "记错了")); !errors.Is(err, data.ErrWrongState) {
			t.Errorf("undone for somebody charged since: %v", err)
		}
	})
	healthy(t, h.App)
}

func TestReverseSeveralAndWholeRuns(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	h.Charge("2022-05-01 09:00:00", batch.Number, people[:4]...)
	runs := got[[]data.RechargeRunRow](t)(h.RechargeRuns(ctx, 0))
	unchanged(t, h.App, func() {
		refused(t, second(h.ReverseRecharges(ctx, []int64{1, 99}, "充错了")), "entry-unknown")
		refused(t, second(h.ReverseRecharges(ctx, nil, "充错了")), "entry-none")
		refused(t, second(h.ReverseRun(ctx, "no such run", "充错了")), "run-reversed")
	})
	result := got[data.RechargeResult](t)(h.ReverseRecharges(ctx, []int64{2, 1, 2}, "充错了"))
	if result.Count != 2 || result.Total != -80_00 || result.Left != 320_00 {
		t.Errorf("two reversed: %+v", result)
	}
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 3, Answer: data.AnswerSucceeded}}))
	result = got[data.RechargeResult](t)(h.ReverseRun(ctx, runs[0].ID, "整次充错"))
	if result.Count != 1 || result.Left != 360_00 {
		t.Errorf("the rest of the run: %+v", result)
	}
	refused(t, second(h.ReverseRun(ctx, runs[0].ID, "整次充错")), "run-reversed")
	if states := entryStates(t, h.App); states != "1 已冲正 2 已冲正 3 成功 4 已冲正 5 冲正 6 冲正 7 冲正 " {
		t.Errorf("states = %s", states)
	}
	healthy(t, h.App)
}

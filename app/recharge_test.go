package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// charged is a hospital of ten people with a batch of so many people's worth, at 40.00 元.
func charged(t testing.TB, worth int) (*apptest.Hospital, data.CardBatch) {
	t.Helper()
	h := apptest.NewHospital(t, 10)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", worth)
	return h, got[data.CardBatch](t)(h.BatchByNumber(ctx, order.BatchNumber))
}

// balances gives the people's balances in their order.
func balances(t testing.TB, a *app.App, people ...int64) []data.Money {
	t.Helper()
	sums := make([]data.Money, len(people))
	for place, id := range people {
		sums[place] = got[data.Money](t)(a.Balances(ctx, []int64{id}))
	}
	return sums
}

func TestRechargeCreditsEverybodyOnce(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")[:3]
	run := data.RechargeRun{ID: app.NewRunID(), BatchID: batch.ID, Amount: 40_00, Trainees: append(people, people[0]), Amounts: map[int64]data.Money{people[1]: 12_34}}
	preview := got[data.RechargeResult](t)(h.PreviewRecharge(ctx, run))
	if preview.Count != 3 || preview.Total != 92_34 || preview.Left != 307_66 || len(preview.Refused) != 0 {
		t.Errorf("preview = %+v", preview)
	}
	var steps [][2]int
	result := got[data.RechargeResult](t)(h.Recharge(ctx, run, false, func(done, total int) { steps = append(steps, [2]int{done, total}) }))
	if result.Count != preview.Count || result.Total != preview.Total || result.Left != preview.Left || result.Already {
		t.Errorf("result %+v, preview %+v", result, preview)
	}
	if len(steps) == 0 || steps[len(steps)-1] != [2]int{3, 3} {
		t.Errorf("progress %v", steps)
	}
	if sums := balances(t, h.App, people...); fmt.Sprint(sums) != "[40.00 12.34 40.00]" {
		t.Errorf("balances %v", sums)
	}
	unchanged(t, h.App, func() {
		again := got[data.RechargeResult](t)(h.Recharge(ctx, run, false, nil))
		if !again.Already || again.Count != 3 || again.Total != 92_34 || again.Left != 307_66 {
			t.Errorf("the same run again: %+v", again)
		}
	})
	log := got[[]data.AuditEntry](t)(h.Audit(ctx, "充值 3 人", 5))
	if len(log) != 1 || log[0].Target != batch.OrderNumber || !strings.HasPrefix(log[0].Detail, "充值 3 人，92.34 元，批次 XK-2022-0001；明细共 3 条，末条校验 ") {
		t.Errorf("log = %+v", log)
	}
	if events := got[[]data.OrderEvent](t)(h.OrderEvents(ctx, batch.OrderNumber)); events[0].Title != "充值 3 人，92.34 元，批次 XK-2022-0001" {
		t.Errorf("the order's history says %q", events[0].Title)
	}
	healthy(t, h.App)
}

func TestRunIDsStandForOneRequest(t *testing.T) {
	h, batch := charged(t, 10)
	other := got[data.CardBatch](t)(h.BatchByNumber(ctx, h.Approved("2022-03-11 09:00:00", "2022-04-13 10:00:00", 10).BatchNumber))
	people := h.People("")[:2]
	run := data.RechargeRun{ID: "run-1", BatchID: batch.ID, Amount: 40_00, Trainees: people}
	got[data.RechargeResult](t)(h.Recharge(ctx, run, false, nil))
	for name, change := range map[string]func(*data.RechargeRun){
		"another batch":         func(r *data.RechargeRun) { r.BatchID = other.ID },
		"another amount":        func(r *data.RechargeRun) { r.Amount = 39_00 },
		"other people":          func(r *data.RechargeRun) { r.Trainees = h.People("")[2:4] },
		"more people":           func(r *data.RechargeRun) { r.Trainees = h.People("")[:3] },
		"fewer people":          func(r *data.RechargeRun) { r.Trainees = people[:1] },
		"another amount of one": func(r *data.RechargeRun) { r.Amounts = map[int64]data.Money{people[0]: 1} },
	} {
		changed := run
		change(&changed)
		unchanged(t, h.App, func() {
			_, err := h.Recharge(ctx, changed, false, nil)
			refused(t, err, "run-id-reused")
			if !errors.Is(err, data.ErrWrongState) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	reversal := got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	taken := run
	taken.ID = reversal.RunID
	_, err := h.Recharge(ctx, taken, false, nil)
	refused(t, err, "run-id-reused")
	nameless := data.RechargeRun{BatchID: batch.ID, Amount: 40_00, Trainees: people[:1]}
	first := got[data.RechargeResult](t)(h.Recharge(ctx, nameless, false, nil))
	if first.RunID == "" || first.Already {
		t.Errorf("a run without an ID: %+v", first)
	}
}

func TestRechargeIsAllOrNothing(t *testing.T) {
	h, batch := charged(t, 3)
	everybody := h.People("")
	station, disabled, twice := h.People("社区服务站")[0], everybody[1], everybody[2]
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, []int64{disabled}, data.TraineeDisabled))
	h.Charge("2022-05-01 09:00:00", batch.Number, twice)
	fine := everybody[3]
	for _, c := range []struct {
		name, code string
		cause      error
		run        data.RechargeRun
	}{
		{"somebody disabled", "recharge-refused", data.ErrTraineeDisabled, data.RechargeRun{BatchID: batch.ID, Amount: 1, Trainees: []int64{fine, disabled}}},
		{"somebody recharged already", "recharge-refused", data.ErrWrongState, data.RechargeRun{BatchID: batch.ID, Amount: 1, Trainees: []int64{fine, twice}}},
		{"somebody whom another pays for", "recharge-refused", data.ErrWrongState, data.RechargeRun{BatchID: batch.ID, Amount: 1, Trainees: []int64{fine, station}}},
		{"more than the batch has left", "batch-too-small", data.ErrBatchTooSmall, data.RechargeRun{BatchID: batch.ID, Amount: 40_01, Trainees: []int64{fine, everybody[4]}}},
		{"nobody", "recharge-nobody", nil, data.RechargeRun{BatchID: batch.ID, Amount: 1}},
		{"an amount of nothing", "amount", nil, data.RechargeRun{BatchID: batch.ID, Trainees: []int64{fine}}},
		{"a negative amount", "amount", nil, data.RechargeRun{BatchID: batch.ID, Amount: -1, Trainees: []int64{fine}}},
		{"a negative amount of one", "amount", nil, data.RechargeRun{BatchID: batch.ID, Amount: 1, Trainees: []int64{fine, everybody[4]}, Amounts: map[int64]data.Money{everybody[4]: -1}}},
		{"an amount beyond all money", "amount", nil, data.RechargeRun{BatchID: batch.ID, Amount: data.MaxMoney + 1, Trainees: []int64{fine}}},
		{"a batch that is not there", "batch-unknown", data.ErrNotFound, data.RechargeRun{BatchID: 999, Amount: 1, Trainees: []int64{fine}}},
		{"somebody who is not there", "not-found", data.ErrNotFound, data.RechargeRun{BatchID: batch.ID, Amount: 1, Trainees: []int64{fine, 999}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			unchanged(t, h.App, func() {
				_, err := h.Recharge(ctx, c.run, false, nil)
				refused(t, err, c.code)
				if c.cause != nil && !errors.Is(err, c.cause) {
					t.Errorf("%v is not %v", err, c.cause)
				}
			})
		})
	}
	exact := data.RechargeRun{BatchID: batch.ID, Amount: 40_00, Trainees: []int64{fine, everybody[4]}}
	if result := got[data.RechargeResult](t)(h.Recharge(ctx, exact, false, nil)); result.Left != 0 {
		t.Errorf("the batch's last money: %+v", result)
	}
	healthy(t, h.App)
}

func TestPreviewTellsWhoIsLeftOutAndWhy(t *testing.T) {
	h, batch := charged(t, 10)
	everybody := h.People("")
	station, disabled, twice, fine := h.People("社区服务站")[0], everybody[1], everybody[2], everybody[3]
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, []int64{disabled}, data.TraineeDisabled))
	h.Charge("2022-05-01 09:00:00", batch.Number, twice)
	run := data.RechargeRun{ID: "run", BatchID: batch.ID, Amount: 40_00, Trainees: []int64{disabled, twice, station, fine}}
	var preview data.RechargeResult
	unchanged(t, h.App, func() { preview = got[data.RechargeResult](t)(h.PreviewRecharge(ctx, run)) })
	want := []data.RechargeRefusal{
		{TraineeID: disabled, Code: "disabled", Reason: "已停用"},
		{TraineeID: twice, Code: "already-recharged", Reason: "本计划已充值 40.00"},
		{TraineeID: station, Code: "other-payer", Reason: "缴费机构是社区服务站"},
	}
	for place := range preview.Refused {
		if preview.Refused[place].Name == "" {
			t.Errorf("refusal %d has no name", place)
		}
		preview.Refused[place].Name = ""
	}
	if fmt.Sprint(preview.Refused) != fmt.Sprint(want) || preview.Count != 1 || preview.Total != 40_00 || preview.Left != 320_00 {
		t.Errorf("preview = %+v", preview)
	}
	result := got[data.RechargeResult](t)(h.Recharge(ctx, run, true, nil))
	if result.Count != 1 || len(result.Refused) != 3 || result.Left != 320_00 {
		t.Errorf("with the refused left out: %+v", result)
	}
	h.Charge("2022-05-02 09:00:00", batch.Number, everybody[4]) // the batch has less left since
	again := got[data.RechargeResult](t)(h.Recharge(ctx, run, true, nil))
	if again.Already = false; fmt.Sprint(again) != fmt.Sprint(result) {
		t.Errorf("asked again, the run tells %+v, first %+v", again, result)
	}
	if sums := balances(t, h.App, run.Trainees...); fmt.Sprint(sums) != "[0.00 40.00 0.00 40.00]" {
		t.Errorf("balances %v", sums)
	}
	run.ID = "run-2"
	_, err := h.Recharge(ctx, run, true, nil)
	refused(t, err, "recharge-refused") // nobody would be left
	too := got[data.RechargeResult](t)(h.PreviewRecharge(ctx, data.RechargeRun{BatchID: batch.ID, Amount: 400_00, Trainees: everybody[5:6]}))
	if too.Left >= 0 {
		t.Errorf("a preview of too much shows %s left", too.Left)
	}
}

func TestTheOrdersOwnLinesSayWhoIsPaidFor(t *testing.T) {
	h := apptest.NewHospital(t, 10)
	order := h.Draft("2022-03-10 09:00:00", 1)
	order.Lines = []data.OrderLine{{OrganizationID: h.Departments["社区服务站"], OrganizationPath: "社区服务站", People: 1, Amount: 40_00}}
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	approved := got[data.Order](t)(h.ApproveOrder(ctx, order.ID, "", ""))
	batch := got[data.CardBatch](t)(h.BatchByNumber(ctx, approved.BatchNumber))
	preview := got[data.RechargeResult](t)(h.PreviewRecharge(ctx, data.RechargeRun{BatchID: batch.ID, Amount: 1, Trainees: h.People("")}))
	if preview.Count != 1 || len(preview.Refused) != 9 {
		t.Errorf("preview = %d, refused %d", preview.Count, len(preview.Refused))
	}
	lines := got[[]app.LineRecharge](t)(h.OrderRecharges(ctx, order.ID))
	if len(lines) != 1 || lines[0].Amount != 0 {
		t.Errorf("before: %+v", lines)
	}
	h.Charge("2022-06-17 09:00:00", batch.Number, h.People("社区服务站")...)
	if lines := got[[]app.LineRecharge](t)(h.OrderRecharges(ctx, order.ID)); lines[0].People != 1 || lines[0].Amount != 40_00 {
		t.Errorf("after: %+v", lines)
	}
}

func TestReversal(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")[:2]
	h.Charge("2022-05-01 09:00:00", batch.Number, people...)
	for reason, code := range map[string]string{"": "reason-missing", " \n": "reason-missing", "证号 34052419800101001X": "id-in-wrong-column"} {
		_, err := h.ReverseRecharge(ctx, 1, reason)
		refused(t, err, code)
	}
	_, err := h.ReverseRecharge(ctx, 999, "充错了")
	refused(t, err, "entry-unknown")
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[:1], data.TraineeDisabled)) // also somebody disabled since gets it taken back
	result := got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	if result.Total != -40_00 || result.Left != 360_00 || result.Count != 1 {
		t.Errorf("result = %+v", result)
	}
	unchanged(t, h.App, func() {
		_, err := h.ReverseRecharge(ctx, 1, "再来一次")
		refused(t, err, "entry-reversed")
		_, err = h.ReverseRecharge(ctx, 3, "冲正的冲正")
		refused(t, err, "entry-is-reversal")
	})
	entries := got[[]data.RechargeEntry](t)(h.RechargeEntries(ctx, []int64{1, 3}))
	if entries[0].ReversedBy != 3 || entries[1].ReversalOf != 1 || entries[1].Amount != -40_00 || entries[1].Reason != "充错了" || entries[0].Amount != 40_00 {
		t.Errorf("entries = %+v", entries)
	}
	if sums := balances(t, h.App, people...); fmt.Sprint(sums) != "[0.00 40.00]" {
		t.Errorf("balances %v", sums)
	}
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[:1], data.TraineeEnabled))
	h.Charge("2022-06-01 09:00:00", batch.Number, people[0]) // what was taken back can be given again
	healthy(t, h.App)
}

func TestCancelledRechargeChangesNothing(t *testing.T) {
	h := apptest.NewHospital(t, 1300)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 1300)
	batch := got[data.CardBatch](t)(h.BatchByNumber(ctx, order.BatchNumber))
	run := data.RechargeRun{ID: "run", BatchID: batch.ID, Amount: 40_00, Trainees: h.People("")}
	for stop := 1; stop <= 3; stop++ {
		cancelled, cancel := context.WithCancel(ctx)
		steps := 0
		unchanged(t, h.App, func() {
			_, err := h.Recharge(cancelled, run, true, func(int, int) {
				if steps++; steps == stop {
					cancel()
				}
			})
			refused(t, err, "canceled")
		})
		cancel()
	}
	result := got[data.RechargeResult](t)(h.Recharge(ctx, run, true, nil))
	if result.Count != 1299 || result.Already { // the last of the hospital belongs to 社区服务站
		t.Errorf("after all cancels %+v", result)
	}
	healthy(t, h.App)
}

// Two programs on one folder, each charging as fast as it can, never give out more than a batch holds,
// and the same run from both charges once.
func TestTwoProgramsNeverOverspend(t *testing.T) {
	h, batch := charged(t, 6)
	people := h.People("")[:9]
	programs := []*app.App{h.App, apptest.Again(t, h.App)}
	var together sync.WaitGroup
	var mutex sync.Mutex
	done, already := 0, 0
	for place := range 18 {
		together.Go(func() {
			id := people[place/2]
			run := data.RechargeRun{ID: fmt.Sprintf("run-%d", place/2), BatchID: batch.ID, Amount: 40_00, Trainees: []int64{id}}
			result, err := programs[place%2].Recharge(ctx, run, false, nil)
			mutex.Lock()
			defer mutex.Unlock()
			switch {
			case err == nil && result.Already:
				already++
			case err == nil:
				done++
			case !errors.Is(err, data.ErrBatchTooSmall):
				t.Errorf("run %s: %v", run.ID, err)
			}
		})
	}
	together.Wait()
	if done != 6 || already != 6 {
		t.Errorf("%d runs were done and %d found done; the batch holds 6", done, already)
	}
	for _, program := range programs {
		if after := got[data.CardBatch](t)(program.BatchByNumber(ctx, batch.Number)); after.Left() != 0 || after.Used != 240_00 {
			t.Errorf("batch %+v", after)
		}
		healthy(t, program)
	}
}

func TestTwoProgramsReverseOnce(t *testing.T) {
	h, batch := charged(t, 2)
	h.Charge("2022-05-01 09:00:00", batch.Number, h.People("")[0])
	programs := []*app.App{h.App, apptest.Again(t, h.App)}
	var together sync.WaitGroup
	errs := make([]error, len(programs))
	for place, program := range programs {
		together.Go(func() { errs[place] = second(program.ReverseRecharge(ctx, 1, "充错了")) })
	}
	together.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("reversals: %v", errs)
	}
	for _, err := range errs {
		if err != nil {
			refused(t, err, "entry-reversed")
		}
	}
	healthy(t, h.App)
}

func TestTwoProgramsApproveOnce(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-03-10 09:00:00", 2)
	programs := []*app.App{h.App, apptest.Again(t, h.App)}
	var together sync.WaitGroup
	errs := make([]error, 8)
	for place := range errs {
		together.Go(func() { errs[place] = second(programs[place%2].ApproveOrder(ctx, order.ID, "", "")) })
	}
	together.Wait()
	approved := 0
	for _, err := range errs {
		if err == nil {
			approved++
		} else if !errors.Is(err, data.ErrWrongState) {
			t.Error(err)
		}
	}
	if batches := got[[]data.CardBatch](t)(h.Batches(ctx)); approved != 1 || len(batches) != 1 {
		t.Errorf("approved %d times, %d batches", approved, len(batches))
	}
	healthy(t, h.App)
}

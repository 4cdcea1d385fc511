package app_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// A run whose preview was open when the program stopped is known afterwards, with what became of it.
func TestOpenRunOutlivesTheProgram(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	done := data.RechargeRun{ID: "run-a", BatchID: batch.ID, Amount: 40_00, Trainees: people[:2], Amounts: map[int64]data.Money{people[1]: 12_34}}
	open := data.RechargeRun{ID: "run-b", BatchID: batch.ID, Amount: 40_00, Trainees: people[2:4], WithUnreported: true}
	must(t, h.KeepRecharge(ctx, done))
	must(t, h.KeepRecharge(ctx, open))
	got[data.RechargeResult](t)(h.Recharge(ctx, done, true, nil)) // and nobody heard the answer
	must(t, h.Close())
	again, err := apptest.Open(filepath.Dir(h.DatabasePath()), h.Clock)
	must(t, err)
	defer again.Close()
	must(t, again.Login(ctx, apptest.User, apptest.Password))
	drafts := got[[]app.RechargeDraft](t)(again.RechargeDrafts(ctx))
	if len(drafts) != 2 || drafts[0].Done == nil || drafts[0].Done.Total != 52_34 || drafts[1].Done != nil || fmt.Sprint(drafts[1].Run) != fmt.Sprint(open) || fmt.Sprint(drafts[0].Run) != fmt.Sprint(done) {
		t.Fatalf("drafts %+v", drafts)
	}
	if result := got[data.RechargeResult](t)(again.Recharge(ctx, drafts[0].Run, true, nil)); !result.Already {
		t.Errorf("charged twice: %+v", result)
	}
	must(t, again.ForgetRecharge(ctx, "run-a"))
	must(t, again.ForgetRecharge(ctx, "run-b"))
	if drafts := got[[]app.RechargeDraft](t)(again.RechargeDrafts(ctx)); len(drafts) != 0 {
		t.Errorf("forgotten: %+v", drafts)
	}
	healthy(t, again)
}

// Runs of before the people belonged to a run's identity are compared by what they wrote.
func TestRunOfBeforeIsRecognised(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	run := data.RechargeRun{ID: "monday", BatchID: batch.ID, Amount: 40_00, Trainees: people[:2]}
	got[data.RechargeResult](t)(h.Recharge(ctx, run, true, nil))
	plant(t, datatest.Vandal(t, h.DatabasePath()), []string{"UPDATE recharge_run SET request = 'a hash of before', left_after = NULL"})
	if again := got[data.RechargeResult](t)(h.Recharge(ctx, run, true, nil)); !again.Already || again.Count != 2 || again.Left != 320_00 {
		t.Errorf("again %+v", again)
	}
	run.Trainees = people[1:3]
	refused(t, second(h.Recharge(ctx, run, true, nil)), "run-id-reused")
	run.Trainees, run.Amount = people[:2], 39_00
	refused(t, second(h.Recharge(ctx, run, true, nil)), "run-id-reused")
}

// Where the unit keeps the platform's states, whom the platform has not taken is left out, unless the administrator wants them.
func TestPeopleNotOnThePlatformAreLeftOut(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")[:4]
	run := data.RechargeRun{BatchID: batch.ID, Amount: 40_00, Trainees: people}
	codes := func(run data.RechargeRun) string {
		text := ""
		for _, one := range got[data.RechargeResult](t)(h.PreviewRecharge(ctx, run)).Refused {
			text += one.Code + " "
		}
		return text
	}
	if found := codes(run); found != "" {
		t.Errorf("while nobody's state is kept: %s", found)
	}
	state := func(n int, state data.PlatformState) {
		datatest.Exec(t, datatest.Raw(t, h.DatabasePath()), "UPDATE trainee SET platform = ? WHERE id = ?", string(state), people[n])
	}
	state(0, data.PlatformFailed)
	if found := codes(run); found != "platform-failed " {
		t.Errorf("one refused by the platform: %s", found)
	}
	state(1, data.PlatformImported)
	state(2, data.PlatformReported)
	if found := codes(run); found != "platform-failed not-on-platform not-on-platform " {
		t.Errorf("one taken by the platform: %s", found)
	}
	run.WithUnreported = true
	if found := codes(run); found != "platform-failed " {
		t.Errorf("all the same: %s", found)
	}
}

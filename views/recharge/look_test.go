package recharge

import (
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
)

// pictured is a hospital like the design's: 84 people, a batch that is used up and one for eighty.
func pictured(t *testing.T) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, 84)
	people := h.People("")
	first := h.Approved("2022-03-10 09:00:00", "2022-03-12 09:00:00", 1)
	h.Charge("2022-03-14 09:00:00", first.BatchNumber, people[len(people)-2])
	h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 80)
	if _, err := h.SetTraineeStatus(t.Context(), []int64{people[5], people[9]}, data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestLook(t *testing.T) {
	h := pictured(t)
	stage, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	stage.Look("recharge-none")
	screen.table.TickAll()
	stage.Look("recharge")
	screen.panel.amount.SetText("90")
	stage.Look("recharge-toomuch")
	rows, err := h.MatchPeople(t.Context(), datatest.Name(1)+"\n"+datatest.IDNumber(2)+"\n某某某\n"+datatest.Name(4)+"\n34052419800101001X\n"+datatest.Name(1))
	if err != nil {
		t.Fatal(err)
	}
	rows[3].TraineeID = 0
	problem := data.Refuse(data.PersonAmbiguous, "name", "有 2 位学员叫“"+rows[3].Name+"”。", "请点选其中一位，或改写身份证号。")
	rows[3].Problem, rows[3].Candidates = &problem, []data.Candidate{rows[0].Found, rows[1].Found}
	screen.tickFound("粘贴的名单", rows)
	stage.Look("recharge-pasted")
}

func TestLookEmpty(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	stage, _ := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	stage.Look("recharge-empty")
}

func TestLookBatchesAndTrail(t *testing.T) {
	h := pictured(t)
	people := h.People("")
	h.Charge("2022-06-01 09:00:00", "XK-2022-0002", people[10:50]...)
	h.Charge("2022-06-02 10:30:00", "XK-2022-0002", people[50:60]...)
	ids, err := h.RechargeIDs(t.Context(), data.RechargeQuery{})
	if err != nil {
		t.Fatal(err)
	}
	answers := []data.EntryAnswer{{EntryID: ids[0], Answer: data.AnswerFailed, Reason: "身份信息不一致"}}
	for _, id := range ids[1:6] {
		answers = append(answers, data.EntryAnswer{EntryID: id, Answer: data.AnswerSucceeded})
	}
	if _, err := h.RecordAnswers(t.Context(), answers); err != nil {
		t.Fatal(err)
	}
	stage, batches := stand(t, h, func(d *desk.Desk) *BatchList { return NewBatchList(d, h) })
	stage.Look("batches")
	batches.Enter("XK-2022-0002")
	stage.Look("batches-drawer")
	stage, trail := stand(t, h, func(d *desk.Desk) *Trail { return NewTrail(d, h) })
	trail.Enter("JF-2022-0002")
	stage.Look("trail")
	stage, ledger := stand(t, h, func(d *desk.Desk) *Ledger { return NewLedger(d, h) })
	ledger.table.SetTicked(ids[2:6]...)
	ledger.sumTicked()
	ledger.table.Open(2)
	stage.Look("ledger-answers")
	ledger.actions.with(ids[6:9], ledger.actions.answer)
	stage.Look("ledger-answer-dialog")
}

func TestLookEmptyBatches(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	stage, _ := stand(t, h, func(d *desk.Desk) *BatchList { return NewBatchList(d, h) })
	stage.Look("batches-empty")
}

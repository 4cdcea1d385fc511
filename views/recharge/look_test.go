package recharge

import (
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
)

func TestLook(t *testing.T) {
	h := apptest.NewHospital(t, 84)
	people := h.People("")
	first := h.Approved("2022-03-10 09:00:00", "2022-03-12 09:00:00", 1)
	h.Charge("2022-03-14 09:00:00", first.BatchNumber, people[len(people)-2])
	h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 80)
	if _, err := h.SetTraineeStatus(t.Context(), []int64{people[5], people[9]}, data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	stage, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	look(stage, "recharge-none")
	screen.table.TickAll()
	look(stage, "recharge")
}

func TestLookEmpty(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	stage, _ := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	look(stage, "recharge-empty")
}

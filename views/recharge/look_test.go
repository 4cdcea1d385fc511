package recharge

import (
	"testing"

	"peixun/app/apptest"
	"peixun/data"
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
	d, _ := newDesk(t, h)
	screen := New(d, h)
	put(t, d, h, screen, nil)
	look(t, d.Window, "recharge-none")
	screen.table.TickAll()
	look(t, d.Window, "recharge")
}

func TestLookEmpty(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	d, _ := newDesk(t, h)
	put(t, d, h, New(d, h), nil)
	look(t, d.Window, "recharge-empty")
}

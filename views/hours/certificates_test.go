package hours

import (
	"context"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

func TestCertificatesAreListedAndLeadToTheirRecord(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 6)
	first := func() data.OfflineHoursRow {
		rows, err := a.HoursRows(context.Background(), []int64{1})
		if err != nil {
			t.Fatal(err)
		}
		return rows[0]
	}()
	_, err := a.AddHours(context.Background(), app.HoursEntry{PlanID: first.PlanID, TraineeIDs: []int64{first.TraineeID},
		Cells: map[string]string{"title": "另一次", "starts_on": "2022-06-01", "ends_on": "2022-06-01", "hours": "2", "certificate": first.Certificate}})
	if err != nil {
		t.Fatal(err)
	}
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	screen := NewCertificates(s.Desk, a)
	s.Enter(screen, nil)
	s.Shows("共 7 条")
	s.Shows("JJ-2022-0005")
	s.Picture("certificates")
	screen.filters.only.SetKey(string(data.HoursCertificateTwice))
	screen.ask()
	s.Shows("共 2 条")
	screen.table.OnOpen(1)
	if len(s.Gone) != 1 || s.Gone[0].Page != desk.Hours || s.Gone[0].Argument != screen.rows.ID(1) {
		t.Fatalf("led to %v", s.Gone)
	}
	list := New(s.Desk, a)
	s.Enter(list, s.Gone[0].Argument)
	if row := list.table.OpenRow(); row < 0 || list.rows.ID(row) != screen.rows.ID(1) || !list.host.IsOpen() {
		t.Errorf("row %d is open", row)
	}
	s = desktest.New(t, apptest.New(t), 1720, 1000, true)
	s.Enter(NewCertificates(s.Desk, s.App), nil)
	s.Shows("这里没有证明编号")
	s.Picture("certificates-empty-dark")
}

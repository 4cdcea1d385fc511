//go:build ci

package checkup

import (
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// damaged is a hospital with an approved order whose batch is worth a 分 more than was paid, and whose log lost a line.
func damaged(t *testing.T) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, 6)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 6)
	h.Charge("2022-04-14 09:00:00", order.BatchNumber, h.People("")[:2]...)
	return h
}

func vandalize(t *testing.T, h *apptest.Hospital) {
	t.Helper()
	vandal := datatest.Vandal(t, h.DatabasePath())
	datatest.Exec(t, vandal, "UPDATE card_batch SET face = face + 1")
	datatest.Exec(t, vandal, "DELETE FROM audit WHERE id = 5")
	if err := vandal.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCheckupFindsShowsAndLeadsToThePlace(t *testing.T) {
	h := damaged(t)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := New(s.Desk, h.App)
	s.Enter(screen, nil)
	s.Picture("checkup-empty")
	s.Tap("button", "开始体检")
	if screen.checkup.Broken() != 0 || !strings.HasSuffix(screen.sentence.Content, "项全部正常。") {
		t.Fatalf("a healthy database: %s", screen.sentence.Content)
	}
	s.Picture("checkup-fine")
	vandalize(t, h)
	s.Tap("button", "开始体检")
	if screen.rows[0].Name != "批次合计等于订单的批准金额" || screen.rows[0].OK {
		t.Fatalf("what is wrong does not stand first: %+v", screen.rows[0])
	}
	s.Picture("checkup-broken")
	screen.table.Open(0)
	s.Picture("checkup-drawer")
	s.Shows("批准 240.00 元，批次 240.01 元")
	s.Tap("button", "JF-2022-0001")
	order, err := h.OrderByNumber(t.Context(), "JF-2022-0001")
	if err != nil || len(s.Gone) != 1 || s.Gone[0].Page != desk.OrderDetails || s.Gone[0].Argument != order.ID {
		t.Errorf("leads to %+v, %v", s.Gone, err)
	}
	for row, one := range screen.rows {
		if one.Name == "操作日志没有被改动" {
			screen.table.Open(row)
		}
	}
	s.Tap("button", "操作日志")
	if s.Gone[1].Page != desk.Log {
		t.Errorf("leads to %+v", s.Gone)
	}
	broken := screen.checkup.Broken()
	s.Tap("segment", "不对 "+data.Figure{}.Figure(int64(broken)))
	if len(screen.rows) != broken {
		t.Errorf("%d lines are wrong, %d show", broken, len(screen.rows))
	}
	again := New(s.Desk, h.App)
	s.Enter(again, nil)
	if !again.made || again.checkup.Broken() != broken || len(again.rows) != len(screen.checkup.Invariants) {
		t.Errorf("the last result is not shown: %s", again.sentence.Content)
	}
}

func TestLook(t *testing.T) {
	h := damaged(t)
	vandalize(t, h)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, true)
	screen := New(s.Desk, h.App)
	s.Enter(screen, nil)
	s.Tap("button", "开始体检")
	screen.table.Open(0)
	s.Picture("checkup-dark")
}

package system

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// logged is a hospital whose log has lines of several kinds about people and orders.
func logged(t *testing.T) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, 6)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 6)
	h.Charge("2022-04-14 09:00:00", order.BatchNumber, h.People("")[:2]...)
	if _, err := h.Reveal(context.Background(), h.People("")[0]); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestLogIsSearchedAndLeadsToWhatItIsAbout(t *testing.T) {
	h := logged(t)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := NewLog(s.Desk, h.App)
	s.Enter(screen, nil)
	all := screen.rows.Len()
	s.Must("环环相扣：")
	s.Picture("log")
	screen.filters.text.SetText("建立")
	if screen.rows.Len() != 1 {
		t.Errorf("%d lines about 建立", screen.rows.Len())
	}
	screen.filters.text.SetText("")
	screen.filters.kind.OnChanged(string(data.AuditDisclosure))
	if screen.rows.Len() != 1 || screen.rows.At(0).Action != "trainee.reveal" {
		t.Fatalf("%d lines show whole numbers", screen.rows.Len())
	}
	screen.table.Open(0)
	s.Tap("button", "查看学员")
	if last := s.Gone[len(s.Gone)-1]; last.Page != desk.Trainees || last.Argument != h.People("")[0] {
		t.Errorf("leads to %+v", last)
	}
	s.Picture("log-drawer")
	screen.filters.kind.OnChanged("")
	screen.filters.text.SetText("审核通过")
	screen.table.OnCell(0, "target")
	order, err := h.OrderByNumber(context.Background(), "JF-2022-0001")
	if last := s.Gone[len(s.Gone)-1]; err != nil || last.Page != desk.OrderDetails || last.Argument != order.ID {
		t.Errorf("leads to %+v, %v", last, err)
	}
	screen.clear()
	if screen.rows.Len() != all {
		t.Errorf("%d of %d lines after all conditions were taken away", screen.rows.Len(), all)
	}
}

func TestLogIsFilteredByDayAndUserAndRemembersIt(t *testing.T) {
	h := logged(t)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := NewLog(s.Desk, h.App)
	s.Enter(screen, nil)
	screen.filters.from.SetText("2022-04-13")
	screen.filters.to.SetText("2022-04-13")
	if screen.rows.Len() != 1 || screen.rows.At(0).Action != "order.approve" {
		t.Fatalf("%d lines on the day of the review", screen.rows.Len())
	}
	screen.filters.to.SetText("2022-13-99")
	if screen.filters.query.To != "" {
		t.Error("a day that does not exist filters")
	}
	screen.filters.to.SetText("")
	screen.filters.text.SetText(datatest.Name(1))
	screen.filters.user.OnChanged("nobody")
	if screen.rows.Len() != 0 {
		t.Errorf("%d lines of nobody", screen.rows.Len())
	}
	s.Picture("log-nothing")
	again := NewLog(s.Desk, h.App)
	s.Enter(again, nil)
	if want := (data.AuditQuery{User: "nobody", From: "2022-04-13"}); again.filters.query != want {
		t.Errorf("opened again the conditions are %+v", again.filters.query)
	}
	if kept := h.Setting(context.Background(), logFiltersSetting, ""); strings.Contains(kept, datatest.Name(1)) {
		t.Errorf("a name that was searched for is kept: %s", kept)
	}
}

func TestLogIsExportedAndItsDamageShown(t *testing.T) {
	h := logged(t)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, true)
	screen := NewLog(s.Desk, h.App)
	s.Enter(screen, nil)
	path := filepath.Join(t.TempDir(), "日志.xlsx")
	before := screen.rows.Len()
	if count, err := h.ExportLog(context.Background(), path, data.AuditQuery{}, nil); err != nil || count != before {
		t.Fatalf("exported %d of %d lines: %v", count, before, err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Fatal(err)
	}
	screen.Enter(nil)
	if screen.rows.Len() != before+1 || screen.rows.At(0).Action != "log.export" {
		t.Error("the export is not in the log")
	}
	s.Picture("log-dark")
	vandal := datatest.Vandal(t, h.DatabasePath())
	datatest.Exec(t, vandal, "UPDATE audit SET detail = '没有这回事' WHERE id = 3")
	if err := vandal.Close(); err != nil {
		t.Fatal(err)
	}
	screen.Enter(nil)
	s.Must("操作日志在程序以外被改动过：从第 3 条起对不上。")
	s.Picture("log-broken")
}

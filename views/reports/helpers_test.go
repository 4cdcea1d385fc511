//go:build ci

package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

var ctx = context.Background()

// fixture is a window over a hospital with a year's orders, recharges, invoices and hours.
type fixture struct {
	*desktest.Stand
	*apptest.Hospital
	t *testing.T
}

func newFixture(t *testing.T, width, height float32, dark bool) *fixture {
	t.Helper()
	h := apptest.NewHospital(t, 96)
	return &fixture{Stand: desktest.New(t, h.App, width, height, dark), Hospital: h, t: t}
}

func (f *fixture) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// year fills the books: four orders, three approved, one invoice that stands and one that was reversed, recharges with one reversal, and hours.
func (f *fixture) year() {
	f.t.Helper()
	march := f.Approved("2022-03-09 09:00:00", "2022-03-11 10:00:00", 40)
	april := f.Approved("2022-04-12 09:00:00", "2022-04-14 10:00:00", 30)
	f.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 16)
	f.Submitted("2022-06-14 10:26:00", 10)
	f.Draft("2022-06-16 10:26:00", 5)
	people := f.People("")
	f.Charge("2022-04-02 09:00:00", march.BatchNumber, people[:24]...)
	f.Charge("2022-05-06 09:00:00", april.BatchNumber, people[24:52]...)
	_, err := f.InvoiceOrder(ctx, march.ID, "22112000000041860935", "2022-05-24")
	f.check(err)
	_, err = f.InvoiceOrder(ctx, april.ID, "22112000000041860936", "2022-05-25")
	f.check(err)
	_, err = f.ReverseInvoice(ctx, april.ID, "2022-05-26", "抬头写错")
	f.check(err)
	_, err = f.ReverseRecharge(ctx, 3, "充错了人")
	f.check(err)
	f.hours(people)
}

// hours gives every fourth person enough of them, and every other fourth too few.
func (f *fixture) hours(people []int64) {
	f.t.Helper()
	rows := []string{"姓名,身份证号,培训名称,开始日期,结束日期,学时"}
	for place := range people {
		number := place + 1
		switch place % 4 {
		case 0:
			rows = append(rows, fmt.Sprintf("%s,%s,公共知识讲座,2022-04-11,2022-04-15,30", datatest.Name(number), datatest.IDNumber(number)))
		case 1:
			rows = append(rows, fmt.Sprintf("%s,%s,急救技能培训,2022-06-06,2022-06-06,6", datatest.Name(number), datatest.IDNumber(number)))
		}
	}
	path := filepath.Join(f.t.TempDir(), "学时.csv")
	f.check(os.WriteFile(path, []byte(strings.Join(rows, "\n")), 0o600))
	plan, err := f.Hospital.PlanHoursImport(ctx, path, app.ImportOptions{PlanID: f.Hospital.Plan.ID})
	f.check(err)
	_, err = f.CommitHoursImport(ctx, plan, nil)
	f.check(err)
}

// page shows a page and gives it.
func (f *fixture) page(make func(*desk.Desk, service) *Screen, argument any) *Screen {
	f.t.Helper()
	screen := make(f.Desk, f.Hospital.App)
	f.Enter(screen, argument)
	return screen
}

// line finds a line by its label.
func (s *Screen) line(label string) data.ReportLine {
	for _, line := range s.table.all {
		if line.Label == label {
			return line
		}
	}
	return data.ReportLine{}
}

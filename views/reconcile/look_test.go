//go:build ci

package reconcile

import (
	"testing"

	"peixun/data"
	"peixun/views/desk/desktest"
)

// year makes orders and bank lines that resemble the design's picture.
func (f *fixture) year() {
	f.Approved("2022-03-09 10:00:00", "2022-03-10 09:00:00", 80)
	f.Approved("2022-03-21 10:00:00", "2022-03-22 09:00:00", 240)
	f.Approved("2022-04-11 10:00:00", "2022-04-12 09:00:00", 300)
	f.Approved("2022-05-14 10:00:00", "2022-05-16 09:00:00", 160)
	f.Submitted("2022-06-02 10:00:00", 120)
	f.Submitted("2022-06-02 11:00:00", 60)
	f.Submitted("2022-06-14 10:00:00", 40)
	f.Submitted("2022-06-14 11:00:00", 40)
	f.bank(
		"2022-03-02,,50000.00,90000.00,某某医药公司,6222,货款,0001",
		"2022-03-09,3200.00,,86800.00,"+payee+",培训费,20220309000931",
		"2022-03-15,12.00,,86788.00,,,网银汇划费,20220315000011",
		"2022-03-21,9600.00,,77188.00,"+payee+",培训费,20220321001127",
		"2022-04-12,12000.00,,65188.00,"+payee+",公共知识培训费,20220412000415",
		"2022-05-18,6400.00,,58788.00,国培网（北京）教育科技有限公司,,培训费,20220518002208",
		"2022-06-02,7200.00,,51588.00,"+payee+",两批培训费,20220602000612",
		"2022-06-14,1600.00,,49988.00,"+payee+",公共知识培训费,20220614007731",
		"2022-06-15,2000.00,,47988.00,"+payee+",培训费,20220615008046",
		"2022-06-16,,400.00,48388.00,"+payee+",退款,20220616000005",
	)
}

// TestLook draws the pages. Set PEIXUN_LOOK to a folder to keep the pictures.
func TestLook(t *testing.T) {
	for _, look := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"light", desktest.Width, desktest.Height, false}, {"dark", desktest.Width, desktest.Height, true}, {"wide", 1720, 1000, false}, {"small", 824, 600, false}} {
		t.Run(look.name, func(t *testing.T) {
			f := newFixtureAt(t, look.width, look.height, look.dark)
			page := New(f.Desk, f.Hospital.App)
			f.Enter(page, nil)
			f.Picture("reconcile-empty-" + look.name)
			f.year()
			f.Enter(page, nil)
			for _, row := range page.rows[:2] {
				if row.State == data.PairCertain {
					_, err := f.SettleMatch(ctx, row.Choices[0])
					f.check(err)
				}
			}
			f.Enter(page, nil)
			page.list.SetCurrent(5)
			page.list.Refresh()
			f.Picture("reconcile-" + look.name)
			page.byHand(page.rows[6])
			f.Picture("reconcile-hand-" + look.name)
			differences, months := NewDifferences(f.Desk, f.Hospital.App), NewMonthEnd(f.Desk, f.Hospital.App)
			f.Enter(differences, nil)
			f.Picture("differences-" + look.name)
			f.Enter(months, nil)
			f.Picture("months-" + look.name)
		})
	}
}

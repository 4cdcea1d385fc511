package sqlite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/search"
	"peixun/data/sqlite"
)

// outline writes a tree as one line: path(depth, people).
func outline(t testing.TB, store *sqlite.Store) string {
	t.Helper()
	var parts []string
	for _, o := range datatest.Read(t, store, (*sqlite.Tx).Organizations) {
		parts = append(parts, fmt.Sprintf("%s(%d,%d)", o.Path, o.Depth, o.People))
	}
	return strings.Join(parts, " ")
}

func TestOrganizationsFormATree(t *testing.T) {
	store := datatest.Store(t)
	main := datatest.AddOrganization(t, store, 1, "院本部")
	station := datatest.AddOrganization(t, store, 1, "服务站")
	ward := datatest.AddOrganization(t, store, main, "内科")
	datatest.AddOrganization(t, store, ward, "一病区")
	datatest.AddOrganization(t, store, station, "内科")
	datatest.AddTrainees(t, store,
		datatest.Trainee(func(p *data.Trainee) { p.OrganizationID = ward }),
		datatest.Trainee(func(p *data.Trainee) { p.OrganizationID, p.Status = ward, data.TraineeDisabled }),
		datatest.Trainee())
	const unit = "北京市第九实验医院(0,1)"
	if got, want := outline(t, store), unit+" 院本部(1,0) 院本部/内科(2,1) 院本部/内科/一病区(3,0) 服务站(1,0) 服务站/内科(2,0)"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SaveOrganization(data.Organization{ID: main, Name: "本部"}) })
	if got, want := outline(t, store), unit+" 本部(1,0) 本部/内科(2,1) 本部/内科/一病区(3,0) 服务站(1,0) 服务站/内科(2,0)"; got != want {
		t.Errorf("after a new name\n got %s\nwant %s", got, want)
	}
}

func TestOrganizationNamesStayApart(t *testing.T) {
	store := datatest.Store(t)
	first := datatest.AddOrganization(t, store, 1, "内科")
	second := datatest.AddOrganization(t, store, 1, "外科")
	before := outline(t, store)
	for name, work := range map[string]func(tx *sqlite.Tx) error{
		"a sibling's name": func(tx *sqlite.Tx) error {
			_, err := tx.AddOrganization(data.Organization{ParentID: 1, Name: "内科"})
			return err
		},
		"the unit's name below it": func(tx *sqlite.Tx) error {
			_, err := tx.AddOrganization(data.Organization{ParentID: 1, Name: "北京市第九实验医院"})
			return err
		},
		"renamed to a sibling's name": func(tx *sqlite.Tx) error {
			return tx.SaveOrganization(data.Organization{ID: second, Name: "内科"})
		},
		"the unit renamed to a department's name": func(tx *sqlite.Tx) error {
			return tx.SaveOrganization(data.Organization{ID: 1, Name: "内科"})
		},
	} {
		err := store.Write(ctx, work)
		if problem, ok := data.AsProblem(err); !ok || problem.Code != "organization-exists" {
			t.Errorf("%s: %v", name, err)
		}
		if got := outline(t, store); got != before {
			t.Errorf("%s changed the tree: %s", name, got)
		}
	}
	datatest.AddOrganization(t, store, first, "内科") // the same name elsewhere in the tree is fine
}

func TestRemovingOrganizations(t *testing.T) {
	store := datatest.Store(t)
	parent := datatest.AddOrganization(t, store, 1, "内科")
	child := datatest.AddOrganization(t, store, parent, "一病区")
	peopled := datatest.AddOrganization(t, store, 1, "外科")
	datatest.AddTrainees(t, store, datatest.Trainee(func(p *data.Trainee) { p.OrganizationID = peopled }))
	ordered := datatest.AddOrganization(t, store, 1, "骨科")
	datatest.AddOrder(t, store, func(o *data.Order) { o.Lines[0].OrganizationID = ordered })
	paying := datatest.AddOrganization(t, store, 1, "财务科")
	datatest.AddOrganization(t, store, 1, "急诊科", paying)
	for _, c := range []struct {
		name string
		id   int64
		want error
	}{
		{"with one below it", parent, data.ErrWrongState},
		{"with people", peopled, data.ErrWrongState},
		{"in an order", ordered, data.ErrWrongState},
		{"that pays", paying, data.ErrWrongState},
		{"the unit itself", 1, data.ErrNotFound},
		{"that is not there", 999, data.ErrNotFound},
		{"that nobody needs", child, nil},
		{"the same once more", child, data.ErrNotFound},
		{"whose last one below is gone", parent, nil},
	} {
		if err := store.Write(ctx, func(tx *sqlite.Tx) error { return tx.RemoveOrganization(c.id) }); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestPlans(t *testing.T) {
	store := datatest.Store(t)
	plans := datatest.Read(t, store, (*sqlite.Tx).Plans)
	if len(plans) != 3 || plans[0].Year != 2022 || plans[2].Number != "20200904133105629" {
		t.Fatalf("plans = %+v", plans)
	}
	plan := plans[0]
	plan.Price, plan.Target, plan.Name = 40_00, 29_99, "改名"
	datatest.Write(t, store, func(tx *sqlite.Tx) error { _, err := tx.SavePlan(plan); return err })
	if got := datatest.Read(t, store, (*sqlite.Tx).Plans)[0]; got != plan {
		t.Errorf("saved %+v, read %+v", plan, got)
	}
	again := plan
	again.ID = 0
	err := store.Write(ctx, func(tx *sqlite.Tx) error { _, err := tx.SavePlan(again); return err })
	if problem, ok := data.AsProblem(err); !ok || problem.Code != "plan-exists" {
		t.Errorf("the same number twice: %v", err)
	}
	again.ID, again.Number = 999, "1"
	if err := store.Write(ctx, func(tx *sqlite.Tx) error { _, err := tx.SavePlan(again); return err }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a plan that is not there: %v", err)
	}
}

func TestVouchers(t *testing.T) {
	store := datatest.Store(t)
	first, second, void := datatest.AddOrder(t, store), datatest.AddOrder(t, store), datatest.AddOrder(t, store)
	picture := []byte("the very bytes")
	const removed = data.Moment("2022-06-17 13:02:11")
	add := func(order data.Order, content []byte) (data.Voucher, error) {
		var voucher data.Voucher
		err := store.Write(ctx, func(tx *sqlite.Tx) (err error) {
			voucher, err = tx.AddVoucher(order.ID, data.Voucher{Name: "回单.png", Type: "image/png", Width: 900, Height: 640, AddedAt: "2022-06-17 13:02:11"}, content)
			return err
		})
		return voucher, err
	}
	voucher, err := add(first, picture)
	must(t, err)
	if _, err := add(first, picture); err == nil {
		t.Error("the same picture went into one order twice")
	} else if problem, ok := data.AsProblem(err); !ok || problem.Code != "voucher-twice" {
		t.Errorf("the same picture twice: %v", err)
	}
	_, err = add(second, picture)
	must(t, err)
	_, err = add(void, picture)
	must(t, err)
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		void.Review, void.ReviewNote = data.ReviewVoid, "重复"
		return tx.SaveOrder(void)
	})
	others := datatest.Read(t, store, func(tx *sqlite.Tx) ([]string, error) { return tx.OrdersWithVoucher(voucher.SHA256, first.ID) })
	if len(others) != 1 || others[0] != second.Number {
		t.Errorf("the picture stands also in %v", others)
	}
	content := datatest.Read(t, store, func(tx *sqlite.Tx) ([]byte, error) { return tx.VoucherContent(voucher.ID) })
	if string(content) != string(picture) {
		t.Errorf("content = %q", content)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.TurnVoucher(voucher.ID, 3) })
	order := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(first.ID) })
	voucher.Turned = 3
	if len(order.Vouchers) != 1 || order.Vouchers[0] != voucher || voucher.Size != int64(len(picture)) {
		t.Errorf("order's vouchers = %+v, want %+v", order.Vouchers, voucher)
	}
	if err := store.Write(ctx, func(tx *sqlite.Tx) error { return tx.RemoveVoucher(second.ID, voucher.ID, removed) }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("removed through another order: %v", err)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.RemoveVoucher(first.ID, voucher.ID, removed) })
	if err := store.Write(ctx, func(tx *sqlite.Tx) error { return tx.RemoveVoucher(first.ID, voucher.ID, removed) }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	again, err := add(first, picture)
	must(t, err)
	if again != voucher {
		t.Errorf("the same picture came back as %+v, want %+v", again, voucher)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.RemoveVoucher(first.ID, voucher.ID, removed) })
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.KeepVouchers(first.ID) })
	if err := store.Read(ctx, func(tx *sqlite.Tx) error { _, err := tx.VoucherContent(voucher.ID); return err }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("what was taken out before the first submission is still there: %v", err)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.KeepVouchers(second.ID) })
	shown := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(second.ID) }).Vouchers[0]
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.RemoveVoucher(second.ID, shown.ID, removed) })
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.KeepVouchers(second.ID) })
	if kept := datatest.Read(t, store, func(tx *sqlite.Tx) ([]byte, error) { return tx.VoucherContent(shown.ID) }); string(kept) != string(picture) {
		t.Error("a picture that was handed over is gone")
	}
}

func TestPinyin(t *testing.T) {
	for name, want := range map[string][2]string{
		"陈若溪": {"chenruoxi", "crx"}, "CHEN Li": {"chen li", "chen li"}, "买买提·𫰡": {"maimaiti·hua", "mmt·h"}, "": {"", ""},
	} {
		if whole, initials := search.SpellName(name); whole != want[0] || initials != want[1] {
			t.Errorf("%s is spelled %q %q, want %q", name, whole, initials, want)
		}
	}
}

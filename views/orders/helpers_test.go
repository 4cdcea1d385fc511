//go:build ci

package orders

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// fixture is a window over a real App with orders in it.
type fixture struct {
	*desktest.Stand
	t     *testing.T
	clock *apptest.Clock
	plan  data.Plan
}

func newFixture(t *testing.T) *fixture {
	return newFixtureAt(t, desktest.Width, desktest.Height, false)
}

func newFixtureAt(t *testing.T, width, height float32, dark bool) *fixture {
	t.Helper()
	a, clock := apptest.NewWithClock(t)
	f := &fixture{t: t, clock: clock, Stand: desktest.New(t, a, width, height, dark)}
	var err error
	f.plan, err = a.CurrentPlan(context.Background())
	f.check(err)
	f.plan.Price = 40_00
	_, err = a.SavePlan(context.Background(), f.plan)
	f.check(err)
	return f
}

func (f *fixture) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

var people int

// organization makes an organisation with people in it and gives the line that pays for them.
func (f *fixture) organization(name string, count int) data.OrderLine {
	f.t.Helper()
	ctx := context.Background()
	tree, err := f.App.Organizations(ctx)
	f.check(err)
	id, err := f.App.SaveOrganization(ctx, data.Organization{Name: name, ParentID: tree.Root().ID})
	f.check(err)
	for range count {
		people++
		_, err := f.App.AddTrainee(ctx, map[string]string{"name": datatest.Name(people), "id_number": datatest.IDNumber(people), "mobile": datatest.Mobile(people), "organization": name})
		f.check(err)
	}
	return data.OrderLine{OrganizationID: id, OrganizationPath: name, People: count, Amount: data.Money(count) * 40_00}
}

// draft makes an order that lacks nothing.
func (f *fixture) draft(lines ...data.OrderLine) data.Order {
	f.t.Helper()
	ctx := context.Background()
	order, err := f.App.NewOrder(ctx, f.plan, data.PayFirst)
	f.check(err)
	order.Lines, order.PayerBank, order.PayerAccount, order.PaidAt = lines, "城南商业银行育才支行", "330101201900556678", "2022-05-14 00:00:00"
	_, err = f.App.SaveOrder(ctx, order)
	f.check(err)
	_, err = f.App.AddVoucher(ctx, order.ID, "电子回单.png", receipt(order.ID))
	f.check(err)
	return f.read(order.ID)
}

// receipt draws a picture that differs for every order.
func receipt(id int64) []byte {
	picture := image.NewNRGBA(image.Rect(0, 0, 1000, 715))
	for y := range 715 {
		for x := range 1000 {
			c := color.NRGBA{0xFF, 0xFD, 0xF8, 0xFF}
			if y%60 < 2 || int64(x) == 100+id {
				c = color.NRGBA{0xC0, 0x60, 0x60, 0xFF}
			}
			picture.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func (f *fixture) submitted(lines ...data.OrderLine) data.Order {
	f.t.Helper()
	order, err := f.App.SubmitOrder(context.Background(), f.draft(lines...).ID)
	f.check(err)
	return order
}

func (f *fixture) approved(lines ...data.OrderLine) data.Order {
	f.t.Helper()
	order := f.submitted(lines...)
	f.clock.Pass(time.Hour)
	order, err := f.App.ApproveOrder(context.Background(), order.ID, "", "")
	f.check(err)
	return order
}

// recharge credits everybody in the given organisations from an order's batch.
func (f *fixture) recharge(order data.Order, organizations ...int64) {
	f.t.Helper()
	ctx := context.Background()
	batch, err := f.App.BatchByNumber(ctx, order.BatchNumber)
	f.check(err)
	ids, err := f.App.TraineeIDs(ctx, data.TraineeQuery{OrganizationIDs: organizations})
	f.check(err)
	_, err = f.App.Recharge(ctx, data.RechargeRun{ID: fmt.Sprint(order.ID), BatchID: batch.ID, Amount: 40_00, Trainees: ids}, false, nil)
	f.check(err)
}

func (f *fixture) read(id int64) data.Order {
	f.t.Helper()
	order, err := f.App.Order(context.Background(), id)
	f.check(err)
	return order
}

// formIn gives the form that a dialog asks with.
func formIn(t *testing.T, body fyne.CanvasObject) *ui.Form {
	t.Helper()
	form, ok := body.(*ui.Form)
	if !ok {
		t.Fatalf("the dialog holds a %T", body)
	}
	return form
}

func dateIn(t *testing.T, form *ui.Form, key string) *ui.DateField {
	t.Helper()
	return form.Row(key).Control.(*ui.DateField)
}

func fieldIn(t *testing.T, form *ui.Form, key string) *ui.Field {
	t.Helper()
	return form.Row(key).Control.(*ui.Field)
}

func areaIn(t *testing.T, form *ui.Form, key string) *ui.TextArea {
	t.Helper()
	return form.Row(key).Control.(*ui.TextArea)
}

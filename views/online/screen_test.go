//go:build ci

package online

import (
	"context"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// pay records an online payment of the root for a plan.
func pay(t *testing.T, s *desktest.Stand, transaction string, amount data.Money, submit bool) data.Order {
	t.Helper()
	ctx := context.Background()
	tree, err := s.App.Organizations(ctx)
	check(t, err)
	order, err := s.App.NewOrder(ctx, s.Desk.Plan(), data.PayOnline)
	check(t, err)
	order.Lines = []data.OrderLine{{OrganizationID: tree.Root().ID, OrganizationPath: tree.Root().Name, People: 2, Amount: amount}}
	order.Transaction, order.PaidAt = transaction, "2022-06-14 10:26:08"
	order, err = s.App.SaveOrder(ctx, order)
	check(t, err)
	if submit {
		order, err = s.App.SubmitOrder(ctx, order.ID)
		check(t, err)
	}
	return order
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPaymentsAreListedSummedAndFound(t *testing.T) {
	s := desktest.New(t, apptest.New(t), desktest.Width, desktest.Height, false)
	screen := New(s.Desk, s.App)
	s.Enter(screen, nil)
	s.Shows("还没有在线支付")
	s.Picture("online-empty")
	recorded := pay(t, s, "4200001234202206149876543210", 80_00, true)
	begun := pay(t, s, "4200005555202206141111111111", 40_00, false)
	if recorded.Review != data.ReviewApproved || recorded.BatchNumber == "" {
		t.Fatalf("recorded as %s with batch %q", recorded.Review, recorded.BatchNumber)
	}
	s.Shows("共 2 笔")
	s.Shows("支付金额合计 120.00 元　已生成批次 80.00，已充值 0.00")
	s.Shows(recorded.BatchNumber)
	s.Picture("online")
	screen.text.SetText("987654")
	s.Shows("共 1 笔")
	if screen.rows.ID(0) != recorded.ID {
		t.Errorf("the transaction finds %d", screen.rows.ID(0))
	}
	s.Tap("button", "清空")
	s.Shows("共 2 笔")
	screen.from.SetText("2022-06-15")
	s.Shows("没有这样的支付")
	screen.from.SetText("十五日")
	s.Shows("共 2 笔")
	for row := range 2 {
		screen.table.OnCell(row, "open")
	}
	opened := map[desk.Page]any{}
	for _, step := range s.Gone {
		opened[step.Page] = step.Argument
	}
	if opened[desk.OrderDetails] != recorded.ID || opened[desk.Payment] != begun.ID {
		t.Errorf("rows led to %v", s.Gone)
	}
}

// The list shows a transaction's whole number at both sizes of window. Set PEIXUN_LOOK to a folder to keep the pictures.
func TestTransactionsAreShownWhole(t *testing.T) {
	for _, look := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"light", desktest.Width, desktest.Height, false}, {"dark", desktest.Width, desktest.Height, true}, {"wide", 1720, 1000, false}, {"wide-dark", 1720, 1000, true}} {
		t.Run(look.name, func(t *testing.T) {
			s := desktest.New(t, apptest.New(t), look.width, look.height, look.dark)
			const transaction = "4200001234202206149876543210"
			pay(t, s, transaction, 80_00, true)
			pay(t, s, "4200005555202206141111111111", 1_234_40_00, false)
			s.Enter(New(s.Desk, s.App), nil)
			s.Picture("online-" + look.name)
			s.Shows(transaction)
		})
	}
}

func TestAddBeginsAnOnlinePayment(t *testing.T) {
	s := desktest.New(t, apptest.New(t), desktest.Width, desktest.Height, false)
	s.Enter(New(s.Desk, s.App), nil)
	s.Tap("button", "登记在线支付")
	begin, ok := s.Gone[0].Argument.(desk.BeginPayment)
	if !ok || s.Gone[0].Page != desk.Payment || begin.Mode != data.PayOnline || begin.Plan.ID == 0 {
		t.Errorf("went to %v", s.Gone)
	}
}

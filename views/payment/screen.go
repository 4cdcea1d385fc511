// Package payment is 上传缴费凭证: the plans to pay for, then the wizard from the organisations to the submitted order.
package payment

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// service is what the screen asks of the program.
type service interface {
	Now() data.Moment
	Plans(ctx context.Context) ([]data.Plan, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	PeoplePaidFor(ctx context.Context, organizationID int64) (int, error)
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	Order(ctx context.Context, id int64) (data.Order, error)
	NewOrder(ctx context.Context, plan data.Plan, mode data.PaymentMode) (data.Order, error)
	SaveOrder(ctx context.Context, order data.Order) (data.Order, error)
	OrderGaps(ctx context.Context, order data.Order) ([]data.Problem, error)
	SubmitOrder(ctx context.Context, id int64) (data.Order, error)
	AddVoucherFile(ctx context.Context, orderID int64, path string) (data.Voucher, error)
	RemoveVoucher(ctx context.Context, orderID, id int64) error
	TurnVoucher(ctx context.Context, id int64, turned int) error
	VoucherImage(ctx context.Context, voucher data.Voucher) (image.Image, error)
	PayerBanks(ctx context.Context) ([]string, error)
	InvoiceDetails(ctx context.Context) ([]app.InvoiceDetails, error)
}

// Screen is 上传缴费凭证. It shows the list of plans or, once one is chosen, the wizard.
type Screen struct {
	desk    *desk.Desk
	service service
	choice  *choice
	wizard  *wizard
	content *fyne.Container
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s}
	screen.choice = newChoice(screen)
	screen.wizard = newWizard(screen)
	screen.wizard.content.Hide()
	screen.content = ui.Stack(screen.choice.content, screen.wizard.content)
	return screen
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter goes on with a draft, whose key is an int64, begins an order for a data.Plan or, without an argument, returns to what was in hand.
func (s *Screen) Enter(argument any) {
	switch v := argument.(type) {
	case int64:
		s.open(v, 0)
	case data.Plan:
		s.start(v)
	default:
		if !s.wizard.inHand() {
			s.showChoice()
			return
		}
		// What could not be saved, as while the program was locked, is tried again before it is read again.
		s.wizard.draft.flush(func(err error) {
			if err == nil {
				s.open(s.wizard.draft.order.ID, s.wizard.at)
			}
		})
	}
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.PlansChanged, app.OrdersChanged:
		if s.choice.content.Visible() {
			s.choice.reload()
		}
	}
	if !s.wizard.inHand() {
		return
	}
	switch event {
	case app.OrganizationsChanged, app.TraineesChanged:
		s.wizard.organizations.reload()
	case app.ProfileChanged, app.PlansChanged:
		s.wizard.check()
	}
}

// Title is part of desk.Titled.
func (s *Screen) Title() (string, desk.Page) {
	if s.wizard.inHand() && s.wizard.at >= stepInvoice {
		return stepLabels[s.wizard.at], ""
	}
	return string(desk.Payment), ""
}

// Leave saves the draft in hand before another screen is shown.
func (s *Screen) Leave(proceed func()) {
	s.wizard.draft.flush(func(err error) {
		if err == nil {
			proceed()
			return
		}
		dialog := ui.NewDialog(s.desk.Window, "草稿没有保存")
		dialog.Text = err.Error()
		dialog.CancelLabel = "留在这里"
		dialog.SetDanger("不保存，离开", proceed)
		dialog.Show()
	})
}

// Dropped takes voucher pictures that were dropped anywhere on the window.
func (s *Screen) Dropped(paths []string) {
	if s.wizard.inHand() {
		s.wizard.vouchers.add(paths)
	}
}

// showChoice puts the order in hand aside and shows the plans.
func (s *Screen) showChoice() {
	s.wizard.release()
	s.wizard.content.Hide()
	s.choice.content.Show()
	s.choice.reload()
	s.retitle()
}

// start begins an order for a plan. A draft of that plan that nothing was filled into is used again, so that no numbers are wasted.
func (s *Screen) start(plan data.Plan) {
	var order data.Order
	s.desk.Do(func(ctx context.Context) error {
		var err error
		if order, err = s.emptyDraft(ctx, plan); err != nil || order.ID != 0 {
			return err
		}
		order, err = s.service.NewOrder(ctx, plan, data.PayFirst)
		return err
	}, func() { s.take(order, stepOrganizations) })
}

func (s *Screen) emptyDraft(ctx context.Context, plan data.Plan) (data.Order, error) {
	ids, err := s.service.OrderIDs(ctx, data.OrderQuery{PlanID: plan.ID, Review: data.ReviewDraft})
	if err != nil {
		return data.Order{}, err
	}
	rows, err := s.service.OrderRows(ctx, ids)
	if err != nil {
		return data.Order{}, err
	}
	for _, row := range rows {
		if row.Organizations != "" {
			continue
		}
		order, err := s.service.Order(ctx, row.ID)
		if err != nil || len(order.Vouchers) == 0 && order.PaidAt == "" && order.Revision == 1 {
			return order, err
		}
	}
	return data.Order{}, nil
}

// open goes on with a draft at a step.
func (s *Screen) open(id int64, step int) {
	var order data.Order
	s.desk.Do(func(ctx context.Context) error {
		var err error
		order, err = s.service.Order(ctx, id)
		return err
	}, func() {
		if !order.Editable() {
			s.showChoice()
			return
		}
		s.take(order, step)
	})
}

func (s *Screen) take(order data.Order, step int) {
	s.choice.content.Hide()
	s.wizard.content.Show()
	s.wizard.take(order, step)
}

func (s *Screen) retitle() {
	if s.desk.Retitle != nil {
		s.desk.Retitle()
	}
}

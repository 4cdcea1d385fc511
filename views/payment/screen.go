// Package payment is 上传缴费凭证: the plans to pay for, then the wizard from the organisations to the submitted order.
package payment

import (
	"context"
	"image"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/ui"
)

// service is what the screen asks of the program.
type service interface {
	Now() data.Moment
	Plans(ctx context.Context) ([]data.Plan, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	PaidPeople(ctx context.Context) (map[int64]int, error)
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	Order(ctx context.Context, id int64) (data.Order, error)
	NewOrder(ctx context.Context, plan data.Plan, mode data.PaymentMode) (data.Order, error)
	SaveOrder(ctx context.Context, order data.Order) (data.Order, error)
	OrderGaps(ctx context.Context, order data.Order) ([]data.Problem, error)
	SubmitOrder(ctx context.Context, id int64) (data.Order, error)
	OrderByNumber(ctx context.Context, number string) (data.Order, error)
	voucherService
	invoiceService
	paperService
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
}

// paperService is what the 付款申请单 needs.
type paperService interface {
	preview.Service
	PaymentRequestPaper(ctx context.Context, orderID int64, w io.Writer) (app.Written, error)
	RecordPrinted(ctx context.Context, orderID int64, paper string) error
}

// voucherService is what the vouchers need.
type voucherService interface {
	AddVoucherFile(ctx context.Context, orderID int64, path string) (data.Voucher, error)
	AddVoucher(ctx context.Context, orderID int64, name string, content []byte) (data.Voucher, error)
	RemoveVoucher(ctx context.Context, orderID, id int64) error
	RestoreVoucher(ctx context.Context, orderID, id int64) error
	TurnVoucher(ctx context.Context, id int64, turned int) error
	ShowVoucherPage(ctx context.Context, orderID, id int64, page int) error
	VoucherImage(ctx context.Context, voucher data.Voucher) (image.Image, error)
	PayerAccounts(ctx context.Context) ([]data.PayerAccount, error)
}

// invoiceService is what the invoice needs, asking for it before the payment included.
type invoiceService interface {
	Today() data.Date
	InvoiceDetails(ctx context.Context) ([]app.InvoiceDetails, error)
	InvoiceProfiles(ctx context.Context) ([]data.InvoiceProfile, error)
	SaveInvoiceProfile(ctx context.Context, profile data.InvoiceProfile) (data.InvoiceProfile, error)
	RemoveInvoiceProfile(ctx context.Context, id int64) (data.InvoiceProfile, error)
	InvoiceRequest(ctx context.Context, orderID int64) (data.MailDraft, error)
	SaveInvoiceRequest(ctx context.Context, orderID int64, path string) (data.Order, error)
	IssueInvoice(ctx context.Context, orderID int64, issue data.InvoiceIssue) (data.Order, error)
}

// Screen is 上传缴费凭证. It shows the list of plans or, once one is chosen, the wizard.
type Screen struct {
	desk    *desk.Desk
	service service
	choice  *choice
	wizard  *wizard
	content *fyne.Container
	// returned tells that what was in hand when the program ended was gone on with, or another thing was done since.
	returned bool
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

// Enter goes on with a draft, whose key is an int64 or in a desk.ResumePayment, begins an order for a data.Plan or a desk.BeginPayment or,
// without an argument, returns to what was in hand, before the program ended too.
func (s *Screen) Enter(argument any) {
	ui.SetOnPaste(s.desk.Window.Canvas(), s.paste)
	switch v := argument.(type) {
	case int64:
		s.open(v, lackingStep, "")
	case desk.ResumePayment:
		s.open(v.OrderID, (gap{key: v.Field}).step(), v.Field)
	case data.Plan:
		s.start(desk.BeginPayment{Plan: v, Mode: data.PayFirst})
	case desk.BeginPayment:
		s.start(v)
	default:
		s.goOn()
	}
}

// goOn returns to what was in hand.
func (s *Screen) goOn() {
	if !s.wizard.inHand() {
		if left, ok := s.remembered(); ok && !s.returned {
			s.returned = true
			s.open(left.Order, left.Step, "")
			return
		}
		s.showChoice()
		return
	}
	// What could not be saved, as while the program was locked, is tried again before it is read again.
	s.wizard.draft.flush(func(err error) {
		if err == nil {
			s.open(s.wizard.draft.order.ID, s.wizard.at, "")
		}
	})
}

// paste is Ctrl+V where no text is edited: a picture or copied files become vouchers.
func (s *Screen) paste() {
	if s.wizard.inHand() {
		s.wizard.vouchers.paste()
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
	if s.wizard.inHand() && s.wizard.at != stepOrganizations && s.wizard.at != stepTransfer {
		return stepLabel(s.wizard.at, s.wizard.order().Mode), ""
	}
	return string(desk.Payment), ""
}

// Leave saves the draft in hand before another screen is shown.
func (s *Screen) Leave(proceed func()) {
	leave := func() {
		ui.SetOnPaste(s.desk.Window.Canvas(), nil)
		proceed()
	}
	s.wizard.draft.flush(func(err error) {
		switch {
		case err == nil:
			leave()
			return
		case isConflict(err): // which of both shall stand is being asked
			return
		}
		dialog := ui.NewDialog(s.desk.Window, "草稿没有保存")
		dialog.Text = err.Error()
		dialog.CancelLabel = "留在这里"
		dialog.SetDanger("不保存，离开", leave)
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
	s.returned = true
	s.wizard.release()
	s.wizard.content.Hide()
	s.choice.content.Show()
	s.choice.reload()
	s.retitle()
}

// start begins an order for a plan. A draft of that plan that nothing was filled into is used again, so that no numbers are wasted.
func (s *Screen) start(begin desk.BeginPayment) {
	var order data.Order
	var accounts []data.PayerAccount
	s.desk.Do(func(ctx context.Context) error {
		var err error
		if accounts, err = s.service.PayerAccounts(ctx); err != nil {
			return err
		}
		if order, err = s.emptyDraft(ctx, begin.Plan); err != nil || order.ID != 0 {
			return err
		}
		order, err = s.service.NewOrder(ctx, begin.Plan, begin.Mode)
		return err
	}, func() {
		other := order.Mode != begin.Mode || begin.Paid != desk.BankPaid{} // than the order as it is stored
		order.Mode = begin.Mode
		fillPaid(&order, begin.Paid, accounts)
		s.take(order, stepOrganizations)
		s.wizard.paid = begin.Paid.Amount
		if other {
			s.wizard.changed()
		}
	})
}

// fillPaid takes over what a bank line tells of the payment.
func fillPaid(order *data.Order, paid desk.BankPaid, accounts []data.PayerAccount) {
	if paid.At != "" {
		order.PaidAt = paid.At
	}
	account, problems := data.JudgeAccount(paid.Account, "")
	if account == "" || data.HasErrors(problems) || account == order.PayerAccount {
		return
	}
	order.PayerAccount, order.PayerBank = account, paid.Bank
	for _, known := range accounts {
		if known.Account == account {
			order.PayerBank = known.Bank
			return
		}
	}
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
		if err != nil || len(order.Vouchers) == 0 && order.PaidAt == "" && order.Transaction == "" && order.Revision == 1 {
			return order, err
		}
	}
	return data.Order{}, nil
}

// lackingStep stands for the first step that lacks something.
const lackingStep = -1

// open goes on with a draft at a step and, where one is named, at a field.
func (s *Screen) open(id int64, step int, field string) {
	var order data.Order
	var problems []data.Problem
	s.desk.Do(func(ctx context.Context) error {
		var err error
		if order, err = s.service.Order(ctx, id); err == nil {
			problems, err = s.service.OrderGaps(ctx, order)
		}
		return err
	}, func() {
		if !order.Editable() {
			s.showChoice()
			return
		}
		if step == lackingStep {
			step = firstStep(order, gapsOf(problems, order.Lines, nil))
		}
		s.take(order, step)
		if field != "" {
			s.wizard.jumpTo(field)
		}
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

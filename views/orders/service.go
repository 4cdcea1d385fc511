package orders

import (
	"context"
	"image"
	"io"

	"peixun/app"
	"peixun/data"
	"peixun/views/preview"
)

// detailService is what the page of one order asks of the program.
type detailService interface {
	Now() data.Moment
	Today() data.Date
	Order(ctx context.Context, id int64) (data.Order, error)
	BankPayment(ctx context.Context, orderID int64) (data.BankPayment, error)
	OrderGaps(ctx context.Context, order data.Order) ([]data.Problem, error)
	OrderEvents(ctx context.Context, number string) ([]data.OrderEvent, error)
	OrderRevisions(ctx context.Context, orderID int64) ([]data.OrderRevision, error)
	OrderChanges(ctx context.Context, orderID int64, from, to int) ([]data.OrderChange, error)
	OrderRecharges(ctx context.Context, orderID int64) ([]app.LineRecharge, error)
	VoucherImage(ctx context.Context, voucher data.Voucher) (image.Image, error)
	SaveVoucherOriginal(ctx context.Context, id int64, path string) error
	Plans(ctx context.Context) ([]data.Plan, error)
	CopyOrder(ctx context.Context, orderID int64) (data.Order, error)
	preview.Service
	PaymentRequestPaper(ctx context.Context, orderID int64, w io.Writer) (app.Written, error)
	OrderSheetPaper(ctx context.Context, orderID int64, w io.Writer) (app.Written, error)
	OrderChecklistPaper(ctx context.Context, orderID int64, w io.Writer) (app.Written, error)
	RecordPrinted(ctx context.Context, orderID int64, paper string) error
	reviewService
	invoiceService
}

// reviewService takes an order through its review states.
type reviewService interface {
	SubmitOrder(ctx context.Context, id int64) (data.Order, error)
	ApproveOrder(ctx context.Context, id int64, batch string, at data.Moment) (data.Order, error)
	RejectOrder(ctx context.Context, id int64, reason string, at data.Moment) (data.Order, error)
	ReviseOrder(ctx context.Context, id int64) (data.Order, error)
	ReadyOrder(ctx context.Context, id int64) (data.Order, error)
	VoidOrder(ctx context.Context, id int64, reason string) (data.Order, error)
	TakeBackApproval(ctx context.Context, id int64) (data.Order, error)
}

// invoiceService is all about an order's invoices.
type invoiceService interface {
	IssueInvoice(ctx context.Context, orderID int64, issue data.InvoiceIssue) (data.Order, error)
	CorrectInvoice(ctx context.Context, orderID int64, number string, day data.Date) (data.Order, error)
	WithdrawInvoice(ctx context.Context, orderID int64) (data.Order, error)
	ReverseInvoice(ctx context.Context, orderID int64, on data.Date, reason string) (data.Order, error)
	RefillInvoice(ctx context.Context, orderID int64, invoice data.Invoice) (data.Order, error)
	Invoices(ctx context.Context, orderID int64) ([]data.InvoiceRecord, error)
	AttachInvoiceFile(ctx context.Context, orderID int64, path string) (data.InvoiceFile, error)
	RemoveInvoiceFile(ctx context.Context, orderID, fileID int64) error
	RestoreInvoiceFile(ctx context.Context, orderID, fileID int64) error
	SaveInvoiceFile(ctx context.Context, fileID int64, path string) error
	SaveInvoiceRequest(ctx context.Context, orderID int64, path string) (data.Order, error)
}

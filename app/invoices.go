package app

import (
	"context"
	"errors"

	"peixun/data"
)

// IssueInvoice records that an order's invoice has come. Its amount must be the order's total; a number is never taken twice,
// not even one that was reversed.
func (a *App) IssueInvoice(ctx context.Context, orderID int64, issue data.InvoiceIssue) (data.Order, error) {
	return data.Order{}, errors.ErrUnsupported
}

// ReverseInvoice records that an order's invoice was taken back by its issuer (红冲) on a day, for a reason. An order cannot be voided
// before.
func (a *App) ReverseInvoice(ctx context.Context, orderID int64, on data.Date, reason string) (data.Order, error) {
	return data.Order{}, errors.ErrUnsupported
}

// RefillInvoice takes an order whose invoice was reversed from 已红冲 to 已填写 with the details of the invoice that is asked for instead.
func (a *App) RefillInvoice(ctx context.Context, orderID int64, invoice data.Invoice) (data.Order, error) {
	return data.Order{}, errors.ErrUnsupported
}

// Invoices lists the invoices that were issued for an order, with their files, the newest first.
func (a *App) Invoices(ctx context.Context, orderID int64) ([]data.InvoiceRecord, error) {
	return nil, errors.ErrUnsupported
}

package app

import (
	"context"
	"errors"

	"peixun/data"
)

// InvoiceRequest gives the mail that asks for an order's invoice before the payment (manual, section 五.5). It is refused with the
// first gap while lines or invoice details are not complete.
func (a *App) InvoiceRequest(ctx context.Context, orderID int64) (data.MailDraft, error) {
	return data.MailDraft{}, errors.ErrUnsupported
}

// SaveInvoiceRequest writes that mail as an .eml draft, which a mail program opens ready to be sent, and notes when it was asked for.
func (a *App) SaveInvoiceRequest(ctx context.Context, orderID int64, path string) (data.Order, error) {
	return data.Order{}, errors.ErrUnsupported
}

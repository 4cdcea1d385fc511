package app

import (
	"context"
	"errors"

	"peixun/data"
)

// AttachInvoiceFile keeps an invoice's own file (PDF, OFD or XML by content) with the order's newest invoice.
func (a *App) AttachInvoiceFile(ctx context.Context, orderID int64, path string) (data.InvoiceFile, error) {
	return data.InvoiceFile{}, errors.ErrUnsupported
}

// RemoveInvoiceFile takes an invoice's file out; RestoreInvoiceFile brings it back.
func (a *App) RemoveInvoiceFile(ctx context.Context, orderID, fileID int64) error {
	return errors.ErrUnsupported
}

// RestoreInvoiceFile undoes RemoveInvoiceFile.
func (a *App) RestoreInvoiceFile(ctx context.Context, orderID, fileID int64) error {
	return errors.ErrUnsupported
}

// SaveInvoiceFile writes an invoice's file to path, byte for byte as it was attached.
func (a *App) SaveInvoiceFile(ctx context.Context, fileID int64, path string) error {
	return errors.ErrUnsupported
}

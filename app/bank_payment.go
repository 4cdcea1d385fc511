package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// BankPayment tells which bank lines paid an order, settled or certain.
func (a *App) BankPayment(ctx context.Context, orderID int64) (data.BankPayment, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.BankPayment, error) {
		found, err := a.reconcile(tx)
		return found.Books.PaymentOf(orderID), err
	})
}

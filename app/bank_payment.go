package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// BankPayment tells which bank lines paid an order, settled or certain, and whether its month is closed.
func (a *App) BankPayment(ctx context.Context, orderID int64) (data.BankPayment, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.BankPayment, error) {
		found, err := a.reconcile(tx)
		if err != nil {
			return data.BankPayment{}, err
		}
		payment := found.Books.PaymentOf(orderID)
		for _, order := range found.Books.Orders {
			if order.ID == orderID && order.Submitted() && found.Closed(order.Month()) {
				payment.Closed = order.Month()
			}
		}
		return payment, nil
	})
}

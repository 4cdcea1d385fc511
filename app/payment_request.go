package app

import (
	"context"
	"errors"

	"peixun/data"
)

// PaymentRequest gathers what an order's 付款申请单 shows. Printing it is told with RecordPrinted.
func (a *App) PaymentRequest(ctx context.Context, orderID int64) (data.PaymentRequest, error) {
	return data.PaymentRequest{}, errors.ErrUnsupported
}

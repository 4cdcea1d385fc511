package app

import (
	"context"
	"io"
	"slices"

	"peixun/data"
	"peixun/data/letter"
)

// PaymentRequestPaper writes the 付款申请单 of an order as a PDF.
func (a *App) PaymentRequestPaper(ctx context.Context, orderID int64, w io.Writer) error {
	request, err := a.PaymentRequest(ctx, orderID)
	if err != nil {
		return err
	}
	_, err = letter.PaymentRequest(w, request)
	return err
}

// OrderSheetPaper writes an order with all that happened to it as a PDF, for the unit's files.
func (a *App) OrderSheetPaper(ctx context.Context, orderID int64, w io.Writer) error {
	order, err := a.Order(ctx, orderID)
	if err != nil {
		return err
	}
	events, err := a.OrderEvents(ctx, order.Number)
	if err != nil {
		return err
	}
	slices.Reverse(events)
	_, err = letter.OrderSheet(w, data.OrderSheet{Order: order, Events: events, Made: a.Now()})
	return err
}

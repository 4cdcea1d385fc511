package app

import (
	"context"
	"io"
	"slices"

	"peixun/data"
	"peixun/data/letter"
)

// PaymentRequestPaper writes the 付款申请单 of an order as a PDF.
func (a *App) PaymentRequestPaper(ctx context.Context, orderID int64, w io.Writer) (Written, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return Written{}, err
	}
	request, err := a.PaymentRequest(ctx, orderID)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.PaymentRequest(w, request)
	return Written{pages, letter.MissingFrom(request)}, err
}

// OrderSheetPaper writes an order with all that happened to it as a PDF, for the unit's files.
func (a *App) OrderSheetPaper(ctx context.Context, orderID int64, w io.Writer) (Written, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return Written{}, err
	}
	order, err := a.Order(ctx, orderID)
	if err != nil {
		return Written{}, err
	}
	events, err := a.OrderEvents(ctx, order.Number)
	if err != nil {
		return Written{}, err
	}
	slices.Reverse(events)
	sheet := data.OrderSheet{Order: order, Events: events, Made: a.Now()}
	pages, err := letter.OrderSheet(w, sheet)
	return Written{pages, letter.MissingFrom(sheet)}, err
}

// OrderChecklistPaper writes the 填报清单 of one order as a PDF: what the official web form asks for, in its order, to be ticked off.
func (a *App) OrderChecklistPaper(ctx context.Context, orderID int64, w io.Writer) (Written, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return Written{}, err
	}
	order, err := a.Order(ctx, orderID)
	if err != nil {
		return Written{}, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	list := data.OrderChecklist(order)
	list.Unit, list.PreparedBy, list.At = profile.Unit, profile.Name, a.Now()
	pages, err := letter.Checklist(w, list)
	return Written{pages, letter.MissingFrom(list)}, err
}

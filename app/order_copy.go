package app

import (
	"context"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// CopyPages gives the official web form's pages with what an order enters there and what was ticked in this revision.
func (a *App) CopyPages(ctx context.Context, orderID int64) ([]data.CopyPage, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return nil, err
	}
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.CopyPage, error) {
		order, err := tx.Order(orderID)
		if err != nil {
			return nil, err
		}
		done, err := tx.Copied(orderID, order.Revision)
		if err != nil {
			return nil, err
		}
		pages := data.CopyPages(order)
		for _, page := range pages {
			for place := range page.Items {
				page.Items[place].Done = done[page.Items[place].Key]
			}
		}
		return pages, nil
	})
}

// TickCopied notes that a field was carried over to the official form, or that it was not.
func (a *App) TickCopied(ctx context.Context, orderID int64, key string, done bool) error {
	return a.write(ctx, func(tx *sqlite.Tx, _ string) error {
		order, err := tx.Order(orderID)
		if err != nil {
			return err
		}
		known := slices.ContainsFunc(data.CopyPages(order), func(page data.CopyPage) bool {
			return slices.ContainsFunc(page.Items, func(item data.CopyItem) bool { return item.Key == key })
		})
		if !known {
			return data.Refuse("copy-unknown", key, "表单里已经没有这一项。", "请重新打开逐项复制。").Because(data.ErrNotFound)
		}
		return tx.SetCopied(orderID, order.Revision, key, done, a.Now())
	})
}

// CopyOrder starts a draft with another order's plan, mode, lines, payer and invoice details; what was paid and proved is not taken.
func (a *App) CopyOrder(ctx context.Context, orderID int64) (data.Order, error) {
	var copied data.Order
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		source, err := tx.Order(orderID)
		if err != nil {
			return err
		}
		profile, err := tx.Profile()
		if err != nil {
			return err
		}
		copied, err = tx.AddOrder(data.Order{PlanID: source.PlanID, PlanNumber: source.PlanNumber, PlanName: source.PlanName, Mode: source.Mode, Lines: source.Lines,
			Payee: data.DefaultPayee, PayerBank: source.PayerBank, PayerAccount: source.PayerAccount, Invoice: source.Invoice.Details(), Review: data.ReviewDraft,
			Applicant: user, ApplicantUnit: profile.Unit, CreatedAt: a.Now()})
		if err != nil {
			return err
		}
		return a.log(tx, user, "order.create", copied.Number, fmt.Sprintf("新建草稿，照订单 %s 填写", source.Number))
	}, OrdersChanged)
	return copied, err
}

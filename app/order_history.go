package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// OrderEvents is an order's history, the newest first.
func (a *App) OrderEvents(ctx context.Context, number string) ([]data.OrderEvent, error) {
	entries, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.AuditOf(number) })
	events := make([]data.OrderEvent, 0, len(entries))
	for _, entry := range entries {
		events = append(events, data.OrderEvent{At: entry.At, User: entry.User, Action: entry.Action, Title: sqlite.WithoutLedgerHead(entry.Detail), Note: entry.User})
	}
	return events, err
}

// editSession is for how long edits that follow each other are one line of an order's history, in minutes.
const editSession = 30

// logEdit notes in an order's history that it was edited: once for as long as one person goes on, because drafts are saved as typed.
func (a *App) logEdit(tx *sqlite.Tx, user string, stored, order data.Order) error {
	if len(data.CompareOrders(stored, order)) == 0 {
		return nil
	}
	last, err := tx.LastAuditOf(order.Number)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	const slug = "order.edit"
	typing := slices.Contains([]string{slug, "order.create", "order.voucher"}, last.Action)
	if typing && last.User == user && a.clock().Sub(last.At.Time()).Minutes() < editSession {
		return nil
	}
	return a.log(tx, user, slug, order.Number, "修改内容")
}

// OrderRevisions lists an order as it was each time it was handed over, the first first.
func (a *App) OrderRevisions(ctx context.Context, orderID int64) ([]data.OrderRevision, error) {
	revisions, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.OrderRevision, error) { return tx.Revisions(orderID) })
	for place := range revisions {
		revisions[place].Order = a.shown(revisions[place].Order)
	}
	return revisions, err
}

// OrderChanges tells what is different in revision to beside revision from. The revision that was not handed over yet is the order as
// it stands.
func (a *App) OrderChanges(ctx context.Context, orderID int64, from, to int) ([]data.OrderChange, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.OrderChange, error) {
		revisions, err := tx.Revisions(orderID)
		if err != nil {
			return nil, err
		}
		old, err := revisionOf(tx, revisions, orderID, from)
		if err != nil {
			return nil, err
		}
		fresh, err := revisionOf(tx, revisions, orderID, to)
		return data.CompareOrders(a.shown(old), a.shown(fresh)), err
	})
}

func revisionOf(tx *sqlite.Tx, revisions []data.OrderRevision, orderID int64, number int) (data.Order, error) {
	for _, revision := range revisions {
		if revision.Revision == number {
			return revision.Order, nil
		}
	}
	order, err := tx.Order(orderID)
	if err != nil || order.Revision == number {
		return order, err
	}
	return order, data.Refuse("revision-unknown", "", fmt.Sprintf("订单 %s 没有第 %d 次提交的留底。", order.Number, number), "更早的版本没有保存每次提交的内容。").Because(data.ErrNotFound)
}

// RecordPrinted notes in an order's history that a paper of it was printed or saved, such as 付款申请单.
func (a *App) RecordPrinted(ctx context.Context, orderID int64, paper string) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		order, err := tx.Order(orderID)
		if err != nil {
			return err
		}
		return a.log(tx, user, "order.print", order.Number, "打印"+paper)
	}, OrdersChanged)
}

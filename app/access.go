package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// Every use case that touches the data passes one of these: read and query to look, write to change the books, note to leave a line in
// 操作日志 of what was only looked at, manage for what 管理员 alone may do, and need where nothing is stored at once.

// admit gives who is logged in, as the database knows it now, or refuses: who lost the account or the right meanwhile, even in another
// window, can do nothing more.
func (a *App) admit(tx *sqlite.Tx, right data.Right) (data.Administrator, error) {
	current := a.session.Load()
	if current == nil {
		return data.Administrator{}, locked()
	}
	known, err := tx.Administrator(current.ID)
	switch {
	case err != nil && !errors.Is(err, data.ErrNotFound):
		return known, err
	case err != nil, !known.Enabled():
		return known, errClosed
	case known.MustChange:
		return known, errMustChange
	case !known.Role.May(right):
		return known, rightMissing(known.Role, right)
	}
	return known, nil
}

var (
	errClosed     = data.Refuse("account-closed", "", "您的账号已被停用。", "需要继续使用时，请联系单位的“管理员”。").Because(data.ErrLocked)
	errMustChange = data.Refuse("password-must-change", "", "现在用的是临时密码。", "请先改成自己的密码，再继续。").Because(data.ErrLocked)
)

// rightMissing says who may do what was refused.
func rightMissing(role data.Role, right data.Right) error {
	return data.Refuse("right-missing", "", fmt.Sprintf("您的账号是“%s”，不能做这一步。", role), fmt.Sprintf("请让%s来做，或请“管理员”调整您的权限。", right.WhoMay())).Because(data.ErrRight)
}

// May tells whether whoever is logged in has a right, and where not, why, for a button that is not offered.
func (a *App) May(right data.Right) (reason string, ok bool) {
	current, in := a.Session()
	if !in || current.Role.May(right) {
		return "", in
	}
	problem, _ := data.AsProblem(rightMissing(current.Role, right))
	return problem.Error(), false
}

// need refuses whoever lacks a right, for use cases that store nothing themselves.
func (a *App) need(ctx context.Context, right data.Right) error {
	return a.ended(a.store.Read(ctx, func(tx *sqlite.Tx) error {
		_, err := a.admit(tx, right)
		return err
	}))
}

// write runs a change of the books by whoever is logged in in one transaction and tells of it when it is stored.
func (a *App) write(ctx context.Context, work func(tx *sqlite.Tx, user string) error, events ...Event) error {
	return a.change(ctx, data.RightWork, work, events...)
}

// manage is write for what only 管理员 may change.
func (a *App) manage(ctx context.Context, work func(tx *sqlite.Tx, user string) error, events ...Event) error {
	return a.change(ctx, data.RightManage, work, events...)
}

// note is write for lines in 操作日志 about what was looked at or taken out, which everybody may.
func (a *App) note(ctx context.Context, work func(tx *sqlite.Tx, user string) error, events ...Event) error {
	return a.change(ctx, data.RightRead, work, events...)
}

func (a *App) change(ctx context.Context, right data.Right, work func(tx *sqlite.Tx, user string) error, events ...Event) error {
	if a.session.Load() == nil {
		return locked()
	}
	err := a.store.Write(ctx, func(tx *sqlite.Tx) error {
		administrator, err := a.admit(tx, right)
		if err != nil {
			return err
		}
		return tx.Counting(func() error { return work(tx, administrator.Name) })
	})
	if err != nil {
		return a.ended(err)
	}
	now := a.Now()
	a.savedAt.Store(&now)
	a.publish(events...)
	return nil
}

// read runs a query for whoever is logged in on one snapshot.
func (a *App) read(ctx context.Context, work func(tx *sqlite.Tx) error) error {
	if a.session.Load() == nil {
		return locked()
	}
	return a.ended(a.store.Read(ctx, func(tx *sqlite.Tx) error {
		if _, err := a.admit(tx, data.RightRead); err != nil {
			return err
		}
		return work(tx)
	}))
}

// query is read for the usual case of one value.
func query[T any](a *App, ctx context.Context, ask func(tx *sqlite.Tx) (T, error)) (T, error) {
	var value T
	err := a.read(ctx, func(tx *sqlite.Tx) error {
		var err error
		value, err = ask(tx)
		return err
	})
	return value, err
}

// ended explains an error, and locks where it says that this login is good for nothing any more.
func (a *App) ended(err error) error {
	if problem, ok := data.AsProblem(err); ok && (problem.Code == errClosed.Code || problem.Code == sqlite.ErrKeyChanged.Code) {
		a.Lock()
	}
	return explain(err)
}

// seesWhole tells whether whoever is logged in may see whole numbers; 只读 sees them masked.
func (a *App) seesWhole() bool {
	current := a.session.Load()
	return current != nil && current.Role.May(data.RightWork)
}

// shown gives an order as whoever is logged in may see it.
func (a *App) shown(order data.Order) data.Order {
	if !a.seesWhole() {
		order.PayerAccount = vault.MaskAccount(order.PayerAccount)
		order.Invoice = a.shownInvoice(order.Invoice)
	}
	return order
}

func (a *App) shownInvoice(invoice data.Invoice) data.Invoice {
	if !a.seesWhole() {
		invoice.Account, invoice.Mobile = vault.MaskAccount(invoice.Account), vault.MaskMobile(invoice.Mobile)
	}
	return invoice
}

package sqlite

import (
	"errors"
	"fmt"
	"slices"

	"peixun/data"
)

// AddOrder stores a new order, gives it its number, JF-<plan's year>-<sequence>, and returns it as stored.
func (t *Tx) AddOrder(o data.Order) (data.Order, error) {
	id, err := t.Next("payment_order")
	if err != nil {
		return o, err
	}
	o.ID, o.Revision, o.Version = id, 1, 1
	if o.Number, err = t.planNumbered("JF", o.PlanID); err != nil {
		return o, err
	}
	account, err := t.seal(o.PayerAccount, "payment_order", id, "payer_account")
	if err != nil {
		return o, err
	}
	_, err = t.exec(`INSERT INTO payment_order (id, number, revision, plan_id, mode, payer_bank, sealed_payer_account, payee_name, payee_bank, payee_account,
			paid_at, transaction_number, review, review_note, applicant, applicant_unit, created_at, applied_at, reviewed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, o.Number, o.Revision, o.PlanID, string(o.Mode), o.PayerBank, account, o.Payee.Name, o.Payee.Bank, o.Payee.Account,
		string(o.PaidAt), o.Transaction, string(o.Review), o.ReviewNote, o.Applicant, o.ApplicantUnit, string(o.CreatedAt), string(o.AppliedAt), string(o.ReviewedAt))
	if err != nil {
		return o, err
	}
	if err := t.saveLines(o); err != nil {
		return o, err
	}
	return o, t.saveInvoice(o)
}

// planNumbered gives the next number of a kind in a plan's year: JF-2022-0008.
func (t *Tx) planNumbered(prefix string, planID int64) (string, error) {
	var year int
	if err := t.one("SELECT year FROM plan WHERE id = ?", []any{planID}, &year); err != nil {
		return "", err
	}
	series := fmt.Sprintf("%s-%d", prefix, year)
	sequence, err := t.Next(series)
	return fmt.Sprintf("%s-%04d", series, sequence), err
}

// SaveOrder stores every field of an order but its number, vouchers and issued invoices.
// It fails with data.ErrStale where the order was changed since o was read.
func (t *Tx) SaveOrder(o data.Order) error {
	account, err := t.seal(o.PayerAccount, "payment_order", o.ID, "payer_account")
	if err != nil {
		return err
	}
	err = t.change(`UPDATE payment_order SET revision = ?, plan_id = ?, mode = ?, payer_bank = ?, sealed_payer_account = ?, payee_name = ?, payee_bank = ?,
			payee_account = ?, paid_at = ?, transaction_number = ?, review = ?, review_note = ?, applicant = ?, applicant_unit = ?, applied_at = ?,
			reviewed_at = ?, version = version + 1 WHERE id = ? AND version = ?`,
		o.Revision, o.PlanID, string(o.Mode), o.PayerBank, account, o.Payee.Name, o.Payee.Bank,
		o.Payee.Account, string(o.PaidAt), o.Transaction, string(o.Review), o.ReviewNote, o.Applicant, o.ApplicantUnit, string(o.AppliedAt),
		string(o.ReviewedAt), o.ID, o.Version)
	if errors.Is(err, data.ErrNotFound) {
		return data.ErrStale
	}
	if err != nil {
		return err
	}
	if err := t.saveLines(o); err != nil {
		return err
	}
	return t.saveInvoice(o)
}

func (t *Tx) saveLines(o data.Order) error {
	if _, err := t.exec("DELETE FROM order_line WHERE order_id = ?", o.ID); err != nil {
		return err
	}
	for place, line := range o.Lines {
		_, err := t.exec("INSERT INTO order_line (order_id, position, organization_id, organization_path, people, amount) VALUES (?, ?, ?, ?, ?, ?)",
			o.ID, place, line.OrganizationID, line.OrganizationPath, line.People, int64(line.Amount))
		if err != nil {
			return err
		}
	}
	return nil
}

// Order reads a whole order but for its vouchers' content, or fails with data.ErrNotFound.
func (t *Tx) Order(id int64) (data.Order, error) {
	o := data.Order{ID: id}
	var account []byte
	err := t.one(`SELECT o.number, o.revision, o.plan_id, p.number, p.name, o.mode, o.payer_bank, o.sealed_payer_account, o.payee_name, o.payee_bank, o.payee_account,
			o.paid_at, o.transaction_number, o.review, o.review_note, o.applicant, o.applicant_unit, o.created_at, o.applied_at, o.reviewed_at, o.version, o.invoice_requested_at,
			coalesce((SELECT b.number FROM card_batch b WHERE b.order_id = o.id), '')
		FROM payment_order o JOIN plan p ON p.id = o.plan_id WHERE o.id = ?`, []any{id},
		&o.Number, &o.Revision, &o.PlanID, &o.PlanNumber, &o.PlanName, &o.Mode, &o.PayerBank, &account, &o.Payee.Name, &o.Payee.Bank, &o.Payee.Account,
		&o.PaidAt, &o.Transaction, &o.Review, &o.ReviewNote, &o.Applicant, &o.ApplicantUnit, &o.CreatedAt, &o.AppliedAt, &o.ReviewedAt, &o.Version, &o.InvoiceRequestedAt, &o.BatchNumber)
	if err != nil {
		return o, err
	}
	if o.PayerAccount, err = t.open(account, "payment_order", id, "payer_account"); err != nil {
		return o, err
	}
	if o.Lines, err = t.lines(id); err != nil {
		return o, err
	}
	if o.Vouchers, err = t.vouchers(id); err != nil {
		return o, err
	}
	o.Invoice, err = t.invoice(id)
	return o, err
}

func (t *Tx) lines(orderID int64) ([]data.OrderLine, error) {
	var found []data.OrderLine
	err := t.each("SELECT organization_id, organization_path, people, amount FROM order_line WHERE order_id = ? ORDER BY position", []any{orderID},
		func(scan func(...any) error) error {
			var line data.OrderLine
			if err := scan(&line.OrganizationID, &line.OrganizationPath, &line.People, &line.Amount); err != nil {
				return err
			}
			found = append(found, line)
			return nil
		})
	return found, err
}

// OrderByNumber finds an order's key, or fails with data.ErrNotFound.
func (t *Tx) OrderByNumber(number string) (int64, error) {
	var id int64
	err := t.one("SELECT id FROM payment_order WHERE number = ?", []any{number}, &id)
	return id, err
}

// payerAccountsFrom is how many orders are looked through for the accounts that they were paid from.
const payerAccountsFrom = 200

// PayerAccounts lists the banks and accounts of the newest orders as they were typed, the newest first, each once.
func (t *Tx) PayerAccounts() ([]data.PayerAccount, error) {
	var found []data.PayerAccount
	err := t.each("SELECT id, payer_bank, sealed_payer_account FROM payment_order WHERE payer_bank <> '' ORDER BY id DESC LIMIT ?", []any{payerAccountsFrom},
		func(scan func(...any) error) error {
			var id int64
			var one data.PayerAccount
			var sealed []byte
			err := scan(&id, &one.Bank, &sealed)
			if err != nil {
				return err
			}
			if one.Account, err = t.open(sealed, "payment_order", id, "payer_account"); err == nil && !slices.Contains(found, one) {
				found = append(found, one)
			}
			return err
		})
	return found, err
}

// LastOrder gives the key of the newest order that is not void, or data.ErrNotFound.
func (t *Tx) LastOrder() (int64, error) {
	var id int64
	err := t.one("SELECT id FROM payment_order WHERE review <> '作废' ORDER BY id DESC LIMIT 1", nil, &id)
	return id, err
}

// NoteInvoiceRequest stores when an order's invoice was asked for. The order's version stays: nothing that is typed has changed.
func (t *Tx) NoteInvoiceRequest(id int64, at data.Moment) error {
	return t.change("UPDATE payment_order SET invoice_requested_at = ? WHERE id = ?", string(at), id)
}

// PaidBy gives the number of the approved online order that a transaction paid, but for one order, or data.ErrNotFound.
func (t *Tx) PaidBy(transaction string, exceptOrderID int64) (string, error) {
	var number string
	err := t.one("SELECT number FROM payment_order WHERE mode = '在线支付' AND transaction_number = ? AND id <> ? AND review = '审核通过' LIMIT 1",
		[]any{transaction, exceptOrderID}, &number)
	return number, err
}

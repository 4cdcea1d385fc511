package sqlite

import (
	"errors"

	"peixun/data"
)

// saveInvoice stores what 填写发票信息 asks for; what was issued stays.
func (t *Tx) saveInvoice(o data.Order) error {
	account, err := t.seal(o.Invoice.Account, "invoice", o.ID, "account")
	if err != nil {
		return err
	}
	mobile, err := t.seal(o.Invoice.Mobile, "invoice", o.ID, "mobile")
	if err != nil {
		return err
	}
	i := o.Invoice
	_, err = t.exec(`INSERT INTO invoice (order_id, type, title, tax_number, address, telephone, bank, sealed_account, email, sealed_mobile, remark)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (order_id) DO UPDATE SET type = excluded.type, title = excluded.title, tax_number = excluded.tax_number, address = excluded.address,
			telephone = excluded.telephone, bank = excluded.bank, sealed_account = excluded.sealed_account, email = excluded.email,
			sealed_mobile = excluded.sealed_mobile, remark = excluded.remark`,
		o.ID, string(i.Type), i.Title, i.TaxNumber, i.Address, i.Telephone, i.Bank, account, i.Email, mobile, i.Remark)
	return err
}

func (t *Tx) invoice(orderID int64) (data.Invoice, error) {
	var i data.Invoice
	var account, mobile []byte
	err := t.one("SELECT type, title, tax_number, address, telephone, bank, sealed_account, email, sealed_mobile, remark FROM invoice WHERE order_id = ?", []any{orderID},
		&i.Type, &i.Title, &i.TaxNumber, &i.Address, &i.Telephone, &i.Bank, &account, &i.Email, &mobile, &i.Remark)
	if err != nil {
		return i, err
	}
	if i.Account, err = t.open(account, "invoice", orderID, "account"); err != nil {
		return i, err
	}
	if i.Mobile, err = t.open(mobile, "invoice", orderID, "mobile"); err != nil {
		return i, err
	}
	var refilled bool
	err = t.one("SELECT number, issued_on, coalesce(reversed_on, ''), refilled_at IS NOT NULL FROM invoice_issue WHERE order_id = ? ORDER BY id DESC LIMIT 1", []any{orderID},
		&i.Number, &i.IssuedOn, &i.ReversedOn, &refilled)
	switch {
	case err == nil && i.ReversedOn == "":
		i.State = data.InvoiceIssued
	case err == nil && !refilled:
		i.State = data.InvoiceReversed
	case err != nil && !errors.Is(err, data.ErrNotFound):
		return i, err
	default:
		i.Number, i.IssuedOn, i.ReversedOn, i.State = "", "", "", data.InvoiceEmpty
		if i.Title != "" {
			i.State = data.InvoiceFilled
		}
	}
	return i, nil
}

// IssueInvoice records that an order's invoice was issued. A number that exists already is refused, a reversed one too.
func (t *Tx) IssueInvoice(orderID int64, number string, day data.Date, amount data.Money) error {
	_, err := t.exec("INSERT INTO invoice_issue (order_id, number, issued_on, amount) VALUES (?, ?, ?, ?)", orderID, number, string(day), int64(amount))
	if isConstraint(err, "invoice_issue.order_id") {
		return data.Refuse("invoice-issued", "number", "这个订单已经开票。", "要换发票，请先登记红冲。").Because(err)
	}
	return t.explainNumber(number, err)
}

// explainNumber names the order that has a number which was refused because it exists.
func (t *Tx) explainNumber(number string, err error) error {
	if !isConstraint(err, "invoice_issue.number") {
		return err
	}
	var order string
	if failed := t.one("SELECT o.number FROM invoice_issue i JOIN payment_order o ON o.id = i.order_id WHERE i.number = ?", []any{number}, &order); failed != nil {
		return failed
	}
	return data.Refuse("invoice-number-exists", "number", "这个发票号码已经登记在订单 "+order+" 里。", "请核对号码；同一张发票只登记一次，红冲过的号码也不再使用。").Because(err)
}

const liveInvoice = " WHERE order_id = ? AND reversed_on IS NULL"

// CorrectInvoice stores another number and day of an order's live invoice, or fails with data.ErrNotFound.
func (t *Tx) CorrectInvoice(orderID int64, number string, day data.Date) error {
	return t.explainNumber(number, t.change("UPDATE invoice_issue SET number = ?, issued_on = ?"+liveInvoice, number, string(day), orderID))
}

// WithdrawInvoice forgets that an order's live invoice was recorded.
func (t *Tx) WithdrawInvoice(orderID int64) error {
	return t.change("DELETE FROM invoice_issue"+liveInvoice, orderID)
}

// ReverseInvoice records an order's live invoice as 已红冲, or fails with data.ErrNotFound.
func (t *Tx) ReverseInvoice(orderID int64, day data.Date, reason string) error {
	return t.change("UPDATE invoice_issue SET reversed_on = ?, reverse_reason = ?"+liveInvoice, string(day), reason, orderID)
}

// RefillInvoice records that the details of the invoice after a reversed one were filled in.
func (t *Tx) RefillInvoice(orderID int64, at data.Moment) error {
	return t.change("UPDATE invoice_issue SET refilled_at = ? WHERE refilled_at IS NULL AND reversed_on IS NOT NULL AND id = (SELECT max(id) FROM invoice_issue WHERE order_id = ?)",
		string(at), orderID)
}

// Invoices lists the invoices that were issued for an order, with their files, the newest first.
func (t *Tx) Invoices(orderID int64) ([]data.InvoiceRecord, error) {
	var found []data.InvoiceRecord
	err := t.each("SELECT id, number, issued_on, amount, coalesce(reversed_on, ''), reverse_reason FROM invoice_issue WHERE order_id = ? ORDER BY id DESC", []any{orderID},
		func(scan func(...any) error) error {
			r := data.InvoiceRecord{OrderID: orderID}
			err := scan(&r.ID, &r.Number, &r.IssuedOn, &r.Amount, &r.ReversedOn, &r.ReverseReason)
			found = append(found, r)
			return err
		})
	if err != nil {
		return nil, err
	}
	for place := range found {
		if found[place].Files, err = t.invoiceFiles(found[place].ID); err != nil {
			return nil, err
		}
	}
	return found, nil
}

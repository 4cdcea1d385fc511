package app

import (
	"context"
	"errors"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// PeoplePaidFor counts the enabled trainees that an order's line of an organisation pays for: those whose 缴费机构 it is,
// and those in it and below it whose 缴费机构 is its own, as Recharge takes them.
func (a *App) PeoplePaidFor(ctx context.Context, organizationID int64) (int, error) {
	ids, err := query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) {
		organizations, err := tree(tx)
		if err != nil {
			return nil, err
		}
		return paidFor(tx, organizations, organizationID)
	})
	return len(ids), err
}

// paidFor lists the people whom PeoplePaidFor counts.
func paidFor(tx *sqlite.Tx, organizations data.OrganizationTree, organizationID int64) ([]int64, error) {
	payer := organizations.Payer(organizationID).ID
	paid, err := tx.TraineeIDs(data.TraineeQuery{PayerIDs: []int64{organizationID}, Status: data.TraineeEnabled, Sort: "organization"})
	if err != nil || payer == organizationID {
		return paid, err
	}
	inside, err := tx.TraineeIDs(data.TraineeQuery{OrganizationIDs: []int64{organizationID}, PayerIDs: []int64{payer}, Status: data.TraineeEnabled, Sort: "organization"})
	return append(paid, inside...), err
}

// InvoiceDetails are invoice details that were typed before, to be taken over into another order (开票资料).
type InvoiceDetails struct {
	// Source is the number of the order that they stand in, or 管理员信息.
	Source  string
	Invoice data.Invoice
}

// invoiceDetailsLimit is how many earlier orders are looked through for invoice details.
const invoiceDetailsLimit = 50

// InvoiceDetails lists the different invoice details of earlier orders, the latest first, and those of 管理员信息 last.
// Nothing of what became of those invoices is in them.
func (a *App) InvoiceDetails(ctx context.Context) ([]InvoiceDetails, error) {
	details, err := query(a, ctx, func(tx *sqlite.Tx) ([]InvoiceDetails, error) {
		ids, err := tx.OrderIDs(data.OrderQuery{})
		if err != nil {
			return nil, err
		}
		var found []InvoiceDetails
		for _, id := range ids[:min(len(ids), invoiceDetailsLimit)] {
			order, err := tx.Order(id)
			if err != nil {
				return nil, err
			}
			found = appendDetails(found, order.Number, order.Invoice)
		}
		profile, err := tx.Profile()
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return nil, err
		}
		own := data.Invoice{Type: data.InvoiceNormal, Title: profile.Unit, TaxNumber: profile.USCC, Email: profile.Email, Mobile: profile.Mobile}
		return append(found, InvoiceDetails{Source: "管理员信息", Invoice: own}), nil
	})
	for place := range details {
		details[place].Invoice = a.shownInvoice(details[place].Invoice)
	}
	return details, err
}

func appendDetails(found []InvoiceDetails, source string, invoice data.Invoice) []InvoiceDetails {
	if invoice.Title == "" || invoice.TaxNumber == "" {
		return found
	}
	invoice = invoice.Details()
	invoice.Remark = ""
	known := slices.ContainsFunc(found, func(one InvoiceDetails) bool {
		return one.Invoice.Title == invoice.Title && one.Invoice.TaxNumber == invoice.TaxNumber && one.Invoice.Account == invoice.Account
	})
	if known {
		return found
	}
	return append(found, InvoiceDetails{Source: source, Invoice: invoice})
}

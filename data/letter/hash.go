package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"peixun/data"
)

// hashForm names the canonical form, so that a later one can never be mistaken for it.
const hashForm = "peixun-letter-1"

// Hash gives the SHA-256 of everything that the letter says, in hex. Empty fields are left out of the canonical form:
// a field that a later version adds changes no letter that lacks it.
func Hash(content data.LetterContent) string {
	sum := canonical{sha256.New()}
	sum.field("form", hashForm)
	sum.field("number", content.Number)
	sum.field("date", string(content.Date))
	sum.field("unit", content.Unit)
	sum.field("uscc", content.USCC)
	sum.field("unit_address", content.UnitAddress)
	sum.field("contact", content.Contact)
	sum.field("telephone", content.Telephone)
	sum.field("plan_name", content.PlanName)
	sum.field("plan_number", content.PlanNumber)
	sum.number("plan_year", int64(content.PlanYear))
	for _, order := range content.Orders {
		sum.order(order)
	}
	sum.field("payee_name", content.Payee.Name)
	sum.field("payee_bank", content.Payee.Bank)
	sum.field("payee_account", content.Payee.Account)
	sum.field("payer_bank", content.PayerBank)
	sum.field("payer_account", content.PayerAccount)
	sum.field("invoice_title", content.InvoiceTitle)
	sum.field("invoice_type", string(content.InvoiceType))
	sum.field("tax_number", content.TaxNumber)
	sum.field("invoice_number", content.InvoiceNo)
	sum.field("mailing_address", content.Mailing.Address)
	sum.field("mailing_recipient", content.Mailing.Recipient)
	sum.field("mailing_telephone", content.Mailing.Telephone)
	sum.field("title", content.Text.Title)
	sum.field("opening", content.Text.Opening)
	sum.field("declaration", content.Text.Declaration)
	sum.field("closing", content.Text.Closing)
	return hex.EncodeToString(sum.Sum(nil))
}

// canonical feeds fields to a hash: name, length in bytes, value, so that no two contents read alike.
type canonical struct{ hash.Hash }

func (c canonical) field(name, value string) {
	if value != "" {
		fmt.Fprintf(c, "%s %d:", name, len(value))
		io.WriteString(c, value+"\n")
	}
}

func (c canonical) number(name string, value int64) {
	if value != 0 {
		c.field(name, fmt.Sprint(value))
	}
}

// order marks where an order and its lines begin, even where they are empty.
func (c canonical) order(order data.LetterOrder) {
	c.field("order", "begin")
	c.field("order_number", order.Number)
	c.field("mode", string(order.Mode))
	c.field("paid_at", string(order.PaidAt))
	c.field("reviewed_at", string(order.ReviewedAt))
	for _, entry := range order.Lines {
		c.field("line", "begin")
		c.field("organization", entry.OrganizationPath)
		c.number("organization_id", entry.OrganizationID)
		c.number("people", int64(entry.People))
		c.number("amount", int64(entry.Amount))
	}
}

// shortHash is what the page shows of a hash: twelve digits, enough to tell two versions of a letter apart.
func shortHash(full string) string { return full[:12] }

// qrText is what the letter's code holds: number|amount in 分|short hash.
func qrText(content data.LetterContent, full string) string {
	return fmt.Sprintf("%s|%d|%s", content.Number, int64(content.Total()), shortHash(full))
}

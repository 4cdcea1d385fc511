package data

import (
	"fmt"
	"strings"
)

// OrderRevision is an order as it was handed over to review. Revision n is the n-th that was handed over.
type OrderRevision struct {
	Revision  int
	At        Moment // when it was submitted
	User      string
	Confirmed []string // the warnings that submitting it confirmed
	Order     Order    // as it was then, vouchers included
}

// OrderChange is one difference between two revisions of an order, in words.
type OrderChange struct {
	Field string // as JudgeOrder names it: lines, payer_bank, …, invoice.<field>
	Label string // 缴费卡号
	Old   string // what people read: amounts in yuan, accounts and mobiles by their ends; "" where there was nothing
	New   string
}

// String writes the change in a sentence: 转账时间：2022-06-14 → 2022-06-15.
func (c OrderChange) String() string {
	switch {
	case c.Old == "":
		return c.Label + "：填写 " + c.New
	case c.New == "":
		return c.Label + "：去掉 " + c.Old
	}
	return c.Label + "：" + c.Old + " → " + c.New
}

// CompareOrders tells what an administrator changed between two states of an order, in the forms' order.
func CompareOrders(old, fresh Order) []OrderChange {
	var changes []OrderChange
	note := func(field, label, before, after string) {
		if before != after {
			changes = append(changes, OrderChange{field, label, before, after})
		}
	}
	note("mode", "缴费模式", string(old.Mode), string(fresh.Mode))
	changes = append(changes, compareLines(old.Lines, fresh.Lines)...)
	if old.Total() != fresh.Total() {
		note("lines", "缴费总金额", old.Total().String()+" 元", fresh.Total().String()+" 元")
	}
	note("payer_bank", "缴费银行", old.PayerBank, fresh.PayerBank)
	changes = append(changes, compareHidden("payer_account", "缴费卡号", old.PayerAccount, fresh.PayerAccount)...)
	note("paid_at", "转账时间", string(old.PaidAt), string(fresh.PaidAt))
	note("transaction", "交易号", old.Transaction, fresh.Transaction)
	changes = append(changes, compareVouchers(old.Vouchers, fresh.Vouchers)...)
	note("invoice.type", "发票类型", string(old.Invoice.Type), string(fresh.Invoice.Type))
	after := invoiceFields(&fresh.Invoice, Payee{})
	for place, before := range invoiceFields(&old.Invoice, Payee{}) {
		field, now := "invoice."+before.key, *after[place].value
		if before.key == "account" || before.key == "mobile" {
			changes = append(changes, compareHidden(field, before.label, *before.value, now)...)
			continue
		}
		note(field, before.label, *before.value, now)
	}
	return changes
}

// compareHidden compares personal numbers, which are shown by their ends only.
func compareHidden(field, label, old, fresh string) []OrderChange {
	if old == fresh {
		return nil
	}
	before, after := tailOf(old), tailOf(fresh)
	if before == after {
		after += "（前面的数字不同）"
	}
	return []OrderChange{{field, label, before, after}}
}

// tailOf names a number by its last four characters.
func tailOf(number string) string {
	const shown = 4
	characters := []rune(number)
	switch {
	case len(characters) == 0:
		return ""
	case len(characters) <= shown:
		return strings.Repeat("*", len(characters))
	}
	return "尾号 " + string(characters[len(characters)-shown:])
}

func compareLines(old, fresh []OrderLine) []OrderChange {
	var changes []OrderChange
	before := map[int64]OrderLine{}
	for _, line := range old {
		before[line.OrganizationID] = line
	}
	for _, line := range fresh {
		was, known := before[line.OrganizationID]
		delete(before, line.OrganizationID)
		change := OrderChange{Field: "lines", Label: "缴费组织“" + line.OrganizationPath + "”", New: lineText(line)}
		if known {
			change.Old = lineText(was)
		}
		if change.Old != change.New {
			changes = append(changes, change)
		}
	}
	for _, line := range old {
		if _, gone := before[line.OrganizationID]; gone {
			changes = append(changes, OrderChange{Field: "lines", Label: "缴费组织“" + line.OrganizationPath + "”", Old: lineText(line)})
		}
	}
	return changes
}

func lineText(line OrderLine) string { return fmt.Sprintf("%d 人 %s 元", line.People, line.Amount) }

func compareVouchers(old, fresh []Voucher) []OrderChange {
	var changes []OrderChange
	has := func(vouchers []Voucher, sha string) bool {
		for _, voucher := range vouchers {
			if voucher.SHA256 == sha {
				return true
			}
		}
		return false
	}
	for _, voucher := range old {
		if !has(fresh, voucher.SHA256) {
			changes = append(changes, OrderChange{Field: "voucher", Label: "转账凭证", Old: "“" + voucher.Name + "”"})
		}
	}
	for _, voucher := range fresh {
		if !has(old, voucher.SHA256) {
			changes = append(changes, OrderChange{Field: "voucher", Label: "转账凭证", New: "“" + voucher.Name + "”"})
		}
	}
	return changes
}

package payment

import (
	"fmt"
	"testing"

	"peixun/data"
	"peixun/views/desk"
)

func TestOrderBegunFromABankLine(t *testing.T) {
	f := newFixture(t)
	f.Enter(f.screen, desk.BeginPayment{Plan: f.plan, Mode: data.PayFirst,
		Paid: desk.BankPaid{Amount: 1_000_00, At: "2022-06-15 00:00:00", Account: "330101201900556678", Bank: "城南商业银行"}})
	f.rest()
	if stored := f.stored(); stored.PaidAt != "2022-06-15 00:00:00" || stored.PayerAccount != "330101201900556678" || stored.PayerBank != "城南商业银行" {
		t.Errorf("stored %s from %q of %q", stored.PaidAt, stored.PayerAccount, stored.PayerBank)
	}
	f.Shows("银行流水付了 1,000.00。0 个机构 0 人")
	o := f.screen.wizard.organizations
	o.choose([]string{fmt.Sprint(f.bones)})
	f.rest()
	if total := f.stored().Total(); total != 1_000_00 {
		t.Errorf("the only organisation pays %s", total)
	}
	o.choose([]string{fmt.Sprint(f.bones), fmt.Sprint(f.urgent)})
	o.fillByHead()
	f.Shows("银行流水付了 1,000.00，多 600.00。2 个机构 40 人 × 40.00 = 1,600.00")

	// The bank that earlier orders name is the better one; another order knows nothing of the line.
	f.rest()
	f.Enter(f.screen, desk.BeginPayment{Plan: f.plan, Mode: data.PayFirst, Paid: desk.BankPaid{Amount: 5_00, Account: "330101201900556678", Bank: "别的名字"}})
	f.rest()
	if stored := f.stored(); stored.PayerBank != "城南商业银行" || stored.PaidAt != "" {
		t.Errorf("stored %q, paid at %q", stored.PayerBank, stored.PaidAt)
	}
	f.Enter(f.screen, f.plan)
	o.choose([]string{fmt.Sprint(f.bones)})
	if total := f.screen.wizard.order().Total(); total != 0 {
		t.Errorf("an order without a bank line pays %s", total)
	}
}

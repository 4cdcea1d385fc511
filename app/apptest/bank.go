package apptest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data"
)

// BankLines imports a bank's file whose lines are day,paid,payee,account,serial number.
func BankLines(t testing.TB, a *app.App, lines ...string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "银行明细.csv")
	if err := os.WriteFile(path, []byte("交易日期,支出,对方户名,对方账号,交易流水号\n"+strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	plan, err := a.PlanStatement(context.Background(), path, app.StatementOptions{})
	if err == nil {
		_, err = a.CommitStatement(context.Background(), plan)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// BankLine is the line of a bank's file by which the unit paid an order.
func BankLine(order data.Order, serial string) string {
	return fmt.Sprintf("%s,%s,%s,%s,%s", order.PaidAt.Date(), order.Total().Plain(), data.DefaultPayee.Name, data.DefaultPayee.Account, serial)
}

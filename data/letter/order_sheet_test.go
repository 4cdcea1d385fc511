package letter

import (
	"bytes"
	"strings"
	"testing"

	"peixun/data"
)

func TestOrderSheetTellsAllButWholeAccounts(t *testing.T) {
	sheet := orderSheet(3)
	order, r := sheet.Order, request(3)
	pdf, _ := written(t, func(out *bytes.Buffer) (int, error) { return OrderSheet(out, sheet) })
	mustSay(t, pdf, "JF-2022-0004（第 2 版）", r.PlanNumber, "…6678", "¥"+order.Total().String(), order.Total().Capitals(), "22112000000041860935", "XK-2022-0004", "新建草稿", "何嘉言", "审核通过")
	if pages := pagesText(t, pdf); strings.Contains(strings.Join(pages, ""), order.PayerAccount) {
		t.Error("the whole account stands on the paper")
	}
	online := order
	online.Mode, online.Transaction, online.Vouchers = data.PayOnline, "4200001234202203091234567890", nil
	pdf, _ = written(t, func(out *bytes.Buffer) (int, error) { return OrderSheet(out, data.OrderSheet{Order: online}) })
	mustSay(t, pdf, online.Transaction)
	written(t, func(out *bytes.Buffer) (int, error) { return OrderSheet(out, data.OrderSheet{}) })
}

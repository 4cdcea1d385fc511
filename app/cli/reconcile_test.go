package cli

import (
	"strings"
	"testing"

	"peixun/data"
)

func TestReconcile(t *testing.T) {
	files := batchReady(t)
	order := value[orderReply](t, 0, "order", "show", "JF-2022-0001")
	day := strings.ReplaceAll(string(order.PaidAt.Date()), "-", "")
	yuan := order.Total.Plain()
	statement := bankFile(t, files, "明细.csv", day+",国培网(北京)教育科技有限公司,110060593018800003058,"+yuan+",,90000.00,转账,1\t\r\n"+
		day+",国培网(北京)教育科技有限公司,110060593018800003058,77.00,,89923.00,转账,2\t\r\n")
	must(t, 0, "import", "statement", statement)
	got := value[reconcileReply](t, 0, "reconcile")
	if got.Lines != 2 || len(got.Matched) != 1 || got.Matched[0].Orders[0] != "JF-2022-0001" || got.Matched[0].Amount != order.Total || got.Matched[0].Reason == "" {
		t.Errorf("matched: %+v", got)
	}
	if len(got.Differences) != 1 || got.Differences[0].Class != data.PaidWithoutOrder || got.Differences[0].One != 77_00 || got.Differences[0].Line != "2" {
		t.Errorf("differences: %+v", got.Differences)
	}
	month := string(order.PaidAt)[:7]
	if inside := value[reconcileReply](t, 0, "reconcile", "--month", month); inside.Lines != 2 || len(inside.Matched) != 1 || len(inside.Differences) != 1 {
		t.Errorf("in %s: %+v", month, inside)
	}
	if outside := value[reconcileReply](t, 0, "reconcile", "--month", "2021-01"); outside.Lines+len(outside.Matched)+len(outside.Differences) != 0 {
		t.Errorf("in another month: %+v", outside)
	}
	if told := must(t, 0, "reconcile").out; !strings.Contains(told, "已付款，没有订单") {
		t.Errorf("people are told %q", told)
	}
	must(t, exitUsage, "reconcile", "--month", "三月")
}

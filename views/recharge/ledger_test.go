package recharge

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// openedLedger shows 充值明细 with six recharges, five of one department and one of another.
func openedLedger(t *testing.T) (*apptest.Hospital, *Ledger, *desktest.Stand) {
	t.Helper()
	h := apptest.NewHospital(t, 24)
	h.Approved("2022-03-10 09:00:00", "2022-03-12 10:00:00", 10)
	h.Charge("2022-04-02 15:20:30", "XK-2022-0001", h.People("骨科")...)
	h.Charge("2022-05-12 09:10:00", "XK-2022-0001", h.People("信息中心")[0])
	stage, ledger := stand(t, h, func(d *desk.Desk) *Ledger { return NewLedger(d, h) })
	return h, ledger, stage
}

func TestLedgerListsAndSums(t *testing.T) {
	_, ledger, stage := openedLedger(t)
	stage.MustFind("text", "共 6 笔")
	stage.MustFind("text", "合计 240.00 元")
	if first := ledger.rows.At(0); first.At != "2022-05-12 09:10:00" {
		t.Errorf("the newest is not first: %v", first.At)
	}
	stage.MustFind("cell", "平台未回")
	ledger.filters.from.SetText("2022-05-01")
	stage.MustFind("text", "共 1 笔")
	stage.MustFind("text", "查到的合计 40.00 元")
	ledger.filters.to.SetText("2022-05-02")
	stage.MustFind("empty", "没有充值明细")
	stage.Tap("button", "清除条件")
	stage.MustFind("text", "共 6 笔")
	ledger.filters.text.SetText("陈若溪")
	stage.MustFind("text", "共 1 笔")
	ledger.Enter("JF-2022-0001")
	stage.MustFind("text", "共 6 笔")
	ledger.Enter("JF-2022-0009")
	stage.MustFind("text", "共 0 笔")
	ledger.Enter(data.RechargeQuery{TraineeID: ledger.trainee(t)})
	stage.MustFind("text", "共 1 笔")
	stage.MustFind("text", "只列出这一位学员的充值；清除条件后列出全部。")
	stage.Tap("button", "清除条件")
	stage.MustFind("text", "共 6 笔")
}

// trainee gives the key of somebody in the ledger.
func (l *Ledger) trainee(t *testing.T) int64 {
	t.Helper()
	found, err := l.service.RechargeEntries(context.Background(), []int64{1})
	if err != nil {
		t.Fatal(err)
	}
	return found[0].TraineeID
}

func TestReversalNeedsAReasonAndAddsALine(t *testing.T) {
	h, ledger, stage := openedLedger(t)
	ledger.table.Open(0)
	name := ledger.rows.At(0).Name
	stage.MustFind("drawer", name)
	stage.Tap("button", "冲正")
	stage.Tap("button", "冲正 40.00 元")
	if count, _ := charged(t, h); count != 6 {
		t.Fatal("it was reversed without a reason")
	}
	test.Type(stage.Window.Canvas().Focused(), "充错人")
	stage.Tap("button", "冲正 40.00 元")
	if count, sum := charged(t, h); count != 7 || sum != 200_00 {
		t.Fatalf("%d entries, %s", count, sum)
	}
	stage.MustFind("toast", "已冲正 "+name+" 的 40.00 元；批次 XK-2022-0001 剩余 200.00 元。")
	for _, text := range []string{"已冲正", "冲正", "-40.00"} {
		stage.MustFind("cell", text)
	}
	entries, err := h.RechargeEntries(context.Background(), []int64{7})
	if err != nil || entries[0].ReversalOf != 6 || entries[0].Reason != "充错人" {
		t.Errorf("reversal = %+v, %v", entries, err)
	}
	if stage.Holds("button", "冲正") {
		t.Error("a reversed entry can be reversed again")
	}
	stage.Tap("button", "查看")
	stage.MustFind("text", "充错人")
}

// The question before a reversal says that the recharge was in a closed month; one of an open month has nothing to say.
func TestReversalInAClosedMonthSaysSo(t *testing.T) {
	h, ledger, stage := openedLedger(t)
	question := func() string {
		ledger.actions.with([]int64{6}, ledger.actions.reverse)
		texts := strings.Join(stage.Texts(), "\n")
		stage.Tap("button", "取消")
		return texts
	}
	if text := question(); strings.Contains(text, "月结") {
		t.Errorf("no month is closed: %s", text)
	}
	found, err := h.Reconcile(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, difference := range found.Differences {
		if err := h.AcceptDifference(context.Background(), difference, "流水还没导入"); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.CloseMonth(context.Background(), "2022-03", ""); err != nil {
		t.Fatal(err)
	}
	if text := question(); !strings.Contains(text, "2022年3月已经月结") {
		t.Errorf("the question says %s", text)
	}
}

func TestLedgerLeadsToTheOrder(t *testing.T) {
	h, ledger, stage := openedLedger(t)
	order, err := h.OrderByNumber(context.Background(), "JF-2022-0001")
	if err != nil {
		t.Fatal(err)
	}
	ledger.table.OnCell(0, "order")
	if len(stage.Gone) != 1 || stage.Gone[0] != (desktest.Step{Page: desk.OrderDetails, Argument: order.ID}) {
		t.Errorf("visits = %v", stage.Gone)
	}
}

func TestColumnWidthsAreKept(t *testing.T) {
	h, ledger, _ := openedLedger(t)
	ledger.table.OnResize(map[string]float32{"batch": 222})
	again := NewLedger(ledger.desk, h)
	if got := again.table.Widths()["batch"]; got != 222 {
		t.Errorf("width = %v", got)
	}
}

func TestLookLedger(t *testing.T) {
	h, ledger, stage := openedLedger(t)
	for _, id := range []int64{2, 4} {
		if _, err := h.ReverseRecharge(context.Background(), id, "充错人，应充给同名的另一位"); err != nil {
			t.Fatal(err)
		}
	}
	stage.Look("ledger")
	ledger.table.Open(2)
	stage.Look("ledger-drawer")
	ledger.readEntry(2)
	stage.Look("ledger-reversed")
	ledger.actions.reverse([]data.RechargeEntry{{ID: 6, Name: "陈若溪", Amount: 40_00, BatchNumber: "XK-2022-0001"}})
	stage.Look("ledger-dialog")
}

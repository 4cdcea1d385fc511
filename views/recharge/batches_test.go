package recharge

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// spent is a hospital with a batch of ten, of which four are charged in one run, and an unused batch of two.
func spent(t *testing.T) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, 12)
	h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 10)
	h.Approved("2022-06-01 09:00:00", "2022-06-02 10:00:00", 2)
	h.Charge("2022-06-03 09:00:00", "XK-2022-0001", h.People("")[:4]...)
	return h
}

func TestBatchesListStatesAndSums(t *testing.T) {
	h := spent(t)
	stage, batches := stand(t, h, func(d *desk.Desk) *BatchList { return NewBatchList(d, h) })
	stage.MustFind("cell", "在用")
	stage.MustFind("cell", "未用")
	stage.MustFind("text", "面值 480.00 − 已用 160.00 = 剩余 320.00 元")
	batches.state.SetKey(string(data.BatchUnused))
	batches.filter()
	stage.MustFind("text", "共 1 个批次")
	h.At("2023-01-02 09:00:00")
	stage.Tap("button", "清除条件")
	stage.MustFind("cell", "计划已结束有余额")
	stage.MustFind("text", "计划已结束的批次还剩 320.00 元，平台上可能不能再用，请联系业务人员。")
}

func TestWholeRunIsReversedFromItsBatch(t *testing.T) {
	h := spent(t)
	stage, batches := stand(t, h, func(d *desk.Desk) *BatchList { return NewBatchList(d, h) })
	batches.Enter("XK-2022-0001")
	stage.MustFind("drawer", "XK-2022-0001")
	runs, err := h.RechargeRuns(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	batches.reverseRun(runs[0])
	test.Type(stage.Window.Canvas().Focused(), "选错批次")
	stage.Tap("button", "冲正 4 人")
	stage.MustFind("toast", "已冲正 4 人，共 160.00 元；批次 XK-2022-0001 剩余 400.00 元。")
	if count, sum := charged(t, h); count != 8 || sum != 0 {
		t.Errorf("%d entries, %s", count, sum)
	}
	stage.MustFind("text", "冲正 4 人")
	stage.Tap("button", "从这个批次充值")
	if stage.Gone[0] != (desktest.Step{Page: desk.Recharge, Argument: "XK-2022-0001"}) {
		t.Errorf("visits = %v", stage.Gone)
	}
}

func TestAnswersAreRecordedAndUndone(t *testing.T) {
	h := spent(t)
	stage, ledger := stand(t, h, func(d *desk.Desk) *Ledger { return NewLedger(d, h) })
	ledger.table.SetTicked(3, 4)
	ledger.sumTicked()
	stage.MustFind("text", "已选 2 笔 80.00 元")
	stage.Tap("button", "记平台结果")
	stage.Tap("radio", "失败：平台没有充上，退回批次")
	stage.Tap("button", "记下结果")
	if count, _ := charged(t, h); count != 4 {
		t.Fatal("it was recorded without a reason")
	}
	test.Type(stage.Window.Canvas().Focused(), "身份信息不一致")
	stage.Tap("button", "记下结果")
	stage.MustFind("toast", "已记下平台结果：成功 0 人，失败 2 人，退回 80.00 元。")
	if count, sum := charged(t, h); count != 6 || sum != 80_00 {
		t.Fatalf("%d entries, %s", count, sum)
	}
	stage.MustFind("cell", "失败已退回")
	stage.Tap("button", "撤销…")
	test.Type(stage.Window.Canvas().Focused(), "看错行")
	stage.Tap("button", "撤销结果")
	if count, sum := charged(t, h); count != 8 || sum != 160_00 {
		t.Errorf("%d entries, %s", count, sum)
	}
}

func TestTrailShowsTheWholeWay(t *testing.T) {
	h := spent(t)
	stage, trail := stand(t, h, func(d *desk.Desk) *Trail { return NewTrail(d, h) })
	if len(stage.Gone) != 1 || stage.Gone[0].Page != desk.Ledger {
		t.Errorf("without an order it stays: %v", stage.Gone)
	}
	trail.Enter("JF-2022-0001")
	for _, text := range []string{"还没有导入流水", "JF-2022-0001", "XK-2022-0001", "1 次，4 人", "160.00", "4 笔，合计 160.00 元"} {
		stage.Shows(text)
	}
	if _, err := h.ReverseRecharge(t.Context(), 1, "充错了"); err != nil {
		t.Fatal(err)
	}
	stage.MustFind("text", "还剩 280.00，退过 40.00")
	trail.runs.Open(0)
	stage.MustFind("text", "1 笔，合计 -40.00 元")
	stage.Tap("button", "列出全部")
	stage.MustFind("text", "5 笔，合计 120.00 元")
	stage.Tap("button", "学习卡批次")
	trail.people.Open(0)
	if last := stage.Gone[len(stage.Gone)-1]; last.Page != desk.Ledger || last.Argument.(data.RechargeQuery).TraineeID == 0 {
		t.Errorf("visits = %v", stage.Gone)
	}
}

func TestTrailLeadsToTheBankLineAndBack(t *testing.T) {
	h := spent(t)
	order, err := h.OrderByNumber(t.Context(), "JF-2022-0001")
	if err != nil {
		t.Fatal(err)
	}
	stage, trail := stand(t, h, func(d *desk.Desk) *Trail { return NewTrail(d, h) })
	trail.Enter(order.ID)
	stage.Tap("button", "银行流水")
	if last := stage.Gone[len(stage.Gone)-1]; last.Page != desk.BringIn {
		t.Errorf("without statements it leads to %v", last)
	}
	apptest.BankLines(t, h.App, "2022-01-05,9.00,某公司,1,20220105000001")
	stage.MustFind("text", "流水里还没有找到")
	apptest.BankLines(t, h.App, apptest.BankLine(order, "20220518002208"))
	stage.MustFind("text", "流水 …2208")
	stage.MustFind("text", "05-18，待确认")
	if _, err := h.SettleCertain(t.Context()); err != nil {
		t.Fatal(err)
	}
	stage.MustFind("text", "05-18 借方")
	stage.Tap("text", "流水 …2208")
	if last := stage.Gone[len(stage.Gone)-1]; last.Page != desk.Statements || last.Argument != int64(2) {
		t.Errorf("a click on the card leads to %v", last)
	}
}

// The bank's line is less than the order: somebody put them together all the same, and the trail says so.
func TestTrailTellsOfABankLineThatDiffers(t *testing.T) {
	h := spent(t)
	apptest.BankLines(t, h.App, "2022-05-18,399.00,某公司,1,20220518002208")
	match := data.Match{Lines: []int64{1}, Orders: []int64{1}, Tier: data.TierHand, Score: 100, Reason: "手工对上。"}
	if _, err := h.SettleMatch(t.Context(), match); err != nil {
		t.Fatal(err)
	}
	stage, trail := stand(t, h, func(d *desk.Desk) *Trail { return NewTrail(d, h) })
	trail.Enter("JF-2022-0001")
	for _, text := range []string{"399.00", "应为 400.00"} {
		stage.MustFind("text", text)
	}
	stage.MustFind("icon", "circle-alert")
}

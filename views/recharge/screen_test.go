package recharge

import (
	"context"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/theme"
	"peixun/views/ui"
)

// opened shows 学员缴费 of a hospital of twelve people with a batch for ten of them.
func opened(t *testing.T) (*apptest.Hospital, *Screen, *desktest.Stand) {
	t.Helper()
	h := apptest.NewHospital(t, 12)
	h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 10)
	stage, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	return h, screen, stage
}

func charged(t *testing.T, h *apptest.Hospital) (count int, sum data.Money) {
	t.Helper()
	ids, err := h.RechargeIDs(context.Background(), data.RechargeQuery{})
	if err != nil {
		t.Fatal(err)
	}
	totals, err := h.RechargeTotals(context.Background(), data.RechargeQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return len(ids), totals.Net()
}

func TestChargesTheTickedPeople(t *testing.T) {
	h, screen, stage := opened(t)
	if !stage.MustFind("button", "充值").Disabled {
		t.Error("the button can be pressed while nobody is ticked")
	}
	people := h.People("")
	screen.table.SetTicked(people[:3]...)
	screen.prepare()
	stage.MustFind("text", "3 人 × 40.00 =")
	stage.MustFind("text", "280.00")
	stage.Tap("button", "充值 3 人，共 120.00 元")
	if count, sum := charged(t, h); count != 3 || sum != 120_00 {
		t.Fatalf("charged %d people with %s", count, sum)
	}
	stage.MustFind("toast", "已给 3 人充值，共 120.00 元；批次 XK-2022-0001 剩余 280.00 元。")
	if screen.table.TickedCount() != 0 {
		t.Error("ticks stay after the run")
	}
	if stage.MustFind("text", "查到 12 人，4 人不能选"); !screen.table.RowDisabled(0) {
		t.Error("a charged person can be ticked again")
	}
	stage.Tap("button", "查看明细")
	if query, ok := stage.Gone[0].Argument.(data.RechargeQuery); len(stage.Gone) != 1 || stage.Gone[0].Page != desk.Ledger || !ok || query.RunID == "" {
		t.Errorf("visits = %v", stage.Gone)
	}
}

// When every batch is spent nobody can be ticked; the panel says so, how much is missing and where the next batch comes from.
func TestAllBatchesSpent(t *testing.T) {
	h, screen, stage := opened(t)
	h.Submitted("2022-06-02 09:00:00", 2)
	h.Charge("2022-06-03 09:00:00", "XK-2022-0001", h.People("")[:10]...)
	stage.Enter(screen, nil)
	stage.MustFind("note", "批次都已用完，现在不能充值。还有 2 人没有充值，按单价 40.00 元要 80.00 元。新的缴费订单审核通过后，会有新的批次。")
	stage.MustFind("text", "查到 12 人，没有可用的批次，不能勾选")
	stage.MustFind("text", "批次都已用完，没有可以充的钱。")
	if stage.Holds("button", "选中全部 2 人") {
		t.Error("everybody is offered though nothing can be charged")
	}
	stage.Look("recharge-spent")
	states := map[string]int{}
	for row := range screen.rows.Len() {
		states[screen.cell(screen.rows.At(row), "status").Text]++
		if !screen.table.RowDisabled(row) {
			t.Errorf("row %d can be ticked", row)
		}
	}
	if states["已充值"] != 10 || states["未充值"] != 1 || states["他方缴费"] != 1 {
		t.Errorf("the list says %v", states)
	}
	stage.Tap("button", "登记审核结果：1 个订单待审核，共 80.00 元")
	if last := stage.Gone[len(stage.Gone)-1]; last.Page != desk.Orders || last.Argument.(data.OrderQuery).Review != data.ReviewSubmitted {
		t.Errorf("led to %+v", last)
	}
}

func TestSecondClickChargesNobodyTwice(t *testing.T) {
	h, screen, stage := opened(t)
	screen.table.SetTicked(h.People("")[:2]...)
	screen.prepare()
	ready := screen.ready
	screen.charge()
	screen.ready = ready // as if the second click came before the first had answered
	screen.charge()
	if count, sum := charged(t, h); count != 2 || sum != 80_00 {
		t.Errorf("charged %d people with %s", count, sum)
	}
	stage.MustFind("toast", "这次充值已经完成过，没有重复充值。")
}

func TestTooLittleLeftDisablesTheButton(t *testing.T) {
	h, screen, stage := opened(t)
	screen.table.TickAll()
	stage.MustFind("text", "还差 40.00 元")
	if !stage.MustFind("button", "充值 11 人，共 440.00 元").Disabled {
		t.Error("more than the batch holds can be charged")
	}
	screen.charge()
	if count, _ := charged(t, h); count != 0 {
		t.Error("it charged all the same")
	}
	screen.panel.amount.SetText("36.36")
	if stage.MustFind("button", "充值 11 人，共 399.96 元").Disabled {
		t.Error("a smaller amount does not help")
	}
	screen.panel.amount.SetText("1.234")
	if !screen.panel.problem.Visible() || screen.ready.chargeable() {
		t.Error("an amount with three decimals passes")
	}
}

func TestRefusedPeopleCannotBeTicked(t *testing.T) {
	h, screen, stage := opened(t)
	people := h.People("")
	if _, err := h.SetTraineeStatus(context.Background(), people[:1], data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	screen.table.TickAll()
	if screen.table.IsTicked(people[0]) || screen.table.IsTicked(people[11]) || screen.table.TickedCount() != 10 {
		t.Errorf("ticked %v", screen.table.Ticked())
	}
	for _, text := range []string{"停用", "他方缴费"} {
		stage.MustFind("cell", text)
	}
	stage.MustFind("text", "不充值 2 人")
	stage.Tap("button", "查看名单")
	stage.MustFind("cell", "缴费机构是社区服务站")
}

func TestTicksFallAwayWhenSomebodyIsDisabledMeanwhile(t *testing.T) {
	h, screen, stage := opened(t)
	people := h.People("")
	screen.table.SetTicked(people[:2]...)
	screen.prepare()
	if _, err := h.SetTraineeStatus(context.Background(), people[:1], data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	if got := screen.table.Ticked(); len(got) != 1 || got[0] != people[1] {
		t.Errorf("ticked %v", got)
	}
	stage.MustFind("button", "充值 1 人，共 40.00 元")
}

func TestFilters(t *testing.T) {
	h, screen, stage := opened(t)
	h.Charge("2022-06-01 09:00:00", "XK-2022-0001", h.People("骨科")...)
	department := len(h.People("骨科"))
	for name, c := range map[string]struct {
		set  func()
		want int
	}{
		"name":              {func() { screen.filters.name.SetText("陈若溪") }, 1},
		"pinyin":            {func() { screen.filters.name.SetText("crx") }, 1},
		"username":          {func() { screen.filters.username.SetText("jy0336") }, 1},
		"last of identity":  {func() { screen.filters.idNumber.SetText("1002") }, 1},
		"balance from":      {func() { screen.filters.from.SetText("40") }, department},
		"balance from zero": {func() { screen.filters.from.SetText("0.00"); screen.filters.to.SetText("0.00") }, 12 - department},
		"payer":             {func() { screen.filters.payers.SetKeys(strconv.FormatInt(h.Departments["社区服务站"], 10)) }, 1},
		"wrong bound":       {func() { screen.filters.from.SetText("abc") }, 12},
	} {
		t.Run(name, func(t *testing.T) {
			screen.filters.clear()
			c.set()
			stage.Tap("button", "查询")
			if got := screen.rows.Len(); got != c.want {
				t.Errorf("found %d people, want %d", got, c.want)
			}
		})
	}
	stage.Tap("button", "清除条件")
	if screen.rows.Len() != 12 {
		t.Error("清除条件 leaves a condition")
	}
}

func TestHiddenTicksAreTold(t *testing.T) {
	h, screen, stage := opened(t)
	screen.table.SetTicked(h.People("")[:3]...)
	screen.filters.username.SetText("jy0333")
	stage.Tap("button", "查询")
	stage.MustFind("text", "其中 2 人不在列表里")
	stage.MustFind("button", "充值 3 人，共 120.00 元")
}

func TestEnterChoosesBatchAndPeople(t *testing.T) {
	h, screen, stage := opened(t)
	second := h.Approved("2022-06-01 09:00:00", "2022-06-02 10:00:00", 2)
	if !stage.MustFind("radio", "XK-2022-0001").Checked {
		t.Error("the oldest batch with money is not proposed")
	}
	screen.Enter(second.BatchNumber)
	if !stage.MustFind("radio", second.BatchNumber).Checked || stage.MustFind("radio", "XK-2022-0001").Checked {
		t.Error("the wanted batch is not chosen")
	}
	stage.Tap("radio", "XK-2022-0001")
	if screen.batch.Number != "XK-2022-0001" {
		t.Error("a click does not choose a batch")
	}
	screen.Enter(h.People("骨科"))
	if screen.table.TickedCount() != len(h.People("骨科")) {
		t.Error("the given people are not ticked")
	}
}

func TestWithoutPriceTheAmountIsEmpty(t *testing.T) {
	h, screen, stage := opened(t)
	h.Plan.Price = 0
	if _, err := h.SavePlan(context.Background(), h.Plan); err != nil {
		t.Fatal(err)
	}
	screen.table.SetTicked(h.People("")[0])
	screen.prepare()
	if screen.panel.amount.Text() != "" || screen.ready.chargeable() {
		t.Errorf("amount = %q", screen.panel.amount.Text())
	}
	stage.MustFind("text", "元，计划没有单价")
	stage.MustFind("text", "请填写每人金额。")
}

func TestWithoutBatchItLeadsToPayment(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	stage, _ := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	stage.MustFind("empty", "没有可用的学习卡批次")
	stage.Tap("button", "上传缴费凭证")
	stage.Tap("button", "查看订单")
	if len(stage.Gone) != 2 || stage.Gone[0].Page != desk.Payment || stage.Gone[1].Page != desk.Orders {
		t.Errorf("visits = %v", stage.Gone)
	}
}

func TestClosedPanelComesBack(t *testing.T) {
	_, _, stage := opened(t)
	for _, seen := range ui.InspectCanvas(stage.Window.Canvas()) {
		if seen.Tip == "关闭" {
			test.TapCanvas(stage.Window.Canvas(), fyne.NewPos(float32(seen.X+seen.Width/2), float32(seen.Y+seen.Height/2)))
		}
	}
	if stage.Holds("text", "充值方式") {
		t.Fatal("the panel does not close")
	}
	stage.Tap("button", "充值")
	if !stage.Holds("text", "充值方式") || stage.Holds("button", "选择") {
		t.Error("the panel does not come back")
	}
}

func TestManyPeopleAreChargedUnderABar(t *testing.T) {
	h := apptest.NewHospital(t, manyPeople+2)
	h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", manyPeople+2)
	_, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	screen.table.TickAll()
	screen.charge()
	if count, sum := charged(t, h); count != manyPeople+1 || sum != (manyPeople+1)*40_00 {
		t.Errorf("charged %d people with %s", count, sum)
	}
	if screen.running || screen.ready.chargeable() {
		t.Error("the button does not come to rest")
	}
}

// broken is a program whose recharges fail.
type broken struct {
	*apptest.Hospital
	err error
}

func (b broken) Recharge(context.Context, data.RechargeRun, bool, app.Progress) (data.RechargeResult, error) {
	return data.RechargeResult{}, b.err
}

func TestFailureKeepsTicksAndRun(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		shown string
	}{
		"refused":   {data.Refuse("batch-too-small", "batch", "批次不够了。", "请换一个批次。"), "批次不够了。"},
		"cancelled": {context.Canceled, "已取消，没有给任何人充值。"},
	} {
		t.Run(name, func(t *testing.T) {
			h := apptest.NewHospital(t, 4)
			h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 4)
			stage, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, broken{h, c.err}) })
			screen.table.SetTicked(h.People("")[0])
			screen.prepare()
			id := screen.ready.run.ID
			stage.Tap("button", "充值 1 人，共 40.00 元")
			stage.Shows(c.shown)
			if screen.table.TickedCount() != 1 || screen.ready.run.ID != id || stage.MustFind("button", "充值 1 人，共 40.00 元").Disabled {
				t.Error("the run cannot be tried again")
			}
			if drafts, err := h.RechargeDrafts(t.Context()); err != nil || len(drafts) != 0 {
				t.Errorf("it would be told of again: %v, %v", drafts, err)
			}
		})
	}
}

// Among many batches only the chosen one shows all its figures, so that the sum below stays in sight at 1280 × 800.
func TestManyBatchesLeaveRoomForTheSum(t *testing.T) {
	h := apptest.NewHospital(t, 12)
	for range 4 {
		h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 10)
	}
	stage, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	screen.table.TickAll()
	faces := 0
	for _, seen := range ui.InspectCanvas(stage.Window.Canvas()) {
		if seen.Kind == "text" && seen.Text == "面值" {
			faces++
		}
	}
	sum, button := stage.MustFind("text", "批次剩余 400.00 → "), stage.MustFind("button", "充值 11 人，共 440.00 元")
	if faces != 1 || sum.Y+sum.Height > button.Y-12 {
		t.Errorf("%d batches show all; the sum stands at %d, the button at %d", faces, sum.Y, button.Y)
	}
	stage.Tap("radio", "XK-2022-0003")
	stage.MustFind("text", "JF-2022-0003 · 05-20 通过")
	stage.MustFind("text", "剩余 400.00")
	if screen.batch.Number != "XK-2022-0003" {
		t.Errorf("chosen: %s", screen.batch.Number)
	}
}

// A batch whose plan is over says so where it is chosen: the platform may not take its money any more.
func TestBatchOfAnEndedPlanSaysSo(t *testing.T) {
	h, _, stage := opened(t)
	stage.MustFind("text", "JF-2022-0001 · 05-20 通过")
	h.At("2023-01-05 09:00:00")
	_, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	if note := screen.panel.cards[1].note; note.Content != "2022年计划已结束" || note.Role != theme.TextWarning {
		t.Errorf("the card says %q", note.Content)
	}
}

// Another window took the approval back while this one showed the batch: nobody is charged, and the words say why.
func TestBatchThatIsGoneMeanwhile(t *testing.T) {
	h, screen, stage := opened(t)
	screen.table.SetTicked(h.People("")[0])
	screen.prepare()
	screen.shown = false // as if the change came from another program
	if _, err := h.TakeBackApproval(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	stage.Tap("button", "充值 1 人，共 40.00 元")
	stage.Shows("这个学习卡批次已经不在了，没有给任何人充值。")
	if drafts, err := h.RechargeDrafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("it is told of again: %v, %v", drafts, err)
	}
}

func TestConditionsUseTheRoomThereIs(t *testing.T) {
	_, _, stage := opened(t)
	places := func() (first, last ui.SeenWidget) {
		t.Helper()
		for _, seen := range ui.InspectCanvas(stage.Window.Canvas()) {
			switch {
			case seen.Kind == "field" && seen.Placeholder == "用户名":
				first = seen
			case seen.Kind == "button" && seen.Text == "查询":
				last = seen
			}
		}
		if first.Width == 0 || last.Width == 0 {
			t.Fatalf("the window shows %q", stage.Texts())
		}
		return first, last
	}
	if first, last := places(); last.Y < first.Y+first.Height {
		t.Errorf("in a window of 1280 px 查询 stands at %d beside 用户名 at %d", last.Y, first.Y)
	}
	stage.Window.Resize(fyne.NewSize(1720, 1000)) // the page in a window of 1920 px
	stage.Picture("recharge-filters-wide")
	if first, last := places(); last.Y >= first.Y+first.Height {
		t.Errorf("in a window of 1920 px 查询 stands at %d below 用户名 at %d", last.Y, first.Y)
	}
}

//go:build ci

package reconcile

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

func TestOneClickSettlesWhatIsCertainAndCtrlZTakesItBack(t *testing.T) {
	f := newFixture(t)
	f.year()
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	f.Tap("button", "直接确认 4 笔")
	if settled := f.matches(); len(settled) != 4 {
		t.Fatalf("%d settled", len(settled))
	}
	f.Shows("已确认 4 笔流水与订单的对应。")
	page.takeBack()
	if settled := f.matches(); len(settled) != 0 {
		t.Errorf("%d are left after 撤销", len(settled))
	}
	log, err := f.Hospital.Audit(ctx, "", 10)
	f.check(err)
	if log[0].Action != "match.undo" || log[4].Action != "match.certain" {
		t.Errorf("the log says %+v", log[:5])
	}
}

func TestKeysSettleAndUnmatch(t *testing.T) {
	f := newFixture(t)
	f.year()
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	page.list.Focus()
	f.press(fyne.KeyHome)
	f.press(fyne.KeyReturn)
	if settled := f.matches(); len(settled) != 1 || settled[0].Orders[0] != 1 {
		t.Fatalf("Enter settled %+v", settled)
	}
	if at := page.list.Current(); at != 1 {
		t.Errorf("after Enter the list stands at %d, want the next that waits", at)
	}
	f.press(fyne.KeyUp)
	f.press(fyne.KeyDelete)
	if settled := f.matches(); len(settled) != 0 {
		t.Errorf("Delete left %+v", settled)
	}
	// Of two equal orders a digit chooses one.
	page.list.SetCurrent(slices.IndexFunc(page.rows, func(row data.Pairing) bool { return row.State == data.PairChoice }))
	f.press(fyne.KeyReturn)
	if settled := f.matches(); len(settled) != 0 {
		t.Errorf("settled without a choice: %+v", settled)
	}
	f.typed('2')
	f.press(fyne.KeyReturn)
	if settled := f.matches(); len(settled) != 1 || settled[0].Orders[0] != 8 {
		t.Errorf("the second was chosen, settled %+v", settled)
	}
}

// TestTicksJoinSeveral brings one line together with two orders, and two lines with one order.
func TestTicksJoinSeveral(t *testing.T) {
	f := newFixture(t)
	f.Submitted("2022-06-02 10:00:00", 10)
	f.Submitted("2022-06-02 11:00:00", 20)
	f.Submitted("2022-06-08 11:00:00", 30)
	f.bank("2022-06-02,1200.00,,,"+payee+",培训费,1", "2022-06-08,500.00,,,"+payee+",培训费,2", "2022-06-08,700.00,,,"+payee+",培训费,3")
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	page.byHand(page.rows[0])
	tick(f, page, 1, 2)
	f.Shows("0.00")
	f.Tap("button", "对上 1 笔流水和 2 个订单")
	page.closeHand()
	page.list.Focus()
	page.list.SetCurrent(page.rowOf(2))
	f.typed(' ')
	if len(page.rows[page.rowOf(2)].Lines) == 1 {
		page.list.SetCurrent(page.rowOf(3))
		f.typed(' ')
	} else {
		page.hand.toggleLine(3)
	}
	tick(f, page, 3)
	f.Tap("button", "对上 2 笔流水和 1 个订单")
	settled := f.matches()
	if len(settled) != 2 || len(settled[0].Orders) != 2 || len(settled[1].Lines) != 2 {
		t.Errorf("settled %+v", settled)
	}
}

// tick ticks orders of the panel by clicks.
func tick(f *fixture, page *Screen, orders ...int64) {
	f.t.Helper()
	for _, id := range orders {
		at := slices.IndexFunc(page.hand.open, func(o data.BookOrder) bool { return o.ID == id })
		if at < 0 {
			f.t.Fatalf("order %d is not in the panel", id)
		}
		place := f.find(page.hand.open[at].Number)
		test.TapCanvas(f.Window.Canvas(), place.SubtractXY(36, 0))
	}
}

func TestDraggingAnOrderOntoALineSettlesThem(t *testing.T) {
	f := newFixture(t)
	f.year()
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	page.byHand(page.rows[0])
	clear(page.hand.lines)
	page.hand.search.SetText("0001")
	page.hand.update()
	f.drag(page, "JF-2022-0001", "2022-03-09")
	if settled := f.matches(); len(settled) != 1 || settled[0].Orders[0] != 1 || settled[0].Tier != data.TierHand {
		t.Fatalf("dragging settled %+v", settled)
	}
	page.hand.search.SetText("")
	page.hand.update()
	f.drag(page, "2022-03-21", "JF-2022-0002")
	if settled := f.matches(); len(settled) != 2 || settled[1].Orders[0] != 2 {
		t.Errorf("dragging a line settled %+v", settled)
	}
}

func TestUnequalSumsAreAskedAboutAndBecomeADifference(t *testing.T) {
	f := newFixture(t)
	f.Submitted("2022-06-02 10:00:00", 10)
	f.bank("2022-06-02,300.00,,,"+payee+",培训费,1", "2022-06-20,1.00,,,某公司,1,,2")
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	page.byHand(page.rows[0])
	tick(f, page, 1)
	f.Tap("button", "对上 1 笔流水和 1 个订单")
	if settled := f.matches(); len(settled) != 0 {
		t.Fatal("settled without asking")
	}
	f.Tap("button", "仍然对上")
	found, err := f.Hospital.Reconcile(ctx)
	f.check(err)
	if len(f.matches()) != 1 || len(found.Differences) != 1 || found.Differences[0].Class != data.AmountDiffers || found.Differences[0].One != 300_00 || found.Differences[0].Other != 400_00 {
		t.Errorf("differences %+v", found.Differences)
	}
}

func TestRefundsFeesAndOthersAreMarkedAndFiltered(t *testing.T) {
	f := newFixture(t)
	f.bank("2022-06-01,500.00,,9500.00,"+payee+",培训费,1", "2022-06-03,,500.00,10000.00,"+payee+",退款,2", "2022-06-04,12.00,,9988.00,,,手续费,3", "2022-06-05,80.00,,9900.00,某公司,1,货款,4")
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	for _, text := range []string{"全部 1", "待核对 1", "手续费 1", "无关 1", "退款", "付款后 2 天，收款单位退回同样金额"} {
		f.Shows(text)
	}
	if !page.gaps.content.Visible() {
		t.Error("a balance that does not follow is not shown")
	}
	page.act(page.rows[0])
	if settled := f.matches(); len(settled) != 1 || len(settled[0].Lines) != 2 || len(settled[0].Orders) != 0 {
		t.Errorf("the refund settled %+v", settled)
	}
	found, err := f.Hospital.Reconcile(ctx)
	f.check(err)
	if len(found.Differences) != 0 {
		t.Errorf("differences %+v", found.Differences)
	}
	page.Enter(int64(4))
	if len(page.rows) != 1 || page.rows[0].Key() != 4 || page.list.Current() != 0 {
		t.Errorf("led to %+v", page.rows)
	}
}

func TestADifferenceIsKeptWithAReasonAndTheMonthCloses(t *testing.T) {
	f := newFixture(t)
	f.Submitted("2022-05-02 10:00:00", 10)
	f.bank("2022-05-02,400.00,,,"+payee+",培训费,1", "2022-05-20,77.00,,,"+payee+",培训费,2", "2022-06-01,1.00,,,某公司,1,,3")
	months := NewMonthEnd(f.Desk, f.Hospital.App)
	f.Enter(months, nil)
	f.Shows("还有 1 笔流水等您核对。")
	f.Shows("还有 1 处差异没有处理。")
	if err := f.CloseMonth(ctx, "2022-05", ""); err == nil {
		t.Fatal("closed with an open difference")
	}
	_, err := f.SettleCertain(ctx)
	f.check(err)
	differences := NewDifferences(f.Desk, f.Hospital.App)
	f.Enter(differences, nil)
	f.Tap("cell", "查看流水")
	if last := f.Gone[len(f.Gone)-1]; last.Page != desk.Statements || last.Argument != int64(2) {
		t.Errorf("led to %+v", last)
	}
	f.Tap("cell", "写明原因")
	f.Tap("button", "保留")
	if found, err := f.Hospital.Reconcile(ctx); err != nil || found.Differences[0].Accepted != "" {
		t.Fatalf("kept without a reason: %+v, %v", found.Differences, err)
	}
	typeInto(f, "财务培训费，另有合同")
	f.Tap("button", "保留")
	f.Enter(months, nil)
	f.Tap("button", "2022年5月月结")
	f.Tap("button", "月结")
	found, err := f.Hospital.Reconcile(ctx)
	f.check(err)
	if len(found.Closings) != 1 || found.Closings[0].Paid != 477_00 || found.Closings[0].Accepted != 1 {
		t.Fatalf("closings %+v", found.Closings)
	}
	f.Shows("已月结")
	f.Shows("付给国培网的流水有 1 笔共 77.00 元没有订单。")
	// Whoever touches the month is asked, and the month says so.
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	page.unmatch(page.rows[0])
	if len(f.matches()) != 1 {
		t.Fatal("changed a closed month without asking")
	}
	f.Tap("button", "仍然改动")
	if len(f.matches()) != 0 {
		t.Error("the answer changed nothing")
	}
	f.Enter(months, data.Month("2022-05"))
	f.Shows("月结后有变动")
	f.Tap("button", "取消月结")
	typeInto(f, "重新核对")
	f.Tap("button", "取消月结")
	if found, err = f.Hospital.Reconcile(ctx); err != nil || len(found.Closings) != 0 {
		t.Errorf("closings %+v, %v", found.Closings, err)
	}
}

// typeInto fills the text area of the dialog that is open.
func typeInto(f *fixture, text string) {
	f.t.Helper()
	for _, seen := range ui.InspectCanvas(f.Window.Canvas()) {
		if seen.Kind == "textarea" {
			test.TapCanvas(f.Window.Canvas(), fyne.NewPos(float32(seen.X+20), float32(seen.Y+12)))
			focused := f.Window.Canvas().Focused()
			for _, r := range text {
				focused.TypedRune(r)
			}
			return
		}
	}
	f.t.Fatalf("no text area; the window shows %q", strings.Join(f.Texts(), " "))
}

func TestAPaymentWithoutAnOrderBeginsOne(t *testing.T) {
	f := newFixture(t)
	f.Submitted("2022-06-01 10:00:00", 2)
	f.bank("2022-06-15,2000.00,,," + payee + ",培训费,8046")
	f.Enter(New(f.Desk, f.Hospital.App), nil)
	f.Tap("button", "建订单")
	begin, ok := f.Gone[len(f.Gone)-1].Argument.(desk.BeginPayment)
	if !ok || begin.Paid != (desk.BankPaid{Amount: 2000_00, At: "2022-06-15 00:00:00", Account: account}) {
		t.Errorf("began %+v", f.Gone)
	}
}

// A payment whose order was begun already leads to that order; of two equal payments of a day only one has it. Another order can still
// be begun from the menu.
func TestAPaymentWithABegunOrderLeadsToIt(t *testing.T) {
	f := newFixture(t)
	f.bank("2022-06-15,2000.00,,,"+payee+",培训费,8046", "2022-06-15,2000.00,,,"+payee+",培训费,8047")
	draft := f.Draft("2022-06-15 10:00:00", 50)
	page := New(f.Desk, f.Hospital.App)
	f.Enter(page, nil)
	f.Shows("订单 " + draft.Number + " 还没有提交")
	f.Tap("button", "打开订单")
	if last := f.Gone[len(f.Gone)-1]; last.Page != desk.Payment || last.Argument != draft.ID {
		t.Errorf("went to %+v", last)
	}
	f.Tap("button", "建订单")
	if _, ok := f.Gone[len(f.Gone)-1].Argument.(desk.BeginPayment); !ok {
		t.Errorf("the second payment went to %+v", f.Gone)
	}
	labels := ""
	for _, item := range page.menu(page.rowOf(1)) {
		labels += item.Label + " "
	}
	if !strings.Contains(labels, "打开 "+draft.Number+"（草稿） 另建订单") {
		t.Errorf("the menu offers %s", labels)
	}
}

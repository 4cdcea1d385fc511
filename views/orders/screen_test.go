//go:build ci

package orders

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/data"
	"peixun/views/desk"
)

func TestTheManualsTwelveColumns(t *testing.T) {
	want := []string{"培训计划名称", "申请时间", "审核时间", "申请人", "申请单位", "转账金额", "转账时间", "审核状态", "发票状态", "发票类型", "缴费模式", "操作"}
	for i, column := range columns {
		if column.Title != want[i] || len(columns) != len(want) {
			t.Errorf("column %d of %d is %s", i, len(columns), column.Title)
		}
	}
}

func TestListFiltersCountsAndSums(t *testing.T) {
	f := newFixture(t)
	bones, urgent := f.organization("骨科", 2), f.organization("急诊科", 3)
	f.submitted(bones)
	f.draft(urgent)
	list := New(f.Desk, f.App)
	f.Enter(list, nil)
	f.Shows("转账金额合计 200.00 元　待审核 80.00　审核通过 0.00，已充值 0.00")
	f.Shows("共 2 个订单")
	f.Enter(list, data.ReviewSubmitted)
	f.Shows("转账金额合计 80.00 元　待审核 80.00　审核通过 0.00，已充值 0.00")
	if list.filters.review.Key() != string(data.ReviewSubmitted) || list.rows.Len() != 1 {
		t.Errorf("filter %q finds %d", list.filters.review.Key(), list.rows.Len())
	}
	f.Tap("button", "清空")
	f.Shows("共 2 个订单")
	test.Type(list.filters.text.FocusTarget(), "急诊")
	f.Shows("共 1 个订单")
}

func TestEmptyListLeadsToPayment(t *testing.T) {
	f := newFixture(t)
	f.Enter(New(f.Desk, f.App), nil)
	f.Shows("还没有缴费订单")
	f.Tap("button", "上传缴费凭证")
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.Payment {
		t.Errorf("went to %v", f.Gone)
	}
}

func TestRowOpensItsOrder(t *testing.T) {
	f := newFixture(t)
	order := f.draft(f.organization("骨科", 2))
	list := New(f.Desk, f.App)
	f.Enter(list, nil)
	list.table.OnCell(0, "open")
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.OrderDetails || f.Gone[0].Argument != order.ID {
		t.Errorf("went to %v", f.Gone)
	}
}

func TestColumnWidthsAreRemembered(t *testing.T) {
	f := newFixture(t)
	list := New(f.Desk, f.App)
	f.Enter(list, nil)
	list.table.OnResize(map[string]float32{"unit": 222})
	second := New(f.Desk, f.App)
	f.Enter(second, nil)
	if got := second.table.Widths()["unit"]; got != 222 {
		t.Errorf("width %v", got)
	}
}

// TestOneNextThing checks that exactly the first action of every state is filled, and which it is.
func TestOneNextThing(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	bones, urgent := f.organization("骨科", 2), f.organization("急诊科", 3)
	draft, waiting, approved := f.draft(bones), f.submitted(urgent), f.approved(bones, urgent)
	rejected, err := f.App.RejectOrder(ctx, f.submitted(bones).ID, "看不清", "")
	f.check(err)
	void, err := f.App.VoidOrder(ctx, f.draft(bones).ID, "重复")
	f.check(err)
	done := f.approved(bones)
	details := NewDetails(f.Desk, f.App)
	for _, want := range []struct {
		id   int64
		next string
	}{{draft.ID, "继续填写"}, {waiting.ID, "登记审核通过"}, {approved.ID, "为 5 人充值"}, {rejected.ID, "修订"}, {void.ID, "上传缴费凭证"}} {
		f.Enter(details, want.id)
		if got := details.possible()[0].label; got != want.next {
			t.Errorf("%s: next is %s", details.order.Review, got)
		}
		f.Shows(want.next)
	}
	f.recharge(done, bones.OrganizationID)
	f.Enter(details, done.ID)
	if got := details.possible()[0].label; got != "登记发票" {
		t.Errorf("recharged, not invoiced: next is %s", got)
	}
	_, err = f.App.InvoiceOrder(ctx, done.ID, "22112000000041860935", "2022-06-17")
	f.check(err)
	f.Enter(details, done.ID)
	if got := details.possible()[0].label; got != "打印确认书" {
		t.Errorf("all done: next is %s", got)
	}
}

func TestApproveFromTheDialog(t *testing.T) {
	f := newFixture(t)
	order := f.submitted(f.organization("骨科", 2))
	details := NewDetails(f.Desk, f.App)
	f.Enter(details, order.ID)
	details.askApprove()
	body := details.dialog.Body
	form := formIn(t, body)
	at := dateIn(t, form, "reviewed_at")
	at.SetText("2021-01-01")
	f.Tap("button", "登记审核通过")
	if f.read(order.ID).Review != data.ReviewSubmitted || form.Row("reviewed_at").Problem() == "" || !details.dialog.Shown() {
		t.Errorf("a review before the application: %s, %q", f.read(order.ID).Review, form.Row("reviewed_at").Problem())
	}
	at.SetText("2022-06-20 10:04:52")
	fieldIn(t, form, "batch").SetText("PT-77")
	f.Tap("button", "登记审核通过")
	if got := f.read(order.ID); got.Review != data.ReviewApproved || got.BatchNumber != "PT-77" || got.ReviewedAt != "2022-06-20 10:04:52" {
		t.Errorf("stored %s %s %s", got.Review, got.BatchNumber, got.ReviewedAt)
	}
	if details.dialog.Shown() || details.order.Review != data.ReviewApproved {
		t.Error("the page did not follow")
	}
}

func TestRejectAsksForAReasonAndReviseGoesOn(t *testing.T) {
	f := newFixture(t)
	order := f.submitted(f.organization("骨科", 2))
	details := NewDetails(f.Desk, f.App)
	f.Enter(details, order.ID)
	details.askReject()
	form := formIn(t, details.dialog.Body)
	f.Tap("button", "登记驳回")
	if f.read(order.ID).Review != data.ReviewSubmitted || form.Row("reason").Problem() == "" {
		t.Error("rejected without a reason")
	}
	areaIn(t, form, "reason").SetText("凭证看不清")
	f.Tap("button", "登记驳回")
	if got := f.read(order.ID); got.Review != data.ReviewRejected || got.ReviewNote != "凭证看不清" {
		t.Errorf("stored %s %q", got.Review, got.ReviewNote)
	}
	f.Tap("button", "修订")
	if got := f.read(order.ID); got.Review != data.ReviewDraft || got.Revision != 2 {
		t.Errorf("stored %s, revision %d", got.Review, got.Revision)
	}
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.Payment || f.Gone[0].Argument != order.ID {
		t.Errorf("went to %v", f.Gone)
	}
}

func TestTakeBack(t *testing.T) {
	f := newFixture(t)
	bones := f.organization("骨科", 2)
	order := f.approved(bones)
	details := NewDetails(f.Desk, f.App)
	f.Enter(details, order.ID)
	if !offers(details, "撤回审核") {
		t.Error("an unused batch cannot be taken back")
	}
	details.askTakeBack()
	f.Tap("button", "撤回审核")
	if got := f.read(order.ID); got.Review != data.ReviewSubmitted || got.BatchNumber != "" {
		t.Errorf("stored %s with batch %q", got.Review, got.BatchNumber)
	}
}

func TestRechargesStandOnTheirLines(t *testing.T) {
	f := newFixture(t)
	bones, urgent := f.organization("骨科", 2), f.organization("急诊科", 3)
	order := f.approved(bones, urgent)
	f.recharge(order, urgent.OrganizationID)
	details := NewDetails(f.Desk, f.App)
	f.Enter(details, order.ID)
	for row, want := range []string{"0 / 2", "3 / 3", "3 / 5"} {
		if got := details.lineCell(row, "count").Text; got != want {
			t.Errorf("line %d: %s", row, got)
		}
	}
	f.Shows("还有 2 人没有充值")
	if offers(details, "撤回审核") {
		t.Error("a used batch is offered to be taken back")
	}
	f.Tap("button", "为 2 人充值")
	if f.Gone[0].Page != desk.Recharge || f.Gone[0].Argument != order.BatchNumber {
		t.Errorf("went to %v", f.Gone)
	}
}

// offers tells whether an action can be chosen on the page.
func offers(p *Details, label string) bool {
	return slices.ContainsFunc(p.possible(), func(one action) bool { return one.label == label })
}

func TestHeadline(t *testing.T) {
	for sentence, want := range map[string][2]string{
		"新建草稿": {"新建草稿", ""},
		"充值 80 人，3,200.00 元，批次 XK-2022-1": {"充值 80 人", "3,200.00 元，批次 XK-2022-1"},
		"审核驳回：凭证看不清，请重新上传一张清楚的":           {"审核驳回：凭证看不清", "请重新上传一张清楚的"},
		"没有任何标点却很长很长很长很长的一句话":             {"没有任何标点却很长很长很长很长的一句话", ""},
	} {
		if title, rest := headline(sentence); title != want[0] || rest != want[1] {
			t.Errorf("%s: %q and %q", sentence, title, rest)
		}
	}
}

func TestDetailsTitleLeadsBack(t *testing.T) {
	if title, back := NewDetails(&desk.Desk{}, nil).Title(); title != "订单详情" || back != desk.Orders {
		t.Errorf("%s back to %s", title, back)
	}
}

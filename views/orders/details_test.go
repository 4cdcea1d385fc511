//go:build ci

package orders

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// details shows an order's page.
func (f *fixture) details(id int64) *Details {
	f.t.Helper()
	page := NewDetails(f.Desk, f.App)
	f.Enter(page, id)
	return page
}

// shows tells whether anything in the window holds words.
func (f *fixture) shows(words string) bool {
	for _, text := range f.Texts() {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// issued is an approved order with its invoice.
func (f *fixture) issued(number string) data.Order {
	f.t.Helper()
	order := f.approved(f.organization("骨科", 2))
	order, err := f.App.InvoiceOrder(context.Background(), order.ID, number, f.App.Today())
	f.check(err)
	return order
}

func TestGapsOfADraftLeadToTheirField(t *testing.T) {
	f := newFixture(t)
	order, err := f.App.NewOrder(context.Background(), f.plan, data.PayFirst)
	f.check(err)
	f.details(order.ID)
	f.Picture("order-gaps")
	f.Tap("missing", "还没有填写缴费银行")
	want := desk.ResumePayment{OrderID: order.ID, Field: "payer_bank"}
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.Payment || f.Gone[0].Argument != want {
		t.Errorf("went to %v", f.Gone)
	}
}

func TestAnApprovedOrderOffersWhatTheDesignShows(t *testing.T) {
	f := newFixture(t)
	order := f.issued("22112000000041860935")
	f.details(order.ID)
	f.Tap("button", "审核意见")
	if !f.shows("审核通过，没有另外的意见") {
		t.Errorf("the approval without words shows %q", f.Texts())
	}
	f.Tap("button", "知道了")
	f.Tap("button", "打印填报清单")
	if !f.shows("填报清单 " + order.Number) {
		t.Errorf("the list to tick off shows %q", f.Texts())
	}
	ui.HandleEscape(f.Window.Canvas())
	f.Tap("button", "复制为新订单")
	if copied := f.Gone[len(f.Gone)-1]; copied.Page != desk.Payment || copied.Argument == order.ID {
		t.Errorf("went to %v", f.Gone)
	}
	f.recharge(order, order.Lines[0].OrganizationID)
	f.Tap("button", "打印确认书") // the next thing once all is recharged
	if last := f.Gone[len(f.Gone)-1]; last.Page != desk.Letters || last.Argument != order.ID {
		t.Errorf("went to %v", f.Gone)
	}
}

func TestRevisionsTellWhatChanged(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	order := f.submitted(f.organization("骨科", 2))
	_, err := f.App.RejectOrder(ctx, order.ID, "转账时间不对", "")
	f.check(err)
	revised, err := f.App.ReviseOrder(ctx, order.ID)
	f.check(err)
	revised.PaidAt = "2022-05-15 09:30:00"
	_, err = f.App.SaveOrder(ctx, revised)
	f.check(err)
	f.details(order.ID)
	if !f.shows("正在修订") || !f.shows("转账时间：2022-05-14 00:00:00 → 2022-05-15 09:30:00") {
		t.Errorf("shows %q", f.Texts())
	}
	_, err = f.App.SubmitOrder(ctx, order.ID)
	f.check(err)
	if f.shows("正在修订") || !f.shows("第 2 版") || !f.shows("转账时间不对") {
		t.Errorf("after handing it in: %q", f.Texts())
	}
	f.Picture("order-revised")
}

func TestInvoiceIsReversedRefilledAndIssuedAnew(t *testing.T) {
	f := newFixture(t)
	order := f.issued("22112000000041860935")
	page := f.details(order.ID)
	f.Tap("button", "登记红冲")
	form := formIn(t, page.dialog.Body)
	f.Tap("button", "登记红冲")
	if f.read(order.ID).Invoice.State != data.InvoiceIssued || form.Row("reason").Problem() == "" {
		t.Fatal("reversed without a reason")
	}
	areaIn(t, form, "reason").SetText("抬头开错")
	dateIn(t, form, "date").SetText("2022-01-01")
	f.Tap("button", "登记红冲")
	if f.read(order.ID).Invoice.State != data.InvoiceIssued || form.Row("date").Problem() == "" {
		t.Fatal("reversed before it was issued")
	}
	dateIn(t, form, "date").SetText(string(f.App.Today()))
	f.Tap("button", "登记红冲")
	if got := f.read(order.ID).Invoice.State; got != data.InvoiceReversed || !f.shows("已红冲：号码 …0935") {
		t.Fatalf("state %s, shows %q", got, f.Texts())
	}
	page.askRefill()
	form = formIn(t, page.dialog.Body)
	fieldIn(t, form, "email").SetText("不是邮箱")
	f.Tap("button", "保存")
	if f.read(order.ID).Invoice.State != data.InvoiceReversed || form.Row("email").Problem() == "" {
		t.Fatalf("refilled with a wrong e-mail: %q", form.Row("email").Problem())
	}
	fieldIn(t, form, "email").SetText("caiwu@bj9y.example")
	fieldIn(t, form, "title").SetText("北京市第九实验医院本部")
	f.Tap("button", "保存")
	if got := f.read(order.ID).Invoice; got.State != data.InvoiceFilled || got.Title != "北京市第九实验医院本部" {
		t.Fatalf("refilled as %+v", got)
	}
	page.askInvoice()
	form = formIn(t, page.dialog.Body)
	for row, bad := range map[string]string{"number": "发票号", "amount": "1.234"} {
		good := fieldIn(t, form, row).Text()
		fieldIn(t, form, row).SetText(bad)
		f.Tap("button", "登记发票")
		if form.Row(row).Problem() == "" || f.read(order.ID).Invoice.State != data.InvoiceFilled {
			t.Errorf("%s %q passed", row, bad)
		}
		fieldIn(t, form, row).SetText(good)
	}
	fieldIn(t, form, "number").SetText("22112000000041860935")
	f.Tap("button", "登记发票")
	if f.read(order.ID).Invoice.State != data.InvoiceFilled {
		t.Fatal("a reversed number was taken again")
	}
	if page.dialog.Shown() {
		fieldIn(t, form, "number").SetText("22112000000041860999")
		f.Tap("button", "登记发票")
	}
	if got := f.read(order.ID).Invoice; got.State != data.InvoiceIssued || got.Number != "22112000000041860999" {
		t.Errorf("issued anew as %+v", got)
	}
	f.Picture("order-reissued")
}

func TestInvoiceIsCorrectedOrWithdrawn(t *testing.T) {
	f := newFixture(t)
	order := f.issued("22112000000041860935")
	page := f.details(order.ID)
	f.Tap("button", "更正")
	fieldIn(t, formIn(t, page.dialog.Body), "number").SetText("22112000000041860936")
	f.Tap("button", "更正")
	if got := f.read(order.ID).Invoice.Number; got != "22112000000041860936" {
		t.Errorf("corrected to %s", got)
	}
	f.Tap("button", "登记错了，撤回")
	f.Tap("button", "撤回登记")
	if got := f.read(order.ID).Invoice; got.State != data.InvoiceFilled || got.Number != "" {
		t.Errorf("withdrawn to %+v", got)
	}
}

func TestInvoiceFileIsAttachedSavedAndRemoved(t *testing.T) {
	f := newFixture(t)
	order := f.issued("22112000000041860935")
	page := f.details(order.ID)
	path := filepath.Join(t.TempDir(), "发票.xml")
	content := []byte("<?xml version=\"1.0\"?><EInvoice><InvoiceNumber>22112000000041860999</InvoiceNumber></EInvoice>")
	f.check(os.WriteFile(path, content, 0o600))
	page.Dropped([]string{path})
	if !f.shows("发票.xml") {
		t.Fatalf("shows %q", f.Texts())
	}
	f.Tap("button", "删除“发票.xml”")
	if page.invoices[0].Files != nil {
		t.Error("still attached")
	}
	f.Tap("button", "撤销")
	if len(page.invoices[0].Files) != 1 {
		t.Error("did not come back")
	}
	saved := filepath.Join(t.TempDir(), "另存.xml")
	f.check(f.App.SaveInvoiceFile(context.Background(), page.invoices[0].Files[0].ID, saved))
	if again, err := os.ReadFile(saved); err != nil || string(again) != string(content) {
		t.Errorf("saved as %q, %v", again, err)
	}
}

func TestVoidAsksForAReason(t *testing.T) {
	f := newFixture(t)
	order := f.draft(f.organization("骨科", 2))
	page := f.details(order.ID)
	page.askVoid()
	f.Tap("button", "作废")
	if f.read(order.ID).Review != data.ReviewDraft || formIn(t, page.dialog.Body).Row("reason").Problem() == "" {
		t.Fatal("given up without a reason")
	}
	areaIn(t, formIn(t, page.dialog.Body), "reason").SetText("转账退回")
	f.Tap("button", "作废")
	if got := f.read(order.ID); got.Review != data.ReviewVoid || got.ReviewNote != "转账退回" {
		t.Errorf("stored %s, %q", got.Review, got.ReviewNote)
	}
}

func TestCopyBeginsAnOrderLikeThisOne(t *testing.T) {
	f := newFixture(t)
	order := f.submitted(f.organization("骨科", 2))
	page := f.details(order.ID)
	page.copyOrder()
	copied := f.read(f.Gone[0].Argument.(int64))
	if f.Gone[0].Page != desk.Payment || copied.ID == order.ID || copied.Total() != order.Total() || copied.PaidAt != "" || len(copied.Vouchers) != 0 {
		t.Errorf("copied %+v", copied)
	}
}

func TestListFiltersByModeAndOrganizationAndRemembersThem(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	bones := f.organization("骨科", 2)
	f.submitted(bones)
	online, err := f.App.NewOrder(ctx, f.plan, data.PayOnline)
	f.check(err)
	online.Lines = []data.OrderLine{f.organization("急诊科", 3)}
	_, err = f.App.SaveOrder(ctx, online)
	f.check(err)
	list := New(f.Desk, f.App)
	f.Enter(list, nil)
	f.Shows("共 2 个订单")
	list.filters.mode.OnChanged(string(data.PayOnline))
	if list.rows.Len() != 1 || list.rows.ID(0) != online.ID {
		t.Errorf("the mode finds %d", list.rows.Len())
	}
	list.filters.text.SetText("骨")
	again := New(f.Desk, f.App)
	f.Enter(again, nil)
	if again.filters.query.Mode != data.PayOnline || again.filters.query.Text != "" || again.rows.Len() != 1 || again.filters.mode.Key() != string(data.PayOnline) {
		t.Errorf("after a restart the list asks for %+v", again.filters.query)
	}
	again.filters.clear()
	again.filters.organization.SetKeys(keyOf(bones.OrganizationID))
	again.filters.organization.OnChanged(nil)
	if again.rows.Len() != 1 || again.rows.At(0).Organizations != "骨科" {
		t.Errorf("the organisation finds %d", again.rows.Len())
	}
}

func TestListTellsHowLongAnOrderWaits(t *testing.T) {
	f := newFixture(t)
	f.submitted(f.organization("骨科", 2))
	f.clock.Pass(40 * 24 * time.Hour)
	list := New(f.Desk, f.App)
	f.Enter(list, nil)
	cell := list.table.Cell(0, 7)
	if cell.Note != "等审核 40 天" || cell.NoteTone == 0 {
		t.Errorf("the state says %q", cell.Note)
	}
	if row := list.rows.At(0); waitCell(cell, row, row.AppliedAt.Date()).NoteTone == cell.NoteTone {
		t.Error("a wait of a day and one of 40 look alike")
	}
}

// The way of the money begins at the bank: its line is shown beside the order, and a click leads to it.
func TestMoneyCardShowsTheBankLine(t *testing.T) {
	f := newFixture(t)
	order := f.issued("22112000000041860935")
	f.details(order.ID)
	for _, words := range []string{"还没有导入流水", "订单、发票、批次一致"} {
		f.Shows(words)
	}
	apptest.BankLines(t, f.App, apptest.BankLine(order, "20220518002208"))
	f.Shows("流水 …2208")
	if f.shows("流水、订单、发票、批次一致") {
		t.Error("a match that nobody wrote down counts as agreed")
	}
	_, err := f.App.SettleCertain(context.Background())
	f.check(err)
	f.Shows("流水、订单、发票、批次一致")
	f.Tap("button", "银行流水")
	if last := f.Gone[len(f.Gone)-1]; last.Page != desk.Statements || last.Argument != int64(1) {
		t.Errorf("went to %v", last)
	}
}

// An order that a closed month counts is not voided, rejected or taken back without a question; once answered, the usual dialog comes.
func TestAnOrderOfAClosedMonthIsAskedAbout(t *testing.T) {
	f := newFixture(t)
	order := f.submitted(f.organization("骨科", 2))
	details := NewDetails(f.Desk, f.App)
	f.Enter(details, order.ID)
	f.Tap("button", "登记驳回")
	if details.dialog == nil || !details.dialog.Shown() {
		t.Fatal("an open month asks nothing")
	}
	f.Tap("button", "取消")
	f.closeMonth(order)
	f.Enter(details, order.ID)
	details.dialog = nil
	f.Tap("button", "登记驳回")
	f.Shows("2022年5月已经月结")
	if details.dialog != nil {
		t.Fatal("a closed month is not asked about")
	}
	f.Tap("button", "仍然改动")
	f.Shows("驳回原因")
}

// closeMonth closes the month in which an order was paid; that no bank line paid it stays for a reason.
func (f *fixture) closeMonth(order data.Order) {
	f.t.Helper()
	ctx := context.Background()
	found, err := f.App.Reconcile(ctx)
	f.check(err)
	for _, difference := range found.Differences {
		f.check(f.App.AcceptDifference(ctx, difference, "下个月到账"))
	}
	f.check(f.App.CloseMonth(ctx, order.Month(), ""))
}

//go:build ci

package payment

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
)

func TestDraftIsSavedOnceTypingRests(t *testing.T) {
	f := newFixture(t)
	f.begin()
	f.rest()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	test.Type(w.transfer.bank.FocusTarget(), "城南")
	if f.stored().PayerBank != "" {
		t.Error("the draft was saved before typing rested")
	}
	f.rest()
	if got := f.stored().PayerBank; got != "城南" {
		t.Errorf("the draft holds %q", got)
	}
	test.Type(w.transfer.bank.FocusTarget(), "银行")
	f.rest()
	if got := f.stored().PayerBank; got != "城南银行" {
		t.Errorf("the second save left %q", got)
	}
	f.Shows(w.order().Number + " · 草稿已保存 13:02:11")
}

// TestTypingThatRestsDuringASaveIsSavedToo covers a timer that fires while the save before it still runs.
func TestTypingThatRestsDuringASaveIsSavedToo(t *testing.T) {
	f := newFixture(t)
	f.begin()
	f.rest()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	w.draft.saving = true
	w.transfer.bank.SetText("城南商业银行")
	f.rest()
	if f.stored().PayerBank != "" {
		t.Fatal("two saves ran side by side")
	}
	w.draft.saved(f.stored(), nil)
	if got := f.stored().PayerBank; got != "城南商业银行" {
		t.Errorf("the draft holds %q", got)
	}
}

func TestSaveDelayIsUnderASecond(t *testing.T) {
	if saveDelay >= time.Second {
		t.Errorf("a draft waits %v", saveDelay)
	}
}

func TestLeavingSaves(t *testing.T) {
	f := newFixture(t)
	f.begin()
	left := false
	f.screen.Leave(func() { left = true })
	if order := f.stored(); !left || order.Total() != 1600_00 || order.People() != 40 {
		t.Errorf("left %v with %s for %d people", left, order.Total(), order.People())
	}
}

func TestWhatIsNoAmountStaysAndSaysWhy(t *testing.T) {
	f := newFixture(t)
	f.begin()
	row := f.screen.wizard.organizations.rows[0]
	row.field.SetText("12.345")
	f.screen.wizard.goOn()
	f.rest()
	if row.field.Text() != "12.345" || !strings.Contains(row.problem, "小数超过两位") {
		t.Errorf("the field holds %q and says %q", row.field.Text(), row.problem)
	}
	if f.screen.wizard.at != stepOrganizations || f.stored().Lines[0].Amount != 0 {
		t.Errorf("step %d with %s", f.screen.wizard.at, f.stored().Lines[0].Amount)
	}
	row.field.SetText("￥８００")
	f.screen.wizard.goOn()
	if f.screen.wizard.at != stepTransfer || f.screen.wizard.order().Lines[0].Amount != 800_00 {
		t.Errorf("step %d with %s", f.screen.wizard.at, f.screen.wizard.order().Lines[0].Amount)
	}
}

func TestOrganizationChosenAgainGetsItsAmountBack(t *testing.T) {
	f := newFixture(t)
	f.begin()
	o := f.screen.wizard.organizations
	o.remove(f.bones)
	if len(f.screen.wizard.order().Lines) != 1 || len(o.rows) != 1 {
		t.Fatalf("%d lines, %d rows", len(f.screen.wizard.order().Lines), len(o.rows))
	}
	o.choose([]string{fmt.Sprint(f.bones), fmt.Sprint(f.urgent)})
	if got := f.screen.wizard.order().Lines[0].Amount; got != 800_00 {
		t.Errorf("got %s back", got)
	}
}

func TestPeopleAreCountedAnew(t *testing.T) {
	f := newFixture(t)
	f.begin()
	people++
	_, err := f.App.AddTrainee(context.Background(), map[string]string{"name": datatest.Name(people), "id_number": datatest.IDNumber(people), "organization": "骨科"})
	f.check(err)
	if got := f.screen.wizard.order().Lines[0].People; got != 20 {
		t.Errorf("the line changed by itself to %d people", got)
	}
	f.Tap("button", "按现在的学员名单重新数人数")
	f.rest()
	if got := f.stored().Lines[0].People; got != 21 {
		t.Errorf("counted %d people", got)
	}
}

func TestErrorsShowOnceAFieldWasLeft(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	row := w.transfer.form.Row(fieldAccount)
	if row.Problem() != "" {
		t.Errorf("a field that nobody was in says %q", row.Problem())
	}
	f.Window.Canvas().Focus(w.transfer.account.FocusTarget())
	test.Type(w.transfer.account.FocusTarget(), "123")
	if row.Problem() != "" {
		t.Errorf("while typing it says %q", row.Problem())
	}
	f.Window.Canvas().Focus(w.transfer.bank.FocusTarget())
	if row.Problem() == "" {
		t.Error("the wrong account passed")
	}
}

func TestNextFocusesTheFirstGapOfItsStepOnly(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	f.Tap("button", "下一步")
	if w.at != stepTransfer || f.Window.Canvas().Focused() != w.transfer.bank.FocusTarget() {
		t.Errorf("step %d, focus on %T", w.at, f.Window.Canvas().Focused())
	}
	f.fillTransfer()
	f.Tap("button", "下一步")
	if w.at != stepInvoice {
		t.Errorf("step %d: gaps of later steps held it", w.at)
	}
}

// fillTransfer fills the second step.
func (f *fixture) fillTransfer() {
	transfer := f.screen.wizard.transfer
	transfer.bank.SetText("城南商业银行育才支行")
	transfer.account.SetText("3301 0120 1900 5566 78")
	transfer.paidAt.SetText("2022-06-14 10:26")
	f.screen.Dropped([]string{f.picture("电子回单.png", 1000, 700)})
}

func TestTypeSwitchKeepsWhatWasTyped(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepInvoice)
	w.invoice.fields["address"].SetText("育才南路 88 号")
	w.invoice.kind.OnChanged(1)
	w.invoice.kind.OnChanged(0)
	if w.order().Invoice.Address != "育才南路 88 号" || w.order().Invoice.Type != data.InvoiceNormal {
		t.Errorf("kept %q as %s", w.order().Invoice.Address, w.order().Invoice.Type)
	}
}

func TestVouchers(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	f.screen.Dropped([]string{f.picture("一.png", 800, 700), f.picture("二.png", 900, 700)})
	if stored := f.stored(); len(stored.Vouchers) != 2 || w.vouchers.at != 1 {
		t.Fatalf("%d stored, %d shown", len(stored.Vouchers), w.vouchers.at)
	}
	w.vouchers.turn(-1)
	if got := f.stored().Vouchers[1].Turned; got != 3 {
		t.Errorf("turned %d quarters", got)
	}
	f.Tap("button", "删除这张凭证")
	if stored := f.stored(); len(stored.Vouchers) != 1 || stored.Vouchers[0].Name != "一.png" {
		t.Errorf("left %v", stored.Vouchers)
	}
}

func TestSubmit(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	id := w.order().ID
	w.goTo(stepTransfer)
	f.fillTransfer()
	w.organizations.rows[0].typed("840")
	w.goTo(stepReview)
	f.Tap("button", "提交 1,640.00 元")
	if f.stored().Review != data.ReviewDraft {
		t.Fatal("submitted although a warning was not confirmed")
	}
	w.review.confirmed[warnings(w.gaps)[0].text()] = true
	f.Tap("button", "提交 1,640.00 元")
	order, err := f.App.Order(context.Background(), id)
	f.check(err)
	if order.Review != data.ReviewSubmitted || order.Total() != 1640_00 || order.PayerAccount != "330101201900556678" {
		t.Errorf("stored as %s with %s from %q", order.Review, order.Total(), order.PayerAccount)
	}
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.Orders || w.inHand() {
		t.Errorf("went to %v, in hand %v", f.Gone, w.inHand())
	}
}

func TestOnlinePaymentAsksForItsNumberOnly(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.setMode(data.PayOnline)
	w.goTo(stepTransfer)
	gaps := errorsIn(w.gaps, stepTransfer)
	if len(gaps) != 2 || gaps[0].key != fieldTransaction || gaps[1].key != fieldPaidAt {
		t.Errorf("asks for %v", gaps)
	}
	if w.transfer.form.Row(fieldBank).Visible() || !w.transfer.form.Row(fieldTransaction).Visible() {
		t.Error("shows the bank instead of the number")
	}
}

func TestInvoiceFirstAsksForTheInvoiceBeforeTheTransfer(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.setMode(data.InvoiceFirst)
	w.goOn()
	if w.at != stepInvoice {
		t.Fatalf("step %d: the transfer was asked for before the invoice", w.at)
	}
	f.Shows("申请开票")
	w.goTo(stepRequest)
	w.goOn()
	if w.at != stepRequest {
		t.Errorf("step %d: went on without an invoice", w.at)
	}
}

func TestEmptyDraftIsUsedAgain(t *testing.T) {
	f := newFixture(t)
	f.Enter(f.screen, f.plan)
	first := f.screen.wizard.order().Number
	f.screen.wizard.cancel()
	f.screen.Enter(f.plan)
	if second := f.screen.wizard.order().Number; second != first {
		t.Errorf("%s was left empty and %s made", first, second)
	}
}

func TestDraftGoesOnWhereItWas(t *testing.T) {
	f := newFixture(t)
	f.begin()
	id := f.screen.wizard.order().ID
	f.screen.wizard.cancel()
	if !f.screen.choice.content.Visible() || len(f.screen.choice.rows) != 1 {
		t.Fatalf("%d drafts listed", len(f.screen.choice.rows))
	}
	f.screen.Enter(id)
	if got := f.screen.wizard.organizations.rows[1].field.Text(); got != "800.00" {
		t.Errorf("the amount came back as %q", got)
	}
}

func TestFailedSaveKeepsTheDraftAndSaysSo(t *testing.T) {
	f := newFixture(t)
	f.begin()
	f.rest()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	w.transfer.bank.SetText("110101199003070011")
	f.rest()
	if !w.draft.dirty || f.stored().PayerBank != "" {
		t.Errorf("dirty %v, stored %q", w.draft.dirty, f.stored().PayerBank)
	}
	w.transfer.bank.SetText("城南商业银行")
	f.rest()
	if w.draft.dirty || f.stored().PayerBank != "城南商业银行" {
		t.Errorf("dirty %v, stored %q", w.draft.dirty, f.stored().PayerBank)
	}
}

func TestProfileGapsLeadToTheProfile(t *testing.T) {
	f := newFixture(t)
	f.check(f.App.SaveProfile(context.Background(), data.Profile{Unit: "北京市第九实验医院", Mobile: "13800000417", Email: "a@b.example"}))
	f.begin()
	f.screen.wizard.goTo(stepReview)
	f.screen.wizard.jumpTo("profile.name")
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.Profile || f.Gone[0].Argument != "name" {
		t.Errorf("went to %v", f.Gone)
	}
	f.screen.Changed(app.ProfileChanged)
}

// TestGoingOnWaitsForTheLastKey covers Enter right after typing, when what is known to be missing is still that of before.
func TestGoingOnWaitsForTheLastKey(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.stale, w.gaps = true, []gap{{key: amountKey(f.bones), label: "骨科的金额", what: "还没有填写金额。"}}
	w.goOn()
	if w.at != stepTransfer {
		t.Errorf("step %d: the old gaps held it back", w.at)
	}
}

func TestSavedTimeFitsANarrowPage(t *testing.T) {
	f := newFixtureAt(t, 824, 600, false)
	f.begin()
	f.rest()
	f.Shows("已保存 13:02:11")
}

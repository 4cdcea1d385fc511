//go:build ci

package payment

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// fillInvoice fills the step 填写发票信息 for a 普通发票.
func (f *fixture) fillInvoice() {
	fields := f.screen.wizard.invoice.fields
	for key, text := range map[string]string{"title": "北京市第九实验医院", "tax_number": "12110000400686910X", "email": "caiwu@bj9y.example", "mobile": "13800000417"} {
		fields[key].SetText(text)
	}
}

// TestBadInputInEveryField types what is wrong into each field in turn: it stays as typed, is stored as typed, says why, and holds the
// order back; mended, nothing holds it.
func TestBadInputInEveryField(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	f.fillTransfer()
	f.fillInvoice()
	w.invoice.kind.OnChanged(1)
	for key, text := range map[string]string{"address": "育才南路 88 号", "telephone": "84290000", "bank": "城南商业银行", "account": "330101201900556678"} {
		w.invoice.fields[key].SetText(text)
	}
	w.check()
	if gaps := blocking(w.gaps); len(gaps) != 0 {
		t.Fatalf("the filled order lacks %+v", gaps)
	}
	field := func(key string) *ui.Field { return w.invoice.fields[key] }
	for _, c := range []struct {
		key  string
		step int
		in   *ui.Field
		bad  []string
	}{
		{fieldBank, stepTransfer, w.transfer.bank, []string{"", "   "}},
		{fieldAccount, stepTransfer, w.transfer.account, []string{"", "123", "不知道", "110060593018800003058", strings.Repeat("1", 40)}},
		{fieldPaidAt, stepTransfer, &w.transfer.paidAt.Field, []string{"", "22-06-14", "昨天", "2022-13-01", "2022-02-30 10:00", "2022-06-14 25:00"}},
		{"invoice.title", stepInvoice, field("title"), []string{"", " ", strings.Repeat("长", 500)}},
		{"invoice.tax_number", stepInvoice, field("tax_number"), []string{"", "123", "12110000400686910#", "11010519491231002X"}},
		{"invoice.address", stepInvoice, field("address"), []string{""}},
		{"invoice.telephone", stepInvoice, field("telephone"), []string{"", "电话", "12"}},
		{"invoice.bank", stepInvoice, field("bank"), []string{""}},
		{"invoice.account", stepInvoice, field("account"), []string{"", "12", "账号"}},
		{"invoice.email", stepInvoice, field("email"), []string{"", "caiwu", "a@b.example；c@d.example", "@"}},
		{"invoice.mobile", stepInvoice, field("mobile"), []string{"", "1380000041", "12345678901", "手机"}},
	} {
		good := c.in.Text()
		for _, bad := range c.bad {
			t.Run(c.key+" "+fmt.Sprintf("%.12q", bad), func(t *testing.T) {
				w.goTo(c.step)
				c.in.SetText(bad)
				w.leave(c.key)
				if got := c.in.Text(); got != strings.ReplaceAll(bad, " ", "") && got != bad {
					t.Errorf("the field holds %q", got)
				}
				held := false
				for _, one := range blocking(w.gaps) {
					held = held || one.key == c.key && one.text() != ""
				}
				if !held {
					t.Errorf("%q passed: %+v", bad, blocking(w.gaps))
				}
				w.goOn()
				if w.at != c.step {
					t.Errorf("went on to step %d", w.at)
				}
				w.goTo(stepOrganizations)
				w.goTo(c.step)
				if got := c.in.Text(); got != strings.ReplaceAll(bad, " ", "") && got != bad {
					t.Errorf("after going back and forth the field holds %q", got)
				}
				f.rest()
				c.in.SetText(good)
				f.rest()
			})
		}
	}
	w.check()
	if gaps := blocking(w.gaps); len(gaps) != 0 {
		t.Errorf("the mended order lacks %+v", gaps)
	}
}

func TestBadAmountsSayWhyUnderTheirLine(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	row := w.organizations.rows[0]
	for _, bad := range []string{"12.345", "-5", "1e3", "八百", "999999999999", "0", ""} {
		row.field.SetText(bad)
		w.goOn()
		if row.problem == "" || !row.below.Visible() || row.field.Text() != bad || w.at != stepOrganizations {
			t.Errorf("%q: %q, step %d", bad, row.problem, w.at)
		}
		if bad == "12.345" {
			f.Picture("payment-1-bad")
		}
	}
	row.field.SetText("840")
	if row.below.Visible() || row.hint.Content != "20 人 × 40.00 = 800.00，多 40.00" {
		t.Errorf("a difference says %q", row.hint.Content)
	}
	f.Shows("2 个机构 40 人 × 40.00 = 1,600.00，多 40.00")
}

func TestPickerCountsAsTheAppDoes(t *testing.T) {
	f := newFixture(t)
	f.begin()
	tree, err := f.App.Organizations(context.Background())
	f.check(err)
	want, err := f.App.PeoplePaidFor(context.Background(), tree.Root().ID)
	f.check(err)
	o := f.screen.wizard.organizations
	if want != 40 || o.options()[0].Note != "40 人" || o.people[tree.Root().ID] != want {
		t.Errorf("the root pays for %d, the picker says %q", want, o.options()[0].Note)
	}
}

func TestStepsShowTheirState(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	f.rest()
	state := func(label string) ui.SeenWidget {
		seen, _ := f.Find("step", label)
		return seen
	}
	if one := state("银行转账信息"); one.Disabled || one.Bad {
		t.Errorf("the first step lacks nothing, yet the second is %+v", one)
	}
	if one := state("核对并提交"); !one.Disabled {
		t.Error("the last step can be reached over two that lack something")
	}
	w.goTo(stepTransfer)
	w.goTo(stepInvoice)
	f.fillInvoice()
	if one := state("银行转账信息"); !one.Bad {
		t.Errorf("a step that was passed with gaps is %+v", one)
	}
	f.Tap("step", "银行转账信息")
	if w.at != stepTransfer || w.order().Invoice.Email != "caiwu@bj9y.example" {
		t.Errorf("step %d, e-mail %q", w.at, w.order().Invoice.Email)
	}
	f.fillTransfer()
	f.Tap("step", "填写发票信息")
	if one := state("银行转账信息"); one.Bad || !one.Checked || w.invoice.fields["email"].Text() != "caiwu@bj9y.example" {
		t.Errorf("the filled step is %+v", one)
	}
}

func TestWhyItCannotBeSubmittedJumpsAcrossSteps(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	f.Tap("button", "为什么还不能提交")
	f.Picture("payment-why")
	f.Tap("missing", "银行转账信息：缴费卡号")
	if w.at != stepTransfer || f.Window.Canvas().Focused() != w.transfer.account.FocusTarget() {
		t.Errorf("step %d, keyboard in %T", w.at, f.Window.Canvas().Focused())
	}
}

func TestAnotherProgramStartGoesOnWhereItWas(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepInvoice)
	w.invoice.fields["title"].SetText("填到一半")
	f.rest()
	again := New(f.Desk, f.App)
	f.Enter(again, nil)
	if !again.wizard.inHand() || again.wizard.order().ID != w.order().ID || again.wizard.at != stepInvoice || again.wizard.invoice.fields["title"].Text() != "填到一半" {
		t.Errorf("step %d of %s", again.wizard.at, again.wizard.order().Number)
	}
	again.wizard.cancel()
	third := New(f.Desk, f.App)
	f.Enter(third, nil)
	if third.wizard.inHand() {
		t.Error("what was put aside came back by itself")
	}
}

func TestInvoiceFirstFromMailToTransfer(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.setMode(data.InvoiceFirst)
	w.goTo(stepInvoice)
	f.fillInvoice()
	f.Tap("button", "下一步")
	if w.at != stepRequest || !f.shows(data.InvoiceRequestAddress) {
		t.Fatalf("step %d shows %q", w.at, f.Texts())
	}
	f.Picture("payment-request")
	f.Shows("核对并提交")
	opened := ""
	f.Desk.OpenFile = func(path string) error { opened = path; return nil }
	f.Tap("button", "生成邮件草稿")
	path := filepath.Join(t.TempDir(), "开票申请.eml")
	f.retype(path)
	f.Tap("button", "生成并打开")
	if content, err := os.ReadFile(path); err != nil || opened != path || !strings.Contains(string(content), data.InvoiceRequestAddress) {
		t.Fatalf("opened %q: %v", opened, err)
	}
	f.Tap("button", "知道了")
	if f.stored().InvoiceRequestedAt == "" {
		t.Error("nobody knows that the mail was drafted")
	}
	f.Tap("button", "登记发票")
	f.Picture("payment-register")
	f.retype("22112000000041860935")
	f.Tap("button", "登记发票")
	if stored := f.stored(); stored.Invoice.State != data.InvoiceIssued || stored.Invoice.Number != "22112000000041860935" {
		t.Fatalf("stored %+v", stored.Invoice)
	}
	f.Tap("button", "下一步")
	if w.at != stepTransfer {
		t.Fatalf("step %d after the invoice", w.at)
	}
	f.fillTransfer()
	f.Tap("button", "下一步：核对并提交")
	f.Tap("button", "提交 1,600.00 元")
	if w.inHand() {
		t.Errorf("not submitted: %+v", w.gaps)
	}
}

func TestOnlinePaymentEndsOnItsOwnPage(t *testing.T) {
	f := newFixture(t)
	f.Enter(f.screen, desk.BeginPayment{Plan: f.plan, Mode: data.PayOnline})
	w := f.screen.wizard
	f.Shows("在线支付信息")
	w.organizations.choose([]string{fmt.Sprint(f.bones)})
	w.organizations.fillByHead()
	w.goOn()
	w.transfer.transaction.SetText("4200001234202206149876543210")
	w.transfer.paidAt.SetText("2022-06-14 10:26:08")
	w.goOn()
	f.fillInvoice()
	w.goOn()
	id := w.order().ID
	f.Tap("button", "提交 800.00 元")
	order, err := f.App.Order(context.Background(), id)
	f.check(err)
	if order.Review != data.ReviewApproved || order.BatchNumber == "" || f.Gone[len(f.Gone)-1].Page != desk.Online {
		t.Errorf("stored %s with batch %q, went to %v", order.Review, order.BatchNumber, f.Gone)
	}
}

func TestProfilesAreSavedChosenAndForgotten(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepInvoice)
	f.fillInvoice()
	f.Tap("button", "存为新资料")
	f.retype("本部")
	f.Tap("button", "保存")
	kept, err := f.App.InvoiceProfiles(context.Background())
	f.check(err)
	if len(kept) != 1 || kept[0].Name != "本部" || kept[0].Invoice.Email != "caiwu@bj9y.example" {
		t.Fatalf("kept %+v", kept)
	}
	w.invoice.fields["title"].SetText("别的单位")
	w.invoice.fields["remark"].SetText("只用一次")
	w.invoice.profiles.takeOver(fmt.Sprintf("%s%d", profileKey, kept[0].ID))
	if got := w.order().Invoice; got.Title != "北京市第九实验医院" || got.Remark != "只用一次" {
		t.Errorf("took over %q with remark %q", got.Title, got.Remark)
	}
	f.Tap("button", "撤销")
	if got := w.invoice.fields["title"].Text(); got != "别的单位" {
		t.Errorf("undone to %q", got)
	}
	w.invoice.profiles.remove(kept[0])
	if kept, _ := f.App.InvoiceProfiles(context.Background()); len(kept) != 0 {
		t.Errorf("still kept: %+v", kept)
	}
	f.Tap("button", "撤销")
	if kept, _ := f.App.InvoiceProfiles(context.Background()); len(kept) != 1 || kept[0].Name != "本部" {
		t.Errorf("came back as %+v", kept)
	}
}

// TestOrganizationInsideAnother covers a parent and its child in one order, whose people would be paid for twice.
func TestOrganizationInsideAnother(t *testing.T) {
	f := newFixture(t)
	f.begin()
	tree, err := f.App.Organizations(context.Background())
	f.check(err)
	o := f.screen.wizard.organizations
	o.choose([]string{fmt.Sprint(tree.Root().ID), fmt.Sprint(f.bones)})
	const doubt = "“骨科”已经包含在“北京市第九实验医院”里，20 人算了两遍。请去掉其中一个机构；确实要分开写的，请把两边的金额改成各自应缴的数，提交时再确认。"
	f.Shows(doubt)
	o.fillByHead()
	f.screen.wizard.showStep(stepReview)
	f.Shows(doubt)
	if f.screen.wizard.review.unconfirmed(f.screen.wizard.gaps) == 0 {
		t.Error("nothing is to be confirmed")
	}
	f.screen.wizard.showStep(stepOrganizations)
	o.remove(f.bones)
	if slices.Contains(f.Texts(), doubt) {
		t.Error("the doubt stays though one of them is gone")
	}
}

// TestAccountsOfEarlierOrdersAreChosen covers the menu behind the bank's field: it brings the account along, and can be taken back.
func TestAccountsOfEarlierOrdersAreChosen(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	for _, paid := range []data.PayerAccount{{Bank: "城南商业银行育才支行", Account: "330101201900556678"}, {Bank: "城北银行", Account: "6001234567890"}} {
		order, err := f.App.NewOrder(ctx, f.plan, data.PayFirst)
		f.check(err)
		order.PayerBank, order.PayerAccount = paid.Bank, paid.Account
		_, err = f.App.SaveOrder(ctx, order)
		f.check(err)
	}
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	if w.order().PayerAccount != "6001234567890" {
		t.Fatalf("the new order begins with %q", w.order().PayerAccount)
	}
	f.Tap("button", "以前用过的账户")
	f.Tap("option", "城南商业银行育才支行")
	f.rest()
	if got := f.stored(); got.PayerBank != "城南商业银行育才支行" || got.PayerAccount != "330101201900556678" {
		t.Errorf("stored %q, %q", got.PayerBank, got.PayerAccount)
	}
	f.Shows("已带入尾号 6678 的账户。")
	f.Tap("button", "撤销")
	f.rest()
	if got := f.stored(); got.PayerBank != "城北银行" || got.PayerAccount != "6001234567890" {
		t.Errorf("taken back to %q, %q", got.PayerBank, got.PayerAccount)
	}
}

// TestOnlinePaymentHasNoRoomForWhatItDoesNotAsk covers the payee's box and the voucher, which 在线支付 does without.
func TestOnlinePaymentHasNoRoomForWhatItDoesNotAsk(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	w.setMode(data.PayOnline)
	form := w.transfer.form
	if gap := form.Row(fieldPaidAt).Position().Y - form.Row(fieldTransaction).Position().Y; gap <= 0 || gap > 60 {
		t.Errorf("支付时间 stands %v px below 交易号", gap)
	}
	f.Shows(w.order().Number + " · 正在保存…")
	w.setMode(data.InvoiceFirst)
	f.rest()
	f.Shows("草稿已保存 13:02:11")
}

// An order that is begun from a bank line has its day and account already; the first organisation gets what was paid, and how several
// differ from it stands below.

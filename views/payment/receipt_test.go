//go:build ci

package payment

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/jung-kurt/gofpdf"

	"peixun/app/apptest"
	"peixun/assets"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// receiptFile writes a bank's PDF receipt, a page for each amount.
func (f *fixture) receiptFile(amounts ...string) string {
	f.t.Helper()
	pdf := gofpdf.New("L", "pt", "A5", "")
	pdf.AddUTF8FontFromBytes("song", "", bytes.Clone(assets.SerifRegular))
	for _, amount := range amounts {
		pdf.AddPage()
		pdf.SetFont("song", "", 11)
		for line, text := range []string{"交通银行 电子回单", "回单编号：220614" + amount[:2], "付款人名称：" + apptest.Unit, "付款人账号：330101201900556678",
			"收款人名称：" + data.DefaultPayee.Name, "收款人账号：" + data.DefaultPayee.Account, "金额（小写）：" + amount, "交易时间：2022-06-14 10:26:08"} {
			pdf.Text(40, 50+float64(line)*40, text)
		}
	}
	path := filepath.Join(f.t.TempDir(), "电子回单.pdf")
	f.check(pdf.OutputFileAndClose(path))
	return path
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

func TestReceiptIsComparedAndTakenOnlyByHand(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	w.transfer.paidAt.SetText("2022-06-13 09:00")
	f.screen.Dropped([]string{f.receiptFile("1600.00", "900.00")})
	f.rest()
	if w.transfer.paidAt.Text() != "2022-06-13 09:00" || w.transfer.account.Text() != "" {
		t.Fatalf("taken over silently: %q, %q", w.transfer.paidAt.Text(), w.transfer.account.Text())
	}
	f.Picture("payment-receipt")
	if !f.shows("与凭证不一致") || !f.shows("凭证上 2022-06-14") || !f.shows("缴费卡号还没有填。") {
		t.Errorf("shows %q", f.Texts())
	}
	f.Tap("button", "用这个")
	if got := w.transfer.paidAt.Text(); !strings.HasPrefix(got, "2022-06-14") {
		t.Errorf("the receipt's time was not taken: %q", got)
	}
	f.Tap("button", "撤销")
	if got := w.transfer.paidAt.Text(); got != "2022-06-13 09:00" {
		t.Errorf("undone to %q", got)
	}
	w.transfer.paidAt.SetText("2022-06-14 10:26")
	f.Tap("button", "用这个")
	if got := w.transfer.account.Text(); got != "330101201900556678" {
		t.Errorf("the receipt's account was not taken: %q", got)
	}
	f.rest()
	if !f.shows("金额一致。凭证上 ¥1,600.00，填写的缴费总金额 1,600.00 元。") {
		t.Errorf("all agrees, and the window shows %q", f.Texts())
	}
	f.Tap("button", "下一页")
	if stored := f.stored(); stored.Vouchers[0].Page != 1 {
		t.Errorf("page %d", stored.Vouchers[0].Page)
	}
	f.Shows("第 2 / 2 页")
	if stored := f.stored(); stored.Total() != 1600_00 {
		t.Errorf("the amount became %s", stored.Total())
	}
}

func TestSamePictureNamesTheOtherOrder(t *testing.T) {
	f := newFixture(t)
	f.begin()
	picture := f.picture("回单.png", 900, 700)
	f.screen.wizard.goTo(stepTransfer)
	f.screen.Dropped([]string{picture})
	first := f.screen.wizard.order().Number
	f.screen.wizard.cancel()
	f.screen.Enter(data.Plan{ID: f.plan.ID, Number: f.plan.Number, Name: f.plan.Name, Year: f.plan.Year})
	f.screen.wizard.goTo(stepTransfer)
	f.screen.Dropped([]string{picture})
	f.Tap("button", "查看 "+first)
	if last := f.Gone[len(f.Gone)-1]; last.Page != desk.OrderDetails {
		t.Errorf("went to %v", last)
	}
}

func TestPastedPictureAndPath(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	was := ui.SystemClipboard
	defer func() { ui.SystemClipboard = was }()
	ui.SystemClipboard = func() (ui.Pasted, error) { return ui.Pasted{}, nil }
	f.Tap("button", "粘贴")
	if !f.shows("剪贴板里没有图片") || len(f.stored().Vouchers) != 0 {
		t.Errorf("an empty clipboard: %q", f.Texts())
	}
	ui.HandleEscape(f.Window.Canvas())
	content, err := os.ReadFile(f.picture("截图.png", 900, 700))
	f.check(err)
	if _, err := png.DecodeConfig(bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	ui.SystemClipboard = func() (ui.Pasted, error) { return ui.Pasted{Picture: content}, nil }
	f.Window.Canvas().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{})
	if stored := f.stored(); len(stored.Vouchers) != 1 || stored.Vouchers[0].Type != "image/png" {
		t.Fatalf("stored %+v", stored.Vouchers)
	}
	fyne.CurrentApp().Clipboard().SetContent("file://" + f.picture("二.png", 800, 700))
	f.Tap("button", "粘贴")
	if stored := f.stored(); len(stored.Vouchers) != 2 || stored.Vouchers[1].Name != "二.png" {
		t.Errorf("a pasted path: %+v", stored.Vouchers)
	}
	f.screen.Leave(func() {})
	f.Window.Canvas().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{})
	if stored := f.stored(); len(stored.Vouchers) != 2 {
		t.Error("Ctrl+V on another screen added a voucher")
	}
}

func TestRemovedVoucherComesBack(t *testing.T) {
	f := newFixture(t)
	f.begin()
	f.screen.wizard.goTo(stepTransfer)
	f.screen.Dropped([]string{f.picture("一.png", 800, 700)})
	f.Tap("button", "删除这张凭证")
	if len(f.stored().Vouchers) != 0 {
		t.Fatal("still stored")
	}
	f.Tap("button", "撤销")
	if stored := f.stored(); len(stored.Vouchers) != 1 || stored.Vouchers[0].Name != "一.png" || len(f.screen.wizard.order().Vouchers) != 1 {
		t.Errorf("came back as %+v", stored.Vouchers)
	}
}

func TestFileThatIsNoPictureChangesNothing(t *testing.T) {
	f := newFixture(t)
	f.begin()
	w := f.screen.wizard
	w.goTo(stepTransfer)
	w.transfer.bank.SetText("城南商业银行")
	good := f.picture("一.png", 800, 700)
	for name, content := range map[string][]byte{"空.png": nil, "说明.jpg": []byte("这不是图片"), "损坏.pdf": []byte("%PDF-1.4\n什么也没有"), "手机.heic": []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")} {
		path := filepath.Join(t.TempDir(), name)
		f.check(os.WriteFile(path, content, 0o600))
		f.screen.Dropped([]string{path})
		if stored := f.stored(); len(stored.Vouchers) != 0 {
			t.Errorf("%s was stored: %+v", name, stored.Vouchers)
		}
		ui.HandleEscape(f.Window.Canvas())
	}
	f.screen.Dropped([]string{good})
	f.rest()
	if stored := f.stored(); len(stored.Vouchers) != 1 || stored.PayerBank != "城南商业银行" {
		t.Errorf("afterwards: %d vouchers, bank %q", len(stored.Vouchers), stored.PayerBank)
	}
	_, err := f.App.OrderGaps(context.Background(), f.stored())
	f.check(err)
}

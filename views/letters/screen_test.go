package letters

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// opened shows 确认书下载 with an approved, a submitted and a draft order; opened files are only written down.
func opened(t *testing.T) (h *apptest.Hospital, screen *Screen, folder string, shown *[]string) {
	t.Helper()
	h = apptest.NewHospital(t, 12)
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 10)
	h.Submitted("2022-06-02 09:00:00", 4)
	h.Draft("2022-06-16 09:00:00", 2)
	d, _ := newDesk(t, h)
	folder, shown = t.TempDir(), &[]string{}
	last := ui.LastFolder
	ui.LastFolder = func() string { return folder }
	t.Cleanup(func() { ui.LastFolder = last })
	screen = New(d, h)
	screen.open = func(path string) error { *shown = append(*shown, path); return nil }
	put(t, d, h, screen, nil)
	return h, screen, folder, shown
}

func letters(t *testing.T, h *apptest.Hospital) []data.ConfirmationLetter {
	t.Helper()
	found, err := h.Letters(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestListsOrdersInReviewAndThroughIt(t *testing.T) {
	_, screen, _, _ := opened(t)
	window := screen.desk.Window
	find(t, window, "text", "共 2 个订单")
	find(t, window, "drawer", "JF-2022-0002")
	find(t, window, "cell", "审核通过")
	if shows(window, "cell", "JF-2022-0003") {
		t.Error("a draft can have a letter")
	}
}

func TestSavesALetterWhole(t *testing.T) {
	h, screen, folder, shown := opened(t)
	window := screen.desk.Window
	order, err := h.OrderByNumber(context.Background(), "JF-2022-0001")
	if err != nil {
		t.Fatal(err)
	}
	screen.Enter(order.ID)
	find(t, window, "drawer", "JF-2022-0001")
	tap(t, window, "button", "生成并保存 PDF")
	if len(letters(t, h)) != 0 {
		t.Error("a number is taken before the place is known")
	}
	tap(t, window, "button", "保存")
	path := filepath.Join(folder, "确认书_JF-2022-0001.pdf")
	content, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(content, []byte("%PDF")) {
		t.Fatalf("saved %d bytes, %v", len(content), err)
	}
	if found := letters(t, h); len(found) != 1 || found[0].Number != "QR-2022-0001" {
		t.Errorf("letters = %+v", found)
	}
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("files left over: %v", files)
	}
	find(t, window, "toast", "确认书 QR-2022-0001 已保存，共 1 页。")
	find(t, window, "cell", "QR-2022-0001")
	find(t, window, "button", "保存 PDF")
	screen.openLetter(order.ID, order.Number)
	if len(*shown) != 1 || (*shown)[0] != path {
		t.Errorf("opened %v", *shown)
	}
}

func TestOpeningSavesFirst(t *testing.T) {
	_, screen, folder, shown := opened(t)
	window := screen.desk.Window
	tap(t, window, "button", "打开")
	tap(t, window, "button", "保存")
	if want := filepath.Join(folder, "确认书_JF-2022-0002.pdf"); len(*shown) != 1 || (*shown)[0] != want {
		t.Errorf("opened %v", *shown)
	}
}

func TestChangedOrderVoidsItsLetter(t *testing.T) {
	h, screen, folder, _ := opened(t)
	window := screen.desk.Window
	screen.make(screen.order, filepath.Join(folder, "一.pdf"), false)
	if _, err := h.ApproveOrder(context.Background(), screen.order, "", ""); err != nil {
		t.Fatal(err)
	}
	screen.make(screen.order, filepath.Join(folder, "二.pdf"), false)
	find(t, window, "toast", "订单有改动：QR-2022-0001 已作废，新的 QR-2022-0002 已保存。")
	screen.tabs.SetSelected(tabRegister)
	screen.showTab()
	find(t, window, "text", "共 2 份")
	find(t, window, "cell", "已作废")
	if !screen.register.RowDisabled(1) || screen.register.RowDisabled(0) {
		t.Error("the void letter is not grey")
	}
	screen.register.Open(1)
	find(t, window, "note", "订单后来有改动，这一份已作废，不要再寄出。编号不会再用。")
	if shows(window, "button", "保存 PDF") {
		t.Error("a void letter can be saved again")
	}
}

func TestFailureKeepsTheOldFile(t *testing.T) {
	_, screen, folder, _ := opened(t)
	path := filepath.Join(folder, "有人占用")
	if err := os.MkdirAll(filepath.Join(path, "里面"), 0o700); err != nil {
		t.Fatal(err)
	}
	screen.make(screen.order, path, false)
	find(t, screen.desk.Window, "text", "“有人占用”没有保存成功，原来的文件没有变。")
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("files left over: %v", files)
	}
	if screen.making {
		t.Error("the buttons stay grey")
	}
}

func TestLabelIsSavedAndOpened(t *testing.T) {
	_, screen, folder, shown := opened(t)
	tap(t, screen.desk.Window, "button", "打印邮寄标签")
	tap(t, screen.desk.Window, "button", "保存")
	path := filepath.Join(folder, "邮寄标签.pdf")
	if content, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(content, []byte("%PDF")) {
		t.Errorf("label: %v", err)
	}
	if len(*shown) != 1 || (*shown)[0] != path {
		t.Errorf("opened %v", *shown)
	}
}

func TestAddressIsCopied(t *testing.T) {
	_, screen, _, _ := opened(t)
	tap(t, screen.desk.Window, "button", "复制")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "北京市朝阳区育慧里5号 北京专技组（收） 电话 84297523" {
		t.Errorf("clipboard = %q", got)
	}
}

func TestWithoutOrdersItLeadsToPayment(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	d, visits := newDesk(t, h)
	put(t, d, h, New(d, h), nil)
	look(t, d.Window, "letters-empty")
	tap(t, d.Window, "button", "上传缴费凭证")
	if len(*visits) != 1 || (*visits)[0].page != desk.Payment {
		t.Errorf("visits = %v", *visits)
	}
}

func TestLook(t *testing.T) {
	h, screen, folder, _ := opened(t)
	look(t, screen.desk.Window, "letters")
	screen.make(screen.order, filepath.Join(folder, "确认书_JF-2022-0002.pdf"), true)
	look(t, screen.desk.Window, "letters-made")
	if _, err := h.ApproveOrder(context.Background(), screen.order, "", ""); err != nil {
		t.Fatal(err)
	}
	screen.make(screen.order, filepath.Join(folder, "确认书_JF-2022-0002.pdf"), true)
	screen.tabs.SetSelected(tabRegister)
	screen.showTab()
	screen.register.Open(1)
	look(t, screen.desk.Window, "letters-register")
}

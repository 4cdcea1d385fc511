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
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// opened shows 确认书下载 with an approved, a submitted and a draft order; opened files are only written down.
func opened(t *testing.T) (h *apptest.Hospital, screen *Screen, stage *desktest.Stand, folder string, shown *[]string) {
	t.Helper()
	h = apptest.NewHospital(t, 12)
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 10)
	h.Submitted("2022-06-02 09:00:00", 4)
	h.Draft("2022-06-16 09:00:00", 2)
	folder, shown = t.TempDir(), &[]string{}
	last := ui.LastFolder
	ui.LastFolder = func() string { return folder }
	t.Cleanup(func() { ui.LastFolder = last })
	stage, screen = stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	screen.open = func(path string) error { *shown = append(*shown, path); return nil }
	return h, screen, stage, folder, shown
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
	_, _, stage, _, _ := opened(t)
	find(t, stage, "text", "共 2 个订单")
	find(t, stage, "drawer", "JF-2022-0002")
	find(t, stage, "cell", "审核通过")
	if shows(stage, "cell", "JF-2022-0003") {
		t.Error("a draft can have a letter")
	}
}

func TestSavesALetterWhole(t *testing.T) {
	h, screen, stage, folder, shown := opened(t)
	order, err := h.OrderByNumber(context.Background(), "JF-2022-0001")
	if err != nil {
		t.Fatal(err)
	}
	screen.Enter(order.ID)
	find(t, stage, "drawer", "JF-2022-0001")
	stage.Tap("button", "生成并保存 PDF")
	if len(letters(t, h)) != 0 {
		t.Error("a number is taken before the place is known")
	}
	stage.Tap("button", "保存")
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
	find(t, stage, "toast", "确认书 QR-2022-0001 已保存，共 1 页。")
	find(t, stage, "cell", "QR-2022-0001")
	find(t, stage, "button", "保存 PDF")
	screen.openLetter(order.ID, order.Number)
	if len(*shown) != 1 || (*shown)[0] != path {
		t.Errorf("opened %v", *shown)
	}
}

func TestOpeningSavesFirst(t *testing.T) {
	_, _, stage, folder, shown := opened(t)
	stage.Tap("button", "打开")
	stage.Tap("button", "保存")
	if want := filepath.Join(folder, "确认书_JF-2022-0002.pdf"); len(*shown) != 1 || (*shown)[0] != want {
		t.Errorf("opened %v", *shown)
	}
}

func TestChangedOrderVoidsItsLetter(t *testing.T) {
	h, screen, stage, folder, _ := opened(t)
	screen.make(screen.order, filepath.Join(folder, "一.pdf"), false)
	if _, err := h.ApproveOrder(context.Background(), screen.order, "", ""); err != nil {
		t.Fatal(err)
	}
	screen.make(screen.order, filepath.Join(folder, "二.pdf"), false)
	find(t, stage, "toast", "订单有改动：QR-2022-0001 已作废，新的 QR-2022-0002 已保存。")
	screen.tabs.SetSelected(tabRegister)
	screen.showTab()
	find(t, stage, "text", "共 2 份")
	find(t, stage, "cell", "已作废")
	if !screen.register.RowDisabled(1) || screen.register.RowDisabled(0) {
		t.Error("the void letter is not grey")
	}
	screen.register.Open(1)
	find(t, stage, "note", "订单后来有改动，这一份已作废，不要再寄出。编号不会再用。")
	if shows(stage, "button", "保存 PDF") {
		t.Error("a void letter can be saved again")
	}
}

func TestFailureKeepsTheOldFile(t *testing.T) {
	_, screen, stage, folder, _ := opened(t)
	path := filepath.Join(folder, "有人占用")
	if err := os.MkdirAll(filepath.Join(path, "里面"), 0o700); err != nil {
		t.Fatal(err)
	}
	screen.make(screen.order, path, false)
	find(t, stage, "text", "“有人占用”没有保存成功，原来的文件没有变。")
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("files left over: %v", files)
	}
	if screen.making {
		t.Error("the buttons stay grey")
	}
}

func TestLabelIsSavedAndOpened(t *testing.T) {
	_, _, stage, folder, shown := opened(t)
	stage.Tap("button", "打印邮寄标签")
	stage.Tap("button", "保存")
	path := filepath.Join(folder, "邮寄标签.pdf")
	if content, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(content, []byte("%PDF")) {
		t.Errorf("label: %v", err)
	}
	if len(*shown) != 1 || (*shown)[0] != path {
		t.Errorf("opened %v", *shown)
	}
}

func TestAddressIsCopied(t *testing.T) {
	_, _, stage, _, _ := opened(t)
	stage.Tap("button", "复制")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "北京市朝阳区育慧里5号 北京专技组（收） 电话 84297523" {
		t.Errorf("clipboard = %q", got)
	}
}

func TestWithoutOrdersItLeadsToPayment(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	stage, _ := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	look(stage, "letters-empty")
	stage.Tap("button", "上传缴费凭证")
	if len(stage.Gone) != 1 || stage.Gone[0].Page != desk.Payment {
		t.Errorf("visits = %v", stage.Gone)
	}
}

func TestLook(t *testing.T) {
	h, screen, stage, folder, _ := opened(t)
	look(stage, "letters")
	screen.make(screen.order, filepath.Join(folder, "确认书_JF-2022-0002.pdf"), true)
	look(stage, "letters-made")
	if _, err := h.ApproveOrder(context.Background(), screen.order, "", ""); err != nil {
		t.Fatal(err)
	}
	screen.make(screen.order, filepath.Join(folder, "确认书_JF-2022-0002.pdf"), true)
	screen.tabs.SetSelected(tabRegister)
	screen.showTab()
	screen.register.Open(1)
	look(stage, "letters-register")
}

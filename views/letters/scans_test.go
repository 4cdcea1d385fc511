package letters

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data"
)

func TestScanIsAddedShownAndRemoved(t *testing.T) {
	h, screen, stage, _ := opened(t)
	id := made(t, h, screen, data.LetterSent)
	path := filepath.Join(t.TempDir(), "回签.png")
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, 800, 900))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	screen.Dropped([]string{path})
	stage.Shows("回签.png")
	stage.Tap("button", "查看")
	if _, shown := stage.Find("button", "关闭"); !shown {
		t.Errorf("the picture is not shown: %q", stage.Texts())
	}
	escape(stage)
	scans, _ := h.LetterScans(ctx, id)
	screen.removeScan(id, scans[0])
	stage.Tap("button", "撤销")
	if scans, _ = h.LetterScans(ctx, id); len(scans) != 1 {
		t.Errorf("%d scans after 撤销", len(scans))
	}
}

// TestDroppedScansFindTheirLetters: two letters in one file, dropped while another tab is shown; then one without a code.
func TestDroppedScansFindTheirLetters(t *testing.T) {
	h, screen, stage, _ := opened(t)
	first := made(t, h, screen, data.LetterSent)
	second, err := h.MakeLetter(ctx, screen.found.orders[1].ID)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	both, nothing := filepath.Join(folder, "扫描.pdf"), filepath.Join(folder, "空白.png")
	if err := app.WriteFile(both, func(w io.Writer) error { _, err := h.WriteLetters(ctx, w, []int64{first, second.ID}); return err }); err != nil {
		t.Fatal(err)
	}
	if err := app.WriteFile(nothing, func(w io.Writer) error { return png.Encode(w, image.NewGray(image.Rect(0, 0, 800, 900))) }); err != nil {
		t.Fatal(err)
	}
	screen.tabs.SetSelected(tabOrders)
	screen.Dropped([]string{both})
	stage.Shows("扫描件已存到确认书 QR-2022-0001、QR-2022-0002。")
	stage.Tap("button", "登记已回签")
	stage.MustFind("dialog", "确认书 QR-2022-0001 登记为“已回签”")
	stage.Tap("button", "登记已回签")
	if rows, err := h.LetterRows(ctx, []int64{first, second.ID}); err != nil || rows[0].State != data.LetterReturned || rows[1].State != data.LetterMade || rows[0].Scans != 1 || rows[1].Scans != 1 {
		t.Errorf("letters %+v, %v", rows, err)
	}
	screen.tabs.SetSelected(tabOrders)
	screen.Dropped([]string{both, nothing})
	stage.Shows("2 份扫描件没有存")
	stage.Picture("letters-scans-refused")
	for _, words := range []string{"扫描.pdf：这份扫描件已经存在确认书 QR-2022-0001 里了。", "空白.png：扫描件上没有看清确认书的二维码。"} {
		if !strings.Contains(strings.Join(stage.Texts(), "\n"), words) {
			t.Errorf("%q is not in %q", words, stage.Texts())
		}
	}
	escape(stage)
	screen.openLetter(second.ID)
	screen.Dropped([]string{nothing})
	if rows, err := h.LetterRows(ctx, []int64{second.ID}); err != nil || rows[0].Scans != 2 {
		t.Errorf("a scan without a code did not go to the letter that is open: %+v, %v", rows, err)
	}
	stage.Picture("letters-scans")
}

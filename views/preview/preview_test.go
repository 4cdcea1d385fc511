package preview

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
	"peixun/views/theme"
	"peixun/views/ui"
)

// printer puts a fake lp on the PATH; the result lists what it printed.
func printer(t *testing.T, script string) func() string {
	t.Helper()
	folder := t.TempDir()
	record := filepath.Join(folder, "record")
	text := "#!/bin/sh\n" + strings.ReplaceAll(script, "RECORD", record)
	if err := os.WriteFile(filepath.Join(folder, "lp"), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":/usr/bin:/bin")
	return func() string { content, _ := os.ReadFile(record); return string(content) }
}

const works = `echo "$2" > RECORD; for f; do :; done; head -c 5 "$f" >> RECORD; echo "request id is HP_LaserJet-42 (1 file(s))"`

// pages makes a PDF of many pages, each with its number.
func pages(count int, warnings ...data.Problem) func(context.Context, io.Writer) (app.Written, error) {
	return func(_ context.Context, w io.Writer) (app.Written, error) {
		_, err := w.Write(numbered(count))
		return app.Written{Pages: count, Warnings: warnings}, err
	}
}

func numbered(count int) []byte {
	var out bytes.Buffer
	var places []int
	object := func(text string) {
		places = append(places, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(places), text)
	}
	out.WriteString("%PDF-1.7\n")
	object("<</Type/Catalog /Pages 2 0 R>>")
	kids := ""
	for page := range count {
		kids += fmt.Sprintf(" %d 0 R", 4+2*page)
	}
	object(fmt.Sprintf("<</Type/Pages /Count %d /Kids[%s]>>", count, kids))
	object("<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>")
	for page := range count {
		object(fmt.Sprintf("<</Type/Page /Parent 2 0 R /MediaBox[0 0 595 842] /Contents %d 0 R /Resources<</Font<</F 3 0 R>>>>>>", 5+2*page))
		content := fmt.Sprintf("BT /F 200 Tf 150 400 Td (%d) Tj ET", page+1)
		object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, start)
	return out.Bytes()
}

func stand(t *testing.T) *desktest.Stand { return desktest.New(t, apptest.New(t), 1280, 800, false) }

// shown gives the page view as it is seen: which page, and whether all in sight are drawn.
func shown(t *testing.T, s *desktest.Stand) ui.SeenWidget {
	t.Helper()
	for _, seen := range ui.InspectCanvas(s.Window.Canvas()) {
		if seen.Kind == "pages" {
			return seen
		}
	}
	t.Fatal("no pages in the window")
	return ui.SeenWidget{}
}

func press(s *desktest.Stand, key fyne.KeyName) {
	s.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}

func TestPagesAreTurnedByKeyboard(t *testing.T) {
	s := stand(t)
	p := Show(s.Desk, s.App, Paper{Title: "充值确认表", Name: "充值确认表.pdf", Write: pages(12)})
	s.Picture("preview")
	if seen := shown(t, s); seen.Text != "1 / 12" || !seen.Active {
		t.Fatalf("at first %+v", seen)
	}
	press(s, fyne.KeyPageDown)
	press(s, fyne.KeyPageDown)
	if seen := shown(t, s); seen.Text != "3 / 12" || !seen.Active {
		t.Errorf("after PgDn twice %+v", seen)
	}
	press(s, fyne.KeyEnd)
	s.Shows("12 / 12 页")
	for range 5 {
		s.Window.Canvas().Focused().TypedRune('+')
	}
	if seen := shown(t, s); !seen.Active {
		t.Error("zoomed pages are not drawn anew")
	}
	press(s, fyne.KeyEscape)
	if p.cover != nil || s.Window.Canvas().Overlays().Top() != nil {
		t.Error("Escape leaves the preview open")
	}
}

func TestStripLeadsToAPage(t *testing.T) {
	s := stand(t)
	p := Show(s.Desk, s.App, Paper{Title: "确认书", Write: pages(5)})
	s.Window.Canvas().Focus(p.strip)
	press(s, fyne.KeyDown)
	press(s, fyne.KeyDown)
	if seen := shown(t, s); seen.Text != "3 / 5" {
		t.Errorf("the strip leads to %s", seen.Text)
	}
}

func TestPrintingTellsThePrinterAndTheScreen(t *testing.T) {
	printed := printer(t, works)
	s := stand(t)
	var told []app.Printed
	Show(s.Desk, s.App, Paper{Title: "确认书 QR-2022-0001", Write: pages(1), OnPrinted: func(p app.Printed) { told = append(told, p) }})
	s.Tap("button", "打印")
	if got := printed(); got != "确认书 QR-2022-0001\n%PDF-" {
		t.Errorf("lp got %q", got)
	}
	if len(told) != 1 || !told[0].Sent || told[0].Printer != "HP_LaserJet" {
		t.Errorf("the screen was told %+v", told)
	}
	if _, ok := s.Find("note", "已交给打印机“HP_LaserJet”。"); !ok {
		t.Errorf("the window shows %q", s.Texts())
	}
	s.Picture("preview-printed")
	copies, _ := filepath.Glob(filepath.Join(filepath.Dir(s.App.DatabasePath()), "printing", "*"))
	if len(copies) > 0 {
		t.Errorf("copies stay: %q", copies)
	}
}

func TestShortcutPrintsOnlyWhileThePreviewIsOpen(t *testing.T) {
	printer(t, works)
	s := stand(t)
	count := 0
	p := Show(s.Desk, s.App, Paper{Title: "确认书", Write: pages(1), OnPrinted: func(app.Printed) { count++ }})
	type holder interface{ TypedShortcut(fyne.Shortcut) }
	ctrlP := &desktop.CustomShortcut{KeyName: fyne.KeyP, Modifier: fyne.KeyModifierShortcutDefault}
	s.Window.Canvas().(holder).TypedShortcut(ctrlP)
	p.Close()
	s.Window.Canvas().(holder).TypedShortcut(ctrlP)
	if count != 1 {
		t.Errorf("printed %d times", count)
	}
}

func TestWithoutAPrinterAnotherProgramShowsThePaper(t *testing.T) {
	printer(t, "echo 'lp: Error - no default destination available.' >&2; exit 1")
	path := strings.SplitN(os.Getenv("PATH"), ":", 2)[0]
	seen := filepath.Join(path, "seen")
	if err := os.WriteFile(filepath.Join(path, "xdg-open"), []byte("#!/bin/sh\ncp \"$1\" "+seen+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := stand(t)
	var told []app.Printed
	Show(s.Desk, s.App, Paper{Title: "确认书", Write: pages(1), OnPrinted: func(p app.Printed) { told = append(told, p) }})
	s.Tap("button", "打印")
	if _, ok := s.Find("note", "没有找到打印机，已用其他程序打开，请在那个程序里打印。"); !ok || len(told) != 1 || told[0].Sent {
		t.Errorf("told %+v; the window shows %q", told, s.Texts())
	}
	copies, _ := filepath.Glob(filepath.Join(filepath.Dir(s.App.DatabasePath()), "printing", "*.pdf"))
	if len(copies) != 1 {
		t.Fatalf("%d copies for the other program", len(copies))
	}
	if info, err := os.Stat(filepath.Dir(copies[0])); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is open to others: %v %v", info.Mode(), err)
	}
	s.App.Close()
	if _, err := os.Stat(copies[0]); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the copy stays after the end: %v", err)
	}
}

func TestPrinterThatRefusesIsNoPrinter(t *testing.T) {
	printer(t, "echo 'lp: Unsupported document-format' >&2; exit 1")
	s := stand(t)
	Show(s.Desk, s.App, Paper{Title: "确认书", Write: pages(1), OnPrinted: func(app.Printed) { t.Error("told that it was printed") }})
	s.Tap("button", "打印")
	s.Shows("打印机没有接受这份文件。")
}

func TestSavedFileIsThePaper(t *testing.T) {
	s := stand(t)
	p := Show(s.Desk, s.App, Paper{Title: "确认书", Name: "确认书.pdf", Write: pages(2)})
	path := filepath.Join(t.TempDir(), "确认书.pdf")
	p.saveTo(path)
	if content, err := os.ReadFile(path); err != nil || !bytes.Equal(content, numbered(2)) {
		t.Errorf("saved %d bytes, %v", len(content), err)
	}
}

func TestPaperThatCannotBeMadeSaysWhy(t *testing.T) {
	s := stand(t)
	Show(s.Desk, s.App, Paper{Title: "确认书", Write: func(context.Context, io.Writer) (app.Written, error) {
		return app.Written{}, data.Refuse("letter-state", "", "订单还是草稿。", "请先提交。")
	}})
	s.Shows("订单还是草稿。")
	if _, open := s.Find("button", "打印"); open {
		t.Error("the preview stays open")
	}
}

func TestPreviewThatFailsStillPrints(t *testing.T) {
	printed := printer(t, works)
	s := stand(t)
	Show(s.Desk, s.App, Paper{Title: "确认书", Write: func(_ context.Context, w io.Writer) (app.Written, error) {
		_, err := io.WriteString(w, "%PDF-damaged")
		return app.Written{}, err
	}})
	s.Tap("button", "打印")
	if printed() == "" {
		t.Error("not printed")
	}
}

func letterMissing(place string) data.Problem {
	return data.Warn("letter-missing-character", "Name", "“"+place+"”里的“𠀀”（U+20000）字库里没有，打印出来会是空框。", "可以打印后用黑色签字笔补写，或换成通用的写法。")
}

func TestWarningsStandAboveThePagesBeforePrinting(t *testing.T) {
	printed := printer(t, works)
	s := stand(t)
	other := data.Warn("letter-list-differs", "people", "名单上有 2 人，订单按 3 人缴费。", "请核对名单。")
	Show(s.Desk, s.App, Paper{Title: "付款申请单", Note: "这一份已作废。", Write: pages(1, letterMissing("申请人"), letterMissing("第 2 行 骨科 的组织机构"), other, letterMissing("单位"))})
	note := ""
	for _, seen := range ui.InspectCanvas(s.Window.Canvas()) {
		if seen.Kind == "note" {
			note = seen.Text
		}
	}
	for _, words := range []string{"这一份已作废。\n", "“申请人”里的“𠀀”（U+20000）", "换成通用的写法。\n“第 2 行 骨科", "订单按 3 人缴费。请核对名单。", "另有 1 处。"} {
		if !strings.Contains(note, words) {
			t.Errorf("%q is not in %q", words, note)
		}
	}
	if printed() != "" {
		t.Error("printed before anybody could read the warning")
	}
	if one := Warnings([]data.Problem{letterMissing("申请人"), letterMissing("单位")}); strings.Count(one, "黑色签字笔") != 1 {
		t.Errorf("what to do stands more than once: %q", one)
	}
}

func TestLooks(t *testing.T) {
	for _, dark := range []bool{false, true} {
		s := desktest.New(t, apptest.New(t), 1280, 800, dark)
		Show(s.Desk, s.App, Paper{Title: "确认书 QR-2022-0001", Note: "订单有改动：QR-2022-0001 已作废，这是新的 QR-2022-0002。",
			Write: pages(12, letterMissing("第 3 行 李𠀀 的姓名"), letterMissing("第 9 行 王𠀀 的姓名"))})
		s.Picture(fmt.Sprintf("preview-dark-%v", dark))
		s.Window.Resize(fyne.NewSize(1920, 1080))
		s.Picture(fmt.Sprintf("preview-wide-dark-%v", dark))
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(false))
}

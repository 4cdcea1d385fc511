package ui

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"peixun/views/theme"
)

func TestDialogKeys(t *testing.T) {
	behind := NewField("")
	window := newWindow(t, behind, 600, 400)
	behind.Focus()
	done, cancelled, ready := 0, 0, false
	name := NewField("")
	d := NewDialog(window, "添加学员")
	d.Body = NewForm(NewFormRow("name", "姓名", name))
	d.SetDefault("添加", func() bool { done++; return ready })
	d.OnCancel = func() { cancelled++ }
	d.Show()
	if window.Canvas().Focused() != name.entry {
		t.Fatal("the dialog's first field has no keyboard")
	}
	for range 6 {
		window.Canvas().FocusNext()
		if window.Canvas().Focused() == behind.entry {
			t.Fatal("Tab left the dialog")
		}
	}
	name.Focus()
	key(window, fyne.KeyReturn)
	if done != 1 || !d.Shown() {
		t.Errorf("Enter: done %d, shown %v; want 1 and still open", done, d.Shown())
	}
	ready = true
	key(window, fyne.KeyReturn)
	if done != 2 || d.Shown() || cancelled != 0 {
		t.Errorf("second Enter: done %d, shown %v, cancelled %d", done, d.Shown(), cancelled)
	}
	if window.Canvas().Focused() != behind.entry {
		t.Error("the keyboard did not come back")
	}
	d.Show()
	key(window, fyne.KeyEscape)
	if d.Shown() || cancelled != 1 {
		t.Error("Escape did not cancel")
	}
}

func TestConfirmDangerIsNotUnderEnter(t *testing.T) {
	window := newWindow(t, NewField(""), 600, 400)
	destroyed := false
	d := ConfirmDanger(window, "删除 3 人？", "不能恢复。", "删除 3 人", func() { destroyed = true })
	key(window, fyne.KeyReturn)
	if destroyed || d.Shown() {
		t.Error("Enter destroyed, or did not cancel")
	}
	ConfirmDanger(window, "删除 3 人？", "不能恢复。", "删除 3 人", func() { destroyed = true })
	tapAt(window, find(t, window, "button", "删除 3 人"))
	if !destroyed || len(window.Canvas().Overlays().List()) != 0 {
		t.Error("the red button did nothing")
	}
}

func TestTroubleCopiesEverything(t *testing.T) {
	window := newWindow(t, NewField(""), 600, 400)
	ShowTrouble(window, Trouble{Title: "导入没有完成", Where: "E47", What: "“骨科病房”不是已有机构。", Fix: "新建它。", Detail: "row 47"})
	tapAt(window, find(t, window, "button", "复制详情"))
	copied := fyne.CurrentApp().Clipboard().Content()
	for _, part := range []string{"导入没有完成", "在哪里：E47", "是什么：“骨科病房”", "怎么改：新建它。", "详情：row 47"} {
		if !strings.Contains(copied, part) {
			t.Errorf("copied %q lacks %q", copied, part)
		}
	}
	find(t, window, "button", "已复制")
}

func TestMenu(t *testing.T) {
	chosen := ""
	more := NewMoreButton(func() []MenuItem {
		return []MenuItem{{Label: "打印", Disabled: true}, {Label: "导出", Action: func() { chosen = "导出" }}, {Label: "删除", Action: func() { chosen = "删除" }}}
	})
	window := newWindow(t, Row(0, Space(), more), 400, 300)
	test.Tap(more)
	for _, o := range seen(window, "option") {
		if o.X+o.Width > 400 || o.Y+o.Height > 300 {
			t.Errorf("%s stands outside the window", o.Text)
		}
	}
	tapAt(window, find(t, window, "option", "打印"))
	if len(window.Canvas().Overlays().List()) != 1 {
		t.Error("a disabled item closed the menu")
	}
	window.Canvas().Focus(window.Canvas().Overlays().Top().(*overlay).content.(*optionList))
	key(window, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn)
	if chosen != "删除" {
		t.Errorf("keyboard chose %q", chosen)
	}
	test.Tap(more)
	test.TapCanvas(window.Canvas(), fyne.NewPos(5, 290))
	if len(window.Canvas().Overlays().List()) != 0 {
		t.Error("a click elsewhere did not close the menu")
	}
}

func TestToastOffersUndo(t *testing.T) {
	window := newWindow(t, NewText("", theme.Text), 600, 400)
	undone := false
	ShowToast(window, Toast{Text: "已停用 3 人", Action: "撤销", OnAction: func() { undone = true }})
	find(t, window, "toast", "已停用 3 人")
	tapAt(window, find(t, window, "button", "撤销"))
	if !undone || len(seen(window, "toast")) != 0 {
		t.Error("undo did not work or the toast stays")
	}
}

func TestTooltipOfCutText(t *testing.T) {
	long, short := NewElidedText("内科二病区重症监护单元，2022 年新设", theme.Text), NewElidedText("骨科", theme.Text)
	window := newWindow(t, Column(0, long, short), 120, 120)
	at := &desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(10, 10)}}
	short.MouseIn(at)
	if len(seen(window, "tooltip")) != 0 {
		t.Error("a whole text has a tooltip")
	}
	long.MouseIn(at)
	find(t, window, "tooltip", long.Content)
	long.MouseOut()
	if len(seen(window, "tooltip")) != 0 {
		t.Error("the tooltip stays")
	}
}

func TestProgressCancelsOnce(t *testing.T) {
	window := newWindow(t, NewField(""), 600, 400)
	cancels := 0
	p := ShowProgress(window, "正在导入", func() { cancels++ })
	p.Set(0.5, "已处理 500 / 1,000 行")
	find(t, window, "text", "已处理 500 / 1,000 行")
	key(window, fyne.KeyEscape, fyne.KeyEscape)
	if cancels != 1 {
		t.Errorf("cancelled %d times", cancels)
	}
	find(t, window, "text", "正在取消……")
	p.Hide()
	if len(window.Canvas().Overlays().List()) != 0 {
		t.Error("the dialog stays")
	}
}

func TestDrawerHostNarrowsTheList(t *testing.T) {
	list, drawer := NewBox(theme.Surface, theme.None, 0), NewDrawer("总览", "学时")
	stepped, closed, tab := 0, false, -1
	drawer.OnStep = func(delta int) { stepped += delta }
	drawer.OnClose = func() { closed = true }
	drawer.OnTab = func(i int) { tab = i }
	drawer.SetTitle("陈若溪", NewPill("启用", ToneSuccess))
	drawer.SetBody(NewKeyValue("用户名", "jy0112"))
	host := NewDrawerHost(list, drawer, 308)
	window := newWindow(t, host, 1000, 400)
	if list.Size().Width != 1000 || len(seen(window, "drawer")) != 0 {
		t.Error("a closed drawer takes room")
	}
	host.SetOpen(true)
	if list.Size().Width != 692 {
		t.Errorf("the list is %v wide beside the drawer", list.Size().Width)
	}
	tapAt(window, find(t, window, "button", "下一条"))
	tapAt(window, find(t, window, "tab", "学时"))
	tapAt(window, find(t, window, "button", "关闭"))
	if stepped != 1 || tab != 1 || !closed {
		t.Errorf("stepped %d, tab %d, closed %v", stepped, tab, closed)
	}
	find(t, window, "text", "jy0112")
}

func TestChooseFileByPath(t *testing.T) {
	folder := t.TempDir()
	sheet := filepath.Join(folder, "名单 2022.xlsx")
	if err := os.WriteFile(sheet, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	window := newWindow(t, NewField(""), 800, 500)
	got := ""
	request := FileRequest{Title: "选择学员名单", Extensions: []string{".xlsx"}}
	d := ChooseFile(window, request, func(path string) { got = path })
	path := d.First.(*entry)
	for _, wrong := range []string{"", folder, filepath.Join(folder, "没有.xlsx"), "/etc/hostname"} {
		path.SetText(wrong)
		key(window, fyne.KeyReturn)
		if got != "" || !d.Shown() {
			t.Fatalf("took %q", wrong)
		}
	}
	path.SetText("\"" + sheet + "\"\n")
	key(window, fyne.KeyReturn)
	if got != sheet || d.Shown() {
		t.Errorf("chose %q, want %q", got, sheet)
	}
	if LastFolder() != folder {
		t.Errorf("remembers %q", LastFolder())
	}
}

func TestChooseFileToSave(t *testing.T) {
	folder := t.TempDir()
	RememberFolder(folder)
	window := newWindow(t, NewField(""), 800, 500)
	got := ""
	request := FileRequest{Title: "保存错误报告", Extensions: []string{".xlsx"}, Save: true, Name: "错误"}
	ChooseFile(window, request, func(path string) { got = path })
	key(window, fyne.KeyReturn)
	want := filepath.Join(folder, "错误.xlsx")
	if got != want {
		t.Errorf("saves to %q, want %q", got, want)
	}
	if err := os.WriteFile(want, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got = ""
	d := ChooseFile(window, request, func(path string) { got = path })
	key(window, fyne.KeyReturn)
	if got != "" || !d.Shown() {
		t.Error("overwrites without asking")
	}
	key(window, fyne.KeyReturn)
	if got != want {
		t.Error("a second Enter does not overwrite")
	}
}

func TestFolderBrowserShowsWantedFiles(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.xlsx", "b.txt", ".hidden.xlsx"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "子文件夹"), 0o700); err != nil {
		t.Fatal(err)
	}
	window := newWindow(t, NewField(""), 800, 600)
	got := ""
	showFolderBrowser(window, FileRequest{Title: "选择", Extensions: []string{".xlsx"}}, folder, func(paths []string) { got = paths[0] })
	rows := seen(window, "row")
	if len(rows) != 2 || rows[0].Text != "子文件夹" || rows[1].Text != "a.xlsx" {
		t.Fatalf("shows %+v", rows)
	}
	tapAt(window, rows[1])
	if got != filepath.Join(folder, "a.xlsx") {
		t.Errorf("chose %q", got)
	}
}

func TestCleanPath(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"quotes", `"/tmp/名单.xlsx"`, "/tmp/名单.xlsx"},
		{"line feed", "/tmp/a.xlsx\r\n", "/tmp/a.xlsx"},
		{"uri", "file:///tmp/a.xlsx", "/tmp/a.xlsx"},
		{"windows uri", "file:///C:/a.xlsx", "C:/a.xlsx"},
		{"nothing", "  ", ""},
	} {
		if got := CleanPath(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestViewerZoomsToThePointer(t *testing.T) {
	viewer := NewViewer()
	newWindow(t, viewer, 456, 326)
	shown := ""
	viewer.OnZoom = func(percentage string) { shown = percentage }
	viewer.SetImage(image.NewNRGBA(image.Rect(0, 0, 800, 600)))
	if viewer.Percentage() != "50%" || shown != "50%" {
		t.Fatalf("fitted at %s, told %s", viewer.Percentage(), shown)
	}
	pointer := fyne.NewPos(100, 80)
	point := func() (x, y float32) {
		return (pointer.X - viewer.at.X) / viewer.scale, (pointer.Y - viewer.at.Y) / viewer.scale
	}
	x, y := point()
	viewer.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: pointer}, Scrolled: fyne.NewDelta(0, 10)})
	if nx, ny := point(); nx-x > 0.01 || x-nx > 0.01 || ny-y > 0.01 || y-ny > 0.01 {
		t.Errorf("the point under the pointer moved from %v,%v to %v,%v", x, y, nx, ny)
	}
	before := viewer.at
	viewer.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(7, -3)})
	if viewer.at != before.AddXY(7, -3) {
		t.Error("a drag did not move the picture")
	}
	viewer.RotateRight()
	if size := viewer.levels[0].Bounds(); size.Dx() != 600 || size.Dy() != 800 {
		t.Errorf("turned it is %v", size)
	}
}

package trainees

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/desk"
	"peixun/views/ui"
)

// Title is part of desk.Titled: a page in the list's place leads back to it.
func (s *Screen) Title() (string, desk.Page) {
	if s.page.Visible() {
		return s.pageTitle, desk.Trainees
	}
	return "学员管理", ""
}

// showPage puts a page in the list's place.
func (s *Screen) showPage(title string, content fyne.CanvasObject) {
	s.pageTitle = title
	s.page.Objects = []fyne.CanvasObject{content}
	s.list.Hide()
	s.page.Show()
	s.content.Refresh()
	s.desk.Retitle()
}

// closePage shows the list again.
func (s *Screen) closePage() {
	if !s.page.Visible() {
		return
	}
	s.page.Hide()
	s.page.Objects = nil
	s.list.Show()
	s.content.Refresh()
	s.desk.Retitle()
}

// tellSaved tells of a file that was written, and opens it on request.
func (s *Screen) tellSaved(text, path string) {
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "打开", OnAction: func() {
		if err := fyne.CurrentApp().OpenURL(fileURL(path)); err != nil {
			s.desk.Toast("没有找到能打开它的程序，请在文件夹里双击打开：" + path)
		}
	}})
}

// fileURL names a file for the system's own programs; a Windows path begins with its drive.
func fileURL(path string) *url.URL {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return &url.URL{Scheme: "file", Path: slashed}
}

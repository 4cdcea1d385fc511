package trainees

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/ui"
)

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

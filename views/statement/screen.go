// Package statement is 导入银行流水.
package statement

import (
	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the page asks of the program.
type service interface{}

// Screen is 导入银行流水.
type Screen struct {
	desk    *desk.Desk
	content fyne.CanvasObject
}

// New makes the page.
func New(d *desk.Desk, _ service) *Screen {
	s := &Screen{desk: d}
	s.content = ui.Ground(theme.Surface, ui.NewEmptyState("upload", "导入银行流水", "把网上银行导出的明细拖进窗口。", nil, nil, ""))
	return s
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter is part of desk.Screen.
func (s *Screen) Enter(any) {}

// Changed is part of desk.Screen.
func (s *Screen) Changed(app.Event) {}

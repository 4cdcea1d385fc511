package trainees

import (
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

// showPage puts a page in the list's place and the keyboard into its table; renew reads it anew after something was stored.
func (s *Screen) showPage(title string, content fyne.CanvasObject, table *ui.DataTable, renew func()) {
	s.pageTitle, s.renew = title, renew
	s.page.Objects = []fyne.CanvasObject{content}
	s.list.Hide()
	s.page.Show()
	s.content.Refresh()
	s.desk.Retitle()
	table.Focus()
}

// closePage shows the list again.
func (s *Screen) closePage() {
	if !s.page.Visible() {
		return
	}
	s.page.Hide()
	s.page.Objects, s.renew = nil, nil
	s.list.Show()
	s.content.Refresh()
	s.desk.Retitle()
}

// openPerson shows somebody in the list with the drawer.
func (s *Screen) openPerson(id int64) {
	s.closePage()
	s.Enter(id)
}

// backButton leads from a page to the list.
func (s *Screen) backButton() *ui.Button {
	return ui.NewButton("回到学员列表", "arrow-left", s.closePage)
}

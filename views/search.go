package views

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// How many people and orders a search shows; more words narrow it down.
const (
	searchPeople = 6
	searchOrders = 4
	searchRows   = 10
)

// newSearchButton looks like the field that it opens.
func newSearchButton(open func()) fyne.CanvasObject {
	button := ui.NewButton("搜索学员、订单、功能", "search", open)
	button.IconRole, button.TextRole, button.Spread, button.MinWidth = theme.Secondary, theme.Secondary, true, searchWidth
	key := ui.Stack(ui.NewBox(theme.Background, theme.Border, 4), ui.Pad(4, 2, 4, 2, ui.NewCaption("Ctrl K", theme.Secondary)))
	over := ui.Pad(0, 0, 7, 0, ui.Row(0, ui.Space(), key))
	return ui.Stack(button, over)
}

// found is one line of the search everywhere.
type found struct {
	icon, text, note string
	open             func()
}

// search finds people, orders and screens while one types.
type search struct {
	frame   *Frame
	dialog  *ui.Dialog
	field   *ui.Field
	table   *ui.DataTable
	results []found
	asking  desk.Sequence
}

func (f *Frame) openSearch() {
	s := &search{frame: f, field: ui.NewSearchField("姓名、拼音、首字母、证件号或手机号后四位、订单号、功能名", 0)}
	s.table = ui.NewDataTable(ui.TableColumn{Key: "text", Title: "", Width: 0}, ui.TableColumn{Key: "note", Title: "", Width: 220})
	s.table.HideHeader = true
	s.table.Count = func() int { return len(s.results) }
	s.table.Cell = s.cell
	s.table.OnOpen = s.open
	s.table.Empty = ui.NewEmptyState("search", "没有找到", "换个说法试试，例如姓名的首字母。", nil, nil, "")
	s.field.OnChanged = s.ask
	s.field.OnSubmitted = func(string) { s.open(0) }
	s.dialog = ui.NewDialog(f.desk.Window, "搜索")
	s.dialog.Width = 640
	s.dialog.Body = ui.Column(8, s.field, ui.Fixed(searchRows*34, s.table))
	s.dialog.CancelLabel = "关闭"
	s.dialog.First = s.field.FocusTarget()
	s.dialog.Show()
	s.ask("")
}

func (s *search) cell(row, column int) ui.Cell {
	one := s.results[row]
	if column == 0 {
		return ui.Cell{Text: one.text, Icon: one.icon}
	}
	return ui.Cell{Text: one.note, Role: theme.Secondary}
}

func (s *search) open(row int) {
	if row < 0 || row >= len(s.results) {
		return
	}
	s.dialog.Hide()
	s.results[row].open()
}

func (s *search) ask(text string) {
	text = strings.TrimSpace(text)
	desk.Load(s.frame.desk, &s.asking, func(ctx context.Context) ([]found, error) { return s.find(ctx, text) }, func(results []found) {
		s.results = results
		s.table.Refresh()
	})
}

func (s *search) find(ctx context.Context, text string) ([]found, error) {
	results := s.pages(text)
	if text == "" {
		return results, nil
	}
	people, err := s.people(ctx, text)
	if err != nil {
		return nil, err
	}
	orders, err := s.orders(ctx, text)
	return append(append(people, orders...), results...), err
}

func (s *search) people(ctx context.Context, text string) ([]found, error) {
	application := s.frame.window.app
	ids, err := application.TraineeIDs(ctx, data.TraineeQuery{Text: text, Sort: "name"})
	if err != nil {
		return nil, err
	}
	rows, err := application.TraineeRows(ctx, ids[:min(len(ids), searchPeople)], s.frame.plan.ID)
	var results []found
	for _, row := range rows {
		results = append(results, found{"user", row.Name + "　" + row.IDNumber, desk.ShownPath(row.Organization), func() { s.frame.Go(desk.Trainees, row.ID) }})
	}
	return results, err
}

func (s *search) orders(ctx context.Context, text string) ([]found, error) {
	application := s.frame.window.app
	ids, err := application.OrderIDs(ctx, data.OrderQuery{Text: text})
	if err != nil {
		return nil, err
	}
	rows, err := application.OrderRows(ctx, ids[:min(len(ids), searchOrders)])
	var results []found
	for _, row := range rows {
		results = append(results, found{"landmark", row.Number + "　" + row.Total.String() + " 元", string(row.Review), func() { s.frame.Go(desk.OrderDetails, row.ID) }})
	}
	return results, err
}

// pages finds screens by their words, pinyin or initials: 学员缴费, xueyuanjiaofei, xyjf.
func (s *search) pages(text string) []found {
	var results []found
	for _, entry := range menu {
		for _, page := range entry.pages {
			if named(entry.label+string(page), text) || named(string(page), text) {
				results = append(results, found{entry.icon, string(page), entry.label, func() { s.frame.Go(page, nil) }})
			}
		}
	}
	return results
}

// leastInitials is how many letters are looked for inside a name's initials too: one letter is in every second name.
const leastInitials = 2

// named tells whether a name has text in it, begins with it in pinyin, or has it among its initials.
func named(name, text string) bool {
	if strings.Contains(name, text) {
		return true
	}
	typed := strings.ToLower(strings.Join(strings.Fields(text), ""))
	whole, initials := app.SpellName(name)
	return typed != "" && strings.HasPrefix(whole, typed) || len(typed) >= leastInitials && strings.Contains(initials, typed)
}

// shortcuts are the keys that work everywhere.
func (w *Window) shortcuts() {
	for key, action := range map[fyne.KeyName]func(){
		fyne.KeyK: func() {
			if w.window.Canvas().Overlays().Top() == nil {
				w.frame.openSearch()
			}
		},
		fyne.KeyL: w.lockUnlessBusy,
	} {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		w.window.Canvas().AddShortcut(shortcut, func(fyne.Shortcut) {
			if w.frame != nil {
				action()
			}
		})
	}
}

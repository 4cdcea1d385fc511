package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Whatever has the keyboard, Escape closes and F1 helps: Fyne gives keys to the window only while nothing has it.
func TestWindowKeysReachTheWindowFromEveryWidget(t *testing.T) {
	table := NewDataTable(TableColumn{Key: "name", Title: "姓名"})
	table.Count = func() int { return 1 }
	table.Cell = func(int, int) Cell { return Cell{Text: "陈若溪"} }
	table.OnOpen = func(int) {}
	field, choice := NewField(""), NewSelect("状态", Words("启用", "停用")...)
	picker, area := NewPicker("组织机构", Words("骨科")...), NewTextArea("", 2)
	button, check, radio := NewButton("保存", "", nil), NewCheckbox("一起改", nil), NewRadio("保留", nil)
	tabs, segments, viewer := NewWordTabs("总览", "学时"), NewSegments("甲", "乙"), NewViewer()
	targets := map[string]fyne.Focusable{"button": button, "checkbox": check, "radio": radio, "tabs": tabs, "segments": segments, "table": table,
		"viewer": viewer, "field": field.FocusTarget(), "select": choice.FocusTarget(), "picker": picker.FocusTarget(), "area": area.FocusTarget()}
	window := newWindow(t, Column(0, button, check, radio, tabs, segments, Fixed(100, table), viewer, field, choice, picker, area), 600, 700)
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			helped, escaped := 0, 0
			SetOnHelp(window.Canvas(), func() { helped++ })
			SetOnEscape(window.Canvas(), func() { escaped++ })
			window.Canvas().Focus(target)
			key(window, fyne.KeyF1, fyne.KeyEscape)
			if helped != 1 || escaped != 1 {
				t.Errorf("F1 helped %d times and Escape closed %d times, want once each", helped, escaped)
			}
		})
	}
}

package desk

import (
	"fmt"
	"strings"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the guide in px.
const (
	guideWidth  float32 = 1000
	guideHeight float32 = 440
)

var guideColumns = []ui.TableColumn{
	{Key: "header", Title: "列", Width: 104, Strong: true},
	{Key: "required", Title: "要求", Width: 72},
	{Key: "hint", Title: "怎么填"},
	{Key: "example", Title: "例子", Width: 188},
}

// ShowGuide tells how the columns of an import's sheet are filled in, as the form declares them.
func (d *Desk) ShowGuide(form data.Form) {
	table := ui.NewDataTable(guideColumns...)
	table.Count = func() int { return len(form.Columns) }
	table.Cell = func(row, column int) ui.Cell { return guideCell(form.Columns[row], guideColumns[column].Key) }
	table.OnOpen = func(int) {} // the keyboard walks the rows
	dialog := ui.NewDialog(d.Window, "填写说明："+form.Name)
	dialog.Text = "列的顺序、多少都不要紧，表头写法相近也认得；不认识的列照原样保留。"
	dialog.Width = guideWidth
	dialog.Body, dialog.First = ui.Fixed(guideHeight, table), table
	dialog.NoCancel = true
	dialog.SetDefault("知道了", nil)
	dialog.Show()
}

func guideCell(column data.Column, key string) ui.Cell {
	switch key {
	case "header":
		return ui.Cell{Text: column.Header}
	case "required":
		if column.Required {
			return ui.Cell{Text: "必填", Tone: ui.TonePrimary}
		}
		return ui.Cell{Text: "可不填", Role: theme.Secondary}
	case "hint":
		return ui.Cell{Text: guideHint(column)}
	}
	return ui.Cell{Text: column.Example, Role: theme.Secondary}
}

// guideHint adds what may be chosen to a column's hint, where the hint does not say it.
func guideHint(column data.Column) string {
	if len(column.Choices) == 0 || strings.Contains(column.Hint, column.Choices[0]) {
		return column.Hint
	}
	return strings.TrimSpace(column.Hint + fmt.Sprintf("可填：%s。", strings.Join(column.Choices, "、")))
}

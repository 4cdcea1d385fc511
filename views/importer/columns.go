package importer

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the columns' dialog in px.
const (
	columnsWidth  float32 = 680
	columnsHeight float32 = 316 // at most; more columns scroll
	columnHeight  float32 = 40
	headerWidth   float32 = 190
	sampleWidth   float32 = 190
)

// columnsDialog says for every column of a sheet which of the form's it is.
type columnsDialog struct {
	form    data.Form
	columns []data.SheetColumn
	selects []*ui.Select
	missing *ui.Text
	apply   *ui.Button
	dialog  *ui.Dialog
}

// askColumns lets a person correct which column is which; the rows are judged anew and decisions stay.
func (s *Screen) askColumns() {
	d := newColumnsDialog(s, s.plan.Columns, func(columns map[int]string) {
		options := s.options
		options.Columns = columns
		s.renew(options)
	})
	d.dialog.Text = "照原样保留的列会随学员存着，导出时还在。"
	if s.plan.Remembered {
		d.dialog.Text = "这些对应是您上次导入同样的表时定下的。" + d.dialog.Text
	}
	d.dialog.AddLeading(ui.NewLink("恢复自动对应", func() {
		d.dialog.Hide()
		options := s.options
		options.Columns = map[int]string{}
		s.renew(options)
	}))
	d.show(s.sheetLine(d.dialog))
}

// sheetLine tells the sheet and the row of the headers, and lets another be chosen.
func (s *Screen) sheetLine(dialog *ui.Dialog) fyne.CanvasObject {
	heading := s.plan.Heading
	line := ui.Row(8, ui.NewText("工作表", theme.Secondary))
	if len(s.book) > 1 {
		choice := ui.NewSelect("选择工作表", sheetOptions(s.book)...)
		choice.SetKey(heading.Sheet)
		choice.OnChanged = func(name string) {
			dialog.Hide()
			options := s.fileOptions()
			options.Sheet = name
			s.readWith(s.path, options)
		}
		line.Add(ui.Fixed(sampleWidth, choice))
	} else {
		line.Add(ui.NewText("“"+heading.Sheet+"”", theme.Text))
	}
	words, other := fmt.Sprintf("表头在第 %d 行", heading.Row), "不是这一行"
	if heading.Row == 0 {
		words, other = "没有表头", "有表头"
	}
	line.Add(ui.NewText(words, theme.Text))
	line.Add(ui.NewLink(other, func() {
		dialog.Hide()
		s.askHeader(s.path, heading.Sheet)
	}))
	return line
}

// fileOptions are the choices that belong to no sheet.
func (s *Screen) fileOptions() app.ImportOptions {
	return app.ImportOptions{PlanID: s.options.PlanID, OrganizationID: s.options.OrganizationID}
}

func sheetOptions(sheets []data.SheetInfo) []ui.Option {
	options := make([]ui.Option, len(sheets))
	for place, sheet := range sheets {
		options[place] = ui.Option{Key: sheet.Name, Text: sheet.Name, Note: sheetNote(sheet)}
	}
	return options
}

// sheetNote tells what a sheet holds: its rows, or that it is no such list.
func sheetNote(sheet data.SheetInfo) string {
	note := "不是这种表"
	if sheet.Fits {
		note = rowsWords(sheet.Rows)
	}
	if sheet.Hidden {
		note += "，隐藏"
	}
	return note
}

func newColumnsDialog(s *Screen, columns []data.SheetColumn, apply func(columns map[int]string)) *columnsDialog {
	d := &columnsDialog{form: s.kind.form, columns: slices.Clone(columns), missing: ui.NewCaption("", theme.TextDanger)}
	d.dialog = ui.NewDialog(s.desk.Window, "列对应")
	d.dialog.Width = columnsWidth
	d.apply = d.dialog.SetDefault("按此核对", func() bool {
		if len(d.gaps()) > 0 {
			return false
		}
		chosen := map[int]string{}
		for _, column := range d.columns {
			chosen[column.Index] = column.Key
		}
		d.dialog.Hide()
		apply(chosen)
		return true
	})
	s.mapping = d
	return d
}

func (d *columnsDialog) show(top fyne.CanvasObject) {
	list := ui.Column(8)
	for place := range d.columns {
		list.Add(d.row(place))
	}
	head := ui.Row(8, ui.Fixed(headerWidth, ui.NewBold("文件里的列")), ui.Fixed(sampleWidth, ui.NewBold("第一个值")), ui.Wide(ui.NewBold("对应")))
	parts := ui.Column(10)
	if top != nil {
		parts.Add(top)
	}
	parts.Add(head)
	parts.Add(ui.NewLine())
	parts.Add(ui.Fixed(min(columnsHeight, columnHeight*float32(len(d.columns))), ui.NewScroll(list)))
	parts.Add(d.missing)
	d.dialog.Body = parts
	d.tell()
	d.dialog.Show()
}

// row is one column of the sheet with the choice of what it is.
func (d *columnsDialog) row(place int) fyne.CanvasObject {
	column := d.columns[place]
	header := column.Header
	if header == "" {
		header = data.ColumnLetters(column.Index) + " 列（没有表头）"
	}
	choice := ui.NewSelect("", d.options()...)
	choice.SetKey(selectKey(column.Key))
	choice.OnChanged = func(key string) { d.choose(place, key) }
	d.selects = append(d.selects, choice)
	return ui.Row(8, ui.Fixed(headerWidth, ui.NewElidedText(maskSample(header), theme.Text)), ui.Fixed(sampleWidth, ui.NewElidedText(maskSample(column.Sample), theme.Secondary)), ui.Wide(choice))
}

// leftKey stands for data.ColumnLeft, which a Select takes for no choice.
const leftKey = "left"

func selectKey(key string) string {
	if key == data.ColumnLeft {
		return leftKey
	}
	return key
}

func (d *columnsDialog) options() []ui.Option {
	options := []ui.Option{{Key: data.ColumnExtra, Text: "照原样保留"}, {Key: leftKey, Text: "不导入"}}
	for place, column := range d.form.Columns {
		option := ui.Option{Key: column.Key, Text: column.Header, Separated: place == 0}
		if slices.Contains(d.form.Identity, column.Key) {
			option.Note = "必须有"
		}
		options = append(options, option)
	}
	return options
}

// choose takes a form's column away from the one that had it: no two can be the same.
func (d *columnsDialog) choose(place int, key string) {
	if key == leftKey {
		key = data.ColumnLeft
	}
	for other := range d.columns {
		if other != place && d.columns[other].Key == key && d.form.Column(key) >= 0 {
			d.columns[other].Key = data.ColumnExtra
			d.selects[other].SetKey(data.ColumnExtra)
		}
	}
	d.columns[place].Key = key
	d.tell()
}

// gaps names the columns without which the sheet cannot be read.
func (d *columnsDialog) gaps() []string {
	var missing []string
	for _, key := range d.form.Identity {
		if !slices.ContainsFunc(d.columns, func(column data.SheetColumn) bool { return column.Key == key }) {
			missing = append(missing, d.form.Columns[d.form.Column(key)].Header)
		}
	}
	return missing
}

func (d *columnsDialog) tell() {
	missing := d.gaps()
	words := " "
	if len(missing) > 0 {
		words = "还没有指出哪一列是：" + strings.Join(missing, "、") + "。"
	}
	d.missing.SetText(words)
	d.apply.SetDisabled(len(missing) > 0)
}

// mobileDigits is the length of a mobile, as samples are masked by it.
const mobileDigits = 11

// maskSample hides personal numbers in a column's first value.
func maskSample(text string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	switch {
	case data.LooksLikeIDNumber(text):
		return maskWritten(text, app.MaskIDNumber)
	case len(digits) == mobileDigits && digits == text:
		return app.MaskMobile(text)
	}
	return text
}

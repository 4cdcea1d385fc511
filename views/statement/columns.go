package statement

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the columns' dialog in px.
const (
	columnsWidth  float32 = 720
	columnsHeight float32 = 340
	headerWidth   float32 = 200
	sampleWidth   float32 = 220
	rowWidth      float32 = 360
)

// headRows is how many rows may hold the headers; more are looked at for what stands below them.
const headRows = 40

// unclear are the problems of files whose columns a person can show.
var unclear = []string{"sheet-not-this-form", "statement-columns", "statement-direction", "columns-missing"}

// columnsDialog lets a person say which row holds the headers and which of the file's columns is what.
type columnsDialog struct {
	screen  *Screen
	dialog  *ui.Dialog
	head    []data.SheetRow
	row     int // of head
	keys    map[int]string
	selects map[int]*ui.Select
	list    *fyne.Container
	missing *ui.Text
	apply   *ui.Button
}

// askColumns opens the dialog; problem is why the file could not be read, or empty.
func (b *Screen) askColumns(problem data.Problem) {
	desk.Load(b.desk, &b.asking, func(ctx context.Context) ([]data.SheetRow, error) {
		sheet := b.options.Sheet
		if sheet == "" {
			sheets, err := b.service.SheetsOf(ctx, b.path, data.StatementForm)
			if err != nil || len(sheets) == 0 {
				return nil, err
			}
			at := max(0, slices.IndexFunc(sheets, func(s data.SheetInfo) bool { return s.Fits }))
			sheet = sheets[at].Name
		}
		b.options.Sheet = sheet
		return b.service.SheetHead(ctx, b.path, sheet, headRows)
	}, func(head []data.SheetRow) {
		if len(head) == 0 {
			b.desk.Fail(problem)
			return
		}
		newColumnsDialog(b, head, problem)
	})
}

func newColumnsDialog(b *Screen, head []data.SheetRow, problem data.Problem) {
	d := &columnsDialog{screen: b, head: head, list: ui.Column(8), missing: ui.NewCaption("", theme.TextDanger)}
	d.dialog = ui.NewDialog(b.desk.Window, "列对应：“"+baseName(b.path)+"”")
	d.dialog.Width = columnsWidth
	d.dialog.Text = "指出哪一列是交易时间、支出和收入，下次导入同样表头的文件就不用再指。"
	if problem.What != "" {
		d.dialog.Text = problem.What + d.dialog.Text
	}
	d.row = d.guess()
	choice := ui.NewSelect("选择表头所在的行")
	var options []ui.Option
	for place, row := range head {
		options = append(options, ui.Option{Key: strconv.Itoa(place), Text: fmt.Sprintf("第 %d 行：%s", row.Number, filled(row.Texts))})
	}
	choice.SetOptions(options...)
	choice.SetKey(strconv.Itoa(d.row))
	choice.OnChanged = func(key string) {
		d.row, _ = strconv.Atoi(key)
		d.match()
	}
	titles := ui.Row(8, ui.Fixed(headerWidth, ui.NewBold("文件里的列")), ui.Fixed(sampleWidth, ui.NewBold("第一个值")), ui.Wide(ui.NewBold("是什么")))
	d.dialog.Body = ui.Column(10, ui.Row(8, ui.NewText("表头", theme.Secondary), ui.Fixed(rowWidth, choice)), titles, ui.NewLine(), ui.Fixed(columnsHeight, ui.NewScroll(d.list)), d.missing)
	d.apply = d.dialog.SetDefault("按此读取", d.take)
	d.match()
	b.columns = d
	d.dialog.Show()
}

// filled joins the texts of a row that hold anything.
func filled(texts []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.TrimSpace(text) == "" }), "、")
}

// guess takes the row that the form knows most of, else the first that has as many texts as any below it.
func (d *columnsDialog) guess() int {
	matcher := data.StatementForm.Matcher()
	best, most := 0, 0
	for place, row := range d.head {
		known := 0
		for _, column := range matcher.Map(row.Texts) {
			if column >= 0 {
				known += 100
			}
		}
		for _, text := range row.Texts {
			if text = strings.TrimSpace(text); text != "" && !strings.ContainsAny(text, "0123456789") {
				known++
			}
		}
		if known > most {
			best, most = place, known
		}
	}
	return best
}

// match takes the columns of the chosen row as their headers say, or as the plan at hand has them.
func (d *columnsDialog) match() {
	row := d.head[d.row]
	d.keys, d.selects = map[int]string{}, map[int]*ui.Select{}
	for place, column := range data.StatementForm.Matcher().Map(row.Texts) {
		if column >= 0 {
			d.keys[column] = data.StatementForm.Columns[place].Key
		}
	}
	if plan := d.screen.plan; plan != nil && plan.Sheet.Found.Row == row.Number {
		for _, column := range plan.Sheet.Columns {
			d.keys[column.Index] = column.Key
		}
	}
	d.list.Objects = nil
	for column, header := range row.Texts {
		sample := d.sample(column)
		if strings.TrimSpace(header) == "" && sample == "" {
			continue
		}
		d.list.Add(d.line(column, header, sample))
	}
	d.tell()
	d.list.Refresh()
}

// sample gives what stands first below the header.
func (d *columnsDialog) sample(column int) string {
	for _, row := range d.head[d.row+1:] {
		if column < len(row.Texts) && strings.TrimSpace(row.Texts[column]) != "" {
			return data.CleanText(row.Texts[column])
		}
	}
	return ""
}

func (d *columnsDialog) line(column int, header, sample string) fyne.CanvasObject {
	if header = data.CleanText(header); header == "" {
		header = data.ColumnLetters(column) + " 列（没有表头）"
	}
	choice := ui.NewSelect("", d.options()...)
	if data.StatementForm.Column(d.keys[column]) < 0 {
		d.keys[column] = data.ColumnExtra
	}
	choice.SetKey(d.keys[column])
	choice.OnChanged = func(key string) { d.choose(column, key) }
	d.selects[column] = choice
	return ui.Row(8, ui.Fixed(headerWidth, ui.NewElidedText(header, theme.Text)), ui.Fixed(sampleWidth, ui.NewElidedText(sample, theme.Secondary)), ui.Wide(choice))
}

func (d *columnsDialog) options() []ui.Option {
	options := []ui.Option{{Key: data.ColumnExtra, Text: "不用"}}
	for place, column := range data.StatementForm.Columns {
		options = append(options, ui.Option{Key: column.Key, Text: column.Header, Separated: place == 0})
	}
	return options
}

// choose takes a form's column away from the one that had it: no two can be the same.
func (d *columnsDialog) choose(column int, key string) {
	for other, taken := range d.keys {
		if other != column && taken == key && key != data.ColumnExtra {
			d.keys[other] = data.ColumnExtra
			d.selects[other].SetKey(data.ColumnExtra)
		}
	}
	d.keys[column] = key
	d.tell()
}

// tell says what is still missing.
func (d *columnsDialog) tell() {
	has := func(key string) bool {
		for _, chosen := range d.keys {
			if chosen == key {
				return true
			}
		}
		return false
	}
	var missing []string
	if !has("at") {
		missing = append(missing, "交易时间")
	}
	if !has("out") && !has("amount") {
		missing = append(missing, "借方发生额（支出），或只有一列的交易金额")
	}
	d.missing.SetText(" ")
	if len(missing) > 0 {
		d.missing.SetText("还没有指出哪一列是：" + strings.Join(missing, "；") + "。")
	}
	d.apply.SetDisabled(len(missing) > 0)
}

// take reads the file anew under the columns as chosen.
func (d *columnsDialog) take() bool {
	d.dialog.Hide()
	d.screen.options.HeaderRow, d.screen.options.Columns = d.head[d.row].Number, d.keys
	d.screen.readAgain()
	return true
}

package recharge

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the dialogs with lists of people, in px.
const (
	peopleWidth float32 = 840
	peopleRows          = 8
	tallRow     float32 = 48 // holds what is wrong and what to do
	rowHeight   float32 = 34
	headHeight  float32 = 36
)

// peopleFiles are the files that lists of people are read from; what they are is told by their content.
var peopleFiles = []string{".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt"}

// peopleDialog shows who is meant by the rows of a list, what is wrong with the others and what to do about it.
type peopleDialog struct {
	desk   *desk.Desk
	dialog *ui.Dialog
	rows   []data.PersonRow
	order  []int // the rows as shown: what is to be mended comes first
	table  *ui.DataTable
	sum    *ui.Text
	button *ui.Button
	// value gives a row's own column, such as its amount; nil: none.
	value      func(row data.PersonRow) string
	valueTitle string
	// verb names the button by the rows that count.
	verb func(rows []data.PersonRow) string
	// apply takes the rows that count.
	apply func(rows []data.PersonRow)
}

// showPeople opens the dialog.
func (p *peopleDialog) showPeople(title string) {
	p.dialog = ui.NewDialog(p.desk.Window, title)
	p.dialog.Width = peopleWidth
	p.sum = ui.NewText("", theme.Text)
	p.table = ui.NewDataTable(p.columns()...)
	p.table.RowHeight = tallRow
	p.table.Count = func() int { return len(p.order) }
	p.table.Cell = func(row, column int) ui.Cell { return p.cell(p.rows[p.order[row]], p.table.Columns[column].Key) }
	p.table.OnOpen = func(row int) { p.choose(p.order[row]) }
	p.table.OnCell = func(row int, _ string) { p.choose(p.order[row]) }
	height := headHeight + tallRow*float32(min(max(len(p.rows), 3), peopleRows))
	p.dialog.Body = ui.Pad(0, 8, 0, 0, ui.Column(8, p.sum, ui.Fixed(height, fyne.CanvasObject(p.table))))
	p.dialog.First = p.table
	p.button = p.dialog.SetDefault("", func() bool {
		counted := p.counted()
		if len(counted) == 0 {
			return false
		}
		p.dialog.Hide()
		p.apply(counted)
		return false
	})
	p.refresh()
	p.dialog.Show()
}

func (p *peopleDialog) columns() []ui.TableColumn {
	columns := []ui.TableColumn{{Key: "row", Title: "行", Width: 56, Right: true}, {Key: "written", Title: "名单里写的", Width: 196}, {Key: "person", Title: "学员", Width: 176, Strong: true}}
	if p.value != nil {
		columns = append(columns, ui.TableColumn{Key: "value", Title: p.valueTitle, Width: 92, Right: true})
	}
	return append(columns, ui.TableColumn{Key: "problem", Title: "说明"})
}

func (p *peopleDialog) cell(row data.PersonRow, column string) ui.Cell {
	switch column {
	case "row":
		return ui.Cell{Text: fmt.Sprint(row.Row)}
	case "written":
		return ui.Cell{Text: row.Written}
	case "person":
		if len(row.Candidates) > 0 {
			return ui.Cell{Text: fmt.Sprintf("从 %d 位里点选…", len(row.Candidates)), Link: true}
		}
		if row.TraineeID == 0 {
			return ui.Cell{Text: "–", Role: theme.Secondary}
		}
		return ui.Cell{Text: row.Found.Name, Note: desk.ShownPath(row.Found.Organization)}
	case "value":
		return ui.Cell{Text: p.value(row)}
	}
	if row.Problem == nil {
		return ui.Cell{Text: row.Found.IDNumber, Role: theme.Secondary}
	}
	return ui.Cell{Text: row.Problem.What, Note: row.Problem.Fix, Bad: row.Problem.Level == data.LevelError}
}

// counted gives the rows that are to be used.
func (p *peopleDialog) counted() []data.PersonRow {
	var rows []data.PersonRow
	for _, row := range p.rows {
		if row.Counts() {
			rows = append(rows, row)
		}
	}
	return rows
}

// refresh orders the rows, counts them and names the button.
func (p *peopleDialog) refresh() {
	p.order = p.order[:0]
	for _, wanted := range []bool{false, true} {
		for place, row := range p.rows {
			if row.Counts() == wanted {
				p.order = append(p.order, place)
			}
		}
	}
	counted := p.counted()
	text := fmt.Sprintf("共 %s 行，认出 %s 人。", desk.Thousands(len(p.rows)), desk.Thousands(len(counted)))
	if left := len(p.rows) - len(counted); left > 0 {
		text = fmt.Sprintf("共 %s 行，认出 %s 人；另外 %s 行不会使用，说明里写着怎么办。", desk.Thousands(len(p.rows)), desk.Thousands(len(counted)), desk.Thousands(left))
	}
	p.sum.SetText(text)
	p.button.SetLabel(p.verb(counted))
	p.button.SetDisabled(len(counted) == 0)
	p.table.Refresh()
	p.dialog.Relayout()
}

// choose asks which of several people of one name a row means.
func (p *peopleDialog) choose(place int) {
	row := &p.rows[place]
	if len(row.Candidates) == 0 {
		return
	}
	candidates, picked := row.Candidates, 0
	labels := make([]string, len(candidates))
	for at, one := range candidates {
		labels[at] = one.Name + "  " + one.IDNumber + "  " + desk.ShownPath(one.Organization)
	}
	group := ui.NewRadioGroup(func(index int) { picked = index }, labels...)
	group.SetSelected(0)
	choices := ui.Column(8)
	for _, radio := range group.Radios {
		choices.Add(radio)
	}
	dialog := ui.NewDialog(p.desk.Window, fmt.Sprintf("第 %d 行“%s”是哪一位", row.Row, row.Written))
	dialog.Width = 480
	dialog.Body = ui.Pad(0, 10, 0, 0, choices)
	dialog.SetDefault("就是这一位", func() bool {
		if again := slices.IndexFunc(p.rows, func(other data.PersonRow) bool {
			return other.Counts() && other.TraineeID == candidates[picked].TraineeID
		}); again >= 0 {
			problem := data.Warn(data.PersonRepeated, "name", fmt.Sprintf("和第 %d 行是同一个人。", p.rows[again].Row), "只算一次，不用处理。")
			row.Problem = &problem
		} else {
			row.Choose(candidates[picked])
		}
		p.refresh()
		return true
	})
	dialog.Show()
}

// pastePeople asks for a list and ticks the people in it.
func (s *Screen) pastePeople() {
	area := ui.NewTextArea("每行一位：姓名、身份证号或用户名；可以直接粘贴 Excel 的几列", peopleRows)
	dialog := ui.NewDialog(s.desk.Window, "粘贴名单勾选")
	dialog.Width = 560
	dialog.Text = "从微信、邮件或 Excel 复制名单，粘贴到下面。认不出的和同名的会列出来，由您决定。"
	dialog.Body = ui.Pad(0, 10, 0, 0, ui.Column(0, area))
	dialog.First = area.FocusTarget()
	dialog.SetDefault("识别", func() bool {
		text := area.Text()
		var rows []data.PersonRow
		s.desk.Do(func(ctx context.Context) (err error) {
			rows, err = s.service.MatchPeople(ctx, text)
			return err
		}, func() {
			if len(rows) > 0 {
				dialog.Hide()
				s.tickFound("粘贴的名单", rows)
			}
		})
		return false
	})
	dialog.Show()
}

// filePeople asks for a file and ticks the people in it.
func (s *Screen) filePeople() {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择要充值的名单", Extensions: peopleFiles}, func(path string) {
		var rows []data.PersonRow
		s.desk.Do(func(ctx context.Context) (err error) {
			rows, err = s.service.ReadPeople(ctx, path)
			return err
		}, func() { s.tickFound("文件里的名单", rows) })
	})
}

// tickFound shows whom a list means and ticks them beside those who are ticked already.
func (s *Screen) tickFound(title string, rows []data.PersonRow) {
	p := &peopleDialog{desk: s.desk, rows: rows}
	p.verb = func(rows []data.PersonRow) string { return fmt.Sprintf("勾选 %s 人", desk.Thousands(len(rows))) }
	p.apply = func(rows []data.PersonRow) {
		ticked := s.table.Ticked()
		for _, row := range rows {
			ticked = append(ticked, row.TraineeID)
		}
		s.table.SetTicked(ticked...)
		s.reload()
	}
	p.showPeople(title)
}

// sheetAmounts asks for a sheet with an amount for each person and takes both over.
func (s *Screen) sheetAmounts() {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择写着每人金额的表格", Extensions: peopleFiles}, func(path string) {
		var rows []data.PersonRow
		s.desk.Do(func(ctx context.Context) (err error) {
			rows, err = s.service.ReadAmounts(ctx, path)
			return err
		}, func() { s.showAmounts(rows) })
	})
}

func (s *Screen) showAmounts(rows []data.PersonRow) {
	p := &peopleDialog{desk: s.desk, rows: rows, valueTitle: "金额"}
	p.value = func(row data.PersonRow) string {
		if row.Amount == 0 {
			return "–"
		}
		return row.Amount.String()
	}
	p.verb = func(rows []data.PersonRow) string {
		var total data.Money
		for _, row := range rows {
			total += row.Amount
		}
		return fmt.Sprintf("按表格给 %s 人，共 %s 元", desk.Thousands(len(rows)), total)
	}
	p.apply = func(rows []data.PersonRow) {
		s.amounts = map[int64]data.Money{}
		var people []int64
		for _, row := range rows {
			s.amounts[row.TraineeID] = row.Amount
			people = append(people, row.TraineeID)
		}
		s.table.SetTicked(people...)
		s.panel.showAmount()
		s.reload()
	}
	p.showPeople("每人金额")
}

// saveAmountForm writes the empty sheet for amounts.
func (s *Screen) saveAmountForm() {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "保存金额表", Extensions: []string{".xlsx"}, Save: true, Name: "每人充值金额.xlsx"}, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveTemplate(path, data.AmountForm) }, func() { s.desk.Toast("已保存到 " + path) })
	})
}

// forgetAmounts goes back to one amount for all.
func (s *Screen) forgetAmounts() {
	s.amounts = nil
	s.panel.showAmount()
	s.prepare()
}

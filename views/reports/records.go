package reports

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// recordsWidth is the drawer's in px, the line before it included.
const recordsWidth float32 = 372

// recordService reads the records that a number is made of.
type recordService interface {
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error)
	TraineeRows(ctx context.Context, ids []int64, planID int64) ([]data.TraineeRow, error)
	HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error)
}

// record is a line of the drawer: one fact in words, and where it is looked after.
type record struct {
	name, note string
	page       desk.Page
	argument   any
}

// records is the drawer with what a number is made of.
type records struct {
	screen  *Screen
	content fyne.CanvasObject

	title, meaning *ui.ElidedText
	table          *ui.DataTable
	count, sum     *ui.Text

	open   bool
	tree   data.OrganizationTree
	facts  []data.Fact
	column data.ReportColumn
	rows   *desk.Rows[record]
}

func newRecords(r *Screen) *records {
	d := &records{screen: r, title: ui.NewElidedText("", theme.Text), meaning: ui.NewElidedText("", theme.Secondary), count: ui.NewText("", theme.Secondary), sum: ui.NewBold("")}
	d.title.TextSize, d.title.Bold = theme.SizeSection, true
	d.meaning.TextSize = theme.SizeCaption
	d.table = ui.NewDataTable(ui.TableColumn{Key: "record", Title: "记录", Strong: true}, ui.TableColumn{Key: "figure", Title: "计入", Width: 116, Right: true})
	d.table.RowHeight = 48
	d.table.Count = func() int { return d.rows.Len() }
	d.table.Cell = d.cell
	d.table.OnOpen = func(row int) {
		if one := d.rows.At(row); one.page != "" {
			r.desk.Go(one.page, one.argument)
		}
	}
	close := ui.NewIconButton("x", "关闭（Esc）", r.closeRecords)
	copy := ui.NewIconButton("copy", "复制全部", d.copy)
	close.IconRole, copy.IconRole = theme.Secondary, theme.Secondary
	head := ui.Column(0, ui.Fixed(47, ui.Pad(16, 0, 8, 0, ui.Row(4, ui.Wide(d.title), copy, close))), ui.Pad(16, 0, 16, 10, d.meaning), ui.NewLine())
	d.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(d.table), ui.NewFooter(d.count, ui.Space(), d.sum)))
	return d
}

// showRecords opens the drawer with what one number of the table is made of. A share leads to the records of its part.
func (r *Screen) showRecords(line data.ReportLine, column data.ReportColumn) {
	r.showRecordsOf(r.report, line, column, r.table.title(line, column))
}

func (r *Screen) showRecordsOf(report data.Report, line data.ReportLine, column data.ReportColumn, title string) {
	d := r.records
	d.column = data.ReportColumn{Figure: report.Query.Figures()[column.Part], Part: column.Part}
	d.facts = report.Records(line, column.Part)
	d.title.SetText(title)
	d.meaning.SetText(d.column.Meaning)
	d.count.SetText(fmt.Sprintf("共 %s 条", desk.Thousands(len(d.facts))))
	d.sum.SetText("合计 " + d.column.Figure.Figure(line.Figures[column.Part]) + map[data.FigureKind]string{data.FigureMoney: " 元", data.FigureHours: " 学时"}[d.column.Kind])
	d.open = true
	d.renew()
	r.host.SetOpen(true)
	d.table.MoveTo(0, "record")
	d.table.Focus()
}

// closeRecords takes the drawer away and gives the keyboard back to the table.
func (r *Screen) closeRecords() {
	if !r.records.open {
		return
	}
	r.records.open = false
	r.host.SetOpen(false)
	r.table.lines.CloseRow()
	r.table.total.CloseRow()
	r.table.lines.Focus()
}

// renew reads the records again.
func (d *records) renew() {
	places := make([]int64, len(d.facts))
	for place := range places {
		places[place] = int64(place)
	}
	d.rows = desk.NewRows(places, d.read, d.screen.desk.Fail)
	d.table.Refresh()
}

func (d *records) cell(row, column int) ui.Cell {
	if column == 1 {
		return ui.Cell{Text: d.column.Text(data.ReportLine{Figures: d.facts[row].Figures})}
	}
	one := d.rows.At(row)
	return ui.Cell{Text: one.name, Note: one.note, Middle: true}
}

// read puts some of the facts into words; what is known of somebody differs from plan to plan.
func (d *records) read(ctx context.Context, places []int64) ([]record, error) {
	byPlan := map[int64][]int64{}
	for _, place := range places {
		fact := d.facts[place]
		byPlan[fact.PlanID] = append(byPlan[fact.PlanID], fact.ID)
	}
	words := map[int64]map[int64]record{}
	for plan, ids := range byPlan {
		var err error
		if words[plan], err = d.words(ctx, d.facts[places[0]].Record, plan, ids); err != nil {
			return nil, err
		}
	}
	found := make([]record, 0, len(places))
	for _, place := range places {
		fact := d.facts[place]
		one := words[fact.PlanID][fact.ID]
		if fact.Record == data.RecordOrder {
			organization, _ := d.tree.Get(fact.OrganizationID)
			one.note += " · " + organization.Name
		}
		found = append(found, one)
	}
	return found, nil
}

// words describes records of one book and plan by their keys.
func (d *records) words(ctx context.Context, book data.RecordKind, planID int64, ids []int64) (map[int64]record, error) {
	s := d.screen.service
	found := map[int64]record{}
	switch book {
	case data.RecordOrder:
		rows, err := s.OrderRows(ctx, ids)
		for _, row := range rows {
			found[row.ID] = record{row.Number, strings.TrimPrefix(string(row.PaidAt.Date())+" · "+string(row.Review), " · "), desk.OrderDetails, row.ID}
		}
		return found, err
	case data.RecordEntry:
		rows, err := s.RechargeEntries(ctx, ids)
		for _, row := range rows {
			found[row.ID] = record{row.Name, string(row.At.Date()) + " · " + string(row.Kind) + " · " + row.BatchNumber, desk.Ledger, data.RechargeQuery{TraineeID: row.TraineeID}}
		}
		return found, err
	case data.RecordHours:
		rows, err := s.HoursRows(ctx, ids)
		for _, row := range rows {
			found[row.ID] = record{row.Name, string(row.StartsOn) + " · " + row.Title, desk.Hours, row.Name}
		}
		return found, err
	}
	rows, err := s.TraineeRows(ctx, ids, planID)
	for _, row := range rows {
		note := fmt.Sprintf("%s · 已充 %s · 学时 %s", row.Organization, row.Recharged, row.Hours)
		found[row.ID] = record{row.Name, note, desk.Trainees, row.ID}
	}
	return found, err
}

// copy puts all records into the clipboard, tab-separated as spreadsheets take them.
func (d *records) copy() {
	text := ""
	for place, fact := range d.facts {
		one := d.rows.At(place)
		text += one.name + "\t" + one.note + "\t" + d.column.Text(data.ReportLine{Figures: fact.Figures}) + "\n"
	}
	ui.Copy(text)
	d.screen.desk.Toast(fmt.Sprintf("已复制 %s 条记录，可以粘贴到 Excel。", desk.Thousands(len(d.facts))))
}

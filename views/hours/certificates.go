package hours

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// certificateService is what the register of certificates asks of the program.
type certificateService interface {
	desk.WidthKeeper
	HoursIDs(ctx context.Context, q data.OfflineHoursQuery) ([]int64, error)
	HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error)
	ExportCertificates(ctx context.Context, path string, q data.OfflineHoursQuery, disclosure app.Disclosure) (int, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	Plans(ctx context.Context) ([]data.Plan, error)
}

// certificateColumns are those of the register.
var certificateColumns = []ui.TableColumn{
	{Key: "certificate", Title: "证明编号", Width: 168, Strong: true, Sortable: true}, {Key: "name", Title: "姓名", Width: 88, Sortable: true},
	{Key: "id_number", Title: "身份证号码", Width: 160, HideBelow: 900}, {Key: "organization", Title: "组织机构", Width: 132, Sortable: true},
	{Key: "title", Title: "培训名称", Sortable: true}, {Key: "organizer", Title: "主办单位", Width: 132, Sortable: true, HideBelow: 1000},
	{Key: "ends", Title: "结束日期", Width: 112, Sortable: true}, {Key: "hours", Title: "学时", Width: 72, Right: true, Sortable: true},
	{Key: "files", Title: "附件", Width: 64, Right: true},
}

// Certificates is the page 培训证明: the numbers of the certificates that the records of offline hours name. The confirmation letters'
// register is another page.
type Certificates struct {
	desk     *desk.Desk
	service  certificateService
	content  fyne.CanvasObject
	sentence *ui.Text
	filters  *filters
	table    *ui.DataTable
	count    *ui.Text
	footer   fyne.CanvasObject

	rows      *desk.Rows[data.OfflineHoursRow]
	sort      string
	backwards bool
	asking    desk.Sequence
}

// NewCertificates makes the page; it asks for nothing until it is entered.
func NewCertificates(d *desk.Desk, s certificateService) *Certificates {
	c := &Certificates{desk: d, service: s, sort: "certificate", sentence: ui.NewText("线下培训的证明、结业证书编号，从线下档案里来。", theme.Text), count: ui.NewText("", theme.Secondary)}
	c.filters = newFilters(c.ask)
	c.filters.only.SetOptions(words("有证明编号的", []string{string(data.HoursCertificateTwice), string(data.HoursWithoutCertificate)})...)
	c.table = ui.NewDataTable(certificateColumns...)
	c.table.Count = func() int { return c.rows.Len() }
	c.table.Key = func(row int) int64 { return c.rows.ID(row) }
	c.table.Cell = func(row, column int) ui.Cell { return certificateCell(c.rows.At(row), certificateColumns[column].Key) }
	c.table.OnOpen = func(row int) { c.desk.Go(desk.Hours, c.rows.ID(row)) }
	c.table.OnSort = func(key string, descending bool) {
		c.sort, c.backwards = key, descending
		c.ask()
	}
	c.table.SetSort(c.sort, false)
	c.table.Empty = ui.NewEmptyState("award", "这里没有证明编号", "登记或导入线下学时时填写“证明编号”，就会列在这里。平台的《确认书》在“确认书下载”里。",
		[]fyne.CanvasObject{ui.NewButton("去线下档案管理", "archive", func() { d.Go(desk.Hours, nil) })}, nil, "")
	desk.RememberWidths(s, "columns.certificates", c.table)
	c.footer = ui.NewFooter(c.count, ui.Space(), ui.NewText("双击一行，打开那条记录。", theme.Secondary))
	head := ui.NewPageHead(c.sentence, ui.NewFilledButton("导出", "download", c.export))
	c.content = ui.Ground(theme.Surface, ui.Column(0, head, c.filters.content, ui.Grow(c.table), c.footer))
	return c
}

func certificateCell(row data.OfflineHoursRow, key string) ui.Cell {
	switch key {
	case "files":
		if row.Files == 0 {
			return ui.Cell{Text: "–", Role: theme.Secondary}
		}
		return ui.Cell{Text: fmt.Sprint(row.Files)}
	case "certificate":
		if row.Certificate == "" {
			return ui.Cell{Text: "没有编号", Role: theme.Secondary}
		}
	}
	return cell(row, key)
}

// Content is part of desk.Screen.
func (c *Certificates) Content() fyne.CanvasObject { return c.content }

// Enter is part of desk.Screen.
func (c *Certificates) Enter(any) { c.ask() }

// Changed is part of desk.Screen.
func (c *Certificates) Changed(event app.Event) {
	switch event {
	case app.HoursChanged, app.TraineesChanged, app.OrganizationsChanged, app.PlansChanged:
		c.ask()
	}
}

func (c *Certificates) query() data.OfflineHoursQuery {
	q := c.filters.query()
	q.Sort, q.Descending = c.sort, c.backwards
	if q.Only == "" {
		q.Only = data.HoursCertified
	}
	return q
}

func (c *Certificates) ask() {
	query := c.query()
	desk.Load(c.desk, &c.asking, func(ctx context.Context) (f found, err error) {
		if f.plans, err = c.service.Plans(ctx); err != nil {
			return f, err
		}
		if f.tree, err = c.service.Organizations(ctx); err != nil {
			return f, err
		}
		f.ids, err = c.service.HoursIDs(ctx, query)
		return f, err
	}, func(f found) {
		c.filters.offer(f.plans, f.tree)
		c.rows = desk.NewRows(f.ids, c.service.HoursRows, c.desk.Fail)
		c.table.Refresh()
		c.count.Content = fmt.Sprintf("共 %s 条", desk.Thousands(len(f.ids)))
		c.footer.Refresh()
	})
}

func (c *Certificates) export() {
	query := c.query()
	c.desk.AskDisclosure(fmt.Sprintf("导出培训证明 %s 条", desk.Thousands(c.rows.Len())), "按现在的筛选和排序导出为 Excel 工作簿，一个编号一行。", "选择位置…", func(disclosure app.Disclosure) {
		c.desk.SaveWorkbook("导出培训证明", "培训证明.xlsx", func(ctx context.Context, path string) (string, error) {
			written, err := c.service.ExportCertificates(ctx, path, query, disclosure)
			return fmt.Sprintf("已导出 %s 条到 %s", desk.Thousands(written), path), err
		})
	})
}

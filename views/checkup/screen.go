// Package checkup is 数据体检: everything that must hold of the stored data, what does not, how to mend it, and a way to the place.
package checkup

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what 数据体检 asks of the program.
type service interface {
	desk.WidthKeeper
	preview.Service
	Checkup(ctx context.Context, progress app.Progress) (data.Checkup, error)
	LastCheckup(ctx context.Context) (data.Checkup, bool)
	SaveCheckup(ctx context.Context, path string, checkup data.Checkup) error
	WriteCheckupPDF(ctx context.Context, w io.Writer, checkup data.Checkup) (app.Written, error)
	OrderByNumber(ctx context.Context, number string) (data.Order, error)
	RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error)
}

// drawerWidth is in px, the line before it included.
const drawerWidth float32 = 372

// Screen is 数据体检.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	sentence *ui.ElidedText
	run      *ui.Button
	outputs  []*ui.Button
	filter   *ui.Segments
	table    *ui.DataTable
	count    *ui.Text
	host     *ui.DrawerHost
	drawer   *ui.Drawer

	made    bool // a checkup was made at some time
	checkup data.Checkup
	rows    []data.Invariant // those of the checkup that the filter shows, what is wrong first
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	c := &Screen{desk: d, service: s, sentence: ui.NewElidedText("", theme.Text), filter: ui.NewSegments("全部", "不对"), count: ui.NewText("", theme.Secondary)}
	c.run = ui.NewFilledButton("开始体检", "shield-check", c.start)
	export, print := ui.NewButton("导出 Excel", "file-spreadsheet", c.export), ui.NewButton("打印预览", "printer", c.print)
	c.outputs = []*ui.Button{export, print}
	c.filter.OnChanged = func(int) { c.closeDrawer(); c.list() }
	c.table = ui.NewDataTable(ui.TableColumn{Key: "result", Title: "结果", Width: 84}, ui.TableColumn{Key: "name", Title: "项目", Width: 336, Narrow: 280, Strong: true},
		ui.TableColumn{Key: "detail", Title: "哪里不对"})
	c.table.Count = func() int { return len(c.rows) }
	c.table.Cell = c.cell
	c.table.OnOpen = c.open
	c.table.Empty = ui.NewEmptyState("shield", "还没有体检", "批次、充值、余额、发票、凭证图片、学时和日志逐项核对，不改动任何数据。", []fyne.CanvasObject{ui.NewButton("开始体检", "shield-check", c.start)}, nil, "")
	desk.RememberWidths(s, "columns.checkup", c.table)
	c.drawer = ui.NewDrawer()
	c.drawer.OnStep, c.drawer.OnClose = c.table.OpenStep, c.closeDrawer
	list := ui.Column(0, ui.NewFilterBar(c.filter), ui.Grow(c.table), ui.NewFooter(c.count))
	c.host = ui.NewDrawerHost(list, c.drawer, drawerWidth)
	c.content = ui.Ground(theme.Surface, ui.Column(0, ui.NewPageHead(c.sentence, export, print, c.run), ui.Grow(c.host)))
	return c
}

// Content is part of desk.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Enter shows the last checkup.
func (c *Screen) Enter(any) {
	ui.SetOnEscape(c.desk.Window.Canvas(), c.closeDrawer)
	c.checkup, c.made = c.service.LastCheckup(context.Background())
	c.list()
}

// Changed is part of desk.Screen. What was checked stays as it was: the sentence says when.
func (c *Screen) Changed(app.Event) {}

func (c *Screen) start() {
	var made data.Checkup
	c.desk.Work("正在体检", func(ctx context.Context, progress app.Progress) (err error) {
		made, err = c.service.Checkup(ctx, progress)
		return err
	}, func() {
		c.closeDrawer()
		c.checkup, c.made = made, true
		c.filter.SetSelected(0)
		c.list()
	})
}

// list shows the checkup, what is wrong first.
func (c *Screen) list() {
	c.rows = nil
	for _, one := range c.checkup.Invariants {
		if !one.OK || c.filter.Selected() == 0 {
			c.rows = append(c.rows, one)
		}
	}
	slices.SortStableFunc(c.rows, func(one, other data.Invariant) int { return cmp.Compare(rank(one), rank(other)) })
	c.sentence.SetText("逐项核对每一笔钱和每一条记录，不改动任何数据。")
	c.count.SetText("")
	c.filter.SetLabels("全部", "不对")
	if c.made {
		c.sentence.SetText(fmt.Sprintf("上次体检 %s：%s", c.checkup.At, c.checkup.Verdict()))
		c.count.SetText(fmt.Sprintf("共 %d 项", len(c.rows)))
		c.filter.SetLabels(fmt.Sprintf("全部 %d", len(c.checkup.Invariants)), fmt.Sprintf("不对 %d", c.checkup.Broken()))
	}
	for _, button := range c.outputs {
		button.SetDisabled(!c.made)
	}
	c.table.Refresh()
}

func rank(one data.Invariant) int {
	if one.OK {
		return 1
	}
	return 0
}

func (c *Screen) cell(row, column int) ui.Cell {
	one := c.rows[row]
	switch column {
	case 0:
		if one.OK {
			return ui.Cell{Text: "正常", Tone: ui.ToneSuccess}
		}
		return ui.Cell{Text: "不对", Tone: ui.ToneDanger}
	case 1:
		return ui.Cell{Text: one.Name}
	}
	return ui.Cell{Text: one.Detail, Role: theme.TextDanger}
}

// open shows what is wrong with a line, how it is mended, and leads to the places.
func (c *Screen) open(row int) {
	one := c.rows[row]
	pill := ui.NewPill("正常", ui.ToneSuccess)
	body := []fyne.CanvasObject{ui.NewParagraph(one.Name+"。", theme.Text)}
	if !one.OK {
		pill = ui.NewPill("不对", ui.ToneDanger)
		body = []fyne.CanvasObject{ui.NewTroubleParts(one.Name, one.Detail, one.Fix)}
	}
	for place, at := range one.Places {
		if place == 0 {
			body = append(body, ui.NewLine(), ui.NewBold("去核对"))
		}
		body = append(body, c.way(at))
	}
	if more := one.Count - len(one.Places); more > 0 && len(one.Places) > 1 {
		body = append(body, ui.NewCaption(fmt.Sprintf("还有 %d 处没有列出。", more), theme.Secondary))
	}
	c.drawer.SetTitle("体检项目", pill)
	c.drawer.SetBody(ui.Column(10, body...))
	c.host.SetOpen(true)
}

func (c *Screen) closeDrawer() {
	c.host.SetOpen(false)
	c.table.CloseRow()
}

// way is the link to a place, or its words where there is no page for it.
func (c *Screen) way(at data.CheckPlace) fyne.CanvasObject {
	if at.Kind == data.PlaceNone {
		return ui.NewParagraph(at.Text, theme.Text)
	}
	link := ui.NewLink(at.Key, func() { c.follow(at) })
	if at.Kind == data.PlaceLog {
		link = ui.NewLink(at.Text, func() { c.follow(at) })
	}
	rest := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(at.Text, at.Key), "（"), "）")
	if rest == "" || at.Kind == data.PlaceLog {
		return ui.Row(0, link)
	}
	return ui.Column(0, ui.Row(0, link), ui.NewCaptionParagraph(rest, theme.Secondary))
}

// follow opens the page on which a place is mended.
func (c *Screen) follow(at data.CheckPlace) {
	switch at.Kind {
	case data.PlaceOrder:
		c.followOrder(at.Key)
	case data.PlaceBatch:
		c.desk.Go(desk.Batches, at.Key)
	case data.PlaceLetter:
		c.desk.Go(desk.Letters, data.LetterQuery{Text: at.Key})
	case data.PlaceRun:
		c.desk.Go(desk.Ledger, data.RechargeQuery{RunID: at.Key})
	case data.PlaceTrainee:
		c.desk.Go(desk.Trainees, numberIn(at.Key))
	case data.PlaceEntry:
		c.followEntry(numberIn(at.Key))
	case data.PlaceLog:
		c.desk.Go(desk.Log, nil)
	}
}

// followOrder opens an order; of several that share something, the first.
func (c *Screen) followOrder(number string) {
	number, _, _ = strings.Cut(number, "、")
	var order data.Order
	c.desk.Do(func(ctx context.Context) (err error) {
		order, err = c.service.OrderByNumber(ctx, number)
		return err
	}, func() { c.desk.Go(desk.OrderDetails, order.ID) })
}

// followEntry lists the ledger of the person whom a line of it is about.
func (c *Screen) followEntry(id int64) {
	var entries []data.RechargeEntry
	c.desk.Do(func(ctx context.Context) (err error) {
		entries, err = c.service.RechargeEntries(ctx, []int64{id})
		return err
	}, func() {
		if len(entries) > 0 {
			c.desk.Go(desk.Ledger, data.RechargeQuery{TraineeID: entries[0].TraineeID})
		}
	})
}

// numberIn reads the number in 学员 5 or 第 5 条.
func numberIn(key string) int64 {
	for _, word := range strings.Fields(key) {
		if number, err := strconv.ParseInt(word, 10, 64); err == nil {
			return number
		}
	}
	return 0
}

func (c *Screen) fileName() string { return "数据体检_" + string(c.checkup.At.Date()) }

func (c *Screen) export() {
	checkup := c.checkup
	ui.ChooseFile(c.desk.Window, ui.FileRequest{Title: "导出数据体检", Extensions: []string{".xlsx"}, Save: true, Name: c.fileName() + ".xlsx", Verb: "导出"}, func(path string) {
		c.desk.Work("正在导出", func(ctx context.Context, _ app.Progress) error { return c.service.SaveCheckup(ctx, path, checkup) },
			func() { c.desk.Toast("已导出到“" + filepath.Base(path) + "”。") })
	})
}

func (c *Screen) print() {
	checkup := c.checkup
	preview.Show(c.desk, c.service, preview.Paper{Title: "数据体检", Name: c.fileName() + ".pdf", Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
		return c.service.WriteCheckupPDF(ctx, w, checkup)
	}})
}

package system

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

type logService interface {
	desk.WidthKeeper
	preview.Service
	Today() data.Date
	AuditIDs(ctx context.Context, q data.AuditQuery) ([]int64, error)
	AuditRows(ctx context.Context, ids []int64) ([]data.AuditEntry, error)
	AuditFacts(ctx context.Context) (data.AuditFacts, error)
	CheckLog(ctx context.Context) (data.LogCheck, error)
	ExportLog(ctx context.Context, path string, q data.AuditQuery, progress app.Progress) (int, error)
	WriteLogPDF(ctx context.Context, w io.Writer, q data.AuditQuery) (app.Written, error)
	OrderByNumber(ctx context.Context, number string) (data.Order, error)
}

// logDrawer is the drawer's width in px, the line before it included.
const logDrawer float32 = 348

// Log is 操作日志.
type Log struct {
	desk    *desk.Desk
	service logService
	content fyne.CanvasObject

	filters *logFilters
	table   *ui.DataTable
	host    *ui.DrawerHost
	drawer  *ui.Drawer
	foot    fyne.CanvasObject
	chain   *ui.ElidedText
	mark    *ui.Icon
	count   *ui.Text
	outputs []*ui.Button

	rows     *desk.Rows[data.AuditEntry]
	loading  desk.Sequence
	counting desk.Sequence
	checking desk.Sequence
}

// NewLog makes the screen.
func NewLog(d *desk.Desk, s logService) *Log {
	l := &Log{desk: d, service: s, count: ui.NewText("", theme.Secondary), chain: ui.NewElidedText("", theme.Secondary)}
	l.mark = ui.NewSizedIcon("link", theme.Secondary, 16)
	l.filters = newLogFilters(d, s, l.load)
	l.buildTable()
	l.drawer = ui.NewDrawer()
	l.drawer.OnStep, l.drawer.OnClose = l.table.OpenStep, l.closeDrawer
	export, print := ui.NewButton("导出 Excel", "file-spreadsheet", l.export), ui.NewButton("打印预览", "printer", l.print)
	l.outputs = []*ui.Button{export, print}
	sentence := ui.NewElidedText("谁在什么时候做了什么。日志只能增加，不能修改；里面没有证件号、手机号和账号。", theme.Text)
	l.foot = ui.NewFooter(l.mark, ui.Wide(l.chain), l.count)
	list := ui.Column(0, l.filters.content, ui.Grow(l.table), l.foot)
	l.host = ui.NewDrawerHost(list, l.drawer, logDrawer)
	l.content = ui.Ground(theme.Surface, ui.Column(0, ui.NewPageHead(sentence, export, print), ui.Grow(l.host)))
	return l
}

func (l *Log) buildTable() {
	l.table = ui.NewDataTable(
		ui.TableColumn{Key: "at", Title: "时间", Width: 160, Narrow: 148},
		ui.TableColumn{Key: "user", Title: "经办人", Width: 96, Narrow: 72},
		ui.TableColumn{Key: "kind", Title: "类别", Width: 104, HideBelow: 760},
		ui.TableColumn{Key: "target", Title: "对象", Width: 176, Narrow: 128},
		ui.TableColumn{Key: "detail", Title: "内容", Width: 0},
	)
	l.table.Count = func() int { return l.rows.Len() }
	l.table.Key = func(row int) int64 { return l.rows.ID(row) }
	l.table.Cell = func(row, column int) ui.Cell { return logCell(l.rows.At(row), l.table.Columns[column].Key) }
	l.table.OnOpen = func(row int) { l.open(l.rows.At(row)) }
	l.table.OnCell = func(row int, key string) { l.follow(l.rows.At(row).Place()) }
	l.table.Empty = ui.NewEmptyState("history", "没有找到", "换个词、换段日期再找，或清空全部条件。", []fyne.CanvasObject{ui.NewButton("清空条件", "", l.clear)}, nil, "")
	desk.RememberWidths(l.service, "columns.log", l.table)
}

func logCell(e data.AuditEntry, key string) ui.Cell {
	switch key {
	case "at":
		return ui.Cell{Text: string(e.At)}
	case "user":
		return ui.Cell{Text: e.User}
	case "kind":
		return ui.Cell{Text: string(data.KindOfAction(e.Action)), Role: theme.Secondary}
	case "target":
		return ui.Cell{Text: e.Target, Link: e.Place().Kind != data.PlaceNone}
	}
	return ui.Cell{Text: e.Detail}
}

// Content is part of desk.Screen.
func (l *Log) Content() fyne.CanvasObject { return l.content }

// Enter reads the log anew and proves its chain. A string says what to look for, such as an order's number.
func (l *Log) Enter(argument any) {
	ui.SetOnEscape(l.desk.Window.Canvas(), l.closeDrawer)
	if text, ok := argument.(string); ok {
		l.filters.set(data.AuditQuery{Text: text})
	}
	desk.Load(l.desk, &l.counting, l.service.AuditFacts, l.filters.offer)
	l.load()
	l.check()
}

// Changed is part of desk.Screen; the log is read anew when it is entered.
func (l *Log) Changed(app.Event) {}

// check proves the chain in the background and says under the table what was found.
func (l *Log) check() {
	l.showChain("link", theme.Secondary, "正在核对日志的每一环…")
	desk.Load(l.desk, &l.checking, l.service.CheckLog, func(found data.LogCheck) {
		if found.Detail != "" {
			l.showChain("unlink", theme.TextDanger, found.Words())
			return
		}
		l.showChain("link", theme.TextSuccess, fmt.Sprintf("环环相扣：%s 条，核对无误", desk.Thousands(int(found.Count))))
	})
}

func (l *Log) showChain(icon string, role theme.Role, words string) {
	l.mark.SetIcon(icon, role)
	l.chain.Role = role
	l.chain.SetText(words)
}

func (l *Log) load() {
	query := l.filters.query
	desk.Load(l.desk, &l.loading, func(ctx context.Context) ([]int64, error) { return l.service.AuditIDs(ctx, query) }, func(ids []int64) {
		l.closeDrawer()
		l.rows = desk.NewRows(ids, l.service.AuditRows, l.desk.Fail)
		l.count.SetText("共 " + desk.Thousands(len(ids)) + " 条")
		l.foot.Refresh()
		for _, button := range l.outputs {
			button.SetDisabled(len(ids) == 0)
		}
		l.table.Refresh()
	})
}

func (l *Log) clear() {
	l.filters.set(data.AuditQuery{})
	l.filters.keep()
}

// open shows a whole line beside the list, and leads to what it is about.
func (l *Log) open(e data.AuditEntry) {
	l.drawer.SetTitle(fmt.Sprintf("第 %s 条", desk.Thousands(int(e.ID))), ui.NewPill(string(data.KindOfAction(e.Action)), ui.ToneNeutral))
	target := e.Target
	if target == "" {
		target = "–"
	}
	l.drawer.SetBody(ui.Column(10, ui.NewKeyValue("时间", string(e.At)), ui.NewKeyValue("经办人", e.User), ui.NewKeyParagraph("对象", target),
		ui.NewKeyParagraph("内容", e.Detail), ui.NewLine(), ui.NewCaption("校验值（和上一条连在一起算出来的）", theme.Secondary), ui.NewCaptionParagraph(e.Hash, theme.Secondary)))
	place := e.Place()
	l.drawer.SetFooter()
	if words, leads := placeWords[place.Kind]; leads {
		l.drawer.SetFooter(ui.Wide(ui.NewButton(words, "arrow-right", func() { l.follow(place) })))
	}
	l.host.SetOpen(true)
}

// placeWords name the ways out of a line.
var placeWords = map[data.PlaceKind]string{data.PlaceTrainee: "查看学员", data.PlaceOrder: "查看订单", data.PlaceLetter: "查看确认书"}

func (l *Log) closeDrawer() {
	l.host.SetOpen(false)
	l.table.CloseRow()
}

// follow opens the page of what a line is about.
func (l *Log) follow(place data.CheckPlace) {
	switch place.Kind {
	case data.PlaceTrainee:
		if id, err := strconv.ParseInt(place.Key, 10, 64); err == nil {
			l.desk.Go(desk.Trainees, id)
		}
	case data.PlaceLetter:
		l.desk.Go(desk.Letters, data.LetterQuery{Text: place.Key})
	case data.PlaceOrder:
		var order data.Order
		l.desk.Do(func(ctx context.Context) (err error) {
			order, err = l.service.OrderByNumber(ctx, place.Key)
			return err
		}, func() { l.desk.Go(desk.OrderDetails, order.ID) })
	}
}

func (l *Log) fileName() string { return "操作日志_" + string(l.service.Today()) }

func (l *Log) export() {
	query := l.filters.query
	ui.ChooseFile(l.desk.Window, ui.FileRequest{Title: "导出操作日志", Extensions: []string{".xlsx"}, Save: true, Name: l.fileName() + ".xlsx", Verb: "导出"}, func(path string) {
		count := 0
		l.desk.Work("正在导出", func(ctx context.Context, progress app.Progress) (err error) {
			count, err = l.service.ExportLog(ctx, path, query, progress)
			return err
		}, func() {
			l.desk.Toast(fmt.Sprintf("已导出 %s 条到“%s”。", desk.Thousands(count), filepath.Base(path)))
			l.load()
		})
	})
}

func (l *Log) print() {
	query := l.filters.query
	preview.Show(l.desk, l.service, preview.Paper{Title: "操作日志", Name: l.fileName() + ".pdf", Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
		return l.service.WriteLogPDF(ctx, w, query)
	}})
}

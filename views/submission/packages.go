package submission

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

// packages is 报盘记录: every package that was written, and beside it the rows of the chosen one with the platform's answers.
type packages struct {
	screen  *Screen
	content *ui.DrawerHost
	table   *ui.DataTable
	drawer  *ui.Drawer
	rows    *ui.DataTable
	filter  *ui.Segments

	all    []data.Submission
	wanted int64 // the package to open at the next look
	chosen data.Submission
	sent   []data.SentRow // of the chosen package
	shown  []data.SentRow // that the filter lets through
	loads  desk.Sequence
}

func newPackages(s *Screen) *packages {
	p := &packages{screen: s}
	p.table = ui.NewDataTable(
		ui.TableColumn{Key: "number", Title: "编号", Width: 120, Narrow: 112, Stretch: 1, Strong: true}, ui.TableColumn{Key: "at", Title: "时间", Width: 160, Narrow: 152, Stretch: 1},
		ui.TableColumn{Key: "plan", Title: "培训计划", Width: 250, Stretch: 3, HideBelow: 800}, ui.TableColumn{Key: "rows", Title: "内容", Width: 76, HideBelow: 640, Right: true},
		ui.TableColumn{Key: "accepted", Title: "已接收", Width: 76, Right: true}, ui.TableColumn{Key: "refused", Title: "退回", Width: 68, Right: true},
		ui.TableColumn{Key: "open", Title: "等结果", Width: 76, Right: true, HideBelow: 640}, ui.TableColumn{Key: "state", Title: "状态", Width: 104, Narrow: 100, Stretch: 1},
		ui.TableColumn{Key: "user", Title: "经办人", Width: 84, Stretch: 1, HideBelow: 900})
	p.table.Count = func() int { return len(p.all) }
	p.table.Key = func(row int) int64 { return p.all[row].ID }
	p.table.Cell = func(row, column int) ui.Cell { return packageCell(p.all[row], p.table.Columns[column].Key) }
	p.table.OnOpen = func(row int) { p.choose(p.all[row]) }
	p.table.Empty = ui.NewEmptyState("package-check", "还没有报过盘", "在“待上报”里点“生成报盘包”，做好的包会记在这里。", nil, nil, "")
	desk.RememberWidths(s.service, "columns.packages", p.table)
	p.drawer = ui.NewDrawer()
	p.drawer.OnClose, p.drawer.OnStep = p.close, p.table.OpenStep
	p.filter = ui.NewSegments("全部", "退回", "等结果", "已接收")
	p.filter.OnChanged = func(int) { p.filterRows() }
	p.rows = p.newRows()
	p.content = ui.NewDrawerHost(p.table, p.drawer, drawerWidth)
	return p
}

func (p *packages) newRows() *ui.DataTable {
	rows := ui.NewDataTable(ui.TableColumn{Key: "place", Title: "序号", Width: 52, Right: true}, ui.TableColumn{Key: "label", Title: "内容", Width: 236, Strong: true},
		ui.TableColumn{Key: "answer", Title: "平台结果"})
	rows.RowHeight = rowHeight
	rows.Count = func() int { return len(p.shown) }
	rows.Key = func(row int) int64 { return p.shown[row].ID }
	rows.Cell = func(row, column int) ui.Cell { return sentCell(p.shown[row], rows.Columns[column].Key) }
	rows.OnOpen = func(row int) { p.screen.due.open(p.shown[row].Item) }
	rows.Empty = ui.NewEmptyState("list", "这里没有内容", "换一个条件看看。", nil, nil, "")
	return rows
}

// rowHeight holds two lines, in px.
const rowHeight float32 = 48

func packageCell(s data.Submission, column string) ui.Cell {
	switch column {
	case "number":
		return ui.Cell{Text: s.Number}
	case "at":
		return ui.Cell{Text: string(s.At)}
	case "plan":
		return ui.Cell{Text: s.PlanName, Middle: true}
	case "rows":
		return ui.Cell{Text: desk.Thousands(s.Rows)}
	case "accepted":
		return ui.Cell{Text: desk.Thousands(s.Succeeded)}
	case "refused":
		return ui.Cell{Text: desk.Thousands(s.Failed), Bad: s.Failed > 0}
	case "open":
		return ui.Cell{Text: desk.Thousands(s.Open())}
	case "user":
		return ui.Cell{Text: s.User}
	}
	word, tone := stateOf(s)
	return ui.Cell{Text: word, Tone: tone}
}

// stateOf gives the word for where a package stands.
func stateOf(s data.Submission) (string, ui.Tone) {
	switch {
	case s.WithdrawnAt != "":
		return "已撤销", ui.ToneNeutral
	case s.Open() == s.Rows:
		return "等平台结果", ui.TonePrimary
	case s.Open() > 0:
		return "结果不全", ui.ToneWarning
	case s.Failed > 0:
		return "有退回", ui.ToneDanger
	}
	return "全部接收", ui.ToneSuccess
}

func sentCell(row data.SentRow, column string) ui.Cell {
	switch column {
	case "place":
		return ui.Cell{Text: fmt.Sprint(row.Item.Place), Role: theme.Secondary}
	case "label":
		return ui.Cell{Text: row.Item.Label, Note: fmt.Sprintf("%s 第 %d 行 · %s", row.Item.File, row.Item.Row, row.Item.Novelty)}
	}
	switch row.Answer {
	case data.AnswerSucceeded:
		return ui.Cell{Text: "接收", Tone: ui.ToneSuccess}
	case data.AnswerFailed:
		return ui.Cell{Text: "退回", Note: row.Reason, Bad: true}
	}
	return ui.Cell{Text: "等结果", Role: theme.Secondary}
}

func (p *packages) show(all []data.Submission) {
	p.all = all
	p.table.Refresh()
	place := slices.IndexFunc(all, func(s data.Submission) bool { return s.ID == p.wanted || p.wanted == 0 && s.ID == p.chosen.ID })
	p.wanted = 0
	if place >= 0 {
		p.table.Mark(place)
		p.choose(all[place])
	}
}

// newest gives the newest package that stands, or nil.
func (p *packages) newest() *data.Submission {
	for place := range p.all {
		if p.all[place].WithdrawnAt == "" {
			return &p.all[place]
		}
	}
	return nil
}

// choose shows a package's rows beside the list.
func (p *packages) choose(s data.Submission) {
	p.chosen = s
	desk.Load(p.screen.desk, &p.loads, func(ctx context.Context) ([]data.SentRow, error) { return p.screen.service.SentRows(ctx, s.ID) }, func(rows []data.SentRow) {
		p.sent = rows
		p.filterRows()
		p.fillDrawer()
	})
}

func (p *packages) filterRows() {
	p.shown = nil
	wanted := []data.PlatformAnswer{"", data.AnswerFailed, data.AnswerNone, data.AnswerSucceeded}[p.filter.Selected()]
	for _, row := range p.sent {
		if p.filter.Selected() == 0 || row.Answer == wanted {
			p.shown = append(p.shown, row)
		}
	}
	p.rows.Refresh()
}

func (p *packages) fillDrawer() {
	word, tone := stateOf(p.chosen)
	p.drawer.SetTitle(p.chosen.Number, ui.NewPill(word, tone))
	head := []fyne.CanvasObject{ui.NewKeyParagraph("文件", p.chosen.File), ui.NewKeyValue("校验值", p.chosen.SHA256[:16]+"…", ui.NewLink("复制", p.copySum))}
	if p.chosen.WithdrawnAt != "" {
		head = append(head, ui.NewKeyParagraph("撤销", fmt.Sprintf("%s，%s", p.chosen.WithdrawnAt, p.chosen.WithdrawnReason)))
	}
	p.drawer.SetBody(ui.Column(0, ui.Pad(16, 12, 16, 8, ui.Column(8, head...)), ui.Pad(16, 0, 16, 8, p.filter), ui.Grow(p.rows)))
	reply, withdraw := ui.NewButton("登记回盘", "inbox", p.screen.askReply), ui.NewButton("撤销报盘", "undo-2", p.askWithdraw)
	reply.SetDisabled(p.chosen.WithdrawnAt != "")
	withdraw.SetDisabled(p.chosen.WithdrawnAt != "" || p.chosen.Open() < p.chosen.Rows)
	withdraw.Tip = "文件没有交给平台时可以撤销，内容回到待上报"
	p.drawer.SetFooter(ui.Wide(reply), ui.Wide(withdraw))
	p.content.SetOpen(true)
}

func (p *packages) copySum() {
	ui.Copy(p.chosen.SHA256)
	p.screen.desk.Toast("校验值已复制。")
}

func (p *packages) close() {
	p.chosen = data.Submission{}
	p.content.SetOpen(false)
	p.table.CloseRow()
}

// askWithdraw asks why a package is taken back.
func (p *packages) askWithdraw() {
	chosen := p.chosen
	why := ui.NewField("例如：文件发错了")
	form := ui.NewForm(ui.NewRequiredRow("reason", "原因", why))
	reason := ""
	p.screen.desk.Ask(desk.Question{Title: "撤销报盘 " + chosen.Number, Verb: "撤销报盘", Form: form, Read: func() { reason = why.Text() },
		Text: fmt.Sprintf("这个包里的 %s 行回到“待上报”，编号不再使用。请只在文件没有交给平台时撤销，并删掉那个文件。", desk.Thousands(chosen.Rows)),
		Do:   func(ctx context.Context) error { return p.screen.service.WithdrawSubmission(ctx, chosen.ID, reason) },
		Done: func() { p.screen.desk.Toast("报盘 " + chosen.Number + " 已撤销，内容回到待上报。") }})
}

package submission

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// board is 总览: where everything stands towards the platform, and what comes next.
type board struct {
	screen  *Screen
	content *fyne.Container
	table   *ui.DataTable
	note    *ui.Note
	noted   *fyne.Container // the note with its margins
	lines   []data.PlatformLine
}

func newBoard(s *Screen) *board {
	b := &board{screen: s, note: ui.NewNote(ui.ToneDanger, "", "")}
	b.table = ui.NewDataTable(
		ui.TableColumn{Key: "subject", Title: "类别", Width: 120, Strong: true}, ui.TableColumn{Key: "held", Title: "还不能报", Width: 84, Right: true},
		ui.TableColumn{Key: "pending", Title: "待报", Width: 72, Right: true}, ui.TableColumn{Key: "sent", Title: "已报", Width: 72, Right: true},
		ui.TableColumn{Key: "accepted", Title: "成功", Width: 72, Right: true}, ui.TableColumn{Key: "refused", Title: "失败", Width: 72, Right: true},
		ui.TableColumn{Key: "hindrance", Title: "要先处理的"}, ui.TableColumn{Key: "next", Title: "下一步", Width: 132})
	b.table.RowHeight = rowHeight
	b.table.Count = func() int { return len(b.lines) }
	b.table.Key = func(row int) int64 { return int64(row) }
	b.table.Cell = func(row, column int) ui.Cell { return boardCell(b.lines[row], b.table.Columns[column].Key) }
	b.table.OnOpen = func(row int) { b.open(b.lines[row]) }
	b.table.OnCell = func(row int, key string) {
		if key == "next" {
			b.step(b.lines[row])
			return
		}
		b.open(b.lines[row])
	}
	desk.RememberWidths(s.service, "columns.board", b.table)
	b.noted = ui.Pad(16, 12, 16, 12, b.note)
	b.noted.Hide()
	legend := ui.NewText("待报：下一个报盘包里会有的。已报：交出去了，等平台结果。双击一行看是哪些。", theme.Secondary)
	b.content = ui.Column(0, b.noted, ui.Grow(b.table), ui.NewFooter(legend))
	return b
}

// boardNotes say what a line counts.
var boardNotes = map[data.SubjectKind]string{
	data.SubjectTrainee: "名单和变更", data.SubjectRecharge: "充值名单", data.SubjectHours: "线下档案", data.SubjectOrder: "审核", data.SubjectBatch: "审核通过后平台给", data.SubjectInvoice: "开票",
}

func boardCell(line data.PlatformLine, column string) ui.Cell {
	counts := map[string]int{"held": line.Held, "pending": line.Pending, "sent": line.Sent, "accepted": line.Accepted}
	switch column {
	case "subject":
		return ui.Cell{Text: string(line.Subject), Note: boardNotes[line.Subject]}
	case "refused":
		cell := count(line.Refused)
		if line.Refused > 0 {
			cell.Role = theme.TextDanger
		}
		return cell
	case "hindrance":
		return ui.Cell{Text: line.Hindrance, Role: theme.Secondary}
	case "next":
		switch {
		case line.Next != data.StepNothing:
			return ui.Cell{Text: string(line.Next), Link: true}
		case line.Whole() == 0:
			return ui.Cell{Text: "还没有", Role: theme.Secondary}
		}
		return ui.Cell{Text: "都已成功", Tone: ui.ToneSuccess}
	}
	return count(counts[column])
}

func count(n int) ui.Cell {
	if n == 0 {
		return ui.Cell{Text: "–", Role: theme.Secondary}
	}
	return ui.Cell{Text: desk.Thousands(n)}
}

func (b *board) show(lines []data.PlatformLine, gaps []data.Problem) {
	b.lines = lines
	b.table.Refresh()
	if len(gaps) > 0 {
		b.note.Set(ui.ToneDanger, "还不能生成报盘包　", fmt.Sprintf("管理员信息还差 %d 项：%s", len(gaps), gaps[0].Error()))
		b.noted.Show()
	} else {
		b.noted.Hide()
	}
	b.content.Refresh()
}

// open shows a line's records: those of packages among what waits, orders and what hangs on them in their own lists.
func (b *board) open(line data.PlatformLine) {
	s := b.screen
	switch line.Subject {
	case data.SubjectOrder:
		s.desk.Go(desk.Orders, data.OrderQuery{PlanID: s.desk.Plan().ID, Review: worstReview(line)})
		return
	case data.SubjectInvoice:
		s.desk.Go(desk.Orders, data.OrderQuery{PlanID: s.desk.Plan().ID})
		return
	case data.SubjectBatch:
		s.desk.Go(desk.Batches, nil)
		return
	}
	if line.Pending+line.Refused == 0 {
		b.leave(tabPackages)
		return
	}
	b.leave(tabDue)
	for place, kind := range data.SubjectKinds {
		if kind == line.Subject {
			s.due.kinds.SetSelected(place + 1)
			s.due.filter()
		}
	}
}

// worstReview is the state of the orders that need somebody first; "" for all.
func worstReview(line data.PlatformLine) data.ReviewState {
	switch {
	case line.Refused > 0:
		return data.ReviewRejected
	case line.Pending > 0:
		return data.ReviewReady
	case line.Sent == 0 && line.Held > 0:
		return data.ReviewDraft
	}
	return ""
}

func (b *board) leave(tab int) {
	b.screen.tabs.SetSelected(tab)
	b.screen.showTab()
}

// step does what brings a line on.
func (b *board) step(line data.PlatformLine) {
	switch line.Next {
	case data.StepPack:
		b.screen.askFolder()
	case data.StepReply:
		if b.screen.packages.newest() == nil { // entered on the platform by hand
			b.screen.desk.Go(desk.Orders, data.OrderQuery{PlanID: b.screen.desk.Plan().ID, Review: data.ReviewSubmitted})
			return
		}
		b.screen.askReply()
	case data.StepNothing:
	default:
		b.open(line)
	}
}

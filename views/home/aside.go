package home

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// narrowList is the width in px below which the lists at the right keep only what cannot be left out.
const narrowList = 300

// soonDays is from how few days on a deadline is amber.
const soonDays = 14

// deadline is a line of 期限.
type deadline struct {
	day         data.Date
	title, note string
}

// endList is 期限: when plans end.
type endList struct {
	content fyne.CanvasObject
	table   *ui.SimpleTable
	lines   []deadline
	today   data.Date
}

func newEndList() *endList {
	e := &endList{}
	e.table = ui.NewSimpleTable(ui.TableColumn{Key: "day", Width: 64, HideBelow: narrowList}, ui.TableColumn{Key: "what"}, ui.TableColumn{Key: "left", Width: 96, Right: true})
	e.table.HideHeader, e.table.RowHeight = true, 48
	e.table.Count = func() int { return len(e.lines) }
	e.table.Cell = func(row, column int) ui.Cell { return e.cell(e.lines[row], column) }
	e.content = ui.NewListCard("期限", e.table)
	return e
}

func (e *endList) cell(line deadline, column int) ui.Cell {
	switch column {
	case 0:
		return ui.Cell{Text: monthDay(string(line.day)), Role: theme.Secondary}
	case 1:
		return ui.Cell{Text: line.title, Note: line.note}
	}
	left := e.today.DaysUntil(line.day)
	tone := ui.ToneNeutral
	if left <= soonDays {
		tone = ui.ToneWarning
	}
	if left < 0 {
		return ui.Cell{Text: fmt.Sprintf("已过 %d 天", -left), Tone: tone}
	}
	return ui.Cell{Text: fmt.Sprintf("剩 %d 天", left), Tone: tone}
}

// set lists the end of the plan in force, ended or not, and of the others that still run.
func (e *endList) set(found outlook) {
	e.today, e.lines = found.today, nil
	for _, plan := range found.plans {
		line := deadline{day: plan.EndsAt.Date(), title: yearName(plan.Year) + "结束", note: "还可以缴费和学习"}
		if plan.ID == found.home.Plan.ID {
			line.note = fmt.Sprintf("%s 人未达 %s 学时", desk.Thousands(max(0, found.home.Enabled-found.home.Reached)), plan.Target)
		} else if line.day < found.today {
			continue
		}
		e.lines = append(e.lines, line)
	}
	slices.SortStableFunc(e.lines, func(one, other deadline) int { return strings.Compare(string(one.day), string(other.day)) })
	e.table.Refresh()
}

// recentList is 最近操作: the latest lines of 操作日志.
type recentList struct {
	content fyne.CanvasObject
	table   *ui.SimpleTable
	entries []data.AuditEntry
	today   data.Date
}

func newRecentList(d *desk.Desk) *recentList {
	r := &recentList{}
	r.table = ui.NewSimpleTable(ui.TableColumn{Key: "at", Width: 64}, ui.TableColumn{Key: "what"}, ui.TableColumn{Key: "user", Width: 84, Right: true, HideBelow: narrowList})
	r.table.HideHeader, r.table.RowHeight = true, 33
	r.table.Count = func() int { return len(r.entries) }
	r.table.Cell = func(row, column int) ui.Cell {
		entry := r.entries[row]
		return [...]ui.Cell{{Text: clock(entry.At, r.today), Role: theme.Secondary}, {Text: auditText(entry)}, {Text: entry.User, Role: theme.Secondary}}[column]
	}
	r.content = ui.NewListCard("最近操作", r.table, ui.NewLink("全部", func() { d.Go(desk.Log, nil) }))
	return r
}

func (r *recentList) set(found outlook) {
	r.entries, r.today = found.audit, found.today
	r.table.Refresh()
}

// auditText is what was done, with the order's or letter's number where the sentence lacks it.
func auditText(entry data.AuditEntry) string {
	ofNumber := strings.HasPrefix(entry.Action, "order.") || entry.Action == "letter.step" || entry.Action == "letter.scan"
	if ofNumber && !strings.Contains(entry.Detail, entry.Target) {
		return entry.Target + " " + entry.Detail
	}
	return entry.Detail
}

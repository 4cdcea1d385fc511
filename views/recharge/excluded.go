package recharge

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// excludedLines is how many reasons the panel lists; 查看名单 shows everybody.
const excludedLines = 4

// Widths in px of how many are left out: of two digits, and of more.
const (
	countWidth     float32 = 40
	longCountWidth float32 = 56
)

// refusalGroup is those of the list who are left out for one reason.
type refusalGroup struct {
	reason string
	first  string // the name of one of them
	count  int
}

// groupRefusals gathers the found people who are left out by reason, the most first.
func groupRefusals(refusals []data.RechargeRefusal) []refusalGroup {
	var groups []refusalGroup
	for _, refusal := range refusals {
		place := slices.IndexFunc(groups, func(g refusalGroup) bool { return g.reason == refusal.Reason })
		if place < 0 {
			groups = append(groups, refusalGroup{reason: refusal.Reason, first: refusal.Name})
			place = len(groups) - 1
		}
		groups[place].count++
	}
	slices.SortStableFunc(groups, func(one, other refusalGroup) int { return cmp.Compare(other.count, one.count) })
	return groups
}

// showExcluded says who of the list is left out and why.
func (p *panel) showExcluded() {
	refusals := p.screen.found.refused
	p.excluded.Objects = nil
	unreported := slices.ContainsFunc(refusals, func(one data.RechargeRefusal) bool { return one.Code == data.RefusedNotReported })
	setShown(p.platform, unreported || p.screen.withUnreported)
	if len(refusals) == 0 {
		return
	}
	title := ui.NewBold(fmt.Sprintf("不充值 %s 人", desk.Thousands(len(refusals))))
	p.excluded.Add(ui.Row(8, title, ui.Space(), ui.NewLink("查看名单", p.showRefused)))
	groups := groupRefusals(refusals)
	wide := countWidth
	if groups[0].count >= 100 {
		wide = longCountWidth
	}
	p.excluded.Add(ui.Gap(2))
	for _, group := range groups[:min(len(groups), excludedLines)] {
		names := group.first
		if group.count > 1 {
			names += " 等"
		}
		p.excluded.Add(ui.Fixed(24, ui.Row(0, ui.Fixed(wide, ui.NewText(desk.Thousands(group.count)+" 人", theme.Text)),
			ui.Wide(ui.NewElidedText(group.reason, theme.Text)), ui.Gap(8), ui.NewCaption(names, theme.Secondary))))
	}
	if more := len(groups) - excludedLines; more > 0 {
		p.excluded.Add(ui.Fixed(24, ui.NewCaption(fmt.Sprintf("另有 %d 种原因", more), theme.Secondary)))
	}
}

// showRefused lists everybody who is left out.
func (p *panel) showRefused() {
	showRefusals(p.screen.desk.Window, "不充值", p.screen.found.refused)
}

// showRefusals lists people and why they are left out.
func showRefusals(window fyne.Window, word string, refusals []data.RechargeRefusal) {
	table := ui.NewDataTable(ui.TableColumn{Key: "name", Title: "姓名", Width: 112}, ui.TableColumn{Key: "reason", Title: "为什么不充值"})
	table.Count = func() int { return len(refusals) }
	table.Cell = func(row, column int) ui.Cell {
		return [...]ui.Cell{{Text: refusals[row].Name}, {Text: refusals[row].Reason}}[column]
	}
	dialog := ui.NewDialog(window, fmt.Sprintf("%s %s 人", word, desk.Thousands(len(refusals))))
	dialog.Width = 520
	height := headHeight + rowHeight*float32(min(len(refusals), 10))
	dialog.Body = ui.Column(0, ui.Fixed(height, fyne.CanvasObject(table)))
	dialog.NoCancel = true
	dialog.SetDefault("知道了", nil)
	dialog.Show()
}

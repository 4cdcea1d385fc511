package submission

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// due is 待上报: what the next package would hold, row by row.
type due struct {
	screen     *Screen
	content    *fyne.Container
	kinds      *ui.Tabs
	scope      *ui.Segments
	note       *ui.Note
	noted      *fyne.Container // the note with its margins
	table      *ui.DataTable
	footer     fyne.CanvasObject
	sum        *ui.ElidedText
	held       *ui.Text
	everything bool

	plan  *app.SubmissionPlan
	items []data.SubmissionItem // of the chosen kind
}

// scopes are the words for what a package holds.
var scopes = []string{"只报有变化的", "全部重新报"}

func newDue(s *Screen) *due {
	d := &due{screen: s, plan: &app.SubmissionPlan{}, note: ui.NewNote(ui.ToneWarning, "", ""), sum: ui.NewElidedText("", theme.Text), held: ui.NewText("", theme.Secondary)}
	d.kinds = ui.NewWordTabs("全部", string(data.SubjectTrainee), string(data.SubjectOrder), string(data.SubjectHours), string(data.SubjectRecharge))
	d.kinds.OnChanged = func(int) { d.filter() }
	d.scope = ui.NewSegments(scopes...)
	d.scope.OnChanged = func(selected int) {
		d.everything = selected == 1
		s.reload()
	}
	d.buildTable()
	d.noted = ui.Pad(16, 12, 16, 12, d.note)
	d.noted.Hide()
	d.footer = ui.NewFooter(ui.Wide(d.sum), d.held)
	d.content = ui.Column(0, ui.NewFilterBar(d.scope, ui.Wide(d.kinds)), d.noted, ui.Grow(d.table), d.footer)
	return d
}

func (d *due) buildTable() {
	d.table = ui.NewDataTable(
		ui.TableColumn{Key: "kind", Title: "类别", Width: 84, Stretch: 1}, ui.TableColumn{Key: "label", Title: "内容", Width: 264, Stretch: 3, Strong: true},
		ui.TableColumn{Key: "novelty", Title: "为什么报", Width: 92, Stretch: 1}, ui.TableColumn{Key: "change", Title: "改了什么", Width: 250, Stretch: 3},
		ui.TableColumn{Key: "problem", Title: "提醒", Width: 240, Stretch: 3}, ui.TableColumn{Key: "file", Title: "放进", Width: 150, Stretch: 1, HideBelow: 1000})
	d.table.Count = func() int { return len(d.items) }
	d.table.Key = func(row int) int64 { return int64(d.items[row].Place) }
	d.table.Cell = func(row, column int) ui.Cell { return dueCell(d.items[row], d.table.Columns[column].Key) }
	d.table.OnOpen = func(row int) { d.open(d.items[row]) }
	d.table.Empty = ui.NewEmptyState("circle-check", "没有要报的内容", "上次报盘以后没有变化。导入或修改学员、提交订单、充值、录入线下学时以后，这里会列出来。", nil, nil, "")
	desk.RememberWidths(d.screen.service, "columns.submission", d.table)
}

func dueCell(item data.SubmissionItem, column string) ui.Cell {
	switch column {
	case "kind":
		return ui.Cell{Text: string(item.Kind)}
	case "label":
		return ui.Cell{Text: item.Label}
	case "novelty":
		return ui.Cell{Text: string(item.Novelty), Tone: noveltyTone(item.Novelty)}
	case "change":
		return ui.Cell{Text: item.ShownChanges(), Role: theme.Secondary}
	case "problem":
		if len(item.Problems) > 0 {
			return ui.Cell{Text: item.Problems[0].What, Bad: item.Problems[0].Level == data.LevelError}
		}
		return ui.Cell{}
	}
	return ui.Cell{Text: strings.TrimSuffix(item.File, ".xlsx"), Role: theme.Secondary}
}

func noveltyTone(novelty data.Novelty) ui.Tone {
	switch novelty {
	case data.NoveltyNew:
		return ui.TonePrimary
	case data.NoveltyChanged:
		return ui.ToneWarning
	case data.NoveltyRefused:
		return ui.ToneDanger
	}
	return ui.ToneNeutral
}

// open goes to where an item can be mended.
func (d *due) open(item data.SubmissionItem) {
	switch item.Kind {
	case data.SubjectTrainee:
		d.screen.desk.Go(desk.Trainees, item.SubjectID)
	case data.SubjectOrder:
		d.screen.desk.Go(desk.OrderDetails, item.SubjectID)
	case data.SubjectHours:
		d.screen.desk.Go(desk.Hours, nil)
	case data.SubjectRecharge:
		d.screen.desk.Go(desk.Ledger, data.RechargeQuery{Text: item.Cells["name"], PlanID: d.plan.Plan.ID})
	}
}

func (d *due) show(plan *app.SubmissionPlan) {
	d.plan = plan
	counts := map[data.SubjectKind]int{}
	for _, item := range plan.Items {
		counts[item.Kind]++
	}
	labels := []ui.Tab{{Label: "全部", Count: desk.Thousands(len(plan.Items))}}
	for _, kind := range data.SubjectKinds {
		labels = append(labels, ui.Tab{Label: string(kind), Count: desk.Thousands(counts[kind])})
	}
	d.kinds.SetTabs(labels...)
	d.filter()
	d.showNote()
	d.showSums()
}

// filter shows the items of the chosen kind.
func (d *due) filter() {
	d.items = d.plan.Items
	if chosen := d.kinds.Selected(); chosen > 0 {
		d.items = nil
		for _, item := range d.plan.Items {
			if item.Kind == data.SubjectKinds[chosen-1] {
				d.items = append(d.items, item)
			}
		}
	}
	d.table.Refresh()
}

// showNote tells what holds the package up, or what stays at home.
func (d *due) showNote() {
	switch {
	case len(d.plan.Gaps) > 0:
		d.note.Set(ui.ToneDanger, "还不能生成　", fmt.Sprintf("管理员信息还差 %d 项：%s", len(d.plan.Gaps), d.plan.Gaps[0].Error()))
	case len(d.plan.HeldBack) > 0:
		var numbers []string
		for _, held := range d.plan.HeldBack {
			numbers = append(numbers, held.Item.Label)
		}
		const most = 3
		more := ""
		if len(numbers) > most {
			numbers, more = numbers[:most], " 等"
		}
		d.note.Set(ui.ToneWarning, fmt.Sprintf("%d 个订单不在包里　", len(d.plan.HeldBack)), strings.Join(numbers, "、")+more+"还是草稿，或者被驳回了；在订单里点“检查并列入待报”以后再报。")
	default:
		d.noted.Hide()
		d.content.Refresh()
		return
	}
	d.noted.Show()
	d.content.Refresh()
}

func (d *due) showSums() {
	var parts []string
	for _, count := range d.plan.Counts() {
		part := fmt.Sprintf("%s %s 行", strings.TrimSuffix(count.File, ".xlsx"), desk.Thousands(count.Rows))
		if count.Total != 0 {
			part += fmt.Sprintf("（%s 元）", count.Total)
		}
		parts = append(parts, part)
	}
	d.sum.SetText(strings.Join(parts, "　"))
	held := "还没有报过盘"
	if d.plan.Previous != nil {
		held = fmt.Sprintf("上次报盘 %s，%s", d.plan.Previous.Number, d.plan.Previous.At)
	}
	d.held.SetText(held)
	d.footer.Refresh()
}

package start

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

// rescuer is what the page about damaged data asks of the program.
type rescuer interface {
	desk.Restorer
	Backups(ctx context.Context) []data.Backup
	Folder() string
	Changed() data.Moment
}

// damage offers the backups where the database cannot be opened.
type damage struct {
	desk     *desk.Desk
	rescuer  rescuer
	restored func()
	content  fyne.CanvasObject
	backups  []data.Backup
}

// shownBackups is how many backups stand in the list; older ones are chosen as files.
const shownBackups = 5

// NewDamage makes the page that says that the data is damaged and lets a person go back to a backup; restored follows that.
func NewDamage(d *desk.Desk, r rescuer, err error, restored func()) Page {
	p := &damage{desk: d, rescuer: r, restored: restored, backups: r.Backups(context.Background())}
	problem, _ := data.AsProblem(err)
	parts := []fyne.CanvasObject{ui.NewTroubleParts("数据文件夹 "+r.Folder(), problem.What, problem.Fix+"恢复时它会原样保留，技术人员以后还可以看。"), ui.Gap(16)}
	other := ui.NewButton("选择其他备份文件…", "folder-open", p.choose)
	if len(p.backups) == 0 {
		parts = append(parts, ui.NewNote(ui.ToneWarning, "数据旁边没有备份。", "请插上放备份的 U 盘，选择其中最新的一个。"), ui.Gap(16), ui.Row(0, other))
	} else {
		newest := p.backups[0]
		since := fmt.Sprintf("最近的好备份是 %s 做的（%s）。", newest.At, newest.Reason)
		if changed := r.Changed(); changed > newest.At {
			since += fmt.Sprintf("数据文件最后写于 %s，这段时间的操作可能要重新录入。", changed)
		}
		button := ui.NewFilledButton("恢复最近的备份", "history", func() { p.restore(newest.Path) })
		parts = append(parts, ui.NewParagraph(since, theme.Text), ui.Gap(12), p.table(), ui.Gap(16), ui.Row(8, button, other))
	}
	p.content = panel("数据文件损坏了", "不要删除任何文件。可以回到最近的备份，恢复以前先看清楚。", parts...)
	return p
}

// Content is part of Page.
func (p *damage) Content() fyne.CanvasObject { return p.content }

// FocusFirst is part of Page.
func (p *damage) FocusFirst() {}

func (p *damage) table() fyne.CanvasObject {
	rows := p.backups[:min(len(p.backups), shownBackups)]
	table := ui.NewSimpleTable(ui.TableColumn{Key: "at", Title: "备份时间", Width: 160}, ui.TableColumn{Key: "reason", Title: "原因"},
		ui.TableColumn{Key: "trainees", Title: "学员", Width: 64, Right: true}, ui.TableColumn{Key: "orders", Title: "订单", Width: 64, Right: true})
	table.Count = func() int { return len(rows) }
	table.Cell = func(row, column int) ui.Cell {
		one := rows[row]
		return ui.Cell{Text: []string{string(one.At), string(one.Reason), desk.Thousands(one.Counts.Trainees), desk.Thousands(one.Counts.Orders)}[column]}
	}
	table.OnOpen = func(row int) { p.restore(rows[row].Path) }
	return table
}

func (p *damage) choose() { chooseBackup(p.desk, p.restore) }

func (p *damage) restore(path string) {
	p.desk.AskRestore(p.rescuer, path, func(app.RestoreResult) { p.restored() })
}

func chooseBackup(d *desk.Desk, chosen func(path string)) {
	ui.ChooseFile(d.Window, ui.FileRequest{Title: "选择要恢复的备份", Extensions: []string{data.BackupExtension}, Verb: "恢复"}, chosen)
}

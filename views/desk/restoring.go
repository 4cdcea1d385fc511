package desk

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Restorer is what restoring a backup asks of the program.
type Restorer interface {
	PlanRestore(ctx context.Context, path, secret string, progress app.Progress) (*app.RestorePlan, error)
	Restore(ctx context.Context, plan *app.RestorePlan, otherUnit bool, progress app.Progress) (app.RestoreResult, error)
}

// restoring leads through the restore of one backup: its password, what it would change, and the restore.
type restoring struct {
	desk     *Desk
	restorer Restorer
	path     string
	done     func(app.RestoreResult)
}

// AskRestore asks for a backup's password, shows what the restore would change and does it. done follows a restore alone.
func (d *Desk) AskRestore(r Restorer, path string, done func(app.RestoreResult)) {
	one := app.InspectBackup(path)
	if one.Trouble != "" {
		d.Fail(data.OfFile(data.Refuse("backup-unusable", "", "这个备份不能用："+one.Trouble, "请换一个备份；现在的数据没有改动。"), path))
		return
	}
	(&restoring{d, r, path, done}).askPassword(one, "")
}

const (
	restoreWidth float32 = 560 // px, of the dialogs
	figureWidth  float32 = 110
	shownLost            = 6 // actions that are named
)

func (r *restoring) askPassword(one data.Backup, problem string) {
	password := ui.NewPasswordField("登录密码，或恢复密钥")
	form := ui.NewForm(ui.NewRequiredRow("password", "密码", password).WithHint("做这个备份时的登录密码；后来改过的，用改以前的。恢复密钥也可以。"))
	form.LabelWidth = 64
	dialog := ui.NewDialog(r.desk.Window, "恢复备份")
	dialog.Text = fmt.Sprintf("%s 的备份（%s），单位：%s。先打开看一看，确认以后才会改动数据。", one.At, one.Reason, one.Unit)
	dialog.Width = restoreWidth
	dialog.Body, dialog.First = ui.Pad(10, 0, 0, 0, form), password.FocusTarget()
	if problem != "" {
		form.SetProblems(map[string]string{"password": problem})
	}
	dialog.SetDefault("打开备份", func() bool {
		if password.Text() == "" {
			form.SetProblems(map[string]string{"password": "还没有输入密码。"})
			dialog.Relayout()
			return false
		}
		dialog.Hide()
		r.plan(one, password.Text())
		return true
	})
	dialog.Show()
}

func (r *restoring) plan(one data.Backup, secret string) {
	var plan *app.RestorePlan
	var wrong string
	r.desk.Work("正在打开并核对备份", func(ctx context.Context, progress app.Progress) (err error) {
		plan, err = r.restorer.PlanRestore(ctx, r.path, secret, progress)
		if problem, _ := data.AsProblem(err); problem.Where.Field == "password" {
			wrong, err = problem.Error(), nil
		}
		return err
	}, func() {
		if wrong != "" {
			r.askPassword(one, wrong)
			return
		}
		r.preview(plan)
	})
}

// preview shows what is in the backup, what there is now, and what would be lost.
func (r *restoring) preview(plan *app.RestorePlan) {
	dialog := ui.NewDialog(r.desk.Window, "用这个备份换下现在的数据？")
	dialog.Width = restoreWidth
	dialog.Text = fmt.Sprintf("备份：%s（%s），%s。已解密并核对，内容完整。", plan.Backup.At, plan.Backup.Reason, plan.Backup.Unit)
	body := ui.Column(12, figures(plan))
	for _, note := range restoreNotes(plan) {
		body.Add(note)
	}
	body.Add(lostActions(plan.Present))
	dialog.Body = body
	dialog.OnCancel = plan.Discard
	dialog.SetDanger("换成这个备份", func() { r.restore(plan) })
	dialog.Show()
}

func figures(plan *app.RestorePlan) fyne.CanvasObject {
	rows := plan.Backup.Counts.List()
	table := ui.NewSimpleTable(ui.TableColumn{Key: "name", Title: "内容"}, ui.TableColumn{Key: "now", Title: "现在", Width: figureWidth, Right: true},
		ui.TableColumn{Key: "backup", Title: "备份里", Width: figureWidth, Right: true}, ui.TableColumn{Key: "difference", Title: "恢复后", Width: figureWidth, Right: true})
	table.Count = func() int { return len(rows) }
	table.Cell = func(row, column int) ui.Cell {
		if column == 0 {
			return ui.Cell{Text: rows[row].Name}
		}
		if column == 2 {
			return ui.Cell{Text: Thousands(rows[row].Count)}
		}
		if plan.Present == nil {
			return ui.Cell{Text: "–", Role: theme.Secondary}
		}
		now := plan.Present.Counts.List()[row].Count
		if column == 1 {
			return ui.Cell{Text: Thousands(now)}
		}
		return differenceCell(rows[row].Count - now)
	}
	return table
}

func differenceCell(difference int) ui.Cell {
	switch {
	case difference < 0:
		return ui.Cell{Text: "少 " + Thousands(-difference), Role: theme.TextDanger}
	case difference > 0:
		return ui.Cell{Text: "多 " + Thousands(difference)}
	}
	return ui.Cell{Text: "一样", Role: theme.Secondary}
}

func restoreNotes(plan *app.RestorePlan) []fyne.CanvasObject {
	var notes []fyne.CanvasObject
	if plan.OtherUnit() {
		notes = append(notes, ui.NewNote(ui.ToneDanger, "不是同一个单位。", fmt.Sprintf("现在的数据是“%s”的，备份是“%s”的。请确认没有选错文件。", plan.Present.Unit, plan.Backup.Unit)))
	}
	for _, name := range plan.Broken {
		notes = append(notes, ui.NewNote(ui.ToneWarning, "备份里的数据体检不对。", "“"+name+"”不成立，做备份时就是这样。"))
	}
	if plan.Present != nil {
		notes = append(notes, ui.NewNote(ui.TonePrimary, "现在的数据不会丢。", "恢复以前先备份，数据文件也原样保留；恢复错了可以再恢复回来。恢复后请用做备份时的密码登录。"))
	}
	return notes
}

// lostActions names what was done after the backup.
func lostActions(present *app.PresentData) fyne.CanvasObject {
	if present == nil {
		return ui.Column(0)
	}
	if len(present.Lost) == 0 {
		return ui.NewCaption("备份以后没有别的操作。", theme.Secondary)
	}
	lines := ui.Column(4, ui.NewBold(fmt.Sprintf("备份以后做过的 %s 项操作不在备份里", Thousands(len(present.Lost)))))
	for _, entry := range present.Lost[:min(len(present.Lost), shownLost)] {
		lines.Add(ui.NewElidedText(fmt.Sprintf("%s　%s　%s", entry.At, entry.Target, entry.Detail), theme.Secondary))
	}
	if more := len(present.Lost) - shownLost; more > 0 {
		lines.Add(ui.NewCaption(fmt.Sprintf("还有 %s 项，都在“操作日志”里。", Thousands(more)), theme.Secondary))
	}
	return lines
}

func (r *restoring) restore(plan *app.RestorePlan) {
	var result app.RestoreResult
	r.desk.Work("正在恢复", func(ctx context.Context, progress app.Progress) (err error) {
		result, err = r.restorer.Restore(ctx, plan, plan.OtherUnit(), progress)
		return err
	}, func() { r.done(result) })
}

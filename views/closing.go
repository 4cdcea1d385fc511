package views

import (
	"context"
	"fmt"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// backUpAtExit makes the backup at exit, where something changed since the last, and then ends. Closing the window once more ends at
// once; where no backup can be made, a person decides.
func (w *Window) backUpAtExit(end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	needed, err := w.app.BackupNeeded(ctx)
	if w.closing || err != nil || !needed || !w.app.AutomaticBackups() {
		cancel()
		end()
		return
	}
	w.closing = true
	dialog := ui.ShowProgress(w.window, "正在备份，完成后自动关闭", cancel)
	w.desk.Background(func() {
		_, err := w.app.Backup(ctx, data.BackupAtExit, func(done, total int) {
			w.desk.OnScreen(func() { dialog.Set(float64(done)/float64(total), fmt.Sprintf("已完成 %d%%", done*100/total)) })
		})
		cancelled := ctx.Err() != nil
		cancel()
		w.desk.OnScreen(func() {
			dialog.Hide()
			w.closing = false
			switch {
			case err == nil:
				end()
			case cancelled:
				w.desk.Toast("已取消备份，程序没有关闭。")
			default:
				w.askUnsaved(err, end)
			}
		})
	})
}

// askUnsaved says why there is no backup and lets a person close all the same.
func (w *Window) askUnsaved(err error, end func()) {
	problem, ok := data.AsProblem(err)
	if !ok {
		problem = data.Problem{What: "程序遇到了意外的问题，没有备份成功。", Fix: "以前的备份都还在。"}
	}
	dialog := ui.NewDialog(w.window, "这次没有备份成功")
	dialog.Text = "录入的数据都已保存，没有丢失。"
	dialog.Body = ui.NewTroubleParts("", problem.What, problem.Fix)
	dialog.CancelLabel = "返回"
	dialog.AddButton("仍然关闭", end)
	dialog.SetDefault("去看备份", func() bool {
		if w.frame != nil {
			w.frame.Go(desk.Backups, nil)
		}
		return true
	})
	dialog.Show()
}

// remindBackups tells once, after the login, what makes the data or its backups unsafe.
func (w *Window) remindBackups() {
	if !w.app.AutomaticBackups() {
		return
	}
	desk.Load(w.desk, &w.reminding, func(ctx context.Context) ([]data.Problem, error) { return w.app.BackupWarnings(ctx), nil }, func(found []data.Problem) {
		if len(found) == 0 {
			return
		}
		ui.ShowToast(w.window, ui.Toast{Text: found[0].What, Tone: ui.ToneWarning, Action: "去看备份", OnAction: func() {
			if w.frame != nil {
				w.frame.Go(desk.Backups, nil)
			}
		}})
	})
}

// backupWords tells the status bar how old the newest backup is; bad where a person should look.
func backupWords(status app.BackupStatus) (words string, bad bool) {
	switch {
	case status.Trouble != nil:
		return "备份没有做全", true
	case status.At == "":
		return "还没有备份", status.Overdue
	}
	return "备份 " + data.Age(status.At, status.Now), status.Overdue || status.At > status.Now
}

package backups

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

func (b *Screen) backUp() {
	var result app.BackupResult
	b.desk.Work("正在备份", func(ctx context.Context, progress app.Progress) (err error) {
		result, err = b.service.Backup(ctx, data.BackupByHand, progress)
		return err
	}, func() {
		if len(result.Troubles) > 0 {
			problem := result.Troubles[0]
			ui.ShowTrouble(b.desk.Window, ui.Trouble{Title: fmt.Sprintf("备份好了，但有 %d 个位置没有写成", len(result.Troubles)),
				Where: "“" + filepath.Dir(result.Made[0].Path) + "”里有这次的备份", What: problem.What, Fix: problem.Fix})
			return
		}
		b.desk.Toast(fmt.Sprintf("已备份到 %d 个位置，读回核对过。", len(result.Made)))
	})
}

func (b *Screen) saveAs() {
	request := ui.FileRequest{Title: "备份另存到", Extensions: []string{data.BackupExtension}, Save: true, Name: b.service.ProposedBackupName(context.Background()), Verb: "备份到这里"}
	ui.ChooseFile(b.desk.Window, request, func(path string) {
		b.desk.Work("正在备份", func(ctx context.Context, progress app.Progress) error {
			_, err := b.service.BackupTo(ctx, path, data.BackupByHand, progress)
			return err
		}, func() { b.desk.Toast("已备份到“" + filepath.Base(path) + "”，读回核对过。") })
	})
}

func (b *Screen) choose() {
	ui.ChooseFile(b.desk.Window, ui.FileRequest{Title: "选择要恢复的备份", Extensions: []string{data.BackupExtension}, Verb: "恢复"}, b.restore)
}

// restore leads through the restore; the window shows the login then.
func (b *Screen) restore(path string) {
	b.desk.AskRestore(b.service, path, func(app.RestoreResult) { b.desk.Toast("已恢复。请用做备份时的密码登录。") })
}

// prove reads a backup once more from its disk.
func (b *Screen) prove(one data.Backup) {
	b.desk.Work("正在核对备份", func(ctx context.Context, progress app.Progress) error {
		return b.service.ProveBackup(ctx, one.Path, progress)
	},
		func() { b.desk.Toast("这个备份完整，可以恢复。") })
}

func (b *Screen) closeDrawer() {
	b.host.SetOpen(false)
	b.table.CloseRow()
}

// open shows one backup with what can be done with it.
func (b *Screen) open(row int) {
	one := b.list[row]
	state := b.stateCell(one)
	body := ui.Column(6, ui.NewKeyValue("时间", string(one.At)), ui.NewKeyValue("大小", size(one.Size)),
		ui.NewKeyParagraph("文件", filepath.Base(one.Path)), ui.NewKeyParagraph("文件夹", filepath.Dir(one.Path)))
	if one.Trouble != "" {
		body.Add(ui.NewLine())
		body.Add(ui.NewTroubleParts("", "这个文件不能用："+one.Trouble, "程序不会用它，也不会删它；确定不要了，可以在文件夹里删除。"))
	} else {
		b.describe(body, one)
	}
	b.drawer.SetTitle("备份", ui.NewPill(state.Text, state.Tone))
	b.drawer.SetBody(body)
	folder := ui.NewButton("打开文件夹", "folder-open", func() { b.openFolder(filepath.Dir(one.Path)) })
	restore, prove := ui.NewButton("恢复…", "history", func() { b.restore(one.Path) }), ui.NewButton("重新核对", "shield-check", func() { b.prove(one) })
	restore.SetDisabled(one.Trouble != "")
	prove.SetDisabled(one.Trouble != "" || !one.Own)
	b.drawer.SetFooter(ui.Wide(restore), ui.Wide(prove), folder)
	b.host.SetOpen(true)
}

func (b *Screen) describe(body *fyne.Container, one data.Backup) {
	body.Add(ui.NewKeyValue("原因", string(one.Reason)))
	body.Add(ui.NewKeyParagraph("单位", one.Unit))
	body.Add(ui.NewLine())
	for _, count := range one.Counts.List() {
		body.Add(ui.NewKeyValue(count.Name, desk.Thousands(count.Count)))
	}
	for _, name := range one.Broken {
		body.Add(ui.NewParagraph("做备份时数据体检就不对：“"+name+"”。", theme.TextWarning))
	}
}

func (b *Screen) openFolder(folder string) {
	open := b.desk.OpenFile
	if open == nil {
		open = desk.OpenFile
	}
	if err := open(folder); err != nil {
		b.desk.Fail(err)
	}
}

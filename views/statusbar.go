package views

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/theme"
	"peixun/views/ui"
)

// statusIcon is the extent in px of the status bar's icons.
const statusIcon float32 = 14

// statusBar tells that all is saved, and where.
type statusBar struct {
	app     *app.App
	content *fyne.Container
	saved   *ui.Text
	size    *ui.Text
	backup  *ui.Button
}

// newStatusBar makes the bar; toBackups opens the page about them.
func newStatusBar(application *app.App, toBackups func()) *statusBar {
	s := &statusBar{app: application, saved: ui.NewCaption("", theme.Secondary), size: ui.NewCaption("", theme.Secondary)}
	s.backup = ui.NewLink("", toBackups)
	s.backup.Small, s.backup.Tip = true, "备份与恢复"
	path := ui.NewElidedText(application.DatabasePath(), theme.Secondary)
	path.TextSize = theme.SizeCaption
	line := ui.Row(4, ui.NewSizedIcon("circle-check", theme.Success, statusIcon), s.saved, ui.Gap(16),
		ui.NewSizedIcon("database", theme.Secondary, statusIcon), ui.Wide(path),
		ui.NewSizedIcon("shield", theme.Secondary, statusIcon), s.size, ui.Gap(16), s.backup)
	s.content = ui.Ground(theme.Surface, ui.Column(0, ui.NewLine(), ui.Grow(ui.Pad(16, 0, 16, 0, line))))
	s.refresh()
	return s
}

const bytesPerMegabyte = 1 << 20

func (s *statusBar) refresh() {
	saved := "数据都已保存到本地"
	if at := s.app.SavedAt(); at != "" {
		saved = "已保存到本地 " + string(at[len("2006-01-02 "):])
	}
	s.saved.SetText(saved)
	s.size.SetText(fmt.Sprintf("个人信息已加密 · %.1f MB", float64(s.app.DatabaseSize())/bytesPerMegabyte))
	words, bad := backupWords(s.app.BackupStatus(context.Background()))
	s.backup.TextRole, s.backup.IconRole, s.backup.Icon = theme.Secondary, theme.Secondary, "hard-drive"
	if bad {
		s.backup.TextRole, s.backup.IconRole, s.backup.Icon = theme.TextWarning, theme.TextWarning, "triangle-alert"
	}
	s.backup.SetLabel(words)
	s.content.Refresh()
}

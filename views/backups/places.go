package backups

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// remindChoices are the days after which the program reminds.
var remindChoices = []int{1, 3, 7, 14, 30}

// places is the strip that tells where backups go and when the program reminds.
type places struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject
	second  *ui.ElidedText
	choose  *ui.Button
	none    *ui.Button
	remind  *ui.Select
}

func newPlaces(d *desk.Desk, s service) *places {
	p := &places{desk: d, service: s, second: ui.NewElidedText("", theme.Text)}
	p.choose = ui.NewSmallButton("选择文件夹…", "folder", p.ask)
	p.none = ui.NewSmallButton("不再用", "x", func() { p.set("") })
	var options []ui.Option
	for _, days := range remindChoices {
		options = append(options, ui.Option{Key: strconv.Itoa(days), Text: fmt.Sprintf("%d 天没有备份就提醒", days)})
	}
	p.remind = ui.NewSelect("", options...)
	p.remind.Width = 190
	p.remind.OnChanged = func(key string) {
		days, _ := strconv.Atoi(key)
		d.Do(func(ctx context.Context) error { return s.SetBackupRemindDays(ctx, days) }, func() {})
	}
	first := ui.NewElidedText(s.DefaultBackupFolder(), theme.Text)
	lines := ui.Column(8,
		ui.Row(8, ui.Fixed(placeLabel, ui.NewText("每次都备份到", theme.Secondary)), ui.Wide(first), p.remind),
		ui.Row(8, ui.Fixed(placeLabel, ui.NewText("同时备份到", theme.Secondary)), ui.Wide(p.second), p.none, p.choose))
	p.content = ui.Pad(16, 12, 16, 12, lines)
	return p
}

const placeLabel float32 = 96 // px

func (p *places) show(chosen string, days int) {
	text, role := chosen, theme.Text
	if chosen == "" {
		text, role = "没有选择。建议选一个 U 盘或另一块硬盘上的文件夹：电脑坏了，数据还在。", theme.Secondary
	}
	p.second.Role = role
	p.second.SetText(text)
	p.none.Hidden = chosen == ""
	p.remind.SetKey(strconv.Itoa(days))
	p.content.Refresh()
}

func (p *places) ask() {
	ui.ChooseFile(p.desk.Window, ui.FileRequest{Title: "同时备份到哪个文件夹", Folder: true, Verb: "用这个文件夹"}, p.set)
}

func (p *places) set(folder string) {
	p.desk.Do(func(ctx context.Context) error { return p.service.SetBackupFolder(ctx, folder) }, func() {})
}

// Package backups is 备份与恢复: the backups that there are, making one, where they go, and restoring one.
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

// service is what 备份与恢复 asks of the program.
type service interface {
	desk.WidthKeeper
	desk.Restorer
	Backups(ctx context.Context) ([]data.Backup, error)
	BackupStatus(ctx context.Context) app.BackupStatus
	Backup(ctx context.Context, reason data.BackupReason, progress app.Progress) (app.BackupResult, error)
	BackupTo(ctx context.Context, path string, reason data.BackupReason, progress app.Progress) (data.Backup, error)
	ProveBackup(ctx context.Context, path string, progress app.Progress) error
	DefaultBackupFolder() string
	BackupFolder(ctx context.Context) string
	SetBackupFolder(ctx context.Context, folder string) error
	BackupRemindDays(ctx context.Context) int
	SetBackupRemindDays(ctx context.Context, days int) error
	BackupWarnings(ctx context.Context) []data.Problem
	ProposedBackupName(ctx context.Context) string
}

// drawerWidth is in px, the line before it included.
const drawerWidth float32 = 372

// Screen is 备份与恢复.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	sentence *ui.ElidedText
	notes    *fyne.Container
	table    *ui.DataTable
	places   *places
	count    *ui.Text
	host     *ui.DrawerHost
	drawer   *ui.Drawer
	loading  desk.Sequence
	list     []data.Backup
	proved   map[string]data.Moment // when a file was read back once more
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	b := &Screen{desk: d, service: s, sentence: ui.NewElidedText("", theme.Text), notes: ui.Column(0), count: ui.NewText("", theme.Secondary), proved: map[string]data.Moment{}}
	b.table = ui.NewDataTable(
		ui.TableColumn{Key: "at", Title: "时间", Width: 168, Strong: true},
		ui.TableColumn{Key: "reason", Title: "原因", Width: 112, Narrow: 96},
		ui.TableColumn{Key: "trainees", Title: "学员", Width: 84, Right: true, HideBelow: 620},
		ui.TableColumn{Key: "orders", Title: "订单", Width: 76, Right: true, HideBelow: 620},
		ui.TableColumn{Key: "recharges", Title: "充值明细", Width: 92, Right: true, HideBelow: 700},
		ui.TableColumn{Key: "size", Title: "大小", Width: 92, Narrow: 84, Right: true},
		ui.TableColumn{Key: "place", Title: "在哪里", HideBelow: 760},
		ui.TableColumn{Key: "state", Title: "状态", Width: 112})
	b.table.Count = func() int { return len(b.list) }
	b.table.Cell = b.cell
	b.table.OnOpen = b.open
	b.table.Empty = ui.NewEmptyState("hard-drive", "还没有备份", "备份是一个加密的文件，用登录密码或恢复密钥才能打开。换电脑、硬盘坏了都靠它。",
		[]fyne.CanvasObject{ui.NewButton("立即备份", "save", b.backUp)}, nil, "")
	desk.RememberWidths(s, "columns.backups", b.table)
	b.drawer = ui.NewDrawer()
	b.drawer.OnStep, b.drawer.OnClose = b.table.OpenStep, b.closeDrawer
	b.places = newPlaces(d, s)
	head := ui.NewPageHead(b.sentence, ui.NewButton("另存到…", "file-down", b.saveAs), ui.NewButton("从文件恢复…", "history", b.choose), ui.NewFilledButton("立即备份", "save", b.backUp))
	list := ui.Column(0, ui.Grow(b.table), ui.NewFooter(b.count))
	b.host = ui.NewDrawerHost(list, b.drawer, drawerWidth)
	b.content = ui.Ground(theme.Surface, ui.Column(0, head, b.notes, b.places.content, ui.NewLine(), ui.Grow(b.host)))
	return b
}

// Content is part of desk.Screen.
func (b *Screen) Content() fyne.CanvasObject { return b.content }

// Enter reads the folders anew.
func (b *Screen) Enter(any) {
	ui.SetOnEscape(b.desk.Window.Canvas(), b.closeDrawer)
	b.load()
}

// Changed reads the folders anew after a backup.
func (b *Screen) Changed(event app.Event) {
	if event == app.BackupsChanged || event == app.SettingsChanged {
		b.load()
	}
}

// Dropped restores a backup that was dropped on the window.
func (b *Screen) Dropped(paths []string) { b.restore(paths[0]) }

// found is what a look into the folders tells.
type found struct {
	list     []data.Backup
	status   app.BackupStatus
	warnings []data.Problem
	chosen   string
	days     int
}

func (b *Screen) load() {
	desk.Load(b.desk, &b.loading, func(ctx context.Context) (found, error) {
		list, err := b.service.Backups(ctx)
		return found{list, b.service.BackupStatus(ctx), b.service.BackupWarnings(ctx), b.service.BackupFolder(ctx), b.service.BackupRemindDays(ctx)}, err
	}, b.show)
}

func (b *Screen) show(f found) {
	b.list = f.list
	b.sentence.SetText(sentence(f.status))
	b.notes.Objects = nil
	for _, problem := range f.warnings {
		b.notes.Add(ui.Pad(16, 10, 16, 0, ui.NewNote(ui.ToneWarning, "", problem.Error())))
	}
	b.places.show(f.chosen, f.days)
	b.count.SetText(fmt.Sprintf("共 %s 个。自动清理：最近 10 个、最近 14 天每天一个、最近 12 个月每月一个，总会留着。", desk.Thousands(len(f.list))))
	b.table.Refresh()
	b.content.Refresh()
}

func sentence(status app.BackupStatus) string {
	if status.At == "" {
		return "还没有备份。退出程序时，以及导入、月结、报盘、恢复以前，会自动备份。"
	}
	return fmt.Sprintf("最近一次备份：%s（%s）。退出时，以及导入、月结、报盘、恢复以前，会自动备份。", status.At, data.Age(status.At, status.Now))
}

func (b *Screen) cell(row, column int) ui.Cell {
	one := b.list[row]
	switch key := b.table.Columns[column].Key; key {
	case "at":
		return ui.Cell{Text: string(one.At)}
	case "size":
		return ui.Cell{Text: size(one.Size)}
	case "place":
		return ui.Cell{Text: b.placeOf(one), Role: theme.Secondary}
	case "state":
		return b.stateCell(one)
	default:
		if one.Trouble != "" {
			return ui.Cell{}
		}
		return ui.Cell{Text: map[string]string{"reason": string(one.Reason), "trainees": desk.Thousands(one.Counts.Trainees),
			"orders": desk.Thousands(one.Counts.Orders), "recharges": desk.Thousands(one.Counts.Recharges)}[key]}
	}
}

func (b *Screen) placeOf(one data.Backup) string {
	if filepath.Dir(one.Path) == b.service.DefaultBackupFolder() {
		return "默认文件夹"
	}
	return filepath.Dir(one.Path)
}

func (b *Screen) stateCell(one data.Backup) ui.Cell {
	switch {
	case one.Trouble != "":
		return ui.Cell{Text: "不能用", Tone: ui.ToneDanger}
	case !one.Own:
		return ui.Cell{Text: "别的数据", Tone: ui.ToneNeutral}
	case len(one.Broken) > 0:
		return ui.Cell{Text: "体检不对", Tone: ui.ToneWarning}
	}
	return ui.Cell{Text: "已核对", Tone: ui.ToneSuccess}
}

// size writes a file's length.
func size(bytes int64) string {
	const kilobyte, megabyte = 1 << 10, 1 << 20
	if bytes < megabyte {
		return fmt.Sprintf("%d KB", (bytes+kilobyte-1)/kilobyte)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/megabyte)
}

package ui

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// folderBrowser is our own file dialog for systems without one: a folder's content in a table.
type folderBrowser struct {
	request FileRequest
	chosen  func(paths []string)
	dialog  *Dialog
	folder  string
	entries []os.DirEntry
	table   *DataTable
	path    *Text
}

func showFolderBrowser(window fyne.Window, request FileRequest, folder string, chosen func(paths []string)) {
	b := &folderBrowser{request: request, chosen: chosen, path: NewText("", theme.Secondary)}
	b.path.Elide = true
	b.table = NewDataTable(TableColumn{Key: "name", Title: "名称"}, TableColumn{Key: "date", Title: "修改时间", Width: 150})
	b.table.Count = func() int { return len(b.entries) }
	b.table.Cell = b.cell
	b.table.OnOpen = func(row int) { b.open(b.entries[row]) }
	b.table.Empty = NewEmptyState("folder-open", "没有可选的文件", "换一个文件夹看看。", nil, nil, "")
	up := NewSmallButton("上一级", "arrow-up", func() { b.show(filepath.Dir(b.folder)) })
	d := NewDialog(window, request.Title)
	d.Width = 620
	d.Body = Column(8, Row(8, up, Wide(b.path)), Fixed(340, Stack(NewBox(theme.Surface, theme.Border, 0), Pad(1, 1, 1, 1, b.table))))
	d.First = b.table
	if request.several {
		b.tickFiles(d)
	}
	if request.Folder || request.Save {
		d.SetDefault("用这个文件夹", func() bool { b.useFolder(); return true })
	}
	b.dialog = d
	b.show(folder)
	d.Show()
}

// tickFiles lets several files be ticked and taken together.
func (b *folderBrowser) tickFiles(d *Dialog) {
	b.table.Ticks = true
	b.table.Key = func(row int) int64 { return int64(row) + 1 }
	b.table.RowDisabled = func(row int) bool { return b.entries[row].IsDir() }
	d.SetDefault("打开勾选的文件", func() bool {
		var paths []string
		for _, row := range b.table.Ticked() {
			paths = append(paths, filepath.Join(b.folder, b.entries[row-1].Name()))
		}
		if len(paths) == 0 {
			return false
		}
		d.Hide()
		b.chosen(paths)
		return true
	})
}

func (b *folderBrowser) useFolder() {
	path := b.folder
	if b.request.Save && b.request.Name != "" {
		path = filepath.Join(path, b.request.Name)
	}
	b.dialog.Hide()
	b.chosen([]string{path})
}

func (b *folderBrowser) open(entry os.DirEntry) {
	path := filepath.Join(b.folder, entry.Name())
	if entry.IsDir() {
		b.show(path)
		return
	}
	b.dialog.Hide()
	b.chosen([]string{path})
}

// show lists folders first, then files of the wanted kinds; hidden ones are left out.
func (b *folderBrowser) show(folder string) {
	found, err := os.ReadDir(folder)
	if err != nil {
		b.path.SetText("打不开：" + folder)
		return
	}
	b.folder, b.entries = folder, nil
	b.table.ClearTicks()
	for _, entry := range found {
		hidden := strings.HasPrefix(entry.Name(), ".")
		wanted := entry.IsDir() || (!b.request.Folder && b.request.Accepts(entry.Name()))
		if !hidden && wanted {
			b.entries = append(b.entries, entry)
		}
	}
	sort.SliceStable(b.entries, func(i, j int) bool { return b.entries[i].IsDir() && !b.entries[j].IsDir() })
	b.path.SetText(folder)
	b.table.CloseRow()
	b.table.scrollTo(0)
	b.table.cursor = 0
	b.table.Refresh()
}

func (b *folderBrowser) cell(row, column int) Cell {
	entry := b.entries[row]
	if column == 0 {
		icon := "file"
		if entry.IsDir() {
			icon = "folder"
		}
		return Cell{Text: entry.Name(), Icon: icon}
	}
	if info, err := entry.Info(); err == nil {
		return Cell{Text: info.ModTime().Format("2006-01-02 15:04"), Role: theme.Secondary}
	}
	return Cell{}
}

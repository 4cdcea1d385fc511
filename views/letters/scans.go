package letters

import (
	"context"
	"fmt"
	"image"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// scanTypes are what the file dialog offers; a file is judged by its content later.
var scanTypes = []string{".pdf", ".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}

// scanPart lists the letter's files and offers to add one.
func (s *Screen) scanPart(d letterDetails) fyne.CanvasObject {
	part := ui.Column(6, ui.Row(8, ui.NewSection("扫描件"), ui.Space(), ui.NewSmallButton("添加", "plus", func() { s.chooseScan(d.row.ID) })))
	if len(d.scans) == 0 {
		part.Add(ui.NewCaptionParagraph("盖章后或回签后的扫描件可以存在这里，加密保存。可以把文件拖到窗口里。", theme.Secondary))
	}
	for _, scan := range d.scans {
		part.Add(ui.Row(4, ui.Wide(ui.NewElidedText(scan.Name, theme.Text)), ui.NewLink("查看", func() { s.showScan(scan) }),
			ui.NewSmallIconButton("trash-2", "删除这份扫描件", theme.Secondary, func() { s.removeScan(d.row.ID, scan) })))
	}
	return part
}

func (s *Screen) chooseScan(letterID int64) {
	request := ui.FileRequest{Title: "选择回签扫描件", Extensions: scanTypes}
	ui.ChooseFile(s.desk.Window, request, func(path string) { s.addScan(letterID, path) })
}

func (s *Screen) addScan(letterID int64, path string) {
	var scan data.LetterScan
	s.desk.Do(func(ctx context.Context) (err error) {
		scan, err = s.service.AddLetterScan(ctx, letterID, path)
		return err
	}, func() { s.desk.Toast(fmt.Sprintf("已添加“%s”。", scan.Name)) })
}

// Dropped adds files to the letter that is open.
func (s *Screen) Dropped(paths []string) {
	if s.tabs.Selected() != tabRegister || s.letter == 0 {
		s.desk.Toast("请先在“确认书登记”里打开一份确认书，再把扫描件拖进来。")
		return
	}
	for _, path := range paths {
		s.addScan(s.letter, path)
	}
}

func (s *Screen) showScan(scan data.LetterScan) {
	if scan.Type == "application/pdf" {
		preview.Show(s.desk, s.service, preview.Paper{Title: "回签扫描件", Name: scan.Name, Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			content, err := s.service.LetterScanContent(ctx, scan.ID)
			if err == nil {
				_, err = w.Write(content)
			}
			return app.Written{}, err
		}})
		return
	}
	view := &ui.FullView{Title: "回签扫描件", Names: []string{scan.Name}, Load: func(_ int, show func(image.Image)) {
		var picture image.Image
		s.desk.Do(func(ctx context.Context) (err error) {
			picture, err = s.service.LetterScanImage(ctx, scan.ID)
			picture = ui.Halved(picture)
			return err
		}, func() { show(picture) })
	}}
	view.Show(s.desk.Window, 0)
}

func (s *Screen) removeScan(letterID int64, scan data.LetterScan) {
	s.desk.Do(func(ctx context.Context) error { return s.service.RemoveLetterScan(ctx, letterID, scan.ID) }, func() {
		ui.ShowToast(s.desk.Window, ui.Toast{Text: fmt.Sprintf("已删除“%s”。", scan.Name), Action: "撤销", OnAction: func() {
			s.desk.Do(func(ctx context.Context) error { return s.service.RestoreLetterScan(ctx, letterID, scan.ID) }, func() {})
		}})
	})
}

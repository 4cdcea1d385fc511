package hours

import (
	"context"
	"fmt"
	"image"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// paperTypes are what the file dialog offers; a file is judged by its content later.
var paperTypes = []string{".pdf", ".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}

// paperPart lists a record's papers and offers to add one.
func (s *Screen) paperPart(row data.OfflineHoursRow, papers []data.HoursPaper) fyne.CanvasObject {
	part := ui.Column(6, ui.Row(8, ui.NewBold("附件"), ui.Space(), ui.NewSmallButton("添加", "plus", func() { s.choosePaper(row.ID) })))
	if len(papers) == 0 {
		part.Add(ui.NewCaptionParagraph("证明、签到表的照片、扫描件或 PDF，加密保存在数据里。可以把文件拖到窗口里。", theme.Secondary))
	}
	for _, paper := range papers {
		part.Add(ui.Row(4, ui.Wide(ui.NewElidedText(paper.Name, theme.Text)), ui.NewLink("查看", func() { s.showPaper(paper) }),
			ui.NewSmallIconButton("download", "另存这个附件", theme.Secondary, func() { s.savePaper(paper) }),
			ui.NewSmallIconButton("trash-2", "删除这个附件", theme.Secondary, func() { s.removePaper(row.ID, paper) })))
	}
	return part
}

func (s *Screen) choosePaper(hoursID int64) {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择证明材料", Extensions: paperTypes}, func(path string) { s.addPapers(hoursID, []string{path}) })
}

// addPapers keeps files with a record, as many as there are; the first that cannot be kept is told.
func (s *Screen) addPapers(hoursID int64, paths []string) {
	added := 0
	var refused error
	s.desk.Work("正在添加附件", func(ctx context.Context, progress app.Progress) error {
		for place, path := range paths {
			progress(place, len(paths))
			if _, err := s.service.AddHoursFile(ctx, hoursID, path); err != nil && refused == nil {
				refused = err
			} else if err == nil {
				added++
			}
		}
		return ctx.Err()
	}, func() {
		if refused != nil {
			s.desk.Fail(refused)
			return
		}
		s.desk.Toast(fmt.Sprintf("已添加 %d 个附件。", added))
	})
}

func (s *Screen) showPaper(paper data.HoursPaper) {
	preview.ShowFile(s.desk, s.service, preview.File{Title: "附件", Name: paper.Name, Type: paper.Type,
		Content: func(ctx context.Context) ([]byte, error) { return s.service.HoursFileContent(ctx, paper.ID) },
		Image:   func(ctx context.Context) (image.Image, error) { return s.service.HoursFileImage(ctx, paper.ID) },
	})
}

func (s *Screen) savePaper(paper data.HoursPaper) {
	ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "另存附件", Save: true, Name: paper.Name}, func(path string) {
		s.desk.Do(func(ctx context.Context) error { return s.service.SaveHoursFile(ctx, paper.ID, path) }, func() { s.desk.Toast("附件已保存到 " + path) })
	})
}

func (s *Screen) removePaper(hoursID int64, paper data.HoursPaper) {
	s.desk.Do(func(ctx context.Context) error { return s.service.RemoveHoursFile(ctx, hoursID, paper.ID) }, func() {
		ui.ShowToast(s.desk.Window, ui.Toast{Text: fmt.Sprintf("已删除“%s”。", paper.Name), Action: "撤销", OnAction: func() {
			s.desk.Do(func(ctx context.Context) error { return s.service.RestoreHoursFile(ctx, hoursID, paper.ID) }, func() {})
		}})
	})
}

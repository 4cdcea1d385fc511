package letters

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"

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
		part.Add(ui.NewCaptionParagraph("盖章后或回签后的扫描件可以存在这里，加密保存。把文件拖到窗口里，程序按纸上的二维码找到是哪一份。", theme.Secondary))
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

// chooseScans stores scans, or all those in a folder, each with the letter that its QR code names.
func (s *Screen) chooseScans() {
	request := ui.FileRequest{Title: "选择盖章或回签后的扫描件", Extensions: scanTypes}
	ui.ChooseFiles(s.desk.Window, request, s.Dropped)
}

// Dropped stores scans, each with the letter that its QR code names. One without a readable code belongs to the letter that is open.
func (s *Screen) Dropped(paths []string) {
	open := int64(0)
	if s.tabs.Selected() == tabRegister {
		open = s.letter
	}
	var filed []app.FiledScan
	s.desk.Work("正在识别扫描件上的二维码", func(ctx context.Context, progress app.Progress) (err error) {
		filed, err = s.service.FileScans(ctx, paths, progress)
		return err
	}, func() { s.tellFiled(filed, open) })
}

// tellFiled says where scans went, and offers to register the letters that came back with them.
func (s *Screen) tellFiled(filed []app.FiledScan, open int64) {
	var letters, sent []data.LetterRow
	var failed []app.FiledScan
	for _, one := range filed {
		for _, letter := range one.Letters {
			if slices.ContainsFunc(letters, func(known data.LetterRow) bool { return known.ID == letter.ID }) {
				continue
			}
			if letters = append(letters, letter); letter.State == data.LetterSent {
				sent = append(sent, letter)
			}
		}
		if problem, _ := data.AsProblem(one.Err); problem.Code == "scan-no-code" && open != 0 {
			s.addScan(open, one.Path)
		} else if one.Err != nil {
			failed = append(failed, one)
		}
	}
	if len(letters) > 0 {
		toast := ui.Toast{Text: "扫描件已存到确认书 " + letterNumbers(letters) + "。"}
		if len(sent) > 0 {
			toast.Action, toast.OnAction = "登记已回签", func() { s.askStep(sent, data.LetterReturned) }
		}
		ui.ShowToast(s.desk.Window, toast)
	}
	s.tellFailed(failed, len(filed))
}

// letterNumbers names letters; of many the first ones.
func letterNumbers(letters []data.LetterRow) string {
	const most = 3
	var numbers []string
	for _, letter := range letters[:min(len(letters), most)] {
		numbers = append(numbers, letter.Number)
	}
	text := strings.Join(numbers, "、")
	if len(letters) > most {
		text += fmt.Sprintf(" 等 %d 份", len(letters))
	}
	return text
}

// tellFailed says of scans why they were not stored, and of each kind once how to mend it.
func (s *Screen) tellFailed(failed []app.FiledScan, of int) {
	if len(failed) == 0 {
		return
	}
	if of == 1 {
		s.desk.Fail(failed[0].Err)
		return
	}
	var what, fixes []string
	for _, one := range failed {
		problem, known := data.AsProblem(one.Err)
		if !known {
			s.desk.Fail(one.Err)
			return
		}
		what = append(what, filepath.Base(one.Path)+"："+problem.What)
		if !slices.Contains(fixes, problem.Fix) {
			fixes = append(fixes, problem.Fix)
		}
	}
	ui.ShowTrouble(s.desk.Window, ui.Trouble{Title: fmt.Sprintf("%d 份扫描件没有存", len(failed)), Where: "确认书登记",
		What: strings.Join(what, "\n"), Fix: strings.Join(fixes, "\n")})
}

func (s *Screen) showScan(scan data.LetterScan) {
	preview.ShowFile(s.desk, s.service, preview.File{Title: "回签扫描件", Name: scan.Name, Type: scan.Type,
		Content: func(ctx context.Context) ([]byte, error) { return s.service.LetterScanContent(ctx, scan.ID) },
		Image:   func(ctx context.Context) (image.Image, error) { return s.service.LetterScanImage(ctx, scan.ID) },
	})
}

func (s *Screen) removeScan(letterID int64, scan data.LetterScan) {
	s.desk.Do(func(ctx context.Context) error { return s.service.RemoveLetterScan(ctx, letterID, scan.ID) }, func() {
		ui.ShowToast(s.desk.Window, ui.Toast{Text: fmt.Sprintf("已删除“%s”。", scan.Name), Action: "撤销", OnAction: func() {
			s.desk.Do(func(ctx context.Context) error { return s.service.RestoreLetterScan(ctx, letterID, scan.ID) }, func() {})
		}})
	})
}

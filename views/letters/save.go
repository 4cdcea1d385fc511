package letters

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"peixun/app"
	"peixun/views/ui"
)

// save asks for a place, makes the order's letter and writes it there. Nothing is made, and no number taken, before
// the place is known.
func (s *Screen) save(orderID int64, number string, andOpen bool) {
	if s.making {
		return
	}
	request := ui.FileRequest{Title: "保存确认书", Extensions: []string{".pdf"}, Save: true, Name: "确认书_" + number + ".pdf"}
	ui.ChooseFile(s.desk.Window, request, func(path string) { s.make(orderID, path, andOpen) })
}

func (s *Screen) make(orderID int64, path string, andOpen bool) {
	before, had := s.found.live(orderID)
	var made app.MadeLetter
	var failure error
	s.making = true
	s.showDrawer()
	s.desk.Do(func(ctx context.Context) error {
		if made, failure = s.service.MakeLetter(ctx, orderID); failure == nil {
			failure = app.WriteFile(path, func(w io.Writer) error { _, err := w.Write(made.PDF); return err })
		}
		return nil
	}, func() {
		s.making = false
		if failure != nil {
			s.showDrawer()
			s.desk.Fail(failure)
			return
		}
		s.saved[orderID] = copied{made.Number, path}
		text := fmt.Sprintf("确认书 %s 已保存，共 %d 页。", made.Number, made.Pages)
		if had && before.Number != made.Number {
			text = fmt.Sprintf("订单有改动：%s 已作废，新的 %s 已保存。", before.Number, made.Number)
		}
		s.told(text, path, andOpen)
		s.reload()
	})
}

// told says that a file was saved and opens it, or offers to.
func (s *Screen) told(text, path string, andOpen bool) {
	if andOpen {
		s.desk.Toast(text)
		s.openPath(path)
		return
	}
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "打开", OnAction: func() { s.openPath(path) }})
}

// openLetter opens the order's letter where it was saved; a letter that was not saved yet is saved first.
func (s *Screen) openLetter(orderID int64, number string) {
	letter, _ := s.found.live(orderID)
	file := s.saved[orderID]
	if _, err := os.Stat(file.path); file.number != letter.Number || err != nil {
		s.save(orderID, number, true)
		return
	}
	s.openPath(file.path)
}

func (s *Screen) openPath(path string) {
	s.desk.Do(func(context.Context) error { return s.open(path) }, func() {})
}

// saveLabel writes the mailing label and offers to open it, from where it is printed.
func (s *Screen) saveLabel() {
	request := ui.FileRequest{Title: "保存邮寄标签", Extensions: []string{".pdf"}, Save: true, Name: "邮寄标签.pdf"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Do(func(ctx context.Context) error {
			return app.WriteFile(path, func(w io.Writer) error { return s.service.WriteLabel(ctx, w) })
		}, func() {
			s.told("邮寄标签已保存为“"+filepath.Base(path)+"”，正在打开，请在里面打印。", path, true)
		})
	})
}

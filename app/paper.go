package app

import (
	"context"
	"crypto/rand"
	"errors"
	"image"
	"os"
	"path/filepath"
	"time"

	"peixun/app/printing"
	"peixun/data"
	"peixun/data/pdf"
)

// Paper is a PDF whose pages can be seen.
type Paper struct{ document *pdf.Document }

// OpenPaper opens a PDF to look at its pages, counted from 0. The first one on a machine takes up to ten seconds.
// The content must not be changed afterwards; Close ends it.
func (a *App) OpenPaper(ctx context.Context, content []byte) (*Paper, error) {
	document, err := a.pdf.Open(ctx, content)
	if err != nil {
		return nil, err
	}
	return &Paper{document}, nil
}

// Pages counts the pages.
func (p *Paper) Pages() int { return p.document.Pages() }

// Size gives a page's size in points of 1/72 inch.
func (p *Paper) Size(page int) (width, height float32) {
	size := p.document.Size(page)
	return float32(size.Width), float32(size.Height)
}

// Draw gives a page as a picture, width pixels wide.
func (p *Paper) Draw(ctx context.Context, page, width int) (image.Image, error) {
	return p.document.Render(ctx, page, width)
}

// Close gives the paper's memory back.
func (p *Paper) Close() { p.document.Close() }

// Printed tells what became of a paper that was to be printed.
type Printed struct {
	// Sent is true where it went to a printer; else there is none, and another program shows the paper to print it there.
	Sent bool
	// Printer is the printer's name where the system told it.
	Printer string
}

// Print sends a PDF to the printer, or opens it in the system's program where there is none. title stands in the
// printer's queue, which others see: nothing personal may stand in it.
func (a *App) Print(ctx context.Context, content []byte, title string) (Printed, error) {
	path, err := a.printFile(content)
	if err != nil {
		return Printed{}, err
	}
	job, err := printing.Print(ctx, path, title)
	if err == nil {
		if job.Taken {
			os.Remove(path)
		}
		return Printed{Sent: true, Printer: job.Printer}, nil
	}
	if !errors.Is(err, printing.ErrNoPrinter) {
		os.Remove(path)
		return Printed{}, err
	}
	if missing := printing.Open(path); missing != nil {
		os.Remove(path)
		return Printed{}, data.Refuse("printer-missing", "", "这台电脑上没有找到打印机，也没有能打开 PDF 的程序。", "请先“保存为 PDF”，再用 U 盘拷到连着打印机的电脑上打印。").Because(errors.Join(err, missing))
	}
	return Printed{}, nil
}

// ShowPaper shows a PDF in the system's program for it.
func (a *App) ShowPaper(content []byte) error {
	path, err := a.printFile(content)
	if err != nil {
		return err
	}
	return printing.Open(path)
}

// OpenFile shows a file in the system's program for its kind.
func OpenFile(path string) error { return printing.Open(path) }

// printFolder holds copies of papers for printers and other programs. They hold personal data: the folder is the
// person's alone, their names tell nothing, and they go when the program ends, or where another one still reads them
// then, at a later start.
func (a *App) printFolder() string { return filepath.Join(filepath.Dir(a.store.Path()), "printing") }

// printFileAge is after what time a copy that an earlier run left is removed; another run may still use a younger one.
const printFileAge = time.Hour

func (a *App) printFile(content []byte) (string, error) {
	folder := a.printFolder()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", data.Refuse("file-not-written", "", "打印用的临时文件没有写成功。", "请检查磁盘是否已满。").Because(err)
	}
	path := filepath.Join(folder, rand.Text()+".pdf")
	if err := SaveFile(path, content); err != nil {
		return "", err
	}
	a.mutex.Lock()
	a.copies = append(a.copies, path)
	a.mutex.Unlock()
	return path, nil
}

// removeCopies removes the copies that this run made and those that earlier ones left.
func (a *App) removeCopies() {
	a.mutex.Lock()
	for _, path := range a.copies {
		os.Remove(path)
	}
	a.copies = nil
	a.mutex.Unlock()
	entries, err := os.ReadDir(a.printFolder())
	if err != nil {
		return
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > printFileAge {
			os.Remove(filepath.Join(a.printFolder(), entry.Name()))
		}
	}
	os.Remove(a.printFolder()) // only where it is empty
}

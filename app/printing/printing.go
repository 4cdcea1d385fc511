// Package printing hands files to the system: to its printer, or to the program that shows them.
package printing

import (
	"context"
	"errors"
	"time"

	"peixun/data"
)

// ErrNoPrinter tells that the system has no printer, or nothing that prints such a file.
var ErrNoPrinter = errors.New("no printer")

// patience is how long the print system may take to accept a file: a server that is away never answers.
const patience = 30 * time.Second

// Job is a file on its way to the printer.
type Job struct {
	// Printer is its name, or "" where the system did not tell.
	Printer string
	// Taken tells that the print system has a copy of the file of its own.
	Taken bool
}

// Print sends a PDF to the system's default printer; title names it in the printer's queue and must hold nothing personal.
// Without a printer it fails with ErrNoPrinter.
func Print(ctx context.Context, path, title string) (Job, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return send(ctx, path, title)
}

// Open shows a file in the system's program for its kind and does not wait for that program's end.
func Open(path string) error {
	if err := show(path); err != nil {
		return data.Refuse("viewer-missing", "", "没有找到能打开这个文件的程序。", "请在文件夹里双击打开："+path).Because(err)
	}
	return nil
}

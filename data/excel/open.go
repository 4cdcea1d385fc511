package excel

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"peixun/data"
)

// sniffLength is how many of a file's first bytes tell its kind.
const sniffLength = 8 << 10

// Open opens a file with tables: .xlsx, .xlsm, .xls (97–2003), .csv, .tsv or .txt, told by its content and not by its name.
// Whatever else it is, is refused with a Problem that says what it is and what to do.
func Open(path string) (Book, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, cannotOpen(err)
	}
	switch {
	case info.IsDir():
		return nil, refuse(CodeFolder, "选中的是文件夹，不是文件。", "请打开文件夹，选择里面的 .xlsx 文件。")
	case !info.Mode().IsRegular():
		return nil, notTable("系统设备")
	case strings.HasPrefix(filepath.Base(path), "~$"):
		return nil, refuse(CodeNotTable, "选中的是 Excel 打开文件时留下的临时文件（以 ~$ 开头），里面没有数据。",
			"请选择同名但不带“~$”的文件。")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, cannotOpen(err)
	}
	opened, err := openBook(file, info.Size(), filepath.Base(path), file)
	if err != nil {
		return nil, errors.Join(forPeople(err), file.Close())
	}
	return opened, nil
}

// OpenReader opens what r holds as Open does; name is a file's name, which becomes the name of a text file's only sheet.
// The reader must stay open as long as the book.
func OpenReader(r io.ReaderAt, size int64, name string) (Book, error) {
	opened, err := openBook(r, size, filepath.Base(name), nil)
	if err != nil {
		return nil, forPeople(err)
	}
	return opened, nil
}

func openBook(r io.ReaderAt, size int64, name string, file io.Closer) (*book, error) {
	switch {
	case size == 0:
		return nil, refuse(CodeEmpty, "文件是空的（0 字节）。", "请检查是否保存成功，或请提供者重新发送。")
	case size > maxFileSize:
		return nil, tooLarge(nil)
	}
	head := make([]byte, min(size, sniffLength))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return openZip(r, size, file)
	}
	if bytes.HasPrefix(head, oleSignature) {
		old, err := openOLE(r, size, name)
		if err != nil {
			return nil, err
		}
		return &book{source: old, file: file}, nil
	}
	if err := refuseForeign(head); err != nil {
		return nil, err
	}
	text, err := openText(r, size, name)
	if err != nil {
		return nil, err
	}
	return &book{source: text, file: file}, nil
}

func openZip(r io.ReaderAt, size int64, file io.Closer) (*book, error) {
	c, err := openContainer(r, size)
	if err != nil {
		return nil, err
	}
	// The parts that are read here are small; Table is what takes a context.
	w, err := openWorkbook(context.Background(), c)
	if err != nil {
		return nil, err
	}
	return &book{source: w, file: file}, nil
}

// windowsSharingViolation is ERROR_SHARING_VIOLATION: another program has the file open for itself.
const windowsSharingViolation = syscall.Errno(32)

func cannotOpen(err error) data.Problem {
	var number syscall.Errno
	locked := errors.As(err, &number) && runtime.GOOS == "windows" && number == windowsSharingViolation
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(CodeMissing, "找不到这个文件。", "它可能被移动、改名或删除了，请重新选择。").Because(err)
	case locked:
		return refuse(CodeLocked, "文件正被别的程序占用。", "请在 Excel 或 WPS 里关闭它，再试一次。").Because(err)
	case errors.Is(err, fs.ErrPermission):
		return refuse(CodeLocked, "没有权限读取这个文件。", "请在 Excel 或 WPS 里关闭它，或复制到桌面后再选择。").Because(err)
	}
	return refuse(CodeLocked, "打不开这个文件。", "请检查文件所在的磁盘、U 盘或网络是否还连着，再试一次。").Because(err)
}

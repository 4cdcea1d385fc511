package app

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"peixun/data"
)

// SaveTemplate writes an import form's template workbook to a file, whole or not at all.
func (a *App) SaveTemplate(path string, form data.Form) error {
	return saveWhole(path, func(w io.Writer) error { return a.WriteTemplate(w, form) })
}

// SaveReport writes a plan's error report to a file, whole or not at all.
func (a *App) SaveReport(path string, plan *data.ImportPlan) error {
	return saveWhole(path, func(w io.Writer) error { return a.WriteReport(w, plan) })
}

// saveWhole writes beside the file and renames, so that an existing file stays as it was until the new one is complete.
func saveWhole(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".peixun-*")
	if err != nil {
		return unwritable(err)
	}
	buffer := bufio.NewWriter(file)
	err = write(buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return unwritable(errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}

func unwritable(cause error) error {
	return data.Refuse("file-unwritable", "", "文件没有保存成功，原来的文件没有变。",
		"如果同名文件正在 Excel 或 WPS 里打开，请先关闭；也可以换一个文件夹再保存。").Because(cause)
}

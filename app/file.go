package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"peixun/data"
)

// WriteFile writes a whole file or none: an existing one stays as it was until the new one is complete and on the disk.
// What goes wrong is explained for people.
func WriteFile(path string, write func(io.Writer) error) error {
	err := writeWhole(path, write)
	if err == nil {
		return nil
	}
	if _, explained := data.AsProblem(err); explained {
		return err
	}
	fix := "请检查磁盘是否已满、文件夹是否还在，或换一个位置保存。"
	switch {
	case errors.Is(err, os.ErrNotExist):
		fix = missingFolder(path)
	case errors.Is(err, os.ErrPermission):
		fix = "如果同名文件正在 Excel、WPS 或阅读器里打开，请先关闭；也可以换一个能写入的文件夹。"
	}
	return data.Refuse("file-not-written", "", fmt.Sprintf("“%s”没有保存成功，原来的文件没有变。", filepath.Base(path)), fix).Because(err)
}

func missingFolder(path string) string {
	return fmt.Sprintf("没有文件夹“%s”：请先建立它，或换一个位置保存。", filepath.Dir(path))
}

func writeWhole(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".peixun-*")
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(file)
	if err = write(buffer); err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

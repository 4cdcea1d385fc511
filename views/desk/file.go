package desk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"peixun/data"
)

// WriteFile writes a whole file or none: a half-written one never stands under the name.
// What goes wrong is explained for people.
func WriteFile(path string, content []byte) error {
	err := writeWhole(path, content)
	if err == nil {
		return nil
	}
	fix := "请检查磁盘是否已满、文件夹是否可以写入，或换一个位置保存。"
	if errors.Is(err, os.ErrPermission) {
		fix = "请换一个有写入权限的文件夹；如果文件正在 Excel 或阅读器里打开，请先关闭它。"
	}
	return data.Refuse("file-not-written", "file", fmt.Sprintf("“%s”没有保存成功。", filepath.Base(path)), fix).Because(err)
}

func writeWhole(path string, content []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".peixun-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	if _, err = file.Write(content); err != nil {
		file.Close()
		return err
	}
	if err = file.Sync(); err != nil {
		file.Close()
		return err
	}
	if err = file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

package desk

import (
	"path/filepath"

	"peixun/data"
)

// OpenFile shows a file with the system's program for it and does not wait for its end.
func OpenFile(path string) error {
	command := viewer(path)
	if err := command.Start(); err != nil {
		return data.Refuse("viewer-missing", "", "没有找到能打开“"+filepath.Base(path)+"”的程序。", "请在文件夹里双击打开："+path).Because(err)
	}
	go command.Wait()
	return nil
}

package letters

import (
	"fmt"
	"os"
	"path/filepath"

	"peixun/data"
)

// writeWhole writes a file whole or not at all: whoever opens path never sees half of it.
func writeWhole(path string, content []byte) (err error) {
	refused := data.Refuse("file-unwritable", "", fmt.Sprintf("没有写成“%s”。", filepath.Base(path)),
		"请换一个文件夹，或关掉正在打开这个文件的程序后再试；编号不会变。")
	file, err := os.CreateTemp(filepath.Dir(path), ".确认书-*.pdf")
	if err != nil {
		return refused.Because(err)
	}
	defer os.Remove(file.Name())
	if _, err = file.Write(content); err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return refused.Because(err)
	}
	return nil
}

// openFile shows a file with the system's program for it and does not wait for its end.
func openFile(path string) error {
	command := viewer(path)
	if err := command.Start(); err != nil {
		return data.Refuse("viewer-missing", "", "没有找到能打开 PDF 的程序。", "请在文件夹里双击打开："+path).Because(err)
	}
	go command.Wait()
	return nil
}

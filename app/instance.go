package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"peixun/data"
)

// Claim makes this the only window on a data folder until release is called; commands are not bound by it.
// A second window is refused.
func Claim(folder string) (release func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, data.Refuse("folder-unwritable", "", fmt.Sprintf("不能在“%s”保存数据。", folder), "请检查磁盘和写入权限，或换一个数据文件夹。").Because(err)
	}
	lock := flock.New(filepath.Join(folder, "window.lock"))
	held, err := lock.TryLock()
	if err != nil || !held {
		return nil, data.Refuse("already-open", "", "这个数据文件夹已经在另一个窗口里打开。", "请切换到那个窗口；如果看不见，请在任务栏或任务管理器里找“培训管理台”。").
			Because(errors.Join(data.ErrWrongState, err))
	}
	return func() { lock.Unlock() }, nil
}

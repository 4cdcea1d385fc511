package app

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
)

// diaryLimit is the size in bytes past which the program's log begins anew; the one before is kept.
const diaryLimit = 1 << 20

// OpenDiary sends the program's log to peixun.log in the data folder. Nothing personal is ever logged.
func OpenDiary(folder string) (close func(), err error) {
	path := filepath.Join(folder, "peixun.log")
	if info, err := os.Stat(path); err == nil && info.Size() > diaryLimit {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, fmt.Errorf("turn log: %w", err)
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(file, nil)))
	return func() { file.Close() }, nil
}

package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"peixun/data"
)

// backupReply tells of a backup file.
type backupReply struct {
	File   string            `json:"file" label:"文件"`
	Unit   string            `json:"unit" label:"单位"`
	At     data.Moment       `json:"at" label:"时间"`
	Size   int64             `json:"size" label:"字节"`
	Counts data.BackupCounts `json:"counts"`
}

func backupReplyOf(one data.Backup) backupReply {
	return backupReply{File: one.Path, Unit: one.Unit, At: one.At, Size: one.Size, Counts: one.Counts}
}

func writeCounts(w io.Writer, counts data.BackupCounts) {
	for _, count := range counts.List() {
		fmt.Fprintf(w, "  %s %d\n", count.Name, count.Count)
	}
}

func backupCommand() command {
	return command{name: "backup", flags: "--out 文件" + data.BackupExtension, summary: "把全部数据备份成一个加密文件，写完读回核对；不覆盖已有的文件",
		prepare: func(f *flags) action {
			out := f.need("out")
			return func(ctx context.Context, c *call) (reply, error) {
				path, err := filepath.Abs(*out)
				if err != nil {
					return reply{}, err
				}
				made, err := c.app.BackupTo(ctx, path, data.BackupByCommand, nil)
				if err != nil {
					return reply{}, err
				}
				told := backupReplyOf(made)
				return reply{value: told, text: func(w io.Writer) {
					fmt.Fprintln(w, "备份已写好，并读回核对过。")
					writeFields(w, told)
					writeCounts(w, told.Counts)
				}}, nil
			}
		}}
}

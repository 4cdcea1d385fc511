package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"peixun/app"
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

// restoreReply tells of a backup that took the data's place, or would.
type restoreReply struct {
	File   string             `json:"file" label:"备份"`
	Unit   string             `json:"unit" label:"单位"`
	At     data.Moment        `json:"at" label:"备份时间"`
	Counts data.BackupCounts  `json:"counts"`
	Before *data.BackupCounts `json:"before"` // null where there was no data that could be read
	Lost   int                `json:"lost"`   // actions after the backup
	Aside  string             `json:"aside" label:"恢复前的数据保留在"`
	Backup string             `json:"backup" label:"恢复前的备份"`
}

func restoreCommand() command {
	return command{name: "restore", words: []string{"文件" + data.BackupExtension}, flags: "[--dry-run] [--other-unit]", access: accessNone,
		summary: "用备份换下现在的数据（先备份并保留）；--dry-run 只看会怎样，--other-unit 允许换成别的单位的备份",
		prepare: func(f *flags) action {
			dry, other := f.flag("dry-run"), f.flag("other-unit")
			return func(ctx context.Context, c *call) (reply, error) { return c.restore(ctx, *dry, *other) }
		}}
}

// restore works also where the database is damaged or missing, so it opens the data itself.
func (c *call) restore(ctx context.Context, dry, otherUnit bool) (answer reply, err error) {
	options, err := c.options()
	if err != nil {
		return reply{}, err
	}
	passphrase, err := c.passphrase(ctx, false)
	if err != nil {
		return reply{}, err
	}
	planned, commit, err := c.planRestore(ctx, options, passphrase)
	if err != nil {
		return reply{}, err
	}
	if c.app != nil {
		defer func() { err = errors.Join(err, c.app.Close()) }()
	}
	defer planned.Discard()
	told := restoreReply{File: planned.Backup.Path, Unit: planned.Backup.Unit, At: planned.Backup.At, Counts: planned.Backup.Counts}
	if planned.Present != nil {
		told.Before, told.Lost = &planned.Present.Counts, len(planned.Present.Lost)
	}
	if !dry {
		done, err := commit(otherUnit)
		if err != nil {
			return reply{}, err
		}
		told.Aside = done.Aside
		if done.Backup != nil {
			told.Backup = done.Backup.Path
		}
	}
	return reply{value: told, text: func(w io.Writer) { told.write(w, dry) }}, nil
}

// planRestore plans with the data where it can be opened, else with its folder alone.
func (c *call) planRestore(ctx context.Context, options app.Options, passphrase string) (*app.RestorePlan, func(otherUnit bool) (app.RestoreResult, error), error) {
	path, err := filepath.Abs(c.words[0])
	if err != nil {
		return nil, nil, err
	}
	if app.DatabaseExists(options.Folder) {
		opened, err := app.Open(ctx, options)
		switch {
		case err == nil:
			// With the password of now the data of before is backed up too; without it the file is only kept.
			_ = opened.Login(ctx, os.Getenv("PEIXUN_USER"), passphrase)
			plan, err := opened.PlanRestore(ctx, path, passphrase, nil)
			if err != nil {
				return nil, nil, errors.Join(err, opened.Close())
			}
			c.app = opened
			return plan, func(otherUnit bool) (app.RestoreResult, error) { return opened.Restore(ctx, plan, otherUnit, nil) }, nil
		case !errors.Is(err, data.ErrDamaged):
			return nil, nil, err
		}
	}
	plan, err := app.PlanRescue(ctx, options, path, passphrase, nil)
	return plan, func(bool) (app.RestoreResult, error) { return plan.Rescue(ctx) }, err
}

func (r restoreReply) write(w io.Writer, dry bool) {
	if dry {
		fmt.Fprintln(w, "只是查看，没有改动。")
	} else {
		fmt.Fprintln(w, "已恢复。请用做备份时的密码登录。")
	}
	writeFields(w, r)
	for place, count := range r.Counts.List() {
		line := fmt.Sprintf("  %s %d", count.Name, count.Count)
		if r.Before != nil {
			line += fmt.Sprintf("（现在 %d）", r.Before.List()[place].Count)
		}
		fmt.Fprintln(w, line)
	}
	if r.Lost > 0 {
		fmt.Fprintf(w, "备份以后的 %d 项操作不在备份里。\n", r.Lost)
	}
}

package app

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"peixun/data"
	"peixun/data/backup"
	"peixun/data/sqlite"
)

// lockPause is between two looks at a lock that another program holds.
const lockPause = 50 * time.Millisecond

// backupMaking is a backup while it is made: from a copy of the database that has been proved sound.
type backupMaking struct {
	app    *App
	keeper *backupKeeper
	meter  *meter
	plain  string
	at     data.Moment // when the copy was taken
	header backup.Header
}

// prove looks whether the copy is sound and gives the header that describes it.
func (m *backupMaking) prove(reason data.BackupReason) (backup.Header, error) {
	header := backup.Header{Program: Version, Database: m.keeper.database, At: m.at, Reason: reason}
	if err := m.app.describeCopy(m.meter.ctx, m.plain, &header); err != nil {
		return header, copyFailure(err)
	}
	file, err := os.Open(m.plain)
	if err != nil {
		return header, copyFailure(err)
	}
	defer file.Close()
	m.meter.passed(m.meter.size) // copied and looked through
	sum := sha256.New()
	if header.Size, err = io.Copy(sum, m.meter.through(file)); err != nil {
		return header, m.failed(err)
	}
	header.SHA256 = sum.Sum(nil)
	return header, nil
}

func (m *backupMaking) failed(err error) error {
	if m.meter.ctx.Err() != nil {
		return explain(m.meter.ctx.Err())
	}
	return copyFailure(err)
}

// describeCopy fills in what the database itself tells, after SQLite found nothing wrong with it. What 数据体检 finds wrong with the money is
// written down too, where somebody is logged in: such a backup is better than none.
func (a *App) describeCopy(ctx context.Context, path string, header *backup.Header) error {
	store := sqlite.OpenCopy(path)
	defer store.Close()
	open := store.UnlockLike(a.store)
	return store.Read(ctx, func(tx *sqlite.Tx) error {
		err := tx.Integrity()
		if err == nil {
			header.Schema, err = tx.SchemaVersion()
		}
		if err == nil {
			header.Unit, err = tx.UnitName()
		}
		if err == nil {
			header.State, err = tx.State()
		}
		if err == nil {
			header.Counts, err = tx.BackupCounts()
		}
		if err == nil {
			header.Wraps, err = wrapsOf(tx)
		}
		if newest, _ := sqlite.CurrentSchema(); err == nil && open && header.Schema == newest {
			header.Broken, err = brokenLedger(tx)
		}
		return err
	})
}

// brokenLedger names what does not hold of the money.
func brokenLedger(tx *sqlite.Tx) ([]string, error) {
	found, err := tx.CheckLedger()
	var broken []string
	for _, one := range found {
		if !one.OK {
			broken = append(broken, one.Name)
		}
	}
	return broken, err
}

func wrapsOf(tx *sqlite.Tx) ([]backup.Wrap, error) {
	wraps, err := tx.Wraps()
	if err != nil {
		return nil, err
	}
	users, err := tx.UserNames()
	if err != nil {
		return nil, err
	}
	var list []backup.Wrap
	for _, id := range slices.Sorted(maps.Keys(wraps)) {
		list = append(list, backup.Wrap{Administrator: id, User: users[id], Key: wraps[id]})
	}
	return list, nil
}

// partPattern names a backup that is being written.
const partPattern = ".peixun-backup-*"

// write writes the encrypted file under a temporary name, reads it back, and only then gives it its name.
func (m *backupMaking) write(place backupPlace) (data.Backup, error) {
	if err := place.ready(); err != nil {
		return data.Backup{}, err
	}
	part, err := os.CreateTemp(place.folder, partPattern)
	if err != nil {
		return data.Backup{}, err
	}
	defer os.Remove(part.Name())
	if err := errors.Join(m.encrypt(part), part.Close()); err != nil {
		return data.Backup{}, err
	}
	if err := m.readBack(part.Name()); err != nil {
		return data.Backup{}, err
	}
	path, err := place.give(part.Name(), m.header)
	if err != nil {
		return data.Backup{}, err
	}
	return readBackup(path, m.keeper), nil
}

func (m *backupMaking) encrypt(part *os.File) error {
	plain, err := os.Open(m.plain)
	if err != nil {
		return err
	}
	defer plain.Close()
	buffer := bufio.NewWriterSize(part, 1<<18)
	if err := backup.Write(buffer, m.header, m.keeper.key, m.meter.through(plain)); err != nil {
		return err
	}
	if err := buffer.Flush(); err != nil {
		return err
	}
	return part.Sync()
}

// readBack decrypts the written file. Its content has the SHA-256 of the copy that was proved, or this fails.
func (m *backupMaking) readBack(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	written, err := backup.Open(m.meter.through(file))
	if err != nil {
		return err
	}
	return written.CopyTo(io.Discard, m.keeper.key)
}

// meter tells how much of a backup or restore is done, in hundredths, and ends it when it is cancelled.
type meter struct {
	ctx         context.Context
	progress    Progress
	size        int64 // of the database, in bytes
	done, total int64
	told        int
}

// newMeter expects a database of size bytes to be copied, summed, and then written to places and read back.
func newMeter(ctx context.Context, progress Progress, size int64, places int) *meter {
	return &meter{ctx: ctx, progress: progress, size: size, total: size * int64(2+2*places), told: -1}
}

func (m *meter) passed(bytes int64) {
	m.done += bytes
	percent := 100
	if m.total > 0 {
		percent = int(min(100, m.done*100/m.total))
	}
	if m.progress != nil && percent != m.told {
		m.told = percent
		m.progress(percent, 100)
	}
}

func (m *meter) through(r io.Reader) io.Reader { return meteredReader{m, r} }

type meteredReader struct {
	meter *meter
	from  io.Reader
}

// Read is part of io.Reader.
func (r meteredReader) Read(into []byte) (int, error) {
	if err := r.meter.ctx.Err(); err != nil {
		return 0, err
	}
	count, err := r.from.Read(into)
	r.meter.passed(int64(count))
	return count, err
}

// isDiskFull knows a full disk also by the number that Windows gives it (ERROR_DISK_FULL).
func isDiskFull(err error) bool {
	const windowsDiskFull = syscall.Errno(112)
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || filepath.Separator == '\\' && errors.Is(err, windowsDiskFull)
}

// backupFailure words why a folder did not take a backup.
func backupFailure(place backupPlace, err error) error {
	slog.Error("backup", "chosen", place.chosen, "error", err)
	if _, ok := data.AsProblem(err); ok {
		return err
	}
	what := fmt.Sprintf("备份没有写进“%s”", place.folder)
	switch {
	case isDiskFull(err):
		return data.Refuse("backup-disk-full", "", what+"：磁盘或 U 盘满了。", "请腾出空间，或换一个备份文件夹；以前的备份都还在。").Because(err)
	case errors.Is(err, os.ErrExist):
		return data.Refuse("backup-exists", "", fmt.Sprintf("“%s”已经有了，没有覆盖它。", place.name), "请换一个文件名。").Because(err)
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return data.Refuse("backup-read-only", "", what+"：这里不能写入。", "请检查 U 盘是否写保护、文件夹是否只读，或换一个备份文件夹。").Because(err)
	}
	return data.Refuse("backup-unwritten", "", what+"。", "请检查磁盘或 U 盘是否还连着，或换一个备份文件夹。").Because(err)
}

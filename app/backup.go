package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"

	"peixun/data"
	"peixun/data/backup"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// backups is what an App keeps for making backups.
type backups struct {
	none   bool       // no automatic ones
	making sync.Mutex // held while one is made
	keeper atomic.Pointer[backupKeeper]
	last   atomic.Pointer[BackupStatus]
	before atomic.Pointer[data.Moment] // when the data was last used before this login, where the clock says that this is still to come
}

// backupKeeper stays when the program is locked, so that a backup can still be made at exit. It opens no personal value.
type backupKeeper struct {
	key      []byte
	database string
	user     string
	former   map[string][]byte // the keys of before another data key was made, by the name that the database had then
}

// owns tells whether a backup is of this database, also of before another data key was made.
func (k *backupKeeper) owns(database string) bool {
	return k != nil && (database == k.database || k.former[database] != nil)
}

// keyOf gives the key of a backup's.
func (k *backupKeeper) keyOf(database string) []byte {
	if former := k.former[database]; former != nil {
		return former
	}
	return k.key
}

func (a *App) keepBackupKey(ctx context.Context, opened *vault.Vault, administrator data.Administrator) {
	keeper := &backupKeeper{key: opened.BackupKey(), user: administrator.Name, former: map[string][]byte{}}
	var former []*vault.Vault
	err := a.store.Read(ctx, func(tx *sqlite.Tx) (err error) {
		former, err = tx.FormerKeys()
		return err
	})
	if err != nil {
		slog.Error("read former keys", "error", err)
	}
	for _, one := range former {
		if database, err := backup.DatabaseOf(one.BackupKey()); err == nil {
			keeper.former[database] = one.BackupKey()
		}
	}
	if keeper.database, err = backup.DatabaseOf(keeper.key); err != nil {
		slog.Error("name database", "error", err)
		return
	}
	a.backups.keeper.Store(keeper)
	a.backups.last.Store(nil)
}

// BackupResult tells of a backup that was made.
type BackupResult struct {
	Made     []data.Backup  // one for each folder that took it, the default folder's first
	Troubles []data.Problem // of the folders that did not
}

// Backup writes an encrypted backup into the default folder and, where one is chosen, into that too, reads each back, and removes those
// that the rule no longer keeps. It fails where no folder took it. Nobody needs to be logged in any more.
func (a *App) Backup(ctx context.Context, reason data.BackupReason, progress Progress) (BackupResult, error) {
	if err := a.mayBackUp(ctx, reason); err != nil {
		return BackupResult{}, err
	}
	a.adoptCopies(ctx)
	result, err := a.backupInto(ctx, reason, progress, a.backupPlaces(ctx))
	a.noteBackup(ctx, result, err)
	return result, err
}

// mayBackUp refuses a copy of everything to whoever may not even see everything; those that the program makes by itself nobody asks for.
func (a *App) mayBackUp(ctx context.Context, reason data.BackupReason) error {
	if reason != data.BackupByHand && reason != data.BackupByCommand || a.session.Load() == nil {
		return nil
	}
	return a.need(ctx, data.RightWork)
}

// BackupTo writes an encrypted backup to a file of the given name, never over another, and reads it back.
func (a *App) BackupTo(ctx context.Context, path string, reason data.BackupReason, progress Progress) (data.Backup, error) {
	if err := a.mayBackUp(ctx, reason); err != nil {
		return data.Backup{}, err
	}
	result, err := a.backupInto(ctx, reason, progress, []backupPlace{{folder: filepath.Dir(path), name: filepath.Base(path)}})
	if err != nil {
		return data.Backup{}, err
	}
	a.logBackup(ctx, result.Made[0])
	a.publish(BackupsChanged)
	return result.Made[0], nil
}

// BackupIfChanged is Backup, unless nothing but settings and logins changed since the newest good one. made is false then.
func (a *App) BackupIfChanged(ctx context.Context, reason data.BackupReason, progress Progress) (made bool, err error) {
	needed, err := a.BackupNeeded(ctx)
	if err != nil || !needed {
		return false, err
	}
	_, err = a.Backup(ctx, reason, progress)
	return err == nil, err
}

// BackupNeeded tells whether something changed since the newest good backup, and a backup can be made at all: somebody was logged in.
func (a *App) BackupNeeded(ctx context.Context) (bool, error) {
	if a.backups.keeper.Load() == nil {
		return false, nil
	}
	state, err := a.storedState(ctx)
	if err != nil {
		return false, err
	}
	newest, ok := newestOwn(a.listBackups(a.defaultBackups()))
	return !ok || newest.State != state, nil
}

func (a *App) storedState(ctx context.Context) (data.StoredState, error) {
	var state data.StoredState
	err := a.store.Read(ctx, func(tx *sqlite.Tx) (err error) {
		state, err = tx.State()
		return err
	})
	return state, explain(err)
}

// backUpBefore makes the automatic backup before something large. Where it cannot be made, the status bar says so and the work goes on:
// it can be undone, and whoever must work today cannot wait for a new disk.
func (a *App) backUpBefore(ctx context.Context, reason data.BackupReason) {
	if a.backups.none {
		return
	}
	if _, err := a.BackupIfChanged(ctx, reason, nil); err != nil && ctx.Err() == nil {
		slog.Error("automatic backup", "reason", reason, "error", err)
	}
}

// AutomaticBackups tells whether the program makes backups by itself.
func (a *App) AutomaticBackups() bool { return !a.backups.none }

// backupInto copies the database once and writes it encrypted into each place.
func (a *App) backupInto(ctx context.Context, reason data.BackupReason, progress Progress, places []backupPlace) (BackupResult, error) {
	var result BackupResult
	keeper := a.backups.keeper.Load()
	if keeper == nil {
		return result, locked()
	}
	a.backups.making.Lock()
	defer a.backups.making.Unlock()
	release, err := a.claimBackups(ctx)
	if err != nil {
		return result, err
	}
	defer release()
	meter := newMeter(ctx, progress, a.store.Size(), len(places))
	plain, err := a.copyAside(ctx)
	if err != nil {
		return result, err
	}
	defer os.Remove(plain)
	made := &backupMaking{app: a, keeper: keeper, meter: meter, plain: plain, at: a.Now()}
	if made.header, err = made.prove(reason); err != nil {
		return result, err
	}
	for _, place := range places {
		one, err := made.write(place)
		if err == nil {
			result.Made = append(result.Made, one)
			a.expire(place)
			continue
		}
		if ctx.Err() != nil {
			return result, explain(ctx.Err())
		}
		problem, _ := data.AsProblem(backupFailure(place, err))
		result.Troubles = append(result.Troubles, problem)
	}
	if len(result.Made) == 0 {
		return result, result.Troubles[0]
	}
	return result, nil
}

// claimBackups keeps two programs on one folder from making backups at once, and removes what a killed one left.
func (a *App) claimBackups(ctx context.Context) (release func(), err error) {
	folder := filepath.Dir(a.store.Path())
	lock := flock.New(filepath.Join(folder, "backup.lock"))
	if _, err := lock.TryLockContext(ctx, lockPause); err != nil {
		return nil, explain(errors.Join(ctx.Err(), copyFailure(err)))
	}
	left, _ := filepath.Glob(filepath.Join(folder, copyPattern+"*"))
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			slog.Warn("left copy stays", "error", err)
		}
	}
	return func() { lock.Unlock() }, nil
}

// copyPattern names the copy of the database that a backup is made from. Personal values are sealed in it as in the database.
const copyPattern = "backup-*.db"

func (a *App) copyAside(ctx context.Context) (path string, err error) {
	file, err := os.CreateTemp(filepath.Dir(a.store.Path()), copyPattern)
	if err != nil {
		return "", copyFailure(err)
	}
	path = file.Name()
	if err := errors.Join(file.Close(), a.store.BackupTo(ctx, path)); err != nil {
		os.Remove(path)
		if ctx.Err() != nil {
			return "", explain(ctx.Err())
		}
		return "", copyFailure(err)
	}
	return path, nil
}

// copyFailure words why there is no backup where the copy beside the database could not be made.
func copyFailure(err error) error {
	if problem, ok := data.AsProblem(err); ok && problem.Code == "disk-full" || isDiskFull(err) {
		return data.Refuse("backup-disk-full", "", "磁盘空间不够，没有做成备份。", "请腾出和数据文件差不多大的空间后再备份；已保存的数据都在。").Because(err)
	} else if ok {
		return err
	}
	if errors.Is(err, data.ErrDamaged) {
		return data.Refuse("backup-source-damaged", "", "数据文件有损坏，做不出完整的备份。", "请停止录入，在“备份与恢复”里从最近的好备份恢复；以前的备份都还在。").Because(err)
	}
	return data.Refuse("backup-copy", "", "没有做成备份：不能在数据文件夹里写入。", "请检查数据文件夹能不能写入；已保存的数据都在。").Because(err)
}

func (a *App) logBackup(ctx context.Context, one data.Backup) {
	user := a.backups.keeper.Load().user
	err := a.store.Write(ctx, func(tx *sqlite.Tx) error {
		return a.log(tx, user, "backup", filepath.Base(one.Path), fmt.Sprintf("备份（%s）：学员 %d，订单 %d，已核对", one.Reason, one.Counts.Trainees, one.Counts.Orders))
	})
	if err != nil {
		slog.Warn("backup not logged", "error", err)
	}
}

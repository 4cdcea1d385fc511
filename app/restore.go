package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"peixun/data"
	"peixun/data/backup"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// RestorePlan is a backup that was decrypted and proved, and waits beside the database to take its place. Nothing has changed yet. It
// ends with App.Restore, Rescue or Discard, and no other restore can be planned before.
type RestorePlan struct {
	Backup  data.Backup
	Present *PresentData // nil where there is no data that can be read
	Broken  []string     // what 数据体检 finds wrong with the backup's money

	user    string               // who restores
	by      data.Administrator   // whose password opened the backup; nobody's for the recovery key
	gone    []data.Administrator // who can no longer log in, and shall not again
	folder  string
	fresh   string // the prepared database
	clock   Clock
	release func()
}

// PresentData is what stands in the place that a backup is to take.
type PresentData struct {
	Unit   string
	At     data.Moment // of the last line in 操作日志
	Counts data.BackupCounts
	Same   bool // the backup is one of this very database
	// Lost are the actions since the backup, the newest first, logins and backups apart.
	Lost []data.AuditEntry
}

// OtherUnit tells whether the data belongs to another unit than the backup.
func (p *RestorePlan) OtherUnit() bool { return p.Present != nil && p.Present.Unit != p.Backup.Unit }

// Discard forgets the plan; the data stays as it is. A plan that ended already is left alone.
func (p *RestorePlan) Discard() {
	if p == nil || p.release == nil {
		return
	}
	os.Remove(p.fresh)
	p.release()
	p.release = nil
}

// InspectBackup reads what a file tells without its password; what is wrong stands in Trouble.
func InspectBackup(path string) data.Backup { return readBackup(path, nil) }

// PlanRestore decrypts a backup with the password or recovery key that was in force when it was made, proves it and compares it with
// the data of now. Only Restore changes anything.
func (a *App) PlanRestore(ctx context.Context, path, secret string, progress Progress) (*RestorePlan, error) {
	present, err := a.Administrators(ctx)
	if err != nil {
		return nil, err
	}
	if a.session.Load() != nil {
		if err := a.need(ctx, data.RightManage); err != nil {
			return nil, err
		}
	}
	plan, err := PlanRescue(ctx, a.options, path, secret, progress)
	if err != nil {
		return nil, err
	}
	if err := a.mayRestore(present, plan.by); err != nil {
		plan.Discard()
		return nil, err
	}
	plan.gone = slices.DeleteFunc(present, data.Administrator.Enabled)
	if keeper := a.backups.keeper.Load(); keeper != nil {
		plan.user = keeper.user
	}
	if plan.Present, err = a.presentData(ctx, plan.Backup); err != nil {
		plan.Discard()
		return nil, err
	}
	return plan, nil
}

func (a *App) presentData(ctx context.Context, from data.Backup) (*PresentData, error) {
	present, err := comparePresent(ctx, a.store, from)
	if keeper := a.backups.keeper.Load(); keeper != nil && present != nil {
		present.Same = keeper.owns(from.Database)
	}
	return present, explain(err)
}

// comparePresent tells what stands in a database; it is nil before the first start is done.
func comparePresent(ctx context.Context, store *sqlite.Store, from data.Backup) (*PresentData, error) {
	present := &PresentData{}
	err := store.Read(ctx, func(tx *sqlite.Tx) (err error) {
		if present.Unit, err = tx.UnitName(); err != nil {
			return err
		}
		if present.Counts, err = tx.BackupCounts(); err != nil {
			return err
		}
		if present.At, err = tx.LastLogged(); err != nil {
			return err
		}
		present.Lost, err = tx.ActionsSince(from.State, from.At)
		return err
	})
	if err != nil || present.Unit == "" {
		return nil, err
	}
	return present, nil
}

// PlanRescue is PlanRestore for a folder whose database cannot be opened, or that has none.
func PlanRescue(ctx context.Context, options Options, path, secret string, progress Progress) (*RestorePlan, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, data.OfFile(data.Refuse("backup-unreadable", "", "备份文件打不开。", "请检查 U 盘或磁盘是否还连着，文件是否还在。").Because(err), path)
	}
	defer file.Close()
	if err := os.MkdirAll(options.Folder, 0o700); err != nil {
		return nil, notRestored(err)
	}
	release, err := sqlite.LockExchange(ctx, options.Folder)
	if err != nil {
		return nil, explain(err)
	}
	plan := &RestorePlan{Backup: readBackup(path, nil), user: "程序", folder: options.Folder, clock: options.clock(), release: release}
	meter := newMeter(ctx, progress, 0, 0)
	meter.total = 2 * plan.Backup.Size // decrypted, then looked through
	if err := plan.prepare(meter, bufio.NewReaderSize(meter.through(file), 1<<18), secret); err != nil {
		plan.Discard()
		if ctx.Err() != nil {
			err = explain(ctx.Err())
		}
		return nil, data.OfFile(err, path)
	}
	return plan, nil
}

// prepare writes the backup's database beside the one in use and brings its schema up to date.
func (p *RestorePlan) prepare(meter *meter, r io.Reader, secret string) error {
	found, err := backup.Open(r)
	if err != nil {
		return err
	}
	newest, err := sqlite.CurrentSchema()
	if err != nil {
		return err
	}
	if found.Header.Schema > newest {
		return sqlite.ErrNewer.Because(fmt.Errorf("schema %d", found.Header.Schema))
	}
	opened, by, err := openWraps(found.Header, secret)
	if err != nil {
		return err
	}
	file, err := sqlite.NewFresh(p.folder)
	if err != nil {
		return notRestored(err)
	}
	p.fresh = file.Name()
	err = found.CopyTo(file, opened.BackupKey())
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return notRestored(err)
	}
	if err := integrityOf(meter.ctx, p.fresh); err != nil {
		return err
	}
	if err := sqlite.UpdateCopy(meter.ctx, p.fresh, p.clock(), func(*sqlite.Tx) error { return nil }); err != nil {
		return notRestored(err)
	}
	p.Broken, p.by, err = p.look(meter.ctx, opened, by)
	meter.passed(meter.total)
	return err
}

// openWraps opens the data key with a password or with the recovery key, and tells whose it was.
func openWraps(header backup.Header, secret string) (opened *vault.Vault, administratorID int64, err error) {
	recovery, isRecovery := vault.NormalizeRecoveryKey(secret)
	for _, wrap := range header.Wraps {
		typed := secret
		if wrap.Administrator == sqlite.RecoveryWrap {
			if !isRecovery {
				continue
			}
			typed = recovery
		}
		if key, err := wrap.Key.Unwrap(typed, wrapIdentity(wrap.Administrator)); err == nil {
			opened, err = vault.New(key)
			return opened, wrap.Administrator, err
		}
	}
	return nil, 0, data.Refuse("backup-password", "password", "密码不对，打不开这个备份。",
		"请输入做这个备份时的登录密码，或恢复密钥；后来改过密码的，要用改以前的。").Because(data.ErrWrongPassphrase)
}

func integrityOf(ctx context.Context, path string) error {
	store := sqlite.OpenCopy(path)
	defer store.Close()
	return store.Read(ctx, (*sqlite.Tx).Integrity)
}

// look tells what is wrong with the money of the prepared database, and who an administrator in it is.
func (p *RestorePlan) look(ctx context.Context, opened *vault.Vault, id int64) (broken []string, by data.Administrator, err error) {
	store := sqlite.OpenCopy(p.fresh)
	defer store.Close()
	store.Unlock(opened)
	err = store.Read(ctx, func(tx *sqlite.Tx) (err error) {
		if id != sqlite.RecoveryWrap {
			if by, err = tx.Administrator(id); err != nil {
				return err
			}
		}
		broken, err = brokenLedger(tx)
		return err
	})
	return broken, by, err
}

// notRestored words why a restore went no further; the data is as it was.
func notRestored(err error) error {
	if problem, ok := data.AsProblem(err); ok && problem.Code != "disk-full" {
		return err
	}
	if _, ok := data.AsProblem(err); ok || isDiskFull(err) {
		return data.Refuse("restore-disk-full", "", "磁盘空间不够，没有恢复。", "请腾出和备份差不多大的空间后再试；现在的数据没有改动。").Because(err)
	}
	return data.Refuse("restore-failed", "", "没有恢复成功。", "请检查数据文件夹能不能写入；现在的数据没有改动。").Because(err)
}

// seal writes into the prepared database that it was restored, and from what.
func (p *RestorePlan) seal(ctx context.Context, changes int64, aside string, expired []string) error {
	now := data.MomentOf(p.clock())
	err := sqlite.UpdateCopy(ctx, p.fresh, p.clock(), func(tx *sqlite.Tx) error {
		if err := errors.Join(tx.CountPast(changes), p.keepOut(tx)); err != nil {
			return err
		}
		detail := fmt.Sprintf("从 %s 的备份（%s）恢复", p.Backup.At, p.Backup.Reason)
		if aside != "" {
			detail += "；恢复前的数据保留为 " + filepath.ToSlash(aside)
		}
		if len(expired) > 0 {
			detail += fmt.Sprintf("；以前保留的 %d 份（超过 %d 天或 %d 份）不再保留", len(expired), keptAsideDays, keptAside)
		}
		return tx.AppendAudit(data.AuditEntry{At: now, User: p.user, Action: "restore", Target: filepath.Base(p.Backup.Path), Detail: detail})
	})
	if err != nil {
		return notRestored(err)
	}
	return nil
}

// RestoreResult tells of a restore that is done.
type RestoreResult struct {
	Aside  string       // the file that keeps the data of before; "" where there was none
	Backup *data.Backup // the backup made of it; nil where the newest one already held everything
}

// Restore puts a planned backup in the place of the data, which is backed up and kept as a file besides. Then nobody is logged in any
// more. Another unit's backup needs otherUnit. Killed at any moment, it leaves the data of before or the backup's, whole.
func (a *App) Restore(ctx context.Context, plan *RestorePlan, otherUnit bool, progress Progress) (RestoreResult, error) {
	var result RestoreResult
	if plan.OtherUnit() && !otherUnit {
		return result, data.Refuse("backup-other-unit", "", fmt.Sprintf("这是“%s”的备份，现在的数据是“%s”的。", plan.Backup.Unit, plan.Present.Unit),
			"请确认没有选错文件；确实要换成这个单位的数据时，再次确认。").Because(data.ErrWrongState)
	}
	defer plan.Discard()
	if a.session.Load() != nil {
		if err := a.need(ctx, data.RightManage); err != nil {
			return result, err
		}
	}
	if plan.Present != nil {
		made, err := a.backUpPresent(ctx, progress)
		if err != nil {
			return result, err
		}
		result.Backup = made
	}
	state, err := a.storedState(ctx)
	if err != nil {
		return result, err
	}
	aside, expired := asideName(plan.folder, a.Now(), "restore"), expiredAside(plan.folder, a.Now())
	if err := plan.seal(ctx, max(state.Changes, plan.Backup.State.Changes), aside, expired); err != nil {
		return result, err
	}
	if err := a.store.Replace(ctx, filepath.Base(plan.fresh), aside); err != nil {
		return result, notRestored(err)
	}
	removeAside(plan.folder, expired)
	result.Aside = filepath.Join(plan.folder, aside)
	a.session.Store(nil)
	a.backups.keeper.Store(nil)
	a.backups.last.Store(nil)
	a.savedAt.Store(nil)
	a.publish(DataReplaced, SessionChanged)
	return result, nil
}

// backUpPresent makes a backup of the data that is about to be set aside. Damaged data has none: the file itself is kept.
func (a *App) backUpPresent(ctx context.Context, progress Progress) (*data.Backup, error) {
	needed, err := a.BackupNeeded(ctx)
	if err == nil && !needed {
		return nil, nil
	}
	result, err := a.Backup(ctx, data.BeforeRestore, progress)
	if err == nil {
		return &result.Made[0], nil
	}
	if problem, _ := data.AsProblem(err); problem.Code == "backup-source-damaged" {
		return nil, nil
	}
	return nil, err
}

// Rescue puts a planned backup in the place of a database that nobody can open. The database of before is kept as a file, and
// PlanRestore's promises hold.
func (p *RestorePlan) Rescue(ctx context.Context) (RestoreResult, error) {
	defer p.Discard()
	now := data.MomentOf(p.clock())
	kept, expired := asideName(p.folder, now, "damaged"), expiredAside(p.folder, now)
	aside := ""
	if DatabaseExists(p.folder) {
		aside = kept
	}
	if err := p.seal(ctx, p.Backup.State.Changes, aside, expired); err != nil {
		return RestoreResult{}, err
	}
	if err := sqlite.Exchange(p.folder, filepath.Base(p.fresh), kept); err != nil {
		return RestoreResult{}, notRestored(err)
	}
	removeAside(p.folder, expired)
	if aside != "" {
		aside = filepath.Join(p.folder, aside)
	}
	return RestoreResult{Aside: aside}, nil
}

// ProveBackup reads a backup of this database once more from its disk, decrypts it and compares it with its SHA-256.
func (a *App) ProveBackup(ctx context.Context, path string, progress Progress) error {
	keeper := a.backups.keeper.Load()
	if keeper == nil {
		return locked()
	}
	file, err := os.Open(path)
	if err != nil {
		return data.OfFile(data.Refuse("backup-unreadable", "", "备份文件打不开。", "请检查 U 盘或磁盘是否还连着，文件是否还在。").Because(err), path)
	}
	defer file.Close()
	meter := newMeter(ctx, progress, 0, 0)
	meter.total = readBackup(path, keeper).Size
	found, err := backup.Open(meter.through(file))
	if err == nil {
		err = found.CopyTo(io.Discard, keeper.keyOf(found.Header.Database))
	}
	if ctx.Err() != nil {
		return explain(ctx.Err())
	}
	return data.OfFile(err, path)
}

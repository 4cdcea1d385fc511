package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"peixun/data"
	"peixun/data/sqlite"
)

// BackupStatus is what the status bar tells of backups.
type BackupStatus struct {
	At      data.Moment   // of the newest good backup; "" where there is none
	Now     data.Moment   // when this was asked
	Trouble *data.Problem // why the last one could not be made everywhere; nil where it could
	Overdue bool          // older than the unit wants
}

// BackupStatus tells of the newest good backup in any of the folders. It reads the folders once and remembers what it found.
func (a *App) BackupStatus(ctx context.Context) BackupStatus {
	known := a.backups.last.Load()
	if known == nil {
		found := BackupStatus{}
		for _, place := range a.backupPlaces(ctx) {
			if newest, ok := newestOwn(a.listBackups(place)); ok && newest.At > found.At {
				found.At = newest.At
			}
			if problem, missing := data.AsProblem(place.ready()); missing {
				found.Trouble = &problem
			}
		}
		known = &found
		a.backups.last.Store(known)
	}
	status := *known
	status.Now = a.Now()
	days := a.BackupRemindDays(ctx)
	status.Overdue = status.At == "" || status.At.Date().DaysUntil(status.Now.Date()) >= days
	return status
}

// noteBackup remembers how the last backup went and tells of it.
func (a *App) noteBackup(ctx context.Context, result BackupResult, err error) {
	if ctx.Err() != nil && len(result.Made) == 0 {
		return
	}
	a.backups.last.Store(nil)
	status := a.BackupStatus(ctx)
	status.Trouble = nil
	if problem, ok := data.AsProblem(err); ok {
		status.Trouble = &problem
	} else if len(result.Troubles) > 0 {
		status.Trouble = &result.Troubles[0]
	}
	a.backups.last.Store(&status)
	if len(result.Made) > 0 {
		a.logBackup(ctx, result.Made[0])
	}
	a.publish(BackupsChanged)
}

// BackupWarnings lists what stands in the way of a safe backup, or of trusting the data: nothing where all is well.
func (a *App) BackupWarnings(ctx context.Context) []data.Problem {
	var found []data.Problem
	status := a.BackupStatus(ctx)
	if status.Trouble != nil {
		found = append(found, *status.Trouble)
	}
	if before := a.backups.before.Load(); before != nil {
		found = append(found, data.Warn("clock-back", "", fmt.Sprintf("电脑的时间（%s）比上次使用时（%s）早。", status.Now, *before),
			"请先校准电脑的日期和时间，否则新录入的时间都是错的；备份按做的先后保留，不会因此被删。"))
	}
	if status.Overdue {
		found = append(found, data.Warn("backup-overdue", "", overdueWords(status.At, a.BackupRemindDays(ctx)), "请点“立即备份”。"))
	}
	if a.olderThanBackups(ctx) {
		found = append(found, data.Warn("data-older", "", "现在的数据比最近的备份旧：最后做的一些操作不见了。",
			"可能换回了旧的数据文件，或数据文件旁边的 -wal 文件被删了。请先看一看最近的备份，再决定是否恢复它。"))
	}
	if isNetworkShare(a.store.Path()) {
		found = append(found, data.Warn("data-on-network", "", "数据放在网络盘上，断网或两台电脑同时打开时可能损坏。", "请关闭程序，把数据文件夹移到本机硬盘；网络盘可以用来放备份。"))
	}
	return found
}

// clockSlack is how far a clock may go back without a word: machines are set right by minutes, and summer time by an hour.
const clockSlack = 2 * time.Hour

// noteClock remembers where the clock went back since the data was last used.
func (a *App) noteClock(tx *sqlite.Tx) error {
	last, err := tx.LastLogged()
	a.backups.before.Store(nil)
	if last.Time().Sub(a.Now().Time()) > clockSlack {
		a.backups.before.Store(&last)
	}
	return err
}

// olderThanBackups tells whether a backup holds more than the data: the count of changes never goes back by itself, nor by a restore.
func (a *App) olderThanBackups(ctx context.Context) bool {
	state, err := a.storedState(ctx)
	newest, ok := newestOwn(a.listBackups(a.defaultBackups()))
	return err == nil && ok && newest.State.Changes > state.Changes
}

// ProposedBackupName names the file that a backup made now would be.
func (a *App) ProposedBackupName(ctx context.Context) string {
	unit, err := query(a, ctx, (*sqlite.Tx).UnitName)
	if err != nil {
		slog.Warn("name backup", "error", err)
	}
	return data.BackupFileName(unit, a.Now(), 1)
}

func overdueWords(last data.Moment, days int) string {
	if last == "" {
		return "还没有备份。"
	}
	return fmt.Sprintf("已经 %d 天以上没有备份。", days)
}

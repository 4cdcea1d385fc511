package app

import (
	"context"

	"peixun/data"
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

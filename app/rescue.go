package app

import (
	"context"
	"os"
	"path/filepath"

	"peixun/data"
	"peixun/data/sqlite"
)

// Rescuer restores backups into a folder whose database cannot be opened.
type Rescuer struct{ options Options }

// NewRescuer makes a Rescuer for the folder in options.
func NewRescuer(options Options) *Rescuer { return &Rescuer{options} }

// Folder gives the data folder.
func (r *Rescuer) Folder() string { return r.options.Folder }

// Changed is when the database or its log was last written, "" where there is none.
func (r *Rescuer) Changed() data.Moment {
	var last data.Moment
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal"} {
		if info, err := os.Stat(filepath.Join(r.options.Folder, name)); err == nil {
			last = max(last, data.MomentOf(info.ModTime()))
		}
	}
	return last
}

// Backups lists the good backups in the default folder, the newest first. Whose they are shows only with their password.
func (r *Rescuer) Backups(context.Context) []data.Backup {
	var good []data.Backup
	for _, one := range listBackups(filepath.Join(r.options.Folder, defaultBackupFolder), nil) {
		if one.Trouble == "" {
			good = append(good, one)
		}
	}
	return good
}

// PlanRestore is PlanRescue with what can still be read of the damaged data.
func (r *Rescuer) PlanRestore(ctx context.Context, path, secret string, progress Progress) (*RestorePlan, error) {
	plan, err := PlanRescue(ctx, r.options, path, secret, progress)
	if err == nil {
		plan.Present = readableData(ctx, r.options.Folder, plan.Backup)
	}
	return plan, err
}

// readableData is nil where the database does not even give its counts and its log.
func readableData(ctx context.Context, folder string, from data.Backup) *PresentData {
	path := filepath.Join(folder, sqlite.FileName)
	if !DatabaseExists(folder) {
		return nil
	}
	store := sqlite.OpenCopy(path)
	defer store.Close()
	present, err := comparePresent(ctx, store, from)
	if err != nil {
		return nil
	}
	return present
}

// Restore puts the backup in the place of the damaged data, which is kept as a file.
func (r *Rescuer) Restore(ctx context.Context, plan *RestorePlan, _ bool, _ Progress) (RestoreResult, error) {
	return plan.Rescue(ctx)
}

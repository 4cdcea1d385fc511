package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"

	"peixun/data"
)

// copiesBeforeMigration names the copies that are made before a new version of the program changes the tables. Nobody is logged in
// then, so they are not encrypted as a whole yet.
const copiesBeforeMigration = "before-migration-*.db"

// adoptCopies makes backups of the copies from before a migration and removes them. One that makes no good backup stays as it is.
func (a *App) adoptCopies(ctx context.Context) {
	keeper, place := a.backups.keeper.Load(), a.defaultBackups()
	entries, err := os.ReadDir(place.folder)
	if err != nil || keeper == nil {
		return
	}
	for _, entry := range entries {
		if copied, _ := filepath.Match(copiesBeforeMigration, entry.Name()); !copied {
			continue
		}
		path := filepath.Join(place.folder, entry.Name())
		if err := a.adopt(ctx, keeper, place, path); err != nil {
			slog.Error("adopt a copy from before a migration", "error", err)
		}
	}
}

func (a *App) adopt(ctx context.Context, keeper *backupKeeper, place backupPlace, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	made := &backupMaking{app: a, keeper: keeper, meter: newMeter(ctx, nil, info.Size(), 1), plain: path, at: data.MomentOf(info.ModTime())}
	if made.header, err = made.prove(data.BeforeMigration); err != nil {
		return err
	}
	if _, err := made.write(place); err != nil {
		return err
	}
	return os.Remove(path)
}

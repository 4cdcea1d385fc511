package app_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestBackupIntoAFolderThatTakesNone(t *testing.T) {
	for _, c := range []struct {
		name, code string
		folder     func(t *testing.T) string
	}{
		{"an unplugged stick", "backup-folder-missing", func(t *testing.T) string { return filepath.Join(t.TempDir(), "没有") }},
		{"a file", "backup-folder-missing", func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "文件")
			must(t, os.WriteFile(path, nil, 0o600))
			return path
		}},
		{"a read-only folder", "backup-read-only", func(*testing.T) string { return "/proc/self" }},
		{"a full disk", "backup-disk-full", smallDisk},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := backedUp(t)
			folder := c.folder(t)
			datatest.Exec(t, datatest.Raw(t, a.DatabasePath()), "INSERT INTO setting (key, value) VALUES ('backup.folder', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", folder)
			result := got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil))
			if len(result.Made) != 1 || filepath.Dir(result.Made[0].Path) != a.DefaultBackupFolder() {
				t.Errorf("the default folder did not take it: %+v", result)
			}
			codes := slices.Collect(func(yield func(string) bool) {
				for _, problem := range result.Troubles {
					yield(problem.Code)
				}
			})
			if c.code == "backup-read-only" && len(codes) == 1 && codes[0] == "backup-unwritten" {
				return // root may write anywhere, and /proc refuses in other words
			}
			if strings.Join(codes, " ") != c.code || result.Troubles[0].Fix == "" {
				t.Errorf("troubles %+v", result.Troubles)
			}
			if status := a.BackupStatus(ctx); status.Trouble == nil || status.At == "" {
				t.Errorf("status %+v", status)
			}
			entries, _ := os.ReadDir(folder)
			if c.code == "backup-disk-full" && len(entries) > 1 {
				t.Errorf("half a backup stays: %v", entries)
			}
		})
	}
}

// smallDisk mounts a disk of 64 KB, where the system lets it.
func smallDisk(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	unmount, err := mountSmall(folder)
	if err != nil {
		t.Skip("no small disk:", err)
	}
	t.Cleanup(unmount)
	return folder
}

func TestCancelledBackupLeavesNothing(t *testing.T) {
	a, _ := backedUp(t)
	must(t, os.MkdirAll(a.DefaultBackupFolder(), 0o700))
	for _, percent := range []int{0, 40, 60, 90} {
		cancelled, cancel := context.WithCancel(ctx)
		_, err := a.Backup(cancelled, data.BackupByHand, func(done, total int) {
			if done >= percent {
				cancel()
			}
		})
		cancel()
		refused(t, err, "canceled")
		if list := got[[]data.Backup](t)(a.Backups(ctx)); len(list) > 0 {
			t.Errorf("cancelled at %d %%: %+v", percent, list)
		}
		if left := names(t, a.DefaultBackupFolder()); left != "" {
			t.Errorf("cancelled at %d %%: %s stays", percent, left)
		}
	}
}

func TestAutomaticBackupsComeBeforeLargeWork(t *testing.T) {
	a, clock := backedUp(t)
	reasons := func() (all []data.BackupReason) {
		for _, one := range got[[]data.Backup](t)(a.Backups(ctx)) {
			all = append(all, one.Reason)
		}
		return all
	}
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "姓名,身份证号", "王一,110101199003070302"), app.ImportOptions{}))
	_, err := a.CommitImport(ctx, plan, nil)
	must(t, err)
	clock.Pass(time.Minute)
	got[data.UndoResult](t)(a.UndoImport(ctx, plan.RunID))
	if all := reasons(); len(all) != 2 || all[0] != data.BeforeUndo || all[1] != data.BeforeImport {
		t.Errorf("backups %v", all)
	}
	// Work that is refused changes nothing, so the next needs no other backup than the first one's.
	clock.Pass(time.Minute)
	_ = a.CloseMonth(ctx, "2030-01", "")
	clock.Pass(time.Minute)
	_ = a.CloseMonth(ctx, "2030-01", "")
	if all := reasons(); len(all) != 3 || all[0] != data.BeforeMonthEnd {
		t.Errorf("backups %v", all)
	}
}

func TestOldDataIsNoticedByItsBackups(t *testing.T) {
	a, clock := backedUp(t)
	image := imageOf(t, a)
	got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "新科"}))
	got[app.BackupResult](t)(a.Backup(ctx, data.BackupAtExit, nil))
	folder := folderWith(t, image) // somebody copied last week's file back
	must(t, os.CopyFS(filepath.Join(folder, "backups"), os.DirFS(a.DefaultBackupFolder())))
	b, err := app.Open(ctx, apptest.Options(folder, clock))
	must(t, err)
	defer b.Close()
	must(t, b.Login(ctx, apptest.User, apptest.Password))
	warnings := b.BackupWarnings(ctx)
	if !slices.ContainsFunc(warnings, func(p data.Problem) bool { return p.Code == "data-older" }) {
		t.Errorf("warnings %+v", warnings)
	}
}

func TestClockSetBackCostsNoBackup(t *testing.T) {
	a, clock := backedUp(t)
	for n := range 14 {
		got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: strings.Repeat("科", n+1)}))
		if n == 12 {
			clock.Pass(-3 * 365 * 24 * time.Hour)
		}
		clock.Pass(time.Minute)
		got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil))
	}
	list := got[[]data.Backup](t)(a.Backups(ctx))
	if oldest := list[len(list)-1]; oldest.At > "2020" {
		t.Errorf("the backups made since the clock went back are gone: %v", list)
	}
	if needed := got[bool](t)(a.BackupNeeded(ctx)); needed {
		t.Error("the newest backup is not known as such")
	}
	a.Lock()
	clock.Pass(-48 * time.Hour)
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	if warnings := a.BackupWarnings(ctx); len(warnings) == 0 || warnings[0].Code != "clock-back" {
		t.Errorf("warnings %+v", warnings)
	}
}

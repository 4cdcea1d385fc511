package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// backUpForever makes an organisation and a backup, over and over.
func backUpForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	units, err := a.Organizations(ctx)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := len(units.List()); ; n++ {
		if _, err := a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: fmt.Sprint("科室", n)}); err != nil {
			return err
		}
		fmt.Println("begin", n)
		if _, err := a.Backup(ctx, data.BackupByHand, nil); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// A backup has its name only when it is whole, and what was half written goes away.
func TestKilledBackupLeavesWholeBackups(t *testing.T) {
	folder := folderWith(t, imageOf(t, apptest.New(t)))
	untilKilledEnough(t, func() killed {
		told := killAtRandom(t, "backup", folder, 250*time.Millisecond)
		a, err := enter(folder)
		must(t, err)
		defer a.Close()
		healthy(t, a)
		list := got[[]data.Backup](t)(a.Backups(ctx))
		for _, one := range list {
			if one.Trouble != "" {
				t.Errorf("%s: %s", one.Path, one.Trouble)
			}
		}
		if len(list) == 0 {
			if told.done >= 0 {
				t.Errorf("no backup, though %d was done", told.done)
			}
			return told
		}
		plan := got[*app.RestorePlan](t)(a.PlanRestore(ctx, list[0].Path, apptest.Password, nil))
		plan.Discard()
		if lost := len(plan.Present.Lost); told.begun >= 0 && told.begun == told.done && lost > 1 {
			t.Errorf("the newest backup lacks %d actions", lost)
		}
		got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil))
		if left, _ := filepath.Glob(filepath.Join(folder, "backup-*.db*")); len(left) > 0 {
			t.Errorf("%v stay behind", left)
		}
		return told
	})
}

// restoreForever restores two backups in turn.
func restoreForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := 0; ; n++ {
		plan, err := a.PlanRestore(ctx, turn(folder, n), apptest.Password, nil)
		if err != nil {
			return err
		}
		fmt.Println("begin", n)
		if _, err := a.Restore(ctx, plan, false, nil); err != nil {
			return err
		}
		fmt.Println("done", n)
		if err := a.Login(ctx, apptest.User, apptest.Password); err != nil {
			return err
		}
	}
}

func turn(folder string, n int) string { return filepath.Join(folder, fmt.Sprintf("%d.pxbak", n%2)) }

// Whenever a restore is killed, the data of before or the backup's opens, whole.
func TestKilledRestoreLeavesOneOfTheTwo(t *testing.T) {
	a := apptest.New(t)
	image := imageOf(t, a)
	var want [2]map[string]string
	files := t.TempDir()
	for n := range want {
		got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: fmt.Sprint("科室", n)}))
		got[data.Backup](t)(a.BackupTo(ctx, turn(files, n), data.BackupByHand, nil))
		want[n] = tablesOf(t, a.DatabasePath())
	}
	folder := ""
	standing := -1 // which of the two the folder holds
	untilKilledEnough(t, func() killed {
		if folder == "" {
			folder, standing = folderWith(t, image), -1
			for n := range want {
				content, err := os.ReadFile(turn(files, n))
				must(t, err)
				must(t, os.WriteFile(turn(folder, n), content, 0o600))
			}
		}
		told := killAtRandom(t, "restore", folder, 300*time.Millisecond)
		b, err := enter(folder)
		must(t, err)
		defer b.Close()
		healthy(t, b)
		found := tablesOf(t, b.DatabasePath())
		at := -1
		for n := range want {
			if fmt.Sprint(found) == fmt.Sprint(want[n]) {
				at = n
			}
		}
		if told.done >= 0 {
			standing = told.done % 2
		}
		if at != standing && (told.begun == told.done || at != told.begun%2) {
			t.Errorf("begun %d, done %d: the data is %d", told.begun, told.done, at)
		}
		standing = at
		left, _ := filepath.Glob(filepath.Join(folder, "restore-*"))
		if _, err := os.Stat(filepath.Join(folder, "restore.json")); err == nil || len(left) > 0 {
			t.Errorf("%v stay behind", left)
		}
		return told
	})
}

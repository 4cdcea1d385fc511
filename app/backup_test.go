package app_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// backedUp is a hospital with an approved order whose program makes automatic backups.
func backedUp(t testing.TB) (*app.App, *apptest.Clock) {
	t.Helper()
	h := apptest.NewHospital(t, 3)
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 3)
	clock := &apptest.Clock{}
	options := apptest.Options(folderWith(t, imageOf(t, h.App)), clock)
	options.NoBackups = false
	a, err := app.Open(ctx, options)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	return a, clock
}

func TestBackupIsMadeProvedAndListed(t *testing.T) {
	a, _ := backedUp(t)
	var told []int
	result, err := a.Backup(ctx, data.BackupByHand, func(done, total int) { told = append(told, done*100/total) })
	must(t, err)
	one := result.Made[0]
	if one.Counts.Trainees != 3 || one.Counts.Orders != 1 || one.Unit != apptest.Unit || !one.Own || one.Trouble != "" || len(one.Broken) > 0 {
		t.Errorf("made %+v", one)
	}
	if len(told) == 0 || told[len(told)-1] > 100 {
		t.Errorf("progress %v", told)
	}
	list := got[[]data.Backup](t)(a.Backups(ctx))
	if len(list) != 1 || list[0].Path != one.Path || list[0].At != "2022-06-17 13:02:11" {
		t.Errorf("listed %+v", list)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(a.DatabasePath()), "backup-*")); len(left) > 0 {
		t.Errorf("copies stay behind: %v", left)
	}
}

func TestBackupOnlyWhereSomethingChanged(t *testing.T) {
	a, clock := backedUp(t)
	made := func(reason data.BackupReason) bool {
		t.Helper()
		clock.Pass(time.Hour)
		return got[bool](t)(a.BackupIfChanged(ctx, reason, nil))
	}
	if !made(data.BackupAtExit) {
		t.Fatal("no first backup")
	}
	must(t, a.SetSetting(ctx, "window.size", "1280x800"))
	a.Lock()
	if made(data.BackupAtExit) {
		t.Error("a second one though only a setting changed")
	}
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	if made(data.BackupAtExit) {
		t.Error("a second one though somebody only logged in")
	}
	got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "新科"}))
	a.Lock()
	if !made(data.BackupAtExit) {
		t.Error("none after a change, while locked")
	}
	must(t, os.RemoveAll(a.DefaultBackupFolder()))
	if !made(data.BackupAtExit) {
		t.Error("none after the backups were deleted")
	}
}

package start

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
)

// damagedFolder is a folder with three backups and a database that is overwritten.
func damagedFolder(t *testing.T) app.Options {
	t.Helper()
	a, clock := apptest.NewWithClock(t)
	for range 3 {
		if _, err := a.Backup(context.Background(), data.BackupAtExit, nil); err != nil {
			t.Fatal(err)
		}
		clock.Pass(20 * time.Hour)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.DatabasePath(), []byte("a receipt saved over the data, several times over, until nothing is left of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	return apptest.Options(filepath.Dir(a.DatabasePath()), clock)
}

func TestDamagedDataGoesBackToTheNewestBackup(t *testing.T) {
	options := damagedFolder(t)
	_, damage := app.Open(context.Background(), options)
	for _, dark := range []bool{true, false} {
		s := desktest.New(t, apptest.Empty(t), 1280, 800, dark)
		restored := false
		s.Show(NewDamage(s.Desk, app.NewRescuer(options), damage, func() { restored = true }).Content())
		s.Shows("数据文件损坏了")
		if dark {
			s.Picture("damage-dark")
			continue
		}
		s.Picture("damage")
		s.Tap("button", "恢复最近的备份")
		for _, r := range apptest.Password {
			s.Window.Canvas().Focused().TypedRune(r)
		}
		s.Picture("damage-password")
		s.Tap("button", "打开备份")
		s.Picture("damage-preview")
		s.Tap("button", "换成这个备份")
		if !restored {
			t.Fatal("not restored")
		}
	}
	a, err := app.Open(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Login(context.Background(), apptest.User, apptest.Password); err != nil {
		t.Error(err)
	}
	if kept, _ := filepath.Glob(filepath.Join(options.Folder, "set-aside", "peixun-*-damaged.db")); len(kept) != 1 {
		t.Errorf("the damaged file was not kept: %v", kept)
	}
}

func TestDamageWithoutBackupsAsksForAFile(t *testing.T) {
	options := damagedFolder(t)
	if err := os.RemoveAll(filepath.Join(options.Folder, "backups")); err != nil {
		t.Fatal(err)
	}
	_, damage := app.Open(context.Background(), options)
	s := desktest.New(t, apptest.Empty(t), 1280, 800, false)
	s.Show(NewDamage(s.Desk, app.NewRescuer(options), damage, func() {}).Content())
	s.Shows("选择其他备份文件…")
	s.Picture("damage-alone")
}

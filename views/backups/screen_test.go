package backups

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
	"peixun/views/desk/desktest"
)

var ctx = context.Background()

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// withBackups is a hospital with some backups, one of them broken.
func withBackups(t *testing.T) (*app.App, *apptest.Clock) {
	t.Helper()
	h := apptest.NewHospital(t, 40)
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 40)
	for n, reason := range []data.BackupReason{data.BackupAtExit, data.BeforeImport, data.BackupAtExit, data.BeforeMonthEnd} {
		if _, err := h.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: strings.Repeat("科", n+1)}); err != nil {
			t.Fatal(err)
		}
		h.Clock.Pass(26 * time.Hour)
		if _, err := h.Backup(ctx, reason, nil); err != nil {
			t.Fatal(err)
		}
	}
	must(t, os.WriteFile(filepath.Join(h.DefaultBackupFolder(), "复制到一半.pxbak"), []byte("PEIXUN-BACKUP-1\n"), 0o600))
	return h.App, h.Clock
}

func stand(t *testing.T, a *app.App, width, height float32, dark bool) (*desktest.Stand, *Screen) {
	s := desktest.New(t, a, width, height, dark)
	screen := New(s.Desk, a)
	s.Enter(screen, nil)
	return s, screen
}

func TestBackupIsMadeFromTheScreen(t *testing.T) {
	a := apptest.New(t)
	s, screen := stand(t, a, desktest.Width, desktest.Height, false)
	s.Shows("还没有备份。退出程序时，以及导入、月结、报盘、恢复以前，会自动备份。")
	s.Picture("backups-empty")
	s.Tap("button", "立即备份")
	if len(screen.list) != 1 || screen.list[0].Reason != data.BackupByHand || !screen.list[0].Own {
		t.Fatalf("listed %+v", screen.list)
	}
	s.Shows("已备份到 1 个位置，读回核对过。")
}

func TestScreenShowsWhatThereIs(t *testing.T) {
	a, _ := withBackups(t)
	for _, c := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"backups", desktest.Width, desktest.Height, false}, {"backups-dark", desktest.Width, desktest.Height, true}, {"backups-wide", 1720, 1000, false}, {"backups-wide-dark", 1720, 1000, true}} {
		s, screen := stand(t, a, c.width, c.height, c.dark)
		if len(screen.list) != 5 {
			t.Fatalf("%d backups", len(screen.list))
		}
		s.Picture(c.name)
		good := slices.IndexFunc(screen.list, func(one data.Backup) bool { return one.Trouble == "" })
		screen.table.Open(good)
		s.Picture(c.name + "-drawer")
		s.Tap("button", "重新核对")
		s.Shows("这个备份完整，可以恢复。")
		screen.table.Open(slices.IndexFunc(screen.list, func(one data.Backup) bool { return one.Trouble != "" }))
		s.Picture(c.name + "-broken")
	}
}

func TestRestoreFromTheScreen(t *testing.T) {
	a, _ := withBackups(t)
	s, screen := stand(t, a, desktest.Width, desktest.Height, false)
	oldest := screen.list[len(screen.list)-1]
	for _, one := range screen.list {
		if one.Trouble == "" && one.At < oldest.At {
			oldest = one
		}
	}
	screen.restore(oldest.Path)
	s.Picture("restore-password")
	typeInto(t, s, "wrong password")
	s.Tap("button", "打开备份")
	s.Picture("restore-wrong")
	if _, in := a.Session(); !in {
		t.Fatal("logged out by a wrong password")
	}
	typeInto(t, s, apptest.Password)
	s.Tap("button", "打开备份")
	s.Shows("备份以后做过的 3 项操作不在备份里")
	s.Picture("restore-preview")
	s.Tap("button", "换成这个备份")
	if _, in := a.Session(); in {
		t.Error("still logged in")
	}
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	tree, err := a.Organizations(ctx)
	must(t, err)
	if got := len(tree.List()); got != 8 {
		t.Errorf("%d organisations, want those of the oldest backup", got)
	}
}

// typeInto types into the password field of the dialog on top.
func typeInto(t *testing.T, s *desktest.Stand, text string) {
	t.Helper()
	field := s.Window.Canvas().Focused()
	if field == nil {
		t.Fatal("no field has the keyboard")
	}
	for _, r := range text {
		field.TypedRune(r)
	}
}

func TestSecondFolderIsChosenUsedAndMissed(t *testing.T) {
	a := apptest.New(t)
	s, screen := stand(t, a, desktest.Width, desktest.Height, false)
	stick := filepath.Join(t.TempDir(), "U盘")
	must(t, os.Mkdir(stick, 0o700))
	screen.places.set(stick)
	s.Shows(stick)
	s.Tap("button", "立即备份")
	if len(screen.list) != 2 {
		t.Fatalf("%d backups in two folders", len(screen.list))
	}
	must(t, os.RemoveAll(stick))
	s.Tap("button", "立即备份")
	s.Shows("U 盘可能没有插上：请插好后再备份，或在“备份与恢复”里换一个文件夹。")
	s.Picture("stick-missing")
	if len(screen.list) != 2 {
		t.Errorf("%d backups: the default folder must have taken the second one", len(screen.list))
	}
	if _, err := os.Stat(stick); err == nil {
		t.Error("the stick's folder was made anew on this disk")
	}
}

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBackupGoesToANewComputer(t *testing.T) {
	files := batchReady(t)
	path := filepath.Join(files, "备份.pxbak")
	if made := value[backupReply](t, 0, "backup", "--out", path); made.Counts.Trainees != 5 || made.Counts.Batches != 1 || made.Unit != unit {
		t.Errorf("made %+v", made)
	}
	if again := must(t, exitFailed, "backup", "--out", path); !strings.Contains(again.messages, "没有覆盖") {
		t.Errorf("a second one of that name: %s", again.messages)
	}
	t.Setenv("PEIXUN_DATA", filepath.Join(t.TempDir(), "new"))
	if done := value[restoreReply](t, 0, "restore", path); done.Before != nil || done.Aside != "" || done.Counts.Trainees != 5 {
		t.Errorf("restored %+v", done)
	}
	if people := value[[]map[string]any](t, 0, "list", "trainees"); len(people) != 5 {
		t.Errorf("%d people on the new computer", len(people))
	}
	must(t, 0, "check")
}

func TestRestoreShowsFirstAndKeepsWhatWas(t *testing.T) {
	files := rosterReady(t)
	path := filepath.Join(files, "备份.pxbak")
	must(t, 0, "backup", "--out", path)
	must(t, 0, "import", "trainees", roster(t, files, 7))
	if shown := value[restoreReply](t, 0, "restore", path, "--dry-run"); shown.Counts.Trainees != 5 || shown.Before.Trainees != 7 || shown.Lost == 0 || shown.Aside != "" {
		t.Errorf("shown %+v", shown)
	}
	if people := value[[]map[string]any](t, 0, "list", "trainees"); len(people) != 7 {
		t.Fatalf("%d people after only looking", len(people))
	}
	done := value[restoreReply](t, 0, "restore", path)
	if people := value[[]map[string]any](t, 0, "list", "trainees"); len(people) != 5 {
		t.Errorf("%d people after the restore", len(people))
	}
	must(t, 0, "restore", done.Backup)
	if people := value[[]map[string]any](t, 0, "list", "trainees"); len(people) != 7 {
		t.Errorf("%d people after going back", len(people))
	}
	if _, err := os.Stat(done.Aside); err != nil {
		t.Error(err)
	}
}

func TestRestoreOverADamagedDatabase(t *testing.T) {
	files := rosterReady(t)
	path := filepath.Join(files, "备份.pxbak")
	must(t, 0, "backup", "--out", path)
	database := filepath.Join(os.Getenv("PEIXUN_DATA"), "peixun.db")
	damage := strings.Repeat("damaged ", 1000)
	write(t, filepath.Dir(database), "peixun.db", damage)
	must(t, exitLocked, "list", "trainees")
	done := value[restoreReply](t, 0, "restore", path)
	if kept, err := os.ReadFile(done.Aside); err != nil || string(kept) != damage {
		t.Errorf("the damaged file was not kept: %v", err)
	}
	if people := value[[]map[string]any](t, 0, "list", "trainees"); len(people) != 5 {
		t.Errorf("%d people", len(people))
	}
	t.Setenv("PEIXUN_PASSPHRASE", "wrong password")
	must(t, exitLocked, "restore", path)
}

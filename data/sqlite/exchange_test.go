package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// exchangeStands makes a folder with an old database, its log, and a new one prepared, and the note that decides on the exchange.
func exchangeStands(t *testing.T, made *sqlite.Store) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, content := range map[string]string{"peixun.db": "old", "peixun.db-wal": "old log", "peixun.db-shm": "old index"} {
		write(t, filepath.Join(folder, name), content)
	}
	if err := made.BackupTo(context.Background(), filepath.Join(folder, "restore-1.db")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "set-aside"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "restore.json"), `{"fresh":"restore-1.db","aside":"set-aside/old.db"}`)
	return folder
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// From the note on, an exchange killed at any step is finished by the next Open, and the old log never meets the new database.
func TestExchangeKilledAtEachStepIsFinished(t *testing.T) {
	steps := [][2]string{{"peixun.db", "set-aside/old.db"}, {"peixun.db-wal", "set-aside/old.db-wal"}, {"peixun.db-shm", "set-aside/old.db-shm"}, {"restore-1.db", "peixun.db"}}
	made, err := sqlite.Open(context.Background(), t.TempDir(), datatest.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	datatest.AddOrganization(t, made, 0, "新的")
	for done := range len(steps) + 1 {
		folder := exchangeStands(t, made)
		for _, step := range steps[:done] {
			if err := os.Rename(filepath.Join(folder, step[0]), filepath.Join(folder, step[1])); err != nil {
				t.Fatal(err)
			}
		}
		store, err := sqlite.Open(context.Background(), folder, datatest.Now)
		if err != nil {
			t.Fatalf("killed after %d steps: %v", done, err)
		}
		if name := datatest.Read(t, store, (*sqlite.Tx).UnitName); name != "新的" {
			t.Errorf("killed after %d steps: the unit is %q", done, name)
		}
		store.Close()
		for name, want := range map[string]string{"old.db": "old", "old.db-wal": "old log"} {
			if kept, err := os.ReadFile(filepath.Join(folder, "set-aside", name)); err != nil || string(kept) != want {
				t.Errorf("killed after %d steps: %s is %q, %v", done, name, kept, err)
			}
		}
		for _, name := range []string{"restore.json", "restore-1.db"} {
			if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
				t.Errorf("killed after %d steps: %s stays", done, name)
			}
		}
	}
}

// Before the note stands, the old database stays, and what was prepared goes.
func TestExchangeKilledBeforeItsNoteNeverWas(t *testing.T) {
	folder := t.TempDir()
	store, err := sqlite.Open(context.Background(), folder, datatest.Now)
	if err != nil {
		t.Fatal(err)
	}
	datatest.AddOrganization(t, store, 0, "旧的")
	store.Close()
	write(t, filepath.Join(folder, "restore-1.db"), "half a database")
	write(t, filepath.Join(folder, "restore.json.new"), `{"fresh":"restore-1.db"`)
	if store, err = sqlite.Open(context.Background(), folder, datatest.Now); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if name := datatest.Read(t, store, (*sqlite.Tx).UnitName); name != "旧的" {
		t.Errorf("the unit is %q", name)
	}
	if _, err := os.Stat(filepath.Join(folder, "restore-1.db")); err == nil {
		t.Error("what was prepared stays")
	}
}

func TestExchangeNeverLeavesTheFolder(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "restore.json"), `{"fresh":"../../etc/passwd","aside":"x"}`)
	if store, err := sqlite.Open(context.Background(), folder, datatest.Now); err == nil {
		store.Close()
		t.Error("a note that leads out of the folder is followed")
	}
}

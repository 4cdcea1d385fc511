package sqlite_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// soundFolder is a folder with a closed database of many people, whose key is whole.
func soundFolder(t *testing.T) string {
	t.Helper()
	store := datatest.Store(t)
	var people []data.Trainee
	for n := range 300 {
		people = append(people, datatest.Trainee(func(one *data.Trainee) { one.Name, one.IDNumber = datatest.Name(n), datatest.IDNumber(n) }))
	}
	datatest.AddTrainees(t, store, people...)
	folder := t.TempDir()
	if err := store.BackupTo(context.Background(), filepath.Join(folder, sqlite.FileName)); err != nil {
		t.Fatal(err)
	}
	return folder
}

// A damaged database is found at the start and stays byte for byte as it was.
func TestDamagedDatabaseIsNeverOpenedForWriting(t *testing.T) {
	const page = 4096
	for name, damage := range map[string]func([]byte) []byte{
		"a broken header":     func(content []byte) []byte { copy(content, "SQLite nonsense "); return content },
		"zeros for a header":  func(content []byte) []byte { clear(content[:100]); return content },
		"a wrong page size":   func(content []byte) []byte { binary.BigEndian.PutUint16(content[16:], 512); return content },
		"truncated":           func(content []byte) []byte { return content[:len(content)/2] },
		"truncated in a page": func(content []byte) []byte { return content[:len(content)/2+100] },
		"zero-filled":         func(content []byte) []byte { clear(content[page:]); return content },
		"a page of zeros":     func(content []byte) []byte { clear(content[page : 2*page]); return content },
		"a torn page": func(content []byte) []byte {
			for at := 3 * page; at < 3*page+512; at++ {
				content[at] = 0xA5
			}
			return content
		},
		"another program's": func([]byte) []byte { return []byte("%PDF-1.4 a receipt that was saved over the data") },
	} {
		t.Run(name, func(t *testing.T) {
			folder := soundFolder(t)
			path := filepath.Join(folder, sqlite.FileName)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			content = damage(content)
			write(t, path, string(content))
			store, err := sqlite.Open(context.Background(), folder, datatest.Now)
			if err == nil {
				store.Close()
			}
			if !errors.Is(err, data.ErrDamaged) {
				t.Errorf("opened with %v", err)
			}
			if after, err := os.ReadFile(path); err != nil || !slices.Equal(after, content) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

// SQLite would go on without the index and never fill it again.
func TestLostIndexIsDamage(t *testing.T) {
	folder := soundFolder(t)
	raw := datatest.Raw(t, filepath.Join(folder, sqlite.FileName))
	datatest.Exec(t, raw, "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'trainee_organization'")
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(context.Background(), folder, datatest.Now); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("opened with %v", err)
	}
}

func TestDatabaseWithoutAnyKeyIsDamaged(t *testing.T) {
	folder := t.TempDir()
	store, err := sqlite.Open(context.Background(), folder, datatest.Now)
	if err != nil {
		t.Fatal(err)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		_, err := tx.AddAdministrator(data.Administrator{User: "zhaoxl", Name: "赵晓岚", Role: data.RoleManager, State: data.AccountEnabled})
		return err
	})
	store.Close()
	if _, err := sqlite.Open(context.Background(), folder, datatest.Now); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("opened with %v", err)
	}
}

// A folder as a killed program left it opens; without its log, or without its database, it does not.
func TestMissingPartsAreNoticed(t *testing.T) {
	left := func(t *testing.T, without string) string {
		store, err := sqlite.Open(context.Background(), t.TempDir(), datatest.Now)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		datatest.AddOrganization(t, store, 0, "单位")
		folder := t.TempDir()
		for _, part := range []string{"", "-wal", "-shm"} {
			if part == without {
				continue
			}
			content, err := os.ReadFile(store.Path() + part)
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(folder, sqlite.FileName+part), string(content))
		}
		return folder
	}
	for _, c := range []struct {
		without string
		damaged bool
	}{{"none", false}, {"-shm", false}, {"-wal", true}, {"", true}} {
		t.Run("without "+c.without, func(t *testing.T) {
			store, err := sqlite.Open(context.Background(), left(t, c.without), datatest.Now)
			if errors.Is(err, data.ErrDamaged) != c.damaged {
				t.Fatalf("opened with %v", err)
			}
			if err == nil {
				defer store.Close()
				if name := datatest.Read(t, store, (*sqlite.Tx).UnitName); name != "单位" {
					t.Errorf("the unit is %q", name)
				}
			}
		})
	}
}

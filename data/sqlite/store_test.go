package sqlite_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

var ctx = context.Background()

func open(t testing.TB, folder string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(ctx, folder, datatest.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// schema lists everything that a database file declares.
func schema(t testing.TB, path string) string {
	t.Helper()
	rows, err := datatest.Raw(t, path).Query("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
	must(t, err)
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var line string
		must(t, rows.Scan(&line))
		all.WriteString(line + "\n")
	}
	must(t, rows.Err())
	return all.String()
}

func TestOpenMakesTheFolderAndTheSchemaOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "新的", "数据 文件夹#1%")
	first := open(t, folder)
	made := schema(t, first.Path())
	must(t, first.Close())
	for range 3 {
		again := open(t, folder)
		must(t, again.Close())
	}
	if got := schema(t, filepath.Join(folder, sqlite.FileName)); got != made || !strings.Contains(made, "recharge_entry") {
		t.Errorf("the schema changed on opening again:\n%s", got)
	}
	var migrations int
	must(t, datatest.Raw(t, first.Path()).QueryRow("SELECT count(*) FROM migration").Scan(&migrations))
	if files, _ := filepath.Glob("migrations/*.sql"); migrations != len(files) {
		t.Errorf("%d migrations recorded of %d", migrations, len(files))
	}
	if _, err := os.Stat(filepath.Join(folder, "backups")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening without a migration made a backup: %v", err)
	}
}

func TestWritesSurviveReopening(t *testing.T) {
	folder := t.TempDir()
	store := open(t, folder)
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SetSetting("列宽", "120") })
	must(t, store.Close())
	got := datatest.Read(t, open(t, folder), func(tx *sqlite.Tx) (string, error) { return tx.Setting("列宽", "") })
	if got != "120" {
		t.Errorf("setting = %q", got)
	}
}

func TestSeveralProgramsOpenAnEmptyFolderAtOnce(t *testing.T) {
	folder := t.TempDir()
	var together sync.WaitGroup
	for range 6 {
		together.Go(func() {
			store, err := sqlite.Open(ctx, folder, datatest.Now)
			if err != nil {
				t.Error(err)
				return
			}
			defer store.Close()
			for range 5 {
				if err := store.Write(ctx, func(tx *sqlite.Tx) error { _, err := tx.Next("together"); return err }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	together.Wait()
	if last := datatest.Read(t, open(t, folder), func(tx *sqlite.Tx) (int64, error) { return tx.Last("together") }); last != 30 {
		t.Errorf("30 writes counted to %d", last)
	}
}

func TestBackupIsMadeBeforeMigrating(t *testing.T) {
	folder := t.TempDir()
	store := open(t, folder)
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SetSetting("mark", "before") })
	before := schema(t, store.Path())
	must(t, store.Close())
	number := sqlite.AddMigration(t, "later", "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; UPDATE setting SET value = 'after' WHERE key = 'mark';")

	migrated := open(t, folder)
	if got := datatest.Read(t, migrated, func(tx *sqlite.Tx) (string, error) { return tx.Setting("mark", "") }); got != "after" {
		t.Errorf("mark = %q, the migration did not run", got)
	}
	must(t, migrated.Close())
	backups, err := filepath.Glob(filepath.Join(folder, "backups", "*.db"))
	must(t, err)
	if len(backups) != 1 || !strings.HasPrefix(filepath.Base(backups[0]), fmt.Sprintf("before-migration-%04d-20220617-130211-", number)) {
		t.Fatalf("backups = %v", backups)
	}
	var mark string
	must(t, datatest.Raw(t, backups[0]).QueryRow("SELECT value FROM setting WHERE key = 'mark'").Scan(&mark))
	if mark != "before" || schema(t, backups[0]) != before {
		t.Errorf("the backup is not the database as it was: mark %q", mark)
	}
	must(t, open(t, folder).Close())
	if again, _ := filepath.Glob(filepath.Join(folder, "backups", "*.db")); len(again) != 1 {
		t.Errorf("opening again made more backups: %v", again)
	}
}

func TestFailedMigrationLeavesTheDatabaseAsItWas(t *testing.T) {
	folder := t.TempDir()
	store := open(t, folder)
	before := schema(t, store.Path())
	must(t, store.Close())
	sqlite.AddMigration(t, "broken", "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);")
	if _, err := sqlite.Open(ctx, folder, datatest.Now); err == nil {
		t.Fatal("a broken migration passed")
	}
	if got := schema(t, store.Path()); got != before {
		t.Errorf("half a migration stayed:\n%s", got)
	}
}

func TestNewerDatabaseIsRefusedAndStaysAsItIs(t *testing.T) {
	folder := t.TempDir()
	store := open(t, folder)
	must(t, store.Close())
	raw := datatest.Raw(t, store.Path())
	datatest.Exec(t, raw, "INSERT INTO migration (version, name, at) VALUES (99, 'from_the_future', '2030-01-01 00:00:00')")
	must(t, raw.Close())
	before, err := os.ReadFile(store.Path())
	must(t, err)
	_, err = sqlite.Open(ctx, folder, datatest.Now)
	problem, ok := data.AsProblem(err)
	if !ok || problem.Code != "database-newer" {
		t.Fatalf("err = %v", err)
	}
	if after, err := os.ReadFile(store.Path()); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the newer database was touched: %v", err)
	}
}

func TestForeignFilesAreRefusedAndStayByteIdentical(t *testing.T) {
	noise := make([]byte, 9000)
	rand.Read(noise)
	healthy := func() []byte {
		folder := t.TempDir()
		must(t, open(t, folder).Close())
		content, err := os.ReadFile(filepath.Join(folder, sqlite.FileName))
		must(t, err)
		return content
	}()
	smashed := bytes.Clone(healthy)
	copy(smashed[100:], bytes.Repeat([]byte{0xA5}, 4000)) // the schema's page behind the file header
	for name, content := range map[string][]byte{
		"noise":              noise,
		"a text":             []byte("姓名,身份证号\n陈若溪,110101199003070011\n"),
		"a workbook":         append([]byte("PK\x03\x04"), noise...),
		"a header alone":     append([]byte("SQLite format 3\x00"), noise[:200]...),
		"a smashed schema":   smashed,
		"another program's":  foreignDatabase(t),
		"half of a database": healthy[:len(healthy)/2/4096*4096],
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, sqlite.FileName)
			must(t, os.WriteFile(path, content, 0o600))
			store, err := sqlite.Open(ctx, folder, datatest.Now)
			if err == nil { // what opening does not find, using must not hide
				err = store.Write(ctx, func(tx *sqlite.Tx) error { _, err := tx.AddOrganization(data.Organization{Name: "单位"}); return err })
				store.Close()
			}
			if !errors.Is(err, data.ErrDamaged) {
				t.Errorf("err = %v, want data.ErrDamaged", err)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(content, after) {
				t.Errorf("the file changed: %d bytes, %v", len(after), err)
			}
		})
	}
}

// foreignDatabase is a sound SQLite file that is not ours.
func foreignDatabase(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	raw := datatest.Raw(t, path)
	datatest.Exec(t, raw, "CREATE TABLE photos (id INTEGER PRIMARY KEY, name TEXT)")
	must(t, raw.Close())
	content, err := os.ReadFile(path)
	must(t, err)
	return content
}

func TestLockedStoreRefusesPersonalData(t *testing.T) {
	store := datatest.Store(t)
	trainee := datatest.AddTrainees(t, store, datatest.Trainee())[0]
	order := datatest.AddOrder(t, store)
	var voucher data.Voucher
	datatest.Write(t, store, func(tx *sqlite.Tx) (err error) {
		voucher, err = tx.AddVoucher(order.ID, data.Voucher{Name: "回单.png", Type: "image/png", Width: 1, Height: 1}, []byte("picture"))
		return errors.Join(err, tx.SaveProfile(data.Profile{Name: "赵晓岚", Mobile: "13800000417"}))
	})
	store.Unlock(nil)
	for name, work := range map[string]func(tx *sqlite.Tx) error{
		"read a trainee":      func(tx *sqlite.Tx) error { _, err := tx.Trainee(trainee); return err },
		"read a row":          func(tx *sqlite.Tx) error { _, err := tx.TraineeRows([]int64{trainee}, 1); return err },
		"search by number":    func(tx *sqlite.Tx) error { _, err := tx.TraineeIDs(data.TraineeQuery{IDNumber: "0011"}); return err },
		"search by word":      func(tx *sqlite.Tx) error { _, err := tx.TraineeIDs(data.TraineeQuery{Text: "陈"}); return err },
		"find by number":      func(tx *sqlite.Tx) error { _, err := tx.TraineeByIDNumber("110101199003070011"); return err },
		"add a trainee":       func(tx *sqlite.Tx) error { _, err := tx.AddTrainee(datatest.Trainee()); return err },
		"read an order":       func(tx *sqlite.Tx) error { _, err := tx.Order(order.ID); return err },
		"save an order":       func(tx *sqlite.Tx) error { return tx.SaveOrder(order) },
		"read a voucher":      func(tx *sqlite.Tx) error { _, err := tx.VoucherContent(voucher.ID); return err },
		"read the profile":    func(tx *sqlite.Tx) error { _, err := tx.Profile(); return err },
		"save the profile":    func(tx *sqlite.Tx) error { return tx.SaveProfile(data.Profile{Mobile: "13800000417"}) },
		"walk every trainee":  func(tx *sqlite.Tx) error { return tx.EachTrainee(func(data.Trainee) error { return nil }) },
		"save without mobile": func(tx *sqlite.Tx) error { return tx.SaveProfile(data.Profile{}) },
	} {
		if err := store.Write(ctx, work); !errors.Is(err, data.ErrLocked) {
			t.Errorf("%s: %v, want data.ErrLocked", name, err)
		}
	}
	opened, err := vault.New(vault.NewKey())
	must(t, err)
	store.Unlock(opened)
	if err := store.Read(ctx, func(tx *sqlite.Tx) error { _, err := tx.Trainee(trainee); return err }); !errors.Is(err, data.ErrDamaged) {
		t.Errorf("another key: %v, want data.ErrDamaged", err)
	}
}

func TestWriteIsAllOrNothing(t *testing.T) {
	store := datatest.Store(t)
	broken := errors.New("half-way")
	err := store.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.AddTrainee(datatest.Trainee()); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if totals := datatest.Read(t, store, func(tx *sqlite.Tx) (data.TraineeTotals, error) { return tx.TraineeTotals(data.TraineeQuery{}) }); totals.Count != 0 {
		t.Errorf("%d trainees stayed of a transaction that failed", totals.Count)
	}
	if last := datatest.Read(t, store, func(tx *sqlite.Tx) (int64, error) { return tx.Last("trainee") }); last != 0 {
		t.Errorf("the counter stayed at %d", last)
	}
}

func TestPanicInAWriteLeavesTheStoreUsable(t *testing.T) {
	store := datatest.Store(t)
	func() {
		defer func() { recover() }()
		store.Write(ctx, func(tx *sqlite.Tx) error {
			tx.SetSetting("half", "done")
			panic("a bug")
		})
	}()
	done := make(chan error, 1)
	go func() { done <- store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SetSetting("next", "works") }) }()
	short, cancel := context.WithTimeout(ctx, 5e9)
	defer cancel()
	select {
	case err := <-done:
		must(t, err)
	case <-short.Done():
		t.Fatal("the writer is lost after a panic")
	}
	if got := datatest.Read(t, store, func(tx *sqlite.Tx) (string, error) { return tx.Setting("half", "") }); got != "" {
		t.Errorf("half of the work stayed: %q", got)
	}
}

func TestReadIsOneSnapshotAndCannotWrite(t *testing.T) {
	store := datatest.Store(t)
	err := store.Read(ctx, func(tx *sqlite.Tx) error {
		before, err := tx.Setting("key", "none")
		must(t, err)
		datatest.Write(t, store, func(other *sqlite.Tx) error { return other.SetSetting("key", "changed") })
		after, err := tx.Setting("key", "none")
		if before != after {
			t.Errorf("a snapshot saw %q and then %q", before, after)
		}
		return err
	})
	must(t, err)
	if err := store.Read(ctx, func(tx *sqlite.Tx) error { return tx.SetSetting("key", "by a reader") }); err == nil {
		t.Error("a reader wrote")
	}
}

func TestBackupToIsWholeAndRefusesAnExistingFile(t *testing.T) {
	store := datatest.Store(t)
	ids := datatest.AddTrainees(t, store, datatest.Trainee(), datatest.Trainee())
	path := filepath.Join(t.TempDir(), "备份.db")
	must(t, store.BackupTo(ctx, path))
	var count int
	must(t, datatest.Raw(t, path).QueryRow("SELECT count(*) FROM trainee").Scan(&count))
	if count != len(ids) {
		t.Errorf("the backup has %d of %d trainees; the newest stand in the write-ahead log", count, len(ids))
	}
	if err := store.BackupTo(ctx, path); err == nil {
		t.Error("an existing file was overwritten")
	}
}

func TestPersonalColumnsOfEveryTableAreNamedSealedOrIndexed(t *testing.T) {
	store := datatest.Store(t)
	raw := datatest.Raw(t, store.Path())
	blobs := columns(t, raw, "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'BLOB'")
	for _, column := range blobs {
		_, name, _ := strings.Cut(column, ".")
		if !strings.HasPrefix(name, "sealed_") && !strings.HasSuffix(name, "_index") && name != "salt" {
			t.Errorf("%s holds bytes but is neither sealed_… nor …_index", column)
		}
	}
	loose := columns(t, raw, "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.sql NOT LIKE '%STRICT%'")
	if len(loose) > 0 {
		t.Errorf("tables that are not STRICT: %v", loose)
	}
}

func columns(t testing.TB, raw *sql.DB, query string) []string {
	t.Helper()
	rows, err := raw.Query(query)
	must(t, err)
	defer rows.Close()
	var found []string
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		found = append(found, name)
	}
	must(t, rows.Err())
	return found
}

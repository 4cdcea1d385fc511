package app_test

import (
	"compress/gzip"
	"database/sql"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// tablesOf hashes every table of a database but those that a restore writes into itself.
func tablesOf(t testing.TB, path string) map[string]string {
	t.Helper()
	handle := datatest.Raw(t, path)
	defer handle.Close()
	content := map[string]string{}
	for _, table := range columnOf(t, handle, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit', 'counter', 'setting', 'migration')") {
		columns := columnOf(t, handle, "SELECT 'quote(' || name || ')' FROM pragma_table_info('"+table+"') WHERE name <> 'last_login'")
		sum := fnv.New64()
		lines := columnOf(t, handle, "SELECT "+joined(columns)+" FROM "+table+" ORDER BY 1")
		for _, line := range lines {
			fmt.Fprintln(sum, line)
		}
		content[table] = fmt.Sprintf("%d rows, %x", len(lines), sum.Sum64())
	}
	return content
}

func joined(columns []string) string {
	text := "''"
	for _, column := range columns {
		text += " || ',' || " + column
	}
	return text
}

func columnOf(t testing.TB, handle *sql.DB, query string) []string {
	t.Helper()
	rows, err := handle.Query(query)
	must(t, err)
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		must(t, rows.Scan(&text))
		list = append(list, text)
	}
	must(t, rows.Err())
	return list
}

func sameContent(t testing.TB, got, want map[string]string) {
	t.Helper()
	for table := range want {
		if got[table] != want[table] {
			t.Errorf("%s: %s, want %s", table, got[table], want[table])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d tables, want %d", len(got), len(want))
	}
}

func restored(t testing.TB, a *app.App, path, secret string) app.RestoreResult {
	t.Helper()
	plan := got[*app.RestorePlan](t)(a.PlanRestore(ctx, path, secret, nil))
	return got[app.RestoreResult](t)(a.Restore(ctx, plan, false, nil))
}

func TestRestoreBringsBackWhatWas(t *testing.T) {
	a, clock := backedUp(t)
	before := tablesOf(t, a.DatabasePath())
	first := got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil)).Made[0]
	clock.Pass(time.Hour)
	got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "后来的科"}))
	later := tablesOf(t, a.DatabasePath())
	var locked bool
	a.Subscribe(func(event app.Event) { locked = locked || event == app.SessionChanged })

	plan := got[*app.RestorePlan](t)(a.PlanRestore(ctx, first.Path, apptest.Password, nil))
	if p := plan.Present; p == nil || !p.Same || len(p.Lost) != 1 || p.Lost[0].Target != "后来的科" || p.Counts.Trainees != 3 || plan.OtherUnit() || len(plan.Broken) > 0 {
		t.Fatalf("preview %+v", plan.Present)
	}
	result := got[app.RestoreResult](t)(a.Restore(ctx, plan, false, nil))
	if _, in := a.Session(); in || !locked {
		t.Error("somebody is still logged in")
	}
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	sameContent(t, tablesOf(t, a.DatabasePath()), before)
	sameContent(t, tablesOf(t, result.Aside), later)
	healthy(t, a)
	if log := got[[]data.AuditEntry](t)(a.Audit(ctx, "恢复", 10)); len(log) != 1 || log[0].Action != "restore" {
		t.Errorf("log %+v", log)
	}
	if result.Backup == nil || result.Backup.Reason != data.BeforeRestore {
		t.Fatalf("the data of before was not backed up: %+v", result)
	}
	// And back again: what was lost by the restore is there.
	restored(t, a, result.Backup.Path, apptest.Password)
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	sameContent(t, tablesOf(t, a.DatabasePath()), later)
	got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "再后来的科"}))
}

func TestRestoreOnANewComputer(t *testing.T) {
	a, _ := backedUp(t)
	path := filepath.Join(t.TempDir(), "备份.pxbak")
	got[data.Backup](t)(a.BackupTo(ctx, path, data.BackupByHand, nil))
	want := tablesOf(t, a.DatabasePath())
	t.Run("before the first start", func(t *testing.T) {
		fresh := apptest.Empty(t)
		restored(t, fresh, path, apptest.Password)
		must(t, fresh.Login(ctx, apptest.User, apptest.Password))
		sameContent(t, tablesOf(t, fresh.DatabasePath()), want)
		healthy(t, fresh)
	})
	t.Run("into a folder with nothing in it", func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "新电脑", "数据")
		plan := got[*app.RestorePlan](t)(app.PlanRescue(ctx, apptest.Options(folder, &apptest.Clock{}), path, apptest.Password, nil))
		got[app.RestoreResult](t)(plan.Rescue(ctx))
		other, err := enter(folder)
		must(t, err)
		defer other.Close()
		sameContent(t, tablesOf(t, other.DatabasePath()), want)
		healthy(t, other)
	})
}

func TestRestoreWithTheRecoveryKey(t *testing.T) {
	a := apptest.Empty(t)
	key := got[string](t)(a.Initialize(ctx, app.Setup{Unit: apptest.Unit, User: apptest.User, Password: apptest.Password}))
	path := filepath.Join(t.TempDir(), "备份.pxbak")
	got[data.Backup](t)(a.BackupTo(ctx, path, data.BackupByHand, nil))
	plan := got[*app.RestorePlan](t)(a.PlanRestore(ctx, path, key, nil))
	plan.Discard()
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(a.DatabasePath()), "restore-*.db")); len(left) > 0 {
		t.Errorf("a plan given up leaves %v", left)
	}
}

func TestRestoreIsRefusedInWords(t *testing.T) {
	a, _ := backedUp(t)
	path := filepath.Join(t.TempDir(), "备份.pxbak")
	got[data.Backup](t)(a.BackupTo(ctx, path, data.BackupByHand, nil))
	whole, err := os.ReadFile(path)
	must(t, err)
	want := tablesOf(t, a.DatabasePath())
	file := func(name string, content []byte) string {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, content, 0o600))
		return path
	}
	flipped := slices.Clone(whole)
	flipped[len(flipped)-5000] ^= 1
	for _, c := range []struct{ name, path, secret, code string }{
		{"a wrong password", path, "not the password", "backup-password"},
		{"no password", path, "", "backup-password"},
		{"half a file", file("一半.pxbak", whole[:len(whole)/2]), apptest.Password, "backup-truncated"},
		{"a flipped bit", file("坏.pxbak", flipped), apptest.Password, "backup-damaged"},
		{"a database", a.DatabasePath(), apptest.Password, "backup-foreign"},
		{"an empty file", file("空.pxbak", nil), apptest.Password, "backup-foreign"},
		{"no file", filepath.Join(t.TempDir(), "没有.pxbak"), apptest.Password, "backup-unreadable"},
		{"a folder", t.TempDir(), apptest.Password, "backup-unreadable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := a.PlanRestore(ctx, c.path, c.secret, nil)
			refused(t, err, c.code)
			sameContent(t, tablesOf(t, a.DatabasePath()), want)
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(a.DatabasePath()), "restore-*.db*")); len(left) > 0 {
				t.Errorf("%v stays behind", left)
			}
		})
	}
}

func TestAnotherUnitsBackupIsAskedAbout(t *testing.T) {
	a, _ := backedUp(t)
	other := apptest.Empty(t)
	got[string](t)(other.Initialize(ctx, app.Setup{Unit: "北京市第八医院", User: "qian", Password: "other battery 8"}))
	path := filepath.Join(t.TempDir(), "备份.pxbak")
	got[data.Backup](t)(other.BackupTo(ctx, path, data.BackupByHand, nil))
	plan := got[*app.RestorePlan](t)(a.PlanRestore(ctx, path, "other battery 8", nil))
	_, err := a.Restore(ctx, plan, false, nil)
	refused(t, err, "backup-other-unit")
	if !plan.OtherUnit() || plan.Present.Same {
		t.Errorf("preview %+v", plan.Present)
	}
	got[app.RestoreResult](t)(a.Restore(ctx, plan, true, nil))
	must(t, a.Login(ctx, "qian", "other battery 8"))
	if profile := got[data.OrganizationTree](t)(a.Organizations(ctx)); profile.Root().Name != "北京市第八医院" {
		t.Errorf("the unit is %s", profile.Root().Name)
	}
}

// A program that has the data open keeps it; nothing is half exchanged.
func TestRestoreWaitsForNoOtherProgram(t *testing.T) {
	a, _ := backedUp(t)
	first := got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil)).Made[0]
	other := apptest.Again(t, a)
	got[int64](t)(other.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "那边的科"}))
	plan := got[*app.RestorePlan](t)(a.PlanRestore(ctx, first.Path, apptest.Password, nil))
	_, err := a.Restore(ctx, plan, false, nil)
	refused(t, err, "database-in-use")
	got[int64](t)(other.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "又一科"}))
	got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: 1, Name: "这边的科"}))
	must(t, other.Close())
	restored(t, a, first.Path, apptest.Password)
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	healthy(t, a)
}

// Whatever was stored, a backup restored elsewhere holds the same.
func TestBackupAndRestoreGiveTheSameContent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "备份.pxbak")
	rapid.Check(t, func(r *rapid.T) {
		os.Remove(path)
		a := apptest.New(t)
		defer a.Close()
		people := rapid.IntRange(0, 20).Draw(r, "people")
		if people > 0 {
			lines := []string{"姓名,身份证号,备注"}
			for n := range people {
				lines = append(lines, fmt.Sprintf("%s,%s,%s", datatest.Name(n), datatest.IDNumber(n), rapid.StringMatching(`[a-z一-龥]{0,9}`).Draw(r, "remark")))
			}
			importFile(t, a, csv(t, lines...), app.ImportOptions{})
		}
		got[data.Backup](t)(a.BackupTo(ctx, path, data.BackupByHand, nil))
		folder := t.TempDir()
		plan := got[*app.RestorePlan](t)(app.PlanRescue(ctx, apptest.Options(folder, &apptest.Clock{}), path, apptest.Password, nil))
		got[app.RestoreResult](t)(plan.Rescue(ctx))
		sameContent(t, tablesOf(t, filepath.Join(folder, "peixun.db")), tablesOf(t, a.DatabasePath()))
	})
}

// oldData is a folder with a database of an older version of the program, with one person in it.
func oldData(t *testing.T) (folder string) {
	t.Helper()
	packed, err := os.Open("testdata/schema-1.db.gz")
	must(t, err)
	defer packed.Close()
	unpacked := got[*gzip.Reader](t)(gzip.NewReader(packed))
	content := got[[]byte](t)(io.ReadAll(unpacked))
	return folderWith(t, content)
}

func TestCopyFromBeforeAMigrationBecomesABackup(t *testing.T) {
	a, err := enter(oldData(t))
	must(t, err)
	defer a.Close()
	copies, _ := filepath.Glob(filepath.Join(a.DefaultBackupFolder(), "before-migration-*.db"))
	if len(copies) != 1 {
		t.Fatalf("copies %v", copies)
	}
	want := tablesOf(t, a.DatabasePath())
	got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil))
	var old data.Backup
	for _, one := range got[[]data.Backup](t)(a.Backups(ctx)) {
		if one.Reason == data.BeforeMigration {
			old = one
		}
	}
	if old.Schema != 1 || old.Counts.Trainees != 1 || old.Trouble != "" {
		t.Fatalf("the old version's backup: %+v", old)
	}
	if left, _ := filepath.Glob(filepath.Join(a.DefaultBackupFolder(), "*.db")); len(left) > 0 {
		t.Errorf("%v stay readable", left)
	}
	t.Run("which is restored and brought up to date", func(t *testing.T) {
		restored(t, a, old.Path, apptest.Password)
		must(t, a.Login(ctx, apptest.User, apptest.Password))
		found := tablesOf(t, a.DatabasePath())
		for _, made := range []string{"administrator", "key_wrap", "data_key"} { // anew by the first login after the update
			delete(found, made)
			delete(want, made)
		}
		sameContent(t, found, want)
		healthy(t, a)
	})
}

func TestBackupOfANewerVersionIsRefused(t *testing.T) {
	a, _ := backedUp(t)
	datatest.Exec(t, datatest.Raw(t, a.DatabasePath()), "INSERT INTO migration (version, name, at) VALUES (9999, 'later', '')")
	path := filepath.Join(t.TempDir(), "备份.pxbak")
	got[data.Backup](t)(a.BackupTo(ctx, path, data.BackupByHand, nil))
	_, err := a.PlanRestore(ctx, path, apptest.Password, nil)
	refused(t, err, "database-newer")
}

package sqlite_test

import (
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// TestTheOnlyAdministratorOfVersion9MayDoEverything opens a database from before there were several administrators.
func TestTheOnlyAdministratorOfVersion9MayDoEverything(t *testing.T) {
	folder := t.TempDir()
	later := sqlite.OldMigrations(t, 9)
	old := open(t, folder)
	raw := datatest.Raw(t, old.Path())
	datatest.Exec(t, raw, "INSERT INTO administrator (id, user, name, created_at) VALUES (1, 'zhaoxl', 'zhaoxl', '2022-01-01 08:00:00')")
	datatest.Exec(t, raw, "INSERT INTO counter (name, last) VALUES ('administrator', 1)")
	datatest.Exec(t, raw, "INSERT INTO profile (id, name, department, phone, email, uscc, address, postcode) VALUES (1, '赵晓岚', '', '', '', '', '', '')")
	key := bytesOf(7, vault.KeySize)
	wrapped, err := vault.Wrap(key, "horse battery 9", "key/1", vault.Cost{Time: 1, Memory: 64, Threads: 1})
	must(t, err)
	for _, id := range []any{1, nil} {
		datatest.Exec(t, raw, "INSERT INTO key_wrap (administrator_id, time, memory, threads, salt, sealed_key) VALUES (?, 1, 64, 1, ?, ?)", id, wrapped.Salt, wrapped.Sealed)
	}
	must(t, old.Close())

	later()
	store := open(t, folder)
	known := datatest.Read(t, store, (*sqlite.Tx).Administrators)
	want := data.Administrator{ID: 1, User: "zhaoxl", Name: "赵晓岚", Role: data.RoleManager, State: data.AccountEnabled, CreatedAt: "2022-01-01 08:00:00"}
	if len(known) != 1 || known[0] != want {
		t.Errorf("carried over as %+v", known)
	}
	kept := datatest.Read(t, store, func(tx *sqlite.Tx) (vault.Wrapped, error) { return tx.Wrap(1) })
	if got, err := kept.Unwrap("horse battery 9", "key/1"); err != nil || string(got) != string(key) || kept.Paired() {
		t.Errorf("the password opens %x, %v", got, err)
	}
	opened, err := vault.New(key)
	must(t, err)
	store.Unlock(opened)
	if found := unhealthy(t, store); len(found) > 0 {
		t.Errorf("数据体检 finds %q", found)
	}
	writes := datatest.Raw(t, store.Path())
	for statement, refusal := range map[string]string{
		"UPDATE administrator SET role = '只读'":   "the last administrator",
		"UPDATE administrator SET state = '已移除'": "the last administrator",
		"INSERT INTO administrator (id, user, name, role, created_at) VALUES (9, 'x', 'x', '超级管理员', '2022')": "CHECK",
		"DELETE FROM administrator":                       "never deleted",
		"INSERT INTO login_guard VALUES (1, -1, 0, 0)":    "CHECK",
		"INSERT INTO data_key (id, name) VALUES (2, 'x')": "CHECK",
		"INSERT INTO data_key (id, name) VALUES (1, '')":  "CHECK",
		"UPDATE administrator SET must_change = 2":        "CHECK",
	} {
		if _, err := writes.Exec(statement); err == nil || !strings.Contains(err.Error(), refusal) {
			t.Errorf("%s gives %v, want a refusal by %s", statement, err, refusal)
		}
	}
	datatest.Exec(t, writes, "INSERT INTO administrator (id, user, name, created_at) VALUES (2, 'liuer', '刘二', '2022')")
	datatest.Exec(t, writes, "UPDATE administrator SET state = '停用' WHERE id = 1")
	var keys int
	must(t, writes.QueryRow("SELECT count(*) FROM key_wrap WHERE administrator_id = 1").Scan(&keys))
	if keys != 0 {
		t.Error("who was disabled still has a key")
	}
	if _, err := writes.Exec("INSERT INTO key_wrap (administrator_id, time, memory, threads, salt, sealed_key) VALUES (1, 1, 64, 1, x'00', x'00')"); err == nil {
		t.Error("who is disabled was given a key")
	}
}

// A key put back into the file, one taken away and one that is damaged are all found.
func TestCheckupFindsWrongKeys(t *testing.T) {
	for name, statements := range map[string][]string{
		"启用的账号各有一把钥匙，其他账号没有": {"DELETE FROM key_wrap WHERE administrator_id = 2"},
		"恢复密钥在":         {"DELETE FROM key_wrap WHERE administrator_id IS NULL"},
		"各账号的钥匙没有损坏":    {"UPDATE key_wrap SET time = time + 1 WHERE administrator_id = 2"},
		"至少有一位启用的“管理员”": {"DROP TRIGGER administrator_last", "UPDATE administrator SET role = '经办'"},
	} {
		store := datatest.Store(t)
		fillSealed(t, store)
		raw := datatest.Raw(t, store.Path())
		for _, statement := range statements {
			datatest.Exec(t, raw, statement)
		}
		if found := strings.Join(unhealthy(t, store), "\n"); !strings.Contains(found, name) {
			t.Errorf("%s is not found: %s", name, found)
		}
	}
}

package sqlite_test

import (
	"slices"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// What a person made of the columns of workbooks was remembered by version 2 already. It is still known after all migrations, and
// a bank's columns are remembered beside it.
func TestColumnMappingsOfVersion2AreKept(t *testing.T) {
	const headers, hours, bank = "姓名\t证件号码\t手机", "姓名\t学时", "交易日期\t借方"
	folder := t.TempDir()
	later := sqlite.OldMigrations(t, 2)
	old := open(t, folder)
	keys, err := vault.New(bytesOf(7, vault.KeySize))
	must(t, err)
	old.Unlock(keys)
	datatest.Write(t, old, func(tx *sqlite.Tx) error {
		must(t, tx.SetColumnMapping("trainees", headers, []string{"name", "id_number", ""}, "2022-06-17 13:02:11"))
		return tx.SetColumnMapping("hours", hours, []string{"name", "hours"}, "2022-06-17 13:02:11")
	})
	if err := old.Write(ctx, func(tx *sqlite.Tx) error {
		return tx.SetColumnMapping("statement", bank, []string{"day", "paid"}, "2022-06-17 13:02:11")
	}); err == nil {
		t.Fatal("version 2 remembers a bank's columns: this is no old database")
	}
	must(t, old.Close())

	later()
	store := open(t, folder)
	store.Unlock(keys)
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		return tx.SetColumnMapping("statement", bank, []string{"day", "paid"}, "2022-06-18 09:00:00")
	})
	for _, known := range []struct {
		form, headers string
		columns       []string
	}{{"trainees", headers, []string{"name", "id_number", ""}}, {"hours", hours, []string{"name", "hours"}}, {"statement", bank, []string{"day", "paid"}}} {
		columns := datatest.Read(t, store, func(tx *sqlite.Tx) ([]string, error) { return tx.ColumnMapping(known.form, known.headers) })
		if !slices.Equal(columns, known.columns) {
			t.Errorf("%s: %q are remembered, want %q", known.form, columns, known.columns)
		}
	}
	var at data.Moment
	must(t, datatest.Raw(t, store.Path()).QueryRow("SELECT at FROM column_mapping WHERE form = 'hours'").Scan(&at))
	if at != "2022-06-17 13:02:11" {
		t.Errorf("remembered at %s", at)
	}
}

package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

func TestADatabaseOfVersionTwoOpensWithItsPeople(t *testing.T) {
	ctx, folder := context.Background(), t.TempDir()
	all := sqlite.OldMigrations(t, 2)
	old, err := sqlite.Open(ctx, folder, datatest.Now)
	must(t, err)
	key := vault.NewKey()
	opened, err := vault.New(key)
	must(t, err)
	const id = int64(1)
	datatest.Write(t, old, func(tx *sqlite.Tx) error {
		_, err := tx.AddOrganization(data.Organization{Name: "北京市第九实验医院"})
		return err
	})
	addTraineeOfVersion2(t, datatest.Raw(t, old.Path()), opened, datatest.Trainee(func(p *data.Trainee) { p.ID, p.Username = id, "" }))
	_, err = datatest.Raw(t, old.Path()).Exec("INSERT INTO password_reset (trainee_id, at, user) VALUES (?, '2022-06-17 13:02:11', '赵晓岚')", id)
	must(t, err)
	must(t, old.Close())

	all()
	store, err := sqlite.Open(ctx, folder, datatest.Now)
	must(t, err)
	defer store.Close()
	if opened, err = vault.New(key); err != nil {
		t.Fatal(err)
	}
	store.Unlock(opened)
	open := datatest.Read(t, store, (*sqlite.Tx).OpenPasswordResets)
	if len(open) != 1 || open[0].TraineeID != id || open[0].DoneBy != "" {
		t.Errorf("the open request is now %+v", open)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		done, err := tx.FinishPasswordReset(open[0].ID, "赵晓岚", "2022-06-18 09:00:00")
		if !done {
			t.Error("the old request cannot be finished")
		}
		return err
	})
	for _, invariant := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]sqlite.Invariant, error) { return tx.Check(nil) }) {
		if !invariant.OK {
			t.Errorf("%s: %s", invariant.Name, invariant.Detail)
		}
	}
	if backups, _ := filepath.Glob(filepath.Join(folder, "backups", "*")); len(backups) != 1 {
		t.Errorf("backups before the migration: %v", backups)
	}
}

func TestSchemaKeepsMergedPeopleDisabled(t *testing.T) {
	store := datatest.Store(t)
	ids := datatest.AddTrainees(t, store, datatest.Trainee(), datatest.Trainee())
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SetMerged(ids[1], ids[0]) })
	raw := datatest.Raw(t, store.Path())
	for name, statement := range map[string]string{
		"enable a merged trainee":     "UPDATE trainee SET status = '启用' WHERE merged_into IS NOT NULL",
		"merge somebody into himself": "UPDATE trainee SET merged_into = id WHERE merged_into IS NULL",
		"a pair the wrong way round":  "INSERT INTO trainee_distinct (one_id, other_id, at, user) VALUES (2, 1, '', '')",
	} {
		if _, err := raw.Exec(statement); err == nil {
			t.Errorf("the schema allows to %s", name)
		}
	}
}

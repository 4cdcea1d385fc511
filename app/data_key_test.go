package app_test

import (
	"bytes"
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
	"peixun/data/datatest"
)

// everythingSealed reads every sealed value of a database, by table, column and row.
func everythingSealed(t *testing.T, a *app.App) map[string][]byte {
	t.Helper()
	raw := datatest.Raw(t, a.DatabasePath())
	defer raw.Close()
	found := map[string][]byte{}
	for _, name := range columnOf(t, raw, `SELECT m.name || ' ' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND (c.name LIKE 'sealed\_%' ESCAPE '\' OR c.name LIKE '%\_index' ESCAPE '\') AND m.name NOT IN ('key_wrap', 'former_key')`) {
		table, column, _ := strings.Cut(name, " ")
		rows, err := raw.Query("SELECT rowid, " + column + " FROM " + table + " WHERE " + column + " IS NOT NULL")
		if err != nil { // without rowid
			continue
		}
		for rows.Next() {
			var id string
			var sealed []byte
			must(t, rows.Scan(&id, &sealed))
			found[name+" "+id] = sealed
		}
		must(t, rows.Err())
	}
	return found
}

// keepSecrets reads what the whole demonstration year says to a person who may see everything.
func keepSecrets(t *testing.T, h *apptest.Hospital) (people []data.Trainee, orders []data.Order) {
	t.Helper()
	people = got[[]data.Trainee](t)(h.RevealAll(ctx, data.TraineeQuery{}, "核对"))
	for _, id := range got[[]int64](t)(h.OrderIDs(ctx, data.OrderQuery{})) {
		orders = append(orders, got[data.Order](t)(h.Order(ctx, id)))
	}
	return people, orders
}

func TestRotatedKeyOpensEverythingAsBefore(t *testing.T) {
	h := fullYear(t)
	a := h.App
	made := got[data.Administrator](t)(a.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"}))
	people, orders := keepSecrets(t, h)
	before := everythingSealed(t, a)
	revisions := contents(t, a, "trainee_touched")
	_, err := a.RotateKey(ctx, "not my password", nil)
	refused(t, err, "login-wrong")
	var steps []int
	key := got[string](t)(a.RotateKey(ctx, apptest.Password, func(done, total int) { steps = append(steps, done*100/total) }))
	if len(steps) == 0 || !slices.IsSorted(steps) || steps[len(steps)-1] != 100 {
		t.Errorf("progress %v", steps)
	}
	after := everythingSealed(t, a)
	if len(after) != len(before) {
		t.Errorf("%d sealed values became %d", len(before), len(after))
	}
	for name, sealed := range before {
		if bytes.Equal(sealed, after[name]) {
			t.Errorf("%s is as it was", name)
		}
	}
	file := append(got[[]byte](t)(os.ReadFile(a.DatabasePath())), got[[]byte](t)(os.ReadFile(a.DatabasePath()+"-wal"))...)
	for name, sealed := range before {
		if len(sealed) > 12 && bytes.Contains(file, sealed) {
			t.Errorf("%s still stands in the file as it was", name)
		}
	}
	if contents(t, a, "trainee_touched") != revisions {
		t.Error("sealing anew counts as a change of people")
	}
	again, sameOrders := keepSecrets(t, h)
	for place := range people {
		if people[place].IDNumber != again[place].IDNumber || people[place].Mobile != again[place].Mobile {
			t.Errorf("person %d reads otherwise", place)
		}
	}
	if len(orders) != len(sameOrders) || orders[0].PayerAccount != sameOrders[0].PayerAccount {
		t.Error("the orders read otherwise")
	}
	if found := got[[]int64](t)(h.FindTrainees(ctx, []string{people[0].IDNumber})); found[0] != people[0].ID {
		t.Errorf("the number finds %v", found)
	}
	healthy(t, a)
	a.Lock()
	must(t, a.Login(ctx, apptest.User, apptest.Password)) // passwords stay
	healthy(t, a)
	a.Lock()
	must(t, a.Login(ctx, made.User, "temporary tulip 3"))
	must(t, a.ChangePassword(ctx, "temporary tulip 3", "lasting anchor 71"))
	a.Lock()
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, apptest.Password))
	healthy(t, a)
}

// Whoever was removed and kept an old copy of the database, with the password's key in it, opens nothing of the data of now: not even
// where the old line is put back into the file.
func TestRemovedPasswordOpensNothingAfterRotation(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	old := got[string](t)(a.RenewRecoveryKey(ctx, apptest.Password))
	id := addPerson(t, a, 1)
	leaver := loginAs(t, a, data.RoleManager)
	a.Lock()
	kept := imageOf(t, a)
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	must(t, a.RemoveAdministrator(ctx, leaver.ID))
	if known := got[bool](t)(a.KeyKnownToRemoved(ctx)); !known {
		t.Error("nothing tells that the key should be changed")
	}
	got[string](t)(a.RotateKey(ctx, apptest.Password, nil))
	if known := got[bool](t)(a.KeyKnownToRemoved(ctx)); known {
		t.Error("after the change the key still counts as known")
	}
	a.Lock()
	refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, old, "a new password"), "recovery-wrong")
	clock.Pass(time.Minute)
	putBack(t, a, kept, leaver.ID)
	err := a.Login(ctx, leaver.User, "lasting anchor 71")
	refused(t, err, "key-changed")
	if _, in := a.Session(); in {
		t.Fatal("who was removed is logged in")
	}
	datatest.Exec(t, datatest.Raw(t, a.DatabasePath()), "DELETE FROM data_key") // nor with that out of the way
	_ = a.Login(ctx, leaver.User, "lasting anchor 71")
	if _, err := a.Reveal(ctx, id); err == nil {
		t.Fatal("who was removed reads a whole number")
	}
}

// putBack gives a removed administrator the state and the key that an old image of the file has.
func putBack(t *testing.T, a *app.App, image []byte, id int64) {
	t.Helper()
	oldPath := filepath.Join(t.TempDir(), "old.db")
	must(t, os.WriteFile(oldPath, image, 0o600))
	raw := datatest.Raw(t, a.DatabasePath())
	defer raw.Close()
	for _, statement := range []string{"DROP TRIGGER administrator_removed", "DROP TRIGGER key_wrap_enabled", "ATTACH '" + oldPath + "' AS old",
		"UPDATE administrator SET state = '启用' WHERE id = 2",
		"INSERT INTO key_wrap (administrator_id, time, memory, threads, salt, sealed_private, sealed_key, checksum) SELECT administrator_id, time, memory, threads, salt, sealed_private, sealed_key, checksum FROM old.key_wrap WHERE administrator_id = 2"} {
		datatest.Exec(t, raw, statement)
	}
	if id != 2 {
		t.Fatalf("the leaver has the key %d", id)
	}
}

// A second program that still holds the former key neither reads nor writes with it.
func TestOtherProgramMustLogInAgainAfterRotation(t *testing.T) {
	a := apptest.New(t)
	id := addPerson(t, a, 1)
	other := apptest.Again(t, a)
	got[string](t)(a.RotateKey(ctx, apptest.Password, nil))
	unchanged(t, a, func() {
		_, err := other.Reveal(ctx, id)
		refused(t, err, "key-changed")
	})
	if _, in := other.Session(); in {
		t.Error("the other program is still logged in")
	}
	must(t, other.Login(ctx, apptest.User, apptest.Password))
	if person := got[data.Trainee](t)(other.Reveal(ctx, id)); person.IDNumber != datatest.IDNumber(1) {
		t.Errorf("after the login %+v", person)
	}
	healthy(t, other)
}

func TestOldBackupsAndPackagesAreStillOurs(t *testing.T) {
	h := fullYear(t)
	a := h.App
	folder := t.TempDir()
	plan := got[*app.SubmissionPlan](t)(a.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID, Everything: true}))
	sent := got[app.MadeSubmission](t)(a.WriteSubmission(ctx, plan, folder, nil))
	made := got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil)).Made[0]
	got[string](t)(a.RotateKey(ctx, apptest.Password, nil))
	got[app.Manifest](t)(a.VerifySubmission(ctx, sent.Path))
	list := got[[]data.Backup](t)(a.Backups(ctx))
	place := slices.IndexFunc(list, func(one data.Backup) bool { return one.Path == made.Path })
	if place < 0 || !list[place].Own {
		t.Fatalf("the backup of before is another's: %+v", list)
	}
	must(t, a.ProveBackup(ctx, made.Path, nil))
	restored(t, a, made.Path, apptest.Password)
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	healthy(t, a)
}

func TestRotationStopsAtDamageAndAtCancel(t *testing.T) {
	h := fullYear(t)
	cancelled, cancel := context.WithCancel(ctx)
	unchangedButLog(t, h.App, func() {
		_, err := h.RotateKey(cancelled, apptest.Password, func(done, total int) {
			if done == total/2 {
				cancel()
			}
		})
		refused(t, err, "canceled")
	})
	healthy(t, h.App)
	plant(t, datatest.Vandal(t, h.DatabasePath()), []string{"UPDATE trainee SET sealed_mobile = (SELECT sealed_mobile FROM trainee WHERE id = 2) WHERE id = 1"})
	unchangedButLog(t, h.App, func() {
		_, err := h.RotateKey(ctx, apptest.Password, nil)
		refused(t, err, "rekey-damaged")
	})
}

// The only administrator of the first version may do everything, gets a pair of keys at the login, and can change the data key.
func TestFirstVersionsAdministratorCanRotate(t *testing.T) {
	folder := oldData(t)
	a, err := apptest.Open(folder, &apptest.Clock{})
	must(t, err)
	t.Cleanup(func() { a.Close() })
	if one := administrators(t, a)[apptest.User]; one.Role != data.RoleManager || !one.Enabled() {
		t.Errorf("carried over as %+v", one)
	}
	refused(t, a.Login(ctx, apptest.User, "not the password"), "login-wrong")
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	must(t, a.ChangePassword(ctx, apptest.Password, "lasting anchor 71"))
	got[string](t)(a.RotateKey(ctx, "lasting anchor 71", nil))
	healthy(t, a)
	a.Lock()
	must(t, a.Login(ctx, apptest.User, "lasting anchor 71"))
	healthy(t, a)
}

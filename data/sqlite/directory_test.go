package sqlite_test

import (
	"errors"
	"slices"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

func ids(t *testing.T, store *sqlite.Store, text string) []int64 {
	t.Helper()
	return datatest.Read(t, store, func(tx *sqlite.Tx) ([]int64, error) { return tx.TraineeIDs(data.TraineeQuery{Text: text}) })
}

// TestSearchFollowsEveryChange looks for people after changes of every kind, and after some that the store's own code did not make.
func TestSearchFollowsEveryChange(t *testing.T) {
	store := datatest.Store(t)
	two := datatest.AddTrainees(t, store, datatest.Trainee(func(p *data.Trainee) { p.Name = "单雄信" }), datatest.Trainee(func(p *data.Trainee) { p.Name = "曾巩" }))
	finds := func(what, text string, want ...int64) {
		t.Helper()
		if got := ids(t, store, text); !slices.Equal(got, want) {
			t.Errorf("%s: %q finds %v, want %v", what, text, got, want)
		}
	}
	finds("added", "shan", two[0])
	raw := datatest.Raw(t, store.Path())
	datatest.Exec(t, raw, "UPDATE trainee SET name = '查良镛' WHERE id = ?", two[0])
	finds("renamed by another program", "shan")
	finds("renamed by another program", "zha", two[0])
	third := datatest.AddTrainees(t, store, datatest.Trainee(func(p *data.Trainee) { p.Name = "解缙" }))[0]
	finds("added later", "xie", third)
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.RemoveTrainee(two[1]) })
	finds("removed", "zeng")
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SetMerged(two[0], third) })
	finds("merged", "zha")
	organization := datatest.AddOrganization(t, store, 1, "骨科")
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		_, err := tx.MoveTrainees([]int64{third}, organization, "2022-06-17 13:02:11")
		return err
	})
	finds("moved", "骨科", third)
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		return errors.Join(tx.SaveOrganization(data.Organization{ID: organization, Name: "创伤科"}), tx.TouchRoster())
	})
	finds("its organisation renamed", "骨科")
	finds("its organisation renamed", "创伤", third)
}

func TestAWritersOwnChangesAreFoundAndForgottenWhereItFails(t *testing.T) {
	store := datatest.Store(t)
	datatest.AddTrainees(t, store, datatest.Trainee())
	stop := errors.New("stop")
	err := store.Write(ctx, func(tx *sqlite.Tx) error {
		id, err := tx.AddTrainee(datatest.Trainee(func(p *data.Trainee) { p.Name = "单雄信" }))
		must(t, err)
		found, err := tx.TraineeIDs(data.TraineeQuery{Text: "shan"})
		must(t, err)
		if !slices.Equal(found, []int64{id}) {
			t.Errorf("within the transaction %v are found", found)
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if found := ids(t, store, "shan"); len(found) > 0 {
		t.Errorf("%v are found who were never stored", found)
	}
}

func TestLockingForgetsWhoIsKnown(t *testing.T) {
	store := datatest.Store(t)
	datatest.AddTrainees(t, store, datatest.Trainee())
	must(t, store.Read(ctx, (*sqlite.Tx).FollowPeople))
	if !store.KnowsPeople() {
		t.Fatal("nothing was read")
	}
	store.Unlock(nil)
	if store.KnowsPeople() {
		t.Error("the last digits are still in memory")
	}
	// A search that began before the lock and ends after it leaves nothing either.
	store = datatest.Store(t)
	datatest.AddTrainees(t, store, datatest.Trainee())
	must(t, store.Read(ctx, func(tx *sqlite.Tx) error {
		store.Unlock(nil)
		return tx.FollowPeople()
	}))
	if store.KnowsPeople() {
		t.Error("a search that the lock overtook left the last digits in memory")
	}
}

package sqlite_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// wantProblem fails the test unless err has words for people under a code, and the chain for the log.
func wantProblem(t *testing.T, err error, code string) {
	t.Helper()
	problem, ok := data.AsProblem(err)
	if !ok || problem.Code != code || problem.What == "" || problem.Fix == "" || problem.Cause == nil {
		t.Errorf("err = %v, want a problem %s", err, code)
	}
}

func TestAnotherProgramThatKeepsWritingIsNamed(t *testing.T) {
	sqlite.Narrow(t, 50*time.Millisecond, "")
	store := datatest.Store(t)
	raw := datatest.Raw(t, store.Path())
	datatest.Exec(t, raw, "BEGIN IMMEDIATE")
	wantProblem(t, store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SetSetting("key", "value") }), "database-busy")
	if got := datatest.Read(t, store, func(tx *sqlite.Tx) (string, error) { return tx.Setting("key", "none") }); got != "none" {
		t.Errorf("reading meanwhile gives %q", got)
	}
	datatest.Exec(t, raw, "ROLLBACK")
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SetSetting("key", "value") })
}

func TestFullDiskLosesOnlyTheRunningWork(t *testing.T) {
	sqlite.Narrow(t, time.Second, "&_pragma=max_page_count(150)")
	store := datatest.Store(t)
	ids := datatest.AddTrainees(t, store, datatest.Trainee())
	err := store.Write(ctx, func(tx *sqlite.Tx) error {
		for range 2000 {
			if _, err := tx.AddTrainee(datatest.Trainee()); err != nil {
				return err
			}
		}
		return nil
	})
	wantProblem(t, err, "disk-full")
	if totals := datatest.Read(t, store, func(tx *sqlite.Tx) (data.TraineeTotals, error) { return tx.TraineeTotals(data.TraineeQuery{}) }); totals.Count != len(ids) {
		t.Errorf("%d people", totals.Count)
	}
	if found := unhealthy(t, store); len(found) > 0 {
		t.Errorf("数据体检 finds %q", found)
	}
	if more := datatest.AddTrainees(t, store, datatest.Trainee()); more[0] != ids[0]+1 {
		t.Errorf("the next person is %d", more[0])
	}
}

func TestFolderThatIsAFileIsRefused(t *testing.T) {
	store := datatest.Store(t)
	_, err := sqlite.Open(ctx, store.Path(), datatest.Now)
	if err == nil || errors.Is(err, data.ErrDamaged) || !strings.Contains(err.Error(), "folder") {
		t.Errorf("err = %v", err)
	}
}

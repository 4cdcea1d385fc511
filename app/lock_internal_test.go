package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// A lock forgets the data key itself; nobody being logged in is not enough.
func TestLockForgetsTheKey(t *testing.T) {
	ctx := context.Background()
	a, err := Open(ctx, Options{Folder: t.TempDir(), Clock: func() time.Time { return time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai) }, Cost: vault.Cost{Time: 1, Memory: 64, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if _, err := a.Initialize(ctx, Setup{Unit: "第九医院", User: "zhaoxl", Password: "horse battery 9"}); err != nil {
		t.Fatal(err)
	}
	if err := a.SaveProfile(ctx, data.Profile{Name: "赵晓岚", Mobile: "13800000417", Unit: "第九医院"}); err != nil {
		t.Fatal(err)
	}
	a.Lock()
	err = a.store.Read(ctx, func(tx *sqlite.Tx) error {
		profile, err := tx.Profile()
		if profile.Mobile != "" {
			t.Errorf("the store still opens %q", profile.Mobile)
		}
		return err
	})
	if !errors.Is(err, data.ErrLocked) {
		t.Errorf("err = %v, want data.ErrLocked", err)
	}
}

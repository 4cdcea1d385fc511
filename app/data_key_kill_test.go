package app_test

import (
	"fmt"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

func init() { children["rekey"] = rekeyForever }

// rekeyForever changes the data key again and again.
func rekeyForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for step := 0; ; step++ {
		fmt.Println("begin", step)
		if _, err := a.RotateKey(ctx, apptest.Password, nil); err != nil {
			return err
		}
		fmt.Println("done", step)
	}
}

// Killed while everything is sealed anew, the data is whole under the old key or under the new one, and both administrators' passwords open it.
func TestKilledRotationLeavesOneKey(t *testing.T) {
	h := fullYear(t)
	if _, err := h.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"}); err != nil {
		t.Fatal(err)
	}
	folder := folderWith(t, imageOf(t, h.App))
	untilKilledEnough(t, func() killed {
		told := killAtRandom(t, "rekey", folder, 400*time.Millisecond)
		a, err := enter(folder)
		must(t, err)
		defer a.Close()
		healthy(t, a)
		a.Lock()
		must(t, a.Login(ctx, "liuer", "temporary tulip 3"))
		return told
	})
}

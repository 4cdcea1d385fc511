package data_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"peixun/data"
)

func TestRights(t *testing.T) {
	for _, c := range []struct {
		role                data.Role
		read, work, manages bool
	}{
		{data.RoleManager, true, true, true},
		{data.RoleClerk, true, true, false},
		{data.RoleReader, true, false, false},
		{"", false, false, false},
		{"超级管理员", false, false, false},
	} {
		if c.role.May(data.RightRead) != c.read || c.role.May(data.RightWork) != c.work || c.role.May(data.RightManage) != c.manages {
			t.Errorf("%q may other things than it should", c.role)
		}
	}
}

func TestDelaysAfterWrongPasswords(t *testing.T) {
	now := time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai)
	const minute = time.Minute
	var password, key data.LoginGuard
	for place, want := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 5 * minute, 10 * minute, 20 * minute, 40 * minute, time.Hour, time.Hour} {
		password = password.WrongPassword(now)
		if password.Wait != want || password.Locked() != (place >= 4) {
			t.Errorf("after %d wrong passwords: wait %s, locked %t", place+1, password.Wait, password.Locked())
		}
	}
	for place, want := range []time.Duration{0, 1, 2, 4, 8, 16, 30, 30} {
		if key = key.WrongKey(now); key.Wait != want*time.Second {
			t.Errorf("after %d wrong keys: wait %s", place+1, key.Wait)
		}
	}
	for range 1000 {
		password, key = password.WrongPassword(now), key.WrongKey(now)
	}
	if password.Wait != time.Hour || key.Wait != 30*time.Second {
		t.Errorf("after very many: %s, %s", password.Wait, key.Wait)
	}
}

// Whatever happens to the clock but for being set forward, nobody who tries all the time has tried more often than the delays allow.
func TestNoClockSetBackShortensTheWait(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		begin := time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai)
		real, offset := time.Duration(0), time.Duration(0) // what passed, and by how much the clock is wrong
		var guard data.LoginGuard
		free := time.Duration(0) // when the next try is due, in real time
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			switch rapid.IntRange(0, 2).Draw(r, "what") {
			case 0:
				real += time.Duration(rapid.IntRange(0, 4000).Draw(r, "passes")) * time.Second
			case 1:
				offset -= time.Duration(rapid.IntRange(0, 4000).Draw(r, "set back")) * time.Second
			}
			now := begin.Add(real + offset)
			if guard = guard.At(now); guard.Wait > 0 {
				if guard.Wait < free-real {
					r.Fatalf("%s to wait, should be at least %s", guard.Wait, free-real)
				}
				continue
			}
			if real < free {
				r.Fatalf("a try %s too early", free-real)
			}
			guard = guard.WrongPassword(now)
			free = real + guard.Wait
		}
	})
}

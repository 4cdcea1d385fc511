// Package apptest opens real Apps on temporary databases for the tests of use cases, commands and screens.
package apptest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/app"
	"peixun/data"
	"peixun/data/vault"
)

// Unit, User and Password are those of every test's App.
const (
	Unit     = "北京市第九实验医院"
	User     = "zhaoxl"
	Password = "horse battery 9"
)

// Now is the fixed time of every test's App: the manual's own example.
var Now = time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai)

// cheap keeps password stretching out of the tests' time.
var cheap = vault.Cost{Time: 1, Memory: 64, Threads: 1}

// cache is shared by all tests of a machine, because compiling the PDF engine takes seconds.
var cache = filepath.Join(os.TempDir(), "peixun-test-cache")

// Clock is a clock that a test can set forward; it begins at Now.
type Clock struct{ at time.Time }

// Now tells the clock's time.
func (c *Clock) Now() time.Time {
	if c.at.IsZero() {
		return Now
	}
	return c.at
}

// Pass moves the clock on.
func (c *Clock) Pass(d time.Duration) { c.at = c.Now().Add(d) }

// Empty opens an App on a new folder; nobody is set up yet.
func Empty(t testing.TB) *app.App {
	t.Helper()
	return open(t, &Clock{})
}

// New opens an App with a unit and its administrator logged in, 管理员信息 complete.
func New(t testing.TB) *app.App {
	t.Helper()
	a, _ := NewWithClock(t)
	return a
}

// NewWithClock is New with the clock in the test's hand.
func NewWithClock(t testing.TB) (*app.App, *Clock) {
	t.Helper()
	clock := &Clock{}
	a := open(t, clock)
	setup := app.Setup{Unit: Unit, USCC: "12110000400686910X", User: User, Password: Password}
	if _, err := a.Initialize(context.Background(), setup); err != nil {
		t.Fatal(err)
	}
	profile := data.Profile{Name: "赵晓岚", Mobile: "13800000417", Email: "zhaoxl@bj9y.example", Unit: Unit, USCC: setup.USCC, Address: "北京市朝阳区育才南路88号"}
	if err := a.SaveProfile(context.Background(), profile); err != nil {
		t.Fatal(err)
	}
	return a, clock
}

func open(t testing.TB, clock *Clock) *app.App {
	t.Helper()
	a, err := Open(t.TempDir(), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// Open opens an App on a folder that may hold data already, as the program starts; nobody is logged in.
func Open(folder string, clock *Clock) (*app.App, error) {
	return app.Open(context.Background(), Options(folder, clock))
}

// Options are those of every test's App: on a folder, without automatic backups.
func Options(folder string, clock *Clock) app.Options {
	return app.Options{Folder: folder, Clock: clock.Now, Cost: cheap, Cache: cache, NoBackups: true}
}

// Again opens the data of another App once more, as a second program on the same folder does, and logs in.
func Again(t testing.TB, a *app.App) *app.App {
	t.Helper()
	second, err := Open(filepath.Dir(a.DatabasePath()), &Clock{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { second.Close() })
	if err := second.Login(context.Background(), User, Password); err != nil {
		t.Fatal(err)
	}
	return second
}

// Package app holds the use cases: what an administrator does. It knows no widgets, no SQL and no file formats.
package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"peixun/data"
	"peixun/data/pdf"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// Version is the program's; the release build sets it.
var Version = "0.1.0"

// Clock tells the time; tests and --now fix it.
type Clock func() time.Time

// Progress is told how much of a long work is done.
type Progress func(done, total int)

// Options are what a program or test chooses about an App. Zero values give the usual.
type Options struct {
	Folder string     // where the database lives
	Clock  Clock      // the system's where nil
	Cost   vault.Cost // vault.DefaultCost where zero
	Cache  string     // where what can be computed again is kept; the person's cache folder where empty
	Brief  bool       // for one command and no lists: nothing is made ready in the background
	// NoBackups leaves out the automatic backups, for tests and measurements.
	NoBackups bool
}

func (o Options) clock() Clock {
	if o.Clock == nil {
		return time.Now
	}
	return o.Clock
}

// App is the open program: one data folder, at most one administrator logged in. It is safe for concurrent use.
type App struct {
	store   *sqlite.Store
	clock   Clock
	cost    vault.Cost
	session atomic.Pointer[data.Administrator]
	own     ownSettings
	// wrongTries is how many wrong passwords stood before the last right one.
	wrongTries atomic.Int64
	savedAt    atomic.Pointer[data.Moment]

	pdf *pdf.Engine
	*follower
	backups backups
	options Options

	mutex       sync.Mutex
	copies      []string // of papers, for printers and other programs
	nextID      int
	subscribers map[int]func(Event)
}

// Open opens the data folder, making the database where there is none.
// A database that is damaged or newer than the program gives an error; the file stays as it is.
func Open(ctx context.Context, options Options) (*App, error) {
	options.Clock = options.clock()
	if options.Cost == (vault.Cost{}) {
		options.Cost = vault.DefaultCost
	}
	store, err := sqlite.Open(ctx, options.Folder, options.Clock())
	if err != nil {
		return nil, explainOpen(err)
	}
	a := &App{store: store, clock: options.Clock, cost: options.Cost, follower: newFollower(ctx, options.Brief), subscribers: map[int]func(Event){}}
	a.backups.none, a.options = options.NoBackups, options
	a.pdf = pdf.New(pdf.Options{Cache: pdfCache(options.Cache)})
	a.removeCopies()
	return a, nil
}

// pdfCache is the folder for the compiled PDF engine, 21 MB that are made anew where they are missing. Without a cache
// folder of the person's there is none.
func pdfCache(folder string) string {
	if folder == "" {
		own, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		folder = filepath.Join(own, "peixun-desk")
	}
	return filepath.Join(folder, "pdfium")
}

func explainOpen(err error) error {
	if _, ok := data.AsProblem(err); ok {
		return err
	}
	if errors.Is(err, sqlite.ErrLogMissing) {
		return data.Refuse("database-log-missing", "", "数据文件旁边的 peixun.db-wal 不见了，最后做的一些操作在它里面。",
			"请先从回收站找回它，和数据文件放在一起；找不回来的，从最近的备份恢复。程序没有改动数据。").Because(err)
	}
	if errors.Is(err, data.ErrDamaged) {
		return data.Refuse("database-damaged", "", "数据文件已损坏，或者不是本程序的数据。",
			"程序没有改动它。请从备份恢复，或把文件夹交给技术人员。").Because(err)
	}
	return data.Refuse("database-unreachable", "", "打不开数据文件夹。", "请检查文件夹是否存在、磁盘是否已满、是否有写入权限。").Because(err)
}

// Close locks and closes the database.
func (a *App) Close() error {
	a.pdf.Close()
	a.removeCopies()
	a.stopFollowing()
	a.store.Unlock(nil)
	return a.store.Close()
}

// Event tells open screens what changed, after it was stored.
type Event string

const (
	SessionChanged        Event = "session"
	ProfileChanged        Event = "profile"
	OrganizationsChanged  Event = "organizations"
	PlansChanged          Event = "plans"
	TraineesChanged       Event = "trainees"
	OrdersChanged         Event = "orders"
	LedgerChanged         Event = "ledger"
	HoursChanged          Event = "hours"
	LettersChanged        Event = "letters"
	StatementsChanged     Event = "statements"
	SubmissionsChanged    Event = "submissions"
	SettingsChanged       Event = "settings"
	BackupsChanged        Event = "backups"
	AdministratorsChanged Event = "administrators"
	// DataReplaced tells that another database has taken the place: nothing that was read before holds any more.
	DataReplaced Event = "replaced"
)

// Subscribe calls tell after every change, on the goroutine that made it. The result ends the subscription.
func (a *App) Subscribe(tell func(Event)) (cancel func()) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.nextID++
	id := a.nextID
	a.subscribers[id] = tell
	return func() {
		a.mutex.Lock()
		defer a.mutex.Unlock()
		delete(a.subscribers, id)
	}
}

func (a *App) publish(events ...Event) {
	a.mutex.Lock()
	tells := make([]func(Event), 0, len(a.subscribers))
	for _, tell := range a.subscribers {
		tells = append(tells, tell)
	}
	a.mutex.Unlock()
	a.followPeople(events)
	for _, event := range events {
		for _, tell := range tells {
			tell(event)
		}
	}
}

// Now is the wall-clock time in Shanghai.
func (a *App) Now() data.Moment { return data.MomentOf(a.clock()) }

// Today is the day in Shanghai.
func (a *App) Today() data.Date { return data.DateOf(a.clock()) }

// SavedAt is when something was last stored since the program started, or "".
func (a *App) SavedAt() data.Moment {
	if at := a.savedAt.Load(); at != nil {
		return *at
	}
	return ""
}

// DatabasePath and DatabaseSize (bytes) tell where the data is and how much.
func (a *App) DatabasePath() string { return a.store.Path() }

// DatabaseSize gives the database file's length in bytes.
func (a *App) DatabaseSize() int64 { return a.store.Size() }

func locked() error {
	return data.Refuse("locked", "", "程序已锁定。", "请先登录。").Because(data.ErrLocked)
}

// explain gives errors that people can do something about their words; all others pass for the log.
func explain(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := data.AsProblem(err); ok {
		return err
	}
	switch {
	case errors.Is(err, data.ErrLocked):
		return data.Refuse("locked", "", "程序已锁定。", "请先登录。").Because(err)
	case errors.Is(err, data.ErrDamaged):
		return data.Refuse("database-damaged", "", "有数据损坏，读不出来。", "请先停止录入，并从备份恢复。").Because(err)
	case errors.Is(err, data.ErrStale):
		return data.Refuse("stale", "", "这份内容刚刚被改过。", "请重新打开后再修改，已保存的内容没有丢失。").Because(err)
	case errors.Is(err, context.Canceled):
		return data.Refuse("canceled", "", "已取消。", "没有改动任何数据。").Because(err)
	case errors.Is(err, data.ErrNotFound):
		return data.Refuse("not-found", "", "没有找到这一项。", "它可能已被修改，请刷新后再试。").Because(err)
	}
	return fmt.Errorf("store: %w", err)
}

// CheckLedger judges the part of 数据体检 that shows whether somebody changed the money past the program.
func (a *App) CheckLedger(ctx context.Context) ([]Invariant, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]Invariant, error) { return tx.CheckLedger() })
}

// Invariant is one line of 数据体检.
type Invariant = sqlite.Invariant

// NewRunID makes the identity of a recharge run.
func NewRunID() string {
	raw := make([]byte, 16)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

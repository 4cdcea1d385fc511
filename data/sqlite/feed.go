package sqlite

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite/vtab"
)

// feed is a temporary virtual table whose rows Go makes while SQLite reads them, once. INSERT … SELECT from it stores many rows with
// one statement, at half the cost of a statement for each: no parameters are bound, nothing is stepped and reset in between.
type feed struct {
	width int
	next  func() ([]driver.Value, error) // the next row, valid until the call after; io.EOF after the last
	row   []driver.Value
	err   error // what ended the rows early; SQLite itself only says that something did
}

const feedModule = "peixun_feed"

// feeds holds those that are being read, by their table's name: a module belongs to the whole process.
var (
	feeds     sync.Map
	feedCount atomic.Int64
)

func init() {
	if err := vtab.RegisterModule(nil, feedModule, feedTables{}); err != nil {
		panic(err) // only a second registration fails
	}
}

// insertAll stores the rows that next makes: into is a table with its columns, as many as width.
func (t *Tx) insertAll(into string, width int, next func() ([]driver.Value, error)) error {
	name := fmt.Sprintf("feed_%d", feedCount.Add(1))
	f := &feed{width: width, next: next}
	feeds.Store(name, f)
	defer feeds.Delete(name)
	if _, err := t.handle.ExecContext(t.ctx, "CREATE VIRTUAL TABLE temp."+name+" USING "+feedModule); err != nil {
		return fmt.Errorf("make feed: %w", err)
	}
	if _, err := t.handle.ExecContext(t.ctx, "INSERT INTO "+into+" SELECT * FROM temp."+name); err != nil {
		return errors.Join(f.err, err)
	}
	_, err := t.handle.ExecContext(t.ctx, "DROP TABLE temp."+name)
	return err
}

// feedTables is the module: a table's name says which feed it reads.
type feedTables struct{}

// Create implements vtab.Module.
func (m feedTables) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Connect(ctx, args)
}

// Connect implements vtab.Module.
func (feedTables) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	const nameArgument = 2
	found, ok := feeds.Load(args[nameArgument])
	if !ok {
		return nil, fmt.Errorf("no feed %s", args[nameArgument])
	}
	f := found.(*feed)
	columns := make([]string, f.width)
	for place := range columns {
		columns[place] = fmt.Sprintf("c%d", place)
	}
	return feedTable{f}, ctx.Declare("CREATE TABLE x (" + strings.Join(columns, ", ") + ")")
}

type feedTable struct{ *feed }

// BestIndex implements vtab.Table: there is one way to read a feed.
func (feedTable) BestIndex(*vtab.IndexInfo) error { return nil }

// Open implements vtab.Table.
func (t feedTable) Open() (vtab.Cursor, error) { return t.feed, nil }

// Disconnect implements vtab.Table.
func (feedTable) Disconnect() error { return nil }

// Destroy implements vtab.Table.
func (feedTable) Destroy() error { return nil }

// Filter implements vtab.Cursor: it goes to the first row.
func (f *feed) Filter(int, string, []vtab.Value) error { return f.Next() }

// Next implements vtab.Cursor.
func (f *feed) Next() error {
	f.row, f.err = f.next()
	if errors.Is(f.err, io.EOF) {
		f.row, f.err = nil, nil
	}
	return f.err
}

// Eof implements vtab.Cursor.
func (f *feed) Eof() bool { return f.row == nil }

// Column implements vtab.Cursor.
func (f *feed) Column(place int) (vtab.Value, error) { return f.row[place], nil }

// Rowid implements vtab.Cursor; nobody asks.
func (f *feed) Rowid() (int64, error) { return 0, nil }

// Close implements vtab.Cursor.
func (f *feed) Close() error { return nil }

// Package sqlite is the store: one SQLite file with a writer connection and a pool of readers.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"peixun/data"
	"peixun/data/vault"
)

// FileName is the database's name in its data folder.
const FileName = "peixun.db"

const readers = 4

// What every connection waits for others' writes, and how the writer's is opened; tests make both narrower.
var (
	busyTimeout   = 15 * time.Second
	writerOptions = "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
)

// Store is the open database. Personal columns need a vault: until Unlock, using them fails with data.ErrLocked.
type Store struct {
	path   string
	aside  bool         // a copy that needs no backup before a migration
	gate   sync.RWMutex // held for writing while the file is exchanged for another
	writer *sql.DB
	reader *sql.DB
	vault  atomic.Pointer[vault.Vault]
	people directory
}

// Open opens or makes the database in folder and brings its schema up to date, with a backup before. An exchange that was begun by
// Replace or Exchange and not finished is finished first.
// A file that is no database, or a damaged one, gives an error that wraps data.ErrDamaged, and was not written to.
func Open(ctx context.Context, folder string, now time.Time) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	if err := finishExchange(ctx, folder); err != nil {
		return nil, fmt.Errorf("finish restore: %w", err)
	}
	s := &Store{path: filepath.Join(folder, FileName)}
	if err := examine(ctx, s.path); err != nil {
		return nil, explained(fmt.Errorf("examine %s: %w", FileName, err))
	}
	s.openPools()
	if err := s.migrateInTurn(ctx, now); err != nil {
		s.Close()
		return nil, explained(fmt.Errorf("open %s: %w", FileName, err))
	}
	return s, nil
}

func (s *Store) openPools() {
	s.writer = openPool(s.path, writerOptions, 1)
	s.reader = openPool(s.path, "_pragma=query_only(1)", readers)
}

// migrateInTurn tries again where another program is making the same new database: SQLite does not wait its busy timeout for the
// step into write-ahead logging.
func (s *Store) migrateInTurn(ctx context.Context, now time.Time) error {
	const pause = 50 * time.Millisecond
	for begun := time.Now(); ; {
		err := s.migrate(ctx, now)
		if !isBusy(err) || time.Since(begun) >= busyTimeout {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func isBusy(err error) bool {
	var failure *driver.Error
	return errors.As(err, &failure) && failure.Code()&0xFF == codes.SQLITE_BUSY
}

func openPool(path, options string, connections int) *sql.DB {
	location := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if !strings.HasPrefix(location.Path, "/") {
		location.Path = "/" + location.Path // a Windows drive
	}
	// Sorting and half-done statements stay in memory: no names lie about in temporary files.
	location.RawQuery = fmt.Sprintf("%s&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=busy_timeout(%d)", options, busyTimeout.Milliseconds())
	pool, err := sql.Open("sqlite", location.String())
	if err != nil {
		panic(err) // only an unregistered driver name fails here
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool
}

// explained gives words to what SQLite says of a file that is broken (it wraps data.ErrDamaged), kept by another program, full or
// not to be written.
func explained(err error) error {
	var failure *driver.Error
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code() & 0xFF {
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", data.ErrDamaged, err)
	case codes.SQLITE_BUSY:
		return data.Refuse("database-busy", "", "另一个程序正在保存这份数据，等了很久也没有等到。", "请稍后再试；刚才的操作没有保存。").Because(err)
	case codes.SQLITE_FULL:
		return data.Refuse("disk-full", "", "磁盘满了，刚才的操作没有保存。", "请腾出空间后再试；以前保存的内容都在。").Because(err)
	case codes.SQLITE_READONLY, codes.SQLITE_IOERR, codes.SQLITE_CANTOPEN:
		return data.Refuse("database-unwritable", "", "数据文件读不出或写不进，刚才的操作没有保存。", "请检查磁盘、U 盘或网络是否还连着，文件夹是否能写入。").Because(err)
	}
	return err
}

// Path gives the database file's place.
func (s *Store) Path() string { return s.path }

// Size gives the length in bytes of the database file with its write-ahead log.
func (s *Store) Size() int64 {
	var size int64
	for _, path := range []string{s.path, s.path + "-wal"} {
		if info, err := os.Stat(path); err == nil {
			size += info.Size()
		}
	}
	return size
}

// Unlock hands over the vault that opens personal columns; nil locks them again.
func (s *Store) Unlock(v *vault.Vault) {
	s.vault.Store(v)
	s.people.forget()
}

// Close closes both pools; SQLite then folds the write-ahead log into the file.
func (s *Store) Close() error {
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Read runs work on one consistent snapshot.
func (s *Store) Read(ctx context.Context, work func(*Tx) error) error {
	return s.run(ctx, &s.reader, false, work)
}

// Write runs work in one transaction: all of it is stored, or, where work fails, nothing.
func (s *Store) Write(ctx context.Context, work func(*Tx) error) error {
	return s.run(ctx, &s.writer, true, work)
}

func (s *Store) run(ctx context.Context, pool **sql.DB, writing bool, work func(*Tx) error) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	handle, err := (*pool).BeginTx(ctx, nil)
	if err != nil {
		return explained(fmt.Errorf("begin: %w", err))
	}
	defer handle.Rollback()                // does nothing after a commit; a panic in work must not keep the only writer
	_, _, generation := s.people.current() // before the vault: an index that was made with an older one is not kept
	tx := &Tx{ctx: ctx, handle: handle, generation: generation, vault: s.vault.Load(), directory: &s.people, writing: writing, prepared: map[string]*sql.Stmt{}, counters: map[string]int64{}}
	if err := tx.knowsKey(); err != nil {
		return explained(err)
	}
	if err := work(tx); err != nil {
		return explained(err)
	}
	if err := tx.keepCounters(); err != nil {
		return explained(err)
	}
	if err := handle.Commit(); err != nil {
		return explained(fmt.Errorf("commit: %w", err))
	}
	return nil
}

// BackupTo writes a whole and consistent copy of the database to a file that does not exist yet; others may write meanwhile.
func (s *Store) BackupTo(ctx context.Context, path string) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	own := openPool(s.path, "", 1) // a reader may write nothing at all, and the writer has other work
	defer own.Close()
	if _, err := own.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return explained(fmt.Errorf("backup: %w", err))
	}
	return nil
}

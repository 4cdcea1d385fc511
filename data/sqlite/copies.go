package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"peixun/data"
	"peixun/data/vault"
)

// OpenCopy opens a database file that nobody else uses for reading alone: neither it nor anything beside it is written.
func OpenCopy(path string) *Store {
	s := &Store{path: path}
	s.reader = openPool(path, "mode=ro&immutable=1&_pragma=query_only(1)", 1)
	s.writer = s.reader
	return s
}

// UnlockLike opens personal columns with the vault of another store of the same database; ok is false where that is locked.
func (s *Store) UnlockLike(other *Store) (ok bool) {
	opened := other.vault.Load()
	s.Unlock(opened)
	return opened != nil
}

// UpdateCopy brings the schema of a database file that nobody else uses up to date, runs work in a transaction, and leaves one whole
// file with no write-ahead log beside it.
func UpdateCopy(ctx context.Context, path string, now time.Time, work func(*Tx) error) error {
	s := &Store{path: path, aside: true}
	s.openPools()
	err := s.migrate(ctx, now)
	if err == nil {
		err = s.Write(ctx, work)
	}
	if err == nil {
		err = s.settle(ctx)
	}
	return explained(errors.Join(err, s.Close()))
}

// settlePatience is how long another program may take to close the file.
const settlePatience = 2 * time.Second

// settle folds the write-ahead log into the file and takes it away, which nobody else may hinder: another program that has the file
// open makes it fail with ErrBusy.
func (s *Store) settle(ctx context.Context) error {
	if err := s.reader.Close(); err != nil {
		return err
	}
	if _, err := s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", settlePatience.Milliseconds())); err != nil {
		return err
	}
	var mode string
	err := s.writer.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	if isBusy(err) || err == nil && mode != "delete" {
		return ErrBusy
	}
	return err
}

// ErrBusy tells that another program has the database open.
var ErrBusy = data.Refuse("database-in-use", "", "另一个窗口或命令正在使用这份数据，现在不能换成备份。", "请先关闭它，再试一次；数据没有改动。")

// Integrity fails with data.ErrDamaged where SQLite finds the file damaged.
func (t *Tx) Integrity() error { return t.integrity("integrity_check") }

func (t *Tx) integrity(pragma string) error {
	var verdict string
	err := t.one("PRAGMA "+pragma+"(1)", nil, &verdict)
	if err == nil && verdict != "ok" {
		err = fmt.Errorf("%w: %s", data.ErrDamaged, verdict)
	}
	return explained(err)
}

// SchemaVersion gives the number of the last migration.
func (t *Tx) SchemaVersion() (int, error) {
	var version int
	err := t.one("SELECT coalesce(max(version), 0) FROM migration", nil, &version)
	return version, err
}

// CurrentSchema is the number of the last migration that the program knows.
func CurrentSchema() (int, error) {
	files, err := migrationFiles()
	if err != nil || len(files) == 0 {
		return 0, err
	}
	version, _, err := migrationOf(files[len(files)-1])
	return version, err
}

// BackupCounts counts what the database holds. What its schema does not know yet is 0.
func (t *Tx) BackupCounts() (data.BackupCounts, error) {
	var c data.BackupCounts
	for table, into := range map[string]*int{"trainee": &c.Trainees, "payment_order": &c.Orders, "card_batch": &c.Batches, "recharge_entry": &c.Recharges,
		"offline_hours": &c.Hours, "voucher": &c.Vouchers, "letter": &c.Letters, "statement_line": &c.Statements} {
		var there bool
		if err := t.one("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)", []any{table}, &there); err != nil {
			return c, err
		}
		if !there {
			continue
		}
		if err := t.one("SELECT count(*) FROM "+table, nil, into); err != nil {
			return c, err
		}
	}
	return c, nil
}

// UnitName gives the root organisation's name, "" before the first start is done.
func (t *Tx) UnitName() (string, error) {
	var name string
	err := t.one("SELECT name FROM organization WHERE parent_id IS NULL", nil, &name)
	if errors.Is(err, data.ErrNotFound) {
		err = nil
	}
	return name, err
}

// changeCounter counts the transactions that changed something worth a backup.
const changeCounter = "change"

// Counting runs work and counts the transaction as one that a backup is made for, if work stored, changed or removed any row.
func (t *Tx) Counting(work func() error) error {
	const changes = "SELECT total_changes()" // of the connection, since it was opened
	var before, after int64
	if err := t.one(changes, nil, &before); err != nil {
		return err
	}
	if err := work(); err != nil {
		return err
	}
	if err := t.one(changes, nil, &after); err != nil || after == before {
		return err
	}
	_, err := t.Next(changeCounter)
	return err
}

// CountPast raises the count above another's, so that the later of two states always has the higher one, also after a restore.
func (t *Tx) CountPast(changes int64) error {
	last, err := t.Last(changeCounter)
	if err == nil {
		t.counters[changeCounter] = max(last, changes) + 1
	}
	return err
}

// stateDigits is how much of a hash tells two states apart.
const stateDigits = 16

// quiet lists the actions in the log that change nothing worth a backup.
const quiet = "'login', 'login.recovery', 'login.wrong', 'backup'"

// State tells how far the database has come.
func (t *Tx) State() (data.StoredState, error) {
	var state data.StoredState
	var err error
	if state.Changes, err = t.Last(changeCounter); err != nil {
		return state, err
	}
	err = t.one("SELECT hash FROM audit WHERE action NOT IN ("+quiet+") ORDER BY id DESC LIMIT 1", nil, &state.Log)
	if errors.Is(err, data.ErrNotFound) {
		return state, nil
	}
	state.Log = state.Log[:min(len(state.Log), stateDigits)]
	return state, err
}

// Wraps reads the data key as sealed for everybody who can open it, by administrator; RecoveryWrap is the recovery key's.
func (t *Tx) Wraps() (map[int64]vault.Wrapped, error) {
	wraps := map[int64]vault.Wrapped{}
	query, err := t.wrapQuery()
	if err != nil {
		return nil, err
	}
	err = t.each(query, nil, func(scan func(...any) error) error {
		id, wrap, err := scanWrap(scan)
		if errors.Is(err, data.ErrDamaged) { // the others are worth a backup
			return nil
		}
		wraps[id] = wrap
		return err
	})
	return wraps, err
}

// wrapQuery reads the wraps also of a copy from before administrators had pairs of keys.
func (t *Tx) wrapQuery() (string, error) {
	var paired bool
	err := t.one("SELECT EXISTS (SELECT 1 FROM pragma_table_info('key_wrap') WHERE name = 'sealed_private')", nil, &paired)
	if paired {
		return wrapColumns, err
	}
	return strings.NewReplacer("sealed_private", "NULL", "coalesce(checksum, '')", "''").Replace(wrapColumns), err
}

// UserNames gives the user name of each administrator.
func (t *Tx) UserNames() (map[int64]string, error) {
	names := map[int64]string{}
	err := t.each("SELECT id, user FROM administrator", nil, func(scan func(...any) error) error {
		var id int64
		var user string
		err := scan(&id, &user)
		names[id] = user
		return err
	})
	return names, err
}

// LastLogged gives the time of the last line of 操作日志, "" where there is none.
func (t *Tx) LastLogged() (data.Moment, error) {
	var at data.Moment
	err := t.one("SELECT coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), '')", nil, &at)
	return at, err
}

// ActionsSince lists the lines of 操作日志 that a backup does not hold, logins and backups apart, the newest first: those after the line that
// was its last, or, where the log has no such line, those after its time.
func (t *Tx) ActionsSince(state data.StoredState, at data.Moment) ([]data.AuditEntry, error) {
	var last int64
	if err := t.one("SELECT coalesce(max(id), 0) FROM audit WHERE substr(hash, 1, ?) = ?", []any{stateDigits, state.Log}, &last); err != nil {
		return nil, err
	}
	after, value := "id > ?", any(last)
	if last == 0 {
		after, value = "at > ?", string(at)
	}
	var found []data.AuditEntry
	err := t.each("SELECT id, at, user, action, target, detail FROM audit WHERE "+after+" AND action NOT IN ("+quiet+") ORDER BY id DESC", []any{value},
		func(scan func(...any) error) error {
			var e data.AuditEntry
			err := scan(&e.ID, &e.At, &e.User, &e.Action, &e.Target, &e.Detail)
			found = append(found, e)
			return err
		})
	return found, err
}

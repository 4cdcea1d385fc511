package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"peixun/data"
	"peixun/data/vault"
)

// Tx is one transaction or one snapshot. It lives no longer than the function it is handed to.
type Tx struct {
	ctx        context.Context
	handle     *sql.Tx
	vault      *vault.Vault
	directory  *directory
	generation int
	writing    bool
	prepared   map[string]*sql.Stmt
	counters   map[string]int64 // those that this transaction moved on; keepCounters brings them into the table
}

// prepare keeps each statement for the transaction's life: an import runs the same few ten thousands of times.
func (t *Tx) prepare(query string) (*sql.Stmt, error) {
	if statement, ok := t.prepared[query]; ok {
		return statement, nil
	}
	statement, err := t.handle.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60q: %w", query, err)
	}
	t.prepared[query] = statement
	return statement, nil
}

func (t *Tx) exec(query string, arguments ...any) (sql.Result, error) {
	statement, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(t.ctx, arguments...)
}

// change runs a statement that must touch exactly one row; none gives data.ErrNotFound.
func (t *Tx) change(query string, arguments ...any) error {
	result, err := t.exec(query, arguments...)
	if err != nil {
		return err
	}
	if count, err := result.RowsAffected(); err != nil || count != 1 {
		return errors.Join(data.ErrNotFound, err)
	}
	return nil
}

// one reads a single row; none gives data.ErrNotFound.
func (t *Tx) one(query string, arguments []any, into ...any) error {
	statement, err := t.prepare(query)
	if err != nil {
		return err
	}
	err = statement.QueryRowContext(t.ctx, arguments...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return data.ErrNotFound
	}
	return err
}

// each calls row for every row found; row scans it.
func (t *Tx) each(query string, arguments []any, row func(scan func(...any) error) error) error {
	statement, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := statement.QueryContext(t.ctx, arguments...)
	if err != nil {
		return fmt.Errorf("query %.60q: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ids reads a query's single column of keys.
func (t *Tx) ids(query string, arguments ...any) ([]int64, error) {
	var found []int64
	err := t.each(query, arguments, func(scan func(...any) error) error {
		var id int64
		if err := scan(&id); err != nil {
			return err
		}
		found = append(found, id)
		return nil
	})
	return found, err
}

// Next gives the next value of a counter, from 1. A value whose transaction committed is never given again.
// The table is written once, at the end: an import takes tens of thousands of numbers, and nobody else can write meanwhile.
func (t *Tx) Next(counter string) (int64, error) {
	last, err := t.Last(counter)
	if err != nil {
		return 0, err
	}
	t.counters[counter] = last + 1
	return last + 1, nil
}

// Last gives a counter's last value, 0 where it has given none.
func (t *Tx) Last(counter string) (int64, error) {
	if last, moved := t.counters[counter]; moved {
		return last, nil
	}
	var last int64
	err := t.one("SELECT last FROM counter WHERE name = ?", []any{counter}, &last)
	if errors.Is(err, data.ErrNotFound) {
		return 0, nil
	}
	return last, err
}

// keepCounters writes the counters that moved.
func (t *Tx) keepCounters() error {
	for name, last := range t.counters {
		if _, err := t.exec("INSERT INTO counter (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last", name, last); err != nil {
			return fmt.Errorf("counter %s: %w", name, err)
		}
	}
	return nil
}

// Setting reads a setting, or fallback where it was never set.
func (t *Tx) Setting(key, fallback string) (string, error) {
	var value string
	err := t.one("SELECT value FROM setting WHERE key = ?", []any{key}, &value)
	if errors.Is(err, data.ErrNotFound) {
		return fallback, nil
	}
	return value, err
}

// SetSetting stores a setting.
func (t *Tx) SetSetting(key, value string) error {
	_, err := t.exec("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

func identity(table string, id int64, column string) string {
	return table + "/" + strconv.FormatInt(id, 10) + "/" + column
}

// seal encrypts a value for its cell; an empty value stays NULL.
func (t *Tx) seal(plain, table string, id int64, column string) (any, error) {
	if t.vault == nil {
		return nil, data.ErrLocked
	}
	if plain == "" {
		return nil, nil
	}
	return t.vault.Seal([]byte(plain), identity(table, id, column)), nil
}

// open decrypts a cell; NULL gives "".
func (t *Tx) open(sealed []byte, table string, id int64, column string) (string, error) {
	if t.vault == nil {
		return "", data.ErrLocked
	}
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := t.vault.Open(sealed, identity(table, id, column))
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", data.ErrDamaged, identity(table, id, column), err)
	}
	return string(plain), nil
}

// sealJSON encrypts a value as JSON; an empty map stays NULL.
func (t *Tx) sealJSON(value map[string]string, table string, id int64, column string) (any, error) {
	if len(value) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return t.seal(string(text), table, id, column)
}

func (t *Tx) openJSON(sealed []byte, table string, id int64, column string) (map[string]string, error) {
	text, err := t.open(sealed, table, id, column)
	if err != nil || text == "" {
		return nil, err
	}
	var value map[string]string
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", data.ErrDamaged, identity(table, id, column), err)
	}
	return value, nil
}

// index gives the lookup hash of a value, NULL for "".
func (t *Tx) index(field, value string) (any, error) {
	if t.vault == nil {
		return nil, data.ErrLocked
	}
	if value == "" {
		return nil, nil
	}
	return t.vault.Index(field, value), nil
}

// isConstraint tells whether the schema refused a write, and whether its message names the given words.
func isConstraint(err error, words string) bool {
	var failure *driver.Error
	return errors.As(err, &failure) && failure.Code()&0xFF == codes.SQLITE_CONSTRAINT && strings.Contains(failure.Error(), words)
}

func nullable(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func placeholders(count int) string {
	return strings.TrimSuffix(strings.Repeat("?,", count), ",")
}

func anys(ids []int64) []any {
	list := make([]any, len(ids))
	for place, id := range ids {
		list[place] = id
	}
	return list
}

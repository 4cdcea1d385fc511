package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/vault"
)

// sealing is a table whose sealed columns are bound to identity, and what is found by a keyed hash of one of their values.
type sealing struct {
	table, key, identity string
	columns              []string
	// index gives the hash column that a value is found by, and the value's text, of the column that is read first; nil for none.
	index *sealedIndex
}

// sealedIndex is a column with the keyed hash of a part of a sealed value.
type sealedIndex struct {
	column, field string
	of            func(plain string) (string, error)
}

// contentTables hold the files: table, key, and the table that a file belongs to.
var contentTables = []sealing{
	{table: "voucher_content", key: "voucher_id", identity: "voucher", columns: []string{"content"}},
	{table: "invoice_file_content", key: "file_id", identity: "invoice_file", columns: []string{"content"}},
	{table: "hours_file", key: "id", identity: "hours_file", columns: []string{"content"}},
	{table: "letter_scan", key: "id", identity: "letter_scan", columns: []string{"content"}},
}

// sealedIndexes are the hash columns by their tables; the value hashed stands in the table's first sealed column.
var sealedIndexes = map[string]*sealedIndex{
	"trainee": {"id_index", "id_number", func(plain string) (string, error) { return plain, nil }},
	"voucher": {"serial_index", "receipt", func(plain string) (string, error) {
		var receipt data.Receipt
		if plain == "" {
			return "", nil
		}
		err := json.Unmarshal([]byte(plain), &receipt)
		return receipt.Serial, err
	}},
}

// sealings lists everything that is sealed under the data key.
func sealings() []sealing {
	all := append([]sealing{}, contentTables...)
	for _, one := range sealedTables {
		all = append(all, sealing{table: one.table, key: one.key, identity: one.table, columns: one.columns, index: sealedIndexes[one.table]})
	}
	return all
}

// Rekey seals every personal value anew under another data key, in one transaction: killed at any moment, it leaves everything under the
// old key or everything under the new one. former is the old key, which is kept sealed under the new one. also runs in the same
// transaction, under the new key, and hands it over to the administrators. What columns were remembered for sheets is forgotten, since
// only hashes of their headers are known. A value that does not open fails with data.ErrDamaged, and nothing has changed.
func (s *Store) Rekey(ctx context.Context, former []byte, fresh *vault.Vault, user string, at data.Moment, also func(tx *Tx) error, progress func(done, total int)) error {
	handle, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return explained(fmt.Errorf("begin: %w", err))
	}
	defer handle.Rollback()
	tx := &Tx{ctx: ctx, handle: handle, vault: s.vault.Load(), directory: &s.people, writing: true, prepared: map[string]*sql.Stmt{}, counters: map[string]int64{}}
	if tx.vault == nil {
		return data.ErrLocked
	}
	if err := tx.knowsKey(); err != nil {
		return err
	}
	old := tx.vault.Name()
	if err := tx.withoutTriggers(func() error { return tx.resealAll(fresh, progress) }); err != nil {
		return explained(err)
	}
	tx.vault = fresh
	if err := tx.AddFormerKey(former, old, user, at); err != nil {
		return explained(err)
	}
	if err := tx.SetKeyName(fresh.Name()); err != nil {
		return explained(err)
	}
	if err := also(tx); err != nil {
		return explained(err)
	}
	if err := tx.keepCounters(); err != nil {
		return explained(err)
	}
	if err := s.commitRekeyed(handle, fresh); err != nil {
		return explained(fmt.Errorf("commit: %w", err))
	}
	s.sweep(ctx)
	return nil
}

// commitRekeyed lets nobody begin to read between the new values and the new key.
func (s *Store) commitRekeyed(handle *sql.Tx, fresh *vault.Vault) error {
	s.gate.Lock()
	defer s.gate.Unlock()
	if err := handle.Commit(); err != nil {
		return err
	}
	s.vault.Store(fresh)
	s.people.forget()
	return nil
}

// sweep takes what was sealed under the old key out of the file's unused pages and out of the log. Another program that has the file open
// may keep it from that; the next one sweeps then.
func (s *Store) sweep(ctx context.Context) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	for _, statement := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.writer.ExecContext(ctx, statement); err != nil {
			return
		}
	}
}

// withoutTriggers runs work while no trigger guards the rows, and puts every one back as it was: a value that is only sealed anew is not
// changed.
func (t *Tx) withoutTriggers(work func() error) error {
	var names, texts []string
	err := t.each("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid", nil, func(scan func(...any) error) error {
		var name, text string
		err := scan(&name, &text)
		names, texts = append(names, name), append(texts, text)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := t.handle.ExecContext(t.ctx, `DROP TRIGGER "`+name+`"`); err != nil {
			return err
		}
	}
	if err := work(); err != nil {
		return err
	}
	for _, text := range texts {
		if _, err := t.handle.ExecContext(t.ctx, text); err != nil {
			return fmt.Errorf("put a trigger back: %w", err)
		}
	}
	return nil
}

func (t *Tx) resealAll(fresh *vault.Vault, progress func(done, total int)) error {
	var total, done int
	keys := map[string][]int64{}
	for _, one := range sealings() {
		ids, err := t.ids("SELECT " + one.key + " FROM " + one.table + " ORDER BY 1")
		if err != nil {
			return err
		}
		keys[one.table] = append(keys[one.table], ids...)
		total += len(ids)
	}
	for _, one := range sealings() {
		for _, id := range keys[one.table] {
			if err := t.reseal(one, id, fresh); err != nil {
				return err
			}
			if done++; progress != nil {
				progress(done, total)
			}
		}
	}
	_, err := t.exec("DELETE FROM column_mapping")
	return err
}

// reseal opens the sealed values of a row and seals them under another key.
func (t *Tx) reseal(one sealing, id int64, fresh *vault.Vault) error {
	sealed := make([][]byte, len(one.columns))
	into := make([]any, len(one.columns))
	for place := range sealed {
		into[place] = &sealed[place]
	}
	err := t.one(fmt.Sprintf("SELECT sealed_%s FROM %s WHERE %s = ?", strings.Join(one.columns, ", sealed_"), one.table, one.key), []any{id}, into...)
	if err != nil {
		return err
	}
	var sets []string
	var values []any
	for place, column := range one.columns {
		plain, err := t.open(sealed[place], one.identity, id, column)
		if err != nil {
			return err
		}
		if plain != "" {
			sets, values = append(sets, "sealed_"+column+" = ?"), append(values, fresh.Seal([]byte(plain), identity(one.identity, id, column)))
		}
		if place > 0 || one.index == nil {
			continue
		}
		text, err := one.index.of(plain)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", data.ErrDamaged, identity(one.identity, id, column), err)
		}
		if text != "" {
			sets, values = append(sets, one.index.column+" = ?"), append(values, fresh.Index(one.index.field, text))
		}
	}
	if len(sets) == 0 {
		return nil
	}
	return t.change(fmt.Sprintf("UPDATE %s SET %s WHERE %s = ?", one.table, strings.Join(sets, ", "), one.key), append(values, id)...)
}

package sqlite

import (
	"encoding/json"
	"errors"

	"peixun/data"
)

// ColumnMapping reads what was made of the columns of sheets with these headers, nil where nothing is remembered.
func (t *Tx) ColumnMapping(form, signature string) ([]string, error) {
	index, err := t.index("headers", signature)
	if err != nil || index == nil {
		return nil, err
	}
	var text string
	err = t.one("SELECT keys FROM column_mapping WHERE form = ? AND headers_index = ?", []any{form, index}, &text)
	if errors.Is(err, data.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var keys []string
	return keys, json.Unmarshal([]byte(text), &keys)
}

// SetColumnMapping remembers what was made of the columns of sheets with these headers; keys nil forgets it.
func (t *Tx) SetColumnMapping(form, signature string, keys []string, now data.Moment) error {
	index, err := t.index("headers", signature)
	if err != nil || index == nil {
		return err
	}
	if keys == nil {
		_, err = t.exec("DELETE FROM column_mapping WHERE form = ? AND headers_index = ?", form, index)
		return err
	}
	text, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO column_mapping (form, headers_index, keys, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (form, headers_index) DO UPDATE SET keys = excluded.keys, at = excluded.at`, form, index, string(text), string(now))
	return err
}

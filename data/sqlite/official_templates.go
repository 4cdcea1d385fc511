package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"peixun/data"
)

// SaveOfficialTemplate stores a form's official template in the place of the one before.
func (t *Tx) SaveOfficialTemplate(o data.OfficialTemplate) error {
	if err := t.RemoveOfficialTemplate(o.Form); err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	id, err := t.Next("official_template")
	if err != nil {
		return err
	}
	described := slices.Clone(o.Columns)
	for place := range described {
		described[place].Sample = "" // it may be somebody's
	}
	columns, err := json.Marshal(described)
	if err != nil {
		return err
	}
	content, err := t.seal(string(o.Content), "official_template", id, "content")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO official_template (id, form, name, sheet, header_row, columns, sealed_content, at, user) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, o.Form, o.Name, o.Sheet, o.HeaderRow, string(columns), content, string(o.At), o.User)
	return err
}

// OfficialTemplate reads a form's official template, or fails with data.ErrNotFound.
func (t *Tx) OfficialTemplate(form string) (data.OfficialTemplate, error) {
	o := data.OfficialTemplate{Form: form}
	var id int64
	var columns string
	var sealed []byte
	err := t.one("SELECT id, name, sheet, header_row, columns, sealed_content, at, user FROM official_template WHERE form = ?", []any{form},
		&id, &o.Name, &o.Sheet, &o.HeaderRow, &columns, &sealed, &o.At, &o.User)
	if err != nil {
		return o, err
	}
	if err := json.Unmarshal([]byte(columns), &o.Columns); err != nil {
		return o, fmt.Errorf("%w: official_template %d: %w", data.ErrDamaged, id, err)
	}
	content, err := t.open(sealed, "official_template", id, "content")
	o.Content = []byte(content)
	return o, err
}

// RemoveOfficialTemplate forgets a form's official template, or fails with data.ErrNotFound.
func (t *Tx) RemoveOfficialTemplate(form string) error {
	return t.change("DELETE FROM official_template WHERE form = ?", form)
}

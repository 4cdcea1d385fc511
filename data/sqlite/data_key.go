package sqlite

import (
	"errors"
	"strings"

	"peixun/data"
	"peixun/data/vault"
)

// ErrKeyChanged tells that everything was sealed anew under another data key, and the one in hand opens nothing any more.
var ErrKeyChanged = data.Refuse("key-changed", "", "数据密钥已经更换，这里的登录不再有效。", "请重新登录；密码不变。").Because(data.ErrLocked)

// knowsKey fails with ErrKeyChanged where the vault is of another data key than the stored values.
func (t *Tx) knowsKey() error {
	if t.vault == nil {
		return nil
	}
	name, err := t.KeyName()
	if err == nil && name != "" && name != t.vault.Name() {
		err = ErrKeyChanged
	}
	return err
}

// KeyName gives the name of the data key that everything is sealed under, "" before it is noted.
func (t *Tx) KeyName() (string, error) {
	var name string
	err := t.one("SELECT name FROM data_key", nil, &name)
	if errors.Is(err, data.ErrNotFound) || isBefore(err, "data_key") {
		err = nil
	}
	return name, err
}

// isBefore tells an error for a table that the schema does not have yet.
func isBefore(err error, table string) bool {
	return err != nil && strings.Contains(err.Error(), "no such table: "+table)
}

// SetKeyName notes which data key everything is sealed under.
func (t *Tx) SetKeyName(name string) error {
	_, err := t.exec("INSERT INTO data_key (id, name) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name", name)
	return err
}

// FormerKeys gives a vault for each data key of before, the latest first.
func (t *Tx) FormerKeys() ([]*vault.Vault, error) {
	var found []*vault.Vault
	err := t.each("SELECT id, sealed_key FROM former_key ORDER BY id DESC", nil, func(scan func(...any) error) error {
		var id int64
		var sealed []byte
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		key, err := t.open(sealed, "former_key", id, "key")
		if err != nil {
			return err
		}
		opened, err := vault.New([]byte(key))
		found = append(found, opened)
		return err
	})
	return found, err
}

// AddFormerKey keeps a data key that is no longer in force.
func (t *Tx) AddFormerKey(key []byte, name, user string, at data.Moment) error {
	id, err := t.Next("former_key")
	if err != nil {
		return err
	}
	sealed, err := t.seal(string(key), "former_key", id, "key")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO former_key (id, name, sealed_key, at, user) VALUES (?, ?, ?, ?, ?)", id, name, sealed, string(at), user)
	return err
}

// KeyKnownToRemoved tells whether somebody's key was taken away since the data key was made.
func (t *Tx) KeyKnownToRemoved() (bool, error) {
	var known bool
	err := t.one(`SELECT EXISTS (SELECT 1 FROM audit WHERE action IN ('administrator.remove', 'administrator.disable')
		AND id > coalesce((SELECT max(id) FROM audit WHERE action = 'administrator.key'), 0))`, nil, &known)
	return known, err
}

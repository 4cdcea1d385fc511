package sqlite

import (
	"peixun/data"
	"peixun/data/vault"
)

// RecoveryWrap is the administrator key under which the recovery key's wrap is asked for.
const RecoveryWrap int64 = 0

// AddAdministrator stores an administrator and gives the key.
func (t *Tx) AddAdministrator(administrator data.Administrator) (int64, error) {
	id, err := t.Next("administrator")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO administrator (id, user, name, created_at) VALUES (?, ?, ?, ?)",
		id, administrator.User, administrator.Name, string(administrator.CreatedAt))
	return id, err
}

// Administrators lists all of them.
func (t *Tx) Administrators() ([]data.Administrator, error) {
	var found []data.Administrator
	err := t.each("SELECT id, user, name, created_at FROM administrator ORDER BY id", nil, func(scan func(...any) error) error {
		var a data.Administrator
		if err := scan(&a.ID, &a.User, &a.Name, &a.CreatedAt); err != nil {
			return err
		}
		found = append(found, a)
		return nil
	})
	return found, err
}

// SetWrap stores the data key as sealed for an administrator, or for RecoveryWrap.
func (t *Tx) SetWrap(administratorID int64, wrap vault.Wrapped) error {
	if _, err := t.exec("DELETE FROM key_wrap WHERE administrator_id IS ?", nullable(administratorID)); err != nil {
		return err
	}
	_, err := t.exec("INSERT INTO key_wrap (administrator_id, time, memory, threads, salt, sealed_key) VALUES (?, ?, ?, ?, ?, ?)",
		nullable(administratorID), wrap.Cost.Time, wrap.Cost.Memory, wrap.Cost.Threads, wrap.Salt, wrap.Sealed)
	return err
}

// Wrap reads what SetWrap stored.
func (t *Tx) Wrap(administratorID int64) (vault.Wrapped, error) {
	var wrap vault.Wrapped
	err := t.one("SELECT time, memory, threads, salt, sealed_key FROM key_wrap WHERE administrator_id IS ?", []any{nullable(administratorID)},
		&wrap.Cost.Time, &wrap.Cost.Memory, &wrap.Cost.Threads, &wrap.Salt, &wrap.Sealed)
	return wrap, err
}

// Profile reads 管理员信息; Unit is the root organisation's name.
func (t *Tx) Profile() (data.Profile, error) {
	var p data.Profile
	var mobile []byte
	err := t.one("SELECT name, department, sealed_mobile, phone, email, uscc, address, postcode FROM profile WHERE id = 1", nil,
		&p.Name, &p.Department, &mobile, &p.Phone, &p.Email, &p.USCC, &p.Address, &p.Postcode)
	if err != nil {
		return p, err
	}
	if p.Mobile, err = t.open(mobile, "profile", 1, "mobile"); err != nil {
		return p, err
	}
	err = t.one("SELECT name FROM organization WHERE parent_id IS NULL", nil, &p.Unit)
	return p, err
}

// SaveProfile stores 管理员信息 but for the unit's name, which is the root organisation's.
func (t *Tx) SaveProfile(p data.Profile) error {
	mobile, err := t.seal(p.Mobile, "profile", 1, "mobile")
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO profile (id, name, department, sealed_mobile, phone, email, uscc, address, postcode)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department, sealed_mobile = excluded.sealed_mobile,
			phone = excluded.phone, email = excluded.email, uscc = excluded.uscc, address = excluded.address, postcode = excluded.postcode`,
		p.Name, p.Department, mobile, p.Phone, p.Email, p.USCC, p.Address, p.Postcode)
	return err
}

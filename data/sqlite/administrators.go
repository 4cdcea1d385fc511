package sqlite

import (
	"errors"
	"fmt"
	"time"

	"peixun/data"
	"peixun/data/vault"
)

// RecoveryWrap is the administrator key under which the recovery key's wrap and guard are asked for.
const RecoveryWrap int64 = 0

// AddAdministrator stores an administrator and gives the key. The user name must be new, also among those who were removed.
func (t *Tx) AddAdministrator(a data.Administrator) (int64, error) {
	id, err := t.Next("administrator")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO administrator (id, user, name, role, state, must_change, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, a.User, a.Name, string(a.Role), string(a.State), a.MustChange, string(a.CreatedAt))
	if isConstraint(err, "administrator.user") {
		return 0, data.Refuse("user-taken", "user", "这个用户名已经有了，或者以前用过。", "请换一个；用过的用户名不再给别人，操作日志才分得清。").Because(err)
	}
	return id, err
}

// SaveAdministrator stores an administrator's name, role, state and MustChange. Nobody is left without one who may do everything: that
// fails with data.ErrWrongState.
func (t *Tx) SaveAdministrator(a data.Administrator) error {
	err := t.change("UPDATE administrator SET name = ?, role = ?, state = ?, must_change = ? WHERE id = ?", a.Name, string(a.Role), string(a.State), a.MustChange, a.ID)
	if isConstraint(err, "the last administrator") || isConstraint(err, "removed for good") {
		return errors.Join(data.ErrWrongState, err)
	}
	return err
}

// NoteLogin stores when an administrator last logged in.
func (t *Tx) NoteLogin(id int64, at data.Moment) error {
	return t.change("UPDATE administrator SET last_login = ? WHERE id = ?", string(at), id)
}

const administratorColumns = "SELECT id, user, name, role, state, must_change, created_at, last_login FROM administrator"

func scanAdministrator(scan func(...any) error) (data.Administrator, error) {
	var a data.Administrator
	err := scan(&a.ID, &a.User, &a.Name, &a.Role, &a.State, &a.MustChange, &a.CreatedAt, &a.LastLogin)
	return a, err
}

// Administrators lists all of them, also those who can no longer log in.
func (t *Tx) Administrators() ([]data.Administrator, error) {
	var found []data.Administrator
	err := t.each(administratorColumns+" ORDER BY id", nil, func(scan func(...any) error) error {
		a, err := scanAdministrator(scan)
		found = append(found, a)
		return err
	})
	return found, err
}

// Administrator reads one, or fails with data.ErrNotFound.
func (t *Tx) Administrator(id int64) (data.Administrator, error) {
	return scanAdministrator(func(into ...any) error { return t.one(administratorColumns+" WHERE id = ?", []any{id}, into...) })
}

// SetWrap stores the data key as sealed for an administrator, or for RecoveryWrap.
func (t *Tx) SetWrap(administratorID int64, wrap vault.Wrapped) error {
	if _, err := t.exec("DELETE FROM key_wrap WHERE administrator_id IS ?", nullable(administratorID)); err != nil {
		return err
	}
	_, err := t.exec("INSERT INTO key_wrap (administrator_id, time, memory, threads, salt, sealed_private, sealed_key, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		nullable(administratorID), wrap.Cost.Time, wrap.Cost.Memory, wrap.Cost.Threads, wrap.Salt, wrap.Private, wrap.Sealed, wrap.Sum())
	return err
}

const wrapColumns = "SELECT coalesce(administrator_id, 0), time, memory, threads, salt, sealed_private, sealed_key, coalesce(checksum, '') FROM key_wrap"

// scanWrap fails with data.ErrDamaged where the line is not as it was written.
func scanWrap(scan func(...any) error) (id int64, wrap vault.Wrapped, err error) {
	var sum string
	if err := scan(&id, &wrap.Cost.Time, &wrap.Cost.Memory, &wrap.Cost.Threads, &wrap.Salt, &wrap.Private, &wrap.Sealed, &sum); err != nil {
		return id, wrap, err
	}
	if sum != "" && sum != wrap.Sum() {
		return id, wrap, fmt.Errorf("%w: the key of administrator %d", data.ErrDamaged, id)
	}
	return id, wrap, nil
}

// Wrap reads what SetWrap stored, or fails with data.ErrNotFound, or with data.ErrDamaged where the line is not as it was written.
func (t *Tx) Wrap(administratorID int64) (vault.Wrapped, error) {
	_, wrap, err := scanWrap(func(into ...any) error {
		return t.one(wrapColumns+" WHERE administrator_id IS ?", []any{nullable(administratorID)}, into...)
	})
	return wrap, err
}

// SetPublicKey stores the public key that an administrator's next data key is sealed to.
func (t *Tx) SetPublicKey(administratorID int64, public []byte) error {
	sealed, err := t.seal(string(public), "administrator", administratorID, "public")
	if err != nil {
		return err
	}
	return t.change("UPDATE administrator SET sealed_public = ? WHERE id = ?", sealed, administratorID)
}

// PublicKey reads what SetPublicKey stored, nil where there is none.
func (t *Tx) PublicKey(administratorID int64) ([]byte, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_public FROM administrator WHERE id = ?", []any{administratorID}, &sealed); err != nil {
		return nil, err
	}
	public, err := t.open(sealed, "administrator", administratorID, "public")
	return []byte(public), err
}

// LoginGuard reads how an administrator's wrong tries stand, or those of RecoveryWrap.
func (t *Tx) LoginGuard(administratorID int64) (data.LoginGuard, error) {
	var guard data.LoginGuard
	var wait, seen int64
	err := t.one("SELECT wrong, wait_ms, seen_ms FROM login_guard WHERE administrator_id = ?", []any{administratorID}, &guard.Wrong, &wait, &seen)
	if errors.Is(err, data.ErrNotFound) {
		return guard, nil
	}
	guard.Wait, guard.Seen = time.Duration(wait)*time.Millisecond, time.UnixMilli(seen)
	return guard, err
}

// SetLoginGuard stores how the wrong tries stand; one without any leaves no line.
func (t *Tx) SetLoginGuard(administratorID int64, guard data.LoginGuard) error {
	if guard.Wrong == 0 {
		_, err := t.exec("DELETE FROM login_guard WHERE administrator_id = ?", administratorID)
		return err
	}
	_, err := t.exec(`INSERT INTO login_guard (administrator_id, wrong, wait_ms, seen_ms) VALUES (?, ?, ?, ?)
		ON CONFLICT (administrator_id) DO UPDATE SET wrong = excluded.wrong, wait_ms = excluded.wait_ms, seen_ms = excluded.seen_ms`,
		administratorID, guard.Wrong, guard.Wait.Milliseconds(), guard.Seen.UnixMilli())
	return err
}

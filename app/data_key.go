package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// RotateKey seals everything anew under another data key, so that nothing which somebody kept of the old one, nor an old copy of the
// database with an old password, opens the data of now. It gives a new recovery key, shown once: the old one might have been seen. The
// other administrators keep their passwords; whoever is logged in elsewhere must log in again. own is the password of whoever is logged
// in. Killed at any moment, it leaves everything under the old key or everything under the new one.
//
// Backups from before keep the old key, and open with the passwords of then.
func (a *App) RotateKey(ctx context.Context, own string, progress Progress) (recoveryKey string, err error) {
	if err := a.need(ctx, data.RightManage); err != nil {
		return "", err
	}
	former, err := a.ownKey(ctx, own)
	if err != nil {
		return "", err
	}
	a.backUpBefore(ctx, data.BeforeRekey)
	current, _ := a.Session()
	key := vault.NewKey()
	fresh, err := vault.New(key)
	if err != nil {
		return "", err
	}
	recoveryKey = vault.NewRecoveryKey()
	recovery, err := vault.Wrap(key, recoveryKey, wrapIdentity(sqlite.RecoveryWrap), a.cost)
	if err != nil {
		return "", err
	}
	err = a.store.Rekey(ctx, former, fresh, current.Name, a.Now(), func(tx *sqlite.Tx) error {
		if _, err := a.admit(tx, data.RightManage); err != nil {
			return err
		}
		if err := handOver(tx, key); err != nil {
			return err
		}
		return errors.Join(tx.SetWrap(sqlite.RecoveryWrap, recovery), a.log(tx, current.Name, "administrator.key", current.User, "更换数据密钥，恢复密钥一并更换，旧的作废"))
	}, progress)
	if errors.Is(err, data.ErrDamaged) {
		err = data.Refuse("rekey-damaged", "", "有数据损坏，解不开，没有更换密钥。", "请先做“数据体检”，按它说的处理好，再更换密钥；数据没有改动。").Because(err)
	}
	if err != nil {
		return "", a.ended(err)
	}
	a.keepBackupKey(ctx, fresh, current)
	a.publish(AdministratorsChanged, BackupsChanged)
	return recoveryKey, nil
}

// handOver seals another data key for every administrator who can log in.
func handOver(tx *sqlite.Tx, key []byte) error {
	known, err := tx.Administrators()
	if err != nil {
		return err
	}
	for _, one := range data.EnabledAdministrators(known) {
		public, err := tx.PublicKey(one.ID)
		if err != nil {
			return err
		}
		wrapped, err := tx.Wrap(one.ID)
		if err != nil {
			return err
		}
		if len(public) == 0 || !wrapped.Paired() {
			return data.Refuse("key-unpaired", "", fmt.Sprintf("“%s”还没有用这个版本的程序登录过，配不了新的密钥。", one.Name), "请让对方先登录一次，或先停用这个账号。").Because(data.ErrWrongState)
		}
		if wrapped, err = wrapped.Deliver(key, public, wrapIdentity(one.ID)); err != nil {
			return err
		}
		if err := tx.SetWrap(one.ID, wrapped); err != nil {
			return err
		}
	}
	return nil
}

// KeyKnownToRemoved tells whether the data key is the one that an account which was removed since could open: only another key keeps out
// somebody who kept an old copy.
func (a *App) KeyKnownToRemoved(ctx context.Context) (bool, error) {
	return query(a, ctx, (*sqlite.Tx).KeyKnownToRemoved)
}

package sqlite

import (
	"errors"
	"fmt"

	"peixun/data"
)

// AppendAudit adds a line to 操作日志, hashed together with the one before. Nothing personal may stand in it.
func (t *Tx) AppendAudit(e data.AuditEntry) error {
	var previous string
	err := t.one("SELECT hash FROM audit ORDER BY id DESC LIMIT 1", nil, &previous)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if e.ID, err = t.Next("audit"); err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO audit (id, at, user, action, target, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		e.ID, string(e.At), e.User, e.Action, e.Target, e.Detail, previous, auditHash(e, previous))
	return err
}

func auditHash(e data.AuditEntry, previous string) string {
	return chain(previous, fmt.Sprint(e.ID), string(e.At), e.User, e.Action, e.Target, e.Detail)
}

const auditColumns = "SELECT id, at, user, action, target, detail, hash FROM audit"

func (t *Tx) audit(condition string, arguments ...any) ([]data.AuditEntry, error) {
	var found []data.AuditEntry
	err := t.each(auditColumns+condition, arguments, func(scan func(...any) error) error {
		var e data.AuditEntry
		err := scan(&e.ID, &e.At, &e.User, &e.Action, &e.Target, &e.Detail, &e.Hash)
		found = append(found, e)
		return err
	})
	return found, err
}

// Audit lists the newest lines of 操作日志 that hold text, all where text is empty; at most limit of them.
func (t *Tx) Audit(text string, limit int) ([]data.AuditEntry, error) {
	pattern := likeWord(text)
	return t.audit(` WHERE target LIKE ? ESCAPE '\' OR detail LIKE ? ESCAPE '\' OR user LIKE ? ESCAPE '\' ORDER BY id DESC LIMIT ?`, pattern, pattern, pattern, limit)
}

// RecentActions lists the newest lines of 操作日志 that tell of work, at most limit of them; logging in and typing in a draft are none.
func (t *Tx) RecentActions(limit int) ([]data.AuditEntry, error) {
	return t.audit(" WHERE action NOT IN ('login', 'order.edit') ORDER BY id DESC LIMIT ?", limit)
}

// AuditOf lists the lines about one target, such as an order's number, the newest first.
func (t *Tx) AuditOf(target string) ([]data.AuditEntry, error) {
	return t.audit(" WHERE target = ? ORDER BY id DESC", target)
}

// LastAuditOf gives the newest line about one target, or data.ErrNotFound.
func (t *Tx) LastAuditOf(target string) (data.AuditEntry, error) {
	found, err := t.audit(" WHERE target = ? ORDER BY id DESC LIMIT 1", target)
	if err == nil {
		err = notFound(len(found))
	}
	if err != nil {
		return data.AuditEntry{}, err
	}
	return found[0], nil
}

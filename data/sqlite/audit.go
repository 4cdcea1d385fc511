package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"

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

// AuditIDs lists the keys of the lines that a query finds, the newest first.
func (t *Tx) AuditIDs(q data.AuditQuery) ([]int64, error) {
	conditions, arguments := []string{"1"}, []any(nil)
	where := func(condition string, values ...any) {
		conditions, arguments = append(conditions, condition), append(arguments, values...)
	}
	if q.Text != "" {
		pattern := likeWord(q.Text)
		where(`(target LIKE ? ESCAPE '\' OR detail LIKE ? ESCAPE '\' OR user LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
	if q.User != "" {
		where("user = ?", q.User)
	}
	if q.From != "" {
		where("at >= ?", string(q.From))
	}
	if q.To != "" {
		where("at <= ?", string(q.To)+" 23:59:59")
	}
	if q.Kind != "" {
		actions, err := t.auditWords("action")
		if err != nil {
			return nil, err
		}
		actions = slices.DeleteFunc(actions, func(action string) bool { return data.KindOfAction(action) != q.Kind })
		values := make([]any, len(actions))
		for place, action := range actions {
			values[place] = action
		}
		where("action IN ("+placeholders(len(values))+")", values...)
	}
	return t.ids("SELECT id FROM audit WHERE "+strings.Join(conditions, " AND ")+" ORDER BY id DESC", arguments...)
}

// auditWords lists the different values of a column of the log.
func (t *Tx) auditWords(column string) ([]string, error) {
	var words []string
	err := t.each("SELECT DISTINCT "+column+" FROM audit ORDER BY 1", nil, func(scan func(...any) error) error {
		var word string
		err := scan(&word)
		words = append(words, word)
		return err
	})
	return words, err
}

// AuditRows reads the lines of ids in that order.
func (t *Tx) AuditRows(ids []int64) ([]data.AuditEntry, error) {
	found, err := t.audit(" WHERE id IN ("+placeholders(len(ids))+")", anys(ids)...)
	if err != nil {
		return nil, err
	}
	place := make(map[int64]int, len(ids))
	for at, id := range ids {
		place[id] = at
	}
	slices.SortFunc(found, func(one, other data.AuditEntry) int { return place[one.ID] - place[other.ID] })
	return found, nil
}

// AuditFacts tells who stands in the log, and how many lines there are.
func (t *Tx) AuditFacts() (data.AuditFacts, error) {
	var facts data.AuditFacts
	users, err := t.auditWords("user")
	if err != nil {
		return facts, err
	}
	facts.Users = slices.DeleteFunc(users, func(user string) bool { return user == "" })
	return facts, t.one("SELECT count(*) FROM audit", nil, &facts.Count)
}

// CheckLog follows the log's chain from its first line to its last.
func (t *Tx) CheckLog() (data.LogCheck, error) {
	found, err := t.checkAudit()
	if err != nil {
		return data.LogCheck{}, err
	}
	count, err := t.Last("audit")
	return data.LogCheck{Count: count, Detail: found.Detail}, err
}

// RecentActions lists the newest lines of 操作日志 that tell of work, at most limit of them; logging in and typing in a draft are none.
func (t *Tx) RecentActions(limit int) ([]data.AuditEntry, error) {
	return t.audit(" WHERE action NOT IN ('login', 'login.wrong', 'order.edit') ORDER BY id DESC LIMIT ?", limit)
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

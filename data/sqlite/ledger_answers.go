package sqlite

import (
	"peixun/data"
)

// lastAnswer is what the platform said last of the entry e; one that was taken back counts for nothing.
const lastAnswer = "coalesce((SELECT nullif(a.answer, '撤销') FROM recharge_answer a WHERE a.entry_id = e.id ORDER BY a.id DESC LIMIT 1), '')"

// takenBack is the word under which an answer is undone.
const takenBack = "撤销"

// LedgerAnswer is one line about what the platform answered.
type LedgerAnswer struct {
	EntryID int64
	Answer  data.PlatformAnswer // AnswerNone takes the last answer back
	Reason  string
	Linked  int64 // the reversal of a failure, the recharge that restores it, or 0
	User    string
	At      data.Moment
}

// AddAnswer writes down an answer to an entry.
func (t *Tx) AddAnswer(a LedgerAnswer) error {
	id, err := t.Next("recharge_answer")
	if err != nil {
		return err
	}
	word := string(a.Answer)
	if a.Answer == data.AnswerNone {
		word = takenBack
	}
	_, err = t.exec("INSERT INTO recharge_answer (id, entry_id, answer, reason, linked_entry, user, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, a.EntryID, word, a.Reason, nullable(a.Linked), a.User, string(a.At))
	return err
}

// ReversalOf gives the entry that takes another one back, or fails with data.ErrNotFound.
func (t *Tx) ReversalOf(entryID int64) (int64, error) {
	var id int64
	err := t.one("SELECT id FROM recharge_entry WHERE reversal_of = ?", []any{entryID}, &id)
	return id, err
}

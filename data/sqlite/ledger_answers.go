package sqlite

import (
	"strconv"

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

// word is what the schema keeps of the answer.
func (a LedgerAnswer) word() string {
	if a.Answer == data.AnswerNone {
		return takenBack
	}
	return string(a.Answer)
}

// after gives the head of the answers with this one behind head.
func (a LedgerAnswer) after(head LedgerHead, id int64) LedgerHead {
	return LedgerHead{Count: id, Hash: chain(head.Hash, strconv.FormatInt(id, 10), strconv.FormatInt(a.EntryID, 10), a.word(), a.Reason,
		strconv.FormatInt(a.Linked, 10), a.User, string(a.At))}
}

// AddAnswer writes down an answer to an entry.
func (t *Tx) AddAnswer(a LedgerAnswer) error {
	head, err := t.AnswersHead()
	if err != nil {
		return err
	}
	id, err := t.Next("recharge_answer")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO recharge_answer (id, entry_id, answer, reason, linked_entry, user, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, a.EntryID, a.word(), a.Reason, nullable(a.Linked), a.User, string(a.At))
	if err != nil {
		return err
	}
	return t.sealAnswers(a.after(head, id))
}

// AnswersHead tells where the platform's answers end: as it was written down under the data key, and where that was not done yet as
// they stand.
func (t *Tx) AnswersHead() (LedgerHead, error) {
	kept, known, err := t.sealedHeads()
	if err != nil || known && kept.withAnswers {
		return kept.answers, err
	}
	return t.walkAnswers(func(LedgerHead) {})
}

// walkAnswers follows the chain of answers from the first and tells of the head after each.
func (t *Tx) walkAnswers(passed func(LedgerHead)) (LedgerHead, error) {
	var head LedgerHead
	err := t.each("SELECT id, entry_id, answer, reason, coalesce(linked_entry, 0), user, at FROM recharge_answer ORDER BY id", nil, func(scan func(...any) error) error {
		var id int64
		var a LedgerAnswer
		if err := scan(&id, &a.EntryID, &a.Answer, &a.Reason, &a.Linked, &a.User, &a.At); err != nil {
			return err
		}
		head = a.after(head, id)
		passed(head)
		return nil
	})
	return head, err
}

// ReversalOf gives the entry that takes another one back, or fails with data.ErrNotFound.
func (t *Tx) ReversalOf(entryID int64) (int64, error) {
	var id int64
	err := t.one("SELECT id FROM recharge_entry WHERE reversal_of = ?", []any{entryID}, &id)
	return id, err
}

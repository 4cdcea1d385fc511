package sqlite

import (
	"errors"
	"fmt"
	"strings"

	"peixun/data"
)

// LedgerHead is where a chain of lines ends: how many there are and the last one's hash, "" for none. 充值明细 is one such chain, what
// the platform answered another.
type LedgerHead struct {
	Count int64
	Hash  string
}

// shownHash is how much of the hash 操作日志 shows, in characters.
const shownHash = 16

// The words under which 操作日志 keeps the head of a chain.
const (
	ledgerWord  = "明细"
	answersWord = "平台结果"
)

// noted writes the head of a chain for 操作日志, from which parseHead reads it.
func (h LedgerHead) noted(word string) string {
	return fmt.Sprintf("%s共 %d 条，末条校验 %s", word, h.Count, h.Hash[:min(len(h.Hash), shownHash)])
}

// String writes the ledger's head for 操作日志.
func (h LedgerHead) String() string { return h.noted(ledgerWord) }

// NotedAnswers writes the head of the platform's answers for 操作日志.
func (h LedgerHead) NotedAnswers() string { return h.noted(answersWord) }

// parseHead finds the head that a line of 操作日志 ends with; its hash is only as much as the log shows.
func parseHead(detail, word string) (head LedgerHead, ok bool) {
	at := strings.LastIndex(detail, word+"共 ")
	if at < 0 {
		return LedgerHead{}, false
	}
	count, err := fmt.Sscanf(detail[at+len(word):], "共 %d 条，末条校验 %s", &head.Count, &head.Hash)
	return head, err == nil && count == 2
}

// WithoutLedgerHead gives a line of 操作日志 without the end of a chain, which only the proof of the chain needs.
func WithoutLedgerHead(detail string) string {
	for _, word := range []string{ledgerWord, answersWord} {
		if _, ok := parseHead(detail, word); ok {
			return strings.TrimSuffix(detail[:strings.LastIndex(detail, word+"共 ")], "；")
		}
	}
	return detail
}

// sealedHeads are the ends of both chains as they are written down together under the data key: who cuts lines off or changes one cannot
// write this anew.
type sealedHeads struct {
	ledger, answers LedgerHead
	// withAnswers is false of a seal from before the answers were in it.
	withAnswers bool
}

func (h sealedHeads) text() string {
	return fmt.Sprintf("%d|%s|%d|%s", h.ledger.Count, h.ledger.Hash, h.answers.Count, h.answers.Hash)
}

func parseSealedHeads(text string) (h sealedHeads) {
	const both = 4
	parts := strings.Split(text, "|")
	h.ledger = headOf(parts)
	if len(parts) == both {
		h.answers, h.withAnswers = headOf(parts[2:]), true
	}
	return h
}

func headOf(parts []string) (head LedgerHead) {
	if len(parts) > 1 {
		if _, err := fmt.Sscan(parts[0], &head.Count); err == nil {
			head.Hash = parts[1]
		}
	}
	return head
}

// SealedHead reads the ends of the chains as they were written down under the data key, or fails with data.ErrNotFound.
func (t *Tx) SealedHead() (string, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_head FROM recharge_head", nil, &sealed); err != nil {
		return "", err
	}
	return t.open(sealed, "recharge_head", 1, "head")
}

// sealedHeads reads SealedHead; known is false where there is none, or none that opens, which is told of with the other sealed values.
func (t *Tx) sealedHeads() (heads sealedHeads, known bool, err error) {
	text, err := t.SealedHead()
	if errors.Is(err, data.ErrNotFound) || errors.Is(err, data.ErrDamaged) {
		return sealedHeads{}, false, nil
	}
	return parseSealedHeads(text), err == nil, err
}

// sealLedger writes down where the ledger ends now; where the answers end stays.
func (t *Tx) sealLedger(head LedgerHead) error {
	answers, err := t.AnswersHead()
	if err != nil {
		return err
	}
	return t.sealHeads(sealedHeads{ledger: head, answers: answers})
}

// sealAnswers writes down where the answers end now; where the ledger ends stays.
func (t *Tx) sealAnswers(head LedgerHead) error {
	kept, known, err := t.sealedHeads()
	if err == nil && !known {
		kept.ledger, err = t.LedgerHead()
	}
	if err != nil {
		return err
	}
	kept.answers = head
	return t.sealHeads(kept)
}

func (t *Tx) sealHeads(heads sealedHeads) error {
	sealed, err := t.seal(heads.text(), "recharge_head", 1, "head")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO recharge_head (id, sealed_head) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET sealed_head = excluded.sealed_head", sealed)
	return err
}

package app_test

import (
	"errors"

	"pgregory.net/rapid"

	"peixun/data"
)

// answer records what the platform said of some entries.
func (m *model) answer(t *rapid.T) {
	places := m.places(t)
	answers := make([]data.EntryAnswer, len(places))
	var want error
	var failed []int
	for at, place := range places {
		e := m.ledger[place]
		answers[at] = data.EntryAnswer{EntryID: int64(place + 1), Answer: rapid.SampledFrom([]data.PlatformAnswer{data.AnswerSucceeded, data.AnswerFailed}).Draw(t, "answer"), Reason: "平台提示"}
		switch {
		case e.answer == answers[at].Answer:
		case !e.open():
			want = data.ErrWrongState
		case answers[at].Answer == data.AnswerFailed:
			failed = append(failed, place)
		}
	}
	_, err := m.app.RecordAnswers(ctx, answers)
	is(t, "answer", err, want)
	if want != nil {
		return
	}
	for at, place := range places {
		m.ledger[place].answer = answers[at].Answer
	}
	m.reverseEntries(byOrder(m, failed))
}

// undo takes recorded answers back; failures are charged again.
func (m *model) undo(t *rapid.T) {
	places := m.places(t)
	var want error
	var failed []int
	need := map[*modelOrder]data.Money{}
	charged := map[int64]bool{}
	for _, place := range places {
		e := m.ledger[place]
		if e.answer == data.AnswerNone {
			want = data.ErrWrongState
		}
		if e.answer == data.AnswerFailed {
			failed = append(failed, place)
			need[e.order] += e.amount
			if m.balance(e.person) > 0 || charged[e.person] || m.station != 0 && m.unit[e.person] == m.station || m.disabled[e.person] {
				want = errSome
			}
			charged[e.person] = true
		}
	}
	for o, sum := range need {
		if o.used+sum > o.face && want == nil {
			want = errSome
		}
	}
	_, err := m.app.UndoAnswers(ctx, keysOf(places), "记错了")
	if want != nil {
		if err == nil {
			t.Fatal("it was undone")
		}
		return
	}
	is(t, "undo", err, nil)
	for _, place := range places {
		m.ledger[place].answer = data.AnswerNone
	}
	for _, place := range byOrder(m, failed) {
		e := m.ledger[place]
		e.order.used += e.amount
		m.ledger = append(m.ledger, modelEntry{person: e.person, order: e.order, amount: e.amount})
	}
}

// errSome stands for a refusal whose kind depends on which of several reasons is met first.
var errSome = errors.New("some refusal")

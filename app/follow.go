package app

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"

	"peixun/data"
	"peixun/data/sqlite"
)

// follower keeps the index of people, which lists and searches use, up to date in the background.
type follower struct {
	running context.Context // ends when the App is closed
	end     context.CancelFunc
	rounds  sync.WaitGroup
	waiting atomic.Bool
	idle    bool // whoever asks for the index makes it
}

func newFollower(ctx context.Context, idle bool) *follower {
	f := &follower{idle: idle}
	f.running, f.end = context.WithCancel(context.WithoutCancel(ctx))
	return f
}

// stopFollowing ends what runs in the background, and waits for it.
func (f *follower) stopFollowing() {
	f.end()
	f.rounds.Wait()
}

// followPeople starts a round after a login, and where people or their balances changed.
func (a *App) followPeople(events []Event) {
	concerned := slices.ContainsFunc(events, func(event Event) bool {
		return event == SessionChanged || event == TraineesChanged || event == OrganizationsChanged || event == LedgerChanged
	})
	if _, in := a.Session(); !in || !concerned || a.idle || !a.waiting.CompareAndSwap(false, true) {
		return
	}
	a.rounds.Go(func() {
		a.waiting.Store(false) // whatever changes from here on starts another round
		err := a.store.Read(a.running, (*sqlite.Tx).FollowPeople)
		if err != nil && !errors.Is(err, data.ErrLocked) && a.running.Err() == nil {
			slog.Error("follow people", "error", err)
		}
	})
}

// Package pdf reads PDFs: the program's own papers for their preview, and receipts that banks send. It draws pages and
// gives their text with places. PDFium does the work as WebAssembly in a sandbox of its own: it sees no file but our
// fonts, may use 384 MB at most, and is stopped when it takes too long or nobody waits for it any more.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Idle is how long an engine that is not used keeps its 50 MB; starting again from the cache takes 0.2 s.
const Idle = 2 * time.Minute

// patience is the longest that one page or one opening may take; a page of an ordinary receipt takes 0.05 s.
const patience = 30 * time.Second

// Options are what a program chooses about an engine.
type Options struct {
	// Cache is a folder of the engine's own for the compiled PDFium, 21 MB. Without it, or where it cannot be written,
	// every start takes seconds and 340 MB. It holds code that is run: it must belong to the person alone.
	Cache string
	// Idle ends an engine that was not used for so long; the constant of that name where it is 0.
	Idle time.Duration
}

// Engine draws and reads PDFs, one thing at a time. It starts with its first use, and again whenever that is needed.
// It is safe for concurrent use.
type Engine struct {
	options  Options
	patience time.Duration
	turn     chan struct{} // held by who uses session
	session  *session      // nil while the engine does not run; used and session belong to who holds the turn
	used     time.Time     // when session was last used

	mutex  sync.Mutex
	idle   *time.Timer
	closed bool
}

// New makes an engine that has not started.
func New(options Options) *Engine {
	if options.Idle == 0 {
		options.Idle = Idle
	}
	return &Engine{options: options, patience: patience, turn: make(chan struct{}, 1)}
}

// Start makes the engine ready, so that the first page is there at once. The very first start on a machine takes
// 4–10 s; a cancelled wait does not stop it.
func (e *Engine) Start(ctx context.Context) error {
	return e.run(ctx, func(*session) error { return nil })
}

// Close ends the engine; what runs is stopped. Using it or one of its documents afterwards fails.
func (e *Engine) Close() {
	e.mutex.Lock()
	e.closed = true
	if e.idle != nil {
		e.idle.Stop()
	}
	e.mutex.Unlock()
	e.turn <- struct{}{}
	e.drop()
	<-e.turn
}

// run does work when its turn comes. Where ctx ends meanwhile it returns at once, and the work is stopped.
func (e *Engine) run(ctx context.Context, work func(*session) error) error {
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	done := make(chan error, 1)
	go func() {
		defer func() { <-e.turn }()
		done <- e.attempt(ctx, work)
		e.rest()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// attempt starts the engine where it does not run and does the work. After anything but a clean answer the session is
// thrown away: PDFium's memory may be in any state then.
func (e *Engine) attempt(ctx context.Context, work func(*session) error) error {
	if err := e.ready(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, e.patience)
	defer cancel()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryGoal))
	goesOn := context.AfterFunc(limited, e.session.stop)
	err := work(e.session)
	if goesOn() && (err == nil || isAnswer(err)) {
		return err
	}
	e.drop()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return slow.Because(err)
	}
	return broken.Because(err)
}

func (e *Engine) ready() error {
	e.mutex.Lock()
	closed := e.closed
	e.mutex.Unlock()
	switch {
	case closed:
		return errors.New("pdf engine is closed")
	case e.session != nil:
		return nil
	}
	var err error
	if e.session, err = newSession(e.options.Cache); err != nil {
		return unavailable.Because(fmt.Errorf("start pdf engine: %w", err))
	}
	return nil
}

// rest ends the engine after a time without use. Only who holds the turn may call it.
func (e *Engine) rest() {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.used = time.Now()
	if e.idle != nil {
		e.idle.Stop()
	}
	if e.closed {
		return
	}
	e.idle = time.AfterFunc(e.options.Idle, func() {
		e.turn <- struct{}{}
		defer func() { <-e.turn }()
		if time.Since(e.used) >= e.options.Idle {
			e.drop()
		}
	})
}

// drop ends the session. Only who holds the turn may call it.
func (e *Engine) drop() {
	if e.session != nil {
		e.session.close()
		e.session = nil
	}
}

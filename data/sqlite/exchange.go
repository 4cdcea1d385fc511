package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"

	"peixun/data"
)

// exchangeNote says which file is to become the database. From the moment that it stands in the folder the exchange is decided: whoever
// opens the database next finishes what is left of it. Before that the old database is untouched.
const exchangeNote = "restore.json"

// exchangeLock is held by whoever prepares or finishes an exchange.
const exchangeLock = "restore.lock"

// freshPattern names the databases that are prepared for an exchange, beside the one in use.
const freshPattern = "restore-*.db"

// exchange is what the note says; both names are relative to the folder.
type exchange struct {
	Fresh string `json:"fresh"` // becomes the database
	Aside string `json:"aside"` // what the database so far is called afterwards
}

// LockExchange keeps everybody else from exchanging the folder's database until release is called.
func LockExchange(ctx context.Context, folder string) (release func(), err error) {
	const pause = 50 * time.Millisecond
	lock := flock.New(filepath.Join(folder, exchangeLock))
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, pause); err != nil {
		return nil, ErrBusy.Because(err)
	}
	return func() { lock.Unlock() }, nil
}

// NewFresh makes the file in which a database is prepared for an exchange.
func NewFresh(folder string) (*os.File, error) { return os.CreateTemp(folder, freshPattern) }

// Exchange makes fresh the folder's database, which nobody may have open, and keeps the one so far as aside; both are names in the
// folder, and none is called aside yet. Killed at any moment it leaves the old database or, from the next Open on, the new one. The caller holds LockExchange.
func Exchange(folder, fresh, aside string) error {
	text, err := json.Marshal(exchange{fresh, aside})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, aside)), 0o700); err != nil {
		return err
	}
	note := filepath.Join(folder, exchangeNote)
	if err := writeSynced(note+".new", text); err != nil {
		return errors.Join(err, os.Remove(note+".new"))
	}
	if err := os.Rename(note+".new", note); err != nil {
		return err
	}
	syncFolder(folder)
	err = carryOut(folder, exchange{fresh, aside})
	if err != nil && exists(filepath.Join(folder, FileName)) && exists(filepath.Join(folder, fresh)) {
		return errors.Join(err, os.Remove(note)) // nothing was moved yet: on Windows another program may have the file open
	}
	return err
}

// carryOut does what is left of an exchange. Each step is done once: what it moves is gone afterwards.
func carryOut(folder string, e exchange) error {
	fresh, current, aside := filepath.Join(folder, e.Fresh), filepath.Join(folder, FileName), filepath.Join(folder, e.Aside)
	if exists(fresh) {
		// A log that stayed behind would be taken for the new database's.
		for _, part := range []string{"", "-wal", "-journal", "-shm"} {
			if !exists(current + part) {
				continue
			}
			if err := os.Rename(current+part, aside+part); err != nil {
				return fmt.Errorf("set aside: %w", err)
			}
		}
		if err := os.Rename(fresh, current); err != nil {
			return fmt.Errorf("put in place: %w", err)
		}
		syncFolder(filepath.Dir(aside))
		syncFolder(folder)
	}
	if err := os.Remove(filepath.Join(folder, exchangeNote)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	syncFolder(folder)
	return nil
}

// finishExchange ends an exchange that was decided when the program was killed, and removes what was only prepared.
func finishExchange(ctx context.Context, folder string) error {
	note := filepath.Join(folder, exchangeNote)
	prepared, err := filepath.Glob(filepath.Join(folder, freshPattern))
	if err != nil || len(prepared) == 0 && !exists(note) {
		return err
	}
	if !exists(note) {
		return removePrepared(folder)
	}
	release, err := LockExchange(ctx, folder)
	if err != nil {
		return err
	}
	defer release()
	text, err := os.ReadFile(note)
	if errors.Is(err, os.ErrNotExist) { // somebody else finished it
		return nil
	}
	var e exchange
	if err == nil {
		err = json.Unmarshal(text, &e)
	}
	if err == nil && (!filepath.IsLocal(e.Fresh) || !filepath.IsLocal(e.Aside)) {
		err = fmt.Errorf("%w: note of an exchange", data.ErrDamaged)
	}
	if err != nil {
		return err
	}
	return carryOut(folder, e)
}

// removePrepared removes databases that were prepared and never decided on, unless somebody is at it.
func removePrepared(folder string) error {
	lock := flock.New(filepath.Join(folder, exchangeLock))
	if held, err := lock.TryLock(); err != nil || !held {
		return err
	}
	defer lock.Unlock()
	if exists(filepath.Join(folder, exchangeNote)) {
		return nil
	}
	prepared, err := filepath.Glob(filepath.Join(folder, freshPattern+"*"))
	for _, path := range prepared {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// Replace exchanges the open database for fresh, as Exchange does, and goes on with that one; nobody else may have the file open. Where
// it fails, the old database is open as before. The vault is locked by it: the keys are other ones.
func (s *Store) Replace(ctx context.Context, fresh, aside string) error {
	if err := s.closeGate(ctx); err != nil {
		return err
	}
	defer s.gate.Unlock()
	err := s.settle(ctx)
	if err == nil {
		err = s.moveAway(ctx, fresh, aside)
	}
	s.reader.Close()
	s.writer.Close()
	s.openPools()
	if err == nil {
		s.Unlock(nil)
	}
	return explained(err)
}

// moveAway exchanges the file while SQLite's own lock keeps others from opening it. Windows moves no open file, and there whoever has it
// open hinders the move.
func (s *Store) moveAway(ctx context.Context, fresh, aside string) error {
	if runtime.GOOS == "windows" {
		if err := s.writer.Close(); err != nil {
			return err
		}
	} else if _, err := s.writer.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	return Exchange(filepath.Dir(s.path), fresh, aside)
}

// closeGate waits until nobody reads or writes. It does not stand in line: a reader that asks once more before it ends would wait for it.
func (s *Store) closeGate(ctx context.Context) error {
	const pause = 10 * time.Millisecond
	for begun := time.Now(); !s.gate.TryLock(); {
		if time.Since(begun) > busyTimeout {
			return ErrBusy
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func writeSynced(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes what was renamed in a folder last over a power cut, where the system knows how; Windows does it by itself.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		folder.Sync()
		folder.Close()
	}
}

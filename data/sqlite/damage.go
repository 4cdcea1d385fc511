package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"peixun/data"
)

// examine looks whether a database may be opened for writing, and fails with data.ErrDamaged where not. It writes nothing: what is
// damaged must stay as it is for those who want to save more of it.
func examine(ctx context.Context, path string) error {
	if err := missingParts(path); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil
	}
	s := &Store{path: path}
	s.reader = openPool(path, "mode=ro&_pragma=query_only(1)", 1)
	s.writer = s.reader
	defer s.Close()
	err := s.Read(ctx, func(tx *Tx) error {
		if err := tx.integrity("quick_check"); err != nil {
			return err
		}
		return tx.keysReadable()
	})
	if errors.Is(explained(err), data.ErrDamaged) {
		return err
	}
	return nil // what else hinders reading has its words where the database is opened
}

// keysReadable fails with data.ErrDamaged where nobody could ever log in: there are administrators and no key of theirs is whole.
func (t *Tx) keysReadable() error {
	// Bytes: 12 of nonce or 32 of a public key, 32 of key, 16 of tag.
	const salt, underSecret, underPair = 16, 60, 80
	var administrators, whole int
	err := t.one("SELECT (SELECT count(*) FROM administrator), (SELECT count(*) FROM key_wrap WHERE length(salt) = ? AND length(sealed_key) IN (?, ?))",
		[]any{salt, underSecret, underPair}, &administrators, &whole)
	if err == nil && administrators > 0 && whole == 0 {
		return fmt.Errorf("%w: no whole key", data.ErrDamaged)
	}
	return nil // another program's tables are found out where the schema is read
}

// missingParts fails with data.ErrDamaged where the database's file or its log was taken away: SQLite would go on without what they held.
func missingParts(path string) error {
	info, err := os.Stat(path)
	empty := err != nil || info.Size() == 0
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 && empty {
		return fmt.Errorf("%w: the log stands without its database", data.ErrDamaged)
	}
	if !empty && !exists(path+"-wal") && logHeldMore(path+"-shm") {
		return fmt.Errorf("%w: %w", data.ErrDamaged, ErrLogMissing)
	}
	return nil
}

// ErrLogMissing tells that a database's write-ahead log was taken away while it held changes.
var ErrLogMissing = errors.New("the write-ahead log is missing")

// logHeldMore tells by a log's index whether the log held changes that were not in the database yet. SQLite removes the index before the
// log, so that an index without a log means that somebody else removed the log.
func logHeldMore(index string) bool {
	// The places in the index are those of SQLite's walindex format: the last frame of the log, and how many were copied back.
	const lastFrame, copiedBack, least = 16, 96, 100
	content, err := os.ReadFile(index)
	if err != nil || len(content) < least {
		return false
	}
	return binary.NativeEndian.Uint32(content[lastFrame:]) > binary.NativeEndian.Uint32(content[copiedBack:])
}

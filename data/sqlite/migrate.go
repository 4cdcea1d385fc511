package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"peixun/data"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the embedded ones; a test adds one that is still to come.
var migrations fs.FS = embedded

// ErrNewer tells that the database was written by a newer program.
var ErrNewer = data.Refuse("database-newer", "", "这份数据是用更新版本的程序保存的。", "请安装新版本后再打开，数据没有改动。")

// migrate brings the schema up to date. Each migration and its record are one transaction.
func (s *Store) migrate(ctx context.Context, now time.Time) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	if version > len(files) {
		return ErrNewer
	}
	if version > 0 && version < len(files) {
		if err := s.backupBeforeMigration(ctx, version, now); err != nil {
			return err
		}
	}
	for _, file := range files[version:] {
		if err := s.apply(ctx, file, now); err != nil {
			return fmt.Errorf("migrate %s: %w", file, err)
		}
	}
	return nil
}

// version tells which migration came last, 0 for a new file. It asks a reader, because a writer's first act is to put the file into
// WAL mode, and a file that is not ours must stay as it is.
func (s *Store) version(ctx context.Context) (int, error) {
	var tables, ours int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(name = 'migration'), 0) FROM sqlite_master WHERE type = 'table'").Scan(&tables, &ours)
	switch {
	case err != nil || tables == 0:
		return 0, err
	case ours == 0:
		return 0, fmt.Errorf("%w: the tables are another program's", data.ErrDamaged)
	}
	var version int
	err = s.reader.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM migration").Scan(&version)
	return version, err
}

func (s *Store) backupBeforeMigration(ctx context.Context, version int, now time.Time) error {
	folder := filepath.Join(filepath.Dir(s.path), "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make backup folder: %w", err)
	}
	// Several programs may open the same folder in the same second; each makes its own.
	name := fmt.Sprintf("before-migration-%04d-%s-%s.db", version+1, now.In(data.Shanghai).Format("20060102-150405"), rand.Text()[:6])
	return s.BackupTo(ctx, filepath.Join(folder, name))
}

func (s *Store) apply(ctx context.Context, file string, now time.Time) error {
	text, err := fs.ReadFile(migrations, file)
	if err != nil {
		return err
	}
	number, name, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".sql"), "_")
	version, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	handle, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer handle.Rollback()
	// Another process may have got here first.
	if done, err := recorded(ctx, handle, version); err != nil || done {
		return err
	}
	if _, err := handle.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	if _, err := handle.ExecContext(ctx, "INSERT INTO migration (version, name, at) VALUES (?, ?, ?)", version, name, string(data.MomentOf(now))); err != nil {
		return err
	}
	return handle.Commit()
}

func recorded(ctx context.Context, handle *sql.Tx, version int) (bool, error) {
	if _, err := handle.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT"); err != nil {
		return false, err
	}
	var count int
	err := handle.QueryRowContext(ctx, "SELECT count(*) FROM migration WHERE version = ?", version).Scan(&count)
	return count > 0, err
}

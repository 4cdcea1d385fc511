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

// migrate brings the schema up to date: every migration that the file has not seen runs, in order. Each and its record are one
// transaction.
func (s *Store) migrate(ctx context.Context, now time.Time) error {
	done, err := s.migrated(ctx)
	if err != nil {
		return err
	}
	files, err := migrationFiles()
	if err != nil {
		return err
	}
	var pending []string
	seen := 0
	for _, file := range files {
		version, _, err := migrationOf(file)
		switch {
		case err != nil:
			return err
		case done[version]:
			seen++
		default:
			pending = append(pending, file)
		}
	}
	if len(done) > seen {
		return ErrNewer
	}
	if seen > 0 && len(pending) > 0 && !s.aside {
		if err := s.backupBeforeMigration(ctx, pending[0], now); err != nil {
			return err
		}
	}
	for _, file := range pending {
		if err := s.apply(ctx, file, now); err != nil {
			return fmt.Errorf("migrate %s: %w", file, err)
		}
	}
	return nil
}

func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

// migrationOf takes a migration's file name apart: 0002_undo.sql.
func migrationOf(file string) (version int, name string, err error) {
	number, name, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".sql"), "_")
	version, err = strconv.Atoi(number)
	return version, name, err
}

// migrated tells which migrations the file has seen, none for a new one. It asks a reader, because a writer's first act is to put the
// file into WAL mode, and a file that is not ours must stay as it is.
func (s *Store) migrated(ctx context.Context) (map[int]bool, error) {
	var tables, ours int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(name = 'migration'), 0) FROM sqlite_master WHERE type = 'table'").Scan(&tables, &ours)
	switch {
	case err != nil || tables == 0:
		return nil, err
	case ours == 0:
		return nil, fmt.Errorf("%w: the tables are another program's", data.ErrDamaged)
	}
	rows, err := s.reader.QueryContext(ctx, "SELECT version FROM migration")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	done := map[int]bool{}
	for rows.Next() {
		var version int
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		done[version] = true
	}
	return done, rows.Err()
}

func (s *Store) backupBeforeMigration(ctx context.Context, file string, now time.Time) error {
	version, _, err := migrationOf(file)
	if err != nil {
		return err
	}
	folder := filepath.Join(filepath.Dir(s.path), "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make backup folder: %w", err)
	}
	// Several programs may open the same folder in the same second; each makes its own.
	name := fmt.Sprintf("before-migration-%04d-%s-%s.db", version, now.In(data.Shanghai).Format("20060102-150405"), rand.Text()[:6])
	return s.BackupTo(ctx, filepath.Join(folder, name))
}

func (s *Store) apply(ctx context.Context, file string, now time.Time) error {
	text, err := fs.ReadFile(migrations, file)
	if err != nil {
		return err
	}
	version, name, err := migrationOf(file)
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

package sqlite

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
)

// AddMigration makes a migration pending for the rest of a test and gives its number.
func AddMigration(t testing.TB, name, statements string) int {
	t.Helper()
	known := fstest.MapFS{}
	files, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(embedded, file)
		if err != nil {
			t.Fatal(err)
		}
		known[file] = &fstest.MapFile{Data: text}
	}
	last, _, err := migrationOf(files[len(files)-1])
	if err != nil {
		t.Fatal(err)
	}
	number := last + 1
	known[fmt.Sprintf("migrations/%04d_%s.sql", number, name)] = &fstest.MapFile{Data: []byte(statements)}
	migrations = known
	t.Cleanup(func() { migrations = embedded })
	return number
}

// OldMigrations lets the rest of a test make databases of an old version; the result ends that.
func OldMigrations(t testing.TB, version int) (all func()) {
	t.Helper()
	old := fstest.MapFS{}
	files, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files[:version] {
		text, err := fs.ReadFile(embedded, file)
		if err != nil {
			t.Fatal(err)
		}
		old[file] = &fstest.MapFile{Data: text}
	}
	migrations = old
	all = func() { migrations = embedded }
	t.Cleanup(all)
	return all
}

// KnowsPeople tells whether the store holds an index of people in memory.
func (s *Store) KnowsPeople() bool {
	index, _, _ := s.people.current()
	return index != nil
}

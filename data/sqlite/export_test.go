package sqlite

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

// AddMigration makes a migration pending for the rest of a test.
func AddMigration(t testing.TB, name, statements string) {
	t.Helper()
	known := fstest.MapFS{"migrations/" + name: {Data: []byte(statements)}}
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
	migrations = known
	t.Cleanup(func() { migrations = embedded })
}

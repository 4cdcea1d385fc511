package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// schemaNames are the words for SQLite's kinds of schema objects.
var schemaNames = map[string]string{"table": "表", "index": "索引", "trigger": "防改规则", "view": "视图"}

// schemaQuery reads a schema: each object's kind and name, and how it was made.
const schemaQuery = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"

// checkSchema compares the tables, indexes and triggers with those that the migrations make. Without its triggers the ledger could be
// edited, and with one of a stranger's it could write what nobody asked for.
func (t *Tx) checkSchema() (Invariant, error) {
	result := Invariant{Name: "表和防改规则都在，没有被改动"}
	wanted, err := freshSchema()
	if err != nil {
		return result, fmt.Errorf("make a fresh schema: %w", err)
	}
	found := map[string]string{}
	err = t.each(schemaQuery, nil, func(scan func(...any) error) error {
		var name, text string
		err := scan(&name, &text)
		found[name] = text
		return err
	})
	result.Detail = compareSchemas(wanted, found)
	result.OK = result.Detail == ""
	return result, err
}

// namedDifferences is how many differences are named; the others are counted.
const namedDifferences = 3

func compareSchemas(wanted, found map[string]string) string {
	var wrong []string
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		switch text, there := found[name]; {
		case !there:
			wrong = append(wrong, schemaWords(name)+" 不见了")
		case text != wanted[name]:
			wrong = append(wrong, schemaWords(name)+" 被改过")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if _, known := wanted[name]; !known {
			wrong = append(wrong, "多出"+schemaWords(name))
		}
	}
	if len(wrong) > namedDifferences {
		wrong = append(wrong[:namedDifferences], fmt.Sprintf("共 %d 处", len(wrong)))
	}
	if len(wrong) == 0 {
		return ""
	}
	return strings.Join(wrong, "；") + "。"
}

func schemaWords(name string) string {
	kind, name, _ := strings.Cut(name, " ")
	return schemaNames[kind] + " " + name
}

// freshSchema is what the migrations make of an empty database: each object's kind and name, and how it was made. A program's migrations
// are always the same, so they run once.
var freshSchema = sync.OnceValues(func() (map[string]string, error) {
	ctx := context.Background()
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1) // each connection has a memory of its own
	handle, err := fresh.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer handle.Rollback()
	if _, err := recorded(ctx, handle, 0); err != nil {
		return nil, err
	}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := fs.ReadFile(migrations, file)
		if err != nil {
			return nil, err
		}
		if _, err := handle.ExecContext(ctx, string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	rows, err := handle.QueryContext(ctx, schemaQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	schema := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		schema[name] = text
	}
	return schema, rows.Err()
})

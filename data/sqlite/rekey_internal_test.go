package sqlite

import (
	"context"
	"testing"
	"time"
)

// Whatever column is sealed or hashed under the data key is sealed and hashed anew with another: a table that comes later must be named.
func TestEverySealedColumnIsRekeyed(t *testing.T) {
	ctx := context.Background()
	store, err := Open(ctx, t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	known := map[string]bool{"column_mapping.headers_index": true} // forgotten, since only the hash is known
	for _, one := range sealings() {
		for _, column := range one.columns {
			known[one.table+".sealed_"+column] = true
		}
		if one.index != nil {
			known[one.table+"."+one.index.column] = true
		}
	}
	err = store.Read(ctx, func(tx *Tx) error {
		return tx.each(`SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'key_wrap'
			AND (c.name LIKE 'sealed\_%' ESCAPE '\' OR c.name LIKE '%\_index' ESCAPE '\')`, nil, func(scan func(...any) error) error {
			var column string
			err := scan(&column)
			if !known[column] {
				t.Errorf("%s keeps the former key: add it to sealedTables, contentTables or sealedIndexes", column)
			}
			delete(known, column)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for column := range known {
		t.Errorf("there is no column %s", column)
	}
}

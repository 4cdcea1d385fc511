package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// versionTwo makes an empty database as the first released version left it.
func versionTwo(t *testing.T, folder string) *sql.DB {
	t.Helper()
	raw := datatest.Raw(t, filepath.Join(folder, sqlite.FileName))
	datatest.Exec(t, raw, "CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT")
	for version, name := range []string{"house", "undo"} {
		text, err := os.ReadFile(filepath.Join("migrations", []string{"0001_house.sql", "0002_undo.sql"}[version]))
		must(t, err)
		datatest.Exec(t, raw, string(text))
		datatest.Exec(t, raw, "INSERT INTO migration VALUES (?, ?, '2022-06-17 13:02:11')", version+1, name)
	}
	return raw
}

// A database of version 2 keeps its runs and lines; what was a reversal is one, and what was never kept is not invented.
func TestLedgerOfVersionTwoOpens(t *testing.T) {
	folder := t.TempDir()
	raw := versionTwo(t, folder)
	for _, statement := range []string{
		"INSERT INTO organization VALUES (1, NULL, '本院', '本院', 0, 0, NULL)",
		"INSERT INTO plan VALUES (1, '20220301161802103', '2022年计划', '', '', 3000, 2022, '2022-03-02 00:00:00', '2022-12-31 23:59:59', 0, 0)",
		`INSERT INTO trainee (id, name, pinyin, initials, document_type, sealed_id_number, id_index, id_tail_index, person_index, sex, organization_id, category, title_series,
			title_name, title_level, education, staff_number, status, platform, created_at, updated_at)
			VALUES (1, '陈若溪', '', '', '居民身份证', x'', x'', x'', x'', '', 1, '', '', '', '', '', '', '启用', '待报', '', '')`,
		`INSERT INTO payment_order VALUES (1, 'JF-2022-0001', 1, 1, '先缴费后开票', '', NULL, '', '', '', '', '', '审核通过', '', '', '', '', '2022-06-01 00:00:00', '2022-06-02 00:00:00', 1)`,
		"INSERT INTO card_batch VALUES (1, 'XK-2022-0001', 1, 10000, 0, '2022-06-02 00:00:00')",
		"INSERT INTO recharge_run VALUES ('monday', 1, 1, 4000, '2022-06-03 00:00:00', '赵晓岚', 'hash of before'), ('back', 1, 1, -4000, '2022-06-04 00:00:00', '赵晓岚', 'reversal')",
		"INSERT INTO recharge_entry VALUES (1, 'monday', 1, 1, 4000, NULL, '', '赵晓岚', '2022-06-03 00:00:00', '', 'a')",
		"INSERT INTO recharge_entry VALUES (2, 'back', 1, 1, -4000, 1, '充错了', '赵晓岚', '2022-06-04 00:00:00', 'a', 'b')",
	} {
		datatest.Exec(t, raw, statement)
	}
	must(t, raw.Close())
	store, err := sqlite.Open(ctx, folder, datatest.Now)
	must(t, err)
	defer store.Close()
	rows := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.RechargeRunRow, error) { return tx.RunRows(0) })
	if len(rows) != 2 || rows[0].Kind != data.RunReversal || rows[1].Kind != data.RunRecharge || rows[1].Reversed != 1 || rows[1].Answer() != data.RunTakenBack {
		t.Errorf("runs = %+v", rows)
	}
	first := datatest.Read(t, store, func(tx *sqlite.Tx) (data.RechargeResult, error) {
		result, _, err := tx.Run("monday")
		return result, err
	})
	if first.Count != 1 || first.Total != 40_00 || first.Left != 100_00 || len(first.Refused) != 0 {
		t.Errorf("the first run = %+v", first)
	}
}

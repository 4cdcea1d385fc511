package sqlite_test

import (
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// TestRecordsOfVersion8AreCarriedOver opens a database with a record of hours as version 8 left it, and does to it what came since.
func TestRecordsOfVersion8AreCarriedOver(t *testing.T) {
	folder := t.TempDir()
	later := sqlite.OldMigrations(t, 8)
	old := open(t, folder)
	keys, err := vault.New(bytesOf(7, vault.KeySize))
	must(t, err)
	raw := datatest.Raw(t, old.Path())
	datatest.Exec(t, raw, "INSERT INTO organization (id, name, path, depth, position) VALUES (1, '市立医院', '', 0, 1)")
	datatest.Exec(t, raw, `INSERT INTO plan (id, number, name, publisher, measure, target, year, starts_at, ends_at, modifiable)
		VALUES (1, '20220301161802103', '计划', '北京市', '学时', 3000, 2022, '2022-03-02', '2022-12-31', 0)`)
	datatest.Exec(t, raw, `INSERT INTO trainee (id, name, pinyin, initials, document_type, sealed_id_number, id_index, sex, organization_id, category, title_series, title_name,
		title_level, education, staff_number, status, platform, created_at, updated_at) VALUES (1, '王欢', 'wanghuan', 'wh', '居民身份证', ?, x'01', '男', 1, '', '', '', '', '', '', '启用', '待报', '2022', '2022')`,
		keys.Seal([]byte("11010519491231002X"), "trainee/1/id_number"))
	datatest.Exec(t, raw, `INSERT INTO offline_hours (id, trainee_id, plan_id, title, category, form, organizer, place, starts_on, ends_on, hours, result, certificate, created_at)
		VALUES (1, 1, 1, '讲座', '选修', '面授', '', '', '2022-05-09', '2022-05-09', 400, '', 'ZM-1', '2022')`)
	must(t, old.Close())

	later()
	store := open(t, folder)
	store.Unlock(keys)
	rows := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.OfflineHoursRow, error) { return tx.HoursRows([]int64{1}) })
	if len(rows) != 1 || rows[0].Hours != 4_00 || rows[0].Certificate != "ZM-1" || rows[0].Files != 0 || rows[0].Overlaps || rows[0].PlanYear != 2022 {
		t.Fatalf("carried over as %+v", rows)
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		_, err := tx.AddHoursFile(1, data.HoursPaper{Name: "证明.png", Type: "image/png", AddedAt: "2022"}, []byte("x"))
		return err
	})
	if files := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.HoursPaper, error) { return tx.HoursFiles(1) }); len(files) != 1 {
		t.Errorf("files %+v", files)
	}
}

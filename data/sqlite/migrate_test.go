package sqlite_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// TestTraineesOfVersion2AreCarriedOver opens a database as the first release left it: people with sealed values, and others' rows
// that point at them.
func TestTraineesOfVersion2AreCarriedOver(t *testing.T) {
	folder := t.TempDir()
	later := sqlite.OldMigrations(t, 2)
	old := open(t, folder)
	keys, err := vault.New(bytesOf(7, vault.KeySize))
	must(t, err)
	raw := datatest.Raw(t, old.Path())
	datatest.Exec(t, raw, "INSERT INTO organization (id, name, path, depth, position) VALUES (1, '市立医院', '', 0, 1)")
	datatest.Exec(t, raw, `INSERT INTO plan (id, number, name, publisher, measure, target, year, starts_at, ends_at, modifiable)
		VALUES (1, '20220301161802103', '计划', '北京市', '学时', 3000, 2022, '2022-03-02', '2022-12-31', 0)`)
	addTraineeOfVersion2(t, raw, keys, data.Trainee{ID: 1, Name: "单雄信", Username: "shan", IDNumber: "11010519491231002X", Mobile: "13912345678"})
	addTraineeOfVersion2(t, raw, keys, data.Trainee{ID: 2, Name: "王欢", IDNumber: "440524188001010014"})
	datatest.Exec(t, raw, `INSERT INTO offline_hours (trainee_id, plan_id, title, category, form, organizer, place, starts_on, ends_on, hours, result, certificate, created_at)
		VALUES (1, 1, '讲座', '选修', '面授', '', '', '2022-05-09', '2022-05-09', 400, '', '', '2022')`)
	datatest.Exec(t, raw, "INSERT INTO password_reset (trainee_id, at, user) VALUES (2, '2022', '赵晓岚')")
	datatest.Exec(t, raw, "INSERT INTO counter (name, last) VALUES ('trainee', 2)")
	must(t, old.Close())

	later()
	store := open(t, folder)
	store.Unlock(keys)
	people := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.Trainee, error) {
		var found []data.Trainee
		return found, tx.EachTrainee(func(p data.Trainee) error { found = append(found, p); return nil })
	})
	if len(people) != 2 {
		t.Fatalf("%d people", len(people))
	}
	want := data.Trainee{ID: 1, Username: "shan", Name: "单雄信", DocumentType: data.DocumentResidentID, IDNumber: "11010519491231002X", Sex: "男", Mobile: "13912345678",
		OrganizationID: 1, Category: "管理岗", StaffNumber: "A7", Status: data.TraineeEnabled, Platform: data.PlatformPending, CreatedAt: "2022", UpdatedAt: "2023"}
	if got := people[0]; got.Extra != nil || !equalTrainees(got, want) {
		t.Errorf("carried over as %+v", got)
	}
	if people[1].Username != "440524188001010014" || people[1].Mobile != "" {
		t.Errorf("carried over as %+v", people[1])
	}
	if revision := datatest.Read(t, store, func(tx *sqlite.Tx) (int64, error) { return tx.Revision("trainees", 1) }); revision != 5 {
		t.Errorf("revision %d", revision)
	}
	ids := datatest.Read(t, store, func(tx *sqlite.Tx) ([]int64, error) { return tx.TraineeIDs(data.TraineeQuery{Text: "shanxiongxin"}) })
	if len(ids) != 1 || ids[0] != 1 {
		t.Errorf("searching finds %v", ids)
	}
	var spelled string
	must(t, datatest.Raw(t, store.Path()).QueryRow("SELECT pinyin || ' ' || initials FROM trainee WHERE id = 1").Scan(&spelled))
	if spelled != "shanxiongxin sxx" {
		t.Errorf("spelled %q", spelled)
	}
	stillHeld(t, store)
}

// addTraineeOfVersion2 stores a person in organisation 1 as the first release did.
func addTraineeOfVersion2(t *testing.T, raw *sql.DB, keys *vault.Vault, p data.Trainee) {
	t.Helper()
	seal := func(value, column string) any {
		if value == "" {
			return nil
		}
		return keys.Seal([]byte(value), fmt.Sprintf("trainee/%d/%s", p.ID, column))
	}
	var username, mobile any
	if p.Username != "" {
		username = p.Username
	}
	if p.Mobile != "" {
		mobile = keys.Index("mobile", p.Mobile)
	}
	datatest.Exec(t, raw, `INSERT INTO trainee (id, username, name, pinyin, initials, document_type, sealed_id_number, id_index, id_tail_index, person_index, sex,
		sealed_mobile, mobile_index, organization_id, category, title_series, title_name, title_level, education, staff_number, status, platform, platform_reason, created_at,
		updated_at, revision) VALUES (?, ?, ?, 'danxiongxin', 'dxx', '居民身份证', ?, ?, x'01', x'02', '男', ?, ?, 1, '管理岗', '', '', '', '', 'A7', '启用', '待报', '', '2022', '2023', 5)`,
		p.ID, username, p.Name, seal(p.IDNumber, "id_number"), keys.Index("id_number", p.IDNumber), seal(p.Mobile, "mobile"), mobile)
}

// stillHeld tries what the table's constraints, the tables that point at it and its trigger must still refuse or do.
func stillHeld(t *testing.T, store *sqlite.Store) {
	t.Helper()
	writes := datatest.Raw(t, store.Path())
	for statement, refusal := range map[string]string{
		"DELETE FROM trainee WHERE id = 1":                                          "FOREIGN KEY",
		"DELETE FROM trainee WHERE id = 2":                                          "FOREIGN KEY",
		"UPDATE trainee SET username = 'shan' WHERE id = 2":                         "trainee.username",
		"UPDATE trainee SET id_index = (SELECT id_index FROM trainee) WHERE id = 2": "trainee.id_index",
		"UPDATE trainee SET status = '在岗'":                                          "CHECK",
		"UPDATE trainee SET organization_id = 9":                                    "FOREIGN KEY",
	} {
		if _, err := writes.Exec(statement); err == nil || !strings.Contains(err.Error(), refusal) {
			t.Errorf("%s gives %v, want a refusal by %s", statement, err, refusal)
		}
	}
	datatest.Exec(t, writes, "UPDATE trainee SET staff_number = 'A8' WHERE id = 1")
	if revision := datatest.Read(t, store, func(tx *sqlite.Tx) (int64, error) { return tx.Revision("trainees", 1) }); revision != 6 {
		t.Errorf("a change left revision %d", revision)
	}
	var broken int
	must(t, writes.QueryRow("SELECT count(*) FROM pragma_foreign_key_check").Scan(&broken))
	if broken > 0 {
		t.Errorf("%d rows point nowhere", broken)
	}
}

func equalTrainees(one, other data.Trainee) bool {
	return len(data.TraineeChanges(one, other)) == 0 && one.ID == other.ID && one.IDNumber == other.IDNumber
}

func bytesOf(value byte, count int) []byte {
	all := make([]byte, count)
	for place := range all {
		all[place] = value
	}
	return all
}

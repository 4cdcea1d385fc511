package sqlite

import (
	"errors"
	"strings"

	"peixun/data"
	"peixun/data/vault"
)

// AddHours stores a record of offline hours and gives the key.
func (t *Tx) AddHours(h data.OfflineHours) (int64, error) {
	id, err := t.Next("offline_hours")
	if err != nil {
		return 0, err
	}
	h.ID = id
	return id, t.insertHours(h)
}

// RestoreHours stores a removed record under the key that it had.
func (t *Tx) RestoreHours(h data.OfflineHours, revision int64) error {
	err := t.insertHours(h)
	if err != nil || revision == 0 {
		return err
	}
	return t.SetRevision(data.HoursForm.Key, h.ID, revision)
}

func (t *Tx) insertHours(h data.OfflineHours) error {
	remark, extra, err := t.sealHours(h.ID, h)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO offline_hours (id, trainee_id, plan_id, title, category, form, organizer, place, starts_on, ends_on, hours, result,
			certificate, sealed_remark, sealed_extra, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		h.ID, h.TraineeID, h.PlanID, h.Title, h.Category, h.Form, h.Organizer, h.Place, string(h.StartsOn), string(h.EndsOn), int64(h.Hours), h.Result,
		h.Certificate, remark, extra, string(h.CreatedAt))
	return hoursTwice(err)
}

// hoursTwice says of a second record of one training that there is one.
func hoursTwice(err error) error {
	if isConstraint(err, "offline_hours.trainee_id") {
		return data.Refuse("hours-exists", "title", "这个人的这次培训已经登记过了（计划、名称和日期都相同）。", "请打开原来那条修改。").Because(err)
	}
	return err
}

// SaveHours stores every field of a record that is there already.
func (t *Tx) SaveHours(h data.OfflineHours) error {
	remark, extra, err := t.sealHours(h.ID, h)
	if err != nil {
		return err
	}
	return hoursTwice(t.change(`UPDATE offline_hours SET trainee_id = ?, plan_id = ?, title = ?, category = ?, form = ?, organizer = ?, place = ?, starts_on = ?,
			ends_on = ?, hours = ?, result = ?, certificate = ?, sealed_remark = ?, sealed_extra = ? WHERE id = ?`,
		h.TraineeID, h.PlanID, h.Title, h.Category, h.Form, h.Organizer, h.Place, string(h.StartsOn),
		string(h.EndsOn), int64(h.Hours), h.Result, h.Certificate, remark, extra, h.ID))
}

func (t *Tx) sealHours(id int64, h data.OfflineHours) (remark, extra any, err error) {
	if remark, err = t.seal(h.Remark, "offline_hours", id, "remark"); err != nil {
		return nil, nil, err
	}
	extra, err = t.sealJSON(h.Extra, "offline_hours", id, "extra")
	return remark, extra, err
}

const hoursColumns = `SELECT id, trainee_id, plan_id, title, category, form, organizer, place, starts_on, ends_on, hours, result, certificate,
	sealed_remark, sealed_extra, created_at FROM offline_hours`

// EachHours hands every record to visit, by key.
func (t *Tx) EachHours(visit func(data.OfflineHours) error) error {
	return t.eachHours(" ORDER BY id", nil, visit)
}

// Hours reads one record, or fails with data.ErrNotFound.
func (t *Tx) Hours(id int64) (data.OfflineHours, error) {
	var found data.OfflineHours
	missing := data.ErrNotFound
	err := t.eachHours(" WHERE id = ?", []any{id}, func(h data.OfflineHours) error {
		found, missing = h, nil
		return nil
	})
	return found, errors.Join(err, missing)
}

func (t *Tx) eachHours(condition string, arguments []any, visit func(data.OfflineHours) error) error {
	return t.each(hoursColumns+condition, arguments, func(scan func(...any) error) error {
		h, err := t.scanHours(scan)
		if err != nil {
			return err
		}
		return visit(h)
	})
}

func (t *Tx) scanHours(scan func(...any) error, more ...any) (data.OfflineHours, error) {
	var h data.OfflineHours
	var remark, extra []byte
	into := append([]any{&h.ID, &h.TraineeID, &h.PlanID, &h.Title, &h.Category, &h.Form, &h.Organizer, &h.Place, &h.StartsOn, &h.EndsOn, &h.Hours,
		&h.Result, &h.Certificate, &remark, &extra, &h.CreatedAt}, more...)
	if err := scan(into...); err != nil {
		return h, err
	}
	var err error
	if h.Remark, err = t.open(remark, "offline_hours", h.ID, "remark"); err != nil {
		return h, err
	}
	h.Extra, err = t.openJSON(extra, "offline_hours", h.ID, "extra")
	return h, err
}

const hoursTables = ` FROM offline_hours h JOIN trainee p ON p.id = h.trainee_id JOIN organization g ON g.id = p.organization_id JOIN plan n ON n.id = h.plan_id`

var hoursOrder = sortKeys{
	"name": {"p.pinyin"}, "title": {"h.title"}, "starts": {"h.starts_on"}, "ends": {"h.ends_on"}, "hours": {"h.hours"}, "organization": {"g.path"}, "plan": {"n.year"},
	"category": {"h.category"}, "form": {"h.form"}, "organizer": {"h.organizer"}, "result": {"h.result"}, "certificate": {"h.certificate"},
}

func hoursFilter(q data.OfflineHoursQuery) *where {
	w := &where{}
	if q.Text != "" {
		pattern, spelled := likeWord(q.Text), likeWord(strings.ToLower(q.Text))
		w.and(`(p.name LIKE ? ESCAPE '\' OR p.pinyin LIKE ? ESCAPE '\' OR p.initials LIKE ? ESCAPE '\' OR h.title LIKE ? ESCAPE '\' OR h.organizer LIKE ? ESCAPE '\'
			OR h.certificate LIKE ? ESCAPE '\')`,
			pattern, spelled, spelled, pattern, pattern, pattern)
	}
	if q.PlanID != 0 {
		w.and("h.plan_id = ?", q.PlanID)
	}
	if q.TraineeID != 0 {
		w.and("h.trainee_id = ?", q.TraineeID)
	}
	if q.OrganizationID != 0 {
		w.and(organizationBelow, q.OrganizationID)
	}
	for column, word := range map[string]string{"h.category": q.Category, "h.form": q.Form} {
		if word != "" {
			w.and(column+" = ?", word)
		}
	}
	if q.From != "" {
		w.and("h.ends_on >= ?", string(q.From))
	}
	if q.To != "" {
		w.and("h.starts_on <= ?", string(q.To))
	}
	if condition := hoursFlags[q.Only]; condition != "" {
		w.and(condition)
	}
	return w
}

// organizationBelow keeps whoever belongs to an organisation or to one below it.
const organizationBelow = `g.id IN (WITH RECURSIVE below (id) AS (SELECT ? UNION ALL SELECT o.id FROM organization o JOIN below ON o.parent_id = below.id) SELECT id FROM below)`

// Conditions on a record: that it shares days with another one of the same person, and that it has files.
const (
	hoursOverlap = `EXISTS (SELECT 1 FROM offline_hours x WHERE x.trainee_id = h.trainee_id AND x.id <> h.id AND x.starts_on <= h.ends_on AND x.ends_on >= h.starts_on)`
	hoursFiled   = `EXISTS (SELECT 1 FROM hours_file f WHERE f.hours_id = h.id AND f.removed_at IS NULL)`
)

var hoursFlags = map[data.HoursFlag]string{
	data.HoursOverlapping: hoursOverlap, data.HoursWithoutCertificate: "h.certificate = ''", data.HoursCertified: "h.certificate <> ''",
	data.HoursCertificateTwice: "h.certificate <> '' AND EXISTS (SELECT 1 FROM offline_hours x WHERE x.certificate = h.certificate AND x.id <> h.id)",
	data.HoursWithoutFile:      "NOT " + hoursFiled,
}

// HoursIDs lists the keys of the records that a query finds; the newest first where it names no order.
func (t *Tx) HoursIDs(q data.OfflineHoursQuery) ([]int64, error) {
	w := hoursFilter(q)
	return t.ids("SELECT h.id"+hoursTables+w.text()+orderBy(hoursOrder, q.Sort, q.Descending, "h.id DESC"), w.arguments...)
}

// HoursTotal sums the records that a query finds, in hundredths.
func (t *Tx) HoursTotal(q data.OfflineHoursQuery) (data.Hours, error) {
	var sum data.Hours
	w := hoursFilter(q)
	err := t.one("SELECT coalesce(sum(h.hours), 0)"+hoursTables+w.text(), w.arguments, &sum)
	return sum, err
}

// HoursRows reads the records of ids in that order, as 线下档案管理 lists them.
func (t *Tx) HoursRows(ids []int64) ([]data.OfflineHoursRow, error) {
	found := make([]data.OfflineHoursRow, 0, len(ids))
	for _, id := range ids {
		err := t.each(`SELECT h.id, h.trainee_id, h.plan_id, h.title, h.category, h.form, h.organizer, h.place, h.starts_on, h.ends_on, h.hours, h.result,
				h.certificate, h.sealed_remark, h.sealed_extra, h.created_at, coalesce(p.username, ''), p.name, p.sealed_id_number, g.path, n.number, n.name, n.year,
				`+hoursOverlap+", (SELECT count(*) FROM hours_file f WHERE f.hours_id = h.id AND f.removed_at IS NULL)"+
			hoursTables+" WHERE h.id = ?", []any{id}, func(scan func(...any) error) error {
			var r data.OfflineHoursRow
			var idNumber []byte
			var err error
			if r.OfflineHours, err = t.scanHours(scan, &r.Username, &r.Name, &idNumber, &r.Organization, &r.PlanNumber, &r.PlanName, &r.PlanYear, &r.Overlaps, &r.Files); err != nil {
				return err
			}
			number, err := t.open(idNumber, "trainee", r.TraineeID, "id_number")
			r.IDNumber = vault.MaskIDNumber(number)
			if r.Username == "" {
				r.Username = r.IDNumber
			}
			found = append(found, r)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

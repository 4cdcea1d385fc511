package sqlite

import (
	"strings"

	"peixun/data"
	"peixun/data/search"
)

// rosterCounter rises with every change of trainees or organisations, so that a preview can tell whether it is stale.
const rosterCounter = "roster"

// RosterVersion tells which state of trainees and organisations this is.
func (t *Tx) RosterVersion() (int64, error) { return t.Last(rosterCounter) }

// TouchRoster marks the roster as changed; call it once in a transaction that changes it.
func (t *Tx) TouchRoster() error {
	_, err := t.Next(rosterCounter)
	return err
}

func uniqueTrainee(err error) error {
	switch {
	case isConstraint(err, "trainee.id_index"):
		return data.Refuse("id-exists", "id_number", "这个身份证号已经有学员在用。", "请在学员列表里查找并修改原来的那一位。").Because(err)
	case isConstraint(err, "trainee.username"):
		return data.Refuse("username-exists", "username", "这个用户名已经有学员在用。", "请换一个用户名，或留空（留空时用身份证号）。").Because(err)
	}
	return err
}

const traineeColumns = `id, coalesce(username, ''), name, document_type, sealed_id_number, sex, sealed_birth, sealed_mobile, organization_id,
	coalesce(payer_id, 0), category, title_series, title_name, title_level, education, staff_number, sealed_email, sealed_remark, sealed_extra,
	status, platform, platform_reason, created_at, updated_at`

func (t *Tx) scanTrainee(scan func(...any) error) (data.Trainee, error) {
	var p data.Trainee
	var idNumber, birth, mobile, email, remark, extra []byte
	err := scan(&p.ID, &p.Username, &p.Name, &p.DocumentType, &idNumber, &p.Sex, &birth, &mobile, &p.OrganizationID,
		&p.PayerID, &p.Category, &p.TitleSeries, &p.TitleName, &p.TitleLevel, &p.Education, &p.StaffNumber, &email, &remark, &extra,
		&p.Status, &p.Platform, &p.PlatformReason, &p.CreatedAt, &p.UpdatedAt)
	if err != nil {
		return p, err
	}
	var born string
	for _, cell := range []struct {
		into   *string
		sealed []byte
		column string
	}{
		{&p.IDNumber, idNumber, "id_number"}, {&born, birth, "birth"}, {&p.Mobile, mobile, "mobile"},
		{&p.Email, email, "email"}, {&p.Remark, remark, "remark"},
	} {
		if *cell.into, err = t.open(cell.sealed, "trainee", p.ID, cell.column); err != nil {
			return p, err
		}
	}
	p.Birth = data.Date(born)
	if p.Username == "" {
		p.Username = p.IDNumber
	}
	p.Extra, err = t.openJSON(extra, "trainee", p.ID, "extra")
	return p, err
}

// Trainee reads one trainee, or fails with data.ErrNotFound; who was merged into another is found no more.
func (t *Tx) Trainee(id int64) (data.Trainee, error) {
	var p data.Trainee
	err := data.ErrNotFound
	each := t.each("SELECT "+traineeColumns+" FROM trainee WHERE id = ? AND merged_into IS NULL", []any{id}, func(scan func(...any) error) error {
		p, err = t.scanTrainee(scan)
		return err
	})
	if each != nil {
		return p, each
	}
	return p, err
}

// EachTrainee hands every trainee to visit, by key.
func (t *Tx) EachTrainee(visit func(data.Trainee) error) error {
	return t.each("SELECT "+traineeColumns+" FROM trainee WHERE merged_into IS NULL ORDER BY id", nil, func(scan func(...any) error) error {
		p, err := t.scanTrainee(scan)
		if err != nil {
			return err
		}
		return visit(p)
	})
}

// CountTrainees tells how many trainees are stored.
func (t *Tx) CountTrainees() (int, error) {
	var count int
	err := t.one("SELECT count(*) FROM trainee WHERE merged_into IS NULL", nil, &count)
	return count, err
}

// TraineeByIDNumber finds the key of the trainee with a whole identity number, or fails with data.ErrNotFound.
func (t *Tx) TraineeByIDNumber(number string) (int64, error) {
	index, err := t.index("id_number", strings.ToUpper(number))
	if err != nil {
		return 0, err
	}
	var id int64
	err = t.one("SELECT id FROM trainee WHERE id_index = ?", []any{index}, &id)
	return id, err
}

// SimilarTrainees reads those who share a number, a username, a mobile, or name and birth with somebody; a username may be another's number.
func (t *Tx) SimilarTrainees(p data.Trainee) ([]data.Trainee, error) {
	index, err := t.people()
	if err != nil {
		return nil, err
	}
	var found []data.Trainee
	for _, id := range index.Similar(search.Person{Name: p.Name, Username: p.Username, IDNumber: p.IDNumber, Mobile: p.Mobile}, t.numberKey) {
		other, err := t.Trainee(id)
		if err != nil {
			return nil, err
		}
		namesake := other.Birth != p.Birth && other.IDNumber != p.IDNumber && other.Username != p.Username && other.IDNumber != p.Username && other.Mobile != p.Mobile
		if !namesake {
			found = append(found, other)
		}
	}
	return found, nil
}

// SetTraineeStatus enables or disables trainees and gives how many it changed.
func (t *Tx) SetTraineeStatus(ids []int64, status data.TraineeStatus, now data.Moment) (int, error) {
	return t.changeTrainees(ids, "UPDATE trainee SET status = ?, updated_at = ? WHERE id = ? AND status <> ?",
		func(id int64) []any { return []any{string(status), string(now), id, string(status)} })
}

// MoveTrainees puts trainees into another organisation and gives how many it changed.
func (t *Tx) MoveTrainees(ids []int64, organizationID int64, now data.Moment) (int, error) {
	return t.changeTrainees(ids, "UPDATE trainee SET organization_id = ?, updated_at = ? WHERE id = ? AND organization_id <> ?",
		func(id int64) []any { return []any{organizationID, string(now), id, organizationID} })
}

func (t *Tx) changeTrainees(ids []int64, query string, arguments func(id int64) []any) (int, error) {
	changed := 0
	for _, id := range ids {
		result, err := t.exec(query, arguments(id)...)
		if err != nil {
			return 0, err
		}
		count, err := result.RowsAffected()
		if err != nil {
			return 0, err
		}
		changed += int(count)
	}
	return changed, nil
}

// TraineeBrief reads what a recharge must know of a trainee, without decrypting anything.
func (t *Tx) TraineeBrief(id int64) (data.Trainee, error) {
	p := data.Trainee{ID: id}
	err := t.one("SELECT name, status, organization_id, coalesce(payer_id, 0) FROM trainee WHERE id = ? AND merged_into IS NULL", []any{id}, &p.Name, &p.Status, &p.OrganizationID, &p.PayerID)
	return p, err
}

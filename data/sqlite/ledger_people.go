package sqlite

import (
	"encoding/json"
	"fmt"

	"peixun/data"
)

// CountAmong tells how many of the keys are trainees'.
func (t *Tx) CountAmong(ids []int64) (int, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return 0, err
	}
	var count int
	err = t.one("SELECT count(*) FROM trainee WHERE id IN (SELECT value FROM json_each(?)) AND merged_into IS NULL", []any{string(list)}, &count)
	return count, err
}

// Doubtful says whom of many a recharge has to look at one by one.
type Doubtful struct {
	Among         []int64
	PlanID        int64         // who was recharged for it
	Paid          []Affiliation // whoever has another affiliation
	NeedsPlatform bool          // whom the platform has not taken
}

// DoubtfulTrainee is one of them, with what was recharged for the plan, in 分.
type DoubtfulTrainee struct {
	data.Trainee
	Recharged data.Money
}

// DoubtfulTrainees reads what a recharge must know of those of many whom it may refuse, by key: it spares reading everybody.
func (t *Tx) DoubtfulTrainees(d Doubtful) (map[int64]DoubtfulTrainee, error) {
	paid := make([]string, len(d.Paid))
	for place, one := range d.Paid {
		paid[place] = fmt.Sprintf("%d/%d", one.OrganizationID, one.PayerID)
	}
	among, err := json.Marshal(d.Among)
	if err != nil {
		return nil, err
	}
	affiliations, err := json.Marshal(paid)
	if err != nil {
		return nil, err
	}
	found := map[int64]DoubtfulTrainee{}
	err = t.each(`SELECT * FROM (SELECT id, name, status, organization_id, coalesce(payer_id, 0) AS payer_id, platform, coalesce((SELECT sum(e.amount) FROM recharge_entry e WHERE e.trainee_id = trainee.id
				AND e.batch_id IN (SELECT b.id FROM card_batch b JOIN payment_order o ON o.id = b.order_id WHERE o.plan_id = ?)), 0) AS recharged
			FROM trainee WHERE id IN (SELECT value FROM json_each(?)))
		WHERE recharged > 0 OR status <> '启用' OR platform = '平台失败' OR (? AND platform <> '平台已导入') OR organization_id || '/' || payer_id NOT IN (SELECT value FROM json_each(?))`,
		[]any{d.PlanID, string(among), d.NeedsPlatform, string(affiliations)}, func(scan func(...any) error) error {
			var p DoubtfulTrainee
			err := scan(&p.ID, &p.Name, &p.Status, &p.OrganizationID, &p.PayerID, &p.Platform, &p.Recharged)
			found[p.ID] = p
			return err
		})
	return found, err
}

// Affiliation is an organisation together with who pays for people in it: their own payer, or 0 for the organisation's.
type Affiliation struct{ OrganizationID, PayerID int64 }

// Affiliations lists which pairs of organisation and payer people have.
func (t *Tx) Affiliations() ([]Affiliation, error) {
	var all []Affiliation
	err := t.each("SELECT DISTINCT organization_id, coalesce(payer_id, 0) FROM trainee WHERE merged_into IS NULL", nil, func(scan func(...any) error) error {
		var one Affiliation
		err := scan(&one.OrganizationID, &one.PayerID)
		all = append(all, one)
		return err
	})
	return all, err
}

// KeepsPlatform tells whether the unit records what the platform has taken: anybody is 平台已导入.
func (t *Tx) KeepsPlatform() (bool, error) {
	var kept bool
	err := t.one("SELECT EXISTS (SELECT 1 FROM trainee WHERE platform = ?)", []any{string(data.PlatformImported)}, &kept)
	return kept, err
}

// IDNumber reads a trainee's whole identity number.
func (t *Tx) IDNumber(traineeID int64) (string, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_id_number FROM trainee WHERE id = ?", []any{traineeID}, &sealed); err != nil {
		return "", err
	}
	return t.open(sealed, "trainee", traineeID, "id_number")
}

package sqlite

import (
	"encoding/json"

	"peixun/data"
)

// TraineeBriefs reads what a recharge must know of trainees, by key, without decrypting anything. Who is not there is left out.
func (t *Tx) TraineeBriefs(ids []int64) (map[int64]data.Trainee, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]data.Trainee, len(ids))
	err = t.each(`SELECT id, name, status, organization_id, coalesce(payer_id, 0), platform, platform_reason FROM trainee
			WHERE id IN (SELECT value FROM json_each(?)) AND merged_into IS NULL`, []any{string(list)}, func(scan func(...any) error) error {
		var p data.Trainee
		err := scan(&p.ID, &p.Name, &p.Status, &p.OrganizationID, &p.PayerID, &p.Platform, &p.PlatformReason)
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
	err := t.each("SELECT DISTINCT organization_id, coalesce(payer_id, 0) FROM trainee", nil, func(scan func(...any) error) error {
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

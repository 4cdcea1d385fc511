package sqlite

import "peixun/data"

// PaidGroup counts the enabled people of an organisation who have the same payer of their own, or 0 for the organisation's.
type PaidGroup struct {
	Affiliation
	People int
}

// PaidGroups counts everybody who is enabled, by organisation and payer.
func (t *Tx) PaidGroups() ([]PaidGroup, error) {
	var all []PaidGroup
	err := t.each("SELECT organization_id, coalesce(payer_id, 0), count(*) FROM trainee WHERE status = ? GROUP BY 1, 2", []any{string(data.TraineeEnabled)},
		func(scan func(...any) error) error {
			var one PaidGroup
			err := scan(&one.OrganizationID, &one.PayerID, &one.People)
			all = append(all, one)
			return err
		})
	return all, err
}

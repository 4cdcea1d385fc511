package sqlite

import "peixun/data"

// Profile reads 管理员信息; Unit is the root organisation's name.
func (t *Tx) Profile() (data.Profile, error) {
	var p data.Profile
	var mobile []byte
	err := t.one("SELECT name, department, sealed_mobile, phone, email, uscc, address, postcode FROM profile WHERE id = 1", nil,
		&p.Name, &p.Department, &mobile, &p.Phone, &p.Email, &p.USCC, &p.Address, &p.Postcode)
	if err != nil {
		return p, err
	}
	if p.Mobile, err = t.open(mobile, "profile", 1, "mobile"); err != nil {
		return p, err
	}
	err = t.one("SELECT name FROM organization WHERE parent_id IS NULL", nil, &p.Unit)
	return p, err
}

// SaveProfile stores 管理员信息 but for the unit's name, which is the root organisation's.
func (t *Tx) SaveProfile(p data.Profile) error {
	mobile, err := t.seal(p.Mobile, "profile", 1, "mobile")
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO profile (id, name, department, sealed_mobile, phone, email, uscc, address, postcode)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department, sealed_mobile = excluded.sealed_mobile,
			phone = excluded.phone, email = excluded.email, uscc = excluded.uscc, address = excluded.address, postcode = excluded.postcode`,
		p.Name, p.Department, mobile, p.Phone, p.Email, p.USCC, p.Address, p.Postcode)
	return err
}

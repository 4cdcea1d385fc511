package sqlite

import (
	"peixun/data"
)

// InvoiceProfiles lists the remembered invoice details, the default first, then by name.
func (t *Tx) InvoiceProfiles() ([]data.InvoiceProfile, error) {
	return t.invoiceProfiles(" ORDER BY is_default DESC, name")
}

func (t *Tx) invoiceProfiles(condition string, arguments ...any) ([]data.InvoiceProfile, error) {
	var found []data.InvoiceProfile
	err := t.each("SELECT id, name, is_default, type, title, tax_number, address, telephone, bank, sealed_account, email, sealed_mobile, remark FROM invoice_profile"+condition, arguments,
		func(scan func(...any) error) error {
			var p data.InvoiceProfile
			var account, mobile []byte
			i := &p.Invoice
			err := scan(&p.ID, &p.Name, &p.Default, &i.Type, &i.Title, &i.TaxNumber, &i.Address, &i.Telephone, &i.Bank, &account, &i.Email, &mobile, &i.Remark)
			if err != nil {
				return err
			}
			if i.Account, err = t.open(account, "invoice_profile", p.ID, "account"); err != nil {
				return err
			}
			i.Mobile, err = t.open(mobile, "invoice_profile", p.ID, "mobile")
			found = append(found, p)
			return err
		})
	return found, err
}

// InvoiceProfile reads one of the remembered details, or fails with data.ErrNotFound.
func (t *Tx) InvoiceProfile(id int64) (data.InvoiceProfile, error) {
	found, err := t.invoiceProfiles(" WHERE id = ?", id)
	if err == nil {
		err = notFound(len(found))
	}
	if err != nil {
		return data.InvoiceProfile{}, err
	}
	return found[0], nil
}

// SaveInvoiceProfile stores invoice details, new ones where the ID is 0, and gives them as stored. A default takes that from the others.
func (t *Tx) SaveInvoiceProfile(p data.InvoiceProfile) (data.InvoiceProfile, error) {
	var err error
	fresh := p.ID == 0
	if fresh {
		if p.ID, err = t.Next("invoice_profile"); err != nil {
			return p, err
		}
	}
	if p.Default {
		if _, err := t.exec("UPDATE invoice_profile SET is_default = 0 WHERE is_default = 1"); err != nil {
			return p, err
		}
	}
	i := p.Invoice
	account, err := t.seal(i.Account, "invoice_profile", p.ID, "account")
	if err != nil {
		return p, err
	}
	mobile, err := t.seal(i.Mobile, "invoice_profile", p.ID, "mobile")
	if err != nil {
		return p, err
	}
	if fresh {
		if _, err := t.exec("INSERT INTO invoice_profile (id, name, is_default, type, title, tax_number, address, telephone, bank, email, remark) VALUES (?, ?, 0, ?, ?, '', '', '', '', '', '')",
			p.ID, p.Name, string(i.Type), i.Title); err != nil {
			return p, profileTwice(p, err)
		}
	}
	err = t.change(`UPDATE invoice_profile SET name = ?, is_default = ?, type = ?, title = ?, tax_number = ?, address = ?, telephone = ?, bank = ?, sealed_account = ?,
			email = ?, sealed_mobile = ?, remark = ? WHERE id = ?`,
		p.Name, p.Default, string(i.Type), i.Title, i.TaxNumber, i.Address, i.Telephone, i.Bank, account, i.Email, mobile, i.Remark, p.ID)
	return p, profileTwice(p, err)
}

func profileTwice(p data.InvoiceProfile, err error) error {
	if !isConstraint(err, "invoice_profile.name") {
		return err
	}
	return data.Refuse("invoice-profile-exists", "name", "已经有名为“"+p.Name+"”的开票资料。", "请换一个名称，或者修改原来那一份。").Because(err)
}

// RemoveInvoiceProfile forgets invoice details.
func (t *Tx) RemoveInvoiceProfile(id int64) error {
	return t.change("DELETE FROM invoice_profile WHERE id = ?", id)
}

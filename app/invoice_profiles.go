package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// InvoiceProfiles lists the remembered invoice details, the default first, then by name.
func (a *App) InvoiceProfiles(ctx context.Context) ([]data.InvoiceProfile, error) {
	profiles, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.InvoiceProfile, error) { return tx.InvoiceProfiles() })
	for place := range profiles {
		profiles[place].Invoice = a.shownInvoice(profiles[place].Invoice)
	}
	return profiles, err
}

// SaveInvoiceProfile remembers invoice details, new ones where the ID is 0. A name is taken once. What is filled in must be right;
// what is missing may stay so, but for the title.
func (a *App) SaveInvoiceProfile(ctx context.Context, profile data.InvoiceProfile) (data.InvoiceProfile, error) {
	profile, err := data.JudgeInvoiceProfile(profile)
	if err != nil {
		return profile, err
	}
	if exposed := exposedInOrder(data.Order{PayerBank: profile.Name, Invoice: profile.Invoice}); exposed != nil {
		return profile, exposed
	}
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if profile, err = tx.SaveInvoiceProfile(profile); err != nil {
			return err
		}
		return a.log(tx, user, "invoice-profile.save", "", "保存开票资料“"+profile.Name+"”")
	}, SettingsChanged)
	return profile, err
}

// RemoveInvoiceProfile forgets invoice details and gives what they were, so that saving them with ID 0 brings them back.
func (a *App) RemoveInvoiceProfile(ctx context.Context, id int64) (data.InvoiceProfile, error) {
	var was data.InvoiceProfile
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if was, err = tx.InvoiceProfile(id); err != nil {
			return err
		}
		if err := tx.RemoveInvoiceProfile(id); err != nil {
			return err
		}
		return a.log(tx, user, "invoice-profile.remove", "", "删除开票资料“"+was.Name+"”")
	}, SettingsChanged)
	return was, err
}

// rememberInvoice keeps the details of an order that is submitted, unless the title is known already.
func rememberInvoice(tx *sqlite.Tx, invoice data.Invoice) error {
	known, err := tx.InvoiceProfiles()
	if err != nil {
		return err
	}
	for _, profile := range known {
		if profile.Invoice.Title == invoice.Title || profile.Name == invoice.Title {
			return nil
		}
	}
	invoice = invoice.Details()
	invoice.Remark = ""
	_, err = tx.SaveInvoiceProfile(data.InvoiceProfile{Name: invoice.Title, Invoice: invoice, Default: len(known) == 0})
	return err
}

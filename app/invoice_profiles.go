package app

import (
	"context"
	"errors"

	"peixun/data"
)

// InvoiceProfiles lists the remembered invoice details, the default first, then by name.
func (a *App) InvoiceProfiles(ctx context.Context) ([]data.InvoiceProfile, error) {
	return nil, errors.ErrUnsupported
}

// SaveInvoiceProfile remembers invoice details, new ones where the ID is 0. A name is taken once.
func (a *App) SaveInvoiceProfile(ctx context.Context, profile data.InvoiceProfile) (data.InvoiceProfile, error) {
	return profile, errors.ErrUnsupported
}

// RemoveInvoiceProfile forgets invoice details and gives what they were, so that saving them with ID 0 brings them back.
func (a *App) RemoveInvoiceProfile(ctx context.Context, id int64) (data.InvoiceProfile, error) {
	return data.InvoiceProfile{}, errors.ErrUnsupported
}

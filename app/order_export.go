package app

import (
	"context"
	"errors"

	"peixun/data"
)

// ExportOrders writes the orders that a query finds as a workbook with the manual's columns and a line of totals; it gives how many.
func (a *App) ExportOrders(ctx context.Context, path string, q data.OrderQuery) (int, error) {
	return 0, errors.ErrUnsupported
}

package app

import (
	"context"
	"fmt"

	"peixun/data"
)

// CompareRoster compares a file with the enabled trainees and writes nothing: who is new, who has left, who has another name or
// organisation. Rows that cannot be read are listed as 待核对, with the people whom they may mean.
func (a *App) CompareRoster(ctx context.Context, path string, options ImportOptions) (data.RosterDifference, error) {
	return data.RosterDifference{}, unbuilt(ctx, a)
}

// SaveRosterDifference writes a difference as a workbook, numbers masked.
func (a *App) SaveRosterDifference(path string, difference data.RosterDifference) error {
	return fmt.Errorf("unsupported")
}

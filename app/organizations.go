package app

import (
	"context"

	"peixun/data"
)

// MoveOrganization puts an organisation with all below it under another. It fails for the unit itself, below itself, and where
// the name stands there already.
func (a *App) MoveOrganization(ctx context.Context, id, parentID int64) (data.OrganizationChange, error) {
	return data.OrganizationChange{}, unbuilt(ctx, a)
}

// MergeOrganizations puts the people, the lower organisations, the payers and the order lines of one organisation under another
// and removes the first. Orders keep the path that they were made with.
func (a *App) MergeOrganizations(ctx context.Context, from, into int64) (data.OrganizationChange, error) {
	return data.OrganizationChange{}, unbuilt(ctx, a)
}

package app

import (
	"context"

	"peixun/data/sqlite"
)

// PaidPeople gives PeoplePaidFor of every organisation at once. One that pays for nobody has no entry.
func (a *App) PaidPeople(ctx context.Context) (map[int64]int, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (map[int64]int, error) {
		organizations, err := tree(tx)
		if err != nil {
			return nil, err
		}
		groups, err := tx.PaidGroups()
		people := map[int64]int{}
		for _, group := range groups {
			for _, id := range organizations.PaidBy(group.OrganizationID, group.PayerID) {
				people[id] += group.People
			}
		}
		return people, err
	})
}

package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// LineRecharge is what was recharged so far for one organisation of an order.
type LineRecharge struct {
	OrganizationID int64
	People         int // those with something left after reversals
	Amount         data.Money
}

// OrderRecharges tells for each line of an order, in the lines' order, how many people were recharged from its batch and with how
// much. A person counts for the nearest organisation of the order at or above their own, else for their 缴费机构, else for the first line.
func (a *App) OrderRecharges(ctx context.Context, orderID int64) ([]LineRecharge, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]LineRecharge, error) {
		order, err := tx.Order(orderID)
		if err != nil || len(order.Lines) == 0 {
			return nil, err
		}
		perTrainee, err := rechargedFrom(tx, orderID)
		if err != nil {
			return nil, err
		}
		organizations, err := tree(tx)
		if err != nil {
			return nil, err
		}
		lines, place := make([]LineRecharge, len(order.Lines)), map[int64]int{}
		for at, line := range order.Lines {
			lines[at].OrganizationID, place[line.OrganizationID] = line.OrganizationID, at
		}
		for id, amount := range perTrainee {
			trainee, err := tx.TraineeBrief(id)
			if err != nil {
				return nil, err
			}
			line := &lines[lineOf(trainee, organizations, place)]
			line.Amount += amount
			if amount > 0 {
				line.People++
			}
		}
		return lines, nil
	})
}

// rechargedFrom sums an order's recharge entries per trainee, reversals counted.
func rechargedFrom(tx *sqlite.Tx, orderID int64) (map[int64]data.Money, error) {
	ids, err := tx.RechargeIDs(data.RechargeQuery{OrderID: orderID})
	if err != nil {
		return nil, err
	}
	entries, err := tx.RechargeEntries(ids)
	if err != nil {
		return nil, err
	}
	sums := map[int64]data.Money{}
	for _, entry := range entries {
		sums[entry.TraineeID] += entry.Amount
	}
	return sums, nil
}

func lineOf(trainee data.Trainee, organizations data.OrganizationTree, place map[int64]int) int {
	for o, ok := organizations.Get(trainee.OrganizationID); ok; o, ok = organizations.Get(o.ParentID) {
		if at, paid := place[o.ID]; paid {
			return at
		}
	}
	payer := trainee.PayerID
	if payer == 0 {
		payer = organizations.Payer(trainee.OrganizationID).ID
	}
	return place[payer]
}

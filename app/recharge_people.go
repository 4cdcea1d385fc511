package app

import (
	"errors"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// eligible parts the run's people into those who can be recharged and those who cannot, in the run's order.
func eligible(tx *sqlite.Tx, run data.RechargeRun, batch data.CardBatch) (ids []int64, refused []data.RechargeRefusal, err error) {
	people := run.People()
	if known, err := tx.CountAmong(people); err != nil || known != len(people) {
		return nil, nil, errors.Join(err, data.ErrNotFound)
	}
	judge, err := newRunJudge(tx, run, batch)
	if err != nil {
		return nil, nil, err
	}
	seen := make(map[int64]bool, len(people))
	for _, id := range run.Trainees {
		if seen[id] {
			continue
		}
		seen[id] = true
		if trainee, doubtful := judge.doubtful[id]; doubtful {
			if code, reason := judge.refuses(trainee); code != "" {
				refused = append(refused, data.RechargeRefusal{TraineeID: id, Name: trainee.Name, Code: code, Reason: reason})
				continue
			}
		}
		ids = append(ids, id)
	}
	return ids, refused, nil
}

// runJudge knows all that decides whether somebody can be recharged from a batch.
type runJudge struct {
	doubtful      map[int64]sqlite.DoubtfulTrainee
	payers        map[int64]bool
	organizations data.OrganizationTree
	needsPlatform bool
}

func newRunJudge(tx *sqlite.Tx, run data.RechargeRun, batch data.CardBatch) (judge runJudge, err error) {
	affiliations, err := tx.Affiliations()
	if err != nil {
		return judge, err
	}
	if judge.payers, judge.organizations, err = payersOf(tx, batch.OrderID, affiliations); err != nil {
		return judge, err
	}
	if !run.WithUnreported {
		if judge.needsPlatform, err = tx.KeepsPlatform(); err != nil {
			return judge, err
		}
	}
	paid := slices.DeleteFunc(affiliations, func(one sqlite.Affiliation) bool { return !judge.payers[payerThrough(judge.organizations, one)] })
	judge.doubtful, err = tx.DoubtfulTrainees(sqlite.Doubtful{Among: run.Trainees, PlanID: batch.PlanID, Paid: paid, NeedsPlatform: judge.needsPlatform})
	return judge, err
}

// payerThrough gives who pays for people with an affiliation.
func payerThrough(organizations data.OrganizationTree, one sqlite.Affiliation) int64 {
	if one.PayerID != 0 {
		return one.PayerID
	}
	return organizations.Payer(one.OrganizationID).ID
}

// refuses tells why a person is left out, "" where they are not.
func (j runJudge) refuses(trainee sqlite.DoubtfulTrainee) (code, reason string) {
	payer := payerThrough(j.organizations, sqlite.Affiliation{OrganizationID: trainee.OrganizationID, PayerID: trainee.PayerID})
	switch {
	case trainee.Status != data.TraineeEnabled:
		return data.RefusedDisabled, "已停用"
	case trainee.Recharged > 0:
		return data.RefusedAlready, fmt.Sprintf("本计划已充值 %s", trainee.Recharged)
	case !j.payers[payer]:
		organization, _ := j.organizations.Get(payer)
		return data.RefusedOtherPayer, fmt.Sprintf("缴费机构是%s", organization.Name)
	case trainee.Platform == data.PlatformFailed:
		return data.RefusedByPlatform, "平台没有接收这位学员"
	case j.needsPlatform && trainee.Platform != data.PlatformImported:
		return data.RefusedNotReported, "平台上还没有这位学员"
	}
	return "", ""
}

// payersOf lists the payers whose money is in an order: each line's organisation, and the payer through which people in it
// or below it pay, unless all of them have a payer of their own. PeoplePaidFor counts by the same rule.
func payersOf(tx *sqlite.Tx, orderID int64, affiliations []sqlite.Affiliation) (map[int64]bool, data.OrganizationTree, error) {
	organizations, err := tree(tx)
	if err != nil {
		return nil, organizations, err
	}
	order, err := tx.Order(orderID)
	if err != nil {
		return nil, organizations, err
	}
	payers := map[int64]bool{}
	for _, line := range order.Lines {
		payers[line.OrganizationID] = true
		payer := organizations.Payer(line.OrganizationID).ID
		below := map[int64]bool{}
		for _, organization := range organizations.Below(line.OrganizationID) {
			below[organization.ID] = true
		}
		for _, one := range affiliations {
			if below[one.OrganizationID] && payerThrough(organizations, one) == payer {
				payers[payer] = true
			}
		}
	}
	return payers, organizations, nil
}

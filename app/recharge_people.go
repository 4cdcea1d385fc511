package app

import (
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// eligible parts the run's people into those who can be recharged and those who cannot, in the run's order.
func eligible(tx *sqlite.Tx, run data.RechargeRun, batch data.CardBatch) (ids []int64, refused []data.RechargeRefusal, err error) {
	judge, err := newRunJudge(tx, run, batch)
	if err != nil {
		return nil, nil, err
	}
	seen := make(map[int64]bool, len(run.Trainees))
	for _, id := range run.Trainees {
		if seen[id] {
			continue
		}
		seen[id] = true
		trainee, known := judge.people[id]
		if !known {
			return nil, nil, data.ErrNotFound
		}
		code, reason := judge.refuses(trainee)
		if code == "" {
			ids = append(ids, id)
			continue
		}
		refused = append(refused, data.RechargeRefusal{TraineeID: id, Name: trainee.Name, Code: code, Reason: reason})
	}
	return ids, refused, nil
}

// runJudge knows all that decides whether somebody can be recharged from a batch.
type runJudge struct {
	people        map[int64]data.Trainee
	already       map[int64]data.Money
	payers        map[int64]bool
	organizations data.OrganizationTree
	needsPlatform bool
}

func newRunJudge(tx *sqlite.Tx, run data.RechargeRun, batch data.CardBatch) (runJudge, error) {
	var judge runJudge
	var err error
	if judge.people, err = tx.TraineeBriefs(run.Trainees); err != nil {
		return judge, err
	}
	if judge.already, err = tx.RechargedFor(batch.PlanID); err != nil {
		return judge, err
	}
	if judge.payers, judge.organizations, err = payersOf(tx, batch.OrderID); err != nil || run.WithUnreported {
		return judge, err
	}
	judge.needsPlatform, err = tx.KeepsPlatform()
	return judge, err
}

// refuses tells why a person is left out, "" where they are not.
func (j runJudge) refuses(trainee data.Trainee) (code, reason string) {
	payer := trainee.PayerID
	if payer == 0 {
		payer = j.organizations.Payer(trainee.OrganizationID).ID
	}
	switch already := j.already[trainee.ID]; {
	case trainee.Status != data.TraineeEnabled:
		return data.RefusedDisabled, "已停用"
	case already > 0:
		return data.RefusedAlready, fmt.Sprintf("本计划已充值 %s", already)
	case !j.payers[payer]:
		organization, _ := j.organizations.Get(payer)
		return data.RefusedOtherPayer, fmt.Sprintf("缴费机构是%s，不是这笔缴费的机构", organization.Name)
	case trainee.Platform == data.PlatformFailed:
		return data.RefusedByPlatform, "平台没有接收这位学员"
	case j.needsPlatform && trainee.Platform != data.PlatformImported:
		return data.RefusedNotReported, "平台上还没有这位学员"
	}
	return "", ""
}

// payersOf lists the payers whose money is in an order: each line's organisation, and the payer through which people in it
// or below it pay, unless all of them have a payer of their own. PeoplePaidFor counts by the same rule.
func payersOf(tx *sqlite.Tx, orderID int64) (map[int64]bool, data.OrganizationTree, error) {
	organizations, err := tree(tx)
	if err != nil {
		return nil, organizations, err
	}
	order, err := tx.Order(orderID)
	if err != nil {
		return nil, organizations, err
	}
	affiliations, err := tx.Affiliations()
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
			through := one.PayerID
			if through == 0 {
				through = organizations.Payer(one.OrganizationID).ID
			}
			if below[one.OrganizationID] && through == payer {
				payers[payer] = true
			}
		}
	}
	return payers, organizations, nil
}

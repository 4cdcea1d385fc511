package app_test

import (
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// The people of a branch that pays for itself are charged from its batch, and nobody else is, although the branch
// inherits the unit as its payer.
func TestABatchIsForThosePayersWhoseMoneyItIs(t *testing.T) {
	a := apptest.New(t)
	importFile(t, a, csv(t, "姓名,身份证号,组织机构,缴费机构", "陈若溪,11010519491231002X,社区服务站,社区服务站", "方奕,440524188001010014,骨科,"),
		app.ImportOptions{CreateOrganizations: true})
	everybody := got[[]int64](t)(a.TraineeIDs(ctx, data.TraineeQuery{}))
	for _, c := range []struct{ organization, left string }{{"社区服务站", "方奕"}, {"骨科", "陈若溪"}} {
		order := got[data.Order](t)(a.NewOrder(ctx, got[data.Plan](t)(a.CurrentPlan(ctx)), data.PayOnline))
		organization, path, _, err := got[data.OrganizationTree](t)(a.Organizations(ctx)).Resolve(c.organization)
		must(t, err)
		order.Lines = []data.OrderLine{{OrganizationID: organization.ID, OrganizationPath: path, People: 1, Amount: 80_00}}
		order.Transaction, order.PaidAt = "20220616220014"+order.Number[len(order.Number)-2:], "2022-06-16 10:00:00"
		order = got[data.Order](t)(a.SaveOrder(ctx, order))
		order = got[data.Order](t)(a.SubmitOrder(ctx, order.ID))
		batch := got[data.CardBatch](t)(a.BatchByNumber(ctx, order.BatchNumber))
		result := got[data.RechargeResult](t)(a.PreviewRecharge(ctx, data.RechargeRun{BatchID: batch.ID, Amount: 40_00, Trainees: everybody}))
		if result.Count != 1 || len(result.Refused) != 1 || result.Refused[0].Name != c.left || result.Refused[0].Code != "other-payer" {
			t.Errorf("batch of %s: %+v", c.organization, result)
		}
	}
}

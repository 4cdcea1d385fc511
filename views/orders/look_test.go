//go:build ci

package orders

import (
	"context"
	"testing"
	"time"

	"peixun/views/desk/desktest"
)

// TestLook draws both pages. Set PEIXUN_LOOK to a folder to keep the pictures.
func TestLook(t *testing.T) {
	for _, look := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"light", desktest.Width, desktest.Height, false}, {"dark", desktest.Width, desktest.Height, true}, {"wide", 1720, 1000, false}, {"small", 824, 600, false}} {
		t.Run(look.name, func(t *testing.T) {
			f := newFixtureAt(t, look.width, look.height, look.dark)
			list, details := New(f.Desk, f.App), NewDetails(f.Desk, f.App)
			f.Enter(list, nil)
			f.Picture("orders-empty-" + look.name)
			f.clock.Pass(-30 * 24 * time.Hour)
			laboratory, ultrasound := f.organization("检验科", 46), f.organization("超声科", 34)
			order := f.approved(laboratory, ultrasound, f.organization("信息中心", 38), f.organization("后勤保障部", 42))
			f.clock.Pass(24 * time.Hour)
			_, err := f.App.InvoiceOrder(context.Background(), order.ID, "22112000000041860935", "2022-05-24")
			f.check(err)
			f.recharge(order, laboratory.OrganizationID, ultrasound.OrganizationID)
			f.clock.Pass(24 * time.Hour)
			waiting := f.submitted(f.organization("骨科", 20), f.organization("急诊科", 20))
			rejected := f.submitted(f.organization("药剂科", 12))
			_, err = f.App.RejectOrder(context.Background(), rejected.ID, "凭证看不清，请重新上传", "")
			f.check(err)
			draft := f.draft(f.organization("护理部", 60))
			f.Enter(list, nil)
			list.table.Mark(1)
			f.Picture("orders-" + look.name)
			for name, id := range map[string]int64{"approved": order.ID, "waiting": waiting.ID, "rejected": rejected.ID, "draft": draft.ID} {
				f.Enter(details, id)
				f.Picture("order-" + name + "-" + look.name)
			}
			f.Enter(details, waiting.ID)
			details.askApprove()
			f.Picture("order-approve-" + look.name)
			details.dialog.Hide()
			details.enlarge()
			f.Picture("order-enlarged-" + look.name)
		})
	}
}

package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// collecting gathers what a plan's next package would hold, from one snapshot.
type collecting struct {
	tx         *sqlite.Tx
	request    SubmissionRequest
	plan       data.Plan
	tree       data.OrganizationTree
	items      []data.SubmissionItem
	people     map[int64]data.Trainee // everybody, whole
	heldBack   []data.SubmissionProblem
	everything bool
}

// collect fills items, kind after kind.
func (c *collecting) collect(ctx context.Context) error {
	c.people = map[int64]data.Trainee{}
	err := c.tx.EachTrainee(func(one data.Trainee) error {
		c.people[one.ID] = one
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, gather := range []func() error{c.trainees, c.orders, c.hours, c.recharges} {
		if err := gather(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// take adds an item if it has to be handed over.
func (c *collecting) take(item data.SubmissionItem, last map[int64]data.SentRow) {
	var before *data.SentRow
	if sent, known := last[item.SubjectID]; known {
		before = &sent
	}
	novelty, changes, due := data.JudgeNovelty(before, item.Cells, data.SubmissionColumns(item.Kind), c.everything)
	if !due {
		return
	}
	item.Novelty, item.Changes = novelty, changes
	if novelty == data.NoveltyRefused && len(changes) == 0 {
		item.Problems = append(item.Problems, data.Warn("refused-unchanged", "", "平台上次没有接收（"+before.Reason+"），资料还没有改过。", "请先照平台的意见改好；确实不用改的可以照样重报。"))
	}
	c.items = append(c.items, item)
}

// trainees gathers the people: those whom the platform has not, and those who have changed since. Somebody disabled whom the platform
// never heard of stays at home.
func (c *collecting) trainees() error {
	last, err := c.tx.LastSent(data.SubjectTrainee, 0)
	if err != nil {
		return err
	}
	accepted, err := c.tx.Accepted(data.SubjectTrainee)
	if err != nil {
		return err
	}
	for _, one := range c.byOrganization() {
		_, sent := last[one.ID]
		if one.Status == data.TraineeDisabled && !sent {
			continue
		}
		item := data.SubmissionItem{Kind: data.SubjectTrainee, SubjectID: one.ID, File: data.RosterFile, Label: c.label(one), Cells: map[string]string{}}
		if accepted[one.ID] || one.Status == data.TraineeDisabled {
			item.File = data.ChangesFile
		}
		for _, column := range data.TraineeForm.Columns {
			keep(item.Cells, column.Key, exportCell(one, c.tree, column.Key))
		}
		item.Cells["status"] = string(one.Status)
		if one.Mobile == "" {
			item.Problems = append(item.Problems, data.Warn("mobile-missing", "mobile", "没有手机号，平台可能不收。", "请补上手机号；确实没有的可以照样报。"))
		}
		c.take(item, last)
	}
	return nil
}

// keep leaves empty values out of a row's cells.
func keep(cells map[string]string, key, value string) {
	if value != "" {
		cells[key] = value
	}
}

func (c *collecting) label(one data.Trainee) string {
	organization, _ := c.tree.Get(one.OrganizationID)
	return one.Name + "（" + organization.Name + "）"
}

// byOrganization lists everybody as clerks look for them: by organisation, then in the order of entry.
func (c *collecting) byOrganization() []data.Trainee {
	all := make([]data.Trainee, 0, len(c.people))
	for _, one := range c.people {
		all = append(all, one)
	}
	path := func(one data.Trainee) string {
		organization, _ := c.tree.Get(one.OrganizationID)
		return organization.Path
	}
	slices.SortFunc(all, func(a, b data.Trainee) int { return cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(a.ID, b.ID)) })
	return all
}

// orders gathers what was submitted and is not reviewed yet. Drafts and refused ones stay at home, and are told.
func (c *collecting) orders() error {
	last, err := c.tx.LastSent(data.SubjectOrder, c.plan.ID)
	if err != nil {
		return err
	}
	ids, err := c.tx.OrderIDs(data.OrderQuery{PlanID: c.plan.ID, Sort: "number"})
	if err != nil {
		return err
	}
	for _, id := range ids {
		order, err := c.tx.Order(id)
		if err != nil {
			return err
		}
		item := data.SubmissionItem{Kind: data.SubjectOrder, SubjectID: id, File: data.OrdersFile, Label: order.Number}
		switch order.Review {
		case data.ReviewReady, data.ReviewPacked, data.ReviewSubmitted:
			item.Cells = orderCellsByKey(order)
			c.take(item, last)
		case data.ReviewDraft, data.ReviewRejected:
			c.heldBack = append(c.heldBack, data.SubmissionProblem{Item: item, Problem: data.Warn("order-not-submitted", "",
				fmt.Sprintf("还是“%s”，不放进报盘包。", order.Review), "填好并提交以后再报。")})
		}
	}
	return nil
}

// orderCellsByKey gives an order's values as 缴费与发票 shows them. What the platform decides (states, batch, invoice number) is left out.
func orderCellsByKey(o data.Order) map[string]string {
	var lines, vouchers []string
	for _, line := range o.Lines {
		lines = append(lines, fmt.Sprintf("%s %s", line.OrganizationPath, line.Amount))
	}
	for place := range o.Vouchers {
		vouchers = append(vouchers, voucherName(o.Number, place))
	}
	cells := map[string]string{"people": fmt.Sprint(o.People()), "total": o.Total().String(), "lines": strings.Join(lines, "；"), "vouchers": strings.Join(vouchers, "；")}
	for key, value := range map[string]string{
		"number": o.Number, "plan_number": o.PlanNumber, "plan": o.PlanName, "mode": string(o.Mode), "payer_bank": o.PayerBank, "payer_account": o.PayerAccount,
		"payee": o.Payee.Name, "payee_bank": o.Payee.Bank, "payee_account": o.Payee.Account, "paid_at": string(o.PaidAt), "transaction": o.Transaction,
		"invoice_type": string(o.Invoice.Type), "title": o.Invoice.Title, "tax_number": o.Invoice.TaxNumber, "address": o.Invoice.Address,
		"phone": o.Invoice.Telephone, "bank": o.Invoice.Bank, "account": o.Invoice.Account, "email": o.Invoice.Email, "mobile": o.Invoice.Mobile, "remark": o.Invoice.Remark,
	} {
		keep(cells, key, value)
	}
	return cells
}

// voucherName is the file of an order's voucher in a package: JF-2022-0001_1.jpg.
func voucherName(number string, place int) string { return fmt.Sprintf("%s_%d.jpg", number, place+1) }

// hours gathers the plan's records of offline hours.
func (c *collecting) hours() error {
	last, err := c.tx.LastSent(data.SubjectHours, c.plan.ID)
	if err != nil {
		return err
	}
	return c.tx.EachHours(func(h data.OfflineHours) error {
		if h.PlanID != c.plan.ID {
			return nil
		}
		one := c.people[h.TraineeID]
		item := data.SubmissionItem{Kind: data.SubjectHours, SubjectID: h.ID, File: data.HoursFile, Label: c.label(one) + "：" + h.Title, Cells: map[string]string{}}
		for key, value := range map[string]string{
			"name": one.Name, "id_number": one.IDNumber, "plan": c.plan.Number, "title": h.Title, "category": h.Category, "form": h.Form, "organizer": h.Organizer,
			"place": h.Place, "starts_on": string(h.StartsOn), "ends_on": string(h.EndsOn), "hours": h.Hours.String(), "result": h.Result,
			"certificate": h.Certificate, "remark": h.Remark,
		} {
			keep(item.Cells, key, value)
		}
		c.take(item, last)
		return nil
	})
}

// recharges gathers the plan's recharges that the platform has not answered. A recharge and its reversal that were both never handed
// over cancel each other.
func (c *collecting) recharges() error {
	last, err := c.tx.LastSent(data.SubjectRecharge, c.plan.ID)
	if err != nil {
		return err
	}
	ids, err := c.tx.RechargeIDs(data.RechargeQuery{PlanID: c.plan.ID})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	entries, err := c.tx.RechargeEntries(ids)
	if err != nil {
		return err
	}
	sent := func(id int64) bool { _, known := last[id]; return known }
	for _, e := range entries {
		switch {
		case e.Answer != data.AnswerNone || e.Kind == data.RunReturned:
			continue // the platform knows
		case e.ReversedBy != 0 && !sent(e.ID):
			continue
		case e.ReversalOf != 0 && !sent(e.ReversalOf):
			continue
		}
		one := c.people[e.TraineeID]
		item := data.SubmissionItem{Kind: data.SubjectRecharge, SubjectID: e.ID, File: data.RechargeFile, Label: fmt.Sprintf("%s %s", e.Name, e.Amount), Cells: map[string]string{}}
		for key, value := range map[string]string{
			"name": one.Name, "id_number": one.IDNumber, "username": one.Username, "organization": e.Organization, "batch": e.BatchNumber, "order": e.OrderNumber,
			"kind": string(e.Kind), "amount": e.Amount.String(), "at": string(e.At),
		} {
			keep(item.Cells, key, value)
		}
		c.take(item, last)
	}
	return nil
}

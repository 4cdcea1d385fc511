package app

import (
	"fmt"
	"maps"
	"slices"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// letterContent collects what the letter on orders of one plan says, all but its people.
func (a *App) letterContent(tx *sqlite.Tx, orderIDs []int64) (data.LetterContent, error) {
	orders, err := letterOrders(tx, orderIDs)
	if err != nil {
		return data.LetterContent{}, err
	}
	profile, err := tx.Profile()
	if err != nil {
		return data.LetterContent{}, err
	}
	first := orders[0]
	content := data.LetterContent{
		Unit: profile.Unit, USCC: profile.USCC, UnitAddress: profile.Address, Contact: profile.Name, Telephone: profile.Phone,
		PlanName: first.PlanName, PlanNumber: first.PlanNumber, Payee: first.Payee, LetterPayment: paymentOf(first),
	}
	if content.Telephone == "" {
		content.Telephone = profile.Mobile
	}
	plans, err := tx.Plans()
	if err != nil {
		return content, err
	}
	if at := slices.IndexFunc(plans, func(plan data.Plan) bool { return plan.ID == first.PlanID }); at >= 0 {
		content.PlanYear, content.Price = plans[at].Year, plans[at].Price
	}
	if slices.ContainsFunc(orders, func(order data.Order) bool { return paymentOf(order) != content.LetterPayment }) {
		content.LetterPayment = data.LetterPayment{}
	}
	for _, order := range orders {
		shown := data.LetterOrder{Number: order.Number, Mode: order.Mode, PaidAt: order.PaidAt, ReviewedAt: order.ReviewedAt, Lines: order.Lines}
		if content.LetterPayment == (data.LetterPayment{}) {
			shown.LetterPayment = paymentOf(order)
		}
		content.Orders = append(content.Orders, shown)
	}
	if content.Mailing, err = letterAddress(tx); err != nil {
		return content, err
	}
	settings, err := letterSettings(tx)
	content.Text = letter.Wording(content, settings.Text)
	return content, err
}

// letterOrders reads the orders that one letter covers. They are of one plan, and each was submitted.
func letterOrders(tx *sqlite.Tx, ids []int64) ([]data.Order, error) {
	if len(ids) == 0 {
		return nil, data.Refuse("letter-orders", "", "没有选择订单。", "请先勾选要出具确认书的订单。")
	}
	var orders []data.Order
	for _, id := range ids {
		order, err := tx.Order(id)
		if err != nil {
			return nil, err
		}
		if order.Review != data.ReviewSubmitted && order.Review != data.ReviewApproved {
			return nil, data.Refuse("letter-state", "", fmt.Sprintf("订单 %s 现在是“%s”，还不能打印确认书。", order.Number, order.Review),
				"请先提交订单。").Because(data.ErrWrongState)
		}
		orders = append(orders, order)
		if order.PlanID != orders[0].PlanID {
			return nil, data.Refuse("letter-plans", "", fmt.Sprintf("订单 %s 和 %s 不是同一个培训计划。", orders[0].Number, order.Number), "一份确认书只写一个培训计划，请分开生成。")
		}
		if order.Payee != orders[0].Payee {
			return nil, data.Refuse("letter-payees", "", fmt.Sprintf("订单 %s 和 %s 的收款单位或账号不同。", orders[0].Number, order.Number), "请分开生成确认书。")
		}
	}
	return orders, nil
}

func paymentOf(order data.Order) data.LetterPayment {
	return data.LetterPayment{PayerBank: order.PayerBank, PayerAccount: order.PayerAccount, InvoiceTitle: order.Invoice.Title,
		InvoiceType: order.Invoice.Type, TaxNumber: order.Invoice.TaxNumber, InvoiceNo: order.Invoice.Number}
}

// paidPeople finds the people whom orders pay for, and counts them by category. No categories are given where the
// orders pay for another number: a letter must not hold figures that contradict each other.
func paidPeople(tx *sqlite.Tx, content data.LetterContent, orderIDs []int64) ([]data.LetterCategory, []data.LetterPerson, error) {
	organizations, err := tree(tx)
	if err != nil {
		return nil, nil, err
	}
	known := map[int64]bool{}
	var people []data.LetterPerson
	for at, orderID := range orderIDs {
		ids, err := paidByOrder(tx, organizations, orderID, content.Orders[at])
		if err != nil {
			return nil, nil, err
		}
		for _, id := range ids {
			if known[id] {
				continue
			}
			known[id] = true
			trainee, err := tx.Trainee(id)
			if err != nil {
				return nil, nil, err
			}
			organization, _ := organizations.Get(trainee.OrganizationID)
			people = append(people, data.LetterPerson{Name: trainee.Name, IDNumber: trainee.IDNumber, Category: trainee.Category, Organization: organization.Path})
		}
	}
	if len(people) != content.People() {
		return nil, people, nil
	}
	return countCategories(people), people, nil
}

// paidByOrder lists those who were recharged from an order's batch, where they are as many as the order pays for, else
// those for whom its lines pay today, in the lines' order.
func paidByOrder(tx *sqlite.Tx, organizations data.OrganizationTree, orderID int64, order data.LetterOrder) ([]int64, error) {
	recharged, err := rechargedFrom(tx, orderID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for id, sum := range recharged {
		if sum > 0 {
			ids = append(ids, id)
		}
	}
	content := data.LetterContent{Orders: []data.LetterOrder{order}}
	if len(ids) == content.People() && len(ids) > 0 {
		slices.Sort(ids)
		return ids, nil
	}
	ids = nil
	for _, line := range order.Lines {
		some, err := paidFor(tx, organizations, line.OrganizationID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	return ids, nil
}

// countCategories counts people by 人员类别 in the form's order, other words after it and people without one last. It gives
// nothing where nobody has one.
func countCategories(people []data.LetterPerson) []data.LetterCategory {
	counts := map[string]int{}
	for _, person := range people {
		counts[person.Category]++
	}
	without := counts[""]
	delete(counts, "")
	if len(counts) == 0 {
		return nil
	}
	var categories []data.LetterCategory
	take := func(name string) {
		if counts[name] > 0 {
			categories = append(categories, data.LetterCategory{Name: name, People: counts[name]})
			delete(counts, name)
		}
	}
	for _, name := range data.TraineeCategories {
		take(name)
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		take(name)
	}
	if without > 0 {
		categories = append(categories, data.LetterCategory{Name: "未填写类别", People: without})
	}
	return categories
}

// listPeople writes identity numbers as the list asks.
func listPeople(people []data.LetterPerson, how data.LetterList) []data.LetterPerson {
	if how == data.ListMasked {
		for at := range people {
			people[at].IDNumber = vault.MaskIDNumber(people[at].IDNumber)
		}
	}
	return people
}

// letterWarnings tells what to look at before a letter is stamped.
func letterWarnings(content data.LetterContent) []data.Problem {
	warnings := letter.Missing(content)
	if listed := len(content.Listed); listed > 0 && listed != content.People() {
		warnings = append(warnings, data.Warn("letter-list-differs", "people", fmt.Sprintf("名单上有 %d 人，订单按 %d 人缴费。", listed, content.People()),
			"请核对名单；也可以生成不附名单的确认书。"))
	}
	return warnings
}

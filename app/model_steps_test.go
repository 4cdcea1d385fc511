package app_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"peixun/app"
	"peixun/data"
)

// order makes an order and submits it.
func (m *model) order(t *rapid.T) {
	amount := data.Money(rapid.SampledFrom([]int{40_00, 80_00, 100_00, 160_00}).Draw(t, "amount"))
	order, err := m.app.NewOrder(ctx, m.plan, data.PayFirst)
	check(t, err)
	order.Lines = []data.OrderLine{{OrganizationID: m.root, OrganizationPath: "本院", People: 1, Amount: amount}}
	order.PayerBank, order.PayerAccount, order.PaidAt = "城南商业银行育才支行", "330101201900556678", "2022-06-14 10:26:00"
	order.Invoice.Email, order.Invoice.Mobile = "cwk@bj9y.example", "13800000518"
	order, err = m.app.SaveOrder(ctx, order)
	check(t, err)
	_, err = m.app.AddVoucher(ctx, order.ID, "回单.png", dot(int(order.ID)))
	check(t, err)
	_, err = m.app.SubmitOrder(ctx, order.ID)
	check(t, err)
	m.orders = append(m.orders, &modelOrder{id: order.ID, state: data.ReviewSubmitted, face: amount})
}

// dot is a picture of a few pixels, another for each n.
func dot(n int) []byte {
	picture := image.NewGray(image.Rect(0, 0, 40, 40))
	picture.SetGray(n%40, n/40%40, color.Gray{Y: 255})
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// some draws one of the orders; the step is skipped where there is none.
func (m *model) some(t *rapid.T) *modelOrder {
	if len(m.orders) == 0 {
		t.Skip("no order yet")
	}
	return rapid.SampledFrom(m.orders).Draw(t, "order")
}

func (m *model) approve(t *rapid.T) {
	o := m.some(t)
	var want error
	if o.state != data.ReviewSubmitted {
		want = data.ErrWrongState
	}
	order, err := m.app.ApproveOrder(ctx, o.id, "", "")
	is(t, "approve", err, want)
	if want == nil {
		batch, err := m.app.BatchByNumber(ctx, order.BatchNumber)
		check(t, err)
		o.state, o.batch, o.batchID = data.ReviewApproved, batch.Number, batch.ID
	}
}

func (m *model) orderAndApprove(t *rapid.T) {
	m.order(t)
	o := m.orders[len(m.orders)-1]
	order, err := m.app.ApproveOrder(ctx, o.id, "", "")
	check(t, err)
	batch, err := m.app.BatchByNumber(ctx, order.BatchNumber)
	check(t, err)
	o.state, o.batch, o.batchID = data.ReviewApproved, batch.Number, batch.ID
}

func (m *model) takeBack(t *rapid.T) {
	o := m.some(t)
	var want error
	if o.state != data.ReviewApproved || o.touched {
		want = data.ErrWrongState
	}
	_, err := m.app.TakeBackApproval(ctx, o.id)
	is(t, "take back", err, want)
	if want == nil {
		o.state, o.batch = data.ReviewSubmitted, ""
	}
}

// reject sends an order back and submits it once more.
func (m *model) reject(t *rapid.T) {
	o := m.some(t)
	var want error
	if o.state != data.ReviewSubmitted {
		want = data.ErrWrongState
	}
	_, err := m.app.RejectOrder(ctx, o.id, "回单看不清", "")
	is(t, "reject", err, want)
	if want == nil {
		_, err := m.app.ReviseOrder(ctx, o.id)
		check(t, err)
		_, err = m.app.SubmitOrder(ctx, o.id)
		check(t, err)
	}
}

func (m *model) recharge(t *rapid.T) {
	o := m.some(t)
	amounts := rapid.SampledFrom([]data.Money{5_00, 10_00, 20_00, 40_00, 40_00})
	run := data.RechargeRun{ID: app.NewRunID(), BatchID: o.batchID, Amount: amounts.Draw(t, "amount"), Amounts: map[int64]data.Money{}}
	run.Trainees = rapid.SliceOfN(rapid.SampledFrom(m.people), 1, 4).Draw(t, "people")
	if rapid.Bool().Draw(t, "another amount for one") {
		run.Amounts[run.Trainees[0]] = amounts.Draw(t, "one's amount")
	}
	skip := rapid.Bool().Draw(t, "leave out the refused")
	expected, people, want := m.expect(o, run, skip)
	result, err := m.app.Recharge(ctx, run, skip, nil)
	is(t, "recharge", err, want)
	if want != nil {
		return
	}
	if result.Count != expected.Count || result.Total != expected.Total || result.Left != expected.Left || result.Already {
		t.Fatalf("recharge gave %+v, want %+v", result, expected)
	}
	for _, id := range people {
		m.ledger = append(m.ledger, modelEntry{person: id, order: o, run: run.ID, amount: run.AmountFor(id)})
	}
	o.used, o.touched = o.used+expected.Total, true
	m.runs = append(m.runs, modelRun{run, result})
}

// expect works out what a run must do.
func (m *model) expect(o *modelOrder, run data.RechargeRun, skip bool) (data.RechargeResult, []int64, error) {
	var result data.RechargeResult
	if o.batch == "" {
		return result, nil, data.ErrNotFound
	}
	var people []int64
	refused, disabled := 0, false
	for place, id := range run.Trainees {
		switch {
		case slices.Contains(run.Trainees[:place], id):
		case m.disabled[id]:
			refused, disabled = refused+1, true
		case m.balance(id) > 0 || m.station != 0 && m.unit[id] == m.station:
			refused++
		default:
			people = append(people, id)
			result.Total += run.AmountFor(id)
		}
	}
	result.Count, result.Left = len(people), o.face-o.used-result.Total
	switch {
	case refused > 0 && (!skip || len(people) == 0) && disabled:
		return result, nil, data.ErrTraineeDisabled
	case refused > 0 && (!skip || len(people) == 0):
		return result, nil, data.ErrWrongState
	case result.Left < 0:
		return result, nil, data.ErrBatchTooSmall
	}
	return result, people, nil
}

func (m *model) balance(person int64) data.Money {
	var sum data.Money
	for _, e := range m.ledger {
		if e.person == person {
			sum += e.amount
		}
	}
	return sum
}

// retry sends an earlier run again, as it was or changed.
func (m *model) retry(t *rapid.T) {
	if len(m.runs) == 0 {
		t.Skip("no run yet")
	}
	done := rapid.SampledFrom(m.runs).Draw(t, "run")
	run := done.run
	var want error
	switch rapid.SampledFrom([]string{"same", "amount", "people", "order of people"}).Draw(t, "changed") {
	case "amount":
		run.Amount++
		run.Amounts = nil
		want = data.ErrWrongState
	case "people":
		run.Trainees = append(slices.Clone(run.Trainees), 999)
		want = data.ErrWrongState
	case "order of people":
		run.Trainees = slices.Clone(run.Trainees)
		slices.Reverse(run.Trainees)
	}
	result, err := m.app.Recharge(ctx, run, true, nil)
	is(t, "retry", err, want)
	if done.result.Already = true; want == nil && fmt.Sprint(result) != fmt.Sprint(done.result) {
		t.Fatalf("the retry gave %+v, the run %+v", result, done.result)
	}
}

// reverseEntries notes that entries are taken back.
func (m *model) reverseEntries(places []int) {
	for _, place := range places {
		e := &m.ledger[place]
		e.reversed = true
		e.order.used -= e.amount
		m.ledger = append(m.ledger, modelEntry{person: e.person, order: e.order, amount: -e.amount, reversal: true})
	}
}

// places draws some of the ledger's entries, in its order.
func (m *model) places(t *rapid.T) []int {
	if len(m.ledger) == 0 {
		t.Skip("the ledger is empty")
	}
	places := rapid.SliceOfNDistinct(rapid.IntRange(0, len(m.ledger)-1), 1, min(3, len(m.ledger)), rapid.ID[int]).Draw(t, "entries")
	slices.Sort(places)
	return places
}

func keysOf(places []int) []int64 {
	ids := make([]int64, len(places))
	for at, place := range places {
		ids[at] = int64(place + 1)
	}
	return ids
}

func (m *model) reverse(t *rapid.T) {
	places := m.places(t)
	var want error
	for _, place := range places {
		if e := m.ledger[place]; !e.open() || e.answer == data.AnswerSucceeded {
			want = data.ErrWrongState
		}
	}
	_, err := m.app.ReverseRecharges(ctx, keysOf(places), "充错了")
	is(t, "reverse", err, want)
	if want == nil {
		m.reverseEntries(byOrder(m, places))
	}
}

// byOrder puts places as the program writes them: batch after batch, in the order of each one's first.
func byOrder(m *model, places []int) []int {
	var sorted []int
	var seen []*modelOrder
	for _, first := range places {
		if slices.Contains(seen, m.ledger[first].order) {
			continue
		}
		seen = append(seen, m.ledger[first].order)
		for _, place := range places {
			if m.ledger[place].order == m.ledger[first].order {
				sorted = append(sorted, place)
			}
		}
	}
	return sorted
}

func (m *model) reverseRun(t *rapid.T) {
	if len(m.runs) == 0 {
		t.Skip("no run yet")
	}
	run := rapid.SampledFrom(m.runs).Draw(t, "run").run.ID
	var places []int
	for place, e := range m.ledger {
		if e.run == run && e.open() && e.answer == data.AnswerNone {
			places = append(places, place)
		}
	}
	var want error
	if len(places) == 0 {
		want = data.ErrWrongState
	}
	_, err := m.app.ReverseRun(ctx, run, "整次充错")
	is(t, "reverse a run", err, want)
	m.reverseEntries(places)
}

// merge brings one organisation into another: people change their place and nothing else.
func (m *model) merge(t *rapid.T) {
	if len(m.units) < 2 {
		t.Skip("one organisation is left")
	}
	from := rapid.SampledFrom(m.units).Draw(t, "from")
	into := rapid.SampledFrom(m.units).Draw(t, "into")
	if from == into {
		t.Skip("the same")
	}
	_, err := m.app.MergeOrganizations(ctx, from, into)
	is(t, "merge", err, nil)
	for person, unit := range m.unit {
		if unit == from {
			m.unit[person] = into
		}
	}
	if m.units = slices.DeleteFunc(m.units, func(unit int64) bool { return unit == from }); from == m.station {
		m.station = 0
	}
}

// crash stops the program when a run has written all its lines and not committed: what the disk holds then is opened.
func (m *model) crash(t *rapid.T) {
	o := m.some(t)
	run := data.RechargeRun{ID: app.NewRunID(), BatchID: o.batchID, Amount: 5_00, Trainees: m.people}
	m.crashes++
	next := fmt.Sprintf("%s-%d", strings.TrimSuffix(m.place, fmt.Sprintf("-%d", m.crashes-1)), m.crashes)
	torn, cancel := context.WithCancel(ctx)
	defer cancel()
	m.app.Recharge(torn, run, true, func(done, total int) {
		if done == total {
			check(t, os.CopyFS(next, os.DirFS(m.place)))
			cancel()
		}
	})
	if torn.Err() == nil {
		t.Skip("it was refused before it wrote anything")
	}
	check(t, m.app.Close())
	check(t, os.RemoveAll(m.place))
	check(t, os.Remove(filepath.Join(next, "peixun.db-shm")))
	m.place = next
	m.begin(t)
}

func (m *model) toggle(t *rapid.T) {
	id := rapid.SampledFrom(m.people).Draw(t, "person")
	m.disabled[id] = !m.disabled[id]
	status := data.TraineeEnabled
	if m.disabled[id] {
		status = data.TraineeDisabled
	}
	_, err := m.app.SetTraineeStatus(ctx, []int64{id}, status)
	check(t, err)
}

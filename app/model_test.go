package app_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// thorough tells of `make faults`, which takes its time.
var thorough = os.Getenv("PEIXUN_FAULTS") != ""

// model is what the money should be: orders, batches, a ledger and people, kept as simply as can be.
type model struct {
	app      *app.App
	plan     data.Plan
	root     int64
	orders   []*modelOrder
	ledger   []modelEntry // an entry's key is its place + 1
	runs     []modelRun
	people   []int64
	disabled map[int64]bool
	foreign  int64 // the one whom 社区服务站 pays for
}

type modelOrder struct {
	id         int64
	state      data.ReviewState
	face, used data.Money
	batch      string
	batchID    int64
	touched    bool // a ledger line names its batch
}

type modelEntry struct {
	person   int64
	order    *modelOrder
	amount   data.Money
	reversed bool
	reversal bool
}

type modelRun struct {
	run    data.RechargeRun
	result data.RechargeResult
}

// The test charges and takes back at random, with retries and mistakes, and after every step the program's money must be the model's.
func TestModelOfMoney(t *testing.T) {
	checks, steps := "100", "12"
	if thorough {
		checks, steps = "2000", "40"
	}
	for name, value := range map[string]string{"rapid.checks": checks, "rapid.steps": steps} {
		old := flag.Lookup(name).Value.String()
		must(t, flag.Set(name, value))
		defer flag.Set(name, old)
	}
	h := apptest.NewHospital(t, 6)
	image := imageOf(t, h.App)
	folder := t.TempDir()
	number := 0
	rapid.Check(t, func(t *rapid.T) {
		number++
		place := filepath.Join(folder, fmt.Sprint(number))
		check(t, os.MkdirAll(place, 0o700))
		check(t, os.WriteFile(filepath.Join(place, "peixun.db"), image, 0o600))
		a, err := apptest.Open(place, &apptest.Clock{})
		check(t, err)
		defer os.RemoveAll(place)
		defer a.Close()
		check(t, a.Login(ctx, apptest.User, apptest.Password))
		m := &model{app: a, plan: h.Plan, disabled: map[int64]bool{}, people: h.People(""), foreign: h.People("社区服务站")[0]}
		tree, err := a.Organizations(ctx)
		check(t, err)
		m.root = tree.Root().ID
		t.Repeat(map[string]func(*rapid.T){
			"order": m.order, "approve": m.approve, "take back": m.takeBack, "reject": m.reject, "recharge": m.recharge, "recharge more": m.recharge,
			"retry": m.retry, "reverse": m.reverse, "disable or enable": m.toggle, "": m.compare,
		})
	})
}

func check(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// is fails unless err is want; nil means that there must be none.
func is(t *rapid.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || (want == nil) != (err == nil) {
		t.Fatalf("%s: %v, want %v", what, err, want)
	}
	if _, ok := data.AsProblem(err); err != nil && !ok {
		t.Fatalf("%s: %v has no words", what, err)
	}
}

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
		m.ledger = append(m.ledger, modelEntry{person: id, order: o, amount: run.AmountFor(id)})
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
		case m.balance(id) > 0 || id == m.foreign:
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
	changed := rapid.Bool().Draw(t, "changed")
	var want error
	if changed {
		run.Amount++
		want = data.ErrWrongState
	}
	result, err := m.app.Recharge(ctx, run, true, nil)
	is(t, "retry", err, want)
	if !changed && (!result.Already || result.Count != done.result.Count || result.Total != done.result.Total) {
		t.Fatalf("the retry gave %+v, the run %+v", result, done.result)
	}
}

func (m *model) reverse(t *rapid.T) {
	if len(m.ledger) == 0 {
		t.Skip("nothing to take back")
	}
	place := rapid.IntRange(0, len(m.ledger)-1).Draw(t, "entry")
	e := &m.ledger[place]
	var want error
	if e.reversed || e.reversal {
		want = data.ErrWrongState
	}
	_, err := m.app.ReverseRecharge(ctx, int64(place+1), "充错了")
	is(t, "reverse", err, want)
	if want == nil {
		e.reversed = true
		e.order.used -= e.amount
		m.ledger = append(m.ledger, modelEntry{person: e.person, order: e.order, amount: -e.amount, reversal: true})
	}
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

// compare looks at everything that the program says of money.
func (m *model) compare(t *rapid.T) {
	invariants, err := m.app.Check(ctx)
	check(t, err)
	for _, invariant := range invariants {
		if !invariant.OK {
			t.Fatalf("数据体检: %s: %s", invariant.Name, invariant.Detail)
		}
	}
	batches, err := m.app.Batches(ctx)
	check(t, err)
	said := map[string]string{}
	for _, batch := range batches {
		said[batch.Number] = fmt.Sprint(batch.OrderID, batch.Face, batch.Used, batch.Left())
	}
	kept := map[string]string{}
	for _, o := range m.orders {
		if o.batch != "" {
			kept[o.batch] = fmt.Sprint(o.id, o.face, o.used, o.face-o.used)
		}
	}
	if fmt.Sprint(said) != fmt.Sprint(kept) {
		t.Fatalf("batches %v, want %v", said, kept)
	}
	rows, err := m.app.TraineeRows(ctx, m.people, m.plan.ID)
	check(t, err)
	for _, row := range rows {
		if want := m.balance(row.ID); row.Balance != want || row.Recharged != want {
			t.Fatalf("trainee %d has %s, %s for the plan, want %s", row.ID, row.Balance, row.Recharged, want)
		}
	}
	ids, err := m.app.RechargeIDs(ctx, data.RechargeQuery{})
	check(t, err)
	entries, err := m.app.RechargeEntries(ctx, ids)
	check(t, err)
	slices.Reverse(entries)
	if len(entries) != len(m.ledger) {
		t.Fatalf("%d entries, want %d", len(entries), len(m.ledger))
	}
	for place, e := range entries {
		if want := m.ledger[place]; e.ID != int64(place+1) || e.TraineeID != want.person || e.Amount != want.amount || (e.ReversedBy != 0) != want.reversed || !strings.HasPrefix(e.BatchNumber, "XK-") {
			t.Fatalf("entry %+v, want %+v", e, want)
		}
	}
}

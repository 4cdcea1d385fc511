package app_test

import (
	"errors"
	"flag"
	"fmt"
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
	place    string // its data folder
	crashes  int
	plan     data.Plan
	root     int64
	station  int64 // 社区服务站, which pays for its own people; 0 once it was merged away
	units    []int64
	orders   []*modelOrder
	ledger   []modelEntry // an entry's key is its place + 1
	runs     []modelRun
	people   []int64
	unit     map[int64]int64 // where each person belongs
	disabled map[int64]bool
	changed  bool // something was stored since the last look
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
	run      string
	amount   data.Money
	reversed bool
	reversal bool
	answer   data.PlatformAnswer
}

// open tells whether the entry can still be taken back or answered to.
func (e modelEntry) open() bool { return !e.reversal && !e.reversed }

type modelRun struct {
	run    data.RechargeRun
	result data.RechargeResult
}

// The test charges and takes back at random, with retries and mistakes, and after every step the program's money must be the model's.
func TestModelOfMoney(t *testing.T) {
	checks, steps := "1000", "5"
	if thorough {
		checks, steps = "10000", "12"
	}
	for name, value := range map[string]string{"rapid.checks": checks, "rapid.steps": steps} {
		old := flag.Lookup(name).Value.String()
		must(t, flag.Set(name, value))
		defer flag.Set(name, old)
	}
	h := apptest.NewHospital(t, 6)
	approved, submitted := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 4), h.Submitted("2022-05-10 09:00:00", 2)
	batch := got[data.CardBatch](t)(h.BatchByNumber(ctx, approved.BatchNumber))
	copied := copies(t, h.App)
	rapid.Check(t, func(t *rapid.T) {
		m := &model{place: copied(t), plan: h.Plan, disabled: map[int64]bool{}, people: h.People(""), unit: map[int64]int64{}, station: h.Departments["社区服务站"]}
		m.begin(t)
		defer func() { m.app.Close() }()
		tree, err := m.app.Organizations(ctx)
		check(t, err)
		m.root = tree.Root().ID
		for name, id := range h.Departments {
			m.units = append(m.units, id)
			for _, person := range h.People(name) {
				m.unit[person] = id
			}
		}
		slices.Sort(m.units)
		m.orders = []*modelOrder{{id: approved.ID, state: data.ReviewApproved, face: approved.Total(), batch: batch.Number, batchID: batch.ID},
			{id: submitted.ID, state: data.ReviewSubmitted, face: submitted.Total()}}
		t.Repeat(map[string]func(*rapid.T){
			"order": m.order, "approve": m.approve, "order and approve": m.orderAndApprove, "take back": m.takeBack, "reject": m.reject, "recharge": m.recharge, "recharge more": m.recharge,
			"retry": m.retry, "reverse": m.reverse, "reverse a run": m.reverseRun, "answer": m.answer, "undo an answer": m.undo, "disable or enable": m.toggle,
			"merge organisations": m.merge, "crash in the midst": m.crash, "": m.compare,
		})
	})
}

// quickFolder is in memory where the system has such a place: this test is about sums, and a disk's waiting is other tests'.
func quickFolder(t *testing.T) string {
	folder, err := os.MkdirTemp("/dev/shm", "peixun-model-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// begin opens the data folder as the program starts.
func (m *model) begin(t *rapid.T) {
	m.app, m.changed = opened(t, m.place), true
	m.app.Subscribe(func(app.Event) { m.changed = true })
}

// copies gives one more data folder each time, with a copy of what an App holds now.
func copies(t *testing.T, a *app.App) func(*rapid.T) string {
	image, folder, number := imageOf(t, a), quickFolder(t), 0
	return func(t *rapid.T) string {
		number++
		place := filepath.Join(folder, fmt.Sprint(number))
		check(t, os.Mkdir(place, 0o700))
		check(t, os.WriteFile(filepath.Join(place, "peixun.db"), image, 0o600))
		return place
	}
}

// opened opens a data folder and logs in.
func opened(t *rapid.T, folder string) *app.App {
	t.Helper()
	a, err := apptest.Open(folder, &apptest.Clock{})
	check(t, err)
	check(t, a.Login(ctx, apptest.User, apptest.Password))
	return a
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

// compare looks at everything that the program says of money, where anything was stored since it last looked.
func (m *model) compare(t *rapid.T) {
	if !m.changed {
		return
	}
	m.changed = false
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
		want := m.ledger[place]
		if e.ID != int64(place+1) || e.TraineeID != want.person || e.Amount != want.amount || (e.ReversedBy != 0) != want.reversed || e.Answer != want.answer || !strings.HasPrefix(e.BatchNumber, "XK-") {
			t.Fatalf("entry %+v, want %+v", e, want)
		}
	}
}

package sqlite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// money is a store with an approved order, its batch of 100.00 元, a draft, and three trainees of whom the third is disabled.
type money struct {
	store           *sqlite.Store
	approved, draft data.Order
	batch           int64
	people          []int64
	entry           int64 // 30.00 元 for the first trainee
}

func newMoney(t testing.TB) money {
	t.Helper()
	m := money{store: datatest.Store(t)}
	m.people = datatest.AddTrainees(t, m.store, datatest.Trainee(), datatest.Trainee(), datatest.Trainee(func(p *data.Trainee) { p.Status = data.TraineeDisabled }))
	m.approved = datatest.AddOrder(t, m.store)
	m.batch = datatest.Approve(t, m.store, m.approved)
	m.draft = datatest.AddOrder(t, m.store)
	m.entry = datatest.Charge(t, m.store, m.batch, 30_00, m.people[0])[0]
	return m
}

func TestSchemaRefusesWhatABugMightWrite(t *testing.T) {
	m := newMoney(t)
	datatest.Write(t, m.store, func(tx *sqlite.Tx) error {
		return errors.Join(tx.AppendAudit(data.AuditEntry{At: "2022-06-17 13:02:11", User: "赵晓岚", Action: "login"}),
			tx.IssueInvoice(m.approved.ID, "044002100111", "2022-06-16", 100_00),
			tx.AddRun(sqlite.LedgerRun{ID: "other", Kind: data.RunRecharge, BatchID: m.batch, Count: 1, Total: 1}))
	})
	const entry = `INSERT INTO recharge_entry (id, run_id, batch_id, trainee_id, amount, reversal_of, reason, user, at, previous, hash)
		VALUES (2, 'other', %d, %d, %d, %s, %s, '', '', (SELECT hash FROM recharge_entry), 'h')`
	const replaced = "INSERT OR REPLACE INTO recharge_entry SELECT %s, %s, batch_id, trainee_id, amount, reversal_of, reason, user, at, %s, %s FROM recharge_entry"
	const never, atEnd = "the ledger is never edited", "only grows at its end"
	raw := datatest.Raw(t, m.store.Path())
	for _, c := range []struct{ name, statement, refusal string }{
		{"edit a ledger amount", "UPDATE recharge_entry SET amount = 1", never},
		{"edit a ledger reason", "UPDATE recharge_entry SET reason = 'x'", never},
		{"edit a ledger hash", "UPDATE recharge_entry SET hash = 'x'", never},
		{"delete from the ledger", "DELETE FROM recharge_entry", never},
		{"replace a ledger line", fmt.Sprintf(replaced, "id", "'other'", "previous", "'h'"), atEnd},
		{"replace a ledger line by its hash", fmt.Sprintf(replaced, "id + 1", "'other'", "hash", "hash"), atEnd},
		{"replace a person's line of a run", fmt.Sprintf(replaced, "id + 1", "run_id", "hash", "'h'"), "one line for a person"},
		{"update or replace a ledger line", "UPDATE OR REPLACE recharge_entry SET amount = 1", never},
		{"leave a gap in the ledger", fmt.Sprintf(replaced, "id + 2", "'other'", "hash", "'h'"), atEnd},
		{"append past the chain", fmt.Sprintf(replaced, "id + 1", "'other'", "'x'", "'h'"), atEnd},
		{"edit a run", "UPDATE recharge_run SET total = 0", "a run is never edited"},
		{"delete a run", "DELETE FROM recharge_run", "a run is never edited"},
		{"replace a run", "INSERT OR REPLACE INTO recharge_run SELECT * FROM recharge_run", "never replaced"},
		{"invent a kind of run", "INSERT INTO recharge_run (id, batch_id, count, total, at, user, request, kind) VALUES ('x', 1, 1, 1, '', '', '', '赠送')", "CHECK"},
		{"a failure that releases nothing", "INSERT INTO recharge_answer VALUES (1, 1, '失败', 'x', NULL, '', '')", "failure releases"},
		{"a failure that names another entry", "INSERT INTO recharge_answer VALUES (1, 1, '失败', 'x', 1, '', '')", "failure releases"},
		{"an answer to nothing", "INSERT INTO recharge_answer VALUES (1, 99, '成功', '', NULL, '', '')", "answers a recharge"},
		{"an unknown answer", "INSERT INTO recharge_answer VALUES (1, 1, '可能', '', NULL, '', '')", "CHECK"},
		{"an answer out of turn", "INSERT INTO recharge_answer VALUES (7, 1, '成功', '', NULL, '', '')", "never replaced"},
		{"edit the log", "UPDATE audit SET detail = 'x'", "the log is never edited"},
		{"delete from the log", "DELETE FROM audit", "the log is never edited"},
		{"delete an order", "DELETE FROM payment_order WHERE review = '草稿'", "voided, never deleted"},
		{"renumber an order", "UPDATE payment_order SET number = 'JF-2022-9999' WHERE review = '草稿'", "never changed"},
		{"use an order number again", "INSERT INTO payment_order SELECT 99, number, revision, plan_id, mode, payer_bank, NULL, payee_name, payee_bank, payee_account, paid_at, " +
			"transaction_number, '草稿', '', applicant, applicant_unit, created_at, '', '', 1, '' FROM payment_order LIMIT 1", "payment_order.number"},
		{"approve without times", "UPDATE payment_order SET review = '审核通过', applied_at = '', reviewed_at = '' WHERE review = '草稿'", "CHECK"},
		{"approve before applying", "UPDATE payment_order SET review = '审核通过', applied_at = '2022-06-02', reviewed_at = '2022-06-01' WHERE review = '草稿'", "CHECK"},
		{"reject without words", "UPDATE payment_order SET review = '审核驳回', review_note = '' WHERE review = '草稿'", "CHECK"},
		{"void without words", "UPDATE payment_order SET review = '作废', review_note = '' WHERE review = '草稿'", "CHECK"},
		{"invent a state", "UPDATE payment_order SET review = '通过' WHERE review = '草稿'", "CHECK"},
		{"take an approval back under its batch", "UPDATE payment_order SET review = '待审核' WHERE review = '审核通过'", "stays approved"},
		{"negative line", "UPDATE order_line SET amount = -1", "CHECK"},
		{"line beyond the limit", "UPDATE order_line SET amount = 10000000000", "CHECK"},
		{"a line's amount as text", "UPDATE order_line SET amount = 'many'", "cannot store TEXT"},
		{"batch from a draft", fmt.Sprintf("INSERT INTO card_batch (number, order_id, face, created_at) VALUES ('XK-X', %d, 1, '')", m.draft.ID), "approved order"},
		{"batch from no order", "INSERT INTO card_batch (number, order_id, face, created_at) VALUES ('XK-X', 999, 1, '')", "approved order"},
		{"batch number twice", fmt.Sprintf("INSERT INTO card_batch (number, order_id, face, created_at) SELECT number, %d, 1, '' FROM card_batch", m.approved.ID), "card_batch.number"},
		{"rewrite a batch's face", "UPDATE card_batch SET face = face + 1", "not rewritten"},
		{"rewrite a batch's order", fmt.Sprintf("UPDATE card_batch SET order_id = %d", m.draft.ID), "not rewritten"},
		{"rewrite a batch's number", "UPDATE card_batch SET number = 'XK-X'", "not rewritten"},
		{"replace a batch", "INSERT OR REPLACE INTO card_batch SELECT id, number, order_id, face + 1, 0, created_at FROM card_batch", "never replaced"},
		{"replace a batch by its number", "REPLACE INTO card_batch SELECT id + 1, number, order_id, face + 1, 0, created_at FROM card_batch", "never replaced"},
		{"delete a used batch", "DELETE FROM card_batch", "used batch stays"},
		{"use more than the face", "UPDATE card_batch SET used = face + 1", "CHECK"},
		{"use less than nothing", "UPDATE card_batch SET used = -1", "CHECK"},
		{"overspend by an entry", fmt.Sprintf(entry, m.batch, m.people[1], 70_01, "NULL", "''"), "CHECK"},
		{"recharge a disabled trainee", fmt.Sprintf(entry, m.batch, m.people[2], 1, "NULL", "''"), "trainee is disabled"},
		{"recharge nobody", fmt.Sprintf(entry, m.batch, 999, 1, "NULL", "''"), "trainee is disabled"},
		{"recharge from no batch", fmt.Sprintf(entry, 999, m.people[1], 1, "NULL", "''"), "FOREIGN KEY"},
		{"a run from no batch", "INSERT INTO recharge_run (id, batch_id, count, total, at, user, request) VALUES ('x', 999, 1, 1, '', '', '')", "not approved"},
		{"recharge nothing", fmt.Sprintf(entry, m.batch, m.people[1], 0, "NULL", "''"), "CHECK"},
		{"take money without naming an entry", fmt.Sprintf(entry, m.batch, m.people[0], -30_00, "NULL", "'x'"), "CHECK"},
		{"reverse without a reason", fmt.Sprintf(entry, m.batch, m.people[0], -30_00, fmt.Sprint(m.entry), "''"), "CHECK"},
		{"reverse a part", fmt.Sprintf(entry, m.batch, m.people[0], -1, fmt.Sprint(m.entry), "'x'"), "whole entry"},
		{"reverse from somebody else", fmt.Sprintf(entry, m.batch, m.people[1], -30_00, fmt.Sprint(m.entry), "'x'"), "whole entry"},
		{"turn a counter back", "UPDATE counter SET last = last - 1", "never goes back"},
		{"hold a counter", "UPDATE counter SET last = last", "never goes back"},
		{"drop a counter", "DELETE FROM counter", "never dropped"},
		{"second root", "INSERT INTO organization (parent_id, name, path, depth, position) VALUES (NULL, '另一个', '另一个', 0, 9)", "organization_one_root"},
		{"slash in a name", "INSERT INTO organization (parent_id, name, path, depth, position) VALUES (1, 'a/b', 'a/b', 1, 9)", "CHECK"},
		{"delete an organisation in use", "DELETE FROM organization", "FOREIGN KEY"},
		{"delete a trainee with money", "DELETE FROM trainee WHERE id = " + fmt.Sprint(m.people[0]), "FOREIGN KEY"},
		{"username that is empty", "UPDATE trainee SET username = ''", "CHECK"},
		{"second live invoice", fmt.Sprintf("INSERT INTO invoice_issue (order_id, number, issued_on, amount) VALUES (%d, 'other', '2022-06-16', %d)", m.approved.ID, m.approved.Total()), "UNIQUE"},
		{"invoice number twice", fmt.Sprintf("INSERT INTO invoice_issue (order_id, number, issued_on, amount) VALUES (%d, '044002100111', '2022-06-16', %d)", m.draft.ID, m.draft.Total()), "invoice_issue.number"},
		{"invoice over a part", fmt.Sprintf("INSERT INTO invoice_issue (order_id, number, issued_on, amount) VALUES (%d, 'other', '2022-06-16', 1)", m.draft.ID), "whole order"},
		{"rewrite an invoice's amount", "UPDATE invoice_issue SET amount = amount + 1", "keeps its order and amount"},
		{"reverse an invoice without a reason", "UPDATE invoice_issue SET reversed_on = '2022-06-17'", "for a reason"},
		{"refill an invoice that is live", "UPDATE invoice_issue SET refilled_at = '2022-06-17 09:00:00'", "CHECK"},
		{"PDF without pages", fmt.Sprintf("INSERT INTO voucher (order_id, name, type, width, height, size, sha256, added_at) VALUES (%d, 'a', 'application/pdf', 1, 1, 1, '%064d', '')", m.draft.ID, 0), "CHECK"},
		{"a page that the PDF has not", fmt.Sprintf("INSERT INTO voucher (order_id, name, type, width, height, size, sha256, added_at, pages, page) VALUES (%d, 'a', 'application/pdf', 1, 1, 1, '%064d', '', 1, 1)", m.draft.ID, 0), "CHECK"},
		{"a voucher that is a film", fmt.Sprintf("INSERT INTO voucher (order_id, name, type, width, height, size, sha256, added_at) VALUES (%d, 'a', 'image/gif', 1, 1, 1, '%064d', '')", m.draft.ID, 0), "CHECK"},
		{"two default profiles", "INSERT INTO invoice_profile (name, is_default, type, title, tax_number, address, telephone, bank, email, remark) VALUES ('a', 1, '增值税电子普通发票', 'a', '', '', '', '', '', ''), ('b', 1, '增值税电子普通发票', 'a', '', '', '', '', '', '')", "UNIQUE"},
		{"reverse an invoice before its day", "UPDATE invoice_issue SET reversed_on = '2022-06-15', reverse_reason = 'x'", "CHECK"},
		{"plan number with letters", "UPDATE plan SET number = 'A' WHERE id = 1", "CHECK"},
		{"plan that ends before it starts", "UPDATE plan SET ends_at = '2000-01-01 00:00:00'", "CHECK"},
		{"hours of nothing", "INSERT INTO offline_hours SELECT 1, 1, 1, 't', '', '', '', '', '2022-01-01', '2022-01-01', 0, '', '', NULL, NULL, '', 0", "CHECK"},
		{"hours that end before they start", "INSERT INTO offline_hours SELECT 1, 1, 1, 't', '', '', '', '', '2022-01-02', '2022-01-01', 1, '', '', NULL, NULL, '', 0", "CHECK"},
		{"a second key for recovery", "INSERT INTO key_wrap (time, memory, threads, salt, sealed_key) VALUES (1, 1, 1, x'', x''), (1, 1, 1, x'', x'')", "key_wrap_one_recovery"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := raw.Exec(c.statement)
			if err == nil || !strings.Contains(err.Error(), c.refusal) {
				t.Errorf("%s\ngave %v, want a refusal with %q", c.statement, err, c.refusal)
			}
		})
	}
	for _, invariant := range datatest.Read(t, m.store, func(tx *sqlite.Tx) ([]sqlite.Invariant, error) { return tx.Check(nil) }) {
		if !invariant.OK && invariant.Name != "每次充值的明细合计等于该次总额" { // the other run has no lines
			t.Errorf("after all refusals %s: %s", invariant.Name, invariant.Detail)
		}
	}
}

func TestUnusedBatchAndReversedEntryAreWhatTheSchemaAllows(t *testing.T) {
	m := newMoney(t)
	unused := datatest.AddOrder(t, m.store)
	datatest.Approve(t, m.store, unused)
	datatest.Write(t, m.store, func(tx *sqlite.Tx) error { return tx.RemoveUnusedBatches(unused.ID) })
	datatest.Write(t, m.store, func(tx *sqlite.Tx) error {
		must(t, tx.AddRun(sqlite.LedgerRun{ID: "back", Kind: data.RunReversal, BatchID: m.batch, Count: 1, Total: -30_00}))
		_, err := tx.AppendEntries([]sqlite.LedgerEntry{{RunID: "back", BatchID: m.batch, TraineeID: m.people[0], Amount: -30_00, ReversalOf: m.entry, Reason: "充错了"}}, nil)
		return err
	})
	batch := datatest.Read(t, m.store, func(tx *sqlite.Tx) (data.CardBatch, error) { return tx.Batch(m.batch) })
	if batch.Used != 0 || batch.Left() != batch.Face {
		t.Errorf("after the reversal %+v", batch)
	}
}

func TestLedgerErrorsAreTheSentinels(t *testing.T) {
	m := newMoney(t)
	for _, c := range []struct {
		name  string
		entry sqlite.LedgerEntry
		want  error
	}{
		{"too much", sqlite.LedgerEntry{TraineeID: m.people[1], Amount: 70_01}, data.ErrBatchTooSmall},
		{"disabled", sqlite.LedgerEntry{TraineeID: m.people[2], Amount: 1}, data.ErrTraineeDisabled},
	} {
		err := m.store.Write(ctx, func(tx *sqlite.Tx) error {
			must(t, tx.AddRun(sqlite.LedgerRun{ID: "run", Kind: data.RunRecharge, BatchID: m.batch, Count: 1, Total: c.entry.Amount}))
			c.entry.RunID, c.entry.BatchID = "run", m.batch
			_, err := tx.AppendEntries([]sqlite.LedgerEntry{c.entry}, nil)
			return err
		})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestCountersNeverGiveANumberTwice(t *testing.T) {
	store := datatest.Store(t)
	taken := map[string]map[int64]bool{}
	failure := errors.New("rolled back")
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"JF-2022", "JF-2023", "XK-2022"}).Draw(t, "counter")
		count := rapid.IntRange(1, 5).Draw(t, "count")
		rolledBack := rapid.Bool().Draw(t, "rolled back")
		var given []int64
		err := store.Write(ctx, func(tx *sqlite.Tx) error {
			for range count {
				number, err := tx.Next(name)
				if err != nil {
					return err
				}
				given = append(given, number)
			}
			if rolledBack {
				return failure
			}
			return nil
		})
		if rolledBack {
			if !errors.Is(err, failure) {
				t.Fatal(err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if taken[name] == nil {
			taken[name] = map[int64]bool{}
		}
		for _, number := range given {
			if taken[name][number] {
				t.Fatalf("%s gave %d twice", name, number)
			}
			taken[name][number] = true
		}
		if last := given[len(given)-1]; int64(len(taken[name])) != last {
			t.Fatalf("%s stands at %d after %d numbers", name, last, len(taken[name]))
		}
	})
}

func TestNumbersOfVoidOrdersAndRemovedBatchesStayUsed(t *testing.T) {
	store := datatest.Store(t)
	first := datatest.AddOrder(t, store)
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		first.Review, first.ReviewNote = data.ReviewVoid, "填错了"
		return tx.SaveOrder(first)
	})
	second := datatest.AddOrder(t, store)
	earlier := datatest.AddOrder(t, store, func(o *data.Order) { o.PlanID = 2 })
	if first.Number != "JF-2022-0001" || second.Number != "JF-2022-0002" || earlier.Number != "JF-2021-0001" {
		t.Errorf("numbers %s, %s, %s", first.Number, second.Number, earlier.Number)
	}
	datatest.Approve(t, store, second)
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.RemoveUnusedBatches(second.ID) })
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		number, err := tx.AddBatch(second.ID, "", second.Total(), "2022-06-17 13:02:11")
		if number != "XK-2022-0002" {
			t.Errorf("the batch after a removed one is %s", number)
		}
		return err
	})
}

// A batch may carry the platform's own number, which may look like one of ours.
func TestOwnBatchNumbersStepAsideForTypedOnes(t *testing.T) {
	store := datatest.Store(t)
	order := datatest.AddOrder(t, store)
	datatest.Approve(t, store, order)
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		_, err := tx.AddBatch(order.ID, "XK-2022-0002", 1, "")
		return err
	})
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		number, err := tx.AddBatch(order.ID, "", 1, "")
		if number != "XK-2022-0003" {
			t.Errorf("number = %q", number)
		}
		return err
	})
	err := store.Write(ctx, func(tx *sqlite.Tx) error { _, err := tx.AddBatch(order.ID, "XK-2022-0003", 1, ""); return err })
	if problem, ok := data.AsProblem(err); !ok || problem.Code != "batch-number-exists" {
		t.Errorf("a typed number that exists: %v", err)
	}
}

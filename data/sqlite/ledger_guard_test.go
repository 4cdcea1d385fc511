package sqlite_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// brokenRules are the names of what CheckLedger finds wrong, with their details.
func brokenRules(t *testing.T, store *sqlite.Store) string {
	t.Helper()
	var broken []string
	for _, invariant := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]sqlite.Invariant, error) { return tx.CheckLedger() }) {
		if !invariant.OK {
			broken = append(broken, invariant.Name+"："+invariant.Detail)
		}
	}
	return strings.Join(broken, " ")
}

// Somebody opens the database with another program. What the schema does not refuse is found out afterwards, also where every trigger
// stands again as if nothing had been.
func TestLedgerChangedPastTheProgramIsFoundOut(t *testing.T) {
	const edit, gone = "recharge_entry_unchanged", "recharge_entry_stays"
	for _, c := range []struct {
		name  string
		do    func(t *testing.T, raw *sql.DB)
		found string
	}{
		{"an amount", func(t *testing.T, raw *sql.DB) {
			datatest.Unguarded(t, raw, []string{edit}, "UPDATE recharge_entry SET amount = 2000 WHERE id = 1", "UPDATE card_batch SET used = used - 1000")
		}, "充值明细没有被改动：从第 1 条起对不上。"},
		{"a person", func(t *testing.T, raw *sql.DB) {
			datatest.Unguarded(t, raw, []string{edit}, "UPDATE recharge_entry SET trainee_id = 3 WHERE id = 2")
		}, "充值明细没有被改动：从第 2 条起对不上。"},
		{"two lines exchanged", func(t *testing.T, raw *sql.DB) {
			datatest.Unguarded(t, raw, []string{edit}, "UPDATE recharge_entry SET id = 99 WHERE id = 1", "UPDATE recharge_entry SET id = 1 WHERE id = 2", "UPDATE recharge_entry SET id = 2 WHERE id = 99")
		}, "充值明细没有被改动：从第 1 条起对不上。"},
		{"the last line, and the counter made to fit", func(t *testing.T, raw *sql.DB) {
			datatest.Unguarded(t, raw, []string{gone, "counter_rises"}, "DELETE FROM recharge_entry WHERE id = 2", "UPDATE card_batch SET used = 3000", "UPDATE counter SET last = 1 WHERE name = 'recharge_entry'")
		}, "封存的校验值和现在的 1 条对不上"},
		{"a line of one's own, chained as it should be", func(t *testing.T, raw *sql.DB) {
			// The chain's hash has no secret; the seal has.
			datatest.Exec(t, raw, "INSERT INTO recharge_run (id, batch_id, count, total, at, user, request) VALUES ('mine', 1, 1, 100, '', '', '')")
			datatest.Exec(t, raw, "INSERT INTO recharge_entry VALUES (3, 'mine', 1, 2, 100, NULL, '', '', '', (SELECT hash FROM recharge_entry WHERE id = 2), 'forged')")
		}, "充值明细没有被改动：从第 3 条起对不上。"},
		{"money back by REPLACE", func(t *testing.T, raw *sql.DB) {
			datatest.Unguarded(t, raw, []string{"card_batch_new", "card_batch_used"}, "REPLACE INTO card_batch SELECT id, number, order_id, face, 0, created_at FROM card_batch")
		}, "充值明细合计等于批次已用：XK-2022-0001"},
		{"a rule taken away", func(t *testing.T, raw *sql.DB) { datatest.Exec(t, raw, "DROP TRIGGER "+gone) }, "防改规则 recharge_entry_stays 不见了。"},
		{"a rule made harmless", func(t *testing.T, raw *sql.DB) {
			datatest.Exec(t, raw, "DROP TRIGGER "+edit)
			datatest.Exec(t, raw, "CREATE TRIGGER "+edit+" BEFORE UPDATE ON recharge_entry BEGIN SELECT 1; END")
		}, "防改规则 recharge_entry_unchanged 被改过。"},
		{"a rule of one's own", func(t *testing.T, raw *sql.DB) {
			datatest.Exec(t, raw, "CREATE TRIGGER mine AFTER INSERT ON recharge_entry BEGIN UPDATE card_batch SET used = used - NEW.amount WHERE id = NEW.batch_id; END")
		}, "多出防改规则 mine。"},
		{"a column of one's own", func(t *testing.T, raw *sql.DB) {
			datatest.Exec(t, raw, "ALTER TABLE card_batch ADD COLUMN mine INTEGER")
		}, "表 card_batch 被改过。"},
	} {
		for _, recursive := range []string{"OFF", "ON"} {
			t.Run(c.name+", recursive triggers "+recursive, func(t *testing.T) {
				m := newMoney(t)
				datatest.Charge(t, m.store, m.batch, 10_00, m.people[1])
				if broken := brokenRules(t, m.store); broken != "" {
					t.Fatal(broken)
				}
				raw := datatest.Raw(t, m.store.Path())
				raw.SetMaxOpenConns(1)
				datatest.Exec(t, raw, "PRAGMA recursive_triggers = "+recursive)
				datatest.Exec(t, raw, "PRAGMA foreign_keys = OFF")
				c.do(t, raw)
				if broken := brokenRules(t, m.store); !strings.Contains(broken, c.found) {
					t.Errorf("found %q, want %q", broken, c.found)
				}
			})
		}
	}
}

// More wrong than fits is counted.
func TestMissingRulesAreCounted(t *testing.T) {
	m := newMoney(t)
	must(t, datatest.Vandal(t, m.store.Path()).Close())
	if broken := brokenRules(t, m.store); strings.Count(broken, "不见了") != 3 || !strings.Contains(broken, "；共 ") {
		t.Error(broken)
	}
	if err := m.store.Write(ctx, func(tx *sqlite.Tx) error {
		return tx.AddRun(sqlite.LedgerRun{ID: "next", Kind: data.RunRecharge, BatchID: m.batch, Count: 1, Total: 1})
	}); err != nil {
		t.Error(fmt.Errorf("the money still moves: %w", err))
	}
}

package views

import (
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data/datatest"
)

// Whoever logs in hears at once that the ledger was changed by another program, and nothing where all is well.
func TestChangedLedgerIsToldOfAtTheLogin(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	batch := h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 4)
	h.Charge("2022-05-21 09:00:00", batch.BatchNumber, h.People("")[0])
	look := func() (string, bool) {
		invariants, err := h.CheckLedger(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		trouble, broken := ledgerTrouble(invariants)
		return trouble.What + trouble.Detail, broken
	}
	if words, broken := look(); broken {
		t.Fatal(words)
	}
	vandal := datatest.Vandal(t, h.DatabasePath())
	datatest.Exec(t, vandal, "UPDATE recharge_entry SET amount = 1")
	words, broken := look()
	for _, want := range []string{"“充值明细没有被改动”不成立", "从第 1 条起对不上。", "防改规则"} {
		if !broken || !strings.Contains(words, want) {
			t.Errorf("%q does not tell %q", words, want)
		}
	}
}

package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// manyCharged is how many people the benchmarked run charges.
const manyCharged = 10_000

// BenchmarkRecharge10000 charges 10,000 people in one run, and beside it, in the same database, inserts as many rows into a table of
// the ledger's columns, keys and indexes without its triggers, one prepared INSERT a row in one transaction.
func BenchmarkRecharge10000(b *testing.B) {
	h := apptest.NewHospital(b, manyCharged+1)
	people := h.People("")
	people = people[:manyCharged]
	charged, bare, preview := time.Hour, time.Hour, time.Hour // of the processor, the best of the rounds: other work on the machine only ever adds
	for range b.N {
		order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", manyCharged)
		batch := got[data.CardBatch](b)(h.BatchByNumber(ctx, order.BatchNumber))
		run := data.RechargeRun{BatchID: batch.ID, Amount: 40_00, Trainees: people}
		start := cpuTime()
		got[data.RechargeResult](b)(h.PreviewRecharge(ctx, run))
		preview = min(preview, cpuTime()-start)
		start = cpuTime()
		result := got[data.RechargeResult](b)(h.Recharge(ctx, run, true, nil))
		charged = min(charged, cpuTime()-start)
		if result.Count != manyCharged-1 && result.Count != manyCharged { // the last of the hospital has another payer
			b.Fatalf("%+v", result)
		}
		bare = min(bare, insertBare(b, h))
		runs := got[[]data.RechargeRunRow](b)(h.RechargeRuns(ctx, batch.ID))
		got[data.RechargeResult](b)(h.ReverseRun(ctx, runs[0].ID, "下一轮"))
	}
	b.ReportMetric(charged.Seconds(), "s/run")
	b.ReportMetric(preview.Seconds(), "s/preview")
	b.ReportMetric(bare.Seconds(), "s/bare-insert")
	b.ReportMetric(charged.Seconds()/bare.Seconds(), "×bare-insert")
}

// insertBare copies the ledger's last rows one by one and forgets them.
func insertBare(b *testing.B, h *apptest.Hospital) time.Duration {
	b.Helper()
	raw := datatest.Raw(b, h.DatabasePath())
	defer raw.Close()
	for _, statement := range []string{
		"PRAGMA synchronous = FULL",
		`CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES recharge_run (id), batch_id INTEGER NOT NULL REFERENCES card_batch (id),
			trainee_id INTEGER NOT NULL REFERENCES trainee (id), amount INTEGER NOT NULL, reversal_of INTEGER UNIQUE, reason TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL,
			previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, UNIQUE (run_id, trainee_id)) STRICT`,
		"CREATE INDEX IF NOT EXISTS bare_trainee ON bare (trainee_id, batch_id, amount)", "CREATE INDEX IF NOT EXISTS bare_batch ON bare (batch_id)",
	} {
		datatest.Exec(b, raw, statement)
	}
	rows, err := raw.Query("SELECT * FROM recharge_entry ORDER BY id DESC LIMIT ?", manyCharged)
	must(b, err)
	var all [][]any
	for rows.Next() {
		row := make([]any, 11)
		into := make([]any, 11)
		for place := range row {
			into[place] = &row[place]
		}
		must(b, rows.Scan(into...))
		all = append(all, row)
	}
	must(b, rows.Err())
	start := cpuTime()
	insertRows(b, raw, all)
	spent := cpuTime() - start
	datatest.Exec(b, raw, "DROP TABLE bare")
	return spent
}

func insertRows(b *testing.B, raw *sql.DB, all [][]any) {
	b.Helper()
	tx, err := raw.BeginTx(context.Background(), nil)
	must(b, err)
	defer tx.Rollback()
	statement, err := tx.Prepare("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
	must(b, err)
	for place := range all {
		if _, err := statement.Exec(all[len(all)-1-place]...); err != nil {
			b.Fatal(fmt.Errorf("row %d: %w", place, err))
		}
	}
	must(b, tx.Commit())
}

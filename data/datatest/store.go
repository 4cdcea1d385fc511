package datatest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver by which Raw opens a file

	"peixun/data"
	"peixun/data/sqlite"
)

// Write runs work in one transaction and fails the test where work fails.
func Write(t testing.TB, store *sqlite.Store, work func(tx *sqlite.Tx) error) {
	t.Helper()
	if err := store.Write(context.Background(), work); err != nil {
		t.Fatal(err)
	}
}

// Read gives what ask finds and fails the test where it fails.
func Read[T any](t testing.TB, store *sqlite.Store, ask func(tx *sqlite.Tx) (T, error)) T {
	t.Helper()
	var value T
	err := store.Read(context.Background(), func(tx *sqlite.Tx) error {
		var err error
		value, err = ask(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// AddTrainees stores trainees and gives their keys.
func AddTrainees(t testing.TB, store *sqlite.Store, trainees ...data.Trainee) []int64 {
	t.Helper()
	ids := make([]int64, len(trainees))
	Write(t, store, func(tx *sqlite.Tx) (err error) {
		for place, trainee := range trainees {
			if ids[place], err = tx.AddTrainee(trainee); err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

// AddOrganization stores an organisation below parent and gives its key.
func AddOrganization(t testing.TB, store *sqlite.Store, parent int64, name string, payer ...int64) int64 {
	t.Helper()
	organization := data.Organization{ParentID: parent, Name: name}
	if len(payer) > 0 {
		organization.PayerID = payer[0]
	}
	var id int64
	Write(t, store, func(tx *sqlite.Tx) (err error) {
		id, err = tx.AddOrganization(organization)
		return err
	})
	return id
}

// Order makes a complete draft of the newest plan by which the root pays 100.00 元, not stored; change sets what the test cares for.
func Order(change ...func(*data.Order)) data.Order {
	order := data.Order{
		PlanID: 1, Mode: data.PayFirst, Payee: data.DefaultPayee, Review: data.ReviewDraft,
		Lines:     []data.OrderLine{{OrganizationID: 1, OrganizationPath: "北京市第九实验医院", People: 2, Amount: 100_00}},
		PayerBank: "城南商业银行育才支行", PayerAccount: "330101201900556678", PaidAt: "2022-06-14 10:26:00",
		Applicant: "赵晓岚", ApplicantUnit: "北京市第九实验医院", CreatedAt: data.MomentOf(Now),
		Invoice: data.Invoice{Type: data.InvoiceNormal, Title: "北京市第九实验医院", TaxNumber: "12110000400686910X", Email: "cwk@bj9y.example", Mobile: "13800000518"},
	}
	for _, set := range change {
		set(&order)
	}
	return order
}

// AddOrder stores an order and gives it as stored.
func AddOrder(t testing.TB, store *sqlite.Store, change ...func(*data.Order)) data.Order {
	t.Helper()
	var order data.Order
	Write(t, store, func(tx *sqlite.Tx) (err error) {
		order, err = tx.AddOrder(Order(change...))
		return err
	})
	return order
}

// Approve makes a stored order 审核通过 with its batch and gives the batch's key.
func Approve(t testing.TB, store *sqlite.Store, order data.Order) int64 {
	t.Helper()
	var batch int64
	Write(t, store, func(tx *sqlite.Tx) error {
		order.Review, order.AppliedAt, order.ReviewedAt = data.ReviewApproved, "2022-06-15 09:00:00", "2022-06-16 09:00:00"
		if err := tx.SaveOrder(order); err != nil {
			return err
		}
		number, err := tx.AddBatch(order.ID, "", order.Total(), order.ReviewedAt)
		if err != nil {
			return err
		}
		batch, err = tx.BatchByNumber(number)
		return err
	})
	return batch
}

// Charge recharges trainees from a batch with an amount each, at Now, and gives the entries' keys.
func Charge(t testing.TB, store *sqlite.Store, batch int64, amount data.Money, trainees ...int64) []int64 {
	t.Helper()
	var entries []int64
	Write(t, store, func(tx *sqlite.Tx) error {
		made++
		run := fmt.Sprintf("run-%d", made)
		from, err := tx.Batch(batch)
		if err != nil {
			return err
		}
		total := amount * data.Money(len(trainees))
		if err := tx.AddRun(sqlite.LedgerRun{ID: run, Kind: data.RunRecharge, BatchID: batch, Count: len(trainees), Total: total, Left: max(0, from.Left()-total), Request: "request", User: "赵晓岚", At: data.MomentOf(Now)}); err != nil {
			return err
		}
		var lines []sqlite.LedgerEntry
		for _, trainee := range trainees {
			lines = append(lines, sqlite.LedgerEntry{RunID: run, BatchID: batch, TraineeID: trainee, Amount: amount, User: "赵晓岚", At: data.MomentOf(Now)})
		}
		entries, err = tx.AppendEntries(lines, nil)
		return err
	})
	return entries
}

// Raw opens a database file as a stranger would: past the program, but under the schema's own constraints.
func Raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	return raw(t, path, "_pragma=foreign_keys(1)")
}

// Vandal opens a database file with every trigger dropped and neither checks nor foreign keys kept, to plant nonsense in it.
func Vandal(t testing.TB, path string) *sql.DB {
	t.Helper()
	handle := raw(t, path, "_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)")
	rows, err := handle.Query("SELECT name FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		Exec(t, handle, "DROP TRIGGER "+name)
	}
	return handle
}

// Unguarded drops triggers, runs statements, and makes the triggers again as they were.
func Unguarded(t testing.TB, handle *sql.DB, triggers []string, statements ...string) {
	t.Helper()
	var kept []string
	for _, name := range triggers {
		var text string
		if err := handle.QueryRow("SELECT sql FROM sqlite_master WHERE name = ?", name).Scan(&text); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, text)
		Exec(t, handle, "DROP TRIGGER "+name)
	}
	for _, statement := range slices.Concat(statements, kept) {
		Exec(t, handle, statement)
	}
}

func raw(t testing.TB, path, options string) *sql.DB {
	t.Helper()
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a Windows drive
	}
	location := url.URL{Scheme: "file", Path: slashed, RawQuery: options + "&_pragma=busy_timeout(15000)"}
	handle, err := sql.Open("sqlite", location.String())
	if err != nil {
		t.Fatal(err)
	}
	handle.SetMaxOpenConns(1)
	t.Cleanup(func() { handle.Close() })
	return handle
}

// Exec runs a statement and fails the test where it fails or touches no row, DDL apart.
func Exec(t testing.TB, handle *sql.DB, statement string, arguments ...any) {
	t.Helper()
	result, err := handle.Exec(statement, arguments...)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if word, _, _ := strings.Cut(statement, " "); word == "UPDATE" || word == "DELETE" || word == "INSERT" {
		if count, err := result.RowsAffected(); err != nil || count == 0 {
			t.Fatalf("%s: %d rows, %v", statement, count, err)
		}
	}
}

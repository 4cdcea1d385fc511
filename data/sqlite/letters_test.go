package sqlite_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// addLetter stores a letter on orders.
func addLetter(t *testing.T, store *sqlite.Store, number string, orders ...int64) int64 {
	t.Helper()
	var id int64
	datatest.Write(t, store, func(tx *sqlite.Tx) (err error) {
		id, err = tx.AddLetter(data.ConfirmationLetter{Number: number, OrderIDs: orders, SHA256: strings.Repeat("0", 64), CreatedAt: "2022-06-17 13:02:11", Content: data.LetterContent{Number: number}}, "zhaoxl")
		return err
	})
	return id
}

func liveLetter(t *testing.T, store *sqlite.Store, order int64) string {
	t.Helper()
	return datatest.Read(t, store, func(tx *sqlite.Tx) (string, error) {
		letter, err := tx.LiveLetter(order)
		if errors.Is(err, data.ErrNotFound) {
			err = nil
		}
		return letter.Number, err
	})
}

// TestOneLetterForSeveralOrders: an order has one letter that holds, alone or with others, and voiding it frees them all.
func TestOneLetterForSeveralOrders(t *testing.T) {
	store := datatest.Store(t)
	first, second, third := datatest.AddOrder(t, store).ID, datatest.AddOrder(t, store).ID, datatest.AddOrder(t, store).ID
	addLetter(t, store, "QR-1", first)
	joint := addLetter(t, store, "QR-2", first, second)
	if got := []string{liveLetter(t, store, first), liveLetter(t, store, second), liveLetter(t, store, third)}; !slices.Equal(got, []string{"QR-2", "QR-2", ""}) {
		t.Errorf("the joint letter stands for %v", got)
	}
	letter := datatest.Read(t, store, func(tx *sqlite.Tx) (data.ConfirmationLetter, error) { return tx.Letter(joint) })
	if !slices.Equal(letter.OrderIDs, []int64{first, second}) || letter.State != data.LetterMade {
		t.Errorf("the joint letter is %+v", letter)
	}
	addLetter(t, store, "QR-3", second, third)
	if got := []string{liveLetter(t, store, first), liveLetter(t, store, second), liveLetter(t, store, third)}; !slices.Equal(got, []string{"", "QR-3", "QR-3"}) {
		t.Errorf("after the third letter %v hold", got)
	}
	states := []data.LetterState{}
	for _, letter := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.ConfirmationLetter, error) { return tx.Letters() }) {
		states = append(states, letter.State)
	}
	if !slices.Equal(states, []data.LetterState{data.LetterMade, data.LetterVoid, data.LetterVoid}) {
		t.Errorf("the register says %v", states)
	}
	for _, found := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]sqlite.Invariant, error) { return tx.Check(nil) }) {
		if !found.OK {
			t.Errorf("%s: %s", found.Name, found.Detail)
		}
	}
}

func TestLettersAreNeverTakenBack(t *testing.T) {
	store := datatest.Store(t)
	order := datatest.AddOrder(t, store).ID
	addLetter(t, store, "QR-1", order)
	addLetter(t, store, "QR-2", order)
	raw := datatest.Raw(t, store.Path())
	for name, statement := range map[string]string{
		"revive":     "UPDATE letter SET state = '已打印' WHERE number = 'QR-1'",
		"delete":     "DELETE FROM letter",
		"invent":     "UPDATE letter SET state = '已丢失'",
		"rewrite":    "UPDATE letter_step SET on_day = '2022-01-01'",
		"forget":     "DELETE FROM letter_step",
		"two live":   "UPDATE letter_order SET live = 1",
		"same again": "INSERT INTO letter (number, order_id, state, sha256, sealed_content, created_at) SELECT number, order_id, state, sha256, sealed_content, created_at FROM letter",
	} {
		if _, err := raw.Exec(statement); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

// Letters of a database of version 2 keep their numbers and states, and cover the order that they were made for.
func TestLettersOfVersionTwoOpen(t *testing.T) {
	folder := t.TempDir()
	raw := versionTwo(t, folder)
	for _, statement := range []string{
		"INSERT INTO organization VALUES (1, NULL, '本院', '本院', 0, 0, NULL)",
		"INSERT INTO plan VALUES (1, '20220301161802103', '2022年计划', '', '', 3000, 2022, '2022-03-02 00:00:00', '2022-12-31 23:59:59', 0, 0)",
		`INSERT INTO payment_order VALUES (7, 'JF-2022-0001', 1, 1, '先缴费后开票', '', NULL, '', '', '', '', '', '审核通过', '', '', '', '', '2022-06-01 00:00:00', '2022-06-02 00:00:00', 1)`,
		"INSERT INTO letter VALUES (1, 'QR-2022-0001', 7, '已作废', printf('%064d', 1), x'00', '2022-06-03 00:00:00')",
		"INSERT INTO letter VALUES (2, 'QR-2022-0002', 7, '已生成', printf('%064d', 2), x'00', '2022-06-04 00:00:00')",
	} {
		datatest.Exec(t, raw, statement)
	}
	must(t, raw.Close())
	store, err := sqlite.Open(ctx, folder, datatest.Now)
	must(t, err)
	must(t, store.Close())
	var kept string
	must(t, datatest.Raw(t, store.Path()).QueryRow(`SELECT group_concat(l.id || l.number || l.state || l.created_at || c.order_id || c.live, '; ')
		FROM letter l JOIN letter_order c ON c.letter_id = l.id`).Scan(&kept))
	if kept != "1QR-2022-0001已作废2022-06-03 00:00:0070; 2QR-2022-0002已生成2022-06-04 00:00:0071" {
		t.Errorf("kept %s", kept)
	}
	must(t, datatest.Raw(t, store.Path()).QueryRow("SELECT group_concat(letter_id || state || on_day, '; ') FROM letter_step").Scan(&kept))
	if kept != "1已生成2022-06-03; 2已生成2022-06-04; 1已作废2022-06-03" {
		t.Errorf("history %s", kept)
	}
}

package sqlite_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// A database of version 2 with orders, vouchers and invoices opens, and everything in it is as it was.
func TestOrdersOfVersion2Open(t *testing.T) {
	folder := t.TempDir()
	later := sqlite.OldMigrations(t, 2)
	old := open(t, folder)
	opened, err := vault.New(vault.NewKey())
	must(t, err)
	old.Unlock(opened)
	var draft, submitted data.Order
	datatest.Write(t, old, func(tx *sqlite.Tx) (err error) {
		_, err = tx.AddOrganization(data.Organization{Name: "北京市第九实验医院"})
		must(t, err)
		_, err = tx.SavePlan(data.Plan{Number: "20220301161802103", Name: "2022年计划", Year: 2022, StartsAt: "2022-03-02 00:00:00", EndsAt: "2022-12-31 23:59:59"})
		must(t, err)
		draft, err = tx.AddOrder(datatest.Order())
		must(t, err)
		submitted, err = tx.AddOrder(datatest.Order())
		return err
	})
	raw := datatest.Raw(t, old.Path())
	const picture = "the very bytes"
	sum := sha256.Sum256([]byte(picture))
	for id, order := range map[int64]data.Order{1: draft, 2: submitted} {
		datatest.Exec(t, raw, "INSERT INTO voucher VALUES (?, ?, '回单.png', 'image/png', 900, 640, ?, ?, 3, '2022-06-17 13:02:11')", id, order.ID, len(picture), hex.EncodeToString(sum[:]))
		datatest.Exec(t, raw, "INSERT INTO voucher_content VALUES (?, ?)", id, opened.Seal([]byte(picture), "voucher/"+string(rune('0'+id))+"/content"))
	}
	datatest.Exec(t, raw, "UPDATE payment_order SET review = '待审核', applied_at = '2022-06-17 13:02:11' WHERE id = ?", submitted.ID)
	datatest.Exec(t, raw, "INSERT INTO invoice_issue (order_id, number, issued_on, amount) VALUES (?, '44', '2022-06-17', ?)", submitted.ID, int64(submitted.Total()))
	must(t, raw.Close())
	must(t, old.Close())

	later()
	store := open(t, folder)
	store.Unlock(opened)
	again := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(submitted.ID) })
	if again.PayerAccount != submitted.PayerAccount || again.Invoice.Number != "44" || again.Invoice.State != data.InvoiceIssued || again.Review != data.ReviewSubmitted {
		t.Errorf("opened: %+v", again)
	}
	want := data.Voucher{ID: 2, Name: "回单.png", Type: "image/png", Width: 900, Height: 640, Size: int64(len(picture)), SHA256: hex.EncodeToString(sum[:]), Turned: 3, AddedAt: "2022-06-17 13:02:11"}
	if len(again.Vouchers) != 1 || again.Vouchers[0] != want {
		t.Errorf("vouchers: %+v", again.Vouchers)
	}
	if content := datatest.Read(t, store, func(tx *sqlite.Tx) ([]byte, error) { return tx.VoucherContent(2) }); string(content) != picture {
		t.Errorf("the picture is %q", content)
	}
	// What was handed over before this version is kept, what was not is deleted for good when it is taken out.
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		must(t, tx.RemoveVoucher(submitted.ID, 2, "2022-06-18 09:00:00"))
		must(t, tx.RemoveVoucher(draft.ID, 1, "2022-06-18 09:00:00"))
		must(t, tx.KeepVouchers(draft.ID))
		return tx.KeepVouchers(submitted.ID)
	})
	kept := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Voucher, error) { return tx.Voucher(2) })
	if err := store.Read(ctx, func(tx *sqlite.Tx) error { _, err := tx.Voucher(1); return err }); kept != want || err == nil {
		t.Errorf("kept %+v; the draft's: %v", kept, err)
	}
	for _, invariant := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]sqlite.Invariant, error) { return tx.Check(nil) }) {
		if !invariant.OK {
			t.Errorf("数据体检: %s: %s", invariant.Name, invariant.Detail)
		}
	}
}

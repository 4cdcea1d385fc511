package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"peixun/data"
)

// AddVoucher stores a picture or PDF receipt of an order, the content encrypted, and gives the voucher as stored.
// The same file twice in one order is refused; one that was taken out before comes back as it was.
func (t *Tx) AddVoucher(orderID int64, v data.Voucher, content []byte) (data.Voucher, error) {
	sum := sha256.Sum256(content)
	v.Size, v.SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
	if again, err := t.voucherAgain(orderID, v.SHA256); !errors.Is(err, data.ErrNotFound) {
		return again, err
	}
	id, err := t.Next("voucher")
	if err != nil {
		return v, err
	}
	v.ID = id
	receipt, serial, err := t.sealReceipt(v)
	if err != nil {
		return v, err
	}
	_, err = t.exec(`INSERT INTO voucher (id, order_id, name, type, width, height, size, sha256, turned, pages, page, blurred, sealed_receipt, serial_index, added_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, orderID, v.Name, v.Type, v.Width, v.Height, v.Size, v.SHA256, v.Turned, v.Pages, v.Page, v.Blurred, receipt, serial, string(v.AddedAt))
	if isConstraint(err, "voucher.order_id") {
		return v, data.Refuse("voucher-twice", "voucher", "这张图片已经在这个订单里。", "不用再上传。").Because(err)
	}
	if err != nil {
		return v, err
	}
	sealed, err := t.seal(string(content), "voucher", id, "content")
	if err != nil {
		return v, err
	}
	_, err = t.exec("INSERT INTO voucher_content (voucher_id, sealed_content) VALUES (?, ?)", id, sealed)
	return v, err
}

// voucherAgain brings a file back that was taken out of the order before, or fails with data.ErrNotFound.
func (t *Tx) voucherAgain(orderID int64, sha string) (data.Voucher, error) {
	var id int64
	err := t.one("SELECT id FROM voucher WHERE order_id = ? AND sha256 = ? AND removed_at IS NOT NULL", []any{orderID, sha}, &id)
	if err != nil {
		return data.Voucher{}, err
	}
	if err := t.RestoreVoucher(orderID, id); err != nil {
		return data.Voucher{}, err
	}
	return t.Voucher(id)
}

// sealReceipt gives what a PDF receipt says as its columns keep it, NULL where it says nothing.
func (t *Tx) sealReceipt(v data.Voucher) (receipt, serial any, err error) {
	if v.Receipt == (data.Receipt{}) {
		return nil, nil, nil
	}
	text, err := json.Marshal(v.Receipt)
	if err != nil {
		return nil, nil, err
	}
	if receipt, err = t.seal(string(text), "voucher", v.ID, "receipt"); err != nil {
		return nil, nil, err
	}
	serial, err = t.index("receipt", v.Receipt.Serial)
	return receipt, serial, err
}

const voucherColumns = "SELECT id, name, type, width, height, size, sha256, turned, pages, page, blurred, sealed_receipt, added_at FROM voucher"

func (t *Tx) vouchersWhere(condition string, arguments ...any) ([]data.Voucher, error) {
	var found []data.Voucher
	err := t.each(voucherColumns+condition, arguments, func(scan func(...any) error) error {
		var v data.Voucher
		var receipt []byte
		if err := scan(&v.ID, &v.Name, &v.Type, &v.Width, &v.Height, &v.Size, &v.SHA256, &v.Turned, &v.Pages, &v.Page, &v.Blurred, &receipt, &v.AddedAt); err != nil {
			return err
		}
		text, err := t.open(receipt, "voucher", v.ID, "receipt")
		if err != nil {
			return err
		}
		if text != "" {
			if err := json.Unmarshal([]byte(text), &v.Receipt); err != nil {
				return fmt.Errorf("%w: voucher %d: %w", data.ErrDamaged, v.ID, err)
			}
		}
		found = append(found, v)
		return nil
	})
	return found, err
}

func (t *Tx) vouchers(orderID int64) ([]data.Voucher, error) {
	return t.vouchersWhere(" WHERE order_id = ? AND removed_at IS NULL ORDER BY id", orderID)
}

// Voucher reads one voucher, one that was taken out too, or fails with data.ErrNotFound.
func (t *Tx) Voucher(id int64) (data.Voucher, error) {
	found, err := t.vouchersWhere(" WHERE id = ?", id)
	if err == nil {
		err = notFound(len(found))
	}
	if err != nil {
		return data.Voucher{}, err
	}
	return found[0], nil
}

// VoucherContent decrypts a voucher's original bytes.
func (t *Tx) VoucherContent(id int64) ([]byte, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_content FROM voucher_content WHERE voucher_id = ?", []any{id}, &sealed); err != nil {
		return nil, err
	}
	content, err := t.open(sealed, "voucher", id, "content")
	return []byte(content), err
}

// TurnVoucher stores how many quarter turns clockwise a picture is shown with, 0–3.
func (t *Tx) TurnVoucher(id int64, turned int) error {
	return t.change("UPDATE voucher SET turned = ? WHERE id = ?", turned, id)
}

// ShowVoucherPage stores another page of a PDF receipt as its picture: v's page, size in pixels, sharpness and receipt.
func (t *Tx) ShowVoucherPage(orderID int64, v data.Voucher) error {
	receipt, serial, err := t.sealReceipt(v)
	if err != nil {
		return err
	}
	return t.change("UPDATE voucher SET page = ?, width = ?, height = ?, blurred = ?, sealed_receipt = ?, serial_index = ?, sealed_likeness = NULL WHERE id = ? AND order_id = ?",
		v.Page, v.Width, v.Height, v.Blurred, receipt, serial, v.ID, orderID)
}

// RemoveVoucher takes a picture out of an order that is still a draft. Its content stays until the order is handed over.
func (t *Tx) RemoveVoucher(orderID, id int64, at data.Moment) error {
	return t.change("UPDATE voucher SET removed_at = ? WHERE id = ? AND order_id = ? AND removed_at IS NULL", string(at), id, orderID)
}

// RestoreVoucher brings a picture back that RemoveVoucher took out.
func (t *Tx) RestoreVoucher(orderID, id int64) error {
	err := t.change("UPDATE voucher SET removed_at = NULL WHERE id = ? AND order_id = ? AND removed_at IS NOT NULL", id, orderID)
	if isConstraint(err, "voucher.order_id") {
		return data.Refuse("voucher-twice", "voucher", "这张图片已经在这个订单里。", "不用再恢复。").Because(err)
	}
	return err
}

// KeepVouchers marks an order's pictures as handed over and deletes for good those that were taken out and were never handed over.
func (t *Tx) KeepVouchers(orderID int64) error {
	if _, err := t.exec("DELETE FROM voucher WHERE order_id = ? AND removed_at IS NOT NULL AND submitted = 0", orderID); err != nil {
		return err
	}
	_, err := t.exec("UPDATE voucher SET submitted = 1 WHERE order_id = ? AND removed_at IS NULL", orderID)
	return err
}

// elsewhere finds pictures that stand in orders which are not void.
const elsewhere = " FROM voucher v JOIN payment_order o ON o.id = v.order_id WHERE v.removed_at IS NULL AND o.review <> '作废' AND o.id <> ?"

// OrdersWithVoucher lists the numbers of other orders that hold the same file.
func (t *Tx) OrdersWithVoucher(sha string, exceptOrderID int64) ([]string, error) {
	return t.texts("SELECT DISTINCT o.number"+elsewhere+" AND v.sha256 = ? ORDER BY o.id", exceptOrderID, sha)
}

// OrdersWithReceipt lists the numbers of other orders that hold a receipt with the same serial number.
func (t *Tx) OrdersWithReceipt(serial string, exceptOrderID int64) ([]string, error) {
	index, err := t.index("receipt", serial)
	if err != nil || index == nil {
		return nil, err
	}
	return t.texts("SELECT DISTINCT o.number"+elsewhere+" AND v.serial_index = ? ORDER BY o.id", exceptOrderID, index)
}

// OrdersAlike lists the numbers of other orders that hold a picture of the same receipt, though another file.
func (t *Tx) OrdersAlike(voucherID, exceptOrderID int64) ([]string, error) {
	return t.texts(`SELECT DISTINCT o.number`+elsewhere+` AND v.id IN (SELECT other_id FROM voucher_alike WHERE voucher_id = ? UNION ALL SELECT voucher_id FROM voucher_alike WHERE other_id = ?)
		ORDER BY o.id`, exceptOrderID, voucherID, voucherID)
}

// texts reads a query's single column of texts.
func (t *Tx) texts(query string, arguments ...any) ([]string, error) {
	var found []string
	err := t.each(query, arguments, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		found = append(found, text)
		return err
	})
	return found, err
}

// SetLikeness stores by what a voucher's picture is found again, and which others show the same receipt.
func (t *Tx) SetLikeness(id int64, likeness []byte, alike []int64) error {
	sealed, err := t.seal(string(likeness), "voucher", id, "likeness")
	if err != nil {
		return err
	}
	if err := t.change("UPDATE voucher SET sealed_likeness = ? WHERE id = ?", sealed, id); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM voucher_alike WHERE voucher_id = ? OR other_id = ?", id, id); err != nil {
		return err
	}
	for _, other := range alike {
		if _, err := t.exec("INSERT INTO voucher_alike (voucher_id, other_id) VALUES (?, ?)", min(id, other), max(id, other)); err != nil {
			return err
		}
	}
	return nil
}

// EachLikeness calls tell for every picture of other orders; likeness is empty where it was not computed yet.
func (t *Tx) EachLikeness(exceptOrderID int64, tell func(id int64, likeness []byte) error) error {
	return t.each("SELECT v.id, v.sealed_likeness"+elsewhere+" ORDER BY v.id", []any{exceptOrderID}, func(scan func(...any) error) error {
		var id int64
		var sealed []byte
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		likeness, err := t.open(sealed, "voucher", id, "likeness")
		if err != nil {
			return err
		}
		return tell(id, []byte(likeness))
	})
}

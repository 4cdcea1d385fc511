package sqlite

import (
	"crypto/sha256"
	"encoding/hex"

	"peixun/data"
)

// AddVoucher stores a picture of an order, the content encrypted, and gives the voucher as stored.
// The same picture twice in one order is refused.
func (t *Tx) AddVoucher(orderID int64, v data.Voucher, content []byte) (data.Voucher, error) {
	id, err := t.Next("voucher")
	if err != nil {
		return v, err
	}
	sum := sha256.Sum256(content)
	v.ID, v.Size, v.SHA256 = id, int64(len(content)), hex.EncodeToString(sum[:])
	_, err = t.exec("INSERT INTO voucher (id, order_id, name, type, width, height, size, sha256, turned, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, orderID, v.Name, v.Type, v.Width, v.Height, v.Size, v.SHA256, v.Turned, string(v.AddedAt))
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

func (t *Tx) vouchers(orderID int64) ([]data.Voucher, error) {
	var found []data.Voucher
	err := t.each("SELECT id, name, type, width, height, size, sha256, turned, added_at FROM voucher WHERE order_id = ? ORDER BY id", []any{orderID},
		func(scan func(...any) error) error {
			var v data.Voucher
			err := scan(&v.ID, &v.Name, &v.Type, &v.Width, &v.Height, &v.Size, &v.SHA256, &v.Turned, &v.AddedAt)
			found = append(found, v)
			return err
		})
	return found, err
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

// RemoveVoucher takes a picture out of an order that is still a draft.
func (t *Tx) RemoveVoucher(orderID, id int64) error {
	return t.change("DELETE FROM voucher WHERE id = ? AND order_id = ?", id, orderID)
}

// OrdersWithVoucher lists the numbers of other orders that hold the same picture.
func (t *Tx) OrdersWithVoucher(sha string, exceptOrderID int64) ([]string, error) {
	var found []string
	err := t.each("SELECT o.number FROM voucher v JOIN payment_order o ON o.id = v.order_id WHERE v.sha256 = ? AND o.id <> ? AND o.review <> '作废' ORDER BY o.id",
		[]any{sha, exceptOrderID}, func(scan func(...any) error) error {
			var number string
			err := scan(&number)
			found = append(found, number)
			return err
		})
	return found, err
}

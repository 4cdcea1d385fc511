package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"peixun/data"
)

// AddInvoiceFile stores an invoice's own file, the content encrypted, and gives it as stored. The same file twice with one invoice is
// refused; one that was taken out before comes back.
func (t *Tx) AddInvoiceFile(invoiceID int64, f data.InvoiceFile, content []byte) (data.InvoiceFile, error) {
	sum := sha256.Sum256(content)
	f.Size, f.SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
	id, err := t.Next("invoice_file")
	if err != nil {
		return f, err
	}
	f.ID = id
	text, err := json.Marshal(f.Facts)
	if err != nil {
		return f, err
	}
	facts, err := t.seal(string(text), "invoice_file", id, "facts")
	if err != nil {
		return f, err
	}
	_, err = t.exec("INSERT INTO invoice_file (id, issue_id, name, type, size, sha256, sealed_facts, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, invoiceID, f.Name, f.Type, f.Size, f.SHA256, facts, string(f.AddedAt))
	if isConstraint(err, "invoice_file.issue_id") {
		return f, data.Refuse("invoice-file-twice", "file", "这个文件已经附在这张发票上。", "不用再添加。").Because(err)
	}
	if err != nil {
		return f, err
	}
	sealed, err := t.seal(string(content), "invoice_file", id, "content")
	if err != nil {
		return f, err
	}
	_, err = t.exec("INSERT INTO invoice_file_content (file_id, sealed_content) VALUES (?, ?)", id, sealed)
	return f, err
}

const invoiceFileColumns = "SELECT f.id, f.name, f.type, f.size, f.sha256, f.sealed_facts, f.added_at FROM invoice_file f"

func (t *Tx) invoiceFiles(invoiceID int64) ([]data.InvoiceFile, error) {
	var found []data.InvoiceFile
	err := t.each(invoiceFileColumns+" WHERE f.issue_id = ? AND f.removed_at IS NULL ORDER BY f.id", []any{invoiceID}, func(scan func(...any) error) error {
		file, err := t.scanInvoiceFile(scan)
		found = append(found, file)
		return err
	})
	return found, err
}

func (t *Tx) scanInvoiceFile(scan func(...any) error) (data.InvoiceFile, error) {
	var f data.InvoiceFile
	var facts []byte
	if err := scan(&f.ID, &f.Name, &f.Type, &f.Size, &f.SHA256, &facts, &f.AddedAt); err != nil {
		return f, err
	}
	text, err := t.open(facts, "invoice_file", f.ID, "facts")
	if err != nil || text == "" {
		return f, err
	}
	if err := json.Unmarshal([]byte(text), &f.Facts); err != nil {
		return f, fmt.Errorf("%w: invoice file %d: %w", data.ErrDamaged, f.ID, err)
	}
	return f, nil
}

// InvoiceFileContent decrypts a file's own bytes.
func (t *Tx) InvoiceFileContent(id int64) ([]byte, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_content FROM invoice_file_content WHERE file_id = ?", []any{id}, &sealed); err != nil {
		return nil, err
	}
	content, err := t.open(sealed, "invoice_file", id, "content")
	return []byte(content), err
}

const invoiceFileOf = " WHERE id = ? AND issue_id IN (SELECT id FROM invoice_issue WHERE order_id = ?)"

// RemoveInvoiceFile takes a file of one of an order's invoices out; its content stays until RestoreInvoiceFile can no longer be asked for.
func (t *Tx) RemoveInvoiceFile(orderID, id int64, at data.Moment) error {
	return t.change("UPDATE invoice_file SET removed_at = ?"+invoiceFileOf+" AND removed_at IS NULL", string(at), id, orderID)
}

// RestoreInvoiceFile brings a file back that RemoveInvoiceFile took out.
func (t *Tx) RestoreInvoiceFile(orderID, id int64) error {
	err := t.change("UPDATE invoice_file SET removed_at = NULL"+invoiceFileOf+" AND removed_at IS NOT NULL", id, orderID)
	if isConstraint(err, "invoice_file.issue_id") {
		return data.Refuse("invoice-file-twice", "file", "这个文件已经又附上了。", "不用再恢复。").Because(err)
	}
	return err
}

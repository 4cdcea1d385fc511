package app

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"path/filepath"

	"peixun/data"
	"peixun/data/picture"
	"peixun/data/sqlite"
)

// scanPages is the most pages that a letter which came back can have as a PDF.
const scanPages = 100

const typePDF = "application/pdf"

// AddLetterScan stores a picture or PDF of a letter that came back. It is judged by content, not by extension.
func (a *App) AddLetterScan(ctx context.Context, letterID int64, path string) (data.LetterScan, error) {
	scan, content, err := a.readScan(ctx, path)
	if err != nil {
		return scan, err
	}
	return a.addScan(ctx, letterID, scan, content)
}

// readScan reads a picture or PDF and judges it by its content. A name with a personal number is not kept.
func (a *App) readScan(ctx context.Context, path string) (scan data.LetterScan, content []byte, err error) {
	if a.session.Load() == nil {
		return scan, nil, locked()
	}
	scan.AddedAt = a.Now()
	scan.Name, scan.Type, content, err = a.readPaper(ctx, path, "回签件")
	return scan, content, err
}

// readPaper reads a picture or PDF and judges it by its content. A name with a personal number gives way to plain.
func (a *App) readPaper(ctx context.Context, path, plain string) (name, kind string, content []byte, err error) {
	name = filepath.Base(path)
	if content, err = readLimited(path, data.MaxVoucherSize); err != nil {
		return name, "", nil, err
	}
	if data.LooksLikeIDNumber(name) {
		name = plain + filepath.Ext(name)
	}
	kind, err = a.judgeScan(ctx, content)
	return name, kind, content, err
}

func (a *App) addScan(ctx context.Context, letterID int64, scan data.LetterScan, content []byte) (data.LetterScan, error) {
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		stored, err := tx.Letter(letterID)
		if err != nil {
			return err
		}
		if scan, err = tx.AddLetterScan(letterID, scan, content); err != nil {
			return err
		}
		return a.log(tx, user, "letter.scan", stored.Number, "添加回签扫描件")
	}, LettersChanged)
	return scan, err
}

// judgeScan tells a file's type; what cannot be shown again is refused.
func (a *App) judgeScan(ctx context.Context, content []byte) (string, error) {
	if !bytes.HasPrefix(content, []byte("%PDF-")) {
		info, err := picture.Inspect(content)
		if err != nil {
			return "", err
		}
		_, err = picture.Decode(content, 0, viewLimit) // a truncated picture passes Inspect
		return info.Type, err
	}
	if len(content) > data.MaxVoucherSize {
		return "", data.Refuse("voucher-large", "scan", "文件超过 20 MB。", "请用较低的清晰度重新扫描。")
	}
	document, err := a.pdf.OpenUpTo(ctx, content, scanPages)
	if err != nil {
		return "", err
	}
	document.Close()
	return typePDF, nil
}

// LetterScans lists the files of a letter that came back.
func (a *App) LetterScans(ctx context.Context, letterID int64) ([]data.LetterScan, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.LetterScan, error) { return tx.LetterScans(letterID) })
}

// LetterScanContent gives a file byte for byte as it was added.
func (a *App) LetterScanContent(ctx context.Context, id int64) ([]byte, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return nil, err
	}
	return query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.LetterScanContent(id) })
}

// LetterScanImage decodes a picture of a letter that came back; a PDF is refused, its pages are shown as a paper.
func (a *App) LetterScanImage(ctx context.Context, id int64) (image.Image, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return nil, err
	}
	content, err := a.LetterScanContent(ctx, id)
	if err != nil {
		return nil, err
	}
	return picture.Decode(content, 0, viewLimit)
}

// RemoveLetterScan takes a file away from a letter; RestoreLetterScan undoes that.
func (a *App) RemoveLetterScan(ctx context.Context, letterID, id int64) error {
	return a.changeScan(ctx, letterID, id, true)
}

// RestoreLetterScan undoes RemoveLetterScan.
func (a *App) RestoreLetterScan(ctx context.Context, letterID, id int64) error {
	return a.changeScan(ctx, letterID, id, false)
}

func (a *App) changeScan(ctx context.Context, letterID, id int64, removed bool) error {
	what := map[bool]string{true: "删除", false: "恢复"}[removed]
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		stored, err := tx.Letter(letterID)
		if err != nil {
			return err
		}
		if err := tx.RemoveLetterScan(letterID, id, removed); err != nil {
			return err
		}
		return a.log(tx, user, "letter.scan", stored.Number, fmt.Sprintf("%s回签扫描件", what))
	}, LettersChanged)
}

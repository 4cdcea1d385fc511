package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// MadeLetter is a confirmation letter and its PDF.
type MadeLetter struct {
	data.ConfirmationLetter
	PDF   []byte
	Pages int
}

// MakeLetter gives the 《确认书》 of an order that was submitted. An unchanged order gives the same letter, number and
// bytes again; after a change the old letter becomes void and a new number is given.
func (a *App) MakeLetter(ctx context.Context, orderID int64) (MadeLetter, error) {
	var made MadeLetter
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		content, err := a.letterContent(tx, orderID)
		if err != nil {
			return err
		}
		live, err := tx.LiveLetter(orderID)
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		if err == nil && sameLetter(live.Content, content) {
			made, err = printLetter(live)
			return err
		}
		made, err = a.newLetter(tx, user, orderID, content)
		return err
	}, LettersChanged, OrdersChanged)
	return made, err
}

func (a *App) newLetter(tx *sqlite.Tx, user string, orderID int64, content data.LetterContent) (MadeLetter, error) {
	order, err := tx.Order(orderID)
	if err != nil {
		return MadeLetter{}, err
	}
	if content.Number, err = tx.LetterNumber(order.PlanID); err != nil {
		return MadeLetter{}, err
	}
	content.Date = a.Today()
	if missing := letter.Missing(content); len(missing) > 0 {
		return MadeLetter{}, missing[0]
	}
	made, err := printLetter(data.ConfirmationLetter{Number: content.Number, OrderID: orderID, CreatedAt: a.Now(), State: data.LetterMade, Content: content})
	if err != nil {
		return made, err
	}
	if made.ID, err = tx.AddLetter(made.ConfirmationLetter); err != nil {
		return made, err
	}
	return made, a.log(tx, user, "letter.make", order.Number, "生成确认书 "+content.Number)
}

// sameLetter compares what two letters say, but for number and date.
func sameLetter(one, other data.LetterContent) bool {
	one.Number, one.Date, other.Number, other.Date = "", "", "", ""
	return letter.Hash(one) == letter.Hash(other)
}

func printLetter(l data.ConfirmationLetter) (MadeLetter, error) {
	var pdf bytes.Buffer
	pages, err := letter.Confirmation(&pdf, l.Content)
	if err != nil {
		return MadeLetter{}, fmt.Errorf("print letter: %w", err)
	}
	sum := sha256.Sum256(pdf.Bytes())
	l.SHA256 = hex.EncodeToString(sum[:])
	return MadeLetter{ConfirmationLetter: l, PDF: pdf.Bytes(), Pages: pages}, nil
}

// letterContent collects what an order's letter says.
func (a *App) letterContent(tx *sqlite.Tx, orderID int64) (data.LetterContent, error) {
	order, err := tx.Order(orderID)
	if err != nil {
		return data.LetterContent{}, err
	}
	if order.Review != data.ReviewSubmitted && order.Review != data.ReviewApproved {
		return data.LetterContent{}, data.Refuse("letter-state", "", fmt.Sprintf("订单 %s 现在是“%s”，还不能打印确认书。", order.Number, order.Review),
			"请先提交订单。").Because(data.ErrWrongState)
	}
	profile, err := tx.Profile()
	if err != nil {
		return data.LetterContent{}, err
	}
	plans, err := tx.Plans()
	if err != nil {
		return data.LetterContent{}, err
	}
	content := data.LetterContent{
		Unit: profile.Unit, USCC: profile.USCC, UnitAddress: profile.Address, Contact: profile.Name, Telephone: profile.Phone,
		PlanName: order.PlanName, PlanNumber: order.PlanNumber, Payee: order.Payee, PayerBank: order.PayerBank, PayerAccount: order.PayerAccount,
		InvoiceTitle: order.Invoice.Title, InvoiceType: order.Invoice.Type, TaxNumber: order.Invoice.TaxNumber, InvoiceNo: order.Invoice.Number,
		Mailing: data.DefaultMailingAddress,
		Orders:  []data.LetterOrder{{Number: order.Number, Mode: order.Mode, PaidAt: order.PaidAt, ReviewedAt: order.ReviewedAt, Lines: order.Lines}},
	}
	if content.Telephone == "" {
		content.Telephone = profile.Mobile
	}
	for _, plan := range plans {
		if plan.ID == order.PlanID {
			content.PlanYear = plan.Year
		}
	}
	content.Text = letter.DefaultText(content)
	return content, nil
}

// Letters lists all confirmation letters, the newest first.
func (a *App) Letters(ctx context.Context) ([]data.ConfirmationLetter, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.ConfirmationLetter, error) { return tx.Letters() })
}

// WriteLabel writes the mailing label for the letter.
func (a *App) WriteLabel(ctx context.Context, w io.Writer) error {
	profile, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	return letter.Label(w, data.DefaultMailingAddress, profile)
}

// WriteRecoverySheet writes the recovery key as a page to be printed and locked away.
func (a *App) WriteRecoverySheet(ctx context.Context, w io.Writer, recoveryKey string) error {
	profile, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	administrator, _ := a.Session()
	return letter.RecoverySheet(w, profile.Unit, administrator.User, recoveryKey, a.Today())
}

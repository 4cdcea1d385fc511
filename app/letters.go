package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// MadeLetter is a confirmation letter and its PDF.
type MadeLetter struct {
	data.ConfirmationLetter
	Written
	PDF []byte
}

// MakeLetter gives the 《确认书》 that covers an order which was submitted: the one that there is, as it was asked for, or a new one
// on this order alone. While nothing has changed it is the same letter, number and bytes again; after a change the old
// letter becomes void and a new number is given.
func (a *App) MakeLetter(ctx context.Context, orderID int64) (MadeLetter, error) {
	return a.makeLetter(ctx, func(tx *sqlite.Tx, _ string) (data.LetterContent, []int64, error) { return a.sameAgain(tx, orderID) })
}

// sameAgain collects what an order's letter would say today: the people are those of the letter that there is.
func (a *App) sameAgain(tx *sqlite.Tx, orderID int64) (data.LetterContent, []int64, error) {
	live, err := tx.LiveLetter(orderID)
	if errors.Is(err, data.ErrNotFound) {
		live.OrderIDs, err = []int64{orderID}, nil
	}
	if err != nil {
		return data.LetterContent{}, nil, err
	}
	content, err := a.letterContent(tx, live.OrderIDs)
	if live.ID == 0 && err == nil {
		content.Categories, _, err = paidPeople(tx, content, live.OrderIDs)
		return content, live.OrderIDs, err
	}
	// Who takes part changes every week; the people are those of the day on which the letter was made.
	content.Categories, content.Listed = live.Content.Categories, live.Content.Listed
	return content, live.OrderIDs, err
}

// ComposeLetter gives a 《确认书》 on one order or several of one plan, with a list of people where that is asked for.
// Whole identity numbers need a reason, which is a line in 操作日志. Letters that covered one of the orders become void.
func (a *App) ComposeLetter(ctx context.Context, request data.LetterRequest) (MadeLetter, error) {
	return a.makeLetter(ctx, func(tx *sqlite.Tx, user string) (data.LetterContent, []int64, error) {
		return a.composed(tx, user, request)
	})
}

// composed collects what a letter says that is asked for. A reason for whole numbers is logged.
func (a *App) composed(tx *sqlite.Tx, user string, request data.LetterRequest) (data.LetterContent, []int64, error) {
	reason := ""
	if request.List == data.ListWhole {
		var err error
		if reason, err = judgeReason(request.Reason, "请写明为什么要打印完整证件号，例如“平台要求附名单”。"); err != nil {
			return data.LetterContent{}, nil, err
		}
	}
	orders := slices.Compact(slices.Sorted(slices.Values(request.OrderIDs)))
	content, err := a.letterContent(tx, orders)
	if err != nil {
		return content, nil, err
	}
	categories, people, err := paidPeople(tx, content, orders)
	if err != nil {
		return content, nil, err
	}
	content.Categories = categories
	if request.List != data.ListNone {
		content.Listed = listPeople(people, request.List)
	}
	if request.List == data.ListWhole {
		err = a.log(tx, user, "letter.whole-numbers", content.Orders[0].Number, fmt.Sprintf("确认书列出 %d 人的完整证件号：%s", len(people), reason))
	}
	return content, orders, err
}

// makeLetter gives the letter that says what compose collects: the one that there is where it says the same, else a new one.
func (a *App) makeLetter(ctx context.Context, compose func(tx *sqlite.Tx, user string) (data.LetterContent, []int64, error)) (MadeLetter, error) {
	var made MadeLetter
	err := a.write(ctx, func(tx *sqlite.Tx, user string) (err error) {
		made, err = a.makeLetterIn(tx, user, func() (data.LetterContent, []int64, error) { return compose(tx, user) })
		return err
	}, LettersChanged, OrdersChanged)
	return made, err
}

func (a *App) makeLetterIn(tx *sqlite.Tx, user string, compose func() (data.LetterContent, []int64, error)) (MadeLetter, error) {
	content, orders, err := compose()
	if err != nil {
		return MadeLetter{}, err
	}
	live, err := tx.LiveLetter(orders[0])
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return MadeLetter{}, err
	}
	if err == nil && slices.Equal(live.OrderIDs, orders) && stillHolds(live, content) {
		return printLetter(live)
	}
	return a.newLetter(tx, user, orders, content)
}

func (a *App) newLetter(tx *sqlite.Tx, user string, orders []int64, content data.LetterContent) (MadeLetter, error) {
	first, err := tx.Order(orders[0])
	if err != nil {
		return MadeLetter{}, err
	}
	if content.Number, err = tx.LetterNumber(first.PlanID); err != nil {
		return MadeLetter{}, err
	}
	content.Date = a.Today()
	made, err := printLetter(data.ConfirmationLetter{Number: content.Number, OrderIDs: orders, CreatedAt: a.Now(), State: data.LetterMade, Content: content})
	if err != nil {
		return made, err
	}
	if made.ID, err = tx.AddLetter(made.ConfirmationLetter, user); err != nil {
		return made, err
	}
	return made, a.log(tx, user, "letter.make", content.OrderNumbers(), "生成确认书 "+content.Number)
}

// stillHolds tells whether a letter stays as it is although its orders would now be confirmed in these words. A stamped
// sheet is replaced only where it is wrong, not for every new wording.
func stillHolds(live data.ConfirmationLetter, content data.LetterContent) bool {
	if live.State.OnPaper() && len(live.Content.Listed) == len(content.Listed) {
		return len(live.Content.Contradictions(content)) == 0
	}
	return sameLetter(live.Content, content)
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
	return MadeLetter{ConfirmationLetter: l, PDF: pdf.Bytes(), Written: Written{pages, letterWarnings(l.Content)}}, nil
}

// Letters lists all confirmation letters, the newest first.
func (a *App) Letters(ctx context.Context) ([]data.ConfirmationLetter, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.ConfirmationLetter, error) { return tx.Letters() })
}

// WriteLabels writes mailing labels for the letter in the size that is asked for; the zero request is half a sheet of A4.
func (a *App) WriteLabels(ctx context.Context, w io.Writer, request data.LabelRequest) (Written, error) {
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	to, err := query(a, ctx, letterAddress)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.MailingLabel(w, request, to, profile)
	return Written{pages, append(letter.MissingFrom(to), letter.MissingFrom(profile)...)}, err
}

// WriteRecoverySheet writes the recovery key as a page to be printed and locked away.
func (a *App) WriteRecoverySheet(ctx context.Context, w io.Writer, recoveryKey string) error {
	if err := a.need(ctx, data.RightManage); err != nil {
		return err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	administrator, _ := a.Session()
	return letter.RecoverySheet(w, profile.Unit, administrator.User, recoveryKey, a.Today())
}

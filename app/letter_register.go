package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// LetterIDs lists the keys of the letters that a query finds, in its order; the newest first where it names none.
func (a *App) LetterIDs(ctx context.Context, q data.LetterQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.LetterIDs(q) })
}

// LetterRows reads the letters of ids in that order, as the register lists them.
func (a *App) LetterRows(ctx context.Context, ids []int64) ([]data.LetterRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.LetterRow, error) { return tx.LetterRows(ids) })
}

// LetterCounts counts the letters that a query finds by their states.
func (a *App) LetterCounts(ctx context.Context, q data.LetterQuery) (map[data.LetterState]int, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (map[data.LetterState]int, error) { return tx.LetterCounts(q) })
}

// LetterHistory reads a letter's steps, the first one first.
func (a *App) LetterHistory(ctx context.Context, id int64) ([]data.LetterStep, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.LetterStep, error) { return tx.LetterSteps(id) })
}

// PrintLetter gives a letter as it was made, whatever became of its orders; nothing is stored.
func (a *App) PrintLetter(ctx context.Context, id int64) (MadeLetter, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return MadeLetter{}, err
	}
	stored, err := query(a, ctx, func(tx *sqlite.Tx) (data.ConfirmationLetter, error) { return tx.Letter(id) })
	if err != nil {
		return MadeLetter{}, err
	}
	return printLetter(stored)
}

// LetterContradictions names what the orders of a letter that holds say today otherwise than the letter does.
func (a *App) LetterContradictions(ctx context.Context, id int64) ([]string, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]string, error) {
		stored, err := tx.Letter(id)
		if err != nil || stored.State == data.LetterVoid {
			return nil, err
		}
		today, err := a.letterContent(tx, stored.OrderIDs)
		if _, refused := data.AsProblem(err); refused {
			return []string{"订单的审核状态"}, nil
		}
		return stored.Content.Contradictions(today), err
	})
}

// MoveLetters brings letters one step on, all or none: several that travel in one envelope share day, carrier and number.
func (a *App) MoveLetters(ctx context.Context, ids []int64, move data.LetterMove) error {
	move = move.Cleaned(a.Today())
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for _, id := range ids {
			stored, last, err := letterAndStep(tx, id)
			if err != nil {
				return err
			}
			if err := data.JudgeLetterMove(stored.Number, last, move, a.Today()); err != nil {
				return err
			}
			step := data.LetterStep{State: move.To, At: a.Now(), User: user, On: move.On, Carrier: move.Carrier, Tracking: move.Tracking}
			if err := a.stepLetter(tx, stored, step); err != nil {
				return err
			}
		}
		return nil
	}, LettersChanged)
}

func letterAndStep(tx *sqlite.Tx, id int64) (data.ConfirmationLetter, data.LetterStep, error) {
	stored, err := tx.Letter(id)
	if err != nil {
		return stored, data.LetterStep{}, err
	}
	steps, err := tx.LetterSteps(id)
	if err != nil || len(steps) == 0 {
		return stored, data.LetterStep{}, errors.Join(err, fmt.Errorf("letter %s has %d steps", stored.Number, len(steps)))
	}
	return stored, steps[len(steps)-1], nil
}

func (a *App) stepLetter(tx *sqlite.Tx, stored data.ConfirmationLetter, step data.LetterStep) error {
	if err := tx.StepLetter(stored.ID, step); err != nil {
		return err
	}
	detail := "登记为" + string(step.State)
	if step.Carrier != "" {
		detail += "，" + step.Carrier + " " + step.Tracking
	}
	if step.Back {
		detail = "退回到" + string(step.State) + "：" + step.Note
	}
	return a.log(tx, step.User, "letter.step", stored.Number, detail)
}

// letterUndone is the note of a step that was taken back at once.
const letterUndone = "撤销"

// UndoLetterMove takes the last step of letters back, all or none, where they still are in its state.
func (a *App) UndoLetterMove(ctx context.Context, ids []int64, state data.LetterState) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for _, id := range ids {
			if err := a.backLetter(tx, user, id, state, letterUndone); err != nil {
				return err
			}
		}
		return nil
	}, LettersChanged)
}

// BackLetter takes a letter one step back and keeps the reason in its history.
func (a *App) BackLetter(ctx context.Context, id int64, reason string) error {
	reason, err := judgeReason(reason, "请写明为什么退回，例如“章盖错了位置，重新打印”。")
	if err != nil {
		return err
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error { return a.backLetter(tx, user, id, "", reason) }, LettersChanged)
}

// backLetter goes back to the state before, as of the day on which it was reached; expected refuses any other present state.
func (a *App) backLetter(tx *sqlite.Tx, user string, id int64, expected data.LetterState, note string) error {
	stored, _, err := letterAndStep(tx, id)
	if err != nil {
		return err
	}
	previous, ok := stored.State.Previous()
	if !ok || expected != "" && stored.State != expected {
		return data.Refuse("letter-step", "", fmt.Sprintf("确认书 %s 现在是“%s”，不能退回。", stored.Number, stored.State), "请刷新后查看它的状态。").Because(data.ErrWrongState)
	}
	steps, err := tx.LetterSteps(id)
	if err != nil {
		return err
	}
	back := data.LetterStep{State: previous, At: a.Now(), User: user, On: stored.CreatedAt.Date(), Back: true, Note: note}
	for _, step := range steps {
		if step.State == previous {
			back.On, back.Carrier, back.Tracking = step.On, step.Carrier, step.Tracking
		}
	}
	return a.stepLetter(tx, stored, back)
}

// VoidLetter gives a letter up, which cannot be undone; its orders may get a new one.
func (a *App) VoidLetter(ctx context.Context, id int64, reason string) error {
	reason, err := judgeReason(reason, "请写明为什么作废，例如“打印有误”。")
	if err != nil {
		return err
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		stored, err := tx.Letter(id)
		if err != nil {
			return err
		}
		if stored.State == data.LetterVoid {
			return data.Refuse("letter-step", "", fmt.Sprintf("确认书 %s 已经作废。", stored.Number), "不用再作废。").Because(data.ErrWrongState)
		}
		return a.stepLetter(tx, stored, data.LetterStep{State: data.LetterVoid, At: a.Now(), User: user, On: a.Today(), Note: reason})
	}, LettersChanged, OrdersChanged)
}

// RenewLetter voids a letter that its orders contradict and makes the new one, with a list of people of the same kind.
// A list with whole numbers needs its reason again.
func (a *App) RenewLetter(ctx context.Context, id int64, reason string) (MadeLetter, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return MadeLetter{}, err
	}
	stored, err := query(a, ctx, func(tx *sqlite.Tx) (data.ConfirmationLetter, error) { return tx.Letter(id) })
	if err != nil {
		return MadeLetter{}, err
	}
	return a.ComposeLetter(ctx, data.LetterRequest{OrderIDs: stored.OrderIDs, List: stored.Content.ListKind(), Reason: reason})
}

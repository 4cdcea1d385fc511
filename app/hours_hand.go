package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// HoursEntry is a training as a person types it in: the form's values by column key, but for whose it is and for which plan.
type HoursEntry struct {
	PlanID     int64
	TraineeIDs []int64 // several people may have attended it; a record that is changed has one
	Cells      map[string]string
}

// Roll lists everybody by spelling, for picking people by hand.
func (a *App) Roll(ctx context.Context) ([]data.RollEntry, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.RollEntry, error) { return tx.Roll() })
}

// JudgeHours tells what is wrong with an entry, and what should be confirmed. It writes nothing. id is the record's that it changes, 0 for
// a new one.
func (a *App) JudgeHours(ctx context.Context, id int64, entry HoursEntry) ([]data.Problem, error) {
	rules := a.HoursRules(ctx)
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Problem, error) {
		judged, err := a.judgeHours(tx, id, entry, rules)
		return judged.problems, err
	})
}

// AddHours stores one training for each of the people, all or none, and gives the act, which UndoHoursChange takes back. The warnings
// are confirmed by this call. It fails with the first error that JudgeHours tells.
func (a *App) AddHours(ctx context.Context, entry HoursEntry) (data.HoursChange, error) {
	return a.changeHours(ctx, data.HoursAdd, func(h *handing) error {
		judged, err := a.judgeHours(h.tx, 0, entry, h.rules)
		if err != nil {
			return err
		}
		if wrong := errorsOf(judged.problems); len(wrong) > 0 {
			return wrong[0]
		}
		for _, record := range judged.records {
			record.CreatedAt = a.Now()
			if record.ID, err = h.tx.AddHours(record); err != nil {
				return err
			}
			if err := h.note(record.ID, nil, &record); err != nil {
				return err
			}
		}
		return nil
	})
}

// EditHours stores a changed record and gives the act, whose key is 0 where nothing was changed. It fails with the first error that
// JudgeHours tells.
func (a *App) EditHours(ctx context.Context, id int64, entry HoursEntry) (data.HoursChange, error) {
	return a.changeHours(ctx, data.HoursEdit, func(h *handing) error {
		stored, err := h.tx.Hours(id)
		if err != nil {
			return err
		}
		judged, err := a.judgeHours(h.tx, id, entry, h.rules)
		if err != nil {
			return err
		}
		if wrong := errorsOf(judged.problems); len(wrong) > 0 {
			return wrong[0]
		}
		changed := judged.records[0]
		changed.ID, changed.Extra, changed.CreatedAt = stored.ID, stored.Extra, stored.CreatedAt
		if data.SameHours(stored, changed) {
			return nil
		}
		if err := h.tx.SaveHours(changed); err != nil {
			return err
		}
		return h.note(id, &stored, &changed)
	})
}

// RemoveHours removes records, all or none, and gives the act, which UndoHoursChange takes back. It fails with data.ErrWrongState where
// the platform was told of one of them.
func (a *App) RemoveHours(ctx context.Context, ids []int64) (data.HoursChange, error) {
	return a.changeHours(ctx, data.HoursRemove, func(h *handing) error {
		for _, id := range ids {
			stored, err := h.tx.Hours(id)
			if err != nil {
				return err
			}
			sent, err := h.tx.HoursHandedOver(id)
			if err != nil {
				return err
			}
			if err := data.JudgeHoursRemoval(stored, sent); err != nil {
				return err
			}
			if err := h.note(id, &stored, nil); err != nil {
				return err
			}
			if err := h.tx.RemoveHours(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// handing is one act by hand on records of offline hours while it runs.
type handing struct {
	tx    *sqlite.Tx
	rules data.HoursRules
	act   data.HoursChange
}

// note writes down what the act does to a record that is stored now; the first one begins the act's record.
func (h *handing) note(id int64, before, after *data.OfflineHours) error {
	var err error
	if h.act.ID == 0 {
		if h.act.ID, err = h.tx.AddHoursChange(h.act.Action, h.act.User, h.act.At); err != nil {
			return err
		}
	}
	row := data.HoursChangeRow{HoursID: id, Before: before, After: after}
	if row.Revision, err = h.tx.Revision(data.HoursForm.Key, id); err != nil {
		return err
	}
	h.act.Records++
	return h.tx.AddHoursChangeRow(h.act.ID, row)
}

// hoursActs are the acts in the words of 操作日志.
var hoursActs = map[string]string{data.HoursAdd: "登记", data.HoursEdit: "修改", data.HoursRemove: "删除"}

func (a *App) changeHours(ctx context.Context, action string, work func(h *handing) error) (data.HoursChange, error) {
	rules := a.HoursRules(ctx)
	var act data.HoursChange
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		h := &handing{tx: tx, rules: rules, act: data.HoursChange{Action: action, At: a.Now(), User: user}}
		if err := work(h); err != nil {
			return err
		}
		act = h.act
		if act.ID == 0 {
			return nil
		}
		// A preview of an import that is open was judged against other records.
		if err := tx.TouchRoster(); err != nil {
			return err
		}
		return a.log(tx, user, "hours."+action, "线下学时", fmt.Sprintf("%s %d 条线下学时", hoursActs[action], act.Records))
	}, HoursChanged, TraineesChanged)
	if err != nil {
		return data.HoursChange{}, err
	}
	return act, nil
}

// UndoHoursChange takes back what AddHours, EditHours or RemoveHours did, all or nothing. It fails with data.ErrWrongState where a record
// was changed or handed over since.
func (a *App) UndoHoursChange(ctx context.Context, id int64) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		act, rows, err := tx.HoursChange(id)
		if err != nil {
			return err
		}
		if act.UndoneAt != "" {
			return data.Refuse("change-undone", "", fmt.Sprintf("这次改动已经在 %s 撤销过了。", act.UndoneAt), "不用再撤销一次。").Because(data.ErrWrongState)
		}
		for _, row := range rows {
			if err := undoHoursRow(tx, row); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.FinishHoursUndo(id, user, a.Now()), tx.TouchRoster()); err != nil {
			return err
		}
		return a.log(tx, user, "hours.undo", "线下学时", fmt.Sprintf("撤销 %s 的%s，%d 条线下学时", act.At, hoursActs[act.Action], len(rows)))
	}, HoursChanged, TraineesChanged)
}

func undoHoursRow(tx *sqlite.Tx, row data.HoursChangeRow) error {
	if row.After == nil {
		if _, err := tx.TraineeBrief(row.Before.TraineeID); err != nil {
			return data.Refuse("trainee-gone", "", "“"+row.Before.Title+"”的学员已经不在名单里。", "请先恢复学员，再恢复这条学时。").Because(err)
		}
		return tx.RestoreHours(*row.Before, row.Revision)
	}
	revision, err := tx.Revision(data.HoursForm.Key, row.HoursID)
	if err != nil || revision != row.Revision {
		return data.Refuse("changed-since", "", "“"+row.After.Title+"”之后又改过，没有撤销。", "请打开这条记录直接修改。").Because(errors.Join(data.ErrWrongState, err))
	}
	if row.Before != nil {
		if err := tx.SaveHours(*row.Before); err != nil {
			return err
		}
		return tx.SetRevision(data.HoursForm.Key, row.HoursID, row.Revision-1)
	}
	sent, err := tx.HoursHandedOver(row.HoursID)
	if err != nil {
		return err
	}
	if err := data.JudgeHoursRemoval(*row.After, sent); err != nil {
		return err
	}
	return tx.RemoveHours(row.HoursID)
}

// judgedHours is what an entry says, judged for each of its people.
type judgedHours struct {
	records  []data.OfflineHours
	problems []data.Problem
}

// ofPersonAndPlan are the form's columns that an entry does not type but choose.
var ofPersonAndPlan = []string{"name", "id_number", "plan"}

// judgeHours judges an entry by the very rules of an import's row. A problem of the person, rather than of the training, names the person
// where there are several.
func (a *App) judgeHours(tx *sqlite.Tx, id int64, entry HoursEntry, rules data.HoursRules) (judgedHours, error) {
	var judged judgedHours
	known := &data.Known{Rules: rules}
	if err := knowHoursPlan(tx, known, entry.PlanID); err != nil {
		if problem, explained := data.AsProblem(err); explained {
			judged.problems = append(judged.problems, problem)
			return judged, nil
		}
		return judged, err
	}
	if len(entry.TraineeIDs) == 0 {
		judged.problems = append(judged.problems, data.Refuse("trainee-missing", "name", "还没有选择学员。", "请选择参加培训的学员，可以选几个人。"))
		source, heading := typedRow(data.HoursForm, entry.Cells)
		_, problems := data.JudgeHours(source, heading, a.Today(), rules)
		for _, problem := range problems {
			if !slices.Contains(ofPersonAndPlan, problem.Where.Field) {
				judged.problems = append(judged.problems, problem)
			}
		}
	}
	met := map[string]bool{}
	for _, traineeID := range entry.TraineeIDs {
		row, name, err := a.judgeHoursOf(tx, id, traineeID, entry.Cells, known)
		if err != nil {
			return judged, err
		}
		judged.records = append(judged.records, *row.Hours)
		for _, problem := range row.Problems {
			if met[problem.Code+problem.What] || slices.Contains(ofPersonAndPlan, problem.Where.Field) && problem.Level != data.LevelError {
				continue
			}
			met[problem.Code+problem.What] = true
			if len(entry.TraineeIDs) > 1 && (problem.Code == "hours-overlap" || problem.Code == "hours-exists") {
				problem.What = name + "：" + problem.What
			}
			judged.problems = append(judged.problems, problem)
		}
	}
	return judged, nil
}

// judgeHoursOf judges an entry for one person, against that person's other records.
func (a *App) judgeHoursOf(tx *sqlite.Tx, id, traineeID int64, cells map[string]string, known *data.Known) (data.ImportRow, string, error) {
	trainee, err := tx.Trainee(traineeID)
	if err != nil {
		return data.ImportRow{}, "", err
	}
	known.People, known.Hours = data.NewPeople(1), data.NewHoursBook()
	known.People.Add(trainee)
	err = tx.EachHoursOf(traineeID, func(h data.OfflineHours) error {
		if h.ID != id {
			known.Hours.Add(h)
		}
		return nil
	})
	if err != nil {
		return data.ImportRow{}, "", err
	}
	whole := map[string]string{"name": trainee.Name, "id_number": trainee.IDNumber, "plan": known.Plan.Number}
	for key, value := range cells {
		whole[key] = value
	}
	source, heading := typedRow(data.HoursForm, whole)
	row := data.JudgeTypedHours(source, heading, known, a.Today())
	if row.Outcome == data.OutcomeUpdated || row.Outcome == data.OutcomeUnchanged {
		row.Problems = append(row.Problems, data.Refuse("hours-exists", "title", "这个人的这次培训已经登记过了（计划、名称和日期都相同）。", "请打开原来那条修改。"))
	}
	// Whose record it is stays the trainee that was picked, whatever the judgement makes of the number.
	row.Hours.TraineeID = traineeID
	return row, trainee.Name, nil
}

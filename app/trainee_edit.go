package app

import (
	"context"

	"peixun/data"
	"peixun/data/search"
	"peixun/data/sqlite"
)

// EditTrainee judges a stored trainee's form, as AddTrainee does, and stores it: cells holds all of the form's values by column
// key, and a blank one empties its field. The problems come back where there are any; errors among them store nothing.
// A new name or number of a trainee whom the platform knows already is a 更正: the trainee is 待报 again.
func (a *App) EditTrainee(ctx context.Context, id int64, cells map[string]string) (data.ImportRow, error) {
	plan, row := typedPlan(cells)
	var judged data.ImportRow
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		stored, err := tx.Trainee(id)
		if err != nil {
			return err
		}
		if judged, err = a.judgeTyped(tx, id, plan, row); err != nil {
			return err
		}
		switch judged.Outcome {
		case data.OutcomeNew:
		case data.OutcomeUpdated, data.OutcomeUnchanged:
			judged.Fail(data.Refuse("id-exists", "id_number", "这个身份证号已经有别的学员在用。", "请核对证件号。"))
			return nil
		default:
			return nil
		}
		changed := edited(stored, *judged.Trainee)
		judged.Trainee = &changed
		return a.saveEdited(tx, user, stored, &judged)
	}, TraineesChanged)
	return judged, err
}

// edited puts the typed fields over a stored trainee and keeps what the form does not show.
func edited(stored, typed data.Trainee) data.Trainee {
	typed.ID, typed.Status, typed.Extra, typed.CreatedAt = stored.ID, stored.Status, stored.Extra, stored.CreatedAt
	typed.Platform, typed.PlatformReason, typed.UpdatedAt = stored.Platform, stored.PlatformReason, stored.UpdatedAt
	return data.Correct(stored, typed)
}

// saveEdited stores a form that changes something, and writes down what.
func (a *App) saveEdited(tx *sqlite.Tx, user string, stored data.Trainee, row *data.ImportRow) error {
	row.Outcome = data.OutcomeUnchanged
	if len(data.TraineeChanges(stored, *row.Trainee)) == 0 {
		return nil
	}
	row.Outcome, row.Trainee.UpdatedAt = data.OutcomeUpdated, a.Now()
	if err := tx.SaveTrainee(*row.Trainee); err != nil {
		return err
	}
	act := data.TraineeChange{Action: data.ChangeEdit, At: row.Trainee.UpdatedAt, User: user}
	if err := a.noteChange(tx, &act, stored.ID, data.TraineeChanges(stored, *row.Trainee)); err != nil {
		return err
	}
	row.ChangeID = act.ID
	if err := tx.TouchRoster(); err != nil {
		return err
	}
	return a.log(tx, user, "trainee.edit", traineeTarget(stored.ID), "修改学员资料")
}

// judgeTyped judges a person's form against those who are stored and like what it says: they alone can be in its way.
// id is the trainee's whom it changes, 0 for a new one.
func (a *App) judgeTyped(tx *sqlite.Tx, id int64, plan data.ImportPlan, source data.SourceRow) (data.ImportRow, error) {
	organizations, err := tree(tx)
	if err != nil {
		return data.ImportRow{}, err
	}
	draft, problems := data.JudgeTrainee(source, plan.Heading, a.Today())
	similar, err := tx.SimilarTrainees(draft.Trainee)
	if err != nil {
		return data.ImportRow{}, err
	}
	roster := data.NewRoster(organizations)
	people := data.NewPeople(len(similar))
	for _, trainee := range similar {
		if trainee.ID != id {
			roster.Know(trainee)
			people.Add(trainee)
		}
	}
	err = tx.EachAlias(func(number string, into int64) error {
		if number != draft.Trainee.IDNumber || into == id {
			return nil
		}
		now, err := tx.Trainee(into)
		roster.Know(now)
		roster.KnowAlias(number, into)
		return err
	})
	if err != nil {
		return data.ImportRow{}, err
	}
	row := data.ImportRow{Source: source, Problems: problems}
	roster.Judge(&row, &draft, func(key string) data.Place { return plan.Heading.Place(plan.Form, source.Number, key) })
	plan.Rows = []*data.ImportRow{&row}
	data.WarnSharedMobiles(&plan, people)
	return row, nil
}

// JudgeTrainee tells all that is wrong with a trainee's form, also what only the comparison with others can tell, such as a mobile
// that somebody else has. It writes nothing. id is the trainee's whom the form changes, 0 for a new one.
func (a *App) JudgeTrainee(ctx context.Context, id int64, cells map[string]string) ([]data.Problem, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Problem, error) {
		plan, row := typedPlan(cells)
		judged, err := a.judgeTyped(tx, id, plan, row)
		return judged.Problems, err
	})
}

// typedPlan makes of a form's values the row that an import would read.
func typedPlan(cells map[string]string) (data.ImportPlan, data.SourceRow) {
	row, heading := typedRow(data.TraineeForm, cells)
	return data.ImportPlan{Form: data.TraineeForm, Heading: heading}, row
}

// typedRow makes of a form's values by column key the row of a sheet.
func typedRow(form data.Form, cells map[string]string) (data.SourceRow, data.Heading) {
	columns := form.Columns
	row := data.SourceRow{Number: 1, Cells: make([]data.SourceCell, len(columns))}
	heading := data.Heading{Columns: make([]int, len(columns)), Headers: make([]string, len(columns))}
	for place, column := range columns {
		heading.Columns[place], heading.Headers[place] = -1, column.Header
		if text := cells[column.Key]; text != "" {
			row.Cells[place] = data.SourceCell{Text: text, Kind: data.CellText}
		}
	}
	return row, heading
}

// JudgeTyped tells what is wrong with a trainee's form while it is being filled in: what can be said without looking at others.
func (a *App) JudgeTyped(cells map[string]string) []data.Problem {
	plan, row := typedPlan(cells)
	_, problems := data.JudgeTrainee(row, plan.Heading, a.Today())
	return problems
}

// SpellName gives an organisation's pinyin and initials, by which lists are searched: guke, gk.
func SpellName(name string) (whole, initials string) { return search.Spell(name) }

package app

import (
	"context"
	"errors"
	"io"
	"iter"
	"path/filepath"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/search"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// CompareRoster tells what differs between everybody who is stored and a file, which is read and mapped as an import reads it.
// It writes nothing.
func (a *App) CompareRoster(ctx context.Context, path string, options ImportOptions) (data.RosterDifference, error) {
	after, err := a.rosterOf(ctx, path, options)
	if err != nil {
		return data.RosterDifference{}, err
	}
	var before []data.RosterEntry
	aliases := map[string]string{}
	err = a.read(ctx, func(tx *sqlite.Tx) error {
		before, err = storedRoster(ctx, tx, aliases)
		return err
	})
	if err != nil {
		return data.RosterDifference{}, err
	}
	difference := compared(before, after, aliases)
	difference.Before, difference.After, difference.Path = "系统里的学员", filepath.Base(path), path
	return difference, nil
}

// CompareFiles tells what differs between an earlier and a later file, such as last year's list and this year's.
func (a *App) CompareFiles(ctx context.Context, earlier, later string, options ImportOptions) (data.RosterDifference, error) {
	before, err := a.rosterOf(ctx, earlier, options)
	if err != nil {
		return data.RosterDifference{}, err
	}
	after, err := a.rosterOf(ctx, later, options)
	if err != nil {
		return data.RosterDifference{}, err
	}
	if err := a.findStored(ctx, before); err != nil {
		return data.RosterDifference{}, err
	}
	difference := compared(before, after, nil)
	difference.Before, difference.After, difference.Path = filepath.Base(earlier), filepath.Base(later), later
	return difference, nil
}

// findStored gives a file's people the keys of those who are stored, so that something can be done about them.
func (a *App) findStored(ctx context.Context, entries []data.RosterEntry) error {
	return a.read(ctx, func(tx *sqlite.Tx) error {
		for place := range entries {
			id, err := tx.TraineeByIDNumber(entries[place].IDNumber)
			if err != nil && !errors.Is(err, data.ErrNotFound) {
				return err
			}
			entries[place].TraineeID = id
		}
		return nil
	})
}

func compared(before, after []data.RosterEntry, aliases map[string]string) data.RosterDifference {
	alias := func(number string) string {
		if now, merged := aliases[number]; merged {
			return now
		}
		return number
	}
	return data.CompareRosters(before, after, alias, vault.MaskIDNumber)
}

// rosterPlan judges a file's rows as an import that knows nobody does, so that each row stands for itself.
func (a *App) rosterPlan(ctx context.Context, path string, options ImportOptions) (*data.ImportPlan, error) {
	plan := &data.ImportPlan{Form: data.TraineeForm, File: filepath.Base(path), CreateOrganizations: true}
	organizations, err := a.Organizations(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.readPlan(ctx, path, options, plan); err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	plan, err = plan.Judge(ctx, &data.Known{Tree: organizations, People: data.NewPeople(0)}, a.Today())
	return plan, explain(err)
}

// rosterOf reads a file's people.
func (a *App) rosterOf(ctx context.Context, path string, options ImportOptions) ([]data.RosterEntry, error) {
	plan, err := a.rosterPlan(ctx, path, options)
	if err != nil {
		return nil, err
	}
	organizations := plan.Known.Tree
	said := data.TraineeForm.Column("organization")
	var entries []data.RosterEntry
	for _, row := range plan.Rows {
		entry := data.RosterEntry{Row: row.Source.Number, Person: personOf(*row.Trainee), Organization: row.NewOrganization}
		if place, known := organizations.Get(row.Trainee.OrganizationID); known && row.NewOrganization == "" && row.Source.Cells[said].Text != "" {
			entry.Organization = place.Path
		}
		switch row.Outcome {
		case data.OutcomeSkipped:
			continue
		case data.OutcomeFailed:
			entry.Problem = errorsOf(row.Problems)[0].What
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func personOf(t data.Trainee) data.Person {
	spelled, _ := search.SpellName(t.Name)
	return data.Person{ID: t.ID, Name: t.Name, Pinyin: spelled, DocumentType: t.DocumentType, IDNumber: t.IDNumber, Birth: t.Birth, Mobile: t.Mobile,
		Disabled: t.Status == data.TraineeDisabled}
}

// storedRoster reads everybody who is stored, and into aliases whose number now stands for a merged record's.
func storedRoster(ctx context.Context, tx *sqlite.Tx, aliases map[string]string) ([]data.RosterEntry, error) {
	organizations, err := tree(tx)
	if err != nil {
		return nil, err
	}
	var entries []data.RosterEntry
	numbers := map[int64]string{}
	err = tx.EachTrainee(func(t data.Trainee) error {
		place, _ := organizations.Get(t.OrganizationID)
		entries = append(entries, data.RosterEntry{TraineeID: t.ID, Person: personOf(t), Organization: place.Path})
		numbers[t.ID] = t.IDNumber
		if len(entries)%checkEvery == 0 {
			return ctx.Err()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return entries, tx.EachAlias(func(number string, id int64) error {
		aliases[number] = numbers[id]
		return nil
	})
}

// PlanRows plans the import of some of a file's rows, by their numbers; all others are left out. CommitImport stores it.
func (a *App) PlanRows(ctx context.Context, path string, options ImportOptions, rows []int) (*data.ImportPlan, error) {
	plan, err := a.PlanImport(ctx, path, options)
	if err != nil {
		return nil, err
	}
	wanted := map[int]bool{}
	for _, row := range rows {
		wanted[row] = true
	}
	var others []int
	for _, source := range plan.Sources {
		if !wanted[source.Number] {
			others = append(others, source.Number)
		}
	}
	if len(others) == 0 {
		return plan, nil
	}
	return a.MendImport(ctx, plan, data.LeaveRows(others...))
}

// differenceColumns are a comparison's workbook's.
var differenceColumns = []excel.OutColumn{
	{Header: "类别", Width: 14, Kind: excel.OutText}, {Header: "姓名", Width: 12, Kind: excel.OutText}, {Header: "原姓名", Width: 12, Kind: excel.OutText},
	{Header: "身份证号", Width: 22, Kind: excel.OutText}, {Header: "原身份证号", Width: 22, Kind: excel.OutText},
	{Header: "组织机构", Width: 28, Kind: excel.OutText}, {Header: "原组织机构", Width: 28, Kind: excel.OutText},
	{Header: "名单行号", Width: 10, Kind: excel.OutInteger}, {Header: "说明", Width: 44, Kind: excel.OutText},
}

// SaveRosterDifference writes a comparison as a workbook, numbers masked.
func (a *App) SaveRosterDifference(path string, difference data.RosterDifference) error {
	return WriteFile(path, func(w io.Writer) error {
		return excel.WriteTable(w, "名单比对", differenceColumns, differenceRows(difference))
	})
}

func differenceRows(difference data.RosterDifference) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range difference.Rows {
			var number any
			if row.Row > 0 {
				number = row.Row
			}
			old := func(value, now string) string {
				if value == now {
					return ""
				}
				return value
			}
			cells := []any{string(row.Kind), row.Name, old(row.OldName, row.Name), row.IDNumber, row.OldIDNumber, row.Organization,
				old(row.OldOrganization, row.Organization), number, row.Note}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

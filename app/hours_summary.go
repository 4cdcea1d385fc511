package app

import (
	"context"
	"io"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// WriteHoursSummary writes the 学时汇总表 of a plan as a PDF: every enabled person, by organisation, with masked numbers.
func (a *App) WriteHoursSummary(ctx context.Context, w io.Writer, planID int64) (Written, error) {
	summary, err := query(a, ctx, func(tx *sqlite.Tx) (data.HoursSummary, error) { return hoursSummary(tx, planID) })
	if err != nil {
		return Written{}, err
	}
	summary.At = a.Now()
	pages, err := letter.HoursSummary(w, summary)
	return Written{pages, letter.MissingFrom(summary)}, err
}

func hoursSummary(tx *sqlite.Tx, planID int64) (data.HoursSummary, error) {
	plan, err := planOf(tx, planID)
	if err != nil {
		return data.HoursSummary{}, err
	}
	profile, err := tx.Profile()
	if err != nil {
		return data.HoursSummary{}, err
	}
	ids, err := tx.TraineeIDs(data.TraineeQuery{Status: data.TraineeEnabled, PlanID: planID, Sort: "organization"})
	if err != nil {
		return data.HoursSummary{}, err
	}
	people, err := tx.TraineeRows(ids, planID)
	summary := data.HoursSummary{Unit: profile.Unit, PreparedBy: profile.Name, PlanName: plan.Name, PlanNumber: plan.Number, Target: plan.Target}
	for _, person := range people {
		summary.Rows = append(summary.Rows, data.HoursSummaryRow{Name: person.Name, IDNumber: person.IDNumber, Organization: person.Organization, Offline: person.Hours})
	}
	return summary, err
}

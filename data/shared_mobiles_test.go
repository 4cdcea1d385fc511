package data_test

import (
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
)

func TestAMobileOfSomebodyStoredIsToldOf(t *testing.T) {
	stored := func(n int, mobile string, status data.TraineeStatus) data.Trainee {
		return data.Trainee{ID: int64(n), Name: datatest.Name(n), IDNumber: datatest.IDNumber(n), Mobile: mobile, Status: status}
	}
	people := data.NewPeople(4)
	people.Add(stored(1, "13800000001", data.TraineeEnabled))
	people.Add(stored(2, "13800000002", data.TraineeDisabled))
	people.Add(stored(3, "13800000003", data.TraineeEnabled))
	row := func(outcome data.Outcome, n int, mobile string) *data.ImportRow {
		return &data.ImportRow{Source: data.SourceRow{Number: n}, Outcome: outcome, Trainee: &data.Trainee{Name: datatest.Name(n), IDNumber: datatest.IDNumber(n), Mobile: mobile}}
	}
	changed := row(data.OutcomeUpdated, 9, "13800000001")
	changed.Changes = []data.Change{{Field: "mobile"}}
	for name, c := range map[string]struct {
		rows []*data.ImportRow
		want string // in the first row's warning
	}{
		"a new one with a stored mobile":           {[]*data.ImportRow{row(data.OutcomeNew, 10, "13800000001")}, "2 个人的手机号相同，另外还有系统里的“" + datatest.Name(1) + "”"},
		"two new ones and a stored one":            {[]*data.ImportRow{row(data.OutcomeNew, 10, "13800000001"), row(data.OutcomeNew, 11, "13800000001")}, "3 个人的手机号相同，另外还有第 11 行，以及系统里的"},
		"of somebody disabled":                     {[]*data.ImportRow{row(data.OutcomeNew, 10, "13800000002")}, ""},
		"the stored one's own row":                 {[]*data.ImportRow{row(data.OutcomeUnchanged, 3, "13800000003")}, ""},
		"an old sharing that the row leaves alone": {[]*data.ImportRow{row(data.OutcomeUnchanged, 10, "13800000001")}, ""},
		"a mobile that the row changes":            {[]*data.ImportRow{changed}, "2 个人的手机号相同"},
		"who changes the number in the same file":  {[]*data.ImportRow{row(data.OutcomeNew, 10, "13800000001"), row(data.OutcomeUpdated, 1, "13900000001")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			plan := &data.ImportPlan{Form: data.TraineeForm, Rows: c.rows}
			data.WarnSharedMobiles(plan, people)
			got := ""
			for _, problem := range plan.Rows[0].Problems {
				got += problem.What
			}
			if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
				t.Errorf("warned %q, want %q", got, c.want)
			}
		})
	}
}

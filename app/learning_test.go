package app_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
)

// taught is a hospital where some have reached the 考核值, by hundredths, and one who has was disabled.
func taught(t testing.TB) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, 8)
	people := h.People("")
	for place, hours := range []string{"30", "29.99", "30.01", "8", "30"} {
		got[data.HoursChange](t)(h.AddHours(ctx, training(h, map[string]string{"starts_on": "2022-05-09", "ends_on": "2022-05-13", "hours": hours}, people[place])))
	}
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, map[string]string{"title": "网课", "form": "网络", "starts_on": "2022-06-01", "ends_on": "2022-06-01", "hours": "2.5"}, people[3])))
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[4:5], data.TraineeDisabled))
	return h
}

func TestWhoIsBehindAgreesWithTheReport(t *testing.T) {
	h := taught(t)
	people := h.People("")
	for flag, want := range map[data.LearningFlag]int{"": 7, data.LearningReached: 2, data.LearningMissing: 5, data.LearningNothing: 3, data.LearningNearly: 1} {
		ids, totals, err := h.Learning(ctx, data.LearningQuery{PlanID: h.Plan.ID, Only: flag, Sort: "missing"})
		must(t, err)
		if len(ids) != want || totals.Found != want || totals.People != 7 || totals.Reached != 2 {
			t.Errorf("%s: %d people, %+v", flag, len(ids), totals)
		}
		if flag == data.LearningMissing && (ids[0] != people[1] || ids[1] != people[3] || totals.Missing != 1+19_50+3*30_00) {
			t.Errorf("%v miss %s", ids, totals.Missing)
		}
	}
	report := got[data.Report](t)(h.Report(ctx, data.ReportQuery{Kind: data.ReportPlan, By: data.ByOrganization, PlanID: h.Plan.ID}))
	expected, reached := data.ReportPlan.Place("expected"), data.ReportPlan.Place("reached")
	tree := got[data.OrganizationTree](t)(h.Organizations(ctx))
	for _, group := range report.Groups {
		for _, organization := range tree.List() {
			if organization.Name != group.Label {
				continue
			}
			_, totals, err := h.Learning(ctx, data.LearningQuery{PlanID: h.Plan.ID, OrganizationID: organization.ID})
			must(t, err)
			if int64(totals.People) != group.Sum[expected] || int64(totals.Reached) != group.Sum[reached] {
				t.Errorf("%s: the list has %+v, the report %v", group.Label, totals, group.Sum)
			}
		}
	}
	if _, _, err := h.Learning(ctx, data.LearningQuery{PlanID: 99}); err == nil {
		t.Error("a plan that there is not has people")
	}
}

func TestLearningFileTellsAllYears(t *testing.T) {
	h := taught(t)
	person := h.People("")[3]
	file := got[data.LearningFile](t)(h.LearningFile(ctx, person))
	if len(file.Years) != 3 || file.Years[0].Plan.Year != 2022 || file.Years[0].Offline != 8_00 || file.Years[0].Network != 2_50 || file.Years[0].Missing() != 19_50 ||
		file.Years[1].Total() != 0 || len(file.Records) != 2 || !strings.Contains(file.Trainee.IDNumber, "********") {
		t.Fatalf("%+v", file)
	}
	var out bytes.Buffer
	_, err := h.WriteLearningFile(ctx, &out, person)
	must(t, err)
	said := strings.ReplaceAll(saidBy(t, out.Bytes()), "　", "")
	for _, words := range []string{"学习档案", file.Trainee.Name, "2022" + h.Plan.Number + "30.008.002.5010.50差19.50", "急救", "2022-05-09至2022-05-13", "ZM-1", "本人："} {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not in %s", words, said)
		}
	}
	whole := got[data.Trainee](t)(h.Reveal(ctx, person))
	if strings.Contains(said, whole.IDNumber) {
		t.Error("a whole number is printed")
	}
}

func TestRemindersNameNobodysNumber(t *testing.T) {
	h := taught(t)
	people := h.People("")
	text := got[string](t)(h.Reminders(ctx, h.Plan.ID, people[1:4:4]))
	if parts := strings.Split(text, "\n\n"); len(parts) != 3 || !strings.Contains(parts[0], "还差 0.01") || !strings.Contains(parts[1], "已经达标") || !strings.Contains(parts[2], "还差 19.50") {
		t.Errorf("reminders %q", text)
	}
	path := filepath.Join(t.TempDir(), "未达标.xlsx")
	if count := got[int](t)(h.ExportLearning(ctx, path, data.LearningQuery{PlanID: h.Plan.ID, Only: data.LearningMissing, Sort: "missing"})); count != 5 {
		t.Errorf("%d exported", count)
	}
	rows := tableOf(t, path)
	if rows[1][5] != "29.99" || rows[1][6] != "0.01" || rows[1][7] != "否" || !strings.Contains(rows[1][1], "********") || !strings.Contains(rows[1][8], "还差 0.01") {
		t.Errorf("the sheet says %v", rows[1])
	}
	refused(t, second(h.ExportLearning(ctx, path, data.LearningQuery{})), "plan-missing")
}

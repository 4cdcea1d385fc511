package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

const hoursHeader = "姓名,身份证号,培训计划编号,培训名称,课程类别,培训形式,主办单位,培训地点,开始日期,结束日期,学时,考核结果,证明编号,备注,讲师"

// lecture is a line of the hours' sheet for the n-th person; rest follows 结束日期.
func lecture(n int, title, starts, ends, rest string) string {
	return fmt.Sprintf("%s,%s,,%s,选修,面授,信息中心,三层报告厅,%s,%s,%s", datatest.Name(n), datatest.IDNumber(n), title, starts, ends, rest)
}

func planHours(t testing.TB, h *apptest.Hospital, lines ...string) *data.ImportPlan {
	t.Helper()
	return got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, append([]string{hoursHeader}, lines...)...), app.ImportOptions{PlanID: h.Plan.ID}))
}

func TestHoursImportJudges(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "12,合格,,,周奕")), nil))
	var plan *data.ImportPlan
	lines := []string{
		lecture(1, "急救", "2022-05-09", "2022-05-10", "12,合格,,,周奕"),                                                 // 2: nothing new
		lecture(1, "急救", "2022-05-09", "2022-05-10", "16,合格,,,周奕"),                                                 // 3: stands above
		lecture(2, "急救", "2022-05-09", "2022-05-10", "16.00,合格,,,"),                                                // 4: new, the cap exactly
		lecture(2, "急救二", "2022-05-09", "2022-05-10", "16.01,合格,,,"),                                               // 5: more than two days give
		lecture(2, "公文", "2022-05-10", "2022-05-10", "4,,,,"),                                                      // 6: the same day as row 4
		lecture(3, "公文", "2022-05-11", "2022-05-10", "4,,,,"),                                                      // 7: ends before it starts
		lecture(40, "公文", "2022-05-10", "2022-05-10", "4,,,,"),                                                     // 8: nobody of that number
		strings.Replace(lecture(3, "公文", "2022-05-10", "2022-05-10", "4,,,,"), datatest.Name(3), "周某", 1),          // 9: another name
		strings.Replace(lecture(3, "公文", "2022-05-10", "2022-05-10", "4,,,,"), ",,公文", ",20210420151309274,公文", 1), // 10: another plan
		strings.Replace(lecture(3, "公文", "2022-05-10", "2022-05-10", "4,,,,"), ",,公文", ",20220301161802103,公文", 1), // 11: this plan, by its number
		strings.Replace(lecture(3, "写作", "2022-05-11", "2022-05-11", "4,,,,"), "三层报告厅", datatest.IDNumber(3), 1),   // 12: a number as place
		lecture(3, "讲座", "2022-05-12", "2022-05-12", "0,,,,"),                                                      // 13: nothing
	}
	unchanged(t, h.App, func() { plan = planHours(t, h, lines...) })
	want := []string{"不变", "忽略 row-repeated", "新增", "错误 hours-over-cap", "新增 hours-overlap", "错误 dates-reversed", "错误 trainee-unknown", "错误 id-other-name",
		"错误 plan-differs", "新增", "错误 id-in-wrong-column", "错误"}
	for place, row := range plan.Rows {
		if got := rowCodes(row); !strings.HasPrefix(got, want[place]) || place < 11 && got != want[place] {
			t.Errorf("row %d: %s, want %s", row.Source.Number, got, want[place])
		}
	}
}

func TestHoursImportStoresAndIsSettled(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	lines := []string{lecture(1, "急救", "2022-05-09", "2022-05-10", "12,合格,ZM-1,附签到表,周奕"), lecture(2, "急救", "2022-05-09", "2022-05-10", "7.50,合格,,,")}
	result := got[app.ImportResult](t)(h.CommitHoursImport(ctx, planHours(t, h, lines...), nil))
	if tally(result) != [5]int{2, 0, 0, 0, 0} {
		t.Errorf("result = %+v", result)
	}
	ids := got[[]int64](t)(h.HoursIDs(ctx, data.OfflineHoursQuery{Sort: "hours"}))
	rows := got[[]data.OfflineHoursRow](t)(h.HoursRows(ctx, ids))
	if len(rows) != 2 || rows[1].Name != datatest.Name(1) || rows[1].Hours != 12_00 || rows[1].Remark != "附签到表" || rows[1].Certificate != "ZM-1" || rows[1].Extra["讲师"] != "周奕" ||
		rows[1].PlanNumber != h.Plan.Number || rows[1].CreatedAt != "2022-06-17 13:02:11" || rows[0].Hours != 7_50 {
		t.Errorf("rows = %+v", rows)
	}
	if total := got[data.Hours](t)(h.HoursTotal(ctx, data.OfflineHoursQuery{PlanID: h.Plan.ID})); total != 19_50 {
		t.Errorf("total %s", total)
	}
	unchanged(t, h.App, func() {
		if result := got[app.ImportResult](t)(h.CommitHoursImport(ctx, planHours(t, h, lines...), nil)); tally(result) != [5]int{0, 0, 2, 0, 0} {
			t.Errorf("the same file again: %+v", result)
		}
	}, "offline_hours", "trainee")
	updated := planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "16,合格,ZM-1,附签到表,周奕"))
	if len(updated.Rows[0].Changes) != 1 || updated.Rows[0].Changes[0].Old != "12.00" || updated.Rows[0].Changes[0].New != "16.00" {
		t.Errorf("changes = %+v", updated.Rows[0].Changes)
	}
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, updated, nil))
	if row := got[[]data.OfflineHoursRow](t)(h.HoursRows(ctx, ids[1:]))[0]; row.Hours != 16_00 || row.Extra["讲师"] != "周奕" || row.CreatedAt != "2022-06-17 13:02:11" {
		t.Errorf("after the update %+v", row)
	}
	person := got[[]data.TraineeRow](t)(h.TraineeRows(ctx, []int64{rows[1].TraineeID}, h.Plan.ID))[0]
	if person.Hours != 16_00 {
		t.Errorf("the person has %s hours", person.Hours)
	}
	healthy(t, h.App)
}

// Cells of an update that are blank keep what is stored, as in the roster.
func TestBlankCellsOfHoursKeepWhatIsStored(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "12,合格,ZM-1,附签到表,周奕")), nil))
	unchanged(t, h.App, func() {
		path := csv(t, "姓名,身份证号,培训名称,开始日期,结束日期,学时,备注,讲师", fmt.Sprintf("%s,%s,急救,2022-05-09,2022-05-10,12,,", datatest.Name(1), datatest.IDNumber(1)))
		plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, path, app.ImportOptions{PlanID: h.Plan.ID}))
		if outcomes(plan) != "不变 1" {
			t.Errorf("%s %+v", outcomes(plan), plan.Rows[0].Changes)
		}
		got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))
	}, "offline_hours")
}

func TestHoursImportRefusesWhole(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	path := csv(t, hoursHeader, lecture(1, "急救", "2022-05-09", "2022-05-10", "12,,,,"))
	_, err := h.PlanHoursImport(ctx, path, app.ImportOptions{})
	refused(t, err, "plan-unknown")
	plan := planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "12,,,,"))
	addPerson(t, h.App, 30)
	unchanged(t, h.App, func() {
		_, err := h.CommitHoursImport(ctx, plan, nil)
		refused(t, err, "preview-stale")
	})
	fresh := planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "12,,,,"))
	cancelled, cancel := context.WithCancel(ctx)
	defer cancel()
	unchanged(t, h.App, func() {
		_, err := h.CommitHoursImport(cancelled, fresh, func(int, int) { cancel() })
		refused(t, err, "canceled")
	})
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, fresh, nil))
	unchanged(t, h.App, func() {
		_, err := h.CommitHoursImport(ctx, fresh, nil) // a second click
		refused(t, err, "preview-stale")
	})
}

func TestHoursPerDayIsASetting(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	if rules := h.HoursRules(ctx); rules.PerDay != 8_00 || rules.HalfDay != 4_00 {
		t.Errorf("the defaults are %+v", rules)
	}
	for _, wrong := range []data.Hours{24_01, 0, -1} {
		refused(t, h.SetHoursRules(ctx, data.HoursRules{PerDay: wrong, HalfDay: 1}), "hours-per-day")
	}
	for _, wrong := range []data.Hours{6_51, 0, -1} {
		refused(t, h.SetHoursRules(ctx, data.HoursRules{PerDay: 6_50, HalfDay: wrong}), "hours-half-day")
	}
	must(t, h.SetHoursRules(ctx, data.HoursRules{PerDay: 6_50, HalfDay: 3_25}))
	converted := planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "1天半,,,,"))
	if got := converted.Rows[0]; got.Hours.Hours != 9_75 || len(got.Problems) != 1 || got.Problems[0].Code != "hours-converted" {
		t.Errorf("a day and a half: %s, %+v", got.Hours.Hours, got.Problems)
	}
	plan := planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "13,,,,"), lecture(2, "急救", "2022-05-09", "2022-05-10", "13.01,,,,"))
	if outcomes(plan) != "新增 1 错误 1" {
		t.Errorf("with 6.50 a day: %s", outcomes(plan))
	}
	if plan := planHours(t, h, lecture(1, "急救", "2022-05-09", "2022-05-10", "13,,,,")); !slices.Equal(plan.Rows[0].Problems, nil) {
		t.Errorf("problems %+v", plan.Rows[0].Problems)
	}
}

package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// training is an entry for some people, as typed.
func training(h *apptest.Hospital, changes map[string]string, people ...int64) app.HoursEntry {
	cells := map[string]string{"title": "急救", "category": "选修", "starts_on": "2022.5.9", "ends_on": "2022-05-10", "hours": "1天半", "certificate": "ZM-1"}
	for key, value := range changes {
		cells[key] = value
	}
	return app.HoursEntry{PlanID: h.Plan.ID, TraineeIDs: people, Cells: cells}
}

// hoursOf lists what is stored of somebody.
func hoursOf(t testing.TB, h *apptest.Hospital, traineeID int64) []data.OfflineHoursRow {
	t.Helper()
	ids := got[[]int64](t)(h.HoursIDs(ctx, data.OfflineHoursQuery{TraineeID: traineeID, Sort: "starts"}))
	return got[[]data.OfflineHoursRow](t)(h.HoursRows(ctx, ids))
}

func TestHoursTypedByHandAreJudgedLikeAnImport(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	people := h.People("")
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, people[0])))
	for _, c := range []struct {
		name    string
		changes map[string]string
		plan    int64
		people  []int64
		want    string // codes
	}{
		{"good", map[string]string{"title": "公文", "starts_on": "2022-05-20", "ends_on": "2022-05-20", "hours": "8"}, 0, people[:1], ""},
		{"converted", map[string]string{"title": "公文", "starts_on": "2022-05-20", "ends_on": "2022-05-20", "hours": "半天"}, 0, people[:1], "hours-converted"},
		{"the same training again", nil, 0, people[:1], "hours-converted hours-exists"},
		{"the same days", map[string]string{"title": "公文", "hours": "8"}, 0, people[:2], "hours-overlap"},
		{"over the cap", map[string]string{"hours": "16.01"}, 0, people[1:2], "hours-over-cap"},
		{"no title, no hours", map[string]string{"title": "", "hours": ""}, 0, people[1:2], "title-missing hours-missing"},
		{"ends before it starts", map[string]string{"starts_on": "2022-05-11"}, 0, people[1:2], "hours-converted dates-reversed"},
		{"nobody", map[string]string{"title": "", "hours": "8"}, 0, nil, "trainee-missing title-missing"},
		{"no such plan", nil, 99, people[:1], "plan-unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			entry := training(h, c.changes, c.people...)
			if c.plan != 0 {
				entry.PlanID = c.plan
			}
			unchanged(t, h.App, func() {
				codes := ""
				for _, problem := range got[[]data.Problem](t)(h.JudgeHours(ctx, 0, entry)) {
					if codes != "" {
						codes += " "
					}
					codes += problem.Code
				}
				if codes != c.want {
					t.Errorf("judged %q, want %q", codes, c.want)
				}
			})
		})
	}
	unchanged(t, h.App, func() {
		_, err := h.AddHours(ctx, training(h, nil, people[1], people[0])) // the second has it already: nobody gets it
		refused(t, err, "hours-exists")
	})
}

func TestHoursByHandAreTakenBack(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	people := h.People("")
	before := contents(t, h.App, "offline_hours")
	added := got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, people[:3]...)))
	row := hoursOf(t, h, people[1])[0]
	if added.Records != 3 || row.Hours != 12_00 || row.StartsOn != "2022-05-09" || row.CreatedAt != "2022-06-17 13:02:11" {
		t.Fatalf("added %+v, %+v", added, row)
	}
	stored := contents(t, h.App, "offline_hours")
	edited := got[data.HoursChange](t)(h.EditHours(ctx, row.ID, training(h, map[string]string{"title": "急救二", "hours": "16"}, people[1])))
	if now := hoursOf(t, h, people[1])[0]; now.Title != "急救二" || now.Hours != 16_00 || now.ID != row.ID {
		t.Errorf("edited %+v", now)
	}
	if none := got[data.HoursChange](t)(h.EditHours(ctx, row.ID, training(h, map[string]string{"title": "急救二", "hours": "16"}, people[1]))); none.ID != 0 {
		t.Error("saving what is stored is an act")
	}
	refused(t, h.UndoHoursChange(ctx, added.ID), "changed-since")
	removed := got[data.HoursChange](t)(h.RemoveHours(ctx, []int64{row.ID, hoursOf(t, h, people[0])[0].ID}))
	if len(hoursOf(t, h, people[0]))+len(hoursOf(t, h, people[1])) != 0 || removed.Records != 2 {
		t.Errorf("removed %+v", removed)
	}
	must(t, h.UndoHoursChange(ctx, removed.ID))
	refused(t, h.UndoHoursChange(ctx, removed.ID), "change-undone")
	must(t, h.UndoHoursChange(ctx, edited.ID))
	if now := hoursOf(t, h, people[1])[0]; now.Title != "急救" || now.Hours != 12_00 {
		t.Errorf("after the undo %+v", now)
	}
	if diff := firstDifference(stored, contents(t, h.App, "offline_hours")); len(stored) != len(contents(t, h.App, "offline_hours")) {
		t.Error(diff)
	}
	must(t, h.UndoHoursChange(ctx, added.ID))
	if contents(t, h.App, "offline_hours") != before {
		t.Error("records are left")
	}
	healthy(t, h.App)
}

func TestHoursThatThePlatformHasStay(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	people := h.People("")
	added := got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, people[0])))
	row := hoursOf(t, h, people[0])[0]
	made, _ := packed(t, h, app.SubmissionRequest{})
	unchanged(t, h.App, func() {
		_, err := h.RemoveHours(ctx, []int64{row.ID})
		refused(t, err, "hours-reported")
		refused(t, h.UndoHoursChange(ctx, added.ID), "hours-reported")
	})
	must(t, h.WithdrawSubmission(ctx, made.ID, "发错了"))
	got[data.HoursChange](t)(h.RemoveHours(ctx, []int64{row.ID}))
}

func TestPapersStayWithTheirRecord(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	person := h.People("")[0]
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, person)))
	id := hoursOf(t, h, person)[0].ID
	content := pixels(t, 700, 700)
	scan := pictureFile(t, "110105194912310021证明.pdf", content) // a picture, whatever its name says
	file := got[data.HoursPaper](t)(h.AddHoursFile(ctx, id, scan))
	if file.Type != "image/png" || file.Name != "附件.pdf" {
		t.Errorf("kept as %+v", file)
	}
	_, err := h.AddHoursFile(ctx, id, scan)
	refused(t, err, "file-twice")
	text := filepath.Join(t.TempDir(), "证明.png")
	must(t, os.WriteFile(text, []byte("不是图片"), 0o600))
	if _, err := h.AddHoursFile(ctx, id, text); err == nil {
		t.Error("a text is kept as a picture")
	}
	if row := hoursOf(t, h, person)[0]; row.Files != 1 {
		t.Errorf("the list counts %d files", row.Files)
	}
	must(t, h.RemoveHoursFile(ctx, id, file.ID))
	if left := got[[]data.HoursPaper](t)(h.HoursFiles(ctx, id)); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
	must(t, h.RestoreHoursFile(ctx, id, file.ID))
	removed := got[data.HoursChange](t)(h.RemoveHours(ctx, []int64{id}))
	must(t, h.UndoHoursChange(ctx, removed.ID))
	if back := got[[]data.HoursPaper](t)(h.HoursFiles(ctx, id)); len(back) != 1 || string(got[[]byte](t)(h.HoursFileContent(ctx, back[0].ID))) != string(content) {
		t.Errorf("the record came back with %+v", back)
	}
	healthy(t, h.App)
}

func TestHoursAreFilteredByWhatTheyMiss(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	people := h.People("")
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, people[:2]...)))
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, map[string]string{"title": "公文", "category": "专业", "form": "会议", "certificate": "", "starts_on": "2022-05-10", "hours": "8"}, people[0])))
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, map[string]string{"title": "写作", "starts_on": "2022-06-01", "ends_on": "2022-06-01", "hours": "4"}, people[2])))
	for _, c := range []struct {
		name  string
		query data.OfflineHoursQuery
		want  int
	}{
		{"all", data.OfflineHoursQuery{}, 4}, {"overlapping", data.OfflineHoursQuery{Only: data.HoursOverlapping}, 2},
		{"without a certificate", data.OfflineHoursQuery{Only: data.HoursWithoutCertificate}, 1}, {"with one", data.OfflineHoursQuery{Only: data.HoursCertified}, 3},
		{"without papers", data.OfflineHoursQuery{Only: data.HoursWithoutFile}, 4}, {"category", data.OfflineHoursQuery{Category: "专业"}, 1},
		{"form", data.OfflineHoursQuery{Form: "会议"}, 1}, {"from", data.OfflineHoursQuery{From: "2022-05-11"}, 1}, {"to", data.OfflineHoursQuery{To: "2022-05-09"}, 2},
		{"the whole unit", data.OfflineHoursQuery{OrganizationID: 1}, 4}, {"a certificate's number", data.OfflineHoursQuery{Text: "zm-1"}, 3},
	} {
		if ids := got[[]int64](t)(h.HoursIDs(ctx, c.query)); len(ids) != c.want {
			t.Errorf("%s: %d records, want %d", c.name, len(ids), c.want)
		}
	}
	for _, row := range got[[]data.OfflineHoursRow](t)(h.HoursRows(ctx, got[[]int64](t)(h.HoursIDs(ctx, data.OfflineHoursQuery{})))) {
		if row.Overlaps != (row.TraineeID == people[0]) {
			t.Errorf("%s of %s: overlaps %v", row.Title, row.Name, row.Overlaps)
		}
	}
}

func TestExportedHoursComeBackUnchanged(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	people := h.People("")
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, map[string]string{"remark": "=1+1", "organizer": "信息中心"}, people[:3]...)))
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, map[string]string{"title": "公文", "certificate": "", "starts_on": "2022-05-20", "ends_on": "2022-05-20", "hours": "7.5"}, people[3])))
	path := filepath.Join(t.TempDir(), "学时.xlsx")
	if count := got[int](t)(h.ExportHours(ctx, path, data.OfflineHoursQuery{}, app.Disclosure{Full: true, Reason: "平台核对"})); count != 4 {
		t.Errorf("%d exported", count)
	}
	plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, path, app.ImportOptions{PlanID: h.Plan.ID}))
	if got := outcomes(plan); got != "不变 4 忽略 1" {
		t.Errorf("imported again: %s", got)
		for _, row := range plan.Rows {
			t.Log(row.Outcome, row.Problems, row.Changes)
		}
	}
	masked := filepath.Join(t.TempDir(), "张贴.xlsx")
	got[int](t)(h.ExportHours(ctx, masked, data.OfflineHoursQuery{}, app.Disclosure{}))
	trainee := got[data.Trainee](t)(h.Reveal(ctx, people[0]))
	if rows := tableOf(t, masked); strings.Contains(fmt.Sprint(rows), trainee.IDNumber) || !strings.Contains(fmt.Sprint(rows), "43.50") {
		t.Errorf("the masked sheet says %v", rows)
	}
	_, err := h.ExportHours(ctx, path, data.OfflineHoursQuery{}, app.Disclosure{Full: true})
	refused(t, err, "reason-missing")
	certificates := filepath.Join(t.TempDir(), "证明.xlsx")
	if count := got[int](t)(h.ExportCertificates(ctx, certificates, data.OfflineHoursQuery{}, app.Disclosure{})); count != 3 {
		t.Errorf("%d certificates exported", count)
	}
	if rows := tableOf(t, certificates); len(rows) != 5 || rows[1][0] != "ZM-1" || rows[4][0] != "合计" {
		t.Errorf("the register says %v", rows)
	}
}

// tableOf reads a workbook's first sheet as shown.
func tableOf(t testing.TB, path string) [][]string {
	t.Helper()
	book := got[*excelize.File](t)(excelize.OpenFile(path))
	defer book.Close()
	return got[[][]string](t)(book.GetRows(book.GetSheetName(0)))
}

func TestHistoryTellsOfHoursByHand(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	person := h.People("")[0]
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, person)))
	id := hoursOf(t, h, person)[0].ID
	got[data.HoursChange](t)(h.EditHours(ctx, id, training(h, map[string]string{"hours": "16"}, person)))
	removed := got[data.HoursChange](t)(h.RemoveHours(ctx, []int64{id}))
	must(t, h.UndoHoursChange(ctx, removed.ID))
	var titles []string
	for _, event := range got[[]data.TraineeEvent](t)(h.TraineeHistory(ctx, person)) {
		if event.Kind == data.EventHours || event.Kind == data.EventUndone {
			titles = append(titles, event.Title)
		}
	}
	for _, want := range []string{"线下学时 16.00", "修改线下学时", "删除线下学时 16.00", "撤销：删除线下学时 16.00"} {
		if !slices.Contains(titles, want) {
			t.Errorf("%q is not among %q", want, titles)
		}
	}
}

package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/pdf"
)

// reader reads papers back with another program's code, which is compiled once a machine.
var reader = pdf.New(pdf.Options{Cache: filepath.Join(os.TempDir(), "peixun-test-cache", "pdfium"), Idle: time.Hour})

// saidBy gives the text of a paper's first page without blanks.
func saidBy(t *testing.T, paper []byte) string {
	t.Helper()
	document, err := reader.Open(ctx, paper)
	must(t, err)
	defer document.Close()
	text, err := document.Text(ctx, 0)
	must(t, err)
	return strings.Join(strings.Fields(text), "")
}

func TestHoursSummaryListsEverybodyWhoTakesPart(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	people := h.People("")
	sheet := filepath.Join(t.TempDir(), "学时.csv")
	must(t, os.WriteFile(sheet, []byte("姓名,身份证号,培训名称,开始日期,结束日期,学时\n"+datatest.Name(1)+","+datatest.IDNumber(1)+",讲座,2022-05-09,2022-05-13,30\n"), 0o600))
	plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, sheet, app.ImportOptions{PlanID: h.Plan.ID}))
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[4:], data.TraineeDisabled))
	var out bytes.Buffer
	made := got[app.Written](t)(h.WriteHoursSummary(ctx, &out, h.Plan.ID))
	said := saidBy(t, out.Bytes())
	for _, words := range []string{"人数4人已达标1人，未达标3人", datatest.Name(1), "30.00是", "0.00否", h.Plan.Number, "本表只列线下学时"} {
		if made.Pages != 1 || !strings.Contains(strings.ReplaceAll(said, "　", ""), words) {
			t.Errorf("%q is not in %s", words, said)
		}
	}
	if strings.Contains(said, datatest.IDNumber(1)) || strings.Contains(said, datatest.Name(4)) {
		t.Errorf("a whole number, or somebody who is disabled, stands in %s", said)
	}
	refused(t, second(h.WriteHoursSummary(ctx, &out, 0)), "plan-missing")
}

package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/bundle"
)

// packed makes a hospital's next package and gives it with its sheets' rows by file.
func packed(t testing.TB, h *apptest.Hospital, request app.SubmissionRequest) (app.MadeSubmission, map[string][][]string) {
	t.Helper()
	request.PlanID = h.Plan.ID
	plan := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, request))
	made := got[app.MadeSubmission](t)(h.WriteSubmission(ctx, plan, t.TempDir(), nil))
	return made, sheetsOf(t, made.Path)
}

// sheetsOf reads a package's workbooks; its other files have no rows.
func sheetsOf(t testing.TB, path string) map[string][][]string {
	t.Helper()
	archive := got[*zip.ReadCloser](t)(zip.OpenReader(path))
	defer archive.Close()
	sheets := map[string][][]string{}
	for _, file := range archive.File {
		r := got[io.ReadCloser](t)(file.Open())
		content := got[[]byte](t)(io.ReadAll(r))
		must(t, r.Close())
		sheets[file.Name] = nil
		if strings.HasSuffix(file.Name, ".xlsx") {
			book := got[*excelize.File](t)(excelize.OpenReader(bytes.NewReader(content)))
			sheets[file.Name] = got[[][]string](t)(book.GetRows(book.GetSheetName(0)))
		}
	}
	return sheets
}

// column gives a sheet's values under a header.
func column(t testing.TB, rows [][]string, header string) []string {
	t.Helper()
	for place, text := range rows[0] {
		if text != header {
			continue
		}
		var values []string
		for _, row := range rows[1:] {
			value := ""
			if place < len(row) {
				value = row[place]
			}
			values = append(values, value)
		}
		return values
	}
	t.Fatalf("no column %s in %q", header, rows[0])
	return nil
}

func TestPackageHoldsTheWholeJob(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	batch := h.Approved("2022-03-09 10:00:00", "2022-03-12 09:00:00", 6).BatchNumber
	order := h.Submitted("2022-06-01 10:00:00", 2)
	h.Draft("2022-06-02 10:00:00", 1)
	h.Charge("2022-03-15 09:00:00", batch, h.People("")[:2]...)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	if name := filepath.Base(made.Path); made.Number != "BP-2022-0001" || name != "报盘_"+got[data.Profile](t)(h.Profile(ctx)).Unit+"_2022_0001_20220617130211.zip" {
		t.Errorf("package %s in %s", made.Number, name)
	}
	if names := column(t, sheets[data.RosterFile], "姓名"); len(names) != 6 {
		t.Errorf("people: %q", names)
	}
	if ids := column(t, sheets[data.RosterFile], data.LocalIDHeader); ids[0] != "BP-2022-0001-00001" || ids[5] != "BP-2022-0001-00006" {
		t.Errorf("local ids: %q", ids)
	}
	for _, id := range column(t, sheets[data.RosterFile], "身份证号") {
		if len(id) != 18 || strings.Contains(id, "*") {
			t.Errorf("the platform needs whole numbers, got %q", id)
		}
	}
	if numbers := column(t, sheets[data.OrdersFile], "订单号"); len(numbers) != 1 || numbers[0] != order.Number {
		t.Errorf("orders: %q, want %s alone: drafts and reviewed ones stay", numbers, order.Number)
	}
	if amounts := column(t, sheets[data.RechargeFile], "充值金额"); strings.Join(amounts, " ") != "40.00 40.00" {
		t.Errorf("recharges: %q", amounts)
	}
	for _, file := range []string{data.ManifestFile, data.ChecklistPDF, data.VoucherPath + order.Number + "_1.jpg"} {
		if _, there := sheets[file]; !there {
			t.Errorf("no %s in the package", file)
		}
	}
	manifest := got[bundle.Manifest](t)(h.VerifySubmission(ctx, made.Path))
	if manifest.Number != made.Number || manifest.Plan != h.Plan.Number || manifest.Previous != nil || len(manifest.Counts) != 3 || manifest.Counts[2].Total != 80_00 {
		t.Errorf("manifest: %+v", manifest)
	}
	if states := platformStates(t, h); states != "已报盘 6" {
		t.Errorf("people are %s", states)
	}
	healthy(t, h.App)
}

// platformStates counts people by what the platform knows of them.
func platformStates(t testing.TB, h *apptest.Hospital) string {
	t.Helper()
	var words []string
	for _, state := range []data.PlatformState{data.PlatformPending, data.PlatformReported, data.PlatformImported, data.PlatformFailed} {
		if ids := got[[]int64](t)(h.TraineeIDs(ctx, data.TraineeQuery{Platform: state})); len(ids) > 0 {
			words = append(words, string(state)+" "+fmt.Sprint(len(ids)))
		}
	}
	return strings.Join(words, ", ")
}

func TestNextPackageHoldsOnlyWhatChanged(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	first, _ := packed(t, h, app.SubmissionRequest{})
	plan := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID}))
	unchanged(t, h.App, func() {
		_, err := h.WriteSubmission(ctx, plan, t.TempDir(), nil)
		refused(t, err, "package-empty")
	})
	changed := h.People("")[1]
	row := got[data.ImportRow](t)(h.EditTrainee(ctx, changed, map[string]string{"name": "赵改名", "id_number": got[data.Trainee](t)(h.Reveal(ctx, changed)).IDNumber}))
	if data.HasErrors(row.Problems) {
		t.Fatal(row.Problems)
	}
	second, sheets := packed(t, h, app.SubmissionRequest{})
	if names := column(t, sheets[data.RosterFile], "姓名"); len(names) != 1 || names[0] != "赵改名" {
		t.Errorf("the second package holds %q", names)
	}
	manifest := got[bundle.Manifest](t)(h.VerifySubmission(ctx, second.Path))
	if manifest.Previous == nil || manifest.Previous.Number != first.Number || manifest.Previous.SHA256 != first.SHA256 {
		t.Errorf("previous: %+v", manifest.Previous)
	}
	_, everything := packed(t, h, app.SubmissionRequest{Everything: true})
	if names := column(t, everything[data.RosterFile], "姓名"); len(names) != 4 {
		t.Errorf("everything holds %q", names)
	}
}

func TestSameDataGivesTheSameBytes(t *testing.T) {
	var packages []map[string][]byte
	for range 2 {
		h := apptest.NewHospital(t, 5)
		h.Submitted("2022-06-01 10:00:00", 2)
		made, _ := packed(t, h, app.SubmissionRequest{})
		packages = append(packages, contentOf(t, made.Path))
	}
	for name, content := range packages[0] {
		// Each unit seals the manifest with its own key.
		if name != data.ManifestFile && !bytes.Equal(content, packages[1][name]) {
			t.Errorf("%s differs", name)
		}
	}
	if len(packages[0]) != 5 || len(packages[1]) != 5 {
		t.Errorf("%d and %d files", len(packages[0]), len(packages[1]))
	}
}

func TestWithdrawnPackageIsHandedOverAgain(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	made, _ := packed(t, h, app.SubmissionRequest{})
	refused(t, h.WithdrawSubmission(ctx, made.ID, " "), "reason-missing")
	must(t, h.WithdrawSubmission(ctx, made.ID, "文件发错了"))
	refused(t, h.WithdrawSubmission(ctx, made.ID, "文件发错了"), "package-withdrawn")
	if states := platformStates(t, h); states != "待报 3" {
		t.Errorf("people are %s", states)
	}
	again, sheets := packed(t, h, app.SubmissionRequest{})
	if names := column(t, sheets[data.RosterFile], "姓名"); len(names) != 3 || again.Number != "BP-2022-0002" {
		t.Errorf("%s holds %q", again.Number, names)
	}
	if manifest := got[bundle.Manifest](t)(h.VerifySubmission(ctx, again.Path)); manifest.Previous != nil {
		t.Errorf("a withdrawn package is called the one before: %+v", manifest.Previous)
	}
}

func contentOf(t testing.TB, path string) map[string][]byte {
	t.Helper()
	archive := got[*zip.ReadCloser](t)(zip.OpenReader(path))
	defer archive.Close()
	contents := map[string][]byte{}
	for _, file := range archive.File {
		r := got[io.ReadCloser](t)(file.Open())
		contents[file.Name] = got[[]byte](t)(io.ReadAll(r))
		must(t, r.Close())
	}
	return contents
}

func TestPackageIsNeverWrittenOverAFile(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	plan := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID}))
	folder := t.TempDir()
	path := filepath.Join(folder, data.PackageFileName(plan.Profile.Unit, plan.Plan.Year, plan.Sequence, h.Now()))
	must(t, os.WriteFile(path, []byte("别人的文件"), 0o600))
	unchanged(t, h.App, func() {
		_, err := h.WriteSubmission(ctx, plan, folder, nil)
		refused(t, err, "package-exists")
	})
	if content := got[[]byte](t)(os.ReadFile(path)); string(content) != "别人的文件" {
		t.Error("the file that was there is gone")
	}
	unchanged(t, h.App, func() {
		_, err := h.WriteSubmission(ctx, plan, filepath.Join(folder, "没有这个文件夹"), nil)
		refused(t, err, "file-not-written")
	})
	if left := got[[]os.DirEntry](t)(os.ReadDir(folder)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPackageOfStaleDataIsRefused(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	plan := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID}))
	_, err := h.SetTraineeStatus(ctx, h.People("")[:1], data.TraineeDisabled)
	must(t, err)
	folder := t.TempDir()
	unchanged(t, h.App, func() {
		_, err := h.WriteSubmission(ctx, plan, folder, nil)
		refused(t, err, "package-stale")
	})
	if left := got[[]os.DirEntry](t)(os.ReadDir(folder)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPackageIsSplitAsTheSettingSays(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	must(t, h.SetSubmissionRows(ctx, 2))
	made, sheets := packed(t, h, app.SubmissionRequest{})
	for name, want := range map[string]int{"学员导入_1.xlsx": 2, "学员导入_2.xlsx": 2, "学员导入_3.xlsx": 1} {
		if got := len(column(t, sheets[name], "姓名")); got != want {
			t.Errorf("%s holds %d people, want %d", name, got, want)
		}
	}
	for _, row := range got[[]data.SentRow](t)(h.SentRows(ctx, made.ID)) {
		if name := sheets[row.Item.File][row.Item.Row-1][0]; name != row.Item.Cells["name"] {
			t.Errorf("row %d of %s is %s's, the map says %s", row.Item.Row, row.Item.File, name, row.Item.Cells["name"])
		}
	}
	refused(t, h.SetSubmissionRows(ctx, -1), "submission-rows")
}

func TestUnfinishedPackagesAreClearedAway(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	folder := t.TempDir()
	long := time.Now().Add(-2 * time.Minute)
	for _, name := range []string{".peixun-pack-1", ".peixun-pack-2", ".peixun-other", "名单.xlsx"} {
		path := filepath.Join(folder, name)
		must(t, os.WriteFile(path, []byte("x"), 0o600))
		if name != ".peixun-pack-2" { // which another program is writing
			must(t, os.Chtimes(path, long, long))
		}
	}
	plan := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID}))
	made := got[app.MadeSubmission](t)(h.WriteSubmission(ctx, plan, folder, nil))
	if left, want := names(t, folder), ".peixun-other .peixun-pack-2 名单.xlsx "+made.File; left != want {
		t.Errorf("left %q, want %q", left, want)
	}
}

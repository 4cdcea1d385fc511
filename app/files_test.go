package app_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// names lists what stands in a folder.
func names(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return strings.Join(all, " ")
}

func TestFilesAreWrittenWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "报告.xlsx")
	must(t, app.SaveFile(path, []byte("旧的")))
	half := func(w io.Writer) error {
		fmt.Fprint(w, strings.Repeat("新的", 100_000))
		return errors.New("the disk is full")
	}
	refused(t, app.WriteFile(path, half), "file-not-written")
	own := data.Refuse("no-rows", "", "没有可以保存的行。", "请先导入。")
	refused(t, app.WriteFile(path, func(io.Writer) error { return own }), "no-rows")
	if content, err := os.ReadFile(path); err != nil || string(content) != "旧的" || names(t, folder) != "报告.xlsx" {
		t.Errorf("after failures %q (%v) in %q", content, err, names(t, folder))
	}
	must(t, app.SaveFile(path, []byte("新的")))
	if content, err := os.ReadFile(path); err != nil || string(content) != "新的" || names(t, folder) != "报告.xlsx" {
		t.Errorf("after a save %q (%v) in %q", content, err, names(t, folder))
	}
	missing := app.SaveFile(filepath.Join(folder, "没有的文件夹", "x.pdf"), nil)
	refused(t, missing, "file-not-written")
	if problem, _ := data.AsProblem(missing); !strings.Contains(problem.Fix, filepath.Join(folder, "没有的文件夹")) {
		t.Errorf("a missing folder is not named: %s", problem.Fix)
	}
	refused(t, app.SaveFile(folder, []byte("a folder stands there")), "file-not-written")
	if names(t, folder) != "报告.xlsx" {
		t.Errorf("something was left behind: %q", names(t, folder))
	}
}

func TestDiaryBeginsAnewWhenItIsLarge(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	folder := t.TempDir()
	closeDiary, err := app.OpenDiary(folder)
	must(t, err)
	slog.Info("first")
	closeDiary()
	must(t, os.Truncate(filepath.Join(folder, "peixun.log"), 2<<20))
	closeDiary, err = app.OpenDiary(folder)
	must(t, err)
	slog.Info("second")
	closeDiary()
	content, err := os.ReadFile(filepath.Join(folder, "peixun.log"))
	if err != nil || !strings.Contains(string(content), "second") || strings.Contains(string(content), "first") || names(t, folder) != "peixun.log peixun.log.1" {
		t.Errorf("the log holds %q (%v), the folder %q", content, err, names(t, folder))
	}
	if _, err := app.OpenDiary(filepath.Join(folder, "没有")); err == nil {
		t.Error("a log in no folder")
	}
}

func TestDatabaseExistsMakesNone(t *testing.T) {
	folder := t.TempDir()
	if app.DatabaseExists(folder) || names(t, folder) != "" {
		t.Errorf("a database in an empty folder: %q", names(t, folder))
	}
	a := apptest.New(t)
	if !app.DatabaseExists(filepath.Dir(a.DatabasePath())) || a.DatabaseSize() <= 0 {
		t.Errorf("no database at %s, %d bytes", a.DatabasePath(), a.DatabaseSize())
	}
}

func TestFindTrainees(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	people := h.People("")
	alone := addPerson(t, h.App, 9)
	found := got[[]int64](t)(h.FindTrainees(ctx, []string{"jy0336", datatest.IDNumber(0), "nobody", "", datatest.IDNumber(9), strings.ToLower(datatest.IDNumber(0))}))
	if fmt.Sprint(found) != fmt.Sprint([]int64{people[1], people[0], 0, 0, alone, people[0]}) {
		t.Errorf("found %v among %v and %d", found, people, alone)
	}
	if found := got[[]int64](t)(h.FindTrainees(ctx, nil)); len(found) != 0 {
		t.Errorf("nobody asked for: %v", found)
	}
}

func TestRecoveryKeyIsRenewed(t *testing.T) {
	a := apptest.Empty(t)
	old := got[string](t)(a.Initialize(ctx, setup))
	_, err := a.RenewRecoveryKey(ctx, "a wrong password")
	refused(t, err, "login-wrong")
	fresh := got[string](t)(a.RenewRecoveryKey(ctx, apptest.Password))
	if fresh == old || len(fresh) != len(old) {
		t.Errorf("old %s, new %s", old, fresh)
	}
	a.Lock()
	_, err = a.RenewRecoveryKey(ctx, apptest.Password)
	refused(t, err, "locked")
	refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, old, "a new password"), "recovery-wrong")
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, fresh, "a new password"))
	healthy(t, a)
}

// A key that a stranger copied from one place of the file to the other opens nothing.
func TestKeysAreBoundToTheirOwners(t *testing.T) {
	clock := &apptest.Clock{}
	a, err := apptest.Open(t.TempDir(), clock)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	key := got[string](t)(a.Initialize(ctx, setup))
	a.Lock()
	raw := datatest.Raw(t, a.DatabasePath())
	datatest.Exec(t, raw, `UPDATE key_wrap SET (salt, sealed_private, sealed_key, checksum) = (SELECT salt, NULL, sealed_key, NULL FROM key_wrap WHERE administrator_id IS NULL) WHERE administrator_id IS NOT NULL`)
	for _, password := range []string{apptest.Password, key, strings.ReplaceAll(key, "-", "")} {
		refused(t, a.Login(ctx, apptest.User, password), "login-wrong")
		clock.Pass(time.Minute)
	}
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, "a new password"))
}

func TestTypedFormsAreJudgedAsTheyAreTyped(t *testing.T) {
	a := apptest.New(t)
	codes := func(cells map[string]string) string {
		var all []string
		for _, problem := range a.JudgeTyped(cells) {
			all = append(all, problem.Where.Field+"="+problem.Code)
		}
		return strings.Join(all, " ")
	}
	good := map[string]string{"name": datatest.Name(1), "id_number": datatest.IDNumber(1), "mobile": datatest.Mobile(1)}
	if got := codes(good); got != "" {
		t.Errorf("a good form: %s", got)
	}
	good["mobile"], good["name"] = "1380", ""
	if got := codes(good); got != "name=name-missing mobile=mobile-length" {
		t.Errorf("a form half typed: %s", got)
	}
	if whole, initials := app.SpellName("陈若溪"); whole != "chenruoxi" || initials != "crx" {
		t.Errorf("spelled %s %s", whole, initials)
	}
	if app.MaskIDNumber("110101199003070011") != "110101********0011" || app.MaskMobile("13800000417") != "138****0417" || app.MaskAccount("330101201900556678") != "**************6678" {
		t.Error("masks")
	}
}

func TestColumnsAreMappedByHand(t *testing.T) {
	a := apptest.New(t)
	path := csv(t, "统计表,,,", "甲,乙,丙,丁", datatest.Name(1)+","+datatest.IDNumber(1)+","+datatest.Mobile(1)+",12")
	if _, err := a.PlanImport(ctx, path, app.ImportOptions{}); err == nil {
		t.Error("headers that mean nothing were understood")
	}
	head := got[[]data.SheetRow](t)(a.SheetHead(ctx, path, "", 10))
	if len(head) != 3 || head[1].Number != 2 || strings.Join(head[1].Texts, " ") != "甲 乙 丙 丁" {
		t.Fatalf("head = %+v", head)
	}
	options := app.ImportOptions{HeaderRow: 2, Columns: map[int]string{0: "name", 1: "id_number", 2: "mobile"}}
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, options))
	if outcomes(plan) != "新增 1" {
		t.Fatalf("%s %+v", outcomes(plan), plan.Rows)
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	person := got[data.Trainee](t)(a.Reveal(ctx, 1))
	if person.Name != datatest.Name(1) || person.Mobile != datatest.Mobile(1) || person.Extra["丁"] != "12" {
		t.Errorf("stored %+v", person)
	}
	_, err := a.PlanImport(ctx, path, app.ImportOptions{HeaderRow: 9})
	refused(t, err, "header-row")
	sheets := got[[]data.SheetInfo](t)(a.SheetsOf(ctx, path, data.TraineeForm))
	if len(sheets) != 1 || sheets[0].Hidden {
		t.Errorf("sheets = %+v", sheets)
	}
}

func TestProblemsNameTheirFile(t *testing.T) {
	a := apptest.New(t)
	broken := csv(t, "没有表头", "1,2")
	for name, read := range map[string]func() error{
		"import":  func() error { _, err := a.PlanImport(ctx, broken, app.ImportOptions{}); return err },
		"compare": func() error { _, err := a.CompareRoster(ctx, broken, app.ImportOptions{}); return err },
		"sheets":  func() error { _, err := a.SheetsOf(ctx, broken+".away", data.TraineeForm); return err },
		"head":    func() error { _, err := a.SheetHead(ctx, broken+".away", "", 1); return err },
	} {
		problem, ok := data.AsProblem(read())
		if want := filepath.Base(broken); !ok || !strings.HasPrefix(problem.Where.String(), "文件“"+want) {
			t.Errorf("%s: %+v does not name %q", name, problem, want)
		}
	}
}

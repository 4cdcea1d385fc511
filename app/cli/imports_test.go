package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/data/datatest"
)

// mixed writes a workbook with a title above the header and rows of every outcome; the people of unitReady are unknown to it.
func mixed(t *testing.T, files string) string {
	t.Helper()
	rows := [][]string{
		{"2022 年学员名单"},
		{"姓名", "身份证号", "手机号", "组织机构"},
		{datatest.Name(1), datatest.IDNumber(1), datatest.Mobile(1), "院本部/内科"},            // row 3: good
		{datatest.Name(2), datatest.IDNumber(2)[:17] + "?", datatest.Mobile(2), "院本部/内科"}, // row 4: error
		{datatest.Name(3), datatest.IDNumber(3), "", "院本部/内科"},                            // row 5: warning
		{" " + datatest.Name(4), datatest.IDNumber(4), datatest.Mobile(4), "院本部/内科"},      // row 6: mended
		{datatest.Name(1), datatest.IDNumber(1), datatest.Mobile(1), "院本部/内科"},            // row 7: repeated
	}
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", "名单"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := book.SetSheetRow("名单", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(files, "名单.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func people(t *testing.T) int {
	t.Helper()
	return len(value[[]traineeItem](t, 0, "list", "trainees"))
}

func counts(r importReply) [8]int {
	return [8]int{r.Rows, r.New, r.Updated, r.Unchanged, r.Failed, r.Skipped, r.Fixed, r.Warned}
}

func TestImportTakesGoodRowsAndTellsOfTheRest(t *testing.T) {
	files := unitReady(t)
	path, report := mixed(t, files), filepath.Join(files, "错误.xlsx")
	got := value[importReply](t, exitFailed, "import", "trainees", path, "--create-orgs", "--report", report)
	if counts(got) != [8]int{5, 3, 0, 0, 1, 1, got.Fixed, 1} || got.Fixed == 0 || !got.Written || people(t) != 3 {
		t.Errorf("import: %+v", got)
	}
	levels := map[int]string{}
	for _, problem := range got.Problems {
		if problem.Sheet != "名单" || problem.Column == "" || problem.Code == "" || problem.Message == "" {
			t.Errorf("half a problem: %+v", problem)
		}
		levels[problem.Row] = string(problem.Level)
	}
	if levels[4] != "error" || levels[5] != "warning" || levels[6] != "fixed" || levels[7] != "warning" || levels[3] != "" {
		t.Errorf("levels by row: %v", levels)
	}
	// The report is the clerk's own sheet: mended, it goes in.
	again := value[importReply](t, exitFailed, "import", "trainees", report)
	if again.Rows != 1 || again.Failed != 1 {
		t.Errorf("importing the report: %+v", again)
	}
	if second := value[importReply](t, exitFailed, "import", "trainees", path); second.Unchanged != 3 || second.New+second.Updated != 0 || second.Written {
		t.Errorf("importing again: %+v", second)
	}
}

func TestImportHoldsBack(t *testing.T) {
	files := unitReady(t)
	path := mixed(t, files)
	good := roster(t, files, 5)
	cases := []struct {
		name      string
		exit      int
		arguments []string
		counts    [8]int
	}{
		{"dry run", exitFailed, []string{path, "--create-orgs", "--dry-run"}, [8]int{5, 3, 0, 0, 1, 1, 1, 1}},
		{"all or nothing", exitFailed, []string{path, "--create-orgs", "--all-or-nothing"}, [8]int{5, 0, 0, 0, 1, 4, 1, 0}},
		{"unknown organisations", exitFailed, []string{good}, [8]int{5, 0, 0, 0, 5, 0, 0, 0}},
		{"dry run of good rows", exitDone, []string{good, "--create-orgs", "--dry-run"}, [8]int{5, 5, 0, 0, 0, 0, 0, 0}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := value[importReply](t, c.exit, append([]string{"import", "trainees"}, c.arguments...)...)
			if counts(got) != c.counts || got.Written || people(t) != 0 {
				t.Errorf("got %+v with %d people stored", got, people(t))
			}
		})
	}
	if got := value[importReply](t, 0, "import", "trainees", good, "--create-orgs", "--all-or-nothing"); got.New != 5 || people(t) != 5 {
		t.Errorf("all or nothing of good rows: %+v", got)
	}
}

func TestFilesThatLetNothingIn(t *testing.T) {
	files := unitReady(t)
	whole, err := os.ReadFile(mixed(t, files))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, path, code string
		more             []string
	}{
		{"missing", filepath.Join(files, "nowhere.xlsx"), "file-missing", nil},
		{"cut off", write(t, files, "cut.xlsx", string(whole[:len(whole)*2/3])), "file-damaged", nil},
		{"empty", write(t, files, "empty.csv", ""), "file-empty", nil},
		{"another form", write(t, files, "other.csv", "商品,价格\n笔,1\n"), "sheet-not-this-form", nil},
		{"no such sheet", filepath.Join(files, "名单.xlsx"), "sheet-missing", []string{"--sheet", "二月"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			arguments := append([]string{"import", "trainees", c.path, "--create-orgs"}, c.more...)
			got := value[importReply](t, exitFailed, arguments...)
			if got.Rows != 0 || got.Written || len(got.Problems) != 1 || got.Problems[0].Code != c.code || people(t) != 0 {
				t.Errorf("got %+v", got)
			}
			if told := must(t, exitFailed, arguments...); !strings.Contains(told.messages, filepath.Base(c.path)) {
				t.Errorf("stderr does not name the file: %q", told.messages)
			}
		})
	}
}

func TestReportIsWrittenOnlyForFailedRows(t *testing.T) {
	files := unitReady(t)
	path, report := roster(t, files, 5), filepath.Join(files, "report.xlsx")
	must(t, 0, "import", "trainees", path, "--create-orgs", "--report", report)
	if _, err := os.Stat(report); err == nil {
		t.Error("a report without failed rows")
	}
	bad := mixed(t, files)
	before, err := os.ReadFile(bad)
	if err != nil {
		t.Fatal(err)
	}
	must(t, exitUsage, "import", "trainees", bad, "--report", bad)
	if after, err := os.ReadFile(bad); err != nil || string(after) != string(before) {
		t.Error("the report went over the file itself")
	}
	// A report that cannot be written keeps everything out, since the failed rows would be lost from sight.
	fresh := write(t, files, "fresh.csv", "姓名,身份证号\n"+datatest.Name(9)+","+datatest.IDNumber(9)+"\n坏,1\n")
	got := value[failure](t, exitFailed, "import", "trainees", fresh, "--report", filepath.Join(files, "nowhere", "report.xlsx"))
	if got.Error.Code != "file-not-written" || people(t) != 5 {
		t.Errorf("got %+v with %d people", got.Error, people(t))
	}
	if names := left(t, files); slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, ".") }) {
		t.Errorf("temporary files left: %v", names)
	}
}

func TestImportHours(t *testing.T) {
	files := rosterReady(t)
	path := write(t, files, "学时.csv", strings.Join([]string{"姓名,身份证号,培训名称,开始日期,结束日期,学时",
		datatest.Name(1) + "," + datatest.IDNumber(1) + ",讲座,2022-05-09,2022-05-10,12.5",
		datatest.Name(2) + "," + datatest.IDNumber(2) + ",讲座,2022-05-09,2022-05-10,99",
		datatest.Name(8) + "," + datatest.IDNumber(8) + ",讲座,2022-05-09,2022-05-10,8"}, "\n"))
	report := filepath.Join(files, "错误.xlsx")
	got := value[importReply](t, exitFailed, "import", "hours", path, "--plan", plan2022, "--report", report)
	if counts(got) != [8]int{3, 1, 0, 0, 2, 0, 0, 0} {
		t.Errorf("got %+v", got)
	}
	if _, err := os.Stat(report); err != nil {
		t.Error("no report:", err)
	}
	hours := value[[]map[string]any](t, 0, "list", "hours")
	if len(hours) != 1 || hours[0]["hours"] != 12.5 || hours[0]["plan"] != plan2022 || strings.Contains(must(t, 0, "list", "hours", "--json").out, datatest.IDNumber(1)) {
		t.Errorf("stored: %v", hours)
	}
}

func TestTemplatesNeedNoDatabaseAndAreRead(t *testing.T) {
	files := t.TempDir()
	out := filepath.Join(files, "模板.xlsx")
	t.Setenv("PEIXUN_DATA", filepath.Join(files, "data"))
	if got := value[fileReply](t, 0, "template", "trainees", "--out", out); got.File != out {
		t.Errorf("got %+v", got)
	}
	must(t, exitFailed, "template", "trainees", "--out", filepath.Join(files, "nowhere", "x.xlsx"))
	if names := left(t, files); len(names) != 1 {
		t.Errorf("files: %v", names)
	}
	unitReady(t)
	if got := value[importReply](t, exitFailed, "import", "trainees", out); got.Rows != 0 || len(got.Problems) != 1 || got.Problems[0].Code != "sheet-no-rows" {
		t.Errorf("an empty template gives %+v", got)
	}
}

// Whoever imports by a script sees no window that asks: the JSON says what the sheet hides and which other sheets hold people.
func TestImportTellsOfHiddenRowsAndOtherSheets(t *testing.T) {
	files := unitReady(t)
	book := excelize.NewFile()
	defer book.Close()
	people := func(sheet string, from, to int) {
		for row := 1; row <= to-from+2; row++ {
			cells := []string{"姓名", "身份证号", "手机号"}
			if n := from + row - 2; row > 1 {
				cells = []string{datatest.Name(n), datatest.IDNumber(n), datatest.Mobile(n)}
			}
			if err := book.SetSheetRow(sheet, "A"+string(rune('0'+row)), &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, sheet := range []string{"外科", "说明", "旧名单"} {
		if _, err := book.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	people("Sheet1", 1, 4)
	people("外科", 5, 6)
	people("旧名单", 7, 8)
	for _, err := range []error{book.SetSheetVisible("旧名单", false), book.SetRowVisible("Sheet1", 3, false), book.SetCellStr("说明", "A1", "请如实填写")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(files, "多表.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	told := func(arguments ...string) (codes string) {
		for _, problem := range value[importReply](t, 0, append([]string{"import", "trainees", path, "--dry-run"}, arguments...)...).Problems {
			codes += problem.Code + " " + problem.Message + "\n"
		}
		return codes
	}
	if got := told(); !strings.Contains(got, "sheets-left 文件里还有 1 张工作表有名单：“外科”2 行。") || !strings.Contains(got, "rows-hidden 表里有 1 行是隐藏") {
		t.Errorf("told %s", got)
	}
	if got := told("--sheet", "外科"); got != "" {
		t.Errorf("told of the chosen sheet: %s", got)
	}
	if got := run("import", "trainees", path, "--dry-run"); !strings.Contains(got.out, "\n文件里还有 1 张工作表有名单") {
		t.Errorf("people read %s", got.out)
	}
}

// Two lists side by side are common on paper; only the left one is read, and that must not pass in silence.
func TestImportTellsOfASecondListBesideTheFirst(t *testing.T) {
	files := unitReady(t)
	line := func(n int) string { return datatest.Name(n) + "," + datatest.IDNumber(n) }
	path := filepath.Join(files, "两栏.csv")
	for content, code := range map[string]string{
		"姓名,身份证号,,姓名,身份证号\n" + line(1) + ",," + line(2): "block-left",
		"姓名,身份证号,身份证号\n" + line(1) + ",":                "",
		"姓名,身份证号,配偶姓名\n" + line(1) + ",王芳":              "",
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := value[importReply](t, 0, "import", "trainees", path, "--dry-run")
		told := ""
		for _, problem := range got.Problems {
			if problem.Row == 0 {
				told += problem.Code
			}
		}
		if told != code || got.New != 1 {
			t.Errorf("%s: told %q, %+v", content, told, got)
		}
	}
}

func TestProblemsAreAListEvenWhereThereAreNone(t *testing.T) {
	files := unitReady(t)
	path := filepath.Join(files, "名单.csv")
	content := "姓名,身份证号,手机号\n" + datatest.Name(1) + "," + datatest.IDNumber(1) + "," + datatest.Mobile(1)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run("--json", "import", "trainees", path); !strings.Contains(got.out, `"problems":[]`) {
		t.Error(got.out)
	}
}

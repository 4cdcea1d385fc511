package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
)

func TestExitThree(t *testing.T) {
	cases := []struct {
		name, code string
		prepare    func(t *testing.T)
	}{
		{"no passphrase", "passphrase-missing", func(t *testing.T) { t.Setenv("PEIXUN_PASSPHRASE", "") }},
		{"wrong passphrase", "login-wrong", func(t *testing.T) { t.Setenv("PEIXUN_PASSPHRASE", passphrase+"!") }},
		{"wrong user", "login-wrong", func(t *testing.T) { t.Setenv("PEIXUN_USER", "somebody") }},
		{"no database at all", "database-damaged", func(t *testing.T) { overwrite(t, 0, strings.Repeat("PK garbage ", 500)) }},
		{"a table's page is garbage", "database-damaged", func(t *testing.T) { overwrite(t, 4096, strings.Repeat("\xFF", 200_000)) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rosterReady(t)
			c.prepare(t)
			if got := value[failure](t, exitLocked, "list", "trainees"); got.Error.Code != c.code {
				t.Errorf("code %s, want %s", got.Error.Code, c.code)
			}
		})
	}
}

// overwrite damages the database from an offset in bytes.
func overwrite(t *testing.T, offset int64, with string) {
	t.Helper()
	file, err := os.OpenFile(databasePath(), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte(with), offset); err != nil {
		t.Fatal(err)
	}
}

func databasePath() string { return filepath.Join(os.Getenv("PEIXUN_DATA"), "peixun.db") }

func TestInit(t *testing.T) {
	empty(t)
	t.Setenv("PEIXUN_PASSPHRASE", "")
	if got := value[failure](t, exitLocked, "init", "--unit", unit, "--admin", "zhaoxl"); got.Error.Code != "passphrase-missing" {
		t.Errorf("without a passphrase: %+v", got.Error)
	}
	if app.DatabaseExists(os.Getenv("PEIXUN_DATA")) {
		t.Error("a database was made without a passphrase")
	}
	t.Setenv("PEIXUN_PASSPHRASE", "abc123")
	if got := value[failure](t, exitFailed, "init", "--unit", unit, "--admin", "zhaoxl"); got.Error.Code != "password-short" {
		t.Errorf("with a short passphrase: %+v", got.Error)
	}
	t.Setenv("PEIXUN_PASSPHRASE", passphrase)
	if got := value[failure](t, exitFailed, "init", "--unit", unit, "--admin", "zhaoxl", "--uscc", "1"); got.Error.Field != "uscc" {
		t.Errorf("with a wrong code: %+v", got.Error)
	}
	must(t, 0, "init", "--unit", unit, "--admin", "zhaoxl")
	if got := value[failure](t, exitFailed, "init", "--unit", unit, "--admin", "other"); got.Error.Code != "initialized" {
		t.Errorf("a second time: %+v", got.Error)
	}
	if plans := value[[]map[string]any](t, 0, "list", "plans"); len(plans) != 3 || plans[0]["number"] != plan2022 {
		t.Errorf("plans %+v", plans)
	}
}

func TestNamedUser(t *testing.T) {
	unitReady(t)
	t.Setenv("PEIXUN_USER", "zhaoxl")
	must(t, 0, "list", "plans")
}

func TestNoFlagTakesASecret(t *testing.T) {
	for _, c := range commands() {
		f := newFlags("")
		(&globals{}).declare(f)
		c.prepare(f)
		for _, name := range declared(f) {
			if strings.Contains(name, "pass") || strings.Contains(name, "secret") || strings.Contains(name, "key") {
				t.Errorf("%s has --%s", c.name, name)
			}
		}
	}
	got := must(t, exitUsage, "list", "plans", "--passphrase="+passphrase)
	if strings.Contains(got.messages+got.out, "horse") {
		t.Errorf("the message repeats a secret: %q", got.messages)
	}
}

func TestListsMaskUnlessRevealed(t *testing.T) {
	rosterReady(t)
	number, mobile := datatest.IDNumber(4), datatest.Mobile(4)
	for _, arguments := range [][]string{{"list", "trainees"}, {"list", "trainees", "--json"}, {"list", "trainees", "--query", number}} {
		if out := must(t, 0, arguments...).out; strings.Contains(out, number) || strings.Contains(out, mobile) {
			t.Errorf("%v shows whole numbers", arguments)
		}
	}
	revealed := value[[]traineeItem](t, 0, "list", "trainees", "--org", "院本部/外科", "--reveal", "--reason", "核对平台名单")
	if len(revealed) != 2 || revealed[0].IDNumber != number || revealed[0].Mobile != mobile || revealed[0].Username != number {
		t.Errorf("revealed %+v", revealed)
	}
	if !logged(value[[]auditItem](t, 0, "list", "audit"), "trainee.reveal-all", "2 人的完整证件号：核对平台名单") {
		t.Error("revealing is not logged")
	}
}

func TestListTraineesFinds(t *testing.T) {
	rosterReady(t)
	cases := []struct {
		name      string
		arguments []string
		count     int
	}{
		{"everybody", nil, 5},
		{"the unit's own name is the root", []string{"--org", unit}, 5},
		{"an organisation and below", []string{"--org", "院本部"}, 5},
		{"a department", []string{"--org", "院本部/内科"}, 3},
		{"a whole ID number", []string{"--query", datatest.IDNumber(4)}, 1},
		{"a name outside the organisation", []string{"--query", datatest.Name(4), "--org", "院本部/内科"}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := value[[]traineeItem](t, 0, append([]string{"list", "trainees"}, c.arguments...)...); len(got) != c.count {
				t.Errorf("%d found, want %d: %+v", len(got), c.count, got)
			}
		})
	}
	first := value[[]traineeItem](t, 0, "list", "trainees")[0]
	if first.Status != data.TraineeEnabled || first.PlatformState != data.PlatformPending || first.Organization != "院本部/内科" || first.Payer != unit {
		t.Errorf("first %+v", first)
	}
}

func TestCheckTellsWhatWasTamperedWith(t *testing.T) {
	rosterReady(t)
	database := datatest.Raw(t, databasePath())
	var triggers []string
	rows, err := database.Query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		triggers = append(triggers, name)
	}
	rows.Close()
	for _, trigger := range triggers {
		if _, err := database.Exec("DROP TRIGGER " + trigger); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := database.Exec("UPDATE audit SET detail = '没有导入' WHERE action = 'import.trainees'"); err != nil {
		t.Fatal(err)
	}
	database.Close()
	got := value[checkReply](t, exitFailed, "check")
	wrong := 0
	for _, invariant := range got.Invariants {
		if !invariant.OK {
			wrong++
			if invariant.Detail == "" {
				t.Errorf("no detail: %+v", invariant)
			}
		}
	}
	if got.OK || wrong != 2 {
		t.Errorf("ok %v with %d wrong: %+v", got.OK, wrong, got.Invariants)
	}
}

func TestMessagesSayWhereWhatAndHow(t *testing.T) {
	unitReady(t)
	got := must(t, exitFailed, "order", "show", "JF-2022-0099")
	want := "在哪里：peixun order show\n是什么：没有编号为 JF-2022-0099 的订单。\n怎么改：请核对订单号。\n"
	if got.messages != want {
		t.Errorf("stderr %q\nwant   %q", got.messages, want)
	}
	t.Setenv("PEIXUN_DEBUG", "1")
	if got = must(t, exitFailed, "order", "show", "JF-2022-0099"); got.messages != want+"debug: not found\n" {
		t.Errorf("with PEIXUN_DEBUG %q", got.messages)
	}
}

func TestMessagesHoldNothingPersonal(t *testing.T) {
	files := rosterReady(t)
	t.Setenv("PEIXUN_DEBUG", "1")
	number := datatest.IDNumber(1)
	other := write(t, files, "other.csv", "姓名,身份证号\n某某某,"+number+"\n")
	list := write(t, files, "ids.txt", datatest.IDNumber(78))
	for _, arguments := range [][]string{
		{"import", "trainees", other}, {number}, {"list", number}, {"order", "show", number}, {"list", "plans", "--" + number}, {"list", "trainees", "--org", number},
		{"order", "new", "--plan", plan2022, "--line", number + "=1"}, {"order", "new", "--plan", plan2022, "--line", number},
		{"order", "new", "--plan", plan2022, "--payer-bank", number}, {"recharge", "--batch", number, "--amount", "1", "--ids", list},
	} {
		got := run(arguments...)
		if got.exit == exitDone || strings.Contains(got.messages, number) || strings.Contains(got.messages, datatest.IDNumber(78)) {
			t.Errorf("%v: exit %d, stderr %q", arguments, got.exit, got.messages)
		}
	}
}

func TestSeveralAdministratorsMustBeNamed(t *testing.T) {
	unitReady(t)
	database := datatest.Raw(t, databasePath())
	datatest.Exec(t, database, "INSERT INTO administrator (id, user, name, created_at) VALUES (9, 'li', '李', '2022-06-17 13:02:11')")
	database.Close()
	if got := must(t, exitUsage, "list", "plans"); !strings.Contains(got.messages, "PEIXUN_USER") {
		t.Errorf("stderr %q", got.messages)
	}
	t.Setenv("PEIXUN_USER", "zhaoxl")
	must(t, 0, "list", "plans")
}

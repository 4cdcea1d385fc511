package cli

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/data"
)

func declared(f *flags) []string {
	var names []string
	f.VisitAll(func(one *flag.Flag) { names = append(names, one.Name) })
	return names
}

func TestWrongUse(t *testing.T) {
	files := batchReady(t)
	note := write(t, files, "ids.txt", "x\n")
	cases := []struct{ name, arguments, says string }{
		{"no command", "", "没有写命令"},
		{"unknown command", "lst", "没有“lst”这个命令"},
		{"half a command", "order", "可以写：new、submit、approve、reject、revise、void、invoice、request-invoice、reverse-invoice、refill-invoice、attach-invoice、show"},
		{"unknown second word", "list people", "trainees、organizations"},
		{"unknown flag before the command", "--colour list plans", "没有 --colour"},
		{"unknown flag", "list plans --colour", "没有 --colour"},
		{"flag without its value", "profile --name", "--name 后面缺少内容"},
		{"switch with a strange value", "list plans --json=perhaps", "--json 后面的内容不对"},
		{"global flag without its value", "--data", "--data 后面缺少内容"},
		{"required flag missing", "order reject JF-2022-0001", "缺少 --reason"},
		{"required flag empty", "order void JF-2022-0001 --reason=", "缺少 --reason"},
		{"word missing", "order show", "缺少 订单号"},
		{"word too many", "check everything", "多了“everything”"},
		{"word after --", "check -- --json", "多了“--json”"},
		{"time that is none", "--now yesterday list plans", "--now"},
		{"time without seconds", "list plans --now=2022-06-17", "--now"},
		{"mode that is none", "order new --plan " + plan2022 + " --mode cash", "--mode"},
		{"invoice that is none", "order new --plan " + plan2022 + " --invoice paper", "--invoice"},
		{"line without amount", "order new --plan " + plan2022 + " --line 院本部", "--line"},
		{"line with a strange amount", "order new --plan " + plan2022 + " --line 院本部=12.345", "小数"},
		{"line twice", "order new --plan " + plan2022 + " --line 院本部=1 --line " + unit + "/院本部=2", "写了两次"},
		{"invoice date that is none", "order invoice JF-2022-0001 --number 1 --date 2022-02-30", ""},
		{"amount that is none", "recharge --batch XK-2022-0001 --amount 1e3 --all", ""},
		{"nobody chosen", "recharge --batch XK-2022-0001 --amount 1", "--all、--org、--ids"},
		{"two choices", "recharge --batch XK-2022-0001 --amount 1 --all --ids " + note, "--all、--org、--ids"},
		{"entry that is no number", "recharge reverse first --reason x", "数字"},
		{"revealing without a reason", "list trainees --reveal", "--reason"},
		{"revealing an order without a reason", "order show JF-2022-0001 --reveal", "--reason"},
		{"help on nothing", "help lst", "没有“lst”这个命令"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			arguments := strings.Fields(c.arguments)
			got := must(t, exitUsage, arguments...)
			if got.out != "" || !strings.Contains(got.messages, "是什么：") || !strings.Contains(got.messages, c.says) {
				t.Errorf("stdout %q, stderr %q", got.out, got.messages)
			}
			if c.arguments == "" || strings.Contains(c.arguments, "--json") {
				return
			}
			if failed := value[failure](t, exitUsage, arguments...); failed.Error == nil || failed.Error.Message == "" {
				t.Errorf("JSON gives %+v", failed)
			}
		})
	}
	if orders := value[[]orderSummary](t, 0, "list", "orders"); len(orders) != 1 {
		t.Errorf("wrong use left %d orders", len(orders))
	}
}

func TestThingsThatAreNotThere(t *testing.T) {
	files := batchReady(t)
	note := write(t, files, "ids.txt", "x\n")
	out := filepath.Join(files, "out.pdf")
	cases := []struct{ arguments, code string }{
		{"order show JF-2022-0099", "order-unknown"},
		{"order new --plan 20990301161802103", "plan-unknown"},
		{"order new --plan " + plan2022 + " --line 院本部/儿科=1", "organization-unknown"},
		{"list trainees --org 儿科", "organization-unknown"},
		{"import hours x.csv --plan 2099", "plan-unknown"},
		{"recharge --batch XK-2022-0099 --amount 1 --all", "batch-unknown"},
		{"recharge --batch XK-2022-0001 --amount 1 --org 儿科", "organization-unknown"},
		{"recharge --batch XK-2022-0001 --amount 1 --ids " + note + "x", "file-unreadable"},
		{"recharge reverse 99 --reason x", "entry-unknown"},
		{"letter --order JF-2022-0099 --out " + out, "order-unknown"},
		{"order approve JF-2022-0001", "order-state"},
		{"list trainees --reveal --reason 110101199003070011X", "reason-missing"},
		{"order show JF-2022-0001 --reveal --reason 11010119900307001X", "id-in-wrong-column"},
	}
	for _, c := range cases {
		t.Run(c.arguments, func(t *testing.T) {
			failed := value[failure](t, exitFailed, strings.Fields(c.arguments)...)
			if failed.Error.Code != c.code {
				t.Errorf("code %s, want %s", failed.Error.Code, c.code)
			}
		})
	}
	if names := left(t, files); strings.Contains(strings.Join(names, ","), "out.pdf") {
		t.Errorf("files left: %v", names)
	}
}

func TestFlagsStandAnywhere(t *testing.T) {
	unitReady(t)
	want := must(t, 0, "list", "plans", "--json").out
	for _, arguments := range [][]string{
		{"--json", "list", "plans"}, {"-json", "list", "plans"}, {"list", "--json", "plans"}, {"list", "plans", "--json=true"},
		{"--now=" + now, "list", "--json", "plans"}, {"list", "plans", "--json", "--data", os.Getenv("PEIXUN_DATA")},
	} {
		if got := must(t, 0, arguments...); got.out != want {
			t.Errorf("%v gives %q", arguments, got.out)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "none")
	if got := value[failure](t, exitFailed, "list", "plans", "--data", elsewhere); got.Error.Code != "not-initialized" {
		t.Errorf("--data after the command: %+v", got)
	}
	if _, err := os.Stat(elsewhere); !errors.Is(err, os.ErrNotExist) {
		t.Error("looking into a folder made it")
	}
}

func TestParse(t *testing.T) {
	t.Setenv("PEIXUN_DATA", "/data/of/environment")
	options, command, err := Parse([]string{"--data", "/data/of/flag", "--now", now})
	if err != nil || len(command) != 0 || options.Folder != "/data/of/flag" || data.MomentOf(options.Clock()) != now {
		t.Errorf("window with flags: %+v %v %v", options, command, err)
	}
	if options, command, err = Parse(nil); err != nil || len(command) != 0 || options.Folder != "/data/of/environment" || options.Clock != nil {
		t.Errorf("bare window: %+v %v %v", options, command, err)
	}
	if _, command, err = Parse([]string{"--json", "list", "plans", "--now", "x"}); err != nil || strings.Join(command, " ") != "list plans --now x" {
		t.Errorf("command: %v %v", command, err)
	}
	if _, command, err = Parse([]string{"--strange"}); err != nil || len(command) == 0 {
		t.Errorf("a strange flag must not open the window: %v %v", command, err)
	}
	for _, arguments := range [][]string{{"--data"}, {"--now", "x"}} {
		if _, command, err = Parse(arguments); !errors.Is(err, errUsage) || len(command) != 0 {
			t.Errorf("Parse(%v): %v %v", arguments, command, err)
		}
	}
}

func TestDataFolder(t *testing.T) {
	environment := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	cases := []struct {
		name, system, home, want string
		getenv                   func(string) string
	}{
		{"Windows", "windows", "/users/zhao", "/local/Peixun", environment("LOCALAPPDATA", "/local")},
		{"Windows without its variable", "windows", "/users/zhao", "", environment()},
		{"macOS", "darwin", "/users/zhao", "/users/zhao/Library/Application Support/Peixun", environment("XDG_DATA_HOME", "/shared")},
		{"Linux", "linux", "/home/zhao", "/home/zhao/.local/share/peixun", environment()},
		{"Linux with XDG", "linux", "/home/zhao", "/shared/peixun", environment("XDG_DATA_HOME", "/shared")},
		{"Linux with a relative XDG", "linux", "/home/zhao", "/home/zhao/.local/share/peixun", environment("XDG_DATA_HOME", "shared")},
		{"Linux without a home", "linux", "", "", environment()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := filepath.ToSlash(userFolder(c.system, c.home, c.getenv)); got != c.want {
				t.Errorf("folder %q, want %q", got, c.want)
			}
		})
	}
}

func TestPortableFolderBesideTheProgram(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	portable := filepath.Join(filepath.Dir(program), portableFolder)
	if err := os.Mkdir(portable, 0o700); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(portable)
	if options, _, err := Parse(nil); err != nil || options.Folder != portable {
		t.Errorf("folder %q, %v; want %q", options.Folder, err, portable)
	}
	t.Setenv("PEIXUN_DATA", "/named")
	if options, _, err := Parse(nil); err != nil || options.Folder != "/named" {
		t.Errorf("PEIXUN_DATA gives way to the portable folder: %q, %v", options.Folder, err)
	}
}

func TestCancelledImportLeavesNothing(t *testing.T) {
	files := unitReady(t)
	path := roster(t, files, 5)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if exit := Run(ctx, []string{"import", "trainees", path, "--create-orgs"}, strings.NewReader(""), io.Discard, io.Discard); exit != exitFailed {
		t.Errorf("exit %d", exit)
	}
	if people := value[[]traineeItem](t, 0, "list", "trainees"); len(people) != 0 {
		t.Errorf("%d people after a cancelled import", len(people))
	}
}

func TestClockIsTheSystemsWithoutNow(t *testing.T) {
	unitReady(t)
	before := data.MomentOf(time.Now())
	newest := value[[]auditItem](t, 0, "list", "audit")[0]
	if newest.At < before || newest.At > data.MomentOf(time.Now()) {
		t.Errorf("logged at %s, not between %s and now", newest.At, before)
	}
	if newest = value[[]auditItem](t, 0, "--now", "2031-01-02 03:04:05", "list", "audit")[0]; newest.At != "2031-01-02 03:04:05" {
		t.Errorf("logged at %s under --now", newest.At)
	}
}

func TestWorkWithTheWindowOpen(t *testing.T) {
	rosterReady(t)
	withApp(t, func(ctx context.Context, a *app.App) error {
		if people := value[[]traineeItem](t, 0, "list", "trainees"); len(people) != 5 {
			t.Errorf("%d people beside an open window", len(people))
		}
		return nil
	})
}

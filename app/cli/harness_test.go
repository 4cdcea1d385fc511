package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data/datatest"
	"peixun/data/vault"
)

const (
	unit       = "北京市第九实验医院"
	passphrase = "horse battery 9"
	now        = "2022-06-17 13:02:11"
	plan2022   = "20220301161802103"
)

func TestMain(m *testing.M) {
	defaults.Cost = vault.Cost{Time: 1, Memory: 64, Threads: 1}
	defaults.NoBackups = true
	for _, name := range []string{"PEIXUN_DATA", "PEIXUN_USER", "PEIXUN_PASSPHRASE", "PEIXUN_DEBUG"} {
		os.Unsetenv(name)
	}
	os.Exit(m.Run())
}

// result is what a run left behind.
type result struct {
	exit          int
	out, messages string
}

// run runs the program once, without a terminal.
func run(arguments ...string) result {
	return runWith(strings.NewReader(""), arguments...)
}

func runWith(in io.Reader, arguments ...string) result {
	var out, messages bytes.Buffer
	exit := Run(context.Background(), arguments, in, &out, &messages)
	return result{exit, out.String(), messages.String()}
}

// empty sets the environment to an empty data folder and gives a folder for files.
func empty(t *testing.T) (files string) {
	t.Helper()
	t.Setenv("PEIXUN_DATA", filepath.Join(t.TempDir(), "data"))
	t.Setenv("PEIXUN_PASSPHRASE", passphrase)
	return t.TempDir()
}

// unitReady is empty with a unit whose 管理员信息 is complete.
func unitReady(t *testing.T) (files string) {
	t.Helper()
	files = empty(t)
	must(t, 0, "init", "--unit", unit, "--admin", "zhaoxl", "--uscc", "12110000400686910X")
	must(t, 0, "profile", "--name", "赵晓岚", "--mobile", "13800000417", "--email", "zhaoxl@bj9y.example", "--address", "北京市朝阳区育才南路88号")
	return files
}

// rosterReady is unitReady with people 1–3 in 院本部/内科 and 4–5 in 院本部/外科.
func rosterReady(t *testing.T) (files string) {
	t.Helper()
	files = unitReady(t)
	must(t, 0, "import", "trainees", roster(t, files, 5), "--create-orgs")
	return files
}

// batchReady is rosterReady with an approved order of 16,000 元 and its batch XK-2022-0001.
func batchReady(t *testing.T) (files string) {
	t.Helper()
	files = rosterReady(t)
	must(t, 0, append(orderArguments(t, files), "--line", "院本部=16000")...)
	must(t, 0, "order", "submit", "JF-2022-0001")
	must(t, 0, "order", "approve", "JF-2022-0001")
	return files
}

// orderArguments are those of a complete order but for its lines.
func orderArguments(t *testing.T, files string) []string {
	return []string{"order", "new", "--plan", plan2022, "--mode", "pay-first", "--payer-bank", "中国工商银行北京和平里支行", "--payer-account", "0200004209014412345",
		"--paid-on", "2022-06-14", "--voucher", voucher(t, files, "回单.png", 700, 900)}
}

// roster writes a sheet of people with the numbers 1 to count.
func roster(t *testing.T, files string, count int) string {
	t.Helper()
	rows := []string{"姓名,身份证号,手机号,组织机构"}
	for n := 1; n <= count; n++ {
		department := "院本部/内科"
		if n > 3 {
			department = "院本部/外科"
		}
		rows = append(rows, fmt.Sprintf("%s,%s,%s,%s", datatest.Name(n), datatest.IDNumber(n), datatest.Mobile(n), department))
	}
	return write(t, files, "学员.csv", strings.Join(rows, "\r\n")+"\r\n")
}

func write(t *testing.T, files, name, content string) string {
	t.Helper()
	path := filepath.Join(files, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// voucher writes a picture; name and size make it differ from others.
func voucher(t *testing.T, files, name string, width, height int) string {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, width, height))
	picture.SetGray(1, 1, color.Gray{Y: 200})
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, picture); err != nil {
		t.Fatal(err)
	}
	return write(t, files, name, encoded.String())
}

// must runs a command and fails the test where its exit code is another.
func must(t *testing.T, exit int, arguments ...string) result {
	t.Helper()
	got := run(arguments...)
	if got.exit != exit {
		t.Fatalf("%s: exit %d, want %d\n%s%s", strings.Join(arguments, " "), got.exit, exit, got.out, got.messages)
	}
	return got
}

// value runs a command with --json, wants this exit code and exactly one JSON value on stdout, and decodes it.
func value[T any](t *testing.T, exit int, arguments ...string) T {
	t.Helper()
	got := must(t, exit, append([]string{"--json"}, arguments...)...)
	var decoded T
	decoder := json.NewDecoder(strings.NewReader(got.out))
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatalf("%s: %v in %q", strings.Join(arguments, " "), err, got.out)
	}
	if rest, err := io.ReadAll(decoder.Buffered()); err != nil || strings.TrimSpace(string(rest)) != "" {
		t.Fatalf("%s: after the JSON value stands %q", strings.Join(arguments, " "), rest)
	}
	return decoded
}

// fields gives a JSON object's keys in their order.
func fields(t *testing.T, object json.RawMessage) string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(object))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		t.Fatalf("no object: %s", object)
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(keys, ",")
}

// withApp works on the data as the window would.
func withApp(t *testing.T, work func(ctx context.Context, a *app.App) error) {
	t.Helper()
	options := defaults
	options.Folder = os.Getenv("PEIXUN_DATA")
	ctx := context.Background()
	a, err := app.Open(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Login(ctx, "", passphrase); err != nil {
		t.Fatal(err)
	}
	if err := work(ctx, a); err != nil {
		t.Fatal(err)
	}
}

// left lists what stands in a folder.
func left(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	slices.Sort(names)
	return names
}

package app_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// The tests of this file start the test program once more as a child that works on a folder, kill it at random and look at what it left.
const (
	childVariable  = "PEIXUN_TEST_CHILD" // what the child does; unset in the test itself
	folderVariable = "PEIXUN_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	work, child := children[os.Getenv(childVariable)]
	if !child {
		os.Exit(m.Run())
	}
	if err := work(os.Getenv(folderVariable)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var children = map[string]func(folder string) error{"import": importForever, "recharge": rechargeForever, "spend": spendForever, "draft": typeForever, "pack": packForever, "backup": backUpForever, "restore": restoreForever}

// enter opens the folder's data as a program does.
func enter(folder string) (*app.App, error) {
	a, err := apptest.Open(folder, &apptest.Clock{})
	if err != nil {
		return nil, err
	}
	return a, a.Login(ctx, apptest.User, apptest.Password)
}

// kills is how many kills a test must see, and how many of them in the midst of a change.
func kills() (all, midst int) {
	if thorough {
		return 100, 30
	}
	return 10, 3
}

// killed is what a child had told when it was killed: the last step begun and the last step done, -1 where none.
type killed struct{ begun, done int }

// killAtRandom runs a child on folder and kills it up to longest after it said that it is ready.
func killAtRandom(t *testing.T, child, folder string, longest time.Duration) killed {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	command := exec.Command(program)
	command.Env = append(os.Environ(), childVariable+"="+child, folderVariable+"="+folder)
	var complaints strings.Builder
	command.Stderr = &complaints
	out, err := command.StdoutPipe()
	must(t, err)
	must(t, command.Start())
	told := killed{-1, -1}
	timer := time.AfterFunc(time.Minute, func() { command.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, number, _ := strings.Cut(lines.Text(), " ")
		step, _ := strconv.Atoi(number)
		switch word {
		case "ready":
			timer.Reset(rand.N(longest))
		case "begin":
			told.begun = step
		case "done":
			told.done = step
		}
	}
	command.Wait()
	if complaints.Len() > 0 {
		t.Fatalf("the child failed by itself: %s", complaints.String())
	}
	return told
}

// untilKilledEnough calls round until enough kills hit, a good part of them in the midst of a step.
func untilKilledEnough(t *testing.T, round func() killed) {
	all, midst := kills()
	hit := 0
	for kill := 1; ; kill++ {
		if told := round(); told.begun > told.done {
			hit++
		}
		if t.Failed() || kill >= all && hit >= midst {
			t.Logf("%d kills, %d of them between begin and done", kill, hit)
			return
		}
		if kill > 20*all {
			t.Fatalf("%d kills, and only %d between begin and done", kill, hit)
		}
	}
}

// imageOf gives the bytes of a whole copy of an App's database.
func imageOf(t testing.TB, a *app.App) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "image.db")
	datatest.Exec(t, datatest.Raw(t, a.DatabasePath()), "VACUUM INTO '"+path+"'")
	content, err := os.ReadFile(path)
	must(t, err)
	return content
}

// folderWith makes a data folder whose database is image.
func folderWith(t testing.TB, image []byte) string {
	t.Helper()
	folder := t.TempDir()
	must(t, os.WriteFile(filepath.Join(folder, "peixun.db"), image, 0o600))
	return folder
}

// groupSize is how many people one step of a child imports or recharges.
const groupSize = 150

// groupFile writes the n-th group of new people; it also marks the first group's people with n.
func groupFile(folder string, n int) (string, error) {
	lines := []string{"姓名,身份证号,工号"}
	for place := range groupSize {
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%s,%s,%d", datatest.Name(place), datatest.IDNumber(place), n))
		}
		one := n*groupSize + place
		lines = append(lines, fmt.Sprintf("%s,%s,%d", datatest.Name(one), datatest.IDNumber(one), n))
	}
	path := filepath.Join(folder, "名单.csv")
	return path, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600)
}

// importForever imports one group after the other.
func importForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	totals, err := a.TraineeTotals(ctx, data.TraineeQuery{})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := totals.Count / groupSize; ; n++ {
		path, err := groupFile(folder, n)
		if err != nil {
			return err
		}
		plan, err := a.PlanImport(ctx, path, app.ImportOptions{})
		if err != nil {
			return err
		}
		fmt.Println("begin", n)
		if _, err := a.CommitImport(ctx, plan, nil); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

func TestKilledImportLeavesWholeImports(t *testing.T) {
	const enough = 20 // groups, after which a fresh folder keeps the rounds short
	image := imageOf(t, apptest.New(t))
	folder := ""
	untilKilledEnough(t, func() killed {
		if folder == "" {
			folder = folderWith(t, image)
		}
		told := killAtRandom(t, "import", folder, 250*time.Millisecond)
		a, err := enter(folder)
		must(t, err)
		defer a.Close()
		healthy(t, a)
		people := got[[]data.Trainee](t)(a.RevealAll(ctx, data.TraineeQuery{}, "测试"))
		groups := len(people) / groupSize
		if len(people)%groupSize != 0 {
			t.Errorf("%d people are no whole imports of %d", len(people), groupSize)
		}
		if groups <= told.done || told.begun >= 0 && groups > told.begun+1 {
			t.Errorf("%d imports are stored; the child had begun %d and done %d", groups, told.begun, told.done)
		}
		for place, person := range people {
			want := place / groupSize
			if want == 0 {
				want = groups - 1
			}
			if person.StaffNumber != strconv.Itoa(want) || person.IDNumber != datatest.IDNumber(place) {
				t.Errorf("person %d is marked %s, want %d", place, person.StaffNumber, want)
				break
			}
		}
		imports := got[[]data.AuditEntry](t)(a.Audit(ctx, "导入学员", 1000))
		if len(imports) != groups {
			t.Errorf("%d imports are stored, %d in the log", groups, len(imports))
		}
		if groups > enough {
			folder = ""
		}
		return told
	})
}

// rechargeForever charges one group of people after the other, each by a run of its own.
func rechargeForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	batches, err := a.Batches(ctx)
	if err != nil {
		return err
	}
	people, err := a.TraineeIDs(ctx, data.TraineeQuery{})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := int(batches[0].Used / (groupSize * 1_00)); ; n = (n + 1) % (len(people) / groupSize) {
		fmt.Println("begin", n)
		if _, err := a.Recharge(ctx, groupRun(batches[0], people, n), false, nil); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// groupRun gives 1.00 元 to everybody of the n-th group.
func groupRun(batch data.CardBatch, people []int64, n int) data.RechargeRun {
	return data.RechargeRun{ID: fmt.Sprintf("group-%d", n), BatchID: batch.ID, Amount: 1_00, Trainees: people[n*groupSize:][:groupSize]}
}

func TestKilledRechargeLeavesWholeRuns(t *testing.T) {
	const groups = 40
	h := apptest.NewHospital(t, 1)
	lines := []string{"姓名,身份证号"}
	for n := 1; n < groups*groupSize; n++ {
		lines = append(lines, datatest.Name(n)+","+datatest.IDNumber(n))
	}
	importFile(t, h.App, csv(t, lines...), app.ImportOptions{})
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", groups*groupSize/40)
	image := imageOf(t, h.App)
	folder := ""
	untilKilledEnough(t, func() killed {
		if folder == "" {
			folder = folderWith(t, image)
		}
		told := killAtRandom(t, "recharge", folder, 120*time.Millisecond)
		a, err := enter(folder)
		must(t, err)
		defer a.Close()
		healthy(t, a)
		batch := got[[]data.CardBatch](t)(a.Batches(ctx))[0]
		people := got[[]int64](t)(a.TraineeIDs(ctx, data.TraineeQuery{}))
		full := int(batch.Used / (groupSize * 1_00))
		if batch.Used != data.Money(full*groupSize*1_00) {
			t.Errorf("%s is used: no whole runs", batch.Used)
		}
		if full <= told.done || told.begun >= 0 && full > told.begun+1 {
			t.Errorf("%d runs are stored; the child had begun %d and done %d", full, told.begun, told.done)
		}
		for n := range groups {
			want := data.Money(0)
			if n < full {
				want = groupSize * 1_00
			}
			if sum := got[data.Money](t)(a.Balances(ctx, people[n*groupSize:][:groupSize])); sum != want {
				t.Errorf("group %d has %s, want %s", n, sum, want)
			}
		}
		if told.begun >= 0 { // whoever does not know whether it went in may send it again
			result := got[data.RechargeResult](t)(a.Recharge(ctx, groupRun(batch, people, told.begun), false, nil))
			if after := got[data.CardBatch](t)(a.BatchByNumber(ctx, batch.Number)); result.Already != (full > told.begun) || after.Used != data.Money((told.begun+1)*groupSize*1_00) {
				t.Errorf("the run sent again: %+v, %s used", result, after.Used)
			}
			full = told.begun + 1
		}
		if full > groups/2 { // before the groups run out
			folder = ""
		}
		return told
	})
}

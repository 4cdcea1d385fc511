package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// contender is somebody who imports a roster, in a process of its own that prints an outcome as JSON.
type contender struct {
	name    string
	command func(roster, folder string) *exec.Cmd
}

// outcome is what an import took: seconds to read and judge, seconds to encrypt and store, and the process's peak of memory in KB.
type outcome struct {
	Rows         int
	Plan, Commit float64
	Peak         int64
}

func (o outcome) seconds() float64 { return o.Plan + o.Commit }

const sideBySide = "testdata/sidebyside"

var contenders = []contender{
	{"peixun", childOf("peixun")},
	{"excelize, reading alone", childOf("excelize")},
	{"Python: openpyxl + sqlite3", func(roster, folder string) *exec.Cmd {
		return exec.Command("/usr/bin/python3", sideBySide+"/import.py", roster, filepath.Join(folder, "python.db"))
	}},
	{"Node: SheetJS + better-sqlite3", func(roster, folder string) *exec.Cmd {
		return exec.Command("node", "--max-old-space-size=8192", sideBySide+"/import.cjs", roster, filepath.Join(folder, "node.db"))
	}},
}

func childOf(name string) func(roster, folder string) *exec.Cmd {
	return func(roster, folder string) *exec.Cmd {
		child := exec.Command(os.Args[0], "-test.run", "^TestImportInChild$", "-test.v")
		child.Env = append(os.Environ(), "PEIXUN_CONTENDER="+name, "PEIXUN_ROSTER="+roster, "PEIXUN_FOLDER="+folder)
		return child
	}
}

// BenchmarkImport imports a roster of 100,000 people in 12 columns from end to end, side by side with others who do the same, in
// turns, and prints one table with the best of each. make bench installs what the others need; who is not there is left out.
func BenchmarkImport(b *testing.B) {
	roster := bigRoster(b, manyPeople)
	best := map[string]outcome{}
	for range b.N {
		for _, contender := range contenders {
			result, err := contend(b, contender, roster)
			if err != nil {
				b.Logf("%s is left out: %v", contender.name, err)
				continue
			}
			if known, ok := best[contender.name]; !ok || result.seconds() < known.seconds() {
				best[contender.name] = result
			}
		}
	}
	ours, bare := best[contenders[0].name], best[contenders[1].name]
	fmt.Printf("\n%-32s %8s %8s %8s %10s %8s\n", "100,000 people, 12 columns", "read s", "store s", "all s", "of bare", "peak MB")
	for _, contender := range contenders {
		if o, ok := best[contender.name]; ok {
			fmt.Printf("%-32s %8.2f %8.2f %8.2f %10.2f %8d\n", contender.name, o.Plan, o.Commit, o.seconds(), o.seconds()/bare.seconds(), o.Peak>>10)
		}
	}
	b.ReportMetric(ours.seconds()/bare.seconds(), "of-excelize")
}

func contend(b *testing.B, c contender, roster string) (outcome, error) {
	command := c.command(roster, b.TempDir())
	out, err := command.CombinedOutput()
	if err != nil {
		return outcome{}, fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	for line := range strings.Lines(string(out)) {
		var result outcome
		if at := strings.IndexByte(line, '{'); at >= 0 && json.Unmarshal([]byte(line[at:]), &result) == nil {
			if result.Rows != manyPeople {
				return result, fmt.Errorf("%d rows", result.Rows)
			}
			return result, nil
		}
	}
	return outcome{}, errors.New("no outcome")
}

// TestImportInChild is what BenchmarkImport runs in a process of its own.
func TestImportInChild(t *testing.T) {
	roster := os.Getenv("PEIXUN_ROSTER")
	if roster == "" {
		t.Skip("for BenchmarkImport")
	}
	result := outcome{}
	if os.Getenv("PEIXUN_CONTENDER") == "excelize" {
		result = readBare(t, roster)
	} else {
		result = importHere(t, roster)
	}
	status, err := os.ReadFile("/proc/self/status")
	must(t, err)
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	_, err = fmt.Sscan(peak, &result.Peak)
	must(t, err)
	text, err := json.Marshal(result)
	must(t, err)
	fmt.Println(string(text))
}

func importHere(t *testing.T, roster string) outcome {
	a := got[*app.App](t)(app.Open(ctx, app.Options{Folder: os.Getenv("PEIXUN_FOLDER"), Clock: (&apptest.Clock{}).Now}))
	defer a.Close()
	got[string](t)(a.Initialize(ctx, setup))
	start := time.Now()
	planned := got[*data.ImportPlan](t)(a.PlanImport(ctx, roster, app.ImportOptions{CreateOrganizations: true}))
	plan := time.Since(start)
	result := got[app.ImportResult](t)(a.CommitImport(ctx, planned, nil))
	return outcome{Rows: result.Added, Plan: plan.Seconds(), Commit: (time.Since(start) - plan).Seconds()}
}

// readBare reads every cell of a workbook's sheet with excelize and does nothing with it.
func readBare(t *testing.T, path string) outcome {
	start := time.Now()
	book, err := excelize.OpenFile(path)
	must(t, err)
	defer book.Close()
	rows, err := book.Rows("花名册")
	must(t, err)
	count := 0
	for rows.Next() {
		_, err := rows.Columns(excelize.Options{RawCellValue: true})
		must(t, err)
		count++
	}
	must(t, rows.Close())
	return outcome{Rows: count - 1, Plan: time.Since(start).Seconds()}
}

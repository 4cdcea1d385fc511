package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// packages is where packForever writes to, below its folder.
const packages = "packages"

// packForever writes one package of everything after the other.
func packForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	plan, err := a.CurrentPlan(ctx)
	if err != nil {
		return err
	}
	made, err := a.Submissions(ctx)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := len(made) + 1; ; n++ {
		fmt.Println("begin", n)
		planned, err := a.PlanSubmission(ctx, app.SubmissionRequest{PlanID: plan.ID, Everything: true})
		if err != nil {
			return err
		}
		if _, err := a.WriteSubmission(ctx, planned, filepath.Join(folder, packages), nil); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// After a kill every file with a package's name is a whole package, and every package that was recorded has its file. A file that was
// placed in the instant before its record is whole too; it is made again under the same number and never written over.
func TestKilledPackLeavesNoHalfPackage(t *testing.T) {
	h := apptest.NewHospital(t, 40)
	h.Submitted("2022-06-01 10:00:00", 2)
	folder := folderWith(t, imageOf(t, h.App))
	must(t, os.Mkdir(filepath.Join(folder, packages), 0o700))
	for range 5 {
		killAtRandom(t, "pack", folder, 700*time.Millisecond)
		a, err := enter(folder)
		must(t, err)
		files, err := filepath.Glob(filepath.Join(folder, packages, "报盘_*.zip"))
		must(t, err)
		whole := map[string]string{}
		for _, file := range files {
			manifest := got[app.Manifest](t)(a.VerifySubmission(ctx, file))
			whole[filepath.Base(file)] = manifest.Number
		}
		recorded := got[[]data.Submission](t)(a.Submissions(ctx))
		for _, submission := range recorded {
			if whole[submission.File] != submission.Number {
				t.Errorf("%s is recorded, its file says %q", submission.Number, whole[submission.File])
			}
		}
		if len(files) > len(recorded)+1 {
			t.Errorf("%d files for %d records", len(files), len(recorded))
		}
		// A person who finds such a file takes it for the package or throws it away; the clock of these tests stands still, so it must go.
		known := map[string]bool{}
		for _, submission := range recorded {
			known[submission.File] = true
		}
		for file := range whole {
			if !known[file] {
				must(t, os.Remove(filepath.Join(folder, packages, file)))
			}
		}
		healthy(t, a)
		must(t, a.Close())
	}
}

func TestCancelledPackLeavesNothing(t *testing.T) {
	h := apptest.NewHospital(t, 10)
	plan := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID}))
	folder := t.TempDir()
	stopped, stop := context.WithCancel(ctx)
	unchanged(t, h.App, func() {
		_, err := h.WriteSubmission(stopped, plan, folder, func(done, _ int) {
			if done == 2 {
				stop()
			}
		})
		if err == nil {
			t.Error("the package was written though somebody cancelled it")
		}
	})
	if left := got[[]os.DirEntry](t)(os.ReadDir(folder)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

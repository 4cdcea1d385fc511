package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestStalePreviewIsRefused(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, a *app.App){
		"somebody was added": func(t *testing.T, a *app.App) { addPerson(t, a, 9) },
		"somebody was disabled": func(t *testing.T, a *app.App) {
			got[data.TraineeChange](t)(a.SetTraineeStatus(ctx, []int64{1}, data.TraineeDisabled))
		},
		"somebody was moved": func(t *testing.T, a *app.App) {
			got[data.TraineeChange](t)(a.MoveTrainees(ctx, []int64{1}, data.Organization{ID: 2, Path: "院本部"}))
		},
		"somebody was edited": func(t *testing.T, a *app.App) {
			got[data.ImportRow](t)(a.EditTrainee(ctx, 1, map[string]string{"name": datatest.Name(1), "id_number": datatest.IDNumber(1), "mobile": "13900001111"}))
		},
		"an organisation was renamed": func(t *testing.T, a *app.App) {
			got[int64](t)(a.SaveOrganization(ctx, data.Organization{ID: 2, ParentID: 1, Name: "本部"}))
		},
		"an organisation was removed": func(t *testing.T, a *app.App) {
			must(t, a.RemoveOrganization(ctx, data.Organization{ID: 3, Name: "内科"}))
		},
		"the unit was renamed": func(t *testing.T, a *app.App) {
			profile := got[data.Profile](t)(a.Profile(ctx))
			profile.Unit = "第九医院"
			must(t, a.SaveProfile(ctx, profile))
		},
		"another file went in": func(t *testing.T, a *app.App) {
			importFile(t, a, csv(t, "姓名,身份证号", person(9)), app.ImportOptions{})
		},
		"another program put a file in": func(t *testing.T, a *app.App) {
			importFile(t, apptest.Again(t, a), csv(t, "姓名,身份证号", person(9)), app.ImportOptions{})
		},
		"the same preview went in already": nil,
	} {
		t.Run(name, func(t *testing.T) {
			a := newUnit(t)
			addPerson(t, a, 1)
			plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "姓名,身份证号", person(2)), app.ImportOptions{}))
			if change == nil {
				got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
			} else {
				change(t, a)
			}
			unchanged(t, a, func() {
				_, err := a.CommitImport(ctx, plan, nil)
				refused(t, err, "preview-stale")
				if !errors.Is(err, data.ErrStale) {
					t.Errorf("%v is not data.ErrStale", err)
				}
			})
		})
	}
}

func TestPreviewOutlivesWhatDoesNotTouchTheRoster(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, csv(t, "姓名,身份证号", person(20)), app.ImportOptions{}))
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 3)
	h.Charge("2022-04-14 09:00:00", order.BatchNumber, h.People("")[0])
	got[data.Trainee](t)(h.Reveal(ctx, 1))
	if result := got[app.ImportResult](t)(h.CommitImport(ctx, plan, nil)); result.Added != 1 {
		t.Errorf("result = %+v", result)
	}
}

func TestCancelledImportChangesNothing(t *testing.T) {
	a := apptest.New(t)
	lines := []string{"姓名,身份证号"}
	for n := range 1700 {
		lines = append(lines, datatest.Name(n)+","+datatest.IDNumber(n))
	}
	path := csv(t, lines...)
	t.Run("while planning", func(t *testing.T) {
		cancelled, cancel := context.WithCancel(ctx)
		defer cancel()
		plan, err := a.PlanImport(cancelled, path, app.ImportOptions{Progress: func(int, int) { cancel() }})
		refused(t, err, "canceled")
		if plan != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("plan %v, err %v", plan, err)
		}
	})
	t.Run("while storing", func(t *testing.T) {
		plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
		for stop := 1; stop <= 3; stop++ {
			cancelled, cancel := context.WithCancel(ctx)
			steps := 0
			unchanged(t, a, func() {
				_, err := a.CommitImport(cancelled, plan, func(int, int) {
					if steps++; steps == stop {
						cancel()
					}
				})
				refused(t, err, "canceled")
			})
			cancel()
		}
		if result := got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil)); result.Added != 1700 {
			t.Errorf("after all cancels the same preview gives %+v", result)
		}
	})
	healthy(t, a)
}

func TestDamagedFilesChangeNothing(t *testing.T) {
	a := apptest.New(t)
	rows := [][]any{{"姓名", "身份证号"}}
	for n := range 300 {
		rows = append(rows, []any{datatest.Name(n), datatest.IDNumber(n)})
	}
	whole, err := os.ReadFile(xlsx(t, rows...))
	must(t, err)
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/3] ^= 0x10
	for name, content := range map[string][]byte{
		"cut off":               whole[:len(whole)/2],
		"one bit flipped":       flipped,
		"0 bytes":               {},
		"a picture":             pixels(t, 20, 20),
		"bytes of no text":      append([]byte("姓名,身份证号\n"), 0xFF, 0xFE, 0x80, 0x81, '\n'),
		"no column of names":    []byte("身份证号\n" + datatest.IDNumber(1) + "\n"),
		"nobody below a header": []byte("姓名,身份证号\n\n ,\n"),
		"an old workbook":       {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0},
		"a page that is no csv": []byte("<html><body>登录已过期</body></html>"),
	} {
		t.Run(name, func(t *testing.T) {
			path := pictureFile(t, "名单.xlsx", content)
			unchanged(t, a, func() {
				plan, err := a.PlanImport(ctx, path, app.ImportOptions{})
				problem, ok := data.AsProblem(err)
				if !ok || plan != nil || problem.What == "" || problem.Fix == "" {
					t.Errorf("plan %v, err %v", plan, err)
				}
			})
		})
	}
	_, err = a.PlanImport(ctx, filepath.Join(t.TempDir(), "没有.xlsx"), app.ImportOptions{})
	if _, ok := data.AsProblem(err); !ok {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestNumbersThatExcelDestroyedAreRefused(t *testing.T) {
	a := apptest.New(t)
	path := xlsx(t, []any{"姓名", "身份证号", "手机号"}, []any{"陈若溪", 110101199003070011.0, "13800000417"}, []any{"周奕", datatest.IDNumber(2), 13800000518}, []any{"方知远", "1.1010119900307E+17", ""})
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	if outcomes(plan) != "新增 1 错误 2" || plan.Rows[1].Trainee.Mobile != "13800000518" {
		t.Errorf("%s, mobile %q", outcomes(plan), plan.Rows[1].Trainee.Mobile)
	}
	for _, place := range []int{0, 2} {
		if text := fmt.Sprint(plan.Rows[place].Problems); !strings.Contains(text, "Excel") || !strings.Contains(text, "文本") {
			t.Errorf("row %d does not say how to type it: %s", place, text)
		}
	}
}

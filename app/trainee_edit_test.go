package app_test

import (
	"context"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestEditTraineeJudgesLikeAnImport(t *testing.T) {
	ctx := context.Background()
	a := apptest.New(t)
	cells := func(n int, more ...string) map[string]string {
		c := map[string]string{"name": datatest.Name(n), "id_number": datatest.IDNumber(n), "mobile": datatest.Mobile(n), "remark": "调入"}
		for place := 0; place < len(more); place += 2 {
			c[more[place]] = more[place+1]
		}
		return c
	}
	var ids []int64
	for n := range 2 {
		row, err := a.AddTrainee(ctx, cells(n))
		if err != nil || row.Outcome != data.OutcomeNew {
			t.Fatalf("add: %+v, %v", row.Problems, err)
		}
		ids = append(ids, row.Trainee.ID)
	}
	for _, c := range []struct {
		name  string
		cells map[string]string
		code  string
	}{
		{"same again", cells(0), ""},
		{"new mobile, no remark", cells(0, "mobile", "13900000001", "remark", ""), ""},
		{"new name", cells(0, "name", "姚书远"), ""},
		{"number of another", cells(0, "id_number", datatest.IDNumber(1), "name", datatest.Name(1)), "id-exists"},
		{"number of another under another name", cells(0, "id_number", datatest.IDNumber(1)), "id-other-name"},
		{"wrong check digit", cells(0, "id_number", "110105194912310021"), "id-checksum"},
		{"no name", cells(0, "name", ""), "name-missing"},
	} {
		before, err := a.Reveal(ctx, ids[0])
		if err != nil {
			t.Fatal(err)
		}
		row, err := a.EditTrainee(ctx, ids[0], c.cells)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		code := ""
		for _, problem := range row.Problems {
			if problem.Level == data.LevelError {
				code = problem.Code
			}
		}
		if code != c.code {
			t.Errorf("%s: %q, want %q", c.name, code, c.code)
		}
		after, err := a.Reveal(ctx, ids[0])
		if err != nil {
			t.Fatal(err)
		}
		want := c.cells
		if c.code != "" {
			want = map[string]string{"name": before.Name, "mobile": before.Mobile, "remark": before.Remark, "id_number": before.IDNumber}
		}
		if after.Name != want["name"] || after.Mobile != want["mobile"] || after.Remark != want["remark"] || after.IDNumber != want["id_number"] {
			t.Errorf("%s: stored %+v", c.name, after)
		}
	}
}

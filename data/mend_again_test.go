package data

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// A decision that judges only what it concerns leaves the very rows that judging everything does, however rows depend on each other.
func TestJudgingInPartIsJudgingAll(t *testing.T) {
	known := newKnown()
	rapid.Check(t, func(r *rapid.T) {
		sheet := randomSheet(r)
		plan := planOf(t, TraineeForm, known, sheet)
		plan.CreateOrganizations = rapid.Bool().Draw(r, "create organisations")
		plan = judgedPlan(t, plan, known)
		for _, mend := range append(randomMends(r, len(sheet)), SetCells(CellMend{2, "mobile", "13900001111"}, CellMend{2, "name", "张晓明"}), HiddenRows(false)) {
			before := fmt.Sprintf("%+v", rowsOf(plan))
			next, err := plan.With(context.Background(), mend, known, today)
			if err != nil {
				r.Fatal(err)
			}
			all := *next
			if whole := judgedPlan(t, &all, known); !reflect.DeepEqual(whole.Rows, next.Rows) || whole.Hidden != next.Hidden {
				r.Fatalf("after %+v\n got %s\nwant %s", mend, told(next), told(whole))
			}
			if fmt.Sprintf("%+v", rowsOf(plan)) != before {
				r.Fatalf("%+v changed the plan that it was made on", mend)
			}
			if back, err := next.Without(context.Background(), known, today); err != nil || !reflect.DeepEqual(back.Rows, plan.Rows) {
				r.Fatalf("taken back: %s, was %s, %v", told(back), told(plan), err)
			}
			plan = next
		}
	})
}

// A namesake of the same day is warned of only while there are two.
func TestADecisionAboutOneNamesakeConcernsTheOther(t *testing.T) {
	known := newKnown()
	plan := planOf(t, TraineeForm, known, []map[string]string{{"name": "陈若溪", "id_number": withCheck("11010119900310001"), "mobile": "13800000401"},
		{"name": "周奕", "id_number": withCheck("11010119900310003"), "mobile": "13800000402"}})
	for _, name := range []string{"陈若溪", "周奕"} {
		next, err := plan.With(context.Background(), SetCell(2, "name", name), known, today)
		if err != nil {
			t.Fatal(err)
		}
		if next, err = next.With(context.Background(), SetCell(3, "name", "陈若溪"), known, today); err != nil {
			t.Fatal(err)
		}
		last, err := next.With(context.Background(), SetCell(2, "name", "周奕"), known, today)
		if err != nil || last.Warned() != 0 || (next.Warned() == 1) != (name == "陈若溪") {
			t.Errorf("%s: %s, then %s, %v", name, told(next), told(last), err)
		}
	}
}

// Rows that a decision has nothing to do with are not judged again.
func TestADecisionLeavesOtherRowsAlone(t *testing.T) {
	known := newKnown()
	var sheet []map[string]string
	for n := range 20 {
		sheet = append(sheet, map[string]string{"name": "陈若溪", "id_number": withCheck(fmt.Sprintf("110101199003%02d001", 10+n)), "mobile": fmt.Sprintf("138000004%02d", n)})
	}
	plan := planOf(t, TraineeForm, known, sheet)
	next, err := plan.With(context.Background(), SetCell(5, "mobile", sheet[7]["mobile"]), known, today)
	if err != nil {
		t.Fatal(err)
	}
	for place := range plan.Rows {
		changed := place == 3 || place == 7
		if (plan.Rows[place] != next.Rows[place]) != changed {
			t.Errorf("row %d judged again: %t", place+2, !changed)
		}
	}
	if warned := next.Warned(); warned != 1 {
		t.Errorf("%d rows are warned of the mobile that two share", warned)
	}
}

package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestReachingIsExact(t *testing.T) {
	for _, c := range []struct {
		total, missing Hours
		flags          string
	}{
		{0, 30_00, "未达标、没有学时"}, {21_99, 8_01, "未达标"}, {22_00, 8_00, "未达标、差 8 学时以内"}, {29_99, 1, "未达标、差 8 学时以内"}, {30_00, 0, "已达标"}, {30_01, 0, "已达标"},
	} {
		year := LearningYear{Plan: Plan{Target: 30_00}, Offline: c.total}
		var kept []string
		for _, flag := range LearningFlags {
			if flag.Keeps(c.total, 30_00) {
				kept = append(kept, string(flag))
			}
		}
		if got := strings.Join(kept, "、"); year.Missing() != c.missing || got != c.flags {
			t.Errorf("%s: misses %s, kept by %s; want %s, %s", c.total, year.Missing(), got, c.missing, c.flags)
		}
	}
}

func TestEverybodyHasReachedOrNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, target := Hours(rapid.Int64Range(0, 100_00).Draw(t, "total")), Hours(rapid.Int64Range(0, 100_00).Draw(t, "target"))
		if LearningMissing.Keeps(total, target) == LearningReached.Keeps(total, target) {
			t.Fatalf("%s of %s is both or neither", total, target)
		}
		if missing := MissingHours(total, target); missing < 0 || total+missing < target || missing > 0 && total+missing != target {
			t.Fatalf("%s of %s misses %s", total, target, missing)
		}
	})
}

func TestReminderTellsWhatIsMissing(t *testing.T) {
	plan := Plan{Year: 2022, Target: 30_00, EndsAt: "2022-12-31 23:59:59"}
	text := Reminder("张敏", plan, 12_50, "2022-06-17")
	for _, part := range []string{"张敏", "2022年", "30.00", "12.50", "还差 17.50", "2022-12-31 以前", "线上学时不在其内"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
	if text := Reminder("张敏", plan, 30_00, "2022-06-17"); strings.Contains(text, "还差") {
		t.Errorf("reached, and %q", text)
	}
}

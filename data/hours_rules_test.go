package data

import "testing"

func TestDaysAreConverted(t *testing.T) {
	rules := HoursRules{PerDay: 10_00, HalfDay: 3_50}
	for _, c := range []struct {
		text string
		want Hours
		code string
	}{
		{"半天", 3_50, "hours-converted"}, {"1天", 7_00, "hours-converted"}, {" １．５ 天", 10_50, "hours-converted"}, {"一天半", 10_50, "hours-converted"},
		{"2天半", 17_50, "hours-converted"}, {"两日", 14_00, "hours-converted"}, {"半个", 0, "hours-format"}, {"0天", 0, "hours-format"}, {"1.3天", 0, "hours-format"},
		{"1.5天半", 0, "hours-format"}, {"99999天", 0, "hours-format"}, {"9999天", 0, "hours-large"}, {"7.5", 7_50, ""}, {"16学时", 16_00, ""}, {"-1天", 0, "hours-zero"}, {"", 0, "hours-missing"},
	} {
		t.Run(c.text, func(t *testing.T) {
			hours, fixed, err := rules.Parse(c.text)
			code := ""
			if fixed != nil {
				code = fixed.Code
			}
			if problem, wrong := AsProblem(err); wrong {
				code = problem.Code
			}
			if hours != c.want || code != c.code {
				t.Errorf("%s with %q, want %s with %q", hours, code, c.want, c.code)
			}
		})
	}
	if (HoursRules{}).ForDays(3) != 12_00 || (HoursRules{}).Filled().PerDay != HoursPerDayCap {
		t.Error("nothing set is not the defaults")
	}
}

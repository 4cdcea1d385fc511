package app

import "testing"

func TestManyOrdersAreCounted(t *testing.T) {
	for want, numbers := range map[string][]string{"甲": {"甲"}, "甲、乙、丙": {"甲", "乙", "丙"}, "甲、乙、丙 等 4 个订单": {"甲", "乙", "丙", "丁"}} {
		if got := someOf(numbers); got != want {
			t.Errorf("%v are named %q, want %q", numbers, got, want)
		}
	}
}

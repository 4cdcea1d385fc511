package data

import "testing"

func TestScrubMasksPersonalNumbersAndNothingElse(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"identity number":     {"核对110101199003070011的学时", "核对110101********0011的学时"},
		"with x":              {"11010519491231002x", "110105********002x"},
		"of 15 places":        {"旧号110105491231002。", "旧号110105*****1002。"},
		"mobile":              {"电话 13912345678", "电话 139****5678"},
		"two in a row":        {"13912345678,13912345679", "139****5678,139****5679"},
		"card":                {"6228480402564890018", "***************0018"},
		"plan's number":       {"20220301161802103", "20220301161802103"},
		"payee's account":     {"110060593018800003058", "110060593018800003058"},
		"hash":                {"末条校验 1391234567812345", "末条校验 1391234567812345"},
		"hash that begins so": {"13912345678abcde", "13912345678abcde"},
		"order's number":      {"JF-2022-0001", "JF-2022-0001"},
		"18 digits, no date":  {"000000000000000000", "000000000000000000"},
		"words":               {"陈若溪 ok", "陈若溪 ok"},
	} {
		if got := Scrub(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

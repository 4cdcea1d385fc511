package locale_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"

	_ "peixun/views/locale"
)

// Each environment starts this test's program anew: Fyne has looked before main, and says nothing.
func TestFyneFindsALanguageInEveryEnvironment(t *testing.T) {
	if os.Getenv("PEIXUN_LOCALE_CHILD") != "" {
		os.Stdout.WriteString("language " + lang.SystemLocale().String() + "\n")
		return
	}
	for _, c := range []struct{ set, want string }{
		{"", "zh-CN"},
		{"LANG=C", "zh-CN"},
		{"LANG=POSIX", "zh-CN"},
		{"LANG=C.UTF-8", "zh-CN"},
		{"LC_ALL=C LANG=en_US.UTF-8", "en-US"},
		{"LC_MESSAGES=C", "zh-CN"},
		{"LC_MESSAGES=C LANG=en_US.UTF-8", "en-US"},
		{"LANG=en_GB.UTF-8", "en-GB"},
		{"LC_ALL=fr_FR.UTF-8 LANG=C", "fr-FR"},
	} {
		child := exec.Command(os.Args[0], "-test.run", "^TestFyneFindsALanguageInEveryEnvironment$")
		child.Env = append(strings.Fields(c.set), "PEIXUN_LOCALE_CHILD=1", "SYSTEMROOT="+os.Getenv("SYSTEMROOT"))
		out, err := child.CombinedOutput()
		if err != nil || strings.Contains(string(out), "Fyne error") || !strings.Contains(string(out), "language "+c.want) {
			t.Errorf("%q: %v\n%s", c.set, err, out)
		}
	}
}

package app

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"peixun/data"
)

// Restoring again and again within one second overwrites nothing, and the names stay short.
func TestNamesOfDatabasesSetAsideAreFree(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, asideFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	const now = data.Moment("2022-06-17 13:02:11")
	for range 300 {
		name := asideName(folder, now, "restore")
		file, err := os.OpenFile(filepath.Join(folder, name), os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
	if len(filepath.Base(asideName(folder, now, "restore"))) > 40 {
		t.Errorf("next is %s", asideName(folder, now, "restore"))
	}
	// A log that stayed alone takes the name as well: it must not meet another database.
	if err := os.WriteFile(filepath.Join(folder, asideName(folder, now, "damaged")+"-wal"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := filepath.Base(asideName(folder, now, "damaged")); got != "peixun-20220617-130211-damaged-2.db" {
		t.Errorf("beside a log alone: %s", got)
	}
}

func TestOnlyOldAndManyDatabasesSetAsideExpire(t *testing.T) {
	for name, c := range map[string]struct {
		kept []string
		at   data.Moment
		gone []string
	}{
		"nothing yet":       {nil, "2022-06-17 13:02:11", nil},
		"one, and long ago": {[]string{"20200101-080000"}, "2022-06-17 13:02:11", []string{"20200101-080000"}},
		"young ones":        {[]string{"20220601-080000", "20220301-080000"}, "2022-06-17 13:02:11", nil},
		"old ones": {[]string{"20220601-080000", "20211201-080000", "20211101-080000"}, "2022-06-17 13:02:11",
			[]string{"20211201-080000", "20211101-080000"}},
		"too many": {[]string{"20220612-080000", "20220611-080000", "20220610-080000", "20220609-080000", "20220608-080000", "20220607-080000",
			"20220606-080000", "20220605-080000", "20220604-080000", "20220603-080000"}, "2022-06-17 13:02:11", []string{"20220603-080000"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.Mkdir(filepath.Join(folder, asideFolder), 0o700); err != nil {
				t.Fatal(err)
			}
			for _, at := range c.kept {
				for _, part := range []string{"", "-wal"} {
					if err := os.WriteFile(filepath.Join(folder, asideFolder, "peixun-"+at+"-restore.db"+part), nil, 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			var want []string
			for _, at := range c.gone {
				want = append(want, filepath.Join(asideFolder, "peixun-"+at+"-restore.db"))
			}
			expired := expiredAside(folder, c.at)
			if !slices.Equal(expired, want) {
				t.Fatalf("expired %v, want %v", expired, want)
			}
			removeAside(folder, expired)
			if left, _ := filepath.Glob(filepath.Join(folder, asideFolder, "*")); len(left) != 2*(len(c.kept)-len(c.gone)) {
				t.Errorf("left %v", left)
			}
		})
	}
}

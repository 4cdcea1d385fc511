package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"peixun/data"
)

func TestExpiredBackups(t *testing.T) {
	start := time.Date(2022, 1, 1, 9, 0, 0, 0, data.Shanghai)
	every := func(step time.Duration, count int) []data.Backup {
		var list []data.Backup
		for n := range count {
			at := data.MomentOf(start.Add(time.Duration(n) * step))
			list = append(list, data.Backup{Path: fmt.Sprint(n), At: at, State: data.StoredState{Changes: int64(n)}})
		}
		return list
	}
	set := func(list []data.Backup, place int, at data.Moment) []data.Backup {
		list[place].At = at
		return list
	}
	const day = 24 * time.Hour
	for _, c := range []struct {
		name string
		list []data.Backup
		kept string // by number, the newest first
	}{
		{"none", nil, ""},
		{"ten", every(time.Hour, 10), "9 8 7 6 5 4 3 2 1 0"},
		{"the eleventh of one day goes", every(time.Minute, 11), "10 9 8 7 6 5 4 3 2 1"},
		{"hourly over three days", every(4*time.Hour, 18), "17 16 15 14 13 12 11 10 9 8 3"},
		{"daily for a month", every(day, 40), "39 38 37 36 35 34 33 32 31 30 29 28 27 26"},
		{"daily over three months", every(day, 70), "69 68 67 66 65 64 63 62 61 60 59 58 57 56 30"},
		{"monthly for two years", every(31*day, 24), "23 22 21 20 19 18 17 16 15 14 13 12 11 10"},
		{"a holiday costs nothing", set(every(day, 12), 11, "2023-05-01 09:00:00"), "11 10 9 8 7 6 5 4 3 2 1 0"},
		{"one whose clock was years behind stays the newest", set(every(time.Minute, 12), 11, "2019-01-01 00:00:00"), "11 10 9 8 7 6 5 4 3 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			expired := data.ExpiredBackups(c.list)
			var kept []string
			for _, one := range slices.Backward(c.list) {
				if !slices.ContainsFunc(expired, func(other data.Backup) bool { return other.Path == one.Path }) {
					kept = append(kept, one.Path)
				}
			}
			if got := strings.Join(kept, " "); got != c.kept {
				t.Errorf("kept %s\nwant %s", got, c.kept)
			}
		})
	}
}

func TestBackupFileName(t *testing.T) {
	if got := data.BackupFileName("北京市/第九*医院", "2022-06-17 13:02:11", 2); got != "备份_北京市第九医院_20220617130211_2.pxbak" {
		t.Error(got)
	}
}

package app

import (
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"peixun/data"
)

// asideFolder keeps the databases that others took the place of.
const asideFolder = "set-aside"

// asideTime is how the names of databases that were set aside tell the time: peixun-20220617-130211-restore.db.
const asideTime = "20060102-150405"

// What is set aside is kept for so many days, and at most so many databases of it; the newest is always kept.
const (
	keptAside     = 10
	keptAsideDays = 180
)

// asideName names a database that is set aside, below the data folder; nothing there has the name yet. Another of the same second gets
// a number from 2.
func asideName(folder string, at data.Moment, why string) string {
	stem := filepath.Join(asideFolder, fmt.Sprintf("peixun-%s-%s", at.Time().Format(asideTime), why))
	name := stem + ".db"
	for number := 2; len(partsAside(folder, name)) > 0; number++ {
		name = fmt.Sprintf("%s-%d.db", stem, number)
	}
	return name
}

// partsAside gives the files of a database that was set aside: its own and those that SQLite keeps beside it.
func partsAside(folder, name string) []string {
	parts, _ := filepath.Glob(filepath.Join(folder, name+"*"))
	return parts
}

// expiredAside names the databases that are set aside for too long at a time, or are too many when one more comes.
func expiredAside(folder string, at data.Moment) []string {
	paths, _ := filepath.Glob(filepath.Join(folder, asideFolder, "peixun-*.db"))
	slices.SortFunc(paths, func(one, other string) int {
		return cmp.Or(-strings.Compare(asideMoment(one), asideMoment(other)), -compareAge(one, other))
	})
	oldest := at.Time().AddDate(0, 0, -keptAsideDays).Format(asideTime)
	var expired []string
	for place, path := range paths {
		if place+1 >= keptAside || asideMoment(path) < oldest {
			expired = append(expired, filepath.Join(asideFolder, filepath.Base(path)))
		}
	}
	return expired
}

func asideMoment(path string) string {
	name := strings.TrimPrefix(filepath.Base(path), "peixun-")
	return name[:min(len(name), len(asideTime))]
}

// compareAge orders databases of one second: the numbers of their names rise.
func compareAge(one, other string) int {
	return cmp.Or(cmp.Compare(len(one), len(other)), strings.Compare(one, other))
}

// removeAside removes databases that were set aside; one that cannot be removed stays until the next time.
func removeAside(folder string, names []string) {
	for _, name := range names {
		for _, path := range partsAside(folder, name) {
			if err := os.Remove(path); err != nil {
				slog.Warn("database set aside stays", "error", err)
			}
		}
	}
}

package data

import (
	"fmt"
	"slices"
)

// RosterEntry is one person of a list that is compared.
type RosterEntry struct {
	Person
	TraineeID    int64  // 0: in a file
	Row          int    // the row's number in the file; 0: stored
	Organization string // the path; "" where the list does not say
	Problem      string // why the row cannot be read, for people; then the person is only what could be read
}

// DifferenceKind is what became of a person between two lists.
type DifferenceKind string

// The kinds in the order of their filters.
const (
	DifferenceJoined    DifferenceKind = "新增"
	DifferenceLeft      DifferenceKind = "离职"
	DifferenceRenamed   DifferenceKind = "改名"
	DifferenceMoved     DifferenceKind = "调动"
	DifferenceCorrected DifferenceKind = "证件号更正"
	DifferenceReturned  DifferenceKind = "停用后又出现"
	DifferenceUnclear   DifferenceKind = "待核对"
)

// DifferenceKinds lists them.
var DifferenceKinds = []DifferenceKind{DifferenceJoined, DifferenceLeft, DifferenceRenamed, DifferenceMoved, DifferenceCorrected, DifferenceReturned, DifferenceUnclear}

// DifferenceRow is one thing that differs; somebody with a new name in another organisation has two.
type DifferenceRow struct {
	Kind                          DifferenceKind
	TraineeID                     int64 // 0: not stored
	Row                           int   // in the later list; 0: not in it
	Name, OldName                 string
	IDNumber, OldIDNumber         string // masked; the old one only where it differs
	Organization, OldOrganization string
	Note                          string
}

// RosterDifference is what differs between an earlier and a later list of people.
type RosterDifference struct {
	Before, After string // what was compared, for people
	Path          string // the later list's file
	Rows          []DifferenceRow
	Same          int // people who stand in both lists alike
}

// Of gives the rows of a kind.
func (d RosterDifference) Of(kind DifferenceKind) []DifferenceRow {
	var rows []DifferenceRow
	for _, row := range d.Rows {
		if row.Kind == kind {
			rows = append(rows, row)
		}
	}
	return rows
}

// CompareRosters tells what differs between two lists. alias gives the number that a merged record's number stands for, mask hides
// numbers. Nobody is called 离职 whom a row that cannot be read may mean.
func CompareRosters(before, after []RosterEntry, alias func(number string) string, mask func(number string) string) RosterDifference {
	c := comparison{mask: mask, byNumber: map[string]int{}, met: make([]bool, len(before)), before: before, byName: map[string][]int{}}
	for place, entry := range before {
		if entry.Problem == "" {
			c.byNumber[entry.IDNumber] = place
		}
		c.byName[entry.Name] = append(c.byName[entry.Name], place)
	}
	var fresh []RosterEntry
	for _, entry := range after {
		place, known := c.byNumber[alias(entry.IDNumber)]
		switch {
		case entry.Problem != "" && known && !c.met[place]:
			c.met[place] = true
			c.add(DifferenceUnclear, before[place], entry, entry.Problem)
		case entry.Problem != "":
			c.add(DifferenceUnclear, RosterEntry{}, entry, entry.Problem)
		case known:
			c.both(place, entry)
		default:
			fresh = append(fresh, entry)
		}
	}
	for _, entry := range fresh {
		c.arrive(entry)
	}
	for _, entry := range after {
		if entry.Problem != "" {
			c.suspect(entry)
		}
	}
	c.leave()
	return c.result
}

// comparison is a comparison while it runs.
type comparison struct {
	mask     func(string) string
	before   []RosterEntry
	byNumber map[string]int
	byName   map[string][]int
	met      []bool // the earlier entries that were found in the later list
	result   RosterDifference
}

func (c *comparison) add(kind DifferenceKind, old, now RosterEntry, note string) {
	row := DifferenceRow{Kind: kind, TraineeID: old.TraineeID, Row: now.Row, Name: now.Name, IDNumber: c.mask(now.IDNumber), Organization: now.Organization, Note: note}
	if now.Name == "" && now.IDNumber == "" && now.Row == 0 {
		row.Name, row.IDNumber, row.Organization = old.Name, c.mask(old.IDNumber), old.Organization
	} else {
		row.OldName, row.OldOrganization = old.Name, old.Organization
		if old.IDNumber != now.IDNumber && old.IDNumber != "" {
			row.OldIDNumber = c.mask(old.IDNumber)
		}
	}
	if row.Organization == "" {
		row.Organization = old.Organization
	}
	c.result.Rows = append(c.result.Rows, row)
}

// both compares somebody who stands in both lists.
func (c *comparison) both(place int, now RosterEntry) {
	old := c.before[place]
	if c.met[place] {
		return // a second row of the same person
	}
	c.met[place] = true
	count := len(c.result.Rows)
	if old.Disabled {
		c.add(DifferenceReturned, old, now, "系统里已停用，名单里又有")
	}
	if old.Name != now.Name {
		c.add(DifferenceRenamed, old, now, "")
	}
	if now.Organization != "" && old.Organization != "" && old.Organization != now.Organization {
		c.add(DifferenceMoved, old, now, "")
	}
	if len(c.result.Rows) == count {
		c.result.Same++
	}
}

// arrive places somebody whose number is not in the earlier list: new, or known under another number.
func (c *comparison) arrive(now RosterEntry) {
	var alike []int
	for _, place := range c.byName[now.Name] {
		if !c.met[place] && len(Likenesses(c.before[place].Person, now.Person)) > 0 {
			alike = append(alike, place)
		}
	}
	switch len(alike) {
	case 0:
		c.add(DifferenceJoined, RosterEntry{}, now, "")
	case 1:
		c.met[alike[0]] = true
		old := c.before[alike[0]]
		c.add(DifferenceCorrected, old, now, Likenesses(old.Person, now.Person)[0].String())
	default:
		c.add(DifferenceUnclear, RosterEntry{}, now, fmt.Sprintf("有 %d 位同名的人可能是这一位，请核对证件号", len(alike)))
		for _, place := range alike {
			c.met[place] = true
			c.add(DifferenceUnclear, c.before[place], RosterEntry{}, fmt.Sprintf("可能是名单第 %d 行的“%s”", now.Row, now.Name))
		}
	}
}

// suspect puts people aside whom a row that cannot be read may mean.
func (c *comparison) suspect(now RosterEntry) {
	for _, place := range c.byName[now.Name] {
		if !c.met[place] && now.Name != "" {
			c.met[place] = true
			c.add(DifferenceUnclear, c.before[place], RosterEntry{}, fmt.Sprintf("可能是名单第 %d 行，那一行有问题", now.Row))
		}
	}
}

// leave lists who is in the earlier list only. Whoever was disabled before has left before.
func (c *comparison) leave() {
	for place, entry := range c.before {
		switch {
		case c.met[place] || entry.Disabled:
		case entry.Problem != "":
			c.add(DifferenceUnclear, entry, RosterEntry{}, "原名单这一行有问题："+entry.Problem)
		default:
			c.add(DifferenceLeft, entry, RosterEntry{}, "")
		}
	}
	slices.SortStableFunc(c.result.Rows, func(a, b DifferenceRow) int {
		return slices.Index(DifferenceKinds, a.Kind) - slices.Index(DifferenceKinds, b.Kind)
	})
}

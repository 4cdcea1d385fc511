package data

import (
	"cmp"
	"slices"
	"strings"
)

// FreshLines parts the lines of a file into those that are new and a count of those stored already. Two statements may overlap,
// written by two exports in different words; yet two equal payments of one day are two. So lines are paired one to one, per day,
// direction and amount, and only where nothing that both tell contradicts: serial number, balance, time of day, either side's account.
func FreshLines(stored, read []BankStatementLine) (fresh []BankStatementLine, already int) {
	known := map[movement][]BankStatementLine{}
	for _, line := range stored {
		key := movementOf(line)
		known[key] = append(known[key], line)
	}
	groups := map[movement][]int{}
	for place, line := range read {
		key := movementOf(line)
		groups[key] = append(groups[key], place)
	}
	repeated := make([]bool, len(read))
	for key, places := range groups {
		for _, pair := range pairs(known[key], read, places) {
			repeated[places[pair]] = true
		}
	}
	for place, line := range read {
		if repeated[place] {
			already++
			continue
		}
		fresh = append(fresh, line)
	}
	return fresh, already
}

// movement is what two statements must tell alike of one line: they are exact in day and amount if in nothing else.
type movement struct {
	day     Date
	out, in Money
}

func movementOf(line BankStatementLine) movement {
	return movement{line.At.Date(), line.Out, line.In}
}

// pairs finds for the read lines at places, by their order in places, those that stand for one of known: the most certain pairs first,
// each line in one pair.
func pairs(known, read []BankStatementLine, places []int) []int {
	type pair struct{ known, place, weight int }
	var possible []pair
	for i, old := range known {
		for j, place := range places {
			if weight, ok := agree(old, read[place]); ok {
				possible = append(possible, pair{i, j, weight})
			}
		}
	}
	slices.SortStableFunc(possible, func(a, b pair) int { return cmp.Compare(b.weight, a.weight) })
	usedKnown, usedPlace := make([]bool, len(known)), make([]bool, len(places))
	var found []int
	for _, p := range possible {
		if !usedKnown[p.known] && !usedPlace[p.place] {
			usedKnown[p.known], usedPlace[p.place] = true, true
			found = append(found, p.place)
		}
	}
	return found
}

// agree weighs how much two lines of one day and amount have in common; ok is false where they contradict each other.
func agree(one, other BankStatementLine) (weight int, ok bool) {
	for _, said := range []struct {
		one, other string
		weight     int
	}{{one.Serial, other.Serial, 8}, {shownBalance(one), shownBalance(other), 4}, {clock(one), clock(other), 2}, {one.Account, other.Account, 1}, {one.Number, other.Number, 1}} {
		switch {
		case said.one == "" || said.other == "":
		case said.one != said.other:
			return 0, false
		default:
			weight += said.weight
		}
	}
	return weight, true
}

func shownBalance(line BankStatementLine) string {
	if !line.HasBalance {
		return ""
	}
	return line.Balance.Plain()
}

// clock gives the time of day, "" at midnight, which stands for a day alone.
func clock(line BankStatementLine) string {
	return strings.TrimPrefix(line.Time(), string(line.At.Date()))
}

// Time writes when the line was as the bank did: with the time of day, or the day alone.
func (l BankStatementLine) Time() string { return strings.TrimSuffix(string(l.At), " 00:00:00") }

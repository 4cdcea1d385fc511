package search

import (
	"bytes"
	"cmp"
	"slices"
	"sync"
)

// orders keeps in which orders the people of an index were asked for: each is sorted once.
type orders struct {
	mutex sync.Mutex
	known map[order][]int32
}

type order struct {
	column     string
	descending bool
}

// IDs gives the keys of those found, sorted by a column's key: username, name, organization, status or balance; else by key.
// Equals follow each other by key, whichever way the list goes.
func (f Found) IDs(column string, descending bool) []int64 {
	ids := make([]int64, 0, f.Count())
	for _, place := range f.index.sorted(order{column, descending}) {
		if f.places.has(int(place)) {
			ids = append(ids, f.index.ids[place])
		}
	}
	return ids
}

// sorted gives all places in an order.
func (x *Index) sorted(wanted order) []int32 {
	compare := x.comparing(wanted.column)
	if compare == nil {
		return x.byKey
	}
	x.orders.mutex.Lock()
	defer x.orders.mutex.Unlock()
	if places, known := x.orders.known[wanted]; known {
		return places
	}
	places := slices.Clone(x.byKey)
	slices.SortStableFunc(places, func(a, b int32) int {
		if wanted.descending {
			a, b = b, a
		}
		return compare(a, b)
	})
	if x.orders.known == nil {
		x.orders.known = map[order][]int32{}
	}
	x.orders.known[wanted] = places
	return places
}

// comparing gives how a column compares two places; nil for no column.
func (x *Index) comparing(column string) func(a, b int32) int {
	switch column {
	case "name":
		return byRank(x.nameRanks())
	case "username":
		return func(a, b int32) int {
			one, other := x.usernameAt(int(a)), x.usernameAt(int(b))
			if len(one) == 0 || len(other) == 0 { // those without stand last
				return cmp.Compare(len(other), len(one))
			}
			return bytes.Compare(one, other)
		}
	case "organization":
		return byRank(x.organizationRanks())
	case "status":
		return byRank(x.statusRanks())
	case "balance":
		return func(a, b int32) int { return cmp.Compare(x.balance[a], x.balance[b]) }
	}
	return nil
}

func byRank(ranks []int32) func(a, b int32) int {
	return func(a, b int32) int { return cmp.Compare(ranks[a], ranks[b]) }
}

// nameRanks numbers the names: namesakes have one number.
func (x *Index) nameRanks() []int32 {
	ranks := make([]int32, len(x.ids))
	for place := 1; place < len(ranks); place++ {
		ranks[place] = ranks[place-1]
		if x.nameAt(place) != x.nameAt(place-1) {
			ranks[place]++
		}
	}
	return ranks
}

// organizationRanks numbers everybody's organisation by its path.
func (x *Index) organizationRanks() []int32 {
	paths := slices.Clone(x.tree)
	slices.SortFunc(paths, func(a, b organization) int { return cmp.Compare(a.Path, b.Path) })
	numbers := map[uint32]int32{}
	for place, o := range paths {
		numbers[uint32(o.ID)] = int32(place)
	}
	ranks := make([]int32, len(x.ids))
	for place, id := range x.organization {
		ranks[place] = numbers[id]
	}
	return ranks
}

// statusRanks puts 停用 before 启用, as the words stand in Unicode.
func (x *Index) statusRanks() []int32 {
	ranks := make([]int32, len(x.ids))
	for place, enabled := range x.enabled {
		if enabled {
			ranks[place] = 1
		}
	}
	return ranks
}

func (x *Index) usernameAt(place int) []byte {
	_, rest, _ := bytes.Cut(x.text[x.from[place]:x.from[place+1]], []byte(afterNames))
	username, _, _ := bytes.Cut(rest, []byte(betweenTexts))
	return username
}

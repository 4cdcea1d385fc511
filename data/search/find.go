package search

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"

	"peixun/data"
)

// mostWords is how many words of a search box count.
const mostWords = 30

// Found are the people whom a query finds.
type Found struct {
	index  *Index
	places places
}

// Find looks for people. What a query says of sorting is for IDs.
func (x *Index) Find(q data.TraineeQuery, hash Hash) Found {
	f := finder{Index: x, hash: hash, found: allPlaces(len(x.ids))}
	words := strings.Fields(onlyTyped(q.Text))
	for _, word := range words[:min(len(words), mostWords)] {
		f.word(word)
	}
	if q.Name != "" {
		f.keepText(strings.ToLower(onlyTyped(q.Name)), partNames, nil)
	}
	if q.Username != "" {
		f.keepText(strings.ToLower(onlyTyped(q.Username)), partUsername, nil)
	}
	if q.IDNumber != "" {
		numbers := newPlaces(len(x.ids))
		f.numbers(q.IDNumber, "id_number", x.idKey, x.idTail, numbers)
		f.found.and(numbers)
	}
	f.filter(q)
	return Found{x, f.found}
}

// onlyTyped drops what stands between texts.
func onlyTyped(text string) string { return typed.Replace(text) }

var typed = strings.NewReplacer(betweenTexts, "", afterNames, "")

// Count tells how many were found.
func (f Found) Count() int { return f.places.count() }

// Balance sums their balances.
func (f Found) Balance() data.Money {
	var sum data.Money
	for place := range f.places.all() {
		sum += f.index.balance[place]
	}
	return sum
}

// finder narrows down who is found.
type finder struct {
	*Index
	hash  Hash
	found places
}

// word keeps those who have the word in a name, a spelling, a user name, a staff number or their organisation's path, or whose
// identity number or mobile it is or ends with.
func (f *finder) word(word string) {
	also := newPlaces(len(f.ids))
	f.numbers(word, "id_number", f.idKey, f.idTail, also)
	f.numbers(word, "mobile", f.mobileKey, f.mobileTail, also)
	lower := strings.ToLower(word)
	there := map[int64]bool{}
	for _, o := range f.tree {
		if o.ParentID != 0 && strings.Contains(strings.ToLower(o.Path), lower) { // everybody is in the unit itself
			there[o.ID] = true
		}
	}
	if len(there) > 0 {
		f.mark(also, f.organization, there)
	}
	f.keepText(lower, partAll, also)
}

// mark adds those whose value in column is wanted.
func (f *finder) mark(into places, column []uint32, wanted map[int64]bool) {
	highest := int64(0)
	for id := range wanted {
		highest = max(highest, id)
	}
	flags := make([]bool, highest+1)
	for id := range wanted {
		flags[id] = true
	}
	for place, id := range column {
		if int64(id) <= highest && flags[id] {
			into.add(place)
		}
	}
}

// numbers adds those whose number a word is, or ends with.
func (f *finder) numbers(word, field string, keys, tails []uint64, into places) {
	upper := strings.ToUpper(word)
	for _, character := range []byte(upper) {
		if (character < '0' || character > '9') && (character < 'A' || character > 'Z') {
			return
		}
	}
	if len(upper) >= leastTail && len(upper) <= keptTail {
		wanted, mask := packTail(upper), uint64(1)<<(8*len(upper))-1
		for place, tail := range tails {
			if tail&mask == wanted {
				into.add(place)
			}
		}
	}
	if len(upper) < leastTail {
		return
	}
	key := f.hash(field, upper)
	for place, known := range keys {
		if known == key {
			into.add(place)
		}
	}
}

// Which part of a person's text counts.
type part int

const (
	partAll part = iota
	partNames
	partUsername
)

// keepText keeps those who have a word in a part of their text, and those in also.
func (f *finder) keepText(word string, part part, also places) {
	kept := newPlaces(len(f.ids))
	needle := []byte(word)
	place := 0
	for at := 0; at < len(f.text); {
		offset := bytes.Index(f.text[at:], needle)
		if offset < 0 {
			break
		}
		at += offset
		for int(f.from[place+1]) <= at {
			place++
		}
		if part == partAll || f.inPart(place, needle, part) {
			kept.add(place)
		}
		at = int(f.from[place+1])
	}
	if also != nil {
		kept.or(also)
	}
	f.found.and(kept)
}

func (f *finder) inPart(place int, needle []byte, part part) bool {
	if part == partUsername {
		return bytes.Contains(f.usernameAt(place), needle)
	}
	names, _, _ := bytes.Cut(f.text[f.from[place]:f.from[place+1]], []byte(afterNames))
	return bytes.Contains(names, needle)
}

// filter keeps those who fit everything in a query but its texts.
func (f *finder) filter(q data.TraineeQuery) {
	if len(q.OrganizationIDs) > 0 {
		kept := newPlaces(len(f.ids))
		f.mark(kept, f.organization, f.below(q.OrganizationIDs))
		f.found.and(kept)
	}
	if len(q.PayerIDs) > 0 {
		f.found.and(f.paidBy(q.PayerIDs))
	}
	if q.Status == "" && !q.Incomplete && q.BalanceFrom == nil && q.BalanceTo == nil {
		return
	}
	for place := range f.found.all() {
		switch {
		case q.Status != "" && (q.Status == data.TraineeEnabled) != f.enabled[place], q.Status != "" && q.Status != data.TraineeEnabled && q.Status != data.TraineeDisabled,
			q.Incomplete && f.mobileKey[place] != 0,
			q.BalanceFrom != nil && f.balance[place] < *q.BalanceFrom, q.BalanceTo != nil && f.balance[place] > *q.BalanceTo:
			f.found.remove(place)
		}
	}
}

// below lists organisations and everything under them; a tree's parents stand before their children.
func (f *finder) below(ids []int64) map[int64]bool {
	wanted := map[int64]bool{}
	for _, o := range f.tree {
		wanted[o.ID] = slices.Contains(ids, o.ID) || wanted[o.ParentID]
	}
	for id, in := range wanted {
		if !in {
			delete(wanted, id)
		}
	}
	return wanted
}

// paidBy finds those whose own payer is one of ids, or, where they have none, their organisation's: its own, the nearest above it,
// or the unit itself.
func (f *finder) paidBy(ids []int64) places {
	payers := map[int64]int64{} // by organisation
	inherits := map[int64]bool{}
	for _, o := range f.tree {
		payer := o.PayerID
		if payer == 0 {
			payer = cmp.Or(payers[o.ParentID], o.ID)
		}
		payers[o.ID] = payer
		if slices.Contains(ids, payer) {
			inherits[o.ID] = true
		}
	}
	found, own := newPlaces(len(f.ids)), newPlaces(len(f.ids))
	f.mark(found, f.organization, inherits)
	named := map[int64]bool{}
	for _, id := range ids {
		named[id] = true
	}
	f.mark(own, f.payer, named)
	for place, payer := range f.payer {
		if payer != 0 {
			found.remove(place)
		}
	}
	found.or(own)
	return found
}

// Similar lists those who have a person's name, user name, identity number or mobile, and whose identity number is the user name.
// Numbers are compared by their hashes.
func (x *Index) Similar(p Person, hash Hash) []int64 {
	f := finder{Index: x, hash: hash, found: newPlaces(len(x.ids))}
	for _, number := range []struct {
		field, value string
		keys         []uint64
	}{{"id_number", p.IDNumber, x.idKey}, {"id_number", p.Username, x.idKey}, {"mobile", p.Mobile, x.mobileKey}} {
		if number.value == "" {
			continue
		}
		key := hash(number.field, strings.ToUpper(number.value))
		for place, known := range number.keys {
			if known == key {
				f.found.add(place)
			}
		}
	}
	name := strings.ToLower(p.Name)
	first := sort.Search(len(x.ids), func(place int) bool { return CompareNames(x.nameAt(place), name) >= 0 })
	for place := first; place < len(x.ids) && x.nameAt(place) == name; place++ {
		f.found.add(place)
	}
	if p.Username != "" {
		also := f.found
		f.found = allPlaces(len(x.ids))
		f.keepText(afterNames+strings.ToLower(p.Username)+betweenTexts, partAll, also)
	}
	return Found{x, f.found}.IDs("", false)
}

// Among gives those of the found who are among ids, or, where in is false, those who are not.
func (f Found) Among(ids []int64, in bool) Found {
	among := newPlaces(len(f.index.ids))
	for _, id := range ids {
		if place, known := f.index.placeOf(id); known {
			among.add(place)
		}
	}
	if in {
		among.and(f.places)
		return Found{f.index, among}
	}
	others := slices.Clone(f.places)
	for place := range among.all() {
		others.remove(place)
	}
	return Found{f.index, others}
}

package data

import (
	"hash/maphash"
	"slices"
	"sync"
)

// links tell which rows of a plan have something to do with each other: an identity number, a username, a name and birth or a mobile
// in common, their own or that of whom they are about. Plans that differ by decisions share them. They only grow: what a row said
// once may lead to it still, which judges it once more for nothing.
type links struct {
	mutex   sync.Mutex
	seed    maphash.Seed
	newest  map[uint64]int32 // place in entries by what rows have in common
	entries []link
}

// link is a row's place in the plan, and the place in entries of another row with this in common, or -1.
type link struct{ row, next int32 }

// Prepare makes ready what the first decision needs. It may run beside anything that reads the plan.
func (p *ImportPlan) Prepare() {
	p.judged.links.mutex.Lock()
	defer p.judged.links.mutex.Unlock()
	p.judged.links.build(p)
}

func (l *links) build(p *ImportPlan) {
	if l.newest != nil {
		return
	}
	const usual = 4 // things to have in common
	l.seed, l.newest, l.entries = maphash.MakeSeed(), make(map[uint64]int32, usual*len(p.Rows)), make([]link, 0, usual*len(p.Rows))
	var keys []uint64
	for place, row := range p.Rows {
		keys = l.keys(keys[:0], row, p.Known)
		l.add(place, keys)
	}
}

func (l *links) add(place int, keys []uint64) {
	for _, key := range keys {
		next, met := l.newest[key]
		if !met {
			next = -1
		}
		l.newest[key] = int32(len(l.entries))
		l.entries = append(l.entries, link{int32(place), next})
	}
}

// What rows may have in common.
const (
	linkNumber = iota + 1
	linkUsername
	linkPerson
	linkMobile
)

// keys lists what a row may have in common with others. Two that are not the same may give one key, which is harmless.
func (l *links) keys(keys []uint64, row *ImportRow, known *Known) []uint64 {
	keys = l.keysOf(keys, row.Trainee)
	if row.Trainee.IDNumber == "" {
		return keys
	}
	if stored, ok := known.People.ByNumber(row.Trainee.IDNumber); ok {
		keys = l.keysOf(keys, stored)
	}
	return keys
}

func (l *links) keysOf(keys []uint64, t *Trainee) []uint64 {
	add := func(kind uint64, text string) {
		if text == "" {
			return
		}
		if key := maphash.String(l.seed, text) + kind; !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	add(linkNumber, t.IDNumber)
	add(linkMobile, t.Mobile)
	add(linkUsername, t.Username)
	if t.Username == "" {
		add(linkUsername, t.IDNumber) // which a new person gets
	}
	if t.Birth != "" {
		add(linkPerson, t.Name+"\x00"+string(t.Birth))
	}
	return keys
}

// concerned gives the places of the rows that have something to do with changed ones, as they were in the plan or as they are, in
// any number of steps; the changed ones are among them.
func (l *links) concerned(before *ImportPlan, changed map[int]*ImportRow) []int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.build(before)
	found, followed := map[int]bool{}, map[uint64]bool{}
	var waiting, places []int
	visit := func(place int) {
		if !found[place] {
			found[place] = true
			places, waiting = append(places, place), append(waiting, place)
		}
	}
	follow := func(row *ImportRow) []uint64 {
		keys := l.keys(nil, row, before.Known)
		for _, key := range keys {
			at, met := l.newest[key]
			for met && !followed[key] && at >= 0 {
				visit(int(l.entries[at].row))
				at = l.entries[at].next
			}
			followed[key] = true
		}
		return keys
	}
	for place, row := range changed {
		visit(place)
		l.add(place, follow(row))
	}
	for len(waiting) > 0 && len(places) <= mostTouched {
		place := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		follow(before.Rows[place])
	}
	return places
}

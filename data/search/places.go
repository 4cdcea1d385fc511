package search

import (
	"iter"
	"math/bits"
)

// places is a set of places in an index.
type places []uint64

const placesPerWord = 64

func newPlaces(count int) places { return make(places, (count+placesPerWord-1)/placesPerWord) }

// allPlaces holds every place below count.
func allPlaces(count int) places {
	p := newPlaces(count)
	for at := range p {
		p[at] = ^uint64(0)
	}
	if rest := count % placesPerWord; rest > 0 {
		p[len(p)-1] = 1<<rest - 1
	}
	return p
}

func (p places) add(place int)    { p[place/placesPerWord] |= 1 << (place % placesPerWord) }
func (p places) remove(place int) { p[place/placesPerWord] &^= 1 << (place % placesPerWord) }

func (p places) has(place int) bool { return p[place/placesPerWord]>>(place%placesPerWord)&1 == 1 }

func (p places) and(other places) {
	for at := range p {
		p[at] &= other[at]
	}
}

func (p places) or(other places) {
	for at := range p {
		p[at] |= other[at]
	}
}

func (p places) count() int {
	count := 0
	for _, word := range p {
		count += bits.OnesCount64(word)
	}
	return count
}

// all goes through the set from the lowest place. Places may be removed meanwhile.
func (p places) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for at, word := range p {
			for ; word != 0; word &= word - 1 {
				if !yield(at*placesPerWord + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

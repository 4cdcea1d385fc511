package search

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"peixun/data"
)

// Person is what the index takes in of a trainee. Of the personal numbers it keeps the last digits and the keyed hashes.
type Person struct {
	ID               int64
	Name             string
	Username         string // "" where it is the identity number
	StaffNumber      string
	IDNumber, Mobile string
	IDKey, MobileKey uint64 // keyed hashes of the whole numbers, see Hash; 0 for no number
	OrganizationID   int64
	PayerID          int64 // 0: the organisation's
	Status           data.TraineeStatus
	text             string
	head             uint64
}

// Hash gives the keyed hash of a whole number: field is "id_number" or "mobile".
type Hash func(field, value string) uint64

// Index holds the roster in the order of names. It never changes: With gives the next one. It is safe for concurrent use.
//
// A person costs about 110 bytes, so that 100,000 take 11 MB. Whole numbers are not kept, because what lies in memory can end up in
// a swap or crash file: the last six characters are what people search by, and a whole number is found by its hash.
type Index struct {
	ids          []int64
	text         []byte   // per person: name, spellings, then the rest; see personText
	from         []uint32 // where each begins in text, and where the last ends
	idTail       []uint64 // see packTail
	mobileTail   []uint64
	idKey        []uint64
	mobileKey    []uint64
	organization []uint32
	payer        []uint32
	enabled      []bool
	balance      []data.Money
	byKey        []int32 // places in the order of keys
	tree         []organization
	orders       *orders
}

// organization is what the index knows of a 组织机构; a tree's parents stand before their children.
type organization = data.Organization

// What stands between the texts of a person: unlike any character that can be typed.
const (
	betweenTexts = "\x00"
	afterNames   = "\x01" // behind the name and its spellings
)

// personText writes what is searched of a person: the name and its spellings, then user name and staff number. Where the surname has
// a reading of its own, people may type the common one too.
func personText(p Person) string {
	whole, initials := SpellName(p.Name)
	parts := []string{strings.ToLower(p.Name), whole, initials}
	if common, first := Spell(p.Name); common != whole {
		parts = append(parts, common, first)
	}
	for place := range parts {
		parts[place] = onlyTyped(parts[place])
	}
	return strings.Join(parts, betweenTexts) + afterNames + onlyTyped(strings.ToLower(p.Username)) + betweenTexts + onlyTyped(strings.ToLower(p.StaffNumber)) + betweenTexts
}

// nameAt gives the name of the person at a place, in lower case.
func (x *Index) nameAt(place int) string {
	text := x.text[x.from[place]:x.from[place+1]]
	return string(text[:bytes.IndexAny(text, betweenTexts+afterNames)])
}

// Len tells how many people there are.
func (x *Index) Len() int { return len(x.ids) }

// placeOf finds the person with a key.
func (x *Index) placeOf(id int64) (place int, known bool) {
	at, known := slices.BinarySearchFunc(x.byKey, id, func(place int32, id int64) int { return cmp.Compare(x.ids[place], id) })
	if !known {
		return 0, false
	}
	return int(x.byKey[at]), true
}

// With gives the index after changes: people who are new or have changed, the keys of those who are gone, and the organisations as
// they stand, parents before their children.
func (x *Index) With(changed []Person, gone []int64, organizations []data.Organization) *Index {
	drop := make(map[int]bool, len(changed)+len(gone))
	balances := make(map[int64]data.Money, len(changed))
	mark := func(id int64) {
		if place, known := x.placeOf(id); known {
			drop[place] = true
			balances[id] = x.balance[place]
		}
	}
	for _, p := range changed {
		mark(p.ID)
	}
	for _, id := range gone {
		mark(id)
	}
	next := &Index{tree: organizations, orders: &orders{}}
	next.grow(len(x.ids)+len(changed), len(x.text))
	sortPeople(changed)
	from := 0
	for _, p := range changed {
		to := from + sort.Search(len(x.ids)-from, func(at int) bool { return x.follows(from+at, p) })
		next.take(x, from, to, drop)
		next.add(p, balances[p.ID])
		from = to
	}
	next.take(x, from, len(x.ids), drop)
	next.from = append(next.from, uint32(len(next.text)))
	next.byKey = make([]int32, len(next.ids))
	for place := range next.byKey {
		next.byKey[place] = int32(place)
	}
	slices.SortFunc(next.byKey, func(a, b int32) int { return cmp.Compare(next.ids[a], next.ids[b]) })
	return next
}

// follows tells whether the person at a place stands behind p.
func (x *Index) follows(place int, p Person) bool {
	return cmp.Or(CompareNames(x.nameAt(place), strings.ToLower(p.Name)), cmp.Compare(x.ids[place], p.ID)) > 0
}

func (x *Index) grow(people, text int) {
	x.ids, x.from = make([]int64, 0, people), make([]uint32, 0, people+1)
	x.text = make([]byte, 0, text)
	x.idTail, x.mobileTail = make([]uint64, 0, people), make([]uint64, 0, people)
	x.idKey, x.mobileKey = make([]uint64, 0, people), make([]uint64, 0, people)
	x.organization, x.payer = make([]uint32, 0, people), make([]uint32, 0, people)
	x.enabled, x.balance = make([]bool, 0, people), make([]data.Money, 0, people)
}

// take copies the people of old between two places, but for those to drop.
func (x *Index) take(old *Index, from, to int, drop map[int]bool) {
	for ; from < to; from++ {
		if drop[from] {
			continue
		}
		until := from + 1
		for until < to && !drop[until] {
			until++
		}
		shift := uint32(len(x.text)) - old.from[from]
		for _, at := range old.from[from:until] {
			x.from = append(x.from, at+shift)
		}
		x.ids = append(x.ids, old.ids[from:until]...)
		x.text = append(x.text, old.text[old.from[from]:old.from[until]]...)
		x.idTail, x.mobileTail = append(x.idTail, old.idTail[from:until]...), append(x.mobileTail, old.mobileTail[from:until]...)
		x.idKey, x.mobileKey = append(x.idKey, old.idKey[from:until]...), append(x.mobileKey, old.mobileKey[from:until]...)
		x.organization, x.payer = append(x.organization, old.organization[from:until]...), append(x.payer, old.payer[from:until]...)
		x.enabled, x.balance = append(x.enabled, old.enabled[from:until]...), append(x.balance, old.balance[from:until]...)
		from = until - 1
	}
}

func (x *Index) add(p Person, balance data.Money) {
	x.ids = append(x.ids, p.ID)
	x.from = append(x.from, uint32(len(x.text)))
	x.text = append(x.text, p.text...)
	x.idTail, x.mobileTail = append(x.idTail, packTail(p.IDNumber)), append(x.mobileTail, packTail(p.Mobile))
	x.idKey, x.mobileKey = append(x.idKey, p.IDKey), append(x.mobileKey, p.MobileKey)
	x.organization, x.payer = append(x.organization, uint32(p.OrganizationID)), append(x.payer, uint32(p.PayerID))
	x.enabled, x.balance = append(x.enabled, p.Status == data.TraineeEnabled), append(x.balance, balance)
}

// Charged gives the index after entries of the ledger: an amount in 分 to add for each key.
func (x *Index) Charged(amounts map[int64]data.Money) *Index {
	next := *x
	next.balance = slices.Clone(x.balance)
	next.orders = &orders{}
	for id, amount := range amounts {
		if place, known := next.placeOf(id); known {
			next.balance[place] += amount
		}
	}
	return &next
}

// How many of a number's last characters are kept, and how many a word must have to be looked for among them.
const (
	keptTail  = 6
	leastTail = 4
)

// packTail packs the last characters of a number, the very last one lowest.
func packTail(number string) uint64 {
	packed := uint64(0)
	for _, character := range []byte(strings.ToUpper(number[max(0, len(number)-keptTail):])) {
		packed = packed<<8 | uint64(character)
	}
	return packed
}

// A name's first characters are compared as one number, which holds most names whole.
const (
	headCharacters = 4
	headBits       = 16
)

// sortPeople brings people into the order of names, and fills in their texts.
func sortPeople(people []Person) {
	ranks := rankReadings(people)
	var spelled [16]reading
	for place := range people {
		p := &people[place]
		p.text, p.head = personText(*p), 0
		characters := nameReadings(spelled[:0], strings.ToLower(p.Name), true)
		for at := range headCharacters {
			p.head <<= headBits
			if at < len(characters) {
				p.head |= uint64(ranks[characters[at]])
			}
		}
	}
	slices.SortFunc(people, func(a, b Person) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return cmp.Or(CompareNames(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}

// rankReadings numbers the readings in people's names in their order, from 1. Beyond what a head can hold they share the last number.
func rankReadings(people []Person) map[reading]uint16 {
	ranks := map[reading]uint16{}
	var spelled [16]reading
	for place := range people {
		for _, r := range nameReadings(spelled[:0], strings.ToLower(people[place].Name), true) {
			ranks[r] = 0
		}
	}
	for place, r := range slices.SortedFunc(maps.Keys(ranks), reading.compare) {
		ranks[r] = uint16(min(place+1, 1<<headBits-1))
	}
	return ranks
}

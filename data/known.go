package data

import (
	"strconv"
	"strings"
	"sync"
)

// Known is what was stored when a plan was made. Plans share it and only read it, so that a decision in the preview loads nothing.
type Known struct {
	Version int64 // the roster's
	Tree    OrganizationTree
	People  *People
	Hours   *HoursBook // the hours' form
	Plan    Plan       // the training plan that the hours' form is tied to
	Rules   HoursRules // of 学时
	// Mask hides most of an identity number wherever a plan offers somebody; nil shows it whole.
	Mask func(number string) string
}

// People are the stored trainees, found by what a sheet says of them.
type People struct {
	list      []Trainee
	numbers   map[string]int32    // place in list by identity number
	keys      map[int64]int32     // place in list by key
	usernames map[string]string   // identity number by username, of those whose username is another
	persons   map[namesake]string // identity number by name and birth
	aliases   map[string]bool     // identity numbers of records that were merged into somebody; numbers knows whom

	texts map[string]string // titles, days and the like, each once

	nameOnce sync.Once
	names    map[string][]int32 // places by name, made when the first is looked for

	mobileOnce sync.Once
	mobiles    map[string][]int32 // places of who is not disabled by mobile, likewise
}

// mostShared is how many different texts People.share looks among: titles are few, and what has more kinds is hardly shared.
const mostShared = 4096

// NewPeople makes room for so many; Add fills it.
func NewPeople(count int) *People {
	return &People{list: make([]Trainee, 0, count), numbers: make(map[string]int32, count), keys: make(map[int64]int32, count),
		usernames: map[string]string{}, persons: make(map[namesake]string, count), aliases: map[string]bool{}, texts: map[string]string{}}
}

// Add takes a stored trainee.
func (p *People) Add(t Trainee) {
	for _, text := range []*string{(*string)(&t.DocumentType), &t.Sex, &t.Category, &t.TitleSeries, &t.TitleName, &t.TitleLevel, &t.Education,
		(*string)(&t.Status), (*string)(&t.Platform), &t.PlatformReason, (*string)(&t.CreatedAt), (*string)(&t.UpdatedAt)} {
		p.share(text)
	}
	place := int32(len(p.list))
	p.list = append(p.list, t)
	p.numbers[t.IDNumber], p.keys[t.ID] = place, place
	if t.Username != t.IDNumber {
		p.usernames[t.Username] = t.IDNumber
	}
	p.persons[namesakeOf(&t)] = t.IDNumber
}

// share lets a text that many have in common stand in memory once.
func (p *People) share(text *string) {
	if known, ok := p.texts[*text]; ok {
		*text = known
	} else if len(p.texts) < mostShared {
		p.texts[*text] = *text
	}
}

// AddAlias takes the identity number of a record that was merged into a trainee who was added before.
func (p *People) AddAlias(number string, id int64) {
	if place, ok := p.keys[id]; ok {
		p.numbers[number], p.aliases[number] = place, true
	}
}

// Count tells how many there are.
func (p *People) Count() int { return len(p.list) }

// ByNumber finds who has an identity number, or into whom the record that had it was merged. What it gives is only to be read, and nil
// where there is nobody.
func (p *People) ByNumber(number string) (*Trainee, bool) {
	place, ok := p.numbers[number]
	if !ok {
		return nil, false
	}
	return &p.list[place], true
}

// owner gives the identity number of whoever has a username.
func (p *People) owner(username string) (string, bool) {
	if number, ok := p.usernames[username]; ok {
		return number, true
	}
	if person, ok := p.ByNumber(username); ok && person.Username == username {
		return person.IDNumber, true
	}
	return "", false
}

// ByKey finds a trainee by its key.
func (p *People) ByKey(id int64) (Trainee, bool) {
	place, ok := p.keys[id]
	if !ok {
		return Trainee{}, false
	}
	return p.list[place], true
}

// Each hands everybody to visit, in the order of Add.
func (p *People) Each(visit func(Trainee)) {
	for _, trainee := range p.list {
		visit(trainee)
	}
}

// named gives the places of those with a name.
func (p *People) named(name string) []int32 {
	p.nameOnce.Do(func() {
		p.names = make(map[string][]int32, len(p.list))
		for place, trainee := range p.list {
			p.names[trainee.Name] = append(p.names[trainee.Name], int32(place))
		}
	})
	return p.names[name]
}

// reachedBy gives who is not disabled and has a mobile.
func (p *People) reachedBy(mobile string) []int32 {
	p.mobileOnce.Do(func() {
		p.mobiles = make(map[string][]int32, len(p.list))
		for place, trainee := range p.list {
			if trainee.Status != TraineeDisabled {
				p.mobiles[trainee.Mobile] = append(p.mobiles[trainee.Mobile], int32(place))
			}
		}
	})
	return p.mobiles[mobile]
}

// mostCandidates keeps the offer for one row readable.
const mostCandidates = 10

// candidates finds those with a name whose identity number begins as a destroyed cell does.
func (p *People) candidates(name string, cell SourceCell) []Trainee {
	rest, ok := readDestroyed(cell)
	if name == "" || !ok {
		return nil
	}
	var found []Trainee
	for _, place := range p.named(name) {
		if trainee := p.list[place]; rest.fits(trainee.IDNumber) && len(found) < mostCandidates {
			found = append(found, trainee)
		}
	}
	return found
}

// destroyedNumber is what is left of a resident's number that a spreadsheet took for a number.
type destroyedNumber struct {
	prefix string // the digits that are certain
	value  int64  // the number as far as it was kept; 0 where only the prefix is left
}

const (
	survivingDigits  = 15 // of 18, in a spreadsheet's number
	lostDigits       = 1000
	floatSpacing     = 128 // float64 numbers of 18 digits lie so far apart (10^18 < 2^60), and the shortest way to write one rounds once more
	leastSurvivors   = 5
	residentExponent = residentDigits - 1
)

// readDestroyed reads 110101199003070000, 1.1010119900307E+17 or what a narrow column showed, 1.10101E+17, whose last digit is rounded.
func readDestroyed(cell SourceCell) (destroyedNumber, bool) {
	text := strings.ToUpper(compact(cell.Text))
	mantissa, exponent, scientific := strings.Cut(text, "E")
	whole, decimals, _ := strings.Cut(mantissa, ".")
	digits := whole
	if scientific {
		power, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
		if err != nil || len(whole) != 1 || power != residentExponent {
			return destroyedNumber{}, false
		}
		digits += decimals
	}
	switch {
	case !onlyDigits(digits) || digits == "" || digits[0] == '0' || len(digits) > residentDigits || !scientific && len(digits) != residentDigits:
		return destroyedNumber{}, false
	case cell.Kind == CellNumber || len(digits) >= survivingDigits:
		value, err := strconv.ParseInt(digits+strings.Repeat("0", residentDigits-len(digits)), 10, 64)
		return destroyedNumber{value: value}, err == nil
	}
	return destroyedNumber{prefix: digits[:len(digits)-1]}, len(digits) > leastSurvivors
}

// fits tells whether an identity number may have become this. One that ends in X stays text in every spreadsheet.
func (d destroyedNumber) fits(number string) bool {
	if len(number) != residentDigits || !onlyDigits(number) {
		return false
	}
	if d.prefix != "" {
		return strings.HasPrefix(number, d.prefix)
	}
	value, err := strconv.ParseInt(number, 10, 64)
	off := value - d.value
	if d.value%lostDigits == 0 { // cut off or rounded
		return err == nil && off >= -lostDigits/2-floatSpacing && off < lostDigits
	}
	return err == nil && off >= -floatSpacing && off <= floatSpacing
}

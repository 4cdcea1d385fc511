package data

import (
	"slices"
	"strings"
	"unicode"
)

// Person is what tells whether two records are one person's.
type Person struct {
	ID           int64
	Name, Pinyin string // pinyin as it is searched by: chenruoxi
	DocumentType DocumentType
	IDNumber     string
	Birth        Date
	Mobile       string
	Disabled     bool
}

// Likeness is a reason why two records may be one person's; the codes are stable.
type Likeness string

// The reasons, the strongest first.
const (
	LikeOldNumber     Likeness = "old-number"     // the 15 and the 18 digits of one resident identity card
	LikeNearNumber    Likeness = "near-number"    // a typing error in the number
	LikeOtherDocument Likeness = "other-document" // a passport and an identity card
	LikeMobile        Likeness = "same-mobile"
	LikeBirth         Likeness = "same-birth"
)

var likenessWords = map[Likeness]string{
	LikeOldNumber:     "15 位和 18 位是同一个身份证号",
	LikeNearNumber:    "姓名同音，证件号差一位或颠倒两位",
	LikeOtherDocument: "姓名和出生日期相同，证件类型不同",
	LikeMobile:        "姓名和手机号相同",
	LikeBirth:         "同名、同一天出生，证件号不同",
}

// LikenessOrder lists the reasons, the strongest first.
var LikenessOrder = []Likeness{LikeOldNumber, LikeNearNumber, LikeOtherDocument, LikeMobile, LikeBirth}

// String gives the reason in words.
func (l Likeness) String() string { return likenessWords[l] }

// Likenesses tells why two people may be one, the strongest reason first; nothing where they are not alike.
func Likenesses(a, b Person) []Likeness {
	var found []Likeness
	for _, one := range []struct {
		code Likeness
		is   bool
	}{
		{LikeOldNumber, sameOldNumber(a, b)},
		{LikeNearNumber, a.Pinyin == b.Pinyin && nearNumbers(a.IDNumber, b.IDNumber)},
		{LikeOtherDocument, a.Birth != "" && a.Birth == b.Birth && otherDocument(a, b) && spelled(a) == spelled(b)},
		{LikeMobile, a.Mobile != "" && a.Mobile == b.Mobile && a.Name == b.Name},
		{LikeBirth, a.Birth != "" && a.Birth == b.Birth && a.Name == b.Name && !otherDocument(a, b)},
	} {
		if one.is {
			found = append(found, one.code)
		}
	}
	return found
}

// spelled is a name's letters alone, so that CHEN RUOXI in a passport is 陈若溪 on an identity card.
func spelled(p Person) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, p.Pinyin)
}

func otherDocument(a, b Person) bool {
	return (a.DocumentType == DocumentPassport) != (b.DocumentType == DocumentPassport)
}

// shortNumber gives the 15 digits of a resident identity number of either length, or "".
func shortNumber(number string) string {
	switch len(number) {
	case oldResidentDigits:
		return number
	case residentDigits:
		return number[:6] + number[8:residentDigits-1]
	}
	return ""
}

func sameOldNumber(a, b Person) bool {
	short := shortNumber(a.IDNumber)
	return short != "" && onlyDigits(short) && len(a.IDNumber) != len(b.IDNumber) && short == shortNumber(b.IDNumber)
}

// body is an identity number without its check character: whoever mistypes one digit and still passes the check had another one there.
func body(number string) string {
	if len(number) == residentDigits {
		return number[:residentDigits-1]
	}
	return number
}

// nearNumbers tells whether two numbers of one length differ in one character, or in two neighbours that are swapped; a resident's
// check character does not count.
func nearNumbers(a, b string) bool {
	a, b = body(a), body(b)
	if len(a) != len(b) || len(a) < leastNear || a == b {
		return false
	}
	first := 0
	for a[first] == b[first] {
		first++
	}
	if a[first+1:] == b[first+1:] {
		return true
	}
	return first+1 < len(a) && a[first] == b[first+1] && a[first+1] == b[first] && a[first+2:] == b[first+2:]
}

// leastNear is the length from which one differing character can be a slip; shorter numbers are too often neighbours.
const leastNear = 8

// DuplicateGroup are two or more records that may be one person's.
type DuplicateGroup struct {
	People  []int64    // the oldest record first
	Reasons []Likeness // the strongest first
}

// Words gives a group's reasons as one sentence.
func (g DuplicateGroup) Words() string {
	words := make([]string, len(g.Reasons))
	for place, reason := range g.Reasons {
		words[place] = reason.String()
	}
	return strings.Join(words, "；")
}

// FindDuplicates groups people who may be one, the surest groups first. apart tells of pairs that a person said are two.
// It looks only at people who share something, so a hundred thousand of them take about a second.
func FindDuplicates(people []Person, apart func(a, b int64) bool) []DuplicateGroup {
	f := duplicateFinder{people: people, apart: apart, parent: make([]int32, len(people)), reasons: map[int32][]Likeness{}}
	for place := range f.parent {
		f.parent[place] = int32(place)
	}
	f.link(func(p Person) string { return keyed(p.Mobile, p.Name) })
	f.link(func(p Person) string { return keyed(string(p.Birth), spelled(p)) })
	f.link(func(p Person) string { return keyed(shortNumber(p.IDNumber)) })
	f.linkNear()
	return f.groups()
}

// keyed joins what two people must share; "" where the first part is missing.
func keyed(parts ...string) string {
	if parts[0] == "" {
		return ""
	}
	return strings.Join(parts, "\x00")
}

type duplicateFinder struct {
	people  []Person
	apart   func(a, b int64) bool
	parent  []int32
	reasons map[int32][]Likeness // by the place of a pair's second person; gathered into groups at the end
}

// link compares all pairs of people who share a key.
func (f *duplicateFinder) link(key func(Person) string) {
	sharing := map[string][]int32{}
	for place, person := range f.people {
		shared := key(person)
		if shared == "" {
			continue
		}
		for _, other := range sharing[shared] {
			f.compare(other, int32(place))
		}
		if len(sharing[shared]) < mostSharing {
			sharing[shared] = append(sharing[shared], int32(place))
		}
	}
}

// mostSharing bounds the comparisons where a thousand people share a key, such as a mobile that stands in for a missing one.
const mostSharing = 50

// linkNear compares the numbers of all whose names sound alike: a few hundred people at most, even among a hundred thousand.
func (f *duplicateFinder) linkNear() {
	sounding := map[string][]int32{}
	for place, person := range f.people {
		for _, other := range sounding[person.Pinyin] {
			if nearNumbers(f.people[other].IDNumber, person.IDNumber) {
				f.compare(other, int32(place))
			}
		}
		sounding[person.Pinyin] = append(sounding[person.Pinyin], int32(place))
	}
}

func (f *duplicateFinder) compare(a, b int32) {
	one, other := f.people[a], f.people[b]
	if f.apart(one.ID, other.ID) {
		return
	}
	reasons := Likenesses(one, other)
	if len(reasons) == 0 {
		return
	}
	f.reasons[b] = append(f.reasons[b], reasons...)
	f.parent[f.root(b)] = f.root(a)
}

func (f *duplicateFinder) root(place int32) int32 {
	for f.parent[place] != place {
		f.parent[place] = f.parent[f.parent[place]]
		place = f.parent[place]
	}
	return place
}

func (f *duplicateFinder) groups() []DuplicateGroup {
	members := map[int32]*DuplicateGroup{}
	for place := range f.people {
		root := f.root(int32(place))
		if members[root] == nil {
			members[root] = &DuplicateGroup{}
		}
		group := members[root]
		group.People = append(group.People, f.people[place].ID)
		group.Reasons = append(group.Reasons, f.reasons[int32(place)]...)
	}
	var found []DuplicateGroup
	for _, group := range members {
		if len(group.People) < 2 {
			continue
		}
		slices.Sort(group.People)
		group.Reasons = slices.DeleteFunc(slices.Clone(LikenessOrder), func(l Likeness) bool { return !slices.Contains(group.Reasons, l) })
		found = append(found, *group)
	}
	slices.SortFunc(found, func(a, b DuplicateGroup) int {
		if by := slices.Index(LikenessOrder, a.Reasons[0]) - slices.Index(LikenessOrder, b.Reasons[0]); by != 0 {
			return by
		}
		return int(a.People[0] - b.People[0])
	})
	return found
}

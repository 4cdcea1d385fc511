package data_test

import (
	"fmt"
	"slices"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
)

// resident gives the identity number of a body of 17 digits.
func resident(body string) string {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for place, weight := range weights {
		sum += int(body[place]-'0') * weight
	}
	return body + "10X98765432"[sum%11:][:1]
}

func TestLikenesses(t *testing.T) {
	base := data.Person{ID: 1, Name: "陈若溪", Pinyin: "chenruoxi", DocumentType: data.DocumentResidentID, IDNumber: resident("11010119900307123"), Birth: "1990-03-07", Mobile: "13800000417"}
	with := func(change func(*data.Person)) data.Person {
		p := base
		p.ID, p.IDNumber, p.Birth, p.Mobile = 2, resident("11010119880808456"), "1988-08-08", "13900000000"
		change(&p)
		return p
	}
	for _, c := range []struct {
		name  string
		other data.Person
		want  []data.Likeness
	}{
		{"only the name", with(func(*data.Person) {}), nil},
		{"15 digits", with(func(p *data.Person) { p.IDNumber, p.Name, p.Pinyin = "110101900307123", "陈若", "chenruo" }), []data.Likeness{data.LikeOldNumber}},
		{"one digit", with(func(p *data.Person) { p.IDNumber = resident("11010119900307128") }), []data.Likeness{data.LikeNearNumber}},
		{"two neighbours swapped", with(func(p *data.Person) { p.IDNumber = resident("11010119900307132") }), []data.Likeness{data.LikeNearNumber}},
		{"neighbours swapped, sounding alike", with(func(p *data.Person) { p.IDNumber, p.Name = resident("11010119900307132"), "陈若西" }), []data.Likeness{data.LikeNearNumber}},
		{"one digit, another name", with(func(p *data.Person) { p.IDNumber, p.Name, p.Pinyin = resident("11010119900307128"), "沈奕", "shenyi" }), nil},
		{"two digits apart", with(func(p *data.Person) { p.IDNumber = resident("11010119900301128") }), nil},
		{"mobile", with(func(p *data.Person) { p.Mobile = base.Mobile }), []data.Likeness{data.LikeMobile}},
		{"mobile of another name", with(func(p *data.Person) { p.Mobile, p.Name = base.Mobile, "沈奕" }), nil},
		{"birth", with(func(p *data.Person) { p.Birth = base.Birth }), []data.Likeness{data.LikeBirth}},
		{"passport", with(func(p *data.Person) {
			p.DocumentType, p.IDNumber, p.Birth, p.Name, p.Pinyin = data.DocumentPassport, "E12345678", base.Birth, "CHEN RUOXI", "chen ruoxi"
		}), []data.Likeness{data.LikeOtherDocument}},
		{"several", with(func(p *data.Person) {
			p.Birth, p.Mobile, p.IDNumber = base.Birth, base.Mobile, resident("11010119900307128")
		}), []data.Likeness{data.LikeNearNumber, data.LikeMobile, data.LikeBirth}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := data.Likenesses(base, c.other); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if got := data.Likenesses(c.other, base); !slices.Equal(got, c.want) {
				t.Errorf("the other way round %v, want %v", got, c.want)
			}
			never := func(int64, int64) bool { return false }
			groups := data.FindDuplicates([]data.Person{base, c.other}, never)
			if (len(groups) == 1) != (len(c.want) > 0) || len(groups) == 1 && (!slices.Equal(groups[0].Reasons, c.want) || groups[0].Words() == "") {
				t.Errorf("groups %v", groups)
			}
			if apart := data.FindDuplicates([]data.Person{c.other, base}, func(a, b int64) bool { return a+b == 3 }); len(apart) != 0 {
				t.Errorf("said to be two, they are still grouped: %v", apart)
			}
		})
	}
}

func TestDuplicatesOfThreeAreOneGroup(t *testing.T) {
	people := []data.Person{
		{ID: 5, Name: "陈若溪", Pinyin: "chenruoxi", IDNumber: resident("11010119900307123"), Birth: "1990-03-07"},
		{ID: 3, Name: "陈若溪", Pinyin: "chenruoxi", IDNumber: resident("11010119900307128"), Birth: "1990-03-07", Mobile: "13800000417"},
		{ID: 4, Name: "陈若溪", Pinyin: "chenruoxi", IDNumber: resident("11010119700101456"), Birth: "1970-01-01", Mobile: "13800000417"},
		{ID: 9, Name: "沈奕", Pinyin: "shenyi", IDNumber: resident("11010119700101459"), Birth: "1970-01-01"},
	}
	groups := data.FindDuplicates(people, func(int64, int64) bool { return false })
	if len(groups) != 1 || !slices.Equal(groups[0].People, []int64{3, 4, 5}) {
		t.Errorf("%v", groups)
	}
}

func BenchmarkDuplicates(b *testing.B) {
	people := make([]data.Person, 100_000)
	for n := range people {
		name := datatest.Name(n)
		people[n] = data.Person{ID: int64(n + 1), Name: name, Pinyin: fmt.Sprint("p", n%600), DocumentType: data.DocumentResidentID, IDNumber: datatest.IDNumber(n),
			Birth: data.Date(datatest.IDNumber(n)[6:14]), Mobile: datatest.Mobile(n)}
	}
	for b.Loop() {
		data.FindDuplicates(people, func(int64, int64) bool { return false })
	}
}

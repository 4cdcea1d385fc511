package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/search"
	"peixun/data/sqlite"
)

// roster is a store with a small tree and seven people of whom every field that a list filters by differs.
type roster struct {
	store *sqlite.Store
	orgs  map[string]int64
	names map[int64]string // people by key
	list  []data.Trainee
}

func newRoster(t testing.TB) roster {
	t.Helper()
	r := roster{store: datatest.Store(t), orgs: map[string]int64{"": 1}, names: map[int64]string{}}
	main := datatest.AddOrganization(t, r.store, 1, "院本部")
	r.orgs["院本部"] = main
	r.orgs["内科"] = datatest.AddOrganization(t, r.store, main, "内科")
	r.orgs["外科"] = datatest.AddOrganization(t, r.store, main, "外科")
	r.orgs["服务站"] = datatest.AddOrganization(t, r.store, 1, "服务站")
	datatest.Write(t, r.store, func(tx *sqlite.Tx) error { // it pays for itself and for what is below it
		return tx.SaveOrganization(data.Organization{ID: r.orgs["服务站"], Name: "服务站", PayerID: r.orgs["服务站"]})
	})
	r.orgs["护理组"] = datatest.AddOrganization(t, r.store, r.orgs["服务站"], "护理组")
	for place, person := range []struct{ name, username, number, mobile, organization, payer string }{
		{"陈若溪", "jy0333", "110101199003070011", "13800000417", "内科", ""},
		{"周奕", "a_b%c", "34052419800101001X", "13800000518", "外科", ""},
		{"方知远", "", "440524188001010014", "", "", ""},
		{"CHEN Li", `back\slash`, "E12345678", "13912340417", "院本部", "服务站"},
		{"沈晚晴", "jy0336", "11010519491231002X", "13800000519", "服务站", ""},
		{"林子衿", "' OR 1=1 --", "810000199003071536", "13800000520", "护理组", ""},
		{"何嘉言", "jy0338", datatest.IDNumber(8000), "13800000521", "护理组", "院本部"},
	} {
		trainee := datatest.Trainee(func(p *data.Trainee) {
			p.Name, p.Username, p.IDNumber, p.Mobile, p.OrganizationID = person.name, person.username, person.number, person.mobile, r.orgs[person.organization]
			if person.payer != "" {
				p.PayerID = r.orgs[person.payer]
			}
			if place%3 == 2 {
				p.Status = data.TraineeDisabled
			}
		})
		trainee.ID = datatest.AddTrainees(t, r.store, trainee)[0]
		r.names[trainee.ID] = trainee.Name
		r.list = append(r.list, trainee)
	}
	order := datatest.AddOrder(t, r.store)
	batch := datatest.Approve(t, r.store, order)
	datatest.Charge(t, r.store, batch, 40_00, r.list[0].ID)
	datatest.Charge(t, r.store, batch, 20_00, r.list[1].ID, r.list[4].ID-1)
	return r
}

// found gives the names that a query finds, in its order.
func (r roster) found(t testing.TB, q data.TraineeQuery) []string {
	t.Helper()
	ids := datatest.Read(t, r.store, func(tx *sqlite.Tx) ([]int64, error) { return tx.TraineeIDs(q) })
	names := make([]string, len(ids))
	for place, id := range ids {
		names[place] = r.names[id]
	}
	totals := datatest.Read(t, r.store, func(tx *sqlite.Tx) (data.TraineeTotals, error) { return tx.TraineeTotals(q) })
	balance := datatest.Read(t, r.store, func(tx *sqlite.Tx) (data.Money, error) { return tx.Balances(ids) })
	if totals.Count != len(ids) || totals.Balance != balance {
		t.Errorf("%+v finds %d people with %s, the totals say %+v", q, len(ids), balance, totals)
	}
	return names
}

func yuan(amount data.Money) *data.Money { return &amount }

func TestTraineeFilters(t *testing.T) {
	r := newRoster(t)
	everybody := []string{"陈若溪", "周奕", "方知远", "CHEN Li", "沈晚晴", "林子衿", "何嘉言"}
	for _, c := range []struct {
		name  string
		query data.TraineeQuery
		want  []string
	}{
		{"everybody", data.TraineeQuery{}, everybody},
		{"spaces alone", data.TraineeQuery{Text: " \t　"}, everybody},
		{"part of a name", data.TraineeQuery{Text: "若"}, []string{"陈若溪"}},
		{"pinyin", data.TraineeQuery{Text: "chen"}, []string{"陈若溪", "CHEN Li"}},
		{"pinyin in capitals", data.TraineeQuery{Text: "ShenWan"}, []string{"沈晚晴"}},
		{"initials", data.TraineeQuery{Text: "crx"}, []string{"陈若溪"}},
		{"username", data.TraineeQuery{Text: "JY033"}, []string{"陈若溪", "沈晚晴", "何嘉言"}},
		{"two words must both fit", data.TraineeQuery{Text: "jy033 沈"}, []string{"沈晚晴"}},
		{"whole ID number", data.TraineeQuery{Text: "110101199003070011"}, []string{"陈若溪"}},
		{"ID number with x", data.TraineeQuery{Text: "34052419800101001x"}, []string{"周奕"}},
		{"last four of an ID number", data.TraineeQuery{Text: "0014"}, []string{"方知远"}},
		{"last four with x", data.TraineeQuery{Text: "002x"}, []string{"沈晚晴"}},
		{"inner digits of an ID number", data.TraineeQuery{Text: "19900307"}, []string{}},
		{"whole mobile", data.TraineeQuery{Text: "13800000518"}, []string{"周奕"}},
		{"last four of a mobile", data.TraineeQuery{Text: "0417"}, []string{"陈若溪", "CHEN Li"}},
		{"passport", data.TraineeQuery{Text: "e12345678"}, []string{"CHEN Li"}},
		{"percent is a character", data.TraineeQuery{Text: "%"}, []string{"周奕"}},
		{"underscore is a character", data.TraineeQuery{Text: "_"}, []string{"周奕"}},
		{"backslash is a character", data.TraineeQuery{Text: `\`}, []string{"CHEN Li"}},
		{"quote is a character", data.TraineeQuery{Text: "'"}, []string{"林子衿"}},
		{"SQL in the search box", data.TraineeQuery{Text: "' OR '1'='1"}, []string{}},
		{"SQL that ends the statement", data.TraineeQuery{Text: "'; DROP TABLE trainee; --"}, []string{}},
		{"SQL comment", data.TraineeQuery{Text: "--"}, []string{"林子衿"}},
		{"very long text", data.TraineeQuery{Text: strings.Repeat("陈", 60_000)}, []string{}},
		{"very many words", data.TraineeQuery{Text: strings.Repeat("陈 若 ", 3_000)}, []string{"陈若溪"}},
		{"very many different words", data.TraineeQuery{Text: manyWords(3000)}, []string{}},
		{"username field", data.TraineeQuery{Username: "0333"}, []string{"陈若溪"}},
		{"username field takes % as it is", data.TraineeQuery{Username: "_b%"}, []string{"周奕"}},
		{"username field finds no ID number", data.TraineeQuery{Username: "440524"}, []string{}},
		{"name field", data.TraineeQuery{Name: "周"}, []string{"周奕"}},
		{"name field in pinyin", data.TraineeQuery{Name: "zhouyi"}, []string{"周奕"}},
		{"name field takes % as it is", data.TraineeQuery{Name: "%"}, []string{}},
		{"ID number field, whole", data.TraineeQuery{IDNumber: "11010519491231002x"}, []string{"沈晚晴"}},
		{"ID number field, last four", data.TraineeQuery{IDNumber: "002X"}, []string{"沈晚晴"}},
		{"ID number field, part", data.TraineeQuery{IDNumber: "110105"}, []string{}},
		{"ID number field with SQL", data.TraineeQuery{IDNumber: "x' OR 1=1"}, []string{}},
		{"an organisation and what is below it", data.TraineeQuery{OrganizationIDs: []int64{r.orgs["院本部"]}}, []string{"陈若溪", "周奕", "CHEN Li"}},
		{"two organisations", data.TraineeQuery{OrganizationIDs: []int64{r.orgs["内科"], r.orgs["护理组"]}}, []string{"陈若溪", "林子衿", "何嘉言"}},
		{"the root holds all", data.TraineeQuery{OrganizationIDs: []int64{1}}, everybody},
		{"an organisation that is not there", data.TraineeQuery{OrganizationIDs: []int64{999}}, []string{}},
		{"paid by the root", data.TraineeQuery{PayerIDs: []int64{1}}, []string{"陈若溪", "周奕", "方知远"}},
		{"paid by their own payer or the nearest above", data.TraineeQuery{PayerIDs: []int64{r.orgs["服务站"]}}, []string{"CHEN Li", "沈晚晴", "林子衿"}},
		{"paid by a payer that only one names", data.TraineeQuery{PayerIDs: []int64{r.orgs["院本部"]}}, []string{"何嘉言"}},
		{"nobody's payer", data.TraineeQuery{PayerIDs: []int64{r.orgs["内科"]}}, []string{}},
		{"enabled", data.TraineeQuery{Status: data.TraineeEnabled}, []string{"陈若溪", "周奕", "CHEN Li", "沈晚晴", "何嘉言"}},
		{"disabled", data.TraineeQuery{Status: data.TraineeDisabled}, []string{"方知远", "林子衿"}},
		{"a status that is none", data.TraineeQuery{Status: "停用' OR '1"}, []string{}},
		{"without a mobile", data.TraineeQuery{Incomplete: true}, []string{"方知远"}},
		{"balance from", data.TraineeQuery{BalanceFrom: yuan(20_00)}, []string{"陈若溪", "周奕", "CHEN Li"}},
		{"balance to", data.TraineeQuery{BalanceTo: yuan(0)}, []string{"方知远", "沈晚晴", "林子衿", "何嘉言"}},
		{"balance from and to", data.TraineeQuery{BalanceFrom: yuan(1), BalanceTo: yuan(20_00)}, []string{"周奕", "CHEN Li"}},
		{"all at once", data.TraineeQuery{Text: "c", Name: "陈", Username: "jy", IDNumber: "0011", OrganizationIDs: []int64{1}, PayerIDs: []int64{1},
			Status: data.TraineeEnabled, BalanceFrom: yuan(0), BalanceTo: yuan(40_00)}, []string{"陈若溪"}},
		{"one of all does not fit", data.TraineeQuery{Text: "c", Name: "陈", Status: data.TraineeDisabled}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := r.found(t, c.query); !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}

func manyWords(count int) string {
	var words strings.Builder
	for n := range count {
		fmt.Fprintf(&words, "w%d ", n)
	}
	return words.String()
}

func TestTraineeSorting(t *testing.T) {
	r := newRoster(t)
	for _, c := range []struct{ sort, want, descending string }{
		{"", "陈若溪 周奕 方知远 CHEN Li 沈晚晴 林子衿 何嘉言", ""},
		{"username", "林子衿 周奕 CHEN Li 陈若溪 沈晚晴 何嘉言 方知远", "方知远 何嘉言 沈晚晴 陈若溪 CHEN Li 周奕 林子衿"},
		{"name", "CHEN Li 陈若溪 方知远 何嘉言 林子衿 沈晚晴 周奕", "周奕 沈晚晴 林子衿 何嘉言 方知远 陈若溪 CHEN Li"},
		{"organization", "方知远 沈晚晴 林子衿 何嘉言 CHEN Li 陈若溪 周奕", "周奕 陈若溪 CHEN Li 林子衿 何嘉言 沈晚晴 方知远"},
		{"status", "方知远 林子衿 陈若溪 周奕 CHEN Li 沈晚晴 何嘉言", "陈若溪 周奕 CHEN Li 沈晚晴 何嘉言 方知远 林子衿"},
		{"balance", "方知远 沈晚晴 林子衿 何嘉言 周奕 CHEN Li 陈若溪", "陈若溪 周奕 CHEN Li 方知远 沈晚晴 林子衿 何嘉言"},
		{"id_number; DROP TABLE trainee", "陈若溪 周奕 方知远 CHEN Li 沈晚晴 林子衿 何嘉言", ""},
	} {
		t.Run("by "+c.sort, func(t *testing.T) {
			if got := strings.Join(r.found(t, data.TraineeQuery{Sort: c.sort}), " "); got != c.want {
				t.Errorf("rising:\n got %s\nwant %s", got, c.want)
			}
			if c.descending == "" {
				c.descending = c.want
			}
			if got := strings.Join(r.found(t, data.TraineeQuery{Sort: c.sort, Descending: true}), " "); got != c.descending {
				t.Errorf("falling:\n got %s\nwant %s", got, c.descending)
			}
		})
	}
}

// Whatever is typed, the search box finds those in whose name, spelling or username every word stands, whatever its case, or whose numbers it ends.
func TestSearchBoxFindsWhatItSays(t *testing.T) {
	r := newRoster(t)
	words := rapid.OneOf(
		rapid.SampledFrom([]string{"陈", "chen", "CRX", "jy03", "0417", "0011", "%", "_", `\`, "'", `"`, "a_b", "1=1", "x", "方知远", "--", ";", "??", "\u212a"}),
		rapid.StringMatching(`[a-zA-Z0-9%_\\' ]{0,4}`), rapid.StringOfN(rapid.RuneFrom([]rune("陈若溪周奕%_'\\\"–ſK﹪")), 0, 4, -1),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(words, 0, 3).Draw(t, "words"), " ")
		want := []string{}
		for _, p := range r.list {
			if searchFinds(p, text) {
				want = append(want, p.Name)
			}
		}
		var got []string
		err := r.store.Read(ctx, func(tx *sqlite.Tx) error {
			ids, err := tx.TraineeIDs(data.TraineeQuery{Text: text})
			for _, id := range ids {
				got = append(got, r.names[id])
			}
			return err
		})
		if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%q found %v, want %v (%v)", text, got, want, err)
		}
	})
}

func searchFinds(p data.Trainee, text string) bool {
	whole, initials := search.SpellName(p.Name)
	for _, word := range strings.Fields(text) {
		ends := func(number string) bool {
			return number == strings.ToUpper(word) || len(word) >= 4 && len(word) <= 6 && strings.HasSuffix(number, strings.ToUpper(word))
		}
		stands := func(field string) bool { return strings.Contains(strings.ToLower(field), strings.ToLower(word)) }
		if !stands(p.Name) && !stands(whole) && !stands(initials) && !stands(p.Username) && !ends(p.IDNumber) && !ends(p.Mobile) {
			return false
		}
	}
	return true
}

func TestTraineeRowsMaskAndName(t *testing.T) {
	r := newRoster(t)
	ids := []int64{r.list[2].ID, r.list[0].ID, r.list[6].ID}
	rows := datatest.Read(t, r.store, func(tx *sqlite.Tx) ([]data.TraineeRow, error) { return tx.TraineeRows(ids, 1) })
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	type shown struct{ username, name, number, mobile, organization, payer, balance, recharged string }
	for place, want := range []shown{
		{"440524********0014", "方知远", "440524********0014", "", "北京市第九实验医院", "北京市第九实验医院", "0.00", "0.00"},
		{"jy0333", "陈若溪", "110101********0011", "138****0417", "院本部/内科", "北京市第九实验医院", "40.00", "40.00"},
		{"jy0338", "何嘉言", rows[2].IDNumber, "138****0521", "服务站/护理组", "院本部", "0.00", "0.00"},
	} {
		row := rows[place]
		if got := (shown{row.Username, row.Name, row.IDNumber, row.Mobile, row.Organization, row.Payer, row.Balance.Plain(), row.Recharged.Plain()}); got != want {
			t.Errorf("row %d = %+v, want %+v", place, got, want)
		}
	}
	if !strings.Contains(rows[2].IDNumber, "********") {
		t.Errorf("the ID number is shown whole: %s", rows[2].IDNumber)
	}
	other := datatest.Read(t, r.store, func(tx *sqlite.Tx) ([]data.TraineeRow, error) { return tx.TraineeRows(ids[1:2], 2) })[0]
	if other.Balance != 40_00 || other.Recharged != 0 {
		t.Errorf("for another plan: balance %s, recharged %s", other.Balance, other.Recharged)
	}
	err := r.store.Read(ctx, func(tx *sqlite.Tx) error { _, err := tx.TraineeRows([]int64{999}, 1); return err })
	if err == nil {
		t.Error("a row of nobody was read")
	}
}

func TestChangesOfManyCountWhatChanged(t *testing.T) {
	r := newRoster(t)
	all := make([]int64, len(r.list))
	for place, p := range r.list {
		all[place] = p.ID
	}
	datatest.Write(t, r.store, func(tx *sqlite.Tx) error {
		for want, change := range map[int]func() (int, error){
			2: func() (int, error) { return tx.SetTraineeStatus(all, data.TraineeEnabled, "2022-07-01 00:00:00") },
			6: func() (int, error) { return tx.MoveTrainees(all, r.orgs["外科"], "2022-07-01 00:00:00") },
		} {
			if got, err := change(); err != nil || got != want {
				t.Errorf("changed %d (%v), want %d", got, err, want)
			}
		}
		return nil
	})
	if got := r.found(t, data.TraineeQuery{Status: data.TraineeEnabled, OrganizationIDs: []int64{r.orgs["外科"]}}); len(got) != len(all) {
		t.Errorf("after both changes %v", got)
	}
}

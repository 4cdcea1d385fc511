package search

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
)

func hash(field, value string) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, field, value)
	return h.Sum64()
}

var tree = []data.Organization{
	{ID: 1, Name: "实验医院", Path: "实验医院"}, {ID: 2, ParentID: 1, Name: "院本部", Path: "院本部"}, {ID: 3, ParentID: 2, Name: "骨科", Path: "院本部/骨科"},
	{ID: 4, ParentID: 1, Name: "Day Care", Path: "Day Care"},
}

func person(id int64, name, number, mobile string, organization int64) Person {
	p := Person{ID: id, Name: name, IDNumber: number, Mobile: mobile, OrganizationID: organization, Status: data.TraineeEnabled, IDKey: hash("id_number", number)}
	if mobile != "" {
		p.MobileKey = hash("mobile", mobile)
	}
	return p
}

func TestSpelling(t *testing.T) {
	for name, want := range map[string][2]string{
		"单雄信": {"shanxiongxin", "sxx"}, "仇英": {"qiuying", "qy"}, "曾巩": {"zenggong", "zg"}, "解缙": {"xiejin", "xj"}, "查良镛": {"zhaliangyong", "zly"},
		"区适": {"oushi", "os"}, "尉迟恭": {"yuchigong", "ycg"}, "尉氏": {"weishi", "ws"}, "万俟卨": {"moqixie", "mqx"}, "万里": {"wanli", "wl"}, "长孙无忌": {"zhangsunwuji", "zswj"},
		"朴树": {"piaoshu", "ps"}, "任盈盈": {"renyingying", "ryy"}, "吕布": {"lvbu", "lb"}, "令狐冲": {"linghuchong", "lhc"}, "Anna Li": {"anna li", "al"}, "": {"", ""},
		"张单": {"zhangdan", "zd"}, // a surname's reading is a surname's only
	} {
		if whole, initials := SpellName(name); whole != want[0] || name != "Anna Li" && initials != want[1] {
			t.Errorf("%s is spelled %s, %s", name, whole, initials)
		}
	}
	for text, want := range map[string]string{"银行转账": "yinhangzhuanzhang", "财务会计重置": "caiwukuaijichongzhi", "会": "hui", "重症": "zhongzheng", "": ""} {
		if whole, _ := Spell(text); whole != want {
			t.Errorf("%s is read %s, want %s", text, whole, want)
		}
	}
	if whole, _ := Spell("区医院"); whole != "quyiyuan" {
		t.Errorf("an organisation is spelled as a name: %s", whole)
	}
}

func TestNamesStandAsInAChineseList(t *testing.T) {
	want := strings.Fields("Anna 谌容 陈安 陈若溪 陈奕 区适 仇英 单雄信 解缙 尉迟恭 曾巩 查良镛 张三 张伞 章一 𠮷野")
	// 𠮷 has no reading and stands behind everything that has; 曾 (zēng) stands before 查 (zhā); tones part 张三 (sān) from 张伞 (sǎn).
	got := slices.Clone(want)
	rand.Shuffle(len(got), func(a, b int) { got[a], got[b] = got[b], got[a] })
	slices.SortFunc(got, CompareNames)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestFindWhatIsTyped(t *testing.T) {
	people := []Person{
		person(1, "单雄信", "11010519491231002X", "13800000417", 3), person(2, "陈若溪", "440524188001010014", "", 2), person(3, "曾𫰡", "E12345678", "13912340417", 4),
	}
	people[0].StaffNumber, people[1].Username = "A0077", "CRX2022"
	index := (&Index{}).With(people, nil, tree)
	for typed, want := range map[string][]int64{
		"单": {1}, "shan": {1}, "dan": {1}, "sxx": {1}, "ZENG": {3}, "𫰡": {3}, "a0077": {1}, "crx20": {2}, "002x": {1}, "1002X": {1}, "31002x": {1}, "231002x": {},
		"0014": {2}, "014": {}, "0417": {1, 3}, "340417": {3}, "13800000417": {1}, "1380000041": {}, "11010519491231002x": {1}, "e12345678": {3}, "5678": {3},
		"骨科": {1}, "院本部": {2, 1}, "day": {3}, "实验医院": {}, "院本部 单": {1}, "0417 骨科": {1}, "shan 0014": {}, "": {2, 1, 3}, "\x00": {2, 1, 3}, "没有": {},
	} {
		if got := index.Find(data.TraineeQuery{Text: typed}, hash).IDs("name", false); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
}

// Whatever happens to people one after the other, the index is what it would be had it been made at the end.
func TestChangesLeadWhereABuildFromNothingLeads(t *testing.T) {
	names := rapid.SampledFrom(strings.Fields("陈若溪 陈若溪 陈奕 单雄信 曾巩 尉迟恭 Anna 张三 张伞 𠮷野 长孙无忌 长孙无垢 欧阳长孙无忌甲 欧阳长孙无忌乙 李"))
	rapid.Check(t, func(t *rapid.T) {
		stored, balances := map[int64]Person{}, map[int64]data.Money{}
		index := &Index{}
		next := int64(0)
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			var changed []Person
			var gone []int64
			for range rapid.IntRange(0, 5).Draw(t, "new") {
				next++
				changed = append(changed, person(next, names.Draw(t, "name"), fmt.Sprintf("%018d", next), "", 3))
			}
			for id := range stored {
				switch rapid.IntRange(0, 4).Draw(t, "fate") {
				case 0:
					changed = append(changed, person(id, names.Draw(t, "renamed"), fmt.Sprintf("%018d", id), "13800000417", 2))
				case 1:
					gone = append(gone, id)
				}
			}
			for _, p := range changed {
				stored[p.ID] = p
			}
			for _, id := range gone {
				delete(stored, id)
				delete(balances, id)
			}
			index = index.With(changed, gone, tree)
			amounts := map[int64]data.Money{}
			for id := range stored {
				amounts[id] = data.Money(rapid.IntRange(-5, 5).Draw(t, "amount"))
				balances[id] += amounts[id]
			}
			index = index.Charged(amounts)
		}
		var all []Person
		for _, p := range stored {
			all = append(all, p)
		}
		built := (&Index{}).With(all, nil, tree).Charged(balances)
		for _, q := range []data.TraineeQuery{{}, {Text: "chang"}, {Text: "0417"}, {Name: "zhang"}, {OrganizationIDs: []int64{2}}, {OrganizationIDs: []int64{3}}, {Incomplete: true}} {
			for _, column := range []string{"", "name", "balance", "organization", "username", "status"} {
				for _, descending := range []bool{false, true} {
					one, other := index.Find(q, hash), built.Find(q, hash)
					if got, want := one.IDs(column, descending), other.IDs(column, descending); !slices.Equal(got, want) || one.Balance() != other.Balance() {
						t.Fatalf("%+v by %q gives %v (%v), built at once %v (%v)", q, column, got, one.Balance(), want, other.Balance())
					}
				}
			}
		}
		inOrder := index.Find(data.TraineeQuery{}, hash).IDs("name", false)
		if !slices.IsSortedFunc(inOrder, func(a, b int64) int {
			return cmp.Or(CompareNames(strings.ToLower(stored[a].Name), strings.ToLower(stored[b].Name)), cmp.Compare(a, b))
		}) {
			t.Fatalf("not in the order of names: %v", inOrder)
		}
	})
}

package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// hospital is a small tree; 内科 stands in it twice.
var hospital = []Organization{
	{ID: 1, Name: "第九医院", Path: "第九医院"},
	{ID: 2, ParentID: 1, Name: "院本部", Path: "院本部", Depth: 1},
	{ID: 3, ParentID: 2, Name: "内科", Path: "院本部/内科", Depth: 2},
	{ID: 7, ParentID: 3, Name: "一病区", Path: "院本部/内科/一病区", Depth: 3},
	{ID: 4, ParentID: 1, Name: "服务站", Path: "服务站", Depth: 1, PayerID: 4},
	{ID: 5, ParentID: 4, Name: "内科", Path: "服务站/内科", Depth: 2},
	{ID: 6, ParentID: 1, Name: "骨科", Path: "骨科", Depth: 1, PayerID: 2},
}

func TestResolve(t *testing.T) {
	tree := NewOrganizationTree(hospital)
	for _, c := range []struct {
		name, written string
		id            int64 // 0: unknown
		path          string
	}{
		{"a path", "院本部/内科", 3, "院本部/内科"},
		{"with the unit before it", "第九医院/院本部/内科", 3, "院本部/内科"},
		{"with spaces and empty parts", " 院本部 // 内科 /", 3, "院本部/内科"},
		{"a name that stands once", "骨科", 6, "骨科"},
		{"a deep name that stands once", "一病区", 7, "院本部/内科/一病区"},
		{"the unit", "第九医院", 1, ""},
		{"this unit", "本单位", 1, ""},
		{"a path with this unit before it", "本单位/骨科", 6, "骨科"},
		{"nothing", "", 1, ""},
		{"slashes alone", " / ", 1, ""},
		{"a name that is not there", "儿科", 0, "儿科"},
		{"a path that is not there", "院本部/儿科", 0, "院本部/儿科"},
		{"a path whose end stands elsewhere", "骨科/一病区", 0, "骨科/一病区"},
		{"a new path with the unit before it", "第九医院/儿科", 0, "儿科"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, path, known, err := tree.Resolve(c.written)
			if err != nil || known != (c.id != 0) || o.ID != c.id || path != c.path {
				t.Errorf("Resolve(%q) = %d, %q, %t, %v", c.written, o.ID, path, known, err)
			}
		})
	}
	_, _, known, err := tree.Resolve("内科")
	if problem, ok := AsProblem(err); !ok || known || problem.Code != "organization-ambiguous" || !strings.Contains(problem.Fix, "院本部/内科") {
		t.Errorf("a name that stands twice: %t, %v", known, err)
	}
}

func TestEveryPathResolvesToItsOrganization(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := []Organization{{ID: 1, Name: "单位", Path: "单位"}}
		names := rapid.SampledFrom([]string{"甲", "乙", "丙", "丁"})
		taken := map[string]bool{"单位": true}
		for range rapid.IntRange(0, 12).Draw(t, "organisations") {
			parent := rapid.SampledFrom(list).Draw(t, "parent")
			name := names.Draw(t, "name")
			path := name
			if parent.ID != 1 {
				path = parent.Path + "/" + name
			}
			if taken[path] {
				continue
			}
			taken[path] = true
			list = append(list, Organization{ID: int64(len(list) + 1), ParentID: parent.ID, Name: name, Path: path, Depth: parent.Depth + 1})
		}
		tree := NewOrganizationTree(list)
		for _, o := range list[1:] {
			for _, written := range []string{o.Path, "单位/" + o.Path} {
				got, _, known, err := tree.Resolve(written)
				// A name alone at the top is that one, however often it stands below.
				if err != nil || !known || got.ID != o.ID {
					t.Fatalf("Resolve(%q) = %+v, %t, %v; want %+v", written, got, known, err, o)
				}
			}
			if again, ok := tree.Get(o.ID); !ok || again.Path != o.Path {
				t.Fatalf("Get(%d) = %+v", o.ID, again)
			}
		}
	})
}

func TestPayerIsInherited(t *testing.T) {
	tree := NewOrganizationTree(hospital)
	for id, want := range map[int64]int64{1: 1, 2: 1, 3: 1, 7: 1, 4: 4, 5: 4, 6: 2, 999: 1} {
		if got := tree.Payer(id).ID; got != want {
			t.Errorf("organisation %d is paid for by %d, want %d", id, got, want)
		}
	}
}

func TestEmptyTree(t *testing.T) {
	tree := NewOrganizationTree(nil)
	if root := tree.Root(); root.ID != 0 || len(tree.List()) != 0 {
		t.Errorf("root = %+v", root)
	}
	if _, path, known, err := tree.Resolve("骨科"); known || err != nil || path != "骨科" {
		t.Errorf("Resolve in an empty tree: %q, %t, %v", path, known, err)
	}
}

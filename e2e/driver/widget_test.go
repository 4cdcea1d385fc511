package driver

import "testing"

// window is a form in a dialog over a table.
var window = []Widget{
	{Kind: "table", X: 200, Y: 100, Width: 800, Height: 400},
	{Kind: "row", Text: "王晓明", X: 200, Y: 140, Width: 800, Height: 33},
	{Kind: "checkbox", X: 216, Y: 140, Width: 16, Height: 33},
	{Kind: "cell", Text: "王晓明", Tip: "姓名", X: 240, Y: 140, Width: 100, Height: 33},
	{Kind: "checkbox", X: 216, Y: 174, Width: 16, Height: 33},
	{Kind: "cell", Text: "李若溪", Tip: "姓名", X: 240, Y: 174, Width: 100, Height: 33},
	{Kind: "text", Text: "社区服务站", X: 20, Y: 300, Width: 80, Height: 20},
	{Kind: "field", Placeholder: "0.00", X: 120, Y: 294, Width: 80, Height: 32},
	{Kind: "button", Text: "保存", X: 900, Y: 60, Width: 60, Height: 32},
	{Kind: "row", Text: "姓名", Layer: 1, X: 400, Y: 300, Width: 400, Height: 32},
	{Kind: "field", Text: "张三", Layer: 1, X: 500, Y: 300, Width: 300, Height: 32},
	{Kind: "row", Text: "手机号", Layer: 1, X: 400, Y: 344, Width: 400, Height: 32},
	{Kind: "field", Layer: 1, X: 500, Y: 344, Width: 300, Height: 32},
	{Kind: "button", Text: "保存", Layer: 1, X: 740, Y: 400, Width: 60, Height: 32},
}

func TestFindMeansWhatAPersonWould(t *testing.T) {
	for name, c := range map[string]struct {
		query Query
		want  []int // places in window
	}{
		"the button that takes the pointer": {Button("保存"), []int{13}},
		"both buttons":                      {Button("保存").Anywhere(), []int{8, 13}},
		"the first of them":                 {Button("保存").Anywhere().Nth(1), []int{8}},
		"one too many":                      {Button("保存").Anywhere().Nth(3), nil},
		"a field by its label":              {Field("手机号"), []int{12}},
		"a tick by a cell of its row":       {TickOf("李若溪").Anywhere(), []int{4}},
		"a cell by its column":              {Cell("姓名", "王晓明").Anywhere(), []int{3}},
		"a field beside words":              {Beside("field", "社区服务站").Anywhere(), []int{7}},
		"a cell within the table":           {KindLike("cell", "王").Anywhere().Within(Kind("table", "")), []int{3}},
		"what lies under a dialog":          {Cell("姓名", "王晓明"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			found := find(window, c.query)
			if len(found) != len(c.want) {
				t.Fatalf("found %v", found)
			}
			for i, place := range c.want {
				if found[i] != window[place] {
					t.Errorf("found %v, want %v", found[i], window[place])
				}
			}
		})
	}
}

func TestByScriptPartsHanzi(t *testing.T) {
	parts := byScript("XK-1院𫰡b")
	want := []string{"XK-1", "院", "𫰡", "b"}
	if len(parts) != len(want) {
		t.Fatalf("%q", parts)
	}
	for i := range want {
		if parts[i] != want[i] {
			t.Errorf("%q", parts)
		}
	}
}

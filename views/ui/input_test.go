package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestGroupText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		sizes      []int
		want       string
	}{
		{"account", "330101201900556678", GroupsOfFour, "3301  0120  1900  5566  78"},
		{"already spaced", "3301 0120\t1900", GroupsOfFour, "3301  0120  1900"},
		{"full-width digits", "１２３４５", GroupsOfFour, "1234  5"},
		{"mobile", "13800000417", GroupsMobile, "138  0000  0417"},
		{"identity", "11010519880412002X", GroupsIdentity, "110105  19880412  002X"},
		{"empty", "", GroupsOfFour, ""},
	} {
		if got := GroupText(c.text, c.sizes); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFieldGroupsWhenLeft(t *testing.T) {
	field := NewGroupedField("", GroupsOfFour)
	other := NewField("")
	window := newWindow(t, Column(8, field, other), 400, 200)
	changes, blurs := 0, 0
	field.OnChanged = func(string) { changes++ }
	field.OnBlur = func() { blurs++ }
	field.Focus()
	test.Type(field.entry, "3301 01201")
	if field.Text() != "330101201" {
		t.Errorf("text %q", field.Text())
	}
	typed := changes
	other.Focus()
	if field.entry.Text != "3301  0120  1" {
		t.Errorf("left, the field shows %q", field.entry.Text)
	}
	field.Focus()
	if field.entry.Text != "330101201" {
		t.Errorf("edited, the field shows %q", field.entry.Text)
	}
	if changes != typed {
		t.Error("drawing gaps counted as a change")
	}
	if blurs != 1 {
		t.Errorf("left %d times", blurs)
	}
	if find(t, window, "field", "330101201").Focused != true {
		t.Error("inspection does not see the focus")
	}
}

func TestFieldSubmitsAndEscapes(t *testing.T) {
	field := NewField("姓名")
	window := newWindow(t, Column(8, field), 400, 200)
	submitted, escaped := "", false
	field.OnSubmitted = func(text string) { submitted = text }
	SetOnEscape(window.Canvas(), func() { escaped = true })
	field.Focus()
	test.Type(field.entry, "陈若溪")
	key(window, fyne.KeyReturn, fyne.KeyEscape)
	if submitted != "陈若溪" || !escaped {
		t.Errorf("submitted %q, escaped %v", submitted, escaped)
	}
}

func TestFieldDisabledKeepsTextAndPlace(t *testing.T) {
	field := NewField("姓名")
	field.SetText("方奕")
	window := newWindow(t, Row(8, field, NewButton("查询", "", nil)), 400, 100)
	before := find(t, window, "button", "查询").X
	field.SetDisabled(true)
	one := find(t, window, "field", "方奕")
	if !one.Disabled || find(t, window, "button", "查询").X != before {
		t.Error("disabling moved or lost something")
	}
	test.Tap(field)
	if field.entry.focused {
		t.Error("a disabled field takes the keyboard")
	}
}

func TestPasswordField(t *testing.T) {
	field := NewPasswordField("密码")
	window := newWindow(t, Column(0, field), 300, 100)
	field.SetText("secret12")
	for _, w := range InspectCanvas(window.Canvas()) {
		if w.Text == "secret12" {
			t.Error("inspection tells the password")
		}
	}
	tapAt(window, find(t, window, "button", "显示密码"))
	if field.entry.Password {
		t.Error("the eye does not show the password")
	}
	tapAt(window, find(t, window, "button", "隐藏密码"))
	if !field.entry.Password {
		t.Error("the eye does not hide the password")
	}
}

func TestSelectByKeyboardAndMouse(t *testing.T) {
	choice := NewSelect("状态", Words("启用", "停用", "待报")...)
	window := newWindow(t, Column(0, choice), 300, 300)
	got := ""
	choice.OnChanged = func(key string) { got = key }
	window.Canvas().Focus(choice)
	key(window, fyne.KeyDown)
	key(window, fyne.KeyDown, fyne.KeyReturn)
	if got != "停用" || choice.Key() != "停用" {
		t.Errorf("keyboard chose %q", got)
	}
	tapAt(window, find(t, window, "select", "停用"))
	tapAt(window, find(t, window, "option", "待报"))
	if got != "待报" {
		t.Errorf("mouse chose %q", got)
	}
	key(window, fyne.KeySpace)
	key(window, fyne.KeyEscape)
	if len(window.Canvas().Overlays().List()) != 0 || got != "待报" {
		t.Error("Escape did not close the list, or chose")
	}
	choice.SetDisabled(true)
	test.Tap(choice)
	if len(window.Canvas().Overlays().List()) != 0 {
		t.Error("a disabled choice opens")
	}
}

func organizations() []Option {
	return []Option{
		{Key: "1", Text: "北京市第九实验医院", Search: []string{"beijingshidijiushiyanyiyuan"}},
		{Key: "2", Text: "骨科", Indent: 1, Search: []string{"guke", "gk"}},
		{Key: "3", Text: "急诊科", Indent: 1, Search: []string{"jizhenke", "jzk"}},
	}
}

func TestPickerFiltersByPinyin(t *testing.T) {
	picker := NewPicker("组织机构", organizations()...)
	window := newWindow(t, Column(0, picker), 300, 300)
	var got []string
	picker.OnChanged = func(keys []string) { got = keys }
	window.Canvas().Focus(picker)
	picker.TypedRune('j')
	test.Type(window.Canvas().Focused(), "zk")
	options := seen(window, "option")
	if len(options) != 2 || options[1].Text != "急诊科" || !options[1].Active {
		t.Fatalf("filter jzk shows %+v", options)
	}
	key(window, fyne.KeyReturn)
	if len(got) != 1 || got[0] != "3" || len(window.Canvas().Overlays().List()) != 0 {
		t.Errorf("chose %v", got)
	}
	find(t, window, "select", "急诊科")
}

func TestPickerMultipleAndClear(t *testing.T) {
	picker := NewPicker("组织机构", organizations()...)
	picker.Multiple, picker.Clearable = true, true
	window := newWindow(t, Column(0, picker), 300, 300)
	test.Tap(picker)
	tapAt(window, find(t, window, "option", "急诊科"))
	tapAt(window, find(t, window, "option", "骨科"))
	if keys := picker.Keys(); len(keys) != 2 || keys[0] != "2" {
		t.Errorf("chose %v, want 2 and 3 in order", keys)
	}
	HandleEscape(window.Canvas())
	find(t, window, "select", "骨科、急诊科")
	picker.Tapped(&fyne.PointEvent{Position: fyne.NewPos(picker.Size().Width-10, 10)})
	if len(picker.Keys()) != 0 {
		t.Error("the x did not clear")
	}
}

func TestNormalizeDate(t *testing.T) {
	for _, c := range []struct {
		text     string
		withTime bool
		want     string
	}{
		{"2022-06-14", false, "2022-06-14"},
		{"2022/6/14", false, "2022-06-14"},
		{"2022.6.4", false, "2022-06-04"},
		{"20220614", false, "2022-06-14"},
		{"2022年6月14日", false, "2022-06-14"},
		{"２０２２－０６－１４", false, "2022-06-14"},
		{"2022-02-30", false, "2022-02-30"},
		{"22-06-14 10:26", true, "22-06-14 10:26"},
		{"2022-6-14 10:26", true, "2022-06-14 10:26:00"},
		{"20220614102608", true, "2022-06-14 10:26:08"},
		{"2022-6-14", true, "2022-06-14 00:00:00"},
		{"2022-6-14 25:00", true, "2022-6-14 25:00"},
		{" 明天 ", false, "明天"},
		{"", false, ""},
	} {
		if got := NormalizeDate(c.text, c.withTime); got != c.want {
			t.Errorf("%q (time %v): %q, want %q", c.text, c.withTime, got, c.want)
		}
	}
}

func TestDateFieldPicksADay(t *testing.T) {
	field := NewDateField("出生日期")
	field.Now = fixedNow
	window := newWindow(t, Column(0, field, NewField("")), 400, 500)
	field.Focus()
	test.Type(field.entry, "2022/3/31")
	window.Canvas().FocusNext()
	window.Canvas().FocusNext()
	if field.Text() != "2022-03-31" {
		t.Errorf("left, the field holds %q", field.Text())
	}
	tapAt(window, find(t, window, "button", "选择日期"))
	key(window, fyne.KeyPageUp)
	find(t, window, "month", "2022-02")
	key(window, fyne.KeyLeft, fyne.KeyReturn)
	if field.Text() != "2022-02-27" {
		t.Errorf("keyboard picked %q, want the day before 28 February", field.Text())
	}
	tapAt(window, find(t, window, "button", "选择日期"))
	tapAt(window, find(t, window, "day", "2022-02-14"))
	if field.Text() != "2022-02-14" || len(window.Canvas().Overlays().List()) != 0 {
		t.Errorf("mouse picked %q", field.Text())
	}
	tapAt(window, find(t, window, "button", "选择日期"))
	tapAt(window, find(t, window, "button", "清除"))
	if field.Text() != "" {
		t.Errorf("cleared, the field holds %q", field.Text())
	}
}

func TestDateTimeFieldRefusesAWrongTime(t *testing.T) {
	field := NewDateTimeField("转账时间")
	field.Now = fixedNow
	window := newWindow(t, Column(0, field), 400, 500)
	field.open()
	find(t, window, "field", "13:02:11")
	window.Canvas().Overlays().Top().(*overlay).content.(*monthPicker).clock.Focus()
	for range 8 {
		key(window, fyne.KeyDelete, fyne.KeyBackspace)
	}
	test.Type(window.Canvas().Focused(), "25:00")
	key(window, fyne.KeyReturn)
	if len(window.Canvas().Overlays().List()) != 1 || !find(t, window, "field", "25:00").Bad {
		t.Fatal("a wrong time was taken")
	}
	for range 5 {
		key(window, fyne.KeyBackspace)
	}
	test.Type(window.Canvas().Focused(), "9:05")
	key(window, fyne.KeyReturn)
	if field.Text() != "2022-06-17 09:05:00" {
		t.Errorf("picked %q", field.Text())
	}
}

func TestMoneyFieldStandsAtTheRight(t *testing.T) {
	field := NewMoneyField("0.00", 112)
	newWindow(t, Row(0, field), 300, 100)
	field.SetText("40.00")
	end := func() float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(field.entry).X + field.entry.Size().Width
	}
	right := end()
	field.SetText("1234567.00")
	if end() != right {
		t.Errorf("the text's right end moved from %v to %v", right, end())
	}
}

func TestRadiosMoveByArrowKeys(t *testing.T) {
	var chosen []int
	group := NewRadioGroup(func(index int) { chosen = append(chosen, index) }, "甲", "乙", "丙")
	window := newWindow(t, Column(0, group.Radios[0], group.Radios[1], group.Radios[2]), 300, 200)
	window.Canvas().Focus(group.Radios[0])
	key(window, fyne.KeyDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyUp)
	if !slices.Equal(chosen, []int{1, 2, 0, 2}) || group.Selected() != 2 || window.Canvas().Focused() != group.Radios[2] {
		t.Errorf("chosen %v, selected %d", chosen, group.Selected())
	}
	alone := NewRadio("单个", func() { chosen = nil })
	window.SetContent(alone)
	window.Canvas().Focus(alone)
	key(window, fyne.KeyDown)
	if chosen == nil {
		t.Error("an arrow key chose a radio that has no others")
	}
}

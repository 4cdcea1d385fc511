package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestFormEnterGoesOnAndSubmits(t *testing.T) {
	first, second, last := NewField(""), NewField(""), NewField("")
	second.SetDisabled(true)
	form := NewForm(NewRequiredRow("a", "姓名", first), NewFormRow("b", "停用", second), NewFormRow("c", "手机号", last))
	submitted := 0
	form.OnSubmit = func() { submitted++ }
	window := newWindow(t, form, 500, 300)
	first.Focus()
	key(window, fyne.KeyReturn)
	if !last.entry.focused {
		t.Fatal("Enter did not go past the disabled field to the last")
	}
	key(window, fyne.KeyReturn)
	if submitted != 1 {
		t.Errorf("submitted %d times", submitted)
	}
}

func TestFormProblems(t *testing.T) {
	name, mobile := NewField(""), NewField("")
	form := NewForm(NewRequiredRow("name", "姓名", name), NewRequiredRow("mobile", "手机号", mobile).WithHint("11 位。"))
	left := ""
	form.OnLeave = func(key string) { left += key }
	window := newWindow(t, form, 500, 300)
	before := mobile.Size()
	height := form.heightFor(500)
	form.SetProblems(map[string]string{"mobile": "手机号少一位。"})
	if form.heightFor(500) != height {
		t.Error("an error in place of a hint changes the height")
	}
	form.SetProblems(map[string]string{"name": "请填写姓名。", "mobile": "手机号少一位。"})
	if form.heightFor(500) != height+20 || mobile.Size() != before {
		t.Errorf("height %v, want 20 more than %v", form.heightFor(500), height)
	}
	if row := find(t, window, "row", "姓名"); !row.Bad || row.Tip != "请填写姓名。" {
		t.Errorf("inspection sees %+v", row)
	}
	if !form.FocusFirstProblem() || !name.entry.focused || !name.bad {
		t.Error("the first problem did not get the keyboard and a red frame")
	}
	mobile.Focus()
	if left != "name" {
		t.Errorf("left %q", left)
	}
	form.SetProblems(nil)
	if form.FocusFirstProblem() || name.bad {
		t.Error("problems stay")
	}
	form.SetRowVisible("name", false)
	if form.heightFor(500) != 32+4+16 {
		t.Errorf("without the hidden row the form is %v high", form.heightFor(500))
	}
}

func TestMissingListJumps(t *testing.T) {
	name := NewField("")
	form := NewForm(NewFormRow("name", "姓名", name))
	missing := NewMissingList(form.FocusField)
	window := newWindow(t, Column(10, form, missing), 500, 300)
	missing.SetItems([]Missing{{"name", "姓名", "没有填写"}})
	find(t, window, "pill", "1 项")
	tapAt(window, find(t, window, "missing", "姓名"))
	if !name.entry.focused {
		t.Error("the line did not jump to its field")
	}
	missing.SetItems(nil)
	find(t, window, "pill", "齐了")
}

func TestFocusScrollsIntoView(t *testing.T) {
	form := NewForm()
	var fields []*Field
	for range 20 {
		field := NewField("")
		fields = append(fields, field)
		form.Add(NewFormRow("", "字段", field))
	}
	scroll := NewScroll(Pad(16, 12, 16, 12, form))
	window := newWindow(t, scroll, 400, 200)
	fields[15].Focus()
	if !visibleIn(scroll, 15) {
		t.Errorf("offset %v does not show field 15", scroll.Offset.Y)
	}
	window.Canvas().FocusNext()
	fields[0].Focus()
	if !visibleIn(scroll, 0) {
		t.Errorf("offset %v does not show field 0", scroll.Offset.Y)
	}
}

// visibleIn tells whether the field with an index, 44 px each after 12, is in a view of 200 px.
func visibleIn(scroll *container.Scroll, index int) bool {
	top := 12 + float32(index)*44
	return scroll.Offset.Y <= top && top+32 <= scroll.Offset.Y+200
}

func TestCheckboxRadioSegmentsTabsStepper(t *testing.T) {
	ticked, chosen, segment, tab, stepped := false, -1, -1, -1, -1
	box := NewCheckbox("同样的 60 行一起改", func(on bool) { ticked = on })
	group := NewRadioGroup(func(i int) { chosen = i }, "学习卡充值", "在线充值")
	segments := NewSegments("先缴费后开票", "先开票后缴费")
	segments.OnChanged = func(i int) { segment = i }
	tabs := NewTabs(Tab{"新增", "206", TonePrimary}, Tab{"错误", "68", ToneDanger})
	tabs.OnChanged = func(i int) { tab = i }
	steps := NewStepper("选择文件", "预览", "确认")
	steps.OnStep = func(i int) { stepped = i }
	steps.SetPresent(1)
	window := newWindow(t, Column(8, box, Row(8, group.Radios[0], group.Radios[1]), Row(0, segments), tabs, Row(0, steps)), 600, 300)
	tapAt(window, find(t, window, "checkbox", box.Label))
	tapAt(window, find(t, window, "radio", "在线充值"))
	tapAt(window, find(t, window, "segment", "先开票后缴费"))
	tapAt(window, find(t, window, "tab", "错误"))
	tapAt(window, find(t, window, "step", "确认"))
	if !ticked || chosen != 1 || group.Selected() != 1 || segment != 1 || tab != 1 {
		t.Errorf("ticked %v, radio %d, segment %d, tab %d", ticked, chosen, segment, tab)
	}
	if stepped != -1 {
		t.Error("a step to come can be clicked")
	}
	tapAt(window, find(t, window, "step", "选择文件"))
	if stepped != 0 {
		t.Error("a done step cannot be clicked")
	}
	window.Canvas().Focus(segments)
	key(window, fyne.KeyLeft)
	window.Canvas().Focus(tabs)
	key(window, fyne.KeyLeft, fyne.KeyLeft)
	window.Canvas().Focus(box)
	key(window, fyne.KeySpace)
	if segment != 0 || tab != 0 || ticked {
		t.Errorf("keyboard: segment %d, tab %d, ticked %v", segment, tab, ticked)
	}
}

func TestDisabledButtonStaysAndDoesNothing(t *testing.T) {
	pressed := 0
	button := NewFilledButton("为 80 人充值", "", func() { pressed++ })
	window := newWindow(t, Row(8, button, NewButton("其他", "", nil)), 400, 100)
	x := find(t, window, "button", "其他").X
	button.SetDisabled(true)
	test.Tap(button)
	if pressed != 0 || find(t, window, "button", "其他").X != x || !find(t, window, "button", "为 80 人充值").Disabled {
		t.Error("a disabled button moved, vanished or worked")
	}
	button.SetDisabled(false)
	test.Tap(button)
	window.Canvas().Focus(button)
	key(window, fyne.KeyReturn, fyne.KeySpace)
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
}

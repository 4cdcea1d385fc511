package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestRefusedButtonsStayGrey(t *testing.T) {
	test.NewTempApp(t)
	before := Refusal
	Refusal = func(label string) string {
		if label == "充值" || label == "显示完整号码" {
			return "要“经办”来做。"
		}
		return ""
	}
	t.Cleanup(func() { Refusal = before })
	pressed := 0
	press := func() { pressed++ }
	labelled, icon, other := NewFilledButton("充值", "wallet", press), NewIconButton("eye", "显示完整号码", press), NewButton("查询", "", press)
	window := test.NewTempWindow(t, NewStage(Row(8, labelled, icon, other)))
	for _, button := range []*Button{labelled, icon} {
		button.SetDisabled(false)
		button.Refresh()
		test.Tap(button)
		if !button.Disabled() || button.Tip != "要“经办”来做。" {
			t.Errorf("%q is disabled %t, says %q", button.Label, button.Disabled(), button.Tip)
		}
	}
	test.Tap(other)
	if pressed != 1 {
		t.Errorf("%d were pressed, want the one that is free", pressed)
	}
	other.SetLabel("充值")
	test.Tap(other)
	if pressed != 1 {
		t.Error("a button that was relabelled can be pressed")
	}
	ShowMenu(other, []MenuItem{{Label: "充值", Action: press}, {Label: "导出", Action: press}})
	for _, seen := range InspectCanvas(window.Canvas()) {
		if seen.Kind == "option" && seen.Disabled != (seen.Text == "充值") {
			t.Errorf("the menu's line %s is disabled %t", seen.Text, seen.Disabled)
		}
	}
}

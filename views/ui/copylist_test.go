package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func TestCopyListGoesFromLineToLine(t *testing.T) {
	list := NewCopyList()
	window := newWindow(t, list, 300, 400)
	var copied, ticked []string
	list.OnCopy = func(item CopyItem) { copied = append(copied, item.Value) }
	list.OnTick = func(key string, done bool) {
		if done {
			key = "+" + key
		}
		ticked = append(ticked, key)
	}
	list.SetGroups([]CopyGroup{
		{"银行转账信息上传", []CopyItem{{Key: "plan", Label: "培训计划名称", Value: "2022年", Given: true}, {Key: "bank", Label: "缴费银行", Value: "城南商业银行"}, {Key: "account", Label: "缴费卡号", Value: "3301"}}},
		{"填写发票信息", []CopyItem{{Key: "voucher", Label: "转账凭证", Hint: "点击上传"}, {Key: "title", Label: "发票抬头", Value: "医院", Done: true}, {Key: "mobile", Label: "手机号", Value: "138"}}},
	})
	snapshot(t, window, "copylist")
	list.FocusNext()
	key(window, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown)
	if !slices.Equal(copied, []string{"城南商业银行", "3301"}) {
		t.Errorf("copied %q", copied)
	}
	if line := window.Canvas().Focused().(*copyLine); line.item.Key != "mobile" {
		t.Errorf("the keyboard is at %s", line.item.Key)
	}
	key(window, fyne.KeyUp, fyne.KeySpace)
	if !slices.Equal(ticked, []string{"+bank", "+account", "+voucher", "title"}) {
		t.Errorf("ticked %q", ticked)
	}
	if left, all := list.Left(); left != 2 || all != 5 {
		t.Errorf("%d of %d left", left, all)
	}
	tapAt(window, find(t, window, "copy", "手机号"))
	if copied[len(copied)-1] != "138" {
		t.Errorf("the click copied %q", copied)
	}
	tapAt(window, find(t, window, "copy", "培训计划名称"))
	if copied[len(copied)-1] != "138" {
		t.Error("a line that is only to be compared was copied")
	}
}

package ui

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

func TestElideFits(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 100, 100)
	text := "北京市第九实验医院社区卫生服务中心"
	for _, width := range []float32{30, 80, 133, 500} {
		cut := elide(text, width, 14, false)
		if got := textWidth(cut, 14, false); got > width {
			t.Errorf("%q is %v wide, want at most %v", cut, got, width)
		}
		if cut != text && !strings.HasSuffix(cut, "…") {
			t.Errorf("%q was cut without a sign", cut)
		}
	}
	if elide(text, 500, 14, false) != text {
		t.Error("a text that fits was cut")
	}
}

func TestWrapLosesNothingAndKeepsRules(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 100, 100)
	text := "选一个已有机构，或者新建“骨科病房”。文件 2022-roster-final.xlsx 不会被改动（见第 3 步），合计 1,600.00 元。"
	for width := float32(60); width < 400; width += 7 {
		lines := wrapText(text, width, 14, false)
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("at %v the text became %q", width, got)
		}
		for i, line := range lines {
			if textWidth(line, 14, false) > width {
				t.Errorf("at %v line %q is too wide", width, line)
			}
			if i > 0 && width > 100 && strings.ContainsRune("，。”）", []rune(line)[0]) {
				t.Errorf("at %v a line begins with %q", width, line)
			}
		}
	}
	if lines := wrapText("合计 1,600.00 元", 60, 14, false); strings.Contains(strings.Join(lines, "|"), "1,6|") {
		t.Errorf("a number was broken: %q", lines)
	}
	if lines := wrapText("一\n二", 100, 14, false); len(lines) != 2 {
		t.Errorf("a line feed gave %q", lines)
	}
}

func TestRowAndColumn(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 100, 100)
	box := func(width, height float32) *Box {
		b := NewBox(theme.Border, theme.None, 0)
		b.Min = fyne.NewSize(width, height)
		return b
	}
	a, b, c, hidden := box(30, 10), box(20, 20), box(10, 10), box(99, 99)
	hidden.Hide()
	row := Row(8, a, Grow(b), Fixed(50, c), hidden)
	row.Resize(fyne.NewSize(201, 40))
	if a.Position() != fyne.NewPos(0, 15) || a.Size() != fyne.NewSize(30, 10) {
		t.Errorf("first: %v %v", a.Position(), a.Size())
	}
	if b.Size() != fyne.NewSize(105, 40) {
		t.Errorf("growing: %v, want 105×40", b.Size())
	}
	if got := row.MinSize(); got != fyne.NewSize(30+8+20+8+50, 20) {
		t.Errorf("smallest size %v", got)
	}
	text := NewParagraph("选一个已有机构，或者新建“骨科病房”。文件不会被改动，改动只用于这次导入。", theme.Text)
	below := box(10, 10)
	column := Column(4, Pad(16, 0, 16, 0, text), below)
	column.Resize(fyne.NewSize(180, 400))
	lines := len(wrapText(text.Content, 148, 14, false))
	if want := float32(lines)*20 + 4; lines < 3 || below.Position().Y != want {
		t.Errorf("below %d lines stands at %v, want %v", lines, below.Position().Y, want)
	}
	if got := heightAt(column, 180); got != float32(lines)*20+14 {
		t.Errorf("height at 180 is %v", got)
	}
}

func TestWrapRowGivesTheRestOfALineToWhatIsWide(t *testing.T) {
	first, rest := NewBox(theme.None, theme.None, 0), NewBox(theme.None, theme.None, 0)
	row := WrapRow(8, 8, Fixed(60, first), Wide(rest))
	row.Resize(fyne.NewSize(200, 40))
	if got := rest.Size().Width; got != 132 {
		t.Errorf("the rest is %v px wide, want 132", got)
	}
}

func TestWrapRowIsAsHighAsTheParagraphInIt(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 100, 100)
	amount, words := NewBold("99,999,999.99"), NewParagraph("玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", theme.Text)
	words.MinWidth = 160
	row := WrapRow(8, 0, amount, Wide(words))
	if got := heightAt(row, 170); got != 60 {
		t.Errorf("at 170 px the row is %v px high, want a line of figures and two of words", got)
	}
	if got := heightAt(row, 600); got != 20 {
		t.Errorf("at 600 px the row is %v px high", got)
	}
}

func TestWrapRowBreaks(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 100, 100)
	first, second := NewButton("启用", "", nil), NewButton("停用", "", nil)
	row := WrapRow(8, 8, first, second)
	row.Resize(fyne.NewSize(70, 100))
	if second.Position() != fyne.NewPos(0, 40) || heightAt(row, 70) != 72 || heightAt(row, 300) != 32 {
		t.Errorf("second at %v, heights %v and %v", second.Position(), heightAt(row, 70), heightAt(row, 300))
	}
}

func TestThemeSwitchesLive(t *testing.T) {
	text, box, button := NewText("陈若溪", theme.Text), NewBox(theme.Surface, theme.Border, 4), NewFilledButton("充值", "wallet", nil)
	table := traineeTable(5)
	window := newWindow(t, Column(8, text, Fixed(40, box), Row(0, button), Grow(table)), 900, 400)
	light := window.Canvas().Capture()
	fyne.CurrentApp().Settings().SetTheme(theme.New(true))
	dark := window.Canvas().Capture()
	for _, at := range [][2]int{{400, 50}, {20, 80}, {300, 120}, {500, 160}} {
		if light.At(at[0], at[1]) == dark.At(at[0], at[1]) {
			t.Errorf("pixel %v kept its colour %v", at, light.At(at[0], at[1]))
		}
	}
}

func TestInspectionIsClippedAndSerial(t *testing.T) {
	column := Column(0)
	for range 30 {
		column.Add(NewButton("按钮", "", nil))
	}
	window := newWindow(t, Column(0, Fixed(100, NewScroll(column)), NewText("下面", theme.Text)), 200, 200)
	buttons := seen(window, "button")
	if len(buttons) != 4 {
		t.Errorf("sees %d buttons in 100 px, want 3 and a part", len(buttons))
	}
	if last := buttons[len(buttons)-1]; last.Y != 96 || last.Height != 4 {
		t.Errorf("the last is %+v, want 4 px at 96", last)
	}
	Confirm(window, "停用？", "", "停用", nil)
	layers := map[int]bool{}
	for _, w := range InspectCanvas(window.Canvas()) {
		layers[w.Layer] = true
	}
	if !layers[0] || !layers[1] {
		t.Errorf("layers %v", layers)
	}
	raw, err := json.Marshal(find(t, window, "button", "停用"))
	if err != nil || !strings.Contains(string(raw), `"kind":"button"`) || !strings.Contains(string(raw), `"layer":1`) {
		t.Errorf("JSON %s, error %v", raw, err)
	}
}

func TestEveryIconIsDrawn(t *testing.T) {
	blank := newWindow(t, NewIcon("", theme.Text), 40, 40).Canvas().Capture()
	files, err := filepath.Glob("../../assets/icons/*.svg")
	if err != nil || len(files) == 0 {
		t.Fatal("no icons", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".svg")
		if reflect.DeepEqual(newWindow(t, NewIcon(name, theme.Text), 40, 40).Canvas().Capture(), blank) {
			t.Errorf("%s draws nothing", name)
		}
	}
}

func TestSplitArcsRepeatsTheLetter(t *testing.T) {
	got := splitArcs(` d="M2 12a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.9 0"`)
	if strings.Count(got, "a") != 2 {
		t.Errorf("got %s", got)
	}
}

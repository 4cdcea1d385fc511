package theme

import (
	"encoding/json"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

func TestForceChineseLeavesNoEnglish(t *testing.T) {
	directory, err := exec.Command("go", "list", "-f", "{{.Dir}}", "fyne.io/fyne/v2/lang").Output()
	if err != nil {
		t.Skipf("no go command: %v", err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(directory)), "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	english := map[string]any{}
	if err := json.Unmarshal(raw, &english); err != nil {
		t.Fatal(err)
	}
	if err := ForceChinese(); err != nil {
		t.Fatal(err)
	}
	for key := range english {
		if _, known := chinese[key]; !known {
			t.Errorf("%q has no Chinese", key)
		}
	}
	if got := lang.L("Cancel"); got != "取消" {
		t.Errorf("Cancel = %q", got)
	}
	if got := lang.X("file.name", "Name"); got != "名称" {
		t.Errorf("file.name = %q", got)
	}
}

func TestColorsFollowTheTheme(t *testing.T) {
	test.NewTempApp(t)
	for _, dark := range []bool{false, true} {
		fyne.CurrentApp().Settings().SetTheme(New(dark))
		r, _, _, _ := Color(Primary).RGBA()
		want := uint32(0x1D)
		if dark {
			want = 0x6E
		}
		if r>>8 != want {
			t.Errorf("dark %v: red of primary = %x, want %x", dark, r>>8, want)
		}
		if _, _, _, a := Color(None).RGBA(); a != 0 {
			t.Errorf("dark %v: None is not transparent", dark)
		}
	}
}

func TestEveryStyleSharesTwoFaces(t *testing.T) {
	look := New(false)
	for _, style := range []fyne.TextStyle{{}, {Italic: true}, {Monospace: true}} {
		if look.Font(style) != regular {
			t.Errorf("%+v is not the regular face", style)
		}
		style.Bold = true
		if look.Font(style) != bold {
			t.Errorf("%+v is not the bold face", style)
		}
	}
}

func TestEntryHasNoFrameOfItsOwn(t *testing.T) {
	test.NewTempApp(t)
	look := New(false)
	fyne.CurrentApp().Settings().SetTheme(look)
	if _, _, _, a := look.Color(fynetheme.ColorNameInputBorder, 0).RGBA(); a != 0 {
		t.Error("the entry's own border shows")
	}
	for name, shown := range map[string]color.Color{"our own border": Color(ControlBorder), "the caret": look.Color(fynetheme.ColorNamePrimary, 0)} {
		if _, _, _, a := shown.RGBA(); a == 0 {
			t.Errorf("%s is hidden too", name)
		}
	}
}

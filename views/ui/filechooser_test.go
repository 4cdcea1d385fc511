package ui

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// scanFolder holds two scans, a file of another kind, a hidden one and a folder.
func scanFolder(t *testing.T) (folder string, scans []string) {
	t.Helper()
	folder = t.TempDir()
	for _, name := range []string{"二.pdf", "一.JPG", "说明.txt", ".隐藏.pdf"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "旧的.pdf"), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder, []string{filepath.Join(folder, "一.JPG"), filepath.Join(folder, "二.pdf")}
}

var scans = FileRequest{Title: "选择扫描件", Extensions: []string{".pdf", ".jpg"}}

func TestAFolderStandsForTheFilesInIt(t *testing.T) {
	folder, want := scanFolder(t)
	window := newWindow(t, NewField(""), 800, 500)
	var got []string
	d := ChooseFiles(window, scans, func(paths []string) { got = paths })
	path := d.First.(*entry)
	path.SetText(filepath.Join(folder, "旧的.pdf"))
	key(window, fyne.KeyReturn)
	if got != nil || !d.Shown() {
		t.Fatal("took a folder without scans")
	}
	path.SetText(folder)
	key(window, fyne.KeyReturn)
	if !slices.Equal(got, want) || d.Shown() || LastFolder() != folder {
		t.Errorf("chose %q, want %q; remembers %q", got, want, LastFolder())
	}
}

func TestOneFileOfSeveralThatIsOfAnotherKindIsNamed(t *testing.T) {
	folder, want := scanFolder(t)
	window := newWindow(t, NewField(""), 800, 500)
	var got []string
	c := &fileChooser{window: window, request: scans, chosen: func(paths []string) { got = paths }, problem: NewParagraph("", theme.TextDanger)}
	c.show()
	c.take([]string{want[0], filepath.Join(folder, "说明.txt")})
	if got != nil || !c.dialog.Shown() || c.problem.Content != "“说明.txt”不是要的文件类型。可以用：.pdf、.jpg" {
		t.Errorf("chose %q and says %q", got, c.problem.Content)
	}
	c.take(want)
	if !slices.Equal(got, want) {
		t.Errorf("chose %q, want %q", got, want)
	}
}

func TestFolderBrowserTakesAllTickedFiles(t *testing.T) {
	folder, want := scanFolder(t)
	window := newWindow(t, NewField(""), 800, 600)
	var got []string
	request := scans
	request.several = true
	showFolderBrowser(window, request, folder, func(paths []string) { got = paths })
	tapAt(window, find(t, window, "checkbox", "全选"))
	tapAt(window, find(t, window, "button", "打开勾选的文件"))
	if !slices.Equal(got, want) {
		t.Errorf("chose %q, want %q", got, want)
	}
}

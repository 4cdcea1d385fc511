package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// FileRequest says which file is wanted.
type FileRequest struct {
	// Title is the dialog's, such as 选择学员名单.
	Title string
	// Extensions limit the choice, with their dots: .xlsx, .csv. Empty allows all.
	Extensions []string
	// Save asks for a place to write to; an existing file is asked about.
	Save bool
	// Name is the file name that Save proposes.
	Name string
	// Folder asks for a folder in place of a file.
	Folder bool
	// Verb names the button; "" means 打开 or 保存.
	Verb string

	several bool // see ChooseFiles
}

// DropTarget is a screen that takes files dropped on the window. The frame passes them on.
type DropTarget interface {
	Dropped(paths []string)
}

// LastFolder and RememberFolder are how the chooser begins where the last file was. The program
// replaces them to keep the folder over restarts.
var (
	lastFolder     string
	LastFolder     = func() string { return lastFolder }
	RememberFolder = func(folder string) { lastFolder = folder }
)

// nativeChooser opens the system's own dialog. It blocks until the person has chosen and so runs off
// the user interface thread; no paths are no choice.
type nativeChooser func(window fyne.Window, request FileRequest, folder string) ([]string, error)

// ChooseFile asks for one file: a path typed, pasted or found with 浏览…. chosen gets its full path and
// is not called if the person cancels.
func ChooseFile(window fyne.Window, request FileRequest, chosen func(path string)) *Dialog {
	c := &fileChooser{window: window, request: request, chosen: func(paths []string) { chosen(paths[0]) }, problem: NewParagraph("", theme.TextDanger)}
	return c.show()
}

// ChooseFiles asks for one file or several. A folder stands for the files of the wanted kinds in it, in the order of their names.
func ChooseFiles(window fyne.Window, request FileRequest, chosen func(paths []string)) *Dialog {
	request.several = true
	c := &fileChooser{window: window, request: request, chosen: chosen, problem: NewParagraph("", theme.TextDanger)}
	return c.show()
}

type fileChooser struct {
	window  fyne.Window
	request FileRequest
	chosen  func(paths []string)
	dialog  *Dialog
	path    *Field
	problem *Paragraph
	asked   string // the path whose overwriting was asked about
}

func (c *fileChooser) show() *Dialog {
	c.path = NewField("粘贴或输入完整路径")
	if c.request.Save && c.request.Name != "" {
		c.path.SetText(filepath.Join(startFolder(), c.request.Name))
	}
	c.path.OnChanged = func(string) { c.complain("") }
	browse := NewButton("浏览…", "folder-open", c.browse)
	hint := "也可以把文件直接拖到窗口里。"
	switch {
	case c.request.Save:
		hint = "可以改文件名和文件夹。"
	case c.request.several:
		hint = "可以一次选几个文件，或者填一个文件夹，取里面所有的文件。" + hint
	}
	if len(c.request.Extensions) > 0 {
		hint = "文件类型：" + strings.Join(c.request.Extensions, "、") + "。" + hint
	}
	c.problem.Hide()
	d := NewDialog(c.window, c.request.Title)
	d.Width = 560
	d.Body = Column(6, Row(8, Wide(c.path), browse), NewCaptionParagraph(hint, theme.Secondary), c.problem)
	d.First = c.path.entry
	d.SetDefault(c.verb(), c.accept)
	c.dialog = d
	d.Show()
	return d
}

func (c *fileChooser) verb() string {
	switch {
	case c.request.Verb != "":
		return c.request.Verb
	case c.request.Save:
		return "保存"
	}
	return "打开"
}

// accept checks the path and hands it over; the dialog stays open while something is wrong.
func (c *fileChooser) accept() bool {
	path, problem := c.request.check(c.path.Text())
	if problem != "" {
		c.complain(problem)
		return false
	}
	if info, err := os.Stat(path); c.request.several && err == nil && info.IsDir() {
		return c.acceptAll(c.request.filesIn(path))
	}
	if _, err := os.Stat(path); c.request.Save && !c.request.Folder && err == nil && c.asked != path {
		c.asked = path
		c.complain("这个文件已经有了。再按一次“" + c.verb() + "”就覆盖它。")
		return false
	}
	folder := filepath.Dir(path)
	if c.request.Folder {
		folder = path
	}
	RememberFolder(folder)
	c.dialog.Hide()
	c.chosen([]string{path})
	return true
}

// acceptAll hands several files over, where all of them are of a wanted kind.
func (c *fileChooser) acceptAll(paths []string) bool {
	if len(paths) == 0 {
		c.complain("这个文件夹里没有可以用的文件。可以用：" + strings.Join(c.request.Extensions, "、"))
		return false
	}
	for _, path := range paths {
		if !c.request.Accepts(path) {
			c.complain("“" + filepath.Base(path) + "”不是要的文件类型。可以用：" + strings.Join(c.request.Extensions, "、"))
			return false
		}
	}
	RememberFolder(filepath.Dir(paths[0]))
	c.dialog.Hide()
	c.chosen(paths)
	return true
}

func (c *fileChooser) complain(problem string) {
	c.path.SetBad(problem != "")
	c.problem.SetText(problem)
	c.problem.Hidden = problem == ""
	c.dialog.Relayout()
}

// check gives the full path, or what is wrong with it.
func (r FileRequest) check(text string) (path, problem string) {
	path = CleanPath(text)
	if path == "" {
		return "", "请填写路径，或点“浏览…”选择。"
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(startFolder(), path)
	}
	info, err := os.Stat(path)
	if r.Folder {
		if err != nil || !info.IsDir() {
			return "", "没有这个文件夹：" + path
		}
		return path, ""
	}
	if r.Save {
		return r.checkSave(path, info)
	}
	switch {
	case err != nil:
		return "", "没有这个文件：" + path
	case info.IsDir() && r.several:
		return path, ""
	case info.IsDir():
		return "", "这是一个文件夹，请选择里面的文件。"
	case !r.Accepts(path):
		return "", "不是要的文件类型。可以用：" + strings.Join(r.Extensions, "、")
	}
	return path, ""
}

func (r FileRequest) checkSave(path string, existing os.FileInfo) (string, string) {
	if existing != nil && existing.IsDir() {
		return "", "这是一个文件夹，请在后面加上文件名。"
	}
	if !r.Accepts(path) {
		path += r.Extensions[0]
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return "", "没有这个文件夹：" + filepath.Dir(path)
	}
	return path, ""
}

// filesIn gives the files of the wanted kinds in a folder, without hidden ones and without those in folders below it.
func (r FileRequest) filesIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var paths []string
	for _, entry := range entries {
		if !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") && r.Accepts(entry.Name()) {
			paths = append(paths, filepath.Join(folder, entry.Name()))
		}
	}
	return paths
}

// Accepts tells whether a path has one of the wanted extensions, in any case.
func (r FileRequest) Accepts(path string) bool {
	return len(r.Extensions) == 0 || slices.Contains(r.Extensions, strings.ToLower(filepath.Ext(path)))
}

// CleanPath takes off what comes with a pasted path: quotes, blanks, line feeds, file://.
func CleanPath(text string) string {
	text = strings.TrimSpace(strings.Split(strings.TrimSpace(text)+"\n", "\n")[0])
	text = strings.Trim(text, `"'“”`)
	if rest, isURI := strings.CutPrefix(text, "file://"); isURI {
		text = rest
		if len(text) > 2 && text[0] == '/' && text[2] == ':' {
			text = text[1:]
		}
	}
	if rest, home := strings.CutPrefix(text, "~/"); home {
		if directory, err := os.UserHomeDir(); err == nil {
			text = filepath.Join(directory, rest)
		}
	}
	if text == "" {
		return ""
	}
	return filepath.Clean(text)
}

// startFolder is where a choice begins: the last folder, or the person's documents.
func startFolder() string {
	if folder := LastFolder(); folder != "" {
		return folder
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	for _, name := range []string{"Documents", "文档"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// browse opens the system's dialog, or our own folder browser where there is none.
func (c *fileChooser) browse() {
	folder := startFolder()
	native := findNativeChooser()
	if native == nil {
		showFolderBrowser(c.window, c.request, folder, c.take)
		return
	}
	go func() {
		paths, err := native(c.window, c.request, folder)
		fyne.Do(func() {
			if err != nil {
				fyne.LogError("system file dialog", err)
				showFolderBrowser(c.window, c.request, folder, c.take)
			} else if len(paths) > 0 {
				c.take(paths)
			}
		})
	}()
}

// take accepts what was found by browsing; one path is shown in the field first.
func (c *fileChooser) take(paths []string) {
	switch {
	case !c.dialog.Shown():
		return
	case len(paths) > 1:
		c.acceptAll(paths)
		return
	}
	c.path.SetText(paths[0])
	if c.request.Save {
		c.path.Focus()
		return
	}
	c.accept()
}

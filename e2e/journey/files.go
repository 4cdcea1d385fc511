package journey

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"peixun/e2e/driver"
)

// choosing is the field of the file dialog.
var choosing = driver.Placeholder("粘贴或输入完整路径")

// choose types a path into the open file dialog and accepts it.
func (j *Journey) choose(path string) {
	j.typePath(path)
	j.program.Key("Return")
	j.program.Gone(choosing)
}

func (j *Journey) typePath(path string) {
	p := j.program
	p.WaitFor(choosing, "with the keyboard", func(w driver.Widget) bool { return w.Focused })
	p.Key("ctrl+a")
	p.Type(path)
	p.WaitFor(choosing, "holding the path", func(w driver.Widget) bool { return w.Text == path })
}

// saveAs saves a file among those that the journey leaves.
func (j *Journey) saveAs(name string) {
	path := j.out(name)
	if err := os.RemoveAll(path); err != nil {
		j.program.Fail("%v", err)
	}
	j.choose(path)
}

// isPDF checks that a saved file is a PDF of so many pages that holds words, and draws its pages beside it.
func (j *Journey) isPDF(name string, pages int, words ...string) {
	path := j.out(name)
	info, err := exec.Command("pdfinfo", path).Output()
	if err != nil {
		j.program.Fail("%s is no PDF: %v", name, err)
	}
	found := ""
	for _, line := range strings.Split(string(info), "\n") {
		if value, ok := strings.CutPrefix(line, "Pages:"); ok {
			found = strings.TrimSpace(value)
		}
	}
	if pages > 0 && found != fmt.Sprint(pages) {
		j.program.Fail("%s has %s pages, want %d", name, found, pages)
	}
	text, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	j.program.Must(err)
	for _, word := range words {
		if !strings.Contains(string(text), word) {
			j.program.Fail("%s lacks “%s”:\n%s", name, word, text)
		}
	}
	base := strings.TrimSuffix(path, ".pdf")
	j.program.Must(exec.Command("pdftoppm", "-r", "80", "-png", path, base).Run())
}

// opened waits until the program has handed a saved file to the system's viewer.
func (j *Journey) opened(name string) {
	record, want := filepath.Join(j.options.Home, driver.OpenedFiles), j.out(name)
	for deadline := time.Now().Add(openPatience); time.Now().Before(deadline); time.Sleep(openPatience / 50) {
		if content, err := os.ReadFile(record); err == nil && strings.Contains(string(content), want) {
			return
		}
	}
	j.program.Fail("%s was not opened", name)
}

// openPatience is how long handing a file to the viewer may take.
const openPatience = 10 * time.Second

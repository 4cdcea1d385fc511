package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPapersAreWrittenWholeOrNotAtAll(t *testing.T) {
	files := batchReady(t)
	folder := filepath.Join(files, "folder.pdf")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{folder, filepath.Join(files, "nowhere", "l.pdf")} {
		for _, command := range [][]string{{"letter", "--order", "JF-2022-0001"}, {"label"}} {
			if got := value[failure](t, exitFailed, append(command, "--out", out)...); got.Error.Code != "file-not-written" {
				t.Errorf("%v to %s: %+v", command, out, got.Error)
			}
		}
	}
	old := write(t, files, "旧.pdf", "an old file")
	must(t, 0, "order", "new", "--plan", plan2022)
	if got := value[failure](t, exitFailed, "letter", "--order", "JF-2022-0002", "--out", old); got.Error.Code != "letter-state" {
		t.Errorf("a draft's letter: %+v", got.Error)
	}
	if content, err := os.ReadFile(old); err != nil || string(content) != "an old file" {
		t.Error("a letter that was refused touched the file")
	}
	must(t, 0, "letter", "--order", "JF-2022-0001", "--out", old)
	if content, err := os.ReadFile(old); err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Error("the letter is not in the file")
	}
	if names := left(t, files); slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, ".") }) {
		t.Errorf("temporary files left: %v", names)
	}
}

func TestLetterThatCouldNotBeWrittenKeepsItsNumber(t *testing.T) {
	files := batchReady(t)
	must(t, exitFailed, "letter", "--order", "JF-2022-0001", "--out", filepath.Join(files, "nowhere", "l.pdf"))
	if got := value[paperReply](t, 0, "letter", "--order", "JF-2022-0001", "--out", filepath.Join(files, "l.pdf")); got.Number != "QR-2022-0001" {
		t.Errorf("got %+v", got)
	}
	if letters := value[[]letterItem](t, 0, "list", "letters"); len(letters) != 1 || letters[0].Order != "JF-2022-0001" || letters[0].Total != 16000_00 {
		t.Errorf("letters %+v", letters)
	}
}

package letter

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
)

// tool gives another program's path, or skips the test.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// said gives a program's output, and fails where it complains.
func said(t testing.TB, name string, arguments ...string) string {
	t.Helper()
	var complaints bytes.Buffer
	command := exec.Command(name, arguments...)
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v %s", filepath.Base(name), err, complaints.String())
	}
	return string(out)
}

// everyPaper writes all papers, in ordinary and extreme shapes, into a folder and gives their files.
func everyPaper(t *testing.T) map[string]string {
	t.Helper()
	papers := goldenPapers()
	papers["letter-800"] = func(w io.Writer) error { return paged(Confirmation(w, withPeople(longNames(), 800))) }
	papers["letters"] = func(w io.Writer) error {
		return paged(Confirmations(w, []data.LetterContent{sample(1), severalOrders(), longNames()}))
	}
	papers["recharge-800"] = func(w io.Writer) error { return paged(RechargeSheet(w, rechargeSheet(800))) }
	papers["empty"] = func(w io.Writer) error { return paged(RechargeSheet(w, data.RechargeSheet{})) }
	files := map[string]string{}
	folder := t.TempDir()
	for name, write := range papers {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		files[name] = filepath.Join(folder, name+".pdf")
		if err := os.WriteFile(files[name], out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestOtherProgramsFindNothingWrong: the columns 4 to 6 of pdffonts are embedded, subset and Unicode.
func TestOtherProgramsFindNothingWrong(t *testing.T) {
	papers := everyPaper(t)
	for name, check := range map[string]func(t *testing.T, path, file string){
		"qpdf": func(t *testing.T, path, file string) {
			if report := said(t, path, "--check", file); !strings.Contains(report, "No syntax or stream encoding errors found") {
				t.Error(report)
			}
		},
		"mutool": func(t *testing.T, path, file string) { said(t, path, "clean", "-gggg", file, file+".clean") },
		"pdffonts": func(t *testing.T, path, file string) {
			lines := strings.Split(strings.TrimSpace(said(t, path, file)), "\n")
			if len(lines) < 3 {
				t.Fatal("no fonts")
			}
			for _, line := range lines[2:] {
				if fields := strings.Fields(line); len(fields) < 7 || strings.Join(fields[4:7], " ") != "yes yes yes" || !strings.Contains(fields[0], "+Noto") {
					t.Error(line)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := tool(t, name)
			for paper, file := range papers {
				t.Run(paper, func(t *testing.T) { check(t, path, file) })
			}
		})
	}
}

// TestPdftotextGivesBackEveryLine prints random lines, each a paragraph of its own, and reads them back with another program:
// every character, in order, with no blank that nobody wrote. Blanks of any kind and number count as one.
func TestPdftotextGivesBackEveryLine(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	c := newCanvas(a4, "", undated)
	var want []string
	for seed := range 60 {
		text := anyText().Example(seed)
		width := 20 + rapid.Float64Range(0, 150).Example(seed)
		y := 20.0
		c.page()
		for _, l := range breakLines(set(text, plain), width, width) {
			how := alignJustified
			if seed%3 == 0 {
				how = alignLeft
			}
			c.line(20, y, width, 7, l, how)
			if written := strings.Join(strings.Fields(textOf(l)), " "); written != "" {
				want = append(want, written)
			}
			if y += 7; y > 280 {
				c.page()
				y = 20
			}
		}
	}
	var got []string
	for _, line := range strings.FieldsFunc(readBack(t, pdftotext, c), func(r rune) bool { return r == '\n' || r == '\f' }) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	wrong := 0
	for i, line := range want {
		if i >= len(got) || got[i] != line {
			if wrong++; wrong < 6 {
				t.Errorf("line %d is %q, want %q", i, append(got, "")[min(i, len(got))], line)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d lines are wrong", wrong, len(want))
	}
}

// readBack gives what pdftotext reads in a document.
func readBack(t *testing.T, pdftotext string, c *canvas) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.write(&out); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "read.pdf")
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return said(t, pdftotext, "-enc", "UTF-8", "-raw", file, "-")
}

// TestEveryRareCharacterIsFound prints every character beyond the BMP that the fonts hold, in every face, amid others.
func TestEveryRareCharacterIsFound(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	rare := slices.Sorted(maps.Keys(aliases()))
	if len(rare) < 100 || !slices.Contains(rare, '𫰡') || !slices.Contains(rare, '𬱖') {
		t.Fatalf("only %d rare characters", len(rare))
	}
	c := newCanvas(a4, "", undated)
	want := ""
	for _, used := range []*face{serif, serifBold, sansBold} {
		c.page()
		y := 10.0
		for part := range slices.Chunk(rare, 20) {
			text := "李" + string(part) + "（䶮㛃）"
			want += text
			for _, l := range breakLines(set(text, style{used, 9}), 190, 190) {
				c.line(10, y, 190, 5, l, alignJustified)
				y += 5
			}
		}
	}
	if got := strings.Join(strings.Fields(readBack(t, pdftotext, c)), ""); got != want {
		t.Errorf("read %q, want %q", got, want)
	}
}

// BenchmarkLibreOffice converts the same letter's words with LibreOffice's headless Calc, which is what a user's own mail merge
// from a workbook does. Compare with BenchmarkThousandLetters and BenchmarkThousandFiles: each reports ms for a letter.
func BenchmarkLibreOffice(b *testing.B) {
	soffice := tool(b, "soffice")
	const letters = 20 // a thousand would take minutes; the time for each is reported
	folder := b.TempDir()
	var sources []string
	for i := range letters {
		content := sample(3)
		content.Number = fmt.Sprintf("QR-2022-%04d", i+1)
		source := filepath.Join(folder, content.Number+".html")
		if err := os.WriteFile(source, []byte(asHTML(content)), 0o600); err != nil {
			b.Fatal(err)
		}
		sources = append(sources, source)
	}
	for b.Loop() {
		arguments := append([]string{"-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--headless", "--infilter=HTML (StarCalc)",
			"--convert-to", "pdf:calc_pdf_Export", "--outdir", folder}, sources...)
		if out, err := exec.Command(soffice, arguments...).CombinedOutput(); err != nil {
			b.Fatalf("soffice: %v %s", err, out)
		}
	}
	made, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
	if err != nil || len(made) != letters {
		b.Fatalf("soffice made %d of %d files: %v", len(made), letters, err)
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*letters), "ms/letter")
}

// asHTML writes what a letter says as a page that a spreadsheet can open.
func asHTML(content data.LetterContent) string {
	var rows strings.Builder
	for _, part := range fieldsOf(content) {
		fmt.Fprintf(&rows, "<tr><td>%s</td><td>%s</td></tr>\n", part.label, part.text)
	}
	return "<html><meta charset=utf-8><h1>" + content.Text.Title + "</h1><p>" + content.Text.Opening + "</p><table border=1>" + rows.String() + "</table><p>" + content.Text.Declaration + "</p></html>"
}

func BenchmarkThousandFiles(b *testing.B) {
	content := sample(3)
	for b.Loop() {
		for i := range 1000 {
			content.Number = fmt.Sprintf("QR-2022-%04d", i+1)
			if _, err := Confirmation(io.Discard, content); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*1000), "ms/letter")
}

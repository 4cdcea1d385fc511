package excel

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"peixun/data"
)

// maxPeak is how many MB a process that reads any file of 50 MB may take at most.
const maxPeak = 300

// largeFiles write files that come close to the limit of 50 MB in the way that costs most memory.
var largeFiles = []struct {
	name  string
	write func(w io.Writer) error
}{
	{"roster.xlsx", func(w io.Writer) error { return largeWorkbook(w, 850_000, 0) }},
	{"texts.xlsx", func(w io.Writer) error { return largeWorkbook(w, 10, 3_900_000) }},
	{"longtexts.xlsx", func(w io.Writer) error { return largeWorkbook(w, 10, 90_000) }},
	{"utf8.csv", func(w io.Writer) error { return largeText(w, func(s string) string { return s }) }},
	{"utf16.csv", func(w io.Writer) error {
		if _, err := io.WriteString(w, "\xFF\xFE"); err != nil {
			return err
		}
		return largeText(w, func(s string) string { return utf16Text(s, false)[2:] })
	}},
	{"gb18030.csv", func(w io.Writer) error { return largeText(w, func(s string) string { return gb18030(quiet{}, s) }) }},
	{"cells.xls", largeXLS},
}

// quiet is a testing.TB for helpers that cannot fail.
type quiet struct{ testing.TB }

func (quiet) Helper() {}

// BenchmarkPeak reads files of nearly 50 MB, each in a process of its own, and fails where one takes more than 300 MB:
//
//	go test ./data/excel -run '^$' -bench Peak -benchtime 1x
func BenchmarkPeak(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("the peak is read from /proc")
	}
	for _, large := range largeFiles {
		b.Run(large.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), large.name)
			file, err := os.Create(path)
			check(b, err)
			buffered := bufio.NewWriter(file)
			check(b, large.write(buffered))
			check(b, buffered.Flush())
			info, err := file.Stat()
			check(b, err)
			check(b, file.Close())
			b.ResetTimer()
			for range b.N {
				child := exec.Command(os.Args[0], "-test.run", "^TestReadInChild$", "-test.v")
				child.Env = append(os.Environ(), "PEIXUN_CHILD="+path)
				out, err := child.CombinedOutput()
				if err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				_, rest, _ := bytes.Cut(out, []byte("peak="))
				text, rest, _ := bytes.Cut(rest, []byte(" "))
				kilobytes, err := strconv.Atoi(string(text))
				check(b, err)
				b.ReportMetric(float64(kilobytes)/1024, "MB/peak")
				b.ReportMetric(float64(info.Size())/(1<<20), "MB/file")
				if kilobytes > maxPeak<<10 {
					b.Errorf("%d MB to read %s", kilobytes>>10, rest)
				}
			}
		})
	}
}

// TestReadInChild is what BenchmarkPeak runs in a process of its own.
func TestReadInChild(t *testing.T) {
	path := os.Getenv("PEIXUN_CHILD")
	if path == "" {
		t.Skip("for BenchmarkPeak")
	}
	outcome, rows := "read", 0
	opened, err := Open(path)
	if err == nil {
		var table *Table
		if table, err = opened.Table(t.Context(), "", data.TraineeForm); err == nil {
			err = table.Each(t.Context(), func(data.SourceRow) error { rows++; return nil })
		}
	}
	if problem, ok := data.AsProblem(err); ok {
		outcome = problem.Code
	} else if err != nil {
		t.Fatal(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	check(t, err)
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	t.Logf("peak=%s %s, %d rows", strings.Fields(peak)[0], outcome, rows)
}

// largeWorkbook streams people with random digits, which hardly pack, and shared texts: short ones, or long ones where they are few.
func largeWorkbook(out io.Writer, rows, texts int) error {
	archive := zip.NewWriter(out)
	random := rand.New(rand.NewPCG(1, 1))
	for name, content := range newHandMade("") {
		if name == sheetPart || name == "xl/sharedStrings.xml" {
			continue
		}
		if err := put(archive, name, content); err != nil {
			return err
		}
	}
	entry, err := archive.Create("xl/sharedStrings.xml")
	if err != nil {
		return err
	}
	fill := ""
	if texts > 0 && texts < 100_000 {
		fill = strings.Repeat("长", 330)
	}
	buffered := bufio.NewWriter(entry)
	fmt.Fprintf(buffered, xmlHead+`<sst xmlns="%s">`, mainSpace)
	for i := range max(texts, rows) {
		fmt.Fprintf(buffered, "<si><t>张%s%07d</t></si>", fill, i)
	}
	buffered.WriteString("</sst>")
	if err := buffered.Flush(); err != nil {
		return err
	}
	if entry, err = archive.Create(sheetPart); err != nil {
		return err
	}
	buffered.Reset(entry)
	buffered.WriteString(strings.TrimSuffix(worksheetOf(headerRow("手机号", "部门", "备注")), "</sheetData></worksheet>"))
	for i := range rows {
		fmt.Fprintf(buffered, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="inlineStr"><is><t>%018d</t></is></c><c r="C%d"><v>1%010d</v></c><c r="D%d" t="s"><v>%d</v></c><c r="E%d" t="inlineStr"><is><t>%x</t></is></c></row>`,
			i+2, i+2, i, i+2, random.Int64N(1e18), i+2, random.Int64N(1e10), i+2, random.IntN(max(rows, 1)), i+2, random.Uint64())
	}
	buffered.WriteString("</sheetData></worksheet>")
	if err := buffered.Flush(); err != nil {
		return err
	}
	return archive.Close()
}

func largeText(out io.Writer, encode func(string) string) error {
	lines := encode("姓名,身份证号,单位\n")
	for i := 0; len(lines) < 1<<20; i++ {
		lines += encode(fmt.Sprintf("张晓明,110101199003%06d,北京市某某局信息中心运维科第一运维组和第二运维组以及其他\n", i))
	}
	for written := 0; written+len(lines) < maxFileSize-4096; written += len(lines) {
		if _, err := io.WriteString(out, lines); err != nil {
			return err
		}
	}
	return nil
}

// largeXLS fills a sheet's 65,535 rows with cells, and the shared texts with the rest of 50 MB.
func largeXLS(out io.Writer) error {
	var texts, cells strings.Builder
	count := 900_000
	texts.WriteString(rec(recordSST, uint32(count), uint32(count), "\x02\x00\x01"+wideText("张三")))
	for from := 1; from < count; from += 200 {
		piece := ""
		for i := from; i < min(from+200, count); i++ {
			piece += "\x0A\x00\x01" + wideText(fmt.Sprintf("张三%08d", i))
		}
		texts.WriteString(rec(recordContinue, piece))
	}
	for row := 1; row < maxBIFFRows; row++ {
		for column := range 30 {
			cells.WriteString(rec(recordLabelSST, row, column, 0, uint32((row*30+column)%count)))
		}
	}
	_, err := out.Write(biffBook(texts.String(), cells.String())(nil))
	return err
}

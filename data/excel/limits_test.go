package excel

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"peixun/data"
)

// streamed makes a workbook whose sheet is written piece by piece.
func streamed(t testing.TB, write func(io.Writer)) []byte {
	t.Helper()
	book := newHandMade("")
	delete(book, "xl/worksheets/sheet1.xml")
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range book {
		w, err := archive.Create(name)
		check(t, err)
		_, err = io.WriteString(w, content)
		check(t, err)
	}
	w, err := archive.Create("xl/worksheets/sheet1.xml")
	check(t, err)
	write(w)
	check(t, archive.Close())
	return out.Bytes()
}

// allocated gives how many bytes run allocates in all.
func allocated(run func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestMillionStyledBlankRowsBehindTheData(t *testing.T) {
	content := streamed(t, func(w io.Writer) {
		io.WriteString(w, strings.TrimSuffix(worksheetOf(headerRow()+person), "</sheetData></worksheet>"))
		for row := 3; row < maxRows; row++ {
			fmt.Fprintf(w, `<row r="%d" spans="1:5" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/></row>`, row, row, row, row)
		}
		fmt.Fprintf(w, `<row r="%d"><c r="A%d" t="str"><v>最后一人</v></c></row></sheetData></worksheet>`, maxRows, maxRows)
	})
	start := time.Now()
	var rows []data.SourceRow
	used := allocated(func() { _, rows = mustRead(t, content, "a.xlsx", data.TraineeForm) })
	if len(rows) != 2 || rows[1].Number != maxRows || rows[1].Cells[0].Text != "最后一人" {
		t.Errorf("%d rows: data behind blank rows must not be lost", len(rows))
	}
	if used > 8<<20 {
		t.Errorf("blank rows cost %d bytes of memory", used)
	}
	t.Logf("%d bytes zipped, read in %v", len(content), time.Since(start))
}

func TestCellInTheLastColumnCostsNoMemory(t *testing.T) {
	rows := headerRow() + person
	for row := 3; row < 203; row++ {
		rows += fmt.Sprintf(`<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>`, row, row, row)
	}
	content := newHandMade(rows).bytes(t)
	used := allocated(func() {
		if _, rows := mustRead(t, content, "a.xlsx", data.TraineeForm); len(rows) != 201 {
			t.Errorf("%d rows, want 201", len(rows))
		}
	})
	if used > 8*maxColumns*headerSearch+8<<20 {
		t.Errorf("200 cells in column XFD cost %d bytes of memory", used)
	}
}

func TestHeaderInTheLastColumnIsKept(t *testing.T) {
	sheet := strings.Replace(headerRow(), `</row>`, `<c r="XFD1" t="str"><v>籍贯</v></c></row>`, 1) +
		`<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" t="str"><v>北京</v></c></row>`
	heading, rows := mustRead(t, newHandMade(sheet).bytes(t), "a.xlsx", data.TraineeForm)
	if len(heading.Unknown) != 1 || heading.Unknown[0] != maxColumns-1 || rows[0].Extra[0].Text != "北京" {
		t.Errorf("heading %+v, rows %+v", heading, rows)
	}
}

func TestBombsAreRefusedWithoutUnzipping(t *testing.T) {
	zeros := make([]byte, 1<<20)
	bomb := streamed(t, func(w io.Writer) {
		for range 400 {
			w.Write(zeros)
		}
	})
	var err error
	used := allocated(func() { _, _, err = readTable(bomb, "a.xlsx", "", data.TraineeForm) })
	wantProblem(t, err, CodeTooLarge)
	if used > 1<<20 {
		t.Errorf("refusing cost %d bytes", used)
	}

	// A bomb that lies about its size unzips past it, and is cut off there.
	lying := bytes.Clone(bomb)
	for _, field := range [][]byte{{0, 0, 0, 25}} { // 400 MB, little endian
		lying = bytes.ReplaceAll(lying, field, []byte{0, 0, 1, 0})
	}
	used = allocated(func() { _, _, err = readTable(lying, "a.xlsx", "", data.TraineeForm) })
	wantProblem(t, err, CodeDamaged)
	if used > 4<<20 {
		t.Errorf("refusing the lying bomb cost %d bytes", used)
	}
}

func TestTooManyBytesAltogether(t *testing.T) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for i := range 11 {
		header := &zip.FileHeader{Name: fmt.Sprintf("xl/media/%d.bin", i), Method: zip.Deflate, UncompressedSize64: freeUnzipped}
		w, err := archive.CreateRaw(header)
		check(t, err)
		_, err = w.Write([]byte{3, 0})
		check(t, err)
	}
	check(t, archive.Close())
	_, _, err := readTable(out.Bytes(), "a.xlsx", "", data.TraineeForm)
	wantProblem(t, err, CodeTooLarge)
}

func TestEntriesThatOverlapOrRepeatAreRefused(t *testing.T) {
	book := newHandMade(headerRow() + person)
	content := book.bytes(t)
	name := []byte("xl/styles.xml")
	other := []byte("xl/Styles.xml")
	book["xl/STYLES.xml"] = book["xl/styles.xml"]
	_, _, err := readTable(book.bytes(t), "a.xlsx", "", data.TraineeForm)
	wantProblem(t, err, CodeDamaged)

	// Give a second directory entry the first one's bytes: the core of an overlapping zip bomb.
	directory := bytes.LastIndex(content, name) - 46
	entry := bytes.Replace(content[directory:directory+46+len(name)], name, append([]byte("xl/z"), other[4:]...), 1)
	end := bytes.LastIndex(content, []byte("PK\x05\x06"))
	doubled := append(append(bytes.Clone(content[:end]), entry...), content[end:]...)
	tail := doubled[end+len(entry):]
	tail[8]++
	tail[10]++
	size := uint32(tail[12]) + uint32(tail[13])<<8 + uint32(len(entry))
	tail[12], tail[13] = byte(size), byte(size>>8)
	_, _, err = readTable(doubled, "a.xlsx", "", data.TraineeForm)
	problem := wantProblem(t, err, CodeDamaged)
	if !strings.Contains(problem.Cause.Error(), "overlap") {
		t.Errorf("refused for another reason: %v", problem.Cause)
	}
}

func TestLongCells(t *testing.T) {
	for name, sheet := range map[string]string{
		"inline": headerRow() + personNamed(`<c r="A2" t="inlineStr"><is><t>`+strings.Repeat("长", maxCellRunes+1)+`</t></is></c>`),
		"shared": headerRow() + personNamed(`<c r="A2" t="s"><v>0</v></c>`),
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readTable(newHandMade(sheet, "<t>"+strings.Repeat("x", maxCellRunes+1)+"</t>").bytes(t), "a.xlsx", "", data.TraineeForm)
			if problem := wantProblem(t, err, CodeCellLong); problem.Where.Cell != "A2" || problem.Where.Sheet != "学员" {
				t.Errorf("place %+v", problem.Where)
			}
		})
	}
	sheet := headerRow() + personNamed(`<c r="A2" t="s"><v>0</v></c>`)
	_, rows := mustRead(t, newHandMade(sheet, "<t>"+strings.Repeat("长", maxCellRunes)+"</t>").bytes(t), "a.xlsx", data.TraineeForm)
	if len([]rune(rows[0].Cells[0].Text)) != maxCellRunes {
		t.Error("the longest text that Excel holds did not come through")
	}
}

func TestCancellingEndsReading(t *testing.T) {
	content := sampleRoster(t, 20_000).bytes(t)
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), "a.xlsx")
	check(t, err)
	cancelled, cancel := context.WithCancel(t.Context())
	table, err := opened.Table(cancelled, "", data.TraineeForm)
	check(t, err)
	told := 0
	err = table.Each(cancelled, func(data.SourceRow) error {
		told++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || told > 5000 {
		t.Errorf("got %v after %d rows", err, told)
	}
	if _, ok := data.AsProblem(err); ok {
		t.Error("cancelling is no problem of the file")
	}
	if _, err := opened.Table(cancelled, "", data.TraineeForm); !errors.Is(err, context.Canceled) {
		t.Errorf("Table gives %v", err)
	}
}

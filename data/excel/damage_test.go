package excel

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"peixun/data"
)

// sampleRoster is a small workbook with all kinds of cells, shared strings and styles.
func sampleRoster(t testing.TB, people int) handMade {
	t.Helper()
	var rows strings.Builder
	rows.WriteString(headerRow("手机号", "出生日期", "籍贯"))
	var shared []string
	for i := range people {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="inlineStr"><is><t>11010119900307%04d</t></is></c>`+
			`<c r="C%d"><v>138%08d</v></c><c r="D%d" s="1"><v>%d</v></c><c r="E%d" t="s"><v>0</v></c></row>`, i+2, i+2, i, i+2, i, i+2, i, i+2, 30000+i, i+2)
		shared = append(shared, fmt.Sprintf("<t>张晓%d</t>", i))
	}
	return newHandMade(rows.String(), shared...)
}

// sameOrRefused reads damaged bytes: the answer must be the same rows, or a problem and never a silent loss.
func sameOrRefused(t *testing.T, what string, content []byte, want []data.SourceRow) (refused bool) {
	t.Helper()
	_, rows, err := readTable(content, "a.xlsx", "", data.TraineeForm)
	if err != nil {
		if _, ok := data.AsProblem(err); !ok {
			t.Fatalf("%s: %v is no problem for people", what, err)
		}
		return true
	}
	if !reflect.DeepEqual(rows, want) {
		t.Fatalf("%s: %d rows without a complaint, and they are not the file's %d", what, len(rows), len(want))
	}
	return false
}

func TestEveryFlippedByteIsHarmlessOrRefused(t *testing.T) {
	content := sampleRoster(t, 30).bytes(t)
	_, want := mustRead(t, content, "a.xlsx", data.TraineeForm)
	refused := 0
	damaged := bytes.Clone(content)
	for at := range content {
		flip := []byte{0x01, 0x80, 0xFF}[at%3]
		damaged[at] ^= flip
		if sameOrRefused(t, fmt.Sprintf("byte %d ^ %#x", at, flip), damaged, want) {
			refused++
		}
		damaged[at] ^= flip
	}
	if share := float64(refused) / float64(len(content)); share < 0.5 {
		t.Errorf("only %.0f %% of the damage was noticed: is anything checked?", 100*share)
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	content := sampleRoster(t, 30).bytes(t)
	for length := range content {
		if _, _, err := readTable(content[:length], "a.xlsx", "", data.TraineeForm); err == nil {
			t.Fatalf("the first %d of %d bytes read without a complaint", length, len(content))
		}
	}
}

// TestDamageInsideTheXML flips bytes before zipping, so that every CRC is right: only the scanner stands guard.
func TestDamageInsideTheXML(t *testing.T) {
	book := sampleRoster(t, 5)
	_, want := mustRead(t, book.bytes(t), "a.xlsx", data.TraineeForm)
	random := rand.New(rand.NewPCG(1, 2))
	for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		whole := book[part]
		for at := range len(whole) {
			broken := []byte(whole)
			broken[at] ^= byte(1 + random.IntN(255))
			book[part] = string(broken)
			_, rows, err := readTable(book.bytes(t), "a.xlsx", "", data.TraineeForm)
			if err == nil && len(rows) != len(want) {
				t.Fatalf("%s byte %d %q became %q: %d rows without a complaint, want %d", part, at, whole[at], broken[at], len(rows), len(want))
			}
			book[part] = whole[:at]
			if _, _, err := readTable(book.bytes(t), "a.xlsx", "", data.TraineeForm); err == nil && strings.TrimSpace(whole[at:]) != "" {
				t.Fatalf("%s cut at byte %d reads without a complaint", part, at)
			}
		}
		book[part] = whole
	}
}

func TestTheCallersErrorComesBackAsItWas(t *testing.T) {
	content := sampleRoster(t, 5).bytes(t)
	opened, err := OpenReader(bytes.NewReader(content), int64(len(content)), "a.xlsx")
	check(t, err)
	table, err := opened.Table(t.Context(), "", data.TraineeForm)
	check(t, err)
	stop := errors.New("stop")
	told := 0
	err = table.Each(t.Context(), func(data.SourceRow) error {
		if told++; told == 2 {
			return stop
		}
		return nil
	})
	if err != stop || told != 2 {
		t.Errorf("got %v after %d rows", err, told)
	}
}

func TestRowsMayBeKept(t *testing.T) {
	content := sampleRoster(t, 3*cellBlock).bytes(t)
	_, kept := mustRead(t, content, "a.xlsx", data.TraineeForm)
	for i, row := range kept {
		if want := fmt.Sprintf("张晓%d", i); row.Cells[0].Text != want || row.Number != i+2 {
			t.Fatalf("row %d now says %q", i, row.Cells[0].Text)
		}
		if len(row.Cells) != len(data.TraineeForm.Columns) || cap(row.Cells) != len(row.Cells) || len(row.Extra) != 1 {
			t.Fatalf("row %d has %d cells with room for %d and %d extra", i, len(row.Cells), cap(row.Cells), len(row.Extra))
		}
	}
}

// rawZip zips one part as it stands, so that its directory can be made to lie.
func rawZip(t *testing.T, book handMade, part string, change func(*zip.FileHeader, []byte)) []byte {
	t.Helper()
	content := []byte(book[part])
	delete(book, part)
	header := &zip.FileHeader{Name: part, Method: zip.Store, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))}
	change(header, content)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, text := range book {
		w, err := archive.Create(name)
		check(t, err)
		_, err = w.Write([]byte(text))
		check(t, err)
	}
	w, err := archive.CreateRaw(header)
	check(t, err)
	_, err = w.Write(content)
	check(t, err)
	check(t, archive.Close())
	return out.Bytes()
}

// TestDamageIsFoundBeforeTheFirstRow: in the sheet's last byte, in parts that hold no rows, and behind a CRC of 0, which archive/zip does not check.
func TestDamageIsFoundBeforeTheFirstRow(t *testing.T) {
	none := func(*zip.FileHeader, []byte) {}
	for name, c := range map[string]struct {
		part   string
		change func(*zip.FileHeader, []byte)
		sound  bool
	}{
		"sound":              {"xl/worksheets/sheet1.xml", none, true},
		"the sheet":          {"xl/worksheets/sheet1.xml", func(h *zip.FileHeader, _ []byte) { h.CRC32++ }, false},
		"a picture":          {"xl/media/image1.png", func(_ *zip.FileHeader, content []byte) { content[0]++ }, false},
		"no CRC":             {"xl/worksheets/sheet1.xml", func(h *zip.FileHeader, _ []byte) { h.CRC32 = 0 }, false},
		"too short a size":   {"xl/worksheets/sheet1.xml", func(h *zip.FileHeader, _ []byte) { h.UncompressedSize64-- }, false},
		"too long a size":    {"xl/worksheets/sheet1.xml", func(h *zip.FileHeader, _ []byte) { h.UncompressedSize64++ }, false},
		"an unknown packing": {"xl/media/image1.png", func(h *zip.FileHeader, _ []byte) { h.Method = 9 }, false},
		"an encrypted entry": {"xl/worksheets/sheet1.xml", func(h *zip.FileHeader, _ []byte) { h.Flags |= 1 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			book := sampleRoster(t, 50)
			book["xl/media/image1.png"] = "picture"
			_, rows, err := readTable(rawZip(t, book, c.part, c.change), "a.xlsx", "", data.TraineeForm)
			if c.sound {
				check(t, err)
				return
			}
			wantProblem(t, err, CodeDamaged)
			if len(rows) > 0 {
				t.Errorf("%d rows were told first", len(rows))
			}
		})
	}
}

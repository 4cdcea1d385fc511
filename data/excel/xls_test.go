package excel

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"peixun/data"
)

// fixture gives a file of testdata, unpacked where it is a .gz.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	check(t, err)
	if !strings.HasSuffix(name, ".gz") {
		return content
	}
	stream, err := gzip.NewReader(bytes.NewReader(content))
	check(t, err)
	content, err = io.ReadAll(stream)
	check(t, err)
	return content
}

func TestXLSKeepsEveryRow(t *testing.T) {
	_, rows := mustRead(t, fixture(t, "many.xls.gz"), "many.xls", data.TraineeForm)
	if len(rows) != 10_000 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		remark := data.SourceCell{}
		if i%3 == 0 {
			remark = data.SourceCell{Text: fmt.Sprintf("说明%d", i%97), Kind: data.CellText}
		}
		for key, want := range map[string]data.SourceCell{
			"name": {Text: fmt.Sprintf("张晓%d", i), Kind: data.CellText}, "id_number": {Text: fmt.Sprintf("11010119%010d", i), Kind: data.CellText},
			"organization": {Text: fmt.Sprintf("信息中心>运维%d科", i%40), Kind: data.CellText}, "remark": remark,
		} {
			if got := cell(data.TraineeForm, row, key); got != want {
				t.Fatalf("row %d, %s: %+v, want %+v", row.Number, key, got, want)
			}
		}
	}
}

// changeRecord calls change with the place of the first record of the kind in the Workbook stream, inside the whole file's bytes.
func changeRecord(t *testing.T, content []byte, kind int, change func(at int)) {
	t.Helper()
	file, err := openCompound(content)
	check(t, err)
	entry, _ := file.find("Workbook")
	stream, err := file.stream(entry)
	check(t, err)
	start := bytes.Index(content, stream[:512])
	x := xls{records: stream}
	for at := 0; ; {
		r, end, err := x.next(at)
		check(t, err)
		if r.kind == kind {
			change(start + r.at)
			return
		}
		at = end
	}
}

func TestXLSRefusals(t *testing.T) {
	const interfaceEnd, writeAccess = 0x00E2, 0x005C
	for name, c := range map[string]struct {
		change func(content []byte)
		code   string
	}{
		"encrypted": {func(content []byte) {
			changeRecord(t, content, interfaceEnd, func(at int) { binary.LittleEndian.PutUint16(content[at:], recordFilePass) })
		}, CodeEncrypted},
		"Excel 95": {func(content []byte) {
			changeRecord(t, content, recordBOF, func(at int) { binary.LittleEndian.PutUint16(content[at+4:], 0x0500) })
		}, CodeOldExcel},
		"a record longer than the file": {func(content []byte) {
			changeRecord(t, content, writeAccess, func(at int) { content[at+3] = 0xFF })
		}, CodeDamaged},
		"more texts than there are": {func(content []byte) {
			changeRecord(t, content, recordSST, func(at int) { content[at+8]++ })
		}, CodeDamaged},
		"a text that is none": {func(content []byte) {
			changeRecord(t, content, recordLabelSST, func(at int) { content[at+4+8] = 0x70 })
		}, CodeDamaged},
		"sectors in circles": {func(content []byte) {
			first := binary.LittleEndian.Uint32(content[48:])
			fat := (int(binary.LittleEndian.Uint32(content[76:])) + 1) << 9
			binary.LittleEndian.PutUint32(content[fat+4*int(first):], first)
		}, CodeDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			content := fixture(t, "libreoffice.xls")
			c.change(content)
			_, _, err := readTable(content, "a.xls", "", data.TraineeForm)
			wantProblem(t, err, c.code)
		})
	}
	content := fixture(t, "libreoffice.xls")
	for length := 0; length < len(content)-512; length += 97 {
		if _, _, err := readTable(content[:length], "a.xls", "", data.TraineeForm); err == nil {
			t.Fatalf("the first %d bytes read without a complaint", length)
		}
	}
}

// TestDamagedXLSNeverPanics flips bytes: BIFF has no checksum, so wrong digits may pass, but never with a panic or a hang.
func TestDamagedXLSNeverPanics(t *testing.T) {
	whole := fixture(t, "awkward.xls")
	random := rand.New(rand.NewPCG(3, 4))
	for range 600 {
		content := bytes.Clone(whole)
		for range 1 + random.IntN(3) {
			content[random.IntN(len(content))] ^= byte(1 + random.IntN(255))
		}
		tryReading(t, content, "a.xls")
	}
}

func TestXLSNumbers(t *testing.T) {
	for packed, want := range map[uint32]float64{
		0x3FF00000: 1, 0x3FF00001: 0.01, 30<<2 | rkInteger: 30, 1234<<2 | rkInteger | rkHundredth: 12.34, 0xFFFFFFFE: -1, 0xFFFFFF9F: -0.25,
	} {
		if got := rkNumber(packed); got != want {
			t.Errorf("%08X is %v, want %v", packed, got, want)
		}
	}
	for number, want := range map[float64]string{13800000417: "13800000417", 1.1010119900307e17: "1.1010119900307E+17", 0.5: "0.5", 7.1: "7.1", 0: "0", -3: "-3", 1e-7: "1E-07"} {
		row := sheetRow{}
		row.addNumber(&xls{}, 0, 0, number)
		if row.cells[0].text != want || row.cells[0].kind != data.CellNumber {
			t.Errorf("%v gives %+v", number, row.cells[0])
		}
	}
}

func FuzzXLS(f *testing.F) {
	f.Add(fixture(f, "libreoffice.xls"))
	f.Add(fixture(f, "awkward.xls"))
	f.Fuzz(func(t *testing.T, content []byte) {
		tryReading(t, append(bytes.Clone(oleSignature), content[min(8, len(content)):]...), "a.xls")
	})
}

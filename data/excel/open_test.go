package excel

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// zipOf makes a zip with empty parts.
func zipOf(t testing.TB, names ...string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		_, err := archive.Create(name)
		check(t, err)
	}
	check(t, archive.Close())
	return out.String()
}

// oleOf makes the beginning of a compound file and a stream's name as its directory writes it.
func oleOf(stream string) string {
	content := string(oleSignature) + strings.Repeat("\x00", 1016)
	for _, unit := range utf16.Encode([]rune(stream)) {
		content += string([]byte{byte(unit), byte(unit >> 8)})
	}
	return content + strings.Repeat("\x00", 64)
}

func TestOpenSaysWhatAForeignFileIs(t *testing.T) {
	for _, c := range []struct{ name, file, content, code, says string }{
		{"empty", "a.xlsx", "", CodeEmpty, "空"},
		{"old Excel, damaged", "名单.xls", oleOf("Workbook"), CodeDamaged, "损坏"},

		{"bare BIFF", "a.xls", "\x09\x04\x06\x00\x00\x00\x10\x00", CodeOldExcel, "旧版"},
		{"Numbers' own", "名单.numbers", zipOf(t, "Index/Document.iwa"), CodeNotTable, "Numbers"},
		{"a zip with a workbook in it", "名单.zip", zipOf(t, "名单.xlsx"), CodeNotTable, "压缩包"},
		{"xls that lost its end", "名单.xls", string(oleSignature) + strings.Repeat("\x00", 600), CodeDamaged, "损坏"},
		{"WPS sheet", "名单.et", oleOf("Workbook"), CodeOldExcel, ".et"},
		{"encrypted", "名单.xlsx", oleOf("EncryptedPackage"), CodeEncrypted, "密码"},
		{"old Word", "a.doc", oleOf("WordDocument"), CodeNotTable, "Word"},
		{"other compound file", "a.msi", oleOf("Something"), CodeNotTable, "不认识"},
		{"web page", "名单.xls", "\uFEFF\r\n <HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", CodeOldExcel, "网页"},
		{"bare table", "名单.xls", "<table><tr><td>姓名</td></tr></table>", CodeOldExcel, "网页"},
		{"web archive", "名单.mht", "MIME-Version: 1.0\r\n", CodeOldExcel, "网页"},
		{"Excel 2003 XML", "名单.xml", `<?xml version="1.0"?><Workbook/>`, CodeOldExcel, "XML"},
		{"PDF", "名单.xlsx", "%PDF-1.7\n%\xE2\xE3", CodeNotTable, "PDF"},
		{"PNG", "名单.xlsx", "\x89PNG\r\n\x1a\n\x00", CodeNotTable, "图片"},
		{"JPEG", "a.jpg", "\xFF\xD8\xFF\xE0\x00", CodeNotTable, "图片"},
		{"BMP", "a.bmp", "BM\x36\x00\x00\x00", CodeNotTable, "图片"},
		{"WebP", "a.webp", "RIFF\x24\x00\x00\x00WEBPVP8 ", CodeNotTable, "图片"},
		{"RAR", "a.rar", "Rar!\x1A\x07\x01\x00", CodeNotTable, "压缩包"},
		{"program", "a.exe", "MZ\x90\x00\x03", CodeNotTable, "程序"},
		{"plain zip", "a.zip", zipOf(t, "名单.txt"), CodeNotTable, "压缩包"},
		{"Word", "a.docx", zipOf(t, "_rels/x", "word/document.xml"), CodeNotTable, "Word"},
		{"PowerPoint", "a.pptx", zipOf(t, "ppt/presentation.xml"), CodeNotTable, "PowerPoint"},
		{"binary workbook", "a.xlsb", zipOf(t, "xl/workbook.bin"), CodeNotTable, ".xlsb"},
		{"OpenDocument", "a.ods", zipOf(t, "mimetype", "content.xml"), CodeNotTable, ".ods"},
		{"zip cut off", "a.xlsx", zipOf(t, "xl/workbook.xml")[:20], CodeDamaged, "损坏"},
		{"zip cut to its mark", "a.xlsx", "PK\x03\x04", CodeDamaged, "损坏"},
		{"zip with a damaged mark", "a.xlsx", "PK\x03\x05\x00\x00", CodeNotTable, "压缩包"},
		{"binary", "a.dat", "abc\x00def", CodeNotTable, "不认识"},
		{"binary text", "a.csv", "姓名,\x01", CodeEncoding, "无法识别"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			check(t, os.WriteFile(path, []byte(c.content), 0o600))
			_, err := Open(path)
			if problem := wantProblem(t, err, c.code); !strings.Contains(problem.Error(), c.says) {
				t.Errorf("%q does not say %q", problem.Error(), c.says)
			}
		})
	}
}

func TestOpenSaysWhyAFileCannotBeOpened(t *testing.T) {
	folder := t.TempDir()
	_, err := Open(filepath.Join(folder, "没有.xlsx"))
	wantProblem(t, err, CodeMissing)
	_, err = Open(folder)
	wantProblem(t, err, CodeFolder)

	lock := filepath.Join(folder, "~$名单.xlsx")
	check(t, os.WriteFile(lock, []byte("\x05admin"), 0o600))
	_, err = Open(lock)
	if problem := wantProblem(t, err, CodeNotTable); !strings.Contains(problem.What, "临时文件") {
		t.Errorf("%q", problem.What)
	}

	secret := filepath.Join(folder, "secret.xlsx")
	check(t, os.WriteFile(secret, []byte("x"), 0o000))
	if _, err = Open(secret); err != nil { // root reads it all the same
		if _, isText := data.AsProblem(err); !isText {
			t.Errorf("%v", err)
		}
	}
	if runtime.GOOS == "linux" {
		_, err = Open("/dev/null")
		wantProblem(t, err, CodeNotTable)
	}

	large := filepath.Join(folder, "large.xlsx")
	check(t, os.WriteFile(large, nil, 0o600))
	check(t, os.Truncate(large, maxFileSize+1))
	_, err = Open(large)
	wantProblem(t, err, CodeTooLarge)
}

func TestOpenReadsAndClosesAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	check(t, os.WriteFile(path, sampleRoster(t, 3).bytes(t), 0o600))
	opened, err := Open(path)
	check(t, err)
	if sheets := opened.Sheets(); len(sheets) != 1 || sheets[0] != (SheetInfo{Name: "学员"}) {
		t.Errorf("sheets %+v", sheets)
	}
	table, err := opened.Table(t.Context(), "", data.TraineeForm)
	check(t, err)
	check(t, opened.Close())
	if err := table.Each(t.Context(), func(data.SourceRow) error { return nil }); err == nil {
		t.Error("reading a closed file gives no error")
	}
}

// TestEncryptedByExcelize makes a really encrypted workbook.
func TestEncryptedByExcelize(t *testing.T) {
	file := excelize.NewFile()
	defer file.Close()
	var out bytes.Buffer
	check(t, file.Write(&out, excelize.Options{Password: "abc123"}))
	_, _, err := readTable(out.Bytes(), "a.xlsx", "", data.TraineeForm)
	wantProblem(t, err, CodeEncrypted)
}

// TestLibreOfficeFiles reads what a real office program wrote from one and the same sheet: as .xlsx and as .xls in full, as
// .ods with a refusal that says what to do. The files were made by testdata/make.sh.
func TestLibreOfficeFiles(t *testing.T) {
	for file, destroyed := range map[string]string{"libreoffice.xlsx": "1.1010119900307E+017", "libreoffice.xls": "1.1010119900307E+17"} {
		t.Run(file, func(t *testing.T) { readLibreOffice(t, file, destroyed) })
	}
	_, err := Open(filepath.Join("testdata", "libreoffice.ods"))
	wantProblem(t, err, CodeNotTable)
}

func readLibreOffice(t *testing.T, file, destroyed string) {
	opened, err := Open(filepath.Join("testdata", file))
	check(t, err)
	defer opened.Close()
	table, err := opened.Table(t.Context(), "", data.TraineeForm)
	check(t, err)
	var got [][2]string
	check(t, table.Each(t.Context(), func(row data.SourceRow) error {
		for _, cell := range append(row.Cells, row.Extra...) {
			if cell.Kind != data.CellBlank {
				got = append(got, [2]string{cell.Text, string("-TNDBE"[cell.Kind])})
			}
		}
		if row.Hidden != (row.Number == 6) {
			t.Errorf("row %d hidden: %v", row.Number, row.Hidden)
		}
		return nil
	}))
	want := [][2]string{
		{"张晓明", "T"}, {"34052419800101001X", "T"}, {"1980-01-01", "D"}, {"13800000417", "N"}, {"信息中心>运维科", "T"}, {"TRUE", "B"}, {"2022-03-09 08:30:00", "D"}, {"30", "N"},
		{"𫰡䶮", "T"}, {destroyed, "N"}, {"第一行\n第二行", "T"}, {"#N/A", "E"}, {"0.5", "N"},
		{"隐藏", "T"}, {"1", "T"},
	}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("cell %d is %q, want %q", i, got[i], want[i])
		}
	}
}

func TestSignaturesDoNotCatchTexts(t *testing.T) {
	for _, text := range []string{"BM,姓名,身份证号\n1,张,2\n", "MZ,姓名,身份证号\n1,张,2\n", "PK,姓名,身份证号\n1,张,2\n"} {
		if _, rows := mustRead(t, []byte(text), "a.csv", data.TraineeForm); len(rows) != 1 {
			t.Errorf("%q gives %d rows", text, len(rows))
		}
	}
	// A CSV that happens to be base64 of nothing known is only a wrong sheet.
	_, _, err := readTable([]byte(base64.StdEncoding.EncodeToString([]byte("hello"))), "a.csv", "", data.TraineeForm)
	wantProblem(t, err, CodeWrongSheet)
}

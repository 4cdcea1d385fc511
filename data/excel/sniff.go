package excel

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"peixun/data"
)

// signature is how a foreign kind of file begins.
type signature struct{ prefix, kind string }

var signatures = []signature{
	{"%PDF", " PDF 文件"}, {"\x89PNG", "图片"}, {"\xFF\xD8\xFF", "图片"}, {"GIF8", "图片"}, {"BM", "图片"}, {"II*\x00", "图片"}, {"MM\x00*", "图片"},
	{"Rar!", "压缩包"}, {"7z\xBC\xAF", "压缩包"}, {"\x1F\x8B", "压缩包"}, {"{\\rtf", " RTF 文档"}, {"MZ", "程序"}, {"SQLite format 3\x00", "数据库"},
	{"PK", "损坏的压缩包"},
}

var (
	oleSignature = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	// biffSignatures begin the sheets of Excel 2 to 4, which have no container yet.
	biffSignatures = []string{"\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00"}
	// plainExports are texts that spreadsheets write beside .csv; their cells stand among codes.
	plainExports = []signature{{"id;p", " SYLK 文件（.slk）"}, {"table\r\n0,1", " DIF 文件（.dif）"}, {"table\n0,1", " DIF 文件（.dif）"}}
	htmlMarks    = []string{"<!doctype html", "<html", "<head", "<meta", "<table", "<style", "<body", "mime-version:"}
)

// refuseForeign names a file that is neither a zip, a compound file nor text, or a web page that calls itself a table.
func refuseForeign(head []byte) error {
	for _, biff := range biffSignatures {
		if bytes.HasPrefix(head, []byte(biff)) {
			return oldExcel("旧版 Excel 文件")
		}
	}
	wide, _ := sniffUTF16Text(head)
	for _, known := range signatures {
		// BM and MZ are letters too: a binary file has a NUL near its beginning, a text has none.
		letters := known.prefix == "BM" || known.prefix == "MZ" || known.prefix == "PK"
		if bytes.HasPrefix(head, []byte(known.prefix)) && !wide && (!letters || bytes.IndexByte(head, 0) >= 0) {
			return notTable(known.kind)
		}
	}
	if bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && string(head[8:12]) == "WEBP" {
		return notTable("图片")
	}
	if wide {
		return nil
	}
	start := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")))
	for _, mark := range htmlMarks {
		if strings.HasPrefix(start, mark) {
			return oldExcel("网页格式的表格（只是后缀写成了 Excel）")
		}
	}
	for _, mark := range plainExports {
		if strings.HasPrefix(start, mark.prefix) {
			return oldExcel(mark.kind)
		}
	}
	if strings.HasPrefix(start, "<?xml") {
		return oldExcel(" XML 格式的表格")
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return notTable("不认识的文件")
	}
	return nil
}

func oldExcel(kind string) data.Problem {
	return refuse(CodeOldExcel, "这是"+kind+"，暂时不能直接导入。",
		"请用 Excel 或 WPS 打开它，选“另存为”，类型选“Excel 工作簿（.xlsx）”，再导入新文件。")
}

// openOLE reads an .xls, or tells what else an OLE2 compound file is from the names in its directory, which are UTF-16.
func openOLE(r io.ReaderAt, size int64, name string) (source, error) {
	content := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), content); err != nil {
		return nil, err
	}
	holds := func(stream string) bool {
		var wide []byte
		for _, unit := range utf16.Encode([]rune(stream)) {
			wide = append(wide, byte(unit), byte(unit>>8))
		}
		return bytes.Contains(content, append(wide, 0, 0))
	}
	switch {
	case holds("EncryptedPackage"), holds("EncryptionInfo"):
		return nil, encrypted()
	case holds("WordDocument"):
		return nil, notTable(" Word 文档")
	case holds("PowerPoint Document"):
		return nil, notTable(" PowerPoint 演示文稿")
	case strings.EqualFold(filepath.Ext(name), ".et"):
		return nil, oldExcel(" WPS 表格（.et）")
	case holds("Workbook"), holds("Book"):
		return openXLS(content)
	case strings.EqualFold(filepath.Ext(name), ".xls"):
		return nil, damaged(fmt.Errorf("%w: no directory", errCompound))
	}
	return nil, notTable("不认识的文件")
}

func encrypted() data.Problem {
	return refuse(CodeEncrypted, "文件加了打开密码。", "请在 Excel 或 WPS 里输入密码打开，取消密码保护并另存为 .xlsx 后再导入。")
}

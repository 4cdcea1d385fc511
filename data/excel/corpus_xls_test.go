package excel

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// rec is a BIFF record of words and bytes.
func rec(kind int, parts ...any) string {
	var body []byte
	for _, part := range parts {
		switch part := part.(type) {
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(part))
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, part)
		case string:
			body = append(body, part...)
		}
	}
	head := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, uint16(kind)), uint16(len(body)))
	return string(head) + string(body)
}

// wideText gives a text as two bytes a character.
func wideText(text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return string(out)
}

// label is a cell with its text inside, as programs other than Excel write it.
func label(row, column int, text string) string {
	return rec(recordLabel, row, column, 0, len(utf16.Encode([]rune(text))), "\x01"+wideText(text))
}

// biffBook makes an .xls by hand: records among the globals, then one sheet of records under the headers 姓名 and 身份证号.
func biffBook(globals, sheet string) func(testing.TB) []byte {
	return func(testing.TB) []byte {
		begin := rec(recordBOF, biff8, 5, "\x00\x00\x00\x00")
		rest := globals + rec(recordXF, 0, 0) + rec(recordXF, 0, 14) + rec(recordEOF)
		bound := rec(recordBoundSheet, uint32(0), 0, "\x02\x01"+wideText("名单"))
		bound = rec(recordBoundSheet, uint32(len(begin)+len(bound)+len(rest)), 0, "\x02\x01"+wideText("名单"))
		stream := begin + bound + rest + rec(recordBOF, biff8, biffSheet, "\x00\x00\x00\x00") + label(0, 0, "姓名") + label(0, 1, "身份证号") + sheet + rec(recordEOF)
		return compoundOf(stream)
	}
}

// compoundOf packs a Workbook stream into a compound file: the header, the stream, the directory, the table.
func compoundOf(stream string) []byte {
	stream += strings.Repeat("\x00", max(0, 4096-len(stream)))
	size, shift := len(stream), 9
	if size > 4<<20 { // the header lists tables for no more
		shift = 12
	}
	sector := 1 << shift
	stream += strings.Repeat("\x00", -len(stream)&(sector-1))
	sectors := len(stream) / sector
	tables := (sectors + 2 + sector/4 - 1) / (sector/4 - 1)
	word := binary.LittleEndian.AppendUint32
	head := append([]byte(oleSignature), make([]byte, 16)...)
	head = append(head, 0x3E, 0, 3, 0, 0xFE, 0xFF, byte(shift), 0, 6, 0, 0, 0, 0, 0, 0, 0)
	for _, value := range []uint32{0, uint32(tables), uint32(sectors), 0, 4096, cfbEndOfChain, 0, cfbEndOfChain, 0} {
		head = word(head, value)
	}
	head = head[:76]
	for i := range cfbHeaderFAT {
		number := uint32(cfbNoEntry)
		if i < tables {
			number = uint32(sectors + 1 + i)
		}
		head = word(head, number)
	}
	head = append(head, make([]byte, sector-len(head))...)
	entry := func(name string, kind byte, child, start uint32, size int) []byte {
		wide := wideText(name)
		out := append([]byte(wide), make([]byte, 64-len(wide))...)
		out = append(out, byte(len(wide)+2), 0, kind, 1)
		out = word(word(word(out, cfbNoEntry), cfbNoEntry), child)
		out = append(out, make([]byte, 36)...)
		return word(word(word(out, start), uint32(size)), 0)
	}
	directory := append(entry("Root Entry", 5, 1, cfbEndOfChain, 0), entry("Workbook", cfbStream, cfbNoEntry, 0, size)...)
	directory = append(directory, make([]byte, sector-len(directory))...)
	var fat []byte
	for i := range tables * sector / 4 {
		next := uint32(cfbNoEntry)
		switch {
		case i < sectors-1:
			next = uint32(i + 1)
		case i == sectors-1, i == sectors:
			next = cfbEndOfChain
		case i <= sectors+tables:
			next = 0xFFFFFFFD
		}
		fat = word(fat, next)
	}
	return append(append(append(head, stream...), directory...), fat...)
}

// sst is a table of shared texts, given as they stand in the file.
func sst(count int, body string) string {
	return rec(recordSST, uint32(count), uint32(count), body)
}

// oldExcelCorpus are hand-made .xls files.
func oldExcelCorpus() []awkward {
	text := func(row, column, place int) string { return rec(recordLabelSST, row, column, 0, uint32(place)) }
	corpus := []awkward{
		{name: "xls: texts inside the cells", make: biffBook("", label(1, 0, "甲")+label(1, 1, "a1")), want: "甲|a1"},
		{name: "xls: rows and cells out of order", make: biffBook("", label(2, 1, "a2")+label(2, 0, "乙")+label(1, 1, "a1")+label(1, 0, "甲")), want: "甲|a1\n乙|a2"},
		{name: "xls: a cell twice", make: biffBook("", label(1, 0, "旧")+label(1, 1, "a1")+label(1, 0, "新")), want: "新|a1"},
		{name: "xls: numbers packed in every way", make: biffBook("", label(1, 0, "甲")+rec(recordRK, 1, 1, 0, uint32(0x3FF00000))+
			rec(recordMulRK, 2, 0, 0, uint32(30<<2|rkInteger), 1, uint32(29221<<2|rkInteger), 1)), want: "甲|1#\n30#|1980-01-01@"},
		{name: "xls: dates from 1904", make: biffBook(rec(recordDateMode, 1), rec(recordRK, 1, 0, 1, uint32(27759<<2|rkInteger))), want: "1980-01-01@"},
		{name: "xls: truth and errors", make: biffBook("", rec(recordBoolErr, 1, 0, 0, "\x01\x00")+rec(recordBoolErr, 1, 1, 0, "\x2A\x01")), want: "TRUE?|#N/A!"},
		{name: "xls: formulas", make: biffBook("", rec(recordFormula, 1, 0, 0, "\x00\x00\x00\x00\x00\x00\xFF\xFF", 0, uint32(0), 0)+rec(0x04BC, "x")+rec(recordString, 2, "\x01"+wideText("张三"))+
			rec(recordFormula, 1, 1, 0, "\x00\x00\x00\x00\x00\x00\xF0\x3F", 0, uint32(0), 0)+rec(recordFormula, 2, 0, 0, "\x02\x00\x07\x00\x00\x00\xFF\xFF", 0, uint32(0), 0)+
			rec(recordFormula, 2, 1, 0, "\x03\x00\x00\x00\x00\x00\xFF\xFF", 0, uint32(0), 0)), want: "张三|1#\n#DIV/0!!"},
		{name: "xls: rich text and phonetic guides", make: biffBook(sst(2, "\x02\x00\x0D\x01\x00\x04\x00\x00\x00"+wideText("张三")+"\x00\x00\x00\x00guid"+"\x02\x00\x00a1"), text(1, 0, 0)+text(1, 1, 1)), want: "张三|a1"},
		{name: "xls: a text over two records, the rest narrow", make: biffBook(sst(1, "\x04\x00\x01"+wideText("张三"))+rec(recordContinue, "\x00ab"), text(1, 0, 0)), want: "张三ab"},
		{name: "xls: a text over two records, the rest wide", make: biffBook(sst(2, "\x03\x00\x00a")+rec(recordContinue, "\x01"+wideText("张三")+"\x01\x00\x00b"), text(1, 0, 0)+text(1, 1, 1)), want: "a张三|b"},
		{name: "xls: hidden and merged", make: biffBook("", rec(recordRow, 2, 0, 2, 255, 0, 0, 0x20, 0)+label(0, 2, "单位")+label(1, 0, "甲")+label(1, 2, "局")+label(2, 0, "乙")+rec(recordMergeCells, 1, 1, 2, 2, 2)), want: "甲|局\n~乙|局"},
		{name: "xls: a chart inside the sheet", make: biffBook("", rec(recordBOF, biff8, 0x20, "")+label(1, 0, "图")+rec(recordEOF)+label(1, 0, "甲")), want: "甲"},
		{name: "xls: a control character", make: biffBook("", label(1, 0, "甲\x01")), want: "甲_x0001_"},
		{name: "xls: a password", make: biffBook(rec(recordFilePass, 1), label(1, 0, "甲")), code: CodeEncrypted},
		{name: "xls: half a character", make: biffBook("", rec(recordLabel, 1, 0, 0, 1, "\x01\x00\xD8")), code: CodeDamaged},
		{name: "xls: a text cut", make: biffBook("", rec(recordLabel, 1, 0, 0, 9, "\x01ab")), code: CodeDamaged},
		{name: "xls: no end", make: biffBook("", label(1, 0, "甲")+"\x04\x02\xFF\x1F"), code: CodeDamaged},
		{name: "xls: a formula without its text", make: biffBook("", rec(recordFormula, 1, 0, 0, "\x00\x00\x00\x00\x00\x00\xFF\xFF", 0, uint32(0), 0)), code: CodeDamaged},
		{name: "xls: Excel 95", make: func(testing.TB) []byte { return compoundOf(rec(recordBOF, 0x0500, 5) + rec(recordEOF)) }, code: CodeOldExcel},
	}
	for i := range corpus {
		corpus[i].file = "名单.xls"
	}
	return corpus
}

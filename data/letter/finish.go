package letter

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// scratchStart and scratchEnd stand around what the last page draws only so that gofpdf sees it.
const (
	scratchStart = "%scratch begins"
	scratchEnd   = "%scratch ends"
)

// finish mends what gofpdf writes. Pages are packed, without the scratch. Each font gets its name with a subset's mark, and
// a table by which readers turn codes into characters, those beyond the BMP too: gofpdf's own takes every code for its
// character.
func finish(content []byte, used map[*face]map[rune]bool) ([]byte, error) {
	file, err := cutFile(content)
	if err != nil {
		return nil, err
	}
	tag := subsetTag(content)
	for at, object := range file.objects {
		file.objects[at].content = packPage(object)
	}
	for _, face := range facesOf(used) {
		placeholder := []byte("utf8" + face.family())
		for at, object := range file.objects {
			if !bytes.Contains(object.content, placeholder) {
				continue
			}
			if named := toUnicodePattern.FindSubmatch(object.content); named != nil {
				number, _ := strconv.Atoi(string(named[1]))
				file.replace(number, toUnicode(number, used[face]))
			}
			file.objects[at].content = bytes.ReplaceAll(object.content, placeholder, []byte(tag+face.name))
		}
	}
	return file.join(), nil
}

var toUnicodePattern = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)

// subsetTag gives the six letters and the plus sign that mark a font's name as a subset's (ISO 32000-1, 9.6.4).
func subsetTag(content []byte) string {
	const letters = 6
	sum := sha256.Sum256(content)
	tag := make([]byte, letters)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag) + "+"
}

// toUnicode writes the object that tells which character each code of a font stands for (ISO 32000-1, 9.10.3).
func toUnicode(number int, codes map[rune]bool) []byte {
	const most = 100 // lines in a block
	var text bytes.Buffer
	text.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for block := range slices.Chunk(slices.Sorted(maps.Keys(codes)), most) {
		fmt.Fprintf(&text, "%d beginbfchar\n", len(block))
		for _, code := range block {
			fmt.Fprintf(&text, "<%04X> <%s>\n", code, utf16Hex(string(meaning(code))))
		}
		text.WriteString("endbfchar\n")
	}
	text.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return packed(number, text.Bytes())
}

// packed writes an object that is a packed stream.
func packed(number int, content []byte) []byte {
	var small bytes.Buffer
	packer := zlib.NewWriter(&small)
	packer.Write(content) // into memory, which does not fail
	packer.Close()
	return fmt.Appendf(nil, "%d 0 obj\n<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n", number, small.Len(), small.Bytes())
}

// packPage packs an object that is a page's content, and leaves every other as it is.
func packPage(o object) []byte {
	const streamStart, streamEnd = ">>\nstream\n", "\nendstream\nendobj\n"
	dictionary, content, found := bytes.Cut(o.content, []byte(streamStart))
	length, plain := bytes.CutPrefix(dictionary, fmt.Appendf(nil, "%d 0 obj\n<</Length ", o.number))
	if !found || !plain || bytes.ContainsRune(length, '/') {
		return o.content
	}
	content = bytes.TrimSuffix(content, []byte(streamEnd))
	if before, after, found := bytes.Cut(content, []byte(scratchStart)); found {
		_, after, _ = bytes.Cut(after, []byte(scratchEnd))
		content = append(bytes.Clone(before), after...)
	}
	return packed(o.number, content)
}

// The length of a line of the table at a PDF's end, and of an object's place in it.
const (
	xrefEntry  = 20
	xrefDigits = 10
)

var xrefPattern = regexp.MustCompile(`(?s)^xref\n0 (\d+)\n(.*)(trailer\n.*)startxref\n\d+\n%%EOF\s*$`)

// object is one object of a PDF, from its number to its end.
type object struct {
	number  int
	content []byte
}

// pdfFile is a PDF in its parts.
type pdfFile struct {
	head    []byte
	objects []object // as they stand in the file
	trailer []byte
}

// cutFile cuts a PDF of gofpdf's by the table at its end.
func cutFile(content []byte) (pdfFile, error) {
	start := bytes.LastIndex(content, []byte("\nxref\n")) + 1
	table := xrefPattern.FindSubmatch(content[start:])
	if start == 0 || table == nil {
		return pdfFile{}, fmt.Errorf("compose PDF: no table of objects")
	}
	count, err := strconv.Atoi(string(table[1]))
	if err != nil || len(table[2]) != count*xrefEntry {
		return pdfFile{}, fmt.Errorf("compose PDF: a table of %d bytes for %s objects", len(table[2]), table[1])
	}
	numbers := map[int]int{} // by place
	for number := 1; number < count; number++ {
		place, err := strconv.Atoi(string(table[2][number*xrefEntry:][:xrefDigits]))
		if err != nil || place <= 0 || place >= start {
			return pdfFile{}, fmt.Errorf("compose PDF: object %d at %d: %w", number, place, err)
		}
		numbers[place] = number
	}
	places := append(slices.Sorted(maps.Keys(numbers)), start)
	file := pdfFile{head: content[:places[0]], trailer: table[3]}
	for i, place := range places[:len(places)-1] {
		file.objects = append(file.objects, object{numbers[place], content[place:places[i+1]]})
	}
	return file, nil
}

// replace puts other content in an object's place.
func (f pdfFile) replace(number int, content []byte) {
	for at := range f.objects {
		if f.objects[at].number == number {
			f.objects[at].content = content
		}
	}
}

// join puts the parts together again under a new table.
func (f pdfFile) join() []byte {
	var out bytes.Buffer
	out.Write(f.head)
	places := make([]int, len(f.objects)+1)
	for _, object := range f.objects {
		places[object.number] = out.Len()
		out.Write(object.content)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(places))
	for _, place := range places[1:] {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "%sstartxref\n%d\n%%%%EOF\n", f.trailer, start)
	return out.Bytes()
}

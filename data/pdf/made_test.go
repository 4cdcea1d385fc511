package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/data"
)

// shared keeps the compiled PDFium over all tests of a machine: compiling takes seconds.
var shared = New(Options{Cache: filepath.Join(os.TempDir(), "peixun-test-cache", "pdfium"), Idle: time.Hour})

func open(t testing.TB, content []byte) *Document {
	t.Helper()
	d, err := shared.Open(context.Background(), content)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(d.Close)
	return d
}

// wants fails unless an error is the problem of a code.
func wants(t testing.TB, err error, code string) {
	t.Helper()
	problem, ok := data.AsProblem(err)
	if !ok || problem.Code != code {
		t.Fatalf("got %v, want the problem %s", err, code)
	}
	if problem.What == "" || problem.Fix == "" {
		t.Errorf("%s does not say what it is and how to mend it: %+v", code, problem)
	}
}

// file makes a PDF of objects, numbered from 1; the first is the catalogue.
func file(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	places := make([]int, len(objects))
	for number, object := range objects {
		places[number] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", number+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

func stream(dictionary, content string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dictionary, len(content), content)
}

// onePage makes a PDF of a page that shows content; more become objects 6 and on, and page adds to its dictionary.
func onePage(page, resources, content string, more ...string) []byte {
	return file(append([]string{
		"<</Type/Catalog /Pages 2 0 R>>",
		"<</Type/Pages /Kids[3 0 R] /Count 1>>",
		"<</Type/Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R " + page + ">>",
		stream("", content),
		"<<" + resources + ">>",
	}, more...)...)
}

const a4 = "/MediaBox[0 0 595 842]"

// songFont is what banks' receipts hold: 宋体 by name, its glyphs not embedded.
const songFont = "/Font<</F1 <</Type/Font /Subtype/Type0 /BaseFont/SimSun /Encoding/UniGB-UCS2-H /DescendantFonts[<</Type/Font /Subtype/CIDFontType2 " +
	"/BaseFont/SimSun /CIDSystemInfo<</Registry(Adobe) /Ordering(GB1) /Supplement 2>> /DW 1000 /W[1 95 500] " +
	"/FontDescriptor <</Type/FontDescriptor /FontName/SimSun /Flags 4 /FontBBox[-8 -145 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 683 /StemV 80>>>>]>>>>"

// hex writes BMP text as UniGB-UCS2-H codes.
func hex(text string) string {
	var out bytes.Buffer
	for _, r := range text {
		fmt.Fprintf(&out, "%04X", r)
	}
	return out.String()
}

// deflated is a stream of many equal bytes, packed.
func deflated(dictionary string, value byte, count int) string {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	chunk := bytes.Repeat([]byte{value}, 1<<16)
	for left := count; left > 0; left -= len(chunk) {
		w.Write(chunk[:min(left, len(chunk))])
	}
	w.Close()
	return stream(dictionary+" /Filter/FlateDecode", packed.String())
}

// ink counts the pixels in a part of a picture that are not white.
func ink(picture *image.RGBA, part image.Rectangle) int {
	count := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if picture.RGBAAt(x, y).G < 200 {
				count++
			}
		}
	}
	return count
}

package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"testing"

	"golang.org/x/image/tiff"

	"peixun/data"
)

// entry is a tag of a made TIFF: its type is LONG.
type entry struct{ tag, value int }

// madeTIFF puts a page's strip behind the header and its directory behind that; offset is the strip's.
func madeTIFF(strip []byte, entries ...entry) []byte {
	order := binary.LittleEndian
	file := append(order.AppendUint32([]byte("II*\x00"), uint32(8+len(strip))), strip...)
	file = order.AppendUint16(file, uint16(len(entries)))
	for _, e := range entries {
		file = order.AppendUint16(order.AppendUint16(file, uint16(e.tag)), 4)
		file = order.AppendUint32(order.AppendUint32(file, 1), uint32(e.value))
	}
	return order.AppendUint32(file, 0)
}

// grayTIFF is a page of 8 bits a pixel in one strip.
func grayTIFF(width, height, compression int, strip []byte) []byte {
	return madeTIFF(strip, entry{tagWidth, width}, entry{tagHeight, height}, entry{tagBits, 8}, entry{tagCompression, compression}, entry{262, 1},
		entry{tagStripOffsets, 8}, entry{tagSamples, 1}, entry{tagRowsOfStrip, height}, entry{tagStripCounts, len(strip)})
}

func deflated(size int) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(make([]byte, size))
	w.Close()
	return out.Bytes()
}

// withChunk puts a chunk behind a PNG's header.
func withChunk(file []byte, kind string, content []byte) []byte {
	const head = 33
	chunk := append([]byte(kind), content...)
	framed := append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), chunk...)
	framed = binary.BigEndian.AppendUint32(framed, crc32.ChecksumIEEE(chunk))
	return append(append(bytes.Clone(file[:head]), framed...), file[head:]...)
}

func asPNG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// frame is a JPEG that ends behind the header of its frame; a component is its sampling, across and down, in half a byte each.
func frame(marker byte, wide, high uint16, components ...byte) []byte {
	content := []byte{8, byte(high >> 8), byte(high), byte(wide >> 8), byte(wide), byte(len(components))}
	for n, sampling := range components {
		content = append(content, byte(n+1), sampling, 0)
	}
	return append([]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF"), append([]byte{marker, 0, byte(len(content) + 2)}, content...)...)
}

// What would fill the memory is refused before a pixel of it is unpacked, though its pixels are few enough.
func TestPicturesThatUnpackTooLargeAreRefused(t *testing.T) {
	deep := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 7000), 7000)
	deepPNG := withChunk(asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1))), "tEXt", []byte("a\x00b"))
	copy(deepPNG[16:], append(deep, 16, 6))
	binary.BigEndian.PutUint32(deepPNG[29:], crc32.ChecksumIEEE(deepPNG[12:29]))
	packed := bytes.Repeat([]byte{0x81, 0}, 600_000)
	for name, content := range map[string][]byte{
		"16 bits a colour":                    deepPNG,
		"a progressive photo of whole chroma": frame(0xC2, 7000, 7000, 0x11, 0x11, 0x11),
		"a progressive photo":                 frame(0xC2, 7000, 7000, 0x22, 0x11, 0x11),
		"CMYK":                                frame(0xC0, 7000, 7000, 0x11, 0x11, 0x11, 0x11),
		"a strip that goes on, deflated":      grayTIFF(5000, 5000, compressionDeflate, deflated(60_000_000)),
		"a strip that goes on, PackBits":      grayTIFF(5000, 5000, compressionPackBits, packed),
	} {
		_, err := Inspect(content)
		if problem, ok := data.AsProblem(err); !ok || problem.Code != "voucher-pixels" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, content := range map[string][]byte{
		"a photo of 49 megapixels":         frame(0xC0, 7000, 7000, 0x22, 0x11, 0x11),
		"a progressive photo of a phone's": frame(0xC2, 4000, 3000, 0x22, 0x11, 0x11),
		"a scan as large as it says":       grayTIFF(5000, 5000, compressionDeflate, deflated(25_000_000)),
		"a small strip that goes on":       grayTIFF(100, 100, compressionDeflate, deflated(1_000_000)),
	} {
		if _, err := Inspect(content); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A receipt of two pages would lose the second one silently.
func TestTIFFOfSeveralPagesIsRefused(t *testing.T) {
	var first, second bytes.Buffer
	page := image.NewGray(image.Rect(0, 0, 40, 30))
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := tiff.Encode(out, page, nil); err != nil {
			t.Fatal(err)
		}
	}
	file, _ := openTIFF(first.Bytes())
	at := file.first()
	count := int(file.order.Uint16(file.content[at:]))
	two := append(bytes.Clone(first.Bytes()), make([]byte, 2+12+4)...)
	more := first.Len()
	file.order.PutUint32(two[at+2+12*count:], uint32(more))
	file.order.PutUint16(two[more:], 1)
	width := two[more+2:]
	file.order.PutUint16(width, tagWidth)
	file.order.PutUint16(width[2:], 4)
	file.order.PutUint32(width[4:], 1)
	file.order.PutUint32(width[8:], 40)
	_, err := Inspect(two)
	if problem, ok := data.AsProblem(err); !ok || problem.Code != "voucher-pages" {
		t.Errorf("two pages: %v", err)
	}
	file.order.PutUint16(width, tagSubfile)
	if _, err := Inspect(two); err != nil {
		t.Errorf("a page and something else: %v", err)
	}
	file.order.PutUint32(two[at+2+12*count:], uint32(at))
	if _, err := Inspect(two); err != nil {
		t.Errorf("a page whose next is itself: %v", err)
	}
}

func TestOrientationOfPNGAndWebP(t *testing.T) {
	for orientation := 1; orientation <= 8; orientation++ {
		held := withChunk(asPNG(t, stored(orientation)), "eXIf", exif(binary.BigEndian, orientation))
		shown, err := Decode(held, 0, 4096)
		if err != nil {
			t.Fatal(err)
		}
		if err := looksUpright(shown, 0); err != nil {
			t.Errorf("PNG held as %d: %v", orientation, err)
		}
		block := append(bytes.Clone(exifMark), exif(binary.LittleEndian, orientation)...)
		webp := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0A\x00\x00\x00"), make([]byte, 10)...)
		webp = append(binary.LittleEndian.AppendUint32(append(webp, "EXIF"...), uint32(len(block))), block...)
		if got := orientationOf(webp); got != orientation {
			t.Errorf("WebP held as %d is taken for %d", orientation, got)
		}
	}
}

func TestPictureWithPDFInsideIsAPicture(t *testing.T) {
	both := withSegments(asJPEG(t, stored(1)), []byte("\xFE%PDF-1.7"))
	if info, err := Inspect(both); IsPDF(both) || err != nil || info.Type != "image/jpeg" {
		t.Errorf("%+v, %v", info, err)
	}
}

func orientationOf(webp []byte) int { return orientation(webp, "webp") }

// What is whole is not called damaged: whoever has it would look for another copy in vain.
func TestWholePicturesOfOtherKindsAreNotCalledDamaged(t *testing.T) {
	animated := append([]byte("RIFF\x40\x00\x00\x00WEBPVP8X\x0A\x00\x00\x00\x02\x00\x00\x00"), make([]byte, 6)...)
	bitmap := append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x1A\x00\x00\x00\x0C\x00\x00\x00\x40\x00\x40\x00\x01\x00\x18\x00"), make([]byte, 64)...)
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{
		"animated WebP":  {animated, "voucher-unsupported"},
		"bitmap of OS/2": {bitmap, "voucher-unsupported"},
		"BigTIFF":        {[]byte("II+\x00\x08\x00\x00\x00" + "................"), "voucher-unsupported"},
		"a fax":          {grayTIFF(64, 64, compressionGroup3, []byte{1, 2, 3, 4}), "voucher-unsupported"},
		"JPEG 2000":      {[]byte("\x00\x00\x00\x0CjP  \r\n\x87\n...."), "voucher-unsupported"},
		"AVIF":           {[]byte("\x00\x00\x00\x1Cftypavif........"), "voucher-unsupported"},
		"HEIC":           {[]byte("\x00\x00\x00\x1Cftypheic........"), "voucher-heic"},
		"a film":         {[]byte("\x00\x00\x00\x1Cftypmp42........"), "voucher-not-picture"},
		"OFD":            {[]byte("PK\x03\x04................OFD.xml"), "voucher-not-picture"},
	} {
		_, err := Decode(c.content, 0, 4096)
		if problem, ok := data.AsProblem(err); !ok || problem.Code != c.code || problem.What == "" || problem.Fix == "" {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// What other programs hang behind a photo or write around its pixels does not reach what is handed over.
func TestExportedPictureHoldsPixelsOnly(t *testing.T) {
	held := exif(binary.BigEndian, 6)
	place := append(app1(held), "GPSLatitude 39.9054 N"...)
	photo := append(withSegments(asJPEG(t, stored(6)), place), "\x00\x00\x00\x18ftypmp42 GPSLongitude 116.39"...)
	noted := withChunk(asPNG(t, stored(1)), "tEXt", []byte("Comment\x00GPS 39.9"))
	for name, content := range map[string][]byte{"a moving photo": photo, "a noted picture": noted} {
		shown, err := Decode(content, 0, 4096)
		if err != nil {
			t.Fatal(name, err)
		}
		var out bytes.Buffer
		if err := WriteJPEG(&out, shown); err != nil {
			t.Fatal(err)
		}
		for _, trace := range []string{"Exif", "GPS", "ftyp"} {
			if bytes.Contains(out.Bytes(), []byte(trace)) {
				t.Errorf("%s hands %s over", name, trace)
			}
		}
	}
}

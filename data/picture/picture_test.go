package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"peixun/data"
)

// The upright picture of these tests: 48 × 32 pixels, each corner's quarter in a colour of its own.
const width, height = 48, 32

var corners = []color.NRGBA{{220, 30, 30, 255}, {30, 200, 30, 255}, {30, 30, 220, 255}, {240, 240, 240, 255}} // top left, top right, bottom left, bottom right

func upright() *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.SetNRGBA(x, y, corners[y*2/height*2+x*2/width])
		}
	}
	return picture
}

// sides tells for each EXIF orientation on which side the stored picture's first row and first column are seen (TIFF 6.0, tag 274).
var sides = map[int][2]string{
	1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
	5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
}

// stored gives the picture as a camera held that way stores it.
func stored(orientation int) *image.NRGBA {
	seen := upright()
	place := func(side string, line int) (axis byte, at int) {
		switch side {
		case "top":
			return 'y', line
		case "bottom":
			return 'y', height - 1 - line
		case "left":
			return 'x', line
		}
		return 'x', width - 1 - line
	}
	columns, rows := width, height
	if orientation >= 5 {
		columns, rows = height, width
	}
	picture := image.NewNRGBA(image.Rect(0, 0, columns, rows))
	for row := range rows {
		for column := range columns {
			var x, y int
			for side, line := range map[string]int{sides[orientation][0]: row, sides[orientation][1]: column} {
				if axis, at := place(side, line); axis == 'x' {
					x = at
				} else {
					y = at
				}
			}
			picture.SetNRGBA(column, row, seen.NRGBAAt(x, y))
		}
	}
	return picture
}

// exif is a TIFF block with one entry, the orientation.
func exif(order binary.AppendByteOrder, orientation int) []byte {
	mark := "II*\x00"
	if order.String() == "BigEndian" {
		mark = "MM\x00*"
	}
	block := order.AppendUint32([]byte(mark), 8)
	block = order.AppendUint16(block, 2)
	for _, entry := range [][2]int{{0x010F, 0}, {tagOrientation, orientation}} { // a camera's maker comes first
		block = order.AppendUint16(block, uint16(entry[0]))
		block = order.AppendUint16(block, 3)
		block = order.AppendUint32(block, 1)
		block = order.AppendUint16(block, uint16(entry[1]))
		block = order.AppendUint16(block, 0)
	}
	return order.AppendUint32(block, 0)
}

// withSegments puts APP segments behind a JPEG's first marker.
func withSegments(photo []byte, segments ...[]byte) []byte {
	marked := bytes.Clone(photo[:2])
	for _, segment := range segments {
		marked = append(marked, 0xFF, segment[0])
		marked = binary.BigEndian.AppendUint16(marked, uint16(len(segment)+1))
		marked = append(marked, segment[1:]...)
	}
	return append(marked, photo[2:]...)
}

func app1(tiff []byte) []byte { return append([]byte("\xE1Exif\x00\x00"), tiff...) }

func asJPEG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// looksUpright tells whether a picture shows its four colours in the right corners.
func looksUpright(picture image.Image, turned int) error {
	bounds := picture.Bounds()
	across, down := bounds.Dx(), bounds.Dy()
	middle := []image.Point{{across / 4, down / 4}, {across * 3 / 4, down / 4}, {across / 4, down * 3 / 4}, {across * 3 / 4, down * 3 / 4}}
	clockwise := []int{0, 1, 3, 2} // the corners as one walks around
	for step, corner := range clockwise {
		at := middle[clockwise[(step+turned)%4]]
		r, g, b, _ := picture.At(at.X, at.Y).RGBA()
		want := corners[corner]
		for place, got := range []uint32{r >> 8, g >> 8, b >> 8} {
			if difference := int(got) - int([]uint8{want.R, want.G, want.B}[place]); difference < -24 || difference > 24 {
				return fmt.Errorf("corner %d is %d,%d,%d, want %v", corner, r>>8, g>>8, b>>8, want)
			}
		}
	}
	return nil
}

func TestEveryOrientationIsSeenUpright(t *testing.T) {
	for orientation := 1; orientation <= 8; orientation++ {
		photo := asJPEG(t, stored(orientation))
		var scan bytes.Buffer
		if err := tiff.Encode(&scan, stored(orientation), nil); err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{
			"big-endian":         withSegments(photo, app1(exif(binary.BigEndian, orientation))),
			"little-endian":      withSegments(photo, app1(exif(binary.LittleEndian, orientation))),
			"after other blocks": withSegments(photo, []byte("\xE0JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), []byte("\xE1http://ns.adobe.com/xap/1.0/\x00<x/>"), app1(exif(binary.BigEndian, orientation))),
			"tiff":               withOrientation(t, scan.Bytes(), orientation),
		} {
			t.Run(fmt.Sprintf("%d %s", orientation, name), func(t *testing.T) {
				info, err := Inspect(content)
				if err != nil || info.Width != width || info.Height != height {
					t.Fatalf("info = %+v, %v", info, err)
				}
				for turned := range 4 {
					picture, err := Decode(content, turned, 1000)
					if err != nil {
						t.Fatal(err)
					}
					across, down := width, height
					if turned%2 == 1 {
						across, down = height, width
					}
					if got := picture.Bounds(); got.Dx() != across || got.Dy() != down {
						t.Errorf("turned %d times: %v", turned, got)
					}
					if err := looksUpright(picture, turned); err != nil {
						t.Errorf("turned %d times: %v", turned, err)
					}
				}
			})
		}
	}
}

// withOrientation gives a TIFF the orientation tag: its directory is copied to the end with one more entry.
func withOrientation(t testing.TB, scan []byte, orientation int) []byte {
	t.Helper()
	order := binary.LittleEndian
	if string(scan[:2]) != "II" {
		t.Fatal("the encoder writes big-endian now")
	}
	old := int(order.Uint32(scan[4:]))
	count := int(order.Uint16(scan[old:]))
	entries := scan[old+2 : old+2+12*count]
	changed := bytes.Clone(scan)
	if len(changed)%2 == 1 {
		changed = append(changed, 0)
	}
	order.PutUint32(changed[4:], uint32(len(changed)))
	changed = order.AppendUint16(changed, uint16(count+1))
	entry := order.AppendUint32(order.AppendUint16(order.AppendUint16(nil, tagOrientation), 3), 1)
	entry = order.AppendUint32(entry, uint32(orientation))
	done := false
	for at := 0; at < len(entries); at += 12 {
		if !done && order.Uint16(entries[at:]) > tagOrientation {
			changed, done = append(changed, entry...), true
		}
		changed = append(changed, entries[at:at+12]...)
	}
	return order.AppendUint32(changed, 0)
}

func TestInspectKnowsPicturesByContent(t *testing.T) {
	encoded := func(encode func(*bytes.Buffer) error) []byte {
		var out bytes.Buffer
		if err := encode(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	webp, err := base64.StdEncoding.DecodeString("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA=") // one pixel
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind         string
		content      []byte
		across, down int
	}{
		{"image/jpeg", asJPEG(t, upright()), width, height},
		{"image/png", encoded(func(out *bytes.Buffer) error { return png.Encode(out, upright()) }), width, height},
		{"image/bmp", encoded(func(out *bytes.Buffer) error { return bmp.Encode(out, upright()) }), width, height},
		{"image/tiff", encoded(func(out *bytes.Buffer) error { return tiff.Encode(out, upright(), nil) }), width, height},
		{"image/webp", webp, 1, 1},
	} {
		info, err := Inspect(c.content)
		if err != nil || info.Type != c.kind || info.Width != c.across || info.Height != c.down {
			t.Errorf("%s: %+v, %v", c.kind, info, err)
		}
		picture, err := Decode(c.content, 0, 1000)
		if err != nil || picture.Bounds().Dx() != c.across {
			t.Errorf("%s does not decode: %v", c.kind, err)
		}
	}
}

// pngHeader is the beginning of a PNG that claims a size and holds nothing.
func pngHeader(across, down uint32) []byte {
	header := []byte("IHDR")
	header = binary.BigEndian.AppendUint32(header, across)
	header = binary.BigEndian.AppendUint32(header, down)
	header = append(header, 8, 2, 0, 0, 0)
	content := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	content = append(content, header...)
	return binary.BigEndian.AppendUint32(content, crc32.ChecksumIEEE(header))
}

func TestInspectRefuses(t *testing.T) {
	var animation bytes.Buffer
	if err := gif.Encode(&animation, upright(), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		content []byte
		code    string
		words   string
	}{
		{"0 bytes", nil, "voucher-empty", "空"},
		{"21 MB", make([]byte, data.MaxVoucherSize+1), "voucher-large", "20 MB"},
		{"a PDF receipt", []byte("%PDF-1.7\n..."), "voucher-pdf", "截图"},
		{"an iPhone's photo", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "voucher-heic", "兼容性最佳"},
		{"a newer photo", []byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avif"), "voucher-unsupported", "JPG"},
		{"a text", []byte("转账凭证"), "voucher-not-picture", "JPG"},
		{"a GIF", animation.Bytes(), "voucher-unsupported", "没有坏"},
		{"a JPEG's first bytes", asJPEG(t, upright())[:12], "voucher-not-picture", "JPG"},
		{"a bomb", pngHeader(20000, 20000), "voucher-pixels", "20000 × 20000"},
		{"one pixel line too many", pngHeader(60_000_001, 1), "voucher-pixels", "6000 万"},
		{"sizes that overflow 32 bits", pngHeader(0x7FFFFFFF, 0x7FFFFFFF), "", ""},
		{"no width", pngHeader(0, 10), "voucher-not-picture", "JPG"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for how, err := range map[string]error{"Inspect": second(Inspect(c.content)), "Decode": second(Decode(c.content, 0, 100))} {
				problem, ok := data.AsProblem(err)
				if !ok || c.code != "" && problem.Code != c.code || !strings.Contains(problem.Error(), c.words) || problem.Fix == "" {
					t.Errorf("%s: %v", how, err)
				}
			}
		})
	}
	if _, err := Inspect(pngHeader(10000, 6000)); err != nil {
		t.Errorf("60 megapixels exactly: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestTruncatedPicturesPassInspectAndFailDecode(t *testing.T) {
	whole := asJPEG(t, upright())
	cut := whole[:len(whole)-30]
	if _, err := Inspect(cut); err != nil {
		t.Errorf("Inspect: %v", err)
	}
	_, err := Decode(cut, 0, 100)
	if problem, ok := data.AsProblem(err); !ok || problem.Code != "voucher-not-picture" {
		t.Errorf("Decode: %v", err)
	}
}

func TestDecodeShrinksAndNeverEnlarges(t *testing.T) {
	content := asJPEG(t, upright())
	for limit, want := range map[int]image.Point{1000: {48, 32}, 48: {48, 32}, 24: {24, 16}, 1: {1, 1}} {
		picture, err := Decode(content, 0, limit)
		if err != nil || picture.Bounds().Size() != want {
			t.Errorf("limit %d gives %v (%v), want %v", limit, picture.Bounds(), err, want)
		}
	}
}

func TestTransparencyBecomesWhite(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	picture, err := Decode(out.Bytes(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, a := picture.At(2, 2).RGBA(); r != 0xFFFF || g != 0xFFFF || b != 0xFFFF || a != 0xFFFF {
		t.Errorf("a clear pixel is %d,%d,%d,%d", r, g, b, a)
	}
}

func TestBrokenExifIsNoOrientation(t *testing.T) {
	photo := asJPEG(t, upright())
	good := exif(binary.BigEndian, 6)
	far := bytes.Clone(good)
	binary.BigEndian.PutUint32(far[4:], 0xFFFFFFF0)
	near := bytes.Clone(good)
	binary.BigEndian.PutUint32(near[4:], 2)
	many := bytes.Clone(good)
	binary.BigEndian.PutUint16(many[8:], 0xFFFF)
	for name, block := range map[string][]byte{
		"no bytes": nil, "a few bytes": good[:6], "a directory far away": far, "a directory in the header": near, "a directory cut off": good[:15],
		"orientation 0": exif(binary.BigEndian, 0), "orientation 9": exif(binary.BigEndian, 9),
	} {
		if info, err := Inspect(withSegments(photo, app1(block))); err != nil || info.orientation != 1 {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
	if info, err := Inspect(withSegments(photo, app1(many))); err != nil || info.orientation != 6 {
		t.Errorf("a count beyond the end hides what is there: %+v, %v", info, err)
	}
}

func FuzzInspect(f *testing.F) {
	photo := asJPEG(f, stored(6))
	f.Add(withSegments(photo, app1(exif(binary.LittleEndian, 6))))
	f.Add(photo[:20])
	f.Add(pngHeader(3, 3))
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12"))
	f.Add([]byte("RIFF\x1e\x00\x00\x00WEBPVP8L"))
	f.Add([]byte("BM"))
	f.Fuzz(func(t *testing.T, content []byte) {
		info, err := Inspect(content)
		if err != nil {
			if problem, ok := data.AsProblem(err); !ok || problem.What == "" || problem.Fix == "" {
				t.Fatalf("no words for people: %v", err)
			}
			return
		}
		if info.Width <= 0 || info.Height <= 0 || int64(info.Width)*int64(info.Height) > data.MaxVoucherPixels || info.orientation < 1 || info.orientation > 8 {
			t.Fatalf("info = %+v", info)
		}
		orientation(content, "jpeg")
	})
}

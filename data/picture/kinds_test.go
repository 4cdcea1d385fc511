package picture

import (
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"peixun/data"
)

// TestKindsOfPictures reads what scanners, printers and other programs write beside the plain kinds. Each picture of testdata was made
// by ImageMagick: 64 × 48 pixels, red and blue above, green and white below.
func TestKindsOfPictures(t *testing.T) {
	corners := []struct {
		x, y int
		want color.RGBA
	}{{8, 8, color.RGBA{0xC0, 0, 0, 0xFF}}, {56, 8, color.RGBA{0, 0, 0xC0, 0xFF}}, {8, 40, color.RGBA{0, 0xA0, 0, 0xFF}}, {56, 40, color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}}}
	for _, c := range []struct {
		file, kind string
		gray       bool
	}{
		{"cmyk.jpg", "image/jpeg", false}, {"progressive.jpg", "image/jpeg", false}, {"gray.jpg", "image/jpeg", true},
		{"sixteen.png", "image/png", false}, {"interlaced.png", "image/png", false}, {"both.png", "image/png", false}, {"palette.png", "image/png", false},
		{"lzw.tiff", "image/tiff", false}, {"lossless.webp", "image/webp", false},
	} {
		t.Run(c.file, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join("testdata", c.file))
			if err != nil {
				t.Fatal(err)
			}
			info, err := Inspect(content)
			if err != nil || info.Type != c.kind || info.Width != 64 || info.Height != 48 {
				t.Fatalf("%+v, %v", info, err)
			}
			picture, err := Decode(content, 0, 4096)
			if err != nil {
				t.Fatal(err)
			}
			for _, corner := range corners {
				if got := picture.At(corner.x, corner.y); !c.gray && !resembles(got, corner.want) {
					t.Errorf("at %d,%d: %v, want %v", corner.x, corner.y, got, corner.want)
				}
			}
			if white, red := picture.At(56, 40), picture.At(8, 8); c.gray && (!resembles(white, corners[3].want) || resembles(red, white)) {
				t.Errorf("gray: %v and %v", white, red)
			}
		})
	}
}

// TestKindsThatCannotBeRead: they are refused with words, and nothing is drawn in wrong colours.
func TestKindsThatCannotBeRead(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "cmyk.tiff"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Inspect(content)
	if problem, ok := data.AsProblem(err); !ok || problem.Code != "voucher-unsupported" || problem.Fix == "" {
		t.Errorf("CMYK in TIFF: %v", err)
	}
}

// resembles tells whether two colours differ by less than a sixth in every part: CMYK and JPEG change them a little.
func resembles(one, other color.Color) bool {
	const sixth = 0xFFFF / 6
	r, g, b, _ := one.RGBA()
	r2, g2, b2, _ := other.RGBA()
	for _, pair := range [][2]uint32{{r, r2}, {g, g2}, {b, b2}} {
		if max(pair[0], pair[1])-min(pair[0], pair[1]) > sixth {
			return false
		}
	}
	return true
}

package letter

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// scanned draws a page as a scanner or a telephone would give it: turned by an angle, its light falling off, with grain, a red stamp
// over the lower half and grey paper around it.
func scanned(page *image.Gray, degrees, light, grain float64) *image.RGBA {
	random := rand.New(rand.NewPCG(1, 2))
	width, height := float64(page.Rect.Dx()), float64(page.Rect.Dy())
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	wide, high := math.Abs(width*cos)+math.Abs(height*sin), math.Abs(width*sin)+math.Abs(height*cos)
	picture := image.NewRGBA(image.Rect(0, 0, int(wide*1.1), int(high*1.1)))
	draw.Draw(picture, picture.Rect, image.NewUniform(color.Gray{190}), image.Point{}, draw.Src)
	x, y := float64(picture.Rect.Dx())/2, float64(picture.Rect.Dy())/2
	turn := f64.Aff3{cos, -sin, x - cos*width/2 + sin*height/2, sin, cos, y - sin*width/2 - cos*height/2}
	draw.BiLinear.Transform(picture, turn, page, page.Rect, draw.Src, nil)
	for at := 0; at < len(picture.Pix); at += 4 {
		column := float64(at / 4 % picture.Rect.Dx())
		factor := 1 - light*column/float64(picture.Rect.Dx())
		noise := grain * random.NormFloat64()
		for channel := range 3 {
			picture.Pix[at+channel] = uint8(max(0, min(255, float64(picture.Pix[at+channel])*factor+noise)))
		}
	}
	return picture
}

func TestScansTellTheirLetter(t *testing.T) {
	content := longNames()
	letter, _ := print(t, content)
	document := open(t, letter)
	for name, made := range map[string]struct{ dpi, degrees, light, grain float64 }{
		"a scanner at 150 dpi":               {150, 0, 0, 4},
		"a scanner at 300 dpi, slightly off": {300, 1.4, 0, 8},
		"upside down":                        {200, 180, 0, 6},
		"on its side":                        {200, 90, 0.1, 6},
		"a photograph at an angle":           {220, 17, 0.45, 10},
		"a coarse scanner, slightly off":     {100, 2, 0, 4},
	} {
		if text, ok := ReadCode(scanned(picture(t, document, 0, made.dpi), made.degrees, made.light, made.grain)); !ok || text != Code(content) {
			t.Errorf("%s: read %q, %t", name, text, ok)
		}
	}
}

func TestNoCodeIsRead(t *testing.T) {
	long, _ := print(t, longNames())
	second := picture(t, open(t, long), 1, 100)
	noise := image.NewGray(image.Rect(0, 0, 500, 700))
	random := rand.New(rand.NewPCG(3, 4))
	for at := range noise.Pix {
		noise.Pix[at] = uint8(random.IntN(256))
	}
	for name, nothing := range map[string]image.Image{
		"a second page": second, "noise": noise, "one pixel": image.NewGray(image.Rect(0, 0, 1, 1)), "a line": image.NewGray(image.Rect(0, 0, 3000, 1)),
		"no pixel": image.NewGray(image.Rectangle{}), "black": image.NewGray(image.Rect(0, 0, 300, 300)),
	} {
		if text, ok := ReadCode(nothing); ok {
			t.Errorf("%s says %q", name, text)
		}
	}
}

// BenchmarkReadCode searches a scanned page at 300 dpi, and one that has no code, which takes every attempt.
func BenchmarkReadCode(b *testing.B) {
	for name, page := range map[string]int{"code": 0, "none": 1} {
		b.Run(name, func(b *testing.B) {
			pdf, _ := print(b, longNames())
			scan := scanned(picture(b, open(b, pdf), page, 300), 0.5, 0.1, 6)
			for b.Loop() {
				ReadCode(scan)
			}
		})
	}
}

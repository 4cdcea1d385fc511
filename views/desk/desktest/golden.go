package desktest

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// WriteGoldens is the environment variable that makes Golden write the pictures anew instead of comparing.
const WriteGoldens = "PEIXUN_GOLDEN"

const (
	// goldenColours is how many colours a kept picture has: the screens' own and the steps at the letters' edges.
	goldenColours = 96
	// goldenShade is by how much of 255 a pixel may differ: palettes are small, and processors round differently.
	goldenShade = 44
	// goldenPixels is how many pixels may differ by more; a changed digit changes more of them.
	goldenPixels = 8
)

// Golden compares a picture with the one kept as testdata/look/<name>.png. Where they differ, the test fails, says where, and keeps
// what was drawn and a picture of the differences (red) beside the golden one, which git does not track. A golden picture that is
// missing fails, too. With PEIXUN_GOLDEN set, the pictures are written instead.
func Golden(t testing.TB, name string, drawn image.Image) {
	t.Helper()
	path := filepath.Join("testdata", "look", name+".png")
	if os.Getenv(WriteGoldens) != "" {
		WritePicture(t, path, reduced(drawn))
		return
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is missing; %s=1 writes it", path, WriteGoldens)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	golden, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	difference := differ(golden, drawn)
	if difference.pixels <= goldenPixels {
		return
	}
	folder := filepath.Join("testdata", "failed")
	WritePicture(t, filepath.Join(folder, name+".png"), drawn)
	WritePicture(t, filepath.Join(folder, name+"-difference.png"), difference.picture)
	t.Errorf("%s: %d pixels differ within %v; see %s. If that is meant: %s=1 go test …", name, difference.pixels, difference.within, folder, WriteGoldens)
}

// difference is what two pictures do not share.
type difference struct {
	pixels  int             // that differ by more than goldenShade
	within  image.Rectangle // holds them all
	picture *image.RGBA     // the new picture, pale, with the differing pixels red
}

func differ(golden, drawn image.Image) difference {
	bounds := drawn.Bounds()
	found := difference{picture: image.NewRGBA(bounds)}
	if golden.Bounds() != bounds {
		return difference{pixels: bounds.Dx() * bounds.Dy(), within: bounds, picture: found.picture}
	}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			was, is := rgb(golden.At(x, y)), rgb(drawn.At(x, y))
			if distance(was, is) <= goldenShade {
				found.picture.SetRGBA(x, y, color.RGBA{R: pale(is.R), G: pale(is.G), B: pale(is.B), A: 255})
				continue
			}
			found.pixels++
			found.within = found.within.Union(image.Rect(x, y, x+1, y+1))
			found.picture.SetRGBA(x, y, color.RGBA{R: 255, A: 255})
		}
	}
	return found
}

func pale(channel uint8) uint8 { return 191 + channel/4 }

func rgb(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 255}
}

// distance is the largest difference of two colours' channels.
func distance(one, other color.RGBA) int {
	apart := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return max(apart(one.R, other.R), apart(one.G, other.G), apart(one.B, other.B))
}

// reduced gives the picture with its most frequent colours, the others by the nearest of them: a third of the file's size.
func reduced(drawn image.Image) *image.Paletted {
	bounds := drawn.Bounds()
	flat := image.NewRGBA(bounds)
	draw.Draw(flat, bounds, drawn, bounds.Min, draw.Src)
	counts := map[color.RGBA]int{}
	for at := 0; at < len(flat.Pix); at += 4 {
		counts[color.RGBA{R: flat.Pix[at], G: flat.Pix[at+1], B: flat.Pix[at+2], A: 255}]++
	}
	colours := make([]color.RGBA, 0, len(counts))
	for one := range counts {
		colours = append(colours, one)
	}
	slices.SortFunc(colours, func(one, other color.RGBA) int {
		if counts[one] != counts[other] {
			return counts[other] - counts[one]
		}
		return bytes.Compare([]byte{one.R, one.G, one.B}, []byte{other.R, other.G, other.B})
	})
	palette := spread(colours)
	nearest := map[color.RGBA]uint8{}
	for _, one := range colours {
		nearest[one] = uint8(palette.Index(one))
	}
	result := image.NewPaletted(bounds, palette)
	for place := range result.Pix {
		at := place * 4
		result.Pix[place] = nearest[color.RGBA{R: flat.Pix[at], G: flat.Pix[at+1], B: flat.Pix[at+2], A: 255}]
	}
	return result
}

// goldenExact is how many of the most frequent colours are always kept: the grounds, lines and letters themselves.
const goldenExact = 32

// spread chooses the palette: the most frequent colours, then others, one that a chosen one nearly stands for is passed over.
func spread(colours []color.RGBA) color.Palette {
	for near := 4; ; near *= 2 {
		chosen := slices.Clone(colours[:min(goldenExact, len(colours))])
		for _, one := range colours[len(chosen):] {
			if !slices.ContainsFunc(chosen, func(other color.RGBA) bool { return distance(one, other) < near }) {
				chosen = append(chosen, one)
			}
		}
		if len(chosen) > goldenColours && near < goldenShade/2 {
			continue
		}
		palette := make(color.Palette, 0, len(chosen))
		for _, one := range chosen[:min(len(chosen), 256)] {
			palette = append(palette, one)
		}
		return palette
	}
}

// WritePicture writes a picture as PNG and makes its folder.
func WritePicture(t testing.TB, path string, picture image.Image) {
	t.Helper()
	var content bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&content, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content.Bytes(), 0o644); err != nil {
		t.Fatal(fmt.Errorf("golden picture: %w", err))
	}
}

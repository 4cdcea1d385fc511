package picture

import (
	"image"
	"testing"

	"golang.org/x/image/draw"
)

// The same receipt however it was saved again, and never another receipt of the same bank.
func TestAlike(t *testing.T) {
	sheet := sheetOf(t, papers[0])
	looks := Looks(sheet)
	if len(looks) != 4 {
		t.Fatalf("%d looks", len(looks))
	}
	photo := noisy(shaded(sheet), 8)
	for _, c := range []struct {
		name string
		copy image.Image
	}{
		{"as it is", sheet}, {"JPEG of quality 40", recoded(t, sheet, 40)}, {"JPEG of quality 20", recoded(t, sheet, 20)},
		{"half as large", scaled(sheet, 827)}, {"700 pixels", scaled(sheet, 700)}, {"larger", recoded(t, scaled(sheet, 2400), 60)},
		{"without its margins", cropped(sheet, .03, .03, .03, .03)}, {"one edge cut off", cropped(sheet, .07, .02, 0, 0)}, {"two other edges", cropped(sheet, 0, 0, .07, .1)},
		{"unevenly lit and grainy", photo}, {"smaller, cropped and encoded", recoded(t, scaled(cropped(sheet, .02, .01, .03, .02), 900), 50)},
		{"a little soft", blurred(sheet, 3)}, {"on its side", orient(sheet, 6, 0)}, {"upside down", orient(sheet, 3, 0)}, {"the other side", recoded(t, orient(sheet, 8, 0), 60)},
	} {
		t.Run(c.name, func(t *testing.T) {
			stored := Looks(c.copy)[0].Bytes()
			if same, err := Alike(looks, stored); !same || err != nil {
				t.Errorf("not found again: %v", err)
			}
		})
	}
	for place, other := range papers[1:] {
		another := sheetOf(t, other)
		for name, version := range map[string]image.Image{"as it is": another, "smaller and encoded": recoded(t, scaled(another, 900), 50)} {
			if same, err := Alike(looks, Looks(version)[0].Bytes()); same || err != nil {
				t.Errorf("receipt %d, %s, passes for the first: %v", place+1, name, err)
			}
		}
	}
}

func TestOtherPicturesAreNotAlike(t *testing.T) {
	looks := Looks(sheetOf(t, papers[0]))
	stripes := image.NewRGBA(image.Rect(0, 0, 900, 700))
	draw.Draw(stripes, stripes.Rect, image.White, image.Point{}, draw.Src)
	for y := 0; y < 700; y += 20 {
		draw.Draw(stripes, image.Rect(100, y, 800, y+9), image.Black, image.Point{}, draw.Src)
	}
	if same, err := Alike(looks, Looks(stripes)[0].Bytes()); same || err != nil {
		t.Errorf("stripes: %t, %v", same, err)
	}
	for name, empty := range map[string]image.Image{"white": image.NewUniform(image.White), "a dot": image.NewGray(image.Rect(0, 0, 1, 1)), "black": image.NewGray(image.Rect(0, 0, 900, 700))} {
		if name == "white" {
			empty = image.NewRGBA(image.Rect(0, 0, 800, 600))
		}
		if found := Looks(empty); found != nil {
			t.Errorf("%s has a look", name)
		}
	}
}

// What is stored comes back as it was, and damaged bytes are told, not compared.
func TestLikenessIsStored(t *testing.T) {
	look := Looks(sheetOf(t, papers[0]))[0]
	stored := look.Bytes()
	if len(stored) > 40_000 {
		t.Errorf("%d bytes for one picture", len(stored))
	}
	again, err := parse(stored)
	if err != nil || again.hash != look.hash || again.height != look.height || string(again.pixels) != string(look.pixels) {
		t.Errorf("read back: %v", err)
	}
	for name, wrong := range map[string][]byte{
		"nothing": nil, "another version": append([]byte{9}, stored[1:]...), "cut off": stored[:len(stored)/2], "only a head": stored[:likenessHead],
		"a wrong width": append([]byte{likenessVersion, 0xFF, 0xFF}, stored[3:]...), "no height": append(append([]byte{}, stored[:3]...), append([]byte{0, 0}, stored[5:]...)...),
	} {
		if _, err := Alike([]Likeness{look}, wrong); err == nil {
			t.Errorf("%s is compared", name)
		}
	}
}

func TestBlurred(t *testing.T) {
	sheet := sheetOf(t, papers[0])
	for _, c := range []struct {
		name    string
		picture image.Image
		blurred bool
	}{
		{"a scan", sheet, false}, {"small", scaled(sheet, 800), false}, {"300 dpi", scaled(sheet, 3300), false}, {"JPEG of quality 30", recoded(t, sheet, 30), false},
		{"grainy", noisy(sheet, 20), false}, {"badly lit", noisy(shaded(sheet), 12), false}, {"soft", blurred(sheet, 3), false},
		{"enlarged from 700 pixels", scaled(scaled(sheet, 700), 1654), false},
		{"blank", image.NewGray(image.Rect(0, 0, 900, 640)), false},
		{"out of focus", blurred(sheet, 7), true}, {"far out of focus", blurred(sheet, 9), true}, {"and grainy", noisy(blurred(sheet, 9), 12), true},
		{"fog", blurred(sheet, 15), true}, {"at 300 dpi", blurred(scaled(sheet, 2480), 13), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Blurred(c.picture); got != c.blurred {
				sharpness, written := sharpnessOf(greyOf(c.picture, sharpSide))
				t.Errorf("blurred is %t; sharpness %.3f, %t", got, sharpness, written)
			}
		})
	}
	for place, other := range papers {
		if Blurred(sheetOf(t, other)) {
			t.Errorf("receipt %d passes for blurred", place)
		}
	}
}

// BenchmarkAlike looks for a receipt among 1,000 of the same bank, all past the hash.
func BenchmarkAlike(b *testing.B) {
	looks := Looks(sheetOf(b, papers[0]))
	var stored [][]byte
	for _, other := range papers[1:] {
		stored = append(stored, Looks(sheetOf(b, other))[0].Bytes())
	}
	for b.Loop() {
		for n := range 1000 {
			if same, err := Alike(looks, stored[n%len(stored)]); same || err != nil {
				b.Fatal(same, err)
			}
		}
	}
}

func BenchmarkLooks(b *testing.B) {
	sheet := scaled(sheetOf(b, papers[0]), 2500)
	for b.Loop() {
		if Looks(sheet) == nil || Blurred(sheet) {
			b.Fatal("wrong")
		}
	}
}

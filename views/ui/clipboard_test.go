package ui

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// bitmap makes a clipboard's bitmap of one red and one blue pixel, as Windows stores it: the lowest row first, blue before green.
func bitmap(header uint32, bits uint16, compression uint32, between int) []byte {
	var dib bytes.Buffer
	for _, part := range []any{header, int32(1), int32(2), uint16(1), bits, compression, uint32(0), int32(0), int32(0), uint32(0), uint32(0)} {
		if err := binary.Write(&dib, binary.LittleEndian, part); err != nil {
			panic(err)
		}
	}
	dib.Write(make([]byte, between))
	dib.Write([]byte{0xFF, 0, 0, 0}) // blue, below; 24 bits are padded to four bytes a row
	dib.Write([]byte{0, 0, 0xFF, 0}) // red, above
	return dib.Bytes()
}

func TestDeviceBitmap(t *testing.T) {
	for _, c := range []struct {
		name  string
		dib   []byte
		valid bool
	}{
		{"24 bits", bitmap(40, 24, 0, 0), true},
		{"32 bits, as a browser copies", bitmap(40, 32, 0, 0), true},
		{"32 bits with masks, as PrintScreen copies", bitmap(40, 32, 3, 12), true},
		{"a longer header", bitmap(124, 32, 3, 84), true},
		{"nothing", nil, false},
		{"only a header", bitmap(40, 24, 0, 0)[:40], false},
		{"a palette", bitmap(40, 8, 0, 0), false},
		{"JPEG inside", bitmap(40, 24, 4, 0), false},
		{"a header that lies", bitmap(1<<30, 24, 0, 0), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			content, err := deviceBitmap(c.dib)
			if !c.valid {
				if err == nil {
					t.Error("was taken")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			picture, err := png.Decode(bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			red, _, _, _ := picture.At(0, 0).RGBA()
			_, _, blue, alpha := picture.At(0, 1).RGBA()
			if red != 0xFFFF || blue != 0xFFFF || alpha != 0xFFFF || picture.Bounds().Dy() != 2 {
				t.Errorf("red %x, blue %x, alpha %x in %v", red, blue, alpha, picture.Bounds())
			}
		})
	}
}

func TestScriptData(t *testing.T) {
	want := []byte("\x89PNG\r\n")
	got, err := scriptData("«data PNGf" + hex.EncodeToString(want) + "»\n")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	for _, wrong := range []string{"", "hello", "«data", "«data PNGfxx»"} {
		if got, err := scriptData(wrong); err == nil {
			t.Errorf("%q gave %q", wrong, got)
		}
	}
}

func TestPastedPaths(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "回单 1.png"), filepath.Join(t.TempDir(), "回单2.png")
	for _, path := range []string{one, two} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]int{one: 1, "\"" + one + "\"": 1, "file://" + one + "\r\n" + two + "\r\n": 2, "": 0, "十四日转账": 0, filepath.Dir(one): 0, one + "\n不是文件": 0} {
		if got := PastedPaths(text); len(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

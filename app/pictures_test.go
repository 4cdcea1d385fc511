package app_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// pixels is a PNG of a size; each call's picture differs from the ones before.
func pixels(t testing.TB, width, height int) []byte {
	t.Helper()
	drawn++
	picture := image.NewGray(image.Rect(0, 0, width, height))
	picture.Set(drawn%width, drawn/width%height, color.White)
	var out bytes.Buffer
	must(t, png.Encode(&out, picture))
	return out.Bytes()
}

var drawn int

// pictureFile writes content under a name and gives its path.
func pictureFile(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, content, 0o600))
	return path
}

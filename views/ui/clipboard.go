package ui

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"image/png"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/image/bmp"
)

// Pasted is what a clipboard holds that a picture can be made of: files copied in a file manager, or a picture such as a screenshot.
type Pasted struct {
	Paths []string
	// Picture is a whole file (PNG, JPEG or BMP), or nil.
	Picture []byte
}

// Empty tells that the clipboard held nothing of the kind.
func (p Pasted) Empty() bool { return len(p.Paths) == 0 && len(p.Picture) == 0 }

// SystemClipboard reads what Fyne's clipboard, which holds text only, cannot: copied files and pictures. It may wait for other programs
// and so runs off the user interface thread. Tests replace it.
var SystemClipboard = readSystemClipboard

// PastedPaths gives the files that a clipboard's text names, one a line, as paths or file:// addresses; none where a line names no file.
func PastedPaths(text string) []string {
	var paths []string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		path := CleanPath(line)
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return nil
		}
		paths = append(paths, path)
	}
	return paths
}

// SetOnPaste says what Ctrl+V does in a window where no text is being edited, or where the clipboard holds no text; nil does nothing.
func SetOnPaste(c fyne.Canvas, paste func()) {
	if paste == nil {
		c.RemoveShortcut(&fyne.ShortcutPaste{})
		return
	}
	c.AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { paste() })
}

// The parts of a device-independent bitmap of Windows (wingdi.h, BITMAPINFOHEADER) and of the file that it is made into.
const (
	bitmapFileHeader = 14
	bitmapHeader     = 40
	bitmapMasks      = 12 // bytes, behind a plain header with masks
	maskedColours    = 3  // BI_BITFIELDS
)

// deviceBitmap makes a PNG file of a clipboard's device-independent bitmap. Screenshots have 24 or 32 bits a pixel.
func deviceBitmap(dib []byte) ([]byte, error) {
	if len(dib) < bitmapHeader {
		return nil, errors.New("bitmap shorter than its header")
	}
	number := binary.LittleEndian
	header, bits, compression := number.Uint32(dib), number.Uint16(dib[14:]), number.Uint32(dib[16:])
	if bits != 24 && bits != 32 || compression != 0 && compression != maskedColours {
		return nil, errors.New("bitmap neither of 24 nor of 32 plain bits")
	}
	begin := uint64(header)
	if header == bitmapHeader && compression == maskedColours {
		begin += bitmapMasks
	}
	if header < bitmapHeader || begin > uint64(len(dib)) {
		return nil, errors.New("bitmap header longer than the bitmap")
	}
	// The plain header is written anew: the decoder knows no masks, and those of the clipboard are the usual ones.
	var file bytes.Buffer
	file.WriteString("BM")
	for _, part := range []any{uint32(bitmapFileHeader + bitmapHeader + uint64(len(dib)) - begin), uint32(0), uint32(bitmapFileHeader + bitmapHeader), uint32(bitmapHeader)} {
		if err := binary.Write(&file, number, part); err != nil {
			return nil, err
		}
	}
	file.Write(dib[4:16])
	file.Write(make([]byte, 4)) // no compression
	file.Write(dib[20:bitmapHeader])
	file.Write(dib[begin:])
	return asPNG(file.Bytes())
}

func asPNG(bitmap []byte) ([]byte, error) {
	picture, err := bmp.Decode(bytes.NewReader(bitmap))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = png.Encode(&out, picture)
	return out.Bytes(), err
}

// scriptData reads what AppleScript writes of a clipboard's data: «data PNGf89504E47…».
func scriptData(answer string) ([]byte, error) {
	_, rest, found := strings.Cut(strings.TrimSpace(answer), "«data ")
	kind := len("PNGf")
	if !found || len(rest) < kind {
		return nil, errors.New("no data in the answer of AppleScript")
	}
	return hex.DecodeString(strings.TrimSuffix(rest[kind:], "»"))
}

package picture

import (
	"encoding/binary"
	"image"
	"testing"
)

// BenchmarkDecodePhoto shows a telephone's photo of 12 megapixels, held upright, as the voucher's view does.
func BenchmarkDecodePhoto(b *testing.B) {
	photo := asJPEG(b, image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420))
	content := withSegments(photo, app1(exif(binary.BigEndian, 6)))
	for b.Loop() {
		if _, err := Decode(content, 0, 2500); err != nil {
			b.Fatal(err)
		}
	}
}

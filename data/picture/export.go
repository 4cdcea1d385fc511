package picture

import (
	"image"
	"image/jpeg"
	"io"
)

// exportQuality keeps a receipt's small print free of visible blocks.
const exportQuality = 92

// WriteJPEG writes a picture that Decode gave: upright and flattened already, and without any of the original's metadata.
func WriteJPEG(w io.Writer, source image.Image) error {
	return jpeg.Encode(w, source, &jpeg.Options{Quality: exportQuality})
}

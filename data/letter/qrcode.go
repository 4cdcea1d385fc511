package letter

import (
	"fmt"
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// qrCode is a code as rows of dark modules.
type qrCode struct{ image barcode.Barcode }

// newQRCode encodes text with 15 % of redundancy; it fails on more than about 2,300 bytes.
func newQRCode(text string) (qrCode, error) {
	image, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrCode{}, fmt.Errorf("QR code: %w", err)
	}
	return qrCode{image}, nil
}

// draw fills a square of size mm. Modules of a row that touch are one rectangle, or hairlines would show between them.
func (q qrCode) draw(c *canvas, x, y, size float64) {
	count := q.image.Bounds().Dx()
	module := size / float64(count)
	for row := range count {
		for start := 0; start < count; start++ {
			end := start
			for end < count && q.dark(end, row) {
				end++
			}
			if end > start {
				c.pdf.Rect(x+float64(start)*module, y+float64(row)*module, float64(end-start)*module, module, "F")
				start = end
			}
		}
	}
}

func (q qrCode) dark(column, row int) bool {
	return color.GrayModel.Convert(q.image.At(column, row)).(color.Gray).Y < 128
}

package letter

import (
	"image"
	"image/draw"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	scaling "golang.org/x/image/draw"
)

// codeSides are the long sides in pixels at which a picture is searched for its code: fine ones show the small modules of
// a photograph from far away, coarse ones hide a scanner's grain.
var codeSides = []int{1600, 2800, 1000}

// codeEnlarged are by how much a coarse picture is enlarged when nothing was found: what is searched for by blocks of pixels is there
// in finer steps then.
var codeEnlarged = []float64{3, 2.5, 1.5}

// ReadCode finds the QR code in a scan or photograph of a letter, however it lies, and gives what it says. ok is false
// where none can be read.
func ReadCode(picture image.Image) (text string, ok bool) {
	long := max(picture.Bounds().Dx(), picture.Bounds().Dy())
	for at, side := range codeSides {
		if at > 0 && long < side {
			continue // seen already
		}
		if text, ok = decodeCode(grey(picture, side)); ok {
			return text, true
		}
	}
	whole := grey(picture, codeSides[1])
	for _, corner := range corners(whole.Rect) {
		if text, ok = decodeCode(whole.SubImage(corner).(*image.Gray)); ok {
			return text, true
		}
	}
	for _, times := range codeEnlarged {
		if long >= codeSides[0] || long == 0 {
			break
		}
		if text, ok = decodeCode(enlarged(picture, times)); ok {
			return text, true
		}
	}
	return "", false
}

// decodeCode reads a picture's code. The library is given whatever people drop, so a mistake of its is no code.
func decodeCode(picture *image.Gray) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	source := gozxing.NewLuminanceSourceFromImage(picture)
	for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source)} {
		bitmap, err := gozxing.NewBinaryBitmap(binarizer)
		if err != nil {
			return "", false
		}
		hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
		if result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints); err == nil {
			return result.GetText(), true
		}
	}
	return "", false
}

// grey draws a picture on white, its long side at most side pixels.
func grey(picture image.Image, side int) *image.Gray {
	bounds := picture.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if long := max(width, height); long > side {
		width, height = max(1, width*side/long), max(1, height*side/long)
	}
	target := image.NewGray(image.Rect(0, 0, width, height))
	draw.Draw(target, target.Rect, image.White, image.Point{}, draw.Src)
	scaling.ApproxBiLinear.Scale(target, target.Rect, picture, bounds, scaling.Over, nil)
	return target
}

func enlarged(picture image.Image, times float64) *image.Gray {
	bounds := picture.Bounds()
	target := image.NewGray(image.Rect(0, 0, int(float64(bounds.Dx())*times), int(float64(bounds.Dy())*times)))
	draw.Draw(target, target.Rect, image.White, image.Point{}, draw.Src)
	scaling.CatmullRom.Scale(target, target.Rect, picture, bounds, scaling.Over, nil)
	return target
}

// corners are the four in one of which a letter's code stands, each half as wide and high as the picture.
func corners(whole image.Rectangle) []image.Rectangle {
	middle := image.Pt((whole.Min.X+whole.Max.X)/2, (whole.Min.Y+whole.Max.Y)/2)
	return []image.Rectangle{
		image.Rect(middle.X, whole.Min.Y, whole.Max.X, middle.Y), image.Rect(whole.Min.X, whole.Min.Y, middle.X, middle.Y),
		image.Rect(middle.X, middle.Y, whole.Max.X, whole.Max.Y), image.Rect(whole.Min.X, middle.Y, middle.X, whole.Max.Y),
	}
}

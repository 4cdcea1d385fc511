package picture

import (
	"image"
	"math"
)

// Blur is judged by the variance of the Laplacian, taken where something is written and measured against the contrast there, so that
// empty paper, pale ink and noise do not count. The figures are measured on the receipts of sharpness_test.go.
const (
	sharpSide    = 1400 // pixels; a scan's long side is brought down to it, because what counts is whether the writing can be read
	sharpReach   = 3    // pixels around a place within which its contrast is taken
	writtenFrom  = 70   // grey levels of contrast from which a place is written on
	leastWritten = 0.003
	// leastSharp is the least root of that relation for sharp writing.
	leastSharp = 0.09
)

// Blurred tells whether the writing on a picture has no sharp edges. A picture with nothing written on it is not judged.
func Blurred(source image.Image) bool {
	sharpness, judged := sharpnessOf(source)
	return judged && sharpness < leastSharp
}

// sharpnessOf relates the Laplacian to the contrast around it: about 0.4 for drawn text, 0 for fog.
func sharpnessOf(source image.Image) (sharpness float64, judged bool) {
	grey := greyOf(source, sharpSide)
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	low, high := extremes(grey, minOf), extremes(grey, maxOf)
	written, sum := 0, 0.0
	for y := 1; y < height-1; y++ {
		for x := 1; x < width-1; x++ {
			place := y*width + x
			contrast := int(high[place]) - int(low[place])
			if contrast < writtenFrom {
				continue
			}
			at := grey.Pix[place:]
			laplacian := float64(int(at[1]) + int(grey.Pix[place-1]) + int(grey.Pix[place-width]) + int(grey.Pix[place+width]) - 4*int(at[0]))
			relation := laplacian / float64(contrast)
			written++
			sum += relation * relation
		}
	}
	if float64(written) < leastWritten*float64(width*height) {
		return 0, false
	}
	return math.Sqrt(sum / float64(written)), true
}

func minOf(one, other uint8) uint8 { return min(one, other) }
func maxOf(one, other uint8) uint8 { return max(one, other) }

// extremes gives the least or greatest grey around each place, along the rows first and then along the columns.
func extremes(grey *image.Gray, better func(one, other uint8) uint8) []uint8 {
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	rows, both := make([]uint8, width*height), make([]uint8, width*height)
	for y := range height {
		for x := range width {
			best := grey.Pix[y*grey.Stride+x]
			for near := max(0, x-sharpReach); near <= min(width-1, x+sharpReach); near++ {
				best = better(best, grey.Pix[y*grey.Stride+near])
			}
			rows[y*width+x] = best
		}
	}
	for y := range height {
		for x := range width {
			best := rows[y*width+x]
			for near := max(0, y-sharpReach); near <= min(height-1, y+sharpReach); near++ {
				best = better(best, rows[near*width+x])
			}
			both[y*width+x] = best
		}
	}
	return both
}

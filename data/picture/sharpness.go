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
	// leastShade is the standard deviation of grey from which a picture shows something, though nothing on it has an edge.
	leastShade = 10
	// laplaceReach is how far apart the Laplacian looks, in pixels: at 2, a camera's grain counts for less than a soft edge.
	laplaceReach = 2
	// leastSharp lies between writing that a camera left soft (0.4 and more) and writing that cannot be read any more (0.23 and less).
	leastSharp = 0.3
)

// Blurred tells whether the writing on a picture has no sharp edges. Empty paper is not judged.
func Blurred(source image.Image) bool {
	grey := greyOf(source, sharpSide)
	sharpness, written := sharpnessOf(grey)
	if !written {
		return shadeOf(grey) >= leastShade
	}
	return sharpness < leastSharp
}

// sharpnessOf relates the Laplacian to the contrast around it: about 0.8 for drawn text, 0 for fog. written is false where nothing
// has enough contrast.
func sharpnessOf(grey *image.Gray) (sharpness float64, written bool) {
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	low, high := extremes(grey, minOf), extremes(grey, maxOf)
	places, sum := 0, 0.0
	const reach = laplaceReach
	for y := reach; y < height-reach; y++ {
		for x := reach; x < width-reach; x++ {
			place := y*width + x
			contrast := int(high[place]) - int(low[place])
			if contrast < writtenFrom {
				continue
			}
			around := int(grey.Pix[place-reach]) + int(grey.Pix[place+reach]) + int(grey.Pix[place-reach*width]) + int(grey.Pix[place+reach*width])
			relation := float64(around-4*int(grey.Pix[place])) / float64(contrast)
			places++
			sum += relation * relation
		}
	}
	if float64(places) < leastWritten*float64(width*height) {
		return 0, false
	}
	return math.Sqrt(sum / float64(places)), true
}

// shadeOf is the standard deviation of a picture's grey.
func shadeOf(grey *image.Gray) float64 {
	var sum, squares float64
	for _, value := range grey.Pix {
		sum += float64(value)
		squares += float64(value) * float64(value)
	}
	count := float64(len(grey.Pix))
	return math.Sqrt(max(0, squares/count-sum*sum/count/count))
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

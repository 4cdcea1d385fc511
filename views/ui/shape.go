package ui

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Cached shapes are small ones only, so that resizing a window does not fill the memory:
// 300 shapes of at most 20,000 pixels of 4 bytes are 24 MB.
const (
	shapeCacheLimit  = 300
	shapeCachePixels = 20_000
)

// shape is a rounded rectangle drawn by us. canvas.Rectangle is crisp only without a radius: its
// rounded shader softens every edge, so that a 1 px border becomes three pale ones. A canvas.Raster
// is asked in device pixels and so is exact at every scale.
type shape struct {
	*canvas.Raster
	look shapeLook
}

type shapeLook struct {
	fill, stroke  color.NRGBA
	width, radius float32
}

type shapeKey struct {
	look          shapeLook
	width, height int
}

var shapes = map[shapeKey]image.Image{}

func newShape() *shape {
	s := &shape{}
	s.Raster = canvas.NewRaster(func(width, height int) image.Image {
		return s.draw(width, height)
	})
	return s
}

// paint sets fill, stroke and stroke width and radius in px.
func (s *shape) paint(fill, stroke theme.Role, width, radius float32) {
	if stroke == theme.None {
		width = 0
	}
	look := shapeLook{opaque(fill), opaque(stroke), width, radius}
	if look != s.look {
		s.look = look
		s.Raster.Refresh()
	}
}

func opaque(role theme.Role) color.NRGBA {
	return color.NRGBAModel.Convert(theme.Color(role)).(color.NRGBA)
}

func (s *shape) draw(width, height int) image.Image {
	scale := float32(1)
	if w := s.Size().Width; w > 0 {
		scale = float32(width) / w
	}
	look := s.look
	if look.width > 0 {
		look.width = max(1, round(look.width*scale))
	}
	look.radius *= scale
	key := shapeKey{look, width, height}
	if img, known := shapes[key]; known {
		return img
	}
	img := key.draw()
	if width*height <= shapeCachePixels {
		if len(shapes) >= shapeCacheLimit {
			shapes = map[shapeKey]image.Image{}
		}
		shapes[key] = img
	}
	return img
}

// draw computes pixels by distance from the edge; rows and columns away from the edge are copied.
func (k shapeKey) draw() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, k.width, k.height))
	edge := int(math.Ceil(float64(max(k.look.radius, k.look.width)))) + 1
	for y := range k.height {
		if y > edge && y < k.height-edge {
			copy(img.Pix[y*img.Stride:(y+1)*img.Stride], img.Pix[edge*img.Stride:])
			continue
		}
		for x := 0; x < k.width; x++ {
			if x > edge && x < k.width-edge {
				img.SetNRGBA(x, y, img.NRGBAAt(edge, y))
				continue
			}
			img.SetNRGBA(x, y, k.pixel(float64(x)+0.5, float64(y)+0.5))
		}
	}
	return img
}

func (k shapeKey) pixel(x, y float64) color.NRGBA {
	outer := k.cover(x, y, 0)
	inner := outer
	if k.look.width > 0 {
		inner = k.cover(x, y, float64(k.look.width))
	}
	strokeAlpha := (outer - inner) * float64(k.look.stroke.A) / 255
	fillAlpha := inner * float64(k.look.fill.A) / 255
	alpha := strokeAlpha + fillAlpha
	if alpha <= 0 {
		return color.NRGBA{}
	}
	mix := func(stroke, fill uint8) uint8 {
		return uint8((float64(stroke)*strokeAlpha+float64(fill)*fillAlpha)/alpha + 0.5)
	}
	stroke, fill := k.look.stroke, k.look.fill
	return color.NRGBA{
		R: mix(stroke.R, fill.R), G: mix(stroke.G, fill.G), B: mix(stroke.B, fill.B), A: uint8(alpha*255 + 0.5),
	}
}

// cover tells how much of a pixel lies within the shape shrunk by inset, 0 to 1.
func (k shapeKey) cover(x, y, inset float64) float64 {
	halfWidth, halfHeight := float64(k.width)/2, float64(k.height)/2
	radius := max(0, min(float64(k.look.radius), halfWidth, halfHeight)-inset)
	dx := math.Abs(x-halfWidth) - (halfWidth - inset - radius)
	dy := math.Abs(y-halfHeight) - (halfHeight - inset - radius)
	distance := math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius
	return min(max(0.5-distance, 0), 1)
}

// focusRing paints a 2 px ring round a control that has the keyboard.
func focusRing(s *shape, on bool) {
	role := theme.None
	if on {
		role = theme.Primary
	}
	s.paint(theme.None, role, 2, 4)
}

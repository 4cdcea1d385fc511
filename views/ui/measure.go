package ui

import (
	"math"

	"fyne.io/fyne/v2"
)

// ellipsis ends a text that was cut.
const ellipsis = "…"

// measureCacheLimit bounds the caches of widths and cuts; a cache that is full starts anew.
const measureCacheLimit = 20_000

type widthKey struct {
	text string
	size float32
	bold bool
}

type cutKey struct {
	widthKey
	width int
}

var (
	widths = map[widthKey]float32{}
	cuts   = map[cutKey]string{}
)

// textWidth measures a line in px; the fonts never change while the program runs.
func textWidth(text string, size float32, bold bool) float32 {
	key := widthKey{text, size, bold}
	if width, known := widths[key]; known {
		return width
	}
	if len(widths) > measureCacheLimit {
		widths = map[widthKey]float32{}
	}
	width := fyne.MeasureText(text, size, fyne.TextStyle{Bold: bold}).Width
	widths[key] = width
	return width
}

// elide cuts text with "…" so that it is at most width px wide. It measures once per text, width and
// style, because Fyne's own ellipsis measures again on every refresh.
func elide(text string, width, size float32, bold bool) string {
	// A byte is never wider than the text size, so a short text needs no measuring.
	if text == "" || float32(len(text))*size < width {
		return text
	}
	key := cutKey{widthKey{text, size, bold}, int(width)}
	if cut, known := cuts[key]; known {
		return cut
	}
	if len(cuts) > measureCacheLimit {
		cuts = map[cutKey]string{}
	}
	cut := text
	if textWidth(text, size, bold) > width {
		cut = longestPrefix(text, width, size, bold) + ellipsis
	}
	cuts[key] = cut
	return cut
}

// elideMiddle is elide that keeps the beginning and as much of the end.
func elideMiddle(text string, width, size float32, bold bool) string {
	if textWidth(text, size, bold) <= width {
		return text
	}
	runes := []rune(text)
	end := string(runes[len(runes)-len([]rune(longestPrefix(text, width/2, size, bold))):])
	return longestPrefix(text, width-textWidth(end, size, bold), size, bold) + ellipsis + end
}

// longestPrefix gives the most characters of text that fit before an ellipsis.
func longestPrefix(text string, width, size float32, bold bool) string {
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		style := fyne.TextStyle{Bold: bold}
		if fyne.MeasureText(string(runes[:middle])+ellipsis, size, style).Width <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low])
}

// lineHeight is the design's line for a text size, in px.
func lineHeight(size float32) float32 {
	switch size {
	case 12:
		return 16
	case 16:
		return 24
	case 20:
		return 28
	}
	return 20
}

// lineShift moves a line up by the overhang of Noto's line box over the design's, as a browser does.
func lineShift(size float32) float32 {
	switch size {
	case 16:
		return 0
	case 20:
		return -2
	}
	return -1
}

func ceil(v float32) float32  { return float32(math.Ceil(float64(v))) }
func floor(v float32) float32 { return float32(math.Floor(float64(v))) }
func round(v float32) float32 { return float32(math.Round(float64(v))) }

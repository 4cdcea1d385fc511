package ui

import (
	"fmt"
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Measures of pages in px, and the scales between which one can zoom, in px per point.
const (
	pageGap       float32 = 16
	pageWhole     float32 = 96.0 / 72 // what 100% is
	pageLeast     float32 = 0.1 * pageWhole
	pageMost      float32 = 4 * pageWhole
	pageStep      float32 = 48   // of an arrow key
	pageKept      float32 = 32   // stays in sight when a screenful is turned
	stripPage     float32 = 92   // the width of a page in a strip
	stripLabel    float32 = 22   // the room for its number below
	pagePixels            = 3600 // wider pictures are not asked for; they are stretched
	pageViewLeast float32 = 100
)

// pageFit says what a page view does to its scale when its size changes.
type pageFit int

const (
	fitsWhole pageFit = iota
	fitsWidth
	fitsFree
)

// PageView shows the pages of a paper below each other. Only those in sight are drawn and kept: whoever owns it asks
// Wanted for the next one and gives its picture to SetPicture. The wheel scrolls, with Ctrl it zooms; a drag moves.
type PageView struct {
	core
	// OnWant is called when Wanted may have a new answer.
	OnWant func()
	// OnPage is called when another page fills the middle of the view, and in a strip when a page was clicked.
	OnPage func(page int)
	// OnZoom is called with the scale as a percentage, such as 100%.
	OnZoom func(percentage string)
	// Placeholder is shown while there are no pages.
	Placeholder string

	strip    bool
	focused  bool
	quiet    bool        // no ring shows the focus
	sizes    []fyne.Size // in points
	tops     []float32   // of the pages, in px at the present scale; one more for the end
	pictures map[int]pagePicture
	scale    float32 // px per point; of a strip's pages each has its own
	fit      pageFit
	page     int
	sheets   *pageSheets
	scroll   *container.Scroll
}

// pagePicture is a page as it was drawn for a width in device pixels.
type pagePicture struct {
	image image.Image
	width int
}

// NewPageView makes a view without pages; they are fitted when they come.
func NewPageView() *PageView { return newPageView(false) }

// NewPageStrip makes a narrow list of numbered small pages, one of them marked.
func NewPageStrip() *PageView { return newPageView(true) }

func newPageView(strip bool) *PageView {
	v := &PageView{strip: strip, scale: pageWhole, pictures: map[int]pagePicture{}}
	v.sheets = newPageSheets(v)
	v.scroll = container.NewScroll(v.sheets)
	v.scroll.OnScrolled = func(fyne.Position) { v.moved() }
	v.ExtendBaseWidget(v)
	return v
}

// SetPages shows pages of the given sizes in points, from the first.
func (v *PageView) SetPages(sizes []fyne.Size) {
	v.sizes, v.pictures, v.page = sizes, map[int]pagePicture{}, 0
	v.scroll.Offset = fyne.Position{}
	if !v.strip {
		v.fit = fitsWhole
	}
	v.measure()
	v.Refresh()
}

// Pages counts the pages; Page is the one in the middle of the view or marked in the strip, from 0.
func (v *PageView) Pages() int { return len(v.sizes) }

// Page is the page in the middle of the view, or the marked one of a strip.
func (v *PageView) Page() int { return v.page }

// Percentage gives the scale as words, such as 100%.
func (v *PageView) Percentage() string { return fmt.Sprintf("%.0f%%", v.scale/pageWhole*100) }

// Fit shows a whole page at once.
func (v *PageView) Fit() { v.fitTo(fitsWhole) }

// FitWidth makes the pages as wide as the view.
func (v *PageView) FitWidth() { v.fitTo(fitsWidth) }

// ZoomIn enlarges about the middle of the view.
func (v *PageView) ZoomIn() { v.zoom(zoomButton) }

// ZoomOut makes smaller about the middle of the view.
func (v *PageView) ZoomOut() { v.zoom(1 / zoomButton) }

// ShowPage scrolls to a page, or in a strip marks it and brings it into sight.
func (v *PageView) ShowPage(page int) {
	if page < 0 || page >= len(v.sizes) {
		return
	}
	if v.strip {
		v.page = page
		view := v.scroll.Size().Height
		top := min(v.scroll.Offset.Y, v.tops[page]-pageGap)
		v.scroll.ScrollToOffset(fyne.NewPos(0, max(top, v.tops[page+1]-view)))
		v.moved()
		v.sheets.Refresh()
		return
	}
	v.scroll.ScrollToOffset(fyne.NewPos(v.scroll.Offset.X, max(0, v.tops[page]-pageGap)))
	v.moved()
}

func (v *PageView) fitTo(fit pageFit) {
	page := v.page
	v.fit = fit
	v.measure()
	v.ShowPage(page)
}

// zoom keeps what is in the middle of the view there.
func (v *PageView) zoom(factor float32) {
	if len(v.sizes) == 0 || v.strip {
		return
	}
	view, old := v.scroll.Size(), v.sheets.MinSize()
	x, y := (v.scroll.Offset.X+view.Width/2)/old.Width, (v.scroll.Offset.Y+view.Height/2)/old.Height
	v.fit = fitsFree
	v.scale = min(max(v.scale*factor, pageLeast), pageMost)
	v.measure()
	size := v.sheets.MinSize()
	v.scroll.ScrollToOffset(fyne.NewPos(max(0, x*size.Width-view.Width/2), max(0, y*size.Height-view.Height/2)))
	v.moved()
}

// measure finds the scale that the fit asks for and the pages' places at it.
func (v *PageView) measure() {
	view := v.scroll.Size()
	if widest, highest := v.largest(); widest > 0 && !v.strip && view.Width > 0 {
		across, down := (view.Width-2*pageGap)/widest, (view.Height-2*pageGap)/highest
		switch v.fit {
		case fitsWhole:
			v.scale = min(across, down)
		case fitsWidth:
			v.scale = across
		}
		v.scale = min(max(v.scale, pageLeast), pageMost)
	}
	v.tops = make([]float32, len(v.sizes)+1)
	y := pageGap
	for page := range v.sizes {
		v.tops[page] = y
		y += v.pageSize(page).Height + pageGap
		if v.strip {
			y += stripLabel - pageGap/2
		}
	}
	v.tops[len(v.sizes)] = y
	v.sheets.Refresh()
	v.scroll.Refresh()
	if v.OnZoom != nil && !v.strip {
		v.OnZoom(v.Percentage())
	}
}

func (v *PageView) largest() (width, height float32) {
	for _, size := range v.sizes {
		width, height = max(width, size.Width), max(height, size.Height)
	}
	return width, height
}

// pageSize is a page's size in whole px.
func (v *PageView) pageSize(page int) fyne.Size {
	scale := v.scale
	if v.strip {
		scale = stripPage / v.sizes[page].Width
	}
	return fyne.NewSize(round(v.sizes[page].Width*scale), round(v.sizes[page].Height*scale))
}

// visible gives the pages in sight, first to last; none where last < first.
func (v *PageView) visible() (first, last int) {
	top, bottom := v.scroll.Offset.Y, v.scroll.Offset.Y+v.scroll.Size().Height
	for first < len(v.sizes) && v.tops[first+1] <= top {
		first++
	}
	last = first - 1
	for last+1 < len(v.sizes) && v.tops[last+1] < bottom {
		last++
	}
	return first, last
}

// moved draws what came into sight, forgets what went out of it and asks for what is missing.
func (v *PageView) moved() {
	first, last := v.visible()
	for page := range v.pictures {
		if page < first || page > last {
			delete(v.pictures, page)
		}
	}
	if !v.strip {
		v.settle(first, last)
	}
	v.sheets.arrange()
	if _, _, missing := v.Wanted(); missing {
		call(v.OnWant)
	}
}

// settle finds the page in the middle.
func (v *PageView) settle(first, last int) {
	middle := v.scroll.Offset.Y + v.scroll.Size().Height/2
	page := first
	for page < last && v.tops[page+1] <= middle {
		page++
	}
	if page != v.page && page <= last {
		v.page = page
		if v.OnPage != nil {
			v.OnPage(page)
		}
	}
}

// Wanted gives a page in sight that is not drawn yet at its present size, and its width in device pixels.
func (v *PageView) Wanted() (page, width int, missing bool) {
	first, last := v.visible()
	for page := first; page <= last; page++ {
		width := int(math.Round(float64(v.pageSize(page).Width * windowScale())))
		width = min(width, pagePixels)
		if v.pictures[page].width != width {
			return page, width, true
		}
	}
	return 0, 0, false
}

// SetPicture gives a page as it was drawn for a width; nil stands for a page that cannot be drawn and stays white.
func (v *PageView) SetPicture(page, width int, picture image.Image) {
	if first, last := v.visible(); page < first || page > last {
		return
	}
	v.pictures[page] = pagePicture{picture, width}
	v.sheets.arrange()
}

// Inspect describes the view for end-to-end tests: active once all pages in sight are drawn.
func (v *PageView) Inspect() Inspection {
	kind := "pages"
	if v.strip {
		kind = "page strip"
	}
	_, _, missing := v.Wanted()
	text := ""
	if len(v.sizes) > 0 {
		text = fmt.Sprintf("%d / %d", v.page+1, len(v.sizes))
	}
	return Inspection{Kind: kind, Text: text, Active: !missing && len(v.sizes) > 0, Focused: v.focused}
}

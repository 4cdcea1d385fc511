package pdf

import (
	"context"
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// The limits of what is opened and drawn, each checked before any memory is spent on it.
const (
	MaxBytes  = 64 << 20   // of a file
	MaxPages  = 5000       // a batch of letters for every order that a unit can have
	MaxPixels = 32_000_000 // of a drawn page: A4 at 570 dpi
	maxSide   = 14400.0    // pt; PDF's own limit for a page
	minSide   = 3.0        // pt
	pointInch = 72.0       // pt in an inch
)

// Size is a page's size in points of 1/72 inch, as it is shown: turned and cropped.
type Size struct{ Width, Height float64 }

// Document is an open PDF. It is only a memory of its content: an engine that rested or was stopped opens it again.
type Document struct {
	engine  *Engine
	content []byte
	sizes   []Size
}

// Open reads a PDF of at most MaxPages pages. What is encrypted, damaged, empty or too large gives a data.Problem.
// The content must not be changed afterwards.
func (e *Engine) Open(ctx context.Context, content []byte) (*Document, error) {
	return e.OpenUpTo(ctx, content, MaxPages)
}

// OpenUpTo is Open for a file that may only have so many pages.
func (e *Engine) OpenUpTo(ctx context.Context, content []byte, pages int) (*Document, error) {
	if len(content) == 0 {
		return nil, notPDF
	}
	if len(content) > MaxBytes {
		return nil, tooManyBytes(len(content))
	}
	d := &Document{engine: e, content: content}
	err := e.run(ctx, func(s *session) error {
		handle, err := s.handle(d)
		if err != nil {
			return explainOpen(err)
		}
		if d.sizes, err = pageSizes(s, handle, pages); err != nil {
			s.forget(d)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

func pageSizes(s *session, handle references.FPDF_DOCUMENT, most int) ([]Size, error) {
	count, err := s.pdfium.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: handle})
	switch {
	case err != nil:
		return nil, err
	case count.PageCount < 1:
		return nil, empty
	case count.PageCount > most:
		return nil, tooManyPages(count.PageCount, most)
	}
	sizes := make([]Size, count.PageCount)
	for page := range sizes {
		size, err := s.pdfium.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: handle, Index: page})
		if err != nil {
			return nil, err
		}
		sizes[page] = Size{size.Width, size.Height}
		if !sound(size.Width) || !sound(size.Height) {
			return nil, pageTooLarge(page)
		}
	}
	return sizes, nil
}

func sound(side float64) bool { return side >= minSide && side <= maxSide } // not for NaN

// Pages counts the pages.
func (d *Document) Pages() int { return len(d.sizes) }

// Size gives a page's size; pages count from 0.
func (d *Document) Size(page int) Size { return d.sizes[page] }

// Content gives the file's bytes; they must not be changed.
func (d *Document) Content() []byte { return d.content }

// Close gives the document's memory in the engine back.
func (d *Document) Close() {
	go d.engine.run(context.Background(), func(s *session) error { return s.forget(d) })
}

// RenderDPI draws a page on white at a resolution in dots per inch. More than MaxPixels are refused.
func (d *Document) RenderDPI(ctx context.Context, page int, dpi float64) (*image.RGBA, error) {
	if page < 0 || page >= len(d.sizes) {
		return nil, noSuchPage(page, len(d.sizes))
	}
	return d.Render(ctx, page, int(math.Round(d.sizes[page].Width*dpi/pointInch)))
}

// Render draws a page on white, as many pixels wide as asked for; its height follows. Annotations such as a bank's
// seal and filled fields of a form are drawn too. More than MaxPixels are refused.
func (d *Document) Render(ctx context.Context, page, width int) (*image.RGBA, error) {
	if page < 0 || page >= len(d.sizes) {
		return nil, noSuchPage(page, len(d.sizes))
	}
	size := d.sizes[page]
	height := int(math.Ceil(float64(width) * size.Height / size.Width))
	if width < 1 || height < 1 || width > MaxPixels || height > MaxPixels/width {
		return nil, pageTooLarge(page)
	}
	var drawn *image.RGBA
	err := d.on(ctx, page, func(s *session, at requests.Page) error {
		handle, err := s.handle(d)
		if err != nil {
			return err
		}
		rendered, err := s.pdfium.RenderPageInPixels(&requests.RenderPageInPixels{Page: at, Document: &handle, Width: width, Height: height,
			RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, RenderForm: true})
		if err != nil {
			return err
		}
		defer rendered.Cleanup()
		picture, ok := rendered.Result.RenderedImage.(*image.RGBA)
		if !ok {
			return fmt.Errorf("pdfium drew %T", rendered.Result.RenderedImage)
		}
		drawn = onWhite(picture)
		return nil
	})
	return drawn, err
}

// on loads a page, does something with it and frees it, so that a long document takes no more memory than a short one.
func (d *Document) on(ctx context.Context, page int, work func(*session, requests.Page) error) error {
	if page < 0 || page >= len(d.sizes) {
		return noSuchPage(page, len(d.sizes))
	}
	return d.engine.run(ctx, func(s *session) error {
		handle, err := s.handle(d)
		if err != nil {
			return explainOpen(err)
		}
		loaded, err := s.pdfium.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: handle, Index: page})
		switch {
		case err != nil && isAnswer(err):
			return damagedPage(page).Because(err)
		case err != nil: // PDFium itself broke: the next file needs another one
			return err
		}
		err = work(s, requests.Page{ByReference: &loaded.Page})
		if _, closing := s.pdfium.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}); err == nil {
			err = closing
		}
		return err
	})
}

// onWhite copies a picture out of PDFium's memory. A page with transparency comes on a clear ground, its colours not
// yet multiplied with their opacity.
func onWhite(from *image.RGBA) *image.RGBA {
	const full = 0xFF
	to := image.NewRGBA(from.Rect)
	for place := 0; place+3 < len(to.Pix); place += 4 {
		opacity := uint32(from.Pix[place+3])
		for colour := place; colour < place+3; colour++ {
			to.Pix[colour] = uint8((uint32(from.Pix[colour])*opacity + full*(full-opacity) + full/2) / full)
		}
		to.Pix[place+3] = full
	}
	return to
}

package preview

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/desk"
	"peixun/views/ui"
)

// Pages draws a paper into views, one page in sight after the other; pages of the first view come first.
type Pages struct {
	desk    *desk.Desk
	views   []*ui.PageView
	failed  func(error)
	paper   *app.Paper
	end     context.CancelFunc
	drawing bool
}

// NewPages takes views in charge; failed hears of pages that cannot be drawn.
func NewPages(d *desk.Desk, failed func(error), views ...*ui.PageView) *Pages {
	p := &Pages{desk: d, views: views, failed: failed}
	for _, view := range views {
		view.OnWant = p.draw
	}
	return p
}

// Show shows another paper, which is closed when the next one comes or by Close.
func (p *Pages) Show(paper *app.Paper) {
	p.Close()
	p.paper = paper
	sizes := make([]fyne.Size, paper.Pages())
	for page := range sizes {
		sizes[page] = fyne.NewSize(paper.Size(page))
	}
	for _, view := range p.views {
		view.SetPages(sizes)
	}
}

// Close stops drawing and closes the paper.
func (p *Pages) Close() {
	if p.end != nil {
		p.end()
	}
	if p.paper != nil {
		p.paper.Close()
		p.paper = nil
	}
}

func (p *Pages) draw() {
	if p.drawing || p.paper == nil {
		return
	}
	for _, view := range p.views {
		if page, width, missing := view.Wanted(); missing && view.Visible() {
			p.drawPage(view, page, width)
			return
		}
	}
}

func (p *Pages) drawPage(view *ui.PageView, page, width int) {
	type drawn struct {
		picture image.Image
		err     error
	}
	paper := p.paper
	ctx, end := context.WithCancel(context.Background())
	p.drawing, p.end = true, end
	desk.Load(p.desk, new(desk.Sequence), func(context.Context) (drawn, error) {
		picture, err := paper.Draw(ctx, page, width)
		return drawn{picture, err}, nil
	}, func(d drawn) {
		end()
		p.drawing = false
		if p.paper == paper {
			if d.err != nil {
				d.picture = nil // an interface that holds a nil picture is not nil
				p.failed(d.err)
			}
			view.SetPicture(page, width, d.picture)
		}
		p.draw()
	})
}

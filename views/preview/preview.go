// Package preview shows the real pages of a paper before it is printed, saved or opened elsewhere. Every screen that
// makes a paper shows it here.
package preview

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures in px.
const (
	headHeight float32 = 52
	stripWidth float32 = 132
	zoomWidth  float32 = 52
	pageWidth  float32 = 76
)

// Service is what a preview asks of the program; *app.App is one.
type Service interface {
	OpenPaper(ctx context.Context, content []byte) (*app.Paper, error)
	Print(ctx context.Context, content []byte, title string) (app.Printed, error)
	ShowPaper(content []byte) error
}

// Paper is what a preview shows.
type Paper struct {
	// Title names the paper, as in 确认书 QR-2022-0001; it stands in the printer's queue too. Nothing personal.
	Title string
	// Name is proposed for the file, with .pdf. Nothing personal.
	Name string
	// Note warns of something to look at before the paper is printed; may be empty. What Write warns of follows it.
	Note string
	// Write makes the PDF, off the user interface thread. It is called once.
	Write func(ctx context.Context, w io.Writer) (app.Written, error)
	// OnPrinted is called when the paper went to a printer, or to another program to be printed there. May be nil.
	OnPrinted func(printed app.Printed)
	// OnSaved is called when the paper was saved. May be nil.
	OnSaved func(path string)
	// OnClose is called when the preview is gone. May be nil.
	OnClose func()
}

// Preview is an open preview.
type Preview struct {
	desk    *desk.Desk
	service Service
	paper   Paper
	ctx     context.Context
	end     context.CancelFunc

	content []byte
	drawer  *Pages

	cover                *ui.Cover
	note                 *ui.Note
	notes, panel         *fyne.Container
	side                 *fyne.Container
	pages, strip         *ui.PageView
	place                *ui.Text
	print, save, another *ui.Button
	tools                []*ui.Button
}

// Show opens a preview over the whole window. It is there at once; the pages come when they are made and drawn.
func Show(d *desk.Desk, s Service, paper Paper) *Preview {
	p := &Preview{desk: d, service: s, paper: paper}
	p.ctx, p.end = context.WithCancel(context.Background())
	p.build()
	p.cover = ui.ShowCover(d.Window, p.panel, p.Close)
	p.shortcuts(true)
	p.enable()
	p.pages.TakeFocus()
	p.make()
	return p
}

func (p *Preview) build() {
	p.pages, p.strip = ui.NewPageView(), ui.NewPageStrip()
	p.pages.Placeholder = "正在生成……"
	p.drawer = NewPages(p.desk, func(err error) { p.say(ui.ToneDanger, explained(err)) }, p.pages, p.strip)
	p.pages.OnPage = func(page int) { p.strip.ShowPage(page); p.tell() }
	p.strip.OnPage = p.pages.ShowPage
	p.note = ui.NewNote(ui.ToneWarning, "", p.paper.Note)
	p.notes = ui.Pad(16, 8, 16, 8, p.note)
	p.notes.Hidden = p.paper.Note == ""
	p.side = ui.Row(0, ui.Grow(p.strip), ui.FixedFill(1, ui.NewLine()))
	p.side.Hide()
	body := ui.Row(0, ui.FixedFill(stripWidth, p.side), ui.Grow(p.pages))
	p.panel = ui.Stack(ui.Ground(theme.Surface, ui.Column(0, ui.Fixed(headHeight-1, ui.Pad(16, 0, 16, 0, p.head())), ui.NewLine(), p.notes, ui.Grow(body))))
}

func (p *Preview) head() fyne.CanvasObject {
	title := ui.NewElidedText(p.paper.Title, theme.Text)
	title.Bold, title.TextSize = true, theme.SizeSection
	zoom := ui.NewText("", theme.Text)
	zoom.Align = fyne.TextAlignCenter
	p.pages.OnZoom = zoom.SetText
	p.place = ui.NewText("", theme.Secondary)
	p.place.Align = fyne.TextAlignCenter
	tool := func(icon, tip string, action func()) *ui.Button {
		b := ui.NewIconButton(icon, tip, action)
		p.tools = append(p.tools, b)
		return b
	}
	p.print = ui.NewFilledButton("打印", "printer", p.sendToPrinter)
	p.print.Tip = "Ctrl+P"
	p.save = ui.NewButton("保存为 PDF", "download", p.chooseFile)
	p.save.Tip = "Ctrl+S"
	p.another = ui.NewButton("用其他程序打开", "external-link", p.openElsewhere)
	return ui.Row(8, ui.Wide(title),
		tool("chevron-left", "上一页（PgUp）", func() { p.pages.ShowPage(p.pages.Page() - 1) }), ui.Fixed(pageWidth, p.place),
		tool("chevron-right", "下一页（PgDn）", func() { p.pages.ShowPage(p.pages.Page() + 1) }), ui.NewDivider(),
		tool("zoom-out", "缩小（−）", p.pages.ZoomOut), ui.Fixed(zoomWidth, zoom), tool("zoom-in", "放大（+）", p.pages.ZoomIn),
		tool("fit", "整页（0）", p.pages.Fit), tool("arrow-left-right", "适合宽度", p.pages.FitWidth), ui.NewDivider(),
		p.another, p.save, p.print, ui.NewIconButton("x", "关闭（Esc）", p.Close))
}

// Close takes the preview away and stops what it does.
func (p *Preview) Close() {
	if p.cover == nil {
		return
	}
	p.cover.Hide()
	p.cover = nil
	p.end()
	p.shortcuts(false)
	p.drawer.Close()
	if p.paper.OnClose != nil {
		p.paper.OnClose()
	}
}

// make writes the PDF and opens it. It can be printed and saved as soon as it is written: the very first preview on a
// machine has to wait some seconds for its pages.
func (p *Preview) make() {
	type made struct {
		content []byte
		written app.Written
		err     error
	}
	desk.Load(p.desk, new(desk.Sequence), func(context.Context) (made, error) {
		var content bytes.Buffer
		written, err := p.paper.Write(p.ctx, &content)
		return made{content.Bytes(), written, err}, nil
	}, func(m made) {
		switch {
		case p.cover == nil:
		case m.err != nil:
			p.Close()
			p.desk.Fail(m.err)
		default:
			p.content = m.content
			p.warn(m.written.Warnings)
			p.enable()
			p.open()
		}
	})
}

func (p *Preview) open() {
	p.pages.Placeholder = "正在准备预览……第一次要等大约十秒，以后很快。不等也可以直接打印或保存。"
	p.pages.Refresh()
	type opened struct {
		paper *app.Paper
		err   error
	}
	desk.Load(p.desk, new(desk.Sequence), func(context.Context) (opened, error) {
		paper, err := p.service.OpenPaper(p.ctx, p.content)
		return opened{paper, err}, nil
	}, func(o opened) {
		switch {
		case p.cover == nil:
			if o.paper != nil {
				o.paper.Close()
			}
		case o.err != nil:
			p.pages.Placeholder = explained(o.err)
			p.pages.Refresh()
		default:
			p.showPages(o.paper)
		}
	})
}

func (p *Preview) showPages(paper *app.Paper) {
	single := paper.Pages() < 2
	p.side.Hidden, p.strip.Hidden = single, single
	p.drawer.Show(paper)
	p.enable()
	p.tell()
	p.panel.Refresh()
}

func (p *Preview) tell() {
	p.place.SetText(fmt.Sprintf("%d / %d 页", p.pages.Page()+1, p.pages.Pages()))
}

func (p *Preview) enable() {
	for _, b := range []*ui.Button{p.print, p.save, p.another} {
		b.SetDisabled(p.content == nil)
	}
	for _, b := range p.tools {
		b.SetDisabled(p.pages.Pages() == 0)
	}
}

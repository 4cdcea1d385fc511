package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Drawer measures in px.
const (
	drawerHead float32 = 48
	drawerTabs float32 = 36
	drawerFoot float32 = 56
)

// Drawer is a panel at the right of a list that shows one row: a head with title, state and arrows,
// tabs, a body that scrolls and buttons at the bottom. It never covers the list.
type Drawer struct {
	core
	// OnStep is called with -1 or 1 by the arrows; without it there are none.
	OnStep func(delta int)
	// OnClose is called by the x; without it there is none.
	OnClose func()
	// OnTab is called with the index of a chosen tab.
	OnTab func(index int)

	title  *ElidedText
	pills  *fyne.Container
	tabs   *Tabs
	body   *fyne.Container
	footer *fyne.Container
	all    *fyne.Container
}

// NewDrawer makes an empty drawer with the given tabs, or none.
func NewDrawer(tabs ...string) *Drawer {
	d := &Drawer{title: NewElidedText("", theme.Text), pills: Row(8), body: Stack(), footer: Row(8)}
	d.title.TextSize, d.title.Bold = theme.SizeSection, true
	if len(tabs) > 0 {
		d.tabs = NewWordTabs(tabs...)
		d.tabs.Height, d.tabs.Indent = drawerTabs, 6
		d.tabs.OnChanged = func(index int) {
			if d.OnTab != nil {
				d.OnTab(index)
			}
		}
	}
	d.ExtendBaseWidget(d)
	return d
}

// SetTitle changes the head; pills stand right of the title.
func (d *Drawer) SetTitle(title string, pills ...fyne.CanvasObject) {
	d.title.SetText(title)
	d.pills.Objects = pills
	d.relayout()
}

// SetBody changes what scrolls between head and buttons; it gets 16 px on both sides.
func (d *Drawer) SetBody(body fyne.CanvasObject) {
	d.body.Objects = []fyne.CanvasObject{NewScroll(Pad(16, 11, 16, 12, body))}
	d.relayout()
}

// SetFooter changes the buttons; none leaves the strip out. Buttons in Wide share the width.
func (d *Drawer) SetFooter(objects ...fyne.CanvasObject) {
	d.footer.Objects = objects
	d.relayout()
}

// Tab gives the index of the chosen tab.
func (d *Drawer) Tab() int {
	if d.tabs == nil {
		return 0
	}
	return d.tabs.Selected()
}

// SetTab chooses a tab without calling OnTab.
func (d *Drawer) SetTab(index int) {
	if d.tabs != nil {
		d.tabs.SetSelected(index)
	}
}

// Inspect describes the drawer for end-to-end tests.
func (d *Drawer) Inspect() Inspection { return Inspection{Kind: "drawer", Text: d.title.Content} }

func (d *Drawer) relayout() {
	if d.all != nil {
		d.arrange()
		d.all.Refresh()
		d.Refresh()
	}
}

// arrange lists the parts that are there.
func (d *Drawer) arrange() {
	// The title grows only as far as it is long, so that the pills follow it.
	title := Row(8, d.title, d.pills)
	title.Layout = &titleRow{}
	buttons := Row(0)
	if d.OnStep != nil {
		buttons.Add(grey(NewIconButton("chevron-up", "上一条", func() { d.OnStep(-1) })))
		buttons.Add(grey(NewIconButton("chevron-down", "下一条", func() { d.OnStep(1) })))
	}
	if d.OnClose != nil {
		buttons.Add(grey(NewIconButton("x", "关闭", func() { d.OnClose() })))
	}
	parts := []fyne.CanvasObject{Fixed(drawerHead, Pad(16, 0, 8, 0, Row(4, Grow(title), buttons)))}
	if d.tabs != nil {
		parts = append(parts, Fixed(drawerTabs, Stack(Pad(0, drawerTabs-1, 0, 0, NewLine()), d.tabs)))
	} else {
		parts = append(parts, NewLine())
	}
	parts = append(parts, Grow(d.body))
	if len(d.footer.Objects) > 0 {
		parts = append(parts, NewLine(), Fixed(drawerFoot-1, Pad(16, 1, 16, 0, d.footer)))
	}
	d.all.Objects = []fyne.CanvasObject{NewBox(theme.Surface, theme.None, 0), Column(0, parts...)}
}

func grey(b *Button) *Button {
	b.IconRole = theme.Secondary
	return b
}

// titleRow gives the first object its natural width where there is room, and the second the rest.
type titleRow struct{}

// MinSize is part of fyne.Layout.
func (*titleRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40+objects[1].MinSize().Width, 24)
}

// Layout is part of fyne.Layout.
func (*titleRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title := objects[0].(*ElidedText)
	pills := objects[1].MinSize()
	width := ceil(textWidth(title.Content, title.TextSize, title.Bold))
	width = max(0, min(width, size.Width-pills.Width-8))
	place(title, 0, floor((size.Height-24)/2), width, 24)
	place(objects[1], width+8, floor((size.Height-pills.Height)/2), pills.Width, pills.Height)
}

// CreateRenderer is part of fyne.Widget.
func (d *Drawer) CreateRenderer() fyne.WidgetRenderer {
	d.all = Stack()
	d.arrange()
	r := newRenderer(d, &d.core, d.all)
	r.minSize = func() fyne.Size { return fyne.NewSize(240, 200) }
	r.layout = func(size fyne.Size) { d.all.Resize(size) }
	return r.start()
}

// DrawerHost shows a list and, while one is open, a drawer right of it.
type DrawerHost struct {
	core
	// Width is the drawer's in px, the line before it included.
	Width float32
	// OnOpen is called after the drawer opened or closed, as to change a list's layout.
	OnOpen func(open bool)

	main, drawer fyne.CanvasObject
	line         *Line
}

// NewDrawerHost makes a host whose drawer is width px wide and closed.
func NewDrawerHost(main, drawer fyne.CanvasObject, width float32) *DrawerHost {
	h := &DrawerHost{Width: width, main: main, drawer: drawer, line: NewLine()}
	drawer.Hide()
	h.line.Hide()
	h.ExtendBaseWidget(h)
	return h
}

// SetOpen shows or hides the drawer.
func (h *DrawerHost) SetOpen(open bool) {
	if h.IsOpen() == open {
		return
	}
	if open {
		h.drawer.Show()
		h.line.Show()
	} else {
		h.drawer.Hide()
		h.line.Hide()
	}
	h.Refresh()
	if h.OnOpen != nil {
		h.OnOpen(open)
	}
}

// IsOpen tells whether the drawer is shown.
func (h *DrawerHost) IsOpen() bool { return h.drawer.Visible() }

// CreateRenderer is part of fyne.Widget.
func (h *DrawerHost) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(h, &h.core, h.main, h.line, h.drawer)
	r.minSize = func() fyne.Size { return h.main.MinSize() }
	r.layout = func(size fyne.Size) {
		width := size.Width
		if h.IsOpen() {
			width -= h.Width
			place(h.line, width, 0, 1, size.Height)
			place(h.drawer, width+1, 0, h.Width-1, size.Height)
		}
		place(h.main, 0, 0, width, size.Height)
	}
	return r.start()
}

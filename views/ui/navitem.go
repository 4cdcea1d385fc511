package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Navigation measures in px.
const (
	navHeight      float32 = 34
	navChildHeight float32 = 32
	navIcon        float32 = 18
	navIndent      float32 = 34
	navPadding     float32 = 8
	navCountGap    float32 = 4 // at least, on both sides of the count
)

// NavItem is a line of the navigation: a group that folds, a page, or a page inside a group.
type NavItem struct {
	press
	// Icon is empty for a page inside a group.
	Icon string
	// Label is the page's name.
	Label string
	// Child makes the line lower and without an icon.
	Child bool
	// Group shows a chevron and, while folded, the sum of its pages' counts.
	Group bool

	count        string
	open, active bool
}

// NewNavItem makes a page's line.
func NewNavItem(icon, label string, tapped func()) *NavItem {
	n := &NavItem{Icon: icon, Label: label}
	n.OnTapped = tapped
	n.extend(n)
	return n
}

// NewNavGroup makes a line that folds and unfolds.
func NewNavGroup(icon, label string, tapped func()) *NavItem {
	n := NewNavItem(icon, label, tapped)
	n.Group = true
	return n
}

// NewNavChild makes the line of a page inside a group.
func NewNavChild(label string, tapped func()) *NavItem {
	n := NewNavItem("", label, tapped)
	n.Child = true
	return n
}

// SetCount shows how much waits there; "" shows nothing.
func (n *NavItem) SetCount(count string) {
	if n.count != count {
		n.count = count
		n.Refresh()
	}
}

// SetActive marks the page that is shown.
func (n *NavItem) SetActive(active bool) {
	if n.active != active {
		n.active = active
		n.Refresh()
	}
}

// Active tells whether the line is marked.
func (n *NavItem) Active() bool { return n.active }

// SetOpen turns a group's chevron.
func (n *NavItem) SetOpen(open bool) {
	if n.open != open {
		n.open = open
		n.Refresh()
	}
}

// Open tells whether a group is unfolded.
func (n *NavItem) Open() bool { return n.open }

// Inspect describes the line for end-to-end tests.
func (n *NavItem) Inspect() Inspection {
	return Inspection{Kind: "navigation", Text: n.Label, Tip: n.count, Active: n.active, Checked: n.open, Focused: n.focused}
}

type navParts struct {
	ground, badge, ring *shape
	icon, chevron       *canvas.Image
	label, count        *canvas.Text
}

// CreateRenderer is part of fyne.Widget.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	p := &navParts{
		newShape(), newShape(), newShape(), newIconImage(), newIconImage(),
		newLine("", theme.SizeBody, false), newLine("", theme.SizeCaption, false),
	}
	p.count.Alignment = fyne.TextAlignCenter
	r := newRenderer(n, &n.core, p.ground.Raster, p.icon, p.label, p.badge.Raster, p.count, p.chevron, p.ring.Raster)
	r.minSize = func() fyne.Size {
		if n.Child {
			return fyne.NewSize(navIndent, navChildHeight)
		}
		return fyne.NewSize(navIndent, navHeight)
	}
	r.layout = func(size fyne.Size) { n.layout(p, size) }
	r.refresh = func() { n.paint(p) }
	return r.start()
}

func (n *NavItem) layout(p *navParts, size fyne.Size) {
	place(p.ground, 0, 0, size.Width, size.Height)
	place(p.ring, 0, 0, size.Width, size.Height)
	place(p.icon, navPadding, floor((size.Height-navIcon)/2), navIcon, navIcon)
	right := size.Width - navPadding
	if n.Group {
		place(p.chevron, right-chevronExtent, floor((size.Height-chevronExtent)/2), chevronExtent, chevronExtent)
		right -= chevronExtent + navCountGap
	}
	if p.count.Text != "" {
		width := max(20, pillWidth(p.count.Text, countPadding))
		place(p.badge, right-width, floor((size.Height-countHeight)/2), width, countHeight)
		place(p.count, right-width, floor((size.Height-countHeight)/2), width, countHeight)
		right -= width + navCountGap
	}
	p.label.Text = elide(n.Label, right-navIndent, theme.SizeBody, n.active)
	place(p.label, navIndent, -1, right-navIndent, size.Height)
}

func (n *NavItem) paint(p *navParts) {
	ground, text, sign := theme.None, theme.Text, theme.Secondary
	if n.hovered {
		ground = theme.Hover
	}
	if n.active {
		ground, text, sign = theme.TintPrimary, theme.TextPrimary, theme.TextPrimary
	}
	p.ground.paint(ground, theme.None, 0, 4)
	focusRing(p.ring, n.ring())
	setIcon(p.icon, n.Icon, sign, navIcon)
	p.label.Color, p.label.TextStyle.Bold = theme.Color(text), n.active
	chevron := ""
	if n.Group {
		chevron = "chevron-right"
		if n.open {
			chevron = "chevron-down"
		}
	}
	setIcon(p.chevron, chevron, theme.Secondary, chevronExtent)
	p.count.Text, p.count.Color = n.count, theme.Color(theme.TextNeutral)
	if n.Group && n.open {
		p.count.Text = ""
	}
	p.badge.Hidden = p.count.Text == ""
	if n.active {
		p.badge.paint(theme.Surface, theme.None, 0, countHeight/2)
	} else {
		p.badge.paint(theme.TintNeutral, theme.None, 0, countHeight/2)
	}
}

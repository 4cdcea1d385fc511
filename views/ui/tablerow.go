package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// tableRowView is one row of the pool.
type tableRowView struct {
	box              *fyne.Container
	ground, line     *canvas.Rectangle
	edge             *canvas.Rectangle
	tick             *shape
	mark             *canvas.Image
	cells            []*cellView
	at               int // the row that is shown, or -1
	boxOrderOutdated bool
}

// cellView draws one cell; what few cells need is made when first needed.
type cellView struct {
	value      Cell
	text, note *canvas.Text
	pill       *shape
	notePill   *shape
	tint, edge *canvas.Rectangle
	icon       *canvas.Image
	bar        *barView
	cut        bool // the text was too long to be shown whole
	right      float32
}

func (g *grid) newRow() *tableRowView {
	row := &tableRowView{
		ground: &canvas.Rectangle{}, line: &canvas.Rectangle{}, edge: &canvas.Rectangle{},
		tick: newShape(), mark: newIconImage(), at: -1,
	}
	for range g.Columns {
		row.cells = append(row.cells, &cellView{text: newLine("", theme.SizeBody, false)})
	}
	row.box = &fyne.Container{}
	row.order()
	return row
}

// order lists the row's objects, the lowest first.
func (r *tableRowView) order() {
	objects := []fyne.CanvasObject{r.ground, r.line}
	for _, c := range r.cells {
		if c.tint != nil {
			objects = append(objects, c.tint, c.edge)
		}
	}
	objects = append(objects, r.edge, r.tick.Raster, r.mark)
	for _, c := range r.cells {
		if c.pill != nil {
			objects = append(objects, c.pill.Raster)
		}
		if c.notePill != nil {
			objects = append(objects, c.notePill.Raster)
		}
		if c.bar != nil {
			objects = append(objects, c.bar.objects()...)
		}
		if c.icon != nil {
			objects = append(objects, c.icon)
		}
		if c.note != nil {
			objects = append(objects, c.note)
		}
		objects = append(objects, c.text)
	}
	r.box.Objects = objects
	r.boxOrderOutdated = false
}

// bind fills a row of the pool.
func (g *grid) bind(row *tableRowView, at int) {
	row.at = at
	width, height := g.Size().Width, g.RowHeight
	row.box.Resize(fyne.NewSize(width, height))
	row.ground.Resize(fyne.NewSize(width, height-1))
	place(row.line, 0, height-1, width, 1)
	row.edge.Resize(fyne.NewSize(tableOpenEdge, height-1))
	for i := range g.Columns {
		g.bindCell(row, i)
	}
	if row.boxOrderOutdated {
		row.order()
	}
	g.paintState(row)
}

func (g *grid) bindCell(row *tableRowView, column int) {
	view := row.cells[column]
	if g.spans[column].width <= 0 {
		view.hide()
		return
	}
	cell := g.Cell(row.at, column)
	view.value = cell
	view.show(row, cell)
	x, width := g.inner(column)
	height := g.RowHeight - 1
	if cell.Bad {
		place(view.tint, g.spans[column].x, 0, g.spans[column].width, height)
		place(view.edge, g.spans[column].x, 0, 2, height)
		view.tint.FillColor, view.edge.FillColor = theme.Color(theme.TintDanger), theme.Color(theme.Danger)
	}
	x, width = x+cell.Indent, max(0, width-cell.Indent)
	if cell.Icon != "" {
		place(view.icon, x, floor((height-iconExtent)/2)+1, iconExtent, iconExtent)
		setIcon(view.icon, cell.Icon, theme.Secondary, iconExtent)
		x, width = x+iconExtent+tablePadding, width-iconExtent-tablePadding
	}
	switch {
	case cell.Bar:
		view.layoutBar(x, floor((height-barHeight)/2), width)
	case cell.Tone != NoTone:
		view.layoutPill(x, width, height, g.Columns[column].Right)
	default:
		g.layoutText(view, row.at, column, x, width)
	}
}

func (v *cellView) hide() {
	v.value = Cell{}
	v.text.Text = ""
	for _, o := range v.extras() {
		o.Hide()
	}
}

func (v *cellView) extras() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if v.note != nil {
		out = append(out, v.note)
	}
	if v.pill != nil {
		out = append(out, v.pill.Raster)
	}
	if v.notePill != nil {
		out = append(out, v.notePill.Raster)
	}
	if v.tint != nil {
		out = append(out, v.tint, v.edge)
	}
	if v.icon != nil {
		out = append(out, v.icon)
	}
	if v.bar != nil {
		out = append(out, v.bar.objects()...)
	}
	return out
}

// show makes what the cell needs and hides what it does not.
func (v *cellView) show(row *tableRowView, cell Cell) {
	if cell.Note != "" && v.note == nil {
		v.note, row.boxOrderOutdated = newLine("", theme.SizeCaption, false), true
	}
	if cell.Tone != NoTone && v.pill == nil {
		v.pill, row.boxOrderOutdated = newShape(), true
	}
	if cell.NoteTone != NoTone && v.notePill == nil {
		v.notePill, row.boxOrderOutdated = newShape(), true
	}
	if cell.Bad && v.tint == nil {
		v.tint, v.edge, row.boxOrderOutdated = &canvas.Rectangle{}, &canvas.Rectangle{}, true
	}
	if cell.Icon != "" && v.icon == nil {
		v.icon, row.boxOrderOutdated = newIconImage(), true
	}
	if cell.Bar && v.bar == nil {
		v.bar, row.boxOrderOutdated = newBarView(), true
		v.bar.paint([]BarPart{{}})
	}
	if v.note != nil {
		v.note.Hidden = cell.Note == ""
	}
	if v.pill != nil {
		v.pill.Hidden = cell.Tone == NoTone || cell.Text == ""
	}
	if v.notePill != nil {
		v.notePill.Hidden = cell.NoteTone == NoTone || cell.Note == ""
	}
	if v.tint != nil {
		v.tint.Hidden, v.edge.Hidden = !cell.Bad, !cell.Bad
	}
	if v.icon != nil && cell.Icon == "" {
		v.icon.Hide()
	}
	if v.bar != nil {
		v.bar.setHidden(!cell.Bar)
	}
	v.text.Hidden = cell.Bar
}

func (v *cellView) layoutBar(x, y, width float32) {
	role := v.value.BarRole
	if role == theme.None {
		role = theme.Primary
	}
	parts := []BarPart{{v.value.Fraction, role}}
	v.bar.paint(parts)
	v.bar.layout(parts, x, y, width)
}

func (v *cellView) layoutPill(x, width, height float32, right bool) {
	text := elide(v.value.Text, width-2*pillPadding, theme.SizeCaption, false)
	v.cut = text != v.value.Text
	pill := pillWidth(text, pillPadding)
	if right {
		x += width - pill
	}
	y := floor((height - pillHeight + 1) / 2)
	if v.value.Note != "" {
		y = floor((height - 2*pillHeight - notePillGap) / 2)
		v.layoutNotePill(x, y+pillHeight+notePillGap, width)
	}
	place(v.pill, x, y, pill, pillHeight)
	v.pill.paint(v.value.Tone.tint(), theme.None, 0, pillHeight/2)
	v.text.Text, v.text.TextSize, v.text.TextStyle.Bold = text, theme.SizeCaption, false
	v.text.Alignment, v.text.Color = fyne.TextAlignCenter, theme.Color(v.value.Tone.text())
	place(v.text, x, y+lineShift(theme.SizeCaption), pill, pillHeight)
	v.right = x + pill
}

// notePillGap parts a pill from the one below it, in px.
const notePillGap float32 = 2

// layoutNotePill draws the note under a pill as another.
func (v *cellView) layoutNotePill(x, y, width float32) {
	v.note.Text = elide(v.value.Note, width-2*pillPadding, theme.SizeCaption, false)
	pill := pillWidth(v.note.Text, pillPadding)
	if v.notePill != nil {
		place(v.notePill, x, y, pill, pillHeight)
		v.notePill.paint(v.value.NoteTone.tint(), theme.None, 0, pillHeight/2)
	}
	v.note.Alignment, v.note.Color = fyne.TextAlignCenter, theme.Color(v.value.NoteTone.text())
	place(v.note, x, y+lineShift(theme.SizeCaption), pill, pillHeight)
}

func (g *grid) layoutText(v *cellView, row, column int, x, width float32) {
	cell := v.value
	bold := cell.Bold || (g.Columns[column].Strong && g.isOpen && g.key(row) == g.openKey)
	cut := elide
	if cell.Middle {
		cut = elideMiddle
	}
	v.text.Text = cut(cell.Text, width, theme.SizeBody, bold)
	v.cut = v.text.Text != cell.Text
	v.text.TextSize, v.text.TextStyle.Bold = theme.SizeBody, bold
	v.text.Alignment = fyne.TextAlignLeading
	if g.Columns[column].Right {
		v.text.Alignment = fyne.TextAlignTrailing
	}
	role := cell.Role
	switch {
	case cell.Bad && role == theme.None:
		role = theme.TextDanger
	case cell.Link:
		role = theme.Primary
	case g.rowDisabled(row):
		role = theme.Secondary
	case role == theme.None:
		role = theme.Text
	}
	v.text.Color = theme.Color(role)
	height := g.RowHeight - 1
	v.right = x + width
	if cell.Link && !g.Columns[column].Right {
		v.right = x + textWidth(v.text.Text, theme.SizeBody, bold)
	}
	if v.note == nil || v.note.Hidden {
		place(v.text, x, 0, width, height)
		return
	}
	top := floor((height - 36) / 2)
	place(v.text, x, top-1, width, 20)
	place(v.note, x, top+19, width, 16)
	v.note.Text = elide(cell.Note, width, theme.SizeCaption, false)
	v.note.Color, v.note.Alignment = theme.Color(theme.Secondary), v.text.Alignment
}

// paintState paints what depends on pointer, keyboard and ticks, not on the data.
func (g *grid) paintState(row *tableRowView) {
	key := g.key(row.at)
	ground, edge := theme.Surface, theme.None
	isOpen := g.isOpen && key == g.openKey
	switch {
	case g.ticked[key], isOpen && (!g.Ticks || g.Cells):
		ground = theme.TintPrimary
	case row.at == g.hover && g.interactive():
		ground = theme.RowHover
	}
	if isOpen && !g.Cells {
		edge = theme.Primary
	}
	row.ground.FillColor, row.edge.FillColor = theme.Color(ground), theme.Color(edge)
	row.line.FillColor = theme.Color(theme.Border)
	row.line.Hidden = g.fits && row.at == g.known()-1 // the card's own edge follows
	row.tick.Hidden = !g.Ticks
	if !g.Ticks {
		row.mark.Hide()
		return
	}
	sign := ""
	if g.ticked[key] {
		sign = "check"
	}
	placeTick(row.tick, row.mark, tableEdge, floor((g.RowHeight-tickExtent+4)/2))
	paintTick(row.tick, row.mark, sign, g.rowDisabled(row.at))
}

// interactive tells whether rows react to the pointer.
func (g *grid) interactive() bool { return g.OnOpen != nil || g.OnEdit != nil || g.Ticks || g.Cells }

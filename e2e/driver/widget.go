package driver

import (
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"time"
)

// Widget is one visible widget, or a piece of one, as the program's inspection socket tells it (views/ui/inspection.go).
type Widget struct {
	// Window is the title of the window that shows it, "" for the main one.
	Window      string `json:"window"`
	Kind        string `json:"kind"`
	Text        string `json:"text"`
	Placeholder string `json:"placeholder"`
	Tip         string `json:"tip"`
	Disabled    bool   `json:"disabled"`
	Checked     bool   `json:"checked"`
	Focused     bool   `json:"focused"`
	Bad         bool   `json:"bad"`
	Active      bool   `json:"active"`
	Layer       int    `json:"layer"`
	X           int    `json:"x"`
	Y           int    `json:"y"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
}

// String writes a widget for a failure's list.
func (w Widget) String() string {
	text := fmt.Sprintf("%s %q", w.Kind, w.Text)
	if w.Text == "" && w.Placeholder != "" {
		text += fmt.Sprintf(" placeholder %q", w.Placeholder)
	}
	if w.Tip != "" && w.Tip != w.Text {
		text += fmt.Sprintf(" tip %q", w.Tip)
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{{w.Disabled, "disabled"}, {w.Checked, "checked"}, {w.Focused, "focused"}, {w.Bad, "bad"}, {w.Active, "active"}} {
		if flag.on {
			text += " " + flag.name
		}
	}
	return text + fmt.Sprintf(" at %d,%d %d×%d", w.X, w.Y, w.Width, w.Height)
}

// middle is where a person would click.
func (w Widget) middle() (x, y int) { return w.X + w.Width/2, w.Y + w.Height/2 }

// holds tells whether the middle of another widget lies within this one.
func (w Widget) holds(other Widget) bool {
	x, y := other.middle()
	return x >= w.X && x < w.X+w.Width && y >= w.Y && y < w.Y+w.Height
}

// topLayer is the layer that takes the pointer.
func topLayer(seen []Widget) int {
	top := 0
	for _, widget := range seen {
		top = max(top, widget.Layer)
	}
	return top
}

// lookDeadline is how long the program may take to answer.
const lookDeadline = 30 * time.Second

// look gives all visible widgets of the window that is worked in, placed as on the screen.
func (p *Program) look() ([]Widget, error) {
	all, err := p.lookEverywhere()
	var seen []Widget
	for _, widget := range all {
		if widget.Window == p.title {
			widget.X, widget.Y = widget.X+p.left, widget.Y+p.top
			seen = append(seen, widget)
		}
	}
	return seen, err
}

// lookEverywhere asks the program for the visible widgets of all its windows.
func (p *Program) lookEverywhere() ([]Widget, error) {
	connection, err := net.DialTimeout("unix", p.socket, lookDeadline)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(lookDeadline)); err != nil {
		return nil, err
	}
	var seen []Widget
	if err := json.NewDecoder(connection).Decode(&seen); err != nil {
		return nil, fmt.Errorf("read the widgets: %w", err)
	}
	return seen, nil
}

// fieldKinds are the kinds of widget that stand behind a form's label.
var fieldKinds = map[string]bool{"field": true, "date": true, "select": true, "textarea": true, "readonly": true, "segments": true}

// Query says which widget is meant. Without Anywhere only the layer that takes the pointer is searched.
type Query struct {
	name     string
	matches  func(w Widget, seen []Widget) bool
	anywhere bool
	nth      int // from 1; 0 wants exactly one
}

// String names what is looked for in failures.
func (q Query) String() string { return q.name }

// Nth means the nth of several, from 1, in the order of the window's layout.
func (q Query) Nth(n int) Query {
	q.nth = n
	q.name = fmt.Sprintf("%s, number %d", q.name, n)
	return q
}

// Anywhere searches below dialogs and menus too.
func (q Query) Anywhere() Query {
	q.anywhere = true
	return q
}

// Within means one that lies inside a widget that another query finds.
func (q Query) Within(outer Query) Query {
	inside := q.matches
	q.name += " in " + outer.name
	q.matches = func(w Widget, seen []Widget) bool {
		if !inside(w, seen) {
			return false
		}
		for _, other := range seen {
			if other.Layer == w.Layer && other.holds(w) && outer.matches(other, seen) {
				return true
			}
		}
		return false
	}
	return q
}

// Kind means a widget of a kind with exactly this text.
func Kind(kind, text string) Query {
	return Query{name: fmt.Sprintf("the %s “%s”", kind, text), matches: func(w Widget, _ []Widget) bool { return w.Kind == kind && w.Text == text }}
}

// KindLike means a widget of a kind whose text holds this.
func KindLike(kind, text string) Query {
	return Query{name: fmt.Sprintf("a %s with “%s”", kind, text), matches: func(w Widget, _ []Widget) bool {
		return w.Kind == kind && strings.Contains(w.Text, text)
	}}
}

// Button means a button by its label or tooltip.
func Button(label string) Query { return Kind("button", label) }

// Text means any widget that shows this within its text.
func Text(part string) Query {
	return Query{name: fmt.Sprintf("the words “%s”", part), matches: func(w Widget, _ []Widget) bool { return strings.Contains(w.Text, part) }}
}

// Field means the field behind a form's label.
func Field(label string) Query {
	return Query{name: fmt.Sprintf("the field “%s”", label), matches: func(w Widget, seen []Widget) bool {
		if !fieldKinds[w.Kind] {
			return false
		}
		for _, row := range seen {
			if row.Kind == "row" && row.Text == label && row.Layer == w.Layer && row.holds(w) {
				return true
			}
		}
		return false
	}}
}

// Beside means a widget of a kind on the same line as words, such as an amount's field beside an organisation.
func Beside(kind, words string) Query {
	return Query{name: fmt.Sprintf("the %s beside “%s”", kind, words), matches: func(w Widget, seen []Widget) bool {
		_, y := w.middle()
		for _, text := range seen {
			if text.Kind == "text" && text.Text == words && text.Layer == w.Layer && y >= text.Y && y < text.Y+text.Height {
				return w.Kind == kind
			}
		}
		return false
	}}
}

// Placeholder means the field or picker that shows this grey text while it is empty.
func Placeholder(text string) Query {
	return Query{name: fmt.Sprintf("the field that asks “%s”", text), matches: func(w Widget, _ []Widget) bool { return w.Placeholder == text }}
}

// Navigation means a line of the navigation.
func Navigation(label string) Query { return Kind("navigation", label) }

// Cell means a table's cell by its column's title and its text.
func Cell(column, text string) Query {
	return Query{name: fmt.Sprintf("the cell “%s” of column %s", text, column), matches: func(w Widget, _ []Widget) bool {
		return w.Kind == "cell" && w.Tip == column && w.Text == text
	}}
}

// TickOf means the box before a table's row that has a cell with this text.
func TickOf(text string) Query {
	return Query{name: fmt.Sprintf("the tick of the row “%s”", text), matches: func(w Widget, seen []Widget) bool {
		if w.Kind != "checkbox" || w.Text != "" {
			return false
		}
		for _, cell := range seen {
			if cell.Kind == "cell" && cell.Text == text && cell.Layer == w.Layer && cell.Y == w.Y && cell.Height == w.Height {
				return true
			}
		}
		return false
	}}
}

// find gives the widgets that a query means.
func find(seen []Widget, q Query) []Widget {
	top := topLayer(seen)
	var found []Widget
	for _, widget := range seen {
		if (q.anywhere || widget.Layer == top) && q.matches(widget, seen) {
			found = append(found, widget)
		}
	}
	if q.nth == 0 {
		return found
	}
	if q.nth > len(found) {
		return nil
	}
	return found[q.nth-1 : q.nth]
}

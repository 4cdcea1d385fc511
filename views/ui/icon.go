package ui

import (
	"fmt"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/assets"
	"peixun/views/theme"
)

// strokeShare is the design's line: 1.75 on Lucide's grid of 24.
const strokeShare = 1.75 / 24

var (
	iconResources = map[string]fyne.Resource{}

	arcCommands  = regexp.MustCompile(`([aA])([^a-zA-Z"]+)`)
	pathData     = regexp.MustCompile(` d="[^"]+"`)
	arcArguments = regexp.MustCompile(`-?(\d+\.?\d*|\.\d+)`)
)

// Icon is a Lucide icon with a role.
type Icon struct {
	core
	// Name is the file's name in assets/icons without its ending; "" draws nothing.
	Name string
	// Role is the line's colour.
	Role theme.Role
	// Extent is width and height in px.
	Extent float32
}

// NewIcon makes an icon of 16 px.
func NewIcon(name string, role theme.Role) *Icon { return NewSizedIcon(name, role, 16) }

// NewSizedIcon makes an icon of the given width and height in px.
func NewSizedIcon(name string, role theme.Role, extent float32) *Icon {
	i := &Icon{Name: name, Role: role, Extent: extent}
	i.ExtendBaseWidget(i)
	return i
}

// SetIcon changes picture and colour.
func (i *Icon) SetIcon(name string, role theme.Role) {
	i.Name, i.Role = name, role
	i.Refresh()
}

// Inspect describes the icon for end-to-end tests.
func (i *Icon) Inspect() Inspection { return Inspection{Kind: "icon", Text: i.Name} }

// CreateRenderer is part of fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	picture := newIconImage()
	r := newRenderer(i, &i.core, picture)
	r.minSize = func() fyne.Size { return fyne.NewSquareSize(i.Extent) }
	r.layout = func(size fyne.Size) {
		place(picture, floor((size.Width-i.Extent)/2), floor((size.Height-i.Extent)/2), i.Extent, i.Extent)
	}
	r.refresh = func() { setIcon(picture, i.Name, i.Role, i.Extent) }
	return r.start()
}

func newIconImage() *canvas.Image {
	picture := &canvas.Image{}
	picture.FillMode = canvas.ImageFillStretch
	return picture
}

// setIcon shows an icon in a role's colour; an unknown name hides the picture.
func setIcon(picture *canvas.Image, name string, role theme.Role, extent float32) {
	resource := iconResource(name, role, extent)
	if resource == nil {
		picture.Hide()
		return
	}
	picture.Show()
	if picture.Resource != resource {
		picture.Resource = resource
		picture.Refresh()
	}
}

// iconResource writes colour and line width into Lucide's file. Fyne's ThemedResource replaces fills
// only, and its SVG painter takes stroke widths as device pixels, so a file is made per colour, size
// and scale. The name differs by all of them because Fyne caches pictures by name.
func iconResource(name string, role theme.Role, extent float32) fyne.Resource {
	if name == "" {
		return nil
	}
	c := opaque(role)
	stroke := strokeShare * extent * windowScale()
	key := fmt.Sprintf("%s-%02x%02x%02x-%.2f.svg", name, c.R, c.G, c.B, stroke)
	if resource, known := iconResources[key]; known {
		return resource
	}
	raw := string(assets.Icon(name))
	start, end := strings.Index(raw, "<svg"), strings.LastIndex(raw, "</svg>")
	if start < 0 || end < 0 {
		fyne.LogError("icon "+name+" is not in assets/icons", nil)
		iconResources[key] = nil
		return nil
	}
	colour := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	body := raw[start:end]
	body = pathData.ReplaceAllStringFunc(body[strings.Index(body, ">")+1:], splitArcs)
	body = strings.ReplaceAll(body, "currentColor", colour) // the painter does not know the word and draws nothing at all
	file := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`+
		`<g fill="none" stroke="%s" stroke-width="%.3f" stroke-linecap="round" stroke-linejoin="round">%s</g></svg>`,
		colour, stroke, body)
	resource := fyne.NewStaticResource(key, []byte(file))
	iconResources[key] = resource
	return resource
}

// splitArcs repeats the letter of chained arcs: the SVG painter draws only the first of a chain right.
func splitArcs(path string) string {
	return arcCommands.ReplaceAllStringFunc(path, func(command string) string {
		arguments, out := arcArguments.FindAllString(command[1:], -1), ""
		for i := 0; i+7 <= len(arguments); i += 7 {
			out += command[:1] + strings.Join(arguments[i:i+7], " ")
		}
		return out
	})
}

// windowScale gives device pixels per px of the program's window.
func windowScale() float32 {
	windows := fyne.CurrentApp().Driver().AllWindows()
	if len(windows) == 0 || windows[0].Canvas() == nil {
		return 1
	}
	return windows[0].Canvas().Scale()
}

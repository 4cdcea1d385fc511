package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"peixun/assets"
)

// Text sizes in px: caption, body, section and title.
const (
	SizeCaption float32 = 12
	SizeBody    float32 = 14
	SizeSection float32 = 16
	SizeTitle   float32 = 20
)

// One resource per face: Fyne parses every resource that the theme hands out on its own.
var (
	regular = fyne.NewStaticResource("peixun-regular.ttf", assets.SansRegular)
	bold    = fyne.NewStaticResource("peixun-bold.ttf", assets.SansBold)
)

// FieldPadding is the inner padding in px of Fyne's entry: wide enough to push the entry's own border out of the clip that our frame
// puts around it.
const FieldPadding float32 = 10

// The input border is as wide as the caret.
var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText: SizeBody, fynetheme.SizeNameCaptionText: SizeCaption,
	fynetheme.SizeNameHeadingText: SizeTitle, fynetheme.SizeNameSubHeadingText: SizeSection,
	fynetheme.SizeNamePadding: 4, fynetheme.SizeNameInnerPadding: FieldPadding, fynetheme.SizeNameLineSpacing: 4,
	fynetheme.SizeNameInlineIcon: 16, fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameScrollBar: 6, fynetheme.SizeNameScrollBarSmall: 6, fynetheme.SizeNameScrollBarRadius: 3,
	fynetheme.SizeNameInputBorder: 2, fynetheme.SizeNameInputRadius: 4, fynetheme.SizeNameSelectionRadius: 4,
}

// Theme is the program's look. It ignores the system's own choice of light or dark.
type Theme struct{ dark bool }

// New gives the light or the dark theme.
func New(dark bool) *Theme { return &Theme{dark: dark} }

// Dark tells whether this is the dark theme.
func (t *Theme) Dark() bool { return t.dark }

// Color gives a role's colour to Fyne's own widgets; names that the design does not know come from Fyne. Its entry stands bare inside
// a frame of ours, so what only the entry asks for is hidden here, and for all entries at once: for every container.ThemeOverride, and
// at each of its refreshes, Fyne parses the fonts anew, 20 MB, and keeps them for good.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if name == fynetheme.ColorNameInputBackground || name == fynetheme.ColorNameInputBorder {
		return color.Transparent
	}
	if c, known := lookUp(name, t.dark); known {
		return c
	}
	variant := fynetheme.VariantLight
	if t.dark {
		variant = fynetheme.VariantDark
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// Font gives the same two faces for every style, monospace and italic included: a face of Fyne's own
// would lack Chinese.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return bold
	}
	return regular
}

// Icon gives Fyne's own icons, which only its own widgets use.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size gives a measure in px.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, known := sizes[name]; known {
		return size
	}
	return fynetheme.DefaultTheme().Size(name)
}

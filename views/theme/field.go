package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// FieldPadding is the inner padding in px of an entry under Field: wide enough to push the entry's
// own border out of the clip that our frame puts around it.
const FieldPadding float32 = 10

// fieldTheme is for a bare widget.Entry inside a frame of ours. The caret is as wide as the input
// border and has the focused border's colour, so that border cannot be switched off here.
type fieldTheme struct{}

// Field gives the theme of bare entries. It follows the running program's theme.
func Field() fyne.Theme { return fieldTheme{} }

func (fieldTheme) base() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color hides the entry's own ground and border and leaves all else to the program's theme.
func (f fieldTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch name {
	case fynetheme.ColorNameInputBackground, fynetheme.ColorNameInputBorder:
		return color.Transparent
	case fynetheme.ColorNamePrimary:
		// The focused border. The caret takes its colour from here only where it does not blink.
		if fyne.CurrentApp().Settings().ShowAnimations() {
			return color.Transparent
		}
	}
	return f.base().Color(name, variant)
}

// Font gives the program's faces.
func (f fieldTheme) Font(style fyne.TextStyle) fyne.Resource { return f.base().Font(style) }

// Icon gives the program's icons.
func (f fieldTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return f.base().Icon(name) }

// Size gives the caret's width and the padding that the frame clips.
func (f fieldTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameInputBorder:
		return 2
	case fynetheme.SizeNameInnerPadding:
		return FieldPadding
	}
	return f.base().Size(name)
}

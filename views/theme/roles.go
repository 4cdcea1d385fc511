// Package theme holds the program's colours, sizes and fonts, in light and dark.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// A Role says what a colour is for; the theme in force says which colour that is.
// Roles that Fyne knows too carry Fyne's name, so that its built-in widgets get the same colour.
type Role = fyne.ThemeColorName

// The roles of design/README.md. Success and Warning are for icons, bars and dots only: as words on
// white they miss a contrast of 4.5:1, so words take TextSuccess and TextWarning.
const (
	None          Role = ""
	Background    Role = fynetheme.ColorNameBackground
	Surface       Role = fynetheme.ColorNameInputBackground
	Text          Role = fynetheme.ColorNameForeground
	Secondary     Role = fynetheme.ColorNamePlaceHolder
	Disabled      Role = fynetheme.ColorNameDisabled
	Primary       Role = fynetheme.ColorNamePrimary
	OnPrimary     Role = fynetheme.ColorNameForegroundOnPrimary
	PrimaryHover  Role = "primaryHover"
	Success       Role = fynetheme.ColorNameSuccess
	Warning       Role = fynetheme.ColorNameWarning
	Danger        Role = fynetheme.ColorNameError
	OnDanger      Role = fynetheme.ColorNameForegroundOnError
	Border        Role = fynetheme.ColorNameSeparator
	ControlBorder Role = fynetheme.ColorNameInputBorder
	Header        Role = fynetheme.ColorNameHeaderBackground
	Soft          Role = "soft"
	Hover         Role = fynetheme.ColorNameHover
	Pressed       Role = fynetheme.ColorNamePressed
	RowHover      Role = "rowHover"
	Thumb         Role = fynetheme.ColorNameScrollBar
	Scrim         Role = "scrim"
	Selection     Role = fynetheme.ColorNameSelection
	Focus         Role = fynetheme.ColorNameFocus
	TintPrimary   Role = "tintPrimary"
	TextPrimary   Role = "textPrimary"
	TintSuccess   Role = "tintSuccess"
	TextSuccess   Role = "textSuccess"
	TintWarning   Role = "tintWarning"
	TextWarning   Role = "textWarning"
	TintDanger    Role = "tintDanger"
	TextDanger    Role = "textDanger"
	TintNeutral   Role = "tintNeutral"
	TextNeutral   Role = "textNeutral"
)

// shade is one role's colour as 0xRRGGBB in light and in dark.
type shade struct{ light, dark uint32 }

var palette = map[Role]shade{
	Background: {0xF5F6F8, 0x14171C}, Surface: {0xFFFFFF, 0x1C2026},
	Text: {0x1F2329, 0xE7E9EC}, Secondary: {0x646A73, 0xA3AAB5}, Disabled: {0xA6ABB3, 0x656C77},
	Primary: {0x1D5FBF, 0x6EA8F7}, OnPrimary: {0xFFFFFF, 0x0C1A2E}, PrimaryHover: {0x174E9E, 0xA5C9FB},
	Success: {0x1E8E5A, 0x4CC38A}, Warning: {0xB76E00, 0xE5A33D},
	Danger: {0xC62828, 0xF2777A}, OnDanger: {0xFFFFFF, 0x0C1A2E},
	Border: {0xE1E5EA, 0x2F353E}, ControlBorder: {0xC5CBD3, 0x454C57}, Header: {0xF0F2F5, 0x242931},
	Soft: {0x8DB4EA, 0x3F6FB5}, Hover: {0xF0F2F5, 0x242931}, Pressed: {0xE1E5EA, 0x2F353E},
	RowHover: {0xF5F6F8, 0x22272E}, Thumb: {0xC5CBD3, 0x454C57},
	Selection: {0x8DB4EA, 0x3F6FB5}, Focus: {0x1D5FBF, 0x6EA8F7},
	TintPrimary: {0xE8F0FB, 0x1C3150}, TextPrimary: {0x174E9E, 0xA5C9FB},
	TintSuccess: {0xE4F4EB, 0x17382A}, TextSuccess: {0x176B45, 0x7BD9AC},
	TintWarning: {0xFDF1DC, 0x3B2D13}, TextWarning: {0x8A5200, 0xF0BE6C},
	TintDanger: {0xFCE9E9, 0x432325}, TextDanger: {0xB01F1F, 0xF9A3A4},
	TintNeutral: {0xECEEF2, 0x2B3139}, TextNeutral: {0x4C525B, 0xC3C8D0},
	fynetheme.ColorNameMenuBackground:      {0xFFFFFF, 0x1C2026},
	fynetheme.ColorNameOverlayBackground:   {0xFFFFFF, 0x1C2026},
	fynetheme.ColorNameButton:              {0xFFFFFF, 0x1C2026},
	fynetheme.ColorNameDisabledButton:      {0xF5F6F8, 0x14171C},
	fynetheme.ColorNameHyperlink:           {0x1D5FBF, 0x6EA8F7},
	fynetheme.ColorNameForegroundOnSuccess: {0xFFFFFF, 0x0C1A2E},
	fynetheme.ColorNameForegroundOnWarning: {0xFFFFFF, 0x0C1A2E},
}

// scrimAlpha dims what lies behind a dialog; it is the only translucent colour.
const scrimAlpha = 0x66

// lookUp gives the colour of a role of ours and whether there is one.
func lookUp(role Role, dark bool) (color.Color, bool) {
	switch role {
	case None, fynetheme.ColorNameShadow, fynetheme.ColorNameScrollBarBackground:
		// A transparent shadow flattens Fyne's own pop-ups.
		return color.NRGBA{}, true
	case Scrim:
		return color.NRGBA{A: scrimAlpha}, true
	}
	s, known := palette[role]
	if !known {
		return nil, false
	}
	value := s.light
	if dark {
		value = s.dark
	}
	return color.NRGBA{R: uint8(value >> 16), G: uint8(value >> 8), B: uint8(value), A: 0xFF}, true
}

// Color gives the colour that a role has in the running program's theme. Under a theme that is not ours
// (a test that set none) it gives the light one.
func Color(role Role) color.Color {
	ours, _ := fyne.CurrentApp().Settings().Theme().(*Theme)
	if c, known := lookUp(role, ours != nil && ours.dark); known {
		return c
	}
	return color.Transparent
}

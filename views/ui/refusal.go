package ui

// Refusal says why whoever is logged in may not use a button or a menu's line, by its label; "" for one that is free. The program decides
// it by the role; a refused button stays in its place, grey, with the reason as its tooltip. It is asked when a button is made and
// painted, and is no guard: the use cases refuse by themselves.
var Refusal = func(label string) (reason string) { return "" }

// SetDisabled greys the button, or leaves it grey where it is refused.
func (b *Button) SetDisabled(disabled bool) {
	if reason := b.whyRefused(); reason != "" {
		b.Tip, disabled = reason, true
	}
	b.press.SetDisabled(disabled)
}

// Refresh paints the button again, and looks whether a label that was changed is refused.
func (b *Button) Refresh() {
	if reason := b.whyRefused(); reason != "" {
		b.Tip, b.disabled = reason, true
	}
	b.press.Refresh()
}

// whyRefused asks by the label; an icon's name is its tooltip, until the reason takes its place.
func (b *Button) whyRefused() string {
	if b.Label != "" {
		return Refusal(b.Label)
	}
	if b.refused == "" {
		b.refused = Refusal(b.Tip)
	}
	return b.refused
}

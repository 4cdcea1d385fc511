package ui

// Inspection is what end-to-end tests see of a widget.
type Inspection struct {
	// Kind names the widget: button, field, table and so on.
	Kind string `json:"kind"`
	// Text is the label, the content or the value.
	Text string `json:"text,omitempty"`
	// Placeholder is the grey text of an empty field.
	Placeholder string `json:"placeholder,omitempty"`
	// Tip is the tooltip of what has no label.
	Tip string `json:"tip,omitempty"`

	Disabled bool `json:"disabled,omitempty"`
	Checked  bool `json:"checked,omitempty"`
	Focused  bool `json:"focused,omitempty"`
	Bad      bool `json:"bad,omitempty"`
	// Active marks the chosen tab, the open row, the current page.
	Active bool `json:"active,omitempty"`

	// parts are pieces that are drawn, not widgets: tabs, rows, cells, options.
	parts []inspectedPart
}

// inspectedPart is a piece of a widget with its place inside it, in px.
type inspectedPart struct {
	Inspection
	x, y, width, height float32
}

// Inspectable is every widget that tells end-to-end tests about itself.
type Inspectable interface {
	Inspect() Inspection
}

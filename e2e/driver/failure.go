package driver

import (
	"fmt"
	"strings"
	"time"
)

// Failure is what ends a step: something expected did not come, or the program complained.
// The methods of Program panic with one, so that a step reads as the person's actions one after another; Try makes it an error.
type Failure struct {
	// What was expected, and what was found.
	What string
	// Window lists what the window showed.
	Window string
	// Picture is the path of the screenshot taken, or "".
	Picture string
}

// Error implements error.
func (f *Failure) Error() string {
	text := f.What
	if f.Picture != "" {
		text += "\n  picture: " + f.Picture
	}
	if f.Window != "" {
		text += "\n  the window shows:\n" + f.Window
	}
	return text
}

// Try runs a step and gives the failure that ended it.
func Try(step func()) (err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			failure, ok := recovered.(*Failure)
			if !ok {
				panic(recovered)
			}
			err = failure
		}
	}()
	step()
	return nil
}

// Fail ends the step with a sentence, a picture and a list of what the window shows.
func (p *Program) Fail(format string, arguments ...any) {
	failure := &Failure{What: fmt.Sprintf(format, arguments...)}
	if p.running() {
		if seen, err := p.look(); err == nil {
			failure.Window = describe(seen)
		} else {
			failure.Window = "    nothing: " + err.Error()
		}
		path := p.options.pictures(fmt.Sprintf("fail-%s.png", time.Now().Format("150405")))
		if err := p.shoot(path); err == nil {
			failure.Picture = path
		}
	}
	panic(failure)
}

// Must ends the step where err is one.
func (p *Program) Must(err error) {
	if err != nil {
		p.Fail("%v", err)
	}
}

// describe lists widgets, a line each and a table's row in one, the highest layer first.
func describe(seen []Widget) string {
	var text strings.Builder
	for layer := topLayer(seen); layer >= 0; layer-- {
		fmt.Fprintf(&text, "    layer %d", layer)
		for _, widget := range seen {
			switch {
			case widget.Layer != layer || widget.Kind == "icon" || widget.Text == "" && widget.Placeholder == "" && !fieldKinds[widget.Kind]:
			case widget.Kind == "cell":
				fmt.Fprintf(&text, " | %s", widget.Text)
			default:
				fmt.Fprintf(&text, "\n      %s", widget)
			}
		}
		text.WriteString("\n")
	}
	return text.String()
}

package driver

import (
	"reflect"
	"time"
)

// restingLooks is how many equal looks in a row mean that the window rests and has been drawn.
const restingLooks = 4

// Rest waits until the window has stopped changing.
func (p *Program) Rest() {
	var last []Widget
	equal := 0
	p.until(usualPatience, "a window that rests", func(seen []Widget) bool {
		if reflect.DeepEqual(seen, last) {
			equal++
		} else {
			equal = 0
		}
		last = seen
		return equal >= restingLooks
	})
}

// Picture waits until the window rests and writes a screenshot into the folder for pictures; it gives the path.
func (p *Program) Picture(name string) string {
	p.Rest()
	path := p.options.pictures(name)
	p.Must(p.shoot(path))
	return path
}

// drawTime is how long the last frame may take to reach the screen after the window rests.
const drawTime = 150 * time.Millisecond

func (p *Program) shoot(path string) error {
	time.Sleep(drawTime)
	_, err := p.display.run("import", "-window", "root", path)
	return err
}

package driver

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// pollInterval is the time between two looks.
	pollInterval = 60 * time.Millisecond
	// usualPatience is how long something expected may take on a busy machine.
	usualPatience = 20 * time.Second
)

// until looks again and again until done says that all is as expected, and ends the step when patience is over.
func (p *Program) until(patience time.Duration, expected string, done func(seen []Widget) bool) []Widget {
	deadline := time.Now().Add(patience)
	for {
		p.complain()
		seen, err := p.look()
		if err == nil && done(seen) {
			return seen
		}
		if time.Now().After(deadline) {
			if err != nil {
				expected += fmt.Sprintf(" (%v)", err)
			}
			p.Fail("expected within %s: %s", patience, expected)
		}
		time.Sleep(pollInterval)
	}
}

// Wait waits until exactly one widget is meant by the query, and gives it.
func (p *Program) Wait(q Query) Widget { return p.WaitLong(q, usualPatience) }

// WaitLong is Wait with another patience, for long work.
func (p *Program) WaitLong(q Query, patience time.Duration) Widget {
	seen := p.until(patience, "exactly one of "+q.name, func(seen []Widget) bool { return len(find(seen, q)) == 1 })
	return find(seen, q)[0]
}

// See waits until at least one widget is meant by the query.
func (p *Program) See(q Query) Widget {
	seen := p.until(usualPatience, q.name, func(seen []Widget) bool { return len(find(seen, q)) > 0 })
	return find(seen, q)[0]
}

// SeeText waits until the window shows words.
func (p *Program) SeeText(parts ...string) {
	for _, part := range parts {
		p.See(Text(part).Anywhere())
	}
}

// Gone waits until no widget is meant by the query.
func (p *Program) Gone(q Query) {
	p.until(usualPatience, "no longer "+q.name, func(seen []Widget) bool { return len(find(seen, q)) == 0 })
}

// Shows tells whether a widget is meant by the query at this moment.
func (p *Program) Shows(q Query) bool {
	seen, err := p.look()
	p.Must(err)
	return len(find(seen, q)) > 0
}

// All gives the widgets that are meant by the query at this moment.
func (p *Program) All(q Query) []Widget {
	seen, err := p.look()
	p.Must(err)
	return find(seen, q)
}

// WaitFor waits until a widget that is meant by the query is as wanted.
func (p *Program) WaitFor(q Query, wanted string, is func(Widget) bool) Widget {
	var found Widget
	p.until(usualPatience, q.name+" "+wanted, func(seen []Widget) bool {
		for _, widget := range find(seen, q) {
			if is(widget) {
				found = widget
				return true
			}
		}
		return false
	})
	return found
}

// still waits until a widget is enabled and has stopped moving, and gives it.
func (p *Program) still(q Query) Widget {
	var last Widget
	p.until(usualPatience, "exactly one enabled, resting "+q.name, func(seen []Widget) bool {
		found := find(seen, q)
		if len(found) != 1 || found[0].Disabled {
			last = Widget{}
			return false
		}
		rests := found[0] == last
		last = found[0]
		return rests
	})
	return last
}

// Click waits for a widget that can be clicked and clicks its middle.
func (p *Program) Click(q Query) Widget {
	widget := p.still(q)
	x, y := widget.middle()
	p.clickAt(x, y, 1)
	return widget
}

// ClickLeft clicks near a widget's left edge: a wide table row, a cell whose middle is covered.
func (p *Program) ClickLeft(q Query) Widget {
	widget := p.still(q)
	p.clickAt(widget.X+min(widget.Width/2, 12), widget.Y+widget.Height/2, 1)
	return widget
}

func (p *Program) clickAt(x, y, times int) {
	p.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "--repeat", fmt.Sprint(times), "--delay", "60", "1")
}

// DismissToasts closes the messages that would go away by themselves after a while.
func (p *Program) DismissToasts() {
	close := Button("关闭").Within(KindLike("toast", ""))
	for _, toast := range p.All(close) {
		x, y := toast.middle()
		p.clickAt(x, y, 1)
	}
	p.Gone(KindLike("toast", ""))
}

// Hover rests the mouse on a widget.
func (p *Program) Hover(q Query) {
	x, y := p.still(q).middle()
	p.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y))
}

// PointAway moves the mouse to where nothing reacts to it, so that pictures show no hover.
func (p *Program) PointAway(x, y int) { p.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y)) }

// Scroll turns the wheel over a widget; notches are positive downwards.
func (p *Program) Scroll(q Query, notches int) {
	x, y := p.still(q).middle()
	button := "5"
	if notches < 0 {
		button, notches = "4", -notches
	}
	p.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "--repeat", fmt.Sprint(notches), "--delay", "30", button)
}

// Drag presses the mouse at one place, moves it and lets it go.
func (p *Program) Drag(fromX, fromY, toX, toY int) {
	p.xdotool("mousemove", fmt.Sprint(fromX), fmt.Sprint(fromY), "mousedown", "1")
	p.xdotool("mousemove", fmt.Sprint((fromX+toX)/2), fmt.Sprint((fromY+toY)/2))
	p.xdotool("mousemove", fmt.Sprint(toX), fmt.Sprint(toY), "mouseup", "1")
}

// Key presses keys by X's names: Tab, Return, ctrl+k.
func (p *Program) Key(keys ...string) {
	p.xdotool(append([]string{"key", "--clearmodifiers", "--delay", "30"}, keys...)...)
}

// Type types text into whatever has the keyboard. What has hanzi must be typed into a field that tells what it holds.
func (p *Program) Type(text string) {
	parts := byScript(text)
	for i, part := range parts {
		if part[0] >= utf8.RuneSelf {
			p.typeRare(part)
			continue
		}
		p.xdotool("type", "--clearmodifiers", "--delay", "12", "--", part)
		if i+1 < len(parts) {
			p.WaitFor(hasKeyboard, "ending in “"+part+"”", func(w Widget) bool { return strings.HasSuffix(w.Text, part) })
		}
	}
}

// hasKeyboard means the widget that takes the keys.
var hasKeyboard = Query{name: "what has the keyboard", matches: func(w Widget, _ []Widget) bool { return w.Focused }}

const (
	rareTries    = 4
	rarePatience = 1200 * time.Millisecond
	// leastHold is how long the spare key stays at first; a busy window needs longer.
	leastHold = 120 * time.Millisecond
	mostHold  = 600 * time.Millisecond
)

// typeRare types one character that the keyboard lacks. xdotool lays it on a spare key and takes it away again, and a busy program
// may read that key too late: then nothing or another character arrives, and it is typed again, and pasted at last.
func (p *Program) typeRare(character string) {
	before := p.See(hasKeyboard).Text
	p.hold = max(p.hold, leastHold)
	for range rareTries {
		p.xdotool("type", "--clearmodifiers", "--delay", fmt.Sprint(p.hold.Milliseconds()), "--", character)
		for deadline := time.Now().Add(rarePatience); time.Now().Before(deadline); time.Sleep(pollInterval / 2) {
			arrived := p.See(hasKeyboard).Text
			if arrived == before {
				continue
			}
			if strings.HasSuffix(arrived, character) {
				return
			}
			p.Key("BackSpace")
			p.WaitFor(hasKeyboard, "without the wrong character", func(w Widget) bool { return w.Text != arrived })
			before = p.See(hasKeyboard).Text
			break
		}
		p.hold = min(mostHold, p.hold*3/2)
	}
	p.Must(p.display.CopyText(character))
	p.Key("ctrl+v")
	p.WaitFor(hasKeyboard, "ending in the pasted “"+character+"”", func(w Widget) bool { return strings.HasSuffix(w.Text, character) && w.Text != before })
}

// byScript divides text into runs of ASCII and single other characters.
func byScript(text string) []string {
	var parts []string
	run := ""
	for _, r := range text {
		if r < utf8.RuneSelf {
			run += string(r)
			continue
		}
		if run != "" {
			parts = append(parts, run)
			run = ""
		}
		parts = append(parts, string(r))
	}
	if run != "" {
		parts = append(parts, run)
	}
	return parts
}

// Fill clicks into a field, replaces what is there by typing, and waits until the field holds it.
func (p *Program) Fill(q Query, text string) {
	p.FillLike(q, text, text)
}

// FillLike is Fill for a field that shows something other than what was typed, such as grouped digits: wanted is what it holds then.
func (p *Program) FillLike(q Query, text, wanted string) {
	p.focus(q)
	p.Key("ctrl+a")
	p.Type(text)
	p.WaitFor(focused(q), fmt.Sprintf("holding “%s”", wanted), func(w Widget) bool { return w.Text == wanted })
}

// FillSecret types into a field that does not tell what it holds.
func (p *Program) FillSecret(q Query, text string) {
	p.focus(q)
	p.Key("ctrl+a")
	p.Type(text)
}

func (p *Program) focus(q Query) {
	p.Click(q)
	p.WaitFor(q, "with the keyboard", func(w Widget) bool { return w.Focused })
}

// focused means the same widget after its text, and so perhaps what the query looked for, has changed.
func focused(q Query) Query {
	return Query{name: q.name, anywhere: q.anywhere, matches: func(w Widget, _ []Widget) bool { return w.Focused }}
}

// Choose opens a picker or select and clicks one of its options.
func (p *Program) Choose(q Query, option string) {
	p.Click(q)
	p.Click(Kind("option", option))
}

// xdotool sends mouse and keys. Trouble with the display ends the step.
func (p *Program) xdotool(arguments ...string) {
	p.complain()
	if _, err := p.display.run("xdotool", arguments...); err != nil {
		p.Fail("%v", err)
	}
}

// Dump lists what the window shows, for whoever writes a step.
func (p *Program) Dump() string {
	seen, err := p.look()
	if err != nil {
		return err.Error()
	}
	return strings.TrimRight(describe(seen), "\n")
}

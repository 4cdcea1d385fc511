package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// StationState says how far money has come at a station.
type StationState uint8

// The states of a station: nothing is known, it still waits, all of it is there, or it does not agree.
const (
	StationUnknown StationState = iota
	StationWaits
	StationDone
	StationDiffers
)

// Station is one stop on the way of money, as in 钱的去向: from the bank to the people.
type Station struct {
	Title  string
	State  StationState
	Amount string // bold; a word where there is no amount
	First  string // two small lines
	Second string
	Open   func() // opens what the station is; nil where there is nothing to open
}

var stationSigns = map[StationState]struct {
	icon string
	role theme.Role
}{
	StationUnknown: {"circle", theme.Secondary},
	StationWaits:   {"clock", theme.Warning},
	StationDone:    {"circle-check", theme.Success},
	StationDiffers: {"circle-alert", theme.TextDanger},
}

// NewStations shows the way of money as cards with arrows between them.
func NewStations(stations ...Station) *fyne.Container {
	row := Row(3)
	for place, station := range stations {
		if place > 0 {
			row.Add(NewIcon("arrow-right", theme.Secondary))
		}
		row.Add(Grow(newStation(station)))
	}
	return row
}

func newStation(s Station) fyne.CanvasObject {
	small := func(text string) fyne.CanvasObject {
		t := NewElidedText(text, theme.Secondary)
		t.TextSize = theme.SizeCaption
		return t
	}
	title, area := fyne.CanvasObject(NewElidedText(s.Title, theme.Text)), fyne.CanvasObject(Gap(0))
	if s.Open != nil {
		title, area = Row(0, NewLink(s.Title, s.Open)), NewTapArea(s.Open)
	}
	sign := stationSigns[s.State]
	amount := NewSection(s.Amount)
	amount.Elide = true
	content := Column(0, Row(4, Wide(title), NewIcon(sign.icon, sign.role)), Gap(4), amount, small(s.First), small(s.Second))
	return Stack(NewBox(theme.Surface, theme.Border, 4), area, Pad(11, 11, 11, 11, content))
}

package assets

import _ "embed" // the texts and the icon below

// Help is the in-program help: a heading "# page" for each screen, a paragraph a line below it.
//
//go:embed help.txt
var Help string

// ProgramIcon is the program's icon, drawn for it (icon.svg), as a PNG of 256 × 256 pixels.
//
//go:embed icon.png
var ProgramIcon []byte

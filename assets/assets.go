// Package assets embeds what the program carries with it: fonts, icons and texts.
package assets

import (
	"bufio"
	"bytes"
	"embed"
	"fmt"
)

// SansRegular and SansBold are the window's fonts: Noto Sans SC 400 and 700 cut to the 8105
// characters of the 通用规范汉字表, GB 2312 and office signs (fonts/make.sh).
var (
	//go:embed fonts/sans-regular.ttf
	SansRegular []byte
	//go:embed fonts/sans-bold.ttf
	SansBold []byte
)

// SerifRegular and SerifBold are the letters' fonts: Noto Serif SC. The regular weight holds GBK and
// every Han character beyond the BMP that Noto has, the bold one the 8105 characters.
var (
	//go:embed fonts/serif-regular.ttf
	SerifRegular []byte
	//go:embed fonts/serif-bold.ttf
	SerifBold []byte
)

//go:embed fonts/pua.map
var aliases []byte

//go:embed all:icons
var icons embed.FS

// Icon gives the SVG text of a Lucide icon, or nil where there is none of that name.
func Icon(name string) []byte {
	svg, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil
	}
	return svg
}

// Aliases maps characters beyond the BMP to the private-use characters under which SerifRegular
// also holds their glyphs, because gofpdf cannot address anything beyond U+FFFF.
func Aliases() map[rune]rune {
	known := map[rune]rune{}
	lines := bufio.NewScanner(bytes.NewReader(aliases))
	for lines.Scan() {
		var character, alias rune
		if _, err := fmt.Sscanf(lines.Text(), "%X %X", &character, &alias); err == nil {
			known[character] = alias
		}
	}
	return known
}

package excel

import (
	"fmt"

	"peixun/data"
)

// textBlock is how many bytes of texts lie together, and textPage how many texts' places: a million texts cost no million
// allocations and only 8 bytes each beside their letters.
const (
	textBlock = 256 << 10
	textPage  = 64 << 10
)

// textPool keeps a workbook's shared texts.
type textPool struct {
	blocks []string
	open   []byte // the block that is being filled
	places [][]textPlace
	count  int
	bytes  int
}

// textPlace is where a text begins, blocks counted at their full length, and how long it is.
type textPlace struct{ from, length uint32 }

// add takes in the text that stands in p.open[from:]; the caller has appended it. It fails where a text or all of them are too long.
func (p *textPool) add(from int) error {
	length := len(p.open) - from
	if length > textBlock { // more than 32,767 characters of four bytes
		return cellTooLong(data.Place{})
	}
	if len(p.open) > textBlock {
		p.blocks = append(p.blocks, string(p.open[:from]))
		p.open = p.open[:copy(p.open, p.open[from:])]
		from = 0
	}
	if p.bytes += length; p.bytes > maxSharedBytes || p.count == maxSharedTexts {
		return fmt.Errorf("%w: shared texts", errTooLarge)
	}
	if p.count%textPage == 0 {
		p.places = append(p.places, make([]textPlace, 0, min(textPage, 64+p.count*textPage)))
	}
	page := &p.places[len(p.places)-1]
	*page = append(*page, textPlace{uint32(len(p.blocks)*textBlock + from), uint32(length)})
	p.count++
	return nil
}

// close ends adding.
func (p *textPool) close() {
	p.blocks, p.open = append(p.blocks, string(p.open)), nil
}

// text gives a text by its place in the table, which must be below count.
func (p *textPool) text(index int) string {
	place := p.places[index/textPage][index%textPage]
	if place.length == 0 {
		return ""
	}
	from := int(place.from % textBlock)
	return p.blocks[place.from/textBlock][from : from+int(place.length)]
}

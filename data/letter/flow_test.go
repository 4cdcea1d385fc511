package letter

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPaginateKeepsItsPromises: every block once and in order, nothing below the text area that could stand higher,
// groups together where a page can hold them, headings above rows that begin a page.
func TestPaginateKeepsItsPromises(t *testing.T) {
	area := frame{left: 0, top: 10, width: 100, height: 100}
	rapid.Check(t, func(t *rapid.T) {
		heading := &block{height: 8, draw: func(*canvas, float64) {}} // only headings draw, which tells them apart
		blocks := make([]block, rapid.IntRange(1, 40).Draw(t, "count"))
		for i := range blocks {
			blocks[i] = block{
				height: rapid.Float64Range(1, 30).Draw(t, "height"),
				before: rapid.Float64Range(0, 5).Draw(t, "before"),
				keep:   rapid.IntRange(0, 3).Draw(t, "keep") == 0,
			}
			if rapid.Bool().Draw(t, "in table") {
				blocks[i].header = heading
			}
		}
		next, pageOf := 0, map[int]int{}
		for number, page := range paginate(blocks, area) {
			if len(page) == 0 {
				t.Fatalf("page %d is empty", number)
			}
			y := area.top
			for i, p := range page {
				if p.top < y-slack || p.top+p.height > area.bottom()+slack {
					t.Fatalf("block at %.1f, %.1f high, on page %d", p.top, p.height, number)
				}
				if i == 0 && p.top != area.top {
					t.Fatalf("page %d begins %.1f mm below its top", number, p.top-area.top)
				}
				y = p.top + p.height
				if p.draw != nil {
					if i > 0 || len(page) == 1 || page[1].header != heading {
						t.Fatalf("heading at %d on page %d", i, number)
					}
					continue
				}
				if i == 0 && p.header != nil {
					t.Fatalf("page %d begins with a row without its heading", number)
				}
				if p.height != blocks[next].height {
					t.Fatalf("block %d is missing", next)
				}
				pageOf[next] = number
				next++
			}
		}
		if next != len(blocks) {
			t.Fatalf("%d of %d blocks placed", next, len(blocks))
		}
		checkGroups(t, blocks, pageOf, area)
	})
}

// checkGroups fails where blocks that keep together stand on different pages although one page could hold them.
func checkGroups(t *rapid.T, blocks []block, pageOf map[int]int, area frame) {
	for first := 0; first < len(blocks); {
		last := first
		for last < len(blocks)-1 && blocks[last].keep {
			last++
		}
		height := heightOf(blocks[first:last+1], true)
		if blocks[first].header != nil {
			height += blocks[first].header.height
		}
		if height <= area.height && pageOf[first] != pageOf[last] {
			t.Fatalf("blocks %d to %d are torn apart", first, last)
		}
		first = last + 1
	}
}

func TestParagraphLeavesNoSingleLine(t *testing.T) {
	area := frame{left: 0, top: 0, width: 50, height: 28}
	prose := paragraph{style: plain, lead: 7, indent: 2, how: alignJustified}
	for count := 1; count < 120; count++ {
		text := make([]rune, count)
		for i := range text {
			text[i] = '文'
		}
		blocks := append([]block{{height: 7}, {height: 7}, {height: 7}}, prose.blocks(string(text), area)...)
		pages := paginate(blocks, area)
		for number, page := range pages {
			lines := len(page)
			if number == 0 {
				lines -= 3
			}
			if lines == 1 && len(blocks) > 4 {
				t.Errorf("%d characters: page %d holds one line alone", count, number+1)
			}
		}
	}
}

func TestTallRowSplitsWithoutLoss(t *testing.T) {
	narrow := table{left: 0, widths: []float64{20, 20}, low: 7, tall: 60, leading: 2}
	long := make([]rune, 1000)
	for i := range long {
		long[i] = rune('一' + i)
	}
	blocks := narrow.row(cell{text: string(long), style: plain}, cell{text: "短", style: plain})
	if len(blocks) < 2 {
		t.Fatalf("%d blocks for 1,000 characters", len(blocks))
	}
	for i, b := range blocks {
		if b.height > narrow.tall+slack {
			t.Errorf("block %d is %.1f mm high", i, b.height)
		}
	}
	if single := narrow.row(cell{text: "短", style: plain}); len(single) != 1 || single[0].height < narrow.low {
		t.Errorf("a short row makes %d blocks, %.1f mm high", len(single), single[0].height)
	}
}

func TestNoCellEndsWithAStub(t *testing.T) {
	const width = 35.3 // of an organisation's column
	for text, want := range map[string]string{
		"医学影像中心/磁共振室": "医学影像中心/|磁共振室", "医学影像中心": "医学影像中心", "北京市朝阳区示范医院总部": "北京市朝阳区示范医|院总部",
		"110060593018800003058": "110060593018800003|058", "急诊、内科、医学影像中心": "急诊、内科、|医学影像中心",
	} {
		var lines []string
		for _, l := range evened(text, valueStyle, width) {
			lines = append(lines, textOf(l))
		}
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestEveningKeepsLinesAndCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := anyText().Draw(t, "text"), rapid.Float64Range(20, 170).Draw(t, "width")
		plainly, even := breakLines(set(text, valueStyle), width, width), evened(text, valueStyle, width)
		if len(even) != len(plainly) {
			t.Fatalf("%d lines became %d", len(plainly), len(even))
		}
		said := ""
		for _, l := range even {
			if said += textOf(l); widthOf(l) > max(width, l[0].advance)+2*slack {
				t.Fatalf("line %q is %.2f mm in %.2f mm", textOf(l), widthOf(l), width)
			}
		}
		if said != textOf(set(text, valueStyle)) {
			t.Fatalf("lost characters: %q became %q", text, said)
		}
	})
}

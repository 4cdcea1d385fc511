package picture

import (
	"math"
	"slices"
)

// How two likenesses of the same bank's paper are told apart: both are laid over each other as well as a shift and a stretch can, then
// every piece with something on it is compared. Copies agree in all of them; another receipt differs in its number, day and amount.
// Measured on the receipts of alike_test.go: the worst piece of a copy correlates with 0.90, the third worst of another receipt with 0.80.
const (
	pieceSide   = 16   // pixels
	anchors     = 25   // pieces by which one picture is laid over the other
	anchorReach = 16   // pixels; what a cut-off edge of 2 % moves the rest by
	anchorMatch = 0.80 // correlation from which an anchor counts
	anchorsMet  = 5
	refineReach = 1.0
	refineStep  = 0.25
	fineReach   = 0.75 // pixels around the place where a piece should be
	fineStep    = 0.25
	pieceMatch  = 0.86 // correlation below which a piece shows something else
	mostOthers  = 2    // pieces that may, for a stamp's or a camera's sake
	leastInk    = 1.5  // standard deviation of the grey of a piece that is worth comparing, in 16ths of black
	leastShared = 0.7  // of a picture's pieces that must lie inside the other
)

// piece is a square of a likeness: its upper left corner and how much is drawn on it.
type piece struct {
	x, y int
	ink  float64
}

// shows tells whether two likenesses are of the same paper.
func shows(one, other Likeness) bool {
	laid, ok := layOver(one, other)
	if !ok {
		return false
	}
	shared, others := 0, 0
	for _, p := range one.pieces {
		match, inside := laid.match(one, other, p)
		if !inside {
			continue
		}
		shared++
		if match < pieceMatch {
			if others++; others > mostOthers {
				return false
			}
		}
	}
	return float64(shared) >= leastShared*float64(len(one.pieces))
}

// piecesOf lists the pieces on which something is drawn.
func (l Likeness) piecesOf() []piece {
	var found []piece
	for y := 0; y+pieceSide <= l.height; y += pieceSide {
		for x := 0; x+pieceSide <= l.width; x += pieceSide {
			if ink := l.ink(x, y); ink >= leastInk {
				found = append(found, piece{x, y, ink})
			}
		}
	}
	return found
}

func (l Likeness) ink(x, y int) float64 {
	var sum, squares float64
	for row := y; row < y+pieceSide; row++ {
		for _, value := range l.pixels[row*l.width+x : row*l.width+x+pieceSide] {
			sum += float64(value)
			squares += float64(value) * float64(value)
		}
	}
	const count = pieceSide * pieceSide
	return math.Sqrt(max(0, squares/count-sum*sum/count/count))
}

// overlay says where a place of one likeness lies on another.
type overlay struct{ stretchX, shiftX, stretchY, shiftY float64 }

// layOver finds how one likeness lies on the other by looking for its boldest pieces there, spread over the whole: at whole pixels
// first, and then between them.
func layOver(one, other Likeness) (overlay, bool) {
	chosen := spread(one.pieces, one.height)
	laid, ok := fit(chosen, func(p piece) (x, y, match float64) { return near(one, other, p) })
	if !ok {
		return laid, false
	}
	return fit(chosen, func(p piece) (x, y, match float64) { return laid.find(one, other, p, refineReach, refineStep) })
}

// fit gives the overlay on which pieces lie best that find looked for in the other likeness.
func fit(pieces []piece, find func(p piece) (x, y, match float64)) (overlay, bool) {
	var fromX, toX, fromY, toY []float64
	for _, p := range pieces {
		x, y, match := find(p)
		if match < anchorMatch {
			continue
		}
		fromX, toX = append(fromX, float64(p.x)), append(toX, x)
		fromY, toY = append(fromY, float64(p.y)), append(toY, y)
	}
	if len(fromX) < anchorsMet {
		return overlay{}, false
	}
	var laid overlay
	laid.stretchX, laid.shiftX = line(fromX, toX)
	laid.stretchY, laid.shiftY = line(fromY, toY)
	return laid, true
}

// near looks for a piece around its own place in the other likeness.
func near(one, other Likeness, p piece) (x, y, match float64) {
	const surely = 0.97
	if match, ok := wholeCorrelation(one, other, p, p.x, p.y); ok && match > surely {
		return float64(p.x), float64(p.y), match
	}
	for atY := p.y - anchorReach; atY <= p.y+anchorReach; atY++ {
		for atX := p.x - anchorReach; atX <= p.x+anchorReach; atX++ {
			if found, ok := wholeCorrelation(one, other, p, atX, atY); ok && found > match {
				x, y, match = float64(atX), float64(atY), found
			}
		}
	}
	return x, y, match
}

// spread takes the boldest pieces of each cell of a coarse grid, so that the anchors do not all lie together.
func spread(pieces []piece, height int) []piece {
	const columns, rows = 5, 5
	best := map[[2]int]piece{}
	for _, p := range pieces {
		cell := [2]int{p.x * columns / lookWidth, p.y * rows / height}
		if p.ink > best[cell].ink {
			best[cell] = p
		}
	}
	var chosen []piece
	for _, p := range best {
		chosen = append(chosen, p)
	}
	slices.SortFunc(chosen, func(a, b piece) int {
		if a.ink != b.ink {
			return int(math.Copysign(1, b.ink-a.ink))
		}
		return a.x + a.y*lookWidth - b.x - b.y*lookWidth
	})
	return chosen[:min(len(chosen), anchors)]
}

// find looks for a piece around the place where the overlay puts it.
func (o overlay) find(one, other Likeness, p piece, reach, step float64) (x, y, match float64) {
	atX, atY := o.stretchX*float64(p.x)+o.shiftX, o.stretchY*float64(p.y)+o.shiftY
	for dy := -reach; dy <= reach; dy += step {
		for dx := -reach; dx <= reach; dx += step {
			found, ok := correlation(one, other, p, atX+dx, atY+dy, o.stretchX, o.stretchY)
			if ok && found > match {
				x, y, match = atX+dx, atY+dy, found
			}
		}
	}
	return x, y, match
}

// line fits to = stretch × from + shift by the median of the slopes (Theil–Sen), which a few wrong anchors do not move.
func line(from, to []float64) (stretch, shift float64) {
	var slopes, shifts []float64
	const apart = 2 * pieceSide
	for one := range from {
		for other := range one {
			if gap := from[one] - from[other]; math.Abs(gap) > apart {
				slopes = append(slopes, (to[one]-to[other])/gap)
			}
		}
	}
	stretch = 1
	if len(slopes) > 0 {
		stretch = median(slopes)
	}
	for place := range from {
		shifts = append(shifts, to[place]-stretch*from[place])
	}
	return stretch, median(shifts)
}

func median(values []float64) float64 {
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}

// match compares a piece with the best of the places where it may lie on the other likeness.
func (o overlay) match(one, other Likeness, p piece) (best float64, inside bool) {
	x, y := o.stretchX*float64(p.x)+o.shiftX, o.stretchY*float64(p.y)+o.shiftY
	if best, inside = correlation(one, other, p, x, y, o.stretchX, o.stretchY); !inside || best >= pieceMatch {
		return best, inside
	}
	_, _, found := o.find(one, other, p, fineReach, fineStep)
	return max(best, found), true
}

// sums are what Pearson's coefficient of two series is made of; brightness and contrast do not matter to it.
type sums struct{ a, b, aa, bb, ab float64 }

func (s *sums) add(a, b float64) {
	s.a += a
	s.b += b
	s.aa += a * a
	s.bb += b * b
	s.ab += a * b
}

func (s *sums) coefficient() float64 {
	const count = pieceSide * pieceSide
	spreadA, spreadB := s.aa-s.a*s.a/count, s.bb-s.b*s.b/count
	if spreadA <= 0 || spreadB <= 0 {
		return 0
	}
	return (s.ab - s.a*s.b/count) / math.Sqrt(spreadA*spreadB)
}

// sample is a place between two pixels of a row or column.
type sample struct {
	first, second int
	weight        float64 // of the second
}

// samples places the pixels of a piece's side on the other likeness; ok is false where one lies outside.
func samples(from, stretch float64, size int) (placed [pieceSide]sample, ok bool) {
	if from < 0 || from+stretch*(pieceSide-1) > float64(size-1) {
		return placed, false
	}
	for n := range placed {
		at := from + stretch*float64(n)
		first := int(at)
		placed[n] = sample{first, min(first+1, size-1), at - float64(first)}
	}
	return placed, true
}

// correlation compares a piece with what lies at a place of the other likeness.
func correlation(one, other Likeness, p piece, x, y, stretchX, stretchY float64) (float64, bool) {
	columns, ok := samples(x, stretchX, other.width)
	if !ok {
		return 0, false
	}
	rows, ok := samples(y, stretchY, other.height)
	if !ok {
		return 0, false
	}
	var s sums
	for n, row := range rows {
		upper, lower := other.pixels[row.first*other.width:], other.pixels[row.second*other.width:]
		own := one.pixels[(p.y+n)*one.width+p.x:][:pieceSide]
		for m, column := range columns {
			above := float64(upper[column.first])*(1-column.weight) + float64(upper[column.second])*column.weight
			below := float64(lower[column.first])*(1-column.weight) + float64(lower[column.second])*column.weight
			s.add(float64(own[m]), above*(1-row.weight)+below*row.weight)
		}
	}
	return s.coefficient(), true
}

// wholeCorrelation is correlation at whole pixels, many times as fast.
func wholeCorrelation(one, other Likeness, p piece, x, y int) (float64, bool) {
	if x < 0 || y < 0 || x+pieceSide > other.width || y+pieceSide > other.height {
		return 0, false
	}
	var a, b, aa, bb, ab int
	for row := range pieceSide {
		own := one.pixels[(p.y+row)*one.width+p.x:][:pieceSide]
		theirs := other.pixels[(y+row)*other.width+x:][:pieceSide]
		for n, value := range own {
			first, second := int(value), int(theirs[n])
			a += first
			b += second
			aa += first * first
			bb += second * second
			ab += first * second
		}
	}
	s := sums{float64(a), float64(b), float64(aa), float64(bb), float64(ab)}
	return s.coefficient(), true
}

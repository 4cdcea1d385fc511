package picture

import (
	"math"
	"slices"
)

// How two likenesses of the same bank's paper are told apart: both are laid over each other as well as a shift and a stretch can, then
// every piece with something on it is compared. Copies agree in all of them; another receipt differs in its number, day and amount.
// The figures are measured on the receipts of likeness_test.go.
const (
	pieceSide   = 16   // pixels
	anchors     = 14   // pieces by which one picture is laid over the other
	anchorReach = 12   // pixels; what a cut-off edge of 2 % moves the rest by
	anchorMatch = 0.80 // correlation from which an anchor counts
	anchorsMet  = 5
	fineReach   = 1.0 // pixels around the place where a piece should be
	fineStep    = 0.5
	pieceMatch  = 0.72 // correlation below which a piece shows something else
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
	pieces := one.piecesOf()
	laid, ok := layOver(one, other, pieces)
	if !ok {
		return false
	}
	shared, others := 0, 0
	for _, p := range pieces {
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
	return float64(shared) >= leastShared*float64(len(pieces))
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

// layOver finds how one likeness lies on the other by looking for its boldest pieces there, spread over the whole.
func layOver(one, other Likeness, pieces []piece) (overlay, bool) {
	var fromX, toX, fromY, toY []float64
	for _, p := range spread(pieces, one.height) {
		x, y, match := find(one, other, p)
		if match < anchorMatch {
			continue
		}
		fromX, toX = append(fromX, float64(p.x)), append(toX, float64(x))
		fromY, toY = append(fromY, float64(p.y)), append(toY, float64(y))
	}
	if len(fromX) < anchorsMet {
		return overlay{}, false
	}
	var laid overlay
	laid.stretchX, laid.shiftX = line(fromX, toX)
	laid.stretchY, laid.shiftY = line(fromY, toY)
	return laid, true
}

// spread takes the boldest pieces of each cell of a coarse grid, so that the anchors do not all lie together.
func spread(pieces []piece, height int) []piece {
	const columns, rows = 5, 3
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

// find looks for a piece around its own place in the other likeness.
func find(one, other Likeness, p piece) (x, y int, match float64) {
	for dy := -anchorReach; dy <= anchorReach; dy++ {
		for dx := -anchorReach; dx <= anchorReach; dx++ {
			if found, ok := correlation(one, other, p, float64(p.x+dx), float64(p.y+dy), 1, 1); ok && found > match {
				x, y, match = p.x+dx, p.y+dy, found
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
	for dy := -fineReach; dy <= fineReach; dy += fineStep {
		for dx := -fineReach; dx <= fineReach; dx += fineStep {
			found, ok := correlation(one, other, p, x+dx, y+dy, o.stretchX, o.stretchY)
			if !ok {
				continue
			}
			inside = true
			if best = max(best, found); best > (1+pieceMatch)/2 {
				return best, true
			}
		}
	}
	return best, inside
}

// correlation compares a piece with what lies at a place of the other likeness, by Pearson's coefficient, so that brightness and
// contrast do not matter.
func correlation(one, other Likeness, p piece, x, y, stretchX, stretchY float64) (float64, bool) {
	var sumA, sumB, squaresA, squaresB, products float64
	for row := range pieceSide {
		for column := range pieceSide {
			b, ok := other.at(x+stretchX*float64(column), y+stretchY*float64(row))
			if !ok {
				return 0, false
			}
			a := float64(one.pixels[(p.y+row)*one.width+p.x+column])
			sumA += a
			sumB += b
			squaresA += a * a
			squaresB += b * b
			products += a * b
		}
	}
	const count = pieceSide * pieceSide
	spreadA, spreadB := squaresA-sumA*sumA/count, squaresB-sumB*sumB/count
	if spreadA <= 0 || spreadB <= 0 {
		return 0, true
	}
	return (products - sumA*sumB/count) / math.Sqrt(spreadA*spreadB), true
}

package picture

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"math/bits"

	"golang.org/x/image/draw"
)

// A Likeness is by what a picture is found again after it was encoded anew, scaled, turned or cropped a little. It holds the picture
// small and grey, cut to what is drawn on it, and a hash of its coarse pattern by which most others are ruled out at once.
type Likeness struct {
	width, height int
	pixels        []uint8 // 0–15
	hash          pattern
	pieces        []piece // with something drawn on them; not stored
}

const (
	// lookWidth is large enough that two digits on a receipt differ and small enough that 1,000 are compared in a second.
	lookWidth  = 640
	lookHeight = 960 // of longer pictures the upper part counts
	lookBits   = 4   // of grey
	hashSide   = 16
	// hashDistance is how many of the hash's 256 bits may differ. Copies of the test's receipts differ in at most 32.
	hashDistance = 72
	// inkStep is by how much neighbours differ in grey where something is drawn.
	inkStep = 40
)

// pattern is a difference hash (dHash): a bit tells whether a cell is brighter than its right neighbour.
type pattern [hashSide * hashSide / 64]uint64

func (p pattern) distance(other pattern) int {
	sum := 0
	for place := range p {
		sum += bits.OnesCount64(p[place] ^ other[place])
	}
	return sum
}

// Looks gives the likenesses of a picture in its four turns, the first as it stands; nil where nothing is drawn on it.
func Looks(source image.Image) []Likeness {
	grey := greyOf(source, 2*lookWidth)
	box := drawnOn(grey)
	if box.Dx() < hashSide*2 || box.Dy() < hashSide*2 {
		return nil
	}
	var looks []Likeness
	for range 4 {
		looks = append(looks, lookOf(grey, box))
		grey, box = turnGrey(grey, box)
	}
	return looks
}

// greyOf draws a picture grey on white, its long side at most limit pixels.
func greyOf(source image.Image, limit int) *image.Gray {
	bounds := source.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if long := max(width, height); long > limit {
		width, height = max(1, width*limit/long), max(1, height*limit/long)
	}
	coloured := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(coloured, coloured.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(coloured, coloured.Bounds(), source, bounds, draw.Over, nil)
	grey := image.NewGray(coloured.Bounds())
	for place := range grey.Pix {
		const red, green, blue = 299, 587, 114 // thousandths, ITU-R BT.601
		at := coloured.Pix[4*place:]
		grey.Pix[place] = uint8((red*int(at[0]) + green*int(at[1]) + blue*int(at[2])) / 1000)
	}
	return grey
}

// drawnOn bounds what is drawn on a picture, so that its margins do not matter.
func drawnOn(grey *image.Gray) image.Rectangle {
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	rows, columns := make([]int, height), make([]int, width)
	for y := 1; y < height; y++ {
		for x := 1; x < width; x++ {
			at := grey.Pix[y*grey.Stride+x]
			if step(at, grey.Pix[y*grey.Stride+x-1]) > inkStep || step(at, grey.Pix[(y-1)*grey.Stride+x]) > inkStep {
				rows[y]++
				columns[x]++
			}
		}
	}
	left, right := span(columns)
	top, bottom := span(rows)
	return image.Rect(left, top, right, bottom)
}

func step(one, other uint8) int { return max(int(one), int(other)) - min(int(one), int(other)) }

// span gives the first and one past the last place where something is, single specks left out.
func span(counts []int) (first, end int) {
	const speck = 2
	for first < len(counts) && counts[first] <= speck {
		first++
	}
	for end = len(counts); end > first && counts[end-1] <= speck; {
		end--
	}
	return first, end
}

func turnGrey(source *image.Gray, box image.Rectangle) (*image.Gray, image.Rectangle) {
	width, height := source.Rect.Dx(), source.Rect.Dy()
	target := image.NewGray(image.Rect(0, 0, height, width))
	for y := range height {
		for x := range width {
			target.Pix[x*target.Stride+height-1-y] = source.Pix[y*source.Stride+x]
		}
	}
	return target, image.Rect(height-box.Max.Y, box.Min.X, height-box.Min.Y, box.Max.X)
}

func lookOf(grey *image.Gray, box image.Rectangle) Likeness {
	height := min(lookHeight, max(2, box.Dy()*lookWidth/box.Dx()))
	box.Max.Y = min(box.Max.Y, box.Min.Y+(height*box.Dx()+lookWidth-1)/lookWidth)
	small := image.NewGray(image.Rect(0, 0, lookWidth, height))
	draw.BiLinear.Scale(small, small.Rect, grey, box, draw.Src, nil)
	coarse := image.NewGray(image.Rect(0, 0, hashSide+1, hashSide))
	draw.BiLinear.Scale(coarse, coarse.Rect, small, small.Rect, draw.Src, nil)
	l := Likeness{width: lookWidth, height: height, pixels: small.Pix}
	for y := range hashSide {
		for x := range hashSide {
			if at := y*coarse.Stride + x; coarse.Pix[at] > coarse.Pix[at+1] {
				bit := y*hashSide + x
				l.hash[bit/64] |= 1 << (bit % 64)
			}
		}
	}
	for place := range l.pixels {
		l.pixels[place] >>= 8 - lookBits
	}
	l.pieces = l.piecesOf()
	return l
}

// likenessHead is the stored form's beginning: version, width, height and the hash; the pixels follow, two to a byte, deflated.
const (
	likenessVersion = 1
	likenessHead    = 1 + 2 + 2 + hashSide*hashSide/8
)

// Bytes gives the likeness as it is stored, about 15 KB.
func (l Likeness) Bytes() []byte {
	var out bytes.Buffer
	out.WriteByte(likenessVersion)
	head := binary.BigEndian.AppendUint16(nil, uint16(l.width))
	head = binary.BigEndian.AppendUint16(head, uint16(l.height))
	for _, word := range l.hash {
		head = binary.BigEndian.AppendUint64(head, word)
	}
	out.Write(head)
	packed := make([]byte, (len(l.pixels)+1)/2)
	for place, value := range l.pixels {
		packed[place/2] |= value << (lookBits * (place % 2))
	}
	writer, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		panic(err) // only an unknown level fails
	}
	writer.Write(packed) // a buffer takes everything
	writer.Close()
	return out.Bytes()
}

// errLikeness tells that stored bytes are no likeness of this version; it is then computed anew.
var errLikeness = errors.New("no likeness of this version")

// hashOf reads only the hash of a stored likeness.
func hashOf(stored []byte) (pattern, error) {
	var hash pattern
	if len(stored) < likenessHead || stored[0] != likenessVersion {
		return hash, errLikeness
	}
	for place := range hash {
		hash[place] = binary.BigEndian.Uint64(stored[5+8*place:])
	}
	return hash, nil
}

// parse reads a stored likeness.
func parse(stored []byte) (Likeness, error) {
	hash, err := hashOf(stored)
	if err != nil {
		return Likeness{}, err
	}
	l := Likeness{width: int(binary.BigEndian.Uint16(stored[1:])), height: int(binary.BigEndian.Uint16(stored[3:])), hash: hash}
	if l.width != lookWidth || l.height < 2 || l.height > lookHeight {
		return l, errLikeness
	}
	packed := make([]byte, (l.width*l.height+1)/2)
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(stored[likenessHead:])), packed); err != nil {
		return l, errors.Join(errLikeness, err)
	}
	l.pixels = make([]uint8, l.width*l.height)
	for place := range l.pixels {
		l.pixels[place] = packed[place/2] >> (lookBits * (place % 2)) & (1<<lookBits - 1)
	}
	return l, nil
}

// Alike tells whether a stored likeness shows the same as one of a picture's turns. It fails where the stored bytes are no likeness.
func Alike(looks []Likeness, stored []byte) (bool, error) {
	hash, err := hashOf(stored)
	if err != nil {
		return false, err
	}
	var other Likeness
	for _, look := range looks {
		if look.hash.distance(hash) > hashDistance {
			continue
		}
		if other.pixels == nil {
			if other, err = parse(stored); err != nil {
				return false, err
			}
		}
		if shows(look, other) {
			return true, nil
		}
	}
	return false, nil
}

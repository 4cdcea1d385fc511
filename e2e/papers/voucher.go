package papers

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"peixun/assets"
)

// Receipt says what a bank receipt shows.
type Receipt struct {
	Bank, Account     string // the payer's
	PaidAt            string
	Amount, Capitals  string // 3,200.00 and 叁仟贰佰元整
	Purpose, Sequence string
}

// The payee as the manual has it.
const (
	PayeeName    = "国培网(北京)教育科技有限公司"
	PayeeBank    = "交通银行北京和平里东街支行"
	PayeeAccount = "110060593018800003058"
)

// Sizes in pixels: the receipt itself, and the photograph of it on a desk.
const (
	receiptWidth, receiptHeight = 1500, 1060
	photoWidth, photoHeight     = 1800, 1320
)

// tilt is how crooked the photograph is, in radians.
const tilt = 2.4 * math.Pi / 180

// WriteVoucher writes a photograph of a receipt: slightly turned, unevenly lit, noisy, and stored on its side with EXIF orientation 6,
// as a telephone held upright does.
func WriteVoucher(path string, receipt Receipt) error {
	paper, err := drawReceipt(receipt)
	if err != nil {
		return err
	}
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, onItsSide(photograph(paper)), &jpeg.Options{Quality: 86}); err != nil {
		return err
	}
	return os.WriteFile(path, withOrientation(picture.Bytes(), 6), 0o644)
}

// brush draws on a picture.
type brush struct {
	picture *image.RGBA
	faces   map[int]font.Face // regular, by size
	bold    map[int]font.Face
}

func newBrush(picture *image.RGBA) (*brush, error) {
	b := &brush{picture: picture, faces: map[int]font.Face{}, bold: map[int]font.Face{}}
	for _, weight := range []struct {
		file  []byte
		faces map[int]font.Face
	}{{assets.SansRegular, b.faces}, {assets.SansBold, b.bold}} {
		parsed, err := opentype.Parse(weight.file)
		if err != nil {
			return nil, err
		}
		for _, size := range []int{22, 26, 34, 44} {
			face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72})
			if err != nil {
				return nil, err
			}
			weight.faces[size] = face
		}
	}
	return b, nil
}

func (b *brush) text(x, y int, face font.Face, ink color.Color, text string) {
	drawer := font.Drawer{Dst: b.picture, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	drawer.DrawString(text)
}

func (b *brush) box(x, y, width, height int, ink color.Color) {
	draw.Draw(b.picture, image.Rect(x, y, x+width, y+height), image.NewUniform(ink), image.Point{}, draw.Over)
}

// frame draws a rectangle's outline, two pixels wide.
func (b *brush) frame(x, y, width, height int, ink color.Color) {
	b.box(x, y, width, 2, ink)
	b.box(x, y+height, width+2, 2, ink)
	b.box(x, y, 2, height, ink)
	b.box(x+width, y, 2, height, ink)
}

var (
	paperWhite = color.RGBA{253, 252, 246, 255}
	inkBlack   = color.RGBA{40, 42, 48, 255}
	inkGrey    = color.RGBA{110, 112, 118, 255}
	inkRed     = color.RGBA{178, 44, 40, 255}
)

// drawReceipt draws the paper upright.
func drawReceipt(r Receipt) (*image.RGBA, error) {
	paper := image.NewRGBA(image.Rect(0, 0, receiptWidth, receiptHeight))
	b, err := newBrush(paper)
	if err != nil {
		return nil, err
	}
	b.box(0, 0, receiptWidth, receiptHeight, paperWhite)
	b.text(80, 110, b.bold[34], inkRed, "城南商业银行")
	b.text(600, 112, b.bold[44], inkBlack, "网上银行电子回单")
	b.text(1300, 108, b.faces[26], inkGrey, "样张")
	b.text(80, 180, b.faces[26], inkGrey, "回单编号："+r.Sequence)
	b.text(960, 180, b.faces[26], inkGrey, "交易时间："+r.PaidAt)
	rows := [][4]string{
		{"付款户名", Unit, "收款户名", PayeeName},
		{"付款账号", r.Account, "收款账号", PayeeAccount},
		{"开户行", r.Bank, "开户行", PayeeBank},
	}
	const left, width, height, middle = 80, 1340, 80, 690
	y := 220
	for _, row := range rows {
		b.frame(left, y, width, height, inkRed)
		b.box(middle, y, 2, height, inkRed)
		for i, x := range []int{left + 24, left + 160, middle + 24, middle + 160} {
			ink := inkBlack
			if i%2 == 0 {
				ink = inkRed
			}
			b.text(x, y+50, b.faces[26], ink, row[i])
		}
		y += height
	}
	for _, row := range [][2]string{{"金　额", "¥ " + r.Amount}, {"大　写", "人民币" + r.Capitals}, {"用　途", r.Purpose}} {
		b.frame(left, y, width, height, inkRed)
		b.text(left+24, y+50, b.faces[26], inkRed, row[0])
		b.text(left+160, y+52, b.bold[34], inkBlack, row[1])
		y += height
	}
	b.text(left, y+80, b.faces[22], inkGrey, "打印次数：1　　验证码：7F3A 90C2 11BE")
	b.text(left, y+126, b.faces[22], inkGrey, "本回单仅供核对，重复打印无效。请勿凭本回单重复记账。")
	b.seal(1180, y+40)
	return paper, nil
}

// seal stamps an ellipse over the receipt.
func (b *brush) seal(centreX, centreY int) {
	const radiusX, radiusY, thick = 190.0, 130.0, 0.04
	for y := -int(radiusY) - 4; y <= int(radiusY)+4; y++ {
		for x := -int(radiusX) - 4; x <= int(radiusX)+4; x++ {
			distance := math.Hypot(float64(x)/radiusX, float64(y)/radiusY)
			if math.Abs(distance-1) < thick {
				b.picture.Set(centreX+x, centreY+y, inkRed)
			}
		}
	}
	b.text(centreX-78, centreY-40, b.bold[26], inkRed, "城南商业银行")
	b.text(centreX-104, centreY+14, b.bold[26], inkRed, "电子回单专用章")
	b.text(centreX-40, centreY+62, b.faces[26], inkRed, "(样张)")
}

// photograph lays the paper askew on a desk under uneven light and adds a sensor's noise.
func photograph(paper *image.RGBA) *image.RGBA {
	photo := image.NewRGBA(image.Rect(0, 0, photoWidth, photoHeight))
	noise := rand.New(rand.NewPCG(2022, 3))
	sin, cos := math.Sincos(-tilt)
	for y := range photoHeight {
		for x := range photoWidth {
			dx, dy := float64(x-photoWidth/2), float64(y-photoHeight/2)
			sample, inside := between(paper, dx*cos-dy*sin+receiptWidth/2, dx*sin+dy*cos+receiptHeight/2)
			if !inside {
				grain := uint8(6 * math.Sin(float64(y)/9+float64(x)/200))
				sample = color.RGBA{122 + grain, 96 + grain, 72 + grain, 255}
			}
			light := 1.02 - 0.22*float64(x)/photoWidth - 0.10*math.Abs(dy)/photoHeight
			spread := float64(noise.IntN(13) - 6)
			photo.SetRGBA(x, y, color.RGBA{lit(sample.R, light, spread), lit(sample.G, light, spread), lit(sample.B, light*0.97, spread), 255})
		}
	}
	return photo
}

// between reads a colour between four pixels.
func between(picture *image.RGBA, x, y float64) (color.RGBA, bool) {
	left, top := int(math.Floor(x)), int(math.Floor(y))
	if left < 0 || top < 0 || left+1 >= receiptWidth || top+1 >= receiptHeight {
		return color.RGBA{}, false
	}
	a, b := picture.RGBAAt(left, top), picture.RGBAAt(left+1, top)
	c, d := picture.RGBAAt(left, top+1), picture.RGBAAt(left+1, top+1)
	u, v := x-float64(left), y-float64(top)
	mix := func(a, b, c, d uint8) uint8 {
		return uint8((float64(a)*(1-u)+float64(b)*u)*(1-v) + (float64(c)*(1-u)+float64(d)*u)*v)
	}
	return color.RGBA{mix(a.R, b.R, c.R, d.R), mix(a.G, b.G, c.G, d.G), mix(a.B, b.B, c.B, d.B), 255}, true
}

func lit(value uint8, light, noise float64) uint8 {
	return uint8(max(0, min(255, float64(value)*light+noise)))
}

// onItsSide turns a picture 90° to the left, as the sensor of a telephone held upright stores it.
func onItsSide(upright *image.RGBA) *image.RGBA {
	size := upright.Bounds().Size()
	side := image.NewRGBA(image.Rect(0, 0, size.Y, size.X))
	for y := range size.Y {
		for x := range size.X {
			side.SetRGBA(y, size.X-1-x, upright.RGBAAt(x, y))
		}
	}
	return side
}

// withOrientation puts an EXIF segment with the orientation behind a JPEG's first marker.
func withOrientation(picture []byte, orientation byte) []byte {
	segment := []byte{0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, // APP1, its length, Exif
		'M', 'M', 0, 42, 0, 0, 0, 8, // big-endian TIFF, the directory follows
		0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, // one entry: Orientation, SHORT, 1 value
		0, 0, 0, 0} // no further directory
	out := append([]byte{}, picture[:2]...)
	return append(append(out, segment...), picture[2:]...)
}

// WriteText writes a small file of text under any name: what is no picture and no workbook.
func WriteText(path, text string) error {
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

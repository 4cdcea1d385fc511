package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"sync"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"peixun/assets"
)

// paper is what a bank prints on its receipt; the template is the same for all of a bank's.
type paper struct {
	serial, at, payer, account, amount, capitals, purpose string
}

// papers are receipts of one bank that a unit could have in one year: each pair differs in what such receipts differ in.
var papers = []paper{
	{"2206141026005520", "2022-06-14 10:26:08", "北京市第九实验医院", "330101201900556678", "1,600.00", "壹仟陆佰元整", "2022年公共知识培训费 骨科、急诊科"},
	{"2206151431007713", "2022-06-15 14:31:55", "北京市第九实验医院", "330101201900556678", "1,600.00", "壹仟陆佰元整", "2022年公共知识培训费 骨科、急诊科"}, // the same amount next day
	{"2206141026005521", "2022-06-14 10:26:49", "北京市第九实验医院", "330101201900556678", "3,200.00", "叁仟贰佰元整", "2022年公共知识培训费 骨科、急诊科"}, // a minute later
	{"2203021102330086", "2022-03-02 11:02:33", "北京市第九实验医院", "330101201900556678", "80.00", "捌拾元整", "2022年公共知识培训费 社区服务站"},
}

const sheetWidth, sheetHeight = 1654, 1160

var typeface = sync.OnceValue(func() *opentype.Font {
	parsed, err := opentype.Parse(bytes.Clone(assets.SansRegular))
	if err != nil {
		panic(err)
	}
	return parsed
})

// sheetOf draws a receipt as a bank's PDF is drawn at 144 dpi.
func sheetOf(t testing.TB, p paper) *image.RGBA {
	t.Helper()
	sheet := image.NewRGBA(image.Rect(0, 0, sheetWidth, sheetHeight))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.RGBA{0xFF, 0xFE, 0xFA, 0xFF}), image.Point{}, draw.Src)
	red, black := color.RGBA{0xA0, 0x20, 0x20, 0xFF}, color.RGBA{0x20, 0x20, 0x20, 0xFF}
	write := func(x, y int, size float64, ink color.Color, text string) {
		face, err := opentype.NewFace(typeface(), &opentype.FaceOptions{Size: size, DPI: 72})
		if err != nil {
			t.Fatal(err)
		}
		drawer := font.Drawer{Dst: sheet, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
		drawer.DrawString(text)
	}
	rule := func(x0, y0, x1, y1 int) {
		draw.Draw(sheet, image.Rect(x0, y0, x1, y1), image.NewUniform(red), image.Point{}, draw.Src)
	}
	write(700, 130, 44, red, "网上银行电子回单")
	write(90, 210, 24, black, "回单编号："+p.serial)
	write(1120, 210, 24, black, "交易时间："+p.at)
	rows := [][2]string{{"付款人户名", p.payer}, {"付款人账号", p.account}, {"收款人户名", "国培网(北京)教育科技有限公司"}, {"收款人账号", "110060593018800003058"},
		{"收款人开户行", "交通银行北京和平里东街支行"}, {"金额（小写）", "¥" + p.amount}, {"金额（大写）", "人民币" + p.capitals}, {"用途", p.purpose}}
	for place, row := range rows {
		y := 260 + place*90
		rule(90, y, 1560, y+2)
		write(110, y+56, 26, red, row[0])
		write(420, y+56, 28, black, row[1])
	}
	rule(90, 980, 1560, 982)
	rule(90, 260, 92, 982)
	rule(380, 260, 382, 982)
	rule(1560, 260, 1562, 982)
	write(90, 1040, 22, black, "打印次数：1    验证码：7F3A 90C2 11BE    本回单仅供核对，重复打印无效。请勿凭本回单重复记账。")
	for angle := 0.0; angle < 2*math.Pi; angle += 0.002 { // the bank's stamp
		for thick := 0.0; thick < 5; thick++ {
			sheet.Set(1330+int((120+thick)*math.Cos(angle)), 900+int((72+thick)*math.Sin(angle)), color.RGBA{0xC0, 0x30, 0x30, 0xFF})
		}
	}
	write(1240, 905, 24, red, "电子回单专用章")
	return sheet
}

func scaled(source image.Image, width int) *image.RGBA {
	bounds := source.Bounds()
	target := image.NewRGBA(image.Rect(0, 0, width, bounds.Dy()*width/bounds.Dx()))
	draw.CatmullRom.Scale(target, target.Rect, source, bounds, draw.Src, nil)
	return target
}

func cropped(source *image.RGBA, left, top, right, bottom float64) *image.RGBA {
	width, height := float64(source.Rect.Dx()), float64(source.Rect.Dy())
	part := image.Rect(int(left*width), int(top*height), int((1-right)*width), int((1-bottom)*height))
	target := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(target, target.Rect, source, part.Min, draw.Src)
	return target
}

func recoded(t testing.TB, source image.Image, quality int) image.Image {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, source, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// blurred draws a picture through a box of a side in pixels, twice, which is close to a camera out of focus.
func blurred(source *image.RGBA, side int) *image.RGBA {
	for range 2 {
		source = boxed(boxed(source, side, 4), side, source.Stride)
	}
	return source
}

// boxed takes the mean of side pixels that stand step bytes apart.
func boxed(source *image.RGBA, side, step int) *image.RGBA {
	target := image.NewRGBA(source.Rect)
	reach := side / 2
	for place := range source.Pix {
		sum, count := 0, 0
		for near := -reach; near <= reach; near++ {
			if at := place + near*step; at >= 0 && at < len(source.Pix) {
				sum += int(source.Pix[at])
				count++
			}
		}
		target.Pix[place] = uint8(sum / count)
	}
	return target
}

// noisy adds a camera's grain.
func noisy(source *image.RGBA, level int) *image.RGBA {
	target := image.NewRGBA(source.Rect)
	state := uint32(1)
	for place, value := range source.Pix {
		state = state*1664525 + 1013904223
		target.Pix[place] = uint8(min(255, max(0, int(value)+int(state>>16)%(2*level+1)-level)))
	}
	return target
}

// shaded lights a picture unevenly and greys its paper, as a photograph under a lamp does.
func shaded(source *image.RGBA) *image.RGBA {
	target := image.NewRGBA(source.Rect)
	width := source.Rect.Dx()
	for place, value := range source.Pix {
		x := place / 4 % width
		target.Pix[place] = uint8(int(value) * (170 + 60*x/width) / 255)
	}
	return target
}

// Package picture looks at voucher pictures: what they are by content, how large, which way up.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg" // this and the next are formats that Decode understands
	"image/png"
	"slices"

	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	"golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"peixun/data"
)

// Info is what a picture is, known without decoding it.
type Info struct {
	Type          string // MIME type
	Width, Height int    // pixels, after the EXIF orientation
	orientation   int    // EXIF 1–8
}

// formats are the pictures that a voucher can be, by the names of Go's decoders.
var formats = []string{"jpeg", "png", "bmp", "webp", "tiff"}

// Inspect tells what a picture is by its content. What is no picture, too large, or more pixels than
// data.MaxVoucherPixels, is refused with a data.Problem before anything is decoded.
func Inspect(content []byte) (Info, error) {
	refuse := func(code, what, fix string) (Info, error) {
		return Info{}, data.Refuse(code, "voucher", what, fix)
	}
	switch {
	case len(content) == 0:
		return refuse("voucher-empty", "这个文件是空的。", "请重新拍照或扫描回单。")
	case len(content) > data.MaxVoucherSize:
		return refuse("voucher-large", "图片超过 20 MB。", "请用较小的尺寸另存一次。")
	case IsPDF(content):
		return refuse("voucher-pdf", "这是一份 PDF，不是图片。", "请打开 PDF，截图或另存为图片后再上传。")
	case len(content) > 12 && string(content[4:8]) == "ftyp":
		return Info{}, refuseFamily(string(content[8:12]))
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return refuse("voucher-not-picture", "这是 OFD、Word 之类的文件或压缩包，不是图片。", "请打开它，导出为 PDF 或截图，再上传。")
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	switch {
	// Other packages of the program register more decoders, such as GIF's.
	case isUnsupported(err), err == nil && !slices.Contains(formats, format), err != nil && isWhole(content):
		return Info{}, unsupported.Because(err)
	case err != nil, config.Width <= 0, config.Height <= 0:
		return Info{}, data.Refuse("voucher-not-picture", "voucher", "这不是能读取的图片，或者图片已损坏。", "请用 JPG 或 PNG 图片，重新拍照或扫描回单。").Because(err)
	}
	if int64(config.Width)*int64(config.Height) > data.MaxVoucherPixels {
		return refuse("voucher-pixels", fmt.Sprintf("图片有 %d × %d 像素，太大了。", config.Width, config.Height), "请缩小到 6000 万像素以内再上传。")
	}
	if err := affordable(content, format, config); err != nil {
		return Info{}, err
	}
	if file, ok := openTIFF(content); ok && file.pages() > 1 {
		return refuse("voucher-pages", fmt.Sprintf("这个 TIFF 有 %d 页，一张凭证图片只能有一页。", file.pages()), "请另存为 PDF，或者每页存成一张图片，再上传。")
	}
	info := Info{Type: "image/" + format, Width: config.Width, Height: config.Height, orientation: orientation(content, format)}
	if info.orientation >= 5 { // 5–8 lie on their side
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// unsupported is a whole picture of a kind that nothing here reads, such as CMYK or JPEG in TIFF.
var unsupported = data.Refuse("voucher-unsupported", "voucher", "这张图片没有坏，但是这种格式还读不了。", "请用看图程序打开它，另存为 JPG 或 PNG，再上传。")

func isUnsupported(err error) bool {
	var ofTIFF tiff.UnsupportedError
	var ofJPEG jpeg.UnsupportedError
	var ofPNG png.UnsupportedError
	return errors.Is(err, bmp.ErrUnsupported) || errors.As(err, &ofTIFF) || errors.As(err, &ofJPEG) || errors.As(err, &ofPNG)
}

// refuseFamily refuses what telephones keep in boxes of ISO 14496-12: photos and films.
func refuseFamily(brand string) error {
	switch brand {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return data.Refuse("voucher-heic", "voucher", "这是苹果手机的 HEIC 照片，读不了。", "请在手机“设置→相机→格式”里选“兼容性最佳”，或转成 JPG。")
	case "avif", "avis":
		return unsupported
	}
	return data.Refuse("voucher-not-picture", "voucher", "这是一段录像，不是图片。", "请用 JPG 或 PNG 图片，重新拍照或扫描回单。")
}

// isWhole tells whether what Go's decoders call broken is a picture of a kind that they do not know: animated WebP, BigTIFF, what fax
// machines write, samples of other sizes than theirs, JPEG 2000, Photoshop.
func isWhole(content []byte) bool {
	const animated = 0x02 // in the flags of VP8X
	for _, mark := range []string{"II+\x00", "MM\x00+", "\x00\x00\x00\x0CjP  ", "\xFF\x4F\xFF\x51", "8BPS"} {
		if bytes.HasPrefix(content, []byte(mark)) {
			return true
		}
	}
	if len(content) > 20 && string(content[8:16]) == "WEBPVP8X" {
		return content[20]&animated != 0
	}
	file, ok := openTIFF(content)
	if !ok {
		return false
	}
	page, _ := file.directory(file.first())
	fax := slices.Contains([]int{compressionHuffman, compressionGroup3}, page.number(tagCompression, 1))
	return page.number(tagWidth, 0) > 0 && (fax || !slices.Contains([]int{1, 8, 16}, page.number(tagBits, 1)))
}

// IsPDF tells whether content is a PDF: its mark may stand behind some other bytes (ISO 32000, annex H), but not inside a picture.
func IsPDF(content []byte) bool {
	const within = 1024
	if bytes.HasPrefix(content, []byte("\xFF\xD8\xFF")) || bytes.HasPrefix(content, []byte("\x89PNG")) {
		return false
	}
	return bytes.Contains(content[:min(len(content), within)], []byte("%PDF-"))
}

// Turn gives a picture turned by quarter turns clockwise, its long side at most limit pixels.
func Turn(source image.Image, turned, limit int) image.Image {
	return orient(shrink(source, limit), 1, turned)
}

// Decode gives the picture upright and turned by quarter turns clockwise, its long side at most limit pixels.
func Decode(content []byte, turned, limit int) (image.Image, error) {
	info, err := Inspect(content)
	if err != nil {
		return nil, err
	}
	source, _, err := image.Decode(bytes.NewReader(content))
	switch {
	case isUnsupported(err), err != nil && isWhole(content):
		return nil, unsupported.Because(err)
	case err != nil:
		return nil, data.Refuse("voucher-not-picture", "voucher", "图片已损坏，读不全。", "请重新拍照或扫描回单。").Because(err)
	}
	return orient(shrink(source, limit), info.orientation, turned), nil
}

// shrink draws on white; RGBA, not NRGBA, is what package draw is fast with.
func shrink(source image.Image, limit int) *image.RGBA {
	bounds := source.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if long := max(width, height); long > limit {
		width, height = max(1, width*limit/long), max(1, height*limit/long)
	}
	target := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(target, target.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(target, target.Bounds(), source, bounds, draw.Over, nil)
	return target
}

// orient applies an EXIF orientation (TIFF 6.0, tag 274) and then quarter turns clockwise.
func orient(source *image.RGBA, orientation, turned int) *image.RGBA {
	mirrored := orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7
	if mirrored {
		source = mirror(source)
	}
	quarters := map[int]int{3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}[orientation]
	for range (quarters + turned) % 4 {
		source = turn(source)
	}
	return source
}

func mirror(source *image.RGBA) *image.RGBA {
	width, height := source.Rect.Dx(), source.Rect.Dy()
	target := image.NewRGBA(source.Rect)
	for y := range height {
		for x := range width {
			copy(target.Pix[y*target.Stride+4*(width-1-x):][:4], source.Pix[y*source.Stride+4*x:])
		}
	}
	return target
}

func turn(source *image.RGBA) *image.RGBA {
	width, height := source.Rect.Dx(), source.Rect.Dy()
	target := image.NewRGBA(image.Rect(0, 0, height, width))
	for y := range height {
		for x := range width {
			copy(target.Pix[x*target.Stride+4*(height-1-y):][:4], source.Pix[y*source.Stride+4*x:])
		}
	}
	return target
}

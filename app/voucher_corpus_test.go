package app_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"peixun/app/apptest"
	"peixun/data"
)

// darkCorner is a photo, wide × high as the camera stored it, whose left upper quarter is dark. Its EXIF block says how it was held.
func darkCorner(t *testing.T, wide, high int, orientation byte) []byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			if x >= wide/2 || y >= high/2 {
				picture.SetGray(x, y, color.Gray{0xFF})
			}
		}
	}
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, picture, nil))
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0, 0, 0, 0, 0)
	return append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, append(exif, out.Bytes()[2:]...)...)
}

// However a telephone was held, the photo is shown and handed over upright.
func TestEveryOrientationBecomesAnUprightVoucher(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	const wide, high = 900, 700
	dark := []image.Point{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}} // where the corner belongs, by orientation
	for place, corner := range dark {
		orientation := byte(place + 1)
		voucher := got[data.Voucher](t)(h.AddVoucherFile(ctx, order.ID, pictureFile(t, "照片.jpg", darkCorner(t, wide, high, orientation))))
		want := image.Pt(wide, high)
		if orientation > 4 { // held upright: the camera stored it lying
			want = image.Pt(high, wide)
		}
		shown := got[image.Image](t)(h.VoucherImage(ctx, voucher))
		if voucher.Width != want.X || voucher.Height != want.Y || shown.Bounds().Size() != want {
			t.Errorf("orientation %d: stored %d × %d, shown %v, want %v", orientation, voucher.Width, voucher.Height, shown.Bounds(), want)
		}
		for _, at := range dark[:4] {
			level, _, _, _ := shown.At(want.X/4+at.X*want.X/2, want.Y/4+at.Y*want.Y/2).RGBA()
			if isDark := level < 0x8000; isDark != (at == corner) {
				t.Errorf("orientation %d: corner %v has level %x, the dark one belongs at %v", orientation, at, level, corner)
			}
		}
		must(t, h.RemoveVoucher(ctx, order.ID, voucher.ID))
	}
	healthy(t, h.App)
}

// What scanners, printers and other programs write is kept as it came and can be shown.
func TestUnusualPicturesBecomeVouchers(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	plain := gofpdf.New("L", "pt", "A5", "")
	plain.AddPage()
	plain.SetFont("Helvetica", "", 11) // one of the fonts that a PDF need not hold
	plain.Text(40, 50, "BANK OF BEIJING 3,200.00")
	var bare bytes.Buffer
	must(t, plain.Output(&bare))
	for _, c := range []struct {
		name, kind string
		content    []byte
	}{
		{"CMYK.jpg", "image/jpeg", got[[]byte](t)(os.ReadFile("../data/picture/testdata/cmyk.jpg"))},
		{"十六位.png", "image/png", got[[]byte](t)(os.ReadFile("../data/picture/testdata/sixteen.png"))},
		{"隔行.png", "image/png", got[[]byte](t)(os.ReadFile("../data/picture/testdata/interlaced.png"))},
		{"其实是照片.pdf", "image/jpeg", darkCorner(t, 800, 700, 1)},
		{"动态照片.jpg", "image/jpeg", append(darkCorner(t, 800, 700, 6), "\x00\x00\x00\x18ftypmp42 GPSLatitude 39.9054"...)}, // a film behind the photo
		{"其实是回单.png", "application/pdf", receiptPDF(t, "1", "80.00")},
		{"没有嵌入字体.pdf", "application/pdf", bare.Bytes()},
	} {
		t.Run(c.name, func(t *testing.T) {
			voucher := got[data.Voucher](t)(h.AddVoucherFile(ctx, order.ID, pictureFile(t, c.name, c.content)))
			if voucher.Type != c.kind || voucher.Size != int64(len(c.content)) {
				t.Errorf("stored %+v", voucher)
			}
			if shown := got[image.Image](t)(h.VoucherImage(ctx, voucher)); !hasDarkAndLight(shown) {
				t.Error("it is shown as one even area")
			}
			var handed bytes.Buffer
			if err := h.ExportVoucher(ctx, voucher, &handed); err != nil || bytes.Contains(handed.Bytes(), []byte("GPS")) || bytes.Contains(handed.Bytes(), []byte("Exif")) {
				t.Errorf("handed over with more than its pixels, or not at all: %v", err)
			}
			must(t, h.RemoveVoucher(ctx, order.ID, voucher.ID))
		})
	}
	healthy(t, h.App)
}

func hasDarkAndLight(picture image.Image) bool {
	lowest, highest := uint8(0xFF), uint8(0)
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			level := color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y
			lowest, highest = min(lowest, level), max(highest, level)
		}
	}
	return lowest < 0x60 && highest > 0xE0
}

// A picture that claims more pixels than memory holds is refused before it is decoded, and one that is cut off is not stored.
func TestBombsAndTruncatedPicturesAreNoVouchers(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), 50_000), 50_000)
	header = append(header, 8, 2, 0, 0, 0)
	bomb := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	bomb = binary.BigEndian.AppendUint32(bomb, crc32.ChecksumIEEE(header))
	photo, receipt := darkCorner(t, 900, 700, 6), receiptPDF(t, "1", "80.00")
	for _, c := range []struct {
		name, code string
		content    []byte
	}{
		{"炸弹.png", "voucher-pixels", bomb},
		{"截断.jpg", "voucher-not-picture", photo[:len(photo)/2]},
		{"截断.pdf", "pdf-damaged", receipt[:60]},
		{"空.pdf", "voucher-empty", nil},
		{"回单.ofd", "voucher-not-picture", []byte("PK\x03\x04 OFD.xml")},
		{"录像.jpg", "voucher-not-picture", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00")},
	} {
		t.Run(c.name, func(t *testing.T) {
			unchanged(t, h.App, func() {
				_, err := h.AddVoucherFile(ctx, order.ID, pictureFile(t, c.name, c.content))
				refused(t, err, c.code)
			})
		})
	}
}

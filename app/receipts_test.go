package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"peixun/app/apptest"
	"peixun/assets"
	"peixun/data"
)

// receiptPDF writes a bank's PDF receipt, one page for each amount.
func receiptPDF(t testing.TB, serial string, amounts ...string) []byte {
	t.Helper()
	pdf := gofpdf.New("L", "pt", "A5", "")
	pdf.AddUTF8FontFromBytes("song", "", bytes.Clone(assets.SerifRegular))
	for page, amount := range amounts {
		pdf.AddPage()
		pdf.SetFont("song", "", 11)
		for line, text := range []string{
			"交通银行 电子回单", fmt.Sprintf("回单编号：%s%02d", serial, page), "付款人名称：" + apptest.Unit, "付款人账号：330101201900556678",
			"收款人名称：" + data.DefaultPayee.Name, "收款人账号：" + data.DefaultPayee.Account, "金额（小写）：" + amount, "交易时间：2022-06-14 10:26:08",
		} {
			pdf.Text(40, 50+float64(line)*40, text)
		}
	}
	var out bytes.Buffer
	must(t, pdf.Output(&out))
	return out.Bytes()
}

func TestPDFReceiptIsAVoucher(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	must(t, h.RemoveVoucher(ctx, order.ID, order.Vouchers[0].ID))
	content := receiptPDF(t, "220614", "80.00", "81.00")
	voucher := got[data.Voucher](t)(h.AddVoucherFile(ctx, order.ID, pictureFile(t, "电子回单.jpg", content))) // by content, not by extension
	want := data.Receipt{Bank: "交通银行", Serial: "22061400", Amount: 80_00, PaidAt: "2022-06-14 10:26:08", PayerName: apptest.Unit, PayerAccount: "330101201900556678",
		PayeeName: data.DefaultPayee.Name, PayeeAccount: data.DefaultPayee.Account}
	if voucher.Type != "application/pdf" || voucher.Pages != 2 || voucher.Receipt != want || min(voucher.Width, voucher.Height) < 874 || voucher.Blurred {
		t.Errorf("stored %+v", voucher)
	}
	saved := filepath.Join(t.TempDir(), "原件.pdf")
	must(t, h.SaveVoucherOriginal(ctx, voucher.ID, saved))
	if again := got[[]byte](t)(os.ReadFile(saved)); !bytes.Equal(again, content) {
		t.Error("the original came back changed")
	}
	shown := got[image.Image](t)(h.VoucherImage(ctx, voucher))
	if shown.Bounds().Dx() != voucher.Width || shown.Bounds().Dy() != voucher.Height {
		t.Errorf("shown with %v, stored as %d × %d", shown.Bounds(), voucher.Width, voucher.Height)
	}
	if gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, got[data.Order](t)(h.Order(ctx, order.ID)))); len(gaps) != 0 {
		t.Errorf("a receipt that agrees leaves gaps: %+v", gaps)
	}
	must(t, h.ShowVoucherPage(ctx, order.ID, voucher.ID, 1))
	stored := got[data.Order](t)(h.Order(ctx, order.ID))
	if page := stored.Vouchers[0]; page.Page != 1 || page.Receipt.Amount != 81_00 || page.Receipt.Serial != "22061401" {
		t.Errorf("the second page: %+v", page)
	}
	gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, stored))
	if len(gaps) != 1 || gaps[0].Code != "receipt-lines" || gaps[0].Level != data.LevelWarning || !strings.Contains(gaps[0].What, "81.00") || !strings.Contains(gaps[0].What, "80.00") {
		t.Errorf("gaps = %+v", gaps)
	}
	if stored.Total() != 80_00 {
		t.Error("the receipt's amount was taken over")
	}
	refused(t, h.ShowVoucherPage(ctx, order.ID, voucher.ID, 2), "voucher-page")
	got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	if log := got[[]data.AuditEntry](t)(h.Audit(ctx, order.Number, 1)); strings.Contains(log[0].Detail, "330101201900556678") || !strings.Contains(log[0].Detail, "81.00") {
		t.Errorf("log: %+v", log)
	}
	healthy(t, h.App)
}

func TestPDFsThatAreNoReceipts(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	whole := receiptPDF(t, "1", "80.00")
	many := make([]string, 21)
	for n := range many {
		many[n] = "1.00"
	}
	locked := got[[]byte](t)(os.ReadFile("../data/pdf/testdata/locked.pdf"))
	for _, c := range []struct {
		name, code string
		content    []byte
	}{
		{"damaged", "pdf-damaged", []byte("%PDF-1.4\n这里什么也没有")},
		{"encrypted", "pdf-encrypted", locked},
		{"a year's statement", "pdf-too-many-pages", receiptPDF(t, "1", many...)},
		{"too large", "voucher-large", append(bytes.Clone(whole), make([]byte, data.MaxVoucherSize)...)},
		{"a page as large as a house", "pdf-page-size", bytes.Replace(whole, []byte("/MediaBox [0 0 595.28 420.94]"), []byte("/MediaBox [0 0 99999 99999.9]"), 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			unchanged(t, h.App, func() {
				_, err := h.AddVoucher(ctx, order.ID, "回单.pdf", c.content)
				refused(t, err, c.code)
			})
		})
	}
}

// The same receipt as a PDF, as a picture of it and as a file saved again is noticed; another receipt of the bank is not.
func TestTheSameReceiptInTwoOrders(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	first, second, third := h.Draft("2022-06-14 10:26:00", 2), h.Draft("2022-06-14 10:27:00", 2), h.Draft("2022-06-14 10:28:00", 2)
	receipt := got[data.Voucher](t)(h.AddVoucher(ctx, first.ID, "回单.pdf", receiptPDF(t, "220614", "80.00")))
	var photo bytes.Buffer
	must(t, h.ExportVoucher(ctx, receipt, &photo))
	got[data.Voucher](t)(h.AddVoucher(ctx, second.ID, "照片.jpg", photo.Bytes()))
	got[data.Voucher](t)(h.AddVoucher(ctx, third.ID, "另一张.pdf", receiptPDF(t, "220615", "80.00")))
	codes := func(order data.Order) string {
		var found []string
		for _, gap := range got[[]data.Problem](t)(h.OrderGaps(ctx, got[data.Order](t)(h.Order(ctx, order.ID)))) {
			found = append(found, gap.Code+" "+gap.What)
		}
		return strings.Join(found, "; ")
	}
	if found := codes(second); !strings.HasPrefix(found, "voucher-alike") || !strings.Contains(found, first.Number) || strings.Contains(found, third.Number) {
		t.Errorf("the photo of the receipt: %q", found)
	}
	if found := codes(first); !strings.HasPrefix(found, "voucher-alike") || !strings.Contains(found, second.Number) {
		t.Errorf("the order that was first: %q", found)
	}
	if found := codes(third); found != "" {
		t.Errorf("another receipt of the bank: %q", found)
	}
	again := bytes.Replace(receiptPDF(t, "220614", "80.00"), []byte("%%EOF"), []byte("% saved again\n%%EOF"), 1)
	got[data.Voucher](t)(h.AddVoucher(ctx, third.ID, "又一份.pdf", again))
	if found := codes(third); !strings.HasPrefix(found, "receipt-elsewhere") || !strings.Contains(found, first.Number) {
		t.Errorf("the same receipt downloaded twice: %q", found)
	}
	healthy(t, h.App)
}

// What is handed over is upright and says nothing of the telephone and the place.
func TestExportedVouchersAreUprightAndBare(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	var camera bytes.Buffer
	must(t, jpeg.Encode(&camera, image.NewGray(image.Rect(0, 0, 900, 700)), nil))
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPS 39.9N 116.4E HUAWEI"
	photo := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, append([]byte(exif), camera.Bytes()[2:]...)...)
	voucher := got[data.Voucher](t)(h.AddVoucher(ctx, order.ID, "IMG_2022.jpg", photo))
	if voucher.Width != 700 || voucher.Height != 900 {
		t.Fatalf("stored %+v", voucher)
	}
	var out bytes.Buffer
	must(t, h.ExportVoucher(ctx, voucher, &out))
	exported, err := jpeg.DecodeConfig(bytes.NewReader(out.Bytes()))
	if err != nil || exported.Width != 700 || exported.Height != 900 {
		t.Errorf("exported %+v, %v", exported, err)
	}
	for _, secret := range []string{"Exif", "GPS", "HUAWEI"} {
		if bytes.Contains(out.Bytes(), []byte(secret)) {
			t.Errorf("the export still says %s", secret)
		}
	}
	voucher.Turned = 1
	out.Reset()
	must(t, h.ExportVoucher(ctx, voucher, &out))
	if turned, err := jpeg.DecodeConfig(bytes.NewReader(out.Bytes())); err != nil || turned.Width != 900 {
		t.Errorf("turned %+v, %v", turned, err)
	}
}

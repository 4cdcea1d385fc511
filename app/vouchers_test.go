package app_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestVouchersAreJudgedByContent(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	var photo, animation bytes.Buffer
	must(t, jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 800, 700)), nil))
	must(t, gif.Encode(&animation, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black}), nil))
	for _, c := range []struct {
		name    string
		content []byte
		kind    string // of a stored voucher
		code    string // of a refusal
	}{
		{"回单.png", pixels(t, 700, 800), "image/png", ""},
		{"照片.txt", photo.Bytes(), "image/jpeg", ""},
		{"没有扩展名", pixels(t, 700, 701), "image/png", ""},
		{"空.png", nil, "", "voucher-empty"},
		{"截断.png", pixels(t, 700, 700)[:200], "", "voucher-not-picture"},
		{"文字.jpg", []byte("这不是图片"), "", "voucher-not-picture"},
		{"动图.gif", animation.Bytes(), "", "voucher-unsupported"},
		{"回单.pdf", []byte("%PDF-1.4\n"), "", "pdf-damaged"},
		{"IMG_0417.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "", "voucher-heic"},
		{"太大.png", append(pixels(t, 700, 700), make([]byte, data.MaxVoucherSize)...), "", "voucher-large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := pictureFile(t, c.name, c.content)
			if c.code != "" {
				unchanged(t, h.App, func() {
					_, err := h.AddVoucherFile(ctx, order.ID, path)
					refused(t, err, c.code)
				})
				return
			}
			voucher := got[data.Voucher](t)(h.AddVoucherFile(ctx, order.ID, path))
			if voucher.Type != c.kind || voucher.Name != c.name || voucher.Size != int64(len(c.content)) || voucher.AddedAt != "2022-06-17 13:02:11" {
				t.Errorf("stored %+v", voucher)
			}
		})
	}
	_, err := h.AddVoucherFile(ctx, order.ID, filepath.Join(t.TempDir(), "没有.png"))
	refused(t, err, "file-unreadable")
	_, err = h.AddVoucherFile(ctx, order.ID, t.TempDir())
	refused(t, err, "file-unreadable")
	healthy(t, h.App)
}

func TestVoucherIsKeptInsideTheDatabase(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	path := pictureFile(t, "回单.png", pixels(t, 700, 800))
	voucher := got[data.Voucher](t)(h.AddVoucherFile(ctx, order.ID, path))
	must(t, os.Remove(path))
	picture := got[image.Image](t)(h.VoucherImage(ctx, voucher))
	if size := picture.Bounds().Size(); size != image.Pt(700, 800) {
		t.Errorf("shown with %v", size)
	}
	for _, turn := range []struct{ given, stored int }{{1, 1}, {-1, 3}, {6, 2}, {0, 0}} {
		must(t, h.TurnVoucher(ctx, voucher.ID, turn.given))
		stored := got[data.Order](t)(h.Order(ctx, order.ID)).Vouchers[1]
		if stored.Turned != turn.stored {
			t.Errorf("turned by %d is stored as %d", turn.given, stored.Turned)
		}
		across := []int{700, 800}[turn.stored%2]
		if picture := got[image.Image](t)(h.VoucherImage(ctx, stored)); picture.Bounds().Dx() != across {
			t.Errorf("turned by %d it is %v", turn.given, picture.Bounds())
		}
	}
}

func TestTheSamePictureInTwoOrdersWarns(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	first, second := h.Draft("2022-06-14 10:26:00", 2), h.Draft("2022-06-14 10:27:00", 2)
	receipt := pixels(t, 700, 700)
	got[data.Voucher](t)(h.AddVoucher(ctx, first.ID, "回单.png", receipt))
	_, err := h.AddVoucher(ctx, first.ID, "回单2.png", receipt)
	refused(t, err, "voucher-twice")
	got[data.Voucher](t)(h.AddVoucher(ctx, second.ID, "回单.png", receipt))
	second = got[data.Order](t)(h.Order(ctx, second.ID))
	gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, second))
	if len(gaps) != 1 || gaps[0].Code != "voucher-elsewhere" || gaps[0].Level != data.LevelWarning || !strings.Contains(gaps[0].What, first.Number) {
		t.Fatalf("gaps = %+v", gaps)
	}
	got[data.Order](t)(h.SubmitOrder(ctx, second.ID))
	if log := got[[]data.AuditEntry](t)(h.Audit(ctx, second.Number, 1)); !strings.Contains(log[0].Detail, "已确认："+gaps[0].What) {
		t.Errorf("the confirmed warning is not in the log: %+v", log)
	}
	got[data.Order](t)(h.VoidOrder(ctx, first.ID, "重复"))
	if gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, second)); len(gaps) != 0 {
		t.Errorf("a void order's picture still warns: %+v", gaps)
	}
}

func TestNumbersOfPeopleAreKeptOutOfVoucherNames(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	voucher := got[data.Voucher](t)(h.AddVoucher(ctx, order.ID, datatest.IDNumber(1)+"的回单.png", pixels(t, 700, 700)))
	if voucher.Name != "凭证.png" {
		t.Errorf("name = %q", voucher.Name)
	}
}

// Nothing personal stands readable in any file of the data folder after a whole year's work.
func TestFilesHoldNothingPersonal(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 6)
	h.Charge("2022-04-14 09:00:00", order.BatchNumber, h.People("急诊科")...)
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "044002100111", "2022-06-17"))
	got[[]data.Trainee](t)(h.RevealAll(ctx, data.TraineeQuery{}, "核对"))
	rejected := h.Submitted("2022-05-10 09:00:00", 2)
	got[data.Order](t)(h.RejectOrder(ctx, rejected.ID, "看不清", ""))
	plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, "姓名,身份证号,培训名称,开始日期,结束日期,学时,备注",
		datatest.Name(1)+","+datatest.IDNumber(1)+",讲座,2022-05-09,2022-05-09,4,手机13912345678"), app.ImportOptions{PlanID: 1}))
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))
	receipt := pixels(t, 1234, 700)
	got[data.Voucher](t)(h.AddVoucher(ctx, h.Draft("2022-06-14 10:26:00", 2).ID, "回单.png", receipt))
	secrets := map[string][]byte{
		"the payer's account": []byte("330101201900556678"), "the invoice's mobile": []byte("13800000518"), "the administrator's mobile": []byte("13800000417"),
		"a remark": []byte("13912345678"), "a voucher": receipt[16:80], "a PNG's header": []byte("IHDR"), "the password": []byte(apptest.Password),
	}
	for n := range 6 {
		secrets["an ID number"+datatest.IDNumber(n)], secrets["a mobile"+datatest.Mobile(n+417)] = []byte(datatest.IDNumber(n)), []byte(datatest.Mobile(n+417))
	}
	looked := 0
	for _, name := range []string{"", "-wal"} {
		content, err := os.ReadFile(h.DatabasePath() + name)
		must(t, err)
		looked += len(content)
		for what, secret := range secrets {
			if bytes.Contains(content, secret) {
				t.Errorf("%s stands readable in peixun.db%s", what, name)
			}
		}
		if name == "-wal" && !bytes.Contains(content, []byte("急诊科")) {
			t.Error("a department's name is not found either: the search looks in the wrong place")
		}
	}
	for _, line := range got[[]data.AuditEntry](t)(h.Audit(ctx, "", 1000)) {
		for what, secret := range secrets {
			if strings.Contains(line.Target+line.Detail+line.User, string(secret)) {
				t.Errorf("%s stands in the log: %+v", what, line)
			}
		}
	}
	if looked < 100_000 {
		t.Errorf("only %d bytes were looked at", looked)
	}
	healthy(t, h.App)
}

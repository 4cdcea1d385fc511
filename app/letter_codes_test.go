package app_test

import (
	"bytes"
	"context"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/letter"
)

// scanOf is a picture of a paper's page as a scanner would give it.
func scanOf(t *testing.T, h *apptest.Hospital, pdf []byte, name string) string {
	t.Helper()
	paper := got[*app.Paper](t)(h.OpenPaper(ctx, pdf))
	defer paper.Close()
	drawn, err := paper.Draw(ctx, 0, 1240)
	must(t, err)
	path := filepath.Join(t.TempDir(), name)
	var content bytes.Buffer
	must(t, png.Encode(&content, drawn))
	must(t, os.WriteFile(path, content.Bytes(), 0o600))
	return path
}

func TestScansFindTheirLettersByCode(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	first := got[app.MadeLetter](t)(h.MakeLetter(ctx, h.Submitted("2022-05-10 09:00:00", 2).ID))
	other := got[app.MadeLetter](t)(h.MakeLetter(ctx, h.Submitted("2022-05-11 09:00:00", 3).ID))
	void := got[app.MadeLetter](t)(h.MakeLetter(ctx, h.Submitted("2022-05-12 09:00:00", 1).ID))
	must(t, h.VoidLetter(ctx, void.ID, "打印有误"))
	both := filepath.Join(t.TempDir(), "两份.pdf")
	must(t, app.WriteFile(both, func(w io.Writer) error { return second(h.WriteLetters(ctx, w, []int64{other.ID, first.ID})) }))
	receipt := pictureFile(t, "回单.png", pixels(t, 400, 300))
	var told []int
	filed := got[[]app.FiledScan](t)(h.FileScans(ctx, []string{
		scanOf(t, h, other.PDF, "b.png"), both, receipt, scanOf(t, h, void.PDF, "c.png"), scanOf(t, h, other.PDF, "again.png"), filepath.Join(t.TempDir(), "没有.png"),
	}, func(done, total int) { told = append(told, done*10+total) }))
	for at, want := range []struct {
		letters []int64
		code    string
	}{
		{[]int64{other.ID}, ""}, {[]int64{other.ID, first.ID}, ""}, {nil, "scan-no-code"}, {nil, "scan-void"}, {nil, "scan-twice"}, {nil, "file-unreadable"},
	} {
		var ids []int64
		for _, letter := range filed[at].Letters {
			ids = append(ids, letter.ID)
		}
		if !slices.Equal(ids, want.letters) {
			t.Errorf("file %d went to %v, want %v", at, ids, want.letters)
		}
		if want.code == "" {
			must(t, filed[at].Err)
		} else {
			refused(t, filed[at].Err, want.code)
		}
	}
	if !slices.Equal(told, []int{16, 26, 36, 46, 56, 66}) {
		t.Errorf("told %v", told)
	}
	if one, two := len(got[[]data.LetterScan](t)(h.LetterScans(ctx, first.ID))), len(got[[]data.LetterScan](t)(h.LetterScans(ctx, other.ID))); one != 1 || two != 2 {
		t.Errorf("%d and %d files", one, two)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	unchanged(t, h.App, func() {
		if filed, err := h.FileScans(cancelled, []string{both}, nil); err == nil || len(filed) > 0 {
			t.Errorf("cancelled, and filed %+v", filed)
		}
	})
	healthy(t, h.App)
}

// TestAForgedScanIsRefused: the number is registered, the amount in the code is another.
func TestAForgedScanIsRefused(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, made := registered(t, h)
	forged := made.Content
	forged.Orders = slices.Clone(forged.Orders)
	forged.Orders[0].Lines = slices.Clone(forged.Orders[0].Lines)
	forged.Orders[0].Lines[0].Amount += 100_00
	var pdf bytes.Buffer
	must(t, second(letter.Confirmation(&pdf, forged)))
	scan := scanOf(t, h, pdf.Bytes(), "改过.png")
	unchanged(t, h.App, func() {
		refused(t, got[[]app.FiledScan](t)(h.FileScans(ctx, []string{scan}, nil))[0].Err, "scan-differs")
	})
	verified := got[app.Verified](t)(h.VerifyLetterFile(ctx, scan))
	if verified.Genuine() || len(verified.Checks) != 3 || verified.Checks[1].Agrees {
		t.Errorf("a forged scan: %+v", verified.Checks)
	}
	if verified := got[app.Verified](t)(h.VerifyLetterFile(ctx, scanOf(t, h, made.PDF, "真.png"))); !verified.Genuine() || verified.SameFile || len(verified.Checks) != 3 {
		t.Errorf("a true scan: %+v", verified.Checks)
	}
	_, err := h.VerifyLetterFile(ctx, pictureFile(t, "回单.png", pixels(t, 400, 300)))
	refused(t, err, "letter-no-text")
}

package app_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data"
)

func TestDutySheetNamesWhatStandsOpen(t *testing.T) {
	h := fullYear(t)
	h.Draft("2022-06-14 10:26:00", 2)
	sheet := got[data.DutySheet](t)(h.DutySheet(ctx, "孙一"))
	var open []string
	for _, duty := range sheet.Open {
		if duty.What == "" || duty.Whose == "" {
			t.Errorf("a line without words: %+v", duty)
		}
		open = append(open, duty.What)
	}
	if all := strings.Join(open, "、"); !strings.Contains(all, "订单填了一半") || !strings.Contains(all, "学员还没有充值") {
		t.Errorf("open: %s", all)
	}
	var paper bytes.Buffer
	written := got[app.Written](t)(h.WriteDutySheet(ctx, &paper, "孙一"))
	if written.Pages == 0 || !bytes.HasPrefix(paper.Bytes(), []byte("%PDF")) {
		t.Errorf("%d pages", written.Pages)
	}
	if folder := os.Getenv("LETTER_LOOK"); folder != "" {
		must(t, os.WriteFile(folder+"/duty.pdf", paper.Bytes(), 0o600))
	}
}

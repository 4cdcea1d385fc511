package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

func TestLetterOfAnUnchangedOrderIsTheSame(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 5)
	first := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	sum := sha256.Sum256(first.PDF)
	if first.Number != "QR-2022-0001" || first.State != data.LetterMade || first.Pages < 1 || !bytes.HasPrefix(first.PDF, []byte("%PDF-")) || first.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("letter %s, %d pages, %d bytes", first.Number, first.Pages, len(first.PDF))
	}
	if first.Content.Total() != order.Total() || first.Content.People() != 5 || first.Content.Unit != apptest.Unit || first.Content.Orders[0].Number != order.Number {
		t.Errorf("content = %+v", first.Content)
	}
	h.Clock.Pass(48 * time.Hour)
	unchanged(t, h.App, func() {
		again := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
		if again.Number != first.Number || again.SHA256 != first.SHA256 || !bytes.Equal(again.PDF, first.PDF) || again.CreatedAt != first.CreatedAt {
			t.Errorf("two days later it is %s with %d bytes", again.Number, len(again.PDF))
		}
	})
	other := got[app.MadeLetter](t)(h.MakeLetter(ctx, h.Submitted("2022-05-10 09:00:00", 2).ID))
	if other.Number != "QR-2022-0002" {
		t.Errorf("another order's letter is %s", other.Number)
	}
	healthy(t, h.App)
}

func TestChangeMakesANewLetterAndVoidsTheOld(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, h *apptest.Hospital, order data.Order)
	}{
		{"the invoice was issued", func(t *testing.T, h *apptest.Hospital, o data.Order) {
			got[data.Order](t)(h.InvoiceOrder(ctx, o.ID, "044002100111", "2022-06-17"))
		}},
		{"the unit has a new name", func(t *testing.T, h *apptest.Hospital, _ data.Order) {
			profile := got[data.Profile](t)(h.Profile(ctx))
			profile.Unit = "北京市第十实验医院"
			must(t, h.SaveProfile(ctx, profile))
		}},
		{"the approval was taken back", func(t *testing.T, h *apptest.Hospital, o data.Order) {
			got[data.Order](t)(h.TakeBackApproval(ctx, o.ID))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := apptest.NewHospital(t, 5)
			order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 5)
			first := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
			c.change(t, h, order)
			second := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
			if second.Number != "QR-2022-0002" || second.SHA256 == first.SHA256 {
				t.Errorf("the second letter is %s", second.Number)
			}
			letters := got[[]data.ConfirmationLetter](t)(h.Letters(ctx))
			if len(letters) != 2 || letters[0].State != data.LetterMade || letters[1].State != data.LetterVoid || letters[1].Number != first.Number || letters[1].SHA256 != first.SHA256 {
				t.Errorf("register = %+v", letters)
			}
		})
	}
}

func TestRechargesDoNotChangeTheLetter(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 5)
	first := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	h.Charge("2022-05-01 09:00:00", order.BatchNumber, h.People("")[0])
	if again := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID)); again.Number != first.Number {
		t.Errorf("after a recharge it is %s", again.Number)
	}
}

func TestLetterIsRefused(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, err := h.MakeLetter(ctx, 999)
	refused(t, err, "not-found")
	draft := h.Draft("2022-03-10 09:00:00", 5)
	_, err = h.MakeLetter(ctx, draft.ID)
	refused(t, err, "letter-state")
	if !errors.Is(err, data.ErrWrongState) {
		t.Errorf("%v is not data.ErrWrongState", err)
	}
}

func TestLabelAndRecoverySheet(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"label": func(out *bytes.Buffer) error { return second(h.WriteLabels(ctx, out, data.LabelRequest{})) },
		"sheet": func(out *bytes.Buffer) error { return h.WriteRecoverySheet(ctx, out, "ABCD-EFGH") },
	} {
		var first, second bytes.Buffer
		must(t, write(&first))
		must(t, write(&second))
		if !bytes.HasPrefix(first.Bytes(), []byte("%PDF-")) || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: %d bytes, the same twice: %t", name, first.Len(), bytes.Equal(first.Bytes(), second.Bytes()))
		}
	}
}

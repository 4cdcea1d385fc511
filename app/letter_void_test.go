package app_test

import (
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

func TestARejectedOrdersLetterIsVoid(t *testing.T) {
	h := apptest.NewHospital(t, 12)
	order := h.Submitted("2022-06-10 09:00:00", 6)
	made := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	got[data.Order](t)(h.RejectOrder(ctx, order.ID, "凭证看不清", ""))
	letters := got[[]data.ConfirmationLetter](t)(h.Letters(ctx))
	if len(letters) != 1 || letters[0].Number != made.Number || letters[0].State != data.LetterVoid {
		t.Errorf("letters %+v", letters)
	}
}

package app_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// compose makes a letter on orders.
func compose(t *testing.T, h *apptest.Hospital, list data.LetterList, orders ...int64) app.MadeLetter {
	t.Helper()
	return got[app.MadeLetter](t)(h.ComposeLetter(ctx, data.LetterRequest{OrderIDs: orders, List: list, Reason: "平台要求附名单"}))
}

func TestOneLetterForTwoOrders(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	first, second := h.Submitted("2022-05-10 09:00:00", 3), h.Approved("2022-05-12 09:00:00", "2022-05-13 09:00:00", 2)
	alone := got[app.MadeLetter](t)(h.MakeLetter(ctx, first.ID))
	joint := compose(t, h, data.ListNone, second.ID, first.ID, second.ID)
	if joint.Content.Total() != first.Total()+second.Total() || !slices.Equal(joint.OrderIDs, []int64{first.ID, second.ID}) || joint.Number == alone.Number {
		t.Errorf("the joint letter %s is on %v for %s", joint.Number, joint.OrderIDs, joint.Content.Total())
	}
	for _, order := range []int64{first.ID, second.ID} {
		if again := got[app.MadeLetter](t)(h.MakeLetter(ctx, order)); again.Number != joint.Number || !bytes.Equal(again.PDF, joint.PDF) {
			t.Errorf("order %d has letter %s, not the joint %s", order, again.Number, joint.Number)
		}
	}
	got[data.Order](t)(h.RejectOrder(ctx, first.ID, "凭证看不清", ""))
	letters := got[[]data.ConfirmationLetter](t)(h.Letters(ctx))
	if len(letters) != 2 || letters[0].State != data.LetterVoid || letters[1].State != data.LetterVoid {
		t.Errorf("after one order was rejected: %+v", letters)
	}
	if apart := got[app.MadeLetter](t)(h.MakeLetter(ctx, second.ID)); !slices.Equal(apart.OrderIDs, []int64{second.ID}) {
		t.Errorf("the other order's new letter is on %v", apart.OrderIDs)
	}
	healthy(t, h.App)
}

func TestLetterOnOrdersPaidFromTwoAccountsSaysBoth(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	first, second := h.Draft("2022-05-10 09:00:00", 3), h.Draft("2022-05-12 09:00:00", 2)
	second.PayerAccount = "330101201900559999"
	got[data.Order](t)(h.SaveOrder(ctx, second))
	for _, order := range []int64{first.ID, second.ID} {
		got[data.Order](t)(h.SubmitOrder(ctx, order))
	}
	joint := compose(t, h, data.ListNone, first.ID, second.ID)
	if joint.Content.PayerAccount != "" || joint.Content.Orders[0].PayerAccount != first.PayerAccount || joint.Content.Orders[1].PayerAccount != second.PayerAccount {
		t.Errorf("accounts %q, %q, %q", joint.Content.PayerAccount, joint.Content.Orders[0].PayerAccount, joint.Content.Orders[1].PayerAccount)
	}
	if alone := compose(t, h, data.ListNone, second.ID); alone.Content.PayerAccount != second.PayerAccount {
		t.Errorf("alone it says %q", alone.Content.PayerAccount)
	}
}

func TestLetterListsItsPeople(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	order := h.Submitted("2022-05-10 09:00:00", 5) // the sixth belongs to 社区服务站, which pays for itself
	masked := compose(t, h, data.ListMasked, order.ID)
	if len(masked.Content.Listed) != 5 || len(masked.Warnings) != 0 {
		t.Fatalf("%d people, warnings %v", len(masked.Content.Listed), masked.Warnings)
	}
	if first := masked.Content.Listed[0].IDNumber; !strings.Contains(first, "*") {
		t.Errorf("a masked list says %s", first)
	}
	before := len(got[[]data.AuditEntry](t)(h.Audit(ctx, "完整证件号", 10)))
	_, err := h.ComposeLetter(ctx, data.LetterRequest{OrderIDs: []int64{order.ID}, List: data.ListWhole})
	refused(t, err, "reason-missing")
	whole := compose(t, h, data.ListWhole, order.ID)
	if number := whole.Content.Listed[0].IDNumber; strings.Contains(number, "*") || whole.Number == masked.Number {
		t.Errorf("a whole list says %s in letter %s", number, whole.Number)
	}
	logged := got[[]data.AuditEntry](t)(h.Audit(ctx, "完整证件号", 10))
	if len(logged) != before+1 || !strings.Contains(logged[0].Detail, "5 人") || !strings.Contains(logged[0].Detail, "平台要求附名单") {
		t.Errorf("the log says %+v", logged)
	}
	if again := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID)); again.Number != whole.Number {
		t.Errorf("printing again gives %s", again.Number)
	}
}

// TestNewPeopleDoNotChangeALetterThatIsPrintedAgain, but whoever asks for the list anew gets today's, with a warning.
func TestNewPeopleDoNotChangeALetterThatIsPrintedAgain(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	order := h.Submitted("2022-05-10 09:00:00", 5)
	first := compose(t, h, data.ListMasked, order.ID)
	got[data.ImportRow](t)(h.AddTrainee(ctx, map[string]string{"name": datatest.Name(90), "id_number": datatest.IDNumber(90), "mobile": datatest.Mobile(90), "category": "管理岗"}))
	if again := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID)); again.Number != first.Number || !bytes.Equal(again.PDF, first.PDF) {
		t.Errorf("printed again it is %s", again.Number)
	}
	anew := compose(t, h, data.ListMasked, order.ID)
	if len(anew.Content.Listed) != 6 || anew.Number == first.Number || len(anew.Content.Categories) != 0 {
		t.Errorf("anew: %d people, %s, %v", len(anew.Content.Listed), anew.Number, anew.Content.Categories)
	}
	if len(anew.Warnings) != 1 || anew.Warnings[0].Code != "letter-list-differs" {
		t.Errorf("warnings %v", anew.Warnings)
	}
}

func TestLetterCountsPeopleByCategory(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	tree := got[data.OrganizationTree](t)(h.Organizations(ctx))
	for n, category := range []string{"管理岗", "专业技术人员", "专业技术人员"} {
		got[data.ImportRow](t)(h.AddTrainee(ctx, map[string]string{"name": datatest.Name(90 + n), "id_number": datatest.IDNumber(90 + n),
			"mobile": datatest.Mobile(90 + n), "category": category, "organization": tree.Root().Path}))
	}
	order := h.Submitted("2022-05-10 09:00:00", 5)
	made := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	if said := fmt.Sprint(made.Content.Categories); said != "[{专业技术人员 2} {管理岗 1} {未填写类别 2}]" {
		t.Errorf("categories %s", said)
	}
	if made.Content.Price != h.Plan.Price {
		t.Errorf("price %s", made.Content.Price)
	}
}

func TestLetterWithACharacterThatNoFontHasIsMadeWithAWarning(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	profile := got[data.Profile](t)(h.Profile(ctx))
	profile.Name = "李𠀀"
	must(t, h.SaveProfile(ctx, profile))
	made := got[app.MadeLetter](t)(h.MakeLetter(ctx, h.Submitted("2022-05-10 09:00:00", 2).ID))
	if len(made.Warnings) != 1 || made.Warnings[0].Code != "letter-missing-character" {
		t.Errorf("warnings %v", made.Warnings)
	}
}

func TestLetterIsOnOrdersOfOnePlan(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	first := h.Submitted("2022-05-10 09:00:00", 2)
	plans := got[[]data.Plan](t)(h.Plans(ctx))
	other := plans[slices.IndexFunc(plans, func(p data.Plan) bool { return p.ID != h.Plan.ID })]
	h.Plan = other
	h.Plan.Price = 40_00
	second := h.Submitted("2022-05-11 09:00:00", 2)
	_, err := h.ComposeLetter(ctx, data.LetterRequest{OrderIDs: []int64{first.ID, second.ID}})
	refused(t, err, "letter-plans")
	_, err = h.ComposeLetter(ctx, data.LetterRequest{})
	refused(t, err, "letter-orders")
}

func TestUnitWordsItsLetters(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	order := h.Submitted("2022-05-10 09:00:00", 3)
	first := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	settings := got[data.LetterSettings](t)(h.LetterSettings(ctx))
	if settings.Recipient != "北京专技组" || settings.Text != (data.LetterText{}) {
		t.Errorf("at first %+v", settings)
	}
	settings.Text.Opening, settings.Recipient = "{单位}共 {人数} 人参加{培训计划}，{金额大写}。", "北京组（收）"
	must(t, h.SaveLetterSettings(ctx, settings))
	second := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	if want := apptest.Unit + "共 3 人参加" + h.Plan.Name + "，人民币" + order.Total().Capitals() + "。"; second.Content.Text.Opening != want || second.Number == first.Number {
		t.Errorf("letter %s says %s", second.Number, second.Content.Text.Opening)
	}
	if second.Content.Mailing.Recipient != "北京组（收）" || second.Content.Text.Closing != first.Content.Text.Closing {
		t.Errorf("it goes to %s and ends %s", second.Content.Mailing.Recipient, second.Content.Text.Closing)
	}
	settings.Text.Opening = "共{人头}人"
	refused(t, h.SaveLetterSettings(ctx, settings), "letter-placeholder")
	settings.Text.Opening = "其中 " + datatest.IDNumber(1)
	refused(t, h.SaveLetterSettings(ctx, settings), "id-in-wrong-column")
}

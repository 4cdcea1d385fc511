package app_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/letter"
)

// registered makes a letter of an approved order.
func registered(t *testing.T, h *apptest.Hospital) (data.Order, app.MadeLetter) {
	t.Helper()
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 5)
	return order, got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
}

func row(t *testing.T, h *apptest.Hospital, id int64) data.LetterRow {
	t.Helper()
	return got[[]data.LetterRow](t)(h.LetterRows(ctx, []int64{id}))[0]
}

// walk brings a letter as far as a state.
func walk(t *testing.T, h *apptest.Hospital, id int64, to data.LetterState) {
	t.Helper()
	for row(t, h, id).State != to {
		next, _ := row(t, h, id).State.Next()
		must(t, h.MoveLetters(ctx, []int64{id}, data.LetterMove{To: next, Carrier: "EMS", Tracking: "EA123456789CN"}))
	}
}

func TestLetterGoesItsWay(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, made := registered(t, h)
	walk(t, h, made.ID, data.LetterReturned)
	last := row(t, h, made.ID)
	if last.Carrier != "EMS" || last.Tracking != "EA123456789CN" || last.Last.On != "2022-06-17" {
		t.Errorf("row %+v", last)
	}
	var way []data.LetterState
	for _, step := range got[[]data.LetterStep](t)(h.LetterHistory(ctx, made.ID)) {
		way = append(way, step.State)
		if step.User != "赵晓岚" || step.At == "" {
			t.Errorf("step %+v", step)
		}
	}
	if !slices.Equal(way, data.LetterStates[:5]) {
		t.Errorf("history %v", way)
	}
	healthy(t, h.App)
}

func TestOnlyTheNextStepIsAllowed(t *testing.T) {
	for _, c := range []struct {
		name string
		from data.LetterState
		move data.LetterMove
		code string
	}{
		{"two at once", data.LetterMade, data.LetterMove{To: data.LetterStamped}, "letter-step"},
		{"back", data.LetterStamped, data.LetterMove{To: data.LetterPrinted}, "letter-step"},
		{"the same again", data.LetterPrinted, data.LetterMove{To: data.LetterPrinted}, "letter-step"},
		{"after the end", data.LetterReturned, data.LetterMove{To: data.LetterVoid}, "letter-step"},
		{"tomorrow", data.LetterMade, data.LetterMove{To: data.LetterPrinted, On: "2022-06-18"}, "letter-day-future"},
		{"before it was made", data.LetterMade, data.LetterMove{To: data.LetterPrinted, On: "2022-06-16"}, "letter-day-order"},
		{"no day at all", data.LetterMade, data.LetterMove{To: data.LetterPrinted, On: "gestern"}, "date"},
		{"sent by nobody", data.LetterStamped, data.LetterMove{To: data.LetterSent}, "letter-carrier"},
		{"a strange tracking number", data.LetterStamped, data.LetterMove{To: data.LetterSent, Carrier: "EMS", Tracking: "单号见面单"}, "letter-tracking"},
		{"an identity number as carrier", data.LetterStamped, data.LetterMove{To: data.LetterSent, Carrier: "11010519491231002X"}, "id-in-wrong-column"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := apptest.NewHospital(t, 5)
			_, made := registered(t, h)
			walk(t, h, made.ID, c.from)
			unchanged(t, h.App, func() { refused(t, h.MoveLetters(ctx, []int64{made.ID}, c.move), c.code) })
		})
	}
}

func TestSeveralLettersInOneEnvelopeOrNone(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, one := registered(t, h)
	_, other := registered(t, h)
	_, behind := registered(t, h)
	walk(t, h, one.ID, data.LetterStamped)
	walk(t, h, other.ID, data.LetterStamped)
	move := data.LetterMove{To: data.LetterSent, Carrier: "顺丰速运", Tracking: " sf 1234 5678 "}
	unchanged(t, h.App, func() { refused(t, h.MoveLetters(ctx, []int64{one.ID, other.ID, behind.ID}, move), "letter-step") })
	must(t, h.MoveLetters(ctx, []int64{one.ID, other.ID}, move))
	for _, id := range []int64{one.ID, other.ID} {
		if sent := row(t, h, id); sent.State != data.LetterSent || sent.Tracking != "SF12345678" {
			t.Errorf("letter %s is %s with %q", sent.Number, sent.State, sent.Tracking)
		}
	}
	found := got[[]int64](t)(h.LetterIDs(ctx, data.LetterQuery{Text: "sf1234"}))
	if !slices.Equal(found, []int64{other.ID, one.ID}) {
		t.Errorf("by the tracking number %v", found)
	}
	must(t, h.UndoLetterMove(ctx, []int64{one.ID, other.ID}, data.LetterSent))
	if back := row(t, h, one.ID); back.State != data.LetterStamped || back.Carrier != "顺丰速运" && back.Carrier != "" {
		t.Errorf("undone: %+v", back)
	}
	refused(t, h.UndoLetterMove(ctx, []int64{one.ID}, data.LetterSent), "letter-step")
	healthy(t, h.App)
}

func TestStepBackKeepsItsReasonAndTheOldDay(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, made := registered(t, h)
	walk(t, h, made.ID, data.LetterStamped)
	h.Clock.Pass(72 * time.Hour)
	refused(t, h.BackLetter(ctx, made.ID, "  "), "reason-missing")
	must(t, h.BackLetter(ctx, made.ID, "章盖歪了，重新打印"))
	back := row(t, h, made.ID)
	if back.State != data.LetterPrinted || back.Last.On != "2022-06-17" || back.Last.Note != "章盖歪了，重新打印" || !back.Last.Back {
		t.Errorf("back %+v", back.Last)
	}
	must(t, h.MoveLetters(ctx, []int64{made.ID}, data.LetterMove{To: data.LetterStamped, On: "2022-06-18"}))
	must(t, h.BackLetter(ctx, made.ID, "又歪了"))
	must(t, h.BackLetter(ctx, made.ID, "打印机卡纸"))
	refused(t, h.BackLetter(ctx, made.ID, "再退"), "letter-step")
	healthy(t, h.App)
}

func TestVoidLetterStaysVoidAndNamesItsSuccessor(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	order, first := registered(t, h)
	refused(t, h.VoidLetter(ctx, first.ID, ""), "reason-missing")
	must(t, h.VoidLetter(ctx, first.ID, "打印有误"))
	refused(t, h.VoidLetter(ctx, first.ID, "再作废"), "letter-step")
	refused(t, h.BackLetter(ctx, first.ID, "想要回来"), "letter-step")
	if gone := row(t, h, first.ID); gone.ReplacedBy != "" || gone.Last.Note != "打印有误" {
		t.Errorf("void %+v", gone)
	}
	second := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	if gone := row(t, h, first.ID); gone.ReplacedBy != second.Number {
		t.Errorf("replaced by %q, want %s", gone.ReplacedBy, second.Number)
	}
	again := got[app.MadeLetter](t)(h.PrintLetter(ctx, first.ID))
	if !bytes.Equal(again.PDF, first.PDF) {
		t.Error("a void letter is not printed as it was")
	}
	healthy(t, h.App)
}

func TestStampedLetterIsReplacedOnlyWhereItIsWrong(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	order, made := registered(t, h)
	walk(t, h, made.ID, data.LetterStamped)
	profile := got[data.Profile](t)(h.Profile(ctx))
	profile.Phone = "010-84297523"
	must(t, h.SaveProfile(ctx, profile))
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "044002100111", "2022-06-17"))
	if again := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID)); again.Number != made.Number {
		t.Errorf("what the letter left blank made %s of it", again.Number)
	}
	if changes := got[[]string](t)(h.LetterContradictions(ctx, made.ID)); len(changes) > 0 {
		t.Errorf("contradictions %q", changes)
	}
	got[data.Order](t)(h.TakeBackApproval(ctx, order.ID))
	if changes := got[[]string](t)(h.LetterContradictions(ctx, made.ID)); !slices.Equal(changes, []string{"审核时间"}) {
		t.Errorf("contradictions %q", changes)
	}
	renewed := got[app.MadeLetter](t)(h.RenewLetter(ctx, made.ID, ""))
	if renewed.Number == made.Number || row(t, h, made.ID).ReplacedBy != renewed.Number {
		t.Errorf("renewed as %s", renewed.Number)
	}
}

func TestRegisterIsCountedFilteredAndSorted(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	order, first := registered(t, h)
	_, second := registered(t, h)
	_, third := registered(t, h)
	walk(t, h, second.ID, data.LetterPrinted)
	must(t, h.VoidLetter(ctx, third.ID, "打印有误"))
	counts := got[map[data.LetterState]int](t)(h.LetterCounts(ctx, data.LetterQuery{State: data.LetterVoid}))
	if counts[data.LetterMade] != 1 || counts[data.LetterPrinted] != 1 || counts[data.LetterVoid] != 1 {
		t.Errorf("counts %v", counts)
	}
	for name, c := range map[string]struct {
		query data.LetterQuery
		want  []int64
	}{
		"all":      {data.LetterQuery{}, []int64{third.ID, second.ID, first.ID}},
		"live":     {data.LetterQuery{Live: true}, []int64{second.ID, first.ID}},
		"state":    {data.LetterQuery{State: data.LetterPrinted}, []int64{second.ID}},
		"order":    {data.LetterQuery{OrderID: order.ID}, []int64{first.ID}},
		"number":   {data.LetterQuery{Text: strings.ToLower(first.Number)}, []int64{first.ID}},
		"by order": {data.LetterQuery{Text: order.Number}, []int64{first.ID}},
		"sorted":   {data.LetterQuery{Sort: "state"}, []int64{first.ID, second.ID, third.ID}},
		"plan":     {data.LetterQuery{PlanID: 99}, nil},
		"wildcard": {data.LetterQuery{Text: "%"}, nil},
	} {
		if found := got[[]int64](t)(h.LetterIDs(ctx, c.query)); !slices.Equal(found, c.want) {
			t.Errorf("%s finds %v, want %v", name, found, c.want)
		}
	}
}

func TestHomeRemindsOfLettersThatStandStill(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, made := registered(t, h)
	kinds := func() []app.WaitKind {
		home := got[data.Home](t)(h.Home(ctx))
		var kinds []app.WaitKind
		for _, wait := range got[[]app.Wait](t)(h.Waits(ctx, home)) {
			if wait.Kind == app.WaitLetter || wait.Kind == app.WaitReturn {
				kinds = append(kinds, wait.Kind)
				if wait.Letter != made.Number || wait.Count != 1 || wait.Sum != made.Content.Total() {
					t.Errorf("wait %+v", wait)
				}
			}
		}
		return kinds
	}
	if found := kinds(); found != nil {
		t.Errorf("on the first day %v", found)
	}
	h.Clock.Pass(7 * 24 * time.Hour)
	if found := kinds(); !slices.Equal(found, []app.WaitKind{app.WaitLetter}) {
		t.Errorf("after a week %v", found)
	}
	walk(t, h, made.ID, data.LetterSent)
	if found := kinds(); found != nil {
		t.Errorf("just sent %v", found)
	}
	settings := got[data.LetterSettings](t)(h.LetterSettings(ctx))
	settings.ReturnWithin = 3
	must(t, h.SaveLetterSettings(ctx, settings))
	h.Clock.Pass(3 * 24 * time.Hour)
	if found := kinds(); !slices.Equal(found, []app.WaitKind{app.WaitReturn}) {
		t.Errorf("three days after sending %v", found)
	}
	settings.SendWithin = 0
	refused(t, h.SaveLetterSettings(ctx, settings), "letter-days")
}

func TestVerification(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	order, made := registered(t, h)
	path := filepath.Join(t.TempDir(), "确认书.pdf")
	must(t, os.WriteFile(path, made.PDF, 0o600))
	verified := got[app.Verified](t)(h.VerifyLetterFile(ctx, path))
	if !verified.Genuine() || !verified.SameFile || len(verified.Checks) != 3 || verified.Letter.Number != made.Number {
		t.Errorf("our own file: %+v", verified.Checks)
	}
	code := verified.Checks[2].Known
	for _, c := range []struct {
		name, text string
		genuine    bool
		checks     int
	}{
		{"the code", "QR-2022-0001|20000|" + code, true, 3},
		{"as a scanner types it", " qr-2022-0001|20000|" + strings.ToUpper(code) + "\r\n", true, 3},
		{"another amount", "QR-2022-0001|30000|" + code, false, 3},
		{"as it is printed", letter.Code(made.Content), true, 3},
		{"as it is printed, with another amount", strings.Replace(letter.Code(made.Content), "/20000/", "/30000/", 1), false, 3},
		{"another hash", "QR-2022-0001|20000|000000000000", false, 3},
		{"only the number", "QR-2022-0001", true, 1},
	} {
		verified := got[app.Verified](t)(h.VerifyLetter(ctx, c.text))
		if verified.Genuine() != c.genuine || len(verified.Checks) != c.checks {
			t.Errorf("%s: genuine %t, %+v", c.name, verified.Genuine(), verified.Checks)
		}
	}
	for text, code := range map[string]string{"": "letter-code", "3,200.00": "letter-code", "QR-2022-0099": "letter-unknown", "QR-2022-0001|99999999999999999999999|" + code: "letter-code"} {
		_, err := h.VerifyLetter(ctx, text)
		refused(t, err, code)
	}
	got[data.Order](t)(h.TakeBackApproval(ctx, order.ID))
	second := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
	if verified := got[app.Verified](t)(h.VerifyLetterFile(ctx, path)); verified.Genuine() || verified.Letter.ReplacedBy != second.Number {
		t.Error("a void letter passes")
	}
	changed := bytes.Replace(made.PDF, []byte("%PDF-1.3"), []byte("%PDF-1.4"), 1)
	must(t, os.WriteFile(path, changed, 0o600))
	if verified := got[app.Verified](t)(h.VerifyLetterFile(ctx, path)); verified.SameFile && !bytes.Equal(changed, made.PDF) {
		t.Error("changed bytes pass for the registered file")
	}
}

func TestBatchIsMadeWholeOrNotAtAll(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	var orders []data.LetterRequest
	for range 3 {
		orders = append(orders, data.LetterRequest{OrderIDs: []int64{h.Submitted("2022-05-10 09:00:00", 2).ID}})
	}
	kept := got[app.MadeLetter](t)(h.MakeLetter(ctx, orders[1].OrderIDs[0]))
	cancelled, cancel := context.WithCancel(ctx)
	unchanged(t, h.App, func() {
		_, err := h.MakeLetters(cancelled, orders, func(done, _ int) { cancel() })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
	var told []int
	ids := got[[]int64](t)(h.MakeLetters(ctx, orders, func(done, total int) { told = append(told, done*10+total) }))
	if len(ids) != 3 || ids[1] != kept.ID || !slices.Equal(told, []int{13, 23, 33}) {
		t.Errorf("made %v, told %v", ids, told)
	}
	var out bytes.Buffer
	if made := got[app.Written](t)(h.WriteLetters(ctx, &out, ids)); made.Pages != 3 || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
		t.Errorf("%+v in %d bytes", made, out.Len())
	}
	draft := h.Draft("2022-05-11 09:00:00", 1)
	unchanged(t, h.App, func() {
		_, err := h.MakeLetters(ctx, []data.LetterRequest{orders[0], {OrderIDs: []int64{draft.ID}}}, nil)
		refused(t, err, "letter-state")
	})
}

func TestScanOfAReturnedLetter(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	_, made := registered(t, h)
	folder := t.TempDir()
	path := filepath.Join(folder, "11010519491231002X.pdf")
	must(t, os.WriteFile(path, made.PDF, 0o600))
	scan := got[data.LetterScan](t)(h.AddLetterScan(ctx, made.ID, path))
	if scan.Type != "application/pdf" || scan.Name != "回签件.pdf" {
		t.Errorf("scan %+v", scan)
	}
	_, err := h.AddLetterScan(ctx, made.ID, path)
	refused(t, err, "scan-twice")
	must(t, os.WriteFile(path, []byte("not a picture"), 0o600))
	_, err = h.AddLetterScan(ctx, made.ID, path)
	refused(t, err, "voucher-not-picture")
	if content := got[[]byte](t)(h.LetterScanContent(ctx, scan.ID)); !bytes.Equal(content, made.PDF) {
		t.Error("the scan came back changed")
	}
	must(t, h.RemoveLetterScan(ctx, made.ID, scan.ID))
	if row(t, h, made.ID).Scans != 0 {
		t.Error("a removed scan is counted")
	}
	must(t, h.RestoreLetterScan(ctx, made.ID, scan.ID))
	if scans := got[[]data.LetterScan](t)(h.LetterScans(ctx, made.ID)); len(scans) != 1 {
		t.Errorf("scans %+v", scans)
	}
	healthy(t, h.App)
}

package letters

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/theme"
	"peixun/views/ui"
)

var ctx = context.Background()

// opened shows 确认书下载 with an approved, a submitted and a draft order, and a printer that writes down what it prints.
func opened(t *testing.T) (h *apptest.Hospital, screen *Screen, stage *desktest.Stand, printed func() string) {
	t.Helper()
	printed = printer(t)
	h = apptest.NewHospital(t, 12)
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 10)
	h.Submitted("2022-06-02 09:00:00", 4)
	h.Draft("2022-06-16 09:00:00", 2)
	folder := t.TempDir()
	last := ui.LastFolder
	ui.LastFolder = func() string { return folder }
	t.Cleanup(func() { ui.LastFolder = last })
	stage, screen = stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	return h, screen, stage, printed
}

// printer puts a fake lp on the PATH that keeps what it is given.
func printer(t *testing.T) func() string {
	t.Helper()
	folder := t.TempDir()
	record := filepath.Join(folder, "record")
	script := "#!/bin/sh\nfor f; do :; done\ncat \"$f\" > " + record + "\necho 'request id is HP-1 (1 file(s))'\n"
	if err := os.WriteFile(filepath.Join(folder, "lp"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":/usr/bin:/bin")
	return func() string { content, _ := os.ReadFile(record); return string(content) }
}

func letters(t *testing.T, h *apptest.Hospital) []data.ConfirmationLetter {
	t.Helper()
	found, err := h.Letters(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// made gives the newest order a letter and opens it in the register.
func made(t *testing.T, h *apptest.Hospital, screen *Screen, to data.LetterState) int64 {
	t.Helper()
	letter, err := h.MakeLetter(ctx, screen.found.orders[0].ID)
	for state := data.LetterMade; err == nil && state != to; {
		state, _ = state.Next()
		err = h.MoveLetters(ctx, []int64{letter.ID}, data.LetterMove{To: state, Carrier: "EMS", Tracking: "EA123456789CN"})
	}
	if err != nil {
		t.Fatal(err)
	}
	screen.openLetter(letter.ID)
	return letter.ID
}

func escape(s *desktest.Stand) { ui.HandleEscape(s.Window.Canvas()) }

func TestListsOrdersInReviewAndThroughIt(t *testing.T) {
	_, _, stage, _ := opened(t)
	stage.MustFind("text", "共 2 个订单")
	stage.MustFind("drawer", "JF-2022-0002")
	stage.MustFind("cell", "审核通过")
	if stage.Holds("cell", "JF-2022-0003") {
		t.Error("a draft can have a letter")
	}
}

func TestMadeLetterIsSeenPrintedAndRegistered(t *testing.T) {
	h, _, stage, printed := opened(t)
	stage.Tap("button", "生成并预览")
	stage.MustFind("text", "确认书 QR-2022-0001")
	stage.MustFind("pages", "1 / 1")
	if printed() != "" {
		t.Error("printed without being asked")
	}
	stage.Tap("button", "打印")
	if !strings.HasPrefix(printed(), "%PDF-") {
		t.Fatal("the printer got nothing")
	}
	escape(stage)
	if found := letters(t, h); len(found) != 1 || found[0].State != data.LetterPrinted {
		t.Fatalf("letters = %+v", found)
	}
	stage.MustFind("toast", "确认书 QR-2022-0001 已登记为“已打印”。")
	stage.Tap("button", "撤销")
	if found := letters(t, h); found[0].State != data.LetterMade {
		t.Errorf("undone it is %s", found[0].State)
	}
}

func TestLetterIsStampedSentAndReturned(t *testing.T) {
	h, screen, stage, _ := opened(t)
	id := made(t, h, screen, data.LetterPrinted)
	stage.Tap("button", "登记已盖章")
	stage.Picture("letters-step")
	stage.Tap("button", "登记已盖章")
	stage.Tap("button", "登记已寄出")
	stage.Tap("button", "登记已寄出")
	complains(t, stage, "寄送方式", "没有选择寄送方式。请选择快递公司、挂号信或专人送达。")
	stage.Picture("letters-send")
	choose(t, stage, "请选择")
	stage.Tap("option", "顺丰速运")
	test.FocusNext(stage.Window.Canvas())
	typed(stage, "sf 1234 5678")
	stage.Tap("button", "登记已寄出")
	rows, err := h.LetterRows(ctx, []int64{id})
	if err != nil || rows[0].State != data.LetterSent || rows[0].Carrier != "顺丰速运" || rows[0].Tracking != "SF12345678" {
		t.Fatalf("sent: %+v, %v", rows, err)
	}
	stage.Tap("button", "登记已回签")
	stage.Tap("button", "登记已回签")
	if rows, _ = h.LetterRows(ctx, []int64{id}); rows[0].State != data.LetterReturned {
		t.Errorf("it is %s", rows[0].State)
	}
	if stage.Holds("button", "登记已回签") {
		t.Error("a returned letter can be returned again")
	}
	stage.Picture("letters-returned")
}

func TestStepBackAndVoidAskForAReason(t *testing.T) {
	h, screen, stage, _ := opened(t)
	id := made(t, h, screen, data.LetterStamped)
	rows, _ := h.LetterRows(ctx, []int64{id})
	screen.askBack(rows[0])
	stage.Tap("button", "退回")
	complains(t, stage, "原因", "还没有填写原因。请写明为什么退回，例如“章盖错了位置，重新打印”。")
	typed(stage, "章盖歪了")
	stage.Tap("button", "退回")
	if rows, _ = h.LetterRows(ctx, []int64{id}); rows[0].State != data.LetterPrinted || rows[0].Last.Note != "章盖歪了" {
		t.Fatalf("back: %+v", rows[0].Last)
	}
	screen.askVoid(rows[0])
	typed(stage, "打印有误")
	stage.Tap("button", "作废")
	if rows, _ = h.LetterRows(ctx, []int64{id}); rows[0].State != data.LetterVoid {
		t.Fatalf("it is %s", rows[0].State)
	}
	stage.MustFind("note", "这一份已作废，不要再寄出，编号不会再用。原因：打印有误。")
	if !screen.register.RowDisabled(0) {
		t.Error("the void letter is not grey")
	}
	stage.Picture("letters-void")
}

func TestLetterThatItsOrderContradictsIsRenewed(t *testing.T) {
	h, screen, stage, _ := opened(t)
	order, err := h.OrderByNumber(ctx, "JF-2022-0001")
	if err != nil {
		t.Fatal(err)
	}
	old, err := h.MakeLetter(ctx, order.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.TakeBackApproval(ctx, order.ID); err != nil {
		t.Fatal(err)
	}
	screen.openLetter(old.ID)
	stage.MustFind("note", "与订单不一致　审核时间后来有改动。这一份不要再寄出，请作废并生成新的。")
	stage.Picture("letters-contradicted")
	stage.Tap("button", "作废并生成新的")
	rows, _ := h.LetterRows(ctx, []int64{old.ID})
	if rows[0].State != data.LetterVoid || rows[0].ReplacedBy != "QR-2022-0002" {
		t.Errorf("old %s, replaced by %q", rows[0].State, rows[0].ReplacedBy)
	}
	stage.MustFind("drawer", "QR-2022-0002")
}

func TestSeveralOrdersTogetherOrEach(t *testing.T) {
	h, screen, stage, printed := opened(t)
	screen.orders.TickAll()
	stage.MustFind("text", "已选 2 个订单 · 合计 560.00 元")
	stage.Tap("button", "为 2 个订单生成")
	stage.Picture("letters-make")
	stage.Tap("button", "生成并预览")
	stage.MustFind("text", "2 份确认书")
	stage.MustFind("pages", "1 / 2")
	stage.Tap("button", "打印")
	escape(stage)
	for _, letter := range letters(t, h) {
		if letter.State != data.LetterPrinted {
			t.Errorf("%s is %s", letter.Number, letter.State)
		}
	}
	if !strings.HasPrefix(printed(), "%PDF-") {
		t.Error("nothing was printed")
	}
	screen.orders.TickAll()
	stage.Tap("button", "为 2 个订单生成")
	stage.Tap("segment", "合成一份")
	stage.Tap("segment", "完整证件号")
	stage.Tap("button", "生成并预览")
	complains(t, stage, "原因", "还没有填写原因。请写明为什么要打印完整证件号，例如“平台要求附名单”。")
	fill(t, stage, "例如：平台要求附名单", "平台要求附名单")
	stage.Tap("button", "生成并预览")
	escape(stage)
	found := letters(t, h)
	if len(found) != 3 || len(found[0].OrderIDs) != 2 || found[1].State != data.LetterVoid || found[0].Content.ListKind() != data.ListWhole {
		t.Errorf("%d letters, the newest on %v", len(found), found[0].OrderIDs)
	}
	entries, _ := h.Audit(ctx, "平台要求附名单", 5)
	if len(entries) != 1 {
		t.Errorf("%d lines in the log", len(entries))
	}
}

func TestSeveralLettersAreSentTogether(t *testing.T) {
	h, screen, stage, _ := opened(t)
	for _, order := range screen.found.orders {
		if _, err := h.MakeLetter(ctx, order.ID); err != nil {
			t.Fatal(err)
		}
	}
	screen.Enter(data.LetterQuery{Live: true})
	screen.register.TickAll()
	stage.Tap("button", "2 份登记为已打印")
	stage.Tap("button", "登记已打印")
	for _, letter := range letters(t, h) {
		if letter.State != data.LetterPrinted {
			t.Errorf("%s is %s", letter.Number, letter.State)
		}
	}
	stage.MustFind("toast", "2 份确认书已登记为“已打印”。")
	if err := h.MoveLetters(ctx, []int64{letters(t, h)[0].ID}, data.LetterMove{To: data.LetterStamped}); err != nil {
		t.Fatal(err)
	}
	screen.register.TickAll()
	if button := stage.MustFind("button", "登记"); !button.Disabled {
		t.Error("letters of different states can be registered together")
	}
	stage.Picture("letters-ticked")
}

func TestRegisterIsSearchedAndFiltered(t *testing.T) {
	h, screen, stage, _ := opened(t)
	made(t, h, screen, data.LetterSent)
	if _, err := h.MakeLetter(ctx, screen.found.orders[1].ID); err != nil {
		t.Fatal(err)
	}
	stage.MustFind("text", "共 2 份")
	screen.filters.search.Focus()
	typed(stage, "ea1234")
	stage.MustFind("text", "共 1 份")
	stage.MustFind("text", "EA123456789CN")
	screen.Enter(data.LetterQuery{State: data.LetterMade})
	stage.MustFind("text", "共 1 份")
	stage.MustFind("select", "已生成")
	screen.Enter(data.LetterQuery{})
	stage.MustFind("text", "共 2 份")
	stage.Picture("letters-filtered")
	screen.filters.from.Focus()
	typed(stage, "2022-06-18") // the clock stands at 17 June
	stage.MustFind("text", "共 0 份")
	stage.Tap("button", "清除条件")
	stage.MustFind("text", "共 2 份")
	screen.filters.to.Focus()
	typed(stage, "昨天")
	stage.MustFind("text", "共 2 份")
}

// TestJumpFromAnotherPlanIsSeen: a filter that the home page sets stands in the bar, where it can be taken away.
func TestJumpFromAnotherPlanIsSeen(t *testing.T) {
	h, screen, stage, _ := opened(t)
	made(t, h, screen, data.LetterMade)
	other := h.Plan
	other.ID, other.Number, other.Name = 0, "20230301161802103", "2023年公共知识培训"
	var err error
	if other.ID, err = h.SavePlan(ctx, other); err != nil {
		t.Fatal(err)
	}
	screen.Enter(data.LetterQuery{PlanID: other.ID})
	stage.MustFind("text", "共 0 份")
	stage.MustFind("select", other.Name)
	stage.Tap("select", other.Name)
	stage.Tap("option", h.Plan.Name)
	stage.MustFind("text", "共 1 份")
}

func TestWithoutOrdersItLeadsToPayment(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	stage, _ := stand(t, h, func(d *desk.Desk) *Screen { return New(d, h) })
	stage.Look("letters-empty")
	stage.Tap("button", "上传缴费凭证")
	if len(stage.Gone) != 1 || stage.Gone[0].Page != desk.Payment {
		t.Errorf("visits = %v", stage.Gone)
	}
}

func TestLook(t *testing.T) {
	h, screen, stage, _ := opened(t)
	stage.Look("letters")
	made(t, h, screen, data.LetterSent)
	stage.Look("letters-register")
	screen.editWording()
	stage.Look("letters-wording-all")
	escape(stage)
	fyne.CurrentApp().Settings().SetTheme(theme.New(false))
}

package submission

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

var ctx = context.Background()

// opened shows 报盘回盘 of a hospital with people, a submitted order, a draft and two recharges.
func opened(t *testing.T, dark bool) (*apptest.Hospital, *Screen, *desktest.Stand) {
	t.Helper()
	h := apptest.NewHospital(t, 12)
	paid := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 10)
	h.Charge("2022-04-20 09:00:00", paid.BatchNumber, h.People("骨科")[:2]...)
	h.Submitted("2022-06-02 09:00:00", 4)
	h.Draft("2022-06-16 09:00:00", 2)
	folder := t.TempDir()
	last := ui.LastFolder
	ui.LastFolder = func() string { return folder }
	t.Cleanup(func() { ui.LastFolder = last })
	stage := desktest.New(t, h.App, desktest.Width, desktest.Height, dark)
	screen := New(stage.Desk, h)
	stage.Enter(screen, nil)
	screen.board.leave(tabDue)
	return h, screen, stage
}

// typePath answers the file chooser that is open.
func typePath(t *testing.T, stage *desktest.Stand, path, verb string) {
	t.Helper()
	field := stage.Window.Canvas().Focused()
	if field == nil {
		t.Fatalf("nothing has the focus; the window shows %q", stage.Texts())
	}
	for _, r := range path {
		field.TypedRune(r)
	}
	stage.Tap("button", verb)
}

// write makes a package through the window and gives it.
func write(t *testing.T, h *apptest.Hospital, stage *desktest.Stand) data.Submission {
	t.Helper()
	stage.Tap("button", "生成报盘包")
	typePath(t, stage, t.TempDir(), "生成到这里")
	made, err := h.Submissions(ctx)
	if err != nil || len(made) == 0 {
		t.Fatalf("no package was written: %v; the window shows %q", err, stage.Texts())
	}
	return made[0]
}

func TestPackageIsMadeInTheWindow(t *testing.T) {
	h, screen, stage := opened(t, false)
	stage.Shows("学员导入 12 行　缴费与发票 1 行（160.00 元）　充值名单 2 行（80.00 元）")
	stage.Picture("待上报")
	made := write(t, h, stage)
	if made.Number != "BP-2022-0001" || made.Rows != 15 {
		t.Errorf("made %+v", made)
	}
	stage.Picture("报盘记录")
	stage.Shows("等平台结果")
	if len(screen.due.items) != 0 {
		t.Errorf("%d rows still wait", len(screen.due.items))
	}
}

// dropReply drops a sheet on the window that answers to every person of the newest package, the third is refused.
func dropReply(t *testing.T, h *apptest.Hospital, screen *Screen) {
	t.Helper()
	made, err := h.Submissions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := h.SentRows(ctx, made[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{"本地编号,姓名,结果,失败原因"}
	for place, row := range rows {
		if row.Item.Kind != data.SubjectTrainee {
			continue
		}
		answer := ",成功,"
		if place == 2 {
			answer = ",失败,身份证号与姓名不一致"
		}
		lines = append(lines, data.LocalID(made[0].Number, row.Item.Place)+","+row.Item.Cells["name"]+answer)
	}
	lines = append(lines, ","+datatest.Name(99)+"外人,成功,")
	path := filepath.Join(t.TempDir(), "平台结果.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	screen.Dropped([]string{path})
}

func TestAnswerIsSeenBeforeItIsRecordedAndTakenBack(t *testing.T) {
	h, screen, stage := opened(t, false)
	made := write(t, h, stage)
	dropReply(t, h, screen)
	stage.Picture("回盘预览")
	if found, err := h.SentRows(ctx, made.ID); err != nil || found[0].Answer != data.AnswerNone {
		t.Fatalf("a look has recorded something: %v", err)
	}
	stage.Tap("button", "登记 12 行")
	stage.Picture("登记之后")
	count := func(state data.PlatformState) int {
		ids, err := h.TraineeIDs(ctx, data.TraineeQuery{Platform: state})
		if err != nil {
			t.Fatal(err)
		}
		return len(ids)
	}
	if imported, failed := count(data.PlatformImported), count(data.PlatformFailed); imported != 11 || failed != 1 {
		t.Errorf("%d imported and %d failed, want 11 and 1", imported, failed)
	}
	if len(screen.due.items) != 1 || screen.due.items[0].Novelty != data.NoveltyRefused {
		t.Errorf("待上报 holds %+v, want the refused one alone", screen.due.items)
	}
	stage.Tap("button", "撤销")
	if reported := count(data.PlatformReported); reported != 12 {
		t.Errorf("%d people are 已报盘 again, want 12", reported)
	}
}

func TestPastedErrorsAreRead(t *testing.T) {
	h, screen, stage := opened(t, false)
	write(t, h, stage)
	stage.Tap("button", "登记回盘")
	stage.Picture("登记回盘")
	stage.Tap("button", "看看粘贴的内容")
	if len(stage.Texts()) == 0 {
		t.Fatal("the window is empty")
	}
	area := stage.Window.Canvas().Focused()
	if area == nil {
		t.Fatal("the text has no focus")
	}
	for _, r := range "第 3 行：手机号重复" {
		area.TypedRune(r)
	}
	stage.Tap("button", "看看粘贴的内容")
	stage.Tap("select", "哪一类都认")
	stage.Tap("option", "只认学员")
	stage.Tap("button", "登记 1 行")
	if len(screen.due.items) != 1 || !strings.Contains(screen.due.items[0].Problems[0].What, "手机号重复") {
		t.Errorf("待上报 holds %+v", screen.due.items)
	}
}

func TestErrorReportIsReadByTheSheetThatWasUploaded(t *testing.T) {
	h, screen, stage := opened(t, false)
	write(t, h, stage)
	preview := &replyPreview{screen: screen, options: app.ReplyOptions{SubmissionID: screen.packages.newest().ID}, read: func(ctx context.Context, options app.ReplyOptions) (*app.ReplyPlan, error) {
		return h.PlanReplyText(ctx, "第 3 行：手机号重复", options)
	}}
	preview.load(preview.options, preview.open)
	if row := preview.plan.Rows[0]; row.Sent != nil {
		t.Fatalf("row 3 is taken for %s although several sheets have one", row.Label())
	}
	sheet := filepath.Join(t.TempDir(), "整理过.csv")
	if err := os.WriteFile(sheet, []byte("姓名,本地编号\n甲,"+screen.packages.newest().Number+"-00005\n乙,"+screen.packages.newest().Number+"-00007\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	stage.Tap("button", "上传前排过序？选择上传的文件…")
	typePath(t, stage, sheet, "打开")
	stage.Picture("按上传的文件认行")
	if row := preview.plan.Rows[0]; row.Sent == nil || row.Sent.Item.Place != 7 || preview.plan.Subject != data.SubjectTrainee {
		t.Errorf("row 3 is %s, want the seventh of the package", row.Label())
	}
	stage.Tap("button", "登记 1 行")
	if len(screen.due.items) != 1 || !strings.Contains(screen.due.items[0].Problems[0].What, "手机号重复") {
		t.Errorf("待上报 holds %+v", screen.due.items)
	}
}

func TestWithdrawnPackageComesBack(t *testing.T) {
	h, screen, stage := opened(t, false)
	write(t, h, stage)
	stage.Tap("button", "撤销报盘")
	test.Type(stage.Window.Canvas().Focused(), "文件发错了")
	stage.Tap("button", "撤销报盘")
	if made, err := h.Submissions(ctx); err != nil || made[0].WithdrawnReason != "文件发错了" {
		t.Errorf("%+v, %v", made, err)
	}
	if len(screen.due.items) != 15 {
		t.Errorf("%d rows wait, want 15", len(screen.due.items))
	}
	stage.Picture("已撤销")
}

func TestPackageIsVerifiedWhenDropped(t *testing.T) {
	h, screen, stage := opened(t, false)
	folder := t.TempDir()
	stage.Tap("button", "生成报盘包")
	typePath(t, stage, folder, "生成到这里")
	made, err := h.Submissions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, made[0].File)
	screen.Dropped([]string{path})
	stage.Tap("button", "好")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content[:len(content)-200], 0o600); err != nil {
		t.Fatal(err)
	}
	screen.Dropped([]string{path})
	stage.Shows("这个文件打不开，不是完整的报盘包。")
}

func TestMissingProfileLeadsToWhereItIsMended(t *testing.T) {
	h, _, stage := opened(t, false)
	profile, err := h.Profile(ctx)
	if err != nil {
		t.Fatal(err)
	}
	profile.Email = ""
	if err := h.SaveProfile(ctx, profile); err != nil {
		t.Fatal(err)
	}
	stage.Picture("资料不全")
	stage.Tap("button", "生成报盘包")
	stage.Tap("button", "去填写")
	if len(stage.Gone) != 1 || stage.Gone[0].Page != desk.Profile {
		t.Errorf("led to %+v", stage.Gone)
	}
}

func TestLooks(t *testing.T) {
	_, _, dark := opened(t, true)
	dark.Picture("待上报-暗")
	h := apptest.NewHospital(t, 0)
	stage := desktest.New(t, h.App, 1720, 1000, false)
	screen := New(stage.Desk, h)
	stage.Enter(screen, nil)
	screen.board.leave(tabDue)
	stage.Shows("没有要报的内容")
	stage.Picture("待上报-空")
}

func TestBoardLeadsToWhatWaits(t *testing.T) {
	h, screen, stage := opened(t, false)
	screen.board.leave(tabBoard)
	stage.Picture("总览")
	row := func(subject data.SubjectKind) int {
		for place, line := range screen.board.lines {
			if line.Subject == subject {
				return place
			}
		}
		t.Fatalf("no line for %s", subject)
		return -1
	}
	if line := screen.board.lines[row(data.SubjectTrainee)]; line.Pending != 12 || line.Next != data.StepPack {
		t.Errorf("people: %+v", line)
	}
	screen.board.table.OnOpen(row(data.SubjectRecharge))
	if screen.tabs.Selected() != tabDue || len(screen.due.items) != 2 || screen.due.items[0].Kind != data.SubjectRecharge {
		t.Errorf("recharges lead to tab %d with %d rows", screen.tabs.Selected(), len(screen.due.items))
	}
	screen.board.table.OnOpen(row(data.SubjectOrder))
	if last := stage.Gone[len(stage.Gone)-1]; last.Page != desk.Orders {
		t.Errorf("orders lead to %v", last)
	}
	screen.board.leave(tabBoard)
	screen.board.table.OnCell(row(data.SubjectTrainee), "next")
	typePath(t, stage, t.TempDir(), "生成到这里")
	if made, err := h.Submissions(ctx); err != nil || len(made) != 1 {
		t.Fatalf("the step made %d packages: %v", len(made), err)
	}
	screen.board.leave(tabBoard)
	stage.Picture("总览-报盘后")
	if line := screen.board.lines[row(data.SubjectTrainee)]; line.Sent != 12 || line.Next != data.StepReply {
		t.Errorf("people after the package: %+v", line)
	}
	screen.board.table.OnCell(row(data.SubjectTrainee), "next")
	stage.Shows("登记回盘：BP-2022-0001")
}

func TestBoardLooksDarkAndEmpty(t *testing.T) {
	stage := desktest.New(t, apptest.New(t), 1720, 1000, true)
	stage.Enter(New(stage.Desk, stage.App), nil)
	stage.Shows("还没有")
	stage.Picture("总览-空")
}

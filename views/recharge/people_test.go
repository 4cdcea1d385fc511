package recharge

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

func TestPastedListTicksItsPeople(t *testing.T) {
	_, screen, stage := opened(t)
	screen.pastePeople()
	test.Type(stage.Window.Canvas().Focused(), datatest.Name(1)+"、"+datatest.Name(2)+"、某某某")
	stage.Tap("button", "识别")
	stage.MustFind("text", "共 3 行，认出 2 人；另外 1 行不会使用，说明里写着怎么办。")
	stage.MustFind("cell", "学员列表里没有“某某某”。")
	stage.Tap("button", "勾选 2 人")
	stage.MustFind("button", "充值 2 人，共 80.00 元")
	if screen.table.TickedCount() != 2 {
		t.Errorf("ticked %v", screen.table.Ticked())
	}
}

func TestNamesakesAreChosen(t *testing.T) {
	h, screen, stage := opened(t)
	rows, err := h.MatchPeople(t.Context(), datatest.Name(1)+"\n"+datatest.Name(2))
	if err != nil {
		t.Fatal(err)
	}
	problem := data.Refuse(data.PersonAmbiguous, "name", "有 2 位学员叫这个名字。", "请点选其中一位。")
	both := []data.Candidate{rows[0].Found, rows[1].Found}
	rows[1].TraineeID, rows[1].Problem, rows[1].Candidates = 0, &problem, both
	screen.tickFound("名单", rows)
	stage.Tap("cell", "从 2 位里点选…")
	stage.Tap("radio", both[1].Name+"  "+both[1].IDNumber+"  "+both[1].Organization)
	stage.Tap("button", "就是这一位")
	stage.Tap("button", "勾选 2 人")
	if screen.table.TickedCount() != 2 || !screen.table.IsTicked(both[1].TraineeID) {
		t.Errorf("ticked %v", screen.table.Ticked())
	}
}

// table writes a CSV and gives its rows as the program reads amounts from it.
func amounts(t *testing.T, h *apptest.Hospital, lines ...string) []data.PersonRow {
	t.Helper()
	path := filepath.Join(t.TempDir(), "金额.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := h.ReadAmounts(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAmountsFromASheetAreCharged(t *testing.T) {
	h, screen, stage := opened(t)
	screen.showAmounts(amounts(t, h, "姓名,金额", datatest.Name(0)+",12.34", datatest.Name(1)+",50", datatest.Name(2)+",免费"))
	stage.MustFind("cell", "12.34")
	stage.Tap("button", "按表格给 2 人，共 62.34 元")
	stage.MustFind("text", "2 人，按表格 =")
	stage.Tap("button", "充值 2 人，共 62.34 元")
	if count, sum := charged(t, h); count != 2 || sum != 62_34 {
		t.Fatalf("charged %d people with %s", count, sum)
	}
	if screen.amounts != nil {
		t.Error("the amounts stay for the next run")
	}
}

func TestAmountsCanBeForgotten(t *testing.T) {
	h, screen, stage := opened(t)
	screen.showAmounts(amounts(t, h, "姓名,金额", datatest.Name(0)+",12.34"))
	stage.Tap("button", "按表格给 1 人，共 12.34 元")
	stage.Tap("button", "改回统一金额")
	stage.MustFind("button", "充值 1 人，共 40.00 元")
}

// The batch holds ten people's worth; the eleventh waits for the next batch.
func TestChargesWhomTheBatchHoldsAndKeepsTheRest(t *testing.T) {
	h, screen, stage := opened(t)
	second := h.Approved("2022-06-01 09:00:00", "2022-06-02 10:00:00", 2)
	screen.table.TickAll()
	stage.Tap("button", "先充 10 人，其余的换下一个批次")
	stage.Tap("button", "充值 10 人，共 400.00 元")
	if count, _ := charged(t, h); count != 10 {
		t.Fatalf("charged %d people", count)
	}
	if screen.table.TickedCount() != 1 || screen.batch.Number != second.BatchNumber {
		t.Fatalf("ticked %v, batch %s", screen.table.Ticked(), screen.batch.Number)
	}
	stage.Tap("button", "充值 1 人，共 40.00 元")
	if count, _ := charged(t, h); count != 11 {
		t.Errorf("charged %d people", count)
	}
}

func TestFilterByCharged(t *testing.T) {
	h, screen, _ := opened(t)
	h.Charge("2022-06-01 09:00:00", "XK-2022-0001", h.People("骨科")...)
	screen.filters.charged.SetKey("1 已充")
	screen.reload()
	if got := screen.rows.Len(); got != len(h.People("骨科")) {
		t.Errorf("已充 finds %d", got)
	}
	screen.filters.charged.SetKey("1 未充")
	screen.reload()
	if got := screen.rows.Len(); got != 12-len(h.People("骨科")) {
		t.Errorf("未充 finds %d", got)
	}
}

func TestOpenRunIsOfferedAfterARestart(t *testing.T) {
	h, screen, stage := opened(t)
	run := data.RechargeRun{ID: "run-of-before", BatchID: 1, Amount: 40_00, Trainees: h.People("")[:2]}
	if err := h.KeepRecharge(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	screen.Enter(nil)
	stage.MustFind("dialog", "上次的充值没有完成")
	stage.Tap("button", "接着充值 2 人")
	if count, sum := charged(t, h); count != 2 || sum != 80_00 {
		t.Fatalf("charged %d people with %s", count, sum)
	}
	if err := h.KeepRecharge(t.Context(), run); err != nil { // as if the answer had not been heard
		t.Fatal(err)
	}
	screen.Enter(nil)
	stage.MustFind("dialog", "上次的充值已经完成")
	stage.Tap("button", "知道了")
	if drafts, err := h.RechargeDrafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("drafts %v, %v", drafts, err)
	}
	if count, _ := charged(t, h); count != 2 {
		t.Errorf("charged %d people", count)
	}
}

func TestUnheardAnswerKeepsTheRun(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	h.Approved("2022-05-18 09:00:00", "2022-05-20 10:00:00", 4)
	for _, c := range []struct {
		err  error
		kept int
	}{
		{errors.New("commit: the disk is gone"), 1},
		{data.Refuse("database-unwritable", "", "写不进。", "检查磁盘。"), 1},
		{data.Refuse("batch-too-small", "batch", "批次不够了。", "请换一个批次。"), 0},
		{context.Canceled, 0}, // before the commit, or it was done
	} {
		_, screen := stand(t, h, func(d *desk.Desk) *Screen { return New(d, broken{h, c.err}) })
		screen.table.SetTicked(h.People("")[0])
		screen.prepare()
		screen.charge()
		drafts, err := h.RechargeDrafts(t.Context())
		if err != nil || len(drafts) != c.kept {
			t.Errorf("after %v %d runs are kept", c.err, len(drafts))
		}
		for _, draft := range drafts {
			if err := h.ForgetRecharge(t.Context(), draft.Run.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestUnreportedPeopleNeedAWord(t *testing.T) {
	h, screen, stage := opened(t)
	people := h.People("")
	datatest.Exec(t, datatest.Raw(t, h.DatabasePath()), "UPDATE trainee SET platform = '平台已导入' WHERE id = ?", people[0])
	screen.reload()
	stage.MustFind("cell", "未上平台")
	screen.table.TickAll()
	if screen.table.TickedCount() != 1 {
		t.Fatalf("ticked %v", screen.table.Ticked())
	}
	stage.Tap("checkbox", "也给平台上还没有的学员充值")
	screen.table.TickAll()
	if screen.table.TickedCount() != 11 { // the twelfth has another payer
		t.Errorf("ticked %d", screen.table.TickedCount())
	}
}

func TestMoreMenuIsReachable(t *testing.T) {
	_, screen, stage := opened(t)
	var words []string
	for _, item := range screen.more() {
		words = append(words, item.Label)
	}
	if got := strings.Join(words, " "); got != "粘贴名单勾选… 从文件勾选… 按表格逐人填金额… 下载金额表 学习卡批次" {
		t.Errorf("menu: %s", got)
	}
	stage.Tap("segment", "在线充值")
	if len(stage.Gone) != 1 || stage.Gone[0] != (desktest.Step{Page: desk.Online}) {
		t.Errorf("visits = %v", stage.Gone)
	}
}

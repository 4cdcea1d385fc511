package home

import (
	"context"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// year makes a hospital in the middle of its year: three orders approved, two in review, one draft.
func year(t *testing.T, people int) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, people)
	ids := h.People("")
	part := people / 6
	h.Approved("2022-03-10 09:00:00", "2022-03-12 10:00:00", 2*part)
	h.Charge("2022-03-20 10:00:00", "XK-2022-0001", ids[:part]...)
	h.Charge("2022-04-20 10:00:00", "XK-2022-0001", ids[part:2*part]...)
	h.Approved("2022-04-08 09:00:00", "2022-04-13 10:00:00", part)
	h.Charge("2022-05-20 10:00:00", "XK-2022-0002", ids[2*part:3*part-1]...)
	order, err := h.OrderByNumber(context.Background(), "JF-2022-0001")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.InvoiceOrder(context.Background(), order.ID, "01234567890123456789", "2022-05-24"); err != nil {
		t.Fatal(err)
	}
	h.Submitted("2022-06-02 09:00:00", part/2)
	h.Submitted("2022-06-05 09:00:00", part/2)
	h.Draft("2022-06-16 09:00:00", 2)
	return h
}

func opened(t *testing.T, h *apptest.Hospital) (*desktest.Stand, *Screen) {
	t.Helper()
	stand := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := New(stand.Desk, h)
	stand.Enter(screen, nil)
	return stand, screen
}

// filled lists the filled buttons in view; there must be one per screen.
func filled(screen *Screen) []string {
	var labels []string
	for _, card := range screen.cards {
		if card.action.Kind == 1 {
			labels = append(labels, card.action.Label)
		}
	}
	return labels
}

func TestRoad(t *testing.T) {
	stand, screen := opened(t, year(t, 24))
	for _, text := range []string{
		"6 月 17 日，星期五。", "2022年计划还剩 197 天。3 件事等您办，2 件在等别人；下一步是为 1 人充值。",
		"24", "人启用", "共 24 人", "资料完整 22 · 待处理 2",
		"640.00", "应缴 960.00", "5 笔订单 · 待审核 2 笔 160.00",
		"440.00", "可充 480.00", "11 人已到账 · 批次剩余 40.00",
		"JF-2022-0002 已通过，还没有开票", "2 笔订单待审核", "65 天", "15 天",
		"2021年计划结束", "剩 197 天",
	} {
		stand.Shows(text)
	}
	if got := filled(screen); len(got) != 1 || got[0] != "为 1 人充值" {
		t.Errorf("filled buttons: %q", got)
	}
	stand.Tap("button", "为 1 人充值")
	stand.Tap("button", "补全 2 人的资料")
	want := []desktest.Step{{Page: desk.Recharge}, {Page: desk.Trainees}}
	for place, step := range want {
		if stand.Gone[place].Page != step.Page {
			t.Errorf("gone to %v", stand.Gone)
		}
	}
	if query := stand.Gone[1].Argument.(data.TraineeQuery); !query.Incomplete {
		t.Errorf("query = %+v", query)
	}
}

func TestNumbersFollowChanges(t *testing.T) {
	h := year(t, 24)
	stand, screen := opened(t, h)
	people := h.People("")
	h.Charge("2022-06-17 12:00:00", "XK-2022-0002", people[20])
	stand.Shows("480.00")
	if got := filled(screen); len(got) != 1 || got[0] != "继续 1 笔草稿" {
		t.Errorf("filled buttons: %q", got)
	}
	screen.Leave(func() {})
	if _, err := h.SetTraineeStatus(context.Background(), people[:1], data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	if screen.cards[app.StepTrainees].big.Content != "24" {
		t.Error("a screen that is not shown reads again at every change")
	}
	screen.Enter(nil)
	stand.Shows("23")
}

func TestWaitsLeadWhereTheyEnd(t *testing.T) {
	h := year(t, 24)
	stand, screen := opened(t, h)
	for row, wait := range screen.waits.waits {
		screen.waits.act(row)
		if wait.Kind == app.WaitInvoice {
			stand.Shows("请拨打 84297523、84297213，说明订单 JF-2022-0002、共 160.00 元已经审核通过，还没有收到发票。收到后在订单详情里登记发票号码。")
			stand.Tap("button", "查看订单")
		}
		last := stand.Gone[len(stand.Gone)-1]
		want := map[app.WaitKind]desk.Page{app.WaitInvoice: desk.OrderDetails, app.WaitReview: desk.Orders, app.WaitDraft: desk.Payment,
			app.WaitPeople: desk.Trainees, app.WaitRecharge: desk.Recharge}[wait.Kind]
		if last.Page != want {
			t.Errorf("%s leads to %s, want %s", wait.Kind, last.Page, want)
		}
	}
}

func TestNewUnitIsLedThroughItsFirstSteps(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	stand, _ := opened(t, h)
	stand.Shows("从这里开始")
	stand.Shows("已有 6 个机构。")
	stand.Tap("button", "导入学员")
	if stand.Gone[0].Page != desk.ImportRoster {
		t.Errorf("gone to %v", stand.Gone)
	}
	if err := h.SaveProfile(context.Background(), data.Profile{Unit: apptest.Unit}); err != nil {
		t.Fatal(err)
	}
	stand.Tap("button", "完善管理员信息")
	if stand.Gone[1].Page != desk.Profile {
		t.Errorf("gone to %v", stand.Gone)
	}
	if _, err := h.AddTrainee(context.Background(), map[string]string{"name": "陈若溪", "id_number": "11010519491231002X"}); err != nil {
		t.Fatal(err)
	}
	stand.Shows("每月进展")
}

func TestHeadline(t *testing.T) {
	plan := data.Plan{ID: 1, Year: 2022, EndsAt: "2022-12-31 23:59:59"}
	for name, c := range map[string]struct {
		found outlook
		want  string
	}{
		"no plan":    {outlook{today: "2022-06-17"}, "还没有培训计划，请先在培训管理里添加。"},
		"nobody yet": {outlook{today: "2022-06-17", home: data.Home{Plan: plan}}, "2022年计划还剩 197 天。按下面三步开始。"},
		"ended": {outlook{today: "2023-01-02", home: data.Home{Plan: plan, Trainees: 1, Enabled: 1}},
			"2022年计划已经结束 2 天。没有等着办的事；下一步是登记线下学时。"},
		"only mine": {outlook{today: "2022-12-31", home: data.Home{Plan: plan, Trainees: 1, Enabled: 1, Drafts: 1}, waits: []app.Wait{{Kind: app.WaitDraft}}},
			"2022年计划还剩 0 天。1 件事等您办；下一步是继续 1 笔草稿。"},
		"only others": {outlook{today: "2022-12-31", home: data.Home{Plan: plan, Trainees: 1, Enabled: 1, Reached: 1}, waits: []app.Wait{{Kind: app.WaitReview}}},
			"2022年计划还剩 0 天。1 件事在等别人；下一步是生成确认书。"},
	} {
		if _, got := headline(c.found); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestChartShowsThePlansMonths(t *testing.T) {
	_, screen := opened(t, year(t, 24))
	text := screen.months.bars.Inspect().Text
	if !strings.HasPrefix(text, "3月 · 缴费 320.00 · 充值 160.00 · 达标 0；4月 · 缴费 160.00 · 充值 160.00") || len(screen.months.bars.Groups) != 10 {
		t.Errorf("chart: %s", text)
	}
}

func TestCounts(t *testing.T) {
	got := Counts(data.Home{Plan: data.Plan{Price: 40_00}, Incomplete: 12, Waiting: 3, Uncharged: 500, Left: 3_200_00}, 5)
	if got[desk.Trainees] != 12 || got[desk.Statements] != 5 || got[desk.Orders] != 3 || got[desk.Recharge] != 80 {
		t.Errorf("counts = %v", got)
	}
}

func TestLook(t *testing.T) {
	for _, kind := range []struct {
		name          string
		people        int
		width, height float32
		dark          bool
	}{
		{"home", 1284, 1080, 720, false}, {"home-dark", 240, 1080, 720, true}, {"home-wide", 240, 1520, 920, false},
		{"home-small", 240, 824, 600, false}, {"home-empty", 0, 1080, 720, false}, {"home-empty-dark", 0, 1080, 720, true},
	} {
		h := apptest.NewHospital(t, 0)
		if kind.people > 0 {
			h = year(t, kind.people)
		}
		stand := desktest.New(t, h.App, kind.width, kind.height, kind.dark)
		stand.Enter(New(stand.Desk, h), nil)
		stand.Picture(kind.name)
	}
}

func TestTheLatestLinesNameWhatTheyAreAbout(t *testing.T) {
	for _, one := range []struct {
		entry data.AuditEntry
		want  string
	}{
		{data.AuditEntry{Action: "letter.step", Target: "QR-2022-0001", Detail: "登记为已盖章"}, "QR-2022-0001 登记为已盖章"},
		{data.AuditEntry{Action: "letter.make", Target: "JF-2022-0001", Detail: "生成确认书 QR-2022-0001"}, "生成确认书 QR-2022-0001"},
		{data.AuditEntry{Action: "order.approve", Target: "JF-2022-0001", Detail: "审核通过"}, "JF-2022-0001 审核通过"},
		{data.AuditEntry{Action: "order.new", Target: "JF-2022-0001", Detail: "新建 JF-2022-0001"}, "新建 JF-2022-0001"},
	} {
		if got := auditText(one.entry); got != one.want {
			t.Errorf("%s: %q, want %q", one.entry.Action, got, one.want)
		}
	}
}

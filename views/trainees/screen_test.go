package trainees

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

func TestLooks(t *testing.T) {
	s := newStand(t, newApp(t, 0))
	s.Picture("trainees-empty")
	a := newApp(t, 128)
	s = newStand(t, a)
	s.Picture("trainees")
	s.screen.table.SetTicked(s.screen.rows.ID(0), s.screen.rows.ID(5), s.screen.rows.ID(6))
	s.screen.tickChanged()
	s.screen.table.Open(0)
	s.Picture("trainees-drawer")
	s.Press("button", "添加")
	s.Picture("trainees-add")
	s = newSizedStand(t, a, 1520, 920, true)
	s.screen.table.Open(3)
	s.Picture("trainees-dark-wide")
	s = newSizedStand(t, a, 824, 600, false)
	s.Picture("trainees-small")
	s.screen.table.Open(3)
	s.Picture("trainees-small-drawer")
}

func TestEmptyListOffersTheImport(t *testing.T) {
	s := newStand(t, newApp(t, 0))
	s.Must("还没有学员，先从名单导入")
	s.Press("button", "导入学员")
	s.screen.Dropped([]string{"/tmp/名单.xlsx"})
	if want := []desktest.Step{{Page: desk.ImportRoster}, {Page: desk.ImportRoster, Argument: "/tmp/名单.xlsx"}}; !slices.Equal(s.Gone, want) {
		t.Fatalf("went to %v", s.Gone)
	}
}

func TestFiltersAskAgain(t *testing.T) {
	a := newApp(t, 30)
	s := newStand(t, a)
	s.Must("共 30 人")
	for _, step := range []struct {
		name string
		set  func()
		want data.TraineeQuery
	}{
		{"pinyin", func() { s.screen.filters.text.SetText("chenruoxi") }, data.TraineeQuery{Text: "chenruoxi"}},
		{"nobody", func() { s.screen.filters.text.SetText("没有这个人") }, data.TraineeQuery{Text: "没有这个人"}},
		{"cleared", func() { s.Press("button", "清除筛选条件") }, data.TraineeQuery{}},
		{"waiting", func() { s.Press("button", "4 人待处理") }, data.TraineeQuery{Status: data.TraineeEnabled, Incomplete: true}},
	} {
		step.set()
		if got, want := s.screen.rows.Len(), len(s.ids(step.want)); got != want {
			t.Errorf("%s: %d rows, want %d", step.name, got, want)
		}
	}
	s.Must("找到 4 人，共 30 人")
	s.screen.Enter(data.TraineeQuery{})
	s.screen.filters.from.SetText("abc")
	if s.screen.rows.Len() != 30 || s.screen.filters.query().BalanceFrom != nil {
		t.Error("an amount that cannot be read filtered")
	}
	s.screen.filters.from.SetText("0.01")
	if s.screen.rows.Len() != 0 {
		t.Errorf("%d people have a balance", s.screen.rows.Len())
	}
}

func TestDisablingAndTakingItBack(t *testing.T) {
	a := newApp(t, 12)
	s := newStand(t, a)
	table := s.screen.table
	test.TapCanvas(s.window.Canvas(), fyne.NewPos(24, 154)) // the first row's box
	test.TapCanvas(s.window.Canvas(), fyne.NewPos(24, 188))
	s.Must("已选 2 人")
	s.Press("button", "停用")
	if got := len(s.ids(data.TraineeQuery{Status: data.TraineeDisabled})); got != 2 {
		t.Fatalf("%d are disabled", got)
	}
	if table.TickedCount() != 2 {
		t.Error("the ticks are gone")
	}
	s.Press("button", "撤销")
	if got := len(s.ids(data.TraineeQuery{Status: data.TraineeDisabled})); got != 0 {
		t.Fatalf("%d are still disabled", got)
	}
	s.screen.filters.text.SetText("没有这个人")
	if table.TickedCount() != 0 {
		t.Error("people who are not listed are still ticked")
	}
}

func TestMoving(t *testing.T) {
	a := newApp(t, 12)
	s := newStand(t, a)
	s.screen.table.TickAll()
	tree, err := a.Organizations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	target, _, _, _ := tree.Resolve("骨科")
	before := len(s.ids(data.TraineeQuery{OrganizationIDs: []int64{target.ID}}))
	s.Press("button", "调整组织机构")
	s.Press("button", "调整 12 人")
	s.Must("还没有选择组织机构")
	s.screen.moveTo(s.screen.table.Ticked(), target)
	if got := len(s.ids(data.TraineeQuery{OrganizationIDs: []int64{target.ID}})); got != 12 {
		t.Fatalf("%d are in 骨科", got)
	}
	for s.window.Canvas().Overlays().Top() != nil {
		s.window.Canvas().Overlays().Remove(s.window.Canvas().Overlays().Top())
	}
	s.Press("button", "撤销")
	if got := len(s.ids(data.TraineeQuery{OrganizationIDs: []int64{target.ID}})); got != before {
		t.Fatalf("%d are in 骨科 after taking it back, %d were", got, before)
	}
}

func TestDrawerRevealsAndLogs(t *testing.T) {
	a := newApp(t, 3)
	s := newStand(t, a)
	id := s.screen.rows.ID(1)
	s.screen.Enter(id)
	if !s.screen.host.IsOpen() || s.screen.details.id != id {
		t.Fatal("the drawer is not open")
	}
	whole := datatest.IDNumber(8501 + 17)
	if s.Has(whole) {
		t.Fatal("the whole number is shown unasked")
	}
	s.Press("button", "显示完整号码（会记入操作日志）")
	s.Must(whole)
	lines, err := a.Audit(context.Background(), "查看完整", 10)
	if err != nil || len(lines) != 1 {
		t.Fatalf("log: %v, %v", lines, err)
	}
	s.screen.table.OpenStep(1)
	if s.Has(whole) {
		t.Error("the number stays on the screen with another person")
	}
	s.screen.closeDrawer()
	if s.screen.host.IsOpen() || s.screen.table.OpenRow() >= 0 {
		t.Error("the drawer stays open")
	}
}

func TestColumnWidthsAreRemembered(t *testing.T) {
	a := newApp(t, 1)
	newStand(t, a).screen.table.OnResize(map[string]float32{"name": 222})
	if got := newStand(t, a).screen.table.Widths()["name"]; got != 222 {
		t.Errorf("name is %v wide", got)
	}
}

// recharge pays online for everybody and credits the first people with amounts in 分.
func recharge(t *testing.T, a *app.App, ids []int64, amount data.Money) {
	t.Helper()
	ctx := context.Background()
	plan, err := a.CurrentPlan(ctx)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := a.Organizations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	order, err := a.NewOrder(ctx, plan, data.PayOnline)
	if err != nil {
		t.Fatal(err)
	}
	order.Lines = []data.OrderLine{{OrganizationID: tree.Root().ID, OrganizationPath: tree.Root().Path, People: len(ids), Amount: amount * data.Money(len(ids))}}
	order.Transaction, order.PaidAt = "WX-20220616-01", "2022-06-16 10:00:00"
	if order, err = a.SaveOrder(ctx, order); err != nil {
		t.Fatal(err)
	}
	if order, err = a.SubmitOrder(ctx, order.ID); err != nil {
		t.Fatal(err)
	}
	batch, err := a.BatchByNumber(ctx, order.BatchNumber)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = a.Recharge(ctx, data.RechargeRun{BatchID: batch.ID, Amount: amount, Trainees: ids}, false, nil); err != nil {
		t.Fatal(err)
	}
}

func TestBalancesAddUp(t *testing.T) {
	a := newApp(t, 10)
	s := newStand(t, a)
	recharge(t, a, s.screen.rows.IDs()[:4], 40_00)
	s.Must("合计余额 160.00 元 ・ 共 10 人")
	s.screen.table.SetTicked(s.screen.rows.IDs()[:5]...)
	s.screen.tickChanged()
	s.Must("已选 5 人")
	s.Must("合计余额 160.00 元")
	s.screen.filters.from.SetText("0")
	s.screen.filters.to.SetText("39.99")
	s.Must("找到 6 人，共 10 人")
	s.Must("已选 1 人")
	s.screen.filters.set(data.TraineeQuery{})
	s.screen.ask()
	s.screen.table.Open(0)
	s.Must("充值 40.00 元")
	s.screen.details.drawer.SetTab(tabMoney)
	s.screen.details.show()
	s.Must("其中 2022 年计划")
	s.Picture("trainees-money")
}

func TestFiltersWorkTogetherAndTheFoundAreCharged(t *testing.T) {
	a := newApp(t, 40)
	s := newStand(t, a)
	tree, err := a.Organizations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ward, _, _, _ := tree.Resolve("内科")
	s.screen.filters.set(data.TraineeQuery{OrganizationIDs: []int64{ward.ID}, PayerIDs: []int64{tree.Root().ID}, Status: data.TraineeEnabled, Platform: data.PlatformPending, BalanceFrom: new(data.Money), BalanceTo: new(data.Money)})
	s.screen.ask()
	inside := s.screen.rows.IDs()
	if len(inside) != 6 { // every twelfth of 40 in each of two wards
		t.Fatalf("%d found in 内科 by all filters together", len(inside))
	}
	s.screen.filters.text.SetText("0184")
	if got := s.screen.rows.Len(); got > 1 {
		t.Errorf("%d found by a username as well", got)
	}
	s.screen.filters.text.SetText("")
	s.screen.filters.platform.OnChanged(string(data.PlatformImported))
	s.screen.filters.platform.SetKey(string(data.PlatformImported))
	s.screen.ask()
	if got := s.screen.rows.Len(); got != 0 {
		t.Errorf("%d people whom the platform knows", got)
	}
	s.screen.filters.platform.SetKey("")
	s.screen.ask()
	s.screen.table.TickAll()
	s.screen.tickChanged()
	s.Press("button", "停用")
	if got := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(got) != 6 {
		t.Errorf("%d disabled of all found", len(got))
	}
	s.Press("button", "撤销")
	if got := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(got) != 0 {
		t.Errorf("%d disabled after the undo", len(got))
	}
	s.screen.table.SetTicked(inside[:2]...)
	s.screen.tickChanged()
	s.Press("button", "为 2 人充值")
	last := s.Gone[len(s.Gone)-1]
	ticked, _ := last.Argument.([]int64)
	slices.Sort(ticked)
	want := slices.Sorted(slices.Values(inside[:2]))
	if last.Page != desk.Recharge || !slices.Equal(ticked, want) {
		t.Errorf("went to %v, want 学员缴费 with %v", last, want)
	}
}

func TestARowsMenuDisablesTheTicked(t *testing.T) {
	a := newApp(t, 6)
	s := newStand(t, a)
	ids := s.screen.rows.IDs()
	s.window.Canvas().Focus(s.screen.table)
	menu := func(row int) {
		s.screen.table.MoveTo(row, "name")
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF10})
	}
	menu(2)
	s.Picture("row-menu")
	s.Press("option", "停用")
	if got := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(got) != 1 || got[0] != ids[2] {
		t.Errorf("disabled %v, want the row's own %d", got, ids[2])
	}
	s.screen.table.SetTicked(ids[0], ids[1])
	menu(0)
	s.Press("option", "停用 2 人")
	if got := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(got) != 3 {
		t.Errorf("%d are disabled, want the ticked two as well", len(got))
	}
	menu(5)
	s.Press("option", "编辑资料…")
	s.Must("编辑“")
}

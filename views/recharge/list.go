package recharge

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// listed is what one look at the data found.
type listed struct {
	ids     []int64
	plans   []data.Plan
	tree    data.OrganizationTree
	batches []data.CardBatch
	batch   data.CardBatch // chosen among them; ID 0: none
	refused []data.RechargeRefusal
	home    data.Home
}

// spent tells whether no batch has money left, so that nobody can be charged.
func (l listed) spent() bool {
	return !slices.ContainsFunc(l.batches, func(b data.CardBatch) bool { return b.Left() > 0 })
}

// judge gives the batch by which people are judged: the chosen one, and where all are spent the plan's last one, which still tells who
// was charged already. ID 0: none.
func (l listed) judge(planID int64) data.CardBatch {
	if l.batch.ID != 0 || !l.spent() {
		return l.batch
	}
	for _, batch := range l.batches {
		if batch.PlanID == planID {
			return batch
		}
	}
	return data.CardBatch{}
}

// newTable makes the list of people with the design's widths; the narrow ones are those beside the panel.
func (s *Screen) newTable() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "username", Title: "用户名", Width: 112, Narrow: 76, Stretch: 1, Sortable: true},
		{Key: "name", Title: "姓名", Width: 104, Narrow: 72, Stretch: 1, Sortable: true, Strong: true},
		{Key: "id_number", Title: "身份证号码", Width: 184, Narrow: 156, Stretch: 1, HideBelow: 560},
		{Key: "organization", Title: "组织机构", Width: 168, Narrow: 104, Stretch: 3, Sortable: true},
		{Key: "payer", Title: "缴费机构", Width: 168, Narrow: 104, Stretch: 2, HideBelow: 660},
		{Key: "balance", Title: "账户余额", Width: 104, Narrow: 84, Stretch: 1, Right: true, Sortable: true},
		{Key: "status", Title: "状态", Width: 96, Narrow: 88},
	}
	table := ui.NewDataTable(columns...)
	table.Ticks = true
	table.Count = func() int { return s.rows.Len() }
	table.Key = func(row int) int64 { return s.rows.ID(row) }
	table.Cell = func(row, column int) ui.Cell { return s.cell(s.rows.At(row), columns[column].Key) }
	table.RowDisabled = func(row int) bool { _, refused := s.refused[s.rows.ID(row)]; return refused || s.found.spent() }
	table.AllKeys = func() []int64 { return s.eligible }
	table.OnTick = s.prepare
	table.OnSort = func(key string, descending bool) {
		table.SetSort(key, descending)
		s.sortKey, s.descending = key, descending
		s.reload()
	}
	table.SetSort(s.sortKey, false)
	table.Empty = s.emptyList()
	desk.RememberWidths(s.service, "columns.recharge", table)
	return table
}

func (s *Screen) emptyList() fyne.CanvasObject {
	clear := ui.NewButton("清除条件", "x", func() { s.filters.clear(); s.reload() })
	add := ui.NewButton("导入学员", "upload", func() { s.desk.Go(desk.ImportRoster, nil) })
	return ui.NewEmptyState("users", "没有查到学员", "换一个条件再查；还没有学员时，先从名单导入。", []fyne.CanvasObject{clear, add}, nil, "")
}

// cell gives what stands in a column of a person's row.
func (s *Screen) cell(row data.TraineeRow, column string) ui.Cell {
	switch column {
	case "username":
		return usernameCell(row.Username, row.IDNumber)
	case "name":
		return ui.Cell{Text: row.Name}
	case "id_number":
		return ui.Cell{Text: row.IDNumber}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(row.Organization)}
	case "payer":
		return ui.Cell{Text: desk.ShownPath(row.Payer)}
	case "balance":
		return ui.Cell{Text: row.Balance.String()}
	}
	return s.stateCell(row)
}

// usernameCell shows a username; one that is only the masked identity number says so.
func usernameCell(username, idNumber string) ui.Cell {
	if username == idNumber && username != "" {
		return ui.Cell{Text: "同证件号", Role: theme.Secondary}
	}
	return ui.Cell{Text: username}
}

// refusalPills are the short words for why a person cannot be ticked.
var refusalPills = map[string]ui.Cell{
	data.RefusedDisabled:    {Text: "停用", Tone: ui.ToneNeutral},
	data.RefusedAlready:     {Text: "已充值", Tone: ui.TonePrimary},
	data.RefusedOtherPayer:  {Text: "他方缴费", Tone: ui.ToneWarning},
	data.RefusedNotReported: {Text: "未上平台", Tone: ui.ToneWarning},
	data.RefusedByPlatform:  {Text: "平台失败", Tone: ui.ToneDanger},
}

func (s *Screen) stateCell(row data.TraineeRow) ui.Cell {
	refusal, refused := s.refused[row.ID]
	if pill, known := refusalPills[refusal.Code]; known {
		return pill
	}
	if refused {
		return ui.Cell{Text: refusal.Reason, Tone: ui.ToneNeutral}
	}
	if row.Status != data.TraineeEnabled {
		return ui.Cell{Text: string(row.Status), Tone: ui.ToneNeutral}
	}
	if s.found.spent() {
		return ui.Cell{Text: "未充值", Tone: ui.ToneNeutral}
	}
	return ui.Cell{Text: string(row.Status), Tone: ui.ToneSuccess}
}

// reload asks for the list again; ticks and the chosen batch stay where they still can be.
func (s *Screen) reload() {
	query, wanted, chosen, ticked, withUnreported := s.filters.query(), s.wanted, s.batch.ID, s.table.Ticked(), s.withUnreported
	if query.PlanID == 0 {
		query.PlanID = s.desk.Plan().ID
	}
	query.Sort, query.Descending = s.sortKey, s.descending
	desk.Load(s.desk, &s.listing, func(ctx context.Context) (listed, error) {
		found, err := s.look(ctx, query)
		if err != nil {
			return found, err
		}
		found.batch = choose(found.batches, s.desk.Plan().ID, wanted, chosen)
		judge := found.judge(s.desk.Plan().ID)
		if judge.ID == 0 {
			return found, nil
		}
		// Whoever is ticked may be hidden by the filters and is judged all the same.
		preview, err := s.service.PreviewRecharge(ctx, data.RechargeRun{BatchID: judge.ID, Trainees: append(slices.Clone(found.ids), ticked...), WithUnreported: withUnreported})
		found.refused = preview.Refused
		return found, err
	}, s.show)
}

func (s *Screen) look(ctx context.Context, query data.TraineeQuery) (found listed, err error) {
	if found.ids, err = s.service.TraineeIDs(ctx, query); err != nil {
		return found, err
	}
	if found.plans, err = s.service.Plans(ctx); err != nil {
		return found, err
	}
	if found.tree, err = s.service.Organizations(ctx); err != nil {
		return found, err
	}
	if found.batches, err = s.service.Batches(ctx); err != nil {
		return found, err
	}
	found.home, err = s.service.Home(ctx)
	return found, err
}

// choose gives the wanted batch, else the one chosen before, else the first of the plan in force that has money left.
func choose(batches []data.CardBatch, planID int64, wanted string, chosen int64) data.CardBatch {
	var first data.CardBatch
	for _, batch := range batches {
		if batch.Number == wanted {
			return batch
		}
	}
	for _, batch := range batches {
		if batch.ID == chosen && batch.Left() > 0 {
			return batch
		}
		// The oldest money goes first; batches come newest first.
		if batch.PlanID == planID && batch.Left() > 0 {
			first = batch
		}
	}
	return first
}

// show puts an answer on the screen.
func (s *Screen) show(found listed) {
	s.found, s.wanted = found, ""
	s.rows = desk.NewRows(found.ids, func(ctx context.Context, ids []int64) ([]data.TraineeRow, error) {
		return s.service.TraineeRows(ctx, ids, s.desk.Plan().ID)
	}, s.desk.Fail)
	s.refused = map[int64]data.RechargeRefusal{}
	for _, refusal := range found.refused {
		s.refused[refusal.TraineeID] = refusal
	}
	may := func(id int64) bool { _, refused := s.refused[id]; return !refused && !found.spent() }
	s.eligible = slices.DeleteFunc(slices.Clone(found.ids), func(id int64) bool { return !may(id) })
	// Before ticks change, because they are drawn for the rows that the table knows of.
	s.table.Refresh()
	s.untick(may)
	s.filters.setOrganizations(found.tree)
	s.filters.setPlans(found.plans)
	s.panel.setBatch(found.batch)
	s.sentence.SetText(sentence(found))
	s.prepare()
}

// untick clears the ticks of those who cannot be charged any more and says so.
func (s *Screen) untick(may func(id int64) bool) {
	ticked := s.table.Ticked()
	kept := slices.DeleteFunc(slices.Clone(ticked), func(id int64) bool { return !may(id) })
	if len(kept) == len(ticked) {
		return
	}
	s.table.SetTicked(kept...)
	if !s.running && !s.found.spent() {
		s.desk.Toast(fmt.Sprintf("%d 人不能从这个批次充值，已取消勾选。", len(ticked)-len(kept)))
	}
}

// footer says what is ticked at the left and what was found at the right.
type footer struct {
	content                 fyne.CanvasObject
	ticked, balance, hidden *ui.Text
	clear, all              *ui.Button
	found                   *ui.Text
}

func newFooter(table *ui.DataTable) *footer {
	f := &footer{ticked: ui.NewText("未选择", theme.Secondary), balance: ui.NewText("", theme.Text), hidden: ui.NewText("", theme.TextWarning), found: ui.NewText("", theme.Secondary)}
	f.clear, f.all = ui.NewLink("取消选择", table.ClearTicks), ui.NewLink("", table.TickAll)
	f.content = ui.NewFooter(f.ticked, f.balance, f.hidden, f.clear, f.all, ui.Space(), f.found)
	return f
}

// set shows the counts; hidden people are ticked and not among those found. Where all batches are spent nobody can be ticked.
func (f *footer) set(ticked, hidden, eligible, found int, spent bool, balance data.Money) {
	f.ticked.Bold, f.ticked.Role = ticked > 0, theme.Secondary
	f.ticked.Content = "未选择"
	if ticked > 0 {
		f.ticked.Content, f.ticked.Role = fmt.Sprintf("已选 %s 人", desk.Thousands(ticked)), theme.Text
	}
	f.ticked.Refresh()
	f.balance.SetText("合计余额 " + balance.String() + " 元")
	f.hidden.SetText(fmt.Sprintf("其中 %s 人不在列表里", desk.Thousands(hidden)))
	f.all.SetLabel(fmt.Sprintf("选中全部 %s 人", desk.Thousands(eligible)))
	f.balance.Hidden, f.clear.Hidden, f.hidden.Hidden = ticked == 0, ticked == 0, hidden == 0
	f.all.Hidden = eligible == 0 || ticked-hidden >= eligible
	text := fmt.Sprintf("查到 %s 人", desk.Thousands(found))
	switch {
	case spent && found > 0:
		text += "，没有可用的批次，不能勾选"
	case found > eligible:
		text += fmt.Sprintf("，%s 人不能选", desk.Thousands(found-eligible))
	}
	f.found.SetText(text)
	f.content.Refresh()
}

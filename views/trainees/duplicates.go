package trainees

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// duplicates is the page 查重: groups of records that may be one person's.
type duplicates struct {
	screen        *Screen
	table         *ui.DataTable
	words, footer *ui.Text
	merge, apart  *ui.Button
	groups        []data.DuplicateGroup
	shown         []int64 // places in groups, by the table's row, from 1
	rows          *desk.Rows[duplicateRow]
	reason        *ui.Select
	head, content fyne.CanvasObject
	asking        desk.Sequence
}

// duplicateRow is one group as the table shows it.
type duplicateRow struct {
	names, numbers, mobiles, organizations string
	balance                                data.Money
	count                                  int
}

var duplicateColumns = []ui.TableColumn{
	{Key: "reason", Title: "为什么像一个人", Width: 250},
	{Key: "name", Title: "姓名", Width: 150, Strong: true},
	{Key: "id_number", Title: "身份证号码", Width: 196},
	{Key: "mobile", Title: "手机号", Width: 128, HideBelow: 900},
	{Key: "organization", Title: "组织机构"},
	{Key: "balance", Title: "合计余额", Width: 104, Right: true},
}

// duplicateHeight is a row of two lines in px.
const duplicateHeight float32 = 48

// findDuplicates looks for people who may be one and lists them in the list's place.
func (s *Screen) findDuplicates() {
	var groups []data.DuplicateGroup
	s.desk.Work("正在查找重复的学员", func(ctx context.Context, progress app.Progress) error {
		var err error
		groups, err = s.service.Duplicates(ctx, progress)
		return err
	}, func() { s.showDuplicates(groups) })
}

func (s *Screen) showDuplicates(groups []data.DuplicateGroup) {
	d := &duplicates{screen: s, groups: groups, words: ui.NewText("", theme.Text), footer: ui.NewText("", theme.Secondary)}
	d.merge = ui.NewFilledButton("核对并合并…", "merge", func() {
		row, _ := d.table.Current()
		d.openGroup(row)
	})
	d.apart = ui.NewButton("不是同一人", "", d.setApart)
	d.reason = ui.NewSelect("全部原因")
	d.reason.OnChanged = func(string) { d.list() }
	d.table = ui.NewDataTable(duplicateColumns...)
	d.table.RowHeight, d.table.Ticks = duplicateHeight, true
	d.table.Count = func() int { return d.rows.Len() }
	d.table.Key = func(row int) int64 { return d.rows.ID(row) }
	d.table.AllKeys = func() []int64 { return d.rows.IDs() }
	d.table.Cell = func(row, column int) ui.Cell { return d.cell(row, duplicateColumns[column].Key) }
	d.table.OnOpen, d.table.OnTick = d.openGroup, d.update
	d.table.Empty = ui.NewEmptyState("badge-check", "没有发现重复的学员", "同名同生日、同名同手机、证件号只差一位、15 位与 18 位、护照与身份证都查过了。",
		[]fyne.CanvasObject{s.backButton()}, nil, "")
	d.head = ui.NewPageHead(d.words, d.merge, d.apart, s.backButton())
	d.content = ui.Ground(theme.Surface, ui.Column(0, d.head, ui.NewFilterBar(ui.Fixed(reasonWidth, d.reason)), ui.Grow(d.table), ui.NewFooter(d.footer)))
	s.duplicates = d
	d.list()
	s.showPage("查重", d.content, d.table, d.load)
}

// reasonWidth is the filter's in px.
const reasonWidth float32 = 330

// load looks anew after something was stored.
func (d *duplicates) load() {
	find := func(ctx context.Context) ([]data.DuplicateGroup, error) { return d.screen.service.Duplicates(ctx, nil) }
	desk.Load(d.screen.desk, &d.asking, find, func(groups []data.DuplicateGroup) {
		d.groups = groups
		d.list()
	})
}

// list shows the groups of the chosen reason.
func (d *duplicates) list() {
	d.offerReasons()
	d.shown = nil
	for place, group := range d.groups {
		if key := d.reason.Key(); key == "" || key == allReasons || slices.Contains(group.Reasons, data.Likeness(key)) {
			d.shown = append(d.shown, int64(place)+1)
		}
	}
	d.rows = desk.NewRows(d.shown, d.read, d.screen.desk.Fail)
	d.table.Refresh()
	d.update()
}

// allReasons is the choice that does not filter.
const allReasons = "all"

func (d *duplicates) offerReasons() {
	options := []ui.Option{{Key: allReasons, Text: "全部原因"}}
	counts := map[data.Likeness]int{}
	for _, group := range d.groups {
		for _, reason := range group.Reasons {
			counts[reason]++
		}
	}
	for _, reason := range data.LikenessOrder {
		if counts[reason] > 0 {
			options = append(options, ui.Option{Key: string(reason), Text: fmt.Sprintf("%s（%s）", reason, desk.Thousands(counts[reason]))})
		}
	}
	d.reason.SetOptions(options...)
}

// read gives the groups that come into view.
func (d *duplicates) read(ctx context.Context, keys []int64) ([]duplicateRow, error) {
	rows := make([]duplicateRow, len(keys))
	for place, key := range keys {
		people, err := d.screen.service.TraineeRows(ctx, d.groups[key-1].People, 0)
		if err != nil {
			return nil, err
		}
		row := &rows[place]
		row.count = len(people)
		for _, person := range people {
			row.balance += person.Balance
		}
		row.names = each(people, func(p data.TraineeRow) string { return p.Name })
		row.numbers = each(people, func(p data.TraineeRow) string { return p.IDNumber })
		row.mobiles = each(people, func(p data.TraineeRow) string { return orBlank(p.Mobile) })
		row.organizations = each(people, func(p data.TraineeRow) string { return desk.ShownPath(p.Organization) })
	}
	return rows, nil
}

// each writes what the people have, one on the first line and the others on the second; what all share stands once.
func each(people []data.TraineeRow, of func(data.TraineeRow) string) string {
	var texts []string
	for _, person := range people {
		texts = append(texts, of(person))
	}
	if texts = slices.Compact(texts); len(texts) == 1 {
		return texts[0]
	}
	return texts[0] + "\n" + strings.Join(texts[1:], "、")
}

func (d *duplicates) cell(row int, key string) ui.Cell {
	shown := d.rows.At(row)
	if shown.count == 0 {
		return ui.Cell{}
	}
	text := map[string]string{"name": shown.names, "id_number": shown.numbers, "mobile": shown.mobiles, "organization": shown.organizations}[key]
	switch key {
	case "reason":
		group := d.groups[d.rows.ID(row)-1]
		return ui.Cell{Text: group.Reasons[0].String(), Note: furtherReasons(group, shown.count)}
	case "balance":
		return ui.Cell{Text: shown.balance.String()}
	}
	first, rest, _ := strings.Cut(text, "\n")
	return ui.Cell{Text: first, Note: rest}
}

func furtherReasons(group data.DuplicateGroup, count int) string {
	if len(group.Reasons) > 1 {
		return "还有：" + data.DuplicateGroup{Reasons: group.Reasons[1:]}.Words()
	}
	return fmt.Sprintf("%d 条记录", count)
}

func (d *duplicates) update() {
	d.words.Content = fmt.Sprintf("%s 组学员可能是同一个人，请逐组核对。合并可以撤销。", desk.Thousands(len(d.groups)))
	if len(d.groups) == 0 {
		d.words.Content = "没有发现重复的学员。"
	}
	ticked := d.table.TickedCount()
	d.footer.Content = fmt.Sprintf("共 %s 组", desk.Thousands(len(d.shown)))
	if ticked > 0 {
		d.footer.Content = fmt.Sprintf("已选 %s 组，共 %s 组", desk.Thousands(ticked), desk.Thousands(len(d.shown)))
	}
	d.merge.SetDisabled(len(d.shown) == 0)
	d.apart.SetDisabled(ticked == 0)
	d.head.Refresh()
	d.content.Refresh()
}

func (d *duplicates) openGroup(row int) {
	if row < 0 || row >= d.rows.Len() {
		row = 0
	}
	group := d.groups[d.rows.ID(row)-1]
	d.screen.askMerge(group.People, group.Words())
	d.table.CloseRow()
}

// setApart remembers the ticked groups as different people; the toast takes it back.
func (d *duplicates) setApart() {
	var groups [][]int64
	for _, key := range d.table.Ticked() {
		groups = append(groups, d.groups[key-1].People)
	}
	d.table.ClearTicks()
	d.screen.setApart(groups)
}

// setApart remembers that the people of each group are different ones; the toast takes it back.
func (s *Screen) setApart(groups [][]int64) {
	s.desk.Do(func(ctx context.Context) error { return eachGroup(ctx, groups, s.service.MarkDistinct) }, func() {
		ui.ShowToast(s.desk.Window, ui.Toast{Text: fmt.Sprintf("已记住：%s 组不是同一人，以后查重不再列出。", desk.Thousands(len(groups))), Action: "撤销", OnAction: func() {
			s.desk.Do(func(ctx context.Context) error { return eachGroup(ctx, groups, s.service.ForgetDistinct) }, func() { s.desk.Toast("已撤销。") })
		}})
	})
}

func eachGroup(ctx context.Context, groups [][]int64, step func(context.Context, []int64) error) error {
	for _, group := range groups {
		if err := step(ctx, group); err != nil {
			return err
		}
	}
	return nil
}

package system

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type organizationService interface {
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	SaveOrganization(ctx context.Context, o data.Organization) (int64, error)
	RemoveOrganization(ctx context.Context, o data.Organization) error
	MoveOrganization(ctx context.Context, id, parentID int64) (data.OrganizationChange, error)
	MergeOrganizations(ctx context.Context, from, into int64) (data.OrganizationChange, error)
	UndoTraineeChange(ctx context.Context, id int64) (data.UndoResult, error)
	OrganizationUse(ctx context.Context, id int64) (data.OrganizationUse, error)
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
}

// Organizations is the tree of 组织机构.
type Organizations struct {
	desk     *desk.Desk
	service  organizationService
	content  fyne.CanvasObject
	table    *ui.DataTable
	sentence *ui.ElidedText
	rename   *ui.Button
	move     *ui.Button
	payer    *ui.Button
	total    *ui.Text
	choice   *ui.Picker // of the dialog that was opened last
	tree     data.OrganizationTree
	people   map[int64]int // enabled trainees in an organisation and below it
	loading  desk.Sequence
	counting desk.Sequence
}

// NewOrganizations makes the screen.
func NewOrganizations(d *desk.Desk, s organizationService) *Organizations {
	o := &Organizations{desk: d, service: s, sentence: ui.NewElidedText("", theme.Text), total: ui.NewText("", theme.Secondary)}
	o.table = ui.NewDataTable(
		ui.TableColumn{Key: "name", Title: "组织机构", Width: 0, Strong: true},
		ui.TableColumn{Key: "payer", Title: "缴费机构", Width: 260},
		ui.TableColumn{Key: "people", Title: "启用学员", Width: 104, Right: true},
		ui.TableColumn{Key: "below", Title: "含下级", Width: 104, Right: true},
	)
	o.table.Count = func() int { return len(o.tree.List()) }
	o.table.Key = func(row int) int64 { return o.tree.List()[row].ID }
	o.table.Cell = o.cell
	o.table.OnOpen = func(int) { o.enable() }
	o.table.OnEdit = func(row int, _, _ string) { o.on(row, o.editName) }
	o.table.OnKey = o.typed
	add := ui.NewFilledButton("新建下级机构", "plus", o.add)
	o.rename = ui.NewButton("改名", "pencil", o.editName)
	o.payer = ui.NewButton("设置缴费机构", "", o.editPayer)
	o.move = ui.NewButton("移动…", "", o.askPlace)
	head := ui.NewPageHead(o.sentence, add, o.rename, o.move, o.payer, ui.NewMoreButton(o.moreItems))
	o.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(o.table), ui.NewFooter(ui.Space(), o.total)))
	desk.RememberWidths(s, "columns.organizations", o.table)
	o.enable()
	return o
}

// Content is part of desk.Screen.
func (o *Organizations) Content() fyne.CanvasObject { return o.content }

// Enter is part of desk.Screen.
func (o *Organizations) Enter(any) { o.load() }

// Changed is part of desk.Screen.
func (o *Organizations) Changed(event app.Event) {
	if event == app.OrganizationsChanged || event == app.TraineesChanged || event == app.ProfileChanged {
		o.load()
	}
}

func (o *Organizations) load() {
	desk.Load(o.desk, &o.loading, o.service.Organizations, func(tree data.OrganizationTree) {
		o.tree, o.people = tree, peopleBelow(tree)
		o.total.Content = fmt.Sprintf("连同本单位共 %d 个机构，启用学员 %s 人", len(tree.List()), desk.Thousands(o.people[tree.Root().ID]))
		o.sentence.SetText(fmt.Sprintf("单位的科室和下属机构，共 %d 个。F2 改名，Insert 在下面新建，Delete 删除。", max(0, len(tree.List())-1)))
		o.table.Refresh()
		o.content.Refresh()
		o.enable()
	})
}

// indent is how far a level of the tree stands in.
const indent = "　　"

func (o *Organizations) cell(row, column int) ui.Cell {
	one := o.tree.List()[row]
	switch column {
	case 0:
		text := one.Name
		for range one.Depth {
			text = indent + text
		}
		return ui.Cell{Text: text, Bold: one.Depth == 0}
	case 1:
		payer := o.tree.Payer(one.ID)
		if one.PayerID == 0 {
			return ui.Cell{Text: payer.Name, Role: theme.Secondary}
		}
		return ui.Cell{Text: payer.Name}
	}
	if o.table.Columns[column].Key == "below" {
		return ui.Cell{Text: desk.Thousands(o.people[one.ID])}
	}
	return ui.Cell{Text: desk.Thousands(one.People)}
}

// peopleBelow counts the enabled trainees of every organisation with those below it.
func peopleBelow(tree data.OrganizationTree) map[int64]int {
	counts := map[int64]int{}
	for _, one := range tree.List() {
		for at, ok := one, true; ok; at, ok = tree.Get(at.ParentID) {
			counts[at.ID] += one.People
		}
	}
	return counts
}

// chosen is the open row's organisation, or the unit itself.
func (o *Organizations) chosen() data.Organization {
	if row := o.table.OpenRow(); row >= 0 {
		return o.tree.List()[row]
	}
	return o.tree.Root()
}

// on chooses a row and acts on its organisation.
func (o *Organizations) on(row int, act func()) {
	o.table.Open(row)
	act()
}

// typed acts on the current row by key; F2 is OnEdit's.
func (o *Organizations) typed(row int, _ string, name fyne.KeyName) bool {
	switch name {
	case fyne.KeyInsert:
		o.on(row, o.add)
	case fyne.KeyDelete:
		o.on(row, o.askRemove)
	default:
		return false
	}
	return true
}

func (o *Organizations) enable() {
	none := o.table.OpenRow() < 0
	o.rename.SetDisabled(none || o.chosen().Depth == 0)
	o.payer.SetDisabled(none)
	o.move.SetDisabled(none || o.chosen().Depth == 0)
}

func (o *Organizations) add() {
	parent := o.chosen()
	o.ask("新建下级机构", fmt.Sprintf("在“%s”下面新建。", parent.Name), "", "新建", func(name string) data.Organization {
		return data.Organization{ParentID: parent.ID, Name: name}
	}, func(made data.Organization) {
		o.openAgain(made.ID)
		o.tellUndoable("已新建“"+made.Name+"”。", func(ctx context.Context) error { return o.service.RemoveOrganization(ctx, made) })
	})
}

// tellUndoable tells of a change, and takes it back on request.
func (o *Organizations) tellUndoable(text string, undo func(ctx context.Context) error) {
	ui.ShowToast(o.desk.Window, ui.Toast{Text: text, Action: "撤销", OnAction: func() {
		o.desk.Do(undo, func() { o.desk.Toast("已撤销。") })
	}})
}

// save stores an organisation as it was.
func (o *Organizations) save(one data.Organization) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		_, err := o.service.SaveOrganization(ctx, one)
		return err
	}
}

func (o *Organizations) editName() {
	one := o.chosen()
	if one.Depth == 0 {
		o.desk.Toast("单位的名称在“管理员信息维护”里修改。")
		return
	}
	before := one
	o.ask("机构改名", "已有的缴费记录保留当时的名称。", one.Name, "改名", func(name string) data.Organization {
		one.Name = name
		return one
	}, func(now data.Organization) {
		o.tellUndoable(fmt.Sprintf("“%s”已改名为“%s”。", before.Name, now.Name), o.save(before))
	})
}

// ask asks for a name and stores what build gives; a refusal is shown under the field.
func (o *Organizations) ask(title, text, name, verb string, build func(name string) data.Organization, done func(stored data.Organization)) {
	field := ui.NewField("机构名称")
	field.SetText(name)
	form := ui.NewForm(ui.NewRequiredRow("name", "名称", field))
	form.LabelWidth = 64
	dialog := ui.NewDialog(o.desk.Window, title)
	dialog.Text = text
	dialog.Body, dialog.First = ui.Pad(10, 0, 0, 0, form), field.FocusTarget()
	dialog.SetDefault(verb, func() bool {
		organization := build(field.Text())
		var failure error
		o.desk.Do(func(ctx context.Context) error {
			organization.ID, failure = o.service.SaveOrganization(ctx, organization)
			return nil
		}, func() {
			if problem, ok := data.AsProblem(failure); ok {
				form.SetProblems(map[string]string{"name": problem.Error()})
				form.FocusFirstProblem()
				return
			}
			dialog.Hide()
			if failure != nil {
				o.desk.Fail(failure)
				return
			}
			done(organization)
		})
		return false
	})
	dialog.Show()
}

func (o *Organizations) editPayer() {
	one := o.chosen()
	options := []ui.Option{{Key: "0", Text: "与上级相同"}}
	for _, other := range o.tree.List() {
		options = append(options, ui.Option{Key: strconv.FormatInt(other.ID, 10), Text: other.Name, Note: other.Path, Indent: other.Depth})
	}
	picker := ui.NewPicker("选择缴费机构", options...)
	picker.SetKeys(strconv.FormatInt(one.PayerID, 10))
	dialog := ui.NewDialog(o.desk.Window, "设置缴费机构")
	dialog.Text = fmt.Sprintf("“%s”的学员由哪个机构缴费？组织机构是学员属于哪里，缴费机构是谁付钱。", one.Name)
	dialog.Body = picker
	dialog.SetDefault("保存", func() bool {
		id, err := strconv.ParseInt(picker.Key(), 10, 64)
		if err != nil {
			return false
		}
		before := one
		one.PayerID = id
		o.desk.Do(o.save(one), func() { o.tellUndoable(fmt.Sprintf("“%s”的缴费机构已保存。", one.Name), o.save(before)) })
		return true
	})
	dialog.Show()
}

// askRemove removes the chosen organisation where nothing hangs on it; the toast makes it again. Else it says what does.
func (o *Organizations) askRemove() {
	one := o.chosen()
	if one.Depth == 0 {
		o.desk.Toast("单位本身不能删除。")
		return
	}
	desk.Load(o.desk, &o.counting, func(ctx context.Context) (data.OrganizationUse, error) { return o.service.OrganizationUse(ctx, one.ID) }, func(use data.OrganizationUse) {
		if words := use.Words(); words != "" {
			o.tellUsed(one, words)
			return
		}
		o.desk.Do(func(ctx context.Context) error { return o.service.RemoveOrganization(ctx, one) }, func() {
			o.table.CloseRow()
			again := one
			again.ID = 0
			o.tellUndoable("已删除“"+one.Name+"”。", o.save(again))
		})
	})
}

// tellUsed says why an organisation stays, and what to do instead.
func (o *Organizations) tellUsed(one data.Organization, words string) {
	dialog := ui.NewDialog(o.desk.Window, "“"+one.Name+"”还不能删除")
	dialog.Text = "它还有：" + words + "。请先调整到别的机构，或者把它整个合并到另一个机构。"
	dialog.CancelLabel = "关闭"
	dialog.SetDefault("合并到…", func() bool {
		dialog.Hide()
		o.askMerge()
		return true
	})
	dialog.Show()
}

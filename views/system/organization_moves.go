package system

import (
	"context"
	"fmt"
	"strconv"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// moreItems are the rare actions on the chosen organisation.
func (o *Organizations) moreItems() []ui.MenuItem {
	none := o.table.OpenRow() < 0 || o.chosen().Depth == 0
	return []ui.MenuItem{
		{Label: "合并到…", Icon: "merge", Disabled: none, Action: o.askMerge},
		{Label: "删除", Icon: "trash-2", Danger: true, Separated: true, Disabled: none, Action: o.askRemove},
	}
}

// elsewhere lists the organisations that one can stand under: all but itself and what is below it.
func (o *Organizations) elsewhere(one data.Organization) []ui.Option {
	var options []ui.Option
	for _, other := range o.tree.List() {
		if !o.within(other, one.ID) {
			options = append(options, ui.Option{Key: key(other.ID), Text: other.Name, Note: notePath(other), Indent: other.Depth})
		}
	}
	return options
}

func key(id int64) string { return strconv.FormatInt(id, 10) }

// notePath tells where an organisation stands, where its name alone does not.
func notePath(o data.Organization) string {
	if o.Depth < 2 {
		return ""
	}
	return o.Path
}

// within tells whether an organisation is another or below it.
func (o *Organizations) within(one data.Organization, id int64) bool {
	for at, ok := one, true; ok; at, ok = o.tree.Get(at.ParentID) {
		if at.ID == id {
			return true
		}
	}
	return false
}

// below counts what stands under an organisation.
func (o *Organizations) below(one data.Organization) int {
	count := -1
	for _, other := range o.tree.List() {
		if o.within(other, one.ID) {
			count++
		}
	}
	return count
}

// carried says what goes with an organisation: 连同 2 个下级机构、34 名学员.
func (o *Organizations) carried(one data.Organization) string {
	text := fmt.Sprintf("%s 名启用学员", desk.Thousands(o.people[one.ID]))
	if below := o.below(one); below > 0 {
		text = fmt.Sprintf("%d 个下级机构、%s", below, text)
	}
	return text
}

// chooseOther asks for another organisation and lets action use it; a refusal of the program stands under the field.
func (o *Organizations) chooseOther(title, text, label, verb string, action func(ctx context.Context, other data.Organization) error, done func(other data.Organization)) {
	one := o.chosen()
	picker := ui.NewPicker("选择机构，可输入名称", o.elsewhere(one)...)
	o.choice = picker
	form := ui.NewForm(ui.NewRequiredRow("other", label, picker))
	form.LabelWidth = 64
	dialog := ui.NewDialog(o.desk.Window, title)
	dialog.Text = text
	dialog.Body, dialog.First = ui.Pad(10, 0, 0, 0, form), picker.FocusTarget()
	complain := func(problem string) {
		form.SetProblems(map[string]string{"other": problem})
		dialog.Relayout()
	}
	dialog.SetDefault(verb, func() bool {
		id, _ := strconv.ParseInt(picker.Key(), 10, 64)
		other, ok := o.tree.Get(id)
		if !ok {
			complain("还没有选择。")
			return false
		}
		var failure error
		o.desk.Do(func(ctx context.Context) error {
			failure = action(ctx, other)
			return nil
		}, func() {
			problem, explained := data.AsProblem(failure)
			switch {
			case explained:
				complain(problem.Error())
			case failure != nil:
				dialog.Hide()
				o.desk.Fail(failure)
			default:
				dialog.Hide()
				done(other)
			}
		})
		return false
	})
	dialog.Show()
}

// askPlace moves the chosen organisation with all below it; the toast takes it back.
func (o *Organizations) askPlace() {
	one := o.chosen()
	o.chooseOther("移动机构", fmt.Sprintf("“%s”连同 %s，移到哪个机构下面？已有的缴费记录保留当时的名称。", one.Name, o.carried(one)), "上级机构", "移动",
		func(ctx context.Context, other data.Organization) error {
			_, err := o.service.MoveOrganization(ctx, one.ID, other.ID)
			return err
		}, func(other data.Organization) {
			o.openAgain(one.ID)
			o.tellUndoable(fmt.Sprintf("已把“%s”移到“%s”下面。", one.Name, other.Name), func(ctx context.Context) error {
				_, err := o.service.MoveOrganization(ctx, one.ID, one.ParentID)
				return err
			})
		})
}

// askMerge puts everything of the chosen organisation into another and removes it.
func (o *Organizations) askMerge() {
	one := o.chosen()
	var change data.OrganizationChange
	o.chooseOther("合并机构", fmt.Sprintf("“%s”的 %s转到另一个机构，然后去掉“%s”。已有的缴费记录保留当时的名称。", one.Name, o.carried(one), one.Name), "合并到", "合并",
		func(ctx context.Context, other data.Organization) error {
			var err error
			change, err = o.service.MergeOrganizations(ctx, one.ID, other.ID)
			return err
		}, func(other data.Organization) {
			o.openAgain(other.ID)
			o.tellUndoable(fmt.Sprintf("已把“%s”合并到“%s”，转去 %s 名学员。", one.Name, other.Name, desk.Thousands(change.People)), func(ctx context.Context) error {
				_, err := o.service.UndoTraineeChange(ctx, change.ChangeID)
				return err
			})
		})
}

// openAgain chooses an organisation that stands in another row now.
func (o *Organizations) openAgain(id int64) {
	for row, one := range o.tree.List() {
		if one.ID == id {
			o.table.Open(row)
		}
	}
}

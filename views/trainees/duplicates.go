package trainees

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// duplicates is the page 查重: people who may be one.
type duplicates struct {
	screen  *Screen
	content fyne.CanvasObject
	table   *ui.DataTable
	words   *ui.Text
	groups  []data.Duplicate
	lines   []duplicateLine
	asking  desk.Sequence
}

// duplicatesTitle is the page's.
const duplicatesTitle = "查重"

// duplicateLine is one person of a group in the table.
type duplicateLine struct {
	group, person int
}

// showDuplicates looks for people who may be one and lists them.
func (s *Screen) showDuplicates() {
	d := &duplicates{screen: s, words: ui.NewText("", theme.Text)}
	d.table = ui.NewDataTable(
		ui.TableColumn{Key: "reason", Title: "为什么像一个人", Width: 228},
		ui.TableColumn{Key: "name", Title: "姓名", Width: 88},
		ui.TableColumn{Key: "id_number", Title: "身份证号码", Width: 168},
		ui.TableColumn{Key: "mobile", Title: "手机号", Width: 120},
		ui.TableColumn{Key: "organization", Title: "组织机构"},
		ui.TableColumn{Key: "status", Title: "状态", Width: 76},
		ui.TableColumn{Key: "balance", Title: "账户余额", Width: 96, Right: true},
		ui.TableColumn{Key: "merge", Title: "", Width: 84},
	)
	d.table.Count = func() int { return len(d.lines) }
	d.table.Cell = func(row, column int) ui.Cell { return d.cell(d.lines[row], d.table.Columns[column].Key) }
	d.table.OnOpen = func(int) {}
	d.table.OnCell = func(row int, key string) {
		line := d.lines[row]
		if key == "name" {
			s.openPerson(d.groups[line.group].People[line.person].ID)
			return
		}
		d.askMerge(d.groups[line.group])
	}
	d.table.Empty = ui.NewEmptyState("badge-check", "没有疑似重复的人", "同名同生日、同名同手机、同名同工号的都查过了。",
		[]fyne.CanvasObject{ui.NewButton("回到学员列表", "", s.closePage)}, nil, "")
	head := ui.NewPageHead(d.words, ui.NewButton("回到学员列表", "arrow-left", s.closePage))
	d.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(d.table)))
	s.duplicates = d
	d.load()
	s.showPage(duplicatesTitle, d.content)
}

func (d *duplicates) load() {
	desk.Load(d.screen.desk, &d.asking, d.screen.service.Duplicates, func(groups []data.Duplicate) {
		d.groups, d.lines = groups, nil
		for group := range groups {
			for person := range groups[group].People {
				d.lines = append(d.lines, duplicateLine{group, person})
			}
		}
		d.words.Content = fmt.Sprintf("%s 组人可能是同一个人。核对后合并，或者不管。", desk.Thousands(len(groups)))
		d.table.Refresh()
		d.content.Refresh()
	})
}

func (d *duplicates) cell(line duplicateLine, key string) ui.Cell {
	group := d.groups[line.group]
	person := group.People[line.person]
	first := line.person == 0
	switch {
	case key == "reason" && first:
		return ui.Cell{Text: group.Reason}
	case key == "merge" && first:
		return ui.Cell{Text: "合并…", Link: true}
	case key == "reason" || key == "merge":
		return ui.Cell{}
	case key == "name":
		return ui.Cell{Text: person.Name, Link: true}
	}
	return cell(person, key)
}

// openPerson shows somebody in the list's drawer.
func (s *Screen) openPerson(id int64) {
	s.closePage()
	s.Enter(id)
}

// mergeWidth is the dialog's in px.
const mergeWidth float32 = 560

// askMerge asks which person of a group stays; the others become part of them.
func (d *duplicates) askMerge(group data.Duplicate) {
	labels := make([]string, len(group.People))
	stays := 0
	for place, person := range group.People {
		labels[place] = strings.Join([]string{person.Name, person.IDNumber, shownPath(person.Organization), "余额 " + person.Balance.String()}, " ・ ")
		if person.Balance != 0 && group.People[stays].Balance == 0 {
			stays = place
		}
	}
	kinds := ui.NewRadioGroup(func(index int) { stays = index }, labels...)
	kinds.SetSelected(stays)
	choices := ui.Column(8)
	for _, radio := range kinds.Radios {
		choices.Add(radio)
	}
	dialog := ui.NewDialog(d.screen.desk.Window, "合并成一个人")
	dialog.Width = mergeWidth
	dialog.Text = "留下哪一位？姓名和证件号以留下的为准；另一位的线下学时转过来，空着的资料补上，然后从学员列表里去掉。合并不能撤销。"
	dialog.Body = choices
	dialog.SetDanger(fmt.Sprintf("合并 %d 人", len(group.People)), func() { d.merge(group.People, stays) })
	dialog.Show()
}

func (d *duplicates) merge(people []data.TraineeRow, stays int) {
	keep := people[stays]
	hours := 0
	var filled []string
	d.screen.desk.Do(func(ctx context.Context) error {
		for place, person := range people {
			if place == stays {
				continue
			}
			result, err := d.screen.service.MergeTrainees(ctx, keep.ID, person.ID)
			if err != nil {
				return err
			}
			hours += result.Hours
			filled = append(filled, result.Filled...)
		}
		return nil
	}, func() {
		text := "已合并到 " + keep.Name + "。"
		if hours > 0 {
			text += fmt.Sprintf("转来 %d 条线下学时。", hours)
		}
		if slices.Sort(filled); len(filled) > 0 {
			text += "补上了" + strings.Join(slices.Compact(filled), "、") + "。"
		}
		d.screen.desk.Toast(text)
	})
}

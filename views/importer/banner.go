package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// banner says above the rows what is true of many of them at once, and what can be decided: lists that were left out, rows that are
// hidden, organisations that are none.
type banner struct {
	preview *preview
	content *fyne.Container
}

func newBanner(p *preview) *banner {
	b := &banner{preview: p, content: ui.Column(8)}
	b.content.Hide()
	return b
}

// set shows what waits for a decision in the plan in hand.
func (b *banner) set() {
	var notes []fyne.CanvasObject
	for _, note := range []fyne.CanvasObject{b.otherSheets(), b.secondBlock(), b.hidden(), b.places()} {
		if note != nil {
			notes = append(notes, note)
		}
	}
	b.content.Objects = nil
	b.content.Hidden = len(notes) == 0
	if len(notes) > 0 {
		b.content.Objects = []fyne.CanvasObject{ui.Pad(16, 12, 16, 12, ui.Column(8, notes...))}
	}
	b.content.Refresh()
}

// secondBlock warns of a second list that stands beside the one that was read.
func (b *banner) secondBlock() fyne.CanvasObject {
	letters := b.preview.plan.SecondBlock()
	if letters == "" {
		return nil
	}
	return ui.NewNote(ui.ToneWarning, "", fmt.Sprintf("表里左右并排有两组名单，%s 列起的那一组不会导入。请把它剪切到左边一组的下面，保存后再选择这个文件。", letters))
}

// hidden asks whether the rows that the sheet hides shall go in.
func (b *banner) hidden() fyne.CanvasObject {
	plan := b.preview.plan
	if plan.Hidden == 0 {
		return nil
	}
	taken := true
	for _, mend := range plan.Mends {
		if mend.Kind == data.MendHidden {
			taken = mend.Taken
		}
	}
	words, verb := fmt.Sprintf("表里有 %s是隐藏或筛选掉的，会一起导入。", rowsWords(plan.Hidden)), "忽略隐藏的 "+rowsWords(plan.Hidden)
	if !taken {
		words, verb = fmt.Sprintf("表里隐藏或筛选掉的 %s不导入。", rowsWords(plan.Hidden)), "导入隐藏的 "+rowsWords(plan.Hidden)
	}
	button := ui.NewButton(verb, "", func() { b.preview.screen.mend(data.HiddenRows(!taken), "") })
	return ui.NewNote(ui.TonePrimary, "", words, button)
}

// places asks about the first organisation that cannot be found; the next one follows when it is settled.
func (b *banner) places() fyne.CanvasObject {
	p := b.preview
	if len(p.unplaced) == 0 {
		return b.made()
	}
	one := p.unplaced[0]
	lead := fmt.Sprintf("%s的“%s”不是已有机构。", rowsWords(len(one.Rows)), desk.ShownPath(one.Written))
	if one.Ambiguous {
		lead = fmt.Sprintf("%s的“%s”有 %d 个同名机构。", rowsWords(len(one.Rows)), desk.ShownPath(one.Written), len(one.Candidates))
	}
	buttons := b.choices(one)
	rest := len(p.unplaced) - 1
	if unknown := unknownOnly(p.unplaced); rest > 0 && len(unknown) > 1 {
		buttons = append(buttons, ui.NewButton(fmt.Sprintf("全部新建 %d 个机构（%s）", len(unknown), rowsWords(countRows(unknown))), "", b.createAll))
	}
	if rest == 0 && len(lead) <= shortLead {
		return ui.NewNote(ui.ToneDanger, lead, "", buttons...)
	}
	if rest > 0 {
		lead += fmt.Sprintf("另有 %d 个机构对不上。", rest)
	}
	head := ui.Row(9, ui.NewIcon("circle-alert", theme.TextDanger), ui.Wide(boldElided(lead)))
	return ui.Stack(ui.NewBox(theme.TintDanger, theme.None, 4), ui.Pad(14, 9, 9, 9, ui.Column(8, head, ui.Pad(25, 0, 0, 0, ui.WrapRow(8, 8, buttons...)))))
}

// shortLead is the length in bytes up to which a sentence stands in one line with its buttons.
const shortLead = 54

func boldElided(text string) *ui.ElidedText {
	words := ui.NewElidedText(text, theme.TextDanger)
	words.Bold = true
	return words
}

// choices are the ways to settle one spelling for all its rows.
func (b *banner) choices(one data.Unplaced) []fyne.CanvasObject {
	p := b.preview
	more := ui.NewButton("", "chevron-down", nil)
	more.Tip = "改为别的机构"
	more.OnTapped = func() { b.offer(more, one) }
	into := rowsWords(len(one.Rows)) + "都改为"
	if len(one.Rows) == 1 {
		into = "1 行改为"
	}
	use := ui.NewButton(into+"…", "", func() { b.ask(one) })
	objects := []fyne.CanvasObject{use}
	switch {
	case len(one.Candidates) > 0 && one.Ambiguous:
		use.Trailing, use.OnTapped = "chevron-down", func() { b.offer(use, one) }
	case len(one.Candidates) > 0:
		nearest := one.Candidates[0]
		use.Label, use.OnTapped = into+"最接近的 "+shownOrganization(nearest), func() { p.useOrganization(one, nearest) }
		objects = []fyne.CanvasObject{ui.Row(-1, use, more)}
	}
	if !one.Ambiguous {
		objects = append(objects, ui.NewButton("新建“"+desk.ShownPath(one.Written)+"”", "", func() { p.makeOrganization(one) }))
	}
	return objects
}

// offer lists the organisations that a spelling may mean, and leads to all others.
func (b *banner) offer(anchor fyne.CanvasObject, one data.Unplaced) {
	p := b.preview
	var items []ui.MenuItem
	for _, candidate := range one.Candidates {
		items = append(items, ui.MenuItem{Label: shownOrganization(candidate), Action: func() { p.useOrganization(one, candidate) }})
	}
	items = append(items, ui.MenuItem{Label: "选择其他机构…", Icon: "search", Separated: len(items) > 0, Action: func() { b.ask(one) }})
	ui.ShowMenu(anchor, items)
}

// ask lets any organisation be chosen for a spelling.
func (b *banner) ask(one data.Unplaced) {
	p := b.preview
	picker := ui.NewPicker("选择机构，可输入拼音", organizationOptions(p.tree)...)
	form := ui.NewForm(ui.NewRequiredRow("organization", "改为", picker))
	form.LabelWidth = 64
	dialog := ui.NewDialog(p.screen.desk.Window, "“"+desk.ShownPath(one.Written)+"”是哪个机构？")
	dialog.Text = "文件不会被改动，改动只用于这次导入。"
	dialog.Body, dialog.First = ui.Pad(10, 0, 0, 0, form), picker.FocusTarget()
	dialog.SetDefault("应用到 "+rowsWords(len(one.Rows)), func() bool {
		into, ok := p.tree.Get(keyOf(picker.Key()))
		if !ok {
			form.SetProblems(map[string]string{"organization": "还没有选择机构。"})
			return false
		}
		dialog.Hide()
		p.useOrganization(one, into)
		return true
	})
	dialog.Show()
}

// createAll makes all organisations that the file names and nobody knows.
func (b *banner) createAll() { b.create(true) }

func (b *banner) create(all bool) {
	options := b.preview.screen.options
	options.CreateOrganizations = all
	b.preview.screen.renew(options)
}

// made tells which organisations the import would make.
func (b *banner) made() fyne.CanvasObject {
	rows, names := newOrganizations(b.preview.plan)
	if rows == 0 {
		return nil
	}
	words := fmt.Sprintf("导入时会新建 %d 个机构（%s）：%s。", len(names), rowsWords(rows), listed(names))
	if !b.preview.plan.CreateOrganizations {
		return ui.NewNote(ui.TonePrimary, "", words)
	}
	return ui.NewNote(ui.TonePrimary, "", words, ui.NewButton("不新建", "", func() { b.create(false) }))
}

func unknownOnly(all []data.Unplaced) []data.Unplaced {
	var unknown []data.Unplaced
	for _, one := range all {
		if !one.Ambiguous {
			unknown = append(unknown, one)
		}
	}
	return unknown
}

// countRows counts each row once, however many of its organisations are unknown.
func countRows(all []data.Unplaced) int {
	rows := map[int]bool{}
	for _, one := range all {
		for _, row := range one.Rows {
			rows[row] = true
		}
	}
	return len(rows)
}

// namesListed keeps the sentence short.
const namesListed = 4

func listed(names []string) string {
	shown := make([]string, 0, namesListed)
	for _, name := range names[:min(len(names), namesListed)] {
		shown = append(shown, desk.ShownPath(name))
	}
	text := strings.Join(shown, "、")
	if len(names) > namesListed {
		text += "等"
	}
	return text
}

func newOrganizations(plan *data.ImportPlan) (rows int, names []string) {
	for place := range plan.Rows {
		row := plan.Rows[place]
		if row.Outcome != data.OutcomeNew && row.Outcome != data.OutcomeUpdated || row.NewOrganization == "" && row.NewPayer == "" {
			continue
		}
		rows++
		names = addName(addName(names, row.NewOrganization), row.NewPayer)
	}
	return rows, names
}

func addName(names []string, name string) []string {
	if name == "" || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// mendedWords counts decisions for the strip above the rows.
func mendedWords(plan *data.ImportPlan) string {
	return "已改 " + desk.Thousands(len(plan.Mends)) + " 处"
}

func keyText(id int64) string { return strconv.FormatInt(id, 10) }

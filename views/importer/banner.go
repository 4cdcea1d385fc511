package importer

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/ui"
)

// banner offers to make the organisations that do not exist, for all their rows at once.
type banner struct {
	preview *preview
	content *fyne.Container
	note    *ui.Note
	create  *ui.Checkbox
}

func newBanner(p *preview) *banner {
	b := &banner{preview: p}
	b.create = ui.NewCheckbox("新建不存在的机构", b.switchTo)
	b.note = ui.NewNote(ui.ToneDanger, "", "", b.create)
	b.content = ui.Pad(16, 12, 16, 12, b.note)
	b.content.Hide()
	return b
}

// switchTo judges the file again, with or without making organisations.
func (b *banner) switchTo(create bool) {
	s := b.preview.screen
	options := s.options
	options.CreateOrganizations = create
	// Where reading fails or is cancelled, the old plan stays, and the box with it; set ticks it again.
	b.create.SetChecked(!create)
	s.readWith(s.path, options)
}

// set shows which organisations are missing, or will be made.
func (b *banner) set() {
	created := b.preview.screen.options.CreateOrganizations
	rows, names := b.missing()
	if created {
		rows, names = b.made()
	}
	b.create.SetChecked(created)
	b.content.Hidden = rows == 0
	lead := fmt.Sprintf("%d 行的“%s”不是已有机构。", rows, shownPath(first(names)))
	if len(names) > 1 {
		lead = fmt.Sprintf("%d 行的“%s”等 %d 个机构不存在。", rows, shownPath(first(names)), len(names))
	}
	if created {
		b.note.Set(ui.TonePrimary, "", fmt.Sprintf("导入时会新建 %d 个机构（%d 行）：%s。", len(names), rows, listed(names)))
		return
	}
	b.note.Set(ui.ToneDanger, lead, "")
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// namesListed keeps the sentence short.
const namesListed = 4

func listed(names []string) string {
	shown := make([]string, 0, namesListed)
	for _, name := range names[:min(len(names), namesListed)] {
		shown = append(shown, shownPath(name))
	}
	text := strings.Join(shown, "、")
	if len(names) > namesListed {
		text += "等"
	}
	return text
}

// missing counts the rows that fail only because an organisation is unknown, and names those organisations.
func (b *banner) missing() (rows int, names []string) {
	p := b.preview
	for place := range p.plan.Rows {
		row := &p.plan.Rows[place]
		found := false
		for _, problem := range row.Problems {
			if problem.Code != "organization-unknown" {
				continue
			}
			found = true
			names = addName(names, data.CleanPath(p.written(row, problem.Where.Field)))
		}
		if found {
			rows++
		}
	}
	return rows, names
}

// made counts the rows that go into organisations that the import makes, and names them.
func (b *banner) made() (rows int, names []string) {
	return newOrganizations(b.preview.plan)
}

func newOrganizations(plan *data.ImportPlan) (rows int, names []string) {
	for place := range plan.Rows {
		row := &plan.Rows[place]
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

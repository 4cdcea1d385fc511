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

// Measures of the merge in px.
const (
	mergeLabel  float32 = 84
	mergeChoice float32 = 236
	mergeWidest float32 = 960
)

// mergeDialog lets a person choose, side by side, what several records become.
type mergeDialog struct {
	screen  *Screen
	reason  string
	people  []int64
	request data.MergeRequest
	dialog  *ui.Dialog
	body    *fyne.Container
	radios  []*ui.Radio            // in reading order
	whole   map[int64]data.Trainee // the people with whole numbers, once somebody asked to see them
	asking  desk.Sequence
}

// askMerge shows people side by side. reason says why they may be one; it may be "".
func (s *Screen) askMerge(people []int64, reason string) {
	m := &mergeDialog{screen: s, reason: reason, people: people, body: ui.Column(12)}
	m.keep(0)
	m.load(m.open)
}

// keep makes one record the one that stays; the others' own values are chosen anew.
func (m *mergeDialog) keep(place int) {
	m.request = data.MergeRequest{Keep: m.people[place], Take: map[string]int64{}}
	for other, id := range m.people {
		if other != place {
			m.request.Drop = append(m.request.Drop, id)
		}
	}
}

func (m *mergeDialog) load(show func(data.MergePreview)) {
	request := m.request
	ask := func(ctx context.Context) (data.MergePreview, error) {
		return m.screen.service.PreviewMerge(ctx, request)
	}
	desk.Load(m.screen.desk, &m.asking, ask, show)
}

func (m *mergeDialog) open(preview data.MergePreview) {
	count := desk.Thousands(len(m.people))
	m.dialog = ui.NewDialog(m.screen.desk.Window, "核对 "+count+" 条记录是不是同一个人")
	m.dialog.Text = m.reason
	if m.reason == "" {
		m.dialog.Text = "选出要保留的记录和每一项的内容，其他记录并入它。"
	}
	m.dialog.Width = min(mergeWidest, max(2*mergeChoice, float32(len(m.people))*mergeChoice)+mergeLabel+48)
	m.dialog.Body = m.body
	m.show(preview)
	m.dialog.AddButton("不是同一人", func() { m.screen.setApart([][]int64{m.people}) })
	m.dialog.SetDefault("合并成 1 人", func() bool {
		m.dialog.Hide()
		m.merge()
		return true
	})
	m.dialog.Show()
}

// again shows the choices after one was changed. The keyboard stays where it was in the new ones.
func (m *mergeDialog) again() {
	m.load(func(preview data.MergePreview) {
		canvas := m.screen.desk.Window.Canvas()
		at := slices.IndexFunc(m.radios, func(radio *ui.Radio) bool { return canvas.Focused() == radio })
		m.show(preview)
		m.dialog.Relayout()
		canvas.Focus(m.radios[min(max(0, at), len(m.radios)-1)])
	})
}

func (m *mergeDialog) show(preview data.MergePreview) {
	m.body.Objects, m.radios = nil, nil
	m.body.Add(m.heads(preview))
	m.body.Add(ui.NewLine())
	same := []string{}
	for _, field := range preview.Fields {
		if !field.Differs() {
			if field.Values[0] != "" {
				same = append(same, field.Label)
			}
			continue
		}
		m.body.Add(m.choices(preview, field))
	}
	notes := ui.Row(12, ui.Wide(ui.NewElidedText("其余相同："+strings.Join(same, "、"), theme.Secondary)))
	if m.whole == nil {
		notes.Add(ui.NewLink("显示完整号码（会记入操作日志）", m.reveal))
	}
	m.body.Add(notes)
	m.body.Add(ui.NewLine())
	m.body.Add(m.consequences(preview))
	m.body.Refresh()
}

// place finds a record of the preview, which begins with the one that stays, in the order of the columns.
func (m *mergeDialog) place(id int64) int {
	for place, one := range m.people {
		if one == id {
			return place
		}
	}
	return 0
}

// ordered puts what belongs to the preview's people into the order of the columns.
func ordered[T any](m *mergeDialog, preview data.MergePreview, of func(place int) T) []T {
	list := make([]T, len(m.people))
	for place, row := range preview.People {
		list[m.place(row.ID)] = of(place)
	}
	return list
}

// heads chooses which record stays, with what hangs on each.
func (m *mergeDialog) heads(preview data.MergePreview) fyne.CanvasObject {
	rows := ordered(m, preview, func(place int) data.TraineeRow { return preview.People[place] })
	var keeps []*ui.Radio
	names, money, out := []fyne.CanvasObject{}, []fyne.CanvasObject{}, []fyne.CanvasObject{}
	for place, row := range rows {
		radio := ui.NewRadio("保留 "+row.Name, func() {
			m.keep(place)
			m.again()
		})
		radio.Bold = true
		radio.SetChosen(row.ID == m.request.Keep)
		m.radios = append(m.radios, radio)
		keeps = append(keeps, radio)
		names = append(names, radio)
		money = append(money, ui.NewCaption(fmt.Sprintf("余额 %s 元 ・ %s", row.Balance, row.Status), theme.Secondary))
		out = append(out, ui.Row(0, ui.NewLink("不是这一位", func() { m.leaveOut(place) })))
	}
	ui.LinkRadios(keeps...)
	if len(m.people) == 2 {
		return ui.Column(2, m.line("", names), m.line("", money))
	}
	return ui.Column(2, m.line("", names), m.line("", money), m.line("", out))
}

// leaveOut takes a record out of the group that is merged; the others are compared on.
func (m *mergeDialog) leaveOut(place int) {
	m.people = slices.Delete(slices.Clone(m.people), place, place+1)
	m.keep(0)
	m.again()
}

// reveal shows the whole numbers, which tell the records apart; the program writes a line in 操作日志 for each.
func (m *mergeDialog) reveal() {
	whole := map[int64]data.Trainee{}
	m.screen.desk.Do(func(ctx context.Context) error {
		for _, id := range m.people {
			trainee, err := m.screen.service.Reveal(ctx, id)
			if err != nil {
				return err
			}
			whole[id] = trainee
		}
		return nil
	}, func() {
		m.whole = whole
		m.again()
	})
}

// value is a field's text of a record: whole where somebody asked for it.
func (m *mergeDialog) value(key string, id int64, masked string) string {
	trainee, whole := m.whole[id]
	switch {
	case whole && key == "id_number":
		return trainee.IDNumber
	case whole && key == "mobile":
		return trainee.Mobile
	}
	return masked
}

// choices is a field in which the records differ.
func (m *mergeDialog) choices(preview data.MergePreview, field data.MergeField) fyne.CanvasObject {
	chosen := preview.People[field.Taken].ID
	values := ordered(m, preview, func(place int) string { return field.Values[place] })
	radios, linked := make([]fyne.CanvasObject, len(values)), make([]*ui.Radio, len(values))
	for place, value := range values {
		id := m.people[place]
		radio := ui.NewRadio(orBlank(m.value(field.Key, id, value)), func() {
			m.request.Take[field.Key] = id
			m.again()
		})
		radio.SetChosen(id == chosen)
		m.radios = append(m.radios, radio)
		radios[place], linked[place] = radio, radio
	}
	ui.LinkRadios(linked...)
	return m.line(field.Label, radios)
}

// line is a label with a cell for every record.
func (m *mergeDialog) line(label string, cells []fyne.CanvasObject) fyne.CanvasObject {
	row := ui.Row(8, ui.Fixed(mergeLabel, ui.NewText(label, theme.Secondary)))
	for _, cell := range cells {
		row.Add(ui.GrowBy(1, cell))
	}
	return row
}

// consequences says what the merge does to money and hours.
func (m *mergeDialog) consequences(preview data.MergePreview) fyne.CanvasObject {
	text := fmt.Sprintf("合并后余额 %s 元", preview.Balance)
	if preview.Moved > 0 {
		text += fmt.Sprintf("，其中 %s 元从其他记录转入（充值明细里各记一笔冲正和一笔转入，原来的明细不变）", preview.Moved)
	}
	text += fmt.Sprintf("；%d 条线下学时转入。其他记录不再列出，导入时遇到它们的证件号会找到合并后的学员。可以撤销，直到又有充值或冲正。", preview.Hours)
	column := ui.Column(8, ui.NewParagraph(text, theme.Text))
	for _, paid := range preview.Paid {
		column.Add(ui.NewNote(ui.ToneWarning, "充值重复：", fmt.Sprintf("%s 充了 %d 次，共 %s 元。多充的请在充值明细里冲正。", paid.Plan, paid.Times, paid.Amount)))
	}
	if len(preview.Twice) > 0 {
		column.Add(ui.NewNote(ui.ToneWarning, "学时重复：", fmt.Sprintf("“%s”两边都有登记，只算保留的那条记录的学时。", strings.Join(preview.Twice, "”“"))))
	}
	return column
}

func (m *mergeDialog) merge() {
	s, request := m.screen, m.request
	var result data.MergeResult
	s.desk.Do(func(ctx context.Context) error {
		var err error
		result, err = s.service.MergeTrainees(ctx, request)
		return err
	}, func() {
		s.table.ClearTicks()
		s.tellUndoable(fmt.Sprintf("已把 %s 条记录合并成 1 人。", desk.Thousands(len(m.people))), result.ChangeID)
	})
}

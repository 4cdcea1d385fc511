package letters

import (
	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// newOrders makes the list of orders that can have a letter.
func (s *Screen) newOrders() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "number", Title: "订单", Width: 128, Strong: true},
		{Key: "plan", Title: "培训计划", HideBelow: 620},
		{Key: "total", Title: "金额", Width: 104, Right: true},
		{Key: "review", Title: "审核状态", Width: 96},
		{Key: "letter", Title: "确认书编号", Width: 124, HideBelow: 540},
		{Key: "state", Title: "确认书", Width: 84},
	}
	table := ui.NewDataTable(columns...)
	table.Ticks = true
	table.Count = func() int { return len(s.found.orders) }
	table.Key = func(row int) int64 { return s.found.orders[row].ID }
	table.Cell = func(row, column int) ui.Cell { return s.orderCell(s.found.orders[row], columns[column].Key) }
	table.OnTick = func() { s.showTicks() }
	table.OnOpen = func(row int) {
		s.order = s.found.orders[row].ID
		s.showDrawer()
	}
	pay := ui.NewFilledButton("上传缴费凭证", "landmark", func() { s.desk.Go(desk.Payment, nil) })
	orders := ui.NewButton("查看订单", "clipboard-check", func() { s.desk.Go(desk.Orders, nil) })
	table.Empty = ui.NewEmptyState("award", "还没有可以生成确认书的订单", "订单提交以后（待审核或审核通过），就可以在这里生成《确认书》。", []fyne.CanvasObject{pay, orders}, nil, "")
	desk.RememberWidths(s.service, "columns.letters.orders", table)
	return table
}

func (s *Screen) orderCell(order data.OrderRow, column string) ui.Cell {
	letter, made := s.found.live[order.ID]
	switch column {
	case "number":
		return ui.Cell{Text: order.Number}
	case "plan":
		return ui.Cell{Text: order.PlanName}
	case "total":
		return ui.Cell{Text: order.Total.String()}
	case "review":
		return ui.Cell{Text: string(order.Review), Tone: desk.ReviewTone(order.Review)}
	case "letter":
		return ui.Cell{Text: letter.Number}
	}
	if made {
		return ui.Cell{Text: string(letter.State), Tone: letterTone(letter.State)}
	}
	return ui.Cell{Text: "未生成", Tone: ui.ToneNeutral}
}

func (s *Screen) tickedOrders() []data.OrderRow {
	var ticked []data.OrderRow
	for _, order := range s.found.orders {
		if s.orders.IsTicked(order.ID) {
			ticked = append(ticked, order)
		}
	}
	return ticked
}

// newRegister makes the list of all letters ever made; void ones are grey.
func (s *Screen) newRegister() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "number", Title: "编号", Width: 124, Strong: true, Sortable: true},
		{Key: "state", Title: "状态", Width: 84, Sortable: true},
		{Key: "day", Title: "日期", Width: 100, Sortable: true},
		{Key: "order", Title: "订单", Width: 136, Narrow: 124},
		{Key: "people", Title: "人数", Width: 60, Right: true, HideBelow: 640},
		{Key: "total", Title: "金额", Width: 108, Narrow: 96, Right: true},
		{Key: "sent", Title: "寄送", Width: 184, HideBelow: 800},
		{Key: "plan", Title: "培训计划", HideBelow: 900},
	}
	table := ui.NewDataTable(columns...)
	table.Ticks = true
	table.Count = func() int { return s.found.letters.Len() }
	table.Key = func(row int) int64 { return s.found.letters.ID(row) }
	table.AllKeys = func() []int64 { return s.found.letters.IDs() }
	table.RowDisabled = func(row int) bool { return s.found.letters.At(row).State == data.LetterVoid }
	table.Cell = func(row, column int) ui.Cell { return letterCell(s.found.letters.At(row), columns[column].Key) }
	table.OnTick = func() { s.showTicks() }
	table.OnSort = func(key string, descending bool) {
		s.sort, s.descending = key, descending
		s.reload()
	}
	table.OnOpen = func(row int) {
		s.letter = s.found.letters.ID(row)
		s.showDrawer()
	}
	table.Empty = ui.NewEmptyState("award", "没有确认书", "在“可以生成的订单”里选择订单，生成后在这里登记；或者换一个筛选条件。", nil, nil, "")
	desk.RememberWidths(s.service, "columns.letters.register", table)
	return table
}

func letterCell(letter data.LetterRow, column string) ui.Cell {
	switch column {
	case "number":
		return ui.Cell{Text: letter.Number}
	case "day":
		return ui.Cell{Text: string(letter.Last.On)}
	case "order":
		return ui.Cell{Text: letter.Content.OrderNumbers()}
	case "people":
		return ui.Cell{Text: desk.Thousands(letter.Content.People())}
	case "total":
		return ui.Cell{Text: letter.Content.Total().String()}
	case "sent":
		return ui.Cell{Text: sentWords(letter)}
	case "plan":
		return ui.Cell{Text: letter.Content.PlanName}
	}
	return ui.Cell{Text: string(letter.State), Tone: letterTone(letter.State)}
}

// sentWords tell how a letter travelled, or which one took a void letter's place.
func sentWords(letter data.LetterRow) string {
	switch {
	case letter.ReplacedBy != "":
		return "由 " + letter.ReplacedBy + " 代替"
	case letter.Tracking == "":
		return letter.Carrier
	}
	return letter.Carrier + " " + letter.Tracking
}

func letterTone(state data.LetterState) ui.Tone {
	switch state {
	case data.LetterMade, data.LetterPrinted:
		return ui.TonePrimary
	case data.LetterStamped:
		return ui.ToneWarning
	case data.LetterSent, data.LetterReturned:
		return ui.ToneSuccess
	}
	return ui.ToneNeutral
}

func (s *Screen) tickedLetters() []data.LetterRow {
	var ticked []data.LetterRow
	for row, id := range s.found.letters.IDs() {
		if s.register.IsTicked(id) {
			ticked = append(ticked, s.found.letters.At(row))
		}
	}
	return ticked
}

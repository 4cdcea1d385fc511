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
	table.Count = func() int { return len(s.found.orders) }
	table.Key = func(row int) int64 { return s.found.orders[row].ID }
	table.Cell = func(row, column int) ui.Cell { return s.orderCell(s.found.orders[row], columns[column].Key) }
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
	letter, made := s.found.live(order.ID)
	switch column {
	case "number":
		return ui.Cell{Text: order.Number}
	case "plan":
		return ui.Cell{Text: order.PlanName}
	case "total":
		return ui.Cell{Text: order.Total.String()}
	case "review":
		return ui.Cell{Text: string(order.Review), Tone: reviewTone(order.Review)}
	case "letter":
		return ui.Cell{Text: letter.Number}
	}
	if made {
		return ui.Cell{Text: string(letter.State), Tone: ui.ToneSuccess}
	}
	return ui.Cell{Text: "未生成", Tone: ui.ToneNeutral}
}

func reviewTone(state data.ReviewState) ui.Tone {
	if state == data.ReviewApproved {
		return ui.ToneSuccess
	}
	return ui.ToneWarning
}

// newRegister makes the list of all letters ever made; void ones are grey.
func (s *Screen) newRegister() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "number", Title: "编号", Width: 136, Narrow: 124, Strong: true},
		{Key: "made", Title: "生成时间", Width: 168, Narrow: 156, HideBelow: 540},
		{Key: "order", Title: "订单", Width: 136, Narrow: 124},
		{Key: "plan", Title: "培训计划", HideBelow: 800},
		{Key: "total", Title: "金额", Width: 120, Narrow: 96, Right: true},
		{Key: "state", Title: "状态", Width: 104, Narrow: 92},
	}
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return len(s.found.letters) }
	table.Key = func(row int) int64 { return s.found.letters[row].ID }
	table.RowDisabled = func(row int) bool { return s.found.letters[row].State == data.LetterVoid }
	table.Cell = func(row, column int) ui.Cell { return letterCell(s.found.letters[row], columns[column].Key) }
	table.OnOpen = func(row int) {
		s.letter = s.found.letters[row].ID
		s.showDrawer()
	}
	table.Empty = ui.NewEmptyState("award", "还没有生成过确认书", "在“可以生成的订单”里选择订单，生成后在这里登记。", nil, nil, "")
	desk.RememberWidths(s.service, "columns.letters.register", table)
	return table
}

func letterCell(letter data.ConfirmationLetter, column string) ui.Cell {
	switch column {
	case "number":
		return ui.Cell{Text: letter.Number}
	case "made":
		return ui.Cell{Text: string(letter.CreatedAt)}
	case "order":
		return ui.Cell{Text: orderNumber(letter)}
	case "plan":
		return ui.Cell{Text: letter.Content.PlanName}
	case "total":
		return ui.Cell{Text: letter.Content.Total().String()}
	}
	return ui.Cell{Text: string(letter.State), Tone: letterTone(letter.State)}
}

func letterTone(state data.LetterState) ui.Tone {
	if state == data.LetterMade {
		return ui.ToneSuccess
	}
	return ui.ToneNeutral
}

// orderNumber is the number of the order that a letter confirms.
func orderNumber(letter data.ConfirmationLetter) string {
	if len(letter.Content.Orders) == 0 {
		return ""
	}
	return letter.Content.Orders[0].Number
}

package desk

import (
	"fmt"
	"strings"

	"peixun/data"
	"peixun/views/ui"
)

// lastDigits is how many characters name a bank line or an invoice on a station.
const lastDigits = 4

// BankStation shows what the bank says of an order's money and leads to 银行流水核对.
func (d *Desk) BankStation(order data.Order, payment data.BankPayment) ui.Station {
	station := ui.Station{Title: "银行流水", Amount: "未核对", Open: func() { d.Go(Statements, nil) }}
	switch lines := payment.Lines; {
	case !payment.Imported:
		station.First, station.Second, station.Open = "还没有导入流水", "导入后自动核对", func() { d.Go(BringIn, nil) }
		return station
	case len(lines) == 0:
		station.First, station.Second = "流水里还没有找到", "点这里去核对"
		return station
	default:
		first := lines[0]
		station.Amount, station.First, station.Second = payment.Paid().String(), lineName(first), MonthDay(string(first.At))+" 借方"
		station.State, station.Open = ui.StationDone, func() { d.Go(Statements, first.ID) }
		if len(lines) > 1 {
			station.First = fmt.Sprintf("%d 笔流水", len(lines))
		}
		if len(payment.Together) > 1 {
			station.Second = "付了 " + strings.Join(payment.Together, "、")
		}
	}
	switch {
	case !payment.Agrees():
		station.State, station.Second = ui.StationDiffers, "应为 "+payment.Ordered.String()
	case !payment.Settled:
		station.State, station.Second = ui.StationWaits, MonthDay(string(payment.Lines[0].At))+"，待确认"
	}
	return station
}

// InvoiceStation shows an order's invoice; open leads to it.
func InvoiceStation(order data.Order, open func()) ui.Station {
	invoice := order.Invoice
	if invoice.State != data.InvoiceIssued {
		return ui.Station{Title: "发票", State: ui.StationWaits, Amount: "未开票", First: string(invoice.State), Open: open}
	}
	return ui.Station{Title: "发票", State: ui.StationDone, Amount: order.Total().String(), First: "号码 " + Tail(invoice.Number),
		Second: MonthDay(string(invoice.IssuedOn)) + " 开票", Open: open}
}

// lineName names a bank line by the end of its number, or by whom it paid where the bank wrote none.
func lineName(line data.BankStatementLine) string {
	if line.Serial == "" {
		return line.Name
	}
	return "流水 " + Tail(line.Serial)
}

// Tail gives the end of a long number: …0935.
func Tail(number string) string { return "…" + number[max(0, len(number)-lastDigits):] }

// MonthDay shortens a day or a moment to 05-24; what is shorter stays.
func MonthDay(at string) string {
	const year, day = len("2006-"), len("2006-01-02")
	if len(at) < day {
		return at
	}
	return at[year:day]
}

package orders

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// invoiceTypes are what the file dialog offers for an invoice's own file; it is judged by its content.
var invoiceTypes = []string{".pdf", ".ofd", ".xml"}

// invoiceCard shows what is invoiced to whom, the invoice's own files, and those that were reversed.
func (p *Details) invoiceCard() fyne.CanvasObject {
	i := p.order.Invoice
	column := ui.Column(6)
	if i.Number != "" {
		copied := ui.NewSmallIconButton("copy", "复制发票号码", theme.Primary, func() {
			ui.Copy(i.Number)
			p.desk.Toast("已复制发票号码。")
		})
		column.Add(fact("发票号码", ui.GroupText(i.Number, ui.GroupsOfFour), copied))
		column.Add(fact("开票日期", string(i.IssuedOn)))
	}
	column.Add(fact("发票抬头", orDash(i.Title)))
	if i.Number == "" {
		column.Add(fact("识别号", orDash(ui.GroupText(i.TaxNumber, ui.GroupsOfFour))))
		column.Add(fact("用户邮箱", orDash(i.Email)))
	}
	column.Add(ui.Row(0, ui.Fixed(factName, ui.NewText("价税合计", theme.Secondary)), ui.NewBold(p.order.Total().String())))
	for at, record := range p.invoices {
		if at == 0 && record.ReversedOn == "" {
			p.addFiles(column, record)
			continue
		}
		column.Add(ui.NewCaptionParagraph(reversedText(record), theme.Secondary))
		p.addFiles(column, record)
	}
	if links := p.invoiceLinks(); links != nil {
		column.Add(links)
	}
	return ui.NewTitledCard("发票", column, ui.NewPill(string(i.State), invoiceTone(i.State)))
}

// reversedText tells of an invoice that its issuer took back.
func reversedText(record data.InvoiceRecord) string {
	return fmt.Sprintf("已红冲：号码 %s，%s 开票，%s 红冲，%s", desk.Tail(record.Number), record.IssuedOn, record.ReversedOn, record.ReverseReason)
}

// invoiceLinks are what is rarely done with an invoice, or nil.
func (p *Details) invoiceLinks() fyne.CanvasObject {
	var links []fyne.CanvasObject
	if p.order.Invoice.State == data.InvoiceIssued {
		links = append(links, ui.NewLink("附上文件", p.attach))
	}
	if p.order.May(data.ActCorrect) {
		links = append(links, ui.NewLink("更正", p.unlessClosed(p.askCorrect)))
	}
	if p.order.May(data.ActReverse) {
		links = append(links, ui.NewLink("登记红冲", p.unlessClosed(p.askReverse)))
	}
	if p.order.May(data.ActWithdraw) {
		links = append(links, ui.NewLink("登记错了，撤回", p.unlessClosed(p.askWithdraw)))
	}
	if p.order.May(data.ActRefill) {
		links = append(links, ui.NewLink("重新填写发票信息", p.askRefill))
	}
	if len(links) == 0 {
		return nil
	}
	return ui.WrapRow(12, 4, links...)
}

// addFiles lists the invoice's own files with what can be done with them, and what in them disagrees.
func (p *Details) addFiles(column *fyne.Container, record data.InvoiceRecord) {
	for _, file := range record.Files {
		name := ui.NewElidedText(file.Name, theme.Text)
		save := ui.NewSmallIconButton("download", "另存“"+file.Name+"”", theme.Primary, func() { p.saveFile(file) })
		remove := ui.NewSmallIconButton("trash-2", "删除“"+file.Name+"”", theme.Secondary, func() { p.removeFile(file) })
		column.Add(ui.Row(6, ui.NewIcon("paperclip", theme.Secondary), ui.Wide(name), save, remove))
		for _, check := range data.CheckInvoiceFile(file, record, p.order.Invoice) {
			if !check.Agrees {
				column.Add(ui.NewCaptionParagraph(fmt.Sprintf("%s不一致：文件上是 %s，登记的是 %s", check.Label, check.Said, orDash(check.Typed)), theme.TextDanger))
			}
		}
	}
}

func (p *Details) attach() {
	id := p.id
	ui.ChooseFile(p.desk.Window, ui.FileRequest{Title: "选择发票文件", Extensions: invoiceTypes, Verb: "附上"}, func(path string) { p.attachFile(id, path) })
}

func (p *Details) attachFile(id int64, path string) {
	p.change("已附上“"+filepath.Base(path)+"”。", func(ctx context.Context) error {
		_, err := p.service.AttachInvoiceFile(ctx, id, path)
		return err
	})
}

// Dropped takes an invoice's file that was dropped on the page.
func (p *Details) Dropped(paths []string) {
	if p.order.Invoice.State == data.InvoiceIssued && len(paths) == 1 {
		p.attachFile(p.id, paths[0])
	}
}

func (p *Details) saveFile(file data.InvoiceFile) {
	request := ui.FileRequest{Title: "另存发票文件", Save: true, Name: file.Name, Extensions: []string{filepath.Ext(file.Name)}}
	ui.ChooseFile(p.desk.Window, request, func(path string) {
		p.desk.Do(func(ctx context.Context) error { return p.service.SaveInvoiceFile(ctx, file.ID, path) }, func() {
			p.desk.Toast("已保存为“" + filepath.Base(path) + "”。")
		})
	})
}

// removeFile takes an invoice's file out; a toast brings it back.
func (p *Details) removeFile(file data.InvoiceFile) {
	id := p.id
	p.desk.Do(func(ctx context.Context) error { return p.service.RemoveInvoiceFile(ctx, id, file.ID) }, func() {
		ui.ShowToast(p.desk.Window, ui.Toast{Text: "已删除“" + file.Name + "”。", Action: "撤销", OnAction: func() {
			p.change("已恢复。", func(ctx context.Context) error { return p.service.RestoreInvoiceFile(ctx, id, file.ID) })
		}})
	})
}

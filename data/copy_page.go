package data

import (
	"fmt"
	"strings"
)

// CopyPage is one page of the official web form with what has to be entered there, in its order (逐项复制助手).
type CopyPage struct {
	Title string // 组织缴费, 银行转账信息上传, 填写发票信息
	Items []CopyItem
}

// CopyItem is a field of the official web form.
type CopyItem struct {
	Key   string // stays the same between program versions; ticks are stored by it
	Label string // as the form labels it
	Value string // what to copy, as the form wants it: amounts without commas, accounts without spaces
	Hint  string // what to do where there is nothing to copy, such as choosing from a list
	// Given tells that the form fills the field by itself, so that there is nothing to copy, only to compare.
	Given bool
	Done  bool // ticked in this revision
}

// leftBlank is the hint of a field that the order does not fill.
const leftBlank = "不用填写。"

// CopyPages gives the official web form's pages for an order (manual, section 五.1 to 五.4). What was ticked is not filled in.
func CopyPages(o Order) []CopyPage {
	if o.Mode == PayOnline {
		return []CopyPage{choicePage(o), invoicePage(o)}
	}
	return []CopyPage{choicePage(o), transferPage(o), invoicePage(o)}
}

func choicePage(o Order) CopyPage {
	page := CopyPage{Title: "组织缴费", Items: []CopyItem{
		{Key: "plan", Label: "培训计划名称", Value: o.PlanName, Hint: "编号 " + o.PlanNumber},
	}}
	for _, line := range o.Lines {
		name := line.OrganizationPath[strings.LastIndexByte(line.OrganizationPath, '/')+1:]
		page.Items = append(page.Items,
			CopyItem{Key: fmt.Sprintf("line.%d.organization", line.OrganizationID), Label: "组织机构", Value: name, Hint: "在“选择”里查询并选中。"},
			CopyItem{Key: fmt.Sprintf("line.%d.amount", line.OrganizationID), Label: "购买学习卡金额", Value: line.Amount.Plain()})
	}
	return page
}

func transferPage(o Order) CopyPage {
	var organizations []string
	for _, line := range o.Lines {
		organizations = append(organizations, line.OrganizationPath)
	}
	return CopyPage{Title: "银行转账信息上传", Items: []CopyItem{
		{Key: "plan_shown", Label: "培训计划名称", Value: o.PlanName, Given: true},
		{Key: "organizations_shown", Label: "缴费组织", Value: strings.Join(organizations, "、"), Given: true},
		{Key: "total_shown", Label: "缴费总金额", Value: o.Total().Plain(), Given: true},
		{Key: "mode", Label: "缴费模式", Value: string(o.Mode), Hint: "从列表里选择。"},
		{Key: "payer_bank", Label: "缴费银行", Value: o.PayerBank},
		{Key: "payer_account", Label: "缴费卡号", Value: o.PayerAccount},
		{Key: "payee_name", Label: "收款单位", Value: o.Payee.Name, Given: true},
		{Key: "payee_bank", Label: "收款银行", Value: o.Payee.Bank, Given: true},
		{Key: "payee_account", Label: "收款卡号", Value: o.Payee.Account, Given: true},
		{Key: "paid_at", Label: "转账时间", Value: string(o.PaidAt)},
		{Key: "voucher", Label: "转账凭证上传", Hint: fmt.Sprintf("先把 %d 张凭证另存为图片，再点击上传。", len(o.Vouchers))},
	}}
}

func invoicePage(o Order) CopyPage {
	page := CopyPage{Title: "填写发票信息", Items: []CopyItem{
		{Key: "invoice.type", Label: "发票类型", Value: string(o.Invoice.Type), Hint: "在页面上点选。"},
	}}
	for _, field := range invoiceFields(&o.Invoice, Payee{}) {
		item := CopyItem{Key: "invoice." + field.key, Label: field.label, Value: *field.value}
		if item.Value == "" {
			item.Hint = leftBlank
		}
		page.Items = append(page.Items, item)
	}
	return page
}

// OrderChecklist gives the official web form's pages for an order as a paper to tick off, without the fields that stay blank. The caller fills in unit, person and time.
func OrderChecklist(o Order) Checklist {
	list := Checklist{Order: o.Number, PlanName: o.PlanName, PlanNumber: o.PlanNumber}
	for _, page := range CopyPages(o) {
		section := ChecklistSection{Title: page.Title}
		for _, item := range page.Items {
			if item.Hint == leftBlank {
				continue
			}
			one := ChecklistItem{Name: item.Label, Value: item.Value}
			if item.Value == "" {
				one.Value = item.Hint
			}
			if item.Given {
				one.Name = "核对" + item.Label
			}
			section.Items = append(section.Items, one)
		}
		list.Sections = append(list.Sections, section)
	}
	return list
}

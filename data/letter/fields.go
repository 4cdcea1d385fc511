package letter

import (
	"fmt"
	"slices"
	"strconv"

	"peixun/data"
)

// field is one thing that a letter says: its key for programs, its name for people, its text.
type field struct{ key, label, text string }

// fieldsOf lists everything that a letter says. Keys and order are the hash's canonical form: a letter that is stored must
// hash the same for ever.
func fieldsOf(content data.LetterContent) []field {
	fields := slices.Concat([]field{
		{"number", "编号", content.Number},
		{"date", "日期", string(content.Date)},
		{"unit", "单位名称", content.Unit},
		{"uscc", "统一社会信用代码", content.USCC},
		{"unit_address", "单位地址", content.UnitAddress},
		{"contact", "经办人", content.Contact},
		{"telephone", "联系电话", content.Telephone},
		{"plan_name", "培训计划", content.PlanName},
		{"plan_number", "计划编号", content.PlanNumber},
		{"plan_year", "所属年份", strconv.Itoa(content.PlanYear)},
		{"payee_name", "收款单位", content.Payee.Name},
		{"payee_bank", "收款银行", content.Payee.Bank},
		{"payee_account", "收款账号", content.Payee.Account},
	}, paymentFields("", "", content.LetterPayment), []field{
		{"mailing_address", "邮寄地址", content.Mailing.Address},
		{"mailing_recipient", "收件人", content.Mailing.Recipient},
		{"mailing_telephone", "收件电话", content.Mailing.Telephone},
		{"title", "标题", content.Text.Title},
		{"opening", "正文开头", content.Text.Opening},
		{"declaration", "声明", content.Text.Declaration},
		{"closing", "结尾", content.Text.Closing},
		{"price", "缴费标准", notZero(int64(content.Price))},
	})
	for i, category := range content.Categories {
		key := fmt.Sprintf("category.%d", i+1)
		fields = append(fields, field{key + ".name", "人员类别", category.Name}, field{key + ".people", "人员类别的人数", strconv.Itoa(category.People)})
	}
	for i, person := range content.Listed {
		fields = append(fields, personFields(i+1, person)...)
	}
	for i, order := range content.Orders {
		fields = append(fields, orderFields(fmt.Sprintf("order.%d", i+1), order)...)
	}
	return fields
}

// notZero writes a number, and nothing for 0.
func notZero(number int64) string {
	if number == 0 {
		return ""
	}
	return strconv.FormatInt(number, 10)
}

// paymentFields lists from where is paid and who gets the invoice.
func paymentFields(key, name string, payment data.LetterPayment) []field {
	return []field{
		{key + "payer_bank", name + "缴费银行", payment.PayerBank},
		{key + "payer_account", name + "缴费账号", payment.PayerAccount},
		{key + "invoice_title", name + "发票抬头", payment.InvoiceTitle},
		{key + "invoice_type", name + "发票类型", string(payment.InvoiceType)},
		{key + "tax_number", name + "纳税人识别号", payment.TaxNumber},
		{key + "invoice_number", name + "发票号码", payment.InvoiceNo},
	}
}

// personFields lists what a letter's list says of one person.
func personFields(number int, person data.LetterPerson) []field {
	key, name := fmt.Sprintf("person.%d", number), fmt.Sprintf("名单第 %d 行 %s 的", number, person.Name)
	return []field{
		{key + ".name", name + "姓名", person.Name},
		{key + ".id_number", name + "身份证号码", person.IDNumber},
		{key + ".category", name + "人员类别", person.Category},
		{key + ".organization", name + "组织机构", person.Organization},
	}
}

// orderFields lists what a letter says of one order; key begins each field's key.
func orderFields(key string, order data.LetterOrder) []field {
	name := "订单 " + order.Number
	fields := []field{
		{key + ".number", "订单编号", order.Number},
		{key + ".mode", name + "的缴费模式", string(order.Mode)},
		{key + ".paid_at", name + "的转账时间", string(order.PaidAt)},
		{key + ".reviewed_at", name + "的审核时间", string(order.ReviewedAt)},
	}
	fields = append(fields, paymentFields(key+".", name+"的", order.LetterPayment)...)
	for i, entry := range order.Lines {
		line := fmt.Sprintf("%s.line.%d", key, i+1)
		place := fmt.Sprintf("%s第 %d 行的", name, i+1)
		fields = append(fields,
			field{line + ".organization", place + "组织机构", entry.OrganizationPath},
			field{line + ".organization_id", place + "组织机构", strconv.FormatInt(entry.OrganizationID, 10)},
			field{line + ".people", place + "人数", strconv.Itoa(entry.People)},
			field{line + ".amount", place + "金额", strconv.FormatInt(int64(entry.Amount), 10)})
	}
	return fields
}

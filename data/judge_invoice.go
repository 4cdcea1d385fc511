package data

import (
	"fmt"
	"strings"
	"unicode"
)

// formField is a field of a form on the screen and the rule that judges it.
type formField struct {
	key, label string
	value      *string
	required   bool
	judge      func(text string) (string, []Problem)
}

// judgeFields judges each field's value; what would be mended by cleaning is no problem. Codes begin with form.
func judgeFields(form string, fields []formField) []Problem {
	var problems []Problem
	for _, field := range fields {
		where := Place{Column: field.label, Field: field.key}
		cleaned, found := field.judge(*field.value)
		if field.required && cleaned == "" && !HasErrors(found) {
			code := form + "-" + strings.ReplaceAll(field.key, "_", "-") + "-missing"
			problems = append(problems, Refuse(code, field.key, "没有填写"+field.label+"。", "请补上"+field.label+"。").In(where))
		}
		for _, problem := range found {
			if problem.Level != LevelFixed {
				// The list of what is missing and the questions before submitting stand apart from the field.
				if rest, general := strings.CutPrefix(problem.What, "这里有"); general {
					problem.What = "“" + field.label + "”里有" + rest
				}
				problems = append(problems, problem.In(where))
			}
		}
	}
	return problems
}

// cleanFields puts the cleaned value into each field; a wrong one stays as the person wrote it, less spaces around it.
func cleanFields(fields []formField) {
	for _, field := range fields {
		cleaned, problems := field.judge(*field.value)
		if HasErrors(problems) {
			cleaned = CleanText(*field.value)
		}
		*field.value = cleaned
	}
}

func shortText(text string) (string, []Problem) { return printable(JudgeText(text, MaxShortText)) }

func longLines(text string) (string, []Problem) { return printable(JudgeLines(text, MaxLongText)) }

// printable refuses emoji, which no invoice and no paper can show, and warns of private-use characters, which look different on
// every computer.
func printable(text string, problems []Problem) (string, []Problem) {
	const firstPicture, lastPicture = 0x1F000, 0x1FAFF
	for _, r := range text {
		switch {
		case r >= firstPicture && r <= lastPicture:
			return "", append(problems, Refuse("text-symbol", "", fmt.Sprintf("这里有图形符号“%c”，发票和公文上印不出来。", r), "请删去这个符号。"))
		case unicode.Is(unicode.Co, r):
			return text, append(problems, Warn("text-private-use", "", "这里有自造字，换一台电脑可能显示成别的字或空白。", "请用支持生僻字的输入法重新输入这个字。"))
		}
	}
	return text, problems
}

// invoiceFields are the fields of 填写发票信息 in its order. A 专用发票 needs address, telephone, bank and account too.
func invoiceFields(invoice *Invoice, payee Payee) []formField {
	special := invoice.Type == InvoiceSpecial
	account := func(text string) (string, []Problem) { return JudgeAccount(text, payee.Account) }
	return []formField{
		{"title", "发票抬头", &invoice.Title, true, shortText},
		{"tax_number", "纳税人识别号", &invoice.TaxNumber, true, JudgeTaxNumber},
		{"address", "税务局注册地址", &invoice.Address, special, shortText},
		{"telephone", "税务局注册电话", &invoice.Telephone, special, JudgeTelephone},
		{"bank", "开户行", &invoice.Bank, special, shortText},
		{"account", "开户行账号", &invoice.Account, special, account},
		{"email", "用户邮箱", &invoice.Email, true, JudgeEmail},
		{"mobile", "手机号", &invoice.Mobile, true, JudgeMobile},
		{"remark", "备注", &invoice.Remark, false, longLines},
	}
}

// JudgeInvoice judges what 填写发票信息 asks for, before an order is submitted (manual, section 五.4). Each problem names its field:
// type, title, tax_number, address, telephone, bank, account, email, mobile or remark.
// What CleanInvoice would mend is no problem.
func JudgeInvoice(invoice Invoice, payee Payee) []Problem {
	where := Place{Column: "发票类型", Field: "type"}
	var problems []Problem
	switch invoice.Type {
	case InvoiceNormal, InvoiceSpecial:
	case "":
		problems = append(problems, Refuse("invoice-type-missing", "type", "没有选择发票类型。", fmt.Sprintf("请选择 %s 或 %s。", InvoiceNormal, InvoiceSpecial)).In(where))
	default:
		problems = append(problems, Refuse("invoice-type-unknown", "type", "没有"+quoted(string(invoice.Type))+"这种发票。", fmt.Sprintf("请选择 %s 或 %s。", InvoiceNormal, InvoiceSpecial)).In(where))
	}
	problems = append(problems, judgeFields("invoice", invoiceFields(&invoice, payee))...)
	if title := CleanText(invoice.Title); title != "" && title == payee.Name {
		problems = append(problems, Warn("invoice-title-payee", "title", "发票抬头写成了收款单位。", "发票抬头一般是付款单位的全称，请核对。").In(Place{Column: "发票抬头", Field: "title"}))
	}
	return problems
}

// CleanInvoice gives the invoice as it should be stored: every field cleaned, a wrong one as it was written.
func CleanInvoice(invoice Invoice) Invoice {
	cleanFields(invoiceFields(&invoice, Payee{}))
	return invoice
}

// profileFields are the fields of 管理员信息维护 in its order.
func profileFields(profile *Profile) []formField {
	return []formField{
		{"name", "姓名", &profile.Name, true, profileName},
		{"department", "部门/职务", &profile.Department, false, shortText},
		{"mobile", "手机号", &profile.Mobile, true, JudgeMobile},
		{"phone", "座机", &profile.Phone, false, JudgeTelephone},
		{"email", "邮箱", &profile.Email, true, JudgeEmail},
		{"unit", "单位全称", &profile.Unit, true, shortText},
		{"uscc", "统一社会信用代码", &profile.USCC, false, JudgeTaxNumber},
		{"address", "通讯地址", &profile.Address, false, shortText},
		{"postcode", "邮编", &profile.Postcode, false, judgePostcode},
	}
}

// profileName is JudgeName for a field that may still be blank.
func profileName(text string) (string, []Problem) {
	if isBlank(text) {
		return "", nil
	}
	return JudgeName(text)
}

// JudgeProfile judges 管理员信息维护, which must be complete before anything is submitted. Each problem names its field: name, department,
// mobile, phone, email, unit, uscc, address or postcode. What CleanProfile would mend is no problem.
func JudgeProfile(profile Profile) []Problem {
	return judgeFields("profile", profileFields(&profile))
}

// CleanProfile gives the profile as it should be stored: every field cleaned, a wrong one as it was written.
func CleanProfile(profile Profile) Profile {
	cleanFields(profileFields(&profile))
	return profile
}

// postcodeDigits is the length of a mainland postcode.
const postcodeDigits = 6

func judgePostcode(text string) (string, []Problem) {
	postcode := compact(text)
	if postcode == "" || (len(postcode) == postcodeDigits && onlyDigits(postcode)) {
		return postcode, nil
	}
	return "", []Problem{Refuse("postcode-format", "postcode", "邮编应为 6 位数字。", "请核对邮编，例如 100029；不知道可以不填。")}
}

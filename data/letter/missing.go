package letter

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"peixun/data"
)

// Missing tells which characters of a letter no embedded font has. They print as □, so each field with one gives a
// warning to confirm. A character is one code point: Noto lacks some rare ones in names.
func Missing(content data.LetterContent) []data.Problem {
	var problems []data.Problem
	for _, part := range fieldsOf(content) {
		if problem, found := missingProblem(part.key, part.label, part.text); found {
			problems = append(problems, problem)
		}
	}
	return problems
}

// Printable is what the other papers are made of; a mailing label is made of an address and a profile.
type Printable interface {
	[]data.PasswordSlip | data.PaymentRequest | data.RechargeSheet | data.Statement | data.HoursSummary | data.Checklist | data.OrderSheet |
		data.ReportSheet | data.CheckupSheet | data.LogSheet | data.DutySheet | data.LearningPaper | data.MailingAddress | data.Profile | recoveryNames
}

// MissingFrom is Missing for the other papers. It reads every text of the content, also one that a later version adds, and
// names the person or thing that it belongs to.
func MissingFrom[P Printable](content P) []data.Problem {
	var problems []data.Problem
	var walk func(value reflect.Value, field, owner string)
	walk = func(value reflect.Value, field, owner string) {
		switch value.Kind() {
		case reflect.String:
			if problem, found := missingProblem(field, owner+wordFor(field), value.String()); found {
				problems = append(problems, problem)
			}
		case reflect.Slice:
			for i := range value.Len() {
				walk(value.Index(i), field, fmt.Sprintf("第 %d 行%s", i+1, nameOf(value.Index(i))))
			}
		case reflect.Struct:
			for i := range value.NumField() {
				walk(value.Field(i), value.Type().Field(i).Name, owner)
			}
		}
	}
	if sheet, ok := any(content).(data.OrderSheet); ok {
		walk(reflect.ValueOf(shownOf(sheet)), "", "")
		return problems
	}
	if sheet, ok := any(content).(data.ReportSheet); ok {
		sheet.Report = data.Report{Groups: sheet.Report.Groups, Conditions: sheet.Report.Conditions}
		walk(reflect.ValueOf(sheet), "", "")
		return problems
	}
	walk(reflect.ValueOf(content), "", "")
	return problems
}

// shownOf leaves out of an order what its paper does not show.
func shownOf(s data.OrderSheet) data.OrderSheet {
	invoice := s.Order.Invoice
	s.Order.Vouchers, s.Order.Invoice = nil, data.Invoice{Title: invoice.Title, TaxNumber: invoice.TaxNumber, Number: invoice.Number}
	return s
}

// nameOf names a row of a paper by the person or order that it is about.
func nameOf(row reflect.Value) string {
	if row.Kind() != reflect.Struct {
		return ""
	}
	for _, field := range []string{"Name", "Order", "OrganizationPath", "Title"} {
		if name := row.FieldByName(field); name.IsValid() && name.Kind() == reflect.String && name.String() != "" {
			return " " + name.String() + " 的"
		}
	}
	return "的"
}

// fieldWords are the papers' words for the fields that people type; others are ours and print.
var fieldWords = map[string]string{
	"Name": "姓名", "UserName": "用户名", "Organization": "组织机构", "OrganizationPath": "组织机构", "Unit": "单位", "ApplicantUnit": "单位",
	"Department": "部门", "RequestedBy": "申请人", "PreparedBy": "制表人", "Applicant": "申请人", "User": "经手人", "Remark": "附言", "Payer": "缴费组织",
	"Address": "地址", "Recipient": "收件人", "ReviewNote": "审核意见", "Label": "分组", "Reason": "原因", "Administrator": "管理员账号",
	"PayerBank": "缴费银行", "Bank": "银行", "InvoiceTitle": "发票抬头", "Title": "标题", "Note": "说明", "Value": "内容", "PlanName": "培训计划",
}

func wordFor(field string) string {
	if word, ok := fieldWords[field]; ok {
		return word
	}
	return "内容"
}

// missingEnd is how each such warning ends.
const missingEnd = "字库里没有，打印出来会是空框。"

// missingNote tells below a list which boxes on it are to be filled in by hand, and by whose character.
func missingNote(area frame, problems []data.Problem) []block {
	if len(problems) == 0 {
		return nil
	}
	places := make([]string, len(problems))
	for i, problem := range problems {
		places[i] = strings.TrimSuffix(problem.What, missingEnd)
	}
	note := paragraph{style: noteStyle, lead: listSpacing.lead, before: 2, how: alignJustified}
	return note.blocks("字库里没有下列字，请在空框里手写补上："+strings.Join(places, "；")+"。", area)
}

// missingProblem tells of a text with characters that print as □.
func missingProblem(field, label, text string) (data.Problem, bool) {
	missing := missingIn(text)
	if len(missing) == 0 {
		return data.Problem{}, false
	}
	what := fmt.Sprintf("“%s”里的%s"+missingEnd, label, quotedRunes(missing))
	problem := data.Warn("letter-missing-character", field, what, "可以打印后用黑色签字笔补写，或换成通用的写法。")
	problem.Where.Column = label
	return problem, true
}

// missingIn gives each character once that the papers cannot print.
func missingIn(text string) []rune {
	var missing []rune
	for _, char := range text {
		if !unicode.IsSpace(char) && !invisible(char) && serif.find(char) == nil && !slices.Contains(missing, char) {
			missing = append(missing, char)
		}
	}
	return missing
}

func quotedRunes(chars []rune) string {
	var text strings.Builder
	for _, char := range chars {
		fmt.Fprintf(&text, "“%c”（%U）", char, char)
	}
	return text.String()
}

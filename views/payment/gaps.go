package payment

import (
	"fmt"
	"strings"

	"peixun/data"
)

// The wizard's steps. Which of them an order takes, and in which order, depends on its 缴费模式: see pathOf.
const (
	stepOrganizations = iota
	stepTransfer
	stepInvoice
	stepReview
	stepRequest
)

// pathOf lists the steps of a 缴费模式 in their order. Who is invoiced first asks for the invoice before paying (manual, section 五.5).
func pathOf(mode data.PaymentMode) []int {
	if mode == data.InvoiceFirst {
		return []int{stepOrganizations, stepInvoice, stepRequest, stepTransfer, stepReview}
	}
	return []int{stepOrganizations, stepTransfer, stepInvoice, stepReview}
}

// stepLabel names a step in a 缴费模式.
func stepLabel(step int, mode data.PaymentMode) string {
	if step == stepTransfer && mode == data.PayOnline {
		return "在线支付信息"
	}
	return []string{"选择机构与金额", "银行转账信息", "填写发票信息", "核对并提交", "申请开票"}[step]
}

// The fields of an order, as data.JudgeOrder names them.
const (
	fieldLines         = "lines"
	fieldBank          = "payer_bank"
	fieldAccount       = "payer_account"
	fieldPaidAt        = "paid_at"
	fieldVoucher       = "voucher"
	fieldTransaction   = "transaction"
	fieldInvoiceNumber = "invoice.number"
	invoicePrefix      = "invoice."
	profilePrefix      = "profile."
	amountPrefix       = "amount."
)

var fieldLabels = map[string]string{
	fieldLines: "缴费组织", fieldBank: "缴费银行", fieldAccount: "缴费卡号", fieldPaidAt: "转账时间", fieldVoucher: "转账凭证上传",
	fieldTransaction: "交易号", fieldInvoiceNumber: "发票号码", "invoice.type": "发票类型", "invoice.title": "发票抬头",
	"invoice.tax_number": "纳税人识别号", "invoice.address": "税务局注册地址", "invoice.telephone": "税务局注册电话", "invoice.bank": "开户行",
	"invoice.account": "开户行账号", "invoice.email": "用户邮箱", "invoice.mobile": "手机号", "invoice.remark": "备注",
}

// gap is one thing that stands between the order and its submission, or that must be confirmed.
type gap struct {
	key, label, what, fix string
	code                  string
	warning               bool
}

// step says where the gap is mended.
func (g gap) step() int {
	switch {
	case g.key == fieldLines, strings.HasPrefix(g.key, amountPrefix):
		return stepOrganizations
	case g.key == fieldInvoiceNumber:
		return stepRequest
	case strings.HasPrefix(g.key, profilePrefix):
		return stepReview
	case strings.HasPrefix(g.key, invoicePrefix):
		return stepInvoice
	}
	return stepTransfer
}

// text is what stands under the field. Words that only quote what stands in the field itself are left out.
func (g gap) text() string {
	if strings.HasPrefix(g.what, "“") && g.fix != "" && g.step() != stepOrganizations {
		return g.fix
	}
	return g.what + g.fix
}

// gapsOf brings the judged problems to their fields. Problems of the lines go to the amount that they speak of, and where what was typed
// there is no amount at all, they say why.
func gapsOf(problems []data.Problem, lines []data.OrderLine, typed map[int64]string) []gap {
	gaps := make([]gap, 0, len(problems))
	for _, problem := range problems {
		if problem.Level == data.LevelFixed {
			continue
		}
		one := gap{key: problem.Where.Field, label: fieldLabels[problem.Where.Field], what: problem.What, fix: problem.Fix, code: problem.Code, warning: problem.Level == data.LevelWarning}
		if one.label == "" {
			one.label = problem.Where.Column
		}
		if one.key == fieldLines {
			one = one.ofLine(lines, typed)
		}
		gaps = append(gaps, one)
	}
	return gaps
}

func (g gap) ofLine(lines []data.OrderLine, typed map[int64]string) gap {
	for _, line := range lines {
		if !strings.HasPrefix(g.what, "“"+line.OrganizationPath+"”") {
			continue
		}
		g.key, g.label = amountKey(line.OrganizationID), line.OrganizationPath+"的金额"
		if text := strings.TrimSpace(typed[line.OrganizationID]); text != "" && line.Amount == 0 {
			if _, err := data.ParseMoney(text); err != nil {
				problem, _ := data.AsProblem(err)
				g.what, g.fix = problem.What, problem.Fix
			}
		}
		return g
	}
	return g
}

func amountKey(organizationID int64) string { return fmt.Sprintf("%s%d", amountPrefix, organizationID) }

// errorsIn gives what blocks a step.
func errorsIn(gaps []gap, step int) []gap {
	var found []gap
	for _, one := range gaps {
		if !one.warning && one.step() == step {
			found = append(found, one)
		}
	}
	return found
}

// blocking gives everything that blocks the submission.
func blocking(gaps []gap) []gap {
	var found []gap
	for _, one := range gaps {
		if !one.warning {
			found = append(found, one)
		}
	}
	return found
}

// warnings gives what submitting confirms.
func warnings(gaps []gap) []gap {
	var found []gap
	for _, one := range gaps {
		if one.warning {
			found = append(found, one)
		}
	}
	return found
}

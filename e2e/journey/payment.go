package journey

import (
	"fmt"
	"strings"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// order is an order as the command line shows one.
type order struct {
	Number       string `json:"number"`
	State        string `json:"state"`
	InvoiceState string `json:"invoice_state"`
	Total        int    `json:"total"`
	People       int    `json:"people"`
	Plan         string `json:"plan"`
	Mode         string `json:"mode"`
	PaidAt       string `json:"paid_at"`
	AppliedAt    string `json:"applied_at"`
	ReviewedAt   string `json:"reviewed_at"`
	Batch        string `json:"batch"`
	Lines        []struct {
		Organization string `json:"organization"`
		People       int    `json:"people"`
		Amount       int    `json:"amount"`
	} `json:"lines"`
	Payer    struct{ Bank, Account string } `json:"payer"`
	Payee    struct{ Account string }       `json:"payee"`
	Vouchers []struct {
		Name          string
		Width, Height int
	} `json:"vouchers"`
	Invoice struct {
		Title, Email, Mobile string
		TaxID                string `json:"tax_id"`
	} `json:"invoice"`
}

func (j *Journey) order() order {
	var stored order
	j.ask(0, &stored, "order", "show", j.facts.order)
	return stored
}

// startOrder queries the plans and begins an order for two organisations.
func (j *Journey) startOrder() {
	p := j.program
	j.open("组织缴费", "上传缴费凭证")
	p.Fill(driver.Placeholder("培训计划名称或编号"), papers.PlanNumber)
	p.Click(driver.Button("查询"))
	p.Gone(driver.Cell("计划编号", "20210420151309274"))
	j.picture("组织缴费-查询计划")
	p.Click(driver.Cell("操作", "上传凭证"))
	status := p.See(driver.KindLike("text", "JF-"))
	j.facts.order = strings.Fields(status.Text)[0]
	j.pick("输入机构名称查找，可以选多个", papers.Unit, papers.Station)
	p.Fill(driver.Beside("field", papers.Unit), "10240")
	p.Fill(driver.Beside("field", papers.Station), "1,280.00")
	p.SeeText("壹万壹仟伍佰贰拾元整", "2 个机构 288 人")
	j.picture("组织缴费-选择机构与金额")
	j.savePaper(driver.Button("付款申请单"), "付款申请单.pdf", 1, "付款申请单-预览", papers.Unit, "11,520.00", "壹万壹仟伍佰贰拾元整", papers.PayeeName, "1100 6059 3018 8000 0305 8")
	p.Click(driver.Button("下一步"))
	p.SeeText("使用银行转账方式，请您务必上传清晰的转账凭证图片！")
	stored := j.order()
	check(j, "state", stored.State, "草稿")
	check(j, "total", stored.Total, orderAmount)
	check(j, "lines", len(stored.Lines), 2)
}

// transfer fills in the bank transfer beside its voucher.
func (j *Journey) transfer() {
	p := j.program
	p.SeeText(papers.PayeeName, papers.PayeeBank, "1100  6059  3018  8000  0305  8")
	p.Fill(driver.Field("缴费银行"), receipt.Bank)
	p.FillLike(driver.Field("缴费卡号"), "3301 0120 1900 5566 78", receipt.Account)
	p.Fill(driver.Field("转账时间"), "22-03-08 15:21")
	p.Key("Tab")
	j.rowSays("转账时间", "年份要写四位")
	p.Fill(driver.Field("转账时间"), receipt.PaidAt)
	p.Click(driver.Button("点击上传"))
	j.choose(j.desk.voucherFile)
	p.See(driver.Kind("thumbnail", "转账回单.jpg"))
	p.WaitFor(driver.KindLike("viewer", "%"), "showing the picture", func(w driver.Widget) bool { return w.Active })
	j.picture("银行转账信息")
	p.Click(driver.Button("全窗口查看"))
	j.picture("转账凭证-全窗口")
	p.Key("Escape")
	p.Click(driver.Button("下一步"))
	p.See(driver.Field("发票抬头"))
	stored := j.order()
	check(j, "payer's bank", stored.Payer.Bank, receipt.Bank)
	check(j, "payer's account, masked", stored.Payer.Account, strings.Repeat("*", len(receipt.Account)-4)+receipt.Account[len(receipt.Account)-4:])
	check(j, "payee's account", stored.Payee.Account, papers.PayeeAccount)
	check(j, "paid at", stored.PaidAt, receipt.PaidAt)
	if len(stored.Vouchers) != 1 || stored.Vouchers[0].Width < stored.Vouchers[0].Height {
		p.Fail("the voucher does not lie as it was photographed: %+v", stored.Vouchers)
	}
}

// savePaper opens a paper's preview by a button, looks at it, and saves it as a PDF that holds words. It has so many pages, or any
// number for 0.
func (j *Journey) savePaper(open driver.Query, name string, pages int, picture string, words ...string) {
	p := j.program
	p.Click(open)
	p.WaitLong(driver.KindLike("pages", "1 / "), previewPatience)
	j.picture(picture)
	p.Click(driver.Button("保存为 PDF"))
	j.saveAs(name)
	p.See(driver.KindLike("note", "已保存为"))
	j.isPDF(name, pages, words...)
	p.Key("Escape")
	p.Gone(driver.Button("保存为 PDF"))
}

// invoice fills in the invoice and goes on to the last page.
func (j *Journey) invoice() {
	p := j.program
	p.Fill(driver.Field("发票抬头"), papers.Unit)
	p.FillLike(driver.Field("纳税人识别号"), papers.USCC, papers.USCC)
	p.Fill(driver.Field("用户邮箱"), "zhaoxl@example.com")
	p.FillLike(driver.Field("手机号"), "13800000417", "13800000417")
	p.Fill(driver.Field("备注"), "2022年公共知识培训")
	p.SeeText("校验通过", "都填好了")
	j.picture("填写发票信息")
	p.Click(driver.Button("下一步：核对并提交"))
	p.See(driver.Button("提交 11,520.00 元"))
	j.picture("核对并提交")
}

// copyAcross carries the order over to the official form with 逐项复制: a line lies on the clipboard when it was clicked, and is ticked.
func (j *Journey) copyAcross() {
	p := j.program
	p.Click(driver.Button("逐项复制到平台"))
	p.InWindow("逐项复制", func() {
		for _, line := range [][2]string{{"缴费银行", receipt.Bank}, {"缴费卡号", receipt.Account}, {"转账时间", receipt.PaidAt}} {
			p.Click(driver.Kind("copy", line[0]))
			p.WaitFor(driver.Kind("copy", line[0]), "ticked", func(w driver.Widget) bool { return w.Checked })
			copied, err := j.display.Clipboard()
			p.Must(err)
			check(j, line[0]+" on the clipboard", copied, line[1])
		}
		j.pictureAsIs("逐项复制助手")
		p.Key("Escape")
	})
}

// submitOrder hands the order in.
func (j *Journey) submitOrder() {
	p := j.program
	p.Click(driver.Button("提交 11,520.00 元"))
	p.See(driver.KindLike("toast", "已提交"))
	p.See(driver.Cell("审核状态", "待审核"))
	j.picture("对账管理-待审核")
	stored := j.order()
	check(j, "state", stored.State, "待审核")
	check(j, "invoice", stored.InvoiceState, "已填写")
	check(j, "applied at", stored.AppliedAt, firstDay)
	check(j, "people", stored.People, len(j.desk.roster.Good))
	check(j, "title", stored.Invoice.Title, papers.Unit)
	check(j, "tax number", stored.Invoice.TaxID, papers.USCC)
	check(j, "mode", stored.Mode, "先缴费后开票")
	j.healthy()
}

// powerCut kills the program, starts it a week later and finds all as it was.
func (j *Journey) powerCut() {
	before := j.order()
	j.start(reviewDay)
	j.logIn()
	after := j.order()
	check(j, "the order after a power cut", fmt.Sprintf("%+v", after), fmt.Sprintf("%+v", before))
	check(j, "trainees after a power cut", len(j.trainees()), len(j.desk.roster.Good))
	j.healthy()
}

// logIn types the password on the login page.
func (j *Journey) logIn() {
	p := j.program
	p.SeeText("管理员登录", "84297523")
	p.FillSecret(driver.Field("密码"), password)
	p.Key("Return")
	p.See(driver.Navigation("首页"))
}

// review records that the platform has approved the order, which makes the batch.
func (j *Journey) review() {
	p := j.program
	j.open("对账管理", "银行转账凭证")
	for _, title := range []string{"培训计划名称", "申请时间", "审核时间", "申请人", "申请单位", "转账金额", "转账时间", "审核状态", "发票状态", "发票类型", "缴费模式", "操作"} {
		p.See(driver.Kind("title", title))
	}
	p.Click(driver.Cell("操作", "查看订单详情"))
	p.See(driver.Text(j.facts.order))
	j.picture("订单详情-待审核")
	p.Click(driver.Button("登记审核通过"))
	p.See(driver.Field("批次号"))
	j.pictureAsIs("登记审核通过")
	p.Click(driver.Button("登记审核通过"))
	p.See(driver.Kind("pill", "审核通过"))
	j.picture("订单详情-审核通过")
	stored := j.order()
	check(j, "state", stored.State, "审核通过")
	check(j, "reviewed at", stored.ReviewedAt, reviewDay)
	j.facts.batch = stored.Batch
	batch := j.batch()
	check(j, "face value", batch.Face, orderAmount)
	check(j, "left", batch.Left, orderAmount)
	j.healthy()
}

// bill registers the invoice that came by mail, and prints the order for the unit's files.
func (j *Journey) bill() {
	j.registerInvoice(invoiceOne)
	check(j, "invoice", j.order().InvoiceState, "已开票")
	j.savePaper(driver.Button("打印订单"), "缴费订单.pdf", 1, "缴费订单-预览", j.facts.order, papers.Unit, "11,520.00", "审核通过")
	j.healthy()
}

// batch is a learning-card batch as the command line lists one.
type batch struct {
	Number, Order    string
	Face, Used, Left int
}

// batch gives the only one.
func (j *Journey) batch() batch {
	var stored []batch
	j.ask(0, &stored, "list", "batches")
	if len(stored) != 1 || stored[0].Number != j.facts.batch || stored[0].Order != j.facts.order {
		j.program.Fail("batches: %+v, want one, %s of %s", stored, j.facts.batch, j.facts.order)
	}
	return stored[0]
}

package journey

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// What is paid in the three modes, as the driver types and the program shows it.
const (
	stationTyped  = "1280"
	stationShown  = "1,280.00 元"
	invoiceOne    = "22112000000041860935"
	invoiceTwo    = "22112000000041860999"
	transaction   = "4200001234202203091234567890"
	mailFile      = "开票申请.eml"
	pickerOfUnits = "输入机构名称查找，可以选多个"
)

// Paying takes an order through each of the three 缴费模式 in the window, with a power cut in the middle of the form, a rejection and its
// revision, and an invoice that is reversed and issued anew.
func Paying() []Step {
	return []Step{
		{"准备数据，打开窗口", (*Journey).office},
		{"登录", (*Journey).logIn},
		{"先缴费后开票：填到一半断电", (*Journey).cutWhileFilling},
		{"粘贴截图，为什么还不能提交，提交", (*Journey).pasteAndSubmit},
		{"登记驳回，修订，看改了什么", (*Journey).rejectAndRevise},
		{"登记审核通过，开票，红冲，重开", (*Journey).reverseInvoice},
		{"打印付款申请单和订单", (*Journey).printOrder},
		{"先开票后缴费：邮件草稿，登记发票，转账，提交", (*Journey).invoiceFirst},
		{"在线支付：登记，生成批次", (*Journey).payOnline},
		{"列表：按缴费模式查，导出", (*Journey).listOrders},
	}
}

// begin starts an order of the station in the plan in force.
func (j *Journey) begin() {
	p := j.program
	j.open("组织缴费", "上传缴费凭证")
	p.Click(driver.Button("为2022年计划上传凭证"))
	status := p.See(driver.KindLike("text", "JF-"))
	j.facts.order = strings.Fields(status.Text)[0]
}

// amount chooses the station and fills in what it pays.
func (j *Journey) amount() {
	p := j.program
	j.pick(pickerOfUnits, papers.Station)
	p.Fill(driver.Beside("field", papers.Station), stationTyped)
	p.SeeText("壹仟贰佰捌拾元整")
}

func (j *Journey) cutWhileFilling() {
	p := j.program
	j.begin()
	j.amount()
	p.Click(driver.Button("下一步"))
	p.Fill(driver.Field("缴费银行"), receipt.Bank)
	p.FillLike(driver.Field("缴费卡号"), receipt.Account, receipt.Account)
	p.Fill(driver.Field("转账时间"), "22-03-08 15:21")
	j.waitForDraft("22-03-08 15:21")
	j.picture("填到一半")
	j.start(firstDay)
	j.logIn()
	p = j.program
	p.WaitFor(driver.Field("缴费银行"), "as it was", func(w driver.Widget) bool { return w.Text == receipt.Bank })
	p.WaitFor(driver.Field("缴费卡号"), "as it was", func(w driver.Widget) bool { return w.Text == receipt.Account })
	p.WaitFor(driver.Field("转账时间"), "as it was typed", func(w driver.Widget) bool { return w.Text == "22-03-08 15:21" })
	p.SeeText(j.facts.order)
	j.picture("断电以后还在原来的地方")
}

// waitForDraft waits until the draft in the store holds the time as it was typed.
func (j *Journey) waitForDraft(typed string) {
	j.program.WaitFor(driver.KindLike("text", "草稿已保存"), "saved", func(driver.Widget) bool { return j.order().PaidAt == typed })
}

func (j *Journey) pasteAndSubmit() {
	p := j.program
	p.Click(driver.Button("为什么还不能提交"))
	p.See(driver.KindLike("missing", "转账凭证上传"))
	j.pictureAsIs("为什么还不能提交")
	p.Click(driver.KindLike("missing", "转账时间"))
	p.WaitFor(driver.Field("转账时间"), "with the keyboard", func(w driver.Widget) bool { return w.Focused })
	p.Fill(driver.Field("转账时间"), receipt.PaidAt)
	j.copyPicture()
	p.Click(driver.Button("粘贴"))
	p.See(driver.KindLike("thumbnail", "粘贴的图片"))
	j.picture("粘贴的回单")
	p.Click(driver.Button("下一步"))
	j.fillInvoice()
	p.Click(driver.Button("存为新资料"))
	p.See(driver.Field("名称"))
	p.Click(driver.Button("保存"))
	p.See(driver.KindLike("toast", "已保存开票资料"))
	j.submit("提交 " + stationShown)
	check(j, "state", j.order().State, "待审核")
	j.healthy()
}

// copyPicture puts the receipt on the screen's clipboard, as a screenshot does.
func (j *Journey) copyPicture() {
	picture := j.out("截图.png")
	j.program.Must(exec.Command("convert", j.desk.voucherFile, "-auto-orient", picture).Run())
	j.program.Must(j.display.CopyPicture(picture))
}

// fillInvoice fills in what a 普通发票 asks for.
func (j *Journey) fillInvoice() {
	p := j.program
	p.Fill(driver.Field("发票抬头"), papers.Unit)
	p.FillLike(driver.Field("纳税人识别号"), papers.USCC, papers.USCC)
	p.Fill(driver.Field("用户邮箱"), "zhaoxl@example.com")
	p.FillLike(driver.Field("手机号"), "13800000417", "13800000417")
	p.SeeText("校验通过", "都填好了")
}

// submit confirms what is doubtful on the last page and hands the order in.
func (j *Journey) submit(button string) {
	p := j.program
	p.Click(driver.Button("下一步：核对并提交"))
	p.See(driver.Button(button))
	for range p.All(driver.Kind("checkbox", "")) {
		p.Click(driver.Kind("checkbox", "").Nth(1))
	}
	j.picture("核对并提交")
	p.Click(driver.Button(button))
	p.See(driver.KindLike("toast", "已提交"))
}

func (j *Journey) rejectAndRevise() {
	p := j.program
	j.openOrder()
	p.Click(driver.Button("登记驳回"))
	p.Fill(driver.Field("驳回原因"), "转账时间不对")
	p.Click(driver.Button("登记驳回"))
	p.See(driver.Kind("pill", "审核驳回"))
	p.Click(driver.Button("修订"))
	p.SeeText("驳回原因：转账时间不对")
	p.Click(driver.Button("下一步"))
	p.Fill(driver.Field("转账时间"), "2022-03-08 15:31:16")
	j.picture("修订")
	p.Click(driver.Button("下一步"))
	j.submit("提交 " + stationShown)
	j.openOrder()
	p.SeeText("第 2 版", "转账时间")
	j.picture("修订改了什么")
	check(j, "paid at", j.order().PaidAt, "2022-03-08 15:31:16")
	j.healthy()
}

func (j *Journey) reverseInvoice() {
	p := j.program
	j.approve()
	j.registerInvoice(invoiceOne)
	check(j, "invoice", j.order().InvoiceState, "已开票")
	p.Click(driver.Button("登记红冲"))
	p.See(driver.Field("红冲原因"))
	p.Click(driver.Button("登记红冲"))
	j.rowSays("红冲原因", "还没有填写原因")
	p.Fill(driver.Field("红冲原因"), "抬头开错")
	p.Click(driver.Button("登记红冲"))
	p.See(driver.Kind("pill", "已红冲"))
	j.picture("已红冲")
	p.Click(driver.Button("重新填写发票信息").Nth(1))
	p.Fill(driver.Field("发票抬头"), papers.Unit+"本部")
	j.pictureAsIs("重新填写发票信息")
	p.Click(driver.Button("保存"))
	p.See(driver.Kind("pill", "已填写"))
	j.registerInvoice(invoiceTwo)
	p.SeeText("已红冲：号码 …0935")
	j.picture("重开以后")
	check(j, "invoice", j.order().InvoiceState, "已开票")
	j.healthy()
}

// registerInvoice enters the invoice that has come.
func (j *Journey) registerInvoice(number string) {
	p := j.program
	p.Click(driver.Button("登记发票"))
	p.FillLike(driver.Field("发票号码"), number, number)
	p.Click(driver.Button("登记发票"))
	p.See(driver.Kind("pill", "已开票"))
}

func (j *Journey) printOrder() {
	p := j.program
	p.Click(driver.Button("打印订单"))
	p.See(driver.KindLike("button", "保存"))
	j.pictureAsIs("打印订单")
	p.Key("Escape")
	p.See(driver.Kind("pill", "已开票"))
}

func (j *Journey) invoiceFirst() {
	p := j.program
	j.begin()
	p.Click(driver.Kind("segment", "先开票后缴费"))
	j.amount()
	p.Click(driver.Button("下一步"))
	p.See(driver.Field("发票抬头"))
	p.Click(driver.Button("下一步"))
	p.SeeText("bjjxjy@chinahrt.com", "邮件草稿")
	j.picture("申请开票")
	p.Click(driver.Button("生成邮件草稿"))
	j.saveAs(mailFile)
	p.Click(driver.Button("知道了"))
	j.opened(mailFile)
	j.isMail(mailFile)
	j.registerHere(invoiceTwo[:19] + "1")
	p.Click(driver.Button("下一步"))
	p.Fill(driver.Field("缴费银行"), receipt.Bank)
	p.FillLike(driver.Field("缴费卡号"), receipt.Account, receipt.Account)
	p.Fill(driver.Field("转账时间"), receipt.PaidAt)
	p.Click(driver.Button("点击上传"))
	j.choose(j.desk.voucherFile)
	p.See(driver.Kind("thumbnail", "转账回单.jpg"))
	j.submit("提交 " + stationShown)
	stored := j.order()
	check(j, "mode", stored.Mode, "先开票后缴费")
	check(j, "state", stored.State, "待审核")
	check(j, "invoice", stored.InvoiceState, "已开票")
	j.healthy()
}

// registerHere enters the invoice on the wizard's page 申请开票.
func (j *Journey) registerHere(number string) {
	p := j.program
	p.Click(driver.Button("登记发票"))
	p.FillLike(driver.Field("发票号码"), number, number)
	p.Click(driver.Button("登记发票"))
	p.See(driver.KindLike("toast", "已登记发票"))
}

// isMail checks that a saved draft is addressed and carries the filled sheet.
func (j *Journey) isMail(name string) {
	content, err := os.ReadFile(j.out(name))
	j.program.Must(err)
	for _, part := range []string{"bjjxjy@chinahrt.com", "X-Unsent: 1", ".xlsx"} {
		if !strings.Contains(string(content), part) {
			j.program.Fail("%s lacks %q:\n%.600s", name, part, content)
		}
	}
}

func (j *Journey) payOnline() {
	p := j.program
	j.open("学员缴费管理", "在线充值管理")
	j.picture("在线充值管理-空")
	p.Click(driver.Button("登记在线支付").Nth(1))
	status := p.See(driver.KindLike("text", "JF-"))
	j.facts.order = strings.Fields(status.Text)[0]
	j.amount()
	p.Click(driver.Button("下一步"))
	p.Fill(driver.Field("交易号"), transaction)
	p.Fill(driver.Field("支付时间"), receipt.PaidAt)
	j.picture("在线支付信息")
	p.Click(driver.Button("下一步"))
	j.submit("提交 " + stationShown)
	p.See(driver.Kind("cell", transaction))
	j.picture("在线充值管理")
	stored := j.order()
	check(j, "state", stored.State, "审核通过")
	if stored.Batch == "" {
		p.Fail("the payment made no batch: %+v", stored)
	}
	j.healthy()
}

func (j *Journey) listOrders() {
	p := j.program
	j.open("对账管理", "银行转账凭证")
	p.SeeText("共 3 个订单")
	p.Choose(driver.Kind("select", "全部缴费模式"), "先开票后缴费")
	p.SeeText("共 1 个订单")
	j.picture("按缴费模式查")
	p.Click(driver.Button("导出"))
	j.saveAs("银行转账凭证.xlsx")
	p.See(driver.KindLike("toast", "已导出 1 个订单"))
	if info, err := os.Stat(filepath.Join(j.out("银行转账凭证.xlsx"))); err != nil || info.Size() == 0 {
		p.Fail("nothing was exported: %v", err)
	}
}

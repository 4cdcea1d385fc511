package journey

import (
	"fmt"
	"strings"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// office makes the data headless, so that the window starts with people in it, and opens the window.
func (j *Journey) office() {
	j.headless.Now = firstDay
	j.prepare(0, "init", "--unit", papers.Unit, "--admin", user, "--uscc", papers.USCC)
	j.prepare(0, "profile", "--name", "赵晓岚", "--mobile", "13800000417", "--email", "zhaoxl@example.com")
	j.prepare(1, "import", "trainees", j.desk.rosterFile, "--create-orgs") // 1: bad rows are in the file
	j.start(firstDay)
}

// prepare runs a command before there is a window.
func (j *Journey) prepare(wanted int, command ...string) {
	if exit, err := j.headless.Ask(nil, command...); err != nil || exit != wanted {
		panic(&driver.Failure{What: fmt.Sprintf("peixun %v: exit %d, want %d, %v", command, exit, wanted, err)})
	}
}

// WaysBack is an order that goes every way back: rejected, revised, approved, taken back, and approved again.
func WaysBack() []Step {
	return []Step{
		{"准备数据，打开窗口", (*Journey).officeWithOrder},
		{"登录", (*Journey).logIn},
		{"登记驳回", (*Journey).reject},
		{"修订，改金额，再提交", (*Journey).revise},
		{"登记审核通过，撤回审核", (*Journey).takeBack},
		{"再次登记，批次号不重复", (*Journey).approveAgain},
		{"停用的人不能充值", (*Journey).disabledIsLeftOut},
	}
}

// officeWithOrder is an office with one submitted order for the station, which pays for itself.
func (j *Journey) officeWithOrder() {
	j.office()
	var made struct{ Number string }
	j.ask(0, &made, "order", "new", "--plan", papers.PlanNumber, "--line", papers.Station+"=1280", "--mode", "pay-first", "--payer-bank", receipt.Bank,
		"--payer-account", receipt.Account, "--paid-on", receipt.PaidAt, "--voucher", j.desk.voucherFile, "--invoice", "normal", "--title", papers.Unit,
		"--tax-id", papers.USCC, "--email", "zhaoxl@example.com", "--mobile", "13800000417")
	j.facts.order = made.Number
	j.ask(0, nil, "order", "submit", made.Number)
}

// openOrder shows the only order's details.
func (j *Journey) openOrder() {
	j.open("对账管理", "银行转账凭证")
	j.program.Click(driver.Cell("操作", "查看订单详情"))
	j.program.See(driver.Text(j.facts.order))
}

func (j *Journey) reject() {
	p := j.program
	j.openOrder()
	p.Click(driver.Button("登记驳回"))
	p.See(driver.Field("驳回原因"))
	p.Click(driver.Button("登记驳回"))
	j.rowSays("驳回原因", "还没有填写原因")
	p.Fill(driver.Field("驳回原因"), "回单不清楚")
	p.Click(driver.Button("登记驳回"))
	p.See(driver.Kind("pill", "审核驳回"))
	p.SeeText("驳回原因：回单不清楚")
	j.picture("审核驳回")
	check(j, "state", j.order().State, "审核驳回")
	check(j, "vouchers kept", len(j.order().Vouchers), 1)
	j.healthy()
}

func (j *Journey) revise() {
	p := j.program
	p.Click(driver.Button("修订"))
	p.Fill(driver.Beside("field", papers.Station), "1320")
	p.Click(driver.Button("下一步"))
	p.See(driver.Kind("thumbnail", "转账回单.jpg"))
	p.Click(driver.Button("下一步"))
	p.Click(driver.Button("下一步：核对并提交"))
	p.Click(driver.Button("提交 1,320.00 元"))
	p.See(driver.Cell("审核状态", "待审核"))
	stored := j.order()
	check(j, "state", stored.State, "待审核")
	check(j, "total", stored.Total, 1320_00)
	j.healthy()
}

func (j *Journey) approve() {
	p := j.program
	p.Click(driver.Button("登记审核通过"))
	p.See(driver.Field("批次号"))
	p.Click(driver.Button("登记审核通过"))
	p.See(driver.Kind("pill", "审核通过"))
}

func (j *Journey) takeBack() {
	p := j.program
	p.Click(driver.Cell("操作", "查看订单详情"))
	j.approve()
	j.facts.batch = j.order().Batch
	p.Click(driver.Button("更多操作"))
	p.Click(driver.Kind("option", "撤回审核"))
	p.SeeText("批次 " + j.facts.batch + " 会删除")
	j.picture("撤回审核")
	p.Click(driver.Button("撤回审核"))
	p.See(driver.Kind("pill", "待审核"))
	var batches []batch
	j.ask(0, &batches, "list", "batches")
	check(j, "batches", len(batches), 0)
	j.healthy()
}

func (j *Journey) approveAgain() {
	before := j.facts.batch
	j.approve()
	j.facts.batch = j.order().Batch
	if j.facts.batch == before {
		j.program.Fail("the number %s was used again", before)
	}
	check(j, "face value", j.batch().Face, 1320_00)
	j.healthy()
}

func (j *Journey) disabledIsLeftOut() {
	p := j.program
	inside := j.peopleIn(papers.Station)
	j.open("学员管理", "学员列表")
	j.pick("组织机构", papers.Station)
	p.SeeText(fmt.Sprintf("找到 %d 人", len(inside)))
	p.Click(driver.TickOf(inside[0].Name))
	p.Click(driver.Button("停用"))
	p.See(driver.KindLike("toast", "已停用 1 人"))
	j.open("学员缴费管理", "学员缴费")
	j.pick("组织机构", papers.Station)
	p.Click(driver.Button("查询"))
	p.SeeText(fmt.Sprintf("查到 %d 人", len(inside)))
	p.Click(driver.Kind("checkbox", "全选"))
	p.SeeText(fmt.Sprintf("已选 %d 人", len(inside)-1))
	p.Fill(driver.Beside("field", "每人金额"), "40")
	j.picture("停用的人不能充值")
	p.Click(driver.KindLike("button", fmt.Sprintf("充值 %d 人", len(inside)-1)))
	p.See(driver.KindLike("toast", fmt.Sprintf("已给 %d 人充值", len(inside)-1)))
	j.balances(len(inside)-1, len(inside)-1)
	for _, one := range j.trainees() {
		if strings.HasPrefix(one.Name, inside[0].Name) {
			check(j, "balance of the disabled", one.Balance, 0)
		}
	}
}

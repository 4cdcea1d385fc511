package journey

import (
	"fmt"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// rechargeSome credits one department and then everybody else who may be credited.
func (j *Journey) rechargeSome() {
	p := j.program
	j.open("学员缴费管理", "学员缴费")
	p.See(driver.Kind("radio", j.facts.batch))
	j.picture("学员缴费")
	inside := j.peopleIn("内科")
	j.pick("组织机构", "内科")
	p.Click(driver.Button("查询"))
	p.SeeText(fmt.Sprintf("查到 %d 人", len(inside)))
	p.Click(driver.Kind("checkbox", "全选"))
	p.SeeText(fmt.Sprintf("已选 %d 人", len(inside)))
	p.Fill(driver.Beside("field", "每人金额"), "40")
	money := yuan(len(inside) * perPerson)
	p.SeeText(money)
	j.picture("学员缴费-勾选")
	p.Click(driver.Button(fmt.Sprintf("充值 %d 人，共 %s 元", len(inside), money)))
	p.See(driver.KindLike("toast", fmt.Sprintf("已给 %d 人充值", len(inside))))
	j.picture("学员缴费-已充值")
	j.openOrder()
	p.SeeText("钱的去向", money, "还剩 "+yuan(orderAmount-len(inside)*perPerson))
	j.picture("订单详情-充值了一部分")
	j.balances(len(inside), len(inside))
}

// reverse takes one recharge back: the line stays, a second one against it is added, and the batch has its money again.
func (j *Journey) reverse() {
	p, credited := j.program, len(j.peopleIn("内科"))
	j.open("学员缴费管理", "充值明细")
	p.SeeText(fmt.Sprintf("共 %d 笔", credited))
	p.Click(driver.Cell("状态", "平台未回").Nth(1))
	p.Click(driver.Button("冲正"))
	p.Fill(driver.Field("冲正原因"), "充错了")
	j.picture("充值明细-冲正")
	p.Click(driver.Button("冲正 40.00 元"))
	p.SeeText(fmt.Sprintf("共 %d 笔", credited+1), yuan((credited-1)*perPerson))
	j.picture("充值明细-已冲正")
	j.balances(credited-1, credited+1)
	j.open("学员缴费管理", "学员缴费")
}

// rechargeRest credits all others at once, so that the batch is spent.
func (j *Journey) rechargeRest() {
	p := j.program
	p.Click(driver.Button("清除条件"))
	all, done := len(j.desk.roster.Good), len(j.peopleIn("内科"))-1
	p.SeeText(fmt.Sprintf("查到 %d 人", all))
	rest := all - done
	p.Click(driver.Button(fmt.Sprintf("选中全部 %d 人", rest)))
	p.SeeText(fmt.Sprintf("已选 %d 人", rest))
	p.Click(driver.Button(fmt.Sprintf("充值 %d 人，共 %s 元", rest, yuan(rest*perPerson))))
	p.See(driver.KindLike("toast", fmt.Sprintf("已给 %d 人充值", rest)))
	j.picture("学员缴费-批次用完")
	j.balances(all, all+reversalLines)
	check(j, "left", j.batch().Left, 0)
}

// reversalLines are the two lines of the ledger that cancel each other out.
const reversalLines = 2

// balances checks that so many people have been credited, the batch with them, and that the ledger has so many lines.
func (j *Journey) balances(credited, lines int) {
	count := 0
	for _, one := range j.trainees() {
		switch one.Balance {
		case 0:
		case perPerson:
			count++
		default:
			j.program.Fail("%s has %d 分, want 0 or %d", one.Name, one.Balance, perPerson)
		}
	}
	check(j, "credited people", count, credited)
	check(j, "used", j.batch().Used, credited*perPerson)
	var entries []struct{ Amount int }
	j.ask(0, &entries, "list", "recharges")
	check(j, "lines of the ledger", len(entries), lines)
	sum := 0
	for _, entry := range entries {
		sum += entry.Amount
	}
	check(j, "sum of the ledger", sum, credited*perPerson)
	j.healthy()
}

// ledger looks at 充值明细.
func (j *Journey) ledger() {
	p := j.program
	j.open("学员缴费管理", "充值明细")
	p.SeeText(fmt.Sprintf("共 %d 笔", len(j.desk.roster.Good)+reversalLines), yuan(orderAmount))
	j.picture("充值明细")
	p.Click(driver.Button("导出"))
	p.Click(driver.Button("选择位置…"))
	j.saveAs("充值明细.xlsx")
	p.See(driver.KindLike("toast", fmt.Sprintf("已导出 %d 条", len(j.desk.roster.Good)+reversalLines)))
	j.reportHolds("充值明细.xlsx", len(j.desk.roster.Good)+reversalLines+1) // and the sum
	p.Click(driver.Button("打印确认表"))
	j.savePaper(driver.Button("预览"), "充值确认表.pdf", 0, "充值确认表-预览", papers.Unit, "11,520.00", j.facts.batch)
}

// money follows the payment from the batch to every person.
func (j *Journey) money() {
	p := j.program
	j.open("学员缴费管理", "学习卡批次")
	p.Click(driver.Kind("cell", j.facts.batch))
	p.See(driver.Kind("drawer", j.facts.batch))
	j.picture("学习卡批次")
	p.Click(driver.Button("钱的去向"))
	p.SeeText(j.facts.order, "每次充值")
	j.picture("钱的去向")
}

// yuan writes an amount in 分 as the window does: 11,520.00.
func yuan(fen int) string {
	whole := fmt.Sprint(fen / 100)
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return fmt.Sprintf("%s.%02d", whole, fen%100)
}

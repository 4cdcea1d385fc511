package journey

import (
	"fmt"
	"path/filepath"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// statement brings the bank's file in and settles what answers to an order; what was paid without one stays a difference.
func (j *Journey) statement() {
	p, statement := j.program, &j.desk.statement
	j.open("对账管理", "银行流水")
	p.See(driver.Kind("empty", "还没有导入银行流水"))
	j.picture("银行流水-空")
	p.Click(driver.Button("导入银行流水").Nth(1))
	p.Click(driver.Button("选择文件…"))
	j.choose(j.desk.statementFile)
	p.See(driver.Button(fmt.Sprintf("导入 %d 笔", statement.Lines)))
	j.picture("导入银行流水-预览")
	p.Click(driver.Button(fmt.Sprintf("导入 %d 笔", statement.Lines)))
	p.See(driver.KindLike("toast", fmt.Sprintf("已导入 %d 笔流水", statement.Lines)))
	p.Click(driver.Button("直接确认 1 笔"))
	p.SeeText("已确认 1 笔", j.facts.order)
	j.picture("银行流水核对")
	j.open("对账管理", "对账差异")
	p.SeeText(yuan(statement.Unordered))
	j.picture("对账差异")
	j.open("对账管理", "月结")
	j.picture("月结")
	j.healthy()
}

// reports looks at both reports, and keeps one as a workbook and on paper.
func (j *Journey) reports() {
	p := j.program
	j.open("", "培训计划报表")
	p.SeeText("完成情况", "达标率")
	j.picture("培训计划报表")
	j.open("", "对账报表")
	p.SeeText(yuan(orderAmount))
	j.picture("对账报表")
	p.Click(driver.Button("导出 Excel"))
	j.saveAs("对账报表.xlsx")
	p.See(driver.KindLike("toast", "已导出到"))
	j.savePaper(driver.Button("打印预览"), "对账报表.pdf", 0, "对账报表-预览", papers.Unit, yuan(orderAmount))
}

// submission packs everything that the platform has not been told.
func (j *Journey) submission() {
	p := j.program
	j.open("", "报盘回盘")
	p.WaitFor(driver.Button("生成报盘包"), "that can be clicked", func(w driver.Widget) bool { return !w.Disabled })
	j.picture("报盘回盘-待上报")
	p.Click(driver.Button("生成报盘包"))
	j.choose(filepath.Dir(j.out("报盘包")))
	p.WaitLong(driver.KindLike("toast", "已生成"), importPatience)
	j.picture("报盘回盘-报盘记录")
	packages, err := filepath.Glob(j.out("*.zip"))
	p.Must(err)
	check(j, "packages", len(packages), 1)
	j.healthy()
}

// exportTrainees writes the whole list as a workbook, its numbers masked, and shows one person's hours and money.
func (j *Journey) exportTrainees() {
	p := j.program
	j.open("学员管理", "学员列表")
	people := fmt.Sprintf("%d 人", len(j.desk.roster.Good))
	p.SeeText(people)
	p.Click(driver.Button("更多操作"))
	j.pictureAsIs("学员列表-更多操作")
	p.Click(driver.Kind("option", "导出…"))
	p.Click(driver.Button("选择位置…"))
	j.saveAs("学员名单.xlsx")
	p.See(driver.KindLike("toast", "已导出 "+people))
	j.reportHolds("学员名单.xlsx", len(j.desk.roster.Good))
	someone := j.desk.roster.Good[0]
	p.Click(driver.Cell("姓名", someone.Name))
	p.See(driver.Kind("drawer", someone.Name))
	for _, tab := range []string{"学时", "缴费充值", "记录"} {
		p.Click(driver.Kind("tab", tab))
		j.picture("学员详情-" + tab)
	}
	p.Click(driver.Kind("tab", "总览"))
	p.Click(driver.Button("关闭"))
}

// trust runs 数据体检, reads the log of everything that was done, and asks for help on a page.
func (j *Journey) trust() {
	p := j.program
	j.open("系统管理", "数据体检")
	p.Click(driver.Button("开始体检"))
	p.SeeText("项全部正常")
	j.picture("数据体检")
	j.open("系统管理", "操作日志")
	p.Fill(driver.Placeholder("对象、内容、经办人"), j.facts.order)
	p.See(driver.Cell("对象", j.facts.order))
	j.picture("操作日志")
	j.open("学员缴费管理", "学员缴费")
	p.Key("F1")
	p.See(driver.Kind("dialog", "帮助：学员缴费"))
	j.pictureAsIs("帮助")
	p.Key("Escape")
	p.Gone(driver.Kind("dialog", "帮助：学员缴费"))
}

package journey

import (
	"fmt"

	"peixun/e2e/driver"
)

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

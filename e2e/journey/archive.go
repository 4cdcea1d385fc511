package journey

import (
	"fmt"
	"math"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// importHours brings the offline hours in, in summer.
func (j *Journey) importHours() {
	j.start(summerDay)
	j.logIn()
	p, hours := j.program, &j.desk.hours
	j.open("学习档案管理", "线下档案管理")
	p.See(driver.Kind("empty", "还没有线下学时"))
	j.picture("线下档案-空")
	p.Click(driver.Button("批量导入"))
	p.See(driver.Field("关联培训计划"))
	p.Click(driver.Button("选择文件…"))
	j.choose(j.desk.hoursFile)
	j.tabCounts("新增", hours.Good)
	j.tabCounts("错误", hours.Bad)
	j.picture("线下学时-预览")
	p.Click(driver.Button(fmt.Sprintf("下一步：确认导入 %d 条", hours.Good)))
	p.Click(driver.Button(fmt.Sprintf("导入 %d 条", hours.Good)))
	p.WaitLong(driver.Kind("empty", fmt.Sprintf("已导入 %d 条", hours.Good)), importPatience)
	p.Click(driver.Button("查看线下档案"))
	p.SeeText(fmt.Sprintf("共 %d 条", hours.Good))
	j.picture("线下档案管理")
	var stored []struct {
		Plan  string
		Hours float64
	}
	j.ask(0, &stored, "list", "hours")
	check(j, "records", len(stored), hours.Good)
	total := 0
	for _, one := range stored {
		check(j, "plan", one.Plan, papers.PlanNumber)
		total += int(math.Round(one.Hours * 100))
	}
	check(j, "sum of 学时, in hundredths", total, hours.Total)
	j.healthy()
}

// letter saves the confirmation letter and the mailing label.
func (j *Journey) letter() {
	p := j.program
	j.open("证书管理", "确认书下载")
	p.See(driver.Kind("drawer", j.facts.order))
	j.picture("确认书下载")
	p.Click(driver.Button("生成并保存 PDF"))
	j.saveAs("letter.pdf")
	p.See(driver.KindLike("toast", "已保存"))
	j.isPDF("letter.pdf", 0, papers.Unit, "11,520.00", "壹万壹仟伍佰贰拾元整", papers.PayeeName, papers.PlanNumber)
	p.Click(driver.Button("打印邮寄标签"))
	j.saveAs("邮寄标签.pdf")
	p.See(driver.KindLike("toast", "邮寄标签已保存"))
	j.isPDF("邮寄标签.pdf", 1, "北京市朝阳区育慧里5号", "84297523")
	j.opened("邮寄标签.pdf")
	j.picture("确认书下载-已保存")
	var stored []struct {
		Order, State string
		Total        int
		People       int
	}
	j.ask(0, &stored, "list", "letters")
	check(j, "letters", len(stored), 1)
	check(j, "letter's order", stored[0].Order, j.facts.order)
	check(j, "letter's total", stored[0].Total, orderAmount)
	j.healthy()
}

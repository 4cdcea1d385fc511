package journey

import (
	"fmt"

	"peixun/e2e/driver"
)

// home looks at 首页 in light and dark.
func (j *Journey) home() {
	p := j.program
	p.Click(driver.Navigation("首页"))
	p.WaitFor(driver.Navigation("首页"), "marked", func(w driver.Widget) bool { return w.Active })
	j.picture("首页")
	j.open("系统管理", "设置")
	j.picture("设置")
	p.Click(driver.Kind("segment", "深色"))
	p.WaitFor(driver.Kind("segment", "深色"), "chosen", func(w driver.Widget) bool { return w.Active })
	p.Click(driver.Navigation("首页"))
	j.picture("首页-深色")
	j.open("学员管理", "学员列表")
	j.picture("学员列表-深色")
	j.open("系统管理", "设置")
	p.Click(driver.Kind("segment", "浅色"))
}

// lock locks the window, tries a wrong password, and goes on.
func (j *Journey) lock() {
	p := j.program
	p.Key("ctrl+l")
	p.SeeText("管理员登录")
	p.Gone(driver.Navigation("首页"))
	p.FillSecret(driver.Field("密码"), "wrong-"+password)
	p.Key("Return")
	j.rowSays("密码", "用户名或密码不对")
	j.picture("登录-密码错误")
	j.logIn()
	p.See(driver.Kind("segment", "浅色"))
}

// keyboard locks, logs in and finds somebody without the mouse.
func (j *Journey) keyboard() {
	p := j.program
	someone := j.desk.roster.Good[6]
	p.Key("ctrl+l")
	p.WaitFor(driver.Field("密码"), "with the keyboard", func(w driver.Widget) bool { return w.Focused })
	p.Type(password)
	p.Key("Return")
	p.See(driver.Navigation("首页"))
	p.Key("ctrl+k")
	p.See(driver.Kind("dialog", "搜索"))
	p.Type(someone.IDNumber[14:])
	p.See(driver.KindLike("cell", someone.Name))
	j.pictureAsIs("搜索")
	p.Key("Return")
	p.See(driver.Kind("drawer", someone.Name))
	j.pictureAsIs("搜索-打开学员")
}

// comeBack starts the program once more; all is still there.
func (j *Journey) comeBack() {
	before, order := j.everything(), fmt.Sprintf("%+v", j.order())
	j.start(summerDay)
	j.logIn()
	check(j, "everything after a restart", j.everything(), before)
	check(j, "the order after a restart", fmt.Sprintf("%+v", j.order()), order)
	p := j.program
	j.open("学员管理", "学员列表")
	p.SeeText(fmt.Sprintf("%d 人", len(j.desk.roster.Good)), yuan(orderAmount))
	j.open("对账管理", "银行转账凭证")
	p.See(driver.Cell("审核状态", "审核通过"))
	j.open("学习档案管理", "线下档案管理")
	p.SeeText(fmt.Sprintf("共 %d 条", j.desk.hours.Good))
	j.healthy()
}

// pages are all pages of the navigation, with the group that each stands in.
var pages = [][2]string{{"", "首页"}, {"系统管理", "管理员信息维护"}, {"系统管理", "组织机构"}, {"系统管理", "操作日志"}, {"系统管理", "数据体检"}, {"系统管理", "设置"},
	{"学员管理", "学员列表"}, {"学员管理", "导入学员"}, {"", "培训管理"}, {"学习档案管理", "线下档案管理"}, {"组织缴费", "上传缴费凭证"},
	{"对账管理", "银行转账凭证"}, {"对账管理", "银行流水"}, {"对账管理", "对账差异"}, {"对账管理", "月结"}, {"", "对账报表"}, {"", "培训计划报表"},
	{"学员缴费管理", "学员缴费"}, {"学员缴费管理", "充值明细"}, {"学员缴费管理", "在线充值管理"},
	{"学员缴费管理", "学习卡批次"}, {"证书管理", "确认书下载"}, {"", "报盘回盘"}}

// largeScreen shows every page at 1920×1080.
func (j *Journey) largeScreen() {
	j.end()
	j.display.Close()
	display, err := driver.OpenDisplay(1920, 1080)
	j.program.Must(err)
	j.display = display
	j.start(summerDay)
	j.program.Resize(1920, 1080)
	j.logIn()
	for _, page := range pages {
		j.open(page[0], page[1])
		j.picture("大窗口-" + page[1])
	}
}

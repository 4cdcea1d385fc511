package journey

import (
	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// Steps is the whole year.
func Steps() []Step {
	return []Step{
		{"首次使用：登记单位和管理员", (*Journey).firstStart},
		{"保存恢复密钥，进入", (*Journey).recoveryKey},
		{"管理员信息维护", (*Journey).profile},
		{"组织机构", (*Journey).organizations},
		{"导入学员：选择文件，预览", (*Journey).previewRoster},
		{"导入学员：错误与错误报告", (*Journey).mendRoster},
		{"导入学员：确认，写入", (*Journey).importRoster},
		{"学员列表：筛选，勾选，详情", (*Journey).lookAtTrainees},
		{"组织缴费：计划，机构与金额", (*Journey).startOrder},
		{"组织缴费：银行转账信息与凭证", (*Journey).transfer},
		{"组织缴费：发票信息，核对", (*Journey).invoice},
		{"逐项复制助手：照平台表单复制", (*Journey).copyAcross},
		{"组织缴费：提交", (*Journey).submitOrder},
		{"断电，六天后重新启动", (*Journey).powerCut},
		{"对账管理：登记审核通过", (*Journey).review},
		{"订单详情：登记发票，打印订单", (*Journey).bill},
		{"学员缴费：给一个科室充值", (*Journey).rechargeSome},
		{"充值明细：冲正一笔", (*Journey).reverse},
		{"学员缴费：给其余的人充值", (*Journey).rechargeRest},
		{"充值明细：导出，确认表", (*Journey).ledger},
		{"学习卡批次，钱的去向", (*Journey).money},
		{"线下档案：批量导入", (*Journey).importHours},
		{"银行流水：导入，核对，差异，月结", (*Journey).statement},
		{"对账报表，培训计划报表", (*Journey).reports},
		{"确认书和邮寄标签", (*Journey).letter},
		{"核对确认书真伪", (*Journey).verifyLetter},
		{"学员列表：导出，学时和充值", (*Journey).exportTrainees},
		{"报盘回盘：生成报盘包", (*Journey).submission},
		{"数据体检，操作日志，帮助", (*Journey).trust},
		{"首页，浅色和深色", (*Journey).home},
		{"锁定，重新登录", (*Journey).lock},
		{"重新启动，一切还在", (*Journey).comeBack},
		{"大窗口 1920×1080", (*Journey).largeScreen},
		{"只用键盘：锁定，登录，搜索", (*Journey).keyboard},
	}
}

func (j *Journey) firstStart() {
	j.start(firstDay)
	p := j.program
	p.SeeText("首次使用", "84297523")
	p.Fill(driver.Field("单位全称"), papers.Unit)
	p.Key("Tab")
	p.Type(papers.USCC)
	p.Fill(driver.Field("用户名"), user)
	p.FillSecret(driver.Field("密码"), password)
	p.FillSecret(driver.Field("确认密码"), password)
	j.picture("首次使用")
	p.Click(driver.Button("建立数据并继续"))
	p.See(driver.Text("请保管好恢复密钥"))
}

func (j *Journey) recoveryKey() {
	p := j.program
	check(j, "进入 before the key is kept is disabled", p.Wait(driver.Button("进入培训管理台")).Disabled, true)
	j.picture("恢复密钥")
	p.Click(driver.Button("保存为 PDF 打印"))
	j.saveAs("恢复密钥.pdf")
	p.See(driver.KindLike("toast", "恢复密钥已保存"))
	j.isPDF("恢复密钥.pdf", 1, papers.Unit)
	p.Click(driver.Kind("checkbox", "我已打印或抄下恢复密钥，放在安全的地方"))
	p.Click(driver.Button("进入培训管理台"))
	p.See(driver.Navigation("首页"))
	j.picture("首页-空")
	j.healthy()
}

func (j *Journey) profile() {
	p := j.program
	j.open("系统管理", "管理员信息维护")
	p.See(driver.Kind("missing", "手机号"))
	p.Fill(driver.Field("姓名"), "赵晓岚")
	for _, field := range [][2]string{{"部门/职务", "人事科 科员"}, {"座机", "84297523"}, {"邮箱", "zhaoxl@example.com"},
		{"通讯地址", "北京市朝阳区育才路9号"}, {"邮编", "100029"}} {
		p.Fill(driver.Field(field[0]), field[1])
	}
	j.picture("管理员信息-还差手机号")
	p.Fill(driver.Field("手机号"), "13800000417")
	p.Click(driver.Button("保存"))
	p.See(driver.KindLike("toast", "管理员信息已保存"))
	j.picture("管理员信息维护")
	var stored struct {
		Name, Mobile, Email, Unit, USCC, Postcode string
		Missing                                   []any
	}
	j.ask(0, &stored, "profile")
	check(j, "missing", len(stored.Missing), 0)
	check(j, "name", stored.Name, "赵晓岚")
	check(j, "unit", stored.Unit, papers.Unit)
	check(j, "code", stored.USCC, papers.USCC)
	check(j, "e-mail", stored.Email, "zhaoxl@example.com")
	check(j, "postcode", stored.Postcode, "100029")
}

func (j *Journey) organizations() {
	p := j.program
	j.open("系统管理", "组织机构")
	j.addOrganization("", "内科")
	j.addOrganization("", "外科")
	j.addOrganization("内科", "护理组")
	j.addOrganization("外科", "护理组")
	j.picture("组织机构")
	p.SeeText("共 4 个")
	var stored []struct{ Path string }
	j.ask(0, &stored, "list", "organizations")
	paths := map[string]bool{}
	for _, one := range stored {
		paths[one.Path] = true
	}
	check(j, "number of organisations", len(stored), 5)
	for _, path := range []string{"内科", "外科", "内科/护理组", "外科/护理组"} {
		check(j, path, paths[path], true)
	}
}

// addOrganization makes an organisation below another, "" being the unit.
func (j *Journey) addOrganization(parent, name string) {
	p := j.program
	if parent == "" {
		parent = papers.Unit
	}
	p.Click(driver.KindLike("cell", parent).Nth(1))
	p.Click(driver.Button("新建下级机构"))
	p.SeeText("在“" + parent + "”下面新建")
	p.Fill(driver.Field("名称"), name)
	p.Key("Return")
	p.Gone(driver.Kind("dialog", "新建下级机构"))
}

// open goes to a screen through the navigation, unfolding its group where it is folded.
func (j *Journey) open(group, page string) {
	p := j.program
	if !p.Shows(driver.Navigation(page)) {
		p.Click(driver.Navigation(group))
	}
	p.Click(driver.Navigation(page))
	p.WaitFor(driver.Navigation(page), "marked", func(w driver.Widget) bool { return w.Active })
}

package journey

import (
	"os"
	"path/filepath"
	"strings"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// Mistakes is an office with data in it where somebody does everything wrong: each time a sentence says what and how to mend it,
// and nothing has changed.
func Mistakes() []Step {
	return []Step{
		{"准备数据，打开窗口", (*Journey).office},
		{"登录：密码错误", unchanged((*Journey).wrongPassword)},
		{"登录：恢复密钥错误", unchanged((*Journey).wrongRecoveryKey)},
		{"首先登录", (*Journey).logIn},
		{"导入：选错文件", unchanged((*Journey).wrongFile)},
		{"导入：改了扩展名的图片", unchanged((*Journey).disguisedPicture)},
		{"导入：别的表", unchanged((*Journey).otherForm)},
		{"导入：损坏的表格", unchanged((*Journey).damagedWorkbook)},
		{"机构：重名", unchanged((*Journey).sameOrganization)},
		{"缴费：金额不是数字", (*Journey).badAmount},
		{"缴费：凭证不是图片", (*Journey).badVoucher},
	}
}

// unchanged makes of a mistake a step that also checks that the stored data is what it was.
func unchanged(mistake func(*Journey)) func(*Journey) {
	return func(j *Journey) {
		before := j.everything()
		mistake(j)
		check(j, "what is stored after the mistake", j.everything(), before)
		j.healthy()
	}
}

func (j *Journey) wrongPassword() {
	p := j.program
	p.FillSecret(driver.Field("密码"), "not-"+password)
	p.Key("Return")
	j.rowSays("密码", "用户名或密码不对。")
	p.FillSecret(driver.Field("密码"), " ")
	p.Click(driver.Button("登录"))
	j.rowSays("密码", "用户名或密码不对。")
	j.picture("密码错误")
	check(j, "the window is open", p.Shows(driver.Navigation("首页")), false)
}

func (j *Journey) wrongRecoveryKey() {
	p := j.program
	p.Click(driver.Button("忘记密码，用恢复密钥登录"))
	p.Fill(driver.Field("恢复密钥"), "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH")
	p.FillSecret(driver.Field("新密码"), password)
	p.FillSecret(driver.Field("确认新密码"), password+"x")
	p.Click(driver.Button("登录并设置新密码"))
	j.rowSays("确认新密码", "两次输入的密码不一样")
	p.FillSecret(driver.Field("确认新密码"), password)
	p.Click(driver.Button("登录并设置新密码"))
	j.rowSays("恢复密钥", "恢复密钥")
	j.picture("恢复密钥错误")
	p.Key("Escape")
	p.Gone(driver.Kind("dialog", "用恢复密钥登录"))
}

func (j *Journey) wrongFile() {
	p := j.program
	j.open("学员管理", "导入学员")
	p.Click(driver.Button("选择文件…"))
	p.WaitFor(choosing, "with the keyboard", func(w driver.Widget) bool { return w.Focused })
	p.Key("Return")
	p.See(driver.Text("请填写路径"))
	j.typePath(j.out("没有这个文件.xlsx"))
	p.Key("Return")
	p.See(driver.Text("没有这个文件："))
	j.typePath(j.desk.voucherFile)
	p.Key("Return")
	p.See(driver.Text("不是要的文件类型"))
	j.picture("选错文件")
	p.Key("Escape")
	p.Gone(choosing)
}

func (j *Journey) disguisedPicture() {
	j.refusedFile("其实是照片.xlsx", "选中的是", "请选择 .xlsx、.xls 或 .csv 文件", func(path string) error {
		content, err := os.ReadFile(j.desk.voucherFile)
		if err != nil {
			return err
		}
		return os.WriteFile(path, content, 0o644)
	})
}

func (j *Journey) otherForm() {
	j.refusedFile("学时当名单.xlsx", "这张表是“线下学时”，不是“学员”。", "线下学时", func(path string) error {
		_, err := papers.WriteHours(path, j.desk.roster.Good)
		return err
	})
}

// damagedWorkbook cuts a roster in the middle and flips a byte of another.
func (j *Journey) damagedWorkbook() {
	whole, err := os.ReadFile(j.desk.rosterFile)
	j.program.Must(err)
	j.refusedFile("没下载完.xlsx", "文件已损坏，没有读取任何一行。", "另存为新的 .xlsx", func(path string) error {
		return os.WriteFile(path, whole[:len(whole)/2], 0o644)
	})
	j.refusedFile("坏了一个字节.xlsx", "文件已损坏，没有读取任何一行。", "另存为新的 .xlsx", func(path string) error {
		flipped := append([]byte{}, whole...)
		flipped[len(flipped)/3] ^= 0x10
		return os.WriteFile(path, flipped, 0o644)
	})
}

// refusedFile makes a file, gives its path to 导入学员 and waits for the sentences that refuse it.
func (j *Journey) refusedFile(name, what, fix string, write func(path string) error) {
	p, path := j.program, filepath.Join(j.options.Home, name)
	p.Must(write(path))
	p.Fill(driver.Field("文件路径"), path)
	p.Key("Return")
	p.See(driver.Button("知道了"))
	p.See(driver.Text(what))
	p.See(driver.Text(fix))
	j.picture("拒绝-" + strings.TrimSuffix(name, ".xlsx"))
	p.Click(driver.Button("知道了"))
	p.Gone(driver.Button("知道了"))
}

func (j *Journey) sameOrganization() {
	p := j.program
	j.open("系统管理", "组织机构")
	p.Click(driver.KindLike("cell", papers.Unit).Nth(1))
	p.Click(driver.Button("新建下级机构"))
	p.Fill(driver.Field("名称"), "内科")
	p.Key("Return")
	j.rowSays("名称", "内科")
	j.picture("机构重名")
	p.Key("Escape")
	p.Gone(driver.Kind("dialog", "新建下级机构"))
}

// badAmount types words for an amount: the wizard does not go on, and the draft has no amount.
func (j *Journey) badAmount() {
	p := j.program
	j.open("组织缴费", "上传缴费凭证")
	p.Click(driver.Button("为2022年计划上传凭证"))
	j.facts.order = strings.Fields(p.See(driver.KindLike("text", "JF-")).Text)[0]
	j.pick("输入机构名称查找，可以选多个", papers.Station)
	for _, wrong := range [][2]string{{"abc", "不是数字"}, {"-5", "负数"}, {"3.005", "小数超过两位"}, {"1e3", "科学计数法"}} {
		p.Fill(driver.Beside("field", papers.Station), wrong[0])
		p.Click(driver.Button("下一步"))
		p.SeeText(wrong[1])
		check(j, "the step", p.Wait(driver.Kind("step", "选择机构与金额")).Active, true)
	}
	j.picture("金额不是数字")
	stored := j.order()
	check(j, "total", stored.Total, 0)
	check(j, "state", stored.State, "草稿")
	p.Fill(driver.Beside("field", papers.Station), "1280")
	p.Click(driver.Button("下一步"))
	p.See(driver.Button("点击上传"))
	j.healthy()
}

// badVoucher uploads what is no picture: it is refused, and without a voucher the wizard does not go on.
func (j *Journey) badVoucher() {
	p := j.program
	for _, file := range []struct{ name, content string }{{"回单.jpg", "这不是图片"}, {"半张.jpg", ""}} {
		path := filepath.Join(j.options.Home, file.name)
		if file.content == "" {
			whole, err := os.ReadFile(j.desk.voucherFile)
			p.Must(err)
			file.content = string(whole[:len(whole)/2])
		}
		p.Must(papers.WriteText(path, file.content))
		p.Click(driver.Button("点击上传"))
		j.choose(path)
		p.See(driver.Button("知道了"))
		p.See(driver.Text("图片"))
		j.picture("拒绝-" + strings.TrimSuffix(file.name, ".jpg"))
		p.Click(driver.Button("知道了"))
		p.Gone(driver.Button("知道了"))
	}
	p.Fill(driver.Field("缴费银行"), receipt.Bank)
	p.FillLike(driver.Field("缴费卡号"), receipt.Account, receipt.Account)
	p.Fill(driver.Field("转账时间"), receipt.PaidAt)
	p.Click(driver.Button("下一步"))
	j.rowSays("转账凭证上传", "还没有上传转账凭证")
	check(j, "the step", p.Wait(driver.Kind("step", "银行转账信息")).Active, true)
	j.picture("没有凭证")
	check(j, "vouchers", len(j.order().Vouchers), 0)
	j.healthy()
}

// rowWithError is the least height in pixels of a form's row that shows a field and the line under it.
const rowWithError = 48

// rowSays waits until a form's row is marked as wrong with these words, and they can be seen.
func (j *Journey) rowSays(label, words string) {
	j.program.WaitFor(driver.Kind("row", label), "showing “"+words+"”", func(w driver.Widget) bool {
		return w.Bad && strings.Contains(w.Tip, words) && w.Height >= rowWithError
	})
}

package journey

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

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
	p.Click(driver.Button("批量导入").Nth(1))
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

// previewPatience is how long the very first preview in a new home may take: the PDF engine is compiled.
const previewPatience = 2 * time.Minute

// letter looks at the confirmation letter, saves and prints it, and follows it in the register until it came back.
func (j *Journey) letter() {
	p := j.program
	j.open("证书管理", "确认书下载")
	p.See(driver.Kind("drawer", j.facts.order))
	j.picture("确认书下载")
	p.Click(driver.Button("生成并预览"))
	p.WaitLong(driver.Kind("pages", "1 / 1"), previewPatience)
	j.picture("确认书-预览")
	p.Click(driver.Button("保存为 PDF"))
	j.saveAs("letter.pdf")
	p.See(driver.KindLike("note", "已保存为"))
	j.isPDF("letter.pdf", 0, papers.Unit, "11,520.00", "壹万壹仟伍佰贰拾元整", papers.PayeeName, papers.PlanNumber)
	p.Click(driver.Button("打印"))
	p.See(driver.Kind("note", "已交给打印机“Test”。"))
	j.sameFile("letter.pdf", driver.PrintedFile)
	p.Key("Escape")
	p.See(driver.KindLike("toast", "已登记为“已打印”"))
	j.sendLetter()
	p.Click(driver.Button("邮寄标签"))
	p.Click(driver.Button("预览"))
	p.WaitLong(driver.Kind("pages", "1 / 1"), previewPatience)
	p.Click(driver.Button("保存为 PDF"))
	j.saveAs("邮寄标签.pdf")
	p.See(driver.KindLike("note", "已保存为"))
	j.isPDF("邮寄标签.pdf", 1, "北京市朝阳区育慧里5号", "84297523")
	p.Key("Escape")
	var stored []struct {
		Order, State string
		Total        int
		People       int
	}
	j.ask(0, &stored, "list", "letters")
	check(j, "letters", len(stored), 1)
	check(j, "letter's order", stored[0].Order, j.facts.order)
	check(j, "letter's state", stored[0].State, "已回签")
	check(j, "letter's total", stored[0].Total, orderAmount)
	j.healthy()
}

// verifyLetter tells the saved letter from another amount and from a number that was never given.
func (j *Journey) verifyLetter() {
	p := j.program
	j.open("证书管理", "确认书下载")
	p.Click(driver.Button("核对真伪"))
	p.Click(driver.Button("选择文件…"))
	j.choose(j.out("letter.pdf"))
	p.See(driver.KindLike("note", "编号、金额和校验码都与登记的一致"))
	j.pictureAsIs("核对真伪-一致")
	for _, forged := range [][2]string{{"QR-2022-0001/1153000/" + strings.Repeat("0", 64), "不一致"}, {"QR-2022-0077", "登记里没有编号为 QR-2022-0077 的确认书。"}} {
		p.Fill(driver.Field("二维码或编号"), forged[0])
		p.Click(driver.Button("核对"))
		p.See(driver.KindLike("note", forged[1]))
		j.pictureAsIs("核对真伪-" + map[bool]string{true: "不一致", false: "没有这个编号"}[forged[1] == "不一致"])
	}
	p.Click(driver.Button("关闭"))
	p.Gone(driver.Button("核对"))
}

// sendLetter registers that the letter was stamped, sent and returned.
func (j *Journey) sendLetter() {
	p := j.program
	p.Click(driver.Kind("tab", "确认书登记"))
	p.Click(driver.Cell("状态", "已打印"))
	for _, step := range []string{"已盖章", "已寄出", "已回签"} {
		p.Click(driver.Button("登记" + step))
		p.See(driver.Kind("row", "日期"))
		if step == "已寄出" {
			p.Choose(driver.Field("寄送方式"), "EMS")
			p.Fill(driver.Field("运单号"), "EA123456789CN")
			j.picture("确认书-寄出")
		}
		p.Click(driver.Button("登记" + step))
		p.See(driver.Cell("状态", step))
	}
	j.picture("确认书登记")
}

// sameFile checks that a printed copy in the home is what was saved.
func (j *Journey) sameFile(saved, printed string) {
	one, err := os.ReadFile(j.out(saved))
	j.program.Must(err)
	other, err := os.ReadFile(filepath.Join(j.options.Home, printed))
	j.program.Must(err)
	if !bytes.Equal(one, other) {
		j.program.Fail("%d bytes were printed, %d saved", len(other), len(one))
	}
}

package journey

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// importPatience is how long an import of a few hundred rows may take on a busy machine.
const importPatience = 60 * time.Second

// trainee is a trainee as the command line lists one.
type trainee struct {
	Username      string `json:"username"`
	Name          string `json:"name"`
	IDNumber      string `json:"id_number"`
	Mobile        string `json:"mobile"`
	Organization  string `json:"organization"`
	Payer         string `json:"payer"`
	Status        string `json:"status"`
	Balance       int    `json:"balance"`
	PlatformState string `json:"platform_state"`
}

func (j *Journey) trainees(arguments ...string) []trainee {
	var stored []trainee
	j.ask(0, &stored, append([]string{"list", "trainees"}, arguments...)...)
	return stored
}

// previewRoster reads the roster and sees what would happen: nothing is stored yet.
func (j *Journey) previewRoster() {
	p := j.program
	j.open("学员管理", "学员列表")
	p.See(driver.Kind("empty", "还没有学员"))
	j.picture("学员列表-空")
	p.Click(driver.Button("导入学员"))
	p.See(driver.Button("选择文件…"))
	j.picture("导入学员-选择文件")
	p.Click(driver.Button("选择文件…"))
	j.typePath(j.desk.rosterFile)
	j.picture("导入学员-输入路径")
	p.Key("Return")
	roster := &j.desk.roster
	j.tabCounts("错误", papers.BadRows+roster.Fresh)
	j.tabCounts("新增", len(roster.Good)-roster.Fresh)
	j.picture("导入学员-机构不存在")
	p.Click(driver.KindLike("button", "全部新建"))
	j.tabCounts("错误", papers.BadRows)
	j.tabCounts("新增", len(roster.Good))
	j.tabCounts("警告", roster.NoMobile)
	j.tabCounts("更新", 0)
	j.tabCounts("忽略", 1) // the total
	check(j, "trainees before the import", len(j.trainees()), 0)
}

// mendRoster looks through the bad rows and keeps their report.
func (j *Journey) mendRoster() {
	p := j.program
	p.Click(driver.Kind("tab", "警告"))
	j.picture("导入学员-警告")
	p.Click(driver.Kind("tab", "错误"))
	for row := range j.desk.roster.Bad {
		if !p.Shows(driver.Cell("行号", fmt.Sprint(row))) {
			p.Scroll(driver.Kind("table", ""), 3)
			p.See(driver.Cell("行号", fmt.Sprint(row)))
			p.Scroll(driver.Kind("table", ""), -9)
		}
	}
	j.picture("导入学员-错误")
	p.Click(driver.Button("下载错误报告"))
	j.saveAs("导入错误报告.xlsx")
	p.See(driver.KindLike("toast", "错误报告已保存"))
	j.reportHolds("导入错误报告.xlsx", papers.BadRows)
	var planned struct {
		Rows, New, Failed, Warned int
		Problems                  []struct {
			Row         int
			Level, Code string
		}
	}
	j.ask(1, &planned, "import", "trainees", j.desk.rosterFile, "--dry-run", "--create-orgs")
	check(j, "rows", planned.Rows, papers.RosterRows+1)
	check(j, "bad rows", planned.Failed, papers.BadRows)
	found := map[int]map[string]bool{}
	for _, problem := range planned.Problems {
		if problem.Level == "error" {
			if found[problem.Row] == nil {
				found[problem.Row] = map[string]bool{}
			}
			found[problem.Row][problem.Code] = true
		}
	}
	check(j, "rows with errors", len(found), len(j.desk.roster.Bad))
	for row, code := range j.desk.roster.Bad {
		check(j, fmt.Sprintf("row %d has the error %s and not %v", row, code, found[row]), found[row][code], true)
	}
}

// reportHolds checks that a workbook's first sheet has so many rows of people under its header.
func (j *Journey) reportHolds(name string, want int) {
	file, err := excelize.OpenFile(j.out(name))
	j.program.Must(err)
	defer file.Close()
	rows, err := file.GetRows(file.GetSheetList()[0])
	j.program.Must(err)
	header := -1
	for number, row := range rows {
		for _, cell := range row {
			if header < 0 && (cell == "姓名" || cell == "姓名 *") {
				header = number
			}
		}
	}
	if header < 0 {
		j.program.Fail("%s has no header", name)
	}
	check(j, "rows in "+name, len(rows)-header-1, want)
}

// importRoster confirms and stores.
func (j *Journey) importRoster() {
	p, roster := j.program, &j.desk.roster
	people := fmt.Sprintf("%d 人", len(roster.Good))
	p.Click(driver.Button("下一步：确认导入 " + people))
	p.SeeText("请最后核对一遍", "会新建")
	j.picture("导入学员-确认")
	p.Click(driver.Button("导入 " + people))
	p.WaitLong(driver.Kind("empty", "已导入 "+people), importPatience)
	j.picture("导入学员-结果")
	stored := j.trainees("--reveal", "--reason", "巡视核对")
	check(j, "trainees", len(stored), len(roster.Good))
	known := map[string]trainee{}
	for _, one := range stored {
		known[one.IDNumber] = one
	}
	for _, want := range roster.Good {
		got := known[want.IDNumber]
		organization, payer := want.Organization, want.Payer
		if organization == "" {
			organization = papers.Unit
		}
		if payer == "" {
			payer = papers.Unit
		}
		check(j, "stored", fmt.Sprint(got.Name, got.Mobile, got.Organization, got.Payer, got.Status, got.Balance),
			fmt.Sprint(want.Name, want.Mobile, organization, payer, "启用", 0))
	}
	j.healthy()
	j.nothingInTheOpen()
}

// nothingInTheOpen looks for personal numbers in the bytes of the data folder.
func (j *Journey) nothingInTheOpen() {
	files, err := filepath.Glob(filepath.Join(j.data(), "*"))
	j.program.Must(err)
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		content, err := os.ReadFile(file)
		j.program.Must(err)
		for _, one := range j.desk.roster.Good {
			if bytes.Contains(content, []byte(one.IDNumber)) || one.Mobile != "" && bytes.Contains(content, []byte(one.Mobile)) {
				j.program.Fail("%s holds a personal number in the open", filepath.Base(file))
			}
		}
	}
}

// lookAtTrainees filters the list, ticks two people and opens a third.
func (j *Journey) lookAtTrainees() {
	p := j.program
	p.Click(driver.Button("查看学员列表"))
	p.SeeText(fmt.Sprintf("%d 人", len(j.desk.roster.Good)))
	j.picture("学员列表")
	j.pick("组织机构", "内科")
	inside := j.peopleIn("内科")
	p.SeeText(fmt.Sprintf("找到 %d 人", len(inside)))
	p.Click(driver.TickOf(inside[0].Name))
	p.Click(driver.TickOf(inside[1].Name))
	p.SeeText("已选 2 人")
	p.Click(driver.Cell("姓名", inside[2].Name))
	p.See(driver.Kind("drawer", inside[2].Name))
	j.picture("学员列表-筛选与详情")
	p.Click(driver.Button("显示完整号码（会记入操作日志）"))
	p.SeeText(inside[2].IDNumber)
	j.picture("学员列表-显示完整号码")
	p.Click(driver.Button("隐藏号码"))
	p.Click(driver.Button("关闭"))
	p.Fill(driver.Placeholder("姓名 / 拼音 / 证件"), "wang")
	p.See(driver.Kind("field", "wang"))
	p.Key("ctrl+a", "BackSpace")
	p.Click(driver.Button("取消选择"))
	p.SeeText("未选择")
	var lines []struct{ Action, Detail string }
	j.ask(0, &lines, "list", "audit")
	if len(lines) == 0 {
		p.Fail("操作日志 is empty")
	}
}

// peopleIn are the imported people of an organisation and everything below it, in the roster's order.
func (j *Journey) peopleIn(organization string) []papers.Person {
	var inside []papers.Person
	for _, one := range j.desk.roster.Good {
		if one.Organization == organization || len(one.Organization) > len(organization) && one.Organization[:len(organization)+1] == organization+"/" {
			inside = append(inside, one)
		}
	}
	return inside
}

// pick ticks one option of a picker and closes its list.
func (j *Journey) pick(placeholder string, options ...string) {
	p := j.program
	p.Click(driver.Placeholder(placeholder))
	for _, option := range options {
		p.Click(driver.Kind("option", option))
	}
	p.Key("Escape")
	p.Gone(driver.Kind("options", ""))
}

func (j *Journey) tabCounts(label string, want int) {
	j.program.WaitFor(driver.Kind("tab", label), fmt.Sprintf("counting %d", want), func(w driver.Widget) bool { return w.Tip == fmt.Sprint(want) })
}

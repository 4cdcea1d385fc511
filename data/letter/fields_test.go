package letter

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"peixun/data"
)

// TestHashKnowsEveryField changes each field of a letter by itself, so that one added to the type later and
// forgotten here fails.
func TestHashKnowsEveryField(t *testing.T) {
	original := Hash(withPeople(sample(1), 1))
	seen := map[string]string{original: "the original"}
	var walk func(path string, find func(*data.LetterContent) reflect.Value)
	walk = func(path string, find func(*data.LetterContent) reflect.Value) {
		blank := withPeople(sample(1), 1)
		value := find(&blank)
		switch value.Kind() {
		case reflect.Struct:
			for i := range value.NumField() {
				walk(path+"."+value.Type().Field(i).Name, func(c *data.LetterContent) reflect.Value { return find(c).Field(i) })
			}
			return
		case reflect.Slice:
			walk(path+"[0]", func(c *data.LetterContent) reflect.Value { return find(c).Index(0) })
			return
		case reflect.String:
			value.SetString(value.String() + "x")
		default:
			value.SetInt(value.Int() + 1)
		}
		sum := Hash(blank)
		if other, ok := seen[sum]; ok {
			t.Errorf("%s hashes like %s", path, other)
		}
		seen[sum] = path
	}
	walk("LetterContent", func(c *data.LetterContent) reflect.Value { return reflect.ValueOf(c).Elem() })
	if len(seen) < 45 {
		t.Errorf("only %d fields were tried", len(seen))
	}
}

func TestHashTellsNeighboursApart(t *testing.T) {
	first, second := data.LetterContent{Unit: "甲", USCC: "乙"}, data.LetterContent{Unit: "甲乙"}
	if Hash(first) == Hash(second) {
		t.Error("text moved from one field to the next hashes alike")
	}
	oneOrder := data.LetterContent{Orders: []data.LetterOrder{{Lines: make([]data.OrderLine, 2)}}}
	twoOrders := data.LetterContent{Orders: []data.LetterOrder{{Lines: make([]data.OrderLine, 1)}, {Lines: make([]data.OrderLine, 1)}}}
	if Hash(oneOrder) == Hash(twoOrders) {
		t.Error("lines moved from one order to another hash alike")
	}
}

// TestHashIsStable: letters are stored with it, so the canonical form must never change.
func TestHashIsStable(t *testing.T) {
	content := data.LetterContent{Number: "QR-2022-0001", Unit: "某医院", Orders: []data.LetterOrder{{Number: "JF-2022-0001", Lines: []data.OrderLine{{OrganizationPath: "骨科", People: 2, Amount: 6400}}}}}
	const want = "e5cbe043d97ddb969c8f5cd890a2ff09ef6cc135fc35f8953455b5d361114220"
	if got := Hash(content); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMissing(t *testing.T) {
	content := sample(1)
	if problems := Missing(content); len(problems) != 0 {
		t.Fatalf("a letter that prints has problems: %v", problems)
	}
	content.Contact = "李𠀀𠀀 \u200b😀"
	content.Orders[0].Lines[0].OrganizationPath = "骨科\uE000"
	problems := Missing(content)
	if len(problems) != 2 {
		t.Fatalf("%d problems: %v", len(problems), problems)
	}
	first := problems[0]
	if first.Level != data.LevelWarning || first.Where.Field != "contact" || first.Where.Column != "经办人" || first.What != "“经办人”里的“𠀀”（U+20000）“😀”（U+1F600）字库里没有，打印出来会是空框。" || first.Fix == "" {
		t.Errorf("got %+v", first)
	}
	if second := problems[1]; second.Where.Field != "order.1.line.1.organization" || !strings.Contains(second.What, "U+E000") {
		t.Errorf("got %+v", second)
	}
}

func TestMissingFromNamesPersonAndCharacter(t *testing.T) {
	sheet := rechargeSheet(4)
	sheet.Rows[2].Name, sheet.Rows[3].Organization = "李𠀀", "骨科\uE000"
	problems := MissingFrom(sheet)
	if len(problems) != 2 || problems[0].What != "“第 3 行 李𠀀 的姓名”里的“𠀀”（U+20000）字库里没有，打印出来会是空框。" ||
		!strings.Contains(problems[1].What, "第 4 行 阿卜杜热合曼·买买提 的组织机构") || !strings.Contains(problems[1].What, "U+E000") {
		t.Errorf("got %v", problems)
	}
	pdf, _ := written(t, func(out *bytes.Buffer) (int, error) { return RechargeSheet(out, sheet) })
	mustSay(t, pdf, "请在空框里手写补上：“第 3 行 李𠀀 的姓名”里的“𠀀”（U+20000）；")
	_, pages := written(t, func(out *bytes.Buffer) (int, error) { return RechargeSheet(out, rechargeSheet(2)) })
	if strings.Contains(strings.Join(pages, ""), "手写补上") {
		t.Error("a sheet that prints whole asks for handwriting")
	}
	passwords := slips(2)
	passwords[0].Name = "😀"
	if problems := MissingFrom(passwords); len(problems) != 1 || !strings.Contains(problems[0].What, "第 1 行 😀 的姓名") {
		t.Errorf("got %v", problems)
	}
	for name, problems := range map[string][]data.Problem{
		"request": MissingFrom(request(3)), "statement": MissingFrom(statement(4)), "hours": MissingFrom(hoursSummary(4)), "checklist": MissingFrom(checklist(2)),
		"what no paper of an order shows": MissingFrom(orderSheet(3)), "report": MissingFrom(reportSheet(3)), "address": MissingFrom(data.DefaultMailingAddress),
	} {
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
	content := withPeople(sample(1), 2)
	content.Listed[1].Name = "王𠀀"
	if problems := Missing(content); len(problems) != 1 || problems[0].Where.Column != "名单第 2 行 王𠀀 的姓名" {
		t.Errorf("got %v", problems)
	}
}

// TestEveryPaperAsksForWhatItLacks: each paper that is no letter of the unit's says which boxes to fill in by hand; slips and
// labels have no room for it, so whoever prints them is told.
func TestEveryPaperAsksForWhatItLacks(t *testing.T) {
	asked, order, report := request(3), orderSheet(3), reportSheet(3)
	asked.RequestedBy = "李𠀀"
	order.Order.Invoice.Title, order.Events[1].User = "某单位𠀀", "李𠀀"
	report.Report.Groups[1].Label = "骨科𠀀"
	for name, paper := range map[string]struct {
		write    func(out *bytes.Buffer) (int, error)
		problems []data.Problem
		says     string
	}{
		"request": {func(out *bytes.Buffer) (int, error) { return PaymentRequest(out, asked) }, MissingFrom(asked), "“申请人”里的“𠀀”（U+20000）"},
		"order":   {func(out *bytes.Buffer) (int, error) { return OrderSheet(out, order) }, MissingFrom(order), "“第 2 行 提交审核，有 1 张转账凭证 的经手人”里的“𠀀”（U+20000）"},
		"report":  {func(out *bytes.Buffer) (int, error) { return ReportSheet(out, report) }, MissingFrom(report), "的分组”里的“𠀀”（U+20000）"},
		"recovery": {func(out *bytes.Buffer) (int, error) { return 1, RecoverySheet(out, "某医院", "李𠀀", "7Q4M", "") }, MissingFrom(recoveryNames{"某医院", "李𠀀"}),
			"“管理员账号”里的“𠀀”（U+20000）"},
	} {
		pdf, _ := written(t, paper.write)
		mustSay(t, pdf, "请在空框里手写补上", paper.says)
		if len(paper.problems) == 0 || !strings.Contains(paper.problems[len(paper.problems)-1].What, paper.says) {
			t.Errorf("%s: %v", name, paper.problems)
		}
	}
	if problems := MissingFrom(data.Profile{Name: "李𠀀", Address: "𠀀路1号"}); len(problems) != 2 || !strings.Contains(problems[1].What, "“地址”里的") {
		t.Errorf("label: %v", problems)
	}
}

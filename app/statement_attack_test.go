package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// oddShapes are exports that no bank above writes just so, but banks, finance programs and clerks have.
var oddShapes = []struct {
	name, file, text string
	gbk              bool
	want             string
}{
	{"repeated headers, pages and carried sums", "工商银行.csv", "中国工商银行账户明细,,,,,\n账号：0200004209014412345,,,,,\n交易日期,摘要,借方发生额,贷方发生额,余额,对方户名\n" +
		"2022-03-08,转账,100.00,,900.00,甲\n,过次页,100.00,0.00,900.00,\n第 1 页 共 2 页,,,,,\n交易日期,摘要,借方发生额,贷方发生额,余额,对方户名\n,承前页,100.00,0.00,900.00,\n2022-03-09,转账,,50.00,950.00,乙\n本页合计,,0.00,50.00,,\n累计,,100.00,50.00,,\n打印时间：2022-04-01 09:00:00,,,,,\n", false,
		"中国工商银行 2345; 2022-03-08 00:00:00 -100.00 甲; 2022-03-09 00:00:00 +50.00 乙; noise 7"},
	{"two accounts below each other", "两个账号.csv", "账号：0200004209014412345 户名：甲医院,,,,\n交易日期,支出,收入,余额,对方户名\n2022-03-08,100.00,,900.00,甲\n2022-03-09,,50.00,950.00,乙\n" +
		"账号：0200004209014499999 户名：甲医院,,,,\n交易日期,支出,收入,余额,对方户名\n2022-03-08,7.00,,93.00,丙\n", false,
		"accounts map[0200004209014412345:2 0200004209014499999:1]; 2022-03-08 00:00:00 -100.00 甲; 2022-03-09 00:00:00 +50.00 乙; 2022-03-08 00:00:00 -7.00 丙; noise 2"},
	{"two accounts in turns", "混排.csv", "本方账号,交易日期,支出,收入,余额,对方户名\n1111222233334444,2022-03-08,100.00,,900.00,甲\n5555666677778888,2022-03-08,1.00,,99.00,乙\n1111222233334444,2022-03-09,,50.00,950.00,丙\n5555666677778888,2022-03-09,1.00,,90.00,丁\n", false,
		"accounts map[1111222233334444:2 5555666677778888:2]; 2022-03-08 00:00:00 -100.00 甲; 2022-03-08 00:00:00 -1.00 乙; 2022-03-09 00:00:00 +50.00 丙; 2022-03-09 00:00:00 -1.00 丁; 5 balance-gap; noise 0"},
	{"dollars among them", "币种.csv", "交易日期,币种,借方发生额,贷方发生额,余额,对方户名\n2022-03-08,人民币,100.00,,900.00,甲\n2022-03-08,美元,3200.00,,1.00,国培网\n2022-03-09,CNY,10.00,,890.00,乙\n2022-03-09,USD,,5.00,6.00,丙\n", false,
		" ; 2022-03-08 00:00:00 -100.00 甲; 2022-03-09 00:00:00 -10.00 乙; 3 statement-currency; 5 statement-currency; noise 0"},
	{"moments in every dress", "时间.csv", "交易时间,支出,收入,对方户名\n2022-03-08T10:26:03,1.00,,甲\n2022-03-08T10:26:03+08:00,2.00,,乙\n2022-03-08 10:26:03.000,3.00,,丙\n20220308102603,4.00,,丁\n2022年3月8日 10时26分03秒,5.00,,戊\n2022-03-08-10.26.03.123456,6.00,,己\n44628.43476,7.00,,庚\n2022/03/08 10:26,8.00,,辛\n20220308 102603,9.00,,壬\n2022-03-08 24:00:00,10.00,,癸\n22-03-08,11.00,,子\n", false,
		" ; 2022-03-08 10:26:03 -1.00 甲; 2022-03-08 10:26:03 -2.00 乙; 2022-03-08 10:26:03 -3.00 丙; 2022-03-08 10:26:03 -4.00 丁; 2022-03-08 10:26:03 -5.00 戊; 2022-03-08 10:26:03 -6.00 己; 2022-03-08 10:26:03 -7.00 庚; 2022-03-08 10:26:00 -8.00 辛; 2022-03-08 10:26:03 -9.00 壬; 2022-03-08 00:00:00 -10.00 癸; 12 date-two-digit-year; noise 0"},
	{"times whose zeros are lost", "零.csv", "交易日期,交易时间,支出,收入,对方户名\n20220308,102603,1.00,,甲\n20220308,90000,2.00,,乙\n20220308,0,3.00,,丙\n2022-03-08,9:05,4.00,,丁\n", false,
		" ; 2022-03-08 10:26:03 -1.00 甲; 2022-03-08 09:00:00 -2.00 乙; 2022-03-08 00:00:00 -3.00 丙; 2022-03-08 09:05:00 -4.00 丁; noise 0"},
	{"amounts in every dress", "金额.csv", "交易日期,交易金额,对方户名\n2022-03-08,\"-¥3,200.00\",甲\n2022-03-08,\"¥-3,200.00\",乙\n2022-03-08,\"￥3,200.00\",丙\n2022-03-08,\"（3,200.00）\",丁\n2022-03-08,\"CNY -3,200.00\",戊\n2022-03-08,\"RMB3,200.00\",己\n2022-03-08,－３，２００．００,庚\n2022-03-08,\"+3,200.00\",辛\n2022-03-08,-3200.000,壬\n2022-03-08,−12.30元,癸\n2022-03-08,\"3,200.00-\",子\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-08 00:00:00 -3200.00 乙; 2022-03-08 00:00:00 +3200.00 丙; 2022-03-08 00:00:00 -3200.00 丁; 2022-03-08 00:00:00 -3200.00 戊; 2022-03-08 00:00:00 +3200.00 己; 2022-03-08 00:00:00 -3200.00 庚; 2022-03-08 00:00:00 +3200.00 辛; 2022-03-08 00:00:00 -3200.00 壬; 2022-03-08 00:00:00 -12.30 癸; 2022-03-08 00:00:00 -3200.00 子; noise 0"},
	{"DR and CR behind the amounts", "drcr.csv", "Date,Amount,Balance,对方户名\n2022-03-08,\"3,200.00 DR\",\"96,800.00 CR\",甲\n2022-03-09,500.00CR,\"97,300.00CR\",乙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"DR and CR in a column", "drcr2.csv", "Transaction Date,DR/CR,Amount,Balance,对方户名\n2022-03-08,DR,\"3,200.00\",\"96,800.00\",甲\n2022-03-09,Cr.,500.00,\"97,300.00\",乙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"taken and put in", "邮储.csv", "中国邮政储蓄银行,,,,,\n交易日期,交易时间,交易类型,交易金额,账户余额,对方户名\n2022-03-08,10:26:03,支取,3200.00,96800.00,甲\n2022-03-09,09:00:00,存入,500.00,97300.00,乙\n", true,
		"中国邮政储蓄银行 ; 2022-03-08 10:26:03 -3200.00 甲; 2022-03-09 09:00:00 +500.00 乙; noise 0"},
	{"amounts in 元 by the header", "元.csv", "交易日期,借方发生额/元,贷方发生额/元,账户余额(元),对方户名\n2022-03-08,3200.00,,96800.00,甲\n2022-03-09,,500.00,97300.00,乙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"debit and credit in brackets", "括号.csv", "交易日期,发生额（借）,发生额（贷）,余额,对方户名\n2022-03-08,3200.00,,96800.00,甲\n2022-03-09,,500.00,97300.00,乙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"a group over debit and credit", "两行表头.csv", "交易日期,发生额,,余额,对方户名\n,借方,贷方,,\n2022-03-08,3200.00,,96800.00,甲\n2022-03-09,,500.00,97300.00,乙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"CMBC", "民生银行.csv", "中国民生银行对公账户明细,,,,,,,,\n账号,690012345678,,户名,甲医院,,,,\n交易日期,主机交易流水号,借方发生额,贷方发生额,账户余额,凭证号,摘要,对方账号,对方账号名称,对方开户行,交易时间\n" +
		"2022-03-08,31301202203080001,\"3,200.00\",,\"96,800.00\",,转账,110060593018800003058,国培网(北京)教育科技有限公司,交通银行,10:26:03\n2022-03-09,31301202203090001,,500.00,\"97,300.00\",,,6222,某某公司,,09:00:00\n", true,
		"中国民生银行 5678; 2022-03-08 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-09 09:00:00 +500.00 某某公司; noise 0"},
	{"CIB", "兴业银行.csv", "银行流水号,账号,账户名称,凭证代号,借方金额,贷方金额,账户余额,摘要,对方账户,对方户名,对方银行,交易渠道,交易日期\n" +
		"A1,321000100100123456,甲医院,,3200.00,0.00,96800.00,汇款,110060593018800003058,国培网(北京)教育科技有限公司,交通银行,网银,2022-03-08 10:26:03\nA2,321000100100123456,甲医院,,0.00,500.00,97300.00,汇入,6222,某某公司,,网银,2022-03-09 09:00:00\n", true,
		"兴业银行 3456; 2022-03-08 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-09 09:00:00 +500.00 某某公司; noise 0"},
	{"Ping An", "平安银行.csv", "交易日期,账号,借,贷,账户余额,对方账户,对方账户名称,交易流水号,摘要,用途\n20220308,11014500000012,3200.00,,96800.00,110060593018800003058,国培网(北京)教育科技有限公司,P1,转账,培训费\n20220309,11014500000012,,500.00,97300.00,6222,某某公司,P2,来账,货款\n", true,
		"平安银行 0012; 2022-03-08 00:00:00 -3200.00 国培网(北京)教育科技有限公司; 2022-03-09 00:00:00 +500.00 某某公司; noise 0"},
	{"tabs", "明细.txt", "交易日期\t支出\t收入\t余额\t对方户名\n2022-03-08\t3,200.00\t\t96,800.00\t甲\n2022-03-09\t\t500.00\t97,300.00\t乙\n", true,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"bars", "明细.txt", "交易日期|支出|收入|余额|对方户名\n2022-03-08|3,200.00||96,800.00|甲\n2022-03-09||500.00|97,300.00|乙\n", true,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; noise 0"},
	{"a reversed payment in red", "红字.csv", "交易日期,借方发生额,贷方发生额,余额,摘要,对方户名\n2022-03-08,3200.00,,96800.00,转账,国培网\n2022-03-08,-3200.00,,100000.00,冲正,国培网\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 国培网; 2022-03-08 00:00:00 +3200.00 国培网; noise 0"},
	{"a reversed payment under its word", "红字2.csv", "交易日期,借贷标志,发生额,余额,对方户名\n2022-03-08,借,3200.00,96800.00,国培网\n2022-03-08,借,-3200.00,100000.00,国培网\n2022-03-09,借,10.00,99990.00,乙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 国培网; 2022-03-08 00:00:00 +3200.00 国培网; 2022-03-09 00:00:00 -10.00 乙; noise 0"},
	{"kinds of movements", "类型.csv", "交易日期,交易类型,交易金额,余额,对方户名\n2022-03-08,转账支出,3200.00,96800.00,甲\n2022-03-09,工资收入,500.00,97300.00,乙\n2022-03-10,付款退回收入,1.00,97301.00,丙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; 4 statement-direction; noise 0"},
	{"equal payments of one day, and nothing else tells them apart", "相同.csv", "交易日期,支出,收入,对方户名\n2022-03-08,100.00,,甲\n2022-03-08,100.00,,甲\n", false,
		" ; 2022-03-08 00:00:00 -100.00 甲; 2022-03-08 00:00:00 -100.00 甲; noise 0"},
	{"a balance that is no amount", "余额.csv", "交易日期,支出,收入,余额,对方户名\n2022-03-08,100.00,,*****,甲\n2022-03-09,100.00,,800.00,乙\n", false,
		" ; 2022-03-08 00:00:00 -100.00 甲; 2022-03-09 00:00:00 -100.00 乙; 2 statement-balance; noise 0"},
	{"an account spaced out in the title", "空格.csv", "账 号： 1100 1018 7000 5301 2345,,,,\n币 种：人民币,,,,\n交易日期,支出,收入,余额,对方户名\n2022-03-08,100.00,,900.00,甲\n", false,
		" 2345; 2022-03-08 00:00:00 -100.00 甲; noise 0"},
	{"a file in dollars", "美元户.csv", "账号：11001018700053012345 币种：美元,,,,\n交易日期,支出,收入,余额,对方户名\n2022-03-08,100.00,,900.00,甲\n", false,
		"refused statement-currency"},
	{"newest first, and a line is missing", "倒序.csv", "交易日期,支出,收入,余额,对方户名\n2022-03-10,5.00,,80.00,丙\n2022-03-09,10.00,,90.00,乙\n2022-03-08,10.00,,100.00,甲\n", false,
		" ; 2022-03-10 00:00:00 -5.00 丙; 2022-03-09 00:00:00 -10.00 乙; 2022-03-08 00:00:00 -10.00 甲; 2 balance-gap; noise 0"},
	{"debit before income, with signs besides", "又正又负.csv", "日期,收入金额,支出金额,余额,对方户名\n2022-03-08,,-3200.00,96800.00,甲\n2022-03-09,500.00,,97300.00,乙\n2022-03-10,,-10.00,97290.00,丙\n", false,
		" ; 2022-03-08 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; 2022-03-10 00:00:00 -10.00 丙; noise 0"},
	{"foot lines", "尾注.csv", "序号,交易日期,支出,收入,余额,对方户名\n1,2022-03-08,100.00,,900.00,甲\n总笔数：1,,,,,\n借方总金额,100.00,,,,\n记录总数,1,,,,\n制单：张三 复核：李四,,,,,\n电子回单专用章,,,,,\n", false,
		" ; 2022-03-08 00:00:00 -100.00 甲; noise 5"},
	{"opening and closing balance with a day", "期初.csv", "交易日期,摘要,支出,收入,余额,对方户名\n2022-03-01,期初余额,,,1000.00,\n2022-03-08,转账,100.00,,900.00,甲\n2022-03-31,期末余额,,,900.00,\n", false,
		" ; 2022-03-08 00:00:00 -100.00 甲; noise 2"},
	{"payer and payee without a sign", "回单.csv", "交易日期,付款人名称,付款人账号,收款人名称,收款人账号,金额,借贷标志\n2022-03-08,甲医院,0200004209014412345,国培网(北京)教育科技有限公司,110060593018800003058,3200.00,借\n2022-03-09,某某公司,6222,甲医院,0200004209014412345,500.00,贷\n", false,
		" 2345; 2022-03-08 00:00:00 -3200.00 国培网(北京)教育科技有限公司; 2022-03-09 00:00:00 +500.00 某某公司; noise 0"},
}

func TestOddStatementsAreReadAsTheyAreMeant(t *testing.T) {
	a := apptest.New(t)
	for _, shape := range oddShapes {
		t.Run(shape.name, func(t *testing.T) {
			text := shape.text
			if shape.gbk {
				text = got[string](t)(simplifiedchinese.GBK.NewEncoder().String(text))
			}
			path := filepath.Join(t.TempDir(), shape.file)
			must(t, os.WriteFile(path, []byte(text), 0o600))
			plan, err := a.PlanStatement(ctx, path, app.StatementOptions{})
			shown := ""
			if problem, refused := data.AsProblem(err); refused {
				shown = "refused " + problem.Code
			} else if err != nil {
				t.Fatal(err)
			} else {
				shown = shownPlan(plan)
			}
			if shown != shape.want {
				t.Errorf("\n got %s\nwant %s", shown, shape.want)
			}
		})
	}
}

// A workbook holds days, times and amounts as numbers; a red amount is one below zero without a sign to be seen.
func TestStatementsInWorkbooks(t *testing.T) {
	a := apptest.New(t)
	book := excelize.NewFile()
	defer book.Close()
	red := "#,##0.00;[Red]#,##0.00"
	style := got[int](t)(book.NewStyle(&excelize.Style{CustomNumFmt: &red}))
	day := "yyyy-mm-dd"
	days := got[int](t)(book.NewStyle(&excelize.Style{CustomNumFmt: &day}))
	clock := "hh:mm:ss"
	clocks := got[int](t)(book.NewStyle(&excelize.Style{CustomNumFmt: &clock}))
	rows := [][]any{{"账号：", 1100_1018_7000}, {"交易日期", "交易时间", "交易金额", "余额", "对方户名"},
		{20220308, 102603, -3200.0, 6800.0, "甲"}, {44629, 0.5, 500.1, 7300.1, "乙"}, {20220310102603, nil, -0.1, 7300.0, "丙"}, {44631.25, nil, -100, 7200, "丁"}}
	for place, row := range rows {
		must(t, book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", place+1), &row))
	}
	must(t, book.SetCellStyle("Sheet1", "C3", "D6", style))
	must(t, book.SetCellStyle("Sheet1", "A4", "A4", days))
	must(t, book.SetCellStyle("Sheet1", "B4", "B4", clocks))
	path := filepath.Join(t.TempDir(), "建设银行.xlsx")
	must(t, book.SaveAs(path))
	plan := got[*app.StatementPlan](t)(a.PlanStatement(ctx, path, app.StatementOptions{}))
	want := "中国建设银行 7000; 2022-03-08 10:26:03 -3200.00 甲; 2022-03-09 12:00:00 +500.10 乙; 2022-03-10 10:26:03 -0.10 丙; 2022-03-11 06:00:00 -100.00 丁; noise 0"
	if shown := shownPlan(plan); shown != want {
		t.Errorf("\n got %s\nwant %s", shown, want)
	}
}

// The banks' web pages that call themselves .xls, and files with a password, are refused with a way out.
func TestStatementsThatAreNoTablesSayHowToMendThem(t *testing.T) {
	a := apptest.New(t)
	for name, c := range map[string]struct{ text, code, fix string }{
		"网页.xls":   {"<html><table><tr><td>交易日期</td></tr></table></html>", "file-old-excel", "另存为"},
		"xml.xls":  {"<?xml version=\"1.0\"?><Workbook></Workbook>", "file-old-excel", "另存为"},
		"加密.xlsx":  {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00\x00\x00", "file-encrypted", "取消密码"},
		"回单.pdf":   {"%PDF-1.4 x", "file-not-table", ""},
		"空的.csv":   {"", "file-empty", ""},
		"只有表头.csv": {"交易日期,支出,收入,余额\n", "sheet-no-rows", ""},
	} {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, []byte(c.text), 0o600))
		_, err := a.PlanStatement(ctx, path, app.StatementOptions{})
		problem, refused := data.AsProblem(err)
		if !refused || problem.Code != c.code || problem.Fix == "" || !strings.Contains(problem.Fix, c.fix) {
			t.Errorf("%s: %+v", name, problem)
		}
	}
}

// The same file, an overlapping one in another order and other words, and one more equal payment of the same day: each line once.
func TestOverlappingStatementsAddNothingTwice(t *testing.T) {
	a := apptest.New(t)
	take := func(name, text string) (fresh, already int) {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, []byte(text), 0o600))
		plan := got[*app.StatementPlan](t)(a.PlanStatement(ctx, path, app.StatementOptions{}))
		if len(plan.New) > 0 {
			got[int64](t)(a.CommitStatement(ctx, plan))
		}
		return len(plan.New), plan.Already
	}
	const march = "账号：0200004209014412345,,,,\n交易日期,支出,收入,余额,对方户名\n2022-03-08,100.00,,900.00,甲\n2022-03-08,100.00,,800.00,甲\n2022-03-09,,50.00,850.00,乙\n"
	for _, step := range []struct {
		name, text     string
		fresh, already int
	}{
		{"三月.csv", march, 3, 0},
		{"三月又一次.csv", march, 0, 3},
		{"倒序.csv", "账号：0200004209014412345,,,\n交易时间,借方发生额,贷方发生额,余额\n2022-03-10 09:00:00,5.00,,845.00\n2022-03-09 15:00:00,,50.00,850.00\n2022-03-08 11:00:00,100.00,,800.00\n2022-03-08 10:00:00,100.00,,900.00\n", 1, 3},
		{"没有余额.csv", "账号：0200004209014412345,,\n交易日期,支出,收入\n2022-03-08,100.00,\n2022-03-08,100.00,\n2022-03-08,100.00,\n", 1, 2},
		{"另一个账号.csv", strings.ReplaceAll(march, "4412345", "4499999"), 3, 0},
	} {
		if fresh, already := take(step.name, step.text); fresh != step.fresh || already != step.already {
			t.Errorf("%s: %d new, %d stored, want %d and %d", step.name, fresh, already, step.fresh, step.already)
		}
	}
}

// Twenty thousand lines are read and stored whole.
func TestManyStatementLines(t *testing.T) {
	a := apptest.New(t)
	var text strings.Builder
	text.WriteString("账号：0200004209014412345,,,,\n交易时间,支出,收入,余额,对方户名\n")
	balance, at := data.Money(0), time.Date(2022, 1, 1, 0, 0, 1, 0, data.Shanghai)
	const lines = 20_000
	for line := range lines {
		balance += data.Money(line%977 + 1)
		fmt.Fprintf(&text, "%s,,%s,%s,某某公司\n", at.Add(time.Duration(line)*10*time.Minute).Format(time.DateTime), data.Money(line%977+1).Plain(), balance.Plain())
	}
	path := filepath.Join(t.TempDir(), "全年.csv")
	must(t, os.WriteFile(path, []byte(text.String()), 0o600))
	plan := got[*app.StatementPlan](t)(a.PlanStatement(ctx, path, app.StatementOptions{}))
	if len(plan.New) != lines || len(plan.Statement.Problems) != 0 {
		t.Fatalf("%d lines, %v", len(plan.New), plan.Statement.Problems)
	}
	got[int64](t)(a.CommitStatement(ctx, plan))
	again := got[*app.StatementPlan](t)(a.PlanStatement(ctx, path, app.StatementOptions{}))
	if len(again.New) != 0 || again.Already != lines {
		t.Errorf("read again: %d new, %d stored", len(again.New), again.Already)
	}
}

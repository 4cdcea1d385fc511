package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// bankShapes are exports as the banks' web sites for firms write them, with invented accounts and names.
var bankShapes = []struct {
	name, file, text string
	plain            bool // UTF-8, not GBK
	want             string
}{
	{name: "ICBC", file: "historydetail14080.csv", text: "#查询账号：,\"0200004209014412345\t\"\r\n#起始日期：20220301 ,截止日期：20220331\r\n\r\n" +
		"凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息\r\n" +
		"\"00000001\t\",\"0200004209014412345\t\",\"110060593018800003058\t\",2022-03-09 10:26:03,借,\"3,200.00\",,\"301100000023\t\",转账,培训费,国培网(北京)教育科技有限公司,\"96,800.00\",\r\n" +
		"\"00000002\t\",\"0200004209014412345\t\",\"6222020200011112222\t\",2022-03-10 09:00:00,贷,,500.00,\"102100000021\t\",货款,,某某公司,\"97,300.00\",\r\n",
		want: "中国工商银行 2345; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-10 09:00:00 +500.00 某某公司; noise 0"},
	{name: "CCB", file: "明细.csv", text: "中国建设银行企业网上银行交易明细,,,,,,,,,,,\r\n账号,11001018700053012345,账户名称,北京市第九实验医院,币种,人民币,,,,,,\r\n" +
		"账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号,企业流水号,凭证种类,凭证号\r\n" +
		"=\"11001018700053012345\",北京市第九实验医院,20220309 10:26:03,\"3,200.00\",0.00,\"96,800.00\",人民币元,国培网(北京)教育科技有限公司,=\"110060593018800003058\",交通银行,20220309,转账支取,培训费,=\"33-110010187000001\",,,\r\n" +
		"=\"11001018700053012345\",北京市第九实验医院,20220310 09:00:00,0.00,500.00,\"97,300.00\",人民币元,某某公司,=\"6222\",,20220310,转账存入,货款,=\"34-110010187000002\",,,\r\n",
		want: "中国建设银行 2345; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-10 09:00:00 +500.00 某某公司; noise 0"},
	{name: "BOC", file: "对账单.csv", text: "\"查询账号[ Inquirer account number ]\",=\"344156012345\"\r\n\"借方发生总额[ Total Debit Amount ]\",3200.00\r\n\"时间范围[ Time Range ]\",20220301-20220331\r\n" +
		"交易类型[ Transaction Type ],业务类型[ Business type ],付款人开户行号[ Payer account bank ],付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],交易时间[ Transaction time ],交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],摘要[ Reference ],用途[ Purpose ],交易附言[ Remark ],交易流水号[ Transaction reference number ]\r\n" +
		"往账,转账,104,=\"344156012345\",北京市第九实验医院,=\"110060593018800003058\",国培网(北京)教育科技有限公司,20220309,10:26:03,CNY,-3200.00,96800.00,OBSS,培训费,培训费,=\"1\"\r\n" +
		"来账,转账,104,=\"6222\",某某公司,=\"344156012345\",北京市第九实验医院,20220310,09:00:00,CNY,500.00,97300.00,OBSS,货款,货款,=\"2\"\r\n",
		want: "中国银行 2345; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-10 09:00:00 +500.00 某某公司; noise 0"},
	{name: "BoCom", file: "交通银行明细.csv", text: "查询账号：110060149018010012345 户名：北京市第九实验医院\r\n交易时间,交易流水号,摘要,借方发生额,贷方发生额,余额,对方账号,对方户名,凭证种类\r\n" +
		"2022/3/9 10:26:03,B001,网银转账,3200,,96800,110060593018800003058,国培网(北京)教育科技有限公司,\r\n2022/3/10 9:00,B002,来账,,500,97300,6222,某某公司,\r\n",
		want: "交通银行 2345; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-10 09:00:00 +500.00 某某公司; noise 0"},
	{name: "ABC, newest first", file: "账户明细.csv", text: "账户明细\r\n账号:11220101040012345  户名:北京市第九实验医院\r\n交易时间,交易时间戳,收入金额,支出金额,账户余额,交易行名,对方省市,对方账号,对方户名,交易用途\r\n" +
		"2022年3月10日,090000,500.00,,97300.00,,,6222,某某公司,货款\r\n2022年3月9日,102603,,3200.00,96800.00,,,110060593018800003058,国培网(北京)教育科技有限公司,培训费\r\n汇总收入金额：500.00,,汇总支出金额：3200.00,,,,,,,\r\n",
		want: "中国农业银行 2345; 2022-03-10 09:00:00 +500.00 某某公司; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; noise 1"},
	{name: "Bohai", file: "渤海银行.csv", text: "渤海银行对公账户交易明细,,,,,,,\r\n交易日期,交易时间,借贷标志,交易金额,账户余额,对方账号,对方名称,附言\r\n20220309,10:26:03,借,3200.00,96800.00,110060593018800003058,国培网(北京)教育科技有限公司,培训费\r\n20220310,09:00:00,贷,500.00,97300.00,6222,某某公司,货款\r\n",
		want: "渤海银行 ; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-10 09:00:00 +500.00 某某公司; noise 0"},
	{name: "CMB", file: "账务明细.csv", text: "# 招商银行企业银行账务明细查询,,,,,,,,,\r\n# 账号：,110902012345678,,,,,,,,\r\n交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流水号,收/付方名称,收/付方帐号\r\n20220309,102603,20220309,转账,3200.00,,96800.00,培训费,C1,国培网(北京)教育科技有限公司,110060593018800003058\r\n20220310,090000,20220310,转账,,500.00,97300.00,货款,C2,某某公司,6222\r\n# 借方笔数,1,借方金额,3200.00,,,,,,\r\n",
		want: "招商银行 5678; 2022-03-09 10:26:03 -3200.00 国培网(北京)教育科技有限公司; 2022-03-10 09:00:00 +500.00 某某公司; noise 1"},
	{name: "a counter, and the sum in its column", file: "二.csv", plain: true, text: "序号,交易日期,支出,收入,对方户名\n1,20220309,3200.00,,甲\n合计,20220331,3200.00,,\n",
		want: " ; 2022-03-09 00:00:00 -3200.00 甲; noise 1"},
	{name: "money in every dress", file: "一.csv", plain: true, text: "日期,支出,收入,对方户名\n20220309,\"￥3,200.00\",-,甲\n2022-03-09,３２００.００,,乙\n2022.3.9,(0.00),\"1,234.00元\",丙\n09/03/2022,1.00,,丁\n44629,2.00,,戊\n",
		want: " ; 2022-03-09 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 -3200.00 乙; 2022-03-09 00:00:00 +1234.00 丙; 2022-03-09 00:00:00 -2.00 戊; 5 date-year-last; noise 0"},
}

func shownPlan(plan *app.StatementPlan) string {
	account := ""
	if lines := plan.Statement.Lines; len(lines) > 0 && lines[0].Account != "" {
		account = lines[0].Account[len(lines[0].Account)-4:]
	}
	out := []string{plan.Origin.Bank + " " + account}
	if counts := accountsOf(plan.Statement.Lines); len(counts) > 1 {
		out[0] = "accounts " + fmt.Sprint(counts)
	}
	for _, line := range plan.Statement.Lines {
		moved := "+" + line.In.Plain()
		if line.Out != 0 {
			moved = "-" + line.Out.Plain()
		}
		out = append(out, fmt.Sprintf("%s %s %s", line.At, moved, line.Name))
	}
	for _, problem := range plan.Statement.Problems {
		out = append(out, fmt.Sprintf("%d %s", problem.Where.Row, problem.Code))
	}
	return strings.Join(out, "; ") + fmt.Sprintf("; noise %d", plan.Statement.Noise)
}

// accountsOf counts the lines of every account.
func accountsOf(lines []data.BankStatementLine) map[string]int {
	counts := map[string]int{}
	for _, line := range lines {
		counts[line.Account]++
	}
	return counts
}

func TestEveryBanksFileIsRead(t *testing.T) {
	a := apptest.New(t)
	for _, shape := range bankShapes {
		t.Run(shape.name, func(t *testing.T) {
			text := shape.text
			if !shape.plain {
				text = got[string](t)(simplifiedchinese.GBK.NewEncoder().String(text))
			}
			path := filepath.Join(t.TempDir(), shape.file)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			plan, err := a.PlanStatement(ctx, path, app.StatementOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if shown := shownPlan(plan); shown != shape.want {
				t.Errorf("\n got %s\nwant %s", shown, shape.want)
			}
		})
	}
}

package data

import (
	"fmt"
	"strings"
	"testing"
)

// statementOf reads a table written as lines of cells parted by |; the first line holds the headers.
func statementOf(table string) (BankStatement, error) {
	lines := strings.Split(strings.TrimSpace(table), "\n")
	headers := strings.Split(lines[0], "|")
	heading := Heading{Sheet: "明细", Row: 1, Columns: StatementForm.Matcher().Map(headers), Headers: make([]string, len(StatementForm.Columns))}
	for column, at := range heading.Columns {
		if at >= 0 {
			heading.Headers[column] = headers[at]
		}
	}
	var rows []SourceRow
	for place, line := range lines[1:] {
		texts := strings.Split(line, "|")
		row := SourceRow{Number: place + 2, Cells: make([]SourceCell, len(StatementForm.Columns))}
		for column, at := range heading.Columns {
			if at >= 0 && at < len(texts) && texts[at] != "" {
				row.Cells[column] = SourceCell{Text: texts[at], Kind: CellText}
			}
		}
		rows = append(rows, row)
	}
	return ReadBankStatement(rows, heading)
}

func shownStatement(s BankStatement) string {
	var out []string
	for _, line := range s.Lines {
		moved := "+" + line.In.Plain()
		if line.Out != 0 {
			moved = "-" + line.Out.Plain()
		}
		out = append(out, fmt.Sprintf("%s %s %s", line.At, moved, line.Name))
	}
	for _, problem := range s.Problems {
		out = append(out, fmt.Sprintf("%d %s", problem.Where.Row, problem.Code))
	}
	return fmt.Sprintf("%s; noise %d", strings.Join(out, "; "), s.Noise)
}

func TestReadStatementKnowsTheBanksShapes(t *testing.T) {
	for _, c := range []struct{ name, table, want string }{
		{"two columns", "交易时间|借方发生额|贷方发生额|余额|对方户名\n2022-03-09 10:26:03|3,200.00|0.00|6800.00|国培网\n2022-03-10 09:00:00||500.00|7300.00|甲",
			"2022-03-09 10:26:03 -3200.00 国培网; 2022-03-10 09:00:00 +500.00 甲; noise 0"},
		{"income and outlay, dashes for nothing", "交易日期|收入|支出|账户余额|对方单位名称\n20220309|-|3200|100|甲\n20220310|500|—|600|乙",
			"2022-03-09 00:00:00 -3200.00 甲; 2022-03-10 00:00:00 +500.00 乙; noise 0"},
		{"a sign", "交易日期|交易金额|对方户名\n2022/3/9|-3,200.00|甲\n2022/3/9|+500|乙\n2022/3/9|(12.30)|丙\n2022/3/9|7.00-|丁",
			"2022-03-09 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; 2022-03-09 00:00:00 -12.30 丙; 2022-03-09 00:00:00 -7.00 丁; noise 0"},
		{"a word", "记账日|发生额|借贷标志|对方户名\n20220309|3200.00|借|甲\n20220309|500.00|贷|乙\n20220309|1.00|?|丙",
			"2022-03-09 00:00:00 -3200.00 甲; 2022-03-09 00:00:00 +500.00 乙; 4 statement-direction; noise 0"},
		{"a word and a sign", "日期|金额|收支标志\n20220309|-3200.00|支出\n20220309|500.00|收入", "2022-03-09 00:00:00 -3200.00 ; 2022-03-09 00:00:00 +500.00 ; noise 0"},
		{"time in a column of its own", "交易日期|交易时分秒|支出|收入\n20220309|102603|1.00|\n2022-03-09|9:05|2.00|", "2022-03-09 10:26:03 -1.00 ; 2022-03-09 09:05:00 -2.00 ; noise 0"},
		{"a reversed payment is a receipt", "交易日期|借方发生额|贷方发生额\n20220309|-20.00|", "2022-03-09 00:00:00 +20.00 ; noise 0"},
		{"noise", "交易日期|摘要|借方发生额|贷方发生额|余额\n|期初余额|||100.00\n20220309|转账|10.00||90.00\n|承前页|||90.00\n合计||10.00|0.00|\n本页小计||10.00||\n20220309|本月合计|10.00|0.00|",
			"2022-03-09 00:00:00 -10.00 ; noise 5"},
		{"a day without an amount, an amount without a day", "交易日期|借方发生额|贷方发生额\n20220309||\n|5.00|\n20220230|5.00|",
			"2 statement-amount; 3 date-missing; 4 date-unreal; noise 0"},
		{"both ways at once", "交易日期|借方发生额|贷方发生额\n20220309|5.00|6.00", "2 statement-both; noise 0"},
		{"an amount of words", "交易日期|借方发生额|贷方发生额\n20220309|五元|", "2 statement-amount; noise 0"},
		{"a line is missing", "交易日期|借方发生额|贷方发生额|余额\n20220309|10||90\n20220310|10||70\n20220311||5|75", "2022-03-09 00:00:00 -10.00 ; 2022-03-10 00:00:00 -10.00 ; 2022-03-11 00:00:00 +5.00 ; 3 balance-gap; noise 0"},
		{"newest first", "交易日期|借方发生额|贷方发生额|余额\n20220311||5|85\n20220310|10||80\n20220309|10||90", "2022-03-11 00:00:00 +5.00 ; 2022-03-10 00:00:00 -10.00 ; 2022-03-09 00:00:00 -10.00 ; noise 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			statement, err := statementOf(c.table)
			if got := shownStatement(statement); err != nil || got != c.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, c.want)
			}
		})
	}
}

func TestReadStatementRefusesWhatTellsNoDirection(t *testing.T) {
	for name, c := range map[string]struct{ table, code string }{
		"no amounts":            {"交易日期|摘要\n20220309|转账", "statement-columns"},
		"neither sign nor word": {"交易日期|金额\n20220309|5.00\n20220310|6.00", "statement-direction"},
	} {
		_, err := statementOf(c.table)
		if problem, ok := AsProblem(err); !ok || problem.Code != c.code || problem.Fix == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

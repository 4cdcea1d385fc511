package data

import "fmt"

// followBalances finds which way the file runs, and warns where a balance is not the one before plus what moved: lines are missing there.
func (s *BankStatement) followBalances(heading Heading) {
	if len(s.Lines) < 2 {
		return
	}
	rising, falling := 0, 0
	neighbours(s.Lines, func(first, second BankStatementLine) {
		if follows(first, second) {
			rising++
		}
		if follows(second, first) {
			falling++
		}
	})
	s.Descending = falling > rising || falling == rising && s.Lines[0].At > s.Lines[len(s.Lines)-1].At
	neighbours(s.Lines, func(before, after BankStatementLine) {
		if s.Descending {
			before, after = after, before
		}
		if !follows(before, after) {
			s.Problems = append(s.Problems, gap(before, after).In(heading.Place(StatementForm, after.Row, "balance")))
		}
	})
}

// neighbours tells of every two lines of one account that stand one behind the other and both have a balance.
func neighbours(lines []BankStatementLine, visit func(first, second BankStatementLine)) {
	last := map[string]BankStatementLine{}
	for _, line := range lines {
		if before, known := last[line.Account]; known && before.HasBalance && line.HasBalance {
			visit(before, line)
		}
		last[line.Account] = line
	}
}

func follows(before, after BankStatementLine) bool {
	return before.Balance-after.Out+after.In == after.Balance
}

// CodeBalanceGap is the warning that a balance does not follow from the one before.
const CodeBalanceGap = "balance-gap"

func gap(before, after BankStatementLine) Problem {
	expected := before.Balance - after.Out + after.In
	return Warn(CodeBalanceGap, "", fmt.Sprintf("余额接不上：上一笔之后余额 %s，这一笔之后应为 %s，银行写的是 %s，差 %s。",
		before.Balance, expected, after.Balance, after.Balance-expected), "中间可能缺了几笔，请重新导出完整的明细；已经读到的照常导入。")
}

package cli

import (
	"testing"

	"peixun/data/datatest"
)

func TestRechargeByASheetOfAmounts(t *testing.T) {
	files := batchReady(t)
	sheet := write(t, files, "amounts.csv", "姓名,身份证号,金额\n"+datatest.Name(1)+","+datatest.IDNumber(1)+",12.34\n"+datatest.Name(2)+",,50\n某某某,,1\n"+datatest.Name(3)+",,很多\n")
	got := value[rechargeReply](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amounts", sheet)
	if got.Count != 2 || got.Total != 62_34 || len(got.Refused) != 2 || got.Refused[0].Line != 4 || got.Refused[0].Code != "person-unknown" || got.Refused[1].Code != "money-format" {
		t.Errorf("got %+v", got)
	}
	for _, arguments := range [][]string{{"--amounts", sheet, "--amount", "1"}, {"--all"}, {"--amounts", sheet, "--all"}} {
		value[failure](t, exitUsage, append([]string{"recharge", "--batch", "XK-2022-0001"}, arguments...)...)
	}
}

func TestAnswersFromTheCommandLine(t *testing.T) {
	files := batchReady(t)
	run := value[rechargeReply](t, 0, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--all").Run
	if got := value[answerReply](t, 0, "recharge", "answer", "--entry", "1", "--result", "成功"); got.Succeeded != 1 {
		t.Errorf("got %+v", got)
	}
	sheet := write(t, files, "answers.csv", "身份证号,结果,失败原因\n"+datatest.IDNumber(1)+",失败,身份信息不一致\n"+datatest.IDNumber(77)+",成功,\n")
	got := value[answerReply](t, exitFailed, "recharge", "answer", "--file", sheet, "--batch", "XK-2022-0001")
	if got.Failed != 1 || got.Released != 100_00 || len(got.Refused) != 1 || got.Refused[0].Line != 3 {
		t.Errorf("got %+v", got)
	}
	var failed string
	for _, entry := range value[[]rechargeItem](t, 0, "list", "recharges") {
		if entry.State == "失败已退回" {
			failed = entry.Entry
		}
	}
	if undone := value[rechargeReply](t, 0, "recharge", "undo", failed, "--reason", "看错行"); undone.Count != 1 || undone.Total != 100_00 {
		t.Errorf("undone %+v", undone)
	}
	value[rechargeReply](t, 0, "recharge", "reverse-run", run, "--reason", "整次充错")
	value[failure](t, exitFailed, "recharge", "answer", "--entry", "1", "--result", "也许")
	value[failure](t, exitUsage, "recharge", "answer", "--result", "成功")
	if checked := value[checkReply](t, 0, "check"); !checked.OK {
		t.Errorf("check: %+v", checked)
	}
}

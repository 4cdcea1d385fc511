package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"peixun/data"
)

// bankFile writes a bank's export in GBK: a title, protected numbers, trailing tabs and noise rows.
func bankFile(t *testing.T, files, name, lines string) string {
	t.Helper()
	text := "账户明细查询\t\r\n账号：,\"=\"\"0200004209014412345\"\"\"\r\n交易日期,对方单位名称,对方账号,借方发生额,贷方发生额,余额,摘要,交易流水号\t\r\n" +
		lines + "合计,,,6400.00,0.00,,,\t\r\n"
	coded, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(files, name)
	if err := os.WriteFile(path, []byte(coded), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	firstPayment  = "20220309,国培网(北京)教育科技有限公司,=\"110060593018800003058\",\"3,200.00\",,6800.00,转账,=\"0001\"\t\r\n"
	secondPayment = "20220309,国培网(北京)教育科技有限公司,=\"110060593018800003058\",\"3,200.00\",,3600.00,转账,=\"0002\"\t\r\n"
	receipt       = "20220310,某某公司,=\"6222\",,500.00,4100.00,收款,=\"0003\"\t\r\n"
)

func TestOverlappingStatements(t *testing.T) {
	files := unitReady(t)
	first := bankFile(t, files, "三月上.csv", firstPayment+secondPayment)
	got := value[statementReply](t, 0, "import", "statement", first, "--account", "0200 0042 0901 4412 345")
	if got.Lines != 2 || got.New != 2 || got.Already != 0 || got.Noise != 1 || len(got.Problems) != 0 {
		t.Errorf("first file: %+v", got)
	}
	second := bankFile(t, files, "三月.csv", firstPayment+secondPayment+receipt)
	if got := value[statementReply](t, 0, "import", "statement", second); got.Lines != 3 || got.New != 1 || got.Already != 2 {
		t.Errorf("overlapping file: %+v", got)
	}
	lines := value[[]statementItem](t, 0, "list", "statement")
	if len(lines) != 3 || lines[0].Out != 3200_00 || lines[0].Serial != "0001" || lines[0].Number == "110060593018800003058" || !strings.HasSuffix(lines[0].Number, "3058") ||
		lines[2].In != 500_00 || lines[2].Balance == nil || *lines[2].Balance != 4100_00 {
		t.Errorf("lines: %+v", lines)
	}
	must(t, 0, "check")
}

func TestStatementTellsWhatItCannotRead(t *testing.T) {
	files := unitReady(t)
	broken := bankFile(t, files, "坏.csv", firstPayment+"20220309,甲,,三千,,1.00,,\t\r\n")
	got := value[statementReply](t, exitFailed, "import", "statement", broken)
	if got.New != 1 || len(got.Problems) != 1 || got.Problems[0].Row != 5 || got.Problems[0].Code != "statement-amount" || got.Problems[0].Level != data.LevelError {
		t.Errorf("%+v", got)
	}
	roster := write(t, files, "名单.csv", "姓名,身份证号\n甲,1\n")
	if got := value[statementReply](t, exitFailed, "import", "statement", roster); got.Lines != 0 || len(got.Problems) != 1 || got.Problems[0].Fix == "" {
		t.Errorf("%+v", got)
	}
	if lines := value[[]statementItem](t, 0, "list", "statement"); len(lines) != 1 {
		t.Errorf("%d lines stored", len(lines))
	}
}

func TestAnUnknownBanksColumnsAreRemembered(t *testing.T) {
	files := unitReady(t)
	text := "某财务公司,,,\n哪一天,给谁了,花了多少,进了多少\n2022-03-09,国培网(北京)教育科技有限公司,3200.00,\n"
	path := write(t, files, "三月.csv", text)
	must(t, exitFailed, "import", "statement", path)
	must(t, exitUsage, "import", "statement", path, "--column", "1=借方发生额")
	shown := []string{"import", "statement", path, "--header-row", "2", "--column", "A=交易时间", "--column", "B=name", "--column", "C=out", "--column", "D=贷方发生额"}
	if got := value[statementReply](t, 0, append(shown, "--dry-run")...); got.New != 1 {
		t.Errorf("dry run: %+v", got)
	}
	if lines := value[[]statementItem](t, 0, "list", "statement"); len(lines) != 0 {
		t.Fatalf("a dry run stored %d lines", len(lines))
	}
	if got := value[statementReply](t, 0, shown...); got.New != 1 {
		t.Errorf("shown: %+v", got)
	}
	next := write(t, files, "四月.csv", strings.ReplaceAll(text, "-03-", "-04-"))
	if got := value[statementReply](t, 0, "import", "statement", next); got.New != 1 {
		t.Errorf("remembered: %+v", got)
	}
}

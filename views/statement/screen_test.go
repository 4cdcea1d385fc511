//go:build ci

package statement

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

var ctx = context.Background()

const known = `账户明细查询,,,,,
中国工商银行 账号：0200004209014412345,,,,,
交易日期,对方单位名称,借方发生额,贷方发生额,余额,摘要
2022-03-09,国培网(北京)教育科技有限公司,"3,200.00",,6800.00,转账
2022-03-10,某某公司,,500.00,7300.00,收款
2022-03-12,某某公司,100.00,,7000.00,付款
合计,,3300.00,500.00,,
`

const strange = `某某财务公司电子对账,,,
哪一天,给谁了,花了多少,进了多少
2022-03-09,国培网(北京)教育科技有限公司,3200.00,
2022-03-10,某某公司,,500.00
`

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileIsLookedAtTakenInAndTakenOut(t *testing.T) {
	f := desktest.New(t, apptest.New(t), desktest.Width, desktest.Height, false)
	page := New(f.Desk, f.App)
	f.Enter(page, nil)
	page.Dropped([]string{file(t, "三月.csv", known)})
	for _, text := range []string{"中国工商银行", "尾号 2345", "2022-03-09 – 2022-03-12", "合计、承前页等 1 行", "新增 3", "已有 0", "问题 1"} {
		f.Shows(text)
	}
	if cell := page.preview.table.Cell(0, 1); cell.Text != "2022-03-09" {
		t.Errorf("a bank that tells the day alone: %q", cell.Text)
	}
	if lines, err := f.App.StatementLines(ctx, "", ""); err != nil || len(lines) != 0 {
		t.Fatalf("the preview wrote %d lines, %v", len(lines), err)
	}
	f.Tap("button", "导入 3 笔")
	lines, err := f.App.StatementLines(ctx, "", "")
	if err != nil || len(lines) != 3 || lines[0].Account != "0200004209014412345" {
		t.Fatalf("%+v, %v", lines, err)
	}
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.Statements {
		t.Errorf("led to %+v", f.Gone)
	}
	page.Dropped([]string{file(t, "三月又一份.csv", known)})
	f.Shows("这份文件里的流水以前都导入过，不用再导入。")
	f.Tap("button", "取消")
	f.Tap("cell", "删除")
	f.Tap("button", "删除流水")
	if lines, err = f.App.StatementLines(ctx, "", ""); err != nil || len(lines) != 0 {
		t.Errorf("%d lines are left, %v", len(lines), err)
	}
}

// A file whose lines a closed month counts is taken out only after its person has read that.
func TestTakingOutAFileOfAClosedMonthSaysSo(t *testing.T) {
	f := desktest.New(t, apptest.New(t), desktest.Width, desktest.Height, false)
	page := New(f.Desk, f.App)
	f.Enter(page, nil)
	page.Dropped([]string{file(t, "三月.csv", strings.ReplaceAll(known, "国培网(北京)教育科技有限公司", "某供货商"))})
	f.Tap("button", "导入 3 笔")
	f.Enter(page, nil)
	if err := f.App.CloseMonth(ctx, "2022-03", ""); err != nil {
		t.Fatal(err)
	}
	f.Tap("cell", "删除")
	if !strings.Contains(strings.Join(f.Texts(), "\n"), "2022年3月已经月结") {
		t.Errorf("the question says %q", f.Texts())
	}
	f.Tap("button", "删除流水")
	if lines, err := f.App.StatementLines(ctx, "", ""); err != nil || len(lines) != 0 {
		t.Errorf("%d lines are left, %v", len(lines), err)
	}
}

func TestAnUnknownBankIsShownOnce(t *testing.T) {
	f := desktest.New(t, apptest.New(t), desktest.Width, desktest.Height, false)
	page := New(f.Desk, f.App)
	f.Enter(page, nil)
	page.Dropped([]string{file(t, "某财务公司.csv", strange)})
	f.Shows("列对应：“某财务公司.csv”")
	for column, word := range []string{"交易时间", "对方户名", "借方发生额", "贷方发生额"} {
		page.columns.selects[column].OnChanged(data.StatementForm.Columns[data.StatementForm.Match(word)].Key)
		page.columns.selects[column].SetKey(data.StatementForm.Columns[data.StatementForm.Match(word)].Key)
	}
	f.Picture("statement-columns")
	f.Tap("button", "按此读取")
	f.Shows("新增 2")
	f.Tap("button", "导入 2 笔")
	lines, err := f.App.StatementLines(ctx, "", "")
	if err != nil || len(lines) != 2 || lines[0].Out != 3200_00 || lines[1].In != 500_00 {
		t.Fatalf("%+v, %v", lines, err)
	}
	page.Dropped([]string{file(t, "四月.csv", strings.ReplaceAll(strange, "-03-", "-04-"))})
	f.Shows("新增 2")
	f.Shows("列是按您上次指定的对应读的。")
}

func TestLook(t *testing.T) {
	for _, look := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"light", desktest.Width, desktest.Height, false}, {"dark", desktest.Width, desktest.Height, true}, {"wide", 1720, 1000, false}, {"small", 824, 600, false}} {
		t.Run(look.name, func(t *testing.T) {
			f := desktest.New(t, apptest.New(t), look.width, look.height, look.dark)
			page := New(f.Desk, f.App)
			f.Enter(page, nil)
			f.Picture("statement-empty-" + look.name)
			page.Dropped([]string{file(t, "三月.csv", known)})
			f.Picture("statement-preview-" + look.name)
			page.commit()
			f.Enter(page, nil)
			f.Picture("statement-" + look.name)
		})
	}
}

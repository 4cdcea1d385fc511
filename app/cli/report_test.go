package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestReports(t *testing.T) {
	files := batchReady(t)
	must(t, 0, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--org", "院本部/外科")
	orders := value[reportReply](t, 0, "report", "orders")
	if orders.By != "month" || len(orders.Groups) != 2 || orders.Groups[0].Label != "2022-06" || orders.Total["amount"] != 16_000_00 || orders.Total["approved"] != 16_000_00 ||
		orders.Total["lines"] != 1 || orders.Total["invoiced"] != 0 || orders.Total["recharged"] != 200_00 {
		t.Errorf("orders: %+v", orders)
	}
	for _, by := range []string{"month", "plan", "organization", "payer", "mode", "state"} {
		got := value[reportReply](t, 0, "report", "recharges", "--by", by)
		var top int64
		for _, group := range got.Groups {
			if group.Depth == 0 {
				top += group.Figures["amount"]
			}
		}
		if got.Total["amount"] != value[reportReply](t, 0, "report", "recharges").Total["amount"] || top != got.Total["amount"] || top == 0 {
			t.Errorf("recharges by %s: %+v", by, got)
		}
	}
	plan := value[reportReply](t, 0, "report", "plan", "--by", "organization")
	if plan.Total["expected"] == 0 || plan.Total["recharged"] == 0 || plan.Total["recharged"] >= plan.Total["expected"] {
		t.Errorf("plan: %+v", plan)
	}
	if told := must(t, 0, "report", "plan", "--by", "organization").out; !strings.Contains(told, "　外科") || !strings.Contains(told, "合计") {
		t.Errorf("people are told %s", told)
	}
	within := value[reportReply](t, 0, "report", "orders", "--by", "plan", "--then", "state", "--plan", "20220301161802103", "--to", "2022年6月30日")
	if len(within.Groups) != 2 || within.Groups[1].Label != "审核通过" || within.Groups[1].Depth != 1 || within.Total["amount"] != 16_000_00 || within.Total["recharged"] != 0 {
		t.Errorf("orders within: %+v", within)
	}
	if other := value[reportReply](t, 0, "report", "orders", "--plan", "20210420151309274"); len(other.Groups) != 0 || other.Total["amount"] != 0 {
		t.Errorf("another plan's orders: %+v", other)
	}
	surgery := value[reportReply](t, 0, "report", "recharges", "--org", "院本部/外科", "--by", "organization")
	if len(surgery.Groups) != 1 || surgery.Groups[0].Depth != 0 || surgery.Total["amount"] != 200_00 {
		t.Errorf("of one organisation: %+v", surgery)
	}
	must(t, exitFailed, "report", "orders", "--from", "去年")
	must(t, exitFailed, "report", "orders", "--org", "没有的科")
	must(t, exitFailed, "report", "hours", "--by", "mode")
	must(t, exitUsage, "report", "orders", "--out", filepath.Join(files, "报表.doc"))
}

func TestReportFiles(t *testing.T) {
	files := batchReady(t)
	must(t, 0, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--all")
	workbook, paper := filepath.Join(files, "报表.xlsx"), filepath.Join(files, "报表.pdf")
	want := value[reportReply](t, 0, "report", "recharges", "--by", "organization", "--out", workbook).Total["amount"]
	book, err := excelize.OpenFile(workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("充值")
	if err != nil || len(rows) < 3 || rows[len(rows)-1][0] != "合计" {
		t.Fatalf("%v %v", rows, err)
	}
	total, err := book.CalcCellValue("充值", "C"+strconv.Itoa(len(rows)), excelize.Options{RawCellValue: true})
	formula, _ := book.GetCellFormula("充值", "C"+strconv.Itoa(len(rows)))
	if err != nil || total != strconv.Itoa(int(want/100)) || formula != "SUM(C2)" {
		t.Errorf("total %s by %s, want %d 分: %v", total, formula, want, err)
	}
	must(t, 0, "report", "recharges", "--out", paper)
	if content, err := os.ReadFile(paper); err != nil || !strings.HasPrefix(string(content), "%PDF") {
		t.Errorf("paper: %v", err)
	}
}

package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"peixun/data/datatest"
)

// TestWholeJob does a unit's year through the command line alone.
func TestWholeJob(t *testing.T) {
	files := empty(t)
	at := func(arguments ...string) []string { return append([]string{"--now", now}, arguments...) }
	made := value[setupReply](t, 0, at("init", "--unit", unit, "--admin", "zhaoxl", "--uscc", "12110000400686910X")...)
	if made.Unit != unit || made.Admin != "zhaoxl" || len(made.RecoveryKey) != 39 {
		t.Errorf("init gave %+v", made)
	}
	profile := value[profileReply](t, 0, at("profile", "--name", "赵晓岚", "--mobile", "13800000417")...)
	if len(profile.Missing) != 1 || profile.Missing[0].Field != "email" {
		t.Errorf("missing after half a profile: %+v", profile.Missing)
	}
	if profile = value[profileReply](t, 0, at("profile", "--email", "zhaoxl@bj9y.example")...); len(profile.Missing) != 0 || profile.Name != "赵晓岚" || profile.Unit != unit {
		t.Errorf("complete profile: %+v", profile)
	}
	imported := value[importReply](t, 0, at("import", "trainees", roster(t, files, 5), "--create-orgs")...)
	if imported.Rows != 5 || imported.New != 5 || imported.Failed != 0 || !imported.Written {
		t.Errorf("import: %+v", imported)
	}

	draft := value[draftReply](t, 0, at(append(orderArguments(t, files), "--line", "院本部/内科=9600", "--line=院本部/外科=6400.00")...)...)
	if draft.Number != "JF-2022-0001" || draft.State != "草稿" || draft.Total != 16000_00 || len(draft.Missing) != 0 {
		t.Fatalf("draft: %+v", draft)
	}
	order := value[orderReply](t, 0, at("order", "submit", draft.Number)...)
	if order.State != "待审核" || order.AppliedAt != now || order.Lines[0].People != 3 || order.Lines[1].People != 2 || order.PaidAt != "2022-06-14 00:00:00" {
		t.Errorf("submitted: %+v", order)
	}
	order = value[orderReply](t, 0, "--now", "2022-06-20 09:00:00", "order", "approve", draft.Number, "--batch", "P-77")
	if order.State != "审核通过" || order.ReviewedAt != "2022-06-20 09:00:00" || order.Batch != "P-77" || len(order.Events) != 4 {
		t.Errorf("approved: %+v", order)
	}
	order = value[orderReply](t, 0, at("order", "invoice", draft.Number, "--number", "22117000000012345678", "--date", "2022年6月24日")...)
	if order.InvoiceState != "已开票" || order.Invoice.Number != "22117000000012345678" || order.Invoice.IssuedOn != "2022-06-24" {
		t.Errorf("invoiced: %+v", order.Invoice)
	}

	charged := value[rechargeReply](t, 0, at("recharge", "--batch", "P-77", "--amount", "3200", "--all", "--run-id", "run-1")...)
	if charged.Run != "run-1" || charged.Count != 5 || charged.Total != 16000_00 || charged.Left != 0 || len(charged.Refused) != 0 {
		t.Errorf("recharge: %+v", charged)
	}
	for _, trainee := range value[[]traineeItem](t, 0, at("list", "trainees")...) {
		if trainee.Balance != 3200_00 {
			t.Errorf("%s has %v", trainee.Name, trainee.Balance)
		}
	}

	hours := write(t, files, "学时.csv", fmt.Sprintf("姓名,身份证号,培训名称,开始日期,结束日期,学时\n%s,%s,信息安全专题讲座,2022-05-09,2022-05-10,12.5\n",
		datatest.Name(1), datatest.IDNumber(1)))
	if got := value[importReply](t, 0, at("import", "hours", hours, "--plan", plan2022)...); got.New != 1 {
		t.Errorf("hours: %+v", got)
	}

	paper := filepath.Join(files, "确认书.pdf")
	letter := value[paperReply](t, 0, at("letter", "--order", draft.Number, "--out", paper)...)
	content, err := os.ReadFile(paper)
	if err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Fatalf("letter: %v", err)
	}
	if sum := sha256.Sum256(content); letter.SHA256 != hex.EncodeToString(sum[:]) || letter.Number != "QR-2022-0001" || letter.Pages != 1 {
		t.Errorf("letter: %+v", letter)
	}
	if again := value[paperReply](t, 0, at("letter", "--order", draft.Number, "--out", paper)...); !reflect.DeepEqual(again, letter) {
		t.Errorf("the letter changed: %+v, then %+v", letter, again)
	}
	if checked := value[checkReply](t, 0, at("check")...); !checked.OK || len(checked.Invariants) < 10 {
		t.Errorf("check: %+v", checked)
	}
}

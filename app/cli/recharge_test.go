package cli

import (
	"context"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
)

// disable puts one person out of use; no command does that.
func disable(t *testing.T, number int) {
	t.Helper()
	withApp(t, func(ctx context.Context, a *app.App) error {
		ids, err := a.TraineeIDs(ctx, data.TraineeQuery{IDNumber: datatest.IDNumber(number)})
		if err != nil {
			return err
		}
		_, err = a.SetTraineeStatus(ctx, ids, data.TraineeDisabled)
		return err
	})
}

func TestRechargeLeavesOutAndTells(t *testing.T) {
	batchReady(t)
	disable(t, 2)
	got := value[rechargeReply](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amount", "3200.00", "--all")
	if got.Count != 4 || got.Total != 12800_00 || got.Left != 3200_00 || len(got.Refused) != 1 {
		t.Fatalf("got %+v", got)
	}
	if refused := got.Refused[0]; refused.Code != "disabled" || refused.Name != datatest.Name(2) || refused.Username == "" || refused.Username == datatest.IDNumber(2) {
		t.Errorf("refused %+v", refused)
	}
	if got = value[rechargeReply](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amount", "1", "--all"); got.Count != 0 || len(got.Refused) != 5 || got.Error == nil || got.Left != 3200_00 {
		t.Errorf("nobody is left: %+v", got)
	}
	if entries := value[[]rechargeItem](t, 0, "list", "recharges"); len(entries) != 4 {
		t.Errorf("%d entries", len(entries))
	}
}

func TestSameRunIDChargesOnce(t *testing.T) {
	batchReady(t)
	arguments := []string{"recharge", "--batch", "XK-2022-0001", "--amount", "1000", "--org", "院本部/内科", "--run-id", "monday"}
	first := value[rechargeReply](t, 0, arguments...)
	second := value[rechargeReply](t, 0, arguments...)
	if first.Already || !second.Already || second.Count != first.Count || second.Total != first.Total || second.Left != first.Left || first.Count != 3 {
		t.Errorf("first %+v, second %+v", first, second)
	}
	arguments[4] = "999"
	if got := value[rechargeReply](t, exitFailed, arguments...); got.Error == nil || got.Error.Code != "run-id-reused" {
		t.Errorf("the same run for another amount: %+v", got)
	}
}

func TestBatchThatIsTooSmallGivesNobodyAnything(t *testing.T) {
	batchReady(t)
	got := value[rechargeReply](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amount", "3200.01", "--all")
	if got.Count != 0 || got.Total != 0 || got.Left != 16000_00 || got.Error == nil || got.Error.Code != "batch-too-small" || len(got.Refused) != 0 {
		t.Errorf("got %+v", got)
	}
	if entries := value[[]rechargeItem](t, 0, "list", "recharges"); len(entries) != 0 {
		t.Errorf("%d entries", len(entries))
	}
}

func TestRechargeByFile(t *testing.T) {
	files := batchReady(t)
	stranger := datatest.IDNumber(77)
	list := write(t, files, "ids.txt", "\uFEFF"+strings.ToLower(datatest.IDNumber(1))+"\r\n\r\n  "+datatest.IDNumber(4)+"\t\r\nnobody\r\n"+stranger+"\r\n"+datatest.IDNumber(4))
	got := value[rechargeReply](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--ids", list)
	if got.Count != 2 || len(got.Refused) != 2 {
		t.Fatalf("got %+v", got)
	}
	if first, second := got.Refused[0], got.Refused[1]; first.Line != 4 || first.Username != "nobody" || second.Line != 5 || second.Code != "trainee-unknown" || second.Username == stranger {
		t.Errorf("refused %+v", got.Refused)
	}
	onlyStrangers := write(t, files, "none.txt", stranger+"\n")
	if got = value[rechargeReply](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--ids", onlyStrangers); got.Count != 0 || len(got.Refused) != 1 || got.Error == nil {
		t.Errorf("only strangers: %+v", got)
	}
	gbk := write(t, files, "gbk.txt", "\xd5\xc5\xc8\xfd")
	if failed := value[failure](t, exitFailed, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--ids", gbk); failed.Error.Code != "file-encoding" {
		t.Errorf("a GBK file: %+v", failed.Error)
	}
}

func TestRechargeFindsUsernames(t *testing.T) {
	files := batchReady(t)
	named := write(t, files, "named.csv", "姓名,身份证号,用户名\n"+datatest.Name(9)+","+datatest.IDNumber(9)+",miaoqh\n")
	must(t, 0, "import", "trainees", named)
	list := write(t, files, "ids.txt", "miaoqh\n")
	if got := value[rechargeReply](t, 0, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--ids", list); got.Count != 1 {
		t.Errorf("got %+v", got)
	}
	if entry := value[[]rechargeItem](t, 0, "list", "recharges")[0]; entry.Username != "miaoqh" || entry.Name != datatest.Name(9) {
		t.Errorf("entry %+v", entry)
	}
}

func TestReverse(t *testing.T) {
	batchReady(t)
	must(t, 0, "recharge", "--batch", "XK-2022-0001", "--amount", "100", "--org", "院本部/外科")
	entries := value[[]rechargeItem](t, 0, "list", "recharges")
	got := value[rechargeReply](t, 0, "recharge", "reverse", entries[0].Entry, "--reason", "充错了人")
	if got.Count != 1 || got.Total != -100_00 || got.Left != 15900_00 {
		t.Errorf("reversed: %+v", got)
	}
	after := value[[]rechargeItem](t, 0, "list", "recharges")
	if len(after) != 3 || after[0].ReversalOf != entries[0].Entry || after[0].Reason != "充错了人" || after[1].ReversedBy != after[0].Entry || after[0].Amount != -100_00 {
		t.Errorf("entries: %+v", after)
	}
	if failed := value[failure](t, exitFailed, "recharge", "reverse", entries[0].Entry, "--reason", "再来"); failed.Error.Code != "entry-reversed" {
		t.Errorf("reversing twice: %+v", failed.Error)
	}
	if batch := value[[]batchItem](t, 0, "list", "batches")[0]; batch.Face != 16000_00 || batch.Used != 100_00 || batch.Left != 15900_00 || batch.Plan != plan2022 || batch.Order != "JF-2022-0001" {
		t.Errorf("batch: %+v", batch)
	}
	if checked := value[checkReply](t, 0, "check"); !checked.OK {
		t.Errorf("check: %+v", checked)
	}
}

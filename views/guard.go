package views

import (
	"context"
	"errors"
	"strings"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// checkLedger looks in the background whether somebody changed the money past the program and says so at once: whoever goes on with
// wrong books makes it worse.
func (w *Window) checkLedger() {
	desk.Load(w.desk, &w.checking, func(ctx context.Context) ([]app.Invariant, error) {
		found, err := w.app.CheckLedger(ctx)
		if errors.Is(err, data.ErrLocked) { // locked again meanwhile; the next login looks
			return nil, nil
		}
		return found, err
	}, func(invariants []app.Invariant) {
		if trouble, broken := ledgerTrouble(invariants); broken {
			ui.ShowTrouble(w.window, trouble)
		}
	})
}

// ledgerTrouble words what a look at the ledger found wrong; broken is false where nothing is.
func ledgerTrouble(invariants []app.Invariant) (trouble ui.Trouble, broken bool) {
	var wrong, details []string
	for _, one := range invariants {
		if !one.OK {
			wrong, details = append(wrong, "“"+one.Name+"”不成立"), append(details, one.Name+"："+one.Detail)
		}
	}
	return ui.Trouble{Title: "充值数据可能在程序以外被改动过", Where: "数据文件里的充值明细和批次", What: strings.Join(wrong, "；") + "。",
		Fix:    "请先不要充值。在“数据体检”里查看全部结果，再用改动以前的备份恢复，或联系技术人员。",
		Detail: strings.Join(details, "\n")}, len(wrong) > 0
}

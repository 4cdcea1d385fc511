package app_test

import (
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// Every use case refuses while the program is locked. One that is not named here is called with zero values.
func TestLockMakesEverythingRefuse(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	a := h.App
	open := strings.Fields(`AutoLock Administrators LoginGuard PasswordOwner May Close DatabasePath DatabaseSize HoursRules Initialize Initialized Lock Login LoginWithRecoveryKey
		Now SavedAt Session SetHoursRules SetSetting Setting Subscribe Today JudgeTyped SaveTemplate SaveReport WriteTemplate WriteReport
		SheetsOf SheetHead SaveRosterDifference LastCheckup
		Backup BackupFolder BackupIfChanged BackupNeeded BackupRemindDays BackupStatus BackupWarnings ProposedBackupName Restore`)
	calls := useCases(t, h, order)
	a.Lock()
	if _, ok := a.Session(); ok {
		t.Error("somebody is still logged in")
	}
	kind := reflect.TypeFor[*app.App]()
	for n := range kind.NumMethod() {
		name := kind.Method(n).Name
		if _, known := calls[name]; !known && !slices.Contains(open, name) {
			callUnnamed(t, a, kind.Method(n))
		}
	}
	unchanged(t, a, func() {
		for name, call := range calls {
			if call == nil {
				continue
			}
			err := call()
			if !errors.Is(err, data.ErrLocked) {
				t.Errorf("%s: %v, want data.ErrLocked", name, err)
			}
			if problem, ok := data.AsProblem(err); !ok || problem.Code != "locked" {
				t.Errorf("%s has no words: %v", name, err)
			}
		}
	})
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	if again := got[data.Order](t)(a.Order(ctx, order.ID)); again.PayerAccount != order.PayerAccount {
		t.Error("the order is not as before the lock")
	}
}

// useCases calls use cases so that they reach what only somebody who is logged in, or has a right, may do. nil stands for one that is
// called elsewhere.
func useCases(t *testing.T, h *apptest.Hospital, order data.Order) map[string]func() error {
	t.Helper()
	a := h.App
	path := csv(t, "姓名,身份证号", person(5))
	plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, path, app.ImportOptions{}))
	submission := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID, Everything: true}))
	scan := pictureFile(t, "确认书.png", pixels(t, 700, 700))
	return map[string]func() error{
		"AddTrainee": func() error { return second(a.AddTrainee(ctx, map[string]string{"name": "周奕"})) },
		"AddVoucher": func() error { return second(a.AddVoucher(ctx, order.ID, "x.png", pixels(t, 700, 700))) },
		"AddVoucherFile": func() error {
			return second(a.AddVoucherFile(ctx, order.ID, pictureFile(t, "回单.png", pixels(t, 700, 700))))
		},
		"ApproveOrder":       func() error { return second(a.ApproveOrder(ctx, order.ID, "", "")) },
		"Audit":              func() error { return second(a.Audit(ctx, "", 1)) },
		"Balances":           func() error { return second(a.Balances(ctx, nil)) },
		"BatchByNumber":      func() error { return second(a.BatchByNumber(ctx, "XK")) },
		"Batches":            func() error { return second(a.Batches(ctx)) },
		"Check":              func() error { return second(a.Check(ctx)) },
		"ChoosePlan":         nil, // it is a setting
		"CommitHoursImport":  func() error { return second(a.CommitHoursImport(ctx, plan, nil)) },
		"CommitReply":        func() error { return second(a.CommitReply(ctx, &app.ReplyPlan{})) },
		"FileScans":          func() error { return second(a.FileScans(ctx, []string{scan}, nil)) },
		"TakeOver":           func() error { return second(a.TakeOver(ctx, &data.TakeOverPlan{})) },
		"WriteSubmission":    func() error { return second(a.WriteSubmission(ctx, submission, t.TempDir(), nil)) },
		"CommitImport":       func() error { return second(a.CommitImport(ctx, plan, nil)) },
		"ExportTrainees":     func() error { return second(a.ExportTrainees(ctx, path+".xlsx", data.TraineeQuery{}, true, "核对")) },
		"Imports":            func() error { return second(a.Imports(ctx, 1)) },
		"MendImport":         func() error { return second(a.MendImport(ctx, plan, data.LeaveRows(2))) },
		"MergeOrganizations": func() error { return second(a.MergeOrganizations(ctx, 2, 3)) },
		"MoveOrganization":   func() error { return second(a.MoveOrganization(ctx, 2, 3)) },
		"RenewImport":        func() error { return second(a.RenewImport(ctx, plan, app.ImportOptions{})) },
		"UndoImport":         func() error { return second(a.UndoImport(ctx, 1)) },
		"UnmendImport":       func() error { return second(a.UnmendImport(ctx, plan)) },
		"Unplaced":           func() error { return second(a.Unplaced(ctx, plan)) },
		"CurrentPlan":        func() error { return second(a.CurrentPlan(ctx)) },
		"EditTrainee":        func() error { return second(a.EditTrainee(ctx, 1, nil)) },
		"FindTrainees":       func() error { return second(a.FindTrainees(ctx, []string{"x"})) },
		"Home":               func() error { return second(a.Home(ctx)) },
		"HoursIDs":           func() error { return second(a.HoursIDs(ctx, data.OfflineHoursQuery{})) },
		"HoursRows":          func() error { return second(a.HoursRows(ctx, nil)) },
		"HoursTotal":         func() error { return second(a.HoursTotal(ctx, data.OfflineHoursQuery{})) },
		"InvoiceDetails":     func() error { return second(a.InvoiceDetails(ctx)) },
		"InvoiceOrder":       func() error { return second(a.InvoiceOrder(ctx, order.ID, "1", "2022-06-17")) },
		"Letters":            func() error { return second(a.Letters(ctx)) },
		"MakeLetter":         func() error { return second(a.MakeLetter(ctx, order.ID)) },
		"MoveTrainees":       func() error { return second(a.MoveTrainees(ctx, nil, data.Organization{})) },
		"NewOrder":           func() error { return second(a.NewOrder(ctx, h.Plan, data.PayFirst)) },
		"Order":              func() error { return second(a.Order(ctx, order.ID)) },
		"OrderByNumber":      func() error { return second(a.OrderByNumber(ctx, order.Number)) },
		"OrderEvents":        func() error { return second(a.OrderEvents(ctx, order.Number)) },
		"OrderGaps":          func() error { return second(a.OrderGaps(ctx, order)) },
		"OrderIDs":           func() error { return second(a.OrderIDs(ctx, data.OrderQuery{})) },
		"OrderRecharges":     func() error { return second(a.OrderRecharges(ctx, order.ID)) },
		"OrderRows":          func() error { return second(a.OrderRows(ctx, nil)) },
		"OrderTotals":        func() error { return second(a.OrderTotals(ctx, data.OrderQuery{})) },
		"Organizations":      func() error { return second(a.Organizations(ctx)) },
		"PaidPeople":         func() error { return second(a.PaidPeople(ctx)) },
		"PayerAccounts":      func() error { return second(a.PayerAccounts(ctx)) },
		"PeoplePaidFor":      func() error { return second(a.PeoplePaidFor(ctx, 1)) },
		"PlanByNumber":       func() error { return second(a.PlanByNumber(ctx, "1")) },
		"PlanHoursImport":    func() error { return second(a.PlanHoursImport(ctx, path, app.ImportOptions{PlanID: 1})) },
		"PlanImport":         func() error { return second(a.PlanImport(ctx, path, app.ImportOptions{})) },
		"Plans":              func() error { return second(a.Plans(ctx)) },
		"PreviewRecharge":    func() error { return second(a.PreviewRecharge(ctx, data.RechargeRun{})) },
		"Profile":            func() error { return second(a.Profile(ctx)) },
		"ProfileGaps":        func() error { return second(a.ProfileGaps(ctx)) },
		"Recharge":           func() error { return second(a.Recharge(ctx, data.RechargeRun{}, false, nil)) },
		"RechargeEntries":    func() error { return second(a.RechargeEntries(ctx, nil)) },
		"RechargeIDs":        func() error { return second(a.RechargeIDs(ctx, data.RechargeQuery{})) },
		"RechargeTotals":     func() error { return second(a.RechargeTotals(ctx, data.RechargeQuery{})) },
		"RechargeRuns":       func() error { return second(a.RechargeRuns(ctx, 0)) },
		"RechargeRefusals":   func() error { return second(a.RechargeRefusals(ctx, "run")) },
		"RechargeDrafts":     func() error { return second(a.RechargeDrafts(ctx)) },
		"KeepRecharge":       func() error { return a.KeepRecharge(ctx, data.RechargeRun{ID: "run"}) },
		"ForgetRecharge":     func() error { return a.ForgetRecharge(ctx, "run") },
		"ReverseRecharges":   func() error { return second(a.ReverseRecharges(ctx, []int64{1}, "充错了")) },
		"RecordAnswers":      func() error { return second(a.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 1}})) },
		"UndoAnswers":        func() error { return second(a.UndoAnswers(ctx, []int64{1}, "记错了")) },
		"MatchPeople":        func() error { return second(a.MatchPeople(ctx, "陈若溪")) },
		"ReadPeople":         func() error { return second(a.ReadPeople(ctx, path)) },
		"ReadAmounts":        func() error { return second(a.ReadAmounts(ctx, path)) },
		"TieAnswers":         func() error { return a.TieAnswers(ctx, nil, data.RechargeQuery{}) },
		"ReadAnswers":        func() error { return second(a.ReadAnswers(ctx, path, data.RechargeQuery{})) },
		"ExportRecharges": func() error {
			return second(a.ExportRecharges(ctx, path+".xlsx", data.RechargeQuery{}, app.Disclosure{}))
		},
		"RechargeSheet": func() error { return second(a.RechargeSheet(ctx, data.RechargeQuery{}, app.Disclosure{})) },
		"WriteRechargeSheet": func() error {
			return second(a.WriteRechargeSheet(ctx, io.Discard, data.RechargeQuery{}, app.Disclosure{}))
		},
		"ReverseRun":         func() error { return second(a.ReverseRun(ctx, "run", "充错了")) },
		"RejectOrder":        func() error { return second(a.RejectOrder(ctx, order.ID, "看不清", "")) },
		"RemoveOrganization": func() error { return a.RemoveOrganization(ctx, data.Organization{ID: 2}) },
		"RemoveVoucher":      func() error { return a.RemoveVoucher(ctx, order.ID, order.Vouchers[0].ID) },
		"Reveal":             func() error { return second(a.Reveal(ctx, 1)) },
		"RevealAll":          func() error { return second(a.RevealAll(ctx, data.TraineeQuery{}, "核对")) },
		"RevealOrder":        func() error { return second(a.RevealOrder(ctx, order.ID, "核对")) },
		"ReverseRecharge":    func() error { return second(a.ReverseRecharge(ctx, 1, "充错")) },
		"ReviseOrder":        func() error { return second(a.ReviseOrder(ctx, order.ID)) },
		"SaveOrder":          func() error { return second(a.SaveOrder(ctx, order)) },
		"SaveOrganization":   func() error { return second(a.SaveOrganization(ctx, data.Organization{Name: "骨科", ParentID: 1})) },
		"SavePlan":           func() error { return second(a.SavePlan(ctx, h.Plan)) },
		"SaveProfile":        func() error { return a.SaveProfile(ctx, data.Profile{}) },
		"SetTraineeStatus":   func() error { return second(a.SetTraineeStatus(ctx, []int64{1}, data.TraineeDisabled)) },
		"SubmitOrder":        func() error { return second(a.SubmitOrder(ctx, order.ID)) },
		"TakeBackApproval":   func() error { return second(a.TakeBackApproval(ctx, order.ID)) },
		"Trainee":            func() error { return second(a.Trainee(ctx, 1)) },
		"TraineeIDs":         func() error { return second(a.TraineeIDs(ctx, data.TraineeQuery{})) },
		"TraineeRows":        func() error { return second(a.TraineeRows(ctx, nil, 1)) },
		"TraineeTotals":      func() error { return second(a.TraineeTotals(ctx, data.TraineeQuery{})) },
		"TurnVoucher":        func() error { return a.TurnVoucher(ctx, order.Vouchers[0].ID, 1) },
		"VoidOrder":          func() error { return second(a.VoidOrder(ctx, order.ID, "重复")) },
		"VoucherImage":       func() error { return second(a.VoucherImage(ctx, order.Vouchers[0])) },
		"Waits":              func() error { return second(a.Waits(ctx, data.Home{})) },
		"WriteLabels":        func() error { return second(a.WriteLabels(ctx, io.Discard, data.LabelRequest{})) },
		"WriteRecoverySheet": func() error { return a.WriteRecoverySheet(ctx, io.Discard, "key") },
	}
}

// callUnnamed calls a use case that takes a context with zero values for all else: it must be locked, or refuse what it is given.
func callUnnamed(t *testing.T, a *app.App, method reflect.Method) {
	t.Helper()
	kind := method.Type
	if kind.NumIn() < 2 || kind.In(1) != reflect.TypeFor[context.Context]() {
		return
	}
	defer func() {
		if failure := recover(); failure != nil {
			t.Errorf("%s, locked and with zero values: %v; name it in this test", method.Name, failure)
		}
	}()
	arguments := []reflect.Value{reflect.ValueOf(a), reflect.ValueOf(ctx)}
	for n := 2; n < kind.NumIn(); n++ {
		arguments = append(arguments, reflect.Zero(kind.In(n)))
	}
	unchanged(t, a, func() {
		results := method.Func.Call(arguments)
		err, _ := results[len(results)-1].Interface().(error)
		if _, explained := data.AsProblem(err); !errors.Is(err, data.ErrLocked) && !explained {
			t.Errorf("%s, locked and with zero values, gives %v", method.Name, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestLockDuringAnImportLetsItFinish(t *testing.T) {
	a := apptest.New(t)
	var lines []string
	for n := range 1200 {
		lines = append(lines, person(n))
	}
	path := csv(t, append([]string{"姓名,身份证号,手机号"}, lines...)...)
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	result, err := a.CommitImport(ctx, plan, func(int, int) { a.Lock() })
	must(t, err) // what was begun by somebody who was logged in is finished
	if result.Added != 1200 {
		t.Errorf("result = %+v", result)
	}
	if _, err := a.TraineeIDs(ctx, data.TraineeQuery{}); !errors.Is(err, data.ErrLocked) {
		t.Errorf("after the lock: %v", err)
	}
}

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
	"peixun/data/datatest"
)

var setup = app.Setup{Unit: apptest.Unit, USCC: "12110000400686910X", User: apptest.User, Password: apptest.Password}

func TestFirstStart(t *testing.T) {
	a := apptest.Empty(t)
	if got[bool](t)(a.Initialized(ctx)) {
		t.Fatal("a new folder is initialized")
	}
	refused(t, a.Login(ctx, apptest.User, apptest.Password), "not-initialized")
	var events []app.Event
	a.Subscribe(func(event app.Event) { events = append(events, event) })
	key := got[string](t)(a.Initialize(ctx, setup))
	if len(key) != 39 || !slices.Contains(events, app.SessionChanged) || !got[bool](t)(a.Initialized(ctx)) {
		t.Errorf("recovery key %q, events %v", key, events)
	}
	administrator, ok := a.Session()
	if !ok || administrator.User != apptest.User {
		t.Errorf("session = %+v, %t", administrator, ok)
	}
	if tree := got[data.OrganizationTree](t)(a.Organizations(ctx)); tree.Root().Name != apptest.Unit || len(tree.List()) != 1 {
		t.Errorf("tree = %+v", tree.List())
	}
	plans := got[[]data.Plan](t)(a.Plans(ctx))
	if len(plans) != 3 || plans[0].Number != "20220301161802103" || plans[0].Target != 30_00 || plans[0].Price != 0 {
		t.Errorf("plans = %+v", plans)
	}
	healthy(t, a)
}

func TestFirstStartRefuses(t *testing.T) {
	for _, c := range []struct {
		name, code string
		change     func(*app.Setup)
	}{
		{"no unit", "unit-missing", func(s *app.Setup) { s.Unit = " \u3000" }},
		{"a slash in the unit", "unit-slash", func(s *app.Setup) { s.Unit = "甲/乙" }},
		{"no user", "user-missing", func(s *app.Setup) { s.User = "\t" }},
		{"an ID number as user", "user-is-id", func(s *app.Setup) { s.User = "34052419800101001X" }},
		{"a USCC of the wrong shape", "tax-length", func(s *app.Setup) { s.USCC = "123" }},
		{"a short password", "password-short", func(s *app.Setup) { s.Password = "七个字的口令啊" }},
		{"the platform's reset password", "password-short", func(s *app.Setup) { s.Password = "abc123" }},
		{"a common password", "password-common", func(s *app.Setup) { s.Password = "PassWord" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := apptest.Empty(t)
			wrong := setup
			c.change(&wrong)
			_, err := a.Initialize(ctx, wrong)
			refused(t, err, c.code)
			if got[bool](t)(a.Initialized(ctx)) {
				t.Error("it was set up all the same")
			}
		})
	}
}

func TestASecondFirstStartChangesNothing(t *testing.T) {
	a := apptest.New(t)
	id := addPerson(t, a, 1)
	unchanged(t, a, func() {
		_, err := a.Initialize(ctx, app.Setup{Unit: "另一家", User: "other", Password: "another password"})
		refused(t, err, "initialized")
	})
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.Name != datatest.Name(1) {
		t.Errorf("the session reads %+v", trainee)
	}
}

// addPerson stores the n-th invented person and gives the key.
func addPerson(t testing.TB, a *app.App, n int) int64 {
	t.Helper()
	row := got[data.ImportRow](t)(a.AddTrainee(ctx, map[string]string{"name": datatest.Name(n), "id_number": datatest.IDNumber(n), "mobile": datatest.Mobile(n)}))
	if row.Outcome != data.OutcomeNew {
		t.Fatalf("person %d: %+v", n, row.Problems)
	}
	return row.Trainee.ID
}

func TestLogin(t *testing.T) {
	first := apptest.New(t)
	id := addPerson(t, first, 1)
	folder := strings.TrimSuffix(first.DatabasePath(), "/peixun.db")
	must(t, first.Close())
	a, err := apptest.Open(folder, &apptest.Clock{})
	must(t, err)
	t.Cleanup(func() { a.Close() })
	for _, c := range []struct{ name, user, password string }{
		{"wrong password", apptest.User, "horse battery 8"},
		{"password in other case", apptest.User, "Horse battery 9"},
		{"no password", apptest.User, ""},
		{"wrong user", "somebody", apptest.Password},
		{"nobody's wrong password", "somebody", "x"},
	} {
		err := a.Login(ctx, c.user, c.password)
		refused(t, err, "login-wrong")
		if !errors.Is(err, data.ErrWrongPassphrase) {
			t.Errorf("%s: %v is not data.ErrWrongPassphrase", c.name, err)
		}
		if _, ok := a.Session(); ok {
			t.Errorf("%s: logged in", c.name)
		}
	}
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	if administrator, _ := a.Session(); administrator.Name != "赵晓岚" {
		t.Errorf("the session is %q, not the profile's name", administrator.Name)
	}
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.IDNumber != datatest.IDNumber(1) {
		t.Errorf("after the login %+v", trainee)
	}
	a.Lock()
	must(t, a.Login(ctx, "", apptest.Password)) // the only administrator needs no name
}

func TestRecoveryKey(t *testing.T) {
	a := apptest.Empty(t)
	key := got[string](t)(a.Initialize(ctx, setup))
	id := addPerson(t, a, 1)
	a.Lock()
	for name, c := range map[string]struct{ key, password, code string }{
		"another key":                 {"0000-0000-0000-0000-0000-0000-0000-0000", "a new password", "recovery-wrong"},
		"half a key":                  {key[:19], "a new password", "recovery-wrong"},
		"the password":                {apptest.Password, "a new password", "recovery-wrong"},
		"a new password that is weak": {key, "12345678", "password-common"},
	} {
		refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, c.key, c.password), c.code)
		if _, ok := a.Session(); ok {
			t.Errorf("%s opened the data", name)
		}
	}
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, " "+strings.ToLower(strings.ReplaceAll(key, "-", " ")), "a new password"))
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.Mobile != datatest.Mobile(1) {
		t.Errorf("after the recovery %+v", trainee)
	}
	a.Lock()
	refused(t, a.Login(ctx, apptest.User, apptest.Password), "login-wrong")
	must(t, a.Login(ctx, apptest.User, "a new password"))
	a.Lock()
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, "a third password")) // the key stays good
}

// Every use case refuses while the program is locked. One that is not named here is called with zero values.
func TestLockMakesEverythingRefuse(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	path := csv(t, "姓名,身份证号", person(5))
	plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, path, app.ImportOptions{}))
	a := h.App
	open := strings.Fields(`Administrators Close DatabasePath DatabaseSize HoursPerDay Initialize Initialized Lock Login LoginWithRecoveryKey
		Now SavedAt Session SetHoursPerDay SetSetting Setting Subscribe Today JudgeTyped SaveTemplate SaveReport WriteTemplate WriteReport
		SheetsOf SheetHead SaveRosterDifference`)
	calls := map[string]func() error{
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
		"PayerBanks":         func() error { return second(a.PayerBanks(ctx)) },
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

func TestSubscriptionsHearOfChangesAndEnd(t *testing.T) {
	a := apptest.New(t)
	var heard []app.Event
	cancel := a.Subscribe(func(event app.Event) { heard = append(heard, event) })
	addPerson(t, a, 1)
	if !slices.Contains(heard, app.TraineesChanged) {
		t.Errorf("heard %v", heard)
	}
	heard = nil
	if _, err := a.SetTraineeStatus(ctx, []int64{999}, "none"); err != nil || len(heard) == 0 {
		t.Errorf("a change of nobody: %v, heard %v", err, heard)
	}
	heard = nil
	if _, err := a.SavePlan(ctx, data.Plan{Number: "1"}); err == nil || len(heard) > 0 {
		t.Errorf("a refused change was told: %v, %v", heard, err)
	}
	cancel()
	addPerson(t, a, 2)
	if len(heard) > 0 {
		t.Errorf("after the end heard %v", heard)
	}
}

func TestDamageAndForeignFilesHaveWords(t *testing.T) {
	for name, c := range map[string]struct{ content, code string }{
		"no database": {"转账凭证，不是数据库，而且长得超过一页的开头。" + strings.Repeat("字", 200), "database-damaged"},
	} {
		folder := t.TempDir()
		must(t, app.SaveFile(folder+"/peixun.db", []byte(c.content)))
		_, err := apptest.Open(folder, &apptest.Clock{})
		refused(t, err, c.code)
		if !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	file := t.TempDir() + "/file"
	must(t, app.SaveFile(file, []byte("x")))
	_, err := apptest.Open(file, &apptest.Clock{})
	refused(t, err, "database-unreachable")
}

func TestOneWindowPerFolder(t *testing.T) {
	folder := t.TempDir() + "/数据"
	release, err := app.Claim(folder)
	must(t, err)
	_, err = app.Claim(folder)
	refused(t, err, "already-open")
	release()
	release, err = app.Claim(folder)
	must(t, err)
	release()
}

func TestTimeIsTheClocks(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	if a.Now() != "2022-06-17 13:02:11" || a.Today() != "2022-06-17" {
		t.Errorf("now is %s", a.Now())
	}
	clock.Pass(11 * 3600e9)
	if a.Now() != "2022-06-18 00:02:11" || a.Today() != "2022-06-18" {
		t.Errorf("eleven hours later it is %s", a.Now())
	}
	addPerson(t, a, 1)
	if a.SavedAt() != a.Now() {
		t.Errorf("saved at %s", a.SavedAt())
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err := a.Plans(cancelled)
	refused(t, err, "canceled")
}

package app_test

import (
	"context"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// reading are the use cases that 只读 may use: they change nothing that is stored, but for lines in 操作日志.
var reading = strings.Fields(`AutoLock DutySheet WriteDutySheet KeyKnownToRemoved Administrators LockedAdministrators LoginGuard May PasswordOwner
	Audit Balances BankPayment BatchByNumber Batches Check CheckLedger Checkup ClosedMonthsOfEntries ClosedMonthsOfStatement CompareFiles CompareRoster CurrentPlan
	Duplicates ExportCertificates ExportHours ExportLearning ExportOrders ExportRecharges FindTrainees Home HoursFiles HoursIDs HoursRows HoursTotal HoursRules
	Imports InvoiceDetails InvoiceProfiles Invoices JudgeHours JudgeTrainee KeptByUndo LastCheckup Learning LearningFile LetterContradictions LetterCounts LetterHistory
	LetterIDs LetterRows LetterScans LetterSettings Letters MatchPeople MendImport MonthChecks OfficialTemplate OpenPaper Order OrderByNumber OrderChanges OrderEvents
	OrderGaps OrderIDs OrderRecharges OrderRevisions OrderRows OrderTotals OrganizationUse Organizations PaidPeople PasswordResets PayerAccounts PeoplePaidFor PlanByNumber
	PlanHoursImport PlanImport PlanReply PlanReplyText PlanRows PlanStatement PlanSubmission PlanTakeOver Plans PlatformBoard PreviewMerge PreviewRecharge Print
	Profile ProfileGaps ReadAmounts ReadAnswers ReadOfficialTemplate ReadPeople ReadyOrder RecentActions RechargeDrafts RechargeEntries RechargeIDs RechargeRefusals
	RechargeRuns RechargeSheet RechargeTotals Reconcile ReconciliationPaper Reminders RenewImport Report Roll SaveCheckup SaveReportPDF SaveReportWorkbook SentRows
	SheetHead SheetsOf StatementLines Statements SubmissionRows Submissions TieAnswers Trainee TraineeHistory TraineeIDs TraineeRows TraineeTotals UnmendImport Unplaced
	VerifyLetter VerifyLetterFile VerifySubmission VoucherImage Waits WriteCheckupPDF WriteHoursSummary WriteLabels WriteLearningFile WriteRechargeSheet WriteReportPDF
	DraftLetter Backups ProveBackup AuditIDs AuditRows AuditFacts CheckLog ExportLog WriteLogPDF`)

// forEverybody are the use cases that ask no right: before a login, about oneself, or about nothing that is stored. ChoosePlan and
// SetSetting keep for the session what 只读 chooses.
var forEverybody = strings.Fields(`WrongTries Close DatabasePath DatabaseSize Initialize Initialized Lock Login LoginWithRecoveryKey Now SavedAt Session Setting SetSetting ChoosePlan Subscribe
	Today JudgeTyped SaveTemplate SaveReport WriteTemplate WriteReport SaveRosterDifference ShowPaper ChangePassword
	AutomaticBackups Backup BackupFolder BackupIfChanged BackupNeeded BackupRemindDays BackupStatus BackupWarnings ProposedBackupName DefaultBackupFolder`)

// rightCalls are those use cases that refuse zero values before they look at who calls.
func rightCalls(t *testing.T, h *apptest.Hospital, order data.Order) map[string]func() error {
	a := h.App
	calls := useCases(t, h, order)
	picture := pictureFile(t, "证明.png", pixels(t, 700, 700))
	invoice := filepath.Join(t.TempDir(), "发票.xml")
	must(t, app.SaveFile(invoice, []byte("<?xml version=\"1.0\"?><EInvoice></EInvoice>")))
	report := got[data.Report](t)(a.Report(ctx, data.ReportQuery{Kind: data.ReportOrders, By: data.ByMonth}))
	for name, call := range map[string]func() error{
		"AcceptDifference":  func() error { return a.AcceptDifference(ctx, data.Difference{}, "核对过") },
		"AddHoursFile":      func() error { return second(a.AddHoursFile(ctx, 1, picture)) },
		"AddLetterScan":     func() error { return second(a.AddLetterScan(ctx, 1, picture)) },
		"AttachInvoiceFile": func() error { return second(a.AttachInvoiceFile(ctx, order.ID, invoice)) },
		"BackLetter":        func() error { return a.BackLetter(ctx, 1, "章盖错了") },
		"BackupTo":          func() error { return second(a.BackupTo(ctx, picture+".bak", data.BackupByHand, nil)) },
		"CorrectInvoice":    func() error { return second(a.CorrectInvoice(ctx, order.ID, "22312000000012345678", "2022-06-17")) },
		"FileScans":         func() error { return second(a.FileScans(ctx, []string{picture}, nil)) },
		"IssueInvoice": func() error {
			return second(a.IssueInvoice(ctx, order.ID, data.InvoiceIssue{Number: "22312000000012345678", IssuedOn: "2022-06-17"}))
		},
		"KeepOfficialTemplate": func() error {
			return a.KeepOfficialTemplate(ctx, data.OfficialTemplate{Form: "trainees", Content: []byte("x")})
		},
		"ReopenMonth":    func() error { return a.ReopenMonth(ctx, "2022-06", "漏了一笔") },
		"ReverseInvoice": func() error { return second(a.ReverseInvoice(ctx, order.ID, "2022-06-17", "抬头开错")) },
		"SaveInvoiceProfile": func() error {
			return second(a.SaveInvoiceProfile(ctx, data.InvoiceProfile{Name: "总部", Invoice: order.Invoice}))
		},
		"SaveLetterSettings": func() error { return a.SaveLetterSettings(ctx, got[data.LetterSettings](t)(a.LetterSettings(ctx))) },
		"VoidLetter":         func() error { return a.VoidLetter(ctx, 1, "打印有误") },
		"WithdrawSubmission": func() error { return a.WithdrawSubmission(ctx, 1, "发错了") },
		"DraftLetter": func() error {
			return second(a.DraftLetter(ctx, io.Discard, got[data.LetterSettings](t)(a.LetterSettings(ctx))))
		},
		"ReconciliationPaper": func() error { return second(a.ReconciliationPaper(ctx, "2022-06", io.Discard)) },
		"WriteDutySheet":      func() error { return second(a.WriteDutySheet(ctx, io.Discard, "")) },
		"WriteLogPDF":         func() error { return second(a.WriteLogPDF(ctx, io.Discard, data.AuditQuery{})) },
		"WriteCheckupPDF":     func() error { return second(a.WriteCheckupPDF(ctx, io.Discard, data.Checkup{})) },
		"WriteReportPDF":      func() error { return second(a.WriteReportPDF(ctx, io.Discard, report)) },
		"Restore":             func() error { return second(a.Restore(ctx, &app.RestorePlan{}, false, nil)) },
	} {
		calls[name] = call
	}
	return calls
}

// Whoever may only look changes nothing: every use case that is not named as reading refuses, and leaves every table as it is.
func TestReaderChangesNothing(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	calls := rightCalls(t, h, order)
	a := h.App
	loginAs(t, a, data.RoleReader)
	kind := reflect.TypeFor[*app.App]()
	for n := range kind.NumMethod() {
		method := kind.Method(n)
		call := calls[method.Name]
		if call == nil {
			call = func() error { return callWithZeros(t, a, method) }
		}
		switch {
		case slices.Contains(forEverybody, method.Name):
		case slices.Contains(reading, method.Name):
			unchangedButLog(t, a, func() {
				if problem, _ := data.AsProblem(call()); problem.Code == "right-missing" {
					t.Errorf("%s, which only looks, is refused", method.Name)
				}
			})
		default:
			unchanged(t, a, func() {
				err := call()
				if problem, _ := data.AsProblem(err); problem.Code != "right-missing" {
					t.Errorf("%s by 只读: %v, want right-missing", method.Name, err)
				}
			})
		}
	}
}

// loginAs adds an administrator of a role beside the first and logs in as that.
func loginAs(t testing.TB, a *app.App, role data.Role) data.Administrator {
	t.Helper()
	const temporary, own = "temporary tulip 3", "lasting anchor 71"
	user := map[data.Role]string{data.RoleManager: "sunyi", data.RoleClerk: "liuer", data.RoleReader: "zhousan"}[role]
	made := got[data.Administrator](t)(a.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: user, Name: "某" + string(role), Role: role, Password: temporary}))
	a.Lock()
	must(t, a.Login(ctx, user, temporary))
	must(t, a.ChangePassword(ctx, temporary, own))
	return made
}

func unchangedButLog(t *testing.T, a *app.App, work func()) {
	t.Helper()
	raw := datatest.Raw(t, a.DatabasePath())
	tables := columnOf(t, raw, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit', 'counter') AND name NOT LIKE 'sqlite%'")
	must(t, raw.Close())
	unchanged(t, a, work, tables...)
}

// callWithZeros calls a use case with zero values for all but the context.
func callWithZeros(t *testing.T, a *app.App, method reflect.Method) (err error) {
	t.Helper()
	kind := method.Type
	arguments := []reflect.Value{reflect.ValueOf(a)}
	for n := 1; n < kind.NumIn(); n++ {
		if kind.In(n) == reflect.TypeFor[context.Context]() {
			arguments = append(arguments, reflect.ValueOf(ctx))
			continue
		}
		arguments = append(arguments, reflect.Zero(kind.In(n)))
	}
	defer func() {
		if failure := recover(); failure != nil {
			t.Errorf("%s with zero values: %v; name it in useCases", method.Name, failure)
		}
	}()
	results := method.Func.Call(arguments)
	err, _ = results[len(results)-1].Interface().(error)
	return err
}

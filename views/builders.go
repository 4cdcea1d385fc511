package views

import (
	"peixun/views/backups"
	"peixun/views/checkup"
	"peixun/views/desk"
	"peixun/views/home"
	"peixun/views/hours"
	"peixun/views/importer"
	"peixun/views/learning"
	"peixun/views/letters"
	"peixun/views/online"
	"peixun/views/orders"
	"peixun/views/payment"
	"peixun/views/plans"
	"peixun/views/recharge"
	"peixun/views/reconcile"
	"peixun/views/reports"
	"peixun/views/statement"
	"peixun/views/submission"
	"peixun/views/system"
	"peixun/views/trainees"
)

// builders make the screens, each when it is first shown.
func builders(d *desk.Desk, w *Window) map[desk.Page]func() desk.Screen {
	return map[desk.Page]func() desk.Screen{
		desk.Home:          func() desk.Screen { return home.New(d, w.app) },
		desk.Profile:       func() desk.Screen { return system.NewProfile(d, w.app) },
		desk.Accounts:      func() desk.Screen { return system.NewAccounts(d, w.app) },
		desk.Organizations: func() desk.Screen { return system.NewOrganizations(d, w.app) },
		desk.Log:           func() desk.Screen { return system.NewLog(d, w.app) },
		desk.Settings:      func() desk.Screen { return system.NewSettings(d, w.app, w.SetDark) },
		desk.Trainees:      func() desk.Screen { return trainees.New(d, w.app) },
		desk.ImportRoster:  func() desk.Screen { return importer.NewRoster(d, w.app) },
		desk.ImportHours:   func() desk.Screen { return importer.NewHours(d, w.app) },
		desk.Plans:         func() desk.Screen { return plans.New(d, w.app) },
		desk.Hours:         func() desk.Screen { return hours.New(d, w.app) },
		desk.Learning:      func() desk.Screen { return learning.New(d, w.app) },
		desk.Payment:       func() desk.Screen { return payment.New(d, w.app) },
		desk.Orders:        func() desk.Screen { return orders.New(d, w.app) },
		desk.OrderDetails:  func() desk.Screen { return orders.NewDetails(d, w.app) },
		desk.Statements:    func() desk.Screen { return reconcile.New(d, w.app) },
		desk.BringIn:       func() desk.Screen { return statement.New(d, w.app) },
		desk.Differences:   func() desk.Screen { return reconcile.NewDifferences(d, w.app) },
		desk.MonthEnd:      func() desk.Screen { return reconcile.NewMonthEnd(d, w.app) },
		desk.Recharge:      func() desk.Screen { return recharge.New(d, w.app) },
		desk.Ledger:        func() desk.Screen { return recharge.NewLedger(d, w.app) },
		desk.Batches:       func() desk.Screen { return recharge.NewBatchList(d, w.app) },
		desk.MoneyTrail:    func() desk.Screen { return recharge.NewTrail(d, w.app) },
		desk.Online:        func() desk.Screen { return online.New(d, w.app) },
		desk.Backups:       func() desk.Screen { return backups.New(d, w.app) },
		desk.Checkup:       func() desk.Screen { return checkup.New(d, w.app) },
		desk.Reports:       func() desk.Screen { return reports.NewAccounts(d, w.app) },
		desk.PlanReports:   func() desk.Screen { return reports.NewPlans(d, w.app) },
		desk.Certificates:  func() desk.Screen { return hours.NewCertificates(d, w.app) },
		desk.Letters:       func() desk.Screen { return letters.New(d, w.app) },
		desk.Submissions:   func() desk.Screen { return submission.New(d, w.app) },
	}
}

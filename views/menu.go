package views

import "peixun/views/desk"

// menuEntry is a line of the navigation: a page, or a group of pages.
type menuEntry struct {
	icon  string
	label string // of a group
	pages []desk.Page
}

// menu is the navigation in the manual's order and words.
var menu = []menuEntry{
	{icon: "house", pages: []desk.Page{desk.Home}},
	{icon: "sliders-horizontal", label: "系统管理", pages: []desk.Page{desk.Profile, desk.Accounts, desk.Organizations, desk.Log, desk.Checkup, desk.Backups, desk.Settings}},
	{icon: "users", label: "学员管理", pages: []desk.Page{desk.Trainees, desk.ImportRoster}},
	{icon: "book", pages: []desk.Page{desk.Plans}},
	{icon: "chart-column", pages: []desk.Page{desk.Reports}},
	{icon: "archive", label: "学习档案管理", pages: []desk.Page{desk.Hours, desk.Learning}},
	{icon: "landmark", label: "组织缴费", pages: []desk.Page{desk.Payment}},
	{icon: "clipboard-check", label: "对账管理", pages: []desk.Page{desk.Orders, desk.Statements, desk.Differences, desk.MonthEnd}},
	{icon: "panels-top-left", pages: []desk.Page{desk.PlanReports}},
	{icon: "wallet", label: "学员缴费管理", pages: []desk.Page{desk.Recharge, desk.Ledger, desk.Online, desk.Batches}},
	{icon: "award", label: "证书管理", pages: []desk.Page{desk.Letters, desk.Certificates}},
	{icon: "package", pages: []desk.Page{desk.Submissions}},
}

// titles are the pages whose title is not their name in the navigation.
var titles = map[desk.Page]string{desk.Trainees: "学员管理", desk.Statements: "银行流水核对"}

// entryOf says which line of the navigation is marked while a page without one is shown.
var entryOf = map[desk.Page]desk.Page{desk.OrderDetails: desk.Orders, desk.ImportHours: desk.Hours, desk.MoneyTrail: desk.Ledger, desk.BringIn: desk.Statements}

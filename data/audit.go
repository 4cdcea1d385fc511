package data

import (
	"fmt"
	"strconv"
	"strings"
)

// AuditKind says what sort of act a line of 操作日志 tells of.
type AuditKind string

// The kinds in the order in which people choose among them.
const (
	AuditAccess      AuditKind = "登录与权限"
	AuditDisclosure  AuditKind = "完整信息"
	AuditTrainees    AuditKind = "学员与机构"
	AuditOrders      AuditKind = "缴费与发票"
	AuditRecharges   AuditKind = "充值"
	AuditHours       AuditKind = "学时"
	AuditLetters     AuditKind = "确认书"
	AuditBooks       AuditKind = "对账"
	AuditSubmissions AuditKind = "报盘回盘"
	AuditSafety      AuditKind = "备份与清理"
	AuditSettings    AuditKind = "设置"
)

// AuditKinds lists all kinds.
var AuditKinds = []AuditKind{AuditAccess, AuditDisclosure, AuditTrainees, AuditOrders, AuditRecharges, AuditHours, AuditLetters, AuditBooks,
	AuditSubmissions, AuditSafety, AuditSettings}

// kindsByWord gives the kind of an action by its first word, such as order in order.approve.
var kindsByWord = map[string]AuditKind{
	"login": AuditAccess, "unit": AuditAccess, "recovery": AuditAccess, "administrator": AuditAccess, "password": AuditAccess,
	"trainee": AuditTrainees, "organization": AuditTrainees, "order": AuditOrders, "invoice-profile": AuditOrders, "recharge": AuditRecharges,
	"hours": AuditHours, "letter": AuditLetters, "statement": AuditBooks, "match": AuditBooks, "difference": AuditBooks, "month": AuditBooks,
	"submission": AuditSubmissions, "backup": AuditSafety, "restore": AuditSafety, "purge": AuditSafety, "handover": AuditSafety,
	"profile": AuditSettings, "settings": AuditSettings, "template": AuditSettings, "plan": AuditSettings,
}

// kindsByAction are the actions whose first word does not tell their kind.
var kindsByAction = map[string]AuditKind{
	"import.trainees": AuditTrainees, "import.hours": AuditHours, "import.statement": AuditBooks, "import.undo": AuditTrainees,
	"letter.settings": AuditSettings, "log.export": AuditDisclosure, "letter.whole-numbers": AuditDisclosure,
	"submission.write": AuditDisclosure, "letter.content": AuditDisclosure, "voucher.save": AuditDisclosure,
}

// KindOfAction gives the kind of an action's slug. Whatever shows or takes out whole numbers is AuditDisclosure, whatever it is about;
// an action that nobody has placed is AuditSettings.
func KindOfAction(action string) AuditKind {
	if kind, known := kindsByAction[action]; known {
		return kind
	}
	word, rest, _ := strings.Cut(action, ".")
	if strings.HasPrefix(rest, "reveal") {
		return AuditDisclosure
	}
	if kind, known := kindsByWord[word]; known {
		return kind
	}
	return AuditSettings
}

// AuditQuery says which lines of 操作日志 are wanted. Zero values ask for all.
type AuditQuery struct {
	Text string // stands in the target, the sentence or the user's name
	User string
	Kind AuditKind
	From Date // the first day
	To   Date // the last day
}

// AuditFacts say what can be filtered by, and how many lines there are.
type AuditFacts struct {
	Count int
	Users []string
}

// LogCheck is what the look at 操作日志's chain found.
type LogCheck struct {
	Count  int64  // lines whose place in the chain was proved
	Detail string // what is wrong, in Chinese; empty where all is well
}

// Words says in a sentence what was found.
func (c LogCheck) Words() string {
	if c.Detail != "" {
		return "操作日志在程序以外被改动过：" + c.Detail
	}
	return fmt.Sprintf("环环相扣：%d 条，核对无误。", c.Count)
}

// LogSheet is a part of 操作日志 as it is printed.
type LogSheet struct {
	Unit    string
	At      Moment
	Check   LogCheck
	Entries []AuditEntry
}

// Place gives what a line is about, so that a screen can lead to it; Kind is PlaceNone where it is nothing that has a page.
func (e AuditEntry) Place() CheckPlace {
	if number, about := strings.CutPrefix(e.Target, "学员 "); about {
		if _, err := strconv.ParseInt(number, 10, 64); err == nil {
			return CheckPlace{Kind: PlaceTrainee, Key: number, Text: e.Target}
		}
	}
	first, _, _ := strings.Cut(e.Target, "、")
	for prefix, kind := range map[string]PlaceKind{"JF-": PlaceOrder, "QR-": PlaceLetter} {
		if strings.HasPrefix(first, prefix) {
			return CheckPlace{Kind: kind, Key: first, Text: first}
		}
	}
	return CheckPlace{}
}

package home

import (
	"fmt"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
)

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// dayName writes a day as 6 月 17 日，星期五.
func dayName(day data.Date) string {
	at := day.Time()
	return fmt.Sprintf("%d 月 %d 日，%s", at.Month(), at.Day(), weekdays[at.Weekday()])
}

// monthDay shortens a moment or day to 06-17.
func monthDay(at string) string {
	if len(at) < len("2006-01-02") {
		return ""
	}
	return at[len("2006-"):len("2006-01-02")]
}

// headline is the sentence on top: the day in bold, and the rest.
func headline(found outlook) (day, rest string) {
	plan := found.home.Plan
	day = dayName(found.today) + "。"
	switch left := found.today.DaysUntil(plan.EndsAt.Date()); {
	case plan.ID == 0:
		return day, "还没有培训计划，请先在培训管理里添加。"
	case left < 0:
		rest = fmt.Sprintf("%s已经结束 %d 天。", yearName(plan.Year), -left)
	default:
		rest = fmt.Sprintf("%s还剩 %d 天。", yearName(plan.Year), left)
	}
	if found.home.Trainees == 0 {
		return day, rest + "按下面三步开始。"
	}
	return day, rest + waitWords(found) + "下一步是" + stepFacts(app.NextStep(found.home), found.home).action + "。"
}

// waitWords counts what waits for the administrator and for others.
func waitWords(found outlook) string {
	mine := 0
	for _, wait := range found.waits {
		if wait.Mine() {
			mine++
		}
	}
	others := len(found.waits) - mine
	switch {
	case mine > 0 && others > 0:
		return fmt.Sprintf("%d 件事等您办，%d 件在等别人；", mine, others)
	case mine > 0:
		return fmt.Sprintf("%d 件事等您办；", mine)
	case others > 0:
		return fmt.Sprintf("%d 件事在等别人；", others)
	}
	return "没有等着办的事；"
}

// yearName shortens a plan to 2022年计划.
func yearName(year int) string { return fmt.Sprintf("%d年计划", year) }

// facts are what a step's card shows.
type facts struct {
	big, unit, beside string
	fraction          float64
	caption           string
	action            string // what the card's button does
	page              desk.Page
	argument          any
}

// stepFacts puts a step's numbers into words and names its action, whose number is that of the rows it leads to.
func stepFacts(step app.Step, h data.Home) facts {
	switch step {
	case app.StepTrainees:
		return traineeFacts(h)
	case app.StepPayment:
		return paymentFacts(h)
	case app.StepRecharge:
		return rechargeFacts(h)
	}
	return letterFacts(h)
}

func traineeFacts(h data.Home) facts {
	f := facts{big: desk.Thousands(h.Enabled), unit: "人启用", beside: "共 " + desk.Thousands(h.Trainees) + " 人",
		fraction: share(int64(h.Enabled-h.Incomplete), int64(h.Enabled)),
		caption:  "资料完整 " + desk.Thousands(h.Enabled-h.Incomplete) + " · 待处理 " + desk.Thousands(h.Incomplete),
		action:   "查看学员", page: desk.Trainees}
	switch {
	case h.Trainees == 0:
		f.action, f.page = "导入学员", desk.ImportRoster
	case h.Incomplete > 0:
		f.action = "补全 " + desk.Thousands(h.Incomplete) + " 人的资料"
		f.argument = data.TraineeQuery{Incomplete: true, Status: data.TraineeEnabled}
	}
	return f
}

func paymentFacts(h data.Home) facts {
	due := app.Due(h)
	f := facts{big: h.Paid.String(), unit: "元", beside: "应缴 " + due.String(), fraction: share(int64(h.Paid), int64(due)),
		caption: desk.Thousands(h.Orders) + " 笔订单", action: "查看订单", page: desk.Orders}
	if due == 0 {
		f.beside, f.fraction = "审核通过 "+h.Approved.String(), share(int64(h.Approved), int64(h.Paid))
	}
	if h.Waiting > 0 {
		f.caption += fmt.Sprintf(" · 待审核 %d 笔 %s", h.Waiting, h.WaitingSum)
	}
	switch {
	case h.Drafts > 0:
		f.action, f.argument = fmt.Sprintf("继续 %d 笔草稿", h.Drafts), data.OrderQuery{PlanID: h.Plan.ID, Review: data.ReviewDraft}
	case h.Unpaid > 0:
		f.action, f.page, f.argument = "为 "+desk.Thousands(h.Unpaid)+" 人新建缴费", desk.Payment, h.Plan
	case h.Waiting > 0:
		f.action, f.argument = fmt.Sprintf("查看 %d 笔待审核", h.Waiting), data.OrderQuery{PlanID: h.Plan.ID, Review: data.ReviewSubmitted}
	}
	return f
}

func rechargeFacts(h data.Home) facts {
	given := h.Recharged + h.Left
	f := facts{big: h.Recharged.String(), unit: "元", beside: "可充 " + given.String(), fraction: share(int64(h.Recharged), int64(given)),
		caption: desk.Thousands(h.RechargedTo) + " 人已到账 · 批次剩余 " + h.Left.String(), action: "查看充值明细", page: desk.Ledger}
	if people := app.Chargeable(h); people > 0 {
		f.action, f.page = "为 "+desk.Thousands(people)+" 人充值", desk.Recharge
	}
	return f
}

func letterFacts(h data.Home) facts {
	f := facts{big: desk.Thousands(h.Reached), unit: "人达标", beside: "启用 " + desk.Thousands(h.Enabled) + " 人", fraction: share(int64(h.Reached), int64(h.Enabled)),
		caption: "线下学时 " + desk.Thousands(h.WithHours) + " 人 · 确认书 " + desk.Thousands(h.Letters) + " 份", action: "登记线下学时", page: desk.Hours}
	if h.Letters == 0 && h.Approved > 0 || h.Reached >= h.Enabled {
		f.action, f.page = "生成确认书", desk.Letters
	}
	return f
}

func share(part, whole int64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, float64(part)/float64(whole))
}

// Counts are the numbers that the navigation shows beside pages where something waits; unchecked are the bank lines that nobody settled.
func Counts(h data.Home, unchecked int) map[desk.Page]int {
	return map[desk.Page]int{desk.Trainees: h.Incomplete, desk.Orders: h.Waiting, desk.Statements: unchecked, desk.Recharge: app.Chargeable(h)}
}

// clock shortens a moment to 13:02 on the same day and to 06-15 on others.
func clock(at data.Moment, today data.Date) string {
	if at.Date() != today {
		return monthDay(string(at))
	}
	return at.Time().Format("15:04")
}

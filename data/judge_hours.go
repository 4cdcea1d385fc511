package data

import (
	"fmt"
	"strings"
)

// HoursDraft is a row of the offline hours' sheet as judged. Whose it is and which plan it counts for
// is found by IDNumber and Plan, the plan's number as written.
type HoursDraft struct {
	Hours    OfflineHours
	Name     string
	IDNumber string
	Plan     string
}

// CodePlanMissing is the code of the error for a row without a plan's number. Whoever imports for a chosen plan drops it.
const CodePlanMissing = "plan-missing"

// hoursColumns are the places of HoursForm's columns, looked up once.
var hoursColumns = struct {
	name, idNumber, plan, title, category, form, organizer, place, startsOn, endsOn, hours, result, certificate, remark int
}{
	name: HoursForm.Column("name"), idNumber: HoursForm.Column("id_number"), plan: HoursForm.Column("plan"), title: HoursForm.Column("title"),
	category: HoursForm.Column("category"), form: HoursForm.Column("form"), organizer: HoursForm.Column("organizer"), place: HoursForm.Column("place"),
	startsOn: HoursForm.Column("starts_on"), endsOn: HoursForm.Column("ends_on"), hours: HoursForm.Column("hours"),
	result: HoursForm.Column("result"), certificate: HoursForm.Column("certificate"), remark: HoursForm.Column("remark"),
}

// JudgeHours judges a row of the offline hours' sheet on the day today under a unit's rules.
// It looks at the row alone: who it is, which plan, and whether records overlap, is judged against the store.
// Each problem says where it stands. Source: DOMAIN §4.
func JudgeHours(row SourceRow, heading Heading, today Date, rules HoursRules) (HoursDraft, []Problem) {
	j := rowJudge{form: &HoursForm, row: &row, heading: &heading}
	columns := &hoursColumns
	var draft HoursDraft
	draft.Name = j.name(columns.name)
	draft.IDNumber = j.hoursIDNumber(columns.idNumber)
	draft.Plan = j.plan(columns.plan)
	hours := &draft.Hours
	hours.Title = j.text(columns.title, MaxPathText)
	hours.Category = j.choice(columns.category, courseWords)
	hours.Form = j.choice(columns.form, trainingWords)
	hours.Organizer = j.text(columns.organizer, MaxShortText)
	hours.Place = j.text(columns.place, MaxShortText)
	hours.StartsOn = j.date(columns.startsOn)
	hours.EndsOn = j.date(columns.endsOn)
	hours.Hours = j.hours(columns.hours, rules)
	hours.Result = j.text(columns.result, MaxShortText)
	hours.Certificate = j.text(columns.certificate, MaxShortText)
	hours.Remark = j.lines(columns.remark)
	hours.Extra = j.extra()
	j.hoursFit(hours, today, rules.Filled().PerDay)
	return draft, j.problems
}

// courseWords are other words for 课程类别.
var courseWords = map[string]string{
	"选修课": "选修", "选修科目": "选修", "选修课程": "选修", "专业课": "专业", "专业科目": "专业", "专业课程": "专业",
	"公共课": "公共", "公需": "公共", "公需科目": "公共", "公共科目": "公共", "公共知识": "公共", "公共课程": "公共",
}

// trainingWords are other words for 培训形式.
var trainingWords = map[string]string{
	"面授课": "面授", "面授培训": "面授", "线下": "面授", "线下面授": "面授", "现场": "面授", "讲座": "面授", "集中面授": "面授",
	"学术会议": "会议", "研讨会": "会议", "线上": "网络", "网络培训": "网络", "网络课程": "网络", "远程": "网络",
}

// hoursIDNumber judges a number that only has to find its trainee: the sheet does not say which document it is,
// and how old the person is was judged when the trainee came in.
func (j *rowJudge) hoursIDNumber(column int) string {
	cell, ok := j.usable(column)
	if !ok {
		return ""
	}
	identity, problems := JudgeIDNumber(cell, "", "")
	if HasErrors(problems) && !cellDestroyed(cell) {
		passport, more := JudgeIDNumber(cell, DocumentPassport, "")
		if !HasErrors(more) && looksLikePassport(passport.Number) {
			identity, problems = passport, more
		}
	}
	for _, problem := range problems {
		if problem.Code != "document-changed" {
			j.add(column, problem)
		}
	}
	return identity.Number
}

// longestUsualPassport tells a passport of digits alone from a resident's number with digits missing.
const longestUsualPassport = 12

func looksLikePassport(number string) bool {
	return number != "" && (!isDigit(number[0]) || len(number) <= longestUsualPassport)
}

// plan gives the plan's number; names are never matched.
func (j *rowJudge) plan(column int) string {
	text := strings.TrimLeft(j.text(column, MaxShortText), "'")
	if bare := compact(text); onlyDigits(bare) {
		return bare
	}
	return text
}

func (j *rowJudge) hours(column int, rules HoursRules) Hours {
	cell, ok := j.usable(column)
	if !ok {
		return 0
	}
	hours, converted, err := rules.Parse(ShownText(cell))
	if converted != nil {
		j.add(column, *converted)
	}
	j.addError(column, err)
	return hours
}

// hoursFit judges days and 学时 together: 0 < 学时 ≤ days × perDay.
func (j *rowJudge) hoursFit(hours *OfflineHours, today Date, perDay Hours) {
	if hours.StartsOn == "" || hours.EndsOn == "" {
		return
	}
	days := hours.StartsOn.DaysUntil(hours.EndsOn) + 1
	most := Hours(days) * perDay
	switch {
	case days < 1:
		j.add(hoursColumns.endsOn, Refuse("dates-reversed", "", "结束日期早于开始日期。", "请核对两个日期。"))
		return
	case hours.Hours > most:
		j.add(hoursColumns.hours, Refuse("hours-over-cap", "", fmt.Sprintf("%d 天最多 %s 学时，这里是 %s 学时。", days, most, hours.Hours),
			fmt.Sprintf("请核对学时和起止日期；每天最多 %s 学时，可在设置里修改。", perDay)))
	}
	if today != "" && hours.EndsOn > today {
		j.add(hoursColumns.endsOn, Warn("hours-future", "", "这次培训还没有结束。", "请核对结束日期；一般在培训结束后登记。"))
	}
}

package importer

import (
	"strings"

	"peixun/data"
	"peixun/views/ui"
)

// problemWords name problems in a pill, by code.
var problemWords = map[string]string{
	"organization-unknown": "机构不存在", "organization-ambiguous": "机构重名",
	"id-destroyed": "证件号被 Excel 毁掉", "digits-destroyed": "号码被 Excel 毁掉", "mobile-destroyed": "手机号被 Excel 毁掉",
	"id-checksum": "证件号校验不对", "id-length": "证件号位数不对", "id-format": "证件号格式不对", "id-date": "证件号日期不对", "id-province": "证件号地区不对",
	"id-future": "出生日期未到", "id-masked": "证件号带星号", "id-missing": "没有证件号", "id-number-missing": "没有证件号", "id-damaged": "证件号有乱码",
	"id-other-name": "姓名与证件号不符", "id-in-wrong-column": "证件号填错列", "id-zeros": "证件号末尾是 000", "id-age": "年龄少见", "id-lookalike": "X 写成别的字母",
	"name-missing": "没有姓名", "name-summary": "不是人名", "name-digit": "不是人名", "name-symbol": "姓名有符号", "name-header": "不是人名",
	"name-several": "不止一个人", "name-long": "姓名太长", "name-lost": "姓名缺字", "name-damaged": "姓名有乱码", "name-excel-error": "姓名是错误值",
	"name-radical": "姓名用字待核对", "name-private-use": "生僻字待核对", "name-brackets": "姓名带括号",
	"mobile-missing": "没有手机号", "mobile-length": "手机号位数不对", "mobile-format": "手机号格式不对", "mobile-several": "手机号不止一个",
	"mobile-masked": "手机号带星号", "mobile-shared": "手机号多人共用",
	"row-repeated": "与前面的行重复", "row-left": "您选择不导入", "row-hidden": "隐藏的行", "row-total": "合计行", "row-signature": "制表人、签字",
	"row-note": "说明文字", "row-example": "示例行", "row-header": "重复的表头", "row-other-name": "姓名以别的行为准",
	"username-exists": "用户名已被占用", "person-other-id": "同名同生日",
	"sex-conflict": "性别不一致", "sex-unknown": "性别看不懂", "sex-missing": "没有性别", "birth-conflict": "出生日期不一致",
	"birth-unreadable": "出生日期看不懂", "birth-missing": "没有出生日期", "document-unknown": "证件类型不认识", "cell-error": "Excel 错误值", "extra-dropped": "内容太长",
	"trainee-unknown": "系统里没有此人", "plan-differs": "计划编号不一致", "plan-missing": "没有计划编号", "title-missing": "没有培训名称",
	"hours-over-cap": "学时超过上限", "hours-zero": "学时不大于 0", "hours-missing": "没有学时", "hours-decimals": "小数超过两位", "hours-overlap": "日期重叠",
	"hours-future": "培训还没结束", "dates-reversed": "日期颠倒",
}

// word names a problem in a few characters.
func (k kind) word(problem data.Problem) string {
	if known, ok := problemWords[problem.Code]; ok {
		return known
	}
	label := problem.Where.Column
	if column := k.form.Column(problem.Where.Field); column >= 0 {
		label = k.form.Columns[column].Header
	}
	switch {
	case strings.HasSuffix(problem.Code, "-missing"):
		return "没有" + label
	case problem.Level == data.LevelError:
		return label + "有误"
	}
	return label + "待确认"
}

// worst gives the problem that decides about a row, and whether there is one: an error before a warning before a mend.
func worst(problems []data.Problem) (data.Problem, bool) {
	for _, level := range []data.Level{data.LevelError, data.LevelWarning, data.LevelFixed} {
		for _, problem := range problems {
			if problem.Level == level {
				return problem, true
			}
		}
	}
	return data.Problem{}, false
}

func toneOf(level data.Level) ui.Tone {
	switch level {
	case data.LevelError:
		return ui.ToneDanger
	case data.LevelWarning:
		return ui.ToneWarning
	}
	return ui.ToneNeutral
}

// group is the rows that share a problem.
type group struct {
	word    string
	problem data.Problem
	rows    []int // their numbers in the sheet
}

// ofLevel picks the problems of a level.
func ofLevel(level data.Level) func(data.Problem) bool {
	return func(problem data.Problem) bool { return problem.Level == level }
}

// grouped gathers the rows at places by the problems that are picked, the most frequent first; a row counts for its first one
// only where once is set.
func (k kind) grouped(plan *data.ImportPlan, places []int, picked func(data.Problem) bool, once bool) []group {
	at := map[string]int{}
	var groups []group
	for _, place := range places {
		row := plan.Rows[place]
		for _, problem := range row.Problems {
			if !picked(problem) {
				continue
			}
			word := k.word(problem)
			known, ok := at[word]
			if !ok {
				known = len(groups)
				at[word] = known
				groups = append(groups, group{word: word, problem: problem})
			}
			groups[known].rows = append(groups[known].rows, row.Source.Number)
			if once {
				break
			}
		}
	}
	for i := range groups {
		for j := i; j > 0 && len(groups[j].rows) > len(groups[j-1].rows); j-- {
			groups[j], groups[j-1] = groups[j-1], groups[j]
		}
	}
	return groups
}

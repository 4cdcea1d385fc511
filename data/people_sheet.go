package data

import "strings"

// ReadPersonRow reads a row of PeopleForm, AmountForm or AnswerForm. Where something in it is wrong the row says so and does not count.
func ReadPersonRow(form Form, heading Heading, source SourceRow) PersonRow {
	j := rowJudge{form: &form, row: &source, heading: &heading}
	row := PersonRow{Row: source.Number}
	text := func(key string) string { return CleanText(ShownText(j.cell(form.Column(key)))) }
	row.Name, row.Username = text("name"), text("username")
	row.Written = row.Name
	if cell := j.cell(form.Column("id_number")); !isBlank(cell.Text) {
		row.IDNumber = CleanText(ShownText(cell))
		row.Written = strings.TrimSpace(row.Name + " " + row.IDNumber)
		if cellDestroyed(cell) {
			row.fail(j.placed("id_number", idDestroyed()))
		}
	}
	if row.Written == "" {
		row.Written = row.Username
	}
	switch form.Key {
	case AmountForm.Key:
		amount, err := ParseMoney(ShownText(j.cell(form.Column("amount"))))
		if problem, wrong := AsProblem(err); wrong {
			row.fail(j.placed("amount", problem))
		}
		row.Amount = amount
	case AnswerForm.Key:
		row.AnswerReason = text("reason")
		row.readAnswer(text("answer"), &j)
	}
	return row
}

func (j *rowJudge) placed(key string, problem Problem) Problem {
	return problem.In(j.heading.Place(*j.form, j.row.Number, key))
}

// answerWords are how a platform or a clerk writes its answers.
var answerWords = map[string]PlatformAnswer{
	"成功": AnswerSucceeded, "充值成功": AnswerSucceeded, "已成功": AnswerSucceeded, "已到账": AnswerSucceeded, "到账": AnswerSucceeded, "已充值": AnswerSucceeded, "是": AnswerSucceeded, "√": AnswerSucceeded,
	"失败": AnswerFailed, "充值失败": AnswerFailed, "未成功": AnswerFailed, "不成功": AnswerFailed, "未到账": AnswerFailed, "否": AnswerFailed, "×": AnswerFailed,
}

func (r *PersonRow) readAnswer(word string, j *rowJudge) {
	answer, known := answerWords[compact(word)]
	switch {
	case r.Problem != nil:
	case word == "":
		r.fail(j.placed("answer", Refuse("answer-missing", "answer", "没有填写结果。", "请写“成功”或“失败”；还没有结果的人可以不列。")))
	case !known:
		r.fail(j.placed("answer", Refuse("answer-unknown", "answer", "看不懂结果"+quoted(word)+"。", "请写“成功”或“失败”。")))
	case answer == AnswerFailed && r.AnswerReason == "":
		r.fail(j.placed("reason", Refuse("reason-missing", "reason", "没有写失败原因。", "请照平台的提示填写。")))
	case LooksLikeIDNumber(r.AnswerReason):
		r.fail(j.placed("reason", Refuse("id-in-wrong-column", "reason", "原因里写了证件号或账号。", "请去掉号码，只写原因。")))
	}
	r.Answer = answer
}

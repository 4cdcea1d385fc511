package data

// The columns by which a list names people; the aliases are those of the trainees' form.
var (
	listedName     = Column{Key: "name", Header: "姓名", Kind: KindName, Width: 12, Example: "张晓明", Aliases: TraineeForm.Columns[0].Aliases, Hint: "与学员列表里的姓名一致；有同名的人时要写身份证号。"}
	listedNumber   = Column{Key: "id_number", Header: "身份证号", Kind: KindIDNumber, Width: 22, Example: "34052419800101001X", Aliases: TraineeForm.Columns[2].Aliases, Hint: "按文本填写；写了身份证号就按它找人。"}
	listedUsername = Column{Key: "username", Header: "用户名", Kind: KindText, Width: 16, Example: "jy0333", Aliases: TraineeForm.Columns[TraineeForm.Column("username")].Aliases, Hint: "平台的登录名，可不填。"}
)

// PeopleForm declares a list of people, such as who is to be recharged: any sheet with one of its columns.
var PeopleForm = Form{Key: "people", Name: "学员名单", Columns: []Column{listedName, listedNumber, listedUsername}}

// AmountForm declares a sheet with an amount for each person.
var AmountForm = Form{Key: "amounts", Name: "充值金额", Identity: []string{"amount"}, Columns: []Column{listedName, listedNumber, listedUsername,
	{Key: "amount", Header: "金额", Required: true, Kind: KindText, Width: 12, Example: "40.00", Aliases: []string{"充值金额", "充值", "每人金额", "应充金额", "应充", "金额(元)", "金额（元）", "缴费金额"},
		Hint: "以元为单位，最多两位小数。"}}}

// AnswerForm declares a sheet with the platform's answer for each person.
var AnswerForm = Form{Key: "answers", Name: "平台充值结果", Identity: []string{"answer"}, Columns: []Column{listedName, listedNumber, listedUsername,
	{Key: "answer", Header: "结果", Required: true, Kind: KindChoice, Width: 10, Example: string(AnswerSucceeded), Choices: []string{string(AnswerSucceeded), string(AnswerFailed)},
		Aliases: []string{"充值结果", "平台结果", "充值状态", "状态", "处理结果", "是否成功"}, Hint: "成功或失败。"},
	{Key: "reason", Header: "失败原因", Kind: KindText, Width: 30, Example: "身份信息不一致", Aliases: []string{"原因", "说明", "备注", "失败说明", "错误信息", "提示"}, Hint: "失败时照平台的提示填写。"}}}

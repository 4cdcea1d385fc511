package data

// TraineeForm declares the sheet of trainees (导入学员). The official template is not public:
// the columns are our assumption, drawn from sibling platforms, and a file's own headers are mapped onto them.
var TraineeForm = Form{
	Key:      "trainees",
	Name:     "学员",
	Identity: []string{"name", "id_number"},
	Columns: []Column{
		{Key: "name", Header: "姓名", Required: true, Kind: KindName, Width: 12, Example: "张晓明",
			Aliases: []string{"学员姓名", "人员姓名", "真实姓名", "中文姓名", "员工姓名", "职工姓名", "人员名称", "名字", "name"},
			Hint:    "与身份证一致，不要加称呼或空格；少数民族姓名中间用“·”。"},
		{Key: "document_type", Header: "证件类型", Kind: KindDocumentType, Width: 16, Example: string(DocumentResidentID),
			Aliases: []string{"证件种类", "证件类别", "证照类型", "身份证件类型"}, Choices: DocumentTypes,
			Hint: "从下拉框选择；不填按居民身份证处理。"},
		{Key: "id_number", Header: "身份证号", Required: true, Kind: KindIDNumber, Width: 22, Example: "34052419800101001X",
			Aliases: []string{"身份证号码", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号", "公民身份证号码", "证件号码", "证件号",
				"证照号码", "身份证件号码", "身份证件号", "身份证", "证件编号", "身份证编号", "身份证件编号", "有效身份证件号码",
				"有效证件号码", "公民身份证", "id number", "id card"},
			Hint: "18 位，按文本填写；本列已设为文本格式，请不要改成数字，否则 Excel 会把末尾几位变成 0。"},
		{Key: "sex", Header: "性别", Kind: KindChoice, Width: 8, Example: "男",
			Aliases: []string{"sex", "gender"}, Choices: []string{"男", "女"},
			Hint: "居民身份证可不填，程序按证号推算；护照必须填写。"},
		{Key: "birth", Header: "出生日期", Kind: KindDate, Width: 13, Example: "1980-01-01",
			Aliases: []string{"出生年月日", "出生年月", "生日", "出生时间"},
			Hint:    "写成 1980-01-01；居民身份证可不填，护照必须填写。"},
		{Key: "mobile", Header: "手机号", Kind: KindMobile, Width: 15, Example: "13800000417",
			Aliases: []string{"手机号码", "手机", "移动电话", "移动电话号码", "联系电话号码", "联系手机号", "联系手机号码", "本人手机号", "手机电话",
				"联系手机", "联系电话", "联系方式", "电话号码", "电话", "mobile", "phone"},
			Hint: "11 位手机号；没有可以先空着，以后补填。"},
		{Key: "organization", Header: "组织机构", Kind: KindOrganization, Width: 26, Example: "信息中心>运维科",
			Aliases: []string{"所属组织机构", "所属机构", "所属组织", "所属单位", "所在单位", "所在机构", "工作单位", "单位名称", "单位", "所属部门",
				"所在部门", "工作部门", "部门名称", "部门", "科室", "所在科室", "科室名称", "所属科室", "处室", "所在处室", "所属处室", "部门科室"},
			Hint: "从上级到下级，用“>”或“/”隔开，如 信息中心>运维科；不填表示本单位。"},
		{Key: "payer", Header: "缴费机构", Kind: KindOrganization, Width: 22, Example: "信息中心",
			Aliases: []string{"缴费单位", "缴费组织", "付款单位", "付款机构", "缴费组织机构"},
			Hint:    "替这位学员缴费的机构；不填表示与组织机构相同。"},
		{Key: "category", Header: "人员类别", Kind: KindChoice, Width: 14, Example: "专业技术人员",
			Aliases: []string{"岗位类别", "人员类型", "岗位类型", "学员类别", "学员类型"},
			Choices: TraineeCategories, Hint: "从下拉框选择。"},
		{Key: "title_series", Header: "职称系列", Kind: KindText, Width: 14, Example: "工程技术",
			Aliases: []string{"专业技术职务系列", "职称类别", "职称专业", "专业技术系列"}, Hint: "如 工程技术、卫生技术、会计；没有职称不填。"},
		{Key: "title_name", Header: "职称名称", Kind: KindText, Width: 14, Example: "工程师",
			Aliases: []string{"专业技术职务", "专业技术职称", "专业技术资格", "职称", "专业技术职务名称", "现任专业技术职务"},
			Hint:    "如 工程师、主治医师；没有职称不填。"},
		{Key: "title_level", Header: "职称级别", Kind: KindText, Width: 12, Example: "中级",
			Aliases: []string{"职称等级", "职称层级", "专业技术职务级别", "专业技术级别", "职称信息级别"},
			Choices: []string{"正高级", "副高级", "中级", "助理级", "员级"}, Hint: "可从下拉框选择，也可填写证书上的写法。"},
		{Key: "education", Header: "学历", Kind: KindText, Width: 12, Example: "大学本科",
			Aliases: []string{"文化程度", "最高学历", "学历层次", "受教育程度"},
			Choices: []string{"博士研究生", "硕士研究生", "大学本科", "大学专科", "中等专科", "高中", "其他"}, Hint: "可从下拉框选择，也可自行填写。"},
		{Key: "email", Header: "电子邮箱", Kind: KindEmail, Width: 26, Example: "zhangxm@example.com",
			Aliases: []string{"电子邮件", "邮箱", "邮箱地址", "邮件地址", "用户邮箱", "e-mail", "email"}, Hint: "只填一个。"},
		{Key: "username", Header: "用户名", Kind: KindText, Width: 22, Example: "34052419800101001X",
			Aliases: []string{"登录名", "登录账号", "登录用户名", "学员账号", "学员用户名", "账号", "帐号", "用户账号", "username"},
			Hint:    "登录平台用的名字；不填就用身份证号。"},
		{Key: "staff_number", Header: "工号", Kind: KindText, Width: 12, Example: "00127",
			Aliases: []string{"职工号", "员工号", "人员编号", "员工编号", "职工编号", "人员编码", "工作证号"}, Hint: "单位内部编号，按文本填写，前面的 0 会保留。"},
		{Key: "remark", Header: "备注", Kind: KindText, Width: 24, Example: "2022年3月调入",
			Aliases: []string{"备注信息", "其他说明", "remark"}, Hint: "需要说明的情况，可不填。"},
	},
}

// HoursForm declares the sheet of offline hours (线下学时), one person and one training a row.
var HoursForm = Form{
	Key:      "hours",
	Name:     "线下学时",
	Identity: []string{"id_number", "title", "hours"},
	Columns: []Column{
		{Key: "name", Header: "姓名", Required: true, Kind: KindName, Width: 12, Example: "张晓明",
			Aliases: []string{"学员姓名", "人员姓名", "真实姓名", "中文姓名", "员工姓名", "职工姓名", "参训人员", "名字", "name"},
			Hint:    "与学员管理里的姓名一致。"},
		{Key: "id_number", Header: "身份证号", Required: true, Kind: KindIDNumber, Width: 22, Example: "34052419800101001X",
			Aliases: []string{"身份证号码", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号", "公民身份证号码", "证件号码", "证件号",
				"证照号码", "身份证件号码", "身份证件号", "身份证", "证件编号", "id number", "id card"},
			Hint: "与学员管理里的证号一致；本列已设为文本格式，请不要改成数字。"},
		{Key: "plan", Header: "培训计划编号", Required: true, Kind: KindPlan, Width: 22, Example: "20220301161802103",
			Aliases: []string{"计划编号", "培训计划号", "关联培训计划编号", "培训计划", "关联培训计划", "所属培训计划", "计划"},
			Hint:    "17 位编号，在“培训计划报表”里查看；按文本填写。程序只认编号，不认名称。"},
		{Key: "title", Header: "培训名称", Required: true, Kind: KindText, Width: 30, Example: "信息安全专题讲座",
			Aliases: []string{"课程名称", "培训班名称", "培训项目", "培训项目名称", "培训内容", "培训课程", "培训主题", "活动名称", "课程"},
			Hint:    "这次培训的全称。"},
		{Key: "category", Header: "课程类别", Kind: KindChoice, Width: 12, Example: "选修",
			Aliases: []string{"课程类型", "学时类别", "学时类型", "培训类别", "培训类型", "科目类别"},
			Choices: []string{"选修", "专业", "公共"}, Hint: "从下拉框选择。"},
		{Key: "form", Header: "培训形式", Kind: KindChoice, Width: 12, Example: "面授",
			Aliases: []string{"培训方式", "学习形式", "学习方式", "授课方式", "授课形式"},
			Choices: []string{"面授", "会议", "网络", "其他"}, Hint: "从下拉框选择。"},
		{Key: "organizer", Header: "主办单位", Kind: KindText, Width: 24, Example: "信息中心",
			Aliases: []string{"举办单位", "组织单位", "培训机构", "培训单位", "承办单位", "施教机构", "发证单位"}, Hint: "组织这次培训的单位。"},
		{Key: "place", Header: "培训地点", Kind: KindText, Width: 20, Example: "三层报告厅",
			Aliases: []string{"地点", "举办地点", "上课地点", "培训地址"}, Hint: "可不填。"},
		{Key: "starts_on", Header: "开始日期", Required: true, Kind: KindDate, Width: 13, Example: "2022-05-09",
			Aliases: []string{"培训开始日期", "培训开始时间", "开始时间", "起始日期", "起始时间", "开课日期", "开课时间", "开班日期"},
			Hint:    "写成 2022-05-09。"},
		{Key: "ends_on", Header: "结束日期", Required: true, Kind: KindDate, Width: 13, Example: "2022-05-10",
			Aliases: []string{"培训结束日期", "培训结束时间", "结束时间", "截止日期", "终止日期", "结课日期", "结课时间", "结业日期"},
			Hint:    "写成 2022-05-10；只有一天的培训与开始日期相同。"},
		{Key: "hours", Header: "学时", Required: true, Kind: KindHours, Width: 9, Example: "12.00",
			Aliases: []string{"学时数", "培训学时", "线下学时", "课时", "课时数", "获得学时", "认定学时", "折合学时"},
			Hint:    "最多两位小数，如 12 或 7.50；一天最多 8 学时（可在设置里改）。"},
		{Key: "result", Header: "考核结果", Kind: KindText, Width: 12, Example: "合格",
			Aliases: []string{"考核成绩", "考试结果", "考试成绩", "成绩", "结业情况", "考核情况"},
			Choices: []string{"合格", "不合格", "未考核"}, Hint: "可从下拉框选择，也可填分数。"},
		{Key: "certificate", Header: "证明编号", Kind: KindText, Width: 20, Example: "XXZX-2022-0018",
			Aliases: []string{"证书编号", "证明号", "证书号", "结业证书编号", "学时证明编号", "证书号码"}, Hint: "培训证明或结业证书的编号，可不填。"},
		{Key: "remark", Header: "备注", Kind: KindText, Width: 24, Example: "附签到表",
			Aliases: []string{"备注信息", "其他说明", "remark"}, Hint: "需要说明的情况，可不填。"},
	},
}

// Forms lists the forms that the program reads, so that a sheet of one is not taken for another.
func Forms() []Form { return []Form{TraineeForm, HoursForm} }

// FormByKey gives the form of a key.
func FormByKey(key string) (form Form, ok bool) {
	for _, form := range Forms() {
		if form.Key == key {
			return form, true
		}
	}
	return Form{}, false
}

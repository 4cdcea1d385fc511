package data

import "strings"

// TraineeDraft is a row of the trainees' sheet as judged. Organization and Payer are the paths as written, cleaned, with "/" between
// the names; "" where the sheet says nothing. Status and Platform are left to whoever stores it.
type TraineeDraft struct {
	Trainee      Trainee
	Organization string
	Payer        string
}

// traineeColumns are the places of TraineeForm's columns, looked up once: a sheet has many rows.
var traineeColumns = struct {
	name, documentType, idNumber, sex, birth, mobile, organization, payer, category,
	titleSeries, titleName, titleLevel, education, email, username, staffNumber, remark int
}{
	name: TraineeForm.Column("name"), documentType: TraineeForm.Column("document_type"), idNumber: TraineeForm.Column("id_number"),
	sex: TraineeForm.Column("sex"), birth: TraineeForm.Column("birth"), mobile: TraineeForm.Column("mobile"),
	organization: TraineeForm.Column("organization"), payer: TraineeForm.Column("payer"), category: TraineeForm.Column("category"),
	titleSeries: TraineeForm.Column("title_series"), titleName: TraineeForm.Column("title_name"), titleLevel: TraineeForm.Column("title_level"),
	education: TraineeForm.Column("education"), email: TraineeForm.Column("email"), username: TraineeForm.Column("username"),
	staffNumber: TraineeForm.Column("staff_number"), remark: TraineeForm.Column("remark"),
}

// JudgeTrainee judges a row of the trainees' sheet on the day today. It looks at the row alone: whether the person or the
// organisation is known, and whether a number stands twice, is judged against the store. Each problem says where it stands.
// Source: DOMAIN §4 and §5.
func JudgeTrainee(row SourceRow, heading Heading, today Date) (TraineeDraft, []Problem) {
	j := rowJudge{form: &TraineeForm, row: &row, heading: &heading}
	columns := &traineeColumns
	var draft TraineeDraft
	if j.swapped() {
		return draft, j.problems
	}
	t := &draft.Trainee
	t.Name = j.name(columns.name)
	identity := j.identity(today)
	t.DocumentType, t.IDNumber = identity.Document, identity.Number
	t.Sex = j.sex(identity)
	t.Birth = j.birth(identity, today)
	t.Mobile = j.mobile(columns.mobile)
	draft.Organization = j.path(columns.organization)
	draft.Payer = j.path(columns.payer)
	t.Category = j.choice(columns.category, categoryWords)
	t.TitleSeries = j.text(columns.titleSeries, MaxShortText)
	t.TitleName = j.text(columns.titleName, MaxShortText)
	t.TitleLevel = j.text(columns.titleLevel, MaxShortText)
	t.Education = j.text(columns.education, MaxShortText)
	t.Email = j.email(columns.email)
	t.Username = j.username(identity)
	t.StaffNumber = j.text(columns.staffNumber, MaxShortText)
	t.Remark = j.lines(columns.remark)
	t.Extra = j.extra()
	return draft, j.problems
}

// swapped tells of a row with its name in the number's column and the number in the name's, and says so once: all else would distract.
func (j *rowJudge) swapped() bool {
	number, name := j.cell(traineeColumns.name).Text, j.cell(traineeColumns.idNumber).Text
	if isPlainName(number) || !LooksLikeIDNumber(number) || holdsDigit(name) {
		return false
	}
	if _, problems := JudgeName(name); HasErrors(problems) {
		return false
	}
	j.add(traineeColumns.name, Refuse("name-id-swapped", "", "姓名和身份证号写反了。", "请把这两格的内容对调；如果下面的行都这样，请调整列的顺序再导入。"))
	return true
}

// categoryWords are other words for TraineeForm's categories.
var categoryWords = map[string]string{
	"专技": "专业技术人员", "专技人员": "专业技术人员", "专技岗": "专业技术人员", "专业技术": "专业技术人员", "专业技术岗": "专业技术人员", "专业技术岗位": "专业技术人员",
	"管理": "管理岗", "管理人员": "管理岗", "管理岗位": "管理岗", "行政管理": "管理岗",
	"工勤岗": "工勤", "工勤人员": "工勤", "工勤岗位": "工勤", "工勤技能": "工勤", "工勤技能岗": "工勤", "工勤技能岗位": "工勤", "工勤技能人员": "工勤",
}

// documentWords are other words for the kinds of document.
var documentWords = map[string]DocumentType{
	string(DocumentResidentID): DocumentResidentID, "身份证": DocumentResidentID, "二代身份证": DocumentResidentID, "第二代身份证": DocumentResidentID,
	"第二代居民身份证": DocumentResidentID, "二代居民身份证": DocumentResidentID, "中国居民身份证": DocumentResidentID, "大陆居民身份证": DocumentResidentID,
	"中华人民共和国居民身份证": DocumentResidentID, "居民身份证(户口簿)": DocumentResidentID,
	string(DocumentResidencePermit): DocumentResidencePermit, "港澳台居住证": DocumentResidencePermit, "港澳居民居住证": DocumentResidencePermit,
	"台湾居民居住证": DocumentResidencePermit, "居住证": DocumentResidencePermit, "中华人民共和国港澳居民居住证": DocumentResidencePermit,
	"中华人民共和国台湾居民居住证":          DocumentResidencePermit,
	string(DocumentForeigner): DocumentForeigner, "外国人永久居留证": DocumentForeigner, "外国人居留证": DocumentForeigner, "永久居留身份证": DocumentForeigner,
	"中华人民共和国外国人永久居留身份证":      DocumentForeigner,
	string(DocumentPassport): DocumentPassport, "外国护照": DocumentPassport, "普通护照": DocumentPassport, "因私护照": DocumentPassport, "中国护照": DocumentPassport,
}

// identity judges 证件类型 and 身份证号 together. An unknown kind of document is an error only if the number
// does not show by itself what it is.
func (j *rowJudge) identity(today Date) Identity {
	written := j.text(traineeColumns.documentType, MaxShortText)
	document, known := documentWords[compact(written)]
	cell, ok := j.usable(traineeColumns.idNumber)
	if written != "" && !known {
		unknown := Refuse("document-unknown", "document_type", "不认识证件类型"+quoted(written)+"。",
			"请填写 "+strings.Join(DocumentTypes, "、")+" 之一；居民身份证可以不填。")
		identity, problems := JudgeIDNumber(cell, "", today)
		if identity.Number == "" {
			j.add(traineeColumns.documentType, unknown)
			return Identity{}
		}
		j.add(traineeColumns.idNumber, append(problems, documentChanged(LevelWarning, identity.Document))...)
		return identity
	}
	if !ok {
		return Identity{}
	}
	identity, problems := JudgeIDNumber(cell, document, today)
	j.add(traineeColumns.idNumber, problems...)
	return identity
}

// sex gives the document's, and else the sheet's.
func (j *rowJudge) sex(identity Identity) string {
	column := traineeColumns.sex
	written := j.text(column, MaxShortText)
	sex := sexWords[compact(strings.ToUpper(written))]
	needed := identity.Number != "" && identity.Sex == ""
	switch {
	case written == "" && needed:
		j.add(column, Refuse("sex-missing", "", "没有填写性别，从"+string(identity.Document)+"的号码也看不出来。", "请填写 男 或 女。"))
	case written != "" && sex == "" && needed:
		j.add(column, Refuse("sex-unknown", "", "性别"+quoted(written)+"看不懂。", "请填写 男 或 女。"))
	case written != "" && sex == "" && identity.Sex != "":
		j.add(column, Warn("sex-unknown", "", "性别"+quoted(written)+"看不懂，已按证件号填为“"+identity.Sex+"”。", "请确认。"))
	case sex != "" && identity.Sex != "" && sex != identity.Sex:
		j.add(column, Warn("sex-conflict", "", "性别写的是“"+sex+"”，证件号却表示“"+identity.Sex+"”；以证件号为准。", "请对照证件确认证件号和性别。"))
	}
	if identity.Sex != "" {
		return identity.Sex
	}
	return sex
}

var sexWords = map[string]string{"男": "男", "男性": "男", "M": "男", "MALE": "男", "女": "女", "女性": "女", "F": "女", "FEMALE": "女"}

// birth gives the document's, and else the sheet's.
func (j *rowJudge) birth(identity Identity, today Date) Date {
	column := traineeColumns.birth
	cell, filled := j.usable(column)
	if identity.Birth != "" {
		if filled {
			j.compareBirth(cell, identity.Birth)
		}
		return identity.Birth
	}
	if !filled {
		if identity.Number != "" && !isExcelError(cell.Text) {
			j.add(column, Refuse("birth-missing", "", "没有填写出生日期，从"+string(identity.Document)+"的号码也看不出来。", "请填写出生日期，例如 1980-01-01。"))
		}
		return ""
	}
	birth, err := ParseDate(cell, j.heading.Date1904)
	switch {
	case identity.Number == "": // the number's own error stops the row; more would only distract
	case err != nil:
		j.addError(column, err)
	case today != "" && birth > today:
		j.add(column, Refuse("birth-future", "", "出生日期还没有到。", "请核对出生日期。"))
		return ""
	default:
		j.add(column, judgeAge(birth, "birth", today)...)
	}
	return birth
}

// compareBirth warns where the sheet's day of birth is not the document's. A mere year, or year and month (出生年月), is no conflict.
func (j *rowJudge) compareBirth(cell SourceCell, birth Date) {
	written, err := ParseDate(cell, j.heading.Date1904)
	if err == nil {
		if written != birth {
			j.add(traineeColumns.birth, Warn("birth-conflict", "", "出生日期与证件号里的不同；以证件号为准。", "请对照证件确认证件号和出生日期。"))
		}
		return
	}
	if problem, _ := AsProblem(err); problem.Code != "date-no-day" && problem.Code != "date-year-only" {
		j.add(traineeColumns.birth, Warn("birth-unreadable", "", "看不懂这个出生日期，已按证件号填写。", "请确认，或写成 1980-01-01 的样子。"))
	}
}

func (j *rowJudge) mobile(column int) string {
	cell, ok := j.usable(column)
	if !ok {
		if cell.Kind != CellError && !isExcelError(cell.Text) {
			j.add(column, Warn("mobile-missing", "", "没有填写手机号。", "可以先导入，以后补填。"))
		}
		return ""
	}
	mobile, problems := JudgeMobile(ShownText(cell))
	j.add(column, problems...)
	return mobile
}

func (j *rowJudge) email(column int) string {
	cell, ok := j.usable(column)
	if !ok {
		return ""
	}
	email, problems := JudgeEmail(ShownText(cell))
	j.add(column, problems...)
	return email
}

// username gives the ID number where the cell is blank or repeats it in another spelling.
func (j *rowJudge) username(identity Identity) string {
	text := strings.TrimLeft(j.text(traineeColumns.username, MaxShortText), "'")
	if text == "" {
		return identity.Number
	}
	switch strings.ToUpper(compact(text)) {
	case identity.Number, strings.ToUpper(compact(j.cell(traineeColumns.idNumber).Text)):
		return identity.Number
	}
	return text
}

// path gives an organisation's path with "/" between the names.
func (j *rowJudge) path(column int) string {
	return CleanPath(j.text(column, MaxPathText))
}

// pathSigns divide the names of a path in people's sheets.
const pathSigns = "/／\\＼|｜>＞›»》→"

// CleanPath writes an organisation's path with "/" between its names, whatever stood there: 院本部 > 内科 is 院本部/内科.
func CleanPath(text string) string {
	text = CleanText(text)
	if !strings.ContainsAny(text, pathSigns) {
		return text
	}
	names := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(pathSigns, r) })
	kept := names[:0]
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, "/")
}

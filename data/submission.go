package data

import (
	"fmt"
	"slices"
	"strings"
)

// SubjectKind says what a row of a 报盘包 tells the platform about.
type SubjectKind string

// The kinds, in the order in which a package holds them.
const (
	SubjectTrainee  SubjectKind = "学员"
	SubjectOrder    SubjectKind = "缴费订单"
	SubjectHours    SubjectKind = "线下学时"
	SubjectRecharge SubjectKind = "充值"
)

// SubjectKinds lists them.
var SubjectKinds = []SubjectKind{SubjectTrainee, SubjectOrder, SubjectHours, SubjectRecharge}

// Novelty says why a row stands in a package.
type Novelty string

const (
	NoveltyNew     Novelty = "新增" // never handed over
	NoveltyChanged Novelty = "更正" // handed over before, and changed since
	NoveltyRefused Novelty = "重报" // handed over before, and refused
	NoveltyAgain   Novelty = "照旧" // handed over as it is, and asked for once more
)

// The files of a 报盘包 (DOMAIN §8).
const (
	ManifestFile = "manifest.json"
	RosterFile   = "学员导入.xlsx"
	ChangesFile  = "学员变更.xlsx"
	OrdersFile   = "缴费与发票.xlsx"
	HoursFile    = "线下学时.xlsx"
	RechargeFile = "充值名单.xlsx"
	VoucherPath  = "凭证/"
	ChecklistPDF = "填报清单.pdf"
)

// LocalIDHeader heads the column by which an answer finds its row again, however the sheet was sorted.
const LocalIDHeader = "本地编号"

// SubmissionItem is one row of a 报盘包.
type SubmissionItem struct {
	Kind      SubjectKind
	SubjectID int64
	Place     int    // within the package, from 1; LocalID writes it
	File      string // its sheet
	Row       int    // in that sheet; the headers are row 1 unless an official template has them lower
	Label     string // whom or what it is about, without personal numbers: 张敏（信息中心）
	Novelty   Novelty
	// Cells are the row's values by column key as they stand in the sheet, whole numbers included.
	Cells    map[string]string
	Changes  []FieldChange // from what was handed over last; numbers are whole
	Problems []Problem
}

// SentRow is a row of an earlier package, with the platform's answer.
type SentRow struct {
	ID         int64
	Submission string // its number
	Item       SubmissionItem
	Answer     PlatformAnswer
	Reason     string // the platform's, for a failure
}

// Submission is a 报盘包 that was written.
type Submission struct {
	ID         int64
	Number     string // BP-2022-0001
	PlanID     int64
	PlanName   string
	File       string // without its folder
	SHA256     string // of the zip, in hexadecimal digits
	Everything bool   // not only what had changed
	At         Moment
	User       string
	// WithdrawnAt is when it was taken back before the platform had it; "" where it stands.
	WithdrawnAt             Moment
	WithdrawnReason         string
	Rows, Succeeded, Failed int
}

// Open counts the rows that the platform has not answered.
func (s Submission) Open() int { return s.Rows - s.Succeeded - s.Failed }

// LocalID names a row of a package: BP-2022-0001-00014.
func LocalID(number string, place int) string { return fmt.Sprintf("%s-%05d", number, place) }

// ReadLocalID takes a LocalID apart; ok is false for any other text.
func ReadLocalID(text string) (number string, place int, ok bool) {
	text = strings.ToUpper(strings.TrimSpace(halfWidthText(text)))
	cut := strings.LastIndexByte(text, '-')
	if cut < 0 {
		return "", 0, false
	}
	number = text[:cut]
	if _, err := fmt.Sscanf(text[cut+1:], "%05d", &place); err != nil || place <= 0 || LocalID(number, place) != text {
		return "", 0, false
	}
	return number, place, true
}

// JudgeNovelty tells whether cells have to be handed over, and why. Last is the subject's row in the newest package that holds it and
// that was not withdrawn, nil where there is none; everything asks for what the platform has already, too.
func JudgeNovelty(last *SentRow, cells map[string]string, columns []SubmissionColumn, everything bool) (novelty Novelty, changes []FieldChange, due bool) {
	if last == nil {
		return NoveltyNew, nil, true
	}
	for _, column := range columns {
		if old, current := last.Item.Cells[column.Key], cells[column.Key]; old != current {
			changes = append(changes, FieldChange{Field: column.Header, Old: old, New: current})
		}
	}
	switch {
	case last.Answer == AnswerFailed:
		return NoveltyRefused, changes, true
	case len(changes) > 0:
		return NoveltyChanged, changes, true
	}
	return NoveltyAgain, nil, everything
}

// SubmissionProblem is a Problem of one row of a package.
type SubmissionProblem struct {
	Item SubmissionItem
	Problem
}

// SubmissionCount sums up one of a package's files.
type SubmissionCount struct {
	File  string `json:"file"`
	Rows  int    `json:"rows"`
	Total Money  `json:"total"` // in 分; 0 where the file holds no money
}

// SubmissionParts cuts a file's rows into parts of at most so many rows; most is 0 for one part. The name of a part carries its number
// where there are several: 学员导入_2.xlsx.
func SubmissionParts(file string, rows, most int) []string {
	if most <= 0 || rows <= most {
		return []string{file}
	}
	base, ending, _ := strings.Cut(file, ".")
	var parts []string
	for part := range (rows + most - 1) / most {
		parts = append(parts, fmt.Sprintf("%s_%d.%s", base, part+1, ending))
	}
	return parts
}

// PackageFileName is the file's name that DOMAIN §8 gives a package: 报盘_<单位>_<年>_<序号>_<时间>.zip.
func PackageFileName(unit string, year, sequence int, at Moment) string {
	return fmt.Sprintf("报盘_%s_%d_%04d_%s.zip", unitInName(unit), year, sequence, at.Time().Format("20060102150405"))
}

// unitInName leaves out of a unit's name what a file system does not take.
func unitInName(unit string) string {
	unit = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r < ' ' {
			return -1
		}
		return r
	}, unit)
	if runes := []rune(unit); len(runes) > longestUnitInName {
		unit = string(runes[:longestUnitInName])
	}
	return strings.TrimSpace(unit)
}

// longestUnitInName keeps a package's name below the 255 bytes that file systems take.
const longestUnitInName = 45

// SubmissionColumn is a column of one of a package's sheets.
type SubmissionColumn struct {
	Key    string
	Header string
	Width  float64
	Sums   bool // an amount in 元 that the sheet's total counts
}

// Columns of the sheets that a package holds beside the two import forms. Theirs are the forms' own (SubmissionColumns).
var (
	orderSubmission = []SubmissionColumn{
		{Key: "number", Header: "订单号", Width: 15}, {Key: "plan_number", Header: "计划编号", Width: 22}, {Key: "plan", Header: "培训计划名称", Width: 44},
		{Key: "lines", Header: "缴费组织", Width: 36}, {Key: "people", Header: "人数", Width: 8}, {Key: "total", Header: "缴费总金额", Width: 14, Sums: true},
		{Key: "mode", Header: "缴费模式", Width: 14}, {Key: "payer_bank", Header: "缴费银行", Width: 26}, {Key: "payer_account", Header: "缴费卡号", Width: 24},
		{Key: "payee", Header: "收款单位", Width: 30}, {Key: "payee_bank", Header: "收款银行", Width: 26}, {Key: "payee_account", Header: "收款卡号", Width: 26},
		{Key: "paid_at", Header: "转账时间", Width: 20}, {Key: "transaction", Header: "交易号", Width: 24}, {Key: "vouchers", Header: "转账凭证", Width: 24},
		{Key: "invoice_type", Header: "发票类型", Width: 22}, {Key: "title", Header: "发票抬头", Width: 26}, {Key: "tax_number", Header: "纳税人识别号", Width: 22},
		{Key: "address", Header: "税务局注册地址", Width: 26}, {Key: "phone", Header: "税务局注册电话", Width: 16}, {Key: "bank", Header: "开户行", Width: 22},
		{Key: "account", Header: "开户行账号", Width: 24}, {Key: "email", Header: "用户邮箱", Width: 24}, {Key: "mobile", Header: "手机号", Width: 14},
		{Key: "remark", Header: "备注", Width: 20},
	}
	rechargeSubmission = []SubmissionColumn{
		{Key: "name", Header: "姓名", Width: 12}, {Key: "id_number", Header: "身份证号", Width: 22}, {Key: "username", Header: "用户名", Width: 22},
		{Key: "organization", Header: "组织机构", Width: 24}, {Key: "batch", Header: "学习卡批次", Width: 15}, {Key: "order", Header: "订单号", Width: 15},
		{Key: "kind", Header: "类型", Width: 10}, {Key: "amount", Header: "充值金额", Width: 12, Sums: true}, {Key: "at", Header: "充值时间", Width: 20},
	}
	// changeColumns stand before the roster's own columns in 学员变更.
	changeColumns = []SubmissionColumn{{Key: "change", Header: "变更内容", Width: 40}, {Key: "status", Header: "状态", Width: 8}}
)

// SubmissionColumns are the columns of a kind's rows, but for 本地编号. A trainee's end with the status, which 学员变更 alone shows.
func SubmissionColumns(kind SubjectKind) []SubmissionColumn {
	switch kind {
	case SubjectOrder:
		return orderSubmission
	case SubjectRecharge:
		return rechargeSubmission
	case SubjectHours:
		return formColumns(HoursForm)
	}
	return append(formColumns(TraineeForm), changeColumns[1])
}

// ChangeColumns are the columns of 学员变更.xlsx, but for 本地编号.
func ChangeColumns() []SubmissionColumn {
	return slices.Concat(changeColumns, formColumns(TraineeForm))
}

func formColumns(form Form) []SubmissionColumn {
	columns := make([]SubmissionColumn, len(form.Columns), len(form.Columns)+1)
	for place, column := range form.Columns {
		columns[place] = SubmissionColumn{Key: column.Key, Header: column.Header, Width: column.Width}
	}
	return columns
}

// privateColumns are the columns whose values lists do not show.
var privateColumns = []string{"身份证号", "出生日期", "手机号", "电子邮箱", "备注"}

// ShownChanges says what has changed as lists may show it: “姓名：张三 → 张叁；身份证号”, the values of personal columns left out.
func (i SubmissionItem) ShownChanges() string {
	var words []string
	for _, change := range i.Changes {
		word := change.Field
		if !slices.Contains(privateColumns, change.Field) {
			word += "：" + OrBlank(change.Old) + " → " + OrBlank(change.New)
		}
		words = append(words, word)
	}
	return strings.Join(words, "；")
}

// OrBlank writes an empty value so that it can be seen.
func OrBlank(text string) string {
	if text == "" {
		return "（空）"
	}
	return text
}

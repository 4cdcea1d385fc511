package data

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ReplyForm declares a sheet with the platform's answer (回盘): a result list, an error report or an export of whom it has. Which columns
// a sheet has says which it is (ReplyKind).
var ReplyForm = Form{Key: "reply", Name: "回盘", Columns: []Column{
	{Key: "local_id", Header: LocalIDHeader, Kind: KindText, Width: 20, Example: "BP-2022-0001-00014", Aliases: []string{"本地编码", "本地id"}, Hint: "报盘文件最后一列的编号。"},
	{Key: "row", Header: "行号", Kind: KindText, Width: 8, Example: "14", Aliases: []string{"行", "行数", "第几行", "错误行", "错误行号", "出错行", "所在行", "excel行号", "文件行号"}, Hint: "在报盘文件里的行号。"},
	listedName, listedNumber, listedUsername,
	{Key: "order", Header: "订单号", Kind: KindText, Width: 15, Example: "JF-2022-0001", Aliases: []string{"缴费订单", "订单编号", "缴费订单号"}, Hint: "缴费订单的结果填这一列。"},
	{Key: "answer", Header: "结果", Kind: KindChoice, Width: 10, Example: string(AnswerSucceeded), Choices: []string{string(AnswerSucceeded), string(AnswerFailed)},
		Aliases: []string{"导入结果", "处理结果", "平台结果", "审核结果", "审核状态", "导入状态", "是否成功", "校验结果"}, Hint: "成功或失败；订单写审核通过或审核驳回。"},
	{Key: "reason", Header: "原因", Kind: KindText, Width: 30, Example: "身份证号与姓名不一致",
		Aliases: []string{"失败原因", "错误原因", "错误信息", "错误描述", "错误说明", "错误提示", "提示", "提示信息", "审核意见", "意见", "失败说明", "说明"}, Hint: "失败时照平台的提示填写。"},
	{Key: "at", Header: "审核时间", Kind: KindText, Width: 20, Example: "2022-06-20 10:00:00", Aliases: []string{"处理时间"}, Hint: "订单的审核时间。"},
	{Key: "batch", Header: "批次号", Kind: KindText, Width: 16, Example: "XK-2022-0001", Aliases: []string{"学习卡批次", "批次", "学习卡批次号"}, Hint: "审核通过后平台给的批次。"},
	{Key: "invoice", Header: "发票号码", Kind: KindText, Width: 22, Example: "22112000000041860935", Aliases: []string{"发票号", "发票编号"}, Hint: "已经开票时填写。"},
	{Key: "issued_on", Header: "开票日期", Kind: KindText, Width: 13, Example: "2022-06-21", Aliases: []string{"发票日期", "开票时间"}, Hint: "发票上的日期。"},
}}

// ReplyKind is what a sheet of the platform's is.
type ReplyKind string

const (
	ReplyResults ReplyKind = "结果表"  // a result in every row
	ReplyErrors  ReplyKind = "错误报告" // the refused rows alone, each with a reason
	ReplyList    ReplyKind = "平台名单" // whom the platform has: everybody in it was taken
)

// KindOfReply tells by its columns what a sheet is.
func KindOfReply(heading Heading) ReplyKind {
	has := func(key string) bool { return heading.Columns[ReplyForm.Column(key)] >= 0 }
	switch {
	case has("answer"):
		return ReplyResults
	case has("reason"):
		return ReplyErrors
	}
	return ReplyList
}

// ReplyRow is a row of the platform's answer.
type ReplyRow struct {
	Row      int // of the sheet
	LocalID  string
	SentRow  int // of the package's file, 0 where it is not told
	Name     string
	IDNumber string // as written
	Username string
	Order    string
	Answer   PlatformAnswer
	Reason   string
	At       Moment
	Batch    string
	Invoice  InvoiceIssue // without its amount
	// Sent is the package's row that it is about; nil where none was found.
	Sent    *SentRow
	Problem *Problem
}

// Counts tells whether the row will be recorded.
func (r ReplyRow) Counts() bool { return r.Problem == nil || r.Problem.Level != LevelError }

// Label says whom or what a row is about, without personal numbers.
func (r ReplyRow) Label() string {
	switch {
	case r.Sent != nil:
		return r.Sent.Item.Label
	case r.Name != "":
		return r.Name
	case r.Order != "":
		return r.Order
	}
	return r.LocalID
}

var replyWords = map[string]PlatformAnswer{
	"导入成功": AnswerSucceeded, "通过": AnswerSucceeded, "审核通过": AnswerSucceeded, "已导入": AnswerSucceeded, "正常": AnswerSucceeded, "已通过": AnswerSucceeded, "合格": AnswerSucceeded,
	"导入失败": AnswerFailed, "驳回": AnswerFailed, "审核驳回": AnswerFailed, "未通过": AnswerFailed, "不通过": AnswerFailed, "审核不通过": AnswerFailed, "错误": AnswerFailed, "未导入": AnswerFailed,
	"退回": AnswerFailed, "已驳回": AnswerFailed, "异常": AnswerFailed,
}

var firstNumber = regexp.MustCompile(`\d+`)

// ReadReplyRow reads one row of the platform's answer. Its problem says what cannot be understood.
func ReadReplyRow(heading Heading, kind ReplyKind, source SourceRow) ReplyRow {
	text := func(key string) string {
		if place := ReplyForm.Column(key); place < len(source.Cells) {
			return CleanText(source.Cells[place].Text)
		}
		return ""
	}
	row := ReplyRow{Row: source.Number, LocalID: text("local_id"), Name: text("name"), Username: text("username"), Order: strings.ToUpper(text("order")),
		Reason: MaskNumbers(text("reason")), Batch: text("batch"), Invoice: InvoiceIssue{Number: text("invoice"), IssuedOn: Date(text("issued_on"))}}
	row.IDNumber, _ = cleanIDNumber(text("id_number"))
	if digits := firstNumber.FindString(halfWidthText(text("row"))); digits != "" {
		row.SentRow, _ = strconv.Atoi(digits)
	}
	if at := text("at"); at != "" {
		moment, err := ParseMoment(at)
		if problem, wrong := AsProblem(err); wrong {
			row.fail(problem.In(heading.Place(ReplyForm, source.Number, "at")))
		}
		row.At = moment
	}
	row.readAnswer(text("answer"), kind, heading)
	return row
}

// readAnswer finds what the platform said.
func (r *ReplyRow) readAnswer(word string, kind ReplyKind, heading Heading) {
	at := func(key string, problem Problem) { r.fail(problem.In(heading.Place(ReplyForm, r.Row, key))) }
	switch kind {
	case ReplyList:
		r.Answer = AnswerSucceeded
		return
	case ReplyErrors:
		if r.Reason != "" {
			r.Answer = AnswerFailed
			return
		}
		at("reason", Refuse("reason-missing", "reason", "没有写原因。", "错误报告的每一行都要有原因；不是错误的行请删去。"))
		return
	}
	answer, known := answerWords[compact(word)]
	if !known {
		answer, known = replyWords[compact(word)]
	}
	switch {
	case word == "":
		at("answer", Warn("answer-missing", "answer", "没有填写结果，这一行不登记。", "有结果以后再导入一次。"))
	case !known:
		at("answer", Refuse("answer-unknown", "answer", "看不懂结果"+quoted(word)+"。", "请写“成功”或“失败”。"))
	case answer == AnswerFailed && r.Reason == "":
		at("reason", Refuse("reason-missing", "reason", "没有写失败原因。", "请照平台的提示填写。"))
	}
	r.Answer = answer
}

func (r *ReplyRow) fail(problem Problem) {
	if r.Problem == nil {
		r.Problem = &problem
	}
}

var personalNumber = regexp.MustCompile(`\d{7,}[\dXx]`)

// MaskNumbers hides identity, mobile and account numbers in the platform's own words, which are kept open: all but the last four digits.
func MaskNumbers(text string) string {
	return personalNumber.ReplaceAllStringFunc(text, func(number string) string {
		const shown = 4
		return strings.Repeat("*", len(number)-shown) + number[len(number)-shown:]
	})
}

// ReplyBook finds the rows of one package that an answer is about.
type ReplyBook struct {
	submission string
	byPlace    map[int]*SentRow
	byNumber   map[string][]*SentRow // of people: their whole identity number
	byName     map[string][]*SentRow
	byOrder    map[string]*SentRow
	byFileRow  map[int]*SentRow // of the only sheet of the kind; empty where there are several
}

// UploadedRows are the 本地编号 of a sheet that was handed to the platform, by row: where it was sorted or rows were added after the
// package was written, the platform's row numbers are those of this sheet.
type UploadedRows map[int]string

// Find gives the rows of a package by their place in the sheet that was really handed over, and their kind ("" where several). It refuses
// a sheet of another package.
func (u UploadedRows) Find(submission string, sent []SentRow) (map[int]*SentRow, SubjectKind, error) {
	book := NewReplyBook(submission, sent, "")
	found, kinds := map[int]*SentRow{}, map[SubjectKind]bool{}
	for _, row := range slices.Sorted(maps.Keys(u)) {
		answer := ReplyRow{LocalID: u[row]}
		if book.findLocal(&answer); answer.Sent == nil {
			return nil, "", Refuse("uploaded-other", LocalIDHeader, fmt.Sprintf("上传的文件第 %d 行的本地编号%s不是报盘包 %s 里的。", row, quoted(u[row]), submission), "请选择用这个报盘包里的表整理、实际上传到平台的那份文件。").In(Place{Row: row, Column: LocalIDHeader})
		}
		found[row] = answer.Sent
		kinds[answer.Sent.Item.Kind] = true
	}
	for kind := range kinds {
		if len(kinds) == 1 {
			return found, kind, nil
		}
	}
	return found, "", nil
}

// UseRows finds rows by these places instead of those in the package's sheets.
func (b *ReplyBook) UseRows(byFileRow map[int]*SentRow) { b.byFileRow = byFileRow }

// KindAnswered gives the only kind of rows under which all that an answer names is found, so that nobody needs to be asked where an
// answer about the trainees names people who were recharged too; "" where the rows are clear without a kind or several kinds fit.
func KindAnswered(submission string, sent []SentRow, rows []ReplyRow) SubjectKind {
	if _, unclear := findAll(NewReplyBook(submission, sent, ""), rows); !unclear {
		return ""
	}
	var fitting SubjectKind
	most := 0
	for _, kind := range SubjectKinds {
		switch found, unclear := findAll(NewReplyBook(submission, sent, kind), rows); {
		case found > most:
			fitting, most = kind, found
			if unclear {
				fitting = ""
			}
		case found == most:
			fitting = ""
		}
	}
	return fitting
}

// findAll counts the rows that a book finds, and tells whether it has to choose between several for one.
func findAll(book *ReplyBook, rows []ReplyRow) (found int, unclear bool) {
	for _, row := range rows {
		row.Problem = nil
		book.Find(&row)
		if row.Sent != nil {
			found++
		} else if row.Problem != nil && (row.Problem.Code == codeSentSeveral || row.Problem.Code == codeRowInSeveral) {
			unclear = true
		}
	}
	return found, unclear
}

// What a book cannot find because several rows fit.
const (
	codeSentSeveral  = "sent-several"
	codeRowInSeveral = "row-in-several"
)

// NewReplyBook prepares a package's rows of one kind, or of all where kind is "".
func NewReplyBook(submission string, rows []SentRow, kind SubjectKind) *ReplyBook {
	b := &ReplyBook{submission: submission, byPlace: map[int]*SentRow{}, byNumber: map[string][]*SentRow{}, byName: map[string][]*SentRow{},
		byOrder: map[string]*SentRow{}, byFileRow: map[int]*SentRow{}}
	files := map[string]bool{}
	for place := range rows {
		row := &rows[place]
		b.byPlace[row.Item.Place] = row
		if kind != "" && row.Item.Kind != kind {
			continue
		}
		files[row.Item.File] = true
		b.byFileRow[row.Item.Row] = row
		if row.Item.Kind == SubjectOrder {
			b.byOrder[row.Item.Label] = row
			continue
		}
		number, name := row.Item.Cells["id_number"], row.Item.Cells["name"]
		b.byNumber[number] = append(b.byNumber[number], row)
		b.byName[name] = append(b.byName[name], row)
	}
	if len(files) > 1 {
		b.byFileRow = map[int]*SentRow{}
	}
	return b
}

// Find ties a row to the package's row that it is about, or says in the row why it cannot: by 本地编号 first, then by order, by identity
// number, by the row in the file, and by a name that only one person has.
func (b *ReplyBook) Find(row *ReplyRow) {
	switch {
	case row.LocalID != "":
		b.findLocal(row)
	case row.Order != "":
		row.Sent = b.byOrder[row.Order]
	case row.IDNumber != "":
		b.findOne(row, b.byNumber[strings.ToUpper(row.IDNumber)], "证件号")
		b.compareRow(row)
	case row.SentRow > 0:
		b.findRow(row)
	case row.Name != "":
		b.findOne(row, b.byName[row.Name], "姓名")
	}
	if row.Sent == nil {
		row.fail(Refuse("sent-unknown", "", "报盘包 "+b.submission+" 里没有这一行。", "请确认选的是哪一个报盘包，再核对证件号或行号。"))
		return
	}
	if row.Name != "" && row.Sent.Item.Cells["name"] != "" && row.Name != row.Sent.Item.Cells["name"] {
		row.fail(Refuse("sent-other-name", "name", fmt.Sprintf("报盘时这一行是“%s”，这里写的是“%s”。", row.Sent.Item.Cells["name"], row.Name), "请核对是不是同一个人。"))
	}
}

func (b *ReplyBook) findLocal(row *ReplyRow) {
	number, place, ok := ReadLocalID(row.LocalID)
	switch {
	case !ok:
		row.fail(Refuse("local-id-unknown", "local_id", "看不懂本地编号"+quoted(row.LocalID)+"。", "请保留报盘文件最后一列的原样。"))
	case number != b.submission:
		row.fail(Refuse("other-package", "local_id", "这一行属于报盘包 "+number+"。", "请选择那个报盘包再导入它的回盘。"))
	default:
		row.Sent = b.byPlace[place]
	}
}

// findOne takes the only row; several leave the choice to the row in the file.
func (b *ReplyBook) findOne(row *ReplyRow, found []*SentRow, by string) {
	switch {
	case len(found) == 1:
		row.Sent = found[0]
	case len(found) > 1 && row.SentRow > 0:
		for _, sent := range found {
			if sent.Item.Row == row.SentRow {
				row.Sent = sent
			}
		}
	}
	if len(found) > 1 && row.Sent == nil {
		row.fail(Refuse(codeSentSeveral, "", fmt.Sprintf("报盘包里有 %d 行是这个%s。", len(found), by), "请选择这份回盘说的是哪一类（学员、学时或充值），或在表里写上本地编号。"))
	}
}

// compareRow warns where number and row in the file disagree: somebody has sorted the sheet, and the number is to be trusted.
func (b *ReplyBook) compareRow(row *ReplyRow) {
	if row.Sent != nil && row.SentRow > 0 && row.Sent.Item.Row != row.SentRow && len(b.byFileRow) > 0 {
		row.fail(Warn("row-differs", "row", fmt.Sprintf("报盘文件里这个人在第 %d 行，这里写的是第 %d 行；按证件号认人。", row.Sent.Item.Row, row.SentRow), "文件重新排过序时会这样，核对姓名即可。"))
	}
}

func (b *ReplyBook) findRow(row *ReplyRow) {
	if len(b.byFileRow) == 0 {
		row.fail(Refuse(codeRowInSeveral, "row", "这个报盘包有几份文件，只凭行号分不清是哪一份。", "请在回盘表里写上证件号或本地编号。"))
		return
	}
	row.Sent = b.byFileRow[row.SentRow]
}

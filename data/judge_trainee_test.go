package data

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// sheetOf gives a heading whose columns stand in the form's order and carry its own headers.
func sheetOf(form Form) Heading {
	heading := Heading{Sheet: "花名册", Row: 3}
	for place, column := range form.Columns {
		heading.Columns = append(heading.Columns, place)
		heading.Headers = append(heading.Headers, column.Header)
	}
	return heading
}

// rowOf gives row 47 of such a sheet with text in the named columns; cells gives cells of other kinds.
func rowOf(form Form, texts map[string]string, cells map[string]SourceCell) SourceRow {
	row := SourceRow{Number: 47, Cells: make([]SourceCell, len(form.Columns))}
	for key, text := range texts {
		row.Cells[form.Column(key)] = textCell(text)
	}
	for key, cell := range cells {
		row.Cells[form.Column(key)] = cell
	}
	return row
}

// with gives a copy of texts with changes, so that a case names only what it is about.
func with(texts map[string]string, changes map[string]string) map[string]string {
	merged := map[string]string{}
	for key, text := range texts {
		merged[key] = text
	}
	for key, text := range changes {
		merged[key] = text
	}
	return merged
}

var goodTrainee = map[string]string{"name": "张晓明", "id_number": "34052419800101001X", "mobile": "13800000417"}

func TestTraineeColumnsAreAllDeclared(t *testing.T) {
	c := traineeColumns
	places := []int{c.name, c.documentType, c.idNumber, c.sex, c.birth, c.mobile, c.organization, c.payer, c.category,
		c.titleSeries, c.titleName, c.titleLevel, c.education, c.email, c.username, c.staffNumber, c.remark}
	h := hoursColumns
	hours := []int{h.name, h.idNumber, h.plan, h.title, h.category, h.form, h.organizer, h.place, h.startsOn, h.endsOn, h.hours, h.result, h.certificate, h.remark}
	for form, places := range map[string][]int{"trainees": places, "hours": hours} {
		seen := map[int]bool{}
		for _, place := range places {
			if place < 0 || seen[place] {
				t.Errorf("%s: place %d is missing or stands twice in %v", form, place, places)
			}
			seen[place] = true
		}
	}
	if len(places) != len(TraineeForm.Columns) || len(hours) != len(HoursForm.Columns) {
		t.Error("a declared column is not judged")
	}
}

func TestJudgeTraineeReadsAWholeRow(t *testing.T) {
	row := rowOf(TraineeForm, map[string]string{
		"name": " 张 晓明", "document_type": "身份证", "id_number": "34052419800101001x", "sex": "男性", "birth": "1980年1月1日",
		"mobile": "+86 138 0000 0417", "organization": "信息中心 ＞ 运维科", "payer": "信息中心›", "category": "专技人员",
		"title_series": "工程技术", "title_name": "工程师", "title_level": "中级", "education": "大学本科",
		"email": "zhangxm＠example.com", "username": "34052419800101001x", "staff_number": "00127", "remark": "一\n二",
	}, nil)
	heading := sheetOf(TraineeForm)
	row.Extra = []SourceCell{textCell("A-7"), {}, numberCell("7.0999999999999996"), textCell("又")}
	heading.Unknown, heading.Strange = []int{17, 18, 19, 20}, []string{"门禁卡", "空", "", "门禁卡"}
	draft, problems := JudgeTrainee(row, heading, testToday)
	if HasErrors(problems) || strings.Contains(codesOf(problems), "warning") {
		t.Errorf("problems %s", codesOf(problems))
	}
	got := draft.Trainee
	want := Trainee{
		Username: "34052419800101001X", Name: "张晓明", DocumentType: DocumentResidentID, IDNumber: "34052419800101001X", Sex: "男", Birth: "1980-01-01",
		Mobile: "13800000417", Category: "专业技术人员", TitleSeries: "工程技术", TitleName: "工程师", TitleLevel: "中级", Education: "大学本科",
		Email: "zhangxm@example.com", StaffNumber: "00127", Remark: "一\n二",
	}
	extra := got.Extra
	got.Extra = nil
	if got.Username != want.Username || got.Name != want.Name || got.IDNumber != want.IDNumber || got.Sex != want.Sex || got.Birth != want.Birth ||
		got.DocumentType != want.DocumentType || got.Mobile != want.Mobile || got.Category != want.Category || got.TitleSeries != want.TitleSeries ||
		got.TitleName != want.TitleName || got.TitleLevel != want.TitleLevel || got.Education != want.Education || got.Email != want.Email ||
		got.StaffNumber != want.StaffNumber || got.Remark != want.Remark {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if draft.Organization != "信息中心/运维科" || draft.Payer != "信息中心" {
		t.Errorf("paths %q and %q", draft.Organization, draft.Payer)
	}
	if len(extra) != 3 || extra["门禁卡"] != "A-7" || extra["T 列"] != "7.1" || extra["门禁卡（U 列）"] != "又" {
		t.Errorf("extra %v", extra)
	}
}

func TestJudgeTraineeTellsWhatIsWrong(t *testing.T) {
	tests := []struct {
		name    string
		changes map[string]string
		cells   map[string]SourceCell
		codes   string
	}{
		{"nothing wrong", nil, nil, ""},
		{"no name", map[string]string{"name": "\u3000"}, nil, "error:name-missing"},
		{"no ID", map[string]string{"id_number": ""}, nil, "error:id-number-missing"},
		{"no mobile", map[string]string{"mobile": " "}, nil, "warning:mobile-missing"},
		{"no mobile, said in a word", map[string]string{"mobile": "无"}, nil, "warning:mobile-missing"},
		{"no mobile, a stroke", map[string]string{"mobile": "—", "email": "/", "organization": "无", "payer": "-", "username": "暂无", "birth": "不详"}, nil, "warning:mobile-missing"},
		{"no title, said in a word", map[string]string{"title_name": "无"}, nil, ""},
		{"no number, said in a word", map[string]string{"id_number": "无"}, nil, "error:id-format"},
		{"name and number in each other's place", map[string]string{"name": "34052419800101001X", "id_number": "张晓明", "mobile": "1"}, nil, "error:name-id-swapped"},
		{"a number in both places", map[string]string{"name": "34052419800101001X"}, nil, "error:name-digit"},
		{"wrong mobile", map[string]string{"mobile": "84297523"}, nil, "error:mobile-length"},
		{"mobile in a numeric cell", nil, map[string]SourceCell{"mobile": numberCell("1.3800000417E+10")}, ""},
		{"ID in a numeric cell", nil, map[string]SourceCell{"id_number": numberCell("3.40524198001011E+17")}, "error:id-destroyed"},
		{"failed formula in a required cell", nil, map[string]SourceCell{"id_number": {Text: "#N/A", Kind: CellError}}, "error:cell-error"},
		{"failed formula as text", map[string]string{"name": "#N/A"}, nil, "error:cell-error"},
		{"failed formula elsewhere", nil, map[string]SourceCell{"mobile": {Text: "#N/A", Kind: CellError}}, "warning:cell-error"},
		{"sex conflicts", map[string]string{"sex": "女"}, nil, "warning:sex-conflict"},
		{"sex unreadable", map[string]string{"sex": "3"}, nil, "warning:sex-unknown"},
		{"birth conflicts", map[string]string{"birth": "1980-01-02"}, nil, "warning:birth-conflict"},
		{"birth as a serial", nil, map[string]SourceCell{"birth": numberCell("29221")}, ""},
		{"birth as a date cell", nil, map[string]SourceCell{"birth": {Text: "1980-01-01", Kind: CellDate}}, ""},
		{"birth unreadable", map[string]string{"birth": "八零年"}, nil, "warning:birth-unreadable"},
		{"year and month of birth", map[string]string{"birth": "1980.01"}, nil, ""},
		{"year and month as a number", nil, map[string]SourceCell{"birth": numberCell("1980.1")}, ""},
		{"unknown category", map[string]string{"category": "编外"}, nil, "warning:category-unknown"},
		{"category in other words", map[string]string{"category": "管理 人员"}, nil, "fixed:choice-fixed"},
		{"two addresses", map[string]string{"email": "a@b.cn;c@d.cn"}, nil, "error:email-several"},
		{"unknown document, plain ID", map[string]string{"document_type": "一代证"}, nil, "warning:document-changed"},
		{"unknown document", map[string]string{"document_type": "军官证", "id_number": "军字第123号"}, nil, "error:document-unknown"},
		{"passport without sex and birth", map[string]string{"document_type": "护照", "id_number": "E12345678"}, nil, "error:sex-missing error:birth-missing"},
		{"passport", map[string]string{"document_type": "护照", "id_number": "E12345678", "sex": "F", "birth": "1980/1/1"}, nil, ""},
		{"passport, two-digit year", map[string]string{"document_type": "护照", "id_number": "E12345678", "sex": "女", "birth": "80-1-1"}, nil, "error:date-two-digit-year"},
		{"passport, unborn", map[string]string{"document_type": "护照", "id_number": "E12345678", "sex": "女", "birth": "2022-03-10"}, nil, "error:birth-future"},
		{"passport, child", map[string]string{"document_type": "护照", "id_number": "E12345678", "sex": "女", "birth": "2012-03-10"}, nil, "warning:id-age"},
		{"passport, strange sex", map[string]string{"document_type": "护照", "id_number": "E12345678", "sex": "X", "birth": "1980-01-01"}, nil, "error:sex-unknown"},
		{"wrong ID is not told twice", map[string]string{"id_number": "340524198001010011", "birth": "八零年"}, nil, "error:id-checksum"},
		{"novel in a remark", map[string]string{"remark": strings.Repeat("长", MaxLongText+1)}, nil, "error:text-long"},
		{"novel in a title", map[string]string{"title_name": strings.Repeat("长", MaxShortText+1)}, nil, "error:text-long"},
		{"staff number destroyed", nil, map[string]SourceCell{"staff_number": numberCell("1.2345678901234567E+17")}, "error:digits-destroyed"},
		{"damaged text", map[string]string{"education": "本\ufffd"}, nil, "error:text-damaged"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := JudgeTrainee(rowOf(TraineeForm, with(goodTrainee, test.changes), test.cells), sheetOf(TraineeForm), testToday)
			if codes := codesOf(problems); codes != test.codes {
				t.Errorf("problems %q, want %q", codes, test.codes)
			}
			checkSentences(t, problems)
			for _, problem := range problems {
				if problem.Where.Row != 47 || problem.Where.Cell == "" || problem.Where.Field == "" || problem.Where.Sheet != "花名册" {
					t.Errorf("%s stands at %+v", problem.Code, problem.Where)
				}
			}
		})
	}
}

func TestJudgeTraineeTellsWhere(t *testing.T) {
	heading := sheetOf(TraineeForm)
	place := TraineeForm.Column("mobile")
	heading.Columns[place], heading.Headers[place] = 27, "联系手机（必填）"
	row := rowOf(TraineeForm, with(goodTrainee, map[string]string{"mobile": "1"}), nil)
	_, problems := JudgeTrainee(row, heading, testToday)
	want := Place{Sheet: "花名册", Row: 47, Column: "联系手机（必填）", Cell: "AB47", Field: "mobile"}
	if len(problems) != 1 || problems[0].Where != want {
		t.Errorf("got %+v, want %+v", problems, want)
	}
	heading.Columns[place] = -1
	_, problems = JudgeTrainee(rowOf(TraineeForm, with(goodTrainee, map[string]string{"mobile": ""}), nil), heading, testToday)
	want = Place{Sheet: "花名册", Row: 47, Column: "手机号", Field: "mobile"}
	if len(problems) != 1 || problems[0].Where != want {
		t.Errorf("without the column: got %+v, want %+v", problems, want)
	}
	permit := rowOf(TraineeForm, with(goodTrainee, map[string]string{"id_number": "810000199003071536"}), nil)
	if _, problems = JudgeTrainee(permit, sheetOf(TraineeForm), testToday); len(problems) != 1 || problems[0].Where.Field != "document_type" {
		t.Errorf("the changed document is told at %+v", problems)
	}
}

func TestUsernameIsTheIDNumberUnlessTheSheetGivesAnother(t *testing.T) {
	tests := []struct{ name, id, username, want string }{
		{"blank", "34052419800101001X", "", "34052419800101001X"},
		{"the same in small letters", "34052419800101001X", "34052419800101001x", "34052419800101001X"},
		{"the old number", "340524800101001", "340524800101001", "34052419800101001X"},
		{"another", "34052419800101001X", "zhangxm", "zhangxm"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			row := rowOf(TraineeForm, with(goodTrainee, map[string]string{"id_number": test.id, "username": test.username}), nil)
			if draft, _ := JudgeTrainee(row, sheetOf(TraineeForm), testToday); draft.Trainee.Username != test.want {
				t.Errorf("got %q, want %q", draft.Trainee.Username, test.want)
			}
		})
	}
}

func TestExtraTextThatIsTooLongIsLeftOutWithAWarning(t *testing.T) {
	heading, row := sheetOf(TraineeForm), rowOf(TraineeForm, goodTrainee, nil)
	heading.Unknown, heading.Strange = []int{17}, []string{"简历"}
	row.Extra = []SourceCell{textCell(strings.Repeat("长", MaxLongText+1))}
	draft, problems := JudgeTrainee(row, heading, testToday)
	if codesOf(problems) != "warning:extra-dropped" || problems[0].Where.Column != "简历" || draft.Trainee.Extra != nil {
		t.Errorf("got %v, %+v", draft.Trainee.Extra, problems)
	}
}

// Rows that say the same beside the form share what holds it, and those that differ do not.
func TestRowsShareWhatTheySayBesideTheForm(t *testing.T) {
	var plan ImportPlan
	plan.Form, plan.Heading = TraineeForm, sheetOf(TraineeForm)
	plan.Heading.Unknown, plan.Heading.Strange = []int{30, 31}, []string{"民族", "籍贯"}
	for n, cells := range [][2]string{{"汉", "北京"}, {"汉", "北京"}, {"汉北京", ""}, {"回", "北京"}} {
		row := rowOf(TraineeForm, map[string]string{"name": "陈若溪", "id_number": withCheck(fmt.Sprintf("110101199003070%02d", n+10))}, nil)
		row.Number, row.Extra = n+2, []SourceCell{textCell(cells[0]), textCell(cells[1])}
		plan.Sources = append(plan.Sources, row)
	}
	judged := judgedPlan(t, &plan, newKnown())
	var told []string
	for _, row := range judged.Rows {
		told = append(told, fmt.Sprint(row.Trainee.Extra))
	}
	if got := strings.Join(told, " "); got != "map[民族:汉 籍贯:北京] map[民族:汉 籍贯:北京] map[民族:汉北京] map[民族:回 籍贯:北京]" {
		t.Error(got)
	}
	if reflect.ValueOf(judged.Rows[0].Trainee.Extra).Pointer() != reflect.ValueOf(judged.Rows[1].Trainee.Extra).Pointer() {
		t.Error("two rows that say the same have each a map")
	}
}

func TestCleanPath(t *testing.T) {
	tests := []struct{ text, want string }{
		{"院本部>内科", "院本部/内科"},
		{" 院本部 ＞ 内科 ", "院本部/内科"},
		{"院本部／内科›一组", "院本部/内科/一组"},
		{"/院本部//内科/", "院本部/内科"},
		{"院本部》内科\\一组｜甲", "院本部/内科/一组/甲"},
		{"院本部", "院本部"},
		{">", ""},
		{"", ""},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			if got := CleanPath(test.text); got != test.want || CleanPath(got) != got {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestJudgeTraineeOfAShortRow(t *testing.T) {
	for length := range len(TraineeForm.Columns) {
		row := rowOf(TraineeForm, goodTrainee, nil)
		row.Cells = row.Cells[:length]
		if _, problems := JudgeTrainee(row, Heading{}, ""); !HasErrors(problems) && length < 3 {
			t.Errorf("%d cells pass", length)
		}
	}
}

func FuzzJudgeTrainee(f *testing.F) {
	f.Add("张三", "护照", "E1234567", "男", "1980-01-01", "13800000417", "院本部>内科", uint8(CellText))
	f.Add("#N/A", "", "3.4E+17", "", "29221", "1.38E10", "/", uint8(CellNumber))
	f.Fuzz(func(t *testing.T, name, document, id, sex, birth, mobile, path string, kind uint8) {
		texts := map[string]string{"name": name, "document_type": document, "sex": sex, "organization": path, "username": path, "remark": name, "category": document}
		cells := map[string]SourceCell{}
		for key, text := range map[string]string{"id_number": id, "birth": birth, "mobile": mobile} {
			cells[key] = SourceCell{Text: text, Kind: CellKind(kind % 7)}
		}
		draft, problems := JudgeTrainee(rowOf(TraineeForm, texts, cells), sheetOf(TraineeForm), testToday)
		checkSentences(t, problems)
		trainee := draft.Trainee
		if !HasErrors(problems) && (trainee.Name == "" || trainee.IDNumber == "" || trainee.Sex == "" || trainee.Birth == "" || trainee.Username == "" || trainee.DocumentType == "") {
			t.Fatalf("passes incomplete: %+v", trainee)
		}
		for _, text := range []string{trainee.Remark, draft.Organization, trainee.Username} {
			if isDamaged(text) || len([]rune(text)) > MaxLongText {
				t.Fatalf("kept %q", text)
			}
		}
	})
}

func BenchmarkJudgeTrainee(b *testing.B) {
	clean := rowOf(TraineeForm, with(goodTrainee, map[string]string{
		"sex": "男", "birth": "1980-01-01", "organization": "信息中心>运维科", "category": "专业技术人员", "title_name": "工程师", "education": "大学本科", "staff_number": "00127",
	}), nil)
	dirty := rowOf(TraineeForm, with(goodTrainee, map[string]string{
		"name": "张　晓明 ", "id_number": "34052419 80010100 1x", "mobile": "138 0000 0417", "sex": "女", "birth": "1980.1.2", "category": "编外", "email": "张@b.cn",
	}), nil)
	for name, row := range map[string]SourceRow{"clean": clean, "dirty": dirty} {
		b.Run(name, func(b *testing.B) {
			heading := sheetOf(TraineeForm)
			b.ReportAllocs()
			for place := range b.N {
				row.Number = place
				JudgeTrainee(row, heading, testToday)
			}
		})
	}
}

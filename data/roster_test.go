package data

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// zhang is stored in the roster of these tests, with a value in every field that a sheet can change.
var zhang = Trainee{
	ID: 11, Username: "zxm", Name: "张晓明", DocumentType: DocumentResidentID, IDNumber: "34052419800101001X", Sex: "男", Birth: "1980-01-01", Mobile: "13800000417",
	OrganizationID: 3, PayerID: 4, Category: "管理岗", TitleSeries: "卫生技术", TitleName: "主治医师", TitleLevel: "中级", Education: "大学本科",
	Email: "old@example.org", StaffNumber: "00127", Remark: "旧备注", Extra: map[string]string{"民族": "汉"}, Status: TraineeDisabled, Platform: PlatformImported,
}

// wang is stored too; the username is the ID number.
var wang = Trainee{ID: 12, Name: "王芳", DocumentType: DocumentResidentID, IDNumber: "11010519491231002X", Username: "11010519491231002X", Sex: "女", Birth: "1949-12-31",
	OrganizationID: 1, Status: TraineeEnabled}

func newTestRoster() *Roster {
	roster := NewRoster(NewOrganizationTree(hospital))
	roster.Know(zhang)
	roster.Know(wang)
	return roster
}

// judgeSheet judges the rows of a sheet as an import does; the first stands in row 2.
func judgeSheet(roster *Roster, sheet ...map[string]string) ImportPlan {
	plan := ImportPlan{Form: TraineeForm, Heading: sheetOf(TraineeForm)}
	for place, texts := range sheet {
		source := rowOf(TraineeForm, texts, nil)
		source.Number = place + 2
		row := ImportRow{Source: source}
		draft, problems := JudgeTrainee(source, plan.Heading, "2022-06-17")
		row.Problems = problems
		roster.Judge(&row, &draft, func(key string) Place { return plan.Heading.Place(TraineeForm, source.Number, key) })
		plan.Rows = append(plan.Rows, &row)
	}
	return plan
}

// blocking gives the codes of a row's errors and warnings, but not that a mobile is missing.
func blocking(row *ImportRow) string {
	var codes []string
	for _, problem := range row.Problems {
		if problem.Level != LevelFixed && problem.Code != "mobile-missing" {
			codes = append(codes, problem.Code)
		}
	}
	return strings.Join(codes, " ")
}

func changes(row *ImportRow) string {
	var parts []string
	for _, change := range row.Changes {
		parts = append(parts, fmt.Sprintf("%s:%s→%s", change.Field, change.Old, change.New))
	}
	return strings.Join(parts, " ")
}

func TestRosterJudgesOneRow(t *testing.T) {
	known := map[string]string{"name": "张晓明", "id_number": "34052419800101001X"}
	fresh := map[string]string{"name": "陈若溪", "id_number": "110101199003070011"}
	if _, problems := JudgeIDNumber(textCell(fresh["id_number"]), "", ""); HasErrors(problems) {
		fresh["id_number"] = withCheck("11010119900307001")
	}
	passport := map[string]string{"name": "LI Na", "document_type": "护照", "id_number": "E12345678", "sex": "女", "birth": "1990-03-07"}
	for _, c := range []struct {
		name    string
		texts   map[string]string
		outcome Outcome
		codes   string
		changes string
	}{
		{"a new person", fresh, OutcomeNew, "", ""},
		{"somebody who is stored", known, OutcomeUnchanged, "", ""},
		{"the same in another spelling", with(known, map[string]string{"id_number": "’340524 19800101 001x", "mobile": "+86 138-0000-0417", "username": " zxm "}), OutcomeUnchanged, "", ""},
		{"the ID number as username changes nothing", with(known, map[string]string{"username": "34052419800101001X"}), OutcomeUnchanged, "", ""},
		{"another mobile", with(known, map[string]string{"mobile": "13900001111"}), OutcomeUpdated, "", "mobile:13800000417→13900001111"},
		{"several fields", with(known, map[string]string{"email": "new@example.org", "remark": "新备注", "education": "硕士研究生"}), OutcomeUpdated, "",
			"education:大学本科→硕士研究生 email:old@example.org→new@example.org remark:旧备注→新备注"},
		{"another organisation", with(known, map[string]string{"organization": "骨科"}), OutcomeUpdated, "", "organization:院本部/内科→骨科"},
		{"the same organisation with the unit before it", with(known, map[string]string{"organization": "第九医院>院本部>内科"}), OutcomeUnchanged, "", ""},
		{"another payer", with(known, map[string]string{"payer": "院本部"}), OutcomeUpdated, "", "payer:服务站→院本部"},
		{"a stored person under another name", with(known, map[string]string{"name": "张小明"}), OutcomeFailed, "id-other-name", ""},
		{"an organisation that is not there", with(fresh, map[string]string{"organization": "儿科"}), OutcomeFailed, "organization-unknown", ""},
		{"a payer that is not there", with(fresh, map[string]string{"payer": "儿科"}), OutcomeFailed, "organization-unknown", ""},
		{"an organisation that could be two", with(fresh, map[string]string{"organization": "内科"}), OutcomeFailed, "organization-ambiguous", ""},
		{"a username that is taken", with(fresh, map[string]string{"username": "zxm"}), OutcomeFailed, "username-exists", ""},
		{"an update to a username that is taken", map[string]string{"name": "王芳", "id_number": "11010519491231002X", "username": "zxm"}, OutcomeFailed, "username-exists",
			"username:11010519491231002X→zxm"},
		{"a number in the column of usernames", with(fresh, map[string]string{"username": "34052419800101001X"}), OutcomeFailed, "id-in-wrong-column", ""},
		{"a number in the column of staff numbers", with(fresh, map[string]string{"staff_number": "11010119800307001X"}), OutcomeFailed, "id-in-wrong-column", ""},
		{"one's own number in the column of staff numbers", with(known, map[string]string{"staff_number": "340524198001010 01X"}), OutcomeFailed, "id-in-wrong-column", ""},
		{"a number in the remark, which is sealed", with(fresh, map[string]string{"remark": "原证号 11010119800307001X"}), OutcomeNew, "", ""},
		{"a passport that is new", passport, OutcomeNew, "", ""},
		{"a name that is wrong", with(fresh, map[string]string{"name": "合计"}), OutcomeFailed, "name-summary", ""},
		{"a namesake born the same day", map[string]string{"name": "王芳", "id_number": withCheck("11010519491231022")}, OutcomeNew, "person-other-id", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := judgeSheet(newTestRoster(), c.texts).Rows[0]
			if row.Outcome != c.outcome || changes(row) != c.changes {
				t.Errorf("outcome %s, changes %q\n   want %s, %q", row.Outcome, changes(row), c.outcome, c.changes)
			}
			if got := blocking(row); got != c.codes {
				t.Errorf("problems %q, want %q", got, c.codes)
			}
			checkSentences(t, row.Problems)
		})
	}
}

func TestBlankCellsKeepWhatIsStored(t *testing.T) {
	for _, column := range TraineeForm.Columns {
		if column.Key == "name" || column.Key == "id_number" {
			continue
		}
		row := judgeSheet(newTestRoster(), map[string]string{"name": "张晓明", "id_number": "34052419800101001X", column.Key: " \u3000 "}).Rows[0]
		if row.Outcome != OutcomeUnchanged || fmt.Sprint(*row.Trainee) != fmt.Sprint(zhang) {
			t.Errorf("a blank %s: %s %+v", column.Key, row.Outcome, *row.Trainee)
		}
	}
	extra := newTestRoster()
	row := ImportRow{Source: SourceRow{Number: 2}}
	extra.Judge(&row, &TraineeDraft{Trainee: Trainee{Name: "张晓明", IDNumber: zhang.IDNumber, Extra: map[string]string{"民族": "", "籍贯": "北京", "党派": "群众"}}}, func(string) Place { return Place{} })
	if got := fmt.Sprint(row.Trainee.Extra); got != "map[党派:群众 民族:汉 籍贯:北京]" || changes(&row) != "党派:→群众 籍贯:→北京" {
		t.Errorf("extra columns: %s, %s", got, changes(&row))
	}
	if len(zhang.Extra) != 1 {
		t.Error("judging changed what is stored")
	}
}

func TestUpdateKeepsWhatSheetsDoNotSay(t *testing.T) {
	row := judgeSheet(newTestRoster(), map[string]string{"name": "张晓明", "id_number": "34052419800101001X", "mobile": "13900001111"}).Rows[0]
	want := zhang
	want.Mobile = "13900001111"
	if fmt.Sprint(*row.Trainee) != fmt.Sprint(want) {
		t.Errorf("updated to %+v\n      want %+v", *row.Trainee, want)
	}
}

func TestNewPeopleGoWhereTheyAreSent(t *testing.T) {
	fresh := map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001")}
	for _, c := range []struct {
		name, organization string
		fallback           int64
		create             bool
		id                 int64
		path               string
	}{
		{"nothing said", "", 0, false, 1, ""},
		{"nothing said, a default chosen", "", 6, false, 6, ""},
		{"said, a default chosen", "骨科", 2, false, 6, ""},
		{"unknown and to be made", "儿科>新生儿", 6, true, 0, "儿科/新生儿"},
		{"known and to be made", "院本部/内科", 0, true, 3, ""},
	} {
		roster := newTestRoster()
		roster.DefaultOrganization, roster.CreateOrganizations = c.fallback, c.create
		row := judgeSheet(roster, with(fresh, map[string]string{"organization": c.organization})).Rows[0]
		if row.Outcome != OutcomeNew || row.Trainee.OrganizationID != c.id || row.NewOrganization != c.path {
			t.Errorf("%s: %s in %d, to be made %q", c.name, row.Outcome, row.Trainee.OrganizationID, row.NewOrganization)
		}
		if row.Trainee.Status != TraineeEnabled || row.Trainee.Platform != PlatformPending || row.Trainee.Username != row.Trainee.IDNumber {
			t.Errorf("%s: %+v", c.name, *row.Trainee)
		}
	}
}

func TestOrganizationsToBeMadeDoNotSwallowAmbiguity(t *testing.T) {
	roster := newTestRoster()
	roster.CreateOrganizations = true
	row := judgeSheet(roster, map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001"), "organization": "内科"}).Rows[0]
	if row.Outcome != OutcomeFailed || blocking(row) != "organization-ambiguous" {
		t.Errorf("%s %s", row.Outcome, blocking(row))
	}
}

// What a bare name means in a file that makes organisations is what it will mean after the import: of two it asks, of one it is that one.
func TestBareNamesMeanWhatTheSameFileMakes(t *testing.T) {
	for _, c := range []struct {
		name          string
		organizations []string // one row each
		first         string   // how the first row comes out
	}{
		{"made by nobody else", []string{"护理组"}, "新增 护理组"},
		{"made once", []string{"护理组", "外科/护理组"}, "新增 外科/护理组"},
		{"made once, above", []string{"护理组", "第九医院>外科>护理组>一班"}, "新增 外科/护理组"},
		{"made twice", []string{"护理组", "外科/护理组", "儿科>护理组"}, "错误 organization-ambiguous"},
		{"made at the top too", []string{"护理组", "外科/护理组", "护理组/一班"}, "新增 护理组"},
		{"there once and made once", []string{"一病区", "外科/一病区"}, "错误 organization-ambiguous"},
		{"there at the top and made elsewhere", []string{"骨科", "分院/骨科"}, "新增 "},
		{"there twice", []string{"内科", "分院/内科"}, "错误 organization-ambiguous"},
	} {
		known := newKnown()
		plan := planOf(t, TraineeForm, known, nil)
		plan.CreateOrganizations = true
		for n, organization := range c.organizations {
			source := rowOf(TraineeForm, map[string]string{"name": "陈若溪", "id_number": withCheck(fmt.Sprintf("110101199003070%02d", n+10)), "organization": organization}, nil)
			source.Number = n + 2
			plan.Sources = append(plan.Sources, source)
		}
		row := judgedPlan(t, plan, known).Rows[0]
		got := string(row.Outcome) + " " + row.NewOrganization
		if row.Outcome == OutcomeFailed {
			got = strings.Join(strings.Fields(string(row.Outcome)+" "+blocking(row)), " ")
		}
		if got != c.first {
			t.Errorf("%s: %s, want %s", c.name, got, c.first)
		}
	}
}

// A username that its owner gives up in this very file is still taken, and the message says how to get it.
func TestAFreedUsernameIsExplained(t *testing.T) {
	known := newKnown()
	frees := map[string]string{"name": "张晓明", "id_number": "34052419800101001X", "username": "zxm2"}
	wants := map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001"), "username": "zxm"}
	for place, sheet := range [][]map[string]string{{frees, wants}, {wants, frees}} {
		problem := planOf(t, TraineeForm, known, sheet).Rows[1-place].Problems
		last := problem[len(problem)-1]
		if last.Code != "username-exists" || !strings.Contains(last.What, "张晓明") || !strings.Contains(last.Fix, fmt.Sprintf("第 %d 行会让出", 2+place)) {
			t.Errorf("%+v", last)
		}
	}
}

// The number of a record that was merged into somebody means that person, with a warning that names nobody's number.
func TestAMergedNumberMeansWhomItWasMergedInto(t *testing.T) {
	roster := newTestRoster()
	merged := withCheck("11010119900307001")
	roster.KnowAlias(merged, wang.ID)
	row := judgeSheet(roster, map[string]string{"name": "王芳", "id_number": merged, "mobile": "13900001111"}).Rows[0]
	if row.Outcome != OutcomeUpdated || blocking(row) != "id-merged" || changes(row) != "mobile:→13900001111" || row.Trainee.IDNumber != wang.IDNumber {
		t.Errorf("%s %s %s", row.Outcome, blocking(row), changes(row))
	}
}

func TestNumbersOfPeopleNeverBecomeOrganizations(t *testing.T) {
	for _, key := range []string{"organization", "payer"} {
		roster := newTestRoster()
		roster.CreateOrganizations = true
		row := judgeSheet(roster, map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001"), key: "34052419800101001X"}).Rows[0]
		if row.Outcome != OutcomeFailed || blocking(row) != "id-in-wrong-column" {
			t.Errorf("%s: %s %s, would make %q %q in the clear", key, row.Outcome, blocking(row), row.NewOrganization, row.NewPayer)
		}
		for _, problem := range row.Problems {
			if strings.Contains(problem.Error(), "34052419800101001X") {
				t.Errorf("%s: the message tells the number: %s", key, problem.What)
			}
		}
	}
}

func TestRowsOfOneFileAreJudgedTogether(t *testing.T) {
	one := map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001")}
	two := map[string]string{"name": "周奕", "id_number": withCheck("11010119900307003")}
	known := map[string]string{"name": "张晓明", "id_number": "34052419800101001X"}
	for _, c := range []struct {
		name     string
		sheet    []map[string]string
		outcomes string
		last     string // the last row's problems
	}{
		{"the same row twice", []map[string]string{one, one}, "新增 忽略", "row-repeated"},
		{"the same number in another spelling", []map[string]string{one, with(one, map[string]string{"id_number": "110101 19900307 001" + one["id_number"][17:]})}, "新增 忽略", "row-repeated"},
		{"one number, two names", []map[string]string{one, with(one, map[string]string{"name": "周奕"})}, "新增 错误", "id-other-name"},
		{"a failed row does not hide a good one", []map[string]string{with(one, map[string]string{"organization": "儿科"}), one}, "错误 新增", ""},
		{"a stored person twice", []map[string]string{with(known, map[string]string{"mobile": "13900001111"}), with(known, map[string]string{"mobile": "13900002222"})}, "更新 忽略", "row-repeated"},
		{"one username for two new people", []map[string]string{with(one, map[string]string{"username": "u1"}), with(two, map[string]string{"username": "u1"})}, "新增 错误", "username-exists"},
		{"one username for a new and a stored person", []map[string]string{with(one, map[string]string{"username": "u1"}), with(known, map[string]string{"username": "u1"})}, "新增 错误", "username-exists"},
		{"one username for a stored and a new person", []map[string]string{with(known, map[string]string{"username": "u1"}), with(one, map[string]string{"username": "u1"})}, "更新 错误", "username-exists"},
		{"one username for two stored people", []map[string]string{with(known, map[string]string{"username": "u1"}), {"name": "王芳", "id_number": "11010519491231002X", "username": "u1"}},
			"更新 错误", "username-exists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := judgeSheet(newTestRoster(), c.sheet...)
			var outcomes []string
			for _, row := range plan.Rows {
				outcomes = append(outcomes, string(row.Outcome))
			}
			if got := strings.Join(outcomes, " "); got != c.outcomes {
				t.Errorf("outcomes %s, want %s", got, c.outcomes)
			}
			if got := blocking(plan.Rows[len(plan.Rows)-1]); got != c.last {
				t.Errorf("the last row's problems %q, want %q", got, c.last)
			}
		})
	}
}

func TestSharedMobilesAreOneWarning(t *testing.T) {
	var sheet []map[string]string
	for n := range 9 {
		sheet = append(sheet, map[string]string{"name": "陈若溪", "id_number": withCheck(fmt.Sprintf("110101199003070%02d", n+10)), "mobile": "13800000417"})
	}
	sheet = append(sheet, sheet[0]) // a repeated row does not count
	sheet = append(sheet, map[string]string{"name": "周奕", "id_number": withCheck("11010119900307099"), "mobile": "13900001111"})
	plan := judgeSheet(newTestRoster(), sheet...)
	WarnSharedMobiles(&plan, NewPeople(0))
	var found []Problem
	for _, row := range plan.Rows {
		for _, problem := range row.Problems {
			if problem.Code == "mobile-shared" {
				found = append(found, problem)
			}
		}
	}
	if len(found) != 1 || found[0].Where.Row != 2 || found[0].Where.Field != "mobile" || !strings.Contains(found[0].What, "9 个人") || !strings.Contains(found[0].What, "3、4、5、6、7 等 8 行") {
		t.Errorf("warnings = %+v", found)
	}
}

func TestProblemsOfARowSayWhere(t *testing.T) {
	row := judgeSheet(newTestRoster(), map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001"), "organization": "儿科"}).Rows[0]
	for _, problem := range row.Problems {
		if problem.Code != "organization-unknown" {
			continue
		}
		want := Place{Sheet: "花名册", Row: 2, Column: "组织机构", Cell: "G2", Field: "organization"}
		if problem.Where != want {
			t.Errorf("where = %+v, want %+v", problem.Where, want)
		}
		return
	}
	t.Error("no problem about the organisation")
}

func TestLooksLikeIDNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"34052419800101001X": true, "34052419800101001x": true, "340524198001010018": true, "340524 19800101 0018": true, "340524-19800101-0018": true,
		"３４０５２４１９８００１０１００１８": true, "证号340524198001010018，请核对": true, "99340524198001010018": true, "340524198001010018\n": true,
		"": false, "34052419800101001": false, "20220301161802103": false, "110060593018800003058": false, "12110000400686910X": false,
		"340524198013010018": false, "340524198001320018": false, "340524178001010018": false, "JF-2022-0001": false, "13800000417": false,
	} {
		if got := LooksLikeIDNumber(text); got != want {
			t.Errorf("LooksLikeIDNumber(%q) = %t", text, got)
		}
	}
}

func TestEveryResidentNumberLooksLikeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := fmt.Sprintf("%06d%04d%02d%02d%03d", rapid.IntRange(110000, 659999).Draw(t, "county"), rapid.IntRange(1900, 2030).Draw(t, "year"),
			rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 999).Draw(t, "sequence"))
		around := rapid.SampledFrom([]string{"", "证号：", "a", "（", "x", "\n"})
		number := withCheck(body)
		if cut := rapid.IntRange(1, 17).Draw(t, "cut"); rapid.Bool().Draw(t, "divided") {
			number = number[:cut] + rapid.SampledFrom([]string{" ", "-", "\u3000", "\u00a0", "\t"}).Draw(t, "divider") + number[cut:]
		}
		if text := around.Draw(t, "before") + number + around.Draw(t, "after"); !LooksLikeIDNumber(text) {
			t.Fatalf("%q passes", text)
		}
	})
}

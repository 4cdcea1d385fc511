package data

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const today Date = "2022-06-17"

// newKnown is a store with zhang and wang in the hospital of these tests, and wang's namesake whose numbers begin alike.
func newKnown() *Known {
	known := &Known{Version: 7, Tree: NewOrganizationTree(hospital), People: NewPeople(3), Hours: NewHoursBook(), Plan: Plan{ID: 1, Number: "20220301161802103"}, Rules: HoursRules{}}
	known.People.Add(zhang)
	known.People.Add(wang)
	return known
}

// planOf makes a plan of rows from row 2 on, judged.
func planOf(t testing.TB, form Form, known *Known, sheet []map[string]string, mends ...Mend) *ImportPlan {
	t.Helper()
	plan := &ImportPlan{Form: form, Heading: sheetOf(form), Mends: mends, PlanID: 1}
	for place, texts := range sheet {
		row := rowOf(form, texts, nil)
		row.Number = place + 2
		plan.Sources = append(plan.Sources, row)
	}
	return judgedPlan(t, plan, known)
}

func judgedPlan(t testing.TB, plan *ImportPlan, known *Known) *ImportPlan {
	t.Helper()
	next, err := plan.Judge(context.Background(), known, today)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// told writes a plan's rows for comparison: outcome and codes, but not that a mobile is missing.
func told(plan *ImportPlan) string {
	var rows []string
	for _, row := range plan.Rows {
		rows = append(rows, strings.TrimSpace(fmt.Sprintf("%d %s %s", row.Source.Number, row.Outcome, blocking(row))))
	}
	return strings.Join(rows, ", ")
}

func TestMends(t *testing.T) {
	one := map[string]string{"name": "陈若溪", "id_number": withCheck("11010119900307001")}
	other := map[string]string{"name": "周奕", "id_number": withCheck("11010119900307003")}
	known := map[string]string{"name": "张晓明", "id_number": zhang.IDNumber}
	in := func(texts map[string]string, organization string) map[string]string {
		return with(texts, map[string]string{"organization": organization})
	}
	for _, c := range []struct {
		name  string
		sheet []map[string]string
		mends []Mend
		want  string
	}{
		{"nothing decided", []map[string]string{in(one, "儿科")}, nil, "2 错误 organization-unknown"},
		{"a cell is set", []map[string]string{in(one, "儿科"), in(other, "儿科")}, []Mend{SetCell(2, "organization", "骨科")}, "2 新增, 3 错误 organization-unknown"},
		{"a column is pasted", []map[string]string{in(one, "儿科"), in(other, "妇科")}, []Mend{SetCells(CellMend{2, "organization", "骨科"}, CellMend{3, "organization", ""})}, "2 新增, 3 新增"},
		{"a cell is emptied", []map[string]string{in(one, "儿科")}, []Mend{SetCell(2, "organization", "")}, "2 新增"},
		{"a cell is set wrong", []map[string]string{one}, []Mend{SetCell(2, "id_number", "123")}, "2 错误 id-length"},
		{"all alike", []map[string]string{in(one, "儿科>新生儿"), in(other, " 儿科 / 新生儿 ")}, []Mend{SetAlike("organization", "儿科/新生儿", "骨科")}, "2 新增, 3 新增"},
		{"all alike, in order", []map[string]string{in(one, "儿科"), in(other, "妇科")}, []Mend{SetAlike("organization", "儿科", "妇科"), SetAlike("organization", "妇科", "骨科")}, "2 新增, 3 新增"},
		{"a row is left out", []map[string]string{one, in(other, "儿科")}, []Mend{LeaveRows(3)}, "2 新增, 3 忽略 row-left"},
		{"and taken again", []map[string]string{one, other}, []Mend{LeaveRows(2, 3), TakeRows(3)}, "2 忽略 row-left, 3 新增"},
		{"a note is taken", []map[string]string{{"name": "小计", "mobile": "13800000417"}}, []Mend{TakeRows(2)}, "2 错误 name-summary id-number-missing"},
		{"the second of two rows of one person", []map[string]string{one, with(one, map[string]string{"mobile": "13800000417"})}, []Mend{TakeRows(3)}, "2 忽略 row-repeated, 3 新增"},
		{"a spelling means an organisation everywhere", []map[string]string{in(one, "内科"), in(other, "内科"), with(known, map[string]string{"payer": "内科"})},
			[]Mend{UseOrganization("", "内科", 3)}, "2 新增, 3 新增, 4 更新"},
		{"in one column only", []map[string]string{in(one, "内科"), with(known, map[string]string{"payer": "内科"})}, []Mend{UseOrganization("organization", "内科", 3)},
			"2 新增, 3 错误 organization-ambiguous"},
		{"in one row only", []map[string]string{in(one, "内科"), in(other, "内科")}, []Mend{UseOrganization("organization", "内科", 3, 3)}, "2 错误 organization-ambiguous, 3 新增"},
		{"one row otherwise than the rest", []map[string]string{in(one, "内科"), in(known, "内科")}, []Mend{UseOrganization("organization", "内科", 5), UseOrganization("organization", "内科", 3, 3)},
			"2 新增, 3 不变"},
		{"the later word counts", []map[string]string{in(known, "内科")}, []Mend{UseOrganization("", "内科", 5), UseOrganization("", "内科", 3)}, "2 不变"},
		{"an organisation that has gone", []map[string]string{in(one, "儿科")}, []Mend{UseOrganization("", "儿科", 99)}, "2 错误 organization-unknown"},
		{"an organisation to be made", []map[string]string{in(one, "儿科"), in(other, "妇科")}, []Mend{MakeOrganization("organization", "儿科")}, "2 新增, 3 错误 organization-unknown"},
		{"a stored person's new name", []map[string]string{with(known, map[string]string{"name": "张小明"})}, []Mend{AcceptName(2)}, "2 更新"},
		{"two names in the file, the second is right", []map[string]string{one, with(one, map[string]string{"name": "陈若曦"})}, []Mend{AcceptName(3)}, "2 忽略 row-other-name, 3 新增"},
		{"two names, neither chosen", []map[string]string{one, with(one, map[string]string{"name": "陈若曦"})}, nil, "2 新增, 3 错误 id-other-name"},
		{"two names, a row taken, the name open", []map[string]string{one, with(one, map[string]string{"name": "陈若曦"})}, []Mend{TakeRows(3)}, "2 错误 id-other-name, 3 新增"},
		{"two names for a stored person", []map[string]string{with(known, map[string]string{"name": "张小明"}), known}, []Mend{AcceptName(2)}, "2 更新, 3 忽略 row-other-name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(planOf(t, TraineeForm, newKnown(), c.sheet, c.mends...)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAcceptedNamesAreReportedAgain(t *testing.T) {
	plan := planOf(t, TraineeForm, newKnown(), []map[string]string{{"name": "张小明", "id_number": zhang.IDNumber}}, AcceptName(2))
	row := plan.Rows[0]
	if changes(row) != "name:张晓明→张小明" || row.Trainee.Name != "张小明" || row.Trainee.Platform != PlatformPending || row.Trainee.ID != zhang.ID {
		t.Errorf("%s: %+v", changes(row), row.Trainee)
	}
}

func TestHiddenRows(t *testing.T) {
	sheet := []map[string]string{{"name": "陈若溪", "id_number": withCheck("11010119900307001")}, {"name": "周奕", "id_number": withCheck("11010119900307003")}}
	plan := planOf(t, TraineeForm, newKnown(), sheet)
	plan.Sources[1].Hidden = true
	for _, c := range []struct {
		mends []Mend
		want  string
	}{
		{nil, "2 新增, 3 新增"},
		{[]Mend{HiddenRows(false)}, "2 新增, 3 忽略 row-hidden"},
		{[]Mend{HiddenRows(false), HiddenRows(true)}, "2 新增, 3 新增"},
		{[]Mend{HiddenRows(false), TakeRows(3)}, "2 新增, 3 新增"},
	} {
		plan.Mends = c.mends
		next := judgedPlan(t, plan, newKnown())
		if told(next) != c.want || next.Hidden != 1 {
			t.Errorf("%+v: %s, %d hidden", c.mends, told(next), next.Hidden)
		}
	}
}

func TestDestroyedNumbersOfferWhoIsKnown(t *testing.T) {
	known := newKnown()
	wei := Trainee{ID: 21, Name: "王伟", IDNumber: "110101199003072316", OrganizationID: 6}
	for _, person := range []Trainee{wei, {ID: 22, Name: "王伟", IDNumber: "110101199003071110", OrganizationID: 3}, {ID: 23, Name: "李伟", IDNumber: "110101199003072391"},
		{ID: 24, Name: "王伟", IDNumber: "11010119900307231X"}} {
		person.Username = person.IDNumber
		known.People.Add(person)
	}
	for _, c := range []struct {
		name string
		cell SourceCell
		want []int64
	}{
		{"as Excel writes it", numberCell("1.10101199003072E+17"), []int64{21}},
		{"zeros shown", numberCell("110101199003072000"), []int64{21}},
		{"as LibreOffice writes it", numberCell("110101199003072320"), []int64{21}},
		{"a text of what a cell showed", textCell("1.1010119900307E+17"), []int64{21, 22}},
		{"narrow", textCell("1.1E+17"), nil},
		{"another person's", numberCell("1.10101199003999E+17"), nil},
		{"another length", numberCell("1.10101199003072E+16"), nil},
	} {
		plan := planOf(t, TraineeForm, known, []map[string]string{{"name": "王伟"}})
		plan.Sources[0].Cells[TraineeForm.Column("id_number")] = c.cell
		row := judgedPlan(t, plan, known).Rows[0]
		var ids []int64
		for _, candidate := range row.Candidates {
			ids = append(ids, candidate.TraineeID)
		}
		if !slices.Equal(ids, c.want) || row.Outcome != OutcomeFailed {
			t.Errorf("%s: %v, %s", c.name, ids, row.Outcome)
		}
	}
	plan := planOf(t, TraineeForm, known, []map[string]string{{"name": "王伟", "id_number": "1.1010119900307E+17"}}, TakePerson(2, 21))
	if row := plan.Rows[0]; row.Outcome != OutcomeUpdated || row.Trainee.ID != 21 || !slices.Equal(row.Mended, []string{"id_number"}) {
		t.Errorf("taken: %s %+v %v", row.Outcome, row.Trainee, row.Mended)
	}
	if plan = planOf(t, TraineeForm, newKnown(), []map[string]string{{"name": "王伟", "id_number": "1.1010119900307E+17"}}, TakePerson(2, 21)); plan.Rows[0].Outcome != OutcomeFailed {
		t.Error("a person who has gone was taken")
	}
}

// Whatever a spreadsheet keeps of a number, its owner is offered.
func TestEveryDestroyedNumberFindsItsOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := withCheck(fmt.Sprintf("%06d%04d%02d%02d%03d", rapid.SampledFrom([]int{110101, 340524, 659001, 820000}).Draw(t, "county"), rapid.IntRange(1950, 2005).Draw(t, "year"),
			rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 999).Draw(t, "sequence")))
		if strings.HasSuffix(number, "X") {
			t.Skip("stays text")
		}
		var value float64
		fmt.Sscan(number, &value)
		cell := numberCell(rapid.SampledFrom([]string{number[:15] + "000", fmt.Sprintf("%.0f", value), fmt.Sprintf("%.14E", value), fmt.Sprintf("%g", value)}).Draw(t, "written"))
		if rapid.Bool().Draw(t, "text") {
			cell = textCell(fmt.Sprintf("%.5E", value))
		}
		rest, ok := readDestroyed(cell)
		if !ok || !rest.fits(number) {
			t.Fatalf("%+v does not find %s: %+v", cell, number, rest)
		}
	})
}

func TestUnplacedSpellings(t *testing.T) {
	var sheet []map[string]string
	for place, organization := range []string{"内科", "骨课", "骨课", "儿科病房", "骨科"} {
		sheet = append(sheet, map[string]string{"name": "陈若溪", "id_number": withCheck(fmt.Sprintf("110101199003070%02d", place)), "organization": organization})
	}
	var found []string
	for _, one := range planOf(t, TraineeForm, newKnown(), sheet).Unplaced() {
		var ids []int64
		for _, candidate := range one.Candidates {
			ids = append(ids, candidate.ID)
		}
		found = append(found, fmt.Sprintf("%s %s %v %t %v", one.Column, one.Written, one.Rows, one.Ambiguous, ids))
	}
	want := []string{"organization 骨课 [3 4] false [6]", "organization 内科 [2] true [3 5]", "organization 儿科病房 [5] false []"}
	if !slices.Equal(found, want) {
		t.Errorf("\n got %q\nwant %q", found, want)
	}
}

func TestJudgeMend(t *testing.T) {
	plan := planOf(t, TraineeForm, newKnown(), []map[string]string{{"name": "陈若溪"}})
	for _, c := range []struct {
		mend Mend
		code string
	}{
		{SetCell(2, "name", "周奕"), ""},
		{SetCell(9, "name", "周奕"), "mend-row"},
		{SetCell(2, "工龄", "1"), "mend-column"},
		{SetAlike("extra", "a", "b"), "mend-column"},
		{UseOrganization("organization", "儿科", 6), ""},
		{UseOrganization("organization", "儿科", 99), "mend-organization"},
		{UseOrganization("name", "儿科", 6), "mend-column"},
		{MakeOrganization("", "儿科"), ""},
		{MakeOrganization("", " > "), "mend-organization"},
		{MakeOrganization("", zhang.IDNumber), "mend-organization"},
		{TakePerson(2, zhang.ID), ""},
		{TakePerson(2, 99), "mend-person"},
		{LeaveRows(2, 3), "mend-row"},
	} {
		err := plan.JudgeMend(c.mend, newKnown())
		problem, _ := AsProblem(err)
		if problem.Code != c.code || (err != nil) != (c.code != "") {
			t.Errorf("%+v: %v, want %q", c.mend, err, c.code)
		}
		if err != nil {
			checkSentences(t, []Problem{problem})
		}
	}
}

func TestHoursAreMendedToo(t *testing.T) {
	known := newKnown()
	base := map[string]string{"name": "张晓明", "id_number": zhang.IDNumber, "title": "信息安全专题讲座", "starts_on": "2022-05-09", "ends_on": "2022-05-10", "hours": "12"}
	sheet := []map[string]string{base, with(base, map[string]string{"hours": "13"}), with(base, map[string]string{"name": "张小明", "title": "急救"}), with(base, map[string]string{"title": "急救", "hours": "99"}),
		{"title": "合计", "hours": "136"}}
	for _, c := range []struct {
		mends []Mend
		want  string
	}{
		{nil, "2 新增, 3 忽略 row-repeated, 4 错误 id-other-name, 5 错误 hours-over-cap, 6 忽略 row-total"},
		{[]Mend{TakeRows(3)}, "2 忽略 row-repeated, 3 新增, 4 错误 id-other-name, 5 错误 hours-over-cap, 6 忽略 row-total"},
		{[]Mend{AcceptName(4), LeaveRows(5)}, "2 新增, 3 忽略 row-repeated, 4 新增 id-other-name hours-overlap, 5 忽略 row-left, 6 忽略 row-total"},
		{[]Mend{SetCell(5, "hours", "8")}, "2 新增, 3 忽略 row-repeated, 4 错误 id-other-name, 5 新增 hours-overlap, 6 忽略 row-total"},
	} {
		if got := told(planOf(t, HoursForm, known, sheet, c.mends...)); got != c.want {
			t.Errorf("%+v:\n got %s\nwant %s", c.mends, got, c.want)
		}
	}
}

// randomSheet draws a sheet whose rows disturb each other in many ways.
func randomSheet(t *rapid.T) []map[string]string {
	numbers := []string{zhang.IDNumber, wang.IDNumber, withCheck("11010119900307001"), withCheck("11010119900307003"), "1.1010119900307E+17", "123", ""}
	var sheet []map[string]string
	for range rapid.IntRange(1, 8).Draw(t, "rows") {
		sheet = append(sheet, map[string]string{
			"name":         rapid.SampledFrom([]string{"张晓明", "张小明", "王芳", "陈若溪", "合计", "陈1"}).Draw(t, "name"),
			"id_number":    rapid.SampledFrom(numbers).Draw(t, "number"),
			"mobile":       rapid.SampledFrom([]string{"", "13800000417", "13900001111", "138"}).Draw(t, "mobile"),
			"organization": rapid.SampledFrom([]string{"", "骨科", "内科", "儿科", "院本部>内科", "骨科/儿科", "分院>儿科"}).Draw(t, "organization"),
			"username":     rapid.SampledFrom([]string{"", "zxm", "u1"}).Draw(t, "username"),
		})
	}
	return sheet
}

func randomMends(t *rapid.T, rows int) []Mend {
	row := rapid.IntRange(2, rows+1)
	column := rapid.SampledFrom([]string{"name", "id_number", "mobile", "organization"})
	text := rapid.SampledFrom([]string{"", "张晓明", "骨科", "儿科", "分院>儿科", "13800000417", zhang.IDNumber})
	organization := rapid.SampledFrom([]string{"", "organization"})
	var mends []Mend
	for range rapid.IntRange(0, 6).Draw(t, "mends") {
		switch rapid.IntRange(0, 7).Draw(t, "kind") {
		case 0:
			mends = append(mends, SetCell(row.Draw(t, "row"), column.Draw(t, "column"), text.Draw(t, "text")))
		case 1:
			mends = append(mends, SetAlike(column.Draw(t, "column"), text.Draw(t, "from"), text.Draw(t, "text")))
		case 2:
			mends = append(mends, LeaveRows(row.Draw(t, "row")))
		case 3:
			mends = append(mends, TakeRows(row.Draw(t, "row")))
		case 4:
			mends = append(mends, UseOrganization(organization.Draw(t, "column"), text.Draw(t, "from"), rapid.Int64Range(1, 8).Draw(t, "organization")))
		case 5:
			mends = append(mends, MakeOrganization(organization.Draw(t, "column"), text.Draw(t, "from"), row.Draw(t, "row")))
		case 6:
			mends = append(mends, AcceptName(row.Draw(t, "row")))
		case 7:
			mends = append(mends, TakePerson(row.Draw(t, "row"), rapid.SampledFrom([]int64{11, 12, 99}).Draw(t, "person")))
		}
	}
	return mends
}

// A plan follows from its rows and decisions alone: judging again gives the same, one more decision and its taking back leave no
// trace, and neither the file's rows nor the earlier plan change.
func TestPlansFollowFromRowsAndMends(t *testing.T) {
	known := newKnown()
	rapid.Check(t, func(r *rapid.T) {
		sheet := randomSheet(r)
		mends := randomMends(r, len(sheet))
		plan := planOf(t, TraineeForm, known, sheet, mends...)
		bare := planOf(t, TraineeForm, known, sheet)
		before := fmt.Sprintf("%+v", rowsOf(plan))
		further := *plan
		further.Mends = append(slices.Clone(plan.Mends), randomMends(r, len(sheet))...)
		next := judgedPlan(t, &further, known)
		back := *next
		back.Mends = mends
		again := judgedPlan(t, &back, known)
		if !reflect.DeepEqual(again.Rows, plan.Rows) {
			r.Fatalf("taken back:\n%s\nwas\n%s", told(again), told(plan))
		}
		if fmt.Sprintf("%+v", rowsOf(plan)) != before || !reflect.DeepEqual(next.Sources, bare.Sources) {
			r.Fatal("a decision changed an earlier plan or the file's rows")
		}
		if len(plan.Rows) != len(bare.Rows) && !slices.ContainsFunc(mends, func(m Mend) bool { return m.Kind == MendCell || m.Kind == MendAlike }) {
			r.Fatalf("rows were lost: %s, of %s", told(plan), told(bare))
		}
		checkOnePersonOnce(r, plan)
	})
}

// rowsOf gives the rows of a plan as they are now.
func rowsOf(plan *ImportPlan) []ImportRow {
	rows := make([]ImportRow, len(plan.Rows))
	for place, row := range plan.Rows {
		rows[place] = *row
	}
	return rows
}

// checkOnePersonOnce fails where a plan would store one identity number or one username twice.
func checkOnePersonOnce(t *rapid.T, plan *ImportPlan) {
	numbers, usernames := map[string]int{}, map[string]int{}
	for _, row := range plan.Rows {
		if row.Outcome == OutcomeNew || row.Outcome == OutcomeUpdated || row.Outcome == OutcomeUnchanged {
			numbers[row.Trainee.IDNumber]++
			usernames[row.Trainee.Username]++
		}
	}
	for number, count := range numbers {
		if count > 1 || number == "" {
			t.Fatalf("%q stands in %d good rows: %s", number, count, told(plan))
		}
	}
	for username, count := range usernames {
		if count > 1 && username != "" {
			t.Fatalf("%q is given to %d people: %s", username, count, told(plan))
		}
	}
}

// Setting cells in the preview is the same as writing them in the file.
func TestSetCellsAreAsIfWritten(t *testing.T) {
	known := newKnown()
	rapid.Check(t, func(r *rapid.T) {
		sheet := randomSheet(r)
		var mends []Mend
		written := make([]map[string]string, len(sheet))
		for place := range sheet {
			written[place] = with(sheet[place], nil)
		}
		for _, mend := range randomMends(r, len(sheet)) {
			if mend.Kind == MendCell {
				mends = append(mends, mend)
				written[mend.Rows[0]-2][mend.Column] = mend.Text
			}
		}
		for _, texts := range written {
			for key, text := range texts {
				if text == "" {
					delete(texts, key)
				}
			}
		}
		if got, want := told(planOf(t, TraineeForm, known, sheet, mends...)), told(planOf(t, TraineeForm, known, written)); got != want {
			r.Fatalf("\n got %s\nwant %s", got, want)
		}
	})
}

package data

import (
	"fmt"
	"strings"
	"testing"
)

// listed is a roster with two people of one name.
func listed() (*People, OrganizationTree) {
	people := NewPeople(5)
	for place, person := range []Trainee{
		{Name: "陈若溪", IDNumber: "34052419800101001X", Username: "jy0333"},
		{Name: "周奕", IDNumber: "11010519491231002X", Username: "jy0336"},
		{Name: "周奕", IDNumber: "110105199003071001", Username: "jy0339"},
		{Name: "张三", IDNumber: "440524188001010014"},
		{Name: "李雷", IDNumber: "E12345678"},
	} {
		person.ID, person.OrganizationID = int64(place+1), 2
		people.Add(person)
	}
	return people, NewOrganizationTree([]Organization{{ID: 1, Name: "本院"}, {ID: 2, ParentID: 1, Name: "内科", Path: "内科"}})
}

func TestPastedListsFindTheirPeople(t *testing.T) {
	for text, want := range map[string]string{
		"陈若溪":             "1",
		"陈若溪\n":           "1",
		" 陈若溪 \r\n\r\n张三": "1 4",
		"张　三":             "4",
		"陈若溪、张三；李雷":       "1 4 5",
		"陈若溪,张三，李雷":       "1 4 5",
		"陈若溪 张三 李雷":       "1 4 5",
		"34052419800101001X,110105199003071001，34052419800101001X": "1 3 " + PersonRepeated,
		"陈若溪 34052419800101001X，周奕 110105199003071001":             "1 3",
		"陈若溪 34052419800101001X，周奕 34052419800101001X":             "1 " + PersonOther,
		"张三，34052419800101001X，110105199003071001，李雷，陈若溪":          "1 3 4 5 " + PersonRepeated,
		"jy0336,jy0339":      "2 3",
		"jy0336,王五,张三":       "2",
		"34052419800101001x": "1",
		"３４０５２４１９８００１０１００１Ｘ":               "1",
		"陈若溪 34052419800101001X":           "1",
		"陈若溪34052419800101001X":            "1",
		"1\t陈若溪\t34052419800101001X\t信息中心": "1",
		"2\t周奕\t110105199003071001":        "3",
		"12. 张三":                           "4",
		"jy0336":                           "2",
		"JY0336":                           PersonUnknown,
		"E12345678":                        "5",
		"周奕":                               PersonAmbiguous,
		"周奕\tjy0339":                       "3",
		"王五":                               PersonUnknown,
		"陈若溪\n34052419800101001X":          "1 " + PersonRepeated,
		"周奕 34052419800101001X":            PersonOther,
		"34052419800101001":                "id-length",
		"340524198001010011":               "id-checksum",
		"11010519900307100":                "id-length",
		"？？":                               PersonUnknown,
		"":                                 "",
		"序号\n":                             PersonUnknown,
	} {
		people, tree := listed()
		rows := ReadPeople(text)
		people.Match(rows, tree, "2022-06-17")
		var got []string
		for _, row := range rows {
			if row.Counts() {
				got = append(got, fmt.Sprint(row.TraineeID))
				continue
			}
			got = append(got, row.Problem.Code)
			if row.Problem.What == "" || row.Problem.Fix == "" || LooksLikeIDNumber(row.Problem.What) {
				t.Errorf("%q: problem %+v", text, row.Problem)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
}

func TestAmbiguousNamesOfferTheirPeople(t *testing.T) {
	people, tree := listed()
	rows := ReadPeople("陈若溪\n周奕")
	people.Match(rows, tree, "2022-06-17")
	if rows[1].Row != 2 || len(rows[1].Candidates) != 2 || rows[1].Candidates[1].TraineeID != 3 || rows[1].Candidates[0].Organization != "内科" {
		t.Fatalf("row = %+v", rows[1])
	}
	rows[1].Choose(rows[1].Candidates[1])
	if !rows[1].Counts() || rows[1].TraineeID != 3 {
		t.Errorf("chosen: %+v", rows[1])
	}
}

func TestRowsOfAmountsAndAnswers(t *testing.T) {
	heading := func(form Form) Heading {
		h := Heading{Sheet: "表", Columns: make([]int, len(form.Columns)), Headers: make([]string, len(form.Columns))}
		for place := range h.Columns {
			h.Columns[place], h.Headers[place] = place, form.Columns[place].Header
		}
		return h
	}
	cells := func(texts ...string) SourceRow {
		row := SourceRow{Number: 7}
		for _, text := range texts {
			row.Cells = append(row.Cells, SourceCell{Text: text, Kind: CellText})
		}
		return row
	}
	for _, c := range []struct {
		form Form
		row  SourceRow
		want string
	}{
		{AmountForm, cells("陈若溪", "", "", "40"), "40.00"},
		{AmountForm, cells("陈若溪", "", "", "￥1,200.50元"), "1,200.50"},
		{AmountForm, cells("陈若溪", "", "", ""), "money-missing"},
		{AmountForm, cells("陈若溪", "", "", "0"), "money-zero"},
		{AmountForm, cells("陈若溪", "", "", "-40"), "money-negative"},
		{AmountForm, cells("陈若溪", "", "", "40.005"), "money-decimals"},
		{AmountForm, SourceRow{Number: 7, Cells: []SourceCell{{}, {Text: "3.40524198001010E+17", Kind: CellNumber}, {}, {Text: "40", Kind: CellNumber}}}, "id-destroyed"},
		{AnswerForm, cells("陈若溪", "", "", "成功", ""), "0.00 成功"},
		{AnswerForm, cells("陈若溪", "", "", "充值失败", "身份信息不一致"), "0.00 失败"},
		{AnswerForm, cells("陈若溪", "", "", "失败", ""), "reason-missing"},
		{AnswerForm, cells("陈若溪", "", "", "", ""), "answer-missing"},
		{AnswerForm, cells("陈若溪", "", "", "处理中", ""), "answer-unknown"},
		{AnswerForm, cells("陈若溪", "", "", "失败", "34052419800101001X 不存在"), "id-in-wrong-column"},
	} {
		row := ReadPersonRow(c.form, heading(c.form), c.row)
		got := row.Amount.String()
		switch {
		case row.Problem != nil:
			got = row.Problem.Code
			if row.Problem.Where.Row != 7 || row.Problem.Where.Column == "" {
				t.Errorf("%v: problem stands at %+v", c.row, row.Problem.Where)
			}
		case row.Answer != "":
			got += " " + string(row.Answer)
		}
		if got != c.want {
			t.Errorf("%v gave %q, want %q", c.row, got, c.want)
		}
	}
}

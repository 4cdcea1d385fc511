package data

import "testing"

func TestRowsThatAreNoPerson(t *testing.T) {
	number := withCheck("11010119900307001")
	for _, c := range []struct {
		name  string
		texts map[string]string
		want  string
	}{
		{"a person", map[string]string{"name": "陈若溪", "id_number": number}, ""},
		{"a person without a number", map[string]string{"name": "陈若溪", "mobile": "13800000417"}, ""},
		{"a person without a name", map[string]string{"mobile": "13800000417"}, ""},
		{"a person whose number is destroyed", map[string]string{"name": "陈若溪", "id_number": "1.1010119900307E+17"}, ""},
		{"a total", map[string]string{"name": "合计"}, "row-total"},
		{"a total with spaces and a number of people", map[string]string{"name": "合　计", "mobile": "218人"}, "row-total"},
		{"a total in words", map[string]string{"name": "合计人数：218"}, "row-total"},
		{"a page's subtotal", map[string]string{"name": "本页小计"}, "row-total"},
		{"a total with a number is not passed over", map[string]string{"name": "合计", "id_number": number}, ""},
		{"a total that counts people in the number's column", map[string]string{"name": "合计", "id_number": "218人"}, "row-total"},
		{"a total with a number that lost digits is not passed over", map[string]string{"name": "合计", "id_number": "11010119900"}, ""},
		{"a signature in the number's column", map[string]string{"name": "制表人：王红", "id_number": "审核人：李立"}, "row-signature"},
		{"signatures in one cell", map[string]string{"name": "制表人：王红　　审核人：李立"}, "row-signature"},
		{"a stamp", map[string]string{"name": "单位（盖章）："}, "row-signature"},
		{"a leader's signature with a date in the number's column", map[string]string{"name": "主管领导签字：", "id_number": "日期：2022年3月1日"}, "row-signature"},
		{"a table's row of totals", map[string]string{"name": "汇总", "mobile": "8"}, "row-total"},
		{"a page's end", map[string]string{"name": "（转下页）"}, "row-note"},
		{"a number with a hanzi in it", map[string]string{"name": "陈若溪签字", "id_number": "110101号19900307001"}, ""},
		{"a date at the foot", map[string]string{"name": "日期：2022年3月9日"}, "row-signature"},
		{"a numbered note", map[string]string{"name": "注：1. 身份证号请填写 18 位"}, "row-note"},
		{"instructions", map[string]string{"name": "填表说明"}, "row-note"},
		{"a note behind a sign", map[string]string{"name": "※ 说明：不要改动表头"}, "row-note"},
		{"an example without a number", map[string]string{"name": "示例：张三"}, "row-example"},
		{"an example with a number", map[string]string{"name": "（示例）", "id_number": number}, "row-example"},
		{"our template's example", map[string]string{"name": "张晓明", "id_number": "34052419800101001X"}, "row-example"},
		{"a namesake of our template's example", map[string]string{"name": "张晓明", "id_number": number}, ""},
		{"a repeated header", map[string]string{"name": "姓名*", "id_number": "身份证号码"}, "row-header"},
		{"a repeated header in another order", map[string]string{"name": "身份证号", "id_number": "姓 名", "mobile": "单位"}, "row-header"},
		{"a group's title", map[string]string{"name": "【第1组】"}, "row-note"},
		{"a numbered group's title", map[string]string{"name": "二、编外人员"}, "row-note"},
		{"a bracketed number", map[string]string{"organization": "（三）退休返聘"}, "row-note"},
		{"a page's foot", map[string]string{"name": "第1页 共2页"}, "row-note"},
		{"a group's title beside a number", map[string]string{"name": "【第1组】", "id_number": number}, ""},
		{"a person's unit alone", map[string]string{"organization": "第一医院"}, ""},
		{"a name that says that it is an example", map[string]string{"name": "张三（示例）", "id_number": number}, "row-example"},
		{"an example before a name", map[string]string{"name": "例：李四", "id_number": number}, "row-example"},
		{"a department that begins like a note", map[string]string{"organization": "审核部", "mobile": "13800000417"}, ""},
		{"a department for instructions", map[string]string{"organization": "说明书编辑部"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := ImportPlan{Form: TraineeForm, Heading: sheetOf(TraineeForm)}
			problem, out := newNoteReader(&plan, &Known{People: NewPeople(0)}).note(rowOf(TraineeForm, c.texts, nil))
			if problem.Code != c.want || out != (c.want != "") {
				t.Errorf("%q, %t, want %q", problem.Code, out, c.want)
			}
			if out {
				checkSentences(t, []Problem{problem})
			}
		})
	}
}

// A label may stand in a column that is not read at all.
func TestNotesStandInColumnsThatAreLeftOut(t *testing.T) {
	plan := ImportPlan{Form: TraineeForm, Heading: sheetOf(TraineeForm), Columns: []SheetColumn{{Index: 90, Header: "序号", Key: ColumnLeft}}}
	for place := range plan.Heading.Columns {
		plan.Heading.Columns[place] += 100
	}
	row := rowOf(TraineeForm, map[string]string{"name": "张晓"}, nil)
	row.Extra = []SourceCell{textCell("合计")}
	if problem, out := newNoteReader(&plan, &Known{People: NewPeople(0)}).note(row); !out || problem.Code != "row-total" {
		t.Errorf("a total beside a name: %+v", problem)
	}
	row = rowOf(TraineeForm, map[string]string{"name": "张晓", "id_number": withCheck("11010119900307001")}, nil)
	row.Extra = []SourceCell{textCell("例")}
	if problem, out := newNoteReader(&plan, &Known{People: NewPeople(0)}).note(row); !out || problem.Code != "row-example" {
		t.Errorf("an example with a number: %+v", problem)
	}
	row.Extra = []SourceCell{numberCell("12")}
	if problem, out := newNoteReader(&plan, &Known{People: NewPeople(0)}).note(row); out {
		t.Errorf("a person with a counter: %+v", problem)
	}
}

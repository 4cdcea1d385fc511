package app_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/excel"
)

// columnKeys writes what became of a plan's columns: A 姓名=name.
func columnKeys(plan *data.ImportPlan) string {
	var all []string
	for _, column := range plan.Columns {
		all = append(all, fmt.Sprintf("%s %s=%s", data.ColumnLetters(column.Index), column.Header, column.Key))
	}
	return strings.Join(all, ", ")
}

func TestColumnsAreShownAndCorrected(t *testing.T) {
	a := newUnit(t)
	path := csv(t, "序号,姓名,身份证号,联系电话,科室,单位电话,", "1,"+person(1)+",骨科,84297523,走读", "2,"+person(2)+",服务站,,")
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	want := "A 序号=, B 姓名=name, C 身份证号=id_number, D 联系电话=mobile, E 科室=organization, F 单位电话=extra, G （无标题，G 列）=extra"
	if columnKeys(plan) != want || plan.Remembered || outcomes(plan) != "新增 2" {
		t.Errorf("found %s, %s", columnKeys(plan), outcomes(plan))
	}
	if plan.Columns[1].Sample != datatest.Name(1) || plan.Columns[5].Sample != "84297523" || plan.Columns[6].Sample != "走读" {
		t.Errorf("samples %+v", plan.Columns)
	}
	for _, c := range []struct {
		name    string
		columns map[int]string
		want    string
		code    string
	}{
		{"nothing", map[int]string{}, want, ""},
		{"one for another", map[int]string{5: "mobile"}, "A 序号=, B 姓名=name, C 身份证号=id_number, D 联系电话=extra, E 科室=organization, F 单位电话=mobile, G （无标题，G 列）=extra", ""},
		{"a counter is a staff number", map[int]string{0: "staff_number"}, strings.Replace(want, "序号=", "序号=staff_number", 1), ""},
		{"a column without a header", map[int]string{6: "remark"}, strings.Replace(want, "G 列）=extra", "G 列）=remark", 1), ""},
		{"left out", map[int]string{4: data.ColumnLeft, 5: data.ColumnLeft}, "A 序号=, B 姓名=name, C 身份证号=id_number, D 联系电话=mobile, E 科室=, F 单位电话=, G （无标题，G 列）=extra", ""},
		{"kept as it is", map[int]string{4: data.ColumnExtra}, strings.Replace(want, "科室=organization", "科室=extra", 1), ""},
		{"twice", map[int]string{3: "mobile", 5: "mobile"}, "", "column-twice"},
		{"no number", map[int]string{2: data.ColumnLeft}, "", "columns-missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			read, err := a.PlanImport(ctx, path, app.ImportOptions{Columns: c.columns})
			renewed, renewal := a.RenewImport(ctx, plan, app.ImportOptions{Columns: c.columns})
			if c.code != "" {
				refused(t, err, c.code)
				refused(t, renewal, c.code)
				return
			}
			must(t, err)
			must(t, renewal)
			if columnKeys(read) != c.want || columnKeys(renewed) != c.want {
				t.Errorf("read %s\nrenewed %s\nwant %s", columnKeys(read), columnKeys(renewed), c.want)
			}
			for place := range read.Rows { // the same, whether the file is read again or not
				if !reflect.DeepEqual(read.Rows[place], renewed.Rows[place]) {
					t.Errorf("read:\n%+v\nrenewed:\n%+v", read.Rows[place], renewed.Rows[place])
				}
			}
			back := got[*data.ImportPlan](t)(a.RenewImport(ctx, renewed, app.ImportOptions{Columns: map[int]string{}}))
			if columnKeys(back) != want || !reflect.DeepEqual(back.Rows, plan.Rows) {
				t.Errorf("back: %s", columnKeys(back))
			}
		})
	}
	extra := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{Columns: map[int]string{5: data.ColumnLeft, 6: data.ColumnLeft}})).Rows[0].Trainee.Extra
	if len(extra) != 0 {
		t.Errorf("a column that is left out is stored: %v", extra)
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	a := newUnit(t)
	options := app.ImportOptions{Columns: map[int]string{3: data.ColumnExtra, 4: "mobile"}}
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "序号,姓名,身份证号,电话,分机", "1,"+person(1)+",13911112222"), options))
	if plan.Remembered {
		t.Error("remembered before anything was stored")
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	// The same headers in another order and spelling.
	again := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "分机*,电 话,身份证号,姓名,序号", "13933334444,84297523,"+datatest.IDNumber(2)+","+datatest.Name(2)+",1"), app.ImportOptions{}))
	if !again.Remembered || again.Rows[0].Trainee.Mobile != "13933334444" || again.Rows[0].Trainee.Extra["电 话"] != "84297523" {
		t.Errorf("remembered %t: %s, %+v", again.Remembered, columnKeys(again), again.Rows[0].Trainee)
	}
	other := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "姓名,身份证号,电话", person(3)), app.ImportOptions{}))
	if other.Remembered || other.Rows[0].Trainee.Mobile != datatest.Mobile(3) {
		t.Errorf("another sheet is mapped alike: %s", columnKeys(other))
	}
	automatic := got[*data.ImportPlan](t)(a.RenewImport(ctx, again, app.ImportOptions{Columns: map[int]string{}}))
	got[app.ImportResult](t)(a.CommitImport(ctx, automatic, nil))
	if third := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "分机,电话,身份证号,姓名,序号", ",,"+datatest.IDNumber(4)+","+datatest.Name(4)+",1"), app.ImportOptions{})); third.Remembered {
		t.Error("still remembered after an import by the headers alone")
	}
}

func TestAFileIsShownWhereItsHeadersAre(t *testing.T) {
	a := newUnit(t)
	lines := []string{"2022年度名单,,", "XM,SFZ,SJ", person(1), person(2)}
	path := csv(t, lines...)
	_, err := a.PlanImport(ctx, path, app.ImportOptions{})
	refused(t, err, excel.CodeWrongSheet)
	sheets := got[[]data.SheetInfo](t)(a.SheetsOf(ctx, path, data.TraineeForm))
	head := got[[]data.SheetRow](t)(a.SheetHead(ctx, path, sheets[0].Name, 3))
	if len(sheets) != 1 || len(head) != 3 || head[1].Number != 2 || !slices.Equal(head[1].Texts, []string{"XM", "SFZ", "SJ"}) {
		t.Errorf("sheets %+v, head %+v", sheets, head)
	}
	columns := map[int]string{0: "name", 1: "id_number", 2: "mobile"}
	_, err = a.PlanImport(ctx, path, app.ImportOptions{HeaderRow: 9, Columns: columns})
	refused(t, err, "header-row")
	_, err = a.PlanImport(ctx, path, app.ImportOptions{HeaderRow: 2})
	refused(t, err, "columns-missing")
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{HeaderRow: 2, Columns: columns}))
	if outcomes(plan) != "新增 2" || plan.Heading.Row != 2 {
		t.Errorf("%s, %+v", outcomes(plan), plan.Heading)
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	again := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	if outcomes(again) != "不变 2" || !again.Remembered {
		t.Errorf("the same file again: %s", outcomes(again))
	}
	if moved := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "另一个标题,,", ",,", "SFZ,XM,SJ", datatest.IDNumber(3)+","+datatest.Name(3)+","+datatest.Mobile(3)), app.ImportOptions{})); outcomes(moved) != "新增 1" {
		t.Errorf("another file of the kind: %s", outcomes(moved))
	}
}

// What is remembered holds nothing of the file.
func TestRememberedColumnsHoldNoHeaders(t *testing.T) {
	a := newUnit(t)
	options := app.ImportOptions{Columns: map[int]string{2: "remark"}}
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, csv(t, "姓名,身份证号,谁的秘密", datatest.Name(1)+","+datatest.IDNumber(1)+",无"), options))
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	stored := contents(t, a, "column_mapping")
	if !strings.Contains(stored, "remark") || strings.Contains(stored, "秘密") {
		t.Errorf("stored %s", stored)
	}
	if keys := slices.Collect(maps.Values(options.Columns)); !slices.Equal(keys, []string{"remark"}) {
		t.Errorf("the options were changed: %v", keys)
	}
}

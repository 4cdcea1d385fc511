package excel

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

func TestTemplateReadsBackWithEveryColumnAndNoRow(t *testing.T) {
	for _, form := range data.Forms() {
		var out bytes.Buffer
		check(t, WriteTemplate(&out, form))
		heading, rows := mustRead(t, out.Bytes(), "模板.xlsx", form)
		if heading.Sheet != form.Name || heading.Row != 1 || len(heading.Unknown) != 0 || len(rows) != 0 {
			t.Errorf("%s: heading %+v, %d rows", form.Key, heading, len(rows))
		}
		for i, column := range form.Columns {
			if heading.Columns[i] != i {
				t.Errorf("%s: %s stands in column %d, want %d", form.Key, column.Key, heading.Columns[i], i)
			}
		}
	}
}

func TestTemplateKeepsIdentifiersAsText(t *testing.T) {
	var out bytes.Buffer
	check(t, WriteTemplate(&out, data.HoursForm))
	file, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	check(t, err)
	defer file.Close()
	for key, want := range map[string]int{"id_number": 49, "plan": 49, "certificate": 49, "remark": 49} {
		letter, _ := excelize.ColumnNumberToName(data.HoursForm.Column(key) + 1)
		id, err := file.GetColStyle(data.HoursForm.Name, letter)
		check(t, err)
		style, err := file.GetStyle(id)
		check(t, err)
		if style.NumFmt != want {
			t.Errorf("%s has number format %d, want %d", key, style.NumFmt, want)
		}
	}
	rules, err := file.GetDataValidations(data.HoursForm.Name)
	check(t, err)
	if len(rules) != 3 {
		t.Errorf("%d dropdowns, want 3", len(rules))
	}
	if visible, err := file.GetSheetVisible(dictionarySheet); err != nil || visible {
		t.Errorf("dictionary visible: %v, %v", visible, err)
	}
}

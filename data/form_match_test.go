package data

import (
	"slices"
	"testing"
)

func TestMatchKnowsHeadersAsFilesWriteThem(t *testing.T) {
	for _, c := range []struct{ name, header, want string }{
		{"own header", "身份证号", "id_number"},
		{"alias", "公民身份号码", "id_number"},
		{"star behind", "姓名*", "name"},
		{"star before", "＊ 姓名", "name"},
		{"spaces inside", "姓　名", "name"},
		{"line break inside", "身份\n证号", "id_number"},
		{"explanation on the second line", "身份证号\r\n请按文本填写", "id_number"},
		{"half-width note", "手机号(必填)", "mobile"},
		{"full-width note", "手机号（选填）", "mobile"},
		{"two notes", "【必填】出生日期（格式：1980-01-01）", "birth"},
		{"bare note", "姓名必填", "name"},
		{"case and full width", "Ｅ－Ｍａｉｌ", "email"},
		{"zero-width and no-break", "\u200b学\u00a0历\ufeff", "education"},
		{"old word", "专业技术职务", "title_name"},
		{"report's column", "错误原因", ""},
		{"stranger", "籍贯", ""},
		{"only notes", "（必填）", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := TraineeForm.Match(c.header); got != TraineeForm.Column(c.want) {
				t.Errorf("Match(%q) = %d, want %q at %d", c.header, got, c.want, TraineeForm.Column(c.want))
			}
		})
	}
}

func TestMatchKnowsEveryDeclaredWord(t *testing.T) {
	for _, form := range Forms() {
		owner := map[string]string{}
		for place, column := range form.Columns {
			for _, word := range append([]string{column.Header}, column.Aliases...) {
				for _, written := range []string{word, word + "*", word + "（必填）"} {
					if got := form.Match(written); got != place {
						t.Errorf("%s: %q matches column %d, want %s", form.Key, written, got, column.Key)
					}
				}
				if other, taken := owner[foldHeader(word)]; taken {
					t.Errorf("%s: %q belongs to %s and %s", form.Key, word, other, column.Key)
				}
				owner[foldHeader(word)] = column.Key
				if IsBookkeeping(word) {
					t.Errorf("%s: %q is taken for bookkeeping", form.Key, word)
				}
			}
		}
	}
}

func TestMapPrefersTheNearestHeader(t *testing.T) {
	columns := TraineeForm.Matcher().Map([]string{"序号", "部门", "单位名称", "姓名", "姓名", "身份证号码"})
	for key, want := range map[string]int{"organization": 2, "name": 3, "id_number": 5, "mobile": -1} {
		if got := columns[TraineeForm.Column(key)]; got != want {
			t.Errorf("%s stands in %d, want %d", key, got, want)
		}
	}
}

func TestMissingNamesRequiredColumns(t *testing.T) {
	heading := Heading{Columns: HoursForm.Matcher().Map([]string{"姓名", "身份证号", "培训名称", "开始日期", "学时"})}
	var keys []string
	for _, column := range HoursForm.Missing(heading) {
		keys = append(keys, column.Key)
	}
	if want := []string{"plan", "ends_on"}; !slices.Equal(keys, want) {
		t.Errorf("missing %v, want %v", keys, want)
	}
	if missing := HoursForm.Missing(Heading{}); len(missing) != 7 {
		t.Errorf("an empty heading misses %d columns, want all 7 required", len(missing))
	}
}

func TestFormsDeclareWhatTemplatesNeed(t *testing.T) {
	for _, form := range Forms() {
		for _, column := range form.Columns {
			if column.Header == "" || column.Hint == "" || column.Example == "" || column.Width <= 0 || column.Kind == "" {
				t.Errorf("%s: %s lacks a header, hint, example, width or kind", form.Key, column.Key)
			}
			if (column.Kind == KindChoice || column.Kind == KindDocumentType) && !slices.Contains(column.Choices, column.Example) {
				t.Errorf("%s: the example of %s is none of its choices", form.Key, column.Key)
			}
		}
		for _, key := range form.Identity {
			if form.Column(key) < 0 {
				t.Errorf("%s: identity names no column: %s", form.Key, key)
			}
		}
	}
	for _, header := range append([]string{"序 号", "No."}, ReportHeaders...) {
		if !IsBookkeeping(header) {
			t.Errorf("%q is no bookkeeping", header)
		}
	}
}

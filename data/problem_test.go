package data

import (
	"errors"
	"fmt"
	"testing"
)

func TestPlacesReadLikeChinese(t *testing.T) {
	for _, c := range []struct {
		place Place
		want  string
	}{
		{Place{}, ""},
		{Place{Field: "mobile"}, ""},
		{Place{Sheet: "花名册", Row: 47, Column: "所在单位", Cell: "E47"}, "工作表“花名册”，“所在单位”列，单元格 E47"},
		{Place{Row: 47, Column: "所在单位"}, "“所在单位”列，第 47 行"},
		{Place{Row: 47}, "第 47 行"},
		{Place{Column: "手机号"}, "“手机号”一栏"},
	} {
		if got := c.place.String(); got != c.want {
			t.Errorf("%+v reads %q, want %q", c.place, got, c.want)
		}
	}
}

func TestProblemsTravelAsErrors(t *testing.T) {
	disk := errors.New("disk full")
	problem := Refuse("file-unwritable", "file", "没有保存。", "请换一个文件夹。").Because(errors.Join(ErrWrongState, disk))
	wrapped := fmt.Errorf("export: %w", problem)
	found, ok := AsProblem(wrapped)
	if !ok || found.Code != "file-unwritable" || found.Error() != "没有保存。请换一个文件夹。" || found.Level != LevelError {
		t.Errorf("found %+v, %t", found, ok)
	}
	if !errors.Is(wrapped, ErrWrongState) || !errors.Is(wrapped, disk) || errors.Is(wrapped, ErrStale) {
		t.Error("the cause is lost")
	}
	if _, ok := AsProblem(disk); ok {
		t.Error("a bare error passes for a problem")
	}
	if _, ok := AsProblem(nil); ok {
		t.Error("nothing passes for a problem")
	}
	placed := problem.In(Place{Row: 3})
	if placed.Where.Row != 3 || problem.Where.Row != 0 {
		t.Error("In changed the original or did not place it")
	}
	if HasErrors([]Problem{Warn("w", "", "", ""), Fixed("f", "", "")}) || !HasErrors([]Problem{Warn("w", "", "", ""), problem}) || HasErrors(nil) {
		t.Error("HasErrors")
	}
}

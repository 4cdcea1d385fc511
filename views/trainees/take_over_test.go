package trainees

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
)

func TestANewListIsTakenOver(t *testing.T) {
	a := newApp(t, 24)
	number := func(i int) string { return datatest.IDNumber(8501 + i*17) }
	lines := []string{"姓名,身份证号,组织机构", "改了名," + number(0) + ",骨科", datatest.Name(1) + "," + number(1) + ",新科室", datatest.Name(2) + "," + number(2) + ",骨科"}
	for i := 4; i < 24; i++ {
		lines = append(lines, datatest.Name(i)+","+number(i)+",")
	}
	path := filepath.Join(t.TempDir(), "今年.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newStand(t, a)
	people := s.ids(data.TraineeQuery{Sort: "username"})
	s.screen.compare("", path)
	organization := func(at int) string {
		rows, err := a.TraineeRows(context.Background(), people[at:at+1], 0)
		if err != nil {
			t.Fatal(err)
		}
		return rows[0].Organization
	}
	c := s.screen.comparison
	c.tabs.OnChanged(2) // 改名
	s.Press("button", "给这 1 人改名…")
	s.Must(datatest.Name(0))
	s.Must("改了名")
	s.Picture("take-over-name")
	s.Press("button", "给 1 人改名")
	if found := s.ids(data.TraineeQuery{Text: "改了名"}); len(found) != 1 || found[0] != people[0] {
		t.Fatalf("the new name is stored for %v", found)
	}
	if left := len(c.shown); left != 0 {
		t.Errorf("%d still have to be renamed", left)
	}
	s.Press("button", "撤销")
	if left := len(c.shown); left != 1 || len(s.ids(data.TraineeQuery{Text: "改了名"})) != 0 {
		t.Errorf("%d in the list after the undo", left)
	}
	c.tabs.OnChanged(3) // 调动
	s.Press("button", "调动这 2 人…")
	s.Must("会新建 1 个机构：新科室。")
	s.Picture("take-over-move")
	s.Press("button", "调动 2 人")
	if organization(1) != "新科室" || organization(2) != "骨科" {
		t.Errorf("moved to %q and %q", organization(1), organization(2))
	}
	c.tabs.OnChanged(1) // 离职
	s.Press("button", "停用这 1 人")
	if gone := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(gone) != 1 || gone[0] != people[3] || len(c.shown) != 0 {
		t.Errorf("disabled %v, %d left in the list", gone, len(c.shown))
	}
}

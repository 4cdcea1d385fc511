package app

import (
	"testing"

	"peixun/data"
)

func TestCorrectionIsReportedAgain(t *testing.T) {
	stored := data.Trainee{ID: 7, Name: "陈若溪", IDNumber: "11010519491231002X", Status: data.TraineeDisabled, Platform: data.PlatformImported, CreatedAt: "2022-03-04 09:00:00"}
	for _, c := range []struct {
		name  string
		typed data.Trainee
		want  data.PlatformState
	}{
		{"mobile only", data.Trainee{Name: "陈若溪", IDNumber: "11010519491231002X", Mobile: "13800000417"}, data.PlatformImported},
		{"name", data.Trainee{Name: "陈若曦", IDNumber: "11010519491231002X"}, data.PlatformPending},
		{"number", data.Trainee{Name: "陈若溪", IDNumber: "34052419800101001X"}, data.PlatformPending},
	} {
		got := edited(stored, c.typed)
		if got.Platform != c.want || got.ID != 7 || got.Status != data.TraineeDisabled || got.CreatedAt != stored.CreatedAt {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

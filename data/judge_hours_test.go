package data

import (
	"testing"

	"pgregory.net/rapid"
)

var goodHours = map[string]string{
	"name": "张晓明", "id_number": "34052419800101001X", "plan": "20220301161802103", "title": "信息安全专题讲座", "category": "选修", "form": "面授",
	"organizer": "信息中心", "place": "三层报告厅", "starts_on": "2022-02-21", "ends_on": "2022-02-22", "hours": "12", "result": "合格", "certificate": "XXZX-2022-0018", "remark": "附签到表",
}

func TestJudgeHoursReadsAWholeRow(t *testing.T) {
	draft, problems := JudgeHours(rowOf(HoursForm, goodHours, nil), sheetOf(HoursForm), testToday, HoursRules{PerDay: HoursPerDayCap})
	if len(problems) > 0 {
		t.Errorf("problems %s", codesOf(problems))
	}
	got := draft.Hours
	if draft.Name != "张晓明" || draft.IDNumber != "34052419800101001X" || draft.Plan != "20220301161802103" ||
		got.Title != "信息安全专题讲座" || got.Category != "选修" || got.Form != "面授" || got.Organizer != "信息中心" || got.Place != "三层报告厅" ||
		got.StartsOn != "2022-02-21" || got.EndsOn != "2022-02-22" || got.Hours != 12_00 || got.Result != "合格" || got.Certificate != "XXZX-2022-0018" || got.Remark != "附签到表" {
		t.Errorf("got %+v", draft)
	}
}

func TestJudgeHoursTellsWhatIsWrong(t *testing.T) {
	tests := []struct {
		name    string
		changes map[string]string
		cells   map[string]SourceCell
		codes   string
	}{
		{"no title", map[string]string{"title": ""}, nil, "error:title-missing"},
		{"no plan", map[string]string{"plan": ""}, nil, "error:" + CodePlanMissing},
		{"no dates", map[string]string{"starts_on": "", "ends_on": ""}, nil, "error:starts-on-missing error:ends-on-missing"},
		{"no hours", map[string]string{"hours": ""}, nil, "error:hours-missing"},
		{"as many as two days give", map[string]string{"hours": "16.00"}, nil, ""},
		{"more than two days give", map[string]string{"hours": "16.01"}, nil, "error:hours-over-cap"},
		{"zero", map[string]string{"hours": "0"}, nil, "error:hours-zero"},
		{"never rounded", map[string]string{"hours": "7.995"}, nil, "error:hours-decimals"},
		{"number with float noise", nil, map[string]SourceCell{"hours": numberCell("7.0999999999999996")}, ""},
		{"dates reversed", map[string]string{"ends_on": "2022-02-20"}, nil, "error:dates-reversed"},
		{"one day", map[string]string{"ends_on": "2022-02-21", "hours": "8"}, nil, ""},
		{"serials", map[string]string{"starts_on": ""}, map[string]SourceCell{"starts_on": numberCell("44613"), "ends_on": numberCell("44614")}, ""},
		{"two-digit year", map[string]string{"starts_on": "22-02-21"}, nil, "error:date-two-digit-year"},
		{"not over yet", map[string]string{"ends_on": "2022-03-10"}, nil, "warning:hours-future"},
		{"over today", map[string]string{"ends_on": "2022-03-09"}, nil, ""},
		{"plan's number destroyed", nil, map[string]SourceCell{"plan": numberCell("2.0220301161802102E+16")}, "error:digits-destroyed"},
		{"plan's number destroyed, as text", map[string]string{"plan": "2.02203E+16"}, nil, "error:digits-destroyed"},
		{"unknown category", map[string]string{"category": "党课"}, nil, "warning:category-unknown"},
		{"category in other words", map[string]string{"category": "公需科目"}, nil, "fixed:choice-fixed"},
		{"wrong ID", map[string]string{"id_number": "340524198001010011"}, nil, "error:id-checksum"},
		{"17 digits are no passport", map[string]string{"id_number": "34052419800101001"}, nil, "error:id-length"},
		{"passport", map[string]string{"id_number": "E12345678"}, nil, ""},
		{"passport of digits", map[string]string{"id_number": "512345678"}, nil, ""},
		{"residence permit", map[string]string{"id_number": "810000199003071536"}, nil, ""},
		{"ID destroyed", nil, map[string]SourceCell{"id_number": numberCell("3.40524198001011E+17")}, "error:id-destroyed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := JudgeHours(rowOf(HoursForm, with(goodHours, test.changes), test.cells), sheetOf(HoursForm), testToday, HoursRules{})
			if codes := codesOf(problems); codes != test.codes {
				t.Errorf("problems %q, want %q", codes, test.codes)
			}
			checkSentences(t, problems)
		})
	}
}

func TestHoursThatFitTheDaysPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := anyDay(t)
		days := rapid.IntRange(1, 30).Draw(t, "days")
		end := start.AddDate(0, 0, days-1)
		if end.Year() > lastYear {
			t.Skip("beyond the calendar")
		}
		perDay := Hours(rapid.Int64Range(1, 24_00).Draw(t, "per day"))
		hours := Hours(rapid.Int64Range(1, int64(MaxHours)).Draw(t, "hours"))
		row := rowOf(HoursForm, with(goodHours, map[string]string{"starts_on": string(DateOf(start)), "ends_on": string(DateOf(end)), "hours": hours.String()}), nil)
		_, problems := JudgeHours(row, sheetOf(HoursForm), "", HoursRules{PerDay: perDay})
		if HasErrors(problems) != (hours > Hours(days)*perDay) {
			t.Fatalf("%s 学时 in %d days of %s: %s", hours, days, perDay, codesOf(problems))
		}
	})
}

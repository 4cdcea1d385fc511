package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
)

// outcomeOf writes what became of rows: the person's place in people, or the problem's code.
func outcomeOf(rows []data.PersonRow, people []int64) string {
	place := map[int64]int{}
	for n, id := range people {
		place[id] = n
	}
	var all []string
	for _, row := range rows {
		if row.Problem != nil {
			all = append(all, fmt.Sprintf("%d:%s", row.Row, row.Problem.Code))
			continue
		}
		all = append(all, fmt.Sprintf("%d:#%d", row.Row, place[row.TraineeID]))
	}
	return strings.Join(all, " ")
}

func TestPeopleOfAnyFile(t *testing.T) {
	h, _ := charged(t, 10)
	people := h.People("")
	name, number := datatest.Name, datatest.IDNumber
	bare := filepath.Join(t.TempDir(), "名单.txt")
	must(t, os.WriteFile(bare, []byte(name(2)+"\n"+number(3)+"\n某某某\n"), 0o600))
	for _, c := range []struct{ name, path, want string }{
		{"by number, name and username", csv(t, "姓名,身份证号,用户名", ","+number(0)+",", name(1)+",,", ",,jy0339", "某某某,,"), "2:#0 3:#1 4:#2 5:person-unknown"},
		{"only names", csv(t, "序号,姓名", "1,"+name(4), "2,"+name(4)), "2:#4 3:person-repeated"},
		{"only numbers", csv(t, "身份证号码", number(5)), "2:#5"},
		{"a whole roster", xlsx(t, []any{"花名册"}, []any{"姓名", "身份证号", "手机号", "组织机构", "性别", "学历"}, []any{name(6), number(6), datatest.Mobile(6), "骨科", "男", "大学本科"}), "3:#6"},
		{"numbers that Excel destroyed", xlsx(t, []any{"姓名", "身份证号"}, []any{name(7), 1.1010119900307e17}), "2:id-destroyed"},
		{"without headers", bare, "1:#2 2:#3 3:person-unknown"},
	} {
		rows := got[[]data.PersonRow](t)(h.ReadPeople(ctx, c.path))
		if outcome := outcomeOf(rows, people); outcome != c.want {
			t.Errorf("%s: %s, want %s", c.name, outcome, c.want)
		}
		for _, row := range rows {
			for n := range 10 {
				if shown := fmt.Sprint(row.Written, row.Found, row.Candidates, row.Problem); strings.Contains(shown, number(n)) {
					t.Errorf("%s shows a whole number: %s", c.name, shown)
				}
			}
		}
	}
	refused(t, second(h.ReadPeople(ctx, csv(t, "姓名,身份证号"))), "list-empty")
	refused(t, second(h.ReadPeople(ctx, filepath.Join(t.TempDir(), "没有.xlsx"))), "file-missing")
	if pasted := got[[]data.PersonRow](t)(h.MatchPeople(ctx, name(1)+" "+number(1)+"\n"+name(2))); outcomeOf(pasted, people) != "1:#1 2:#2" || strings.Contains(pasted[0].Written, number(1)) {
		t.Errorf("pasted: %+v", pasted)
	}
}

func TestAmountsOfASheet(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	path := xlsx(t, []any{"姓名", "身份证号", "充值金额"}, []any{datatest.Name(0), datatest.IDNumber(0), 40}, []any{datatest.Name(1), "", "32.50"},
		[]any{datatest.Name(2), "", 0.1 + 0.2}, []any{datatest.Name(3), "", "免"}, []any{"某某某", "", 40})
	rows := got[[]data.PersonRow](t)(h.ReadAmounts(ctx, path))
	if outcome := outcomeOf(rows, people); outcome != "2:#0 3:#1 4:#2 5:money-format 6:person-unknown" && outcome != "2:#0 3:#1 4:money-decimals 5:money-format 6:person-unknown" {
		t.Errorf("rows: %s", outcome)
	}
	if rows[0].Amount != 40_00 || rows[1].Amount != 32_50 || rows[3].Problem.Where.Cell != "C5" {
		t.Errorf("rows: %+v", rows)
	}
	run := data.RechargeRun{BatchID: batch.ID, Trainees: []int64{rows[0].TraineeID, rows[1].TraineeID}, Amounts: map[int64]data.Money{rows[0].TraineeID: rows[0].Amount, rows[1].TraineeID: rows[1].Amount}}
	if result := got[data.RechargeResult](t)(h.Recharge(ctx, run, false, nil)); result.Total != 72_50 {
		t.Errorf("result %+v", result)
	}
	refused(t, second(h.ReadAmounts(ctx, csv(t, "姓名,身份证号", datatest.Name(0)+","))), "list-headers")
}

func TestAnswersOfASheet(t *testing.T) {
	h, batch := charged(t, 10)
	people := h.People("")
	h.Charge("2022-05-01 09:00:00", batch.Number, people[:4]...)
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 3, "充错了"))
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 4, Answer: data.AnswerSucceeded}}))
	path := csv(t, "姓名,充值结果,失败原因", datatest.Name(0)+",充值成功,", datatest.Name(1)+",失败,身份信息不一致", datatest.Name(2)+",成功,", datatest.Name(3)+",成功,", datatest.Name(5)+",成功,",
		datatest.Name(6)+",,")
	var rows []data.PersonRow
	unchanged(t, h.App, func() {
		rows = got[[]data.PersonRow](t)(h.ReadAnswers(ctx, path, data.RechargeQuery{BatchID: batch.ID}))
	})
	if outcome := outcomeOf(rows, people); outcome != "2:#0 3:#1 4:entry-unknown 5:answer-known 6:entry-unknown 7:answer-missing" {
		t.Errorf("rows: %s", outcome)
	}
	var answers []data.EntryAnswer
	for _, row := range rows {
		if row.Counts() {
			answers = append(answers, data.EntryAnswer{EntryID: row.EntryID, Answer: row.Answer, Reason: row.AnswerReason})
		}
	}
	if result := got[data.AnswerResult](t)(h.RecordAnswers(ctx, answers)); result.Succeeded != 1 || result.Failed != 1 || result.Released != 40_00 {
		t.Errorf("result %+v", result)
	}
	healthy(t, h.App)
}

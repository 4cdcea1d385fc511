package data

import (
	"fmt"
	"testing"
)

// BenchmarkJudgeAgain judges a plan anew after one decision, with as many stored people as rows.
func BenchmarkJudgeAgain(b *testing.B) {
	for _, rows := range []int{20_000, 100_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			known := newKnown()
			known.People = NewPeople(rows)
			plan := &ImportPlan{Form: TraineeForm, Heading: sheetOf(TraineeForm), Mends: []Mend{SetAlike("organization", "儿科", "骨科"), SetCell(17, "mobile", "13900001111")}}
			for n := range rows {
				number := withCheck(fmt.Sprintf("1101%02d19%02d%02d%02d%03d", 1+n%9, 60+n/9%40, 1+n/360%12, 1+n/4320%28, n%900+100))
				row := rowOf(TraineeForm, map[string]string{"name": "陈若溪", "id_number": number, "mobile": fmt.Sprintf("138%08d", n), "organization": []string{"骨科", "儿科", "院本部>内科"}[n%3],
					"category": "专业技术人员", "title_name": "工程师", "staff_number": fmt.Sprint(n)}, nil)
				row.Number = n + 2
				plan.Sources = append(plan.Sources, row)
				if n%2 == 0 {
					known.People.Add(Trainee{ID: int64(n + 1), Name: "陈若溪", IDNumber: number, Username: number, Mobile: row.Cells[5].Text, OrganizationID: 6})
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				next := judgedPlan(b, plan, known)
				if len(next.Rows) != rows {
					b.Fatal("rows were lost")
				}
			}
		})
	}
}

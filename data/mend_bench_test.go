package data

import (
	"context"
	"fmt"
	"testing"
)

// benchPlan is a judged plan of so many rows, every second of whom is stored.
func benchPlan(b *testing.B, rows int) (*ImportPlan, *Known) {
	known := newKnown()
	known.People = NewPeople(rows)
	plan := &ImportPlan{Form: TraineeForm, Heading: sheetOf(TraineeForm)}
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
	plan = judgedPlan(b, plan, known)
	plan.Prepare()
	return plan, known
}

// BenchmarkMend judges what one decision in the preview concerns, with half as many stored people as rows.
func BenchmarkMend(b *testing.B) {
	for _, rows := range []int{20_000, 100_000} {
		plan, known := benchPlan(b, rows)
		for name, mend := range map[string]Mend{"cell": SetCell(17, "mobile", "13900001111"), "row": LeaveRows(17, 18, 19), "likes": SetAlike("staff_number", "5000", "5001")} {
			b.Run(fmt.Sprintf("%s/%d", name, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					next, err := plan.With(context.Background(), mend, known, today)
					if err != nil || len(next.Rows) != rows {
						b.Fatal("rows were lost", err)
					}
				}
			})
		}
	}
}

// BenchmarkJudge judges all rows, as the first look at a file and a decision about very many rows do.
func BenchmarkJudge(b *testing.B) {
	for _, rows := range []int{20_000, 100_000} {
		plan, known := benchPlan(b, rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				judgedPlan(b, plan, known)
			}
		})
	}
}

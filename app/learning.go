package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// LearningFile gathers the 学习档案 of a person over all years, with masked numbers.
func (a *App) LearningFile(ctx context.Context, traineeID int64) (data.LearningFile, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.LearningFile, error) {
		file := data.LearningFile{}
		var err error
		if file.Trainee, err = tx.Trainee(traineeID); err != nil {
			return file, err
		}
		file.Trainee.IDNumber, file.Trainee.Mobile = MaskIDNumber(file.Trainee.IDNumber), MaskMobile(file.Trainee.Mobile)
		rows, err := tx.TraineeRows([]int64{traineeID}, 0)
		if err != nil {
			return file, err
		}
		file.Organization, file.Payer = rows[0].Organization, rows[0].Payer
		if file.Years, err = tx.LearningYears(traineeID); err != nil {
			return file, err
		}
		ids, err := tx.HoursIDs(data.OfflineHoursQuery{TraineeID: traineeID, Sort: "starts"})
		if err != nil {
			return file, err
		}
		file.Records, err = tx.HoursRows(ids)
		return file, err
	})
}

// WriteLearningFile writes the 学习档案 of a person as a PDF, to be signed.
func (a *App) WriteLearningFile(ctx context.Context, w io.Writer, traineeID int64) (Written, error) {
	file, err := a.LearningFile(ctx, traineeID)
	if err != nil {
		return Written{}, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	paper := data.LearningPaper{LearningFile: file, Unit: profile.Unit, PreparedBy: profile.Name, At: a.Now()}
	pages, err := letter.LearningFile(w, paper)
	return Written{pages, letter.MissingFrom(paper)}, err
}

// Learning lists the keys of the enabled people whom a query finds, in its order, and sums them up. It fails with
// data.ErrNotFound where there is no such plan.
func (a *App) Learning(ctx context.Context, q data.LearningQuery) ([]int64, data.LearningTotals, error) {
	var totals data.LearningTotals
	ids, err := query(a, ctx, func(tx *sqlite.Tx) (ids []int64, err error) {
		ids, totals, err = tx.Learning(q)
		return ids, err
	})
	return ids, totals, err
}

// Reminders writes for each of the people what they are to be told, one paragraph each.
func (a *App) Reminders(ctx context.Context, planID int64, ids []int64) (string, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (string, error) {
		plan, err := planOf(tx, planID)
		if err != nil {
			return "", err
		}
		people, err := tx.TraineeRows(ids, planID)
		if err != nil {
			return "", err
		}
		var texts []string
		for _, one := range people {
			texts = append(texts, data.Reminder(one.Name, plan, one.Hours, a.Today()))
		}
		return strings.Join(texts, "\n\n"), nil
	})
}

// planOf finds a plan by its key, or fails with a data.Problem.
func planOf(tx *sqlite.Tx, id int64) (data.Plan, error) {
	plans, err := tx.Plans()
	if err != nil {
		return data.Plan{}, err
	}
	at := slices.IndexFunc(plans, func(plan data.Plan) bool { return plan.ID == id })
	if at < 0 {
		return data.Plan{}, data.Refuse("plan-missing", "plan", "没有选择培训计划。", "请先选择培训计划。").Because(data.ErrNotFound)
	}
	return plans[at], nil
}

// learningColumns are those of the list of who has how many hours.
var learningColumns = []excel.OutColumn{
	{Header: "姓名", Width: 12, Kind: excel.OutText}, {Header: "身份证号", Width: 22, Kind: excel.OutText}, {Header: "手机号", Width: 14, Kind: excel.OutText},
	{Header: "组织机构", Width: 26, Kind: excel.OutText}, {Header: "考核值", Width: 10, Kind: excel.OutHours}, {Header: "已登记学时", Width: 12, Kind: excel.OutHours},
	{Header: "还差", Width: 10, Kind: excel.OutHours}, {Header: "达标", Width: 8, Kind: excel.OutText}, {Header: "提醒", Width: 60, Kind: excel.OutText},
}

// ExportLearning writes the people whom a query finds as a workbook, with what each is to be told, and gives how many. Numbers are
// masked: a list of who is behind needs none.
func (a *App) ExportLearning(ctx context.Context, path string, q data.LearningQuery) (int, error) {
	var people []data.TraineeRow
	plan, err := query(a, ctx, func(tx *sqlite.Tx) (data.Plan, error) {
		plan, err := planOf(tx, q.PlanID)
		if err != nil {
			return plan, err
		}
		ids, _, err := tx.Learning(q)
		if err != nil {
			return plan, err
		}
		people, err = tx.TraineeRows(ids, q.PlanID)
		return plan, err
	})
	if err != nil {
		return 0, err
	}
	about := []excel.About{{Name: "培训计划", Text: plan.Name}, {Name: "计划编号", Text: plan.Number}, {Name: "统计时间", Text: string(a.Now())},
		{Name: "条件", Text: fmt.Sprintf("%s，%d 人", orAll(string(q.Only)), len(people))}, {Name: "学时", Text: "单位登记的线下学时；平台上的线上学时不在其内。"}}
	return len(people), WriteFile(path, func(w io.Writer) error {
		return excel.WriteTableAbout(w, "学时达标情况", learningColumns, func(yield func([]any, error) bool) {
			for _, one := range people {
				missing := data.MissingHours(one.Hours, plan.Target)
				reached := "是"
				if missing > 0 {
					reached = "否"
				}
				cells := []any{one.Name, one.IDNumber, one.Mobile, one.Organization, plan.Target, one.Hours, missing, reached, data.Reminder(one.Name, plan, one.Hours, a.Today())}
				if !yield(cells, nil) {
					return
				}
			}
		}, about)
	})
}

func orAll(word string) string {
	if word == "" {
		return "启用的全部学员"
	}
	return word
}

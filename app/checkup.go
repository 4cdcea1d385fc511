package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// Check judges every invariant of the data (数据体检).
func (a *App) Check(ctx context.Context) ([]Invariant, error) { return a.check(ctx, nil) }

func (a *App) check(ctx context.Context, progress Progress) ([]Invariant, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]Invariant, error) {
		found, err := tx.Check(progress)
		if err != nil {
			return nil, err
		}
		reports, err := checkReports(tx)
		return append(found, reports.Explained()), err
	})
}

// lastCheckup is the setting that keeps the last checkup. It holds numbers of orders, batches and letters, and nothing personal.
const lastCheckup = "checkup.last"

// Checkup judges every invariant and keeps what it found, for LastCheckup. Nothing else changes; a database too damaged to keep it is
// judged all the same.
func (a *App) Checkup(ctx context.Context, progress Progress) (data.Checkup, error) {
	found, err := a.check(ctx, progress)
	if err != nil {
		return data.Checkup{}, err
	}
	checkup := data.Checkup{At: a.Now(), Invariants: found}
	kept, err := json.Marshal(checkup)
	if err == nil {
		err = a.SetSetting(ctx, lastCheckup, string(kept))
	}
	if err != nil {
		slog.Warn("checkup not kept", "cause", err)
	}
	return checkup, nil
}

// LastCheckup gives the last checkup that was kept; ok is false where there is none.
func (a *App) LastCheckup(ctx context.Context) (checkup data.Checkup, ok bool) {
	text := a.Setting(ctx, lastCheckup, "")
	return checkup, text != "" && json.Unmarshal([]byte(text), &checkup) == nil
}

// checkReports compares every report, in every grouping, with sums over the tables that it is made of: a record that names an order, a
// plan or a person that there is not would be missing from the reports.
func checkReports(tx *sqlite.Tx) (Invariant, error) {
	result := Invariant{Name: "报表的合计等于各组之和、等于全部记录之和", OK: true}
	var names data.ReportNames
	var err error
	if names.Tree, err = tree(tx); err != nil {
		return result, err
	}
	if names.Plans, err = tx.Plans(); err != nil {
		return result, err
	}
	for _, kind := range data.ReportKinds {
		facts, err := factsOf(tx, kind, 0)
		if err != nil {
			return result, err
		}
		want, err := tx.ReportTotals(kind)
		if err != nil {
			return result, err
		}
		for _, by := range kind.Dimensions() {
			report := data.Summarize(data.ReportQuery{Kind: kind, By: by}, facts, names)
			groups := make([]int64, len(report.Total))
			for _, group := range report.Groups {
				for place, figure := range group.Own {
					groups[place] += figure
				}
			}
			for place, figure := range kind.Figures() {
				if sum, counted := want[figure.Key]; counted && (sum != report.Total[place] || groups[place] != report.Total[place]) {
					result.Break(fmt.Sprintf("%s按%s（%s 合计 %s，各组 %s，记录 %s）", kind.Name(), by.Name(), figure.Name, figure.Figure(report.Total[place]),
						figure.Figure(groups[place]), figure.Figure(sum)))
				}
			}
		}
	}
	return result, nil
}

// checkupColumns are the columns of a checkup as a workbook.
var checkupColumns = []excel.OutColumn{{Header: "结果", Width: 10, Kind: excel.OutText}, {Header: "项目", Width: 44, Kind: excel.OutText},
	{Header: "处数", Kind: excel.OutInteger}, {Header: "哪里不对", Width: 70, Kind: excel.OutText}, {Header: "怎么改", Width: 70, Kind: excel.OutText}}

// SaveCheckup writes a checkup as a workbook, whole or not at all: what is wrong first, a row for every place.
func (a *App) SaveCheckup(ctx context.Context, path string, checkup data.Checkup) error {
	sheet, err := a.checkupSheet(ctx, checkup)
	if err != nil {
		return err
	}
	about := []excel.About{{Name: "单位", Text: sheet.Unit}, {Name: "体检时间", Text: string(checkup.At)}, {Name: "结论", Text: checkup.Verdict()}}
	return WriteFile(path, func(w io.Writer) error {
		return excel.WriteTableAbout(w, "数据体检", checkupColumns, checkupRows(sheet.Checkup), about)
	})
}

func checkupRows(checkup data.Checkup) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, one := range checkup.Invariants {
			if one.OK {
				if !yield([]any{"正常", one.Name, 0, "", ""}, nil) {
					return
				}
				continue
			}
			texts := []string{one.Detail}
			if len(one.Places) > 0 {
				texts = nil
				for _, place := range one.Places {
					texts = append(texts, place.Text)
				}
			}
			for _, text := range texts {
				if !yield([]any{"不对", one.Name, max(1, one.Count), text, one.Fix}, nil) {
					return
				}
			}
		}
	}
}

// WriteCheckupPDF writes a checkup for printing.
func (a *App) WriteCheckupPDF(ctx context.Context, w io.Writer, checkup data.Checkup) (Written, error) {
	sheet, err := a.checkupSheet(ctx, checkup)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.CheckupSheet(w, sheet)
	return Written{pages, letter.MissingFrom(sheet)}, err
}

// checkupSheet puts what is wrong first.
func (a *App) checkupSheet(ctx context.Context, checkup data.Checkup) (data.CheckupSheet, error) {
	checkup.Invariants = slices.Clone(checkup.Invariants)
	rank := func(i Invariant) int { return map[bool]int{true: 1}[i.OK] }
	slices.SortStableFunc(checkup.Invariants, func(one, other Invariant) int { return cmp.Compare(rank(one), rank(other)) })
	profile, err := a.Profile(ctx)
	return data.CheckupSheet{Checkup: checkup, Unit: profile.Unit}, err
}

package app

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/bundle"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// packInto writes every file of the package.
func (a *App) packInto(ctx context.Context, w io.Writer, plan *SubmissionPlan, at data.Moment, progress Progress) error {
	files, err := a.sheetFiles(ctx, plan)
	if err != nil {
		return err
	}
	vouchers, err := a.voucherFiles(ctx, plan)
	if err != nil {
		return err
	}
	files = append(append(files, vouchers...), bundle.File{Name: data.ChecklistPDF, Write: func(w io.Writer) error {
		_, err := letter.Checklist(w, plan.checklist(at))
		return err
	}})
	for place, file := range files {
		files[place].Write = func(w io.Writer) error {
			if err := step(ctx, progress, place+1, len(files)); err != nil {
				return err
			}
			return file.Write(w)
		}
	}
	manifest := bundle.Manifest{Number: plan.Number, Unit: plan.Profile.Unit, Plan: plan.Plan.Number, PlanName: plan.Plan.Name, At: at,
		Everything: plan.Request.Everything, Counts: plan.Counts()}
	if plan.Previous != nil {
		manifest.Previous = &bundle.Previous{Number: plan.Previous.Number, SHA256: plan.Previous.SHA256}
	}
	return bundle.Write(w, manifest, files, a.sealer(ctx))
}

// sealer makes seals under the data key; "", which nothing agrees with, where the program was locked meanwhile.
func (a *App) sealer(ctx context.Context) bundle.Sealer {
	return func(unsealed []byte) string {
		seal, err := query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.SubmissionSeal(unsealed) })
		if err != nil {
			return ""
		}
		return hex.EncodeToString(seal)
	}
}

// sheetFiles are the package's workbooks, in the order of their rows.
func (a *App) sheetFiles(ctx context.Context, plan *SubmissionPlan) ([]bundle.File, error) {
	var files []bundle.File
	for from := 0; from < len(plan.Items); {
		to := from
		for to < len(plan.Items) && plan.Items[to].File == plan.Items[from].File {
			to++
		}
		items := plan.Items[from:to]
		from = to
		files = append(files, bundle.File{Name: items[0].File, Write: func(w io.Writer) error { return a.writeItems(ctx, w, plan.Number, items) }})
	}
	return files, nil
}

// writeItems writes one workbook: the official template where the platform's own was loaded, else a table with 本地编号.
func (a *App) writeItems(ctx context.Context, w io.Writer, number string, items []data.SubmissionItem) error {
	kind, changes := items[0].Kind, strings.HasPrefix(items[0].File, strings.TrimSuffix(data.ChangesFile, ".xlsx"))
	form := data.TraineeForm
	if kind == data.SubjectHours {
		form = data.HoursForm
	}
	if kind == data.SubjectTrainee && !changes || kind == data.SubjectHours {
		_, official, err := a.OfficialTemplate(ctx, form)
		if err != nil {
			return err
		}
		if official {
			return a.writeForm(ctx, w, form, formRows(form, items))
		}
	}
	columns := data.SubmissionColumns(kind)
	switch {
	case changes:
		columns = data.ChangeColumns()
	case kind == data.SubjectTrainee:
		columns = columns[:len(form.Columns)]
	}
	out := make([]excel.OutColumn, 0, len(columns)+1)
	for _, column := range columns {
		shown := excel.OutColumn{Header: column.Header, Width: column.Width, Kind: excel.OutText}
		if column.Sums {
			shown.Kind = excel.OutMoney
		}
		out = append(out, shown)
	}
	out = append(out, excel.OutColumn{Header: data.LocalIDHeader, Width: 20, Kind: excel.OutText})
	return excel.WriteTable(w, string(kind), out, itemRows(number, columns, items))
}

// formRows gives the rows of a sheet that has an import form's columns and no others.
func formRows(form data.Form, items []data.SubmissionItem) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, item := range items {
			cells := make([]any, len(form.Columns))
			for place, column := range form.Columns {
				cells[place] = item.Cells[column.Key]
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

// itemRows gives the rows of a sheet with 本地编号 behind its columns.
func itemRows(number string, columns []data.SubmissionColumn, items []data.SubmissionItem) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, item := range items {
			cells := make([]any, 0, len(columns)+1)
			for _, column := range columns {
				switch {
				case column.Sums:
					cells = append(cells, amountOf(item.Cells[column.Key]))
				case column.Key == "change":
					cells = append(cells, changeWords(item))
				default:
					cells = append(cells, item.Cells[column.Key])
				}
			}
			if !yield(append(cells, data.LocalID(number, item.Place)), nil) {
				return
			}
		}
	}
}

// changeWords say what has changed since the last package: 姓名：张三 → 张叁。
func changeWords(item data.SubmissionItem) string {
	var words []string
	for _, change := range item.Changes {
		words = append(words, change.Field+"："+data.OrBlank(change.Old)+" → "+data.OrBlank(change.New))
	}
	if len(words) == 0 {
		return string(item.Novelty)
	}
	return strings.Join(words, "；")
}

// voucherFiles are the pictures of the package's orders, upright, without the camera's particulars.
func (a *App) voucherFiles(ctx context.Context, plan *SubmissionPlan) ([]bundle.File, error) {
	var files []bundle.File
	for _, item := range plan.Items {
		if item.Kind != data.SubjectOrder {
			continue
		}
		order, err := a.Order(ctx, item.SubjectID)
		if err != nil {
			return nil, err
		}
		for place, voucher := range order.Vouchers {
			files = append(files, bundle.File{Name: data.VoucherPath + voucherName(order.Number, place), Write: func(w io.Writer) error {
				return a.ExportVoucher(ctx, voucher, w)
			}})
		}
	}
	return files, nil
}

// checklist tells step by step what to enter on the platform.
func (p *SubmissionPlan) checklist(at data.Moment) data.Checklist {
	list := data.Checklist{Unit: p.Profile.Unit, Number: p.Number, PlanName: p.Plan.Name, PlanNumber: p.Plan.Number, PreparedBy: p.Profile.Name, At: at}
	for _, count := range p.Counts() {
		section := data.ChecklistSection{Title: count.File, Note: fmt.Sprintf("%s，共 %d 行", whereOnPlatform(count.File), count.Rows)}
		if count.Total != 0 {
			section.Note += "，合计 " + count.Total.String() + " 元"
		}
		section.Items = []data.ChecklistItem{{Name: "上传或照着录入", Value: fmt.Sprintf("%d 行", count.Rows)}, {Name: "核对平台显示的行数", Value: fmt.Sprint(count.Rows)}}
		list.Sections = append(list.Sections, section)
	}
	for _, item := range p.Items {
		if item.Kind != data.SubjectOrder {
			continue
		}
		section := data.ChecklistSection{Title: "缴费订单 " + item.Label, Note: "组织缴费 → 上传凭证"}
		for _, column := range data.SubmissionColumns(data.SubjectOrder) {
			if value := item.Cells[column.Key]; value != "" && column.Key != "number" {
				section.Items = append(section.Items, data.ChecklistItem{Name: column.Header, Value: value})
			}
		}
		list.Sections = append(list.Sections, section)
	}
	return list
}

// whereOnPlatform says where a file's rows are entered, in the manual's words.
func whereOnPlatform(file string) string {
	places := []struct{ file, place string }{
		{data.RosterFile, "学员管理 → 导入学员"}, {data.ChangesFile, "学员管理，逐人修改"}, {data.OrdersFile, "组织缴费 → 上传凭证"},
		{data.HoursFile, "学习档案管理 → 线下档案管理 → 批量导入"}, {data.RechargeFile, "学员缴费管理 → 学员缴费 → 充值"},
	}
	known := slices.IndexFunc(places, func(p struct{ file, place string }) bool {
		return strings.HasPrefix(file, strings.TrimSuffix(p.file, ".xlsx"))
	})
	if known < 0 {
		return "平台"
	}
	return places[known].place
}

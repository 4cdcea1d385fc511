package app

import (
	"context"
	"fmt"
	"io"
	"iter"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
)

// ExportHours writes the records that a query finds, in its order, as a workbook with the import form's columns and a row that sums them,
// and gives how many. Identity numbers are masked unless they are disclosed. A masked export tells the organisation and the papers, too;
// a full one imported again changes nothing.
func (a *App) ExportHours(ctx context.Context, path string, q data.OfflineHoursQuery, disclosure Disclosure) (int, error) {
	columns := hoursColumns()
	if !disclosure.Full {
		columns = append(columns, hoursOrganization, hoursPapers)
	}
	return a.exportHours(ctx, path, "线下学时", columns, q, disclosure)
}

// ExportCertificates writes the register of certificates that a query finds among the records of offline hours, in its order, as a
// workbook, and gives how many. Identity numbers are masked unless they are disclosed.
func (a *App) ExportCertificates(ctx context.Context, path string, q data.OfflineHoursQuery, disclosure Disclosure) (int, error) {
	if q.Only != data.HoursWithoutCertificate && q.Only != data.HoursCertificateTwice {
		q.Only = data.HoursCertified
	}
	return a.exportHours(ctx, path, "培训证明", certificateColumns, q, disclosure)
}

// hoursColumn is a column of a workbook with records of offline hours.
type hoursColumn struct {
	excel.OutColumn
	value func(r data.OfflineHoursRow) any
}

func textColumn(header string, width float64, value func(r data.OfflineHoursRow) string) hoursColumn {
	return hoursColumn{excel.OutColumn{Header: header, Width: width, Kind: excel.OutText}, func(r data.OfflineHoursRow) any { return value(r) }}
}

var (
	hoursAmount       = hoursColumn{excel.OutColumn{Header: "学时", Width: 10, Kind: excel.OutHours}, func(r data.OfflineHoursRow) any { return r.Hours }}
	hoursOrganization = textColumn("组织机构", 24, func(r data.OfflineHoursRow) string { return r.Organization })
	hoursPapers       = hoursColumn{excel.OutColumn{Header: "附件", Width: 8, Kind: excel.OutInteger}, func(r data.OfflineHoursRow) any { return int64(r.Files) }}
)

// hoursColumns are the form's, so that what is exported can be imported again.
func hoursColumns() []hoursColumn {
	var columns []hoursColumn
	for _, column := range data.HoursForm.Columns {
		if column.Kind == data.KindHours {
			columns = append(columns, hoursAmount)
			continue
		}
		columns = append(columns, textColumn(column.Header, column.Width, func(r data.OfflineHoursRow) string {
			switch column.Key {
			case "name":
				return r.Name
			case "id_number":
				return r.IDNumber
			case "plan":
				return r.PlanNumber
			}
			return data.HoursText(r.OfflineHours, column.Key)
		}))
	}
	return columns
}

// certificateColumns are those of the register of certificates.
var certificateColumns = []hoursColumn{
	textColumn("证明编号", 24, func(r data.OfflineHoursRow) string { return r.Certificate }),
	textColumn("姓名", 12, func(r data.OfflineHoursRow) string { return r.Name }),
	textColumn("身份证号", 22, func(r data.OfflineHoursRow) string { return r.IDNumber }),
	hoursOrganization,
	textColumn("培训名称", 34, func(r data.OfflineHoursRow) string { return r.Title }),
	textColumn("主办单位", 24, func(r data.OfflineHoursRow) string { return r.Organizer }),
	textColumn("开始日期", 13, func(r data.OfflineHoursRow) string { return string(r.StartsOn) }),
	textColumn("结束日期", 13, func(r data.OfflineHoursRow) string { return string(r.EndsOn) }),
	hoursAmount,
	textColumn("考核结果", 12, func(r data.OfflineHoursRow) string { return r.Result }),
	textColumn("培训计划编号", 22, func(r data.OfflineHoursRow) string { return r.PlanNumber }),
	hoursPapers,
}

func (a *App) exportHours(ctx context.Context, path, sheet string, columns []hoursColumn, q data.OfflineHoursQuery, disclosure Disclosure) (int, error) {
	rows, err := a.disclosedHours(ctx, q, disclosure, "导出"+sheet)
	if err != nil {
		return 0, err
	}
	out := make([]excel.OutColumn, len(columns))
	for place, column := range columns {
		out[place] = column.OutColumn
	}
	return len(rows), WriteFile(path, func(w io.Writer) error {
		return excel.WriteTable(w, sheet, out, hoursCells(columns, rows))
	})
}

// hoursCells gives the records' cells and below them their sum.
func hoursCells(columns []hoursColumn, rows []data.OfflineHoursRow) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		var sum excel.Sum
		var total data.Hours
		for place, row := range rows {
			cells := make([]any, len(columns))
			for at, column := range columns {
				cells[at] = column.value(row)
			}
			if !yield(cells, nil) {
				return
			}
			const below = 2 // the sheet's first row under the header
			sum.Rows = append(sum.Rows, place+below)
			total += row.Hours
		}
		sum.Value = total
		cells := make([]any, len(columns))
		cells[0] = "合计"
		for at, column := range columns {
			if column.Kind == excel.OutHours {
				cells[at] = sum
			}
		}
		yield(cells, nil)
	}
}

// disclosedHours reads the records that a query finds, with whole identity numbers where a reason is given for it, which is logged.
func (a *App) disclosedHours(ctx context.Context, q data.OfflineHoursQuery, disclosure Disclosure, what string) ([]data.OfflineHoursRow, error) {
	var rows []data.OfflineHoursRow
	read := func(tx *sqlite.Tx) error {
		ids, err := tx.HoursIDs(q)
		if err != nil {
			return err
		}
		rows, err = tx.HoursRows(ids)
		return err
	}
	if !disclosure.Full {
		err := a.read(ctx, func(tx *sqlite.Tx) error { return read(tx) })
		return rows, err
	}
	reason, err := judgeReason(disclosure.Reason, "请写明为什么要完整证件号，例如“平台核对”。")
	if err != nil {
		return nil, err
	}
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := read(tx); err != nil {
			return err
		}
		numbers := map[int64]string{}
		for place := range rows {
			r := &rows[place]
			if _, known := numbers[r.TraineeID]; !known {
				if numbers[r.TraineeID], err = tx.IDNumber(r.TraineeID); err != nil {
					return err
				}
			}
			r.IDNumber = numbers[r.TraineeID]
		}
		return a.log(tx, user, "hours.reveal", "线下学时", fmt.Sprintf("%s，%d 条，含完整证件号：%s", what, len(rows), reason))
	})
	return rows, err
}

package app

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// log adds a line to 操作日志 in the running transaction. Nothing personal may stand in it: numbers that a person typed or that a file's
// name holds are masked.
func (a *App) log(tx *sqlite.Tx, user, action, target, detail string) error {
	return tx.AppendAudit(data.AuditEntry{At: a.Now(), User: user, Action: action, Target: data.Scrub(target), Detail: data.Scrub(detail)})
}

// logOutside adds a line in a transaction of its own. What it tells of happened all the same where that fails.
func (a *App) logOutside(ctx context.Context, user, action, detail string) {
	err := a.store.Write(ctx, func(tx *sqlite.Tx) error { return a.log(tx, user, action, user, detail) })
	if err != nil {
		slog.Warn("not logged", "action", action, "error", err)
	}
}

// Audit lists the newest lines of 操作日志 that hold text; at most limit of them.
func (a *App) Audit(ctx context.Context, text string, limit int) ([]data.AuditEntry, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.Audit(text, limit) })
}

// AuditIDs lists the keys of the lines of 操作日志 that a query finds, the newest first; AuditRows reads them as they come into view.
func (a *App) AuditIDs(ctx context.Context, q data.AuditQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.AuditIDs(q) })
}

// AuditRows reads lines of 操作日志 in the order of ids.
func (a *App) AuditRows(ctx context.Context, ids []int64) ([]data.AuditEntry, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.AuditRows(ids) })
}

// AuditFacts tells who stands in 操作日志, and how many lines it has.
func (a *App) AuditFacts(ctx context.Context) (data.AuditFacts, error) {
	return query(a, ctx, (*sqlite.Tx).AuditFacts)
}

// CheckLog proves that 操作日志 is whole: every line hashed together with the one before, none missing.
func (a *App) CheckLog(ctx context.Context) (data.LogCheck, error) {
	return query(a, ctx, (*sqlite.Tx).CheckLog)
}

// logColumns are the columns of 操作日志 as a workbook. The hashes stand in it, so that the sheet can be held against the database later.
var logColumns = []excel.OutColumn{{Header: "序号", Kind: excel.OutInteger}, {Header: "时间", Width: 20, Kind: excel.OutDate},
	{Header: "经办人", Width: 12, Kind: excel.OutText}, {Header: "类别", Width: 14, Kind: excel.OutText}, {Header: "对象", Width: 26, Kind: excel.OutText},
	{Header: "内容", Width: 70, Kind: excel.OutText}, {Header: "校验值", Width: 68, Kind: excel.OutText}}

// logChunk is how many lines an export reads at a time.
const logChunk = 1000

// ExportLog writes the lines that a query finds as a workbook, the newest first, and gives how many. The export is a line itself.
func (a *App) ExportLog(ctx context.Context, path string, q data.AuditQuery, progress Progress) (int, error) {
	ids, err := a.AuditIDs(ctx, q)
	if err != nil {
		return 0, err
	}
	check, err := a.CheckLog(ctx)
	if err != nil {
		return 0, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return 0, err
	}
	about := []excel.About{{Name: "单位", Text: profile.Unit}, {Name: "导出时间", Text: string(a.Now())}, {Name: "条数", Text: fmt.Sprint(len(ids))}, {Name: "核对", Text: check.Words()}}
	err = WriteFile(path, func(w io.Writer) error {
		return excel.WriteTableAbout(w, "操作日志", logColumns, a.logRows(ctx, ids, progress), about)
	})
	if err != nil {
		return 0, err
	}
	return len(ids), a.note(ctx, func(tx *sqlite.Tx, user string) error {
		return a.log(tx, user, "log.export", "操作日志", fmt.Sprintf("导出操作日志 %d 条", len(ids)))
	})
}

func (a *App) logRows(ctx context.Context, ids []int64, progress Progress) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for done := 0; done < len(ids); done += logChunk {
			rows, err := a.AuditRows(ctx, ids[done:min(len(ids), done+logChunk)])
			if err != nil {
				yield(nil, err)
				return
			}
			for _, e := range rows {
				if !yield([]any{e.ID, e.At, e.User, data.KindOfAction(e.Action), e.Target, e.Detail, e.Hash}, nil) {
					return
				}
			}
			if progress != nil {
				progress(done+len(rows), len(ids))
			}
		}
	}
}

// printedLog is how many lines are printed at most: some 60 pages. More are for the workbook.
const printedLog = 2000

// WriteLogPDF writes the lines that a query finds for printing, the newest first.
func (a *App) WriteLogPDF(ctx context.Context, w io.Writer, q data.AuditQuery) (Written, error) {
	ids, err := a.AuditIDs(ctx, q)
	if err != nil {
		return Written{}, err
	}
	if len(ids) > printedLog {
		return Written{}, data.Refuse("log-long", "", fmt.Sprintf("这里有 %d 条，打印出来太多。", len(ids)), fmt.Sprintf("请用日期或类别缩小到 %d 条以内，或者“导出 Excel”。", printedLog))
	}
	rows, err := a.AuditRows(ctx, ids)
	if err != nil {
		return Written{}, err
	}
	check, err := a.CheckLog(ctx)
	if err != nil {
		return Written{}, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	sheet := data.LogSheet{Unit: profile.Unit, At: a.Now(), Check: check, Entries: rows}
	pages, err := letter.LogSheet(w, sheet)
	return Written{pages, letter.MissingFrom(sheet)}, err
}

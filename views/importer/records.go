package importer

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// runsListed is how many imports 导入记录 shows: years of them.
const runsListed = 500

// records is the page 导入记录: what was imported, and the way to take it back.
type records struct {
	screen  *Screen
	content *fyne.Container
	table   *ui.DataTable
	total   *ui.Text
	runs    []data.ImportRun
	asking  desk.Sequence
}

func newRecords(s *Screen) *records {
	r := &records{screen: s, total: ui.NewText("", theme.Secondary)}
	r.table = ui.NewDataTable(
		ui.TableColumn{Key: "at", Title: "时间", Width: 148},
		ui.TableColumn{Key: "file", Title: "文件"},
		ui.TableColumn{Key: "added", Title: "新增", Width: 72, Right: true},
		ui.TableColumn{Key: "updated", Title: "更新", Width: 72, Right: true},
		ui.TableColumn{Key: "unchanged", Title: "不变", Width: 72, Right: true, HideBelow: 760},
		ui.TableColumn{Key: "failed", Title: "错误", Width: 72, Right: true},
		ui.TableColumn{Key: "skipped", Title: "忽略", Width: 72, Right: true, HideBelow: 760},
		ui.TableColumn{Key: "user", Title: "谁导入的", Width: 104},
		ui.TableColumn{Key: "undo", Title: "撤销", Width: 176},
	)
	r.table.Count = func() int { return len(r.runs) }
	r.table.Key = func(row int) int64 { return r.runs[row].ID }
	r.table.Cell = func(row, column int) ui.Cell { return recordCell(r.runs[row], r.table.Columns[column].Key) }
	r.table.OnCell = func(row int, _ string) { s.openRun(r.runs[row]) }
	r.table.OnOpen = func(int) {} // a click chooses a row; Enter does what its link does
	r.table.OnKey = func(row int, _ string, key fyne.KeyName) bool {
		if key != fyne.KeyReturn && key != fyne.KeyEnter || !recordCell(r.runs[row], "undo").Link {
			return false
		}
		s.openRun(r.runs[row])
		return true
	}
	r.table.Empty = ui.NewEmptyState("history", "还没有导入过", "每次导入都会记在这里，导错了可以整批撤销。", nil, nil, "")
	desk.RememberWidths(s.service, "columns.import-runs."+s.kind.form.Key, r.table)
	head := ui.NewPageHead(ui.NewText("每次导入的结果。导错了可以整批撤销，已有充值、学时的会保留。", theme.Text), ui.NewButton(s.kind.title, "upload", s.showWizard))
	r.content = ui.Column(0, head, ui.Grow(r.table), ui.NewFooter(ui.Space(), r.total))
	r.content.Hide()
	return r
}

func (r *records) load() {
	desk.Load(r.screen.desk, &r.asking, func(ctx context.Context) ([]data.ImportRun, error) {
		return r.screen.service.Imports(ctx, runsListed)
	}, func(runs []data.ImportRun) {
		r.runs = nil
		for _, run := range runs {
			if run.Form == r.screen.kind.form.Key {
				r.runs = append(r.runs, run)
			}
		}
		r.total.Content = "共 " + desk.Thousands(len(r.runs)) + " 次"
		r.table.Refresh()
		r.content.Refresh()
	})
}

// recordCell gives what one column shows of an import.
func recordCell(run data.ImportRun, key string) ui.Cell {
	counted := func(n int) ui.Cell { return ui.Cell{Text: desk.Thousands(n)} }
	switch key {
	case "at":
		return ui.Cell{Text: minute(run.At)}
	case "file":
		return ui.Cell{Text: run.File, Bold: run.UndoneAt == ""}
	case "added":
		return counted(run.Added)
	case "updated":
		return counted(run.Updated)
	case "unchanged":
		return counted(run.Unchanged)
	case "failed":
		return counted(run.Failed)
	case "skipped":
		return counted(run.Skipped)
	case "user":
		return ui.Cell{Text: run.User}
	}
	switch {
	case run.Kept > 0:
		return ui.Cell{Text: fmt.Sprintf("已撤销，保留 %s", desk.Thousands(run.Kept)), Link: true}
	case run.UndoneAt != "":
		return ui.Cell{Text: "已撤销 " + minute(run.UndoneAt)[len("2006-"):], Tone: ui.ToneNeutral}
	case run.Added+run.Updated == 0:
		return ui.Cell{Text: "没有写入", Role: theme.Secondary}
	case !run.Undoable:
		return ui.Cell{Text: "不能撤销", Role: theme.Secondary}
	}
	return ui.Cell{Text: "撤销导入", Link: true}
}

// minute cuts the seconds off a time.
func minute(at data.Moment) string {
	const length = len("2006-01-02 15:04")
	if len(at) < length {
		return string(at)
	}
	return string(at[:length])
}

// showRecords puts 导入记录 in the wizard's place; the wizard keeps its step.
func (s *Screen) showRecords() {
	s.wizard.Hide()
	s.records.content.Show()
	s.records.load()
	s.content.Refresh()
	s.desk.Retitle()
}

func (s *Screen) showWizard() {
	s.records.content.Hide()
	s.wizard.Show()
	s.content.Refresh()
	s.desk.Retitle()
}

// openRun does what a run's link says: take it back, or list what its undo left.
func (s *Screen) openRun(run data.ImportRun) {
	if run.UndoneAt == "" {
		s.askUndo(run)
		return
	}
	desk.Load(s.desk, &s.records.asking, func(ctx context.Context) ([]data.KeptRow, error) {
		return s.service.KeptByUndo(ctx, run.ID)
	}, func(kept []data.KeptRow) {
		s.listKept(fmt.Sprintf("撤销时保留的 %s", s.kind.counted(len(kept))), fmt.Sprintf("“%s”在 %s 撤销。当时保留了下面这些：", run.File, minute(run.UndoneAt)), kept)
	})
}

// askUndo says what taking an import back will do.
func (s *Screen) askUndo(run data.ImportRun) {
	text := fmt.Sprintf("撤销 %s 导入的“%s”：", minute(run.At), run.File)
	if run.Added > 0 {
		text += fmt.Sprintf("新增的 %s会删除；", s.kind.counted(run.Added))
	}
	if run.Updated > 0 {
		text += fmt.Sprintf("更新的 %s恢复原来的内容；", s.kind.counted(run.Updated))
	}
	text += "已经有充值、学时、报过盘，或后来又改过的会保留，并一一列出。撤销以后可以再导入同一个文件。"
	ui.ConfirmDanger(s.desk.Window, "撤销这次导入", text, "撤销导入", func() { s.undo(run) })
}

func (s *Screen) undo(run data.ImportRun) {
	var result data.UndoResult
	s.desk.Work("正在撤销导入", func(ctx context.Context, _ app.Progress) error {
		var err error
		result, err = s.service.UndoImport(ctx, run.ID)
		return err
	}, func() {
		if s.step == stepResult {
			s.restart()
		}
		s.showRecords()
		s.tellUndone(run, result)
	})
}

// Measures of the list of what stayed, in px: it grows with its rows so far.
const (
	keptWidth          = 640
	keptHeight float32 = 300
	headHeight float32 = 36
	rowHeight  float32 = 34
)

// tellUndone lists what came back and what stayed, and why.
func (s *Screen) tellUndone(run data.ImportRun, result data.UndoResult) {
	sentence := fmt.Sprintf("已撤销“%s”：删除 %s，恢复 %s。", run.File, s.kind.counted(result.Removed), s.kind.counted(result.Restored))
	if result.Organizations > 0 {
		sentence += fmt.Sprintf("它新建而没有人用的 %d 个机构也已删除。", result.Organizations)
	}
	if len(result.Kept) == 0 {
		s.desk.Toast(sentence)
		return
	}
	s.listKept(fmt.Sprintf("已撤销，%s保留", s.kind.counted(len(result.Kept))), sentence+"下面这些保留了，以后在“导入记录”里还能查到：", result.Kept)
}

// listKept shows what an undo left, and why.
func (s *Screen) listKept(title, text string, rows []data.KeptRow) {
	dialog := ui.NewDialog(s.desk.Window, title)
	dialog.Width = keptWidth
	dialog.Text = text
	table := ui.NewDataTable(ui.TableColumn{Key: "name", Title: "姓名", Width: 120}, ui.TableColumn{Key: "reason", Title: "为什么保留"})
	table.Count = func() int { return len(rows) }
	table.Cell = func(row, column int) ui.Cell {
		kept := rows[row]
		if column == 0 {
			return ui.Cell{Text: kept.Name, Link: kept.TraineeID != 0}
		}
		return ui.Cell{Text: kept.Reason}
	}
	table.OnOpen = func(int) {}
	table.OnCell = func(row int, _ string) {
		dialog.Hide()
		s.desk.Go(desk.Trainees, rows[row].TraineeID)
	}
	dialog.Body = ui.Fixed(min(keptHeight, headHeight+rowHeight*float32(len(rows))), table)
	dialog.NoCancel = true
	dialog.SetDefault("知道了", nil)
	dialog.Show()
}

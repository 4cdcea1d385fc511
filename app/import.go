package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
)

// ImportOptions say how a file is read and judged.
type ImportOptions struct {
	Sheet     string // "": the sheet that fits best
	HeaderRow int    // the row that holds the headers, from 1; 0: found automatically; NoHeaders: there are none
	// Columns says by the sheet's column, from 0, which column of the form it is: its key, data.ColumnExtra or data.ColumnLeft.
	// Other columns are matched by their headers. nil: as an earlier import of such a sheet had them, else all by their headers.
	Columns             map[int]string
	CreateOrganizations bool  // make organisations that do not exist instead of refusing their rows
	OrganizationID      int64 // where new people without an organisation go; 0: the root
	PlanID              int64 // the training plan that offline hours are tied to
	Progress            Progress
}

// NoHeaders is the HeaderRow of a sheet that begins with its first person.
const NoHeaders = -1

// ImportResult is what an import did.
type ImportResult struct {
	Added, Updated, Unchanged, Failed, Skipped int
}

// checkEvery is how many rows pass between looks at the progress and the cancel.
const checkEvery = 500

// PlanImport reads a roster file and judges every row. It writes nothing.
// A damaged or wrong file gives a data.Problem and no plan.
func (a *App) PlanImport(ctx context.Context, path string, options ImportOptions) (*data.ImportPlan, error) {
	return a.planImport(ctx, path, data.TraineeForm, options)
}

// step reports progress now and then and tells of a cancel. A total of 0 is unknown.
func step(ctx context.Context, progress Progress, done, total int) error {
	if done%checkEvery != 0 && done != total {
		return nil
	}
	if progress != nil {
		progress(done, total)
	}
	return ctx.Err()
}

// CommitImport stores what a plan says, in one transaction: the good rows, with their warnings as confirmed by this run.
// It fails with data.ErrStale, and nothing has changed, where the roster changed after the plan was made.
// Afterwards plan.RunID is the key by which the import can be undone.
func (a *App) CommitImport(ctx context.Context, plan *data.ImportPlan, progress Progress) (ImportResult, error) {
	return a.commitImport(ctx, plan, progress, a.storeTrainees, TraineesChanged, OrganizationsChanged)
}

// importing is an import while it runs.
type importing struct {
	tx    *sqlite.Tx
	plan  *data.ImportPlan
	runID int64
	now   data.Moment
	made  map[string]int64 // organisations that it has made, by path
}

// commitImport stores a plan's rows with store, which tells how many are done, and writes down what that did.
func (a *App) commitImport(ctx context.Context, plan *data.ImportPlan, progress Progress, store func(*importing, func(done int) error) error, events ...Event) (ImportResult, error) {
	a.backUpBefore(ctx, data.BeforeImport)
	defer spare(spareToStore)()
	result := countImport(plan)
	total := result.Added + result.Updated
	run := &importing{plan: plan, now: a.Now(), made: map[string]int64{}}
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		run.tx = tx
		if err := freshRoster(tx, plan.Version); err != nil {
			return err
		}
		if err := a.recordImport(run, user, result); err != nil {
			return err
		}
		if err := store(run, func(done int) error { return step(ctx, progress, done, total) }); err != nil {
			return err
		}
		if total > 0 {
			if err := tx.TouchRoster(); err != nil {
				return err
			}
		}
		return tx.FinishImportRun(run.runID, plan.Form.Key, result.Added)
	}, events...)
	if err == nil {
		plan.RunID = run.runID
	}
	return result, err
}

// freshRoster refuses a plan that was made for another version of the roster.
func freshRoster(tx *sqlite.Tx, planned int64) error {
	version, err := tx.RosterVersion()
	if err != nil {
		return err
	}
	if version != planned {
		return data.Refuse("preview-stale", "", "预览之后，名单又有了变动。", "请回到上一步重新预览，文件还在。").Because(data.ErrStale)
	}
	return nil
}

func countImport(plan *data.ImportPlan) ImportResult {
	return ImportResult{
		Added: plan.Count(data.OutcomeNew), Updated: plan.Count(data.OutcomeUpdated), Unchanged: plan.Count(data.OutcomeUnchanged),
		Failed: plan.Count(data.OutcomeFailed), Skipped: plan.Count(data.OutcomeSkipped),
	}
}

// eachStored hands every row that changes something to store.
func (run *importing) eachStored(store func(*data.ImportRow) error) error {
	for _, row := range run.plan.Rows {
		if row.Outcome != data.OutcomeNew && row.Outcome != data.OutcomeUpdated {
			continue
		}
		if err := store(row); err != nil {
			return fmt.Errorf("row %d: %w", row.Source.Number, err)
		}
	}
	return nil
}

// storeTrainees writes the judged rows with the organisations that they need: those that change somebody one by one, with what they
// change, and then new people all at once.
func (a *App) storeTrainees(run *importing, stored func(done int) error) error {
	var fresh []*data.Trainee
	done := 0
	err := run.eachStored(func(row *data.ImportRow) error {
		if err := run.placeTrainee(row); err != nil {
			return err
		}
		if row.Outcome == data.OutcomeNew {
			fresh = append(fresh, row.Trainee)
			return nil
		}
		done++
		return errors.Join(a.updateTrainee(run, row), stored(done))
	})
	if err != nil {
		return err
	}
	return run.tx.AddTrainees(fresh, func(count int) error { return stored(done + count) })
}

func (a *App) updateTrainee(run *importing, row *data.ImportRow) error {
	before, err := run.before(row.Trainee.ID)
	if err != nil {
		return err
	}
	if err := run.tx.SaveTrainee(*row.Trainee); err != nil {
		return err
	}
	return run.tx.AddImportedRow(run.runID, run.plan.Form.Key, row.Trainee.ID, data.TraineeChanges(before, *row.Trainee))
}

// before gives a trainee as stored: the plan is fresh, so what it knows still stands.
func (run *importing) before(id int64) (data.Trainee, error) {
	if run.plan.Known != nil {
		if known, ok := run.plan.Known.People.ByKey(id); ok {
			return known, nil
		}
	}
	return run.tx.Trainee(id)
}

// storeTrainee writes somebody new who was typed by hand, with the organisations that the row needs.
func (a *App) storeTrainee(run *importing, row *data.ImportRow) error {
	if err := run.placeTrainee(row); err != nil {
		return err
	}
	id, err := run.tx.AddTrainee(*row.Trainee)
	row.Trainee.ID = id
	return err
}

// placeTrainee makes the organisations that a row needs, and dates it.
func (run *importing) placeTrainee(row *data.ImportRow) error {
	trainee := row.Trainee
	for _, fresh := range []struct {
		path string
		into *int64
	}{{row.NewOrganization, &trainee.OrganizationID}, {row.NewPayer, &trainee.PayerID}} {
		if fresh.path == "" {
			continue
		}
		id, err := run.organization(fresh.path)
		if err != nil {
			return err
		}
		*fresh.into = id
	}
	trainee.UpdatedAt = run.now
	if row.Outcome == data.OutcomeNew {
		trainee.CreatedAt = trainee.UpdatedAt
	}
	return nil
}

// organization makes the missing parts of a path and gives the last one's key.
func (run *importing) organization(path string) (int64, error) {
	if id, ok := run.made[path]; ok {
		return id, nil
	}
	organizations, err := tree(run.tx)
	if err != nil {
		return 0, err
	}
	parent := organizations.Root().ID
	walked := ""
	for _, name := range strings.Split(path, "/") {
		walked = strings.TrimPrefix(walked+"/"+name, "/")
		if known, _, ok, err := organizations.Resolve(walked); err == nil && ok && known.Path == walked {
			parent = known.ID
			continue
		}
		made := data.Organization{ParentID: parent, Name: name}
		if made.ID, err = run.tx.AddOrganization(made); err != nil {
			return 0, err
		}
		if err := run.recordOrganization(made); err != nil {
			return 0, err
		}
		parent = made.ID
	}
	run.made[path] = parent
	return parent, nil
}

// recordOrganization notes for an undo what the import made; a person who is typed by hand is no import.
func (run *importing) recordOrganization(made data.Organization) error {
	if run.runID == 0 {
		return nil
	}
	return run.tx.AddImportedOrganization(run.runID, made)
}

// recordImport stores what the import does, and which warnings it covers: row numbers by code, nothing personal.
// What was made of the columns is remembered for the next sheet with these headers.
func (a *App) recordImport(run *importing, user string, result ImportResult) error {
	tx, plan := run.tx, run.plan
	confirmed := map[string][]int{}
	for _, row := range plan.Rows {
		if !row.Warned() {
			continue
		}
		for _, problem := range row.Problems {
			if problem.Level == data.LevelWarning {
				confirmed[problem.Code] = append(confirmed[problem.Code], row.Source.Number)
			}
		}
	}
	text, err := json.Marshal(confirmed)
	if err != nil {
		return err
	}
	file, sheet := recordedName(plan.File), plan.Heading.Sheet // a text file's only sheet has the file's name
	if data.LooksLikeIDNumber(sheet) {
		sheet = "（表名含证件号，不记录）"
	}
	run.runID, err = tx.AddImportRun(sqlite.ImportRun{Form: plan.Form.Key, File: file, Sheet: sheet, User: user, At: a.Now(),
		Added: result.Added, Updated: result.Updated, Unchanged: result.Unchanged, Failed: result.Failed, Skipped: result.Skipped, Confirmed: string(text)})
	if err != nil {
		return err
	}
	if err := a.rememberColumns(tx, plan); err != nil {
		return err
	}
	detail := fmt.Sprintf("导入%s：新增 %d，更新 %d，不变 %d，错误 %d，忽略 %d", plan.Form.Name, result.Added, result.Updated, result.Unchanged, result.Failed, result.Skipped)
	if len(plan.Mends) > 0 {
		detail += fmt.Sprintf("；预览中改了 %d 处", len(plan.Mends))
	}
	return a.log(tx, user, "import."+plan.Form.Key, file, detail)
}

// recordedName is a file's name as records and the log may hold it.
func recordedName(file string) string {
	if data.LooksLikeIDNumber(file) {
		return "（文件名含证件号，不记录）"
	}
	return file
}

// WriteReport writes the failed rows of a plan as a workbook: the clerk's own columns with reason and remedy,
// to be mended and imported again.
func (a *App) WriteReport(w io.Writer, plan *data.ImportPlan) error {
	var rows []excel.ReportRow
	for _, row := range plan.Rows {
		if row.Outcome == data.OutcomeFailed {
			rows = append(rows, excel.ReportRow{Row: row.Source, Problems: errorsOf(row.Problems)})
		}
	}
	if len(rows) == 0 {
		return errors.New("no failed rows to report")
	}
	return excel.WriteReport(w, plan.Form, plan.Heading, rows)
}

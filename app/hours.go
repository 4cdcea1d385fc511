package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

const hoursCapSetting = "hours.per-day"

// HoursPerDay is the setting of how many 学时 one day can give.
func (a *App) HoursPerDay(ctx context.Context) data.Hours {
	hours, err := data.ParseHours(a.Setting(ctx, hoursCapSetting, data.HoursPerDayCap.String()))
	if err != nil {
		return data.HoursPerDayCap
	}
	return hours
}

// PlanHoursImport reads a sheet of offline hours and judges every row against the training plan of options.PlanID. It writes nothing.
func (a *App) PlanHoursImport(ctx context.Context, path string, options ImportOptions) (*data.ImportPlan, error) {
	plan := &data.ImportPlan{Form: data.HoursForm, File: filepath.Base(path), PlanID: options.PlanID}
	perDay := a.HoursPerDay(ctx)
	err := a.read(ctx, func(tx *sqlite.Tx) error {
		judge, err := a.hoursJudge(tx, options.PlanID)
		if err != nil {
			return err
		}
		judge.perDay = perDay
		if plan.Version, err = tx.RosterVersion(); err != nil {
			return err
		}
		return readRows(ctx, path, options, plan, func(row data.SourceRow) data.ImportRow {
			return judge.row(*plan, row, a.Today())
		})
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// hoursJudge knows what rows of offline hours are judged against.
type hoursJudge struct {
	plan     data.Plan
	perDay   data.Hours
	trainees map[string]data.Trainee       // by identity number
	stored   map[string]data.OfflineHours  // by record key
	periods  map[int64][]data.OfflineHours // by trainee
	met      map[string]int                // rows of this file by record key
}

func (a *App) hoursJudge(tx *sqlite.Tx, planID int64) (*hoursJudge, error) {
	judge := &hoursJudge{trainees: map[string]data.Trainee{}, stored: map[string]data.OfflineHours{}, periods: map[int64][]data.OfflineHours{}, met: map[string]int{}}
	plans, err := tx.Plans()
	if err != nil {
		return nil, err
	}
	for _, plan := range plans {
		if plan.ID == planID {
			judge.plan = plan
		}
	}
	if judge.plan.ID == 0 {
		return nil, data.Refuse("plan-unknown", "plan", "还没有关联培训计划。", "请先选择线下学时属于哪个培训计划。").Because(data.ErrNotFound)
	}
	err = tx.EachTrainee(func(trainee data.Trainee) error {
		judge.trainees[trainee.IDNumber] = trainee
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = tx.EachHours(func(hours data.OfflineHours) error {
		judge.stored[recordKey(hours)] = hours
		judge.periods[hours.TraineeID] = append(judge.periods[hours.TraineeID], hours)
		return nil
	})
	return judge, err
}

// recordKey tells records apart: one person, one plan, one training, one period.
func recordKey(h data.OfflineHours) string {
	return fmt.Sprintf("%d|%d|%s|%s|%s", h.TraineeID, h.PlanID, h.Title, h.StartsOn, h.EndsOn)
}

func (j *hoursJudge) row(plan data.ImportPlan, source data.SourceRow, today data.Date) data.ImportRow {
	row := data.ImportRow{Source: source}
	place := func(key string) data.Place { return plan.Heading.Place(plan.Form, source.Number, key) }
	// The file is tied to the chosen plan, so a blank cell means that one.
	judged := source
	if at := plan.Form.Column("plan"); judged.Cells[at].Kind == data.CellBlank {
		judged.Cells = append([]data.SourceCell(nil), source.Cells...)
		judged.Cells[at] = data.SourceCell{Text: j.plan.Number, Kind: data.CellText}
	}
	draft, problems := data.JudgeHours(judged, plan.Heading, today, j.perDay)
	row.Problems, row.Hours = problems, draft.Hours
	row.Hours.PlanID = j.plan.ID
	if draft.Plan != "" && draft.Plan != j.plan.Number {
		row.Problems = append(row.Problems, data.Refuse("plan-differs", "plan", fmt.Sprintf("这一行的计划编号是 %s，导入时关联的是 %s。", draft.Plan, j.plan.Number),
			"请把不同计划的学时分开导入。").In(place("plan")))
	}
	if exposedHours(row.Hours) {
		row.Problems = append(row.Problems, data.Refuse("id-in-wrong-column", "title", "有一列里写的是证件号。", "请把证件号移到“身份证号”列。").In(place("title")))
	}
	j.person(&row, draft, place)
	if data.HasErrors(row.Problems) {
		row.Outcome = data.OutcomeFailed
		return row
	}
	j.outcome(&row, place)
	return row
}

// person finds whose hours these are.
func (j *hoursJudge) person(row *data.ImportRow, draft data.HoursDraft, place func(string) data.Place) {
	row.Trainee = data.Trainee{Name: draft.Name, IDNumber: draft.IDNumber}
	if draft.IDNumber == "" {
		return
	}
	trainee, known := j.trainees[draft.IDNumber]
	switch {
	case !known:
		row.Problems = append(row.Problems, data.Refuse("trainee-unknown", "id_number", "系统里没有这个证件号的学员。", "请先在学员管理里导入或添加这个人，再导入学时。").In(place("id_number")))
	case draft.Name != "" && trainee.Name != draft.Name:
		row.Problems = append(row.Problems, data.Refuse("id-other-name", "name", fmt.Sprintf("这个证件号在系统里属于“%s”，这里写的是“%s”。", trainee.Name, draft.Name),
			"请核对姓名和证件号。").In(place("name")))
	default:
		row.Hours.TraineeID, row.Trainee = trainee.ID, trainee
	}
}

func (j *hoursJudge) outcome(row *data.ImportRow, place func(string) data.Place) {
	key := recordKey(row.Hours)
	if earlier, again := j.met[key]; again {
		row.Outcome = data.OutcomeSkipped
		row.Problems = append(row.Problems, data.Warn("row-repeated", "title", fmt.Sprintf("与第 %d 行是同一条记录。", earlier), "只导入前面那一行。").In(place("title")))
		return
	}
	j.met[key] = row.Source.Number
	stored, known := j.stored[key]
	if !known {
		row.Outcome = data.OutcomeNew
		j.overlap(row, place)
		return
	}
	j.update(row, stored)
}

// update puts the row's filled cells over what is stored; blank cells leave it as it is.
func (j *hoursJudge) update(row *data.ImportRow, stored data.OfflineHours) {
	merged, fresh := stored, row.Hours
	change := func(key, old, written string) {
		row.Changes = append(row.Changes, data.Change{Field: key, Label: data.HoursForm.Columns[data.HoursForm.Column(key)].Header, Old: old, New: written})
	}
	for _, field := range hoursFields {
		old, written := field.of(&merged), *field.of(&fresh)
		if written != "" && written != *old {
			change(field.key, *old, written)
			*old = written
		}
	}
	if fresh.Hours != stored.Hours {
		change("hours", stored.Hours.String(), fresh.Hours.String())
		merged.Hours = fresh.Hours
	}
	extra, added := data.MergeExtra(stored.Extra, fresh.Extra)
	merged.Extra, row.Changes = extra, append(row.Changes, added...)
	row.Hours, row.Outcome = merged, data.OutcomeUnchanged
	if len(row.Changes) > 0 {
		row.Outcome = data.OutcomeUpdated
	}
}

// overlap warns where one person's records share days.
func (j *hoursJudge) overlap(row *data.ImportRow, place func(string) data.Place) {
	for _, other := range j.periods[row.Hours.TraineeID] {
		if other.StartsOn <= row.Hours.EndsOn && row.Hours.StartsOn <= other.EndsOn {
			row.Problems = append(row.Problems, data.Warn("hours-overlap", "starts_on",
				fmt.Sprintf("与“%s”（%s 至 %s）的日期重叠。", other.Title, other.StartsOn, other.EndsOn), "请确认同一天可以参加两个培训。").In(place("starts_on")))
			break
		}
	}
	j.periods[row.Hours.TraineeID] = append(j.periods[row.Hours.TraineeID], row.Hours)
}

// hoursFields are the fields that an update compares as text.
var hoursFields = []struct {
	key string
	of  func(*data.OfflineHours) *string
}{
	{"category", func(h *data.OfflineHours) *string { return &h.Category }},
	{"form", func(h *data.OfflineHours) *string { return &h.Form }},
	{"organizer", func(h *data.OfflineHours) *string { return &h.Organizer }},
	{"place", func(h *data.OfflineHours) *string { return &h.Place }},
	{"result", func(h *data.OfflineHours) *string { return &h.Result }},
	{"certificate", func(h *data.OfflineHours) *string { return &h.Certificate }},
	{"remark", func(h *data.OfflineHours) *string { return &h.Remark }},
}

// CommitHoursImport stores what a plan of offline hours says, in one transaction.
func (a *App) CommitHoursImport(ctx context.Context, plan *data.ImportPlan, progress Progress) (ImportResult, error) {
	result := countImport(plan)
	total := result.Added + result.Updated
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := a.freshPlan(tx, plan); err != nil {
			return err
		}
		done := 0
		for place := range plan.Rows {
			row := &plan.Rows[place]
			var err error
			switch row.Outcome {
			case data.OutcomeNew:
				row.Hours.CreatedAt = a.Now()
				row.Hours.ID, err = tx.AddHours(row.Hours)
			case data.OutcomeUpdated:
				err = tx.SaveHours(row.Hours)
			default:
				continue
			}
			if err != nil {
				return fmt.Errorf("row %d: %w", row.Source.Number, err)
			}
			done++
			if err := step(ctx, progress, done, total); err != nil {
				return err
			}
		}
		if total > 0 {
			if err := tx.TouchRoster(); err != nil {
				return err
			}
		}
		return a.recordImport(tx, user, plan, result)
	}, HoursChanged, TraineesChanged)
	return result, err
}

// HoursIDs lists the keys of the offline hours that a query finds, in its order.
func (a *App) HoursIDs(ctx context.Context, q data.OfflineHoursQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.HoursIDs(q) })
}

// HoursRows reads records of offline hours in the order of ids.
func (a *App) HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.OfflineHoursRow, error) { return tx.HoursRows(ids) })
}

// HoursTotal sums the offline hours that a query finds, in hundredths.
func (a *App) HoursTotal(ctx context.Context, q data.OfflineHoursQuery) (data.Hours, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.Hours, error) { return tx.HoursTotal(q) })
}

// exposedHours tells whether an open field of a record holds an identity number.
func exposedHours(h data.OfflineHours) bool {
	return data.LooksLikeIDNumber(strings.Join([]string{h.Title, h.Category, h.Form, h.Organizer, h.Place, h.Result, h.Certificate}, "\n"))
}

// SetHoursPerDay stores the setting of how many 学时 one day can give.
func (a *App) SetHoursPerDay(ctx context.Context, hours data.Hours) error {
	if hours <= 0 || hours > 24_00 {
		return data.Refuse("hours-per-day", "hours", "一天的学时要大于 0，不会超过 24。", "请填写 24 以内的数，例如 8。")
	}
	return a.SetSetting(ctx, hoursCapSetting, hours.String())
}

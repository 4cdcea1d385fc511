package data

import (
	"context"
	"fmt"
	"strings"
)

// HoursBook are the stored records of offline hours, as an import is judged against them. Once filled it is only read.
type HoursBook struct {
	records map[hoursKey]OfflineHours
	periods map[int64][]OfflineHours // by trainee
}

// hoursKey tells records apart: one person, one plan, one training, one period.
type hoursKey struct {
	traineeID, planID int64
	title             string
	startsOn, endsOn  Date
}

func keyOfHours(h OfflineHours) hoursKey {
	return hoursKey{h.TraineeID, h.PlanID, h.Title, h.StartsOn, h.EndsOn}
}

// NewHoursBook makes an empty book; Add fills it.
func NewHoursBook() *HoursBook {
	return &HoursBook{records: map[hoursKey]OfflineHours{}, periods: map[int64][]OfflineHours{}}
}

// Add takes a stored record.
func (b *HoursBook) Add(h OfflineHours) {
	b.records[keyOfHours(h)] = h
	b.periods[h.TraineeID] = append(b.periods[h.TraineeID], h)
}

// hoursRun judges the rows of one sheet of offline hours.
type hoursRun struct {
	known     *Known
	decided   *decisions
	met       map[hoursKey]int         // rows of this file
	periods   map[int64][]OfflineHours // new in this file, by trainee
	preferred map[hoursKey]int         // rows that a person chose among several
}

func newHoursRun(known *Known, decided *decisions) *hoursRun {
	return &hoursRun{known: known, decided: decided, met: map[hoursKey]int{}, periods: map[int64][]OfflineHours{}, preferred: map[hoursKey]int{}}
}

// JudgeTypedHours judges a record that a person typed, as an import would judge its row: OutcomeNew where it can be stored, OutcomeFailed
// where it cannot, and OutcomeUpdated or OutcomeUnchanged where known.Hours has a record of the same training already.
func JudgeTypedHours(source SourceRow, heading Heading, known *Known, today Date) ImportRow {
	plan := &ImportPlan{Form: HoursForm, Heading: heading, Known: known}
	row := ImportRow{Source: source, Hours: &OfflineHours{}}
	run := newHoursRun(known, &decisions{})
	run.judge(plan, &row, today)
	if HasErrors(row.Problems) {
		row.Outcome = OutcomeFailed
		return row
	}
	run.outcome(&row, func(key string) Place { return heading.Place(HoursForm, source.Number, key) })
	return row
}

// judgeHours judges rows of the offline hours' form: each by itself, on every processor, then one after the other.
func (p *ImportPlan) judgeHours(ctx context.Context, rows []*ImportRow, decided *decisions, today Date) error {
	known := p.Known
	run := newHoursRun(known, decided)
	err := inParts(ctx, len(rows), func(place int) int {
		row := rows[place]
		if row.Outcome == OutcomeSkipped {
			return 0
		}
		run.judge(p, row, today)
		return len(row.Problems)
	})
	if err != nil {
		return err
	}
	run.choose(p, rows)
	for _, row := range rows {
		if row.Outcome == OutcomeSkipped {
			continue
		}
		if HasErrors(row.Problems) {
			row.Outcome = OutcomeFailed
			p.offer(row, known)
			continue
		}
		run.outcome(row, func(key string) Place { return p.Heading.Place(p.Form, row.Source.Number, key) })
	}
	return ctx.Err()
}

// judge looks at a row alone and finds whose hours they are.
func (r *hoursRun) judge(p *ImportPlan, row *ImportRow, today Date) {
	place := func(key string) Place { return p.Heading.Place(p.Form, row.Source.Number, key) }
	// The file is tied to the chosen plan, so a blank cell means that one.
	source := row.Source
	if at := hoursColumns.plan; source.Cells[at].Kind == CellBlank {
		source.Cells = append([]SourceCell(nil), source.Cells...)
		source.Cells[at] = SourceCell{Text: r.known.Plan.Number, Kind: CellText}
	}
	draft, problems := JudgeHours(source, p.Heading, today, r.known.Rules)
	row.Problems, *row.Hours = problems, draft.Hours
	row.Hours.PlanID = r.known.Plan.ID
	if draft.Plan != "" && draft.Plan != r.known.Plan.Number {
		row.Problems = append(row.Problems, Refuse("plan-differs", "plan", fmt.Sprintf("这一行的计划编号是 %s，导入时关联的是 %s。", draft.Plan, r.known.Plan.Number),
			"请把不同计划的学时分开导入。").In(place("plan")))
	}
	if exposedHours(*row.Hours) {
		row.Problems = append(row.Problems, Refuse("id-in-wrong-column", "title", "有一列里写的是证件号。", "请把证件号移到“身份证号”列。").In(place("title")))
	}
	r.person(row, draft, place)
}

// exposedHours tells whether an open field of a record holds an identity number.
func exposedHours(h OfflineHours) bool {
	return LooksLikeIDNumber(strings.Join([]string{h.Title, h.Category, h.Form, h.Organizer, h.Place, h.Result, h.Certificate}, "\n"))
}

// person finds whose hours these are.
func (r *hoursRun) person(row *ImportRow, draft HoursDraft, place func(string) Place) {
	row.Trainee = &Trainee{Name: draft.Name, IDNumber: draft.IDNumber}
	if draft.IDNumber == "" {
		return
	}
	trainee, known := r.known.People.ByNumber(draft.IDNumber)
	if !known {
		row.Problems = append(row.Problems, Refuse("trainee-unknown", fieldID, "系统里没有这个证件号的学员。", "请先在学员管理里导入或添加这个人，再导入学时。").In(place(fieldID)))
		return
	}
	if draft.Name != "" && trainee.Name != draft.Name {
		differs := Refuse("id-other-name", fieldName, fmt.Sprintf("这个证件号在系统里属于“%s”，这里写的是“%s”。", trainee.Name, draft.Name), "请核对姓名和证件号。").In(place(fieldName))
		if !r.decided.accepts(row.Source.Number) {
			row.Problems = append(row.Problems, differs)
			return
		}
		differs.Level, differs.Fix = LevelWarning, "已选择照证件号登记给系统里的这位学员。"
		row.Problems = append(row.Problems, differs)
	}
	row.Hours.TraineeID, row.Trainee = trainee.ID, trainee
}

// choose notes which of several rows of one record a person took; the latest choice counts.
func (r *hoursRun) choose(p *ImportPlan, rows []*ImportRow) {
	chosen := map[int]hoursKey{}
	for _, mend := range p.Mends {
		for _, row := range mend.Rows {
			if mend.Kind == MendTake {
				chosen[row] = hoursKey{}
			}
		}
	}
	for _, row := range rows {
		if _, ok := chosen[row.Source.Number]; ok && row.Hours.TraineeID != 0 {
			chosen[row.Source.Number] = keyOfHours(*row.Hours)
		}
	}
	for _, mend := range p.Mends {
		for _, row := range mend.Rows {
			if key := chosen[row]; mend.Kind == MendTake && key.traineeID != 0 {
				r.preferred[key] = row
			}
		}
	}
}

func (r *hoursRun) outcome(row *ImportRow, place func(string) Place) {
	key := keyOfHours(*row.Hours)
	earlier, again := r.met[key]
	if chosen, ok := r.preferred[key]; ok {
		earlier, again = chosen, chosen != row.Source.Number
	}
	if again {
		row.Outcome = OutcomeSkipped
		row.Problems = append(row.Problems, Warn("row-repeated", "title", fmt.Sprintf("与第 %d 行是同一条记录。", earlier), "只导入那一行。").In(place("title")))
		return
	}
	r.met[key] = row.Source.Number
	stored, known := r.known.Hours.records[key]
	if !known {
		row.Outcome = OutcomeNew
		r.overlap(row, place)
		return
	}
	updateHours(row, stored)
}

// updateHours puts the row's filled cells over what is stored; blank cells leave it as it is.
func updateHours(row *ImportRow, stored OfflineHours) {
	merged, fresh := stored, *row.Hours
	change := func(key, old, written string) {
		row.Changes = append(row.Changes, Change{Field: key, Label: HoursForm.Columns[HoursForm.Column(key)].Header, Old: old, New: written})
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
	extra, added := MergeExtra(stored.Extra, fresh.Extra)
	merged.Extra, row.Changes = extra, append(row.Changes, added...)
	*row.Hours, row.Outcome = merged, OutcomeUnchanged
	if len(row.Changes) > 0 {
		row.Outcome = OutcomeUpdated
	}
}

// overlap warns where one person's records share days.
func (r *hoursRun) overlap(row *ImportRow, place func(string) Place) {
	for _, periods := range [][]OfflineHours{r.known.Hours.periods[row.Hours.TraineeID], r.periods[row.Hours.TraineeID]} {
		for _, other := range periods {
			if other.StartsOn <= row.Hours.EndsOn && row.Hours.StartsOn <= other.EndsOn {
				row.Problems = append(row.Problems, Warn("hours-overlap", "starts_on",
					fmt.Sprintf("与“%s”（%s 至 %s）的日期重叠。", other.Title, other.StartsOn, other.EndsOn), "请确认同一天可以参加两个培训。").In(place("starts_on")))
				r.periods[row.Hours.TraineeID] = append(r.periods[row.Hours.TraineeID], *row.Hours)
				return
			}
		}
	}
	r.periods[row.Hours.TraineeID] = append(r.periods[row.Hours.TraineeID], *row.Hours)
}

// hoursFields are the fields that an update compares as text.
var hoursFields = []struct {
	key string
	of  func(*OfflineHours) *string
}{
	{"category", func(h *OfflineHours) *string { return &h.Category }},
	{"form", func(h *OfflineHours) *string { return &h.Form }},
	{"organizer", func(h *OfflineHours) *string { return &h.Organizer }},
	{"place", func(h *OfflineHours) *string { return &h.Place }},
	{"result", func(h *OfflineHours) *string { return &h.Result }},
	{"certificate", func(h *OfflineHours) *string { return &h.Certificate }},
	{"remark", func(h *OfflineHours) *string { return &h.Remark }},
}

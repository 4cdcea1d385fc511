package data

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// Judge gives the plan with its rows judged against what is stored, on the day today: the one way in which rows get their outcomes,
// for the first look at a file and after every decision alike. Rows without anything in the columns that are read are passed over.
// It fails with ctx's error, or with a Problem where the sheet has too many.
func (p *ImportPlan) Judge(ctx context.Context, known *Known, today Date) (*ImportPlan, error) {
	next := *p
	next.Known, next.Version = known, known.Version
	sources, decided := p.apply(known)
	next.Rows = make([]*ImportRow, 0, len(sources))
	next.Hidden = 0
	next.judged = verdict{today: today, decided: decided, links: &links{}}
	reader := newNoteReader(&next, known)
	for _, source := range sources {
		if !next.Heading.shows(source) {
			continue
		}
		if source.Hidden {
			next.Hidden++
		}
		next.Rows = append(next.Rows, decided.begin(reader, source))
	}
	next.judged.promised = next.promises(next.Rows)
	if err := next.judgeRows(ctx, next.Rows, decided, today); err != nil {
		return nil, err
	}
	return &next, nil
}

// judgeRows judges rows that were begun; those that have something to do with each other must be among them, in the sheet's order.
func (p *ImportPlan) judgeRows(ctx context.Context, rows []*ImportRow, decided *decisions, today Date) error {
	if p.Form.Key == HoursForm.Key {
		return p.judgeHours(ctx, rows, decided, today)
	}
	return p.judgeTrainees(ctx, rows, decided, today)
}

// nobody stands for the person of a row that was not judged.
var nobody = &Trainee{}

// begin makes the row of a source, which says already where it is left out.
func (d *decisions) begin(reader *noteReader, source SourceRow) *ImportRow {
	row := &ImportRow{Source: source, Mended: d.cells[source.Number], Trainee: nobody}
	if reader.form.Key == HoursForm.Key {
		row.Hours = &OfflineHours{}
	}
	if why, out := d.leaves(reader, source); out {
		row.Outcome, row.Problems = OutcomeSkipped, []Problem{why}
	}
	return row
}

// shows tells whether a row has anything visible in the columns that are read.
func (h *Heading) shows(row SourceRow) bool {
	for _, cell := range row.Cells {
		if cell.Kind != CellBlank && !isBlank(cell.Text) {
			return true
		}
	}
	for place, cell := range row.Extra {
		if place < len(h.Unknown) && cell.Kind != CellBlank && !isBlank(cell.Text) {
			return true
		}
	}
	return false
}

// leaves tells whether a row is left out, and why.
func (d *decisions) leaves(reader *noteReader, row SourceRow) (Problem, bool) {
	out, said := d.out[row.Number]
	place := reader.place(row.Number)
	switch {
	case said && out:
		return Warn("row-left", "", "这一行选择了跳过。", "要导入的话，请改回“导入”。").In(place), true
	case said:
		return Problem{}, false
	case row.Hidden && d.hiddenOut:
		return Warn("row-hidden", "", "这一行在表格里是隐藏的，选择了不导入隐藏行。", "要导入的话，请选择这一行“导入”。").In(place), true
	}
	return reader.note(row)
}

// judgeTrainees judges rows of the trainees' form: each by itself, on every processor, then one after the other against
// who is stored and who stood above.
func (p *ImportPlan) judgeTrainees(ctx context.Context, rows []*ImportRow, decided *decisions, today Date) error {
	known := p.Known
	drafts, extras := make([]*TraineeDraft, len(rows)), &sharedExtras{}
	err := inParts(ctx, len(rows), func(place int) int {
		row := rows[place]
		if row.Outcome == OutcomeSkipped {
			return 0
		}
		draft, problems := JudgeTrainee(row.Source, p.Heading, today)
		draft.Trainee.Extra = extras.of(draft.Trainee.Extra, row.Source.Extra)
		row.Trainee, row.Problems, drafts[place] = &draft.Trainee, problems, &draft
		return len(problems)
	})
	if err != nil {
		return err
	}
	roster := &Roster{Tree: known.Tree, CreateOrganizations: p.CreateOrganizations, DefaultOrganization: p.DefaultOrganization, people: known.People,
		usernames: map[string]string{}, persons: map[namesake]string{}, met: make(map[string]met, len(rows)), decided: decided, preferred: p.preferred(rows), promised: p.judged.promised}
	for place, row := range rows {
		if row.Outcome == OutcomeSkipped {
			continue
		}
		roster.Judge(row, drafts[place], func(key string) Place { return p.Heading.Place(p.Form, row.Source.Number, key) })
		p.offer(row, known)
	}
	p.warnSharedMobiles(rows, known.People)
	p.explainFreed(rows)
	return ctx.Err()
}

// preferred gives for identity numbers the row that a person chose among several, the latest choice last.
func (p *ImportPlan) preferred(judged []*ImportRow) map[string]met {
	chosen := map[int]bool{}
	for _, mend := range p.Mends {
		if mend.Kind == MendTake || mend.Kind == MendName {
			for _, row := range mend.Rows {
				chosen[row] = true
			}
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	rows := map[int]*ImportRow{}
	for _, row := range judged {
		if chosen[row.Source.Number] && row.Outcome != OutcomeSkipped && row.Trainee.IDNumber != "" {
			rows[row.Source.Number] = row
		}
	}
	preferred := map[string]met{}
	for _, mend := range p.Mends {
		if mend.Kind != MendTake && mend.Kind != MendName {
			continue
		}
		for _, number := range mend.Rows {
			if row := rows[number]; row != nil {
				preferred[row.Trainee.IDNumber] = met{row.Trainee.Name, number}
			}
		}
	}
	return preferred
}

// offer lists the stored people whom a row with a destroyed identity number may mean.
func (p *ImportPlan) offer(row *ImportRow, known *Known) {
	if row.Outcome != OutcomeFailed || !hasCode(row.Problems, codeIDDestroyed) {
		return
	}
	at := p.Form.Column(fieldID)
	for _, person := range known.People.candidates(row.Trainee.Name, row.Source.Cells[at]) {
		organization, _ := known.Tree.Get(person.OrganizationID)
		number := person.IDNumber
		if known.Mask != nil {
			number = known.Mask(number)
		}
		row.Candidates = append(row.Candidates, Candidate{TraineeID: person.ID, Name: person.Name, IDNumber: number, Organization: organization.Path})
	}
}

func hasCode(problems []Problem, code string) bool {
	for _, problem := range problems {
		if problem.Code == code {
			return true
		}
	}
	return false
}

// partSize is how many rows a processor judges before it looks whether the work was cancelled.
const partSize = 512

// mostProblems is how many problems one sheet may have before it is refused: each costs some 250 bytes, and nobody mends so many one by one.
const mostProblems = 300_000

// inParts calls judge for every place below count, on all processors. It fails with a Problem where judge finds too many.
func inParts(ctx context.Context, count int, judge func(place int) (problems int)) error {
	var group sync.WaitGroup
	var problems atomic.Int64
	parts := make(chan int)
	for range min(runtime.GOMAXPROCS(0), (count+partSize-1)/partSize) {
		group.Go(func() {
			for from := range parts {
				found := 0
				for place := from; place < min(from+partSize, count); place++ {
					found += judge(place)
				}
				problems.Add(int64(found))
			}
		})
	}
	for from := 0; from < count && ctx.Err() == nil && problems.Load() <= mostProblems; from += partSize {
		parts <- from
	}
	close(parts)
	group.Wait()
	if problems.Load() > mostProblems {
		return Refuse("too-many-problems", "", fmt.Sprintf("这张表的问题太多，超过 %d 万处，没有导入任何一行。", mostProblems/10_000),
			"请先检查是不是选错了文件，或者哪一列的内容整列都不对；改好后再导入，人数很多时可以分成几个文件。")
	}
	return ctx.Err()
}

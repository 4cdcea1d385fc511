package data

import (
	"context"
	"maps"
	"slices"
)

// verdict is what judging a plan leaves behind, so that one more decision judges only the rows that it concerns.
type verdict struct {
	today    Date
	decided  *decisions
	links    *links
	promised *promised
	before   *ImportPlan // without the last decision; nil where that would have to be judged
	depth    int         // how many plans stand before this one
}

// Limits of what is remembered and of what is judged in part.
const (
	mostKeptRows = 5_000_000 // rows, 8 bytes each, that a plan's predecessors may hold together
	mostTouched  = 4_096     // beyond so many rows, judging all on every processor is as fast
)

// With gives the plan with one more decision, judged against what is stored on the day today; p stays as it is. Rows that the
// decision has nothing to do with are p's own. It fails as Judge does; JudgeMend tells before whether the decision fits.
func (p *ImportPlan) With(ctx context.Context, mend Mend, known *Known, today Date) (*ImportPlan, error) {
	next := *p
	next.Mends = append(slices.Clip(p.Mends), mend)
	again, ok, err := next.judgeTouched(ctx, p, mend, known, today)
	if err == nil && !ok {
		again, err = next.Judge(ctx, known, today)
	}
	if err != nil {
		return nil, err
	}
	if again.judged.before, again.judged.depth = p, p.judged.depth+1; again.judged.depth*len(p.Rows) > mostKeptRows {
		again.judged.before, again.judged.depth = nil, 0
	}
	return again, nil
}

// Without gives the plan without its last decision.
func (p *ImportPlan) Without(ctx context.Context, known *Known, today Date) (*ImportPlan, error) {
	if before := p.judged.before; before != nil && before.Known == known && before.judged.today == today {
		return before, nil
	}
	next := *p
	next.Mends = slices.Clone(p.Mends[:max(0, len(p.Mends)-1)])
	return next.Judge(ctx, known, today)
}

// judgeTouched completes a copy of the plan p that has one more decision. It tells whether it could: where the decision concerns many
// rows, or what p was judged against has changed, everything is to be judged.
func (p *ImportPlan) judgeTouched(ctx context.Context, before *ImportPlan, mend Mend, known *Known, today Date) (*ImportPlan, bool, error) {
	touched, ok := before.touched(mend)
	if !ok || before.Known != known || before.judged.decided == nil || before.judged.today != today || len(touched) > mostTouched {
		return nil, false, nil
	}
	sources, decided := before.applyTo(touched, mend)
	for at, source := range sources {
		// The row is no longer one of the plan, or what other rows mean hangs on it.
		if !p.Heading.shows(source) || before.promisesElse(before.Rows[touched[at]].Source, source) {
			return nil, false, nil
		}
	}
	p.judged = verdict{today: today, decided: decided, links: before.judged.links, promised: before.judged.promised}
	reader := newNoteReader(p, known)
	alone := p.begin(reader, touched, sources)
	if err := p.judgeRows(ctx, inOrder(alone), decided, today); err != nil {
		return nil, false, err
	}
	concerned := p.judged.links.concerned(before, alone)
	if len(concerned) > mostTouched {
		return nil, false, nil
	}
	fresh := p.begin(reader, touched, sources)
	for _, place := range concerned {
		if fresh[place] == nil {
			fresh[place] = decided.begin(reader, before.Rows[place].Source)
		}
	}
	if err := p.judgeRows(ctx, inOrder(fresh), decided, today); err != nil {
		return nil, false, err
	}
	p.Rows = slices.Clone(before.Rows)
	for place, row := range fresh {
		p.Rows[place] = row
	}
	return p, true, nil
}

// begin makes rows of sources anew, by their places in the plan.
func (p *ImportPlan) begin(reader *noteReader, places []int, sources []SourceRow) map[int]*ImportRow {
	rows := make(map[int]*ImportRow, len(places))
	for at, place := range places {
		rows[place] = p.judged.decided.begin(reader, sources[at])
	}
	return rows
}

func inOrder(rows map[int]*ImportRow) []*ImportRow {
	ordered := make([]*ImportRow, 0, len(rows))
	for _, place := range slices.Sorted(maps.Keys(rows)) {
		ordered = append(ordered, rows[place])
	}
	return ordered
}

// touched gives the places of the rows that a decision speaks of; ok is false where one of them is no row of the plan.
func (p *ImportPlan) touched(mend Mend) (places []int, ok bool) {
	switch {
	case mend.Kind == MendHidden:
		return p.placesWhere(func(row *ImportRow) bool { return row.Source.Hidden }), true
	case mend.Kind == MendAlike:
		return p.placesReading(mend.From, mend.Column), true
	case (mend.Kind == MendOrganization || mend.Kind == MendNewOrganization) && len(mend.Rows) == 0:
		if mend.Column != "" {
			return p.placesReading(mend.From, mend.Column), true
		}
		return p.placesReading(mend.From, "organization", "payer"), true
	}
	for _, number := range mend.Rows {
		place, there := slices.BinarySearchFunc(p.Rows, number, func(row *ImportRow, number int) int { return row.Source.Number - number })
		if !there {
			return nil, false
		}
		places = append(places, place)
	}
	slices.Sort(places)
	return slices.Compact(places), true
}

func (p *ImportPlan) placesWhere(fits func(row *ImportRow) bool) []int {
	var places []int
	for place, row := range p.Rows {
		if fits(row) {
			places = append(places, place)
		}
	}
	return places
}

// placesReading gives the rows of which a cell in one of the columns reads like from. A column says few things many times, so that
// each is read once.
func (p *ImportPlan) placesReading(from string, columns ...string) []int {
	var reads []func(row *ImportRow) bool
	for _, key := range columns {
		at := p.Form.Column(key)
		if at < 0 {
			continue
		}
		kind := p.Form.Columns[at].Kind
		wanted, known := reading(kind, SourceCell{Text: from, Kind: CellText}), map[SourceCell]bool{}
		reads = append(reads, func(row *ImportRow) bool {
			if at >= len(row.Source.Cells) {
				return false
			}
			fits, met := known[row.Source.Cells[at]]
			if !met {
				fits = reading(kind, row.Source.Cells[at]) == wanted
				known[row.Source.Cells[at]] = fits
			}
			return fits
		})
	}
	return p.placesWhere(func(row *ImportRow) bool {
		return slices.ContainsFunc(reads, func(read func(*ImportRow) bool) bool { return read(row) })
	})
}

// applyTo applies one more decision to rows at places, and gives them with all decisions.
func (p *ImportPlan) applyTo(places []int, mend Mend) ([]SourceRow, *decisions) {
	m := mending{form: p.Form, decisions: p.judged.decided.clone(), places: map[int]int{}, own: map[int]bool{}}
	for at, place := range places {
		m.rows = append(m.rows, p.Rows[place].Source)
		m.places[p.Rows[place].Source.Number] = at
	}
	m.apply(mend, p.Known)
	return m.rows, m.decisions
}

func (d *decisions) clone() *decisions {
	return &decisions{out: maps.Clone(d.out), hiddenOut: d.hiddenOut, named: maps.Clone(d.named), organizations: maps.Clone(d.organizations), cells: maps.Clone(d.cells)}
}

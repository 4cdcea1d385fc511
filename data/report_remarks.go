package data

// Calculation is a figure that others of a report give: what of a batch is left, who has not reached the goal.
type Calculation struct {
	Name       string
	Kind       FigureKind
	Value      int64
	From, Less string // the names of the figures: Value is From without Less
}

// calculations are by kind: the name, and the keys of the two figures.
var calculations = map[ReportKind][][3]string{
	ReportOrders: {{"批次剩余", "approved", figureRecharged}, {"还没开票", "approved", "invoiced"}},
	ReportPlan:   {{"还没缴费", "expected", "paid"}, {"还没充值", "expected", figureRecharged}, {"还没达标", "expected", "reached"}},
}

// Calculations gives what the report's totals leave over.
func (r Report) Calculations() []Calculation {
	kind := r.Query.Kind
	var list []Calculation
	for _, one := range calculations[kind] {
		if one[2] == figureRecharged && !r.Query.balanced() {
			continue
		}
		from, less := kind.Place(one[1]), kind.Place(one[2])
		figures := r.Query.Figures()
		list = append(list, Calculation{one[0], figures[from].Kind, r.Total[from] - r.Total[less], figures[from].Name, figures[less].Name})
	}
	return list
}

// Text writes the calculation with its two figures.
func (c Calculation) Text() string {
	return c.Name + " " + Figure{Kind: c.Kind}.Figure(c.Value) + " = " + c.From + " − " + c.Less
}

package app

import (
	"context"
	"maps"
	"path/filepath"
	"slices"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
)

// planImport reads a file under a form and judges its rows.
func (a *App) planImport(ctx context.Context, path string, form data.Form, options ImportOptions) (*data.ImportPlan, error) {
	defer spare(spareToPlan)()
	plan := &data.ImportPlan{Form: form, File: filepath.Base(path), PlanID: options.PlanID,
		CreateOrganizations: options.CreateOrganizations, DefaultOrganization: options.OrganizationID}
	known, err := a.known(ctx, plan)
	if err != nil {
		return nil, err
	}
	if err := a.readPlan(ctx, path, options, plan); err != nil {
		return nil, explain(data.OfFile(err, path))
	}
	return a.judged(ctx, plan, known)
}

// judged gives the plan with its rows judged.
func (a *App) judged(ctx context.Context, plan *data.ImportPlan, known *data.Known) (*data.ImportPlan, error) {
	next, err := plan.Judge(ctx, known, a.Today())
	return next, explain(err)
}

// known gives what a plan's rows are judged against: what it has already, where that is how things still stand.
func (a *App) known(ctx context.Context, plan *data.ImportPlan) (*data.Known, error) {
	var rules data.HoursRules
	if plan.Form.Key == data.HoursForm.Key {
		rules = a.HoursRules(ctx)
	}
	return query(a, ctx, func(tx *sqlite.Tx) (*data.Known, error) {
		version, err := tx.RosterVersion()
		if err != nil {
			return nil, err
		}
		if kept := plan.Known; kept != nil && kept.Version == version && kept.Rules == rules {
			return kept, nil
		}
		known := &data.Known{Version: version, Rules: rules, Mask: MaskIDNumber}
		if known.Tree, err = tree(tx); err != nil {
			return nil, err
		}
		if err := a.knowPeople(ctx, tx, known); err != nil || plan.Form.Key != data.HoursForm.Key {
			return known, err
		}
		return known, knowHours(tx, known, plan.PlanID)
	})
}

func (a *App) knowPeople(ctx context.Context, tx *sqlite.Tx, known *data.Known) error {
	count, err := tx.CountTrainees()
	if err != nil {
		return err
	}
	known.People = data.NewPeople(count)
	err = tx.EachTrainee(func(trainee data.Trainee) error {
		known.People.Add(trainee)
		if known.People.Count()%checkEvery == 0 {
			return ctx.Err()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return tx.EachAlias(func(number string, id int64) error {
		known.People.AddAlias(number, id)
		return nil
	})
}

func knowHours(tx *sqlite.Tx, known *data.Known, planID int64) error {
	if err := knowHoursPlan(tx, known, planID); err != nil {
		return err
	}
	known.Hours = data.NewHoursBook()
	return tx.EachHours(func(hours data.OfflineHours) error {
		known.Hours.Add(hours)
		return nil
	})
}

// knowHoursPlan finds the training plan that hours are tied to.
func knowHoursPlan(tx *sqlite.Tx, known *data.Known, planID int64) error {
	plans, err := tx.Plans()
	if err != nil {
		return err
	}
	for _, plan := range plans {
		if plan.ID == planID {
			known.Plan = plan
		}
	}
	if known.Plan.ID == 0 {
		return data.Refuse("plan-unknown", "plan", "还没有关联培训计划。", "请先选择线下学时属于哪个培训计划。").Because(data.ErrNotFound)
	}
	return nil
}

// headRows is how many rows with content are looked at for headers that a person chose or an earlier import remembers.
const headRows = 60

// readPlan reads a file's rows into the plan, under the columns that were chosen, remembered or found, in this order.
// A file that turns out damaged half-way leaves nothing.
func (a *App) readPlan(ctx context.Context, path string, options ImportOptions, plan *data.ImportPlan) error {
	book, err := excel.Open(path)
	if err != nil {
		return err
	}
	defer book.Close()
	table, err := a.findColumns(ctx, book, options, plan)
	if err != nil {
		return err
	}
	if table == nil {
		if table, err = book.TableAt(ctx, plan.ReadHeading()); err != nil {
			return err
		}
		plan.Found.Date1904, plan.Heading.Date1904 = table.Heading.Date1904, table.Heading.Date1904
	}
	table.Heading = plan.ReadHeading()
	kept := 0
	err = table.Each(ctx, func(row data.SourceRow) error {
		if kept += planned(row); kept > mostPlanned {
			return tooMuch(row.Number)
		}
		plan.Sources = append(plan.Sources, row)
		return step(ctx, options.Progress, len(plan.Sources), 0)
	})
	if err != nil {
		return err
	}
	if len(plan.Sources) == 0 {
		return data.Refuse("sheet-no-rows", "", "表头下面没有内容，一行也没有。", "请检查是不是选错了文件或工作表，或者名单还没有填。").
			In(data.Place{Sheet: plan.Heading.Sheet, Row: plan.Heading.Row})
	}
	plan.TakeSamples()
	return nil
}

// findColumns finds the headers and says which of the sheet's columns is which of the form's. It gives the table where the headers
// were found by themselves.
func (a *App) findColumns(ctx context.Context, book excel.Book, options ImportOptions, plan *data.ImportPlan) (*excel.Table, error) {
	if options.HeaderRow != 0 {
		return nil, a.columnsAt(ctx, book, options, plan)
	}
	table, err := book.Table(ctx, options.Sheet, plan.Form)
	if err != nil {
		if problem, ok := data.AsProblem(err); !ok || problem.Code != excel.CodeWrongSheet {
			return nil, err
		}
		if known, recalled := a.recallHeading(ctx, book, options, plan); known || recalled != nil {
			return nil, recalled
		}
		return nil, err
	}
	head, err := book.Head(ctx, table.Heading.Sheet, headRows)
	if err != nil {
		return nil, err
	}
	plan.Found, plan.Columns = table.Heading, columnsOf(table.Heading, head)
	return table, a.arrange(ctx, plan, options.Columns)
}

// columnsAt takes the headers from the row that a person named, or none where the sheet has none.
func (a *App) columnsAt(ctx context.Context, book excel.Book, options ImportOptions, plan *data.ImportPlan) error {
	head, err := book.Head(ctx, options.Sheet, headRows)
	if err != nil {
		return err
	}
	sheet := options.Sheet
	if sheet == "" && len(book.Sheets()) > 0 {
		sheet = book.Sheets()[0].Name
	}
	if options.HeaderRow == NoHeaders {
		head = append([]excel.HeadRow{{}}, head...)
	}
	for _, row := range head {
		if row.Number == max(0, options.HeaderRow) {
			plan.Found, plan.HeaderChosen = headingOf(plan.Form, sheet, row), true
			plan.Columns = columnsOf(plan.Found, head)
			return a.arrange(ctx, plan, options.Columns)
		}
	}
	return data.Refuse("header-row", "", "这一行没有内容，或者太靠下，不能当表头。", "请选择写着列名的那一行。")
}

// arrange says what becomes of the sheet's columns: as chosen, else as an earlier import had them, else as their headers say.
func (a *App) arrange(ctx context.Context, plan *data.ImportPlan, chosen map[int]string) error {
	if chosen == nil {
		var err error
		if chosen, err = a.recall(ctx, plan.Form, plan.Columns); err != nil {
			return err
		}
		plan.Remembered = chosen != nil
	}
	var err error
	plan.Heading, plan.Columns, err = plan.Form.Arrange(plan.Found, plan.Columns, chosen)
	return err
}

// headingOf makes of a row's texts the heading that its headers alone give.
func headingOf(form data.Form, sheet string, row excel.HeadRow) data.Heading {
	heading := data.Heading{Sheet: sheet, Row: row.Number, Columns: form.Matcher().Map(row.Texts), Headers: make([]string, len(form.Columns))}
	taken := map[int]bool{}
	for place, column := range heading.Columns {
		if column >= 0 {
			heading.Headers[place], taken[column] = data.CleanText(row.Texts[column]), true
		}
	}
	for column, text := range row.Texts {
		if text = data.CleanText(text); text != "" && !taken[column] && !data.IsBookkeeping(text) {
			heading.Unknown, heading.Strange = append(heading.Unknown, column), append(heading.Strange, text)
		}
	}
	return heading
}

// columnsOf lists every column of the sheet that has a header or anything in the first rows.
func columnsOf(found data.Heading, head []excel.HeadRow) []data.SheetColumn {
	headers := map[int]string{}
	for _, row := range head {
		for column, text := range row.Texts {
			if text = data.CleanText(text); text == "" || row.Number < found.Row {
				continue
			}
			if row.Number == found.Row {
				headers[column] = text
			} else if _, known := headers[column]; !known {
				headers[column] = ""
			}
		}
	}
	for place, column := range found.Columns {
		if column >= 0 {
			headers[column] = found.Headers[place]
		}
	}
	for place, column := range found.Unknown {
		headers[column] = found.Strange[place]
	}
	var columns []data.SheetColumn
	for _, column := range slices.Sorted(maps.Keys(headers)) {
		columns = append(columns, data.SheetColumn{Index: column, Header: headers[column]})
	}
	return columns
}

package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"peixun/data"
	"peixun/data/sqlite"
)

// SubmissionRequest says what a 报盘包 shall hold.
type SubmissionRequest struct {
	PlanID int64
	// Everything takes what the platform has already, too; else only what is new, changed or refused.
	Everything bool
	// WithoutFaulty leaves out the rows that have errors, where the package would be refused otherwise.
	WithoutFaulty bool
}

// SubmissionPlan is what a package would hold. Making one writes nothing.
type SubmissionPlan struct {
	Request  SubmissionRequest
	Plan     data.Plan
	Profile  data.Profile
	Number   string // that it would have
	Sequence int
	Items    []data.SubmissionItem
	// LeftOut are the rows with errors, and HeldBack what is not ready to be handed over.
	LeftOut  []data.SubmissionItem
	HeldBack []data.SubmissionProblem
	Gaps     []data.Problem // why nothing can be packed yet, whatever the rows say
	Previous *data.Submission
}

// Counts counts and sums the rows of each file, in the package's order.
func (p *SubmissionPlan) Counts() []data.SubmissionCount {
	var counts []data.SubmissionCount
	places := map[string]int{}
	for _, item := range p.Items {
		place, known := places[item.File]
		if !known {
			place = len(counts)
			places[item.File] = place
			counts = append(counts, data.SubmissionCount{File: item.File})
		}
		counts[place].Rows++
		for _, column := range data.SubmissionColumns(item.Kind) {
			if column.Sums {
				counts[place].Total += amountOf(item.Cells[column.Key])
			}
		}
	}
	return counts
}

// amountOf reads an amount that this program wrote; taken back, it is negative, which ParseMoney refuses.
func amountOf(text string) data.Money {
	sign := data.Money(1)
	if len(text) > 0 && text[0] == '-' {
		sign, text = -1, text[1:]
	}
	amount, err := data.ParseMoney(text)
	if err != nil {
		return 0
	}
	return sign * amount
}

// Blocked gives the first reason why the package cannot be written, or nil.
func (p *SubmissionPlan) Blocked() error {
	if len(p.Gaps) > 0 {
		return p.Gaps[0]
	}
	if faulty := p.faulty(); len(faulty) > 0 {
		first := faulty[0]
		return data.Refuse("package-faulty", "", fmt.Sprintf("有 %d 行还不能报，第一行：%s，%s", len(faulty), first.Label, errorsOf(first.Problems)[0].What),
			"请先改好，或者选择“不带有错误的行”。")
	}
	if len(p.Items) == 0 {
		return data.Refuse("package-empty", "", "没有要报的内容：上次报盘以后没有变化。", "资料有变化以后再做；要把全部内容重新报一次，请选择“全部内容”。")
	}
	return nil
}

func (p *SubmissionPlan) faulty() []data.SubmissionItem {
	var faulty []data.SubmissionItem
	for _, item := range p.Items {
		if len(errorsOf(item.Problems)) > 0 {
			faulty = append(faulty, item)
		}
	}
	return faulty
}

// PlanSubmission says what a plan's next package would hold, and why it cannot be written yet.
func (a *App) PlanSubmission(ctx context.Context, request SubmissionRequest) (*SubmissionPlan, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (*SubmissionPlan, error) { return a.planSubmission(ctx, tx, request) })
}

func (a *App) planSubmission(ctx context.Context, tx *sqlite.Tx, request SubmissionRequest) (*SubmissionPlan, error) {
	p := &SubmissionPlan{Request: request}
	plans, err := tx.Plans()
	if err != nil {
		return nil, err
	}
	for _, plan := range plans {
		if plan.ID == request.PlanID {
			p.Plan = plan
		}
	}
	if p.Plan.ID == 0 {
		return nil, data.Refuse("plan-unknown", "plan", "找不到这个培训计划。", "请刷新后重新选择。").Because(data.ErrNotFound)
	}
	if p.Profile, err = tx.Profile(); err != nil {
		return nil, err
	}
	p.Gaps = errorsOf(data.JudgeProfile(p.Profile))
	series := fmt.Sprintf("BP-%d", p.Plan.Year)
	last, err := tx.Last(series)
	if err != nil {
		return nil, err
	}
	p.Sequence = int(last) + 1
	p.Number = fmt.Sprintf("%s-%04d", series, p.Sequence)
	previous, err := tx.LastSubmission(p.Plan.ID)
	if err == nil {
		p.Previous = &previous
	} else if !errors.Is(err, data.ErrNotFound) {
		return nil, err
	}
	return p, p.fill(ctx, tx)
}

// fill gathers the rows and gives each its place.
func (p *SubmissionPlan) fill(ctx context.Context, tx *sqlite.Tx) error {
	c := collecting{tx: tx, request: p.Request, plan: p.Plan, everything: p.Request.Everything}
	var err error
	if c.tree, err = tree(tx); err != nil {
		return err
	}
	if err := c.collect(ctx); err != nil {
		return err
	}
	p.HeldBack = c.heldBack
	for _, item := range c.items {
		if p.Request.WithoutFaulty && len(errorsOf(item.Problems)) > 0 {
			p.LeftOut = append(p.LeftOut, item)
			continue
		}
		p.Items = append(p.Items, item)
	}
	return p.place(tx)
}

// rowsSetting is how many rows a sheet of a package has at the most; 0 means no limit.
const rowsSetting = "submission_rows"

// place numbers the rows and says in which file and row each one stands.
func (p *SubmissionPlan) place(tx *sqlite.Tx) error {
	text, err := tx.Setting(rowsSetting, "0")
	if err != nil {
		return err
	}
	most, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("setting %s: %w", rowsSetting, err)
	}
	head := map[string]int{}
	for file, form := range map[string]data.Form{data.RosterFile: data.TraineeForm, data.HoursFile: data.HoursForm} {
		template, err := tx.OfficialTemplate(form.Key)
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		head[file] = template.HeaderRow
	}
	counts := map[string]int{}
	for _, item := range p.Items {
		counts[item.File]++
	}
	seen := map[string]int{}
	for place := range p.Items {
		item := &p.Items[place]
		file, nth := item.File, seen[item.File]
		seen[file]++
		parts := data.SubmissionParts(file, counts[file], most)
		row := nth
		if len(parts) > 1 {
			row = nth % most
			item.File = parts[nth/most]
		}
		item.Place, item.Row = place+1, max(head[file], 1)+1+row
	}
	return nil
}

// SubmissionRows gives how many rows a package's sheet has at the most; 0 means no limit.
func (a *App) SubmissionRows(ctx context.Context) (int, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (int, error) {
		text, err := tx.Setting(rowsSetting, "0")
		if err != nil {
			return 0, err
		}
		return strconv.Atoi(text)
	})
}

// SetSubmissionRows stores how many rows a package's sheet has at the most; 0 takes the limit away.
func (a *App) SetSubmissionRows(ctx context.Context, most int) error {
	if most < 0 {
		return data.Refuse("submission-rows", "rows", "每个文件的行数不能小于 0。", "不限制请填 0。")
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.SetSetting(rowsSetting, strconv.Itoa(most)); err != nil {
			return err
		}
		return a.log(tx, user, "settings.edit", "报盘", fmt.Sprintf("报盘文件每个最多 %d 行（0 为不限制）", most))
	}, SettingsChanged)
}

// Submissions lists every package that was written, the newest first.
func (a *App) Submissions(ctx context.Context) ([]data.Submission, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Submission, error) { return tx.Submissions() })
}

// SentRows lists a package's rows, with the platform's answers.
func (a *App) SentRows(ctx context.Context, submissionID int64) ([]data.SentRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.SentRow, error) { return tx.SentRows(submissionID) })
}

// same tells whether a plan would still write the same package.
func (p *SubmissionPlan) same(other *SubmissionPlan) bool {
	return p.Number == other.Number && reflect.DeepEqual(p.Items, other.Items)
}

// WithdrawSubmission takes a package back that never reached the platform: what it held is to be handed over again. It needs a reason
// and fails with data.ErrWrongState where the platform has answered to one of its rows.
func (a *App) WithdrawSubmission(ctx context.Context, id int64, reason string) error {
	reason, err := judgeReason(reason, "请写明为什么撤销，例如“文件发错了”。")
	if err != nil {
		return err
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		submission, err := tx.Submission(id)
		if err != nil {
			return err
		}
		switch {
		case submission.WithdrawnAt != "":
			return data.Refuse("package-withdrawn", "", "报盘包 "+submission.Number+" 已经撤销过了。", "不用再撤销。").Because(data.ErrWrongState)
		case submission.Open() < submission.Rows:
			return data.Refuse("package-answered", "", "报盘包 "+submission.Number+" 已经登记过平台的结果，不能撤销。", "请先撤销登记的结果，或做一个新的报盘包。").Because(data.ErrWrongState)
		}
		if err := tx.WithdrawSubmission(id, reason, a.Now()); err != nil {
			return err
		}
		if err := tx.ReopenTrainees(id, a.Now()); err != nil {
			return err
		}
		rows, err := tx.SentRows(id)
		if err != nil {
			return err
		}
		items := make([]data.SubmissionItem, len(rows))
		for place, row := range rows {
			items[place] = row.Item
		}
		if err := a.carryOrders(tx, user, items, data.ActUnpack, "报盘包 "+submission.Number+" 已撤销，回到待提交"); err != nil {
			return err
		}
		return a.log(tx, user, "submission.withdraw", submission.Number, "撤销报盘："+reason)
	}, SubmissionsChanged, TraineesChanged, OrdersChanged)
}

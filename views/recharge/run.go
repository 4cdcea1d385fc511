package recharge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// manyPeople is from how many people on a run is shown with a bar and 取消.
const manyPeople = 500

// prepared is one run as the panel shows it. Its ID is made once, so that charging it twice charges nobody twice.
type prepared struct {
	run     data.RechargeRun
	preview data.RechargeResult
	balance data.Money
}

// chargeable tells whether the button may be pressed.
func (p *prepared) chargeable() bool {
	return p != nil && p.run.BatchID != 0 && p.priced() && p.preview.Count > 0 && p.preview.Left >= 0 && len(p.preview.Refused) == 0
}

// priced tells whether everybody has an amount.
func (p *prepared) priced() bool { return p.run.Amount > 0 || p.fromSheet() }

// fromSheet tells whether everybody's amount comes from a sheet.
func (p *prepared) fromSheet() bool {
	return len(p.run.Amounts) > 0 && len(p.run.Amounts) == len(p.run.Trainees)
}

// prepare asks what a run of the ticked people would do. Until the answer has come nothing can be charged.
func (s *Screen) prepare() {
	amount, _ := s.panel.enteredAmount()
	run := data.RechargeRun{ID: app.NewRunID(), BatchID: s.batch.ID, Amount: amount, Trainees: s.table.Ticked(), WithUnreported: s.withUnreported}
	if s.amounts != nil {
		run.Amounts = maps.Clone(s.amounts)
		maps.DeleteFunc(run.Amounts, func(id int64, _ data.Money) bool { return !s.table.IsTicked(id) })
	}
	s.ready = nil
	s.panel.setButton()
	desk.Load(s.desk, &s.preparing, func(ctx context.Context) (*prepared, error) {
		ready := &prepared{run: run}
		var err error
		if ready.balance, err = s.service.Balances(ctx, run.Trainees); err != nil || run.BatchID == 0 {
			return ready, err
		}
		ready.preview, err = s.service.PreviewRecharge(ctx, run)
		return ready, err
	}, func(ready *prepared) {
		s.ready = ready
		s.footer.set(len(run.Trainees), s.hidden(), len(s.eligible), s.rows.Len(), s.found.spent(), ready.balance)
		s.panel.showPrepared()
	})
}

// hidden counts the ticked people whom the filters do not show.
func (s *Screen) hidden() int {
	count := s.table.TickedCount()
	for _, id := range s.eligible {
		if s.table.IsTicked(id) {
			count--
		}
	}
	return count
}

// affordable gives as many of the ticked people, in the list's order, as the batch has money for.
func (s *Screen) affordable() []int64 {
	left := s.batch.Left()
	var people []int64
	for _, id := range s.ready.run.Trainees {
		if left -= s.ready.run.AmountFor(id); left < 0 {
			break
		}
		people = append(people, id)
	}
	return people
}

// chargeFirst charges whom the batch has money for. The others stay ticked for the next batch: a run has one batch, as on the platform.
func (s *Screen) chargeFirst() {
	s.waiting = s.ready.run.Trainees
	s.table.SetTicked(s.affordable()...)
	s.prepare()
	s.desk.Toast(fmt.Sprintf("先充 %s 人；充完会自动勾选其余的人，换下一个批次接着充。", desk.Thousands(s.table.TickedCount())))
}

// charge does what the panel shows, once.
func (s *Screen) charge() {
	if s.running || !s.ready.chargeable() {
		return
	}
	s.do(s.ready.run, s.batch.Number)
}

// do runs a recharge. Its ID is written down before and kept until the answer is known, also over a restart.
func (s *Screen) do(run data.RechargeRun, batch string) {
	var result data.RechargeResult
	var failure error
	work := func(ctx context.Context, progress app.Progress) error {
		if failure = s.service.KeepRecharge(ctx, run); failure == nil {
			result, failure = s.service.Recharge(ctx, run, false, progress)
		}
		if answered(failure) {
			if err := s.service.ForgetRecharge(context.WithoutCancel(ctx), run.ID); err != nil {
				slog.Warn("an open run is not forgotten; it will be told of again", "cause", err)
			}
		}
		return nil
	}
	s.running = true
	s.panel.setButton()
	done := func() {
		s.running = false
		s.charged(result, batch, failure)
	}
	if len(run.Trainees) < manyPeople {
		s.desk.Do(func(ctx context.Context) error { return work(ctx, nil) }, done)
		return
	}
	s.desk.Work(fmt.Sprintf("正在给 %s 人充值", desk.Thousands(len(run.Trainees))), work, done)
}

// answered tells whether it is certain what became of a run: it was done, or refused or cancelled with nothing stored. After a failure
// of the disk nobody knows.
func answered(failure error) bool {
	problem, known := data.AsProblem(failure)
	return failure == nil || errors.Is(failure, context.Canceled) || known && problem.Code != "database-unwritable" && problem.Code != "database-damaged"
}

// charged tells how a run ended. After a failure the same run can be tried again under its own ID.
func (s *Screen) charged(result data.RechargeResult, batch string, failure error) {
	switch {
	case errors.Is(failure, context.Canceled):
		ui.ShowToast(s.desk.Window, ui.Toast{Text: "已取消，没有给任何人充值。", Tone: ui.ToneNeutral})
		s.panel.setButton()
		return
	case failure != nil:
		s.panel.setButton()
		s.desk.Fail(failure)
		return
	}
	text := fmt.Sprintf("已给 %s 人充值，共 %s 元；批次 %s 剩余 %s 元。", desk.Thousands(result.Count), result.Total, batch, result.Left)
	if result.Already {
		text = "这次充值已经完成过，没有重复充值。"
	}
	run := data.RechargeQuery{RunID: result.RunID}
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "查看明细", OnAction: func() { s.desk.Go(desk.Ledger, run) }})
	s.table.SetTicked(s.waiting...)
	if s.waiting == nil {
		s.amounts = nil
		s.panel.showAmount()
	}
	s.waiting = nil
	s.reload()
}

// recall tells of runs whose answer did not come before the program stopped, one after the other.
func (s *Screen) recall() {
	desk.Load(s.desk, &s.recalling, s.service.RechargeDrafts, func(drafts []app.RechargeDraft) {
		if len(drafts) > 0 && !s.running {
			s.offer(drafts[0])
		}
	})
}

// offer says what became of a run and asks what to do with one that did nothing.
func (s *Screen) offer(draft app.RechargeDraft) {
	forget := func() {
		s.desk.Do(func(ctx context.Context) error { return s.service.ForgetRecharge(ctx, draft.Run.ID) }, s.recall)
	}
	if draft.Done != nil {
		dialog := ui.NewDialog(s.desk.Window, "上次的充值已经完成")
		dialog.Text = fmt.Sprintf("上次程序关闭前的充值已经成功：%s 人，共 %s 元。不用再充，没有人被重复充值。", desk.Thousands(draft.Done.Count), draft.Done.Total)
		dialog.NoCancel = true
		dialog.OnCancel = forget
		dialog.SetDefault("知道了", func() bool { forget(); return true })
		dialog.Show()
		return
	}
	var total data.Money
	for _, id := range draft.Run.People() {
		total += draft.Run.AmountFor(id)
	}
	count := desk.Thousands(len(draft.Run.People()))
	dialog := ui.NewDialog(s.desk.Window, "上次的充值没有完成")
	dialog.Text = fmt.Sprintf("上次要给 %s 人充值，共 %s 元，程序在完成前关闭了，没有给任何人充值。可以接着充，也可以不充。", count, total)
	dialog.CancelLabel = "不充了"
	dialog.OnCancel = forget
	dialog.SetDefault(fmt.Sprintf("接着充值 %s 人", count), func() bool {
		s.do(draft.Run, s.numberOf(draft.Run.BatchID))
		return true
	})
	dialog.Show()
}

// numberOf names a batch that the panel lists.
func (s *Screen) numberOf(batchID int64) string {
	for _, batch := range s.found.batches {
		if batch.ID == batchID {
			return batch.Number
		}
	}
	return ""
}

// sentence says what the plan's batches still hold and for how many that is.
func sentence(found listed) string {
	own := false
	for _, batch := range found.batches {
		own = own || batch.PlanID == found.home.Plan.ID
	}
	people := app.Chargeable(found.home)
	switch {
	case !own:
		return "为学员充值学习卡。还没有审核通过的批次。"
	case found.home.Left == 0:
		return "为学员充值学习卡。审核通过的批次已经用完。"
	case people == 0 && found.home.Uncharged == 0:
		return fmt.Sprintf("为学员充值学习卡。启用的学员都已充值，批次还剩 %s 元。", found.home.Left)
	}
	return fmt.Sprintf("为学员充值学习卡。审核通过的批次还剩 %s 元，可充 %s 人。", found.home.Left, desk.Thousands(people))
}

// yearName shortens a plan to 2022年计划.
func yearName(year int) string { return fmt.Sprintf("%d年计划", year) }

// monthDay shortens a moment to 05-20.
func monthDay(at data.Moment) string {
	if at == "" {
		return ""
	}
	return string(at)[len("2006-"):len("2006-01-02")]
}

// unreportedBox lets people be charged of whom the platform is not known to have heard; it stands only where that matters.
func (s *Screen) unreportedBox() *ui.Checkbox {
	box := ui.NewCheckbox("也给平台上还没有的学员充值", func(checked bool) {
		s.withUnreported = checked
		s.reload()
	})
	box.Hide()
	return box
}

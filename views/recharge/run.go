package recharge

import (
	"context"
	"errors"
	"fmt"

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
	return p != nil && p.run.BatchID != 0 && p.run.Amount > 0 && p.preview.Count > 0 && p.preview.Left >= 0 && len(p.preview.Refused) == 0
}

// prepare asks what a run of the ticked people would do. Until the answer has come nothing can be charged.
func (s *Screen) prepare() {
	amount, _ := s.panel.enteredAmount()
	run := data.RechargeRun{ID: app.NewRunID(), BatchID: s.batch.ID, Amount: amount, Trainees: s.table.Ticked()}
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
		s.footer.set(len(run.Trainees), s.hidden(), len(s.eligible), s.rows.Len(), ready.balance)
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

// charge does what the panel shows, once.
func (s *Screen) charge() {
	if s.running || !s.ready.chargeable() {
		return
	}
	run, number := s.ready.run, s.batch.Number
	var result data.RechargeResult
	var failure error
	work := func(ctx context.Context, progress app.Progress) error {
		result, failure = s.service.Recharge(ctx, run, false, progress)
		return nil
	}
	s.running = true
	s.panel.setButton()
	done := func() {
		s.running = false
		s.charged(result, number, failure)
	}
	if len(run.Trainees) < manyPeople {
		s.desk.Do(func(ctx context.Context) error { return work(ctx, nil) }, done)
		return
	}
	s.desk.Work(fmt.Sprintf("正在给 %s 人充值", desk.Thousands(len(run.Trainees))), work, done)
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
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "查看明细", OnAction: func() { s.desk.Go(desk.Ledger, batch) }})
	s.table.SetTicked()
	s.reload()
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

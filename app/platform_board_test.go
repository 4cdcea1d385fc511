package app_test

import (
	"fmt"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// boardOf writes the board: 学员 held/pending/sent/accepted/refused → step.
func boardOf(t testing.TB, h *apptest.Hospital) map[data.SubjectKind]string {
	t.Helper()
	lines := map[data.SubjectKind]string{}
	for _, l := range got[[]data.PlatformLine](t)(h.PlatformBoard(ctx, h.Plan.ID)) {
		lines[l.Subject] = fmt.Sprintf("%d/%d/%d/%d/%d %s", l.Held, l.Pending, l.Sent, l.Accepted, l.Refused, l.Next)
	}
	return lines
}

func expectBoard(t testing.TB, h *apptest.Hospital, when string, want map[data.SubjectKind]string) {
	t.Helper()
	got := boardOf(t, h)
	for subject, line := range want {
		if got[subject] != line {
			t.Errorf("%s: %s %s, want %s", when, subject, got[subject], line)
		}
	}
}

func TestBoardFollowsThePackageAndItsAnswers(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	people := h.People("")
	paid := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 4)
	h.Charge("2022-04-20 09:00:00", paid.BatchNumber, people[:2]...)
	got[data.HoursChange](t)(h.AddHours(ctx, training(h, nil, people[0])))
	ready := got[data.Order](t)(h.ReadyOrder(ctx, h.Draft("2022-06-14 10:26:00", 2).ID))
	h.Draft("2022-06-15 10:26:00", 1)
	expectBoard(t, h, "before", map[data.SubjectKind]string{
		data.SubjectTrainee: "0/4/0/0/0 生成报盘包", data.SubjectRecharge: "0/2/0/0/0 生成报盘包", data.SubjectHours: "0/1/0/0/0 生成报盘包",
		data.SubjectOrder: "1/1/0/1/0 生成报盘包", data.SubjectBatch: "2/0/0/1/0 填好列入待报", data.SubjectInvoice: "1/1/1/0/0 生成报盘包",
	})
	made, _ := packed(t, h, app.SubmissionRequest{})
	expectBoard(t, h, "packed", map[data.SubjectKind]string{
		data.SubjectTrainee: "0/0/4/0/0 登记回盘", data.SubjectRecharge: "0/0/2/0/0 登记回盘", data.SubjectHours: "0/0/1/0/0 登记回盘",
		data.SubjectOrder: "1/0/1/1/0 登记回盘", data.SubjectBatch: "1/0/1/1/0 登记回盘", data.SubjectInvoice: "1/0/2/0/0 登记发票",
	})
	path := csv(t, "本地编号,结果,原因", data.LocalID(made.Number, 1)+",失败,身份证号与姓名不一致")
	plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, path, app.ReplyOptions{SubmissionID: made.ID, RestAccepted: true, Kind: data.SubjectTrainee}))
	got[app.ReplyResult](t)(h.CommitReply(ctx, plan))
	expectBoard(t, h, "answered", map[data.SubjectKind]string{data.SubjectTrainee: "0/0/0/3/1 照意见改好"})
	got[data.Order](t)(h.SubmitOrder(ctx, ready.ID))
	got[data.Order](t)(h.RejectOrder(ctx, ready.ID, "看不清", ""))
	expectBoard(t, h, "rejected", map[data.SubjectKind]string{data.SubjectOrder: "1/0/0/1/1 照意见改好"})
	for _, line := range got[[]data.PlatformLine](t)(h.PlatformBoard(ctx, h.Plan.ID)) {
		if line.Subject == data.SubjectTrainee && line.Hindrance == "" {
			t.Error("nothing tells why a person was refused")
		}
	}
	submission := got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID}))
	for _, line := range got[[]data.PlatformLine](t)(h.PlatformBoard(ctx, h.Plan.ID)) {
		if line.Subject == data.SubjectTrainee && len(submission.Items) != line.Pending+line.Refused {
			t.Errorf("the package would hold %d, the board says %+v", len(submission.Items), line)
		}
	}
}

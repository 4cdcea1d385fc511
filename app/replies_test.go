package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// reply records an answer that stands in a file, and gives the result.
func reply(t testing.TB, h *apptest.Hospital, path string, options app.ReplyOptions) app.ReplyResult {
	t.Helper()
	plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, path, options))
	return got[app.ReplyResult](t)(h.CommitReply(ctx, plan))
}

// due lists what the next package would hold, with why.
func due(t testing.TB, h *apptest.Hospital) string {
	t.Helper()
	var words []string
	for _, item := range got[*app.SubmissionPlan](t)(h.PlanSubmission(ctx, app.SubmissionRequest{PlanID: h.Plan.ID})).Items {
		words = append(words, item.File+" "+item.Label+" "+string(item.Novelty))
	}
	return strings.Join(words, "\n")
}

func TestSecondPackageHoldsExactlyWhatWasRefused(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	ids, people := column(t, sheets[data.RosterFile], data.LocalIDHeader), column(t, sheets[data.RosterFile], "姓名")
	lines := []string{"本地编号,姓名,导入结果,失败原因"}
	for place := range ids {
		if place == 2 || place == 4 {
			lines = append(lines, ids[place]+","+people[place]+",失败,身份证号 110101199003070011 与姓名不一致")
			continue
		}
		lines = append(lines, ids[place]+","+people[place]+",成功,")
	}
	// However the platform sorts them.
	slices.Reverse(lines[1:])
	result := reply(t, h, csv(t, lines...), app.ReplyOptions{SubmissionID: made.ID})
	if result.Accepted != 4 || result.Refused != 2 {
		t.Errorf("result: %+v", result)
	}
	if states := platformStates(t, h); states != "平台已导入 4, 平台失败 2" {
		t.Errorf("people are %s", states)
	}
	failed := got[[]int64](t)(h.TraineeIDs(ctx, data.TraineeQuery{Platform: data.PlatformFailed}))
	if reason := got[data.Trainee](t)(h.Trainee(ctx, failed[0])).PlatformReason; !strings.Contains(reason, "与姓名不一致") || strings.Contains(reason, "110101199003070011") {
		t.Errorf("the reason is kept as %q", reason)
	}
	_, second := packed(t, h, app.SubmissionRequest{})
	if names := column(t, second[data.RosterFile], "姓名"); strings.Join(names, " ") != people[2]+" "+people[4] {
		t.Errorf("the second package holds %q, want %s and %s", names, people[2], people[4])
	}
	healthy(t, h.App)
}

func TestSameReplyTwiceChangesNothing(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	path := csv(t, "身份证号,结果", column(t, sheets[data.RosterFile], "身份证号")[0]+",成功")
	options := app.ReplyOptions{SubmissionID: made.ID}
	if result := reply(t, h, path, options); result.Accepted != 1 {
		t.Errorf("first: %+v", result)
	}
	if result := reply(t, h, path, options); result.Accepted != 0 || result.Unchanged != 1 {
		t.Errorf("again: %+v", result)
	}
}

func TestErrorReportNamesRowsOfTheFile(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	people := column(t, sheets[data.RosterFile], "姓名")
	options := app.ReplyOptions{SubmissionID: made.ID, Kind: data.SubjectTrainee, RestAccepted: true}
	plan := got[*app.ReplyPlan](t)(h.PlanReplyText(ctx, "导入失败！\n第 3 行：身份证号不正确\n第６行，手机号重复\n共 2 行有错误", options))
	if accepted, refusedRows, unclear := plan.Count(); accepted != 3 || refusedRows != 2 || unclear != 0 {
		t.Errorf("plan: %d accepted, %d refused, %d unclear", accepted, refusedRows, unclear)
	}
	if plan.Rows[0].Sent.Item.Cells["name"] != people[1] || plan.Rows[1].Sent.Item.Cells["name"] != people[4] {
		t.Errorf("rows 3 and 6 are taken for %s and %s, want %s and %s", plan.Rows[0].Label(), plan.Rows[1].Label(), people[1], people[4])
	}
	got[app.ReplyResult](t)(h.CommitReply(ctx, plan))
	if states := platformStates(t, h); states != "平台已导入 3, 平台失败 2" {
		t.Errorf("people are %s", states)
	}
	_, err := h.PlanReplyText(ctx, "导入成功", options)
	refused(t, err, "reply-text")
}

func TestRowsAreFoundAfterPeopleWereAddedAndSorted(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	numbers, people := column(t, sheets[data.RosterFile], "身份证号"), column(t, sheets[data.RosterFile], "姓名")
	// The roster goes on growing while the platform works; the package's rows stay what they were.
	importFile(t, h.App, csv(t, "姓名,身份证号,手机号,组织机构", "阿新,"+datatest.IDNumber(77)+",13900000077,信息中心"), app.ImportOptions{})
	path := csv(t, "行号,身份证号,错误信息", "5,"+numbers[0]+",重复", "2,"+numbers[3]+",重复")
	plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, path, app.ReplyOptions{SubmissionID: made.ID}))
	for place, want := range map[int]string{0: people[0], 1: people[3]} {
		row := plan.Rows[place]
		if !row.Counts() || row.Sent.Item.Cells["name"] != want || row.Problem == nil || row.Problem.Code != "row-differs" {
			t.Errorf("row %d is %s with %v, want %s by the number and a warning", place, row.Label(), row.Problem, want)
		}
	}
}

func TestRowsThatAreNotOfThePackageAreTold(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	first, sheets := packed(t, h, app.SubmissionRequest{})
	second, _ := packed(t, h, app.SubmissionRequest{Everything: true})
	numbers, people := column(t, sheets[data.RosterFile], "身份证号"), column(t, sheets[data.RosterFile], "姓名")
	for name, c := range map[string]struct{ header, line, code string }{
		"another package's row": {"本地编号,结果", data.LocalID(first.Number, 1) + ",成功", "other-package"},
		"no local id":           {"本地编号,结果", "14,成功", "local-id-unknown"},
		"a stranger":            {"身份证号,结果", datatest.IDNumber(99) + ",成功", "sent-unknown"},
		"another name":          {"姓名,身份证号,结果", "别人," + numbers[0] + ",成功", "sent-other-name"},
		"an unknown word":       {"姓名,结果", people[0] + ",也许", "answer-unknown"},
		"no reason":             {"姓名,结果", people[0] + ",失败", "reason-missing"},
		"no answer yet":         {"姓名,结果", people[0] + ",", "answer-missing"},
		"a row past the end":    {"行号,原因", "77,重复", "sent-unknown"},
	} {
		plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, csv(t, c.header, c.line), app.ReplyOptions{SubmissionID: second.ID}))
		if problem := plan.Rows[0].Problem; problem == nil || problem.Code != c.code || problem.What == "" || problem.Fix == "" {
			t.Errorf("%s: %v, want %s", name, problem, c.code)
		}
		unchanged(t, h.App, func() { got[app.ReplyResult](t)(h.CommitReply(ctx, plan)) }, "trainee", "submission_row")
	}
	_, err := h.PlanReply(ctx, csv(t, "颜色,大小", "红,大"), app.ReplyOptions{SubmissionID: second.ID})
	refused(t, err, "reply-headers")
	must(t, h.WithdrawSubmission(ctx, second.ID, "发错了"))
	_, err = h.PlanReply(ctx, csv(t, "姓名,结果", people[0]+",成功"), app.ReplyOptions{SubmissionID: second.ID})
	refused(t, err, "package-withdrawn")
}

func TestReplyBringsOrdersAndRechargesForward(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	paid := h.Approved("2022-03-09 10:00:00", "2022-03-12 09:00:00", 4)
	h.Charge("2022-03-15 09:00:00", paid.BatchNumber, h.People("")[:2]...)
	one, other := h.Submitted("2022-06-01 10:00:00", 2), h.Submitted("2022-06-02 10:00:00", 1)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	numbers := column(t, sheets[data.RechargeFile], "身份证号")
	result := reply(t, h, csv(t, "订单号,审核结果,审核意见,审核时间,批次号,发票号码,开票日期",
		one.Number+",审核通过,,2022-06-16 10:00:00,XK-9,22112000000041860935,2022-06-16", other.Number+",审核驳回,凭证看不清,2022-06-16 11:00:00,,,"), app.ReplyOptions{SubmissionID: made.ID})
	if result.Accepted != 1 || result.Refused != 1 || len(result.Orders) != 0 {
		t.Fatalf("orders: %+v", result)
	}
	one, other = got[data.Order](t)(h.Order(ctx, one.ID)), got[data.Order](t)(h.Order(ctx, other.ID))
	if one.Review != data.ReviewApproved || one.BatchNumber != "XK-9" || one.Invoice.State != data.InvoiceIssued || other.Review != data.ReviewRejected || other.ReviewNote != "凭证看不清" {
		t.Errorf("orders: %s %s %s; %s %q", one.Review, one.BatchNumber, one.Invoice.State, other.Review, other.ReviewNote)
	}
	result = reply(t, h, csv(t, "身份证号,结果,原因", numbers[0]+",成功,", numbers[1]+",失败,学员不存在"), app.ReplyOptions{SubmissionID: made.ID, Kind: data.SubjectRecharge})
	if result.Accepted != 1 || result.Refused != 1 {
		t.Errorf("recharges: %+v", result)
	}
	if batch := got[data.CardBatch](t)(h.BatchByNumber(ctx, paid.BatchNumber)); batch.Used != 40_00 {
		t.Errorf("the batch has used %s; the refused recharge must have given its money back", batch.Used)
	}
	healthy(t, h.App)
}

func TestSomebodyRenamedMeanwhileIsReportedAgain(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	numbers := column(t, sheets[data.RosterFile], "身份证号")
	id := got[[]int64](t)(h.TraineeIDs(ctx, data.TraineeQuery{IDNumber: numbers[0]}))[0]
	got[data.ImportRow](t)(h.EditTrainee(ctx, id, map[string]string{"name": "新名字", "id_number": numbers[0], "mobile": "13912345678"}))
	reply(t, h, csv(t, "身份证号,结果", numbers[0]+",成功", numbers[1]+",成功"), app.ReplyOptions{SubmissionID: made.ID})
	if states := platformStates(t, h); states != "待报 1, 平台已导入 1" {
		t.Errorf("people are %s", states)
	}
	if words := due(t, h); !strings.HasPrefix(words, data.ChangesFile+" 新名字（") || !strings.HasSuffix(words, "更正") {
		t.Errorf("the next package holds %s", words)
	}
	_, next := packed(t, h, app.SubmissionRequest{})
	if words := column(t, next[data.ChangesFile], "变更内容"); !strings.Contains(words[0], "姓名：") || !strings.Contains(words[0], "→ 新名字") {
		t.Errorf("变更内容 says %q", words)
	}
}

func TestAnswersOfPeopleCanBeTakenBack(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	reply(t, h, csv(t, "姓名,错误原因", column(t, sheets[data.RosterFile], "姓名")[0]+",不对"), app.ReplyOptions{SubmissionID: made.ID, RestAccepted: true})
	must(t, h.ReopenSent(ctx, got[[]data.SentRow](t)(h.SentRows(ctx, made.ID))))
	if states := platformStates(t, h); states != "已报盘 2" {
		t.Errorf("people are %s", states)
	}
	refused(t, h.WithdrawSubmission(ctx, made.ID, ""), "reason-missing")
	must(t, h.WithdrawSubmission(ctx, made.ID, "重来"))
}

// TestOpenedSheetComesBack proves that a package's own sheet, opened and saved with a result in another column, is understood.
func TestOpenedSheetComesBack(t *testing.T) {
	h := apptest.NewHospital(t, 12)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	rows := sheets[data.RosterFile]
	lines := []string{"某平台导入错误报告", strings.Join(append(rows[0], "错误原因"), ",")}
	for place, row := range rows[1:] {
		if place%5 == 0 {
			cells := make([]string, len(rows[0]))
			copy(cells, row)
			lines = append(lines, strings.Join(append(cells, fmt.Sprintf("第%d行重复", place+2)), ","))
		}
	}
	path := filepath.Join(t.TempDir(), "错误报告.csv")
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600))
	result := reply(t, h, path, app.ReplyOptions{SubmissionID: made.ID, RestAccepted: true})
	if result.Refused != 3 || result.Accepted != 9 {
		t.Errorf("result: %+v", result)
	}
}

// recharged charges the first people from a batch of their own.
func recharged(h *apptest.Hospital, people int) {
	batch := h.Approved("2022-03-09 15:21:16", "2022-03-12 09:00:00", people).BatchNumber
	h.Charge("2022-03-15 09:00:00", batch, h.People("")[:people]...)
}

func TestAnswerAboutTraineesIsKnownAsSuch(t *testing.T) {
	h := apptest.NewHospital(t, 4)
	recharged(h, 2)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	numbers := column(t, sheets[data.RosterFile], "身份证号")
	lines := []string{"身份证号,结果"}
	for _, number := range numbers {
		lines = append(lines, number+",成功")
	}
	plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, csv(t, lines...), app.ReplyOptions{SubmissionID: made.ID}))
	if accepted, _, unclear := plan.Count(); plan.Subject != data.SubjectTrainee || accepted != 4 || unclear != 0 {
		t.Errorf("read as an answer to %q: %d accepted, %d unclear; two of the four were recharged too", plan.Subject, accepted, unclear)
	}
	plan = got[*app.ReplyPlan](t)(h.PlanReply(ctx, csv(t, "身份证号,结果", column(t, sheets[data.RechargeFile], "身份证号")[0]+",成功"), app.ReplyOptions{SubmissionID: made.ID}))
	if _, _, unclear := plan.Count(); plan.Subject != "" || unclear != 1 {
		t.Errorf("an answer that may be to either is taken as one to %q, %d unclear", plan.Subject, unclear)
	}
}

func TestRowsOfTheSheetThatWasReallyUploaded(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	recharged(h, 1)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	ids, people := column(t, sheets[data.RosterFile], data.LocalIDHeader), column(t, sheets[data.RosterFile], "姓名")
	lines := []string{"姓名," + data.LocalIDHeader}
	for place := range ids {
		lines = append(lines, people[place]+","+ids[place])
	}
	slices.Reverse(lines[1:])
	lines = slices.Insert(lines, 3, "手工加的人,")
	errors := csv(t, "行号,错误信息", "2,手机号重复", "5,重名", "4,这一行是手工加的")
	plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, errors, app.ReplyOptions{SubmissionID: made.ID, Uploaded: csv(t, lines...)}))
	for place, want := range []string{people[4], people[2], ""} {
		if row := plan.Rows[place]; want == "" && row.Sent != nil || want != "" && (row.Sent == nil || row.Sent.Item.Cells["name"] != want) {
			t.Errorf("row %d is %s, want %q", row.SentRow, row.Label(), want)
		}
	}
	_, err := h.PlanReply(ctx, errors, app.ReplyOptions{SubmissionID: made.ID, Uploaded: csv(t, data.LocalIDHeader, "BP-2022-0009-00001")})
	refused(t, err, "uploaded-other")
	_, err = h.PlanReply(ctx, errors, app.ReplyOptions{SubmissionID: made.ID, Uploaded: csv(t, "姓名", people[0])})
	refused(t, err, "uploaded-ids")
}

func TestSavedErrorPageIsRead(t *testing.T) {
	h := apptest.NewHospital(t, 5)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	people, numbers := column(t, sheets[data.RosterFile], "姓名"), column(t, sheets[data.RosterFile], "身份证号")
	page := csv(t, "导入失败，共 4 行有错误", "第2行、第 3 行：手机号重复，请核对", "第5,6行 工作单位不存在", "证件号"+numbers[2]+"的学员已存在")
	plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, page, app.ReplyOptions{SubmissionID: made.ID}))
	var read []string
	for _, row := range plan.Rows {
		read = append(read, fmt.Sprint(row.Row, " ", row.Sent.Item.Cells["name"], " ", row.Reason))
	}
	want := []string{"2 " + people[0] + " 手机号重复，请核对", "2 " + people[1] + " 手机号重复，请核对", "3 " + people[3] + " 工作单位不存在", "3 " + people[4] + " 工作单位不存在",
		"4 " + people[2] + " 证件号的学员已存在"}
	if strings.Join(read, "\n") != strings.Join(want, "\n") {
		t.Errorf("read\n%s\nwant\n%s", strings.Join(read, "\n"), strings.Join(want, "\n"))
	}
}

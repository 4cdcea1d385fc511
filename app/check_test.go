package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// fullYear is a hospital in which every table holds something: two approved orders with batches, recharges, a reversal, invoices, hours, letters.
func fullYear(t testing.TB) *apptest.Hospital {
	t.Helper()
	h := apptest.NewHospital(t, 6)
	for place := range 2 {
		order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 6)
		h.Charge("2022-04-14 09:00:00", order.BatchNumber, h.People("")[place*2:place*2+2]...)
		got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, fmt.Sprintf("04400210011%d", place), "2022-06-17"))
		got[data.InvoiceFile](t)(h.AttachInvoiceFile(ctx, order.ID, pictureFile(t, "发票.xml", electronicInvoice(place))))
		got[data.InvoiceProfile](t)(h.SaveInvoiceProfile(ctx, data.InvoiceProfile{Name: fmt.Sprint("资料", place), Invoice: order.Invoice}))
		letter := got[app.MadeLetter](t)(h.MakeLetter(ctx, order.ID))
		got[data.LetterScan](t)(h.AddLetterScan(ctx, letter.ID, pictureFile(t, "回签.png", pixels(t, 40+place, 60))))
	}
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 2, "充错了"))
	got[data.AnswerResult](t)(h.RecordAnswers(ctx, []data.EntryAnswer{{EntryID: 1, Answer: data.AnswerSucceeded}}))
	plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, "姓名,身份证号,培训名称,开始日期,结束日期,学时,备注,讲师",
		datatest.Name(1)+","+datatest.IDNumber(1)+",讲座,2022-05-09,2022-05-09,4,附签到表,周奕",
		datatest.Name(2)+","+datatest.IDNumber(2)+",讲座,2022-05-09,2022-05-09,4,附签到表,周奕"), app.ImportOptions{PlanID: h.Plan.ID}))
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))
	for place, person := range h.People("")[1:3] {
		record := hoursOf(t, h, person)[0]
		got[data.HoursChange](t)(h.EditHours(ctx, record.ID, app.HoursEntry{PlanID: h.Plan.ID, TraineeIDs: []int64{person},
			Cells: map[string]string{"title": record.Title, "starts_on": "2022-05-09", "ends_on": "2022-05-09", "hours": "5", "remark": record.Remark}}))
		got[data.HoursPaper](t)(h.AddHoursFile(ctx, record.ID, pictureFile(t, "证明.png", pixels(t, 50+place, 60))))
	}
	importFile(t, h.App, csv(t, "姓名,身份证号,备注", datatest.Name(1)+","+datatest.IDNumber(1)+",走读", datatest.Name(2)+","+datatest.IDNumber(2)+",住校"), app.ImportOptions{})
	people := h.People("")
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, people[5:], data.TraineeDisabled))
	got[data.MergeResult](t)(h.MergeTrainees(ctx, data.MergeRequest{Keep: people[3], Drop: people[4:5]}))
	bankLines(t, h, "2022-03-10,240.00,国培网(北京)教育科技有限公司,110060593018800003058")
	template := filepath.Join(t.TempDir(), "模板.xlsx")
	must(t, h.SaveTemplate(template, data.TraineeForm))
	must(t, h.KeepOfficialTemplate(ctx, got[data.OfficialTemplate](t)(h.ReadOfficialTemplate(ctx, template, data.TraineeForm, app.ImportOptions{}))))
	packed(t, h, app.SubmissionRequest{})
	return h
}

// nonsense is what a stranger or a bug could leave in the file, and which lines of 数据体检 must tell of it; other lines may too.
var nonsense = []struct {
	name       string
	statements []string
	broken     string
}{
	{"a batch worth more than its order", []string{"UPDATE card_batch SET face = face + 1 WHERE id = 1"}, "批次合计等于订单的批准金额"},
	{"a batch that is gone", []string{"DELETE FROM card_batch WHERE id = 1"}, "批次合计等于订单的批准金额"},
	{"a line of an approved order changed", []string{"UPDATE order_line SET amount = amount - 1 WHERE order_id = 1"}, "批次合计等于订单的批准金额"},
	{"an order with a batch that was never approved", []string{"UPDATE payment_order SET review = '待审核' WHERE id = 1"}, "没有通过审核的订单没有批次"},
	{"recharges from it", []string{"UPDATE payment_order SET review = '审核驳回', review_note = 'x' WHERE id = 1"}, "没有从未通过审核的订单充值"},
	{"a batch overspent", []string{"UPDATE card_batch SET used = face + 1 WHERE id = 1"}, "批次已用加剩余等于面值，且都不为负"},
	{"a batch used below nothing", []string{"UPDATE card_batch SET used = -1 WHERE id = 1"}, "批次已用加剩余等于面值，且都不为负"},
	{"a batch that forgot a recharge", []string{"UPDATE card_batch SET used = used - 4000 WHERE id = 1"}, "充值明细合计等于批次已用"},
	{"a run of another total", []string{"UPDATE recharge_run SET total = total + 1 WHERE id = (SELECT run_id FROM recharge_entry WHERE id = 1)"}, "每次充值的明细合计等于该次总额"},
	{"a run of more people", []string{"UPDATE recharge_run SET count = count + 1 WHERE id = (SELECT run_id FROM recharge_entry WHERE id = 1)"}, "每次充值的明细合计等于该次总额"},
	{"a reversal of somebody else's", []string{"UPDATE recharge_entry SET trainee_id = 5 WHERE reversal_of IS NOT NULL"}, "没有学员的余额为负"},
	{"reviewed before applied for", []string{"UPDATE payment_order SET reviewed_at = '2022-01-01 00:00:00' WHERE id = 1"}, "审核时间不早于申请时间"},
	{"approved without a time", []string{"UPDATE payment_order SET reviewed_at = '', applied_at = '' WHERE id = 1"}, "审核时间不早于申请时间"},
	{"an invoice of another amount", []string{"UPDATE invoice_issue SET amount = amount + 1 WHERE order_id = 1"}, "有效发票金额等于订单总金额"},
	{"an invoice of a void order", []string{"DELETE FROM card_batch", "UPDATE payment_order SET review = '作废', review_note = 'x' WHERE id = 1"}, "作废的订单没有有效发票"},
	{"one transaction for two orders", []string{"UPDATE payment_order SET mode = '在线支付', transaction_number = 'T-0'"}, "一个交易号只支付一个订单"},
	{"one number for two orders", []string{"PRAGMA legacy_alter_table = ON", "ALTER TABLE payment_order RENAME TO was", "CREATE TABLE payment_order AS SELECT * FROM was",
		"CREATE UNIQUE INDEX kept ON payment_order (id)", "UPDATE payment_order SET number = 'JF-2022-0001'"}, "订单号没有重复使用"},
	{"a recharge of nobody is in no report", []string{"UPDATE recharge_entry SET trainee_id = 999 WHERE id = 1"}, "报表的合计等于各组之和、等于全部记录之和"},
	{"a recharge of nobody", []string{"UPDATE recharge_entry SET trainee_id = 999 WHERE id = 1"}, "外键完整"},
	{"a value that the schema forbids", []string{"UPDATE trainee SET status = '其他' WHERE id = 1"}, "数据库结构完整"},
	{"a word of the log changed", []string{"UPDATE audit SET detail = replace(detail, '元', '分') WHERE id = (SELECT max(id) FROM audit WHERE detail LIKE '%元%')"}, "操作日志没有被改动"},
	{"a time of the log changed", []string{"UPDATE audit SET at = '2022-01-01 00:00:00' WHERE id = 5"}, "操作日志没有被改动"},
	{"a hash of the log made to fit", []string{"UPDATE audit SET hash = 'x', previous = previous WHERE id = 5", "UPDATE audit SET previous = 'x' WHERE id = 6"}, "操作日志没有被改动"},
	{"a line of the log taken out", []string{"DELETE FROM audit WHERE id = 5"}, "操作日志没有被改动"},
	{"the log's first line taken out", []string{"DELETE FROM audit WHERE id = 1"}, "操作日志没有被改动"},
	{"the log's last line taken out", []string{"DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)"}, "操作日志没有被改动"},
	{"the whole log taken out", []string{"DELETE FROM audit"}, "操作日志没有被改动"},
	{"an amount of the ledger changed", []string{"UPDATE recharge_entry SET amount = amount + 1 WHERE id = 1"}, "充值明细没有被改动"},
	{"a user of the ledger changed", []string{"UPDATE recharge_entry SET user = '别人' WHERE id = 1"}, "充值明细没有被改动"},
	{"a line of the ledger given to another", []string{"UPDATE recharge_entry SET trainee_id = 5 WHERE id = 1"}, "充值明细没有被改动"},
	{"the ledger's last line taken out", []string{"DELETE FROM recharge_entry WHERE id = (SELECT max(id) FROM recharge_entry)"}, "充值明细没有被改动"},
	{"the ledger's last line taken out and all else made to fit", []string{"DELETE FROM recharge_entry WHERE reversal_of = 2", "DELETE FROM recharge_run WHERE kind = '冲正'",
		"UPDATE card_batch SET used = (SELECT sum(amount) FROM recharge_entry WHERE batch_id = card_batch.id)", "UPDATE counter SET last = last - 1 WHERE name = 'recharge_entry'",
		"DELETE FROM audit WHERE id >= (SELECT id FROM audit WHERE action = 'recharge.reverse')", "UPDATE counter SET last = (SELECT max(id) FROM audit) WHERE name = 'audit'"}, "充值明细没有被改动"},
	{"the ledger's last line taken out and the seal too", []string{"DELETE FROM recharge_entry WHERE reversal_of = 2", "DELETE FROM recharge_head",
		"UPDATE counter SET last = last - 1 WHERE name = 'recharge_entry'"}, "充值明细没有被改动"},
	{"the whole ledger taken out", []string{"DELETE FROM recharge_entry"}, "充值明细没有被改动"},
	{"the rules against editing taken away", nil, "表和防改规则都在，没有被改动"},
	{"a run from two batches", []string{"UPDATE recharge_run SET batch_id = 2 WHERE id = (SELECT run_id FROM recharge_entry WHERE id = 1)"}, "每次充值只动一个批次"},
	{"a reversal of another amount", []string{"UPDATE recharge_entry SET amount = amount + 1 WHERE reversal_of = 2"}, "每条冲正对应一条同额的充值"},
	{"a confirmed recharge that was taken back", []string{"INSERT INTO recharge_answer VALUES (9, 2, '成功', '', NULL, '', '')"}, "平台回复失败的充值都已退回，成功的都没有冲正"},
	{"a failure whose money stayed", []string{"INSERT INTO recharge_answer VALUES (9, 1, '失败', 'x', 5, '', '')"}, "平台回复失败的充值都已退回，成功的都没有冲正"},
	{"a run of another kind", []string{"UPDATE recharge_run SET kind = '平台退回' WHERE kind = '冲正'"}, "每次充值的种类、时间、经办人和剩余与明细一致"},
	{"a recharge called a restored one", []string{"UPDATE recharge_run SET kind = '恢复' WHERE rowid = 1"}, "每次充值的种类、时间、经办人和剩余与明细一致"},
	{"a run by somebody else", []string{"UPDATE recharge_run SET user = '别人' WHERE rowid = 1"}, "每次充值的种类、时间、经办人和剩余与明细一致"},
	{"a run of another day", []string{"UPDATE recharge_run SET at = '2022-01-01 00:00:00' WHERE rowid = 1"}, "每次充值的种类、时间、经办人和剩余与明细一致"},
	{"a run that left more", []string{"UPDATE recharge_run SET left_after = left_after + 1 WHERE rowid = 1"}, "每次充值的种类、时间、经办人和剩余与明细一致"},
	{"a reversal for another reason", []string{"UPDATE recharge_run SET reason = '别的' WHERE kind = '冲正'"}, "每次充值的种类、时间、经办人和剩余与明细一致"},
	{"an answer turned round", []string{"UPDATE recharge_answer SET answer = '撤销', reason = 'x' WHERE answer = '成功'"}, "平台结果没有被改动"},
	{"an answer by somebody else", []string{"UPDATE recharge_answer SET user = '别人' WHERE id = 1"}, "平台结果没有被改动"},
	{"an answer of another day", []string{"UPDATE recharge_answer SET at = '2022-01-01 00:00:00' WHERE id = 1"}, "平台结果没有被改动"},
	{"an answer given to another recharge", []string{"UPDATE recharge_answer SET entry_id = 4 WHERE answer = '成功'"}, "平台结果没有被改动"},
	{"an answer taken out", []string{"DELETE FROM recharge_answer WHERE answer = '成功'"}, "平台结果没有被改动"},
	{"an answer added", []string{"INSERT INTO recharge_answer SELECT max(id) + 1, 4, '成功', '', NULL, '赵晓岚', '2022-06-17 13:02:11' FROM recharge_answer",
		"UPDATE counter SET last = last + 1 WHERE name = 'recharge_answer'"}, "平台结果没有被改动"},
	{"an answer turned round and the seal taken out", []string{"UPDATE recharge_answer SET answer = '撤销', reason = 'x' WHERE answer = '成功'", "DELETE FROM recharge_head"}, "平台结果没有被改动"},
	{"the ledger's seal exchanged", []string{"UPDATE recharge_head SET sealed_head = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "充值明细的封存校验值能解开"},
	{"a voucher's picture exchanged", []string{"UPDATE voucher_content SET sealed_content = (SELECT sealed_content FROM voucher_content WHERE voucher_id = 2) WHERE voucher_id = 1"}, "凭证图片与登记的校验值一致"},
	{"a voucher's picture lost", []string{"DELETE FROM voucher_content WHERE voucher_id = 1"}, "凭证图片与登记的校验值一致"},
	{"a voucher's hash changed", []string{"UPDATE voucher SET sha256 = replace(hex(zeroblob(32)), '00', 'ab') WHERE id = 1"}, "凭证图片与登记的校验值一致"},
	{"an invoice's file exchanged", []string{"UPDATE invoice_file_content SET sealed_content = (SELECT sealed_content FROM invoice_file_content WHERE file_id = 2) WHERE file_id = 1"}, "发票文件与登记的校验值一致"},
	{"an invoice's file lost", []string{"DELETE FROM invoice_file_content WHERE file_id = 1"}, "发票文件与登记的校验值一致"},
	{"what one invoice's file says given to another", []string{"UPDATE invoice_file SET sealed_facts = (SELECT sealed_facts FROM invoice_file WHERE id = 2) WHERE id = 1"}, "发票文件资料都能解开"},
	{"one profile's mobile given to another", []string{"UPDATE invoice_profile SET sealed_mobile = (SELECT sealed_mobile FROM invoice_profile WHERE id = 2) WHERE id = 1"}, "开票资料都能解开"},
	{"what was handed over given to another", []string{"UPDATE order_revision SET sealed_content = (SELECT sealed_content FROM order_revision WHERE id = 2) WHERE id = 1"}, "提交过的订单都能解开"},
	{"one picture's look given to another", []string{"UPDATE voucher SET sealed_likeness = x'00' WHERE id = 1"}, "凭证资料都能解开"},
	{"one trainee's mobile given to another", []string{"UPDATE trainee SET sealed_mobile = (SELECT sealed_mobile FROM trainee WHERE id = 2) WHERE id = 1"}, "学员资料都能解开"},
	{"one order's account given to another", []string{"UPDATE payment_order SET sealed_payer_account = (SELECT sealed_payer_account FROM payment_order WHERE id = 2) WHERE id = 1"}, "订单资料都能解开"},
	{"one invoice's mobile given to another", []string{"UPDATE invoice SET sealed_mobile = (SELECT sealed_mobile FROM invoice WHERE order_id = 2) WHERE order_id = 1"}, "发票资料都能解开"},
	{"one record's remark given to another", []string{"UPDATE offline_hours SET sealed_remark = (SELECT sealed_remark FROM offline_hours WHERE id = 2) WHERE id = 1"}, "线下学时都能解开"},
	{"a record's paper exchanged", []string{"UPDATE hours_file SET sealed_content = (SELECT sealed_content FROM hours_file WHERE id = 2) WHERE id = 1"}, "线下学时附件与登记的校验值一致"},
	{"what one record was given to another", []string{"UPDATE hours_change_row SET sealed_before = (SELECT sealed_before FROM hours_change_row WHERE id = 2) WHERE id = 1"}, "线下学时改动前后的内容都能解开"},
	{"what an import changed in one given to another", []string{"UPDATE import_row SET sealed_changes = (SELECT sealed_changes FROM import_row WHERE id = 2) WHERE id = 1"}, "导入前的旧值都能解开"},
	{"one letter's text given to another", []string{"UPDATE letter SET sealed_content = (SELECT sealed_content FROM letter WHERE id = 2) WHERE id = 1"}, "确认书都能解开"},
	{"a letter that forgot its order", []string{"DELETE FROM letter_order WHERE letter_id = 1"}, "每个订单至多有一份有效的确认书"},
	{"a letter sent without a step", []string{"UPDATE letter SET state = '已寄出' WHERE id = 1"}, "确认书的状态与登记的最后一步一致"},
	{"a letter's scan exchanged", []string{"UPDATE letter_scan SET sealed_content = (SELECT sealed_content FROM letter_scan WHERE id = 2) WHERE id = 1"}, "回签扫描件与登记的校验值一致"},
	{"what was changed of one given to another", []string{"UPDATE trainee_change_row SET sealed_changes = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "修改前的旧值都能解开"},
	{"who was merged exchanged", []string{"UPDATE trainee_merge SET sealed_parts = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "合并前的资料都能解开"},
	{"the platform's template exchanged", []string{"UPDATE official_template SET sealed_content = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "官方模板能解开"},
	{"a bank line's other side exchanged", []string{"UPDATE statement_line SET sealed_detail = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "银行流水都能解开"},
	{"a row of a package exchanged", []string{"UPDATE submission_row SET sealed_cells = (SELECT sealed_mobile FROM trainee WHERE id = 1) WHERE id = 1"}, "报盘的内容都能解开"},
	{"an account without a key", []string{"INSERT INTO administrator (id, user, name, created_at) VALUES (9, 'x', 'x', '2022')"}, "启用的账号各有一把钥匙，其他账号没有"},
	{"nobody who may do everything", []string{"UPDATE administrator SET role = '经办'"}, "至少有一位启用的“管理员”"},
	{"no recovery key", []string{"DELETE FROM key_wrap WHERE administrator_id IS NULL"}, "恢复密钥在"},
	{"a damaged recovery key", []string{"UPDATE key_wrap SET time = time + 1 WHERE administrator_id IS NULL"}, "各账号的钥匙没有损坏"},
	{"another public key", []string{"UPDATE administrator SET sealed_public = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "管理员的公钥都能解开"},
	{"a former key that is none", []string{"INSERT INTO former_key (id, name, sealed_key, at, user) VALUES (1, 'x', x'00', '', '')"}, "以前的数据密钥都能解开"},
	{"a trainee's mobile in the profile", []string{"UPDATE profile SET sealed_mobile = (SELECT sealed_mobile FROM trainee WHERE id = 1)"}, "管理员信息能解开"},
}

func TestCheckFindsPlantedNonsense(t *testing.T) {
	original := fullYear(t)
	healthy(t, original.App)
	image := imageOf(t, original.App)
	found := map[string]bool{}
	for _, c := range nonsense {
		t.Run(c.name, func(t *testing.T) {
			folder := folderWith(t, image)
			plant(t, datatest.Vandal(t, folder+"/peixun.db"), c.statements)
			a, err := apptest.Open(folder, &apptest.Clock{})
			must(t, err)
			t.Cleanup(func() { a.Close() })
			must(t, a.Login(ctx, apptest.User, apptest.Password))
			var broken []string
			for _, invariant := range got[[]app.Invariant](t)(a.Check(ctx)) {
				if invariant.OK != (invariant.Detail == "") || invariant.OK != (invariant.Fix == "") {
					t.Errorf("%s is %t with the detail %q and the remedy %q", invariant.Name, invariant.OK, invariant.Detail, invariant.Fix)
				}
				if !invariant.OK {
					broken = append(broken, invariant.Name)
				}
			}
			if !slices.Contains(broken, c.broken) {
				t.Errorf("数据体检 finds %q, and not %s", broken, c.broken)
			}
			found[c.broken] = true
		})
	}
	for _, invariant := range got[[]app.Invariant](t)(original.Check(ctx)) {
		if !found[invariant.Name] {
			t.Errorf("nothing here breaks %s", invariant.Name)
		}
	}
}

func plant(t *testing.T, vandal *sql.DB, statements []string) {
	t.Helper()
	for _, statement := range statements {
		datatest.Exec(t, vandal, statement)
	}
	must(t, vandal.Close())
}

func TestCheckNamesTheFirstFewAndCountsTheRest(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	for range 5 {
		h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 2)
	}
	plant(t, datatest.Vandal(t, h.DatabasePath()), []string{"UPDATE card_batch SET face = face + 1"})
	for _, invariant := range got[[]app.Invariant](t)(h.Check(ctx)) {
		if invariant.Name == "批次合计等于订单的批准金额" && (strings.Count(invariant.Detail, "JF-2022-") != 3 || !strings.Contains(invariant.Detail, "共 5 处")) {
			t.Errorf("detail = %s", invariant.Detail)
		}
	}
}

func TestCheckIsFineOnEmptyData(t *testing.T) {
	healthy(t, apptest.New(t))
}

// Every change leaves a line, and each line's hash holds the one before.
func TestLogIsAChain(t *testing.T) {
	h := fullYear(t)
	log := got[[]data.AuditEntry](t)(h.Audit(ctx, "", 1000))
	slices.Reverse(log)
	seen := map[string]bool{}
	for place, line := range log {
		if line.ID != int64(place+1) || line.Hash == "" || seen[line.Hash] || line.User == "" || line.Detail == "" {
			t.Errorf("line %d = %+v", place, line)
		}
		seen[line.Hash] = true
	}
	for _, action := range []string{"unit.create", "profile.edit", "plan.save", "organization.add", "import.trainees", "import.hours", "order.create", "order.voucher", "order.submit",
		"order.approve", "order.invoice", "recharge.run", "recharge.reverse", "letter.make"} {
		if !slices.ContainsFunc(log, func(line data.AuditEntry) bool { return line.Action == action }) {
			t.Errorf("nothing in the log about %s", action)
		}
	}
}

// The words of 数据体检 name the figures, the way to mend them, and the place; the last result is kept, and a broken reference is told in
// words that are no names of tables.
func TestCheckupSaysWhatIsWrongAndWhere(t *testing.T) {
	h := fullYear(t)
	if _, ok := h.LastCheckup(ctx); ok {
		t.Error("a checkup that nobody made")
	}
	done := 0
	first := got[data.Checkup](t)(h.Checkup(ctx, func(finished, total int) {
		if done++; finished != done || total < finished {
			t.Errorf("step %d is told as %d of %d", done, finished, total)
		}
	}))
	if first.Broken() != 0 || done < 30 || first.Verdict() != fmt.Sprintf("%d 项全部正常。", len(first.Invariants)) {
		t.Errorf("after %d steps: %s", done, first.Verdict())
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.Checkup(canceled, nil); err == nil {
		t.Error("a checkup that was canceled")
	}
	plant(t, datatest.Vandal(t, h.DatabasePath()), []string{"UPDATE card_batch SET face = face + 1 WHERE id = 1", "UPDATE recharge_entry SET trainee_id = 999 WHERE id = 1"})
	made := got[data.Checkup](t)(h.Checkup(ctx, nil))
	kept, ok := h.LastCheckup(ctx)
	if !ok || kept.Verdict() != made.Verdict() || kept.At != made.At || made.Broken() < 3 {
		t.Errorf("kept %s, made %s", kept.Verdict(), made.Verdict())
	}
	for _, one := range kept.Invariants {
		switch one.Name {
		case "批次合计等于订单的批准金额":
			want := data.CheckPlace{Kind: data.PlaceOrder, Key: "JF-2022-0001", Text: "JF-2022-0001（批准 240.00 元，批次 240.01 元）"}
			if len(one.Places) != 1 || one.Places[0] != want || one.Detail != want.Text+"。" || !strings.Contains(one.Fix, "打开订单") {
				t.Errorf("%+v", one)
			}
		case "外键完整":
			if one.Detail != "充值明细 1（找不到它所属的学员）。" {
				t.Errorf("%+v", one)
			}
		}
	}
	workbook, paper := filepath.Join(t.TempDir(), "体检.xlsx"), &bytes.Buffer{}
	must(t, h.SaveCheckup(ctx, workbook, made))
	book := got[*excelize.File](t)(excelize.OpenFile(workbook))
	defer book.Close()
	rows := got[[][]string](t)(book.GetRows("数据体检"))
	if len(rows) < len(made.Invariants) || rows[1][0] != "不对" || rows[1][1] != "批次合计等于订单的批准金额" || rows[1][3] != "JF-2022-0001（批准 240.00 元，批次 240.01 元）" {
		t.Errorf("the workbook says %q", rows[:3])
	}
	if written := got[app.Written](t)(h.WriteCheckupPDF(ctx, paper, made)); written.Pages < 2 || !bytes.HasPrefix(paper.Bytes(), []byte("%PDF")) {
		t.Errorf("written %+v", written)
	}
}

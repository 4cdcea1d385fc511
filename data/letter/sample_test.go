package letter

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"peixun/data"
)

// sample is a letter as a hospital would send it, with as many organisations as asked for.
func sample(organizations int) data.LetterContent {
	names := []string{"骨科", "急诊科", "护理部/手术室", "医学影像中心/磁共振室", "行政后勤/信息科"}
	order := data.LetterOrder{Number: "JF-2022-0008", Mode: data.PayFirst, PaidAt: "2022-03-09 00:00:00", ReviewedAt: "2022-03-11 10:24:00"}
	for i := range organizations {
		name := names[i%len(names)]
		if i >= len(names) {
			name += fmt.Sprintf("（第%d组）", i/len(names)+1)
		}
		order.Lines = append(order.Lines, data.OrderLine{OrganizationID: int64(i + 1), OrganizationPath: name, People: 8 + i%7, Amount: data.Money(32000 + 4050*(i%7))})
	}
	content := data.LetterContent{
		Number: "QR-2022-0001", Date: "2022-03-16",
		Unit: "北京市朝阳区示范医院", USCC: "12110000400686910X", UnitAddress: "北京市朝阳区示范路18号",
		Contact: "李䶮", Telephone: "010-64300000",
		PlanName: "2022年北京市专业技术人员及事业单位工作人员公共知识培训", PlanNumber: "20220301161802103", PlanYear: 2022,
		Orders: []data.LetterOrder{order}, Payee: data.DefaultPayee,
		LetterPayment: data.LetterPayment{
			PayerBank: "中国工商银行北京朝阳支行", PayerAccount: "0200003309014412345",
			InvoiceTitle: "北京市朝阳区示范医院", InvoiceType: data.InvoiceNormal, TaxNumber: "12110000400686910X", InvoiceNo: "22112000000012345678",
		},
		Mailing: data.DefaultMailingAddress, Price: 40_00,
		Categories: []data.LetterCategory{{Name: "专业技术人员", People: 20}, {Name: "管理岗", People: 5}, {Name: "工勤", People: 2}},
	}
	content.Text = DefaultText(content)
	return content
}

// severalOrders is a letter on three orders, one of them paid online.
func severalOrders() data.LetterContent {
	content := sample(2)
	second, third := content.Orders[0], content.Orders[0]
	second.Number, second.Mode, second.PaidAt = "JF-2022-0011", data.PayOnline, "2022-03-15 15:21:16"
	third.Number, third.Mode, third.PaidAt, third.ReviewedAt = "JF-2022-0012", data.InvoiceFirst, "", ""
	content.Orders = append(content.Orders, second, third)
	content.Text = DefaultText(content)
	return content
}

// withPeople adds a list of so many people to a letter.
func withPeople(content data.LetterContent, count int) data.LetterContent {
	for i := range count {
		content.Listed = append(content.Listed, data.LetterPerson{
			Name: []string{"张三", "欧阳娜娜", "李𫰡", "阿卜杜热合曼·买买提"}[i%4], IDNumber: fmt.Sprintf("110101********%04d", i+1),
			Category: []string{"专业技术人员", "管理岗"}[i%2], Organization: []string{"骨科", "护理部/手术室", "医学影像中心/磁共振室"}[i%3],
		})
	}
	return content
}

// ownPayments is a letter on orders that were paid from different accounts and get different invoices.
func ownPayments() data.LetterContent {
	content := severalOrders()
	for i := range content.Orders {
		content.Orders[i].LetterPayment = content.LetterPayment
		content.Orders[i].PayerAccount = fmt.Sprintf("020000330901441234%d", i)
	}
	content.LetterPayment = data.LetterPayment{}
	return content
}

// print gives a letter's bytes and pages.
func print(t testing.TB, content data.LetterContent) ([]byte, int) {
	t.Helper()
	var out bytes.Buffer
	pages, err := Confirmation(&out, content)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), pages
}

// TestLook writes the papers into the folder that LETTER_LOOK names, for eyes to judge.
func TestLook(t *testing.T) {
	folder := os.Getenv("LETTER_LOOK")
	if folder == "" {
		t.Skip("LETTER_LOOK names no folder")
	}
	for name, content := range map[string]data.LetterContent{
		"one": sample(1), "three": sample(3), "sixty": sample(60), "orders": severalOrders(), "payments": ownPayments(), "people": withPeople(sample(3), 60), "long": longNames(), "empty": {},
	} {
		content, _ := print(t, content)
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLookOthers does the same for the smaller papers.
func TestLookOthers(t *testing.T) {
	folder := os.Getenv("LETTER_LOOK")
	if folder == "" {
		t.Skip("LETTER_LOOK names no folder")
	}
	for name, write := range smallPapers() {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// smallPapers are the papers besides the letter, in ordinary and long shapes.
func smallPapers() map[string]func(io.Writer) error {
	long := longNames()
	profile := data.Profile{Name: "李䶮", Department: "人事科", Mobile: "13800138000", Unit: "北京市朝阳区示范医院", Address: "北京市朝阳区示范路18号", Postcode: "100020"}
	wordy := data.Profile{Name: long.Contact, Department: "人力资源部（教育培训办公室）", Phone: long.Telephone, Unit: long.Unit, Address: long.UnitAddress}
	content := sample(1)
	const key = "7Q4M-0XKD-93TB-VZ5H-PA1C-8WJE-6RNG-2FYS"
	return map[string]func(io.Writer) error{
		"label": func(w io.Writer) error { return Label(w, data.DefaultMailingAddress, profile) },
		"label-long": func(w io.Writer) error {
			return Label(w, data.MailingAddress{Address: long.UnitAddress + long.UnitAddress, Recipient: "北京市专业技术人员继续教育工作组（收）", Telephone: "84297523"}, wordy)
		},
		"slips":          func(w io.Writer) error { return paged(PasswordSlips(w, content.Unit, slips(11))) },
		"request":        func(w io.Writer) error { return paged(PaymentRequest(w, request(3))) },
		"request-many":   func(w io.Writer) error { return paged(PaymentRequest(w, request(60))) },
		"recharge":       func(w io.Writer) error { return paged(RechargeSheet(w, rechargeSheet(5))) },
		"recharge-pages": func(w io.Writer) error { return paged(RechargeSheet(w, rechargeSheet(80))) },
		"statement":      func(w io.Writer) error { return paged(Statement(w, statement(4))) },
		"statement-many": func(w io.Writer) error { return paged(Statement(w, statement(40))) },
		"hours":          func(w io.Writer) error { return paged(HoursSummary(w, hoursSummary(40))) },
		"hours-offline": func(w io.Writer) error {
			s := hoursSummary(24)
			for i := range s.Rows {
				s.Rows[i].Online = 0
			}
			return paged(HoursSummary(w, s))
		},
		"checklist":  func(w io.Writer) error { return paged(Checklist(w, checklist(3))) },
		"order":      func(w io.Writer) error { return paged(OrderSheet(w, orderSheet(3))) },
		"order-many": func(w io.Writer) error { return paged(OrderSheet(w, orderSheet(60))) },
		"report":     func(w io.Writer) error { return paged(ReportSheet(w, reportSheet(40))) },
		"dl": func(w io.Writer) error {
			return paged(MailingLabel(w, data.LabelRequest{Size: data.LabelEnvelopeDL}, data.DefaultMailingAddress, profile))
		},
		"c5": func(w io.Writer) error {
			return paged(MailingLabel(w, data.LabelRequest{Size: data.LabelEnvelopeC5}, data.DefaultMailingAddress, profile))
		},
		"labels": func(w io.Writer) error {
			return paged(MailingLabel(w, data.LabelRequest{Size: data.LabelSheet, Count: 6, Skip: 1}, data.DefaultMailingAddress, wordy))
		},
		"recovery": func(w io.Writer) error {
			return RecoverySheet(w, "北京市朝阳区示范医院", "admin", key, "2022-03-02")
		},
	}
}

// longNames is a letter whose every name is as long as names get.
func longNames() data.LetterContent {
	content := sample(4)
	content.Unit = "北京市朝阳区某某街道办事处所属社区卫生服务中心联合管理委员会暨区域医疗共同体总医院𬱖家庄分院"
	content.InvoiceTitle = content.Unit
	content.UnitAddress = "北京市朝阳区某某街道某某路188号院甲12号楼（国际医疗产业园）B座东侧1单元1608室"
	content.Contact = "阿卜杜热合曼·买买提吐尔逊"
	content.Telephone = "010-64300000转80123"
	content.PayerBank = "中国农业发展银行股份有限公司北京市朝阳区某某街道社区支行营业部"
	content.PayerAccount = "11006059301880000305811006059301"
	content.Orders[0].Lines[1].OrganizationPath = "临床医学部/重症监护与Extracorporeal Membrane Oxygenation (ECMO) 技术培训与研究中心/护理单元——第二组……"
	return content
}

// paged forgets how many pages a paper has.
func paged(_ int, err error) error { return err }

// slips are password slips, the second with everything as long as it gets.
func slips(count int) []data.PasswordSlip {
	all := make([]data.PasswordSlip, count)
	for i := range all {
		all[i] = data.PasswordSlip{Name: "李䶮", UserName: fmt.Sprintf("bjsfyy%04d", i+1), MaskedID: "110101********0011", Organization: "护理部/手术室"}
	}
	if count > 1 {
		all[1] = data.PasswordSlip{Name: longNames().Contact, UserName: "zhangsan.extracorporeal@hospital.com.cn", MaskedID: "110101********002X", Organization: longNames().Orders[0].Lines[1].OrganizationPath}
	}
	return all
}

// request is a payment request for so many organisations.
func request(organizations int) data.PaymentRequest {
	content := sample(organizations)
	return data.PaymentRequest{
		Unit: content.Unit, Department: "人事科", RequestedBy: content.Contact, Date: "2022-03-08", OrderNumber: "JF-2022-0008", Mode: data.PayFirst,
		PlanName: content.PlanName, PlanNumber: content.PlanNumber, Payee: content.Payee, PayerBank: content.PayerBank,
		Remark: "示范医院 2022年公共知识培训费 JF-2022-0008", Lines: content.Orders[0].Lines, Telephone: content.Telephone,
		PayerAccount: content.PayerAccount, InvoiceTitle: content.InvoiceTitle, InvoiceType: content.InvoiceType, TaxNumber: content.TaxNumber,
		Signatures: data.RequestSignatures,
	}
}

// rechargeSheet is a sheet of so many people.
func rechargeSheet(people int) data.RechargeSheet {
	sheet := data.RechargeSheet{
		Unit: "北京市朝阳区示范医院", PlanName: "2022年北京市专业技术人员及事业单位工作人员公共知识培训", PlanNumber: "20220301161802103",
		BatchNumber: "XK-2022-0004", OrderNumber: "JF-2022-0008", ChargedAt: "2022-03-15 16:20:05", PreparedBy: "李䶮", At: "2022-03-16 10:02:11",
	}
	for i := range people {
		sheet.Rows = append(sheet.Rows, data.RechargeSheetRow{Name: []string{"张三", "欧阳娜娜", "李𫰡", "阿卜杜热合曼·买买提"}[i%4], IDNumber: "110101********0011", Organization: []string{"骨科", "护理部/手术室", "医学影像中心/磁共振室"}[i%3], Amount: data.Money(4000 + 550*(i%3))})
	}
	return data.NewRechargeSheet(sheet)
}

// statement is a 对账单 of so many orders, every fourth with a difference.
func statement(orders int) data.Statement {
	content := sample(1)
	s := data.Statement{Unit: content.Unit, PlanName: content.PlanName, PlanNumber: content.PlanNumber, From: "2022-03-01", To: "2022-06-30", PreparedBy: content.Contact, At: "2022-07-01 09:12:00"}
	s.Payee = content.Payee.Name
	s.Balances = data.Balance([]data.Movement{{Account: data.AccountCards, On: "2022-02-01", Added: 3_200_00}, {Account: data.AccountCards, On: "2022-05-01", Added: 15_230_00, Taken: 15_230_00},
		{Account: data.AccountInvoices, On: "2022-05-02", Added: 15_230_00, Taken: 10_815_00}}, s.From, s.To)
	for i := range orders {
		amount := data.Money(320000 + 40500*(i%7))
		row := data.StatementRow{Date: "2022-03-09", Order: fmt.Sprintf("JF-2022-%04d", i+1), Payer: []string{"骨科、急诊科", "护理部/手术室"}[i%2],
			Ordered: amount, Paid: amount, Batch: amount, Recharged: amount, Invoiced: amount, Agrees: true}
		if i%4 == 3 {
			row.Invoiced, row.Agrees, row.Note = 0, false, "审核通过后 32 天没有发票"
			s.Differences = append(s.Differences, fmt.Sprintf("订单 %s 已审核通过 32 天，还没有发票。请拨打 84297523 询问。", row.Order))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// hoursSummary is a 学时汇总表 of so many people.
func hoursSummary(people int) data.HoursSummary {
	content := sample(1)
	s := data.HoursSummary{Unit: content.Unit, PlanName: content.PlanName, PlanNumber: content.PlanNumber, Target: 30_00, PreparedBy: content.Contact, At: "2022-12-20 09:12:00"}
	for i := range people {
		s.Rows = append(s.Rows, data.HoursSummaryRow{Name: []string{"张三", "欧阳娜娜", "李𫰡"}[i%3], IDNumber: "110101********0011",
			Organization: []string{"骨科", "护理部/手术室"}[i%2], Online: data.Hours(10_00 + i%3*500), Offline: data.Hours(i % 4 * 750)})
	}
	return s
}

// orderSheet is an order of so many organisations with all that happened to it.
func orderSheet(organizations int) data.OrderSheet {
	r := request(organizations)
	return data.OrderSheet{Made: "2022-06-17 13:02:11", Order: data.Order{
		Number: "JF-2022-0004", Revision: 2, PlanName: r.PlanName, PlanNumber: r.PlanNumber, Mode: data.PayFirst, Lines: r.Lines, Payee: r.Payee,
		PayerBank: "城南商业银行育才支行", PayerAccount: "330101201900556678", PaidAt: "2022-05-14 10:26:08", AppliedAt: "2022-05-18 15:21:16",
		ReviewedAt: "2022-05-20 10:04:52", Applicant: "赵晓岚", ApplicantUnit: r.Unit, Review: data.ReviewApproved, BatchNumber: "XK-2022-0004",
		Vouchers: []data.Voucher{{Name: "凭证😀.jpg"}},
		Invoice: data.Invoice{Type: data.InvoiceNormal, Title: "某单位", TaxNumber: "12110000400686910X", State: data.InvoiceIssued, Number: "22112000000041860935",
			IssuedOn: "2022-05-24", Remark: "😀"},
	}, Events: []data.OrderEvent{
		{At: "2022-05-14 16:55:00", Title: "新建草稿", User: "赵晓岚"}, {At: "2022-05-18 15:21:16", Title: "提交审核，有 1 张转账凭证", User: "赵晓岚"},
		{At: "2022-05-20 10:04:52", Title: "审核通过，生成批次", User: "何嘉言"},
	}}
}

// reportSheet is a report on orders in so many organisations.
func reportSheet(organizations int) data.ReportSheet {
	nodes := []data.Organization{{ID: 1, Name: "北京市朝阳区示范医院", Path: "北京市朝阳区示范医院"}}
	var facts []data.Fact
	for i, line := range sample(organizations).Orders[0].Lines {
		id := int64(i + 2)
		nodes = append(nodes, data.Organization{ID: id, ParentID: 1, Name: line.OrganizationPath, Path: line.OrganizationPath, Depth: 1})
		facts = append(facts, data.Fact{ID: id, OrganizationID: id, Figures: []int64{1, int64(line.People), int64(line.Amount), int64(line.Amount), int64(line.Amount), 0, 0}})
	}
	report := data.Summarize(data.ReportQuery{Kind: data.ReportOrders, By: data.ByOrganization}, facts, data.ReportNames{Tree: data.NewOrganizationTree(nodes)})
	return data.ReportSheet{Report: report, Unit: nodes[0].Name, PreparedBy: "李䶮", At: "2022-07-01 09:12:00"}
}

// checklist is a 填报清单 of so many orders.
func checklist(orders int) data.Checklist {
	content := sample(1)
	list := data.Checklist{Unit: content.Unit, Number: "BP-2022-0003", PlanName: content.PlanName, PlanNumber: content.PlanNumber, PreparedBy: content.Contact, At: "2022-03-20 09:12:00",
		Sections: []data.ChecklistSection{{Title: "学员导入.xlsx", Note: "学员管理 → 导入学员。共 27 人。", Items: []data.ChecklistItem{{Name: "上传文件", Value: "学员导入.xlsx"}}}}}
	for i := range orders {
		list.Sections = append(list.Sections, data.ChecklistSection{Title: fmt.Sprintf("缴费订单 JF-2022-%04d", i+1), Note: "组织缴费 → 上传缴费凭证", Items: []data.ChecklistItem{
			{Name: "培训计划名称", Value: content.PlanName}, {Name: "缴费总金额", Value: "1,081.50"}, {Name: "缴费银行", Value: content.PayerBank},
			{Name: "缴费卡号", Value: content.PayerAccount}, {Name: "转账时间", Value: "2022-03-09"}, {Name: "转账凭证上传", Value: "JF-2022-0001_1.jpg"},
			{Name: "发票抬头", Value: content.InvoiceTitle}, {Name: "纳税人识别号", Value: content.TaxNumber},
		}})
	}
	return list
}

package sqlite_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// ask gives a query's keys by the names that each test knows them by.
func ask(t *testing.T, store *sqlite.Store, names map[int64]string, list func(tx *sqlite.Tx) ([]int64, error)) string {
	t.Helper()
	ids := datatest.Read(t, store, list)
	found := make([]string, len(ids))
	for place, id := range ids {
		found[place] = names[id]
	}
	return strings.Join(found, " ")
}

func TestOrderQuery(t *testing.T) {
	store := datatest.Store(t)
	ward := datatest.AddOrganization(t, store, 1, "骨科_一")
	names := map[int64]string{}
	add := func(name string, change func(*data.Order)) data.Order {
		order := datatest.AddOrder(t, store, change)
		names[order.ID] = name
		return order
	}
	review := func(order data.Order, state data.ReviewState, applied, reviewed data.Moment) {
		order.Review, order.AppliedAt, order.ReviewedAt, order.ReviewNote = state, applied, reviewed, "看不清"
		datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SaveOrder(order) })
	}
	review(add("approved", func(o *data.Order) { o.Lines[0].Amount, o.PaidAt = 300_00, "2022-05-01 00:00:00" }), data.ReviewApproved, "2022-05-02 09:00:00", "2022-05-20 09:00:00")
	review(add("rejected", func(o *data.Order) { o.PlanID, o.Applicant, o.PaidAt = 2, "100%的赵", "2022-04-01 00:00:00" }), data.ReviewRejected, "2022-05-30 09:00:00", "2022-06-01 09:00:00")
	review(add("waiting", func(o *data.Order) {
		o.Lines = append(o.Lines, data.OrderLine{OrganizationID: ward, OrganizationPath: "骨科_一", People: 1, Amount: 50_00})
	}), data.ReviewSubmitted, "2022-06-15 09:00:00", "")
	add("draft", func(o *data.Order) { o.Invoice, o.Lines = data.Invoice{}, nil })
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		rejected, err := tx.Order(2)
		must(t, err)
		must(t, tx.IssueInvoice(1, "N1", "2022-05-21", 300_00))
		must(t, tx.IssueInvoice(2, "N2", "2022-05-31", rejected.Total()))
		return tx.ReverseInvoice(2, "2022-06-02", "抬头开错")
	})
	void := add("void", func(o *data.Order) {
		o.Mode, o.Transaction, o.Lines[0].OrganizationID, o.PaidAt = data.PayOnline, "T_77", ward, "2021-12-31 23:59:59"
	})
	review(void, data.ReviewVoid, "", "")
	for _, c := range []struct {
		name  string
		query data.OrderQuery
		want  string
	}{
		{"all, the newest first", data.OrderQuery{}, "void draft waiting rejected approved"},
		{"number", data.OrderQuery{Text: "jf-2022-0002"}, "waiting"},
		{"part of a number", data.OrderQuery{Text: "2022-000"}, "void draft waiting approved"},
		{"organisation", data.OrderQuery{Text: "骨科"}, "waiting"},
		{"applicant", data.OrderQuery{Text: "的赵"}, "rejected"},
		{"percent is a character", data.OrderQuery{Text: "%"}, "rejected"},
		{"underscore is a character", data.OrderQuery{Text: "_"}, "void waiting"},
		{"transaction", data.OrderQuery{Text: "t_77"}, "void"},
		{"invoice number", data.OrderQuery{Text: "n2"}, "rejected"},
		{"mode", data.OrderQuery{Mode: data.PayOnline}, "void"},
		{"void", data.OrderQuery{Review: data.ReviewVoid}, "void"},
		{"organisation with those below it", data.OrderQuery{OrganizationID: 1}, "void waiting rejected approved"},
		{"an organisation below", data.OrderQuery{OrganizationID: ward}, "void waiting"},
		{"paid since a day", data.OrderQuery{PaidFrom: "2022-04-01", PaidTo: "2022-05-01"}, "rejected approved"},
		{"paid until a day", data.OrderQuery{PaidTo: "2021-12-31"}, "void"},
		{"SQL in the search box", data.OrderQuery{Text: "' OR 1=1 --"}, ""},
		{"plan", data.OrderQuery{PlanID: 2}, "rejected"},
		{"review state", data.OrderQuery{Review: data.ReviewSubmitted}, "waiting"},
		{"not filled in", data.OrderQuery{Invoice: data.InvoiceEmpty}, "draft"},
		{"filled in", data.OrderQuery{Invoice: data.InvoiceFilled}, "void waiting"},
		{"issued", data.OrderQuery{Invoice: data.InvoiceIssued}, "approved"},
		{"reversed", data.OrderQuery{Invoice: data.InvoiceReversed}, "rejected"},
		{"month of 申请时间", data.OrderQuery{Month: "2022-05"}, "rejected approved"},
		{"month with a wildcard", data.OrderQuery{Month: "2022-0_"}, ""},
		{"all at once", data.OrderQuery{Text: "JF", PlanID: 1, Review: data.ReviewApproved, Invoice: data.InvoiceIssued, Month: "2022-05"}, "approved"},
		{"by number", data.OrderQuery{Sort: "number"}, "rejected approved waiting draft void"},
		{"by number, falling", data.OrderQuery{Sort: "number", Descending: true}, "void draft waiting approved rejected"},
		{"by application", data.OrderQuery{Sort: "applied"}, "void draft approved rejected waiting"},
		{"by application, falling", data.OrderQuery{Sort: "applied", Descending: true}, "waiting rejected approved void draft"},
		{"by review time", data.OrderQuery{Sort: "reviewed", Descending: true}, "rejected approved void draft waiting"},
		{"by amount", data.OrderQuery{Sort: "amount"}, "draft void rejected waiting approved"},
		{"by amount, falling", data.OrderQuery{Sort: "amount", Descending: true}, "approved waiting void rejected draft"},
		{"by payment", data.OrderQuery{Sort: "paid"}, "void rejected approved draft waiting"},
		{"by state", data.OrderQuery{Sort: "review"}, "void approved rejected waiting draft"},
		{"by invoice", data.OrderQuery{Sort: "invoice"}, "void waiting approved rejected draft"},
		{"by invoice, falling", data.OrderQuery{Sort: "invoice", Descending: true}, "draft rejected approved void waiting"},
		{"by plan", data.OrderQuery{Sort: "plan"}, "rejected void draft waiting approved"},
		{"by something unknown", data.OrderQuery{Sort: "1; DROP TABLE payment_order"}, "void draft waiting rejected approved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ask(t, store, names, func(tx *sqlite.Tx) ([]int64, error) { return tx.OrderIDs(c.query) }); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
			ids := datatest.Read(t, store, func(tx *sqlite.Tx) ([]int64, error) { return tx.OrderIDs(c.query) })
			totals := datatest.Read(t, store, func(tx *sqlite.Tx) (data.OrderTotals, error) { return tx.OrderTotals(c.query) })
			want := data.OrderTotals{Count: len(ids)}
			for _, row := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.OrderRow, error) { return tx.OrderRows(ids) }) {
				if row.Review != data.ReviewVoid || c.query.Review == data.ReviewVoid {
					want.Total += row.Total
				}
				switch row.Review {
				case data.ReviewSubmitted:
					want.Waiting += row.Total
				case data.ReviewApproved:
					want.Approved += row.Total
				}
			}
			if totals != want {
				t.Errorf("totals %+v, the rows sum to %+v", totals, want)
			}
		})
	}
}

func TestOrderIsReadBackAsStored(t *testing.T) {
	store := datatest.Store(t)
	ward := datatest.AddOrganization(t, store, 1, "骨科")
	want := datatest.AddOrder(t, store, func(o *data.Order) {
		o.Lines = append(o.Lines, data.OrderLine{OrganizationID: ward, OrganizationPath: "骨科", People: 3, Amount: 1})
		o.Mode, o.Transaction, o.ReviewNote = data.PayOnline, "T-1", "note"
		o.Invoice = data.Invoice{Type: data.InvoiceSpecial, Title: "抬头", TaxNumber: "12110000400686910X", Address: "地址", Telephone: "84297523", Bank: "银行",
			Account: "330101201900556678", Email: "a@b.example", Mobile: "13800000518", Remark: "备注"}
	})
	got := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(want.ID) })
	want.PlanNumber, want.PlanName, want.Invoice.State = data.ManualPlans[0].Number, data.ManualPlans[0].Name, data.InvoiceFilled
	if !slices.Equal(got.Lines, want.Lines) || got.Invoice != want.Invoice || got.Total() != 100_01 || got.People() != 5 {
		t.Errorf("read %+v\nwant %+v", got, want)
	}
	got.Lines, got.Invoice, want.Lines, want.Invoice = nil, data.Invoice{}, nil, data.Invoice{}
	if !equalOrders(got, want) {
		t.Errorf("read %+v\nwant %+v", got, want)
	}
	row := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.OrderRow, error) { return tx.OrderRows([]int64{want.ID}) })[0]
	if row.Organizations != "北京市第九实验医院、骨科" || row.Total != 100_01 || row.InvoiceType.Short() != "专用发票" {
		t.Errorf("row = %+v", row)
	}
}

func equalOrders(one, other data.Order) bool {
	if len(one.Vouchers)+len(other.Vouchers) > 0 {
		return false
	}
	return one.Number == other.Number && one.Revision == other.Revision && one.PlanID == other.PlanID && one.PlanNumber == other.PlanNumber && one.PlanName == other.PlanName &&
		one.Mode == other.Mode && one.PayerBank == other.PayerBank && one.PayerAccount == other.PayerAccount && one.Payee == other.Payee && one.PaidAt == other.PaidAt &&
		one.Transaction == other.Transaction && one.Review == other.Review && one.ReviewNote == other.ReviewNote && one.Applicant == other.Applicant &&
		one.ApplicantUnit == other.ApplicantUnit && one.CreatedAt == other.CreatedAt && one.AppliedAt == other.AppliedAt && one.Version == other.Version
}

func TestSavingAnOrderThatChangedMeanwhileIsRefused(t *testing.T) {
	store := datatest.Store(t)
	order := datatest.AddOrder(t, store)
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SaveOrder(order) })
	order.PayerBank = "晚来的"
	if err := store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SaveOrder(order) }); !errors.Is(err, data.ErrStale) {
		t.Errorf("err = %v, want data.ErrStale", err)
	}
	if got := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(order.ID) }); got.PayerBank == "晚来的" {
		t.Error("the late save went in")
	}
}

func TestPayerAccountsAreTheLatestFirst(t *testing.T) {
	store := datatest.Store(t)
	for _, paid := range []data.PayerAccount{{Bank: "甲行", Account: "330101201900556678"}, {Bank: "乙行", Account: "1"}, {}, {Bank: "甲行", Account: "330101201900556678"}} {
		datatest.AddOrder(t, store, func(o *data.Order) { o.PayerBank, o.PayerAccount = paid.Bank, paid.Account })
	}
	want := []data.PayerAccount{{Bank: "甲行", Account: "330101201900556678"}, {Bank: "乙行", Account: "1"}}
	if got := datatest.Read(t, store, (*sqlite.Tx).PayerAccounts); !slices.Equal(got, want) {
		t.Errorf("accounts = %v", got)
	}
}

func TestRechargeQuery(t *testing.T) {
	r := newRoster(t)
	second := datatest.AddOrder(t, r.store, func(o *data.Order) { o.PlanID = 2 })
	batch := datatest.Approve(t, r.store, second)
	datatest.Write(t, r.store, func(tx *sqlite.Tx) error {
		must(t, tx.AddRun(sqlite.LedgerRun{ID: "later", Kind: data.RunRecharge, BatchID: batch, Count: 1, Total: 5_00}))
		_, err := tx.AppendEntries([]sqlite.LedgerEntry{{RunID: "later", BatchID: batch, TraineeID: r.list[1].ID, Amount: 5_00, At: "2022-07-01 08:00:00"}}, nil)
		return err
	})
	names := map[int64]string{1: "溪40", 2: "奕20", 3: "Li20", 4: "奕5"}
	for _, c := range []struct {
		name  string
		query data.RechargeQuery
		want  string
		total data.Money
	}{
		{"all, the newest first", data.RechargeQuery{}, "奕5 Li20 奕20 溪40", 85_00},
		{"name", data.RechargeQuery{Text: "陈"}, "溪40", 40_00},
		{"pinyin", data.RechargeQuery{Text: "ZHOU"}, "奕5 奕20", 25_00},
		{"username", data.RechargeQuery{Text: "jy03"}, "溪40", 40_00},
		{"batch", data.RechargeQuery{Text: "XK-2021"}, "奕5", 5_00},
		{"order", data.RechargeQuery{Text: "JF-2022"}, "Li20 奕20 溪40", 80_00},
		{"percent is a character", data.RechargeQuery{Text: "%"}, "奕5 奕20", 25_00},
		{"backslash is a character", data.RechargeQuery{Text: `\`}, "Li20", 20_00},
		{"SQL in the search box", data.RechargeQuery{Text: "x' OR 1=1 --"}, "", 0},
		{"batch key", data.RechargeQuery{BatchID: 1}, "Li20 奕20 溪40", 80_00},
		{"order key", data.RechargeQuery{OrderID: second.ID}, "奕5", 5_00},
		{"trainee", data.RechargeQuery{TraineeID: r.list[1].ID}, "奕5 奕20", 25_00},
		{"plan", data.RechargeQuery{PlanID: 1}, "Li20 奕20 溪40", 80_00},
		{"from a day", data.RechargeQuery{From: "2022-06-18"}, "奕5", 5_00},
		{"from its own day", data.RechargeQuery{From: "2022-07-01"}, "奕5", 5_00},
		{"to its own day", data.RechargeQuery{To: "2022-06-17"}, "Li20 奕20 溪40", 80_00},
		{"a day without any", data.RechargeQuery{From: "2022-06-18", To: "2022-06-30"}, "", 0},
		{"by time", data.RechargeQuery{Sort: "at"}, "Li20 奕20 溪40 奕5", 85_00},
		{"by time, falling", data.RechargeQuery{Sort: "at", Descending: true}, "奕5 Li20 奕20 溪40", 85_00},
		{"by name", data.RechargeQuery{Sort: "name"}, "Li20 溪40 奕5 奕20", 85_00},
		{"by amount", data.RechargeQuery{Sort: "amount"}, "奕5 Li20 奕20 溪40", 85_00},
		{"by amount, falling", data.RechargeQuery{Sort: "amount", Descending: true}, "溪40 Li20 奕20 奕5", 85_00},
		{"by batch", data.RechargeQuery{Sort: "batch"}, "奕5 Li20 奕20 溪40", 85_00},
		{"by organisation", data.RechargeQuery{Sort: "organization"}, "Li20 溪40 奕5 奕20", 85_00},
		{"by something unknown", data.RechargeQuery{Sort: "amount, (SELECT 1)"}, "奕5 Li20 奕20 溪40", 85_00},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ask(t, r.store, names, func(tx *sqlite.Tx) ([]int64, error) { return tx.RechargeIDs(c.query) }); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
			if totals := datatest.Read(t, r.store, func(tx *sqlite.Tx) (data.RechargeTotals, error) { return tx.RechargeTotals(c.query) }); totals.Net() != c.total || totals.Count != len(strings.Fields(c.want)) {
				t.Errorf("totals %+v, want %s", totals, c.total)
			}
		})
	}
}

func TestRechargeEntriesTellWhoAndWhatBecameOfThem(t *testing.T) {
	store := datatest.Store(t)
	people := datatest.AddTrainees(t, store, datatest.Trainee(func(p *data.Trainee) { p.IDNumber, p.Name = "110101199003070011", "陈若溪" }))
	batch := datatest.Approve(t, store, datatest.AddOrder(t, store))
	entry := datatest.Charge(t, store, batch, 30_00, people...)[0]
	var reversal int64
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		must(t, tx.AddRun(sqlite.LedgerRun{ID: "back", Kind: data.RunReversal, BatchID: batch, Count: 1, Total: -30_00}))
		ids, err := tx.AppendEntries([]sqlite.LedgerEntry{{RunID: "back", BatchID: batch, TraineeID: people[0], Amount: -30_00, ReversalOf: entry, Reason: "充错了"}}, nil)
		reversal = ids[0]
		return err
	})
	entries := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.RechargeEntry, error) { return tx.RechargeEntries([]int64{reversal, entry}) })
	first, back := entries[1], entries[0]
	if first.ReversedBy != reversal || first.Amount != 30_00 || back.ReversalOf != entry || back.Amount != -30_00 || back.Reason != "充错了" {
		t.Errorf("entries = %+v", entries)
	}
	if first.Name != "陈若溪" || first.Username != "110101********0011" || first.BatchNumber != "XK-2022-0001" || first.OrderNumber != "JF-2022-0001" || first.Organization != "北京市第九实验医院" {
		t.Errorf("entry = %+v", first)
	}
}

func TestHoursQuery(t *testing.T) {
	r := newRoster(t)
	names := map[int64]string{}
	for _, h := range []struct {
		name      string
		person    int
		plan      int64
		title     string
		organizer string
		day       data.Date
		hours     data.Hours
	}{
		{"a", 0, 1, "信息安全100%", "信息中心", "2022-05-09", 4_00},
		{"b", 1, 1, "急救_技能", "护理部", "2022-05-10", 8_00},
		{"c", 0, 2, "公文写作", "院'办", "2022-04-01", 2_50},
	} {
		datatest.Write(t, r.store, func(tx *sqlite.Tx) error {
			id, err := tx.AddHours(data.OfflineHours{TraineeID: r.list[h.person].ID, PlanID: h.plan, Title: h.title, Organizer: h.organizer, StartsOn: h.day, EndsOn: h.day, Hours: h.hours})
			names[id] = h.name
			return err
		})
	}
	for _, c := range []struct {
		name  string
		query data.OfflineHoursQuery
		want  string
		total data.Hours
	}{
		{"all, the newest first", data.OfflineHoursQuery{}, "c b a", 14_50},
		{"name", data.OfflineHoursQuery{Text: "陈若"}, "c a", 6_50},
		{"pinyin", data.OfflineHoursQuery{Text: "CRX"}, "c a", 6_50},
		{"title", data.OfflineHoursQuery{Text: "急救"}, "b", 8_00},
		{"organizer", data.OfflineHoursQuery{Text: "信息中心"}, "a", 4_00},
		{"percent is a character", data.OfflineHoursQuery{Text: "%"}, "a", 4_00},
		{"underscore is a character", data.OfflineHoursQuery{Text: "_"}, "b", 8_00},
		{"quote is a character", data.OfflineHoursQuery{Text: "'"}, "c", 2_50},
		{"SQL in the search box", data.OfflineHoursQuery{Text: "' OR 1=1 --"}, "", 0},
		{"plan", data.OfflineHoursQuery{PlanID: 1}, "b a", 12_00},
		{"trainee", data.OfflineHoursQuery{TraineeID: r.list[1].ID}, "b", 8_00},
		{"by name", data.OfflineHoursQuery{Sort: "name"}, "c a b", 14_50},
		{"by name, falling", data.OfflineHoursQuery{Sort: "name", Descending: true}, "b c a", 14_50},
		{"by title", data.OfflineHoursQuery{Sort: "title"}, "a c b", 14_50},
		{"by day", data.OfflineHoursQuery{Sort: "starts"}, "c a b", 14_50},
		{"by day, falling", data.OfflineHoursQuery{Sort: "starts", Descending: true}, "b a c", 14_50},
		{"by hours, falling", data.OfflineHoursQuery{Sort: "hours", Descending: true}, "b a c", 14_50},
		{"by organisation", data.OfflineHoursQuery{Sort: "organization"}, "c a b", 14_50},
		{"by plan", data.OfflineHoursQuery{Sort: "plan"}, "c b a", 14_50},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ask(t, r.store, names, func(tx *sqlite.Tx) ([]int64, error) { return tx.HoursIDs(c.query) }); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
			if total := datatest.Read(t, r.store, func(tx *sqlite.Tx) (data.Hours, error) { return tx.HoursTotal(c.query) }); total != c.total {
				t.Errorf("total %s, want %s", total, c.total)
			}
		})
	}
}

func TestHoursRowsMaskAndName(t *testing.T) {
	store := datatest.Store(t)
	person := datatest.AddTrainees(t, store, datatest.Trainee(func(p *data.Trainee) { p.IDNumber, p.Name = "110101199003070011", "陈若溪" }))[0]
	want := data.OfflineHours{TraineeID: person, PlanID: 1, Title: "讲座", Category: "选修", Form: "面授", Organizer: "信息中心", Place: "报告厅", StartsOn: "2022-05-09",
		EndsOn: "2022-05-10", Hours: 7_50, Result: "合格", Certificate: "XX-1", Remark: "附签到表", Extra: map[string]string{"讲师": "周奕"}, CreatedAt: "2022-06-17 13:02:11"}
	datatest.Write(t, store, func(tx *sqlite.Tx) (err error) { want.ID, err = tx.AddHours(want); return err })
	row := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.OfflineHoursRow, error) { return tx.HoursRows([]int64{want.ID}) })[0]
	if row.Username != "110101********0011" || row.IDNumber != "110101********0011" || row.Name != "陈若溪" || row.PlanNumber != data.ManualPlans[0].Number {
		t.Errorf("row = %+v", row)
	}
	if row.Extra["讲师"] != "周奕" || row.Remark != want.Remark || row.Hours != want.Hours || row.EndsOn != want.EndsOn || row.CreatedAt != want.CreatedAt {
		t.Errorf("row = %+v, want %+v", row.OfflineHours, want)
	}
	want.Hours, want.Extra, want.Remark = 6_00, nil, ""
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SaveHours(want) })
	count := 0
	datatest.Read(t, store, func(tx *sqlite.Tx) (any, error) {
		return nil, tx.EachHours(func(h data.OfflineHours) error {
			if count++; h.Hours != 6_00 || h.Extra != nil || h.Remark != "" {
				t.Errorf("after saving %+v", h)
			}
			return nil
		})
	})
	if count != 1 {
		t.Errorf("%d records", count)
	}
}

func TestAuditSearch(t *testing.T) {
	store := datatest.Store(t)
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		for _, e := range []data.AuditEntry{{User: "赵晓岚", Action: "login", Target: "zhaoxl", Detail: "登录"}, {User: "赵晓岚", Action: "order.create", Target: "JF-2022-0001", Detail: "100%"},
			{User: "周奕", Action: "order.submit", Target: "JF-2022-0001", Detail: "提交"}} {
			must(t, tx.AppendAudit(e))
		}
		return nil
	})
	for text, want := range map[string]string{"": "提交 100% 登录", "JF-2022": "提交 100%", "赵": "100% 登录", "%": "100%", "_": "", "' OR 1=1": "", "登录": "登录"} {
		var got []string
		for _, e := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.Audit(text, 100) }) {
			got = append(got, e.Detail)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q found %v, want %q", text, got, want)
		}
	}
	if newest := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.Audit("", 1) }); len(newest) != 1 || newest[0].Detail != "提交" {
		t.Errorf("with a limit of one %+v", newest)
	}
}

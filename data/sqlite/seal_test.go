package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// secrets are the personal values of the two records of every kind that fillSealed stores.
var secrets = []string{
	"110101199003070011", "13912345678", "ruoxi@example.org", "家住育才南路七号", "婚姻状况未婚", "1990-03-07", // a trainee
	"330101201900556678", "622202020000112233", "13700009999", // an order: payer's account, invoice account and mobile
	"VOUCHER-PICTURE-BYTES", "备注里的隐私", "签到手机尾号", "信函内容标题", "13611112222", // voucher, hours, letter, profile
	"13522223333",                                                                                                      // what stood in a trainee before an import
	"330102201900007788",                                                                                               // the other side of a bank's line
	"RECEIPT-PAYER", "LOOK-OF-THE-PICTURE", "INVOICE-FILE-BYTES", "INVOICE-BUYER", "622202020000998877", "13433334444", // a receipt, likeness, invoice file, profile
	"A-FORMER-DATA-KEY-OF-32-BYTES...", // as long as a key is
}

// fillSealed stores two records of every kind with a value in every sealed column; their keys are 1 and 2.
func fillSealed(t *testing.T, store *sqlite.Store) {
	t.Helper()
	for n := int64(1); n <= 2; n++ {
		trainee := datatest.Trainee(func(p *data.Trainee) {
			p.Name, p.Mobile, p.Email, p.Remark, p.Birth = "陈若溪", secrets[1], secrets[2], secrets[3], data.Date(secrets[5])
			p.Extra = map[string]string{"婚姻": secrets[4]}
			if n == 1 {
				p.IDNumber = secrets[0]
			}
		})
		datatest.AddTrainees(t, store, trainee)
		order := datatest.AddOrder(t, store, func(o *data.Order) {
			o.PayerAccount, o.Invoice.Account, o.Invoice.Mobile = secrets[6], secrets[7], secrets[8]
		})
		datatest.Write(t, store, func(tx *sqlite.Tx) error {
			voucher, err := tx.AddVoucher(order.ID, data.Voucher{Name: "回单.png", Type: "image/png", Width: 1, Height: 1, Receipt: data.Receipt{PayerName: secrets[16]}}, []byte(secrets[9]))
			must(t, err)
			must(t, tx.SetLikeness(voucher.ID, []byte(secrets[17]), nil))
			must(t, tx.AddRevision(data.OrderRevision{Revision: 1, At: "2022-06-17 13:02:11", Order: order}))
			must(t, tx.IssueInvoice(order.ID, fmt.Sprint(n), "2022-06-17", order.Total()))
			_, err = tx.AddInvoiceFile(n, data.InvoiceFile{Name: "发票.xml", Type: "application/xml", Facts: data.InvoiceFacts{BuyerName: secrets[19]}}, []byte(secrets[18]))
			must(t, err)
			_, err = tx.SaveInvoiceProfile(data.InvoiceProfile{Name: fmt.Sprint(n), Invoice: data.Invoice{Type: data.InvoiceNormal, Title: "医院", Account: secrets[20], Mobile: secrets[21]}})
			must(t, err)
			_, err = tx.AddHours(data.OfflineHours{TraineeID: n, PlanID: 1, Title: "讲座", StartsOn: "2022-05-09", EndsOn: "2022-05-09", Hours: 4_00,
				Remark: secrets[10], Extra: map[string]string{"签到": secrets[11]}})
			must(t, err)
			change, err := tx.AddHoursChange(data.HoursEdit, "赵晓岚", "2022-06-17 13:02:11")
			must(t, err)
			record := data.OfflineHours{ID: n, TraineeID: n, Remark: secrets[10]}
			must(t, tx.AddHoursChangeRow(change, data.HoursChangeRow{HoursID: n, Before: &record, After: &record}))
			_, err = tx.AddHoursFile(n, data.HoursPaper{Name: "证明.png", Type: "image/png"}, []byte(secrets[9]))
			must(t, err)
			_, err = tx.AddLetter(data.ConfirmationLetter{Number: fmt.Sprintf("QR-%d", n), OrderIDs: []int64{order.ID}, SHA256: strings.Repeat("0", 64),
				Content: data.LetterContent{Contact: secrets[12]}, CreatedAt: "2022-06-17 13:02:11"}, "zhaoxl")
			must(t, err)
			submission, err := tx.AddSubmission(data.Submission{Number: fmt.Sprintf("BP-%d", n), PlanID: 1, File: "报盘.zip", SHA256: strings.Repeat("0", 64)},
				[]data.SubmissionItem{{Kind: data.SubjectTrainee, SubjectID: n, Place: 1, Novelty: data.NoveltyNew, File: data.RosterFile, Row: 2, Cells: map[string]string{"id_number": secrets[0]}}})
			must(t, err)
			must(t, tx.AnswerSent(submission, data.AnswerFailed, secrets[3], "2022-06-17 13:02:11"))
			_, err = tx.AddLetterScan(n, data.LetterScan{Name: "回签.png", Type: "image/png"}, []byte(secrets[9]))
			must(t, err)
			run, err := tx.AddImportRun(sqlite.ImportRun{Form: "trainees", Updated: 1})
			must(t, err)
			trainee, err := tx.Trainee(n)
			must(t, err)
			must(t, tx.SaveTrainee(trainee))
			must(t, tx.AddImportedRow(run, "trainees", n, []data.FieldChange{{Field: "mobile", Old: secrets[14], New: secrets[1]}}))
			change, err = tx.AddTraineeChange(data.ChangeMerge, "赵晓岚", "2022-06-17 13:02:11")
			must(t, err)
			must(t, tx.AddChangedTrainee(change, n, []data.FieldChange{{Field: "mobile", Old: secrets[14], New: secrets[1]}}))
			must(t, tx.AddMerge(change, n, sqlite.MergeParts{Kept: data.Trainee{Mobile: secrets[14]}}))
			must(t, tx.SaveOfficialTemplate(data.OfficialTemplate{Form: []string{"", "trainees", "hours"}[n], HeaderRow: 1, Content: []byte(secrets[9]),
				Columns: []data.SheetColumn{{Header: "手机号", Sample: secrets[1]}}}))
			_, err = tx.AddStatement(data.ImportedStatement{File: "明细.csv"}, []data.BankStatementLine{{Row: 2, At: "2022-03-09 00:00:00", Out: 1, Number: secrets[15]}})
			must(t, err)
			return tx.SaveProfile(data.Profile{Name: "赵晓岚", Mobile: secrets[13]})
		})
	}
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		for n := int64(1); n <= 2; n++ {
			_, err := tx.AddAdministrator(data.Administrator{User: fmt.Sprint(n), Name: "赵晓岚", Role: data.RoleManager, State: data.AccountEnabled})
			must(t, err)
			must(t, tx.SetWrap(n, vault.Wrapped{Cost: vault.Cost{Time: 1, Memory: 64, Threads: 1}, Salt: []byte("s"), Sealed: []byte("k")}))
			must(t, tx.SetPublicKey(n, []byte("public")))
			must(t, tx.AddFormerKey([]byte(secrets[22]), fmt.Sprint(n), "赵晓岚", "2022-06-17 13:02:11"))
		}
		return tx.SetWrap(sqlite.RecoveryWrap, vault.Wrapped{Cost: vault.Cost{Time: 1, Memory: 64, Threads: 1}, Salt: []byte("s"), Sealed: []byte("k")})
	})
	datatest.Charge(t, store, datatest.Approve(t, store, datatest.AddOrder(t, store)), 1_00, 1)
}

// sealedReaders read the record 1 of every table that has sealed columns.
var sealedReaders = map[string]func(tx *sqlite.Tx) error{
	"trainee":            func(tx *sqlite.Tx) error { _, err := tx.Trainee(1); return err },
	"payment_order":      func(tx *sqlite.Tx) error { _, err := tx.Order(1); return err },
	"invoice":            func(tx *sqlite.Tx) error { _, err := tx.Order(1); return err },
	"voucher_content":    func(tx *sqlite.Tx) error { _, err := tx.VoucherContent(1); return err },
	"offline_hours":      func(tx *sqlite.Tx) error { _, err := tx.HoursRows([]int64{1}); return err },
	"hours_file":         func(tx *sqlite.Tx) error { _, err := tx.HoursFileContent(1); return err },
	"hours_change_row":   func(tx *sqlite.Tx) error { _, _, err := tx.HoursChange(1); return err },
	"letter":             func(tx *sqlite.Tx) error { _, err := tx.LiveLetter(1); return err },
	"letter_scan":        func(tx *sqlite.Tx) error { _, err := tx.LetterScanContent(1); return err },
	"import_row":         func(tx *sqlite.Tx) error { _, err := tx.ImportedRows(1); return err },
	"recharge_head":      func(tx *sqlite.Tx) error { _, err := tx.SealedHead(); return err },
	"profile":            func(tx *sqlite.Tx) error { _, err := tx.Profile(); return err },
	"trainee_change_row": func(tx *sqlite.Tx) error { _, err := tx.ChangedTrainees(1); return err },
	"trainee_merge":      func(tx *sqlite.Tx) error { _, err := tx.Merge(1); return err },
	"official_template":  func(tx *sqlite.Tx) error { _, err := tx.OfficialTemplate("trainees"); return err },
	"statement_line":     func(tx *sqlite.Tx) error { _, err := tx.StatementLines("", ""); return err },
	"submission_row":     func(tx *sqlite.Tx) error { _, err := tx.SentRows(1); return err },
	"voucher": func(tx *sqlite.Tx) error {
		_, err := tx.Order(1)
		return errors.Join(err, tx.EachLikeness(0, func(int64, []byte) error { return nil }))
	},
	"invoice_file":         func(tx *sqlite.Tx) error { _, err := tx.Invoices(1); return err },
	"invoice_file_content": func(tx *sqlite.Tx) error { _, err := tx.InvoiceFileContent(1); return err },
	"invoice_profile":      func(tx *sqlite.Tx) error { _, err := tx.InvoiceProfiles(); return err },
	"order_revision":       func(tx *sqlite.Tx) error { _, err := tx.Revisions(1); return err },
	"administrator":        func(tx *sqlite.Tx) error { _, err := tx.PublicKey(1); return err },
	"former_key":           func(tx *sqlite.Tx) error { _, err := tx.FormerKeys(); return err },
}

// sealedColumns lists table and column of everything that is sealed under the data key.
func sealedColumns(t *testing.T, store *sqlite.Store) [][2]string {
	t.Helper()
	var found [][2]string
	for _, name := range columns(t, datatest.Raw(t, store.Path()), `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name LIKE 'sealed\_%' ESCAPE '\' AND m.name <> 'key_wrap' ORDER BY 1`) {
		table, column, _ := strings.Cut(name, ".")
		found = append(found, [2]string{table, column})
	}
	return found
}

func TestMovedCiphertextDoesNotOpen(t *testing.T) {
	store := datatest.Store(t)
	fillSealed(t, store)
	raw := datatest.Raw(t, store.Path())
	datatest.Exec(t, raw, "DROP TRIGGER order_revision_unchanged")
	datatest.Exec(t, raw, "DROP TRIGGER submission_row_is_written_once")
	for _, name := range sealedColumns(t, store) {
		table, column := name[0], name[1]
		t.Run(table+"."+column, func(t *testing.T) {
			read := sealedReaders[table]
			if read == nil {
				t.Fatalf("no reader for %s: add one to sealedReaders and a value to fillSealed", table)
			}
			if err := store.Read(ctx, read); err != nil {
				t.Fatalf("before anything was moved: %v", err)
			}
			var kept []byte
			must(t, raw.QueryRow(fmt.Sprintf("SELECT %s FROM %s WHERE rowid = 1", column, table)).Scan(&kept))
			if len(kept) == 0 {
				t.Fatal("nothing is sealed here: fillSealed must fill it")
			}
			source := fmt.Sprintf("SELECT %s FROM %s WHERE rowid = 2", column, table)
			if table == "profile" || table == "recharge_head" { // they have one row
				source = "SELECT sealed_mobile FROM trainee WHERE id = 1"
			}
			datatest.Exec(t, raw, fmt.Sprintf("UPDATE %s SET %s = (%s) WHERE rowid = 1", table, column, source))
			if err := store.Read(ctx, read); !errors.Is(err, data.ErrDamaged) {
				t.Errorf("another row's value: %v, want data.ErrDamaged", err)
			}
			kept[len(kept)-1] ^= 1
			datatest.Exec(t, raw, fmt.Sprintf("UPDATE %s SET %s = ? WHERE rowid = 1", table, column), kept)
			if err := store.Read(ctx, read); !errors.Is(err, data.ErrDamaged) {
				t.Errorf("one bit flipped: %v, want data.ErrDamaged", err)
			}
			if found := unhealthy(t, store); len(found) != 2 { // the value, and the trigger that was dropped
				t.Errorf("数据体检 finds %q", found)
			}
			kept[len(kept)-1] ^= 1
			datatest.Exec(t, raw, fmt.Sprintf("UPDATE %s SET %s = ? WHERE rowid = 1", table, column), kept)
		})
	}
}

// unhealthy lists the invariants that do not hold.
func unhealthy(t testing.TB, store *sqlite.Store) []string {
	t.Helper()
	var found []string
	for _, invariant := range datatest.Read(t, store, func(tx *sqlite.Tx) ([]sqlite.Invariant, error) { return tx.Check(nil) }) {
		if !invariant.OK {
			found = append(found, invariant.Name+": "+invariant.Detail)
		}
	}
	return found
}

func TestValueMovedToAnotherColumnDoesNotOpen(t *testing.T) {
	store := datatest.Store(t)
	fillSealed(t, store)
	raw := datatest.Raw(t, store.Path())
	datatest.Exec(t, raw, "UPDATE trainee SET sealed_email = sealed_mobile WHERE id = 1")
	err := store.Read(ctx, func(tx *sqlite.Tx) error { _, err := tx.Trainee(1); return err })
	if !errors.Is(err, data.ErrDamaged) {
		t.Errorf("err = %v, want data.ErrDamaged", err)
	}
	if strings.Contains(fmt.Sprint(err), secrets[1]) {
		t.Error("the error for the log tells the mobile")
	}
}

func TestFilesHoldNoPersonalBytes(t *testing.T) {
	store := datatest.Store(t)
	fillSealed(t, store)
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(store.Path() + suffix)
		must(t, err)
		if len(content) == 0 {
			t.Errorf("%q is empty, so that nothing was looked at", suffix)
		}
		for _, secret := range secrets {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s%s holds %q", sqlite.FileName, suffix, secret)
			}
		}
		if suffix == "-wal" && !bytes.Contains(content, []byte("陈若溪")) {
			t.Error("the name is not found either: the search looks in the wrong place")
		}
	}
}

func TestUsernameIsNotStoredWhereItIsTheIDNumber(t *testing.T) {
	store := datatest.Store(t)
	for name, c := range map[string]struct{ username, want string }{
		"blank":          {"", ""},
		"the number":     {datatest.IDNumber(7001), ""},
		"one of its own": {"jy0333", "jy0333"},
	} {
		t.Run(name, func(t *testing.T) {
			number := datatest.IDNumber(7001)
			id := datatest.AddTrainees(t, store, datatest.Trainee(func(p *data.Trainee) { p.IDNumber, p.Username = number, c.username }))[0]
			defer datatest.Exec(t, datatest.Raw(t, store.Path()), "DELETE FROM trainee WHERE id = ?", id)
			var stored string
			must(t, datatest.Raw(t, store.Path()).QueryRow("SELECT coalesce(username, '') FROM trainee WHERE id = ?", id).Scan(&stored))
			if stored != c.want {
				t.Errorf("the column holds %q, want %q", stored, c.want)
			}
			trainee := datatest.Read(t, store, func(tx *sqlite.Tx) (data.Trainee, error) { return tx.Trainee(id) })
			if want := c.want; want == "" && trainee.Username != number || want != "" && trainee.Username != want {
				t.Errorf("username read back = %q", trainee.Username)
			}
			row := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.TraineeRow, error) { return tx.TraineeRows([]int64{id}, 0) })[0]
			if c.want == "" && row.Username != number[:6]+"********"+number[14:] {
				t.Errorf("the list shows %q", row.Username)
			}
		})
	}
}

func TestTraineeIsReadBackAsStored(t *testing.T) {
	store := datatest.Store(t)
	department := datatest.AddOrganization(t, store, 1, "内科")
	want := data.Trainee{
		Username: "jy0001", Name: "𫰡·买买提", DocumentType: data.DocumentPassport, IDNumber: "E12345678", Sex: "女", Birth: "1988-02-29", Mobile: "13912345678",
		OrganizationID: department, PayerID: 1, Category: "管理岗", TitleSeries: "卫生技术", TitleName: "主治医师", TitleLevel: "中级", Education: "大学本科",
		Email: "m@example.org", StaffNumber: "00127", Remark: "两行\n备注", Extra: map[string]string{"民族": "维吾尔族", "": "无题"},
		Status: data.TraineeDisabled, Platform: data.PlatformFailed, PlatformReason: "姓名不符", CreatedAt: "2022-01-01 00:00:00", UpdatedAt: "2022-02-02 00:00:00",
	}
	want.ID = datatest.AddTrainees(t, store, want)[0]
	read := func() data.Trainee {
		return datatest.Read(t, store, func(tx *sqlite.Tx) (data.Trainee, error) { return tx.Trainee(want.ID) })
	}
	if got := read(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("added %+v\n  read %+v", want, got)
	}
	want.Mobile, want.Extra, want.PayerID, want.Remark, want.Status = "", nil, 0, "", data.TraineeEnabled
	datatest.Write(t, store, func(tx *sqlite.Tx) error { return tx.SaveTrainee(want) })
	if got := read(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("saved %+v\n  read %+v", want, got)
	}
}

func TestTraineesKeepTheirNumbersApart(t *testing.T) {
	store := datatest.Store(t)
	first := datatest.Trainee(func(p *data.Trainee) { p.Username = "jy01" })
	datatest.AddTrainees(t, store, first)
	for _, c := range []struct {
		name, code string
		change     func(*data.Trainee)
	}{
		{"same ID number", "id-exists", func(p *data.Trainee) { p.IDNumber = first.IDNumber }},
		{"same username", "username-exists", func(p *data.Trainee) { p.Username = "jy01" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := store.Write(ctx, func(tx *sqlite.Tx) error { _, err := tx.AddTrainee(datatest.Trainee(c.change)); return err })
			if problem, ok := data.AsProblem(err); !ok || problem.Code != c.code {
				t.Errorf("adding: %v", err)
			}
			other := datatest.Trainee()
			other.ID = datatest.AddTrainees(t, store, other)[0]
			c.change(&other)
			err = store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SaveTrainee(other) })
			if problem, ok := data.AsProblem(err); !ok || problem.Code != c.code {
				t.Errorf("saving: %v", err)
			}
		})
	}
	if err := store.Read(ctx, func(tx *sqlite.Tx) error { _, err := tx.Trainee(999); return err }); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a trainee that is not there: %v", err)
	}
}

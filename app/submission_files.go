package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"peixun/data"
	"peixun/data/bundle"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// MadeSubmission is a package that was written.
type MadeSubmission struct {
	data.Submission
	Path   string
	Counts []data.SubmissionCount
}

// WriteSubmission writes a package into a folder: whole or not at all, and never over another file. Whole numbers leave the program
// with it, which is a line in 操作日志. Where the data changed since the plan was made it fails with data.ErrStale and writes nothing.
func (a *App) WriteSubmission(ctx context.Context, plan *SubmissionPlan, folder string, progress Progress) (MadeSubmission, error) {
	var made MadeSubmission
	if err := plan.Blocked(); err != nil {
		return made, err
	}
	a.backUpBefore(ctx, data.BeforePack)
	at := a.Now()
	path := filepath.Join(folder, data.PackageFileName(plan.Profile.Unit, plan.Plan.Year, plan.Sequence, at))
	temporary, sum, err := a.packAside(ctx, plan, folder, at, progress)
	if err != nil {
		return made, notPacked(path, err)
	}
	defer os.Remove(temporary)
	made = MadeSubmission{Path: path, Counts: plan.Counts(), Submission: data.Submission{Number: plan.Number, PlanID: plan.Plan.ID, PlanName: plan.Plan.Name,
		File: filepath.Base(path), SHA256: sum, Everything: plan.Request.Everything, At: at, Rows: len(plan.Items)}}
	placed := false
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		made.User = user
		if err := a.recordSubmission(ctx, tx, plan, &made); err != nil {
			return err
		}
		// The last step before the commit: a package without its record can be made again, a record without its package could not.
		if err := placeNew(temporary, path); err != nil {
			return notPacked(path, err)
		}
		placed = true
		return nil
	}, SubmissionsChanged, TraineesChanged, OrdersChanged)
	if err != nil && placed {
		err = errors.Join(err, os.Remove(path))
	}
	return made, err
}

// recordSubmission stores what the package holds, unless that has changed meanwhile.
func (a *App) recordSubmission(ctx context.Context, tx *sqlite.Tx, plan *SubmissionPlan, made *MadeSubmission) error {
	now, err := a.planSubmission(ctx, tx, plan.Request)
	if err != nil {
		return err
	}
	if !plan.same(now) {
		return data.Refuse("package-stale", "", "做包的时候资料有变化，没有写出报盘包。", "请再做一次。").Because(data.ErrStale)
	}
	if number, err := tx.SubmissionNumber(plan.Plan.ID); err != nil || number != plan.Number {
		return errors.Join(err, fmt.Errorf("package number %s for %s", number, plan.Number))
	}
	if made.ID, err = tx.AddSubmission(made.Submission, plan.Items); err != nil {
		return err
	}
	if err := tx.ReportTrainees(made.ID, a.Now()); err != nil {
		return err
	}
	if err := a.carryOrders(tx, made.User, plan.Items, data.ActPack, "放进报盘包 "+made.Number); err != nil {
		return err
	}
	return a.log(tx, made.User, "submission.write", made.Number, fmt.Sprintf("生成报盘包，%d 行，含完整证件号：%s", len(plan.Items), made.PlanName))
}

// carryOrders brings the orders among items along with their package, as far as their states allow it: those that were entered on the
// platform already stay as they are.
func (a *App) carryOrders(tx *sqlite.Tx, user string, items []data.SubmissionItem, action data.OrderAction, detail string) error {
	for _, item := range items {
		if item.Kind != data.SubjectOrder {
			continue
		}
		order, err := tx.Order(item.SubjectID)
		if err != nil {
			return err
		}
		next, _, allowed := order.After(action)
		if !allowed {
			continue
		}
		order.Review = next
		if err := tx.SaveOrder(order); err != nil {
			return err
		}
		if err := a.log(tx, user, actionSlugs[action], order.Number, detail); err != nil {
			return err
		}
	}
	return nil
}

// packAside writes the package into a temporary file of the folder and gives its SHA-256.
func (a *App) packAside(ctx context.Context, plan *SubmissionPlan, folder string, at data.Moment, progress Progress) (name, sum string, err error) {
	file, err := os.CreateTemp(folder, unfinishedPackage)
	if err != nil {
		return "", "", err
	}
	removeUnfinished(file)
	hash := sha256.New()
	err = a.packInto(ctx, io.MultiWriter(file, hash), plan, at, progress)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), hex.EncodeToString(hash.Sum(nil)), nil
}

// unfinishedPackage is the pattern of a package's name while it is written.
const unfinishedPackage = ".peixun-pack-*"

// unfinishedFor is how long nobody has written to a package that was given up: one that another program is writing changes all the time.
const unfinishedFor = time.Minute

// removeUnfinished clears away what a program left beside the running package when it was killed while it wrote one. Times are the
// folder's own: a server's clock may differ from ours.
func removeUnfinished(running *os.File) {
	now, err := running.Stat()
	if err != nil {
		return
	}
	folder := filepath.Dir(running.Name())
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if ours, _ := filepath.Match(unfinishedPackage, entry.Name()); !ours || !entry.Type().IsRegular() {
			continue
		}
		info, err := entry.Info()
		if err != nil || now.ModTime().Sub(info.ModTime()) < unfinishedFor {
			continue
		}
		if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil {
			slog.Warn("unfinished package left", "cause", err)
		}
	}
}

// placeNew gives a finished file its name, unless there is one of that name.
func placeNew(temporary, path string) error {
	if err := os.Link(temporary, path); err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	// Sticks with FAT know no links.
	if _, err := os.Lstat(path); err == nil {
		return os.ErrExist
	}
	return os.Rename(temporary, path)
}

func notPacked(path string, err error) error {
	if _, explained := data.AsProblem(err); explained || errors.Is(err, context.Canceled) {
		return err
	}
	if errors.Is(err, os.ErrExist) {
		return data.Refuse("package-exists", "", "“"+filepath.Base(path)+"”已经有了，没有覆盖它。", "请过一秒再做，或换一个文件夹。").Because(err)
	}
	fix := "请检查文件夹能否写入、磁盘是否已满，或换一个文件夹。"
	if errors.Is(err, os.ErrNotExist) {
		fix = missingFolder(path)
	}
	return data.Refuse("file-not-written", "", "报盘包没有写出来，什么都没有改变。", fix).Because(err)
}

// packInto writes every file of the package.
func (a *App) packInto(ctx context.Context, w io.Writer, plan *SubmissionPlan, at data.Moment, progress Progress) error {
	files, err := a.sheetFiles(ctx, plan)
	if err != nil {
		return err
	}
	vouchers, err := a.voucherFiles(ctx, plan)
	if err != nil {
		return err
	}
	files = append(append(files, vouchers...), bundle.File{Name: data.ChecklistPDF, Write: func(w io.Writer) error {
		_, err := letter.Checklist(w, plan.checklist(at))
		return err
	}})
	for place, file := range files {
		files[place].Write = func(w io.Writer) error {
			if err := step(ctx, progress, place+1, len(files)); err != nil {
				return err
			}
			return file.Write(w)
		}
	}
	manifest := bundle.Manifest{Number: plan.Number, Unit: plan.Profile.Unit, Plan: plan.Plan.Number, PlanName: plan.Plan.Name, At: at,
		Everything: plan.Request.Everything, Counts: plan.Counts()}
	if plan.Previous != nil {
		manifest.Previous = &bundle.Previous{Number: plan.Previous.Number, SHA256: plan.Previous.SHA256}
	}
	return bundle.Write(w, manifest, files, a.sealer(ctx))
}

// sealer makes seals under the data key; "", which nothing agrees with, where the program was locked meanwhile.
func (a *App) sealer(ctx context.Context) bundle.Sealer {
	return func(unsealed []byte) string {
		seal, err := query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.SubmissionSeal(unsealed) })
		if err != nil {
			return ""
		}
		return hex.EncodeToString(seal)
	}
}

// sheetFiles are the package's workbooks, in the order of their rows.
func (a *App) sheetFiles(ctx context.Context, plan *SubmissionPlan) ([]bundle.File, error) {
	var files []bundle.File
	for from := 0; from < len(plan.Items); {
		to := from
		for to < len(plan.Items) && plan.Items[to].File == plan.Items[from].File {
			to++
		}
		items := plan.Items[from:to]
		from = to
		files = append(files, bundle.File{Name: items[0].File, Write: func(w io.Writer) error { return a.writeItems(ctx, w, plan.Number, items) }})
	}
	return files, nil
}

// writeItems writes one workbook: the official template where the platform's own was loaded, else a table with 本地编号.
func (a *App) writeItems(ctx context.Context, w io.Writer, number string, items []data.SubmissionItem) error {
	kind, changes := items[0].Kind, strings.HasPrefix(items[0].File, strings.TrimSuffix(data.ChangesFile, ".xlsx"))
	form := data.TraineeForm
	if kind == data.SubjectHours {
		form = data.HoursForm
	}
	if kind == data.SubjectTrainee && !changes || kind == data.SubjectHours {
		_, official, err := a.OfficialTemplate(ctx, form)
		if err != nil {
			return err
		}
		if official {
			return a.writeForm(ctx, w, form, formRows(form, items))
		}
	}
	columns := data.SubmissionColumns(kind)
	switch {
	case changes:
		columns = data.ChangeColumns()
	case kind == data.SubjectTrainee:
		columns = columns[:len(form.Columns)]
	}
	out := make([]excel.OutColumn, 0, len(columns)+1)
	for _, column := range columns {
		shown := excel.OutColumn{Header: column.Header, Width: column.Width, Kind: excel.OutText}
		if column.Sums {
			shown.Kind = excel.OutMoney
		}
		out = append(out, shown)
	}
	out = append(out, excel.OutColumn{Header: data.LocalIDHeader, Width: 20, Kind: excel.OutText})
	return excel.WriteTable(w, string(kind), out, itemRows(number, columns, items))
}

// formRows gives the rows of a sheet that has an import form's columns and no others.
func formRows(form data.Form, items []data.SubmissionItem) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, item := range items {
			cells := make([]any, len(form.Columns))
			for place, column := range form.Columns {
				cells[place] = item.Cells[column.Key]
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

// itemRows gives the rows of a sheet with 本地编号 behind its columns.
func itemRows(number string, columns []data.SubmissionColumn, items []data.SubmissionItem) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, item := range items {
			cells := make([]any, 0, len(columns)+1)
			for _, column := range columns {
				switch {
				case column.Sums:
					cells = append(cells, amountOf(item.Cells[column.Key]))
				case column.Key == "change":
					cells = append(cells, changeWords(item))
				default:
					cells = append(cells, item.Cells[column.Key])
				}
			}
			if !yield(append(cells, data.LocalID(number, item.Place)), nil) {
				return
			}
		}
	}
}

// changeWords say what has changed since the last package: 姓名：张三 → 张叁。
func changeWords(item data.SubmissionItem) string {
	var words []string
	for _, change := range item.Changes {
		words = append(words, change.Field+"："+data.OrBlank(change.Old)+" → "+data.OrBlank(change.New))
	}
	if len(words) == 0 {
		return string(item.Novelty)
	}
	return strings.Join(words, "；")
}

// voucherFiles are the pictures of the package's orders, upright, without the camera's particulars.
func (a *App) voucherFiles(ctx context.Context, plan *SubmissionPlan) ([]bundle.File, error) {
	var files []bundle.File
	for _, item := range plan.Items {
		if item.Kind != data.SubjectOrder {
			continue
		}
		order, err := a.Order(ctx, item.SubjectID)
		if err != nil {
			return nil, err
		}
		for place, voucher := range order.Vouchers {
			files = append(files, bundle.File{Name: data.VoucherPath + voucherName(order.Number, place), Write: func(w io.Writer) error {
				return a.ExportVoucher(ctx, voucher, w)
			}})
		}
	}
	return files, nil
}

// checklist tells step by step what to enter on the platform.
func (p *SubmissionPlan) checklist(at data.Moment) data.Checklist {
	list := data.Checklist{Unit: p.Profile.Unit, Number: p.Number, PlanName: p.Plan.Name, PlanNumber: p.Plan.Number, PreparedBy: p.Profile.Name, At: at}
	for _, count := range p.Counts() {
		section := data.ChecklistSection{Title: count.File, Note: fmt.Sprintf("%s，共 %d 行", whereOnPlatform(count.File), count.Rows)}
		if count.Total != 0 {
			section.Note += "，合计 " + count.Total.String() + " 元"
		}
		section.Items = []data.ChecklistItem{{Name: "上传或照着录入", Value: fmt.Sprintf("%d 行", count.Rows)}, {Name: "核对平台显示的行数", Value: fmt.Sprint(count.Rows)}}
		list.Sections = append(list.Sections, section)
	}
	for _, item := range p.Items {
		if item.Kind != data.SubjectOrder {
			continue
		}
		section := data.ChecklistSection{Title: "缴费订单 " + item.Label, Note: "组织缴费 → 上传凭证"}
		for _, column := range data.SubmissionColumns(data.SubjectOrder) {
			if value := item.Cells[column.Key]; value != "" && column.Key != "number" {
				section.Items = append(section.Items, data.ChecklistItem{Name: column.Header, Value: value})
			}
		}
		list.Sections = append(list.Sections, section)
	}
	return list
}

// whereOnPlatform says where a file's rows are entered, in the manual's words.
func whereOnPlatform(file string) string {
	places := []struct{ file, place string }{
		{data.RosterFile, "学员管理 → 导入学员"}, {data.ChangesFile, "学员管理，逐人修改"}, {data.OrdersFile, "组织缴费 → 上传凭证"},
		{data.HoursFile, "学习档案管理 → 线下档案管理 → 批量导入"}, {data.RechargeFile, "学员缴费管理 → 学员缴费 → 充值"},
	}
	known := slices.IndexFunc(places, func(p struct{ file, place string }) bool {
		return strings.HasPrefix(file, strings.TrimSuffix(p.file, ".xlsx"))
	})
	if known < 0 {
		return "平台"
	}
	return places[known].place
}

// Manifest is what a 报盘包 says of itself.
type Manifest = bundle.Manifest

// VerifySubmission checks a package against its own manifest, and whether this unit's program wrote it. What is wrong is a data.Problem.
func (a *App) VerifySubmission(ctx context.Context, path string) (Manifest, error) {
	manifest, err := verifyFile(path)
	if err != nil {
		return manifest, err
	}
	if _, in := a.Session(); !in {
		return manifest, locked()
	}
	if !manifest.SealedBy(a.sealer(ctx)) {
		return manifest, data.Refuse("package-foreign", "", "报盘包里的文件互相对得上，但不是用本单位的这份数据做的，或清单被改过。", "请用做包的那台电脑核对，或重新做一个报盘包。")
	}
	return manifest, nil
}

func verifyFile(path string) (Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return Manifest{}, data.Refuse("file-unreadable", "", "“"+filepath.Base(path)+"”打不开。", "请检查文件是否还在、能否读取。").Because(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Manifest{}, err
	}
	return bundle.Verify(file, info.Size())
}
